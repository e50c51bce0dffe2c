/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/mime/mos-html-document.h"
#include "core/mail/mime/mos-markup.h"
#include "mos-test.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *plain; /* %NULL: not formatted, and itself */
  const char *html;  /* (nullable): within the body */
} Case;

static const Case cases[] = {
  { "Dear Ana,\nyes.\n\nBye", NULL, "<p>Dear Ana,<br>\nyes.</p>\n<p>Bye</p>\n" },
  { "It is **very** late", "It is *very* late", "<p>It is <b>very</b> late</p>\n" },
  { "_now_, not later", "_now_, not later", "<p><i>now</i>, not later</p>\n" },
  { "**a _b_ c**", "*a _b_ c*", "<p><b>a <i>b</i> c</b></p>\n" },
  { "(**a**)", "(*a*)", "<p>(<b>a</b>)</p>\n" },
  { "这是**重点**内容", "这是*重点*内容", "<p>这是<b>重点</b>内容</p>\n" },
  /* What is no pair of marks is text. */
  { "2**3**4", NULL, "<p>2**3**4</p>\n" },
  { "snake_case_name and _x", NULL, NULL },
  { "a ** b ** c", NULL, NULL },
  { "**open", NULL, NULL },
  { "*one* / 5 * 3 * 2", NULL, NULL },
  { "__init__ and ____", NULL, NULL },
  { "**\n**", NULL, NULL },
  { "see https://x.example/a_b_c_d.", NULL, "<p>see <a href=\"https://x.example/a_b_c_d\">https://x.example/a_b_c_d</a>.</p>\n" },
  { "-- \nAna", NULL, "<p>-- <br>\nAna</p>\n" },
  { "2026. was long", NULL, NULL },
  /* Links only where a mail may have them. */
  { "[our page](https://x.example/?a=1&b=\"2)", NULL, NULL },
  { "[our page](https://x.example/?a=1&b=2)", "our page <https://x.example/?a=1&b=2>", "<p><a href=\"https://x.example/?a=1&amp;b=2\">our page</a></p>\n" },
  { "[https://x.example](https://x.example)", "https://x.example", NULL },
  { "[a@x.example](mailto:a@x.example)", "a@x.example", NULL },
  { "[x](javascript:alert(1))", NULL, "<p>[x](javascript:alert(1))</p>\n" },
  { "[x](data:text/html,hi)", NULL, NULL },
  { "[](https://x.example)", NULL, NULL },
  /* Escapes. */
  { "\\*\\*not bold\\*\\*", "**not bold**", "<p>**not bold**</p>\n" },
  { "\\- no item", "- no item", "<p>- no item</p>\n" },
  { "C:\\new", NULL, "<p>C:\\new</p>\n" },
  /* Lists and quotations. */
  { "We need:\n- a **photo**\n- the number\nThanks", "We need:\n- a *photo*\n- the number\nThanks", "<p>We need:</p>\n<ul>\n<li>a <b>photo</b></li>\n<li>the number</li>\n</ul>\n<p>Thanks</p>\n" },
  { "3. three\n4. four", "3. three\n4. four", "<ol start=\"3\">\n<li>three</li>\n<li>four</li>\n</ol>\n" },
  { "> is **it** here?\nYes", "> is **it** here?\nYes", NULL },
  /* Nothing of it is code. */
  { "**<script>alert('1')</script> & \"x\"**", "*<script>alert('1')</script> & \"x\"*", "<p><b>&lt;script&gt;alert('1')&lt;/script&gt; &amp; &quot;x&quot;</b></p>\n" },
  { "**مرحبا** بك", "*مرحبا* بك", "<p dir=\"rtl\"><b>مرحبا</b> بك</p>\n" },
};

/* "3. three" is formatted and reads the same: what counts is told apart by the second column being there. */
static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autofree char *plain = mos_markup_to_plain (c->text);
      g_autofree char *html = mos_markup_to_html (c->text, NULL, NULL);
      const char *body = strstr (html, "<body>\n") + strlen ("<body>\n");
      gboolean has_escape = strchr (c->text, '\\') != NULL && c->plain != NULL;

      g_test_message ("%s", c->text);
      g_assert_cmpstr (plain, ==, c->plain != NULL ? c->plain : c->text);
      g_assert_cmpint (mos_markup_is_formatted (c->text), ==, c->plain != NULL && !has_escape);
      if (c->html != NULL)
        {
          g_autofree char *expected = g_strconcat (c->html, "</body></html>\n", NULL);

          g_assert_cmpstr (body, ==, expected);
        }
    }
}

