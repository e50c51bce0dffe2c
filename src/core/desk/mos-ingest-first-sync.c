/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest.h"

#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"

static gboolean
mos_ingest_is_work (MosTxn *txn,
                    const char *conversation,
                    gboolean *ret_is,
                    GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (txn, conversation, error);
  MosMessageRow *newest = NULL;

  *ret_is = FALSE;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      /* Somebody here did something with it already: it is work, whatever its newest message says. */
      if (row->direction == MOS_DIRECTION_NOTE || (row->direction == MOS_DIRECTION_EVENT && row->actor_kind == MOS_ACTOR_HUMAN))
        {
          *ret_is = TRUE;
          return TRUE;
        }
      if ((row->direction == MOS_DIRECTION_INCOMING || row->direction == MOS_DIRECTION_OUTGOING) && !row->quarantined &&
          (newest == NULL || row->received_us >= newest->received_us))
        newest = row;
    }
  if (newest == NULL)
    {
      *ret_is = TRUE;
      return TRUE;
    }
  if (newest->direction == MOS_DIRECTION_INCOMING)
    {
      g_autoptr (GPtrArray) locations = mos_store_location_list_of_message (txn, newest->id, error);

      if (locations == NULL)
        return FALSE;
      *ret_is = TRUE;
      for (guint i = 0; i < locations->len; i++)
        if ((((MosLocation *) g_ptr_array_index (locations, i))->flags & MOS_MESSAGE_FLAG_ANSWERED) != 0)
          *ret_is = FALSE;
    }
  return TRUE;
}

gboolean
mos_ingest_settle_first_sync (MosTxn *txn,
                              const char *account,
                              GError **error)
{
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_ACCOUNT, account);
  g_autoptr (GPtrArray) ids = mos_store_conversation_list_ids (txn, view, NULL, 0, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (MosConversationRow) row = NULL;
      gboolean is_work;

      if (!mos_store_conversation_find (txn, id, &row, error))
        return FALSE;
      if (row == NULL || row->quarantine != NULL || row->deleted_us != 0 || (row->status != MOS_STATUS_OPEN && row->status != MOS_STATUS_PENDING))
        continue;
      if (!mos_ingest_is_work (txn, id, &is_work, error))
        return FALSE;
      if (!is_work &&
          (!mos_store_conversation_set_archive (txn, id, TRUE, error) ||
           !mos_store_conversation_set_status (txn, id, MOS_STATUS_CLOSED, 0, error)))
        return FALSE;
    }
  return TRUE;
}
