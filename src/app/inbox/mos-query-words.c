/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-query-words.h"

#include "app/widgets/mos-language-name.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

/* Translators: the names of search operators, typed before a colon ("from:ana"). One word of letters each, no two the same; in small letters.
 * English ones work in every language, so one that has no good word stays English. */
static const struct
{
  const char *name;
  const char *text;
  const char *example;
} words[] = {
  [MOS_QUERY_TEXT] = { NC_ ("search operator", "text"), N_ ("Words anywhere in a message or its attachments"), "parcel" },
  [MOS_QUERY_FROM] = { NC_ ("search operator", "from"), N_ ("Name or address of the sender"), "ana@example.com" },
  [MOS_QUERY_TO] = { NC_ ("search operator", "to"), N_ ("Name or address of a recipient"), "support" },
  [MOS_QUERY_SUBJECT] = { NC_ ("search operator", "subject"), N_ ("Words in the subject"), "invoice" },
  [MOS_QUERY_FILE] = { NC_ ("search operator", "file"), N_ ("Name of an attachment, or words in it"), "invoice" },
  [MOS_QUERY_ORDER] = { NC_ ("search operator", "order"), N_ ("Number of an order"), "AB-1203" },
  [MOS_QUERY_NUMBER] = { NC_ ("search operator", "number"), N_ ("Number of a conversation"), "1042" },
  [MOS_QUERY_TAG] = { NC_ ("search operator", "tag"), N_ ("A tag of the conversation"), "vip" },
  [MOS_QUERY_CATEGORY] = { NC_ ("search operator", "category"), N_ ("What the conversation is about: none or a category"), "return" },
  [MOS_QUERY_STATUS] = { NC_ ("search operator", "status"), N_ ("Open, pending, snoozed, closed or spam"), "open" },
  [MOS_QUERY_ASSIGNEE] = { NC_ ("search operator", "assignee"), N_ ("Who it is assigned to: me, none or a name"), "me" },
  [MOS_QUERY_PRIORITY] = { NC_ ("search operator", "priority"), N_ ("Low, normal, high or urgent"), "urgent" },
  [MOS_QUERY_ACCOUNT] = { NC_ ("search operator", "account"), N_ ("Name or address of one of your accounts"), "support" },
  [MOS_QUERY_CHANNEL] = { NC_ ("search operator", "channel"), N_ ("The way the customer writes"), "email" },
  [MOS_QUERY_LANG] = { NC_ ("search operator", "lang"), N_ ("Language of the conversation"), "es" },
  [MOS_QUERY_HAS] = { NC_ ("search operator", "has"), N_ ("With attachments"), "attachment" },
  [MOS_QUERY_IS] = { NC_ ("search operator", "is"), N_ ("Unread, waiting, snoozed, with a draft…"), "unread" },
  [MOS_QUERY_BEFORE] = { NC_ ("search operator", "before"), N_ ("Before a day, month or year"), "2024-03" },
  [MOS_QUERY_AFTER] = { NC_ ("search operator", "after"), N_ ("From a day, month or year on"), "2024-03-05" },
  [MOS_QUERY_ON] = { NC_ ("search operator", "on"), N_ ("Within a day, month or year"), "yesterday" },
  [MOS_QUERY_OLDER] = { NC_ ("search operator", "older"), N_ ("Longer ago than hours, days, weeks, months or years"), "7d" },
  [MOS_QUERY_NEWER] = { NC_ ("search operator", "newer"), N_ ("Less long ago than hours, days, weeks, months or years"), "12h" },
  [MOS_QUERY_LARGER] = { NC_ ("search operator", "larger"), N_ ("Messages larger than this"), "2M" },
  [MOS_QUERY_CSAT] = { NC_ ("search operator", "csat"), N_ ("How satisfied the customer was, from 1 to 5"), "<3" },
  [MOS_QUERY_NPS] = { NC_ ("search operator", "nps"), N_ ("Whether the customer would recommend the shop, from 0 to 10"), "<=6" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (words) == MOS_QUERY_N_OPERATORS);

/* Translators: words typed behind a search operator ("is:unread", "status:open", "before:today"). Short, without quotation marks or parentheses. */
static const struct
{
  MosQueryOperator op;
  const char *nick;
  const char *name;
} values[] = {
  { MOS_QUERY_STATUS, "open", NC_ ("search word", "open") },
  { MOS_QUERY_STATUS, "pending", NC_ ("search word", "pending") },
  { MOS_QUERY_STATUS, "snoozed", NC_ ("search word", "snoozed") },
  { MOS_QUERY_STATUS, "closed", NC_ ("search word", "closed") },
  { MOS_QUERY_STATUS, "spam", NC_ ("search word", "spam") },
  { MOS_QUERY_PRIORITY, "low", NC_ ("search word", "low") },
  { MOS_QUERY_PRIORITY, "normal", NC_ ("search word", "normal") },
  { MOS_QUERY_PRIORITY, "high", NC_ ("search word", "high") },
  { MOS_QUERY_PRIORITY, "urgent", NC_ ("search word", "urgent") },
  { MOS_QUERY_ASSIGNEE, "me", NC_ ("search word", "me") },
  { MOS_QUERY_ASSIGNEE, "none", NC_ ("search word", "none") },
  { MOS_QUERY_CATEGORY, "none", NC_ ("search word", "none") },
  { MOS_QUERY_IS, "unread", NC_ ("search word", "unread") },
  { MOS_QUERY_IS, "active", NC_ ("search word", "active") },
  { MOS_QUERY_IS, "waiting", NC_ ("search word", "waiting") },
  { MOS_QUERY_IS, "due", NC_ ("search word", "due") },
  { MOS_QUERY_IS, "late", NC_ ("search word", "late") },
  { MOS_QUERY_IS, "snoozed", NC_ ("search word", "snoozed") },
  { MOS_QUERY_IS, "draft", NC_ ("search word", "draft") },
  { MOS_QUERY_IS, "failed", NC_ ("search word", "failed") },
  { MOS_QUERY_IS, "rescue", NC_ ("search word", "rescue") },
  { MOS_QUERY_IS, "quarantine", NC_ ("search word", "quarantine") },
  { MOS_QUERY_IS, "archive", NC_ ("search word", "archive") },
  { MOS_QUERY_IS, "deleted", NC_ ("search word", "deleted") },
  { MOS_QUERY_HAS, "attachment", NC_ ("search word", "attachment") },
  { MOS_QUERY_ON, "today", NC_ ("search word", "today") },
  { MOS_QUERY_ON, "yesterday", NC_ ("search word", "yesterday") },
  { MOS_QUERY_ON, "monday", NC_ ("search word", "monday") },
  { MOS_QUERY_ON, "tuesday", NC_ ("search word", "tuesday") },
  { MOS_QUERY_ON, "wednesday", NC_ ("search word", "wednesday") },
  { MOS_QUERY_ON, "thursday", NC_ ("search word", "thursday") },
  { MOS_QUERY_ON, "friday", NC_ ("search word", "friday") },
  { MOS_QUERY_ON, "saturday", NC_ ("search word", "saturday") },
  { MOS_QUERY_ON, "sunday", NC_ ("search word", "sunday") },
};

/* As the C library writes a date of this locale. */
static gboolean
is_month_first (void)
{
  const char *format = nl_langinfo (D_FMT);
  const char *month = strchr (format, 'm');
  const char *day = strpbrk (format, "de");

  return strstr (format, "%D") != NULL || (month != NULL && day != NULL && month < day && !g_str_has_prefix (format, "%Y"));
}

const MosQueryNames *
mos_query_words_get_names (void)
{
  static MosQueryNames *names = NULL;
  const MosLanguageName *languages;
  guint n = 0;

  if (names != NULL)
    return names;
  names = mos_query_names_new ();
  /* A translation that is no word, or another operator's, is left out: then the English one is shown. */
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (!mos_query_names_add (names, (MosQueryOperator) i, g_dpgettext2 (NULL, "search operator", words[i].name)))
      g_debug ("The translated name of %s: cannot be used", words[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (!mos_query_names_add_value (names, values[i].op, values[i].nick, g_dpgettext2 (NULL, "search word", values[i].name)))
      g_debug ("The translated word for %s cannot be used", values[i].name);
  mos_query_names_set_month_first (names, is_month_first ());
  languages = mos_language_names (&n);
  for (guint i = 0; i < n; i++)
    mos_query_names_add_value (names, MOS_QUERY_LANG, languages[i].code, languages[i].name);
  return names;
}

const char *
mos_query_words_describe (MosQueryOperator op)
{
  return _ (words[op].text);
}

const char *
mos_query_words_describe_value (MosQueryOperator op,
                                const char *nick)
{
  static const struct
  {
    const char *nick;
    const char *text;
  } states[] = {
    { "unread", N_ ("With messages nobody has read") },
    { "active", N_ ("Open or pending") },
    { "waiting", N_ ("The customer waits for an answer") },
    { "due", N_ ("Nearly past its target, or past it") },
    { "late", N_ ("Past its target") },
    { "snoozed", N_ ("Set aside until later") },
    { "draft", N_ ("With an unfinished answer") },
    { "failed", N_ ("With a message that was not delivered") },
    { "rescue", N_ ("An answer that nobody has looked at, or a low score that nobody has said yet what came of") },
    { "quarantine", N_ ("Kept out of the inbox") },
    { "archive", N_ ("Old mail, in no measure") },
    { "deleted", N_ ("Deleted conversations") },
  };

  if (op == MOS_QUERY_IS)
    for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
      if (g_str_equal (states[i].nick, nick))
        return _ (states[i].text);
  return op == MOS_QUERY_LANG ? mos_language_name (nick) : mos_query_words_describe (op);
}

const char *
mos_query_words_get_example (MosQueryOperator op)
{
  return mos_query_names_get_value (mos_query_words_get_names (), op, words[op].example);
}

/* Whether a word that is still being written may be taken for the beginning of one: where texts are looked through, and not for a letter alone. */
static gboolean
is_beginning (const char *typed,
              const MosQueryToken *token,
              gsize caret)
{
  char last = token->end > 0 ? typed[token->end - 1] : '\0';

  return caret == token->end && token->op <= MOS_QUERY_FILE && token->hint == MOS_QUERY_HINT_NONE && last != '"' && last != '*' && last != ':' &&
         g_utf8_strlen (typed + token->value_start, (gssize) (token->end - token->value_start)) >= 2 && (token->start == 0 || typed[token->start - 1] != '-');
}

char *
mos_query_words_store (const char *typed,
                       gsize caret)
{
  g_autoptr (MosQuery) query = mos_query_parse (typed, mos_query_words_get_names ());

  for (guint i = 0; i < query->tokens->len; i++)
    {
      const MosQueryToken *token = g_ptr_array_index (query->tokens, i);
      g_autofree char *text = NULL;
      g_autoptr (MosQuery) begun = NULL;

      if (!is_beginning (typed, token, caret))
        continue;
      text = g_strdup_printf ("%.*s*%s", (int) token->end, typed, typed + token->end);
      begun = mos_query_parse (text, mos_query_words_get_names ());
      return mos_query_to_text (begun);
    }
  return mos_query_to_text (query);
}

char *
mos_query_words_hint (const char *typed,
                      gsize caret)
{
  g_autoptr (MosQuery) query = mos_query_parse (typed, mos_query_words_get_names ());

  for (guint i = 0; i < query->tokens->len; i++)
    {
      MosQueryToken *token = g_ptr_array_index (query->tokens, i);
      g_autofree char *term = g_strndup (typed + token->start, token->end - token->start);

      if ((token->hint != MOS_QUERY_HINT_UNKNOWN_OPERATOR && token->hint != MOS_QUERY_HINT_UNKNOWN_VALUE) || (caret >= token->start && caret <= token->end))
        continue;
      if (token->suggestion != NULL)
        /* Translators: in the search box: what was typed ("form:ana"), then the word that was probably meant ("from") */
        return g_strdup_printf (_ ("“%s” is searched for as text. Did you mean “%s”?"), term, token->suggestion);
      if (token->has_operator)
        {
          g_autofree char *example = g_strdup_printf ("%s:%s", mos_query_names_get (mos_query_words_get_names (), token->op), mos_query_words_get_example (token->op));

          /* Translators: in the search box: what was typed ("before:soon"), then the same operator as it can be used ("before:2026-03-01") */
          return g_strdup_printf (_ ("“%s” is searched for as text. Example: “%s”"), term, example);
        }
      /* Translators: in the search box: what was typed, e.g. "colour:red" */
      return g_strdup_printf (_ ("“%s” is searched for as text: it is no search operator"), term);
    }
  return NULL;
}
