/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/values/mos-query.h"
#include "mos-test.h"

#include <string.h>

/* The language of queries (mos-query.h). */

static MosQueryNames *
spanish (void)
{
  MosQueryNames *names = mos_query_names_new ();

  g_assert_true (mos_query_names_add (names, MOS_QUERY_FROM, "de"));
  g_assert_true (mos_query_names_add (names, MOS_QUERY_NUMBER, "número"));
  g_assert_true (mos_query_names_add (names, MOS_QUERY_STATUS, "estado"));
  g_assert_true (mos_query_names_add (names, MOS_QUERY_ON, "día"));
  g_assert_true (mos_query_names_add (names, MOS_QUERY_SUBJECT, "موضوع"));
  g_assert_true (mos_query_names_add_value (names, MOS_QUERY_STATUS, "open", "abierta"));
  g_assert_true (mos_query_names_add_value (names, MOS_QUERY_ON, "today", "hoy"));
  g_assert_true (mos_query_names_add_value (names, MOS_QUERY_LANG, "es", "español"));
  g_assert_true (mos_query_names_add_value (names, MOS_QUERY_ASSIGNEE, "me", "yo"));
  return names;
}

static const struct
{
  const char *text;
  const char *canonical;
} cases[] = {
  /* words */
  { "", "" },
  { "   \t\n ", "" },
  { "parcel", "parcel" },
  { "  late   parcel ", "late parcel" },
  { "late AND parcel", "late parcel" },
  { "late and parcel", "late and parcel" },
  { "Crème brûlée", "Crème brûlée" },
  { "日本 注文", "日本 注文" },
  { "late\xe3\x80\x80parcel", "late parcel" },
  { "AB-1203", "AB-1203" },
  { "#1042", "#1042" },
  { "ana@example.com", "ana@example.com" },
  { "12:30", "12:30" },
  { "don't", "don't" },
  { "!!!", "!!!" },
  /* beginnings */
  { "par*", "par*" },
  { "par**", "par*" },
  { "*", "" },
  { "*par", "*par" },
  { "p*r", "p*r" },
  /* phrases */
  { "\"green one\"", "\"green one\"" },
  { "\"green\"", "green" },
  { "\"  green \n  one \"", "\"green one\"" },
  { "\"green on\"*", "\"green on\"*" },
  { "\"green*\"", "\"green*\"" },
  { "\"\"", "" },
  { "\"", "" },
  { "\"never closed", "\"never closed\"" },
  { "a\"b c\"d", "a \"b c\" d" },
  { "\"OR\"", "\"OR\"" },
  { "\"AND\"", "\"AND\"" },
  { "\"from:ana\"", "\"from:ana\"" },
  { "\"-a\"", "\"-a\"" },
  { "\"(a)\"", "\"(a)\"" },
  /* not */
  { "-late", "-late" },
  { "--late", "late" },
  { "---late", "-late" },
  { "a - b", "a b" },
  { "-", "" },
  { "a -", "a" },
  { "-\"green one\"", "-\"green one\"" },
  { "-(a b)", "-(a b)" },
  { "-(a)", "-a" },
  { "-(-a)", "a" },
  { "-()", "" },
  { "well-known", "well-known" },
  { "a -OR b", "a -\"OR\" b" },
  /* or */
  { "a OR b", "a OR b" },
  { "a or b", "a or b" },
  { "a b OR c", "a (b OR c)" },
  { "a OR b c", "(a OR b) c" },
  { "a OR b OR c", "a OR b OR c" },
  { "a OR (b OR c)", "a OR b OR c" },
  { "a OR (b c)", "a OR (b c)" },
  { "a OR -b", "a OR -b" },
  { "OR", "" },
  { "OR a", "a" },
  { "a OR", "a" },
  { "a OR OR b", "a OR b" },
  { "a OR AND b", "a OR b" },
  { "a AND OR b", "a b" },
  { "a OR ()", "a" },
  { "ORDER", "ORDER" },
  { "OR(a)", "a" },
  { "a OR(b)", "a OR b" },
  /* parentheses */
  { "(a)", "a" },
  { "((a))", "a" },
  { "(a b) c", "a b c" },
  { "(a", "a" },
  { "a)", "a" },
  { ")a(", "a" },
  { "()", "" },
  { "(((", "" },
  { "a(b)c", "a b c" },
  { "(a OR b) (c OR d)", "(a OR b) (c OR d)" },
  { "-(a OR b)", "-(a OR b)" },
  /* operators */
  { "from:ana", "from:ana" },
  { "FROM:Ana", "from:Ana" },
  { "from:\"Ana García\"", "from:\"Ana García\"" },
  { "from:ana*", "from:ana*" },
  { "from:ana to:bea", "from:ana to:bea" },
  { "-from:ana", "-from:ana" },
  { "from:ana@example.com", "from:ana@example.com" },
  { "from:(ana OR bea)", "from:ana OR from:bea" },
  { "subject:(late -parcel)", "subject:late -subject:parcel" },
  { "from:(ana subject:late)", "from:ana subject:late" },
  { "from:()", "" },
  { "from:", "" },
  { "from: ana", "ana" },
  { "from:\"\"", "" },
  { "subject:\"a b\"*", "subject:\"a b\"*" },
  { "subject:a\"b\"", "subject:a b" },
  { "text:from:ana", "\"from:ana\"" },
  { "tag:vip", "tag:vip" },
  { "-tag:vip", "-tag:vip" },
  { "tag:\"to be sent\"", "tag:\"to be sent\"" },
  { "tag:ret*", "tag:ret*" },
  { "status:open", "status:open" },
  { "status:Open", "status:open" },
  { "status:(open OR pending)", "status:open OR status:pending" },
  { "status:open*", "status:open" },
  { "assignee:me", "assignee:me" },
  { "assignee:NONE", "assignee:none" },
  { "assignee:marta", "assignee:marta" },
  { "category:NONE", "category:none" },
  { "category:none*", "category:none" },
  { "category:\"wrong item\"", "category:\"wrong item\"" },
  { "Category:Ret*", "category:Ret*" },
  { "priority:urgent", "priority:urgent" },
  { "account:Support", "account:Support" },
  { "channel:email", "channel:email" },
  { "lang:ES", "lang:es" },
  { "lang:pt-br", "lang:pt-br" },
  { "has:attachment", "has:attachment" },
  { "has:attachments", "has:attachment" },
  { "has:drafts", "is:draft" },
  { "is:unread", "is:unread" },
  { "is:drafts", "is:draft" },
  { "is:open", "status:open" },
  { "is:unassigned", "assignee:none" },
  { "is:mine", "assignee:me" },
  { "is:waiting is:snoozed is:failed is:rescue", "is:waiting is:snoozed is:failed is:rescue" },
  { "is:due -is:late", "is:due -is:late" },
  { "before:2024", "before:2024" },
  { "after:2024-03", "after:2024-03" },
  { "on:2024-03-05", "on:2024-03-05" },
  { "after:2024/3/5", "after:2024/3/5" },
  { "on:5.3.2024 on:05.03.2024 on:5-3-2024", "on:2024-03-05 on:2024-03-05 on:2024-03-05" },
  { "before:30/11/2026 after:11/30/2026", "before:2026-11-30 after:2026-11-30" },
  { "before:2/2/2026 before:2/3/2026", "before:2026-02-02 \"before:2/3/2026\"" },
  { "on:31.2.2024 on:5.3.24 on:5.3/2024", "\"on:31.2.2024\" \"on:5.3.24\" \"on:5.3/2024\"" },
  { "after:today before:yesterday on:friday", "after:today before:yesterday on:friday" },
  { "older:7d newer:2w", "older:7d newer:2w" },
  { "larger:2M", "larger:2M" },
  { "larger:\"1.5 MB\"", "larger:\"1.5 MB\"" },
  { "csat:<3 csat:5", "csat:<3 csat:5" },
  { "nps:>=9 -nps:<=6", "nps:>=9 -nps:<=6" },
  { "number:1042", "number:1042" },
  { "number:#1042", "number:1042" },
  { "order:AB-1203", "order:AB-1203" },
  { "file:invoice", "file:invoice" },
  /* what is no operator is text */
  { "colour:red", "\"colour:red\"" },
  { "https://shop.example/a?b=1", "\"https://shop.example/a?b=1\"" },
  { "C:\\new", "\"C:\\new\"" },
  { "Re: parcel", "\"Re:\" parcel" },
  { "a:b:c", "\"a:b:c\"" },
  { ":a", ":a" },
  { "status:lost", "\"status:lost\"" },
  { "is:banana", "\"is:banana\"" },
  { "before:soon", "\"before:soon\"" },
  { "before:2024-13", "\"before:2024-13\"" },
  { "on:2023-02-29", "\"on:2023-02-29\"" },
  { "older:7", "\"older:7\"" },
  { "larger:big", "\"larger:big\"" },
  { "csat:good", "\"csat:good\"" },
  { "csat:<", "\"csat:<\"" },
  { "nps:11", "\"nps:11\"" },
  { "nps:=>9", "\"nps:=>9\"" },
  { "lang:x", "\"lang:x\"" },
  { "number:abc", "\"number:abc\"" },
  { "is:\"very late\"", "\"is: very late\"" },
  /* bytes */
  { "x\xffy", "x\xef\xbf\xbdy" },
  { "a\x01"
    "b",
    "a b" },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosQuery) query = mos_query_parse (cases[i].text, NULL);
      g_autofree char *text = mos_query_to_text (query);
      g_autoptr (MosQuery) again = mos_query_parse (text, NULL);

      if (strcmp (text, cases[i].canonical) != 0)
        g_test_message ("query: %s", cases[i].text);
      g_assert_cmpstr (text, ==, cases[i].canonical);
      g_assert_true (mos_query_equal (query, again));
    }
  g_assert_cmpuint (G_N_ELEMENTS (cases), >=, 100);
}

