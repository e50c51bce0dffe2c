/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/mos-chat-channel-private.h"

/* A chat's answer that is a day late helps nobody: 5, 10, 20 … seconds, then every hour, and then it is a person's to decide. */
#define RETRY_FIRST_S 5
#define MAX_ATTEMPTS 24
/* Files are asked for again after 30 seconds, a minute, two … an hour; the platforms forget them within a day or two. */
#define FETCH_FIRST_S 30
#define MAX_FETCHES 48
#define FETCHES_AT_ONCE 16
/* That somebody writes is told for so long. */
#define TYPING_US (5 * G_USEC_PER_SEC)

static gint64
now_us (MosChatChannel *self)
{
  return mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self)));
}

/* @session: (inout): there, or opened; @ret_next_us: where that fails, not before */
static gboolean
ensure_session (MosChatChannel *self,
                gpointer *session,
                gint64 *ret_next_us,
                GCancellable *cancellable,
                GError **error)
{
  guint retry_ms = 0;

  if (*session != NULL)
    return TRUE;
  *session = mos_chat_channel_open_sync (self, &retry_ms, cancellable, error);
  *ret_next_us = *session == NULL ? now_us (self) + (gint64) retry_ms * 1000 : 0;
  return *session != NULL;
}

/* --- messages of ours --- */

/* Whether all of @data is there; else it says why not. */
static gboolean
load_files (MosChatChannel *self,
            MosChatOutgoing *outgoing,
            guint first,
            guint n,
            GBytes **data,
            MosChatSendOutcome *outcome,
            GCancellable *cancellable)
{
  for (guint i = 0; i < n; i++)
    {
      const MosChatPart *part = outgoing->parts->pdata[first + i];
      g_autoptr (GError) error = NULL;

      if (part->file == NULL)
        continue;
      data[i] = mos_channel_host_load_blob_sync (mos_channel_get_host (MOS_CHANNEL (self)), part->file->sha256 != NULL ? part->file->sha256 : "", cancellable, &error);
      if (data[i] != NULL)
        continue;
      outcome->state = g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND) ? MOS_DELIVERY_FAILED : MOS_DELIVERY_QUEUED;
      g_set_str (&outcome->why, "file-gone");
      g_set_str (&outcome->detail, error->message);
      return FALSE;
    }
  return TRUE;
}

/* One part, or @n that go as one. @ret_remotes: (out) (transfer full) (nullable). Returns: %FALSE: one by one */
static gboolean
send_data (MosChatChannel *self,
           gpointer session,
           MosChatOutgoing *outgoing,
           guint first,
           guint n,
           GBytes **data,
           char ***ret_remotes,
           MosChatSendOutcome *outcome,
           GCancellable *cancellable)
{
  MosChatPart *part = outgoing->parts->pdata[first];

  *ret_remotes = NULL;
  if (n > 1)
    return MOS_CHAT_CHANNEL_GET_CLASS (self)->send_group_sync (self, session, outgoing, first, n, data, ret_remotes, outcome, cancellable);
  MOS_CHAT_CHANNEL_GET_CLASS (self)->send_sync (self, session, outgoing, part, data[0], outcome, cancellable);
  if (outcome->state == MOS_DELIVERY_ACCEPTED)
    *ret_remotes = g_strdupv ((char *[]) { outcome->remote != NULL ? outcome->remote : part->key, NULL });
  return TRUE;
}

/* Sends @n parts, which go as one, and writes down that they are there. Returns: %FALSE: they are refused together, and none is there */
static gboolean
send_parts (MosChatChannel *self,
            gpointer session,
            MosOutboxItem *item,
            MosChatOutgoing *outgoing,
            guint first,
            guint n,
            MosChatSendOutcome *outcome,
            GCancellable *cancellable)
{
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  const char *account = mos_channel_get_account (MOS_CHANNEL (self))->id;
  gboolean is_idempotent = (mos_chat_channel_get_traits (self)->flags & MOS_CHANNEL_IDEMPOTENT) != 0;
  g_autofree GBytes **data = g_new0 (GBytes *, n);
  g_auto (GStrv) remotes = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_fine = TRUE;
  gboolean has_files = load_files (self, outgoing, first, n, data, outcome, cancellable);
  /* From here a crash leaves something that may be there already, unless the platform takes the same part twice for one. */
  gboolean may_leave = has_files && (is_idempotent || mos_channel_host_final_outbox_sync (host, account, item->message, NULL, &error));

  if (may_leave)
    is_fine = send_data (self, session, outgoing, first, n, data, &remotes, outcome, cancellable);
  else if (has_files)
    {
      outcome->state = MOS_DELIVERY_QUEUED;
      g_set_str (&outcome->why, "store");
      g_set_str (&outcome->detail, error->message);
    }
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&data[i], g_bytes_unref);
  /* It is there; that it cannot be written down makes it no less so. */
  if (remotes != NULL && !mos_channel_host_parts_done_sync (host, account, item->message, first, (const char *const *) remotes, NULL, &error))
    {
      outcome->state = is_idempotent ? MOS_DELIVERY_QUEUED : MOS_DELIVERY_UNCERTAIN;
      g_set_str (&outcome->why, "store");
      g_set_str (&outcome->detail, error->message);
    }
  return is_fine;
}

