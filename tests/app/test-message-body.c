/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-body-view.h"
#include "app/conversation/mos-html-buffer.h"
#include "app/widgets/mos-image-loader.h"

#include <adwaita.h>
#include <string.h>

static char *
render (MosHtmlDocument *document,
        guint from,
        guint to,
        PangoContext *context,
        GArray *links)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  GtkTextIter start, end;

  mos_html_buffer_append (buffer, document, from, to, context, links, NULL, NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
assert_html (const char *html,
             const char *text)
{
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse (html);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (MosBodyLink));
  g_autofree char *result = render (document, 0, G_MAXUINT, NULL, links);

  g_assert_cmpstr (result, ==, text);
}

static void
test_text (void)
{
  assert_html ("<p>One<p>Two", "One\nTwo");
  assert_html ("<p>One<br>Two</p>", "One\nTwo");
  assert_html ("<h1>Title</h1><p>a <b>b</b> <i>c</i></p>", "Title\na b c");
  assert_html ("<ul><li>a<li>b</ul><ol><li>c<li>d</ol>", "• a\n• b\n1. c\n2. d");
  assert_html ("<pre>a\n  b</pre>", "a\n  b");
  assert_html ("<p>x <img src=https://a.example/i.png alt='A cat'> y</p>", "x A cat y");
  assert_html ("<script>alert(1)</script><p>x</p>", "x");
  assert_html ("", "");
}

/* Without a context a table is set as lines. */
static void
test_table_lines (void)
{
  assert_html ("<table border=1><tr><th>Item<th>Price</tr><tr><td>Mug<td>12</tr></table>", "Item · Price\nMug · 12");
}

static void
test_table_columns (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse ("<table border=1><tr><th>Item<th>Price</tr><tr><td>Mug<td>12</tr></table>");
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (MosBodyLink));
  g_autofree char *text = render (document, 0, G_MAXUINT, gtk_widget_get_pango_context (label), links);

  g_assert_cmpstr (text, ==, "Item\tPrice\nMug\t12");
  g_object_unref (label);
}

static void
test_links (void)
{
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse ("<p>Ünï <a href='https://a.example/x'>here</a> and <a href='mailto:a@b.example'>there</a>, not <a href='javascript:x()'>this</a></p>");
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (MosBodyLink));
  g_autofree char *text = render (document, 0, G_MAXUINT, NULL, links);
  const MosBodyLink *first, *second;

  g_assert_cmpstr (text, ==, "Ünï here and there, not this");
  g_assert_cmpuint (links->len, ==, 2);
  first = &g_array_index (links, MosBodyLink, 0);
  second = &g_array_index (links, MosBodyLink, 1);
  g_assert_cmpint (first->start, ==, 4);
  g_assert_cmpint (first->end, ==, 8);
  g_assert_cmpstr (first->url, ==, "https://a.example/x");
  g_assert_cmpint (second->start, ==, 13);
  g_assert_cmpstr (second->url, ==, "mailto:a@b.example");
}