static void
test_names (void)
{
  static const struct
  {
    const char *text;
    const char *canonical;
  } localised[] = {
    { "de:ana", "from:ana" },
    { "De:ana from:bea", "from:ana from:bea" },
    { "numero:7", "number:7" },
    { "NÚMERO:7", "number:7" },
    { "estado:abierta", "status:open" },
    { "estado:open", "status:open" },
    { "status:Abierta", "status:open" },
    { "before:hoy", "before:today" },
    { "dia:hoy", "on:today" },
    { "lang:español", "lang:es" },
    { "assignee:yo", "assignee:me" },
    { "موضوع:طلب", "subject:طلب" },
    { "before:2/3/2026 before:30/11/2026 before:11/30/2026", "before:2026-03-02 before:2026-11-30 before:2026-11-30" },
  };
  g_autoptr (MosQueryNames) names = spanish ();
  g_autoptr (MosQuery) american = NULL;
  g_autofree char *american_text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (localised); i++)
    {
      g_autoptr (MosQuery) query = mos_query_parse (localised[i].text, names);
      g_autofree char *text = mos_query_to_text (query);

      g_assert_cmpstr (text, ==, localised[i].canonical);
    }
  mos_query_names_set_month_first (names, TRUE);
  american = mos_query_parse ("before:2/3/2026 before:2.3.2026 before:30/11/2026", names);
  american_text = mos_query_to_text (american);
  g_assert_cmpstr (american_text, ==, "before:2026-02-03 before:2026-03-02 before:2026-11-30");
  g_assert_cmpstr (mos_query_names_get (names, MOS_QUERY_FROM), ==, "de");
  g_assert_cmpstr (mos_query_names_get (names, MOS_QUERY_TO), ==, "to");
  g_assert_cmpstr (mos_query_names_get (NULL, MOS_QUERY_FROM), ==, "from");
  g_assert_cmpstr (mos_query_names_get_value (names, MOS_QUERY_BEFORE, "today"), ==, "hoy");
  g_assert_cmpstr (mos_query_names_get_value (names, MOS_QUERY_STATUS, "closed"), ==, "closed");
  /* A name that means something else already would change what others' queries mean. */
  g_assert_false (mos_query_names_add (names, MOS_QUERY_TO, "from"));
  g_assert_false (mos_query_names_add (names, MOS_QUERY_TO, "de"));
  g_assert_false (mos_query_names_add (names, MOS_QUERY_TO, "a b"));
  g_assert_false (mos_query_names_add (names, MOS_QUERY_TO, ""));
  g_assert_true (mos_query_names_add (names, MOS_QUERY_FROM, "from"));
  g_assert_false (mos_query_names_add_value (names, MOS_QUERY_STATUS, "closed", "open"));
}

