/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/mime/mos-html-document.h"
#include "core/mail/mime/mos-mime.h"
#include "mos-test.h"

#include <locale.h>
#include <string.h>

static MosHtmlBlock *
block (MosHtmlDocument *document,
       guint i)
{
  g_assert_cmpuint (i, <, document->blocks->len);
  return g_ptr_array_index (document->blocks, i);
}

static void
assert_text (const char *html,
             const char *text)
{
  g_autofree char *got = mos_html_to_text (html);

  g_assert_cmpstr (g_strchomp (got), ==, text);
}

static void
test_text (void)
{
  assert_text ("", "");
  assert_text ("plain words", "plain words");
  assert_text ("<p>One\n  two</p><p>three</p>", "One two\n\nthree");
  assert_text ("<p>a<br>b<br/>c</p>", "a\nb\nc");
  assert_text ("<div>a</div><div>b</div><div><br></div><div>c</div>", "a\nb\n\nc");
  assert_text ("a<br><br>b", "a\n\nb");
  assert_text ("<b>bold </b>and <i> it</i>", "bold and it");
  assert_text ("x &amp; y &lt; &eacute;&nbsp;z", "x & y < é z");
  assert_text ("<ul><li>one</li><li>two<ol><li>a<li>b</ol></li></ul>", "- one\n- two\n  1. a\n  2. b");
  assert_text ("<a href='https://x.test/a'>here</a>", "here <https://x.test/a>");
  assert_text ("<a href='https://x.test/'>x.test</a>", "x.test");
  assert_text ("<a href='mailto:a@x.test'>a@x.test</a>", "a@x.test");
  assert_text ("<a href='https://x.test/a'>the <b>big</b> thing</a> now", "the big thing <https://x.test/a> now");
  assert_text ("<blockquote>q1<blockquote>q2</blockquote></blockquote>own", "> q1\n>\n>> q2\n\nown");
  assert_text ("<style>p{color:red}</style><script>alert(1)</script><p>x</p>", "x");
  assert_text ("<div style='display:none'>preheader</div><p>x</p><span style=\"mso-hide:all\">no</span>", "x");
  assert_text ("<div style='font-size:0px;max-height:0;overflow:hidden'>pre<div>inner</div></div>y", "y");
  assert_text ("<table><tr><td>Lamp</td><td>2</td><td>19.99</td></tr><tr><td>Sum</td><td></td><td>39.98</td></tr></table>", "Lamp\t2\t19.99\nSum\t\t39.98");
  assert_text ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "a\n\nb\n\nc");
  assert_text ("<pre>a  b\n  c</pre>", "a  b\n  c");
  assert_text ("<h1>T</h1><hr>x", "T\n\n----------\nx");
  assert_text ("<img src='cid:1' alt='a lamp'>", "[a lamp]");
}

static void
test_spans (void)
{
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse ("<p>a <b>bold <i>both</i></b> <a href=' HTTPS://x.test/q?a=1&amp;b=2 '>link</a><code>c</code></p>");
  MosHtmlBlock *p = block (document, 0);
  const MosHtmlSpan *spans = (const MosHtmlSpan *) (void *) p->spans->data;

  g_assert_cmpstr (p->text, ==, "a bold both linkc");
  g_assert_cmpuint (p->spans->len, ==, 4);
  g_assert_cmpuint (spans[0].flags, ==, MOS_HTML_SPAN_BOLD);
  g_assert_cmpuint (spans[0].start, ==, 2);
  g_assert_cmpuint (spans[1].flags, ==, MOS_HTML_SPAN_BOLD | MOS_HTML_SPAN_ITALIC);
  g_assert_cmpstr (spans[2].href, ==, "https://x.test/q?a=1&b=2");
  g_assert_cmpuint (spans[3].flags, ==, MOS_HTML_SPAN_CODE);
}

