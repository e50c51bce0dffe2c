/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-events.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-private.h"

/* Further ahead than this it is no clock that goes wrong, but a time that is. */
#define MAX_AHEAD_US (24 * G_TIME_SPAN_HOUR)

gboolean
mos_event_find_now (MosTxn *txn,
                    const char *conversation,
                    gint64 *ret_us,
                    GError **error)
{
  gint64 newest_us = 0;

  if (!mos_database_get_int (txn->database, &newest_us, error, "SELECT max (max (received_at, turn_from)) FROM message WHERE conversation = ? AND removed_at = 0 AND max (received_at, turn_from) <= ?",
                             "ti", conversation, txn->now_us + MAX_AHEAD_US))
    return FALSE;
  *ret_us = MAX (txn->now_us, newest_us);
  return TRUE;
}

gboolean
mos_store_event_add (MosTxn *txn,
                     const char *conversation,
                     const char *message,
                     const char *kind,
                     const char *from,
                     const char *to,
                     gint64 at_us,
                     gboolean automatic,
                     GError **error)
{
  /* What the outside world gave (a mail) has its event under a fixed id, so that it can happen only once. */
  gboolean is_fixed = g_str_equal (kind, "received") || g_str_equal (kind, "sent");
  g_autofree char *id = is_fixed ? mos_id_derive ("event", kind, message, NULL) : mos_id_new (txn->now_us);

  if ((at_us == 0 && !mos_event_find_now (txn, conversation, &at_us, error)) ||
      !mos_txn_ensure_batch (txn, error) ||
      !mos_database_exec (txn->database, error,
                          "INSERT INTO event (id, at, recorded_at, conversation, message, kind, actor_kind, actor, \"from\", \"to\", automatic, archive, account, channel, category, assignee, language, batch)"
                          " SELECT ?1, ?2, ?3, id, ?4, ?5, ?6, ?7, ?8, ?9, ?10, archive, account, channel, category, assignee, language, ?11 FROM conversation WHERE id = ?12",
                          "tiittttttdit", id, at_us, txn->now_us, message, kind, mos_actor_kind_to_nick (txn->actor.kind), txn->actor.id, from, to,
                          automatic ? 1 : 0, txn->batch, conversation))
    return FALSE;
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  return TRUE;
}