static void
test_hints (void)
{
  static const struct
  {
    const char *text;
    MosQueryHint hint;
    const char *suggestion;
  } hints[] = {
    { "from:ana", MOS_QUERY_HINT_NONE, NULL },
    { "form:ana", MOS_QUERY_HINT_UNKNOWN_OPERATOR, "from" },
    { "subjct:late", MOS_QUERY_HINT_UNKNOWN_OPERATOR, "subject" },
    { "estdo:abierta", MOS_QUERY_HINT_UNKNOWN_OPERATOR, "estado" },
    { "colour:red", MOS_QUERY_HINT_UNKNOWN_OPERATOR, NULL },
    { "https://a.example", MOS_QUERY_HINT_NONE, NULL },
    { "Re: a", MOS_QUERY_HINT_NONE, NULL },
    { "12:30", MOS_QUERY_HINT_NONE, NULL },
    { "x:y", MOS_QUERY_HINT_NONE, NULL },
    { "from:", MOS_QUERY_HINT_NO_VALUE, NULL },
    { "status:opne", MOS_QUERY_HINT_UNKNOWN_VALUE, "open" },
    { "status:cerrada", MOS_QUERY_HINT_UNKNOWN_VALUE, NULL },
    { "before:soon", MOS_QUERY_HINT_UNKNOWN_VALUE, NULL },
    { "\"form:ana\"", MOS_QUERY_HINT_NONE, NULL },
  };
  g_autoptr (MosQueryNames) names = spanish ();

  for (gsize i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      g_autoptr (MosQuery) query = mos_query_parse (hints[i].text, names);
      MosQueryToken *token = query->tokens->pdata[0];

      if ((int) token->hint != (int) hints[i].hint || g_strcmp0 (token->suggestion, hints[i].suggestion) != 0)
        g_test_message ("query: %s", hints[i].text);
      g_assert_cmpint ((int) token->hint, ==, (int) hints[i].hint);
      g_assert_cmpstr (token->suggestion, ==, hints[i].suggestion);
    }
}

