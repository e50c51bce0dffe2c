/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Conversations that are dragged into a folder: which file is made of them, when, and what another program is given. */
#include "config.h"

#include "app/exchange/mos-drag-out.h"

#include "mos-desk-fixtures.h"
#include "mos-test.h"

#include <string.h>

typedef struct
{
  MosDeskFixture *desk;
  char *one;   /* a conversation of one mail */
  char *three; /* of three */
} Fixture;

static void
set_up (Fixture *f,
        gconstpointer data)
{
  f->desk = mos_desk_fixture_new ();
  f->one = mos_desk_fixture_add_conversation (f->desk, "Where is my order?", 1);
  f->three = mos_desk_fixture_add_conversation (f->desk, "A lamp / ../that: \"blinks\"", 3);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  mos_desk_fixture_free (f->desk);
  g_free (f->one);
  g_free (f->three);
}

/* Returns: (transfer full) (nullable): what is made of it */
static GFile *
make (MosDragOut *drag,
      GError **error)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  mos_drag_out_make_async (drag, mos_test_ready_cb, &pending);
  result = mos_test_await (&pending);
  return mos_drag_out_make_finish (drag, result, error);
}

static char *
dup_contents (GFile *file)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_load_contents (file, NULL, &contents, NULL, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

static void
test_files (Fixture *f,
            gconstpointer data)
{
  const struct
  {
    const char *ids[3];
    gboolean as_pdf;
    const char *name;
    const char *begins;
    guint n_mails;
  } cases[] = {
    { { f->one }, FALSE, "Where is my order-.eml", "raw ", 1 },
    /* No name leads out of its folder. */
    { { f->three }, FALSE, "A lamp - ..-that- -blinks-.mbox", "From ", 3 },
    { { f->one, f->three }, FALSE, "Conversation.mbox", "From ", 4 },
    { { f->three }, TRUE, "A lamp - ..-that- -blinks-.pdf", "%PDF-", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosDragOut) drag = mos_drag_out_new (f->desk->desk, cases[i].ids, cases[i].as_pdf);
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = make (drag, &error);
      g_autoptr (GFile) again = NULL;
      g_autofree char *name = NULL;
      g_autofree char *contents = NULL;
      guint n = 0;

      g_assert_no_error (error);
      name = g_file_get_basename (file);
      g_assert_cmpstr (name, ==, cases[i].name);
      contents = dup_contents (file);
      g_assert_true (g_str_has_prefix (contents, cases[i].begins));
      for (const char *p = contents; (p = strstr (p, "raw ")) != NULL; p++)
        n++;
      if (!cases[i].as_pdf)
        g_assert_cmpuint (n, ==, cases[i].n_mails);
      /* Who asks once more gets the same. */
      again = make (drag, NULL);
      g_assert_true (g_file_equal (file, again));
    }
}

static void
test_gone (Fixture *f,
           gconstpointer data)
{
  const char *ids[] = { "gone", NULL };
  g_autoptr (MosDragOut) drag = mos_drag_out_new (f->desk->desk, ids, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = make (drag, &error);

  g_assert_null (file);
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
}

/* Several that hold no mail: no file that looks like one with something in it. */
static void
test_empty (Fixture *f,
            gconstpointer data)
{
  g_autofree char *one = mos_desk_fixture_add_conversation (f->desk, "Nothing", 0);
  g_autofree char *other = mos_desk_fixture_add_conversation (f->desk, "Nothing either", 0);
  const char *ids[] = { one, other, NULL };
  g_autoptr (MosDragOut) drag = mos_drag_out_new (f->desk->desk, ids, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = make (drag, &error);

  g_assert_null (file);
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
}

/* Another program is given the file's address; nothing was made before it asked. */
static void
test_given (Fixture *f,
            gconstpointer data)
{
  const char *ids[] = { f->one, NULL };
  g_autoptr (MosDragOut) drag = mos_drag_out_new (f->desk->desk, ids, FALSE);
  g_autoptr (GdkContentFormats) formats = gdk_content_provider_ref_formats (GDK_CONTENT_PROVIDER (drag));
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *address = NULL;
  g_autofree char *said = NULL;

  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/uri-list"));
  g_assert_false (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST));
  gdk_content_provider_write_mime_type_async (GDK_CONTENT_PROVIDER (drag), "text/uri-list", stream, G_PRIORITY_DEFAULT, NULL, mos_test_ready_cb, &pending);
  result = mos_test_await (&pending);
  g_assert_true (gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (drag), result, &error));
  g_assert_no_error (error);
  file = make (drag, NULL);
  address = g_file_get_uri (file);
  g_output_stream_close (stream, NULL, NULL);
  said = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)), g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  g_assert_true (g_str_has_prefix (said, address));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  g_test_add ("/drag-out/files", Fixture, NULL, set_up, test_files, tear_down);
  g_test_add ("/drag-out/gone", Fixture, NULL, set_up, test_gone, tear_down);
  g_test_add ("/drag-out/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/drag-out/given", Fixture, NULL, set_up, test_given, tear_down);
  return g_test_run ();
}
