/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macro-facts-private.h"

#include "core/base/mos-person-name.h"
#include "core/base/mos-whereabouts.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-orders-here.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-messages.h"
#include "core/values/mos-customer-values.h"

#include <string.h>

static void
mos_macro_facts_clear (MosMacroFacts *self)
{
  g_clear_pointer (&self->conversation, mos_conversation_row_unref);
  g_clear_pointer (&self->customer, mos_customer_row_unref);
  g_clear_pointer (&self->agent, mos_agent_unref);
  g_clear_pointer (&self->account, mos_account_unref);
  g_free (self->address);
  g_free (self->first_name);
  g_free (self->language);
  g_free (self->country);
  g_free (self->zone);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->order, mos_order_unref);
  g_clear_pointer (&self->shops, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMacroFacts, macro_facts)

/* --- reading --- */

static const char *
some (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

static const char *
phone_of (const MosMacroFacts *self)
{
  return self->customer != NULL ? mos_customer_row_get_phone (self->customer) : NULL;
}

/* A name that is the address is none. */
static const char *
name_of (const MosMacroFacts *self)
{
  const char *name = self->customer != NULL ? some (self->customer->name) : NULL;

  if (name == NULL && self->conversation != NULL)
    name = some (self->conversation->customer_name);
  return name != NULL && g_strcmp0 (name, self->address) != 0 && !(self->address != NULL && g_ascii_strcasecmp (name, self->address) == 0) ? name : NULL;
}

static gboolean
load_conversation (MosTxn *txn,
                   const char *id,
                   MosMacroFacts *facts,
                   GError **error)
{
  g_autofree char *resolved = NULL;
  g_autoptr (MosMessageRow) last = NULL;

  if (!mos_store_conversation_resolve (txn, id, &resolved, error) ||
      !mos_store_conversation_find (txn, resolved != NULL ? resolved : id, &facts->conversation, error))
    return FALSE;
  if (facts->conversation == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", id);
      return FALSE;
    }
  if (!mos_store_message_find_last_incoming (txn, facts->conversation->id, &last, error))
    return FALSE;
  facts->last_incoming_us = last != NULL ? last->received_us : 0;
  facts->address = g_strdup (some (facts->conversation->customer_address));
  return facts->conversation->customer == NULL || mos_store_customer_find (txn, facts->conversation->customer, &facts->customer, error);
}

static gboolean
load_address (MosTxn *txn,
              const char *address,
              MosMacroFacts *facts,
              GError **error)
{
  g_autofree char *customer = NULL;

  facts->address = g_strdup (some (address));
  return facts->address == NULL || (mos_store_customer_find_by_identity (txn, "email", address, &customer, error) && (customer == NULL || mos_store_customer_find (txn, customer, &facts->customer, error)));
}

/* What follows from what was read. */
static void
conclude (MosMacroFacts *self)
{
  g_autoptr (MosWhereabouts) place = NULL;
  const char *country = self->customer != NULL ? mos_orders_here_get_country (self->orders, self->customer) : NULL;
  const char *language = self->conversation != NULL ? some (self->conversation->language) : NULL;

  if (self->address == NULL && self->customer != NULL)
    self->address = g_strdup (mos_customer_row_find_identity (self->customer, "email"));
  if (language == NULL && self->customer != NULL)
    language = some (self->customer->language);
  self->language = g_strdup (language);
  self->first_name = mos_person_first_name (name_of (self));
  place = mos_whereabouts_find (country, phone_of (self), MOS_WHEREABOUTS_NO_OFFSET, 0, self->now_us);
  self->zone = g_strdup (place->zone);
  self->country = g_strdup (place->evidence == MOS_WHEREABOUTS_BY_COUNTRY ? place->country : NULL);
}

gboolean
mos_macro_facts_load (MosTxn *txn,
                      const MosMacroSubject *subject,
                      MosMacroFacts **ret_facts,
                      GError **error)
{
  g_autoptr (MosMacroFacts) facts = mos_macro_facts_new ();
  const char *account;

  facts->now_us = mos_txn_get_now_us (txn);
  if (!(subject->conversation != NULL ? load_conversation (txn, subject->conversation, facts, error) : load_address (txn, subject->address, facts, error)) ||
      !mos_macro_facts_load_orders (txn, facts, subject->order, error))
    return FALSE;
  account = subject->account != NULL ? subject->account : facts->conversation != NULL ? facts->conversation->account
                                                                                      : NULL;
  if ((subject->agent != NULL && !mos_store_agent_find (txn, subject->agent, &facts->agent, error)) || (account != NULL && !mos_store_account_find (txn, account, &facts->account, error)))
    return FALSE;
  conclude (facts);
  *ret_facts = g_steal_pointer (&facts);
  return TRUE;
}

static MosMacroSubject *
subject_copy (const MosMacroSubject *subject,
              const char *agent)
{
  MosMacroSubject *copy = g_new0 (MosMacroSubject, 1);

  copy->conversation = g_strdup (subject->conversation);
  copy->address = g_strdup (subject->address);
  copy->agent = g_strdup (subject->agent != NULL ? subject->agent : agent);
  copy->account = g_strdup (subject->account);
  copy->order = g_strdup (subject->order);
  return copy;
}

static void
subject_free (gpointer data)
{
  MosMacroSubject *subject = data;

  g_free ((char *) subject->conversation);
  g_free ((char *) subject->address);
  g_free ((char *) subject->agent);
  g_free ((char *) subject->account);
  g_free ((char *) subject->order);
  g_free (subject);
}

static gboolean
mos_desk_read_macro_facts (MosTxn *txn,
                           MosDeskCall *call,
                           GError **error)
{
  MosMacroFacts *facts = NULL;

  if (!mos_macro_facts_load (txn, call->value, &facts, error))
    return FALSE;
  mos_desk_call_take_result (call, facts, (GDestroyNotify) mos_macro_facts_unref);
  return TRUE;
}

void
mos_desk_load_macro_facts_async (MosDesk *self,
                                 const MosMacroSubject *subject,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (subject != NULL);

  mos_desk_read (self, mos_desk_call_new_value (mos_desk_read_macro_facts, subject_copy (subject, mos_desk_get_me (self)), subject_free), mos_desk_load_macro_facts_async, cancellable, callback, user_data);
}

MosMacroFacts *
mos_desk_load_macro_facts_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_macro_facts_async, error);
}