static void
test_positions (void)
{
  const char *text = "  -from:\"Ana G\" (é* OR is:unread) last";
  g_autoptr (MosQuery) query = mos_query_parse (text, NULL);
  static const struct
  {
    const char *whole;
    const char *value;
    gboolean has_operator;
    MosQueryOperator op;
  } tokens[] = {
    { "from:\"Ana G\"", "Ana G\"", TRUE, MOS_QUERY_FROM },
    { "é*", "é*", FALSE, MOS_QUERY_TEXT },
    { "is:unread", "unread", TRUE, MOS_QUERY_IS },
    { "last", "last", FALSE, MOS_QUERY_TEXT },
  };

  g_assert_cmpuint (query->tokens->len, ==, G_N_ELEMENTS (tokens));
  for (guint i = 0; i < query->tokens->len; i++)
    {
      MosQueryToken *token = query->tokens->pdata[i];
      g_autofree char *whole = g_strndup (text + token->start, token->end - token->start);
      g_autofree char *value = g_strndup (text + token->value_start, token->end - token->value_start);

      g_assert_cmpstr (whole, ==, tokens[i].whole);
      g_assert_cmpstr (value, ==, tokens[i].value);
      g_assert_true (token->has_operator == tokens[i].has_operator);
      g_assert_cmpint ((int) token->op, ==, (int) tokens[i].op);
    }
}

