/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-query-private.h"

#include "core/base/mos-slip.h"

#include <stdio.h>
#include <string.h>

static const char *const query_operator_nicks[] = {
  [MOS_QUERY_TEXT] = "text",
  [MOS_QUERY_FROM] = "from",
  [MOS_QUERY_TO] = "to",
  [MOS_QUERY_SUBJECT] = "subject",
  [MOS_QUERY_FILE] = "file",
  [MOS_QUERY_ORDER] = "order",
  [MOS_QUERY_NUMBER] = "number",
  [MOS_QUERY_TAG] = "tag",
  [MOS_QUERY_CATEGORY] = "category",
  [MOS_QUERY_STATUS] = "status",
  [MOS_QUERY_ASSIGNEE] = "assignee",
  [MOS_QUERY_PRIORITY] = "priority",
  [MOS_QUERY_ACCOUNT] = "account",
  [MOS_QUERY_CHANNEL] = "channel",
  [MOS_QUERY_LANG] = "lang",
  [MOS_QUERY_HAS] = "has",
  [MOS_QUERY_IS] = "is",
  [MOS_QUERY_BEFORE] = "before",
  [MOS_QUERY_AFTER] = "after",
  [MOS_QUERY_ON] = "on",
  [MOS_QUERY_OLDER] = "older",
  [MOS_QUERY_NEWER] = "newer",
  [MOS_QUERY_LARGER] = "larger",
  [MOS_QUERY_CSAT] = "csat",
  [MOS_QUERY_NPS] = "nps",
};
G_STATIC_ASSERT (G_N_ELEMENTS (query_operator_nicks) == MOS_QUERY_N_OPERATORS);
MOS_DEFINE_NICKS (MosQueryOperator, query_operator)

#define MAX_NAME 32

static const char *const statuses[] = { "open", "pending", "snoozed", "closed", "spam", NULL };
static const char *const priorities[] = { "low", "normal", "high", "urgent", NULL };
static const char *const assignees[] = { "me", "none", NULL };
static const char *const nothing[] = { "none", NULL };
static const char *const states[] = { "unread", "active", "waiting", "due", "late", "snoozed", "draft", "failed", "rescue", "quarantine", "archive", "deleted", NULL };
static const char *const parts[] = { "attachment", NULL };
static const char *const days[] = { "today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL };

/* Other words for the same, all English. */
static const struct
{
  MosQueryOperator op;
  const char *word;
  MosQueryOperator to_op;
  const char *nick;
} synonyms[] = {
  { MOS_QUERY_HAS, "attachments", MOS_QUERY_HAS, "attachment" },
  { MOS_QUERY_HAS, "file", MOS_QUERY_HAS, "attachment" },
  { MOS_QUERY_HAS, "files", MOS_QUERY_HAS, "attachment" },
  { MOS_QUERY_HAS, "draft", MOS_QUERY_IS, "draft" },
  { MOS_QUERY_HAS, "drafts", MOS_QUERY_IS, "draft" },
  { MOS_QUERY_IS, "drafts", MOS_QUERY_IS, "draft" },
  { MOS_QUERY_IS, "quarantined", MOS_QUERY_IS, "quarantine" },
  { MOS_QUERY_IS, "archived", MOS_QUERY_IS, "archive" },
  { MOS_QUERY_IS, "mine", MOS_QUERY_ASSIGNEE, "me" },
  { MOS_QUERY_IS, "unassigned", MOS_QUERY_ASSIGNEE, "none" },
  { MOS_QUERY_IS, "open", MOS_QUERY_STATUS, "open" },
  { MOS_QUERY_IS, "pending", MOS_QUERY_STATUS, "pending" },
  { MOS_QUERY_IS, "closed", MOS_QUERY_STATUS, "closed" },
  { MOS_QUERY_IS, "spam", MOS_QUERY_STATUS, "spam" },
};

struct _MosQueryNames
{
  GHashTable *operators;              /* folded name -> op + 1 */
  GHashTable *values;                 /* op + ":" + folded word -> stored form */
  char *shown[MOS_QUERY_N_OPERATORS]; /* (nullable) */
  GHashTable *shown_values;           /* op + ":" + stored form -> word */
  gboolean is_month_first;            /* "3/5/2024" is in March */
};

static gboolean
is_of_days (MosQueryOperator op)
{
  return op == MOS_QUERY_BEFORE || op == MOS_QUERY_AFTER || op == MOS_QUERY_ON;
}

const char *const *
mos_query_operator_list_values (MosQueryOperator op)
{
  if (op == MOS_QUERY_STATUS)
    return statuses;
  if (op == MOS_QUERY_PRIORITY)
    return priorities;
  if (op == MOS_QUERY_ASSIGNEE)
    return assignees;
  if (op == MOS_QUERY_CATEGORY)
    return nothing;
  if (op == MOS_QUERY_IS)
    return states;
  if (op == MOS_QUERY_HAS)
    return parts;
  return is_of_days (op) ? days : NULL;
}

gboolean
mos_query_operator_is_of_message (MosQueryOperator op)
{
  return op <= MOS_QUERY_ORDER || op == MOS_QUERY_LARGER;
}

gboolean
mos_query_is_name_char (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c) || c == '-';
}

