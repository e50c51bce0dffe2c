/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-messenger-private.h"

/* An Instagram account's own token lives for 60 days, and can be renewed when it is a day old (docs/instagram-platform/reference/refresh_access_token). How old one is that
 * somebody entered nobody says: it is tried at once, and again a day later. */

/* Cursors, beside MOS_ACCOUNT_KEY_ENDS: when it was tried last; and whether that failed: "1". Both are of the token whose mark is written beside them. */
#define TRIED "key-tried"
#define FAILED "key-failed"
#define MARK "key-mark"
#define MARK_LENGTH 16
#define RENEW_US (7 * G_TIME_SPAN_DAY)
#define RETRY_US G_TIME_SPAN_DAY

static char *
mark_of (const char *token)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);

  return g_strndup (digest, MARK_LENGTH);
}

static void
put (GHashTable *cursors,
     const char *name,
     char *value)
{
  g_hash_table_replace (cursors, g_strdup (name), value);
}

/* Returns: whether it is in the keyring */
static gboolean
keep (MosMessengerChannel *self,
      const MosMessengerSession *session,
      const char *token,
      GCancellable *cancellable)
{
  MosChannel *channel = MOS_CHANNEL (self);
  /* As it was entered: the letter box's key is below it. */
  g_autofree char *secret = session->box_key != NULL ? g_strconcat (token, "\n", session->box_key, NULL) : g_strdup (token);
  g_autoptr (GError) error = NULL;

  if (mos_channel_host_keep_password_sync (mos_channel_get_host (channel), mos_channel_get_account (channel), secret, cancellable, &error))
    return TRUE;
  g_debug ("A renewed token was not kept: %s", error->message);
  return FALSE;
}

gboolean
mos_messenger_renew_sync (MosMessengerChannel *self,
                          MosMessengerSession *session,
                          GHashTable *cursors,
                          GHashTable **ret_renewed,
                          GCancellable *cancellable,
                          GError **error)
{
  gint64 now_us = mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self)));
  g_autofree char *mark = mark_of (mos_graph_get_token (session->graph));
  gboolean is_known = g_strcmp0 (g_hash_table_lookup (cursors, MARK), mark) == 0;
  gboolean has_failed = g_strcmp0 (g_hash_table_lookup (cursors, FAILED), "1") == 0;
  gint64 tried_us = is_known ? mos_chat_cursor_get_number (cursors, TRIED) : 0;
  g_autoptr (GHashTable) renewed = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *token = NULL;
  gint64 lasts_s = 0;
  guint retry_ms = 0;

  *ret_renewed = NULL;
  /* A clock that was set back is no reason to wait for ever. */
  if (session->by_page || (is_known && tried_us <= now_us && now_us - tried_us < (has_failed ? RETRY_US : RENEW_US)))
    return TRUE;
  if (!mos_messenger_pace (self, cancellable, error))
    return FALSE;
  token = mos_graph_renew_sync (session->graph, &lasts_s, &retry_ms, cancellable, &local);
  mos_messenger_note_answer (self);
  if (token == NULL && local->domain != MOS_CHAT_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  renewed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  mos_chat_cursor_put_number (renewed, TRIED, now_us);
  put (renewed, MARK, g_strdup (mark));
  if (token == NULL)
    {
      /* Not a day old yet, or ended: that the next question says. */
      g_debug ("The token was not renewed: %s", local->message);
      put (renewed, FAILED, g_strdup ("1"));
      if (!is_known)
        mos_chat_cursor_put_number (renewed, MOS_ACCOUNT_KEY_ENDS, 0);
      *ret_renewed = g_steal_pointer (&renewed);
      return TRUE;
    }
  mos_messenger_put_token (self, token);
  mos_messenger_follow_token (self, session);
  if (keep (self, session, token, cancellable))
    {
      put (renewed, MARK, mark_of (token));
      put (renewed, FAILED, g_strdup ("0"));
      mos_chat_cursor_put_number (renewed, MOS_ACCOUNT_KEY_ENDS, now_us + lasts_s * G_USEC_PER_SEC);
    }
  else
    {
      /* The next run has the one before: it is renewed again then. Until that this one is not asked about anew each time. */
      put (renewed, MARK, mark_of (token));
      put (renewed, FAILED, g_strdup ("1"));
    }
  *ret_renewed = g_steal_pointer (&renewed);
  return TRUE;
}