static void
check_round_trip (const char *text)
{
  g_autoptr (MosQuery) query = mos_query_parse (text, NULL);
  g_autofree char *canonical = mos_query_to_text (query);
  g_autoptr (MosQuery) again = mos_query_parse (canonical, NULL);
  g_autofree char *twice = mos_query_to_text (again);

  if (!mos_query_equal (query, again))
    g_test_message ("%s\n%s\n%s", text, canonical, twice);
  g_assert_true (mos_query_equal (query, again));
  g_assert_cmpstr (canonical, ==, twice);
}

static char *
repeat (const char *piece,
        guint n)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (out, piece);
  return g_string_free (out, FALSE);
}

static void
test_large (void)
{
  static const char *const pieces[] = { "\"", "(", ")", "-", "a", "a ", "-(", "(a ", "(a OR (b ", "from:(", "from:", "OR ", "*", "\" ", "é", "日", ":", "a:b ", "is:x " };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autofree char *thousand = repeat (pieces[i], 1000);
      g_autofree char *many = repeat (pieces[i], 100000);

      check_round_trip (thousand);
      check_round_trip (many);
    }
  {
    g_autofree char *open = repeat ("(", 1000), *close = repeat (")", 1000);
    g_autofree char *deep = g_strconcat (open, "late parcel", close, NULL);
    g_autofree char *long_word = g_strnfill (5000, 'x');
    g_autoptr (MosQuery) query = mos_query_parse (deep, NULL);
    g_autoptr (MosQuery) word = mos_query_parse (long_word, NULL);
    g_autofree char *text = mos_query_to_text (query);
    g_autofree char *cut = mos_query_to_text (word);

    g_assert_cmpstr (text, ==, "late parcel");
    g_assert_cmpuint (strlen (cut), ==, 256);
  }
}

