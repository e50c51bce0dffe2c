/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Where pictures of a mail may come from: the internet at large, never this computer or its network. */
#include "config.h"

#include "app/widgets/mos-image-loader.h"

#include "mos-test.h"

#include <libsoup/soup.h>

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    gboolean is_public;
  } cases[] = {
    { "93.184.215.14", TRUE },
    { "172.15.0.1", TRUE },
    { "100.128.0.1", TRUE },
    { "2606:2800:21f:cb07:6820:80da:af6b:8b2c", TRUE },
    { "::ffff:93.184.215.14", TRUE },
    { "0.0.0.0", FALSE },
    { "10.1.2.3", FALSE },
    { "127.0.0.1", FALSE },
    { "127.9.9.9", FALSE },
    { "100.64.0.1", FALSE },
    { "169.254.169.254", FALSE },
    { "172.16.0.1", FALSE },
    { "172.31.255.255", FALSE },
    { "192.168.1.1", FALSE },
    { "198.18.0.1", FALSE },
    { "224.0.0.1", FALSE },
    { "255.255.255.255", FALSE },
    { "::", FALSE },
    { "::1", FALSE },
    { "::ffff:192.168.1.1", FALSE },
    { "::127.0.0.1", FALSE },
    { "64:ff9b::10.0.0.1", FALSE },
    { "2002:7f00:1::", FALSE },
    { "fe80::1", FALSE },
    { "fd00::1", FALSE },
    { "fec0::1", FALSE },
    { "ff02::1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      g_test_message ("%s", cases[i].address);
      g_assert_nonnull (address);
      g_assert_cmpint (mos_image_address_is_public (address), ==, cases[i].is_public);
    }
}

static void
test_urls (void)
{
  static const char *const good[] = { "https://shop.example/a.png", "http://shop.example:8080/", "https://93.184.215.14/a", "HTTPS://SHOP.example/", "https://mylocal.example/" };
  static const char *const bad[] = { "", "a.png", "file:///etc/passwd", "ftp://shop.example/a", "data:image/png;base64,AA", "javascript:1", "https://", "http://localhost/a", "http://LOCALHOST./a",
                                     "http://a.localhost/", "http://printer.local/", "http://router.lan/", "http://127.0.0.1/", "http://[::1]/", "http://192.168.0.1/", "https://me:secret@shop.example/" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (mos_image_url_is_allowed (good[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (mos_image_url_is_allowed (bad[i]));
    }
}

/* --- A name that looks public and leads here --- */

typedef struct
{
  GResolver parent_instance;
} LiarResolver;

typedef struct
{
  GResolverClass parent_class;
} LiarResolverClass;

GType liar_resolver_get_type (void);
G_DEFINE_TYPE (LiarResolver, liar_resolver, G_TYPE_RESOLVER)

static void
liar_lookup_async (GResolver *resolver,
                   const char *hostname,
                   GResolverNameLookupFlags flags,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "None");
  else
    g_task_return_pointer (task, g_list_prepend (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4)), NULL);
}

static GList *
liar_lookup_finish (GResolver *resolver,
                    GAsyncResult *result,
                    GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
liar_resolver_class_init (LiarResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = liar_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = liar_lookup_finish;
}

static void
liar_resolver_init (LiarResolver *self)
{
}

static void
on_asked_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  (*(guint *) user_data)++;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
test_lying_name (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GResolver) liar = g_object_new (liar_resolver_get_type (), NULL);
  g_autoptr (GResolver) honest = g_resolver_get_default ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  GSList *uris;
  guint asked = 0;

  soup_server_add_handler (server, NULL, on_asked_cb, &asked, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  url = g_strdup_printf ("http://pictures.example:%d/a.png", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_resolver_set_default (liar);
  mos_image_fetch_async (url, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  texture = mos_image_fetch_finish (done, &error);
  g_assert_null (texture);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  mos_test_settle (100);
  g_assert_cmpuint (asked, ==, 0);
  g_resolver_set_default (honest);
}

static void
test_webp (void)
{
  guint8 bytes[30] = { 'R', 'I', 'F', 'F', 22, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'X', 10, 0, 0, 0, 0, 0, 0, 0, 199, 0, 0, 99, 0, 0 };
  g_autoptr (GBytes) good = g_bytes_new_static (bytes, sizeof bytes);
  int width = 0, height = 0;

  g_assert_true (mos_image_probe (good, &width, &height));
  g_assert_cmpint (width, ==, 200);
  g_assert_cmpint (height, ==, 100);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/image/addresses", test_addresses);
  g_test_add_func ("/image/urls", test_urls);
  g_test_add_func ("/image/lying-name", test_lying_name);
  g_test_add_func ("/image/webp", test_webp);
  return g_test_run ();
}
