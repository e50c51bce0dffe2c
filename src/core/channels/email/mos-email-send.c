/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-send.h"

#include "core/channels/email/mos-email-login.h"

/* Four to five days of about one attempt an hour; then a person must look. */
#define MAX_ATTEMPTS 110
/* So many messages in a row that are put off without a word about a recipient: it is the server that wants none. */
#define MAX_PUT_OFF 3
#define FAR_FUTURE_US (G_MAXINT64 / 2)

struct _MosEmailSender
{
  MosAccount *account;  /* (owned) */
  MosChannelHost *host; /* (owned) */
  MosClock *clock;      /* (owned) */
  MosRandomFunc random;
  gpointer random_data;
  GPtrArray *unwritten; /* (owned): of MosSendResult: outcomes the host has not taken yet, oldest first */
  char *told_size;      /* (owned) (nullable): what the host was last told of the server's limit */
  gboolean was_put_off;
};

MosEmailSender *
mos_email_sender_new (MosAccount *account,
                      MosChannelHost *host,
                      MosClock *clock,
                      MosRandomFunc random,
                      gpointer random_data)
{
  MosEmailSender *self = g_new0 (MosEmailSender, 1);

  self->account = mos_account_ref (account);
  self->host = g_object_ref (host);
  self->clock = g_object_ref (clock);
  self->random = random;
  self->random_data = random_data;
  self->unwritten = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_send_result_unref);
  return self;
}

/* What happened is written down before anything new happens. */
static gboolean
write_outcomes (MosEmailSender *self,
                GError **error)
{
  while (self->unwritten->len > 0)
    {
      /* Not cancellable: the outcome is kept although we may be being ended. */
      if (!mos_channel_host_report_send_sync (self->host, self->account->id, self->unwritten->pdata[0], NULL, error))
        return FALSE;
      g_ptr_array_remove_index (self->unwritten, 0);
    }
  return TRUE;
}

void
mos_email_sender_free (MosEmailSender *self)
{
  g_autoptr (GError) error = NULL;

  if (!write_outcomes (self, &error))
    g_debug ("%s: the outcome of sending was not written: %s", self->account->address, error->message);
  g_ptr_array_unref (self->unwritten);
  g_free (self->told_size);
  g_object_unref (self->clock);
  g_object_unref (self->host);
  mos_account_unref (self->account);
  g_free (self);
}

gboolean
mos_email_sender_has_unwritten (MosEmailSender *self)
{
  return self->unwritten->len > 0;
}

gboolean
mos_email_sender_was_put_off (MosEmailSender *self)
{
  return self->was_put_off;
}

static char *
describe_refused (GPtrArray *refused)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < refused->len; i++)
    {
      const MosRecipientResult *r = refused->pdata[i];

      g_string_append_printf (text, "%s%s: %u %s", i > 0 ? "\n" : "", r->address, r->code, r->text);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

typedef struct
{
  MosChannelHost *host;
  MosOutboxItem *item;
  GCancellable *cancellable;
} FinalDot;

static gboolean
write_final_dot (gpointer user_data,
                 GError **error)
{
  FinalDot *dot = user_data;

  return mos_channel_host_final_outbox_sync (dot->host, dot->item->account, dot->item->message, dot->cancellable, error);
}

static gboolean
has_put_off (GPtrArray *refused)
{
  for (guint i = 0; i < refused->len; i++)
    if (((MosRecipientResult *) refused->pdata[i])->code / 100 == 4)
      return TRUE;
  return FALSE;
}

static gboolean
all_put_off (GPtrArray *refused)
{
  for (guint i = 0; i < refused->len; i++)
    if (((MosRecipientResult *) refused->pdata[i])->code / 100 != 4)
      return FALSE;
  return TRUE;
}

static MosSendResult *
send_item (MosEmailSender *self,
           MosSmtpSession *session,
           MosOutboxItem *item,
           GCancellable *cancellable)
{
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;
  FinalDot dot = { self->host, item, cancellable };
  gint64 retry_us;
  MosSendResult *result;

  if (item->recipients == NULL || item->recipients[0] == NULL)
    g_set_error_literal (&error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED, "No recipients");
  else
    {
      g_autofree char *envelope_id = mos_outbox_item_make_envelope_id (item->message, item->tries);

      mos_smtp_session_set_envelope_id (session, envelope_id);
      mos_smtp_session_set_final (session, write_final_dot, &dot);
      mos_smtp_session_send_sync (session, item->envelope_from, (const char *const *) item->recipients, item->raw, MOS_SMTP_SEND_WITHOUT_TEMPORARY, &refused, cancellable, &error);
      mos_smtp_session_set_final (session, NULL, NULL);
    }
  retry_us = mos_clock_now_us (self->clock) + mos_backoff_retry_delay (item->attempts, 60, self->random, self->random_data);

  result = mos_email_send_result_from_error (item->message, error);
  if (refused != NULL)
    {
      g_clear_pointer (&result->refused, g_ptr_array_unref);
      result->refused = g_steal_pointer (&refused);
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* We are being ended, nothing was sent: next time, first thing. */
      g_clear_pointer (&result->why, g_free);
      g_clear_pointer (&result->detail, g_free);
    }
  else if (result->state == MOS_DELIVERY_ACCEPTED || result->state == MOS_DELIVERY_UNCERTAIN)
    {
      if (has_put_off (result->refused) && item->attempts < MAX_ATTEMPTS)
        result->next_try_us = retry_us;
      if (result->state == MOS_DELIVERY_ACCEPTED && result->refused->len > 0)
        {
          g_set_str (&result->why, all_put_off (result->refused) ? "recipients-deferred" : "recipients-refused");
          g_free (result->detail);
          result->detail = describe_refused (result->refused);
        }
    }
  else if (result->state == MOS_DELIVERY_FAILED && result->refused->len > 0 && result->refused->len == g_strv_length (item->recipients))
    {
      /* Nothing is wrong with the message, but with whom it is for. */
      g_set_str (&result->why, "recipient-refused");
    }
  else if (result->state == MOS_DELIVERY_QUEUED && item->attempts >= MAX_ATTEMPTS)
    {
      result->state = MOS_DELIVERY_FAILED;
      g_set_str (&result->why, "gave-up");
    }
  else if (result->state == MOS_DELIVERY_QUEUED)
    result->next_try_us = retry_us;
  return result;
}

/* The composer says what is too large before it is written in vain. */
static gboolean
note_size (MosEmailSender *self,
           MosSmtpSession *session,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, mos_smtp_session_get_max_size (session));

  if (g_strcmp0 (size, self->told_size) == 0)
    return TRUE;
  if (!mos_channel_host_note_server_sync (self->host, self->account->id, MOS_SERVER_SMTP_SIZE, size, cancellable, error))
    return FALSE;
  g_set_str (&self->told_size, size);
  return TRUE;
}

