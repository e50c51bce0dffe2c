/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-pdf.h"
#include "mos-view-fixtures.h"

#include "app/conversation/mos-hint-text.h"
#include "app/conversation/mos-print.h"

#include "mos-test.h"

#include <adwaita.h>
#include <string.h>

static GPtrArray *
rows_of (MosMessageRow *first,
         MosMessageRow *second)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);

  g_ptr_array_add (rows, first);
  if (second != NULL)
    g_ptr_array_add (rows, second);
  return rows;
}

static void
test_message (void)
{
  g_autoptr (GPtrArray) rows = rows_of (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "Hello, where is it?\n\n> You wrote\n> earlier"), NULL);
  MosMessageRow *row = rows->pdata[0];
  MosAttachment *file = mos_attachment_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  guint pages;

  file->name = g_strdup ("invoice.pdf");
  file->type = g_strdup ("application/pdf");
  file->size = 1234567;
  g_ptr_array_add (row->attachments, file);
  pdf = mos_print_make_pdf (row->subject, rows, NULL, &error);
  g_assert_no_error (error);
  text = mos_pdf_read (pdf, &pages);
  g_assert_cmpuint (pages, ==, 1);
  mos_pdf_assert_has (text, "From: Ana García <ana@example.org>");
  mos_pdf_assert_has (text, "To: Support <support@shop.example>");
  mos_pdf_assert_has (text, "Subject: Where is my order?");
  mos_pdf_assert_has (text, "Hello, where is it?");
  /* Alone, it is printed whole. */
  mos_pdf_assert_has (text, "You wrote");
  mos_pdf_assert_has (text, "Attachments");
  mos_pdf_assert_has (text, "invoice.pdf (1.2");
  mos_pdf_assert_number (text, 1, 1);
}

static void
test_conversation (void)
{
  g_autoptr (GPtrArray) rows = rows_of (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "Where is it?"), mos_fixture_row ("m2", MOS_DIRECTION_OUTGOING, "On its way.\n\nOn Monday, Ana wrote:\n> Where is it?\n> Please"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = mos_print_make_pdf ("Where is my order?", rows, NULL, &error);
  g_autofree char *text = NULL;
  guint pages;

  g_assert_no_error (error);
  text = mos_pdf_read (pdf, &pages);
  g_assert_cmpuint (pages, ==, 1);
  mos_pdf_assert_has (text, "Where is it?");
  mos_pdf_assert_has (text, "On its way.");
  /* Its history stands above already. */
  g_assert_null (strstr (text, "Please"));
}

static void
test_pages (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  guint pages;

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (body, "Line %03u of a long letter that goes on and on and on and on and on and on and on and on and on.\n", i);
  rows = rows_of (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, body->str), NULL);
  pdf = mos_print_make_pdf ("Long", rows, NULL, &error);
  g_assert_no_error (error);
  text = mos_pdf_read (pdf, &pages);
  g_assert_cmpuint (pages, >, 4);
  /* Nothing falls off at the end of a page. */
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *word = g_strdup_printf ("Line %03u", i);

      mos_pdf_assert_has (text, word);
    }
  mos_pdf_assert_number (text, pages, pages);
}

static void
test_odd (void)
{
  /* Right to left, one endless word, nothing at all, and no sender. */
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *word = g_strnfill (70000, 'x');
  MosMessageRow *none = mos_fixture_row ("m3", MOS_DIRECTION_INCOMING, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  g_clear_pointer (&none->from, mos_address_unref);
  rows = rows_of (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 order 7"), mos_fixture_row ("m2", MOS_DIRECTION_NOTE, word));
  g_ptr_array_add (rows, none);
  pdf = mos_print_make_pdf ("", rows, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
}

/* A picture in the text: where it stands, as wide as it should be, and whatever was sent, on its page. */
static MosMessageBody *
body_with (const char *html,
           int width,
           int height)
{
  MosMessageBody *body = mos_message_body_new ();
  MosAttachment *part = mos_fixture_attachment ("logo.png", "image/png", 1);
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_strnfill ((gsize) width * height * 4, '\x7f'), (gsize) width * height * 4);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, pixels, (gsize) width * 4);

  g_clear_pointer (&body->related, g_ptr_array_unref);
  body->related = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  body->html = g_strdup (html);
  part->content_id = g_strdup ("logo@shop");
  part->data = gdk_texture_save_to_png_bytes (texture);
  g_ptr_array_add (body->related, part);
  return body;
}

static void
test_pictures (void)
{
  static const char html[] = "<p>Before it</p><p><img src='cid:logo@shop'></p><p>After it</p><img src='cid:none@shop'><img src='https://shop.example/remote.png'>"
                             "<p>The end</p>";
  g_autoptr (GPtrArray) rows = rows_of (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "Only words"), mos_fixture_row ("m2", MOS_DIRECTION_INCOMING, "No HTML in here"));
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();
  g_autoptr (MosMessageBody) body = body_with (html, 3000, 1500);
  g_autoptr (GHashTable) made = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  g_autofree char *pictures = NULL;
  guint pages;

  g_ptr_array_add (bodies, body);
  g_ptr_array_add (bodies, NULL);
  made = mos_print_bodies_make (rows, bodies);
  g_assert_cmpuint (g_hash_table_size (made), ==, 1);
  pdf = mos_print_make_pdf ("Pictures", rows, made, &error);
  g_assert_no_error (error);
  text = mos_pdf_read (pdf, &pages);
  g_assert_cmpuint (pages, ==, 1);
  mos_pdf_assert_has (text, "Before it");
  mos_pdf_assert_has (text, "No HTML in here");
  g_assert_true (strstr (text, "Before it") < strstr (text, "After it"));
  g_assert_null (strstr (text, "Only words"));
  /* One, made smaller; the one that is not here and the one on the internet are marks. */
  pictures = mos_pdf_run (pdf, "pdfimages", "-list", NULL);
  mos_pdf_assert_has (pictures, "1400   700");
  g_assert_null (strstr (pictures, "3000"));
}

