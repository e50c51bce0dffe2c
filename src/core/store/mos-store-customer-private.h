/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-private.h"
#include "core/values/mos-customer-values.h"

G_BEGIN_DECLS

/* What hangs on a customer and goes where it goes: shared by the files mos-store-customer-*.c. */

/** mos_customer_list_conversations: Returns: (transfer full): array of ids: all of them, merged and deleted ones too */
GPtrArray *mos_customer_list_conversations (MosTxn *txn, const char *customer, GError **error);
/** mos_customer_list_messages: Returns: (transfer full): array of ids: what the customer wrote, wherever it lies */
GPtrArray *mos_customer_list_messages (MosTxn *txn, const char *customer, GError **error);
/** mos_customer_list_orders: Returns: (transfer full): array of ids: orders of shops */
GPtrArray *mos_customer_list_orders (MosTxn *txn, const char *customer, GError **error);
/** mos_customer_list_surveys: Returns: (transfer full): array of ids: what the customer was asked, or said of the service */
GPtrArray *mos_customer_list_surveys (MosTxn *txn, const char *customer, GError **error);
/** mos_customer_list_segment: Returns: (transfer full): array of ids: all of it, in the order of mos_store_customer_list() */
GPtrArray *mos_customer_list_segment (MosTxn *txn, MosSegment segment, GError **error);
/** mos_survey_follow: what is @from's (nullable) in a conversation is @to's (nullable), whose the conversation is now */
gboolean mos_survey_follow (MosTxn *txn, const char *conversation, const char *from, const char *to, GError **error);
/** mos_customer_list_links: Returns: (transfer full): array of ids of identities, in their order */
GPtrArray *mos_customer_list_links (MosTxn *txn, const char *customer, GError **error);
/** mos_customer_give: those of @ids (of @entity) that are @from's become @to's */
gboolean mos_customer_give (MosTxn *txn, const MosEntity *entity, GPtrArray *ids, const char *from, const char *to, GError **error);
/** mos_customer_give_identity: from one to another, who may have it already. Nothing where it is not @from's */
gboolean mos_customer_give_identity (MosTxn *txn, const char *identity, const char *from, const char *to, GError **error);
/** mos_customer_restore: what @merge, which is being taken back, made of the columns and fields of its @target, in its row and in the merges that followed. @record: its own */
gboolean mos_customer_restore (MosTxn *txn, const char *merge, gint64 at_us, const char *target, JsonObject *record, GError **error);
/** mos_customer_correct_later: what went away from @customer is in no record of the merges by which they became others. @gone: (nullable) (element-type utf8): a set of ids; @link: (nullable): an identity that came instead */
gboolean mos_customer_correct_later (MosTxn *txn, const char *customer, GHashTable *gone, const char *link, GError **error);
/** mos_customer_correct_all: what went away from @customer is in no record of those who became them */
gboolean mos_customer_correct_all (MosTxn *txn, const char *customer, GHashTable *gone, GError **error);
/** mos_customer_forget_link: the same of one identity */
gboolean mos_customer_forget_link (MosTxn *txn, const char *customer, const char *identity, GError **error);
/** mos_customer_join_notes: Returns: (transfer full): those of two who become one */
char *mos_customer_join_notes (const char *source, const char *target);
/** mos_customer_stricter: what may be done with who are two at once */
MosConsent mos_customer_stricter (MosConsent a, MosConsent b);

G_END_DECLS