/* --- names --- */

typedef void (*FactFunc) (const MosMacroFacts *self, MosTemplateValue *value);

static void
customer_name (const MosMacroFacts *self,
               MosTemplateValue *value)
{
  mos_template_value_set_text (value, name_of (self));
}

static void
customer_first_name (const MosMacroFacts *self,
                     MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->first_name);
}

static void
customer_email (const MosMacroFacts *self,
                MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->address);
}

static void
customer_phone (const MosMacroFacts *self,
                MosTemplateValue *value)
{
  mos_template_value_set_text (value, phone_of (self));
}

static void
customer_company (const MosMacroFacts *self,
                  MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->customer != NULL ? self->customer->company : NULL);
}

static void
customer_country (const MosMacroFacts *self,
                  MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->country);
}

static void
customer_country_name (const MosMacroFacts *self,
                       MosTemplateValue *value)
{
  g_autofree char *locale = mos_macro_facts_make_locale (self, NULL);
  g_autofree char *name = self->country != NULL ? mos_whereabouts_country_name (locale, self->country) : NULL;

  mos_template_value_set_text (value, name);
}

static void
customer_language (const MosMacroFacts *self,
                   MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->language);
}

static void
customer_vip (const MosMacroFacts *self,
              MosTemplateValue *value)
{
  if (self->customer != NULL)
    mos_template_value_set_flag (value, self->customer->vip);
}

static void
customer_since (const MosMacroFacts *self,
                MosTemplateValue *value)
{
  mos_template_value_set_time (value, self->customer != NULL ? self->customer->first_seen_us : 0);
}

static void
customer_conversations_count (const MosMacroFacts *self,
                              MosTemplateValue *value)
{
  g_autofree char *count = self->customer != NULL ? g_strdup_printf ("%u", self->customer->conversation_count) : NULL;

  mos_template_value_set_number (value, count);
}

static void
conversation_number (const MosMacroFacts *self,
                     MosTemplateValue *value)
{
  /* A name, not an amount: no language writes it with separators. */
  g_autofree char *number = self->conversation != NULL && self->conversation->number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, self->conversation->number) : NULL;

  mos_template_value_set_text (value, number);
}

static void
conversation_subject (const MosMacroFacts *self,
                      MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->conversation != NULL ? self->conversation->subject : NULL);
}

static void
conversation_status (const MosMacroFacts *self,
                     MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->conversation != NULL ? mos_status_to_nick (self->conversation->status) : NULL);
}

static void
conversation_priority (const MosMacroFacts *self,
                       MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->conversation != NULL ? mos_priority_to_nick (self->conversation->priority) : NULL);
}

static void
conversation_tags (const MosMacroFacts *self,
                   MosTemplateValue *value)
{
  g_autofree char *tags = self->conversation != NULL ? g_strjoinv (", ", self->conversation->tags) : NULL;

  mos_template_value_set_text (value, tags);
}

static void
conversation_channel (const MosMacroFacts *self,
                      MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->conversation != NULL ? self->conversation->channel : NULL);
}