/* Until when it is tried again, or that it is not any more. */
static void
plan_retry (MosChatChannel *self,
            MosOutboxItem *item,
            const MosChatSendOutcome *outcome,
            MosSendResult *result)
{
  gint64 delay_us = mos_backoff_retry_delay (item->attempts, RETRY_FIRST_S, mos_backoff_random, NULL);

  if (item->attempts >= MAX_ATTEMPTS)
    {
      result->state = MOS_DELIVERY_FAILED;
      g_set_str (&result->why, "gave-up");
      return;
    }
  result->next_try_us = now_us (self) + MAX (delay_us, (gint64) outcome->retry_after_ms * 1000);
}

/* What is not there yet, in order, up to the first that does not get there. */
static void
send_all (MosChatChannel *self,
          gpointer session,
          MosOutboxItem *item,
          MosChatOutgoing *outgoing,
          MosChatSendOutcome *outcome,
          GCancellable *cancellable)
{
  MosChatChannelClass *klass = MOS_CHAT_CHANNEL_GET_CLASS (self);
  guint singly_until = 0;

  for (guint i = 0; outcome->state == MOS_DELIVERY_ACCEPTED && i < outgoing->parts->len;)
    {
      const MosChatPart *part = outgoing->parts->pdata[i];
      guint n = part->remote_id == NULL && i >= singly_until && klass->group_parts != NULL ? klass->group_parts (self, outgoing, i) : 1;

      if (part->remote_id == NULL)
        {
          mos_chat_send_outcome_clear (outcome);
          outcome->state = MOS_DELIVERY_ACCEPTED;
          if (!send_parts (self, session, item, outgoing, i, n, outcome, cancellable))
            {
              singly_until = i + n;
              continue;
            }
        }
      i += n;
    }
}

static gboolean
send_item (MosChatChannel *self,
           gpointer session,
           MosOutboxItem *item,
           GCancellable *cancellable,
           GError **error)
{
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  g_auto (MosChatSendOutcome) outcome = { .state = MOS_DELIVERY_ACCEPTED };
  g_autoptr (MosSendResult) result = mos_send_result_new ();
  g_autoptr (GError) local = NULL;
  g_autoptr (MosChatOutgoing) outgoing = mos_channel_host_load_outgoing_sync (host, item, cancellable, &local);

  if (outgoing == NULL)
    {
      outcome.state = g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? MOS_DELIVERY_QUEUED : MOS_DELIVERY_FAILED;
      outcome.why = g_strdup ("unreadable");
      outcome.detail = g_strdup (local->message);
    }
  else if (MOS_CHAT_CHANNEL_GET_CLASS (self)->send_sync == NULL)
    {
      outcome.state = MOS_DELIVERY_FAILED;
      outcome.why = g_strdup ("not-allowed");
    }
  else
    send_all (self, session, item, outgoing, &outcome, cancellable);

  result->message = g_strdup (item->message);
  result->state = outcome.state;
  result->why = g_strdup (outcome.why);
  result->detail = g_strdup (outcome.detail);
  result->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_recipient_result_unref);
  if (result->state == MOS_DELIVERY_QUEUED)
    plan_retry (self, item, &outcome, result);
  /* The outcome must be kept although we are being stopped. */
  if (!mos_channel_host_report_send_sync (host, mos_channel_get_account (MOS_CHANNEL (self))->id, result, NULL, error))
    return FALSE;
  /* None of the others would fare better: this session ends, and they wait until the key is mended. */
  if (outcome.state == MOS_DELIVERY_QUEUED && g_strcmp0 (outcome.why, "key-refused") == 0)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED, outcome.detail != NULL ? outcome.detail : outcome.why);
      return FALSE;
    }
  return TRUE;
}

