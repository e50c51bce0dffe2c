/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

/* COMPRESS=DEFLATE (RFC 4978) multiplies what the server computes (measured: 27.5 s instead of 4.5 s for 20,000 messages), and a fast
 * line gains nothing by it. So it is switched on where the line is known to be dear, or once a fetch has shown it to be slow. */

/* Below this the line is what a fetch waits for. */
#define SLOW_BYTES_PER_S (2 * 1000 * 1000)
/* What must have come before the measure means anything: a few round trips' worth. */
#define MEASURED_BYTES (512 * 1024)
/* Not worth a round trip for less to come. */
#define WORTH_BYTES (256 * 1024)

gboolean
mos_imap_session_start_compression (MosImapSession *self,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_autoptr (MosImapArguments) deflate = mos_imap_arguments_new ("DEFLATE");
  g_autoptr (GError) local = NULL;

  self->compress = MOS_IMAP_COMPRESS_NEVER; /* asked for once, whatever comes of it */
  if (!self->capabilities.compress_deflate)
    return TRUE;
  if (mos_imap_session_run (self, "COMPRESS", deflate, NULL, NULL, NULL, cancellable, &local))
    {
      if (!mos_imap_tokenizer_is_empty (self->tokenizer))
        return mos_imap_session_protocol_error (self, "text followed the answer to COMPRESS", error);
      mos_mail_connection_start_compression (self->connection);
      self->compressing = TRUE;
      return TRUE;
    }
  /* "NO [COMPRESSIONACTIVE]": TLS or a tunnel does it already. */
  if (mos_imap_session_is_open (self) && local->domain == MOS_MAIL_ERROR)
    {
      g_debug ("%s: COMPRESS: %s", self->server->host, local->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Around the reading of messages: what came, and how long it was waited for. A client that is itself the slow part waits little. */
void
mos_imap_session_measure (MosImapSession *self,
                          gboolean begins)
{
  guint64 received = 0;
  gint64 waited_us = 0;

  mos_mail_connection_get_traffic (self->connection, &received, &waited_us);
  if (!begins)
    {
      self->fetch_bytes += received - self->measure_received;
      self->fetch_wait_us += waited_us - self->measure_waited_us;
    }
  self->measure_received = received;
  self->measure_waited_us = waited_us;
}

/* Whether the first messages are to show how fast the line is, before much is asked for */
gboolean
mos_imap_session_is_undecided (MosImapSession *self,
                               guint64 to_come)
{
  return self->compress == MOS_IMAP_COMPRESS_WHERE_SLOW && self->capabilities.compress_deflate && to_come > 2 * MEASURED_BYTES && self->fetch_bytes < MEASURED_BYTES;
}

/* @to_come: bytes that are still to be fetched */
gboolean
mos_imap_session_should_compress (MosImapSession *self,
                                  guint64 to_come)
{
  if (self->compress != MOS_IMAP_COMPRESS_WHERE_SLOW || !self->capabilities.compress_deflate || to_come < WORTH_BYTES || self->fetch_bytes < MEASURED_BYTES)
    return FALSE;
  return self->fetch_bytes * G_USEC_PER_SEC < (guint64) self->fetch_wait_us * SLOW_BYTES_PER_S;
}

gboolean
mos_imap_session_is_compressing (MosImapSession *self)
{
  return self->compressing;
}
