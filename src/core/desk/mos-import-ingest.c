/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-import-job-private.h"

#include "core/base/mos-bytes.h"
#include "core/desk/mos-ingest-private.h"
#include "core/desk/mos-token.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

/* Mail without a Message-ID: what it says is all there is to go by. */
static gboolean
find_nameless_elsewhere (MosTxn *txn,
                         MosAccount *account,
                         MosParsedMessage *parsed,
                         char **ret_message,
                         char **ret_conversation,
                         GError **error)
{
  g_autoptr (GPtrArray) accounts = mos_store_account_list (txn, error);

  for (guint i = 0; accounts != NULL && i < accounts->len && *ret_message == NULL; i++)
    {
      MosAccount *other = g_ptr_array_index (accounts, i);
      g_autofree char *same = mos_store_message_id (other->id, NULL, parsed->digest);
      g_autoptr (MosMessageRow) row = NULL;

      if (strcmp (other->id, account->id) == 0)
        continue;
      if (!mos_store_message_find (txn, same, &row, error))
        return FALSE;
      if (row != NULL)
        {
          g_set_str (ret_message, row->id);
          g_set_str (ret_conversation, row->conversation);
        }
    }
  return accounts != NULL;
}

/* Whether the mail is here under another account: the same Message-ID and the same digest (architecture, decision 2), or one that this
 * profile composed. A sync gives each account its own copy, for each has its own mailbox; an import has none. */
static gboolean
find_elsewhere (MosTxn *txn,
                MosAccount *account,
                MosIncoming *incoming,
                const char *raw_sha256,
                char **ret_message,
                char **ret_conversation,
                GError **error)
{
  MosParsedMessage *parsed = incoming->parsed;
  const char *ids[] = { parsed != NULL ? parsed->message_id : NULL, NULL };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MosMessageRow) reread = NULL;

  if (parsed == NULL)
    return TRUE;
  if (parsed->message_id != NULL)
    {
      gboolean is_composed = parsed->own_id != NULL && mos_token_is_own_message_id (mos_store_get_mac_key (mos_txn_get_store (txn)), parsed->message_id);

      rows = mos_store_message_find_by_message_ids (txn, NULL, ids, error);
      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          MosMessageRow *row = g_ptr_array_index (rows, i);
          g_autofree char *same = mos_store_message_id (row->account, parsed->message_id, parsed->digest);

          if (strcmp (row->account, account->id) == 0)
            return TRUE;
          if (strcmp (row->id, same) == 0 || (is_composed && row->direction == MOS_DIRECTION_OUTGOING))
            {
              g_set_str (ret_message, row->id);
              g_set_str (ret_conversation, row->conversation);
            }
        }
    }
  else if (!find_nameless_elsewhere (txn, account, parsed, ret_message, ret_conversation, error))
    return FALSE;
  if (*ret_message != NULL)
    return TRUE;
  if (!mos_ingest_find_reread (txn, NULL, incoming, raw_sha256, &reread, error))
    return FALSE;
  if (reread != NULL && strcmp (reread->account, account->id) != 0)
    {
      g_set_str (ret_message, reread->id);
      g_set_str (ret_conversation, reread->conversation);
    }
  return TRUE;
}

/* What somebody deleted for good under any account comes back under none. */
static gboolean
is_erased_elsewhere (MosTxn *txn,
                     MosIncoming *incoming,
                     const char *raw_sha256,
                     gboolean *ret_is_erased,
                     GError **error)
{
  g_autoptr (GPtrArray) accounts = mos_store_account_list (txn, error);

  *ret_is_erased = FALSE;
  for (guint i = 0; accounts != NULL && incoming->parsed != NULL && i < accounts->len && !*ret_is_erased; i++)
    {
      const char *account = ((MosAccount *) g_ptr_array_index (accounts, i))->id;
      g_autofree char *id = mos_store_message_id (account, incoming->parsed->message_id, incoming->parsed->digest);
      g_autofree char *raw = g_strconcat (account, " ", raw_sha256, NULL);

      if (!mos_store_erased_find (txn, "id", id, ret_is_erased, error) ||
          (!*ret_is_erased && !mos_store_erased_find (txn, "raw", raw, ret_is_erased, error)))
        return FALSE;
    }
  return accounts != NULL;
}

gboolean
mos_import_ingest (MosTxn *txn,
                   MosAccount *account,
                   MosIncoming *incoming,
                   MosIngestResult **ret_result,
                   GError **error)
{
  g_autofree char *raw_sha256 = incoming->raw_sha256 != NULL ? g_strdup (incoming->raw_sha256) : mos_bytes_sha256 (incoming->raw);
  g_autofree char *message = NULL;
  g_autofree char *conversation = NULL;
  MosIngestResult *result;
  gboolean is_erased;

  if (!is_erased_elsewhere (txn, incoming, raw_sha256, &is_erased, error) ||
      (!is_erased && !find_elsewhere (txn, account, incoming, raw_sha256, &message, &conversation, error)))
    return FALSE;
  if (message == NULL && !is_erased)
    return mos_ingest_message (txn, account, incoming, ret_result, error);

  result = mos_ingest_result_new ();
  if (is_erased)
    {
      result->outcome = MOS_INGEST_ERASED;
      *ret_result = result;
      return TRUE;
    }
  result->outcome = MOS_INGEST_DUPLICATE;
  result->message = g_steal_pointer (&message);
  result->conversation = g_steal_pointer (&conversation);
  result->classification = incoming->parsed->classification;
  *ret_result = result;
  return TRUE;
}
