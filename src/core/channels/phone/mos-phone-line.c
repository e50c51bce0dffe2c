/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-phone"

#include "config.h"

#include "core/channels/phone/mos-phone-line.h"

#include "core/base/mos-error.h"

#include <string.h>

/* For connecting, and for the rest of a line that has begun. */
#define TIMEOUT_MS 20000
/* No event has longer ones; a variable of a dial plan may. */
#define MAX_LINE (64 * 1024)

MosServer *
mos_phone_server_parse (const char *text,
                        guint16 port,
                        guint16 tls_port)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gboolean is_tls = g_str_has_prefix (trimmed, "tls://");
  const char *place = is_tls ? trimmed + strlen ("tls://") : g_str_has_prefix (trimmed, "tcp://") ? trimmed + strlen ("tcp://")
                                                                                                  : trimmed;
  g_autoptr (GSocketConnectable) address = NULL;
  MosServer *server;

  if (*place == '\0' || strpbrk (place, "/ \t\r\n@") != NULL)
    return NULL;
  address = g_network_address_parse (place, is_tls ? tls_port : port, NULL);
  if (address == NULL || *g_network_address_get_hostname (G_NETWORK_ADDRESS (address)) == '\0' || g_network_address_get_port (G_NETWORK_ADDRESS (address)) == 0)
    return NULL;
  server = mos_server_new ();
  server->host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
  server->port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
  server->user = g_strdup ("");
  server->security = is_tls ? MOS_SECURITY_TLS : MOS_SECURITY_NONE;
  return server;
}

gboolean
mos_phone_server_is_exposed (const MosServer *server)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (server->host);

  if (server->security != MOS_SECURITY_NONE)
    return FALSE;
  return address != NULL ? !g_inet_address_get_is_loopback (address) : g_ascii_strcasecmp (server->host, "localhost") != 0;
}

MosMailConnection *
mos_phone_line_open_sync (MosServer *server,
                          const char *ca_file,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GError) local = NULL;
  MosMailConnection *line = mos_mail_connection_open_sync (server, ca_file, NULL, TIMEOUT_MS, cancellable, &local);

  if (line != NULL)
    return line;
  /* Whoever is not there now may be there later; a certificate that is not believed stays so. */
  if (local->domain == MOS_MAIL_ERROR && local->code == MOS_MAIL_ERROR_BAD_CERTIFICATE)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, local->message);
  else if (local->domain == G_IO_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, local->message);
  return NULL;
}

gboolean
mos_phone_line_read_sync (MosMailConnection *line,
                          gint64 wait_us,
                          char **ret_line,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *raw = NULL;

  *ret_line = NULL;
  if (!mos_mail_connection_wait_sync (line, (guint) MAX (wait_us / 1000, 0), cancellable, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  raw = mos_mail_connection_read_line_sync (line, MAX_LINE, NULL, cancellable, &local);
  if (raw == NULL)
    {
      if (local->domain == MOS_MAIL_ERROR)
        g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, local->message);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *ret_line = g_utf8_make_valid (raw, -1);
  return TRUE;
}