/* --- what is done to messages that are there --- */

static gboolean
make_change (MosChatChannel *self,
             gpointer session,
             MosChatChange *change,
             GCancellable *cancellable,
             GError **error)
{
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  const char *account = mos_channel_get_account (MOS_CHANNEL (self))->id;
  g_auto (MosChatSendOutcome) outcome = { .state = MOS_DELIVERY_ACCEPTED };
  gint64 next_us = 0;

  if (change->remotes == NULL)
    {
      outcome.state = MOS_DELIVERY_FAILED;
      g_set_str (&outcome.why, "message-gone");
    }
  else
    MOS_CHAT_CHANNEL_GET_CLASS (self)->change_sync (self, session, change, &outcome, cancellable);
  if (outcome.state == MOS_DELIVERY_ACCEPTED)
    return mos_channel_host_changed_sync (host, account, change, NULL, error);
  /* Twice it does no harm: what may be done is done again. */
  if (outcome.state != MOS_DELIVERY_FAILED && change->attempts + 1 < MAX_ATTEMPTS)
    next_us = now_us (self) + MAX (mos_backoff_retry_delay (change->attempts + 1, RETRY_FIRST_S, mos_backoff_random, NULL), (gint64) outcome.retry_after_ms * 1000);
  if (outcome.state != MOS_DELIVERY_FAILED && next_us == 0)
    g_set_str (&outcome.why, "gave-up");
  return mos_channel_host_not_changed_sync (host, account, change, outcome.why != NULL ? outcome.why : "refused", outcome.detail, next_us, NULL, error);
}

static gboolean
make_changes (MosChatChannel *self,
              gpointer *session,
              gint64 *ret_next_us,
              GCancellable *cancellable,
              GError **error)
{
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  const char *account = mos_channel_get_account (MOS_CHANNEL (self))->id;
  gint64 sends_next_us = *ret_next_us, next_us = 0;

  if (MOS_CHAT_CHANNEL_GET_CLASS (self)->change_sync == NULL)
    return TRUE;
  for (;;)
    {
      g_autoptr (GPtrArray) changes = mos_channel_host_list_changes_sync (host, account, now_us (self), &next_us, cancellable, error);

      if (changes == NULL)
        return FALSE;
      if (changes->len == 0)
        break;
      if (!ensure_session (self, session, ret_next_us, cancellable, error))
        return FALSE;
      for (guint i = 0; i < changes->len; i++)
        if (g_cancellable_set_error_if_cancelled (cancellable, error) || !make_change (self, *session, changes->pdata[i], cancellable, error))
          return FALSE;
    }
  *ret_next_us = sends_next_us != 0 && next_us != 0 ? MIN (sends_next_us, next_us) : MAX (sends_next_us, next_us);
  return TRUE;
}

/* That something was read can wait for what is sent; what cannot be told is let go of. */
static gboolean
tell_reads (MosChatChannel *self,
            gpointer *session,
            gint64 *ret_next_us,
            GCancellable *cancellable,
            GError **error)
{
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  const char *account = mos_channel_get_account (MOS_CHANNEL (self))->id;
  gint64 next_us = *ret_next_us;
  g_autoptr (GPtrArray) receipts = NULL;

  if ((mos_chat_channel_get_traits (self)->flags & MOS_CHANNEL_MARKS_READ) == 0)
    return TRUE;
  receipts = mos_channel_host_list_reads_sync (host, account, cancellable, error);
  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    {
      g_autoptr (GError) local = NULL;
      guint retry_ms = 0;

      if (!ensure_session (self, session, ret_next_us, cancellable, error))
        return FALSE;
      if (!MOS_CHAT_CHANNEL_GET_CLASS (self)->read_sync (self, *session, receipts->pdata[i], &retry_ms, cancellable, &local) &&
          (local->domain != MOS_CHAT_ERROR || mos_chat_trouble_from_error (local).state == MOS_ACCOUNT_AUTH_FAILED || local->code == MOS_CHAT_ERROR_TEMPORARY))
        {
          *ret_next_us = now_us (self) + (gint64) retry_ms * 1000;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!mos_channel_host_told_read_sync (host, account, receipts->pdata[i], NULL, error))
        return FALSE;
    }
  *ret_next_us = next_us;
  return receipts != NULL;
}

/* --- who writes --- */