static void
test_property (void)
{
  static const char *const pieces[] = { "\"", "\"", "*", "(", ")", "AND", "OR", " ", " ", " ", "-", ":", "from", "status:", "open", "before:", "2024", "order", "日", "é", "\\", "'", "\xff", "#1", "is:", "unread", "a@b.c", "\n", "subject:(", "7d", "older:" };
  g_autoptr (MosQueryNames) names = spanish ();

  for (guint round = 0; round < mos_test_rounds (5000); round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (MosQuery) localised = NULL;
      int n = g_test_rand_int_range (0, 40);

      for (int i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      check_round_trip (text->str);
      localised = mos_query_parse (text->str, names);
      g_assert_nonnull (localised->tokens);
    }
}

/* --- values --- */

static void
check_period (const char *value,
              const char *zone,
              const char *from,
              const char *to)
{
  g_autoptr (GTimeZone) tz = g_time_zone_new_identifier (zone);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  /* A Tuesday. */
  g_autoptr (GDateTime) now = g_date_time_new (utc, 2024, 4, 2, 23, 30, 0);
  gint64 from_us = 0, to_us = 0;
  g_autoptr (GDateTime) begin = NULL, end = NULL;
  g_autofree char *begin_text = NULL, *end_text = NULL;

  g_assert_true (mos_query_period (value, g_date_time_to_unix_usec (now), tz, &from_us, &to_us));
  begin = g_date_time_new_from_unix_utc (from_us / G_USEC_PER_SEC);
  end = g_date_time_new_from_unix_utc (to_us / G_USEC_PER_SEC);
  begin_text = g_date_time_format (begin, "%Y-%m-%dT%H:%M");
  end_text = g_date_time_format (end, "%Y-%m-%dT%H:%M");
  g_assert_cmpstr (begin_text, ==, from);
  g_assert_cmpstr (end_text, ==, to);
}

static void
test_values (void)
{
  static const struct
  {
    const char *text;
    gint64 size;
  } sizes[] = { { "0", 0 }, { "500", 500 }, { "2M", 2 << 20 }, { "2m", 2 << 20 }, { "2MB", 2 << 20 }, { "2MiB", 2 << 20 }, { "500k", 500 * 1024 }, { "1.5M", 3 << 19 }, { "1,5 MB", 3 << 19 }, { "1G", 1 << 30 } };
  static const char *const no_sizes[] = { "", "M", "2T", "-1", "2M5", "1.M", "99999999999999999999" };
  static const char *const no_periods[] = { "", "24", "2024-", "2024-00", "2024-13", "2024-02-30", "2024-1-1-1", "2024-01/05", "1969", "20245", "never", "todayy" };
  static const char *const no_ages[] = { "", "7", "d", "7dd", "-7d", "7 d", "12345d" };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 at;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gint64 size = -1;

      g_assert_true (mos_query_size (sizes[i].text, &size));
      g_assert_cmpint (size, ==, sizes[i].size);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (no_sizes); i++)
    g_assert_false (mos_query_size (no_sizes[i], NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (no_periods); i++)
    g_assert_false (mos_query_period (no_periods[i], 0, NULL, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (no_ages); i++)
    g_assert_false (mos_query_age (no_ages[i], 0, NULL, NULL));

  check_period ("2024", "UTC", "2024-01-01T00:00", "2025-01-01T00:00");
  check_period ("2024-02", "UTC", "2024-02-01T00:00", "2024-03-01T00:00");
  check_period ("2024-12-31", "UTC", "2024-12-31T00:00", "2025-01-01T00:00");
  check_period ("today", "UTC", "2024-04-02T00:00", "2024-04-03T00:00");
  check_period ("yesterday", "UTC", "2024-04-01T00:00", "2024-04-02T00:00");
  check_period ("tuesday", "UTC", "2024-04-02T00:00", "2024-04-03T00:00");
  check_period ("wednesday", "UTC", "2024-03-27T00:00", "2024-03-28T00:00");
  /* It is tomorrow there, and a day of 23 hours is a day. */
  check_period ("today", "Europe/Madrid", "2024-04-02T22:00", "2024-04-03T22:00");
  check_period ("2024-03-31", "Europe/Madrid", "2024-03-30T23:00", "2024-03-31T22:00");
  check_period ("2024-10-27", "Europe/Madrid", "2024-10-26T22:00", "2024-10-27T23:00");
  g_assert_true (mos_query_period ("9999", 0, utc, NULL, &at));
  g_assert_cmpint (at, ==, G_MAXINT64);

  g_assert_true (mos_query_age ("7d", (gint64) 10 * 86400 * G_USEC_PER_SEC, utc, &at));
  g_assert_cmpint (at, ==, (gint64) 3 * 86400 * G_USEC_PER_SEC);
  g_assert_true (mos_query_age ("12h", (gint64) 86400 * G_USEC_PER_SEC, utc, &at));
  g_assert_cmpint (at, ==, (gint64) 43200 * G_USEC_PER_SEC);
  g_assert_true (mos_query_age ("1m", (gint64) 59 * 86400 * G_USEC_PER_SEC, utc, &at)); /* 1 March */
  g_assert_cmpint (at, ==, (gint64) 31 * 86400 * G_USEC_PER_SEC);
  g_assert_true (mos_query_age ("9999y", 0, utc, &at));
  g_assert_cmpint (at, ==, 0);

  {
    static const char *const values[] = { "a", "a b", "-a", "OR", "x:y", "a*", "(", "ana@example.com", "\"" };

    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      {
        g_autofree char *quoted = mos_query_quote (values[i]);
        g_autofree char *text = g_strconcat ("tag:", quoted, NULL);
        g_autoptr (MosQuery) query = mos_query_parse (text, NULL);

        if (*values[i] == '"')
          g_assert_null (query->root);
        else
          {
            g_assert_cmpint ((int) query->root->op, ==, (int) MOS_QUERY_TAG);
            g_assert_cmpstr (query->root->value, ==, values[i]);
            g_assert_false (query->root->is_prefix);
          }
      }
  }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/query/table", test_table);
  g_test_add_func ("/query/names", test_names);
  g_test_add_func ("/query/hints", test_hints);
  g_test_add_func ("/query/positions", test_positions);
  g_test_add_func ("/query/large", test_large);
  g_test_add_func ("/query/property", test_property);
  g_test_add_func ("/query/values", test_values);

  return g_test_run ();
}
