/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/translate/mos-translate-text.h"
#include "core/translate/mos-translator.h"
#include "mos-test.h"

#include <string.h>

/* What leaves, what stays here, and how it is put together again. */

typedef struct
{
  const char *text;
  gboolean is_marked;
  const char *units[6]; /* what is sent; up to the first NULL */
} Sent;

static const Sent sent[] = {
  { "Hello", FALSE, { "Hello" } },
  { "", FALSE, { NULL } },
  { "12,50 €\n---\n:-)", FALSE, { NULL } },
  /* Line ends, indentation and lists are not a service's to keep. */
  { "Hello,\n\n  thank you.\n", FALSE, { "Hello,", "thank you." } },
  { "- one\n- two\n12. three", TRUE, { "one", "two", "three" } },
  /* What somebody else wrote, and a signature, stay. */
  { "Yes.\n> Is it here?\n>> What?\nBye", FALSE, { "Yes.", "Bye" } },
  { "Yes.\n-- \nAna\nShop", FALSE, { "Yes." } },
  { "Yes.\n\n-- \n**Ana**", TRUE, { "Yes." } },
  { "Yes.\n\f\nThis list is private.", FALSE, { "Yes.", "This list is private." } },
  /* A mail program has wrapped it: one paragraph, one unit. */
  { "I have ordered the blue vase last week and it has not come until\nnow. Where is it?\nAna", FALSE, { "I have ordered the blue vase last week and it has not come until now. Where is it?", "Ana" } },
  { "Short\nlines\nof a poem", FALSE, { "Short", "lines", "of a poem" } },
  /* A person's own lines stay what they are. */
  { "I have ordered the blue vase last week and it has not come until\nnow.", TRUE, { "I have ordered the blue vase last week and it has not come until", "now." } },
  /* Nothing of these leaves. */
  { "See https://shop.example/a?b=1&c=2.", FALSE, { "See <code>0</code>." } },
  { "(www.shop.example)", FALSE, { NULL } },
  { "Write to ana+x@mail.example, please", FALSE, { "Write to <code>0</code>, please" } },
  { "Order #1042 or #A-17!", FALSE, { "Order <code>0</code> or <code>1</code>!" } },
  { "Parcel 1Z999AA10123456784 of WC-2026-001", FALSE, { "Parcel <code>0</code> of <code>1</code>" } },
  { "The 5 vases of 2026", FALSE, { "The 5 vases of 2026" } },
  { "Dear {{customer.first_name | there}}, hello", TRUE, { "Dear <code>0</code>, hello" } },
  { "[#1042-0123456789abcdef] hi", FALSE, { "<code>0</code> hi" } },
  { "a < b & c > d", FALSE, { "a &lt; b &amp; c &gt; d" } },
  /* Marks are told, so that the service moves them along. */
  { "It is **very** _nice_", TRUE, { "It is <b>very</b> <i>nice</i>" } },
  { "It is **very** nice", FALSE, { "It is **very** nice" } },
  { "**Order #1042**", TRUE, { "<b>Order <code>0</code></b>" } },
  { "[our page](https://shop.example/x) helps", TRUE, { "<a id=\"0\">our page</a> helps" } },
  { "2\\*3 snake_case", TRUE, { "2*3 snake_case" } },
  { "**#1042** is here", TRUE, { "<b><code>0</code></b> is here" } },
};

static void
test_sent (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sent); i++)
    {
      g_autoptr (MosTranslateText) text = mos_translate_text_new (sent[i].text, sent[i].is_marked, 4000);
      g_autofree char *joined = mos_translate_text_join (text);
      guint n = 0;

      for (; sent[i].units[n] != NULL; n++)
        {
          g_assert_cmpuint (mos_translate_text_get_n (text), >, n);
          g_assert_cmpstr (mos_translate_text_get_unit (text, n), ==, sent[i].units[n]);
        }
      g_assert_cmpuint (mos_translate_text_get_n (text), ==, n);
      /* Nothing was set: it is as it was, but for the line ends of a mail program. */
      if (strstr (sent[i].text, "until\n") == NULL || sent[i].is_marked)
        g_assert_cmpstr (joined, ==, sent[i].text);
    }
}

typedef struct
{
  const char *text;
  gboolean is_marked;
  const char *answer; /* of its one unit */
  const char *whole;  /* (nullable): %NULL = something is lost */
} Read;

