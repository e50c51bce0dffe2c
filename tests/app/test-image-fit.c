/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Pictures that a service does not take: what is made of them, and how the composer offers it. */
#include "config.h"

#include "mos-desk-fixtures.h"
#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/composer/mos-composer.h"
#include "app/widgets/mos-image-fit.h"
#include "app/widgets/mos-image-loader.h"

#include "core/store/mos-store-accounts.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* Noise, which does not become small by itself; transparent at the upper left. */
static GBytes *
make_picture (const char *format,
              int width,
              int height)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, width, height);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guchar *pixels = gdk_pixbuf_get_pixels (picture);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint32 color = x < width / 2 && y < height / 2 ? 0 : g_rand_int (rand) | 0xff;

        for (int i = 0; i < 4; i++)
          pixels[y * gdk_pixbuf_get_rowstride (picture) + 4 * x + i] = (guchar) (color >> (24 - 8 * i));
      }
  gdk_pixbuf_save_to_buffer (picture, &data, &length, format, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static GBytes *
fit (GBytes *bytes,
     const char *type,
     guint64 max_bytes,
     GError **error)
{
  GAsyncResult *called = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  mos_image_fit_async (bytes, type, max_bytes, NULL, mos_test_ready_cb, &called);
  result = mos_test_await (&called);
  return mos_image_fit_finish (result, error);
}

static void
test_made (void)
{
  g_autoptr (GBytes) png = make_picture ("png", 900, 600);
  g_autoptr (GBytes) bmp = make_picture ("bmp", 300, 200);
  g_autoptr (GBytes) small = NULL;
  g_autoptr (GBytes) converted = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type ("image/jpeg", NULL);
  g_autoptr (GError) error = NULL;
  const guchar *corner;
  int width, height;

  /* As large as it may be: of its whole size where that fits. */
  converted = fit (bmp, "image/bmp", 5 * 1024 * 1024, &error);
  g_assert_no_error (error);
  g_assert_true (mos_image_probe (converted, &width, &height));
  g_assert_cmpint (width, ==, 300);
  g_assert_cmpint (height, ==, 200);

  g_assert_cmpuint (g_bytes_get_size (png), >, 1000000);
  small = fit (png, "image/png", 60000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (small), <=, 60000);
  g_assert_cmpuint (g_bytes_get_size (small), >, 20000);
  g_assert_true (mos_image_probe (small, &width, &height));
  g_assert_cmpint (width, <, 900);
  g_assert_cmpfloat_with_epsilon ((double) width / height, 1.5, 0.02);

  /* What was transparent is white. */
  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, small, &error));
  g_assert_true (gdk_pixbuf_loader_close (loader, &error));
  corner = gdk_pixbuf_read_pixels (gdk_pixbuf_loader_get_pixbuf (loader));
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (corner[i], >, 250);
}

static void
test_refused (void)
{
  /* A header that claims 2,147,483,647 pixels square */
  static const guint8 claims[64] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\0\0\0";
  g_autoptr (GBytes) huge = g_bytes_new_static (claims, sizeof claims);
  g_autoptr (GBytes) png = make_picture ("png", 200, 100);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  const struct
  {
    GBytes *bytes;
    const char *type;
    guint64 max_bytes;
  } cases[] = {
    { huge, "image/png", 100000 },
    { none, "image/png", 100000 },
    { png, "image/jpeg", 100000 }, /* only the decoder of what it is said to be */
    { png, "image/x-nothing-knows-this", 100000 },
    { png, "image/png", 200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) made = fit (cases[i].bytes, cases[i].type, cases[i].max_bytes, &error);

      g_test_message ("%u: %s", i, error != NULL ? error->message : "made");
      g_assert_null (made);
      g_assert_nonnull (error);
    }
}

