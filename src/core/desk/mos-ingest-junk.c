/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-senders.h"

#include <string.h>

/* Mail that was in the inbox when it was seen first, and was moved to the server's Junk folder later: by the server's filter, which takes its time, or by
 * somebody with another program. It leaves the inbox for the quarantine; "treat as normal mail" brings it back. */

/* Where it is now: @ret_elsewhere: in a folder that is not Junk, @ret_junk: in one that is */
static gboolean
look_where (MosTxn *txn,
            MosMessageRow *row,
            gboolean *ret_elsewhere,
            gboolean *ret_junk,
            GError **error)
{
  g_autoptr (GPtrArray) places = mos_store_location_list_of_message (txn, row->id, error);
  g_autoptr (GPtrArray) folders = places != NULL ? mos_store_folder_list (txn, row->account, error) : NULL;

  *ret_elsewhere = *ret_junk = FALSE;
  if (folders == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      const MosLocation *place = g_ptr_array_index (places, i);

      for (guint f = 0; !place->removed && f < folders->len; f++)
        {
          const MosFolderRow *folder = g_ptr_array_index (folders, f);

          if (strcmp (folder->id, place->folder) != 0)
            continue;
          if (folder->role == MOS_FOLDER_JUNK)
            *ret_junk = TRUE;
          else
            *ret_elsewhere = TRUE;
        }
    }
  return TRUE;
}

/* Whether a person took it for a customer's mail: by answering it, or by a rule for its sender. @ret_is_alone: nothing else in its conversation is to be shown */
static gboolean
is_vouched_for (MosTxn *txn,
                MosMessageRow *row,
                gboolean *ret_is,
                gboolean *ret_is_alone,
                GError **error)
{
  g_autoptr (GPtrArray) messages = mos_store_message_list_of_conversation (txn, row->conversation, error);
  MosSenderRule rule = MOS_SENDER_NONE;

  *ret_is = FALSE;
  *ret_is_alone = TRUE;
  if (messages == NULL || (row->from != NULL && *row->from->address != '\0' && !mos_store_sender_find (txn, row->from->address, &rule, error)))
    return FALSE;
  *ret_is = rule == MOS_SENDER_ALLOW;
  for (guint i = 0; i < messages->len; i++)
    {
      const MosMessageRow *other = g_ptr_array_index (messages, i);

      if (other->direction == MOS_DIRECTION_OUTGOING && other->delivery != MOS_DELIVERY_CANCELLED && other->received_us >= row->received_us)
        *ret_is = TRUE;
      if (other->direction != MOS_DIRECTION_EVENT && !other->quarantined && strcmp (other->id, row->id) != 0)
        *ret_is_alone = FALSE;
    }
  return TRUE;
}

gboolean
mos_ingest_follow_junk (MosTxn *txn,
                        MosMessageRow *row,
                        GError **error)
{
  g_autoptr (MosConversationRow) conversation = NULL;
  gboolean is_elsewhere, is_junk, is_vouched = FALSE, is_alone = FALSE;

  if (row->direction != MOS_DIRECTION_INCOMING || row->quarantined || (row->classification != MOS_CLASSIFICATION_NORMAL && row->classification != MOS_CLASSIFICATION_BULK))
    return TRUE;
  if (!look_where (txn, row, &is_elsewhere, &is_junk, error))
    return FALSE;
  if (!is_junk || is_elsewhere)
    return TRUE;
  if (!is_vouched_for (txn, row, &is_vouched, &is_alone, error) || !mos_store_conversation_find (txn, row->conversation, &conversation, error))
    return FALSE;
  /* Old mail is in nobody's way. */
  if (is_vouched || conversation == NULL || conversation->archive)
    return TRUE;
  return mos_store_message_set_quarantined (txn, row->id, TRUE, MOS_INGEST_JUNK, error) &&
         (!is_alone || mos_store_conversation_set_quarantine (txn, row->conversation, MOS_INGEST_JUNK, error));
}

gboolean
mos_ingest_was_in_junk (MosIngest *self,
                        MosMessageRow *row,
                        gboolean *ret_was,
                        GError **error)
{
  MosIncoming *incoming = self->incoming;
  g_autoptr (GPtrArray) places = NULL;
  g_autofree char *folder = NULL;

  *ret_was = FALSE;
  if (incoming->folder == NULL || incoming->role != MOS_FOLDER_JUNK)
    return TRUE;
  folder = mos_store_folder_id (incoming->account, incoming->folder);
  places = mos_store_location_list_of_message (self->txn, row->id, error);
  for (guint i = 0; places != NULL && i < places->len; i++)
    *ret_was |= strcmp (((MosLocation *) g_ptr_array_index (places, i))->folder, folder) == 0;
  return places != NULL;
}
