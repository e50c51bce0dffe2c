/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Small copies of the pictures of what was ordered: made safely, kept within bounds, and never waited for. */
#include "config.h"

#include "app/customer/mos-item-pictures.h"

#include "mos-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#define URL "https://shop.example/mug.png"

static GBytes *
make_png (int width,
          int height)
{
  g_autofree guchar *pixels = g_malloc0 ((gsize) width * height * 4);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (int i = 0; i < width * height; i++)
    {
      pixels[4 * i] = 0xff;
      pixels[4 * i + 3] = 0xff;
    }
  bytes = g_bytes_new (pixels, (gsize) width * height * 4);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, (gsize) width * 4);
  return gdk_texture_save_to_png_bytes (texture);
}

static void
test_shrink (void)
{
  static const struct
  {
    int width, height, small_width, small_height;
  } cases[] = { { 400, 200, 96, 48 }, { 200, 400, 48, 96 }, { 96, 96, 96, 96 }, { 10, 20, 10, 20 }, { 2000, 1, 96, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = make_png (cases[i].width, cases[i].height);
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkTexture) texture = mos_item_picture_shrink (bytes, &error);
      g_autofree guchar *pixels = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (gdk_texture_get_width (texture), ==, cases[i].small_width);
      g_assert_cmpint (gdk_texture_get_height (texture), ==, cases[i].small_height);
      /* It is still red: the channels are where they were. */
      pixels = g_malloc ((gsize) cases[i].small_width * (gsize) cases[i].small_height * 4);
      gdk_texture_download (texture, pixels, (gsize) cases[i].small_width * 4);
      g_assert_cmpuint (*(guint32 *) (gpointer) pixels, ==, 0xffff0000);
    }
}

static void
test_no_picture (void)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><script>1</script></svg>";
  g_autoptr (GBytes) program = g_bytes_new_static (svg, strlen (svg));
  g_autoptr (GBytes) whole = make_png (50, 50);
  g_autoptr (GBytes) wire = make_png (40000, 2);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, 60);
  g_autofree guint8 *lies = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
  g_autoptr (GBytes) huge = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (mos_item_picture_shrink (program, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  g_assert_null (mos_item_picture_shrink (half, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  /* It says that it is 20,000 pixels wide and high. */
  lies[18] = lies[22] = 0x4e;
  lies[19] = lies[23] = 0x20;
  huge = g_bytes_new (lies, g_bytes_get_size (whole));
  g_assert_null (mos_item_picture_shrink (huge, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  /* Few pixels, and longer than can be drawn. */
  g_assert_null (mos_item_picture_shrink (wire, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
test_trim (void)
{
  char *folder = mos_test_dir_new ();
  guint n = 0;

  for (int i = 0; i < 10; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%d.png", folder, i);
      g_autofree char *data = g_strnfill (1000, 'x');
      const struct utimbuf times = { 1780000000 + i, 1780000000 + i };

      g_assert_true (g_file_set_contents (path, data, 1000, NULL));
      g_assert_cmpint (utime (path, &times), ==, 0);
    }
  mos_item_pictures_trim (folder, 10000);
  mos_item_pictures_trim (folder, 3500);
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%d.png", folder, i);
      gboolean is_there = g_file_test (path, G_FILE_TEST_EXISTS);

      /* The oldest went. */
      g_assert_cmpint (is_there, ==, i >= 7);
      n += is_there;
    }
  g_assert_cmpuint (n, ==, 3);
  mos_test_dir_free (folder);
  /* No folder is no trouble. */
  mos_item_pictures_trim ("/nonexistent/pictures", 1);
}

typedef struct
{
  GdkTexture *texture;
  GError *error;
  gboolean is_done;
} Answer;

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  Answer *answer = user_data;

  answer->texture = mos_item_pictures_load_finish (MOS_ITEM_PICTURES (source), result, &answer->error);
  answer->is_done = TRUE;
}

static void
load (MosItemPictures *pictures,
      const char *url,
      gboolean may_fetch,
      Answer *answer)
{
  g_clear_object (&answer->texture);
  g_clear_error (&answer->error);
  answer->is_done = FALSE;
  mos_item_pictures_load_async (pictures, url, may_fetch, NULL, on_loaded_cb, answer);
  mos_test_wait (answer->is_done, 10000);
}

static void
test_load (void)
{
  char *folder = mos_test_dir_new ();
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, URL, -1);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);
  g_autoptr (MosItemPictures) pictures = mos_item_pictures_new (folder);
  g_autoptr (GBytes) png = make_png (30, 30);
  Answer answer = { 0 };

  load (pictures, URL, FALSE, &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  /* Nor from where it must not come from: not encrypted, or not of the internet at large. */
  load (pictures, "http://shop.example/mug.png", TRUE, &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  load (pictures, "https://127.0.0.1/mug.png", TRUE, &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  /* What failed is not asked for again. */
  load (pictures, "https://127.0.0.1/mug.png", TRUE, &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png), NULL));
  load (pictures, URL, FALSE, &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (gdk_texture_get_width (answer.texture), ==, 30);
  g_clear_object (&answer.texture);
  g_clear_error (&answer.error);
  mos_test_dir_free (folder);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/item-pictures/shrink", test_shrink);
  g_test_add_func ("/item-pictures/no-picture", test_no_picture);
  g_test_add_func ("/item-pictures/trim", test_trim);
  g_test_add_func ("/item-pictures/load", test_load);
  return g_test_run ();
}
