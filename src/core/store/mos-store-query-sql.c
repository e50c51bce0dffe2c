/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-query-private.h"
#include "core/store/mos-tokenizer.h"

#include <stdarg.h>
#include <string.h>

/* SQL is put together of the constants of this file; whatever a person typed is bound, or is a token in quotes within FTS5's expression.
 *
 * FTS5 gives its rows newest first for nothing (row ids rise with time), so as much as can be is asked of it, in one expression, and the rest is looked
 * at for the few rows that come: MATCH 'parcel AND subject:late' … AND c.place = 'open'. An "OR" of things of which only some are FTS5's
 * ("parcel OR tag:vip") would make SQLite look at every message: it becomes two queries, whose results are merged. */

#define MAX_BRANCHES 16
/* The partial indexes of sizes (0003-inbox.sql) begin here. */
#define LARGE_FROM 65536

/* --- SQL --- */

static void
clear_value (gpointer value)
{
  g_free (((MosSqlValue *) value)->text);
}

MosSql *
mos_sql_new (void)
{
  MosSql *self = g_new0 (MosSql, 1);

  self->text = g_string_new (NULL);
  self->values = g_array_new (FALSE, FALSE, sizeof (MosSqlValue));
  g_array_set_clear_func (self->values, clear_value);
  return self;
}

void
mos_sql_free (MosSql *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->values);
  g_free (self);
}

void
mos_sql_append (MosSql *self,
                const char *sql,
                const char *types,
                ...)
{
  va_list args;

  g_string_append (self->text, sql);
  va_start (args, types);
  for (; *types != '\0'; types++)
    {
      MosSqlValue value = { NULL, 0 };

      if (*types == 't')
        value.text = g_strdup (va_arg (args, const char *));
      else
        value.number = va_arg (args, gint64);
      g_array_append_val (self->values, value);
    }
  va_end (args);
}

void
mos_sql_append_sql (MosSql *self,
                    const MosSql *other)
{
  g_string_append_len (self->text, other->text->str, (gssize) other->text->len);
  for (guint i = 0; i < other->values->len; i++)
    {
      MosSqlValue value = g_array_index (other->values, MosSqlValue, i);

      value.text = g_strdup (value.text);
      g_array_append_val (self->values, value);
    }
}

/* --- what FTS5 is asked --- */

static gboolean
collect_token (const char *token,
               gsize len,
               gsize start,
               gsize end,
               gpointer data)
{
  g_ptr_array_add (data, g_strndup (token, len));
  return TRUE;
}

char *
mos_query_match (const char *value,
                 gboolean is_prefix,
                 const char *column)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);
  GString *out;

  mos_tokenize (value, strlen (value), TRUE, collect_token, tokens);
  if (tokens->len == 0)
    return NULL;
  out = g_string_new ("(");
  if (column != NULL)
    g_string_append_printf (out, "%s : ", column);
  for (guint i = 0; i < tokens->len; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? " + " : "", (const char *) tokens->pdata[i]);
  /* A single CJK character is the beginning of the pairs that the index holds. */
  if (is_prefix || (g_utf8_get_char (tokens->pdata[tokens->len - 1]) >= 0x2e80 && g_utf8_strlen (tokens->pdata[tokens->len - 1], -1) == 1))
    g_string_append (out, " *");
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

gboolean
mos_query_node_is_beginning (const MosQueryNode *node)
{
  g_autofree char *match = NULL;

  if (node->kind != MOS_QUERY_TERM || node->op > MOS_QUERY_ORDER || node->op == MOS_QUERY_TO)
    return FALSE;
  /* A person's name is compared as it is asked for: see append_person(). */
  if (node->op == MOS_QUERY_FROM && !node->is_prefix)
    return FALSE;
  match = mos_query_match (node->value, node->is_prefix, NULL);
  return match != NULL && g_str_has_suffix (match, " *)");
}

static char *
match_of_term (const MosQueryNode *node)
{
  const char *column = NULL;

  if (node->op == MOS_QUERY_SUBJECT)
    column = "subject";
  else if (node->op == MOS_QUERY_FILE)
    column = "files";
  else if (node->op == MOS_QUERY_FROM || node->op == MOS_QUERY_TO)
    column = "people";
  return mos_query_match (node->value, node->is_prefix, column);
}

