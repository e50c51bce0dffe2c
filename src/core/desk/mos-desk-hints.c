/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/automation/mos-hints.h"
#include "core/base/mos-domain.h"
#include "core/desk/mos-hint-facts.h"
#include "core/mail/mime/mos-html-document.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-hints.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-senders.h"

/* --- hints: what the evaluator is asked with --- */

/* To whom this desk has written: read again after a while, shared by the store's threads. */
#define KNOWN_FOR_US (10 * 60 * G_USEC_PER_SEC)
/* How far back account numbers are looked for. */
#define EARLIER_MAX 300

static GHashTable *
get_known_domains (MosTxn *txn,
                   GError **error)
{
  static GMutex mutex;
  static MosStore *of; /* (unowned): only compared */
  static GHashTable *known;
  static gint64 read_us;
  GHashTable *domains = NULL;
  gint64 now_us = g_get_monotonic_time ();

  g_mutex_lock (&mutex);
  if (known != NULL && of == mos_txn_get_store (txn) && now_us - read_us < KNOWN_FOR_US)
    domains = g_hash_table_ref (known);
  g_mutex_unlock (&mutex);
  if (domains != NULL)
    return domains;

  {
    g_autoptr (GHashTable) found = mos_store_hint_known_domains (txn, error);
    GHashTableIter iter;
    gpointer name;

    if (found == NULL)
      return NULL;
    domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_iter_init (&iter, found);
    while (g_hash_table_iter_next (&iter, &name, NULL))
      {
        g_autofree char *shown = mos_domain_to_shown (name);

        g_hash_table_add (domains, mos_domain_base (shown));
      }
  }
  g_mutex_lock (&mutex);
  g_clear_pointer (&known, g_hash_table_unref);
  known = g_hash_table_ref (domains);
  of = mos_txn_get_store (txn);
  read_us = now_us;
  g_mutex_unlock (&mutex);
  return domains;
}

static void
add_domain (GStrvBuilder *domains,
            const char *address)
{
  g_autofree char *domain = mos_domain_of_address (address);

  if (domain != NULL && !mos_domain_is_public_mail (domain))
    g_strv_builder_take (domains, mos_domain_base (domain));
}

static gboolean
list_own (MosTxn *txn,
          GStrv *ret_domains,
          GStrv *ret_names,
          GError **error)
{
  g_autoptr (GPtrArray) accounts = mos_store_account_list (txn, error);
  g_autoptr (GPtrArray) agents = accounts != NULL ? mos_store_agent_list (txn, error) : NULL;
  g_autoptr (GStrvBuilder) domains = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (agents == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      MosAccount *account = accounts->pdata[i];

      add_domain (domains, account->address);
      g_strv_builder_add (names, account->name);
      for (char **alias = account->aliases; alias != NULL && *alias != NULL; alias++)
        add_domain (domains, *alias);
      for (guint s = 0; account->senders != NULL && s < account->senders->len; s++)
        if (((MosSender *) account->senders->pdata[s])->name != NULL)
          g_strv_builder_add (names, ((MosSender *) account->senders->pdata[s])->name);
    }
  for (guint i = 0; i < agents->len; i++)
    g_strv_builder_add (names, ((MosAgent *) agents->pdata[i])->name);
  *ret_domains = g_strv_builder_end (domains);
  *ret_names = g_strv_builder_end (names);
  return TRUE;
}

GArray *
mos_hint_facts_list_links (const MosHtmlDocument *document,
                           GStringChunk *strings)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (MosHintLink));

  for (guint b = 0; b < document->fold_from && b < document->blocks->len; b++)
    {
      const MosHtmlBlock *block = g_ptr_array_index (document->blocks, b);

      for (guint s = 0; block->spans != NULL && s < block->spans->len; s++)
        {
          const MosHtmlSpan *span = &g_array_index (block->spans, MosHtmlSpan, s);
          MosHintLink link = { NULL, span->href };

          if (span->href == NULL)
            continue;
          link.text = g_string_chunk_insert_len (strings, block->text + span->start, span->end - span->start);
          g_array_append_val (links, link);
        }
    }
  return links;
}