static gboolean
add_account (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup ("i1");
  account->kind = g_strdup ("instagram");
  account->name = g_strdup ("Instagram");
  account->address = g_strdup ("17841400000000000");
  account->aliases = g_new0 (char *, 1);
  account->signature = g_strdup ("");
  mos_account_set_setting (account, MOS_ACCOUNT_RELAY, "https://shop.example/box.php");
  return mos_store_account_save (txn, account, error);
}

static MosAttachment *
attach (MosDesk *desk,
        const char *name,
        const char *type,
        GBytes *bytes)
{
  GAsyncResult *called = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MosAttachment *attachment;

  mos_desk_attach_async (desk, name, type, bytes, NULL, mos_test_ready_cb, &called);
  result = mos_test_await (&called);
  attachment = mos_desk_attach_finish (desk, result, NULL);
  g_assert_nonnull (attachment);
  return attachment;
}

static void
take (GtkWidget *composer,
      MosDesk *desk,
      const char *name,
      GBytes *bytes)
{
  g_autoptr (MosAttachment) attachment = attach (desk, name, "image/bmp", bytes);

  mos_composer_take_attachment (MOS_COMPOSER (composer), attachment);
}

/* Instagram takes JPEG and PNG, no other pictures and no documents. */
static void
test_composer (void)
{
  g_autoptr (MosDeskFixture) desk = mos_desk_fixture_new ();
  g_autoptr (MosDraft) draft = mos_fixture_draft ("reply");
  g_autoptr (MosDraft) out = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = make_picture ("bmp", 300, 200);
  g_autoptr (GBytes) broken = g_bytes_new_static ("BM nothing", 10);
  GtkWidget *window = adw_window_new (), *composer;

  mos_store_write_sync (desk->store->store, NULL, NULL, add_account, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  mos_desk_fixture_restart (desk);
  g_set_str (&draft->account, "i1");
  g_clear_pointer (&draft->conversation, g_free);
  g_ptr_array_add (draft->attachments, attach (desk->desk, "terms.pdf", "application/pdf", broken));
  composer = mos_composer_new (desk->desk);
  adw_window_set_content (ADW_WINDOW (window), composer);
  gtk_window_present (GTK_WINDOW (window));
  mos_composer_open (MOS_COMPOSER (composer), draft);
  gtk_test_widget_wait_for_draw (window);

  /* Nothing can be made of a document. */
  g_assert_null (mos_fixture_find_text (composer, "Convert to JPEG"));
  take (composer, desk->desk, "front.bmp", picture);
  take (composer, desk->desk, "back.photo.bmp", picture);
  mos_test_wait (mos_fixture_find_text (composer, "Convert to JPEG") != NULL, 10000);

  /* One press for all of them. */
  gtk_widget_activate_action (composer, "composer.fit-pictures", NULL);
  mos_test_wait (mos_fixture_find_text (composer, "Convert to JPEG") == NULL, 30000);
  out = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_cmpuint (out->attachments->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "terms.pdf", "front.jpg", "back.photo.jpg" };
      MosAttachment *file = g_ptr_array_index (out->attachments, i);

      g_assert_cmpstr (file->name, ==, names[i]);
      g_assert_cmpstr (file->type, ==, i == 0 ? "application/pdf" : "image/jpeg");
    }

  /* What cannot be read stays, and that is said. */
  take (composer, desk->desk, "torn.bmp", broken);
  mos_test_wait (mos_fixture_find_text (composer, "Convert to JPEG") != NULL, 10000);
  gtk_widget_activate_action (composer, "composer.fit-pictures", NULL);
  mos_test_wait (mos_fixture_find_text (composer, "No other picture could be made of \u2068torn.bmp\u2069. It is attached as it was: remove it, or answer by mail.") != NULL, 30000);
  mos_composer_close (MOS_COMPOSER (composer));
  gtk_window_destroy (GTK_WINDOW (window));
  mos_test_settle (20);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/image-fit/made", test_made);
  g_test_add_func ("/image-fit/refused", test_refused);
  g_test_add_func ("/image-fit/composer", test_composer);
  return g_test_run ();
}
