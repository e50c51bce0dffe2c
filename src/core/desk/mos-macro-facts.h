/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-template.h"
#include "core/desk/mos-desk.h"
#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/* What the names in a macro (mos-template.h) stand for in one conversation. What nobody knows is missing, never empty. */

/**
 * MosMacroFacts: all that a macro can say about a conversation, its customer and who answers
 * @conversation: (nullable): %NULL for a message to somebody new
 * @customer, @agent, @account: (nullable)
 * @address: (nullable): where the customer is written to
 * @first_name: (nullable): what the customer is called in a greeting
 * @language: (nullable): what the customer reads: "de", "pt-br"
 * @country: (nullable): ISO 3166, of the customer
 * @zone: (nullable): of the customer's clock, also where it is only likely
 * @orders: (nullable) (element-type MosOrder): those that may be meant, to choose from: those that the conversation is about, then the customer's, newest first
 * @order: (nullable): the one that is: chosen, or the only one the conversation is about, or the customer's only one, or only one under way
 * @is_order_ambiguous: there are several, or one of a stranger's that is only named, and nobody chose: each "order." is ambiguous
 * @shops: (nullable) (element-type MosShopAccount): all there are
 * @last_incoming_us: when the customer last wrote; 0 = never
 * @now_us: when they were read
 */
typedef struct
{
  MosConversationRow *conversation;
  MosCustomerRow *customer;
  MosAgent *agent;
  MosAccount *account;
  char *address;
  char *first_name;
  char *language;
  char *country;
  char *zone;
  GPtrArray *orders;
  MosOrder *order;
  gboolean is_order_ambiguous;
  GPtrArray *shops;
  gint64 last_incoming_us;
  gint64 now_us;
} MosMacroFacts;
MOS_DECLARE_VALUE (MosMacroFacts, macro_facts)

/**
 * MosMacroSubject: whom a macro is about
 * @conversation: (nullable): a merged one stands for what it is part of
 * @address: (nullable): of the customer, where there is no @conversation
 * @customer: (nullable): with @address: who of those who write from there
 * @agent: (nullable): who answers
 * @account: (nullable): that is written from; %NULL = the conversation's
 * @order: (nullable): the one that a person chose among several
 */
typedef struct
{
  const char *conversation;
  const char *address;
  const char *customer;
  const char *agent;
  const char *account;
  const char *order;
} MosMacroSubject;

/** mos_macro_facts_load: inside a transaction. MOS_DESK_ERROR_NOT_FOUND where there is no such conversation. @ret_facts: (out) (transfer full) */
gboolean mos_macro_facts_load (MosTxn *txn, const MosMacroSubject *subject, MosMacroFacts **ret_facts, GError **error);
/** mos_desk_load_macro_facts_async: the same; @subject is copied, its agent is the one of this window where it is %NULL. Main context */
void mos_desk_load_macro_facts_async (MosDesk *self, const MosMacroSubject *subject, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosMacroFacts *mos_desk_load_macro_facts_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_macro_facts_list_names: Pure. Returns: (transfer none) (array zero-terminated=1): every name there is, for mos_template_check_names() and for menus, grouped by what is before the point */
const char *const *mos_macro_facts_list_names (void);
/** mos_macro_facts_look_up: a #MosTemplateLookupFunc whose user data is the #MosMacroFacts. Pure; any thread */
void mos_macro_facts_look_up (const char *name, MosTemplateValue *ret_value, gpointer facts);
/**
 * mos_macro_facts_make_locale:
 * @language: (nullable): of the text the values are put into; %NULL = the customer's
 *
 * Pure. Returns: (transfer full): how dates and amounts are written for this customer in that text: its language, as in the customer's country: "de-AT"
 */
char *mos_macro_facts_make_locale (const MosMacroFacts *self, const char *language);
/** mos_macro_facts_get_currency: Pure. Returns: (transfer none) (nullable): of amounts that somebody types: that of the order, else of the shop, else of the customer's last order */
const char *mos_macro_facts_get_currency (const MosMacroFacts *self);
/** mos_macro_facts_make_tz: Pure. Returns: (transfer full) (nullable): the customer's clock; %NULL where it is not known */
GTimeZone *mos_macro_facts_make_tz (const MosMacroFacts *self);

G_END_DECLS
