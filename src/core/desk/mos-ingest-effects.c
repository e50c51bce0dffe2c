/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

static gboolean
mos_ingest_is_answered_since (MosIngest *self,
                              gboolean *ret_is,
                              GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (self->txn, self->conversation->id, error);

  *ret_is = FALSE;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len && !*ret_is; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      *ret_is = row->direction == MOS_DIRECTION_OUTGOING && row->received_us > self->incoming->received_us;
    }
  return TRUE;
}

/* What a customer's message does to the conversation it joins (behaviour.md §2.1, §2.2, §2.8). */
gboolean
mos_ingest_wake_conversation (MosIngest *self,
                              GError **error)
{
  MosConversationRow *row = self->conversation;
  gboolean is_answered;

  if (row->deleted_us != 0 && !mos_store_conversation_set_deleted (self->txn, row->id, FALSE, error))
    return FALSE;
  /* It comes to the inbox for this message's sake; what was quarantined in it stays no customer's message. */
  if (row->quarantine != NULL && !mos_store_conversation_clear_quarantine (self->txn, row->id, error))
    return FALSE;
  if (row->status == MOS_STATUS_OPEN || row->status == MOS_STATUS_SPAM)
    return TRUE;

  /* Synced late: somebody answered after this was written, on a phone perhaps. */
  if (!mos_ingest_is_answered_since (self, &is_answered, error))
    return FALSE;
  if (is_answered)
    return TRUE;
  if (row->archive && !mos_store_conversation_set_archive (self->txn, row->id, FALSE, error))
    return FALSE;
  return mos_store_conversation_set_status (self->txn, row->id, MOS_STATUS_OPEN, 0, error);
}

static const char *
mos_bounce_code (MosBounce *bounce)
{
  return bounce->status != NULL ? bounce->status : "bounced";
}

/* A mail that came back: the message it was shows it, and somebody has to look. */
gboolean
mos_ingest_apply_bounces (MosIngest *self,
                          GError **error)
{
  gboolean is_hard = FALSE;

  for (guint i = 0; i < self->parsed->bounces->len; i++)
    {
      MosBounce *bounce = g_ptr_array_index (self->parsed->bounces, i);
      const char *ids[] = { bounce->original_message_id, NULL };
      g_autoptr (GPtrArray) rows = NULL;

      if (bounce->original_message_id == NULL || !bounce->hard)
        continue;
      rows = mos_store_message_find_by_message_ids (self->txn, self->account->id, ids, error);
      if (rows == NULL)
        return FALSE;
      for (guint r = 0; r < rows->len; r++)
        {
          MosMessageRow *row = g_ptr_array_index (rows, r);

          if (row->direction != MOS_DIRECTION_OUTGOING || row->delivery == MOS_DELIVERY_DRAFT || row->delivery == MOS_DELIVERY_CANCELLED)
            continue;
          if (!mos_store_message_set_delivery (self->txn, row->id, MOS_DELIVERY_BOUNCED, mos_bounce_code (bounce), bounce->diagnostic, error))
            return FALSE;
          is_hard = is_hard || strcmp (row->conversation, self->conversation->id) == 0;
        }
    }

  if (!is_hard || self->incoming->archive || self->conversation->status == MOS_STATUS_OPEN || self->conversation->status == MOS_STATUS_SPAM)
    return TRUE;
  return mos_store_conversation_set_status (self->txn, self->conversation->id, MOS_STATUS_OPEN, 0, error);
}
