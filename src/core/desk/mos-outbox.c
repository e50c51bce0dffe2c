/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-outbox.h"

#include "core/base/mos-id.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

static gboolean
mos_outbox_find (MosTxn *txn,
                 const char *message,
                 MosOutboxItem **ret_item,
                 GError **error)
{
  if (!mos_store_outbox_find (txn, message, ret_item, error))
    return FALSE;
  if (*ret_item == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "Nothing to send under %s", message);
      return FALSE;
    }
  return TRUE;
}

static gboolean
mos_outbox_wrong_state (MosOutboxItem *item,
                        GError **error)
{
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "The message is %s", mos_delivery_to_nick (item->state));
  return FALSE;
}

gboolean
mos_outbox_peek (MosTxn *txn,
                 const char *account,
                 gint64 now_us,
                 char **ret_message,
                 gint64 *ret_next_us,
                 GError **error)
{
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, account, error);

  *ret_message = NULL;
  *ret_next_us = 0;
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      MosOutboxItem *item = g_ptr_array_index (items, i);

      if (item->state != MOS_DELIVERY_QUEUED)
        continue;
      if (item->next_try_us <= now_us)
        {
          *ret_message = g_strdup (item->message);
          *ret_next_us = 0;
          return TRUE;
        }
      if (*ret_next_us == 0 || item->next_try_us < *ret_next_us)
        *ret_next_us = item->next_try_us;
    }
  return TRUE;
}

/* Tells the server which mail was answered, as a mail program would. */
static gboolean
mos_outbox_mark_answered (MosTxn *txn,
                          MosOutboxItem *item,
                          GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const char *ids[] = { NULL, NULL };

  if (!mos_store_message_find (txn, item->message, &row, error))
    return FALSE;
  if (row == NULL || row->in_reply_to == NULL)
    return TRUE;

  ids[0] = row->in_reply_to;
  rows = mos_store_message_find_by_message_ids (txn, item->account, ids, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *answered = g_ptr_array_index (rows, i);

      if (answered->direction == MOS_DIRECTION_INCOMING &&
          !mos_store_location_want (txn, answered->id, MOS_MESSAGE_FLAG_ANSWERED, 0, error))
        return FALSE;
    }
  return TRUE;
}

/* An answer that did not go out is work again, whatever status it was sent with. */
static gboolean
mos_outbox_reopen (MosTxn *txn,
                   MosOutboxItem *item,
                   GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;

  if (item->conversation == NULL || !mos_store_conversation_find (txn, item->conversation, &row, error))
    return item->conversation == NULL;
  if (row == NULL || row->status == MOS_STATUS_OPEN || row->status == MOS_STATUS_SPAM)
    return TRUE;
  return mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error);
}

gboolean
mos_outbox_report (MosTxn *txn,
                   MosSendResult *result,
                   MosOutboxItem **ret_item,
                   GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  *ret_item = NULL;
  if (!mos_store_outbox_find (txn, result->message, &item, error))
    return FALSE;
  /* Cancelled by somebody while the connection was being made. */
  if (item == NULL || item->state == MOS_DELIVERY_CANCELLED || item->state == MOS_DELIVERY_ACCEPTED)
    return TRUE;

  if (!mos_store_outbox_set_result (txn, result->message, result->state, result->next_try_us, result->why, result->detail, error))
    return FALSE;
  if (result->state == MOS_DELIVERY_ACCEPTED && !mos_outbox_mark_answered (txn, item, error))
    return FALSE;
  /* Refused for some: they got nothing, however the others fared. */
  if ((result->state == MOS_DELIVERY_FAILED || result->state == MOS_DELIVERY_UNCERTAIN || result->refused->len > 0) && !mos_outbox_reopen (txn, item, error))
    return FALSE;
  if (result->state == MOS_DELIVERY_FAILED || result->state == MOS_DELIVERY_UNCERTAIN || result->refused->len > 0)
    return mos_store_outbox_find (txn, result->message, ret_item, error);
  return TRUE;
}

gboolean
mos_outbox_recover (MosTxn *txn,
                    GPtrArray **ret_items,
                    GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outbox_item_unref);
  g_autoptr (GPtrArray) uncertain = NULL;

  if (!mos_store_outbox_recover (txn, &uncertain, error))
    return FALSE;
  for (guint i = 0; i < uncertain->len; i++)
    {
      MosOutboxItem *item = NULL;

      if (!mos_outbox_find (txn, g_ptr_array_index (uncertain, i), &item, error))
        return FALSE;
      g_ptr_array_add (items, item);
      if (!mos_outbox_reopen (txn, item, error))
        return FALSE;
    }

  *ret_items = g_steal_pointer (&items);
  return TRUE;
}