static void
test_deceptive (void)
{
  static const struct
  {
    const char *text;
    const char *url;
    gboolean deceptive;
  } cases[] = {
    { "Track your parcel", "https://track.example/1", FALSE },
    { "track.example", "https://track.example/1", FALSE },
    { "https://www.track.example", "http://track.example/login", FALSE },
    { "shop.example", "https://mail.shop.example/x", FALSE },
    { "mail.shop.example", "https://shop.example/x", TRUE },
    { "https://bank.example/login", "https://evil.example/login", TRUE },
    { "bank.example", "https://bank.example.evil.example/", TRUE },
    { "BANK.example", "https://bank.EXAMPLE/x", FALSE },
    { "Version 2.0", "https://x.example/", FALSE },
    { "Thanks.", "https://x.example/", FALSE },
    { "ana@shop.example", "mailto:ana@shop.example?subject=x", FALSE },
    { "ana@shop.example", "mailto:eve@evil.example", TRUE },
    { "bank.example", "mailto:eve@evil.example", FALSE },
    /* among other words */
    { "www.weavers.example, all about it", "https://weavers.example.evil.test/a", TRUE },
    { "Go to (www.bank.example).", "https://evil.example/", TRUE },
    { "Go to www.bank.example.", "https://bank.example/x", FALSE },
    { "See https://bank.example/login today", "https://evil.example/login", TRUE },
    { "See\nhttps://bank.example/login today", "https://www.bank.example/other", FALSE },
    { "Order at shop.example today", "https://click.example/1", FALSE },
    { "e.g. this, or www. that", "https://x.example/", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s → %s", cases[i].text, cases[i].url);
      g_assert_cmpint (mos_body_link_is_deceptive (cases[i].text, cases[i].url), ==, cases[i].deceptive);
    }
}

static char *
view_text (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* Folding takes nothing away: unfolded again, it is all there, and the links still lead where they did. */
static void
test_fold (void)
{
  GtkWidget *view = g_object_ref_sink (mos_body_view_new ());
  g_autoptr (MosHtmlDocument) document = mos_html_document_new_for_text ("Yes, please: https://a.example/1\n\nOn Monday, Support wrote:\n> Shall we send a new one?\n> See https://b.example/2\n");
  g_autofree char *folded = NULL;
  g_autofree char *unfolded = NULL;
  g_autofree char *again = NULL;

  mos_body_view_set_document (MOS_BODY_VIEW (view), document);
  g_assert_true (mos_body_view_can_fold (MOS_BODY_VIEW (view)));
  folded = view_text (view);
  g_assert_nonnull (strstr (folded, "Yes, please"));
  g_assert_null (strstr (folded, "a new one"));

  mos_body_view_set_folded (MOS_BODY_VIEW (view), FALSE);
  unfolded = view_text (view);
  g_assert_true (g_str_has_prefix (unfolded, folded));
  g_assert_nonnull (strstr (unfolded, "Shall we send a new one?"));

  mos_body_view_set_folded (MOS_BODY_VIEW (view), TRUE);
  again = view_text (view);
  g_assert_cmpstr (again, ==, folded);
  g_object_unref (view);
}

static void
test_no_fold (void)
{
  GtkWidget *view = g_object_ref_sink (mos_body_view_new ());
  g_autoptr (MosHtmlDocument) document = mos_html_document_new_for_text ("Just this.");

  mos_body_view_set_document (MOS_BODY_VIEW (view), document);
  g_assert_false (mos_body_view_can_fold (MOS_BODY_VIEW (view)));
  g_object_unref (view);
}

static void
test_images (void)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 200, 0, 0, 0, 100, 8, 2, 0, 0 };
  static const guint8 bomb[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 8, 2, 0, 0 };
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>";
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 50, 0, 70, 1, 1, 0x11, 0, 0, 0, 0, 0, 0 };
  static const guint8 cut_jpeg[] = { 0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  g_autoptr (GBytes) good = g_bytes_new_static (png, sizeof png);
  g_autoptr (GBytes) huge = g_bytes_new_static (bomb, sizeof bomb);
  g_autoptr (GBytes) vector = g_bytes_new_static (svg, strlen (svg));
  g_autoptr (GBytes) photo = g_bytes_new_static (jpeg, sizeof jpeg);
  g_autoptr (GBytes) cut = g_bytes_new_static (cut_jpeg, sizeof cut_jpeg);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  int width = 0, height = 0;

  g_assert_true (mos_image_probe (good, &width, &height));
  g_assert_cmpint (width, ==, 200);
  g_assert_cmpint (height, ==, 100);
  g_assert_true (mos_image_probe (photo, &width, &height));
  g_assert_cmpint (width, ==, 70);
  g_assert_cmpint (height, ==, 50);
  g_assert_false (mos_image_probe (huge, NULL, NULL));
  g_assert_false (mos_image_probe (vector, NULL, NULL));
  g_assert_false (mos_image_probe (cut, NULL, NULL));
  g_assert_false (mos_image_probe (nothing, NULL, NULL));
}

static void
test_dangerous (void)
{
  g_assert_true (mos_attachment_is_dangerous ("invoice.exe", "application/octet-stream"));
  g_assert_true (mos_attachment_is_dangerous ("Invoice.pdf.HTML", "application/octet-stream"));
  g_assert_true (mos_attachment_is_dangerous ("a", "text/html"));
  g_assert_true (mos_attachment_is_dangerous ("logo.svg", "image/svg+xml"));
  g_assert_true (mos_attachment_is_dangerous ("run.sh", "text/plain"));
  g_assert_true (mos_attachment_is_dangerous ("x.exe ", "application/pdf"));
  g_assert_false (mos_attachment_is_dangerous ("invoice.pdf", "application/pdf"));
  g_assert_false (mos_attachment_is_dangerous ("photo.jpeg", "image/jpeg"));
  g_assert_false (mos_attachment_is_dangerous ("notes", "text/plain"));
}

static void
test_forged (void)
{
  g_autofree char *plain = mos_body_link_target ("https://shop.example/a");
  g_autofree char *forged = mos_body_link_target ("https://xn--pypal-4ve.com/login");

  g_assert_false (mos_body_link_is_forged ("https://shop.example/a"));
  g_assert_false (mos_body_link_is_forged ("mailto:ana@shop.example"));
  g_assert_true (mos_body_link_is_forged ("https://xn--pypal-4ve.com/login"));
  g_assert_true (mos_body_link_is_forged ("https://p\xd0\xb0ypal.com/"));
  g_assert_cmpstr (plain, ==, "https://shop.example/a");
  g_assert_cmpstr (forged, ==, "https://xn--pypal-4ve.com/login (p\xd0\xb0ypal.com)");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/html-buffer/text", test_text);
  g_test_add_func ("/html-buffer/table-lines", test_table_lines);
  g_test_add_func ("/html-buffer/table-columns", test_table_columns);
  g_test_add_func ("/html-buffer/links", test_links);
  g_test_add_func ("/html-buffer/deceptive-links", test_deceptive);
  g_test_add_func ("/body-view/fold", test_fold);
  g_test_add_func ("/body-view/no-fold", test_no_fold);
  g_test_add_func ("/image/probe", test_images);
  g_test_add_func ("/attachment/dangerous", test_dangerous);
  g_test_add_func ("/message-body/forged-links", test_forged);
  return g_test_run ();
}