static const Read reads[] = {
  { "Hello", FALSE, "Hallo", "Hallo" },
  { "  - Hello", TRUE, "Hallo", "  - Hallo" },
  { "a & b", FALSE, "a &amp; b", "a & b" },
  { "a & b", FALSE, "a & b", "a & b" },
  { "It is #1042.", FALSE, "<code>0</code> ist es.", "#1042 ist es." },
  { "It is #1042 here", FALSE, "Es ist<code>0</code>hier", "Es ist #1042 hier" },
  { "It is #1042 here", FALSE, "Es ist <code> 0 </code> hier", "Es ist #1042 hier" },
  { "#1 and #2", FALSE, "<code>1</code> und <code>0</code>", "#2 und #1" },
  /* Lost, twice, made up, broken. */
  { "It is #1042.", FALSE, "Es ist.", NULL },
  { "It is #1042.", FALSE, "<code>0</code> <code>0</code>", NULL },
  { "It is #1042.", FALSE, "<code>0</code> <code>7</code>", NULL },
  { "It is #1042.", FALSE, "<code>null</code>", NULL },
  { "It is #1042.", FALSE, "<code>0", NULL },
  { "It is **so**", TRUE, "Es ist <b>so</b>", "Es ist **so**" },
  { "It is **so**", TRUE, "Es ist<b> so </b>!", "Es ist **so** !" },
  { "It is **so**", TRUE, "Es ist <b>so", NULL },
  { "It is **so**", TRUE, "Es ist so</b>", NULL },
  { "It is **so**", TRUE, "Es ist <i>so</b>", NULL },
  { "It is **so**", TRUE, "Es ist <script>so</script>", NULL },
  { "[page](https://a.example/)", TRUE, "<a id=\"0\">Seite</a>", "[Seite](https://a.example/)" },
  { "[page](https://a.example/)", TRUE, "<a id=\"1\">Seite</a>", NULL },
  { "[page](https://a.example/)", TRUE, "<a href=\"https://evil.example/\">Seite</a>", NULL },
  /* What is a letter there must not become a mark here. */
  { "stars", TRUE, "2*3_4[5]", "2\\*3\\_4\\[5\\]" },
  { "stars", FALSE, "2*3", "2*3" },
  { "so", TRUE, "> so", "\\> so" },
  { "one line", FALSE, "zwei\nZeilen", "zwei Zeilen" },
};

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autoptr (MosTranslateText) text = mos_translate_text_new (reads[i].text, reads[i].is_marked, 4000);
      gboolean is_read;
      g_autofree char *whole = NULL;

      g_assert_cmpuint (mos_translate_text_get_n (text), ==, 1);
      is_read = mos_translate_text_set_unit (text, 0, reads[i].answer);
      whole = mos_translate_text_join (text);
      if (g_test_verbose ())
        g_test_message ("%s: %s", reads[i].answer, whole);
      g_assert_cmpstr (whole, ==, reads[i].whole != NULL ? reads[i].whole : reads[i].text);
      g_assert_true (is_read == (reads[i].whole != NULL));
    }
}

/* What a service has lost is put together without it. */
static void
test_bare (void)
{
  g_autoptr (MosTranslateText) text = mos_translate_text_new ("See **order #1042** at [our page](https://a.example/), & thanks", TRUE, 4000);
  g_auto (GStrv) bare = mos_translate_text_list_bare (text, 0);
  const char *const answers[] = { "Siehe Bestellung", "auf unserer Seite", ", &amp; danke", NULL };
  g_autofree char *whole = NULL;

  g_assert_cmpstrv (bare, ((const char *const[]) { "See order", "at our page", ", &amp; thanks", NULL }));
  mos_translate_text_set_bare (text, 0, answers);
  whole = mos_translate_text_join (text);
  g_assert_cmpstr (whole, ==, "Siehe Bestellung #1042 auf unserer Seite <https://a.example/>, & danke");
}

