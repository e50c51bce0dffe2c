/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/store/mos-tokenizer.h"
#include "mos-test.h"
#include "store-fixture.h"

#include <string.h>

/* The words of a text, as the index and a query see them (behaviour.md §2.10). */

static gboolean
collect_cb (const char *token,
            gsize len,
            gsize start,
            gsize end,
            gpointer data)
{
  GString *out = data;

  if (out->len > 0)
    g_string_append_c (out, '|');
  g_string_append_len (out, token, (gssize) len);
  return TRUE;
}

static void
test_table (void)
{
  static const struct
  {
    const char *text;
    const char *document;
    const char *query; /* NULL = the same */
  } cases[] = {
    { "Hello, World!", "hello|world", NULL },
    { "Crème brûlée", "creme|brulee", NULL },
    { "Straße STRASSE", "strasse|strasse", NULL },
    { "Łódź łódź", "lodz|lodz", NULL },
    { "smørrebrød Ærø", "smorrebrod|aero", NULL },
    { "İstanbul ISTANBUL ıstanbul istanbul", "istanbul|istanbul|istanbul|istanbul", NULL },
    { "ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ|σισυφοσ", NULL },
    { "Ёлка елка", "елка|елка", NULL },
    { "ﬁne ＡＢＣ", "fine|abc", NULL },
    { "AB-1203", "ab|1203", NULL },
    { "ab1203", "ab|1203", NULL },
    { "#1042", "1042", NULL },
    { "ana.garcia@example.com", "ana|garcia|example|com", NULL },
    { "日本語", "日本|本語|語", "日本|本語" },
    { "日本", "日本|本", "日本" },
    { "語", "語", "語" },
    { "注文番号12345です", "注文|文番|番号|号|12345|です|す", "注文|文番|番号|12345|です" },
    { "한국어", "한국|국어|어", "한국|국어" },
    { "がか", "がか|か", "がか" },
    { "ｶﾀｶﾅ", "カタ|タカ|カナ|ナ", "カタ|タカ|カナ" },
    { "مُحَمَّد محمد", "محمد|محمد", NULL },
    { "שָׁלוֹם שלום", "שלום|שלום", NULL },
    { "सुख", "सुख", NULL },
    { "ที่นี่", "ที่นี่", NULL },
    { "٣٤٥", "345", NULL },
    { "soft\xc2\xadhyphen", "softhyphen", NULL },
    { "don't", "don|t", NULL },
    { "x\xffy", "x|y", NULL },
    { "🎉 !!! ---", "", NULL },
    { "", "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) document = g_string_new (NULL);
      g_autoptr (GString) query = g_string_new (NULL);

      mos_tokenize (cases[i].text, strlen (cases[i].text), FALSE, collect_cb, document);
      g_assert_cmpstr (document->str, ==, cases[i].document);
      mos_tokenize (cases[i].text, strlen (cases[i].text), TRUE, collect_cb, query);
      g_assert_cmpstr (query->str, ==, cases[i].query != NULL ? cases[i].query : cases[i].document);
    }
}

typedef struct
{
  const char *text;
  gsize len;
  gsize last;
} Bounds;

static gboolean
bounds_cb (const char *token,
           gsize len,
           gsize start,
           gsize end,
           gpointer data)
{
  Bounds *bounds = data;

  g_assert_cmpuint (len, >, 0);
  g_assert_cmpuint (start, <, end);
  g_assert_cmpuint (end, <=, bounds->len);
  g_assert_cmpuint (start, >=, bounds->last);
  g_assert_true (g_utf8_validate (token, (gssize) len, NULL));
  bounds->last = start;
  return TRUE;
}

/* Any bytes: tokens are valid, inside the text, in order; and folding what is folded changes nothing. */
static void
test_property (void)
{
  static const char *const pieces[] = { "a", "É", "ß", "1", "-", " ", "日", "ガ", "한", "\xff", "\xe3\x81", "\xcc\x81", "İ", "م", "\xd9\x91", "\xc2\xad", "ﬃ", "👍", "\n", "'" };

  for (guint round = 0; round < mos_test_rounds (5000); round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      int n = g_test_rand_int_range (0, 40);

      for (int i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      for (int is_query = 0; is_query < 2; is_query++)
        {
          /* An exact copy on the heap, so that a read past its end is seen. */
          g_autofree char *copy = g_memdup2 (text->str, text->len);
          Bounds bounds = { copy, text->len, 0 };

          if (text->len > 0)
            mos_tokenize (copy, text->len, is_query, bounds_cb, &bounds);
        }
    }
}

static void
append_both (GString *text,
             GString *wide,
             char c)
{
  g_string_append_c (text, c);
  if (c > 0x20 && c < 0x7f)
    g_string_append_unichar (wide, (gunichar) c - 0x21 + 0xff01);
  else
    g_string_append_c (wide, c);
}

/* ASCII, which has a way of its own, gives the words that the same characters in full width give. */
static void
test_ascii (void)
{
  for (guint round = 0; round < mos_test_rounds (2000); round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) wide = g_string_new (NULL);

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        {
          /* Letters and digits together: 13 are 39 bytes, 41 are too many, in either width; what is between parts in one alone. */
          gboolean is_long = g_test_rand_int_range (0, 6) == 0;

          for (int m = is_long ? g_test_rand_int_range (41, 80) : g_test_rand_int_range (0, 14); m > 0; m--)
            {
              char c;

              do
                c = (char) g_test_rand_int_range ('0', 'z' + 1);
              while (!g_ascii_isalnum (c));
              append_both (text, wide, c);
            }
          for (int m = g_test_rand_int_range (1, 4); m > 0; m--)
            {
              char c;

              do
                c = (char) g_test_rand_int_range (1, 0x80);
              while (g_ascii_isalnum (c));
              append_both (text, wide, c);
            }
        }
      for (int is_query = 0; is_query < 2; is_query++)
        {
          g_autoptr (GString) fast = g_string_new (NULL);
          g_autoptr (GString) slow = g_string_new (NULL);

          mos_tokenize (text->str, text->len, is_query, collect_cb, fast);
          mos_tokenize (wide->str, wide->len, is_query, collect_cb, slow);
          g_assert_cmpstr (fast->str, ==, slow->str);
        }
    }
}

/* --- search --- */

static const struct
{
  const char *id;
  const char *text;
} documents[] = {
  { "d1", "Bonjour, ma commande AB-1203 n'est pas arrivée à Besançon." },
  { "d2", "Guten Tag, die Straße ist falsch. Grüße aus Köln" },
  { "d3", "注文番号の確認をお願いします。日本から" },
  { "d4", "The order 1203 was late, the parcel is broken" },
  { "d5", "Łukasz pisze o zwrocie; smørrebrød" },
};

static gboolean
search_fill (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Fixture *f = data;

  fixture_account (txn, f);
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autofree char *conversation = fixture_conversation (txn, f, "A subject");

      fixture_message (txn, f, conversation, documents[i].id, MOS_DIRECTION_INCOMING, (gint64) (1000 - i) * S, documents[i].text);
    }
  return TRUE;
}

