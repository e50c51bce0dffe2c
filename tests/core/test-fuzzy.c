/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Which names a few typed letters find, and which of them first. */
#include "config.h"

#include "core/base/mos-fuzzy.h"

#include "mos-test.h"

#include <string.h>

static double
score (const char *text,
       const char *name)
{
  g_autoptr (MosFuzzy) fuzzy = mos_fuzzy_new (text);

  return mos_fuzzy_score (fuzzy, name);
}

static void
test_finds (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    gboolean found;
  } table[] = {
    { "reply", "Reply", TRUE },
    { "REPLY", "Reply to all", TRUE },
    { "rta", "Reply to all", TRUE },
    { "rpl", "Reply", TRUE },
    { "clnx", "Close and go to next", TRUE },
    { "next close", "Close and go to next", TRUE },
    { "next shut", "Close and go to next", FALSE },
    { "xyz", "Close and go to next", FALSE },
    { "esolc", "Close", FALSE },
    { "closed", "Close", FALSE },
    { "r", "Reply", TRUE },
    { "e", "Reply", FALSE }, /* one letter from inside a word says nothing */
    { "pl", "Reply", TRUE },
    { "reop", "Go to the previous pane", FALSE }, /* begins inside a word, and has gaps */
    { "evio", "Go to the previous pane", TRUE },
    { "lnrd", "Close and very seldom", FALSE }, /* letters from all over */
    { "responder", "Responder…", TRUE },
    { "anular", "Anular la última acción", TRUE },
    { "ultima accion", "Anular la última acción", TRUE },
    { "última", "Anular la ultima accion", TRUE },
    { "grosse", "Große Maße", TRUE },
    { "lodz", "Łódź", TRUE },
    { "ØRE", "øre", TRUE },
    { "istanbul", "İstanbul", TRUE },
    { "ａｂｃ", "abc", TRUE },
    { "الرد", "الرَّدّ على الجميع", TRUE },
    { "اغلاق", "إغلاق المحادثة", TRUE },
    { "محادثه", "محـادثـة", TRUE },
    { "على", "الرد علي الجميع", TRUE },
    { "ответ", "Ответить", TRUE },
    { "返信", "全員に返信", TRUE },
    { "#1042", "1042 Where is my order?", TRUE },
    { "  close  ", "Close", TRUE },
    { "reply", "", FALSE },
    { "reply", "…", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      double got = score (table[i].text, table[i].name);

      if ((got > 0) != table[i].found)
        g_error ("“%s” in “%s”: %f", table[i].text, table[i].name, got);
    }
}

static void
test_ranking (void)
{
  static const struct
  {
    const char *text;
    const char *better;
    const char *worse;
  } table[] = {
    { "close", "Close", "Close and go to next" },
    { "close", "Close the window", "Go to Closed" },
    { "reply", "Reply", "Reply to all" },
    { "snooze", "Snooze until…", "Go to Snoozed" },
    { "tag", "Tags…", "Go to the next page" },
    { "sn", "Snooze until tomorrow", "Assign to nobody" },
    { "as", "Assign…", "Mark as spam" },
    { "all", "All open", "Install" },
    { "gc", "Go to Closed", "Big conversations" },
    { "mine", "Mine", "Determine" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      double better = score (table[i].text, table[i].better), worse = score (table[i].text, table[i].worse);

      if (better <= worse || better <= 0)
        g_error ("“%s”: “%s” %f, “%s” %f", table[i].text, table[i].better, better, table[i].worse, worse);
    }
}

static void
test_edges (void)
{
  static const char *const nothing[] = { "", " ", "…", "\xff\xfe", "#", "\xd9\x80" };
  g_autofree char *long_text = g_strnfill (100000, 'a');
  g_autofree char *long_name = g_strconcat ("close ", long_text, NULL);
  g_autofree char *eszett = g_malloc0 (2 * 300 + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (MosFuzzy) fuzzy = mos_fuzzy_new (nothing[i]);

      g_assert_true (mos_fuzzy_is_empty (fuzzy));
      g_assert_cmpfloat (mos_fuzzy_score (fuzzy, "Close"), ==, 1);
    }
  g_assert_cmpfloat (score ("Close", "CLOSE…"), ==, 1.5);
  /* Too much to be meant; and no name is longer than what is looked at. */
  g_assert_cmpfloat (score (long_text, long_text), ==, 0);
  g_assert_cmpfloat (score ("a b c d e f g h i", "a b c d e f g h i"), ==, 0);
  g_assert_cmpfloat (score ("a b c d e f g h", "h g f e d c b a"), >, 0.5);
  g_assert_cmpfloat (score ("close", long_name), >, 0.5);
  g_assert_cmpfloat (score ("c", long_name), >, 0.5);
  for (guint i = 0; i < 300; i++)
    memcpy (eszett + 2 * i, "ß", 2);
  g_assert_cmpfloat (score ("ss", eszett), >, 0.5);
  g_assert_cmpfloat (score ("clo\xff", "Close"), >, 0.5);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/fuzzy/finds", test_finds);
  g_test_add_func ("/fuzzy/ranking", test_ranking);
  g_test_add_func ("/fuzzy/edges", test_edges);
  return g_test_run ();
}