/* A session that works, or %FALSE with the reason, told to the host for @message. */
static gboolean
ensure_session (MosEmailSender *self,
                MosSmtpSession **session,
                const char *message,
                gint64 line_delay_us,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (MosSendResult) result = NULL;
  g_autoptr (GError) local = NULL;

  if (*session != NULL && !mos_smtp_session_is_usable (*session))
    g_clear_object (session);
  if (*session != NULL)
    return TRUE;

  *session = mos_email_login_smtp_sync (self->account, self->host, cancellable, &local);
  if (*session != NULL)
    return note_size (self, *session, cancellable, error);

  result = mos_email_send_result_from_error (message, local);
  /* What a server says before it was shown a message says nothing about the message. */
  result->state = MOS_DELIVERY_QUEUED;
  result->next_try_us = mos_clock_now_us (self->clock) + line_delay_us;
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !mos_channel_host_report_send_sync (self->host, self->account->id, result, NULL, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Only what is due can be claimed: it is now. */
static gboolean
make_due (MosEmailSender *self,
          const char *message,
          gint64 now_us,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (MosSendResult) due = mos_email_send_result_from_error (message, NULL);

  due->state = MOS_DELIVERY_QUEUED;
  due->next_try_us = now_us;
  return mos_channel_host_report_send_sync (self->host, self->account->id, due, cancellable, error);
}

gboolean
mos_email_sender_run_sync (MosEmailSender *self,
                           gboolean everything,
                           gint64 line_delay_us,
                           guint *ret_sent,
                           gint64 *ret_next_us,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (MosSmtpSession) session = NULL;
  g_autoptr (GHashTable) tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint put_off = 0;

  *ret_sent = 0;
  *ret_next_us = 0;
  self->was_put_off = FALSE;
  if (!write_outcomes (self, error))
    return FALSE;
  for (;;)
    {
      g_autofree char *message = NULL;
      g_autoptr (MosOutboxItem) item = NULL;
      MosSendResult *result;
      gint64 now_us = mos_clock_now_us (self->clock);
      gint64 next_us = 0;

      if (!mos_channel_host_peek_outbox_sync (self->host, self->account->id, everything ? FAR_FUTURE_US : now_us, &message, &next_us, cancellable, error))
        return FALSE;
      if (message == NULL || g_hash_table_contains (tried, message))
        {
          *ret_next_us = next_us;
          break;
        }

      if (!ensure_session (self, &session, message, line_delay_us, cancellable, error) ||
          (everything && !make_due (self, message, now_us, cancellable, error)) ||
          !mos_channel_host_claim_outbox_sync (self->host, self->account->id, now_us, &item, cancellable, error))
        return FALSE;
      if (item == NULL) /* taken back meanwhile */
        {
          g_hash_table_add (tried, g_steal_pointer (&message));
          continue;
        }

      g_hash_table_add (tried, g_strdup (item->message));
      result = send_item (self, session, item, cancellable);
      if (result->state == MOS_DELIVERY_ACCEPTED || result->state == MOS_DELIVERY_UNCERTAIN)
        (*ret_sent)++;
      put_off = result->state == MOS_DELIVERY_QUEUED && result->refused->len == 0 ? put_off + 1 : 0;
      if (result->state == MOS_DELIVERY_QUEUED && (!mos_smtp_session_is_usable (session) || put_off >= MAX_PUT_OFF))
        self->was_put_off = TRUE;
      g_ptr_array_add (self->unwritten, result);
      if (!write_outcomes (self, error))
        return FALSE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (self->was_put_off)
        {
          *ret_next_us = mos_clock_now_us (self->clock) + line_delay_us;
          break;
        }
    }

  if (session != NULL)
    mos_smtp_session_quit (session);
  return TRUE;
}