/* What was true a while ago is not told any more; that it cannot be told harms nobody. */
static gboolean
tell_typing (MosChatChannel *self,
             gpointer *session,
             gint64 *ret_next_us,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GHashTable) typing = mos_chat_channel_steal_typing (self);
  GHashTableIter iter;
  gpointer thread, since;

  g_hash_table_iter_init (&iter, typing);
  while (g_hash_table_iter_next (&iter, &thread, &since))
    {
      gint64 since_us = g_ascii_strtoll (since, NULL, 10);
      g_autoptr (GError) local = NULL;

      if (since_us != 0 && g_get_monotonic_time () - since_us > TYPING_US)
        continue;
      if (!ensure_session (self, session, ret_next_us, cancellable, error))
        return FALSE;
      if (!MOS_CHAT_CHANNEL_GET_CLASS (self)->typing_sync (self, *session, thread, since_us != 0, cancellable, &local))
        g_debug ("That somebody writes was not told: %s", local->message);
    }
  return TRUE;
}

gboolean
mos_chat_channel_send_round_sync (MosChatChannel *self,
                                  gpointer *session,
                                  gint64 *ret_next_us,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  const char *account = mos_channel_get_account (MOS_CHANNEL (self))->id;

  for (;;)
    {
      g_autofree char *message = NULL;
      g_autoptr (MosOutboxItem) item = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !mos_channel_host_peek_outbox_sync (host, account, now_us (self), &message, ret_next_us, cancellable, error))
        return FALSE;
      /* What is said comes before that something is being said. */
      if (message == NULL)
        return make_changes (self, session, ret_next_us, cancellable, error) && tell_typing (self, session, ret_next_us, cancellable, error) &&
               tell_reads (self, session, ret_next_us, cancellable, error);
      /* Not claimed before there is a line to send it by: a broken one is no attempt. */
      if (!ensure_session (self, session, ret_next_us, cancellable, error) || !mos_channel_host_claim_outbox_sync (host, account, now_us (self), &item, cancellable, error))
        return FALSE;
      if (item != NULL && !send_item (self, *session, item, cancellable, error))
        return FALSE;
    }
}

/* --- files --- */

static gboolean
fetch_one (MosChatChannel *self,
           gpointer session,
           MosChatFetch *fetch,
           GCancellable *cancellable,
           GError **error)
{
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  const MosFileLimit *limit = &mos_chat_channel_get_traits (self)->files[fetch->file->kind];
  g_autofree char *type = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) data = NULL;
  MosChatTrouble trouble;
  guint retry_ms = 0;
  gint64 next_us;

  if (fetch->file->size > limit->max_in)
    return mos_channel_host_not_fetched_sync (host, fetch, "too-large", 0, cancellable, error);
  data = MOS_CHAT_CHANNEL_GET_CLASS (self)->fetch_sync (self, session, fetch->file, &type, &retry_ms, cancellable, &local);
  if (data != NULL)
    return mos_channel_host_fetched_sync (host, fetch, data, type, NULL, error);

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE) || g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED))
    return mos_channel_host_not_fetched_sync (host, fetch, "gone", 0, cancellable, error);
  if (g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TOO_LARGE) || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return mos_channel_host_not_fetched_sync (host, fetch, "too-large", 0, cancellable, error);

  trouble = mos_chat_trouble_from_error (local);
  next_us = fetch->attempts < MAX_FETCHES ? now_us (self) + MAX (mos_backoff_retry_delay (fetch->attempts + 1, FETCH_FIRST_S, mos_backoff_random, NULL), (gint64) retry_ms * 1000) : 0;
  if (!mos_channel_host_not_fetched_sync (host, fetch, trouble.why, next_us, cancellable, error))
    return FALSE;
  /* It is about the account: the others wait with it. */
  if (!trouble.stop)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
mos_chat_channel_files_round_sync (MosChatChannel *self,
                                   gpointer *session,
                                   gint64 *ret_next_us,
                                   GCancellable *cancellable,
                                   GError **error)
{
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  const char *account = mos_channel_get_account (MOS_CHANNEL (self))->id;

  for (;;)
    {
      g_autoptr (GPtrArray) fetches = mos_channel_host_list_fetches_sync (host, account, now_us (self), FETCHES_AT_ONCE, ret_next_us, cancellable, error);

      if (fetches == NULL)
        return FALSE;
      if (fetches->len == 0)
        return TRUE;
      if (!ensure_session (self, session, ret_next_us, cancellable, error))
        return FALSE;
      for (guint i = 0; i < fetches->len; i++)
        if (!fetch_one (self, *session, fetches->pdata[i], cancellable, error))
          return FALSE;
    }
}
