/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-send.h"

#include "core/mail/smtp/mos-smtp-session.h"

/* About three days of one attempt an hour; then a person must look. */
#define MAX_ATTEMPTS 80
/* A recipient that is "busy" so often is left out rather than holding up the others. */
#define PATIENT_ATTEMPTS 4
#define FAR_FUTURE_US (G_MAXINT64 / 2)

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

static MosSendResult *
send_item (MosSmtpSession *session,
           MosChannelHost *host,
           MosOutboxItem *item,
           MosClock *clock,
           MosRandomFunc random,
           gpointer random_data,
           GCancellable *cancellable)
{
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;
  FinalDot dot = { host, item, cancellable };
  MosSmtpSendFlags flags = item->attempts > PATIENT_ATTEMPTS ? MOS_SMTP_SEND_WITHOUT_TEMPORARY : MOS_SMTP_SEND_DEFAULT;
  MosSendResult *result;

  if (item->recipients == NULL || item->recipients[0] == NULL)
    g_set_error_literal (&error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED, "No recipients");
  else
    {
      mos_smtp_session_set_final (session, write_final_dot, &dot);
      mos_smtp_session_send_sync (session, item->envelope_from, (const char *const *) item->recipients, item->raw, flags, &refused, cancellable, &error);
      mos_smtp_session_set_final (session, NULL, NULL);
    }

  result = mos_email_send_result_from_error (item->message, error);
  if (refused != NULL)
    {
      g_clear_pointer (&result->refused, g_ptr_array_unref);
      result->refused = g_steal_pointer (&refused);
    }

  if (error == NULL && result->refused->len > 0)
    {
      result->why = g_strdup ("recipients-refused");
      result->detail = describe_refused (result->refused);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* We are being ended, nothing was sent: next time, first thing. */
      g_clear_pointer (&result->why, g_free);
      g_clear_pointer (&result->detail, g_free);
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
    result->next_try_us = mos_clock_now_us (clock) + mos_email_retry_delay (item->attempts, random, random_data);
  return result;
}

static MosSmtpSession *
open_session (MosAccount *account,
              MosChannelHost *host,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (MosSmtpSession) session = NULL;
  g_autofree char *password = NULL;

  if (*account->smtp->user != '\0')
    {
      password = mos_channel_host_dup_password_sync (host, account->id, cancellable, error);
      if (password == NULL)
        return NULL;
    }
  session = mos_smtp_session_open_sync (account->smtp, account->ca_file, account->pinned_certificate, cancellable, error);
  if (session == NULL || !mos_smtp_session_login_sync (session, password != NULL ? password : "", cancellable, error))
    return NULL;
  return g_steal_pointer (&session);
}

gboolean
mos_email_send_due_sync (MosAccount *account,
                         MosChannelHost *host,
                         MosClock *clock,
                         MosRandomFunc random,
                         gpointer random_data,
                         gboolean everything,
                         gint64 line_delay_us,
                         guint *ret_sent,
                         gint64 *ret_next_us,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (MosSmtpSession) session = NULL;
  g_autoptr (GHashTable) tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *ret_sent = 0;
  *ret_next_us = 0;
  for (;;)
    {
      g_autofree char *message = NULL;
      g_autoptr (MosOutboxItem) item = NULL;
      g_autoptr (MosSendResult) result = NULL;
      gint64 now_us = mos_clock_now_us (clock);
      gint64 next_us = 0;

      if (!mos_channel_host_peek_outbox_sync (host, account->id, everything ? FAR_FUTURE_US : now_us, &message, &next_us, cancellable, error))
        return FALSE;
      if (message == NULL || g_hash_table_contains (tried, message))
        {
          *ret_next_us = next_us;
          break;
        }

      if (session != NULL && !mos_smtp_session_is_usable (session))
        g_clear_object (&session);
      if (session == NULL)
        {
          g_autoptr (GError) local = NULL;

          session = open_session (account, host, cancellable, &local);
          if (session == NULL)
            {
              result = mos_email_send_result_from_error (message, local);
              /* What a server says before it was shown a message says nothing about the message. */
              result->state = MOS_DELIVERY_QUEUED;
              result->next_try_us = now_us + line_delay_us;
              if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !mos_channel_host_report_send_sync (host, account->id, result, NULL, error))
                return FALSE;
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
        }

      if (everything)
        {
          /* Only what is due can be claimed: it is now. */
          g_autoptr (MosSendResult) due = mos_email_send_result_from_error (message, NULL);

          due->state = MOS_DELIVERY_QUEUED;
          due->next_try_us = now_us;
          if (!mos_channel_host_report_send_sync (host, account->id, due, cancellable, error))
            return FALSE;
        }
      if (!mos_channel_host_claim_outbox_sync (host, account->id, now_us, &item, cancellable, error))
        return FALSE;
      if (item == NULL) /* taken back meanwhile */
        {
          g_hash_table_add (tried, g_steal_pointer (&message));
          continue;
        }

      g_hash_table_add (tried, g_strdup (item->message));
      result = send_item (session, host, item, clock, random, random_data, cancellable);
      if (result->state == MOS_DELIVERY_ACCEPTED || result->state == MOS_DELIVERY_UNCERTAIN)
        (*ret_sent)++;
      /* The outcome is kept although we may be being ended. */
      if (!mos_channel_host_report_send_sync (host, account->id, result, NULL, error))
        return FALSE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  if (session != NULL)
    mos_smtp_session_quit (session);
  return TRUE;
}
