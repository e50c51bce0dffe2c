/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-messages.h"

#include "core/store/mos-store-events.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-private.h"

/* What a conversation sets on its messages. Apart from the rest of them, so that who only reads conversations needs nothing of what blobs need. */

gboolean
mos_store_message_set_read (MosTxn *txn,
                            const char *id,
                            gboolean read,
                            gboolean want_on_server,
                            GError **error)
{
  g_autofree char *conversation = NULL;

  if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ? AND direction = 'incoming' AND unread <> ?", "td", id, read ? 0 : 1))
    return FALSE;
  if (conversation == NULL)
    return TRUE;
  if (!mos_database_exec (txn->database, error, "UPDATE message SET unread = ? WHERE id = ?", "dt", read ? 0 : 1, id) ||
      (want_on_server && !mos_store_location_want (txn, id, read ? MOS_MESSAGE_FLAG_SEEN : 0, read ? 0 : MOS_MESSAGE_FLAG_SEEN, error)))
    return FALSE;
  mos_txn_touch_message (txn, id);
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED);
  return TRUE;
}

gboolean
mos_store_message_follow_seen (MosTxn *txn,
                               const char *id,
                               GError **error)
{
  gint64 is_unread = 0;

  if (!mos_database_get_int (txn->database, &is_unread, error, "SELECT 1 FROM location WHERE message = ?1 AND removed = 0 AND ((want_unset & ?2) <> 0 OR (flags & ?2) = 0)", "td", id, (int) MOS_MESSAGE_FLAG_SEEN))
    return FALSE;
  return is_unread != 0 || mos_store_message_set_read (txn, id, TRUE, FALSE, error);
}

gboolean
mos_store_message_set_quarantined (MosTxn *txn,
                                   const char *id,
                                   gboolean quarantined,
                                   const char *why,
                                   GError **error)
{
  g_autofree char *conversation = NULL;
  gint64 received = 0, event = 0;
  MosActor actor = txn->actor;
  gboolean changed, ok;

  if (!mos_record_set (txn, &mos_entity_message, id, &changed, error, "quarantined", 'd', quarantined ? 1 : 0, "why", 't', why, NULL))
    return FALSE;
  if (!changed)
    return TRUE;
  if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ? AND direction = 'incoming'", "t", id) ||
      !mos_database_get_int (txn->database, &event, error, "SELECT 1 FROM event WHERE message = ? AND kind = 'received'", "t", id))
    return FALSE;
  if (conversation == NULL)
    return TRUE;
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  /* "Treat as normal": it counts as the customer's message from when it came. */
  if (!quarantined && !mos_record_set (txn, &mos_entity_message, id, NULL, error, "classification", 't', "normal", NULL))
    return FALSE;
  if (event != 0)
    return mos_database_exec (txn->database, error, "UPDATE event SET undone = ? WHERE message = ? AND kind = 'received'", "dt", quarantined ? 1 : 0, id);
  if (quarantined)
    return TRUE;
  if (!mos_database_get_int (txn->database, &received, error, "SELECT received_at FROM message WHERE id = ?", "t", id))
    return FALSE;
  txn->actor = (MosActor) { MOS_ACTOR_CUSTOMER, NULL };
  ok = mos_store_event_add (txn, conversation, id, "received", NULL, NULL, received, FALSE, error);
  txn->actor = actor;
  return ok;
}