static gboolean
search_read (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  static const struct
  {
    const char *query;
    const char *hits; /* newest first */
  } cases[] = {
    { "arrivee", "d1" },
    { "ARRIVÉE", "d1" },
    { "ab-1203", "d1" },
    { "AB1203", "d1" },
    { "1203", "d1 d4" },
    { "strasse", "d2" },
    { "grusse koln", "d2" },
    { "番号", "d3" },
    { "日", "d3" },
    { "本", "d3" },
    { "確認をお", "d3" },
    { "lukasz", "d5" },
    { "smorrebrod", "d5" },
    { "par*", "d4" },
    { "parc", "" },
    { "\"order 1203\"", "d4" },
    { "\"1203 order\"", "" },
    { "order AND broken", "d4" },
    { "garcia", "d1 d2 d3 d4 d5" },
    { "ana@example.com late", "d4" },
    { "\"", "" },
    { "\"broken", "d4" },
    { "OR NOT ( ) * NEAR(", "" },
    { "body:order", "" },
    { "", "" },
    { "-", "" },
    { "\xff\xfe", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) hits = mos_store_search (txn, cases[i].query, 0, TRUE, error);
      g_autoptr (GString) found = g_string_new (NULL);

      g_assert_nonnull (hits);
      for (guint h = 0; h < hits->len; h++)
        {
          MosSearchHit *hit = hits->pdata[h];

          g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", hit->message);
          g_assert_true (g_utf8_validate (hit->snippet, -1, NULL));
        }
      if (g_strcmp0 (found->str, cases[i].hits) != 0)
        g_test_message ("query: %s", cases[i].query);
      g_assert_cmpstr (found->str, ==, cases[i].hits);
    }
  {
    g_autoptr (GPtrArray) hits = mos_store_search (txn, "strasse", 0, TRUE, error);

    g_assert_cmpstr (((MosSearchHit *) hits->pdata[0])->snippet, ==, "Guten Tag, die \x02Straße\x03 ist falsch. Grüße aus Köln");
  }
  /* A number is the conversation's before it is a word. */
  {
    g_autoptr (GPtrArray) hits = mos_store_search (txn, "#3", 0, FALSE, error);

    g_assert_cmpuint (hits->len, ==, 1);
    g_assert_cmpstr (((MosSearchHit *) hits->pdata[0])->message, ==, "d3");
  }
  return TRUE;
}

static gboolean
search_noise (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  static const char *const pieces[] = { "\"", "*", "(", ")", "AND", "OR", "NOT", " ", "order", "+", "-", "^", ":", "{", "}", "NEAR", "日", "é", "\\", "'", ";", "\xff", "1" };
  g_autofree char *huge = g_strnfill (5000, '"');
  g_autofree char *words = g_strnfill (200000, 'a');
  g_autoptr (GPtrArray) a = mos_store_search (txn, huge, 0, TRUE, error);
  g_autoptr (GPtrArray) b = mos_store_search (txn, words, 0, TRUE, error);

  g_assert_nonnull (a);
  g_assert_nonnull (b);
  for (guint round = 0; round < mos_test_rounds (400); round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) hits = NULL;
      int n = g_test_rand_int_range (0, 30);

      for (int i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      hits = mos_store_search (txn, text->str, 0, TRUE, error);
      if (hits == NULL)
        g_test_message ("query: %s", text->str);
      g_assert_nonnull (hits);
    }
  return TRUE;
}

static gboolean
search_rebuild (MosTxn *txn,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  return mos_store_search_rebuild (txn, error);
}

static void
test_search (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, search_fill);
  fixture_read (f, search_read);
  fixture_read (f, search_noise);
  fixture_write (f, NULL, search_rebuild);
  fixture_read (f, search_read);
  fixture_check (f);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/tokenizer/table", test_table);
  g_test_add_func ("/store/tokenizer/property", test_property);
  g_test_add_func ("/store/tokenizer/ascii", test_ascii);
  g_test_add_func ("/store/search", test_search);

  return g_test_run ();
}