/* What was written without marks reads as it was written, whatever it is. */
static void
test_escape (void)
{
  static const char *const texts[] = { "**a** _b_ [c](https://x.example)", "- a\n1. b\n> c\n  - d", "12. x\n3.14", "a\\*b", "-- \nAna_B", "snake_case" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *escaped = mos_markup_escape (texts[i]);
      g_autofree char *plain = mos_markup_to_plain (escaped);

      g_assert_cmpstr (plain, ==, texts[i]);
      g_assert_false (mos_markup_is_formatted (escaped));
    }
}

static void
test_scan (void)
{
  const char *line = "- **a** [b](https://x.example)";
  g_autoptr (GArray) spans = mos_markup_scan_line (line, strlen (line));
  static const MosMarkupSpan expected[] = {
    { 0, 30, MOS_MARKUP_LIST, 0, 30 },
    { 0, 2, MOS_MARKUP_MARK, 0, 2 },
    { 2, 4, MOS_MARKUP_MARK, 2, 4 },
    { 4, 5, MOS_MARKUP_BOLD, 2, 7 },
    { 5, 7, MOS_MARKUP_MARK, 5, 7 },
    { 8, 9, MOS_MARKUP_MARK, 8, 9 },
    { 9, 10, MOS_MARKUP_LINK, 8, 30 },
    { 10, 30, MOS_MARKUP_MARK, 10, 30 },
  };

  g_assert_cmpuint (spans->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < spans->len; i++)
    {
      const MosMarkupSpan *span = &g_array_index (spans, MosMarkupSpan, i);

      g_assert_cmpuint (span->start, ==, expected[i].start);
      g_assert_cmpuint (span->end, ==, expected[i].end);
      g_assert_cmpint (span->style, ==, expected[i].style);
      g_assert_cmpuint (span->outer_start, ==, expected[i].outer_start);
      g_assert_cmpuint (span->outer_end, ==, expected[i].outer_end);
    }
}

/* A long line of marks that never close costs no square of its length; and any bytes end well. */
static void
test_hostile (void)
{
  g_autoptr (GString) open = g_string_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autofree char *html = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (open, i % 2 == 0 ? "**a " : "_b ");
  html = mos_markup_to_html (open->str, NULL, NULL);
  g_assert_nonnull (strstr (html, "**a _b **a"));
  for (guint round = 0; round < 3000; round++)
    {
      static const char *const pieces[] = { "*", "**", "_", "[", "](", ")", "https://x.example", "a", " ", "\\", "\n", "- ", "> ", "1. ", "é", "重", "<b>", "مر" };
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *plain = NULL;
      g_autofree char *document = NULL;

      for (guint i = g_rand_int_range (rand, 0, 30); i > 0; i--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      plain = mos_markup_to_plain (text->str);
      document = mos_markup_to_html (text->str, "> q\n>> r", "[#1-ff]");
      g_assert_true (g_utf8_validate (plain, -1, NULL));
      g_assert_null (strstr (document, "<b>\n<b>"));
      g_assert_true (g_str_has_suffix (document, "</body></html>\n"));
    }
}

/* Our own reader, the one for customers' HTML, sees what was meant. */
static void
test_read_back (void)
{
  g_autofree char *html = mos_markup_to_html ("**Hi** [x](https://x.example)\n- one", "On Monday, Ana wrote:\n> where?\n>> there", "[#1042-ff]");
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse (html);
  const MosHtmlBlock *first;

  g_assert_nonnull (strstr (html, "<blockquote type=\"cite\""));
  first = g_ptr_array_index (document->blocks, 0);
  g_assert_cmpstr (first->text, ==, "Hi x");
  g_assert_cmpuint (first->spans->len, ==, 2);
  g_assert_cmpint (g_array_index (first->spans, MosHtmlSpan, 0).flags, ==, MOS_HTML_SPAN_BOLD);
  g_assert_cmpstr (g_array_index (first->spans, MosHtmlSpan, 1).href, ==, "https://x.example");
  g_assert_cmpint (((MosHtmlBlock *) g_ptr_array_index (document->blocks, 1))->kind, ==, MOS_HTML_LIST_ITEM);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/markup/table", test_table);
  g_test_add_func ("/markup/escape", test_escape);
  g_test_add_func ("/markup/scan", test_scan);
  g_test_add_func ("/markup/hostile", test_hostile);
  g_test_add_func ("/markup/read-back", test_read_back);
  return g_test_run ();
}