static gboolean
list_earlier_ibans (MosTxn *txn,
                    const char *message,
                    GStrv *ret_ibans,
                    GError **error)
{
  g_autoptr (GPtrArray) texts = mos_store_hint_earlier_texts (txn, message, EARLIER_MAX, error);
  g_autoptr (GStrvBuilder) ibans = g_strv_builder_new ();

  if (texts == NULL)
    return FALSE;
  for (guint i = 0; i < texts->len; i++)
    {
      g_auto (GStrv) found = mos_iban_find_all (texts->pdata[i]);

      g_strv_builder_addv (ibans, (const char **) found);
    }
  *ret_ibans = g_strv_builder_end (ibans);
  return TRUE;
}

gboolean
mos_hint_evaluate_message (MosTxn *txn,
                           const char *message,
                           GPtrArray **ret_hints,
                           GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (MosHtmlDocument) document = NULL;
  g_autoptr (GStringChunk) strings = g_string_chunk_new (1024);
  g_autoptr (GArray) links = NULL;
  g_auto (GStrv) own_domains = NULL;
  g_auto (GStrv) own_names = NULL;
  g_auto (GStrv) ibans = NULL;
  g_auto (GStrv) earlier = NULL;
  g_autofree char *html = NULL;
  MosHintFacts facts = { 0 };

  *ret_hints = NULL;
  if (!mos_store_message_find (txn, message, &row, error))
    return FALSE;
  if (row == NULL || row->direction != MOS_DIRECTION_INCOMING || row->from == NULL)
    {
      *ret_hints = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_hint_unref);
      return TRUE;
    }
  known = get_known_domains (txn, error);
  if (known == NULL || !list_own (txn, &own_domains, &own_names, error) || !mos_store_message_load_html (txn, message, &html, error) ||
      (row->identity != NULL && !mos_store_hint_is_known (txn, row->identity, &facts.is_known_sender, error)))
    return FALSE;
  ibans = mos_iban_find_all (row->reply_text);
  if (*ibans != NULL && !list_earlier_ibans (txn, message, &earlier, error))
    return FALSE;
  document = html != NULL ? mos_html_document_parse (html) : mos_html_document_new_for_text (row->text);
  links = mos_hint_facts_list_links (document, strings);

  facts.classification = row->classification;
  facts.from = row->from;
  facts.reply_to = row->reply_to;
  facts.text = row->reply_text;
  facts.links = links;
  facts.own_domains = (const char *const *) own_domains;
  facts.own_names = (const char *const *) own_names;
  facts.known_domains = known;
  facts.earlier_ibans = (const char *const *) earlier;
  *ret_hints = mos_hints_evaluate (&facts);
  return TRUE;
}

static gboolean
mos_desk_read_hints (MosTxn *txn,
                     MosDeskCall *call,
                     GError **error)
{
  GPtrArray *hints = NULL;

  if (!mos_hint_evaluate_message (txn, call->text, &hints, error))
    return FALSE;
  mos_desk_call_take_result (call, hints, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

void
mos_desk_load_hints_async (MosDesk *self,
                           const char *message,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  mos_desk_read_text (self, mos_desk_read_hints, message, mos_desk_load_hints_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_hints_finish (MosDesk *self,
                            GAsyncResult *result,
                            GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_hints_async, error);
}

/* --- whose pictures are loaded; what is in the quarantine --- */

static gboolean
mos_desk_read_image_senders (MosTxn *txn,
                             MosDeskCall *call,
                             GError **error)
{
  GPtrArray *senders = mos_store_image_sender_list (txn, error);

  if (senders == NULL)
    return FALSE;
  mos_desk_call_take_result (call, senders, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

void
mos_desk_load_image_senders_async (MosDesk *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (mos_desk_read_image_senders), mos_desk_load_image_senders_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_image_senders_finish (MosDesk *self,
                                    GAsyncResult *result,
                                    GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_image_senders_async, error);
}

static gboolean
mos_desk_read_causes (MosTxn *txn,
                      MosDeskCall *call,
                      GError **error)
{
  GPtrArray *causes = mos_store_conversation_list_causes (txn, error);

  if (causes == NULL)
    return FALSE;
  mos_desk_call_take_result (call, causes, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

void
mos_desk_load_causes_async (MosDesk *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (mos_desk_read_causes), mos_desk_load_causes_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_causes_finish (MosDesk *self,
                             GAsyncResult *result,
                             GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_causes_async, error);
}