/* Without case and accents. */
static char *
fold (const char *text,
      gsize len)
{
  g_autofree char *whole = g_utf8_normalize (text, (gssize) len, G_NORMALIZE_ALL);
  g_autofree char *folded = whole != NULL ? g_utf8_casefold (whole, -1) : g_strdup ("");
  GString *out = g_string_new (NULL);

  for (const char *s = folded; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (!g_unichar_ismark (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static char *
value_key (MosQueryOperator op,
           const char *word)
{
  /* A day is a day for all of them. */
  return g_strdup_printf ("%s:%s", mos_query_operator_to_nick (is_of_days (op) ? MOS_QUERY_ON : op), word);
}

MosQueryNames *
mos_query_names_new (void)
{
  MosQueryNames *self = g_new0 (MosQueryNames, 1);

  self->operators = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->shown_values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
mos_query_names_free (MosQueryNames *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->operators);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->shown_values);
  for (gsize i = 0; i < G_N_ELEMENTS (self->shown); i++)
    g_free (self->shown[i]);
  g_free (self);
}

gboolean
mos_query_names_find (const MosQueryNames *self,
                      const char *name,
                      gsize len,
                      MosQueryOperator *ret_op)
{
  g_autofree char *folded = fold (name, len);

  for (gsize i = 0; i < G_N_ELEMENTS (query_operator_nicks); i++)
    if (strcmp (query_operator_nicks[i], folded) == 0)
      {
        *ret_op = (MosQueryOperator) i;
        return TRUE;
      }
  if (self != NULL)
    {
      guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->operators, folded));

      if (found > 0)
        *ret_op = (MosQueryOperator) (found - 1);
      return found > 0;
    }
  return FALSE;
}

gboolean
mos_query_names_add (MosQueryNames *self,
                     MosQueryOperator op,
                     const char *name)
{
  MosQueryOperator known;
  glong n = g_utf8_strlen (name, -1);

  if (n < 1 || n > MAX_NAME || *name == '-')
    return FALSE;
  for (const char *s = name; *s != '\0'; s = g_utf8_next_char (s))
    if (!mos_query_is_name_char (g_utf8_get_char (s)))
      return FALSE;
  if (mos_query_names_find (self, name, strlen (name), &known))
    {
      if (known != op)
        return FALSE;
    }
  else
    g_hash_table_insert (self->operators, fold (name, strlen (name)), GUINT_TO_POINTER ((guint) op + 1));
  if (self->shown[op] == NULL)
    self->shown[op] = g_utf8_strdown (name, -1);
  return TRUE;
}

gboolean
mos_query_names_add_value (MosQueryNames *self,
                           MosQueryOperator op,
                           const char *nick,
                           const char *name)
{
  g_autofree char *folded = fold (name, strlen (name));
  g_autofree char *known = NULL;
  MosQueryOperator of;

  if (*folded == '\0' || strpbrk (name, "\"*()") != NULL)
    return FALSE;
  known = mos_query_names_find_value (self, op, name, &of);
  /* Any word could be the name of an agent or a category, or the code of a language. */
  if (known != NULL && op != MOS_QUERY_ASSIGNEE && op != MOS_QUERY_CATEGORY && op != MOS_QUERY_LANG && (of != op || strcmp (known, nick) != 0))
    return FALSE;
  g_hash_table_insert (self->values, value_key (op, folded), g_strdup (nick));
  g_hash_table_insert (self->shown_values, value_key (op, nick), g_strdup (name));
  return TRUE;
}

void
mos_query_names_set_month_first (MosQueryNames *self,
                                 gboolean is_month_first)
{
  self->is_month_first = is_month_first;
}

const char *
mos_query_names_get (const MosQueryNames *self,
                     MosQueryOperator op)
{
  return self != NULL && self->shown[op] != NULL ? self->shown[op] : mos_query_operator_to_nick (op);
}

const char *
mos_query_names_get_value (const MosQueryNames *self,
                           MosQueryOperator op,
                           const char *nick)
{
  g_autofree char *key = value_key (op, nick);
  const char *shown = self != NULL ? g_hash_table_lookup (self->shown_values, key) : NULL;

  return shown != NULL ? shown : nick;
}

/* A day as people write it, "5.3.2024" or "5/3/2024": without a language only where there is one way to read it. Returns: (transfer full) (nullable): the stored form */
static char *
dup_day (const MosQueryNames *self,
         const char *value)
{
  int first = 0, second = 0, year = 0, end = 0;
  char parts = 0, again = 0;
  gboolean month_first;
  g_autofree char *day = NULL;

  if (strlen (value) > strlen ("05.03.2024") || sscanf (value, "%2d%c%2d%c%4d%n", &first, &parts, &second, &again, &year, &end) != 5 || value[end] != '\0' || parts != again)
    return NULL;
  if (parts == '/' && self == NULL && first <= 12 && second <= 12 && first != second)
    return NULL;
  month_first = second > 12 || (parts == '/' && self != NULL && self->is_month_first && first <= 12);
  day = g_strdup_printf ("%04d-%02d-%02d", year, month_first ? first : second, month_first ? second : first);
  return strchr ("./-", parts) != NULL && mos_query_period (day, 0, NULL, NULL, NULL) ? g_steal_pointer (&day) : NULL;
}

static gboolean
is_code (const char *text,
         gsize most)
{
  gsize n = 0;

  for (; text[n] != '\0'; n++)
    if (!g_ascii_isalpha (text[n]) && !(n > 0 && (text[n] == '-' || text[n] == '_')))
      return FALSE;
  return n >= 2 && n <= most;
}

char *
mos_query_names_find_value (const MosQueryNames *self,
                            MosQueryOperator op,
                            const char *value,
                            MosQueryOperator *ret_op)
{
  g_autofree char *folded = fold (value, strlen (value));
  g_autofree char *key = value_key (op, folded);
  const char *const *words = mos_query_operator_list_values (op);
  const char *named = self != NULL ? g_hash_table_lookup (self->values, key) : NULL;

  *ret_op = op;
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (strcmp (words[i], folded) == 0)
      return g_strdup (words[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (synonyms[i].op == op && strcmp (synonyms[i].word, folded) == 0)
      {
        *ret_op = synonyms[i].to_op;
        return g_strdup (synonyms[i].nick);
      }
  if (named != NULL)
    return g_strdup (named);

  switch (op)
    {
    case MOS_QUERY_STATUS:
    case MOS_QUERY_PRIORITY:
    case MOS_QUERY_HAS:
    case MOS_QUERY_IS:
      return NULL;
    case MOS_QUERY_BEFORE:
    case MOS_QUERY_AFTER:
    case MOS_QUERY_ON:
      return mos_query_period (value, 0, NULL, NULL, NULL) ? g_strdup (value) : dup_day (self, value);
    case MOS_QUERY_OLDER:
    case MOS_QUERY_NEWER:
      return mos_query_age (value, 0, NULL, NULL) ? g_strdup (value) : NULL;
    case MOS_QUERY_LARGER:
      return mos_query_size (value, NULL) ? g_strdup (value) : NULL;
    case MOS_QUERY_CSAT:
    case MOS_QUERY_NPS:
      return mos_query_score (value, NULL, NULL) ? g_strdup (value) : NULL;
    case MOS_QUERY_NUMBER:
      {
        guint64 number;

        return g_ascii_string_to_unsigned (*value == '#' ? value + 1 : value, 10, 1, G_MAXINT64, &number, NULL) ? g_strdup_printf ("%" G_GUINT64_FORMAT, number) : NULL;
      }
    case MOS_QUERY_LANG:
      return is_code (value, 12) ? g_ascii_strdown (value, -1) : NULL;
    case MOS_QUERY_TEXT:
    case MOS_QUERY_FROM:
    case MOS_QUERY_TO:
    case MOS_QUERY_SUBJECT:
    case MOS_QUERY_FILE:
    case MOS_QUERY_ORDER:
    case MOS_QUERY_TAG:
    case MOS_QUERY_CATEGORY:
    case MOS_QUERY_ASSIGNEE:
    case MOS_QUERY_ACCOUNT:
    case MOS_QUERY_CHANNEL:
    default:
      return g_strdup (value);
    }
}

/* --- slips of the pen --- */

char *
mos_query_names_suggest (const MosQueryNames *self,
                         const char *name)
{
  g_autofree char *folded = fold (name, strlen (name));
  MosSlip slip = MOS_SLIP_INIT (folded);

  for (gsize i = 0; i < MOS_QUERY_N_OPERATORS; i++)
    {
      g_autofree char *own = self != NULL && self->shown[i] != NULL ? fold (self->shown[i], strlen (self->shown[i])) : NULL;

      if (own != NULL)
        mos_slip_consider (&slip, own, self->shown[i]);
      mos_slip_consider (&slip, query_operator_nicks[i], query_operator_nicks[i]);
    }
  return slip.found;
}

char *
mos_query_names_suggest_value (const MosQueryNames *self,
                               MosQueryOperator op,
                               const char *value)
{
  g_autofree char *folded = fold (value, strlen (value));
  const char *const *words = mos_query_operator_list_values (op);
  MosSlip slip = MOS_SLIP_INIT (folded);

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      const char *shown = mos_query_names_get_value (self, op, words[i]);
      g_autofree char *own = fold (shown, strlen (shown));

      mos_slip_consider (&slip, own, shown);
      mos_slip_consider (&slip, words[i], words[i]);
    }
  return slip.found;
}