static void
test_harmless (void)
{
  static const char *const hostile[] = {
    "<a href='javascript:alert(1)'>x</a>", "<a href=' java\nscript:alert(1)'>x</a>", "<a href='data:text/html,x'>x</a>", "<a href='file:///etc/passwd'>x</a>",
    "<a href='vbscript:x'>x</a>", "<a href='http:evil'>x</a>", "<a href='//evil.test/'>x</a>", "<a href='\x01javascript:1'>x</a>"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (MosHtmlDocument) document = mos_html_document_parse (hostile[i]);

      g_assert_cmpuint (document->blocks->len, ==, 1);
      g_assert_cmpstr (block (document, 0)->text, ==, "x");
      g_assert_cmpuint (block (document, 0)->spans->len, ==, 0);
    }
  {
    g_autoptr (MosHtmlDocument) document = mos_html_document_parse ("<iframe src='https://x.test'>f</iframe><object data='x'>o</object><svg><text>s</text></svg><form>F<input value=v><textarea>t</textarea></form>");

    g_assert_cmpuint (document->blocks->len, ==, 1);
    g_assert_cmpstr (block (document, 0)->text, ==, "F");
  }
}

static void
test_images (void)
{
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse (
      "<p>a<img src='cid:one%40x' alt='One' width=10 height=20>b<img src='https://x.test/p.gif' width=1 height=1><img src='https://x.test/i.png' style='width:50px'>"
      "<img src='data:image/png;base64,QUJD'><img src='data:image/svg+xml;base64,QUJD'><img src='file:///x'></p>");
  MosHtmlImage *image;

  g_assert_cmpuint (document->images->len, ==, 4);
  image = g_ptr_array_index (document->images, 0);
  g_assert_cmpstr (image->cid, ==, "one@x");
  g_assert_cmpstr (image->alt, ==, "One");
  g_assert_cmpint (image->width, ==, 10);
  g_assert_cmpint (image->height, ==, 20);
  image = g_ptr_array_index (document->images, 1);
  g_assert_true (image->is_tracker);
  image = g_ptr_array_index (document->images, 2);
  g_assert_false (image->is_tracker);
  g_assert_cmpint (image->width, ==, 50);
  image = g_ptr_array_index (document->images, 3);
  g_assert_cmpstr (image->type, ==, "image/png");
  g_assert_cmpuint (g_bytes_get_size (image->data), ==, 3);
  g_assert_cmpuint (document->n_remote, ==, 2);
  g_assert_cmpstr (block (document, 0)->text, ==, "a\357\277\274b\357\277\274\357\277\274");
  g_assert_cmpuint (block (document, 0)->spans->len, ==, 3);
}