/* Whether FTS5 alone can answer it. */
static gboolean
is_match (const MosQueryNode *node)
{
  if (node->kind == MOS_QUERY_TERM)
    return node->op == MOS_QUERY_TEXT || node->op == MOS_QUERY_SUBJECT || node->op == MOS_QUERY_FILE || node->op == MOS_QUERY_ORDER;
  if (node->kind == MOS_QUERY_NOT)
    return FALSE;
  for (guint i = 0; i < node->children->len; i++)
    if (!is_match (node->children->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Of what is_match() said yes to. Returns: (transfer full) (nullable): %NULL when nothing in it has a word */
static char *
match_of (const MosQueryNode *node)
{
  GString *out;

  if (node->kind == MOS_QUERY_TERM)
    return match_of_term (node);
  out = g_string_new ("(");
  for (guint i = 0; i < node->children->len; i++)
    {
      g_autofree char *part = match_of (node->children->pdata[i]);

      if (part == NULL)
        continue;
      if (out->len > 1)
        g_string_append (out, node->kind == MOS_QUERY_OR ? " OR " : " AND ");
      g_string_append (out, part);
    }
  if (out->len == 1)
    return g_string_free (out, TRUE), NULL;
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

static gboolean
is_of_message (const MosQueryNode *node)
{
  if (node->kind == MOS_QUERY_TERM)
    return mos_query_operator_is_of_message (node->op);
  for (guint i = 0; i < node->children->len; i++)
    if (is_of_message (node->children->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Whether a term that holds @op (and @value, where given) is asked for, not against. */
static gboolean
asks_for (const MosQueryNode *node,
          MosQueryOperator op,
          const char *value)
{
  if (node->kind == MOS_QUERY_TERM)
    return node->op == op && strcmp (node->value, value) == 0;
  if (node->kind == MOS_QUERY_NOT)
    return FALSE;
  for (guint i = 0; i < node->children->len; i++)
    if (asks_for (node->children->pdata[i], op, value))
      return TRUE;
  return FALSE;
}

static gboolean
asks_of_message (const MosQueryNode *node)
{
  if (node->kind == MOS_QUERY_NOT)
    return FALSE;
  if (node->kind == MOS_QUERY_TERM)
    return is_of_message (node);
  for (guint i = 0; i < node->children->len; i++)
    if (asks_of_message (node->children->pdata[i]))
      return TRUE;
  return FALSE;
}

/* --- one condition --- */

static gboolean condition_of (MosQuerySql *self, const MosQueryNode *node, gboolean with_message, MosSql *sql);

static const char *
condition_of_state (const char *state)
{
  static const struct
  {
    const char *state;
    const char *sql;
  } states[] = {
    /* Word for word as in the partial indexes. */
    { "active", "c.place IN ('open', 'pending')" },
    { "waiting", "(c.place IN ('open', 'pending') AND c.waiting_since > 0)" },
    { "due", "c.target_state IN ('warned', 'breached')" },
    { "late", "c.target_state = 'breached'" },
    { "snoozed", "c.place = 'snoozed'" },
    { "draft", "c.has_draft = 1" },
    { "failed", "c.has_failed = 1" },
    { "rescue", "c.id IN (SELECT conversation FROM survey WHERE rescue = 'open' AND is_test = 0 UNION ALL SELECT conversation FROM survey WHERE unread = 1 AND is_test = 0)" },
    { "quarantine", "c.place = 'quarantine'" },
    { "archive", "c.archive = 1" },
    { "deleted", "c.place = 'deleted'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i].state, state) == 0)
      return states[i].sql;
  return "1";
}

/* FROM and TO: the index has all people of a message in one column; which of them it was is looked at in the row. */
static void
append_person (MosSql *sql,
               const MosQueryNode *node)
{
  gint64 is_prefix = node->is_prefix;

  if (node->op == MOS_QUERY_FROM)
    mos_sql_append (sql, "mos_has (coalesce (m.from_name, '') || ' ' || coalesce (m.from_address, ''), ?, ?)", "ti", node->value, is_prefix);
  else
    mos_sql_append (sql,
                    "EXISTS (SELECT 1 FROM json_each (m.recipients) r, json_each (r.value) a WHERE r.key IN ('to', 'cc')"
                    " AND mos_has (coalesce (a.value ->> 0, '') || ' ' || (a.value ->> 1), ?, ?))",
                    "ti", node->value, is_prefix);
}

static void
append_period (MosQuerySql *self,
               const MosQueryNode *node,
               gboolean with_message,
               MosSql *sql)
{
  /* A message's seq is the time it was received. */
  const char *column = self->is_of_message && with_message ? "m.seq" : "c.updated_at";
  gint64 from = 0, to = G_MAXINT64;

  if (node->op == MOS_QUERY_OLDER)
    mos_query_age (node->value, self->now_us, self->options->tz, &to);
  else if (node->op == MOS_QUERY_NEWER)
    mos_query_age (node->value, self->now_us, self->options->tz, &from);
  else if (node->op == MOS_QUERY_BEFORE)
    mos_query_period (node->value, self->now_us, self->options->tz, &to, NULL);
  else if (node->op == MOS_QUERY_AFTER)
    mos_query_period (node->value, self->now_us, self->options->tz, &from, NULL);
  else
    mos_query_period (node->value, self->now_us, self->options->tz, &from, &to);
  g_string_append_printf (sql->text, "(%s >= ? AND %s < ?)", column, column);
  mos_sql_append (sql, "", "ii", from, to);
}

/* Returns: FALSE when there is nothing to ask: a text without a word; then nothing was added */
static gboolean
condition_of_term (MosQuerySql *self,
                   const MosQueryNode *node,
                   gboolean with_message,
                   MosSql *sql)
{
  const char *value = node->value;
  gint64 is_prefix = node->is_prefix;

  switch (node->op)
    {
    case MOS_QUERY_TEXT:
    case MOS_QUERY_SUBJECT:
    case MOS_QUERY_FILE:
    case MOS_QUERY_ORDER:
    case MOS_QUERY_FROM:
    case MOS_QUERY_TO:
      {
        g_autofree char *match = match_of_term (node);

        if (match == NULL)
          return FALSE;
        mos_sql_append (sql, "(m.seq IN (SELECT rowid FROM search WHERE search MATCH ?)", "t", match);
        if (node->op == MOS_QUERY_FROM || node->op == MOS_QUERY_TO)
          {
            mos_sql_append (sql, " AND ", "");
            append_person (sql, node);
          }
        mos_sql_append (sql, ")", "");
        return TRUE;
      }
    case MOS_QUERY_LARGER:
      {
        gint64 size = 0;

        mos_query_size (value, &size);
        if (size >= LARGE_FROM)
          mos_sql_append (sql,
                          "m.seq IN (SELECT n.seq FROM blob b JOIN message n ON n.raw_sha256 = b.sha256 WHERE b.size >= 65536 AND b.size > ?"
                          " UNION SELECT n.seq FROM attachment a JOIN message n ON n.id = a.message WHERE a.size >= 65536 AND a.size > ?)",
                          "ii", size, size);
        else
          mos_sql_append (sql,
                          "(EXISTS (SELECT 1 FROM blob b WHERE b.sha256 = m.raw_sha256 AND b.size > ?) OR EXISTS (SELECT 1 FROM attachment a WHERE a.message = m.id AND a.size > ?))",
                          "ii", size, size);
        return TRUE;
      }
    case MOS_QUERY_CSAT:
    case MOS_QUERY_NPS:
      {
        int from = 0, to = 0;

        mos_query_score (value, &from, &to);
        mos_sql_append (sql, "c.id IN (SELECT s.conversation FROM survey s WHERE s.kind = ? AND s.is_test = 0 AND s.score BETWEEN ? AND ?)", "tii", mos_query_operator_to_nick (node->op), (gint64) from, (gint64) to);
        return TRUE;
      }
    case MOS_QUERY_NUMBER:
      mos_sql_append (sql, "c.number = ?", "i", g_ascii_strtoll (value, NULL, 10));
      return TRUE;
    case MOS_QUERY_TAG:
      {
        g_autofree char *folded = mos_fold (value);

        if (is_prefix)
          mos_sql_append (sql, "c.id IN (SELECT t.conversation FROM tag g JOIN conversation_tag t ON t.tag = g.name WHERE substr (g.folded, 1, length (?)) = ?)", "tt", folded, folded);
        else
          mos_sql_append (sql, "c.id IN (SELECT t.conversation FROM tag g JOIN conversation_tag t ON t.tag = g.name WHERE g.folded = ? OR g.name = ?)", "tt", folded, value);
        return TRUE;
      }
    case MOS_QUERY_CATEGORY:
      if (strcmp (value, "none") == 0)
        mos_sql_append (sql, "c.category IS NULL", "");
      else
        mos_sql_append (sql, "c.category IN (SELECT g.id FROM category g WHERE g.id = ? OR mos_has (g.name, ?, ?))", "tti", value, value, is_prefix);
      return TRUE;
    case MOS_QUERY_STATUS:
      mos_sql_append (sql, "c.place = ?", "t", value);
      return TRUE;
    case MOS_QUERY_ASSIGNEE:
      if (strcmp (value, "none") == 0)
        mos_sql_append (sql, "c.assignee IS NULL", "");
      else if (strcmp (value, "me") == 0)
        mos_sql_append (sql, "c.assignee = ?", "t", self->options->me != NULL ? self->options->me : "");
      else
        mos_sql_append (sql, "c.assignee IN (SELECT g.id FROM agent g WHERE g.id = ? OR mos_has (g.name, ?, ?))", "tti", value, value, is_prefix);
      return TRUE;
    case MOS_QUERY_PRIORITY:
      mos_sql_append (sql, "c.priority = ?", "t", value);
      return TRUE;
    case MOS_QUERY_ACCOUNT:
      mos_sql_append (sql, "c.account IN (SELECT a.id FROM account a WHERE a.id = ? OR mos_has (a.name, ?, ?) OR mos_has (a.address, ?, ?))", "ttiti", value, value, is_prefix, value, is_prefix);
      return TRUE;
    case MOS_QUERY_CHANNEL:
      mos_sql_append (sql, "c.channel = lower (?)", "t", value);
      return TRUE;
    case MOS_QUERY_LANG:
      mos_sql_append (sql, "(c.language = ? OR substr (c.language, 1, length (?) + 1) = ? || '-')", "ttt", value, value, value);
      return TRUE;
    case MOS_QUERY_HAS:
      mos_sql_append (sql, "c.has_attachments = 1", "");
      return TRUE;
    case MOS_QUERY_IS:
      /* What the mailbox calls unread, and what only this agent has not seen. */
      if (strcmp (value, "unread") == 0)
        mos_sql_append (sql, "(c.unread > 0 OR c.id IN (SELECT u.conversation FROM agent_unread u JOIN message n ON n.id = u.message WHERE u.agent = ? AND n.removed_at = 0))", "t",
                        self->options->me != NULL ? self->options->me : "");
      else
        mos_sql_append (sql, condition_of_state (value), "");
      return TRUE;
    case MOS_QUERY_BEFORE:
    case MOS_QUERY_AFTER:
    case MOS_QUERY_ON:
    case MOS_QUERY_OLDER:
    case MOS_QUERY_NEWER:
    default:
      append_period (self, node, with_message, sql);
      return TRUE;
    }
}

/* No message of the conversation is so. */
static gboolean
condition_of_no_message (MosQuerySql *self,
                         const MosQueryNode *node,
                         MosSql *sql)
{
  g_autoptr (MosSql) inner = mos_sql_new ();

  if (is_match (node))
    {
      g_autofree char *match = match_of (node);

      if (match == NULL)
        return FALSE;
      mos_sql_append (sql, "c.id NOT IN (SELECT n.conversation FROM search CROSS JOIN message n ON n.seq = search.rowid WHERE search MATCH ?)", "t", match);
      return TRUE;
    }
  if (!condition_of (self, node, TRUE, inner))
    return FALSE;
  mos_sql_append (sql, "c.id NOT IN (SELECT c.id FROM message m JOIN conversation c ON c.id = m.conversation WHERE m.removed_at = 0 AND ", "");
  mos_sql_append_sql (sql, inner);
  mos_sql_append (sql, ")", "");
  return TRUE;
}

static gboolean
condition_of (MosQuerySql *self,
              const MosQueryNode *node,
              gboolean with_message,
              MosSql *sql)
{
  g_autoptr (MosSql) parts = NULL;

  if (node->kind == MOS_QUERY_TERM)
    return condition_of_term (self, node, with_message, sql);
  if (node->kind == MOS_QUERY_NOT)
    {
      const MosQueryNode *child = node->children->pdata[0];
      g_autoptr (MosSql) inner = mos_sql_new ();

      if (is_of_message (child))
        return condition_of_no_message (self, child, sql);
      if (!condition_of (self, child, with_message, inner))
        return FALSE;
      mos_sql_append (sql, "(", "");
      mos_sql_append_sql (sql, inner);
      /* Nobody's language is not German. */
      mos_sql_append (sql, ") IS NOT TRUE", "");
      return TRUE;
    }
  if (is_match (node))
    {
      g_autofree char *match = match_of (node);

      if (match != NULL)
        mos_sql_append (sql, "m.seq IN (SELECT rowid FROM search WHERE search MATCH ?)", "t", match);
      return match != NULL;
    }
  parts = mos_sql_new ();
  for (guint i = 0; i < node->children->len; i++)
    {
      g_autoptr (MosSql) part = mos_sql_new ();

      if (!condition_of (self, node->children->pdata[i], with_message, part))
        continue;
      mos_sql_append (parts, parts->text->len == 0 ? "(" : node->kind == MOS_QUERY_OR ? " OR "
                                                                                      : " AND ",
                      "");
      mos_sql_append_sql (parts, part);
    }
  if (parts->text->len == 0)
    return FALSE;
  mos_sql_append_sql (sql, parts);
  mos_sql_append (sql, ")", "");
  return TRUE;
}

/* --- branches --- */

void
mos_query_branch_free (MosQueryBranch *self)
{
  g_ptr_array_unref (self->nodes);
  g_string_free (self->match, TRUE);
  g_free (self);
}

static void
add_nodes (GPtrArray *nodes,
           MosQueryNode *node)
{
  if (node->kind != MOS_QUERY_AND)
    {
      g_ptr_array_add (nodes, node);
      return;
    }
  for (guint i = 0; i < node->children->len; i++)
    add_nodes (nodes, node->children->pdata[i]);
}

/* A node that gives FTS5 something to begin with. */
static gboolean
is_driver (const MosQueryNode *node)
{
  g_autofree char *match = NULL;

  if (node->kind == MOS_QUERY_TERM && (node->op == MOS_QUERY_FROM || node->op == MOS_QUERY_TO))
    match = match_of_term (node);
  else if (is_match (node))
    match = match_of (node);
  return match != NULL;
}

static MosQueryBranch *
branch_new (GPtrArray *nodes)
{
  MosQueryBranch *branch = g_new0 (MosQueryBranch, 1);

  branch->nodes = g_ptr_array_ref (nodes);
  branch->match = g_string_new (NULL);
  for (guint i = 0; i < nodes->len; i++)
    {
      MosQueryNode *node = nodes->pdata[i];
      g_autofree char *match = NULL;

      branch->is_of_message = branch->is_of_message || asks_of_message (node);
      if (!is_driver (node))
        continue;
      match = node->kind == MOS_QUERY_TERM ? match_of_term (node) : match_of (node);
      g_string_append_printf (branch->match, "%s%s", branch->match->len > 0 ? " AND " : "", match);
    }
  return branch;
}

static void
expand (MosQuerySql *self,
        GPtrArray *nodes)
{
  MosQueryNode *mixed = NULL;
  gboolean has_driver = FALSE;

  for (guint i = 0; i < nodes->len; i++)
    {
      MosQueryNode *node = nodes->pdata[i];

      has_driver = has_driver || is_driver (node);
      if (mixed == NULL && node->kind == MOS_QUERY_OR && is_of_message (node) && !is_match (node))
        mixed = node;
    }
  if (mixed != NULL && !has_driver && self->branches->len + mixed->children->len <= MAX_BRANCHES)
    {
      for (guint i = 0; i < mixed->children->len; i++)
        {
          g_autoptr (GPtrArray) others = g_ptr_array_new ();

          for (guint j = 0; j < nodes->len; j++)
            if (nodes->pdata[j] != mixed)
              g_ptr_array_add (others, nodes->pdata[j]);
          add_nodes (others, mixed->children->pdata[i]);
          expand (self, others);
        }
      return;
    }

  g_ptr_array_add (self->branches, branch_new (nodes));
}

MosQueryBranch *
mos_query_branch_without (const MosQueryBranch *self,
                          GPtrArray *nodes)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  for (guint i = 0; i < self->nodes->len; i++)
    if (!g_ptr_array_find (nodes, self->nodes->pdata[i], NULL))
      g_ptr_array_add (rest, self->nodes->pdata[i]);
  return branch_new (rest);
}

/* Whether anything can be looked for. */
static gboolean
has_condition (MosQuerySql *self,
               const MosQueryNode *node)
{
  g_autoptr (MosSql) sql = mos_sql_new ();

  return condition_of (self, node, TRUE, sql);
}

MosQuerySql *
mos_query_sql_new (const MosQuery *query,
                   const MosQueryOptions *options,
                   gint64 now_us)
{
  MosQuerySql *self = g_new0 (MosQuerySql, 1);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  gboolean with_deleted = query->root != NULL && asks_for (query->root, MOS_QUERY_IS, "deleted");
  gboolean with_blank = query->root != NULL && asks_for (query->root, MOS_QUERY_IS, "draft");

  self->options = options;
  self->now_us = now_us;
  self->branches = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_query_branch_free);
  self->places = with_deleted && with_blank ? "c.place NOT IN ('merged', 'erased')"
                 : with_deleted             ? "c.place NOT IN ('merged', 'blank', 'erased')"
                 : with_blank               ? "c.place NOT IN ('deleted', 'merged', 'erased')"
                                            : "c.place NOT IN ('deleted', 'merged', 'blank', 'erased')";
  if (query->root == NULL)
    {
      expand (self, nodes);
      return self;
    }
  self->is_of_message = asks_of_message (query->root);
  self->is_empty = !has_condition (self, query->root);
  if (self->is_empty)
    return self;
  add_nodes (nodes, query->root);
  expand (self, nodes);
  return self;
}

void
mos_query_sql_free (MosQuerySql *self)
{
  g_ptr_array_unref (self->branches);
  g_free (self);
}

void
mos_query_sql_append_branch (MosQuerySql *self,
                             MosSql *sql,
                             const MosQueryBranch *branch)
{
  gboolean is_driven = branch->match->len > 0;

  if (is_driven)
    mos_sql_append (sql,
                    " FROM search CROSS JOIN message m ON m.seq = search.rowid CROSS JOIN conversation c ON c.id = m.conversation"
                    " WHERE search MATCH ? AND ",
                    "t", branch->match->str);
  else if (branch->is_walked)
    mos_sql_append (sql, " FROM message m CROSS JOIN conversation c ON c.id = m.conversation WHERE m.removed_at = 0 AND m.seq >= ? AND ", "i", branch->from_seq);
  else if (branch->is_of_message)
    mos_sql_append (sql, " FROM message m JOIN conversation c ON c.id = m.conversation WHERE m.removed_at = 0 AND ", "");
  else
    mos_sql_append (sql, " FROM conversation c WHERE ", "");
  mos_sql_append (sql, self->places, "");
  if (self->options->conversation != NULL)
    mos_sql_append (sql, " AND c.id = ?", "t", self->options->conversation);

  for (guint i = 0; i < branch->nodes->len; i++)
    {
      const MosQueryNode *node = branch->nodes->pdata[i];
      g_autoptr (MosSql) part = mos_sql_new ();

      if (is_driven && is_driver (node))
        {
          /* FTS5 was asked already; of a person it knows only that she takes part. */
          if (node->kind == MOS_QUERY_TERM && (node->op == MOS_QUERY_FROM || node->op == MOS_QUERY_TO))
            {
              mos_sql_append (sql, " AND ", "");
              append_person (sql, node);
            }
          continue;
        }
      if (!condition_of (self, node, branch->is_of_message || branch->is_walked, part))
        continue;
      mos_sql_append (sql, " AND ", "");
      /* A range of row ids that FTS5 sees spares it the rows outside. */
      if (is_driven && g_str_has_prefix (part->text->str, "(m.seq >= ?"))
        g_string_replace (part->text, "m.seq", "search.rowid", 0);
      mos_sql_append_sql (sql, part);
    }
}