gboolean
mos_outbox_record_copy (MosTxn *txn,
                        const char *account,
                        const char *message,
                        const char *folder,
                        guint32 uidvalidity,
                        guint32 uid,
                        const char *message_id,
                        GError **error)
{
  if (message_id != NULL && !mos_store_message_add_message_id (txn, message, message_id, error))
    return FALSE;

  if (folder != NULL && uid != 0)
    {
      g_autoptr (MosFolderRow) row = NULL;

      if (!mos_store_folder_find (txn, account, folder, &row, error))
        return FALSE;
      /* A folder that was not synced yet learns of it when it is. */
      if (row != NULL && row->uidvalidity == uidvalidity)
        {
          g_autoptr (MosLocation) location = mos_location_new ();

          location->message = g_strdup (message);
          location->folder = g_strdup (row->id);
          location->uidvalidity = uidvalidity;
          location->uid = uid;
          location->flags = MOS_MESSAGE_FLAG_SEEN;
          if (!mos_store_location_put (txn, location, error))
            return FALSE;
        }
    }
  return mos_store_outbox_set_sent_copy_done (txn, message, error);
}

gboolean
mos_outbox_retry (MosTxn *txn,
                  const char *message,
                  GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  if (!mos_outbox_find (txn, message, &item, error))
    return FALSE;
  if (item->state != MOS_DELIVERY_FAILED && item->state != MOS_DELIVERY_UNCERTAIN && item->state != MOS_DELIVERY_QUEUED)
    return mos_outbox_wrong_state (item, error);
  return mos_store_outbox_set_result (txn, message, MOS_DELIVERY_QUEUED, mos_txn_get_now_us (txn), NULL, NULL, error);
}

gboolean
mos_outbox_take_back (MosTxn *txn,
                      const char *message,
                      char **ret_draft,
                      GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (MosDraft) draft = mos_draft_new ();

  if (!mos_outbox_find (txn, message, &item, error) ||
      !mos_store_message_find (txn, message, &row, error))
    return FALSE;
  if (row == NULL)
    return mos_outbox_wrong_state (item, error);

  if (!mos_store_outbox_cancel (txn, message, error))
    return FALSE;

  /* A new id: the old Message-ID may have reached the server, when this one was uncertain. */
  draft->id = mos_id_new (mos_txn_get_now_us (txn));
  draft->conversation = g_strdup (row->conversation);
  draft->account = g_strdup (row->account);
  draft->kind = g_strdup (row->in_reply_to != NULL ? "reply" : "new");
  draft->to = mos_address_array_copy (row->to);
  draft->cc = mos_address_array_copy (row->cc);
  draft->bcc = mos_address_array_copy (row->bcc);
  draft->subject = g_strdup (row->subject);
  draft->text = g_strdup (row->text);
  draft->attachments = g_ptr_array_ref (row->attachments);
  draft->updated_us = mos_txn_get_now_us (txn);
  mos_draft_fill (draft);
  if (row->in_reply_to != NULL)
    {
      const char *ids[] = { row->in_reply_to, NULL };
      g_autoptr (GPtrArray) answered = mos_store_message_find_by_message_ids (txn, row->account, ids, error);

      if (answered == NULL)
        return FALSE;
      if (answered->len > 0)
        draft->reply_to_message = g_strdup (((MosMessageRow *) g_ptr_array_index (answered, 0))->id);
    }
  if (!mos_store_draft_save (txn, draft, error))
    return FALSE;
  /* What never left leaves no trace; what may have left stays, marked cancelled. */
  if (item->state != MOS_DELIVERY_UNCERTAIN && !mos_store_message_remove (txn, message, error))
    return FALSE;

  if (ret_draft != NULL)
    *ret_draft = g_strdup (draft->id);
  return TRUE;
}

gboolean
mos_outbox_settle (MosTxn *txn,
                   const char *message,
                   gboolean was_sent,
                   GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  if (!mos_outbox_find (txn, message, &item, error))
    return FALSE;
  if (item->state != MOS_DELIVERY_UNCERTAIN)
    return mos_outbox_wrong_state (item, error);
  return mos_store_outbox_set_result (txn, message, was_sent ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_QUEUED,
                                      was_sent ? 0 : mos_txn_get_now_us (txn), NULL, NULL, error);
}