static void
test_fold (void)
{
  static const struct
  {
    const char *html;
    const char *shown;
  } cases[] = {
    { "<div dir=ltr>Thanks</div><br><div class='gmail_quote'><div class='gmail_attr'>On Mon, 2 Mar 2026 at 10:15, Shop wrote:<br></div><blockquote class='gmail_quote'>old</blockquote></div>", "Thanks" },
    { "<div>Thanks</div><div id='appendonsend'></div><hr><div id='divRplyFwdMsg'><b>From:</b> Shop</div><div>old</div>", "Thanks" },
    { "<p>Thanks</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>From:</b> Shop</p></div><p>old</p>", "Thanks" },
    { "<p>Thanks</p><div class='moz-cite-prefix'>Am 02.03.26 um 10:15 schrieb Shop:</div><blockquote type='cite'>old</blockquote>", "Thanks" },
    { "<p>Thanks</p><div class='yahoo_quoted' id='yahoo_quoted_1'>old</div>", "Thanks" },
    { "<p>Thanks</p><div class='protonmail_quote'>old</div>", "Thanks" },
    { "<p>Thanks</p><span id='OLK_SRC_BODY_SECTION'><div>old</div></span>", "Thanks" },
    { "<p>Thanks</p><div class='OutlookMessageHeader'>From: x</div><p>old</p>", "Thanks" },
    { "<p>Thanks</p><div>On 2 Mar 2026, at 10:15, Shop &lt;s@shop.test&gt; wrote:</div><blockquote type='cite'>old</blockquote>", "Thanks" },
    { "<p>Thanks</p><div class='gmail_signature'>Ana</div>", "Thanks" },
    { "<div>Thanks</div><div id='mail-editor-reference-message-container'><div>old</div></div>", "Thanks" },
    { "<div>Thanks</div><div class='ms-outlook-mobile-reference-message skipProofing'>From: x</div><p>old</p>", "Thanks" },
    { "<div>Thanks</div><div name='quote' style='margin:10px 5px'>old</div>", "Thanks" },
    { "<div>谢谢</div><div><br></div><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div>发件人: x</div><div>old</div>", "谢谢" },
    { "<p>Thanks</p><p>On 2 Mar 2026, at 10:15, Shop &lt;s@shop.test&gt; wrote:</p><blockquote type='cite'>old</blockquote><p>[#60-204113eb13b8380b]</p>", "Thanks" },
    { "<p>Thanks</p><p>[#60-204113eb13b8380b]</p>", "Thanks\n\n[#60-204113eb13b8380b]" },
    { "<p>Thanks</p><blockquote type='cite'>old</blockquote><p>[#60-2041] and more</p>", "Thanks\n\n> old\n\n[#60-2041] and more" },
    /* answers between quotations are shown with them; a forwarded mail alone is shown */
    { "<blockquote type=cite>q1</blockquote><p>a1</p><blockquote type=cite>q2</blockquote>", "> q1\n\na1" },
    { "<div class='gmail_quote'>all of it</div>", "all of it" },
    { "<p>x</p><hr>", "x\n\n----------" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosHtmlDocument) document = mos_html_document_parse (cases[i].html);
      g_autofree char *shown = mos_html_document_to_text (document, document->fold_from);

      g_strchomp (shown);
      if (i == G_N_ELEMENTS (cases) - 1)
        g_assert_true (g_str_has_prefix (shown, "x"));
      else
        g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_plain (void)
{
  g_autoptr (MosHtmlDocument) document = mos_html_document_new_for_text (
      "See https://x.test/a_(b). Or www.y.test, or me@z.test!\n\nOn Mon, 2 Mar 2026 at 10:15, Shop <s@shop.test> wrote:\n> old\n>> older\n");
  const MosHtmlSpan *spans = (const MosHtmlSpan *) (void *) block (document, 0)->spans->data;

  g_assert_cmpuint (block (document, 0)->spans->len, ==, 3);
  g_assert_cmpstr (spans[0].href, ==, "https://x.test/a_(b)");
  g_assert_cmpstr (spans[1].href, ==, "https://www.y.test");
  g_assert_cmpstr (spans[2].href, ==, "mailto:me@z.test");
  g_assert_cmpuint (document->fold_from, ==, 1);
  g_assert_cmpuint (document->blocks->len, ==, 4);
  g_assert_cmpuint (block (document, 3)->quote_depth, ==, 2);
}

/* Places and telephone numbers, as chats bring them */
static void
test_plain_places (void)
{
  static const struct
  {
    const char *text;
    const char *links; /* "what is shown>where it leads", parted by spaces */
  } table[] = {
    { "We are here:\ngeo:36.721300,-4.421400", "geo:36.721300,-4.421400>geo:36.721300,-4.421400" },
    { "Call +49 (30) 901-820 or +34600111222.", "+49 (30) 901-820>tel:+4930901820 +34600111222>tel:+34600111222" },
    { "اتصل ‎+20 2 1234 5678 غدا", "+20 2 1234 5678>tel:+20212345678" },
    /* These are none. */
    { "geo:99 geo:a,b Ageo:1,2", "" },
    { "Order 1042+3, 030 901820, +1 2, 4+49301234567, ++4930901820", "" },
    { "+491701234567@sms.example", "+491701234567@sms.example>mailto:+491701234567@sms.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosHtmlDocument) document = mos_html_document_new_for_text (table[i].text);
      g_autoptr (GString) links = g_string_new (NULL);

      for (guint b = 0; b < document->blocks->len; b++)
        for (guint s = 0; s < block (document, b)->spans->len; s++)
          {
            const MosHtmlSpan *span = &g_array_index (block (document, b)->spans, MosHtmlSpan, s);
            g_autofree char *shown = g_strndup (block (document, b)->text + span->start, span->end - span->start);

            g_string_append_printf (links, "%s%s>%s", links->len > 0 ? " " : "", shown, span->href);
          }
      g_assert_cmpstr (links->str, ==, table[i].links);
    }
}

static void
check_sound (MosHtmlDocument *document)
{
  g_assert_cmpuint (document->fold_from, <=, document->blocks->len);
  for (guint i = 0; i < document->blocks->len; i++)
    {
      MosHtmlBlock *b = block (document, i);
      guint at = 0;

      g_assert_true (g_utf8_validate (b->text, -1, NULL));
      for (guint j = 0; j < b->spans->len; j++)
        {
          MosHtmlSpan *span = &g_array_index (b->spans, MosHtmlSpan, j);

          g_assert_cmpuint (span->start, >=, at);
          g_assert_cmpuint (span->start, <, span->end);
          g_assert_cmpuint (span->end, <=, strlen (b->text));
          g_assert_true (((guchar) b->text[span->start] & 0xc0) != 0x80);
          g_assert_true (((guchar) b->text[span->end] & 0xc0) != 0x80);
          g_assert_cmpint (span->image, <, (int) document->images->len);
          at = span->end;
        }
    }
}

static void
test_hostile_sizes (void)
{
  g_autoptr (GString) html = g_string_new (NULL);

  for (int i = 0; i < 20000; i++)
    g_string_append (html, "<div><blockquote>");
  g_string_append (html, "deep");
  {
    g_autoptr (MosHtmlDocument) document = mos_html_document_parse (html->str);

    check_sound (document);
    g_assert_cmpstr (block (document, 0)->text, ==, "deep");
  }
  g_string_truncate (html, 0);
  for (int i = 0; i < 300000; i++)
    g_string_append (html, "<p>x");
  {
    g_autoptr (MosHtmlDocument) document = mos_html_document_parse (html->str);

    g_assert_true (document->is_truncated);
    check_sound (document);
  }
}

static void
test_mutations (void)
{
  static const char *const pieces[] = {
    "<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "<a href='https://x.test'>", "</a>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>",
    "<blockquote>", "</blockquote>", "<img src='https://x.test/a'>", "<img src=cid:x alt=é>", "<pre>", "</pre>", "<h2>", "</h2>", " ", "\n", "&nbsp;", "é", "日本", "word", "<hr>", "<div style='display:none'>",
    "<span dir=rtl>", "</span>", "<!--", "-->", "<", "&", "<div class=gmail_quote>", "\xff", "<i style='font-weight:bold'>", "</i>"
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint round = 0; round < mos_test_rounds (3000); round++)
    {
      g_autoptr (GString) html = g_string_new (NULL);
      g_autoptr (MosHtmlDocument) document = NULL;
      g_autofree char *text = NULL;
      int n = g_rand_int_range (rand, 1, 40);

      for (int i = 0; i < n; i++)
        g_string_append (html, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      document = mos_html_document_parse (html->str);
      check_sound (document);
      text = mos_html_document_to_text (document, document->blocks->len);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/html/text", test_text);
  g_test_add_func ("/mime/html/spans", test_spans);
  g_test_add_func ("/mime/html/harmless", test_harmless);
  g_test_add_func ("/mime/html/images", test_images);
  g_test_add_func ("/mime/html/fold", test_fold);
  g_test_add_func ("/mime/html/plain", test_plain);
  g_test_add_func ("/mime/html/plain-places", test_plain_places);
  g_test_add_func ("/mime/html/hostile-sizes", test_hostile_sizes);
  g_test_add_func ("/mime/html/mutations", test_mutations);
  return g_test_run ();
}
