/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/net/mos-mail-connection.h"

#include "core/mail/net/mos-mail-connection-private.h"
#include "core/mail/net/mos-tls-private.h"

#include <gio/gnetworking.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (MosMailConnection, mos_mail_connection, G_TYPE_OBJECT)

void
mos_mail_connection_trace (MosMailConnection *self,
                           char from,
                           const char *text,
                           gssize length)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (MOS_IS_MAIL_CONNECTION (self));

  if (!self->trace)
    return;

  shown = g_utf8_make_valid (text, length);
  for (char *p = shown; *p != '\0'; p++)
    if ((guchar) *p < 0x20)
      *p = ' ';
  g_printerr ("mail %s:%u %c: %s\n", self->server->host, self->server->port, from, g_strchomp (shown));
}

/* --- TLS ------------------------------------------------------------------------------------- */

static gboolean
accept_certificate_cb (GTlsConnection *tls,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       MosMailConnection *self)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (self->server->host, self->server->port);

  flags = mos_tls_judge (certificate, flags, self->ca != NULL, self->pinned, identity);
  if (flags == G_TLS_CERTIFICATE_NO_FLAGS)
    return TRUE;

  g_set_object (&self->refused, certificate);
  self->refused_flags = flags;
  return FALSE;
}

static gboolean
handshake (MosMailConnection *self,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (self->server->host, self->server->port);
  g_autoptr (GSocketAddress) peer = NULL;
  g_autoptr (GIOStream) tls = NULL;
  g_autoptr (GError) local = NULL;
  MosMailOperation op = { 0 };
  gboolean ok;

  /* glib-networking asks for the peer and does not expect that there is none, as where it has reset the connection by now. Told once, the socket knows it. */
  peer = g_socket_connection_get_remote_address (self->tcp, &local);
  if (peer == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "%s closed the connection before it was encrypted: %s", self->server->host, local->message);
      return FALSE;
    }

  /* Where the account has its own authority, those of the system are read only if that one does not know the certificate. Set after the fact,
   * GIO would have read and parsed all of the system's already: as long as all else of signing in. */
  if (self->ca != NULL)
    tls = G_IO_STREAM (g_initable_new (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()), cancellable, error,
                                       "base-io-stream", self->tcp, "server-identity", identity, "database", self->ca, NULL));
  else
    tls = g_tls_client_connection_new (G_IO_STREAM (self->tcp), identity, error);
  if (tls == NULL)
    {
      mos_mail_connection_map_error (error);
      return FALSE;
    }
  g_signal_connect_object (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), self, G_CONNECT_DEFAULT);

  mos_mail_operation_begin (self, &op, cancellable);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, op.inner, mos_mail_operation_done_cb, &op);
  mos_mail_operation_run (self, &op);
  ok = g_tls_connection_handshake_finish (G_TLS_CONNECTION (tls), op.result, &local);
  mos_mail_operation_end (self, &op, "TLS handshake", &local);

  if (ok)
    {
      g_set_object (&self->stream, tls);
      self->encrypted = TRUE;
      return TRUE;
    }

  if (self->refused != NULL && local->domain == G_TLS_ERROR)
    mos_tls_problem_set_error (self->refused, self->refused_flags, self->server->host, error);
  else if (g_error_matches (local, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS))
    /* GIO says so of every handshake that ended before its time: mostly of a server that is just starting again, or of a line that was cut.
     * That must not stop an account until somebody looks; to try again costs nothing, and the words name both. */
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "%s closed the connection before it was encrypted, or does not speak TLS on port %u", self->server->host, self->server->port);
  else
    {
      mos_mail_connection_map_error (&local);
      g_propagate_error (error, g_steal_pointer (&local));
    }
  return FALSE;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
mos_mail_connection_finalize (GObject *object)
{
  MosMailConnection *self = MOS_MAIL_CONNECTION (object);

  mos_mail_connection_close (self);
  g_clear_object (&self->inflate);
  g_clear_object (&self->deflate);
  g_clear_object (&self->stream);
  g_clear_object (&self->tcp);
  g_clear_object (&self->ca);
  g_clear_object (&self->refused);
  g_clear_pointer (&self->server, mos_server_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->pinned);
  g_free (self->buffer);

  G_OBJECT_CLASS (mos_mail_connection_parent_class)->finalize (object);
}

static void
mos_mail_connection_class_init (MosMailConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_mail_connection_finalize;
}

static void
mos_mail_connection_init (MosMailConnection *self)
{
  const char *trace = g_getenv ("MOSTRADOR_TRACE");

  self->context = g_main_context_new ();
  self->buffer = g_malloc (MOS_MAIL_BUFFER_SIZE);
  self->trace = trace != NULL && strstr (trace, "mail") != NULL;
}

/* --- Public ---------------------------------------------------------------------------------- */

/* This very computer, as with a bridge or a tunnel to the server */
static gboolean
is_here (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address) : g_ascii_strcasecmp (host, "localhost") == 0;
}

