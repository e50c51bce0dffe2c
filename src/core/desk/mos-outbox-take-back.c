/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-outbox-private.h"

#include "core/base/mos-id.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-scheduled.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-macros.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-outreach.h"
#include "core/store/mos-store-recipients.h"

/* From the outbox back to the composer. */

/* Those of @addresses who do not have it. */
static GPtrArray *
mos_outbox_only_open (GPtrArray *addresses,
                      GPtrArray *results)
{
  GPtrArray *kept = mos_address_array_new ();

  for (guint i = 0; i < addresses->len; i++)
    {
      MosAddress *address = g_ptr_array_index (addresses, i);
      gboolean has = FALSE;

      for (guint r = 0; r < results->len; r++)
        {
          MosRecipientResult *result = g_ptr_array_index (results, r);

          has |= ((1u << result->state) & MOS_RECIPIENTS_TAKEN) != 0 && g_ascii_strcasecmp (result->address, address->address) == 0;
        }
      if (!has)
        g_ptr_array_add (kept, mos_address_ref (address));
    }
  return kept;
}

/* A draft again, for @results: whoever has the message is not written to a second time. */
static gboolean
mos_outbox_make_draft (MosTxn *txn,
                       MosOutboxItem *item,
                       MosMessageRow *row,
                       MosScheduled *scheduled,
                       MosDraft **ret_draft,
                       GError **error)
{
  MosDraft *was = scheduled != NULL ? scheduled->draft : NULL;
  g_autoptr (MosDraft) draft = mos_draft_new ();
  g_autoptr (MosChatAbout) about = NULL;

  /* A new id: the old Message-ID may have reached the server. One that never was given to anybody keeps it. */
  draft->id = item->state == MOS_DELIVERY_SCHEDULED ? g_strdup (row->id) : mos_id_new (mos_txn_get_now_us (txn));
  draft->conversation = g_strdup (row->conversation);
  draft->account = g_strdup (row->account);
  draft->sender = row->from != NULL ? g_strdup (row->from->address) : NULL;
  draft->to = mos_outbox_only_open (row->to, item->results);
  draft->cc = mos_outbox_only_open (row->cc, item->results);
  draft->bcc = mos_outbox_only_open (row->bcc, item->results);
  draft->subject = g_strdup (row->subject);
  draft->attachments = g_ptr_array_ref (row->attachments);
  draft->updated_us = mos_txn_get_now_us (txn);
  if (was != NULL)
    {
      draft->kind = g_strdup (was->kind);
      draft->reply_to_message = g_strdup (was->reply_to_message);
      draft->text = g_strdup (was->text);
      draft->is_marked = was->is_marked;
      draft->language = g_strdup (was->language);
      draft->quote = g_strdup (was->quote);
      draft->caret = was->caret;
      draft->macros = was->macros != NULL ? mos_macro_plan_ref (was->macros) : NULL;
      draft->buttons = g_strdupv (was->buttons);
    }
  else
    {
      draft->kind = g_strdup (row->in_reply_to != NULL ? "reply" : "new");
      draft->text = g_strdup (row->text);
      if (!mos_store_chat_find_about (txn, row->id, &about, error))
        return FALSE;
      draft->buttons = about != NULL ? g_strdupv (about->buttons) : NULL;
      if (row->in_reply_to != NULL)
        {
          const char *ids[] = { row->in_reply_to, NULL };
          g_autoptr (GPtrArray) answered = mos_store_message_find_by_message_ids (txn, row->account, ids, error);

          if (answered == NULL)
            return FALSE;
          if (answered->len > 0)
            draft->reply_to_message = g_strdup (((MosMessageRow *) g_ptr_array_index (answered, 0))->id);
        }
    }
  mos_draft_fill (draft);
  *ret_draft = g_steal_pointer (&draft);
  return TRUE;
}

gboolean
mos_outbox_take_back (MosTxn *txn,
                      const char *message,
                      char **ret_draft,
                      GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (MosScheduled) scheduled = NULL;
  g_autoptr (MosDraft) draft = NULL;
  MosOutboxTally tally;

  if (!mos_outbox_find (txn, message, &item, error) ||
      !mos_store_message_find (txn, message, &row, error) ||
      !mos_store_scheduled_find (txn, message, &scheduled, error) ||
      !mos_outbox_count (txn, message, &tally, error))
    return FALSE;
  if (row == NULL)
    return mos_outbox_wrong_state (item, error);
  if (!mos_outbox_make_draft (txn, item, row, scheduled, &draft, error))
    return FALSE;

  if (tally.taken > 0 && item->state == MOS_DELIVERY_QUEUED)
    {
      /* Some have it: for them it was sent, and stays. */
      if (!mos_store_recipient_move (txn, message, MOS_RECIPIENT_WAITING, MOS_RECIPIENT_WITHDRAWN, error) ||
          !mos_store_recipient_move (txn, message, MOS_RECIPIENT_DEFERRED, MOS_RECIPIENT_WITHDRAWN, error) ||
          !mos_store_outbox_set_result (txn, message, MOS_DELIVERY_ACCEPTED, 0, NULL, NULL, error))
        return FALSE;
    }
  else
    {
      if (!mos_store_outbox_cancel (txn, message, error))
        return FALSE;
      /* What never left leaves no trace; what may have left stays, marked cancelled. */
      if (item->state != MOS_DELIVERY_UNCERTAIN && (!mos_store_message_remove (txn, message, error) || !mos_store_macro_forget_use (txn, message, error)))
        return FALSE;
      if (item->state == MOS_DELIVERY_SCHEDULED && scheduled != NULL && !mos_scheduled_restore (txn, scheduled, error))
        return FALSE;
    }
  if (!mos_store_draft_save (txn, draft, error))
    return FALSE;

  if (ret_draft != NULL)
    *ret_draft = g_strdup (draft->id);
  return TRUE;
}

gboolean
mos_outbox_discard (MosTxn *txn,
                    const char *message,
                    GError **error)
{
  g_autofree char *draft = NULL;

  return mos_outbox_take_back (txn, message, &draft, error) && mos_store_draft_remove (txn, draft, error);
}

/* No person wrote it, or it is one of many: nobody goes on with a draft of it. */
static gboolean
is_nobodys (MosTxn *txn,
            const MosOutboxItem *item,
            gboolean *ret_is,
            GError **error)
{
  g_autofree char *silent = NULL;

  if (item->conversation != NULL && !mos_store_outreach_find_silent (txn, item->conversation, &silent, NULL, error))
    return FALSE;
  *ret_is = item->is_automatic || g_strcmp0 (silent, item->message) == 0;
  return TRUE;
}

gboolean
mos_outbox_take_all_back (MosTxn *txn,
                          const char *account,
                          guint *ret_n,
                          GError **error)
{
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, account, error);
  guint n = 0;

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const MosOutboxItem *item = items->pdata[i];
      gboolean is_none = FALSE;

      if (item->state != MOS_DELIVERY_QUEUED && item->state != MOS_DELIVERY_SCHEDULED && item->state != MOS_DELIVERY_FAILED)
        continue;
      if (!is_nobodys (txn, item, &is_none, error))
        return FALSE;
      if (is_none)
        {
          if (item->state != MOS_DELIVERY_FAILED && !mos_store_outbox_set_result (txn, item->message, MOS_DELIVERY_FAILED, 0, "account-removed", NULL, error))
            return FALSE;
          continue;
        }
      if (!mos_outbox_take_back (txn, item->message, NULL, error))
        return FALSE;
      n++;
    }
  if (ret_n != NULL)
    *ret_n = n;
  return TRUE;
}