static void
test_hostile_pictures (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = rows_of (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "Many"), NULL);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();
  g_autoptr (MosMessageBody) body = NULL;
  g_autoptr (GHashTable) made = NULL;
  const MosPrintBody *print;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  guint n = 0;

  /* Tall as a tower, a thousand times. */
  for (guint i = 0; i < 1000; i++)
    g_string_append (html, "<p>x</p><img width='9999' src='cid:logo@shop'>");
  body = body_with (html->str, 20, 3000);
  g_ptr_array_add (bodies, body);
  made = mos_print_bodies_make (rows, bodies);
  print = g_hash_table_lookup (made, "m1");
  g_assert_nonnull (print);
  for (guint i = 0; i < print->pictures->len; i++)
    if (g_ptr_array_index (print->pictures, i) != NULL)
      n++;
  g_assert_cmpuint (n, <=, 200);
  pdf = mos_print_make_pdf ("Many", rows, made, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 20 * 1024 * 1024);
}

/* What cannot be shown costs as much as what can: one mail gets so many tries and no more. */
static void
test_broken_pictures (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = rows_of (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "Many"), NULL);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();
  g_autoptr (MosMessageBody) body = NULL;
  MosAttachment *cut = mos_fixture_attachment ("cut.png", "image/png", 1);
  MosAttachment *whole;

  for (guint i = 0; i < 199; i++)
    g_string_append (html, "<p>x</p><img src='cid:cut@shop'>");
  g_string_append (html, "<p>x</p><img src='cid:logo@shop'>");
  body = body_with (html->str, 20, 30);
  whole = g_ptr_array_index (body->related, 0);
  cut->content_id = g_strdup ("cut@shop");
  cut->data = g_bytes_new_from_bytes (whole->data, 0, g_bytes_get_size (whole->data) / 2);
  g_ptr_array_add (body->related, cut);
  g_ptr_array_add (bodies, body);
  {
    g_autoptr (GHashTable) made = mos_print_bodies_make (rows, bodies);

    g_assert_cmpuint (g_hash_table_size (made), ==, 1);
  }
  g_string_prepend (html, "<p>x</p><img src='cid:cut@shop'>");
  g_set_str (&body->html, html->str);
  {
    g_autoptr (GHashTable) made = mos_print_bodies_make (rows, bodies);

    g_assert_cmpuint (g_hash_table_size (made), ==, 0);
  }
}

static void
test_hint_texts (void)
{
  g_autoptr (GPtrArray) hints = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_hint_unref);
  g_autofree char *why = NULL;

  for (MosHintKind kind = MOS_HINT_IBAN; kind <= MOS_HINT_REPLY_TO; kind++)
    {
      MosHint *hint = mos_hint_new ();
      g_autofree char *text = NULL;

      hint->kind = kind;
      hint->found = g_strdup ("found.example");
      hint->meant = g_strdup ("meant.example");
      g_ptr_array_add (hints, hint);
      text = mos_hint_text (hint);
      g_assert_nonnull (strstr (text, "found.example"));
    }
  why = mos_hints_why_text (hints);
  g_assert_nonnull (strstr (why, "meant.example"));
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/print/message", test_message);
  g_test_add_func ("/print/conversation", test_conversation);
  g_test_add_func ("/print/pages", test_pages);
  g_test_add_func ("/print/odd", test_odd);
  g_test_add_func ("/print/pictures", test_pictures);
  g_test_add_func ("/print/hostile-pictures", test_hostile_pictures);
  g_test_add_func ("/print/broken-pictures", test_broken_pictures);
  g_test_add_func ("/print/hint-texts", test_hint_texts);
  return g_test_run ();
}