/* The synchronous GSocketClient tries address after address, each to its time-out; the asynchronous one races
 * IPv6 and IPv4 (RFC 8305), so that is the one driven here. */
static gboolean
connect_tcp (MosMailConnection *self,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) local = NULL;
  MosMailOperation op = { 0 };
  GSocket *socket;

  /* A proxy would lead to itself, and to find out that there is none takes GIO two modules and what those load. */
  g_socket_client_set_enable_proxy (client, !is_here (self->server->host));
  mos_mail_operation_begin (self, &op, cancellable);
  g_socket_client_connect_to_host_async (client, self->server->host, self->server->port, op.inner, mos_mail_operation_done_cb, &op);
  mos_mail_operation_run (self, &op);
  self->tcp = g_socket_client_connect_to_host_finish (client, op.result, &local);
  mos_mail_operation_end (self, &op, "connecting", &local);

  if (self->tcp == NULL)
    {
      mos_mail_connection_map_error (&local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  socket = g_socket_connection_get_socket (self->tcp);
  g_socket_set_keepalive (socket, TRUE);
  if (!g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, &local))
    g_debug ("TCP_NODELAY: %s", local->message); /* slower, but right */

  self->stream = g_object_ref (G_IO_STREAM (self->tcp));
  return TRUE;
}

void
mos_mail_connection_prepare (void)
{
  g_type_ensure (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()));
}

/**
 * mos_mail_connection_open_sync:
 *
 * Connects and, with MOS_SECURITY_TLS, does the handshake. Blocks; on a worker thread.
 *
 * Errors: MOS_MAIL_ERROR_BAD_CERTIFICATE (see mos_tls_problem_get_last()), G_FILE_ERROR or G_TLS_ERROR for an unreadable @ca_file, else G_IO_ERROR.
 *
 * Returns: (transfer full) (nullable): an open connection
 */
MosMailConnection *
mos_mail_connection_open_sync (MosServer *server,
                               const char *ca_file,
                               const char *pinned,
                               guint timeout_ms,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (MosMailConnection) self = NULL;

  g_return_val_if_fail (server != NULL, NULL);
  g_return_val_if_fail (ca_file == NULL || g_path_is_absolute (ca_file), NULL);

  mos_tls_problem_forget ();

  self = g_object_new (MOS_TYPE_MAIL_CONNECTION, NULL);
  self->server = mos_server_ref (server);
  self->pinned = g_strdup (pinned);
  self->timeout_ms = timeout_ms;
  if (ca_file != NULL && (self->ca = g_tls_file_database_new (ca_file, error)) == NULL)
    return NULL;

  if (!connect_tcp (self, cancellable, error))
    return NULL;
  if (server->security == MOS_SECURITY_TLS && !handshake (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * mos_mail_connection_start_tls_sync:
 *
 * Call it right after the server's consent to STARTTLS. Whatever was learnt in clear text is to be forgotten.
 */
gboolean
mos_mail_connection_start_tls_sync (MosMailConnection *self,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_MAIL_CONNECTION (self), FALSE);
  g_return_val_if_fail (!self->encrypted, FALSE);

  if (!mos_mail_connection_check_open (self, error))
    return FALSE;
  if (self->start != self->end)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "Clear text followed the answer to STARTTLS");
      return FALSE;
    }
  return handshake (self, cancellable, error);
}

gboolean
mos_mail_connection_is_encrypted (MosMailConnection *self)
{
  g_return_val_if_fail (MOS_IS_MAIL_CONNECTION (self), FALSE);

  return self->encrypted;
}

void
mos_mail_connection_set_timeout (MosMailConnection *self,
                                 guint timeout_ms)
{
  g_return_if_fail (MOS_IS_MAIL_CONNECTION (self));

  self->timeout_ms = timeout_ms;
}

void
mos_mail_connection_get_traffic (MosMailConnection *self,
                                 guint64 *ret_received,
                                 gint64 *ret_waited_us)
{
  g_return_if_fail (MOS_IS_MAIL_CONNECTION (self));

  *ret_received = self->received;
  *ret_waited_us = self->waited_us;
}

/**
 * mos_mail_connection_read_line_sync:
 * @max: the longest line allowed, without its end
 * @ret_length: (out) (optional): a line may hold NUL
 */
