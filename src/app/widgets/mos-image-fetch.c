/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-image-loader.h"

#include <libsoup/soup.h>
#include <string.h>

#define FETCH_TIMEOUT_S 20
#define READ_CHUNK (64 * 1024)

/* --- Where from --- */

static gboolean
ipv4_is_public (const guint8 *a)
{
  return !(a[0] == 0 || a[0] == 10 || a[0] == 127 || a[0] >= 224 ||      /* this net, private, loopback, multicast and reserved */
           (a[0] == 100 && (a[1] & 0xc0) == 64) ||                       /* carriers' own, RFC 6598 */
           (a[0] == 169 && a[1] == 254) ||                               /* link-local */
           (a[0] == 172 && (a[1] & 0xf0) == 16) ||                       /* private */
           (a[0] == 192 && (a[1] == 168 || (a[1] == 0 && a[2] == 0))) || /* private, protocol assignments */
           (a[0] == 198 && (a[1] & 0xfe) == 18));                        /* benchmarks, RFC 2544 */
}

gboolean
mos_image_address_is_public (GInetAddress *address)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  static const guint8 compatible[12] = { 0 };
  static const guint8 translated[12] = { 0x00, 0x64, 0xff, 0x9b };
  const guint8 *a = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return ipv4_is_public (a);
  /* An IPv4 address in the clothes of an IPv6 one; "::" and "::1" are among these. */
  if (memcmp (a, mapped, 12) == 0 || memcmp (a, compatible, 12) == 0 || memcmp (a, translated, 12) == 0)
    return ipv4_is_public (a + 12);
  if (a[0] == 0x20 && a[1] == 0x02) /* 6to4 */
    return ipv4_is_public (a + 2);
  /* Only 2000::/3 is given out; local, link-local, site-local and multicast addresses lie elsewhere. */
  return (a[0] & 0xe0) == 0x20;
}

gboolean
mos_image_url_is_allowed (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GInetAddress) literal = NULL;
  g_autofree char *host = NULL;
  static const char *const inner[] = { "localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "home.arpa", "onion" };

  if (uri == NULL || (!g_str_equal (g_uri_get_scheme (uri), "http") && !g_str_equal (g_uri_get_scheme (uri), "https")) || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  while (*host != '\0' && host[strlen (host) - 1] == '.')
    host[strlen (host) - 1] = '\0';
  literal = g_inet_address_new_from_string (host);
  if (literal != NULL)
    return mos_image_address_is_public (literal);
  for (gsize i = 0; i < G_N_ELEMENTS (inner); i++)
    {
      gsize len = strlen (inner[i]);
      gsize host_len = strlen (host);

      if (g_str_equal (host, inner[i]) || (host_len > len && g_str_has_suffix (host, inner[i]) && host[host_len - len - 1] == '.'))
        return FALSE;
    }
  return TRUE;
}

/* --- Fetching: asynchronous on the main context, nothing here blocks --- */

typedef struct
{
  SoupMessage *message;   /* (owned) */
  GInputStream *stream;   /* (owned) (nullable) */
  GByteArray *bytes;      /* (owned) (nullable) */
  GCancellable *stop;     /* (owned): of this fetch; follows the caller's */
  GCancellable *followed; /* (owned) (nullable): the caller's */
  gulong follow_id;
  gboolean is_inside; /* it led to an address that is not public */
  gboolean as_bytes;  /* the picture's file is wanted */
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  if (fetch->message != NULL)
    g_signal_handlers_disconnect_by_data (fetch->message, fetch);
  g_cancellable_disconnect (fetch->followed, fetch->follow_id);
  g_clear_object (&fetch->followed);
  g_clear_object (&fetch->stop);
  g_clear_object (&fetch->message);
  g_clear_object (&fetch->stream);
  g_clear_pointer (&fetch->bytes, g_byte_array_unref);
  g_free (fetch);
}

static SoupSession *
session (void)
{
  static SoupSession *shared;

  /* A session has no cookie jar, cache or credentials unless it is given them. */
  if (shared == NULL)
    shared = soup_session_new_with_options ("timeout", FETCH_TIMEOUT_S, "user-agent", "", "max-conns", 6, NULL);
  return shared;
}

static void
on_decoded_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GdkTexture *texture = mos_image_decode_finish (result, &error);

  if (texture == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, texture, g_object_unref);
}

