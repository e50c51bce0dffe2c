/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-split.h"
#include "mos-test.h"

#include <string.h>

static void
test_count (void)
{
  static const struct
  {
    const char *text;
    gsize characters, bytes, utf16;
  } cases[] = {
    { "", 0, 0, 0 },
    { "abc", 3, 3, 3 },
    { "año", 3, 4, 3 },
    { "👍", 1, 4, 2 },
    { "👩‍👧", 3, 11, 5 },
    { "日本", 2, 6, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpuint (mos_split_count (cases[i].text, MOS_SPLIT_CHARACTERS), ==, cases[i].characters);
      g_assert_cmpuint (mos_split_count (cases[i].text, MOS_SPLIT_BYTES), ==, cases[i].bytes);
      g_assert_cmpuint (mos_split_count (cases[i].text, MOS_SPLIT_UTF16), ==, cases[i].utf16);
    }
}

static void
test_places (void)
{
  static const struct
  {
    const char *text;
    MosSplitUnit unit;
    gsize limit;
    const char *parts; /* with | between them */
  } cases[] = {
    { "", MOS_SPLIT_UTF16, 10, "" },
    { "short", MOS_SPLIT_UTF16, 5, "short" },
    { "One thing.\n\nAnother one is here", MOS_SPLIT_UTF16, 24, "One thing.\n\n|Another one is here" },
    { "One thing\nAnother one is here", MOS_SPLIT_UTF16, 24, "One thing\n|Another one is here" },
    /* A heading does not go alone where it would leave most of a part empty */
    { "Hi\n\nThis is one sentence. This is another one", MOS_SPLIT_UTF16, 32, "Hi\n\nThis is one sentence. |This is another one" },
    { "Is this it? Yes it is what I want", MOS_SPLIT_UTF16, 20, "Is this it? |Yes it is what I |want" },
    { "wörter ohne ende gehen hier weiter", MOS_SPLIT_CHARACTERS, 18, "wörter ohne ende |gehen hier weiter" },
    { "aaaaaaaaaaaaaaaaaaaa", MOS_SPLIT_UTF16, 8, "aaaaaaaa|aaaaaaaa|aaaa" },
    /* Never within what is one sign: a thumb of two units, a family of eleven, a flag of four, a letter and its accent */
    { "abc👍", MOS_SPLIT_UTF16, 4, "abc|👍" },
    { "abcde👨‍👩‍👧‍👦", MOS_SPLIT_UTF16, 12, "abcde|👨‍👩‍👧‍👦" },
    { "ab🇩🇪", MOS_SPLIT_UTF16, 5, "ab|🇩🇪" },
    { "abcde\xcc\x81", MOS_SPLIT_CHARACTERS, 5, "abcd|e\xcc\x81" },
    { "ab\r\ncd", MOS_SPLIT_UTF16, 4, "ab\r\n|cd" },
    /* … unless it alone is too long */
    { "👨‍👩‍👧‍👦", MOS_SPLIT_UTF16, 6, "👨‍👩‍|👧‍👦" },
    { "日本語の文章です", MOS_SPLIT_BYTES, 9, "日本語|の文章|です" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) parts = mos_split_text (cases[i].text, cases[i].unit, cases[i].limit);
      g_autofree char *joined = g_strjoinv ("|", parts);

      g_assert_cmpstr (joined, ==, cases[i].parts);
    }
}

/* Whatever is split, by whatever is counted: joined it is the text, no part is empty or too long, and what is seen as one stays one. */
static void
test_any (void)
{
  static const char *const pieces[] = {
    "word",
    " ",
    "\n",
    "\n\n",
    ". ",
    "año",
    "👍",
    "👩‍👧",
    "🇩🇪🇫🇷",
    "日本語。",
    "e\xcc\x81",
    "العربية",
    "\r\n",
    "क्षि",
    "\t",
    "한국어",
    "👍🏽",
    "loooooooooooooooong",
  };

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = (guint) g_test_rand_int_range (0, 200);
      gsize limit = (gsize) g_test_rand_int_range (40, 200);

      for (guint i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      for (MosSplitUnit unit = MOS_SPLIT_CHARACTERS; unit <= MOS_SPLIT_UTF16; unit++)
        {
          g_auto (GStrv) parts = mos_split_text (text->str, unit, limit);
          g_auto (GStrv) whole = mos_split_text (text->str, unit, 1000000);
          g_autofree char *joined = g_strjoinv ("", parts);
          gsize least = mos_split_count (text->str, unit) / limit;

          g_assert_cmpstr (joined, ==, text->str);
          g_assert_cmpuint (g_strv_length (whole), ==, text->len > 0 ? 1 : 0);
          for (gsize i = 0; parts[i] != NULL; i++)
            {
              gunichar first = g_utf8_get_char (parts[i]);

              g_assert_true (g_utf8_validate (parts[i], -1, NULL));
              g_assert_cmpuint (strlen (parts[i]), >, 0);
              g_assert_cmpuint (mos_split_count (parts[i], unit), <=, limit);
              if (i == 0)
                continue;
              /* What joins itself to what stands before it begins no part. */
              g_assert_false (g_unichar_ismark (first) || first == 0x200d || (first >= 0x1f3fb && first <= 0x1f3ff));
              g_assert_false (g_str_has_suffix (parts[i - 1], "\xe2\x80\x8d"));
              g_assert_false (first == '\n' && g_str_has_suffix (parts[i - 1], "\r"));
            }
          /* And it is not cut small. */
          g_assert_cmpuint (g_strv_length (parts), <=, least * 4 + 2);
        }
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/split/count", test_count);
  g_test_add_func ("/split/places", test_places);
  g_test_add_func ("/split/any", test_any);
  return g_test_run ();
}