char *
mos_mail_connection_read_line_sync (MosMailConnection *self,
                                    gsize max,
                                    gsize *ret_length,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_autoptr (GByteArray) line = g_byte_array_new ();
  gsize length;

  g_return_val_if_fail (MOS_IS_MAIL_CONNECTION (self), NULL);

  for (;;)
    {
      const guint8 *from = self->buffer + self->start;
      const guint8 *newline = memchr (from, '\n', self->end - self->start);
      gsize take = newline != NULL ? (gsize) (newline - from) + 1 : self->end - self->start;

      /* Two more bytes are the CRLF itself. */
      if (line->len + take > max + 2)
        {
          g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "A line of the server is longer than %" G_GSIZE_FORMAT " bytes", max);
          mos_mail_connection_close (self);
          return NULL;
        }
      g_byte_array_append (line, from, (guint) take);
      self->start += take;
      if (newline != NULL)
        break;
      if (!mos_mail_connection_fill (self, self->timeout_ms, NULL, cancellable, error))
        return NULL;
    }

  length = line->len - 1;
  if (length > 0 && line->data[length - 1] == '\r')
    length--;
  line->data[length] = '\0';
  mos_mail_connection_trace (self, 'S', (const char *) line->data, (gssize) length);
  if (ret_length != NULL)
    *ret_length = length;
  return (char *) g_byte_array_free (g_steal_pointer (&line), FALSE);
}

gssize
mos_mail_connection_read_some_sync (MosMailConnection *self,
                                    void *buffer,
                                    gsize size,
                                    GCancellable *cancellable,
                                    GError **error)
{
  gsize n;

  g_return_val_if_fail (MOS_IS_MAIL_CONNECTION (self), -1);
  g_return_val_if_fail (size > 0, -1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (self->start == self->end && !mos_mail_connection_fill (self, self->timeout_ms, NULL, cancellable, error))
    return -1;

  n = MIN (size, self->end - self->start);
  memcpy (buffer, self->buffer + self->start, n);
  self->start += n;
  return (gssize) n;
}

/**
 * mos_mail_connection_wait_sync:
 * @wait_ms: 0 only looks
 *
 * Decrypted bytes may be waiting although the socket is silent; this looks into TLS first.
 *
 * Returns: whether there is something to read; %FALSE without @error when the time passed
 */
gboolean
mos_mail_connection_wait_sync (MosMailConnection *self,
                               guint wait_ms,
                               GCancellable *cancellable,
                               GError **error)
{
  gboolean timed_out = FALSE;

  g_return_val_if_fail (MOS_IS_MAIL_CONNECTION (self), FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->start != self->end)
    return TRUE;
  return mos_mail_connection_fill (self, MAX (wait_ms, 1), &timed_out, cancellable, error);
}

/* Not a GConverterOutputStream: that one would block without a time-out, and write when it is let go. */
static gboolean
write_deflated (MosMailConnection *self,
                const guint8 *data,
                gsize size,
                GCancellable *cancellable,
                GError **error)
{
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FLUSHED)
    {
      guint8 packed[16 * 1024];
      gsize taken = 0;
      gsize made = 0;

      result = g_converter_convert (self->deflate, data, size, packed, sizeof packed, G_CONVERTER_FLUSH, &taken, &made, error);
      if (result == G_CONVERTER_ERROR || !mos_mail_connection_write_bytes (self, packed, made, cancellable, error))
        return FALSE;
      data += taken;
      size -= taken;
    }
  return TRUE;
}

gboolean
mos_mail_connection_write_sync (MosMailConnection *self,
                                const void *data,
                                gsize size,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (MOS_IS_MAIL_CONNECTION (self), FALSE);

  if (self->trace)
    {
      shown = g_strdup_printf ("(%" G_GSIZE_FORMAT " bytes)", size);
      mos_mail_connection_trace (self, 'C', shown, -1);
    }

  return self->deflate != NULL ? write_deflated (self, data, size, cancellable, error) : mos_mail_connection_write_bytes (self, data, size, cancellable, error);
}

gboolean
mos_mail_connection_write_command_sync (MosMailConnection *self,
                                        const char *command,
                                        const char *shown,
                                        GCancellable *cancellable,
                                        GError **error)
{
  gboolean trace;
  gboolean ok;

  g_return_val_if_fail (MOS_IS_MAIL_CONNECTION (self), FALSE);

  mos_mail_connection_trace (self, 'C', shown != NULL ? shown : command, -1);
  trace = self->trace;
  self->trace = FALSE;
  ok = mos_mail_connection_write_sync (self, command, strlen (command), cancellable, error);
  self->trace = trace;
  return ok;
}

void
mos_mail_connection_start_compression (MosMailConnection *self)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);

  g_return_if_fail (MOS_IS_MAIL_CONNECTION (self));
  g_return_if_fail (self->inflate == NULL && self->start == self->end);

  self->inflate = g_converter_input_stream_new (g_io_stream_get_input_stream (self->stream), G_CONVERTER (decompressor));
  self->deflate = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, -1));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->inflate), FALSE);
}

void
mos_mail_connection_close (MosMailConnection *self)
{
  g_return_if_fail (MOS_IS_MAIL_CONNECTION (self));

  if (!g_atomic_int_compare_and_exchange (&self->closed, FALSE, TRUE))
    return;
  /* shutdown() wakes a poll() on another thread; the descriptor itself is closed by the owner's last unref. */
  if (self->tcp != NULL)
    g_socket_shutdown (g_socket_connection_get_socket (self->tcp), TRUE, TRUE, NULL);
}