static void
on_read_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&fetch->bytes));
      GCancellable *cancellable = g_task_get_cancellable (task);

      if (fetch->as_bytes)
        {
          if (mos_image_probe (bytes, NULL, NULL))
            g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
          else
            g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not a picture that is shown");
          return;
        }
      mos_image_decode_async (bytes, cancellable, on_decoded_cb, g_steal_pointer (&task));
      return;
    }
  if (fetch->bytes->len + g_bytes_get_size (chunk) > MOS_IMAGE_MAX_REMOTE_BYTES)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The picture is too large");
      return;
    }
  g_byte_array_append (fetch->bytes, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  g_input_stream_read_bytes_async (fetch->stream, READ_CHUNK, G_PRIORITY_DEFAULT_IDLE, fetch->stop, on_read_cb, g_object_ref (task));
}

static void
on_sent_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (fetch->stream == NULL)
    {
      if (fetch->is_inside)
        {
          g_error_free (error);
          error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The picture lies in a private network");
        }
      g_task_return_error (task, error);
      return;
    }
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (fetch->message)))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "HTTP status %u", soup_message_get_status (fetch->message));
      return;
    }
  fetch->bytes = g_byte_array_new ();
  g_input_stream_read_bytes_async (fetch->stream, READ_CHUNK, G_PRIORITY_DEFAULT_IDLE, fetch->stop, on_read_cb, g_object_ref (task));
}

/* Looked at for every connection that is opened, after the name was resolved and before a byte is sent: a name that says one
 * thing to a check and another to the connection deceives nobody, nor does a redirection. */
static void
on_network_event_cb (SoupMessage *message,
                     GSocketClientEvent event,
                     GIOStream *stream,
                     Fetch *fetch)
{
  g_autoptr (GSocketAddress) address = NULL;

  if ((event != G_SOCKET_CLIENT_CONNECTING && event != G_SOCKET_CLIENT_CONNECTED) || !G_IS_SOCKET_CONNECTION (stream))
    return;
  address = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (stream), NULL);
  /* A proxy that the person has set up may be anywhere; it resolves the name itself. */
  if (address == NULL || G_IS_PROXY_ADDRESS (address))
    return;
  if (G_IS_INET_SOCKET_ADDRESS (address) && mos_image_address_is_public (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    return;
  fetch->is_inside = TRUE;
  g_cancellable_cancel (fetch->stop);
}

static void
on_restarted_cb (SoupMessage *message,
                 Fetch *fetch)
{
  g_autofree char *url = g_uri_to_string (soup_message_get_uri (message));

  if (mos_image_url_is_allowed (url))
    return;
  fetch->is_inside = TRUE;
  g_cancellable_cancel (fetch->stop);
}

static void
on_followed_cb (GCancellable *followed,
                GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

static void
fetch_start (const char *url,
             gboolean as_bytes,
             gpointer source_tag,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, fetch, fetch_free);
  fetch->as_bytes = as_bytes;
  fetch->stop = g_cancellable_new ();
  fetch->message = mos_image_url_is_allowed (url) ? soup_message_new (SOUP_METHOD_GET, url) : NULL;
  if (fetch->message == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not an address that pictures are taken from");
      return;
    }
  if (cancellable != NULL)
    {
      fetch->followed = g_object_ref (cancellable);
      fetch->follow_id = g_cancellable_connect (cancellable, G_CALLBACK (on_followed_cb), g_object_ref (fetch->stop), g_object_unref);
    }
  g_signal_connect (fetch->message, "network-event", G_CALLBACK (on_network_event_cb), fetch);
  g_signal_connect (fetch->message, "restarted", G_CALLBACK (on_restarted_cb), fetch);
  soup_message_headers_append (soup_message_get_request_headers (fetch->message), "Accept", "image/png,image/jpeg,image/gif;q=0.8");
  soup_session_send_async (session (), fetch->message, G_PRIORITY_DEFAULT_IDLE, fetch->stop, on_sent_cb, g_object_ref (task));
}

void
mos_image_fetch_async (const char *url,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  fetch_start (url, FALSE, mos_image_fetch_async, cancellable, callback, user_data);
}

GdkTexture *
mos_image_fetch_finish (GAsyncResult *result,
                        GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mos_image_fetch_bytes_async (const char *url,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  fetch_start (url, TRUE, mos_image_fetch_bytes_async, cancellable, callback, user_data);
}

GBytes *
mos_image_fetch_bytes_finish (GAsyncResult *result,
                              GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