/* Longer than a unit may be: at sentences, and nothing is lost. */
static void
test_long (void)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (MosTranslateText) text = NULL;
  g_autofree char *joined = NULL;

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (words, "This is sentence number %u of a long letter. ", i);
  text = mos_translate_text_new (words->str, FALSE, 200);
  g_assert_cmpuint (mos_translate_text_get_n (text), >, 10);
  for (guint i = 0; i < mos_translate_text_get_n (text); i++)
    {
      const char *unit = mos_translate_text_get_unit (text, i);

      g_assert_cmpuint (strlen (unit), <=, 200);
      g_assert_true (g_str_has_prefix (unit, "This is sentence"));
      g_assert_true (g_str_has_suffix (unit, "letter."));
      g_assert_true (mos_translate_text_set_unit (text, i, unit));
    }
  joined = mos_translate_text_join (text);
  g_assert_cmpstr (joined, ==, words->str);
}

static void
assert_same_words (const char *one,
                   const char *other)
{
  g_auto (GStrv) words = g_strsplit_set (one, " \n", -1);
  g_auto (GStrv) others = g_strsplit_set (other, " \n", -1);
  g_autofree char *all = g_strjoinv ("", words);
  g_autofree char *wanted = g_strjoinv ("", others);

  g_assert_cmpstr (all, ==, wanted);
}

/* Whatever strangers write, it comes back as it was. */
static void
test_any (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  static const char *const bits[] = { "a", " ", "\n", "**", "_", "[x](https://a.example)", "#1", "<b>", "</code>", "&", "{{", "}}", "> ", "- ", "-- ", "é", "語", "\\", "\t", "@", "www.x", "AB-123456" };

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) any = g_string_new (NULL);
      g_autofree char *joined = NULL;
      g_autoptr (MosTranslateText) text = NULL;

      for (gint32 n = g_rand_int_range (random, 0, 20); n > 0; n--)
        g_string_append (any, bits[g_rand_int_range (random, 0, G_N_ELEMENTS (bits))]);
      text = mos_translate_text_new (any->str, round % 2 == 0, 20);
      joined = mos_translate_text_join (text);
      if (round % 2 == 0)
        g_assert_cmpstr (joined, ==, any->str);
      else
        assert_same_words (joined, any->str);
      for (guint i = 0; i < mos_translate_text_get_n (text); i++)
        {
          g_auto (GStrv) bare = mos_translate_text_list_bare (text, i);

          /* A service that changes nothing is read. */
          if (!mos_translate_text_set_unit (text, i, mos_translate_text_get_unit (text, i)))
            g_error ("Not read: %s", mos_translate_text_get_unit (text, i));
          g_assert_nonnull (bare[0]);
        }
    }
}

static void
test_languages (void)
{
  static const char *const deepl[] = { "DE", "EN-GB", "EN-US", "NB", "PT-BR", "PT-PT", "ZH", "ZH-HANS", "ZH-HANT", "ES", "ES-419", NULL };
  static const char *const libre[] = { "de", "en", "pt", "pt-BR", "zh-Hans", "nb", NULL };
  static const struct
  {
    const char *code;
    const char *deepl;
    const char *libre;
  } rows[] = {
    { "de", "DE", "de" },
    { "de_AT.UTF-8", "DE", "de" },
    { "en", "EN-GB", "en" },
    { "en_US", "EN-US", "en" },
    { "pt", "PT-BR", "pt" },
    { "pt_BR", "PT-BR", "pt-BR" },
    { "pt_PT", "PT-PT", "pt-BR" },
    { "zh", "ZH", "zh-Hans" },
    { "zh-hant", "ZH-HANT", "zh-Hans" },
    { "no", "NB", "nb" },
    { "nb", "NB", "nb" },
    { "es_MX", "ES", NULL },
    { "eu", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpstr (mos_translate_language_match (deepl, rows[i].code), ==, rows[i].deepl);
      g_assert_cmpstr (mos_translate_language_match (libre, rows[i].code), ==, rows[i].libre);
    }
  g_assert_true (mos_translate_language_is_same ("pt_BR", "PT"));
  g_assert_true (mos_translate_language_is_same ("nb", "no"));
  g_assert_false (mos_translate_language_is_same ("de", "en"));
  g_assert_false (mos_translate_language_is_same ("", ""));
  g_assert_false (mos_translate_language_is_same (NULL, "de"));
}

int
main (int argc, char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/translate/text/sent", test_sent);
  g_test_add_func ("/translate/text/read", test_read);
  g_test_add_func ("/translate/text/bare", test_bare);
  g_test_add_func ("/translate/text/long", test_long);
  g_test_add_func ("/translate/text/any", test_any);
  g_test_add_func ("/translate/languages", test_languages);
  return g_test_run ();
}