static void
conversation_created (const MosMacroFacts *self,
                      MosTemplateValue *value)
{
  mos_template_value_set_time (value, self->conversation != NULL ? self->conversation->created_us : 0);
}

static void
conversation_last_message (const MosMacroFacts *self,
                           MosTemplateValue *value)
{
  mos_template_value_set_time (value, self->last_incoming_us);
}

static void
agent_name (const MosMacroFacts *self,
            MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->agent != NULL ? self->agent->name : NULL);
}

static void
agent_first_name (const MosMacroFacts *self,
                  MosTemplateValue *value)
{
  g_autofree char *name = self->agent != NULL ? mos_person_first_name (self->agent->name) : NULL;

  mos_template_value_set_text (value, name);
}

static void
shop_name (const MosMacroFacts *self,
           MosTemplateValue *value)
{
  const MosShopAccount *shop = mos_macro_facts_find_shop (self);

  mos_template_value_set_text (value, shop != NULL ? shop->name : self->account != NULL ? self->account->name
                                                                                        : NULL);
}

static void
shop_email (const MosMacroFacts *self,
            MosTemplateValue *value)
{
  mos_template_value_set_text (value, self->account != NULL ? self->account->address : NULL);
}

static void
shop_setting (const MosMacroFacts *self,
              const char *setting,
              MosTemplateValue *value)
{
  const MosShopAccount *shop = mos_macro_facts_find_shop (self);
  g_autofree char *text = shop != NULL ? mos_shop_account_dup_setting (shop, setting) : NULL;

  mos_template_value_set_text (value, text);
}

static void
shop_return_address (const MosMacroFacts *self,
                     MosTemplateValue *value)
{
  shop_setting (self, "return_address", value);
}

static void
shop_review_url (const MosMacroFacts *self,
                 MosTemplateValue *value)
{
  shop_setting (self, "review_url", value);
}

static void
now (const MosMacroFacts *self,
     MosTemplateValue *value)
{
  mos_template_value_set_time (value, self->now_us);
}

static const struct
{
  const char *name;
  FactFunc func;
} facts_table[] = {
  { "agent.first_name", agent_first_name },
  { "agent.name", agent_name },
  { "conversation.channel", conversation_channel },
  { "conversation.created", conversation_created },
  { "conversation.last_message", conversation_last_message },
  { "conversation.number", conversation_number },
  { "conversation.priority", conversation_priority },
  { "conversation.status", conversation_status },
  { "conversation.subject", conversation_subject },
  { "conversation.tags", conversation_tags },
  { "customer.company", customer_company },
  { "customer.conversations_count", customer_conversations_count },
  { "customer.country", customer_country },
  { "customer.country_name", customer_country_name },
  { "customer.email", customer_email },
  { "customer.first_name", customer_first_name },
  { "customer.language", customer_language },
  { "customer.name", customer_name },
  { "customer.phone", customer_phone },
  { "customer.since", customer_since },
  { "customer.vip", customer_vip },
  { "date", now },
  { "shop.email", shop_email },
  { "shop.name", shop_name },
  { "shop.return_address", shop_return_address },
  { "shop.review_url", shop_review_url },
};

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

const char *const *
mos_macro_facts_list_names (void)
{
  static GPtrArray *names = NULL;
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      names = g_ptr_array_new_null_terminated (G_N_ELEMENTS (facts_table), NULL, TRUE);
      for (gsize i = 0; i < G_N_ELEMENTS (facts_table); i++)
        g_ptr_array_add (names, (gpointer) facts_table[i].name);
      for (gsize i = 0; mos_macro_order_get_name (i) != NULL; i++)
        g_ptr_array_add (names, (gpointer) mos_macro_order_get_name (i));
      g_ptr_array_sort (names, compare_names);
      g_once_init_leave (&once, 1);
    }
  return (const char *const *) names->pdata;
}

void
mos_macro_facts_look_up (const char *name,
                         MosTemplateValue *ret_value,
                         gpointer facts)
{
  g_return_if_fail (name != NULL);
  g_return_if_fail (facts != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (facts_table); i++)
    if (strcmp (facts_table[i].name, name) == 0)
      {
        facts_table[i].func (facts, ret_value);
        return;
      }
  mos_macro_order_look_up (facts, name, ret_value);
}

/* --- how they are written --- */

char *
mos_macro_facts_make_locale (const MosMacroFacts *self,
                             const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (language == NULL)
    language = self->language != NULL ? self->language : "";
  if (*language == '\0' || self->country == NULL || strpbrk (language, "-_") != NULL)
    return g_strdup (language);
  return g_strconcat (language, "-", self->country, NULL);
}

GTimeZone *
mos_macro_facts_make_tz (const MosMacroFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->zone != NULL ? g_time_zone_new_identifier (self->zone) : NULL;
}
