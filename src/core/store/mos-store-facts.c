/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-events.h"

#include "core/base/mos-time.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* Facts per conversation, per customer turn and per close, and the daily roll-ups, made of one conversation's events (product.md, behaviour.md
 * §2.6). They are made anew from all its events each time one is added: an answer that was written on a phone and is
 * synced late falls into its place, and there is only one way to compute them. */

typedef struct
{
  char *agent;
  char *account;
  char *channel;
  char *category;
  char *language;
} Circumstances;

typedef struct
{
  gint64 opened_at;
  gint64 closed_at;
  const char *closed_by;
  gint64 first_response; /* -1 = none */
  Circumstances as_of;
} Turn;

typedef struct
{
  gint64 at;
  gint64 first_in;
  gint64 replies;
  gint64 automatic_replies;
  gint64 reopened_at;
  Circumstances as_of;
} Close;

/* first_in 0: there is none, the customer never wrote. */
typedef struct
{
  gint64 first_in;
  gint64 acknowledged_at;
  gint64 responded_at;
  gint64 closed_at;
  Circumstances as_of;
} Whole;

typedef struct
{
  Whole whole;
  GArray *turns;
  GArray *closes;
} Facts;

static void
circumstances_clear (Circumstances *c)
{
  g_free (c->agent);
  g_free (c->account);
  g_free (c->channel);
  g_free (c->category);
  g_free (c->language);
}

static void
turn_clear (gpointer turn)
{
  circumstances_clear (&((Turn *) turn)->as_of);
}

static void
close_clear (gpointer close)
{
  circumstances_clear (&((Close *) close)->as_of);
}

static void
facts_init (Facts *facts)
{
  facts->whole = (Whole) { 0 };
  facts->turns = g_array_new (FALSE, TRUE, sizeof (Turn));
  facts->closes = g_array_new (FALSE, TRUE, sizeof (Close));
  g_array_set_clear_func (facts->turns, turn_clear);
  g_array_set_clear_func (facts->closes, close_clear);
}

static void
facts_clear (Facts *facts)
{
  circumstances_clear (&facts->whole.as_of);
  g_array_unref (facts->turns);
  g_array_unref (facts->closes);
}

/* Columns from @first: agent, account, channel, category, language */
static void
circumstances_set (Circumstances *c,
                   MosStatement *statement,
                   int first)
{
  circumstances_clear (c);
  c->agent = mos_statement_dup_text0 (statement, first);
  c->account = mos_statement_dup_text0 (statement, first + 1);
  c->channel = mos_statement_dup_text0 (statement, first + 2);
  c->category = mos_statement_dup_text0 (statement, first + 3);
  c->language = mos_statement_dup_text0 (statement, first + 4);
}

static gboolean
facts_compute (MosTxn *txn,
               const char *conversation,
               Facts *facts,
               GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT kind, at, \"from\", \"to\", automatic, CASE WHEN actor_kind = 'human' AND kind IN ('sent', 'status', 'snooze') THEN actor ELSE assignee END, account, channel, category, language"
                          " FROM event WHERE conversation = ? AND undone = 0 AND archive = 0 AND kind IN ('received', 'sent', 'status', 'snooze', 'merge', 'delete', 'restore', 'category', 'language', 'assign') ORDER BY at, seq",
                          "t", conversation);
  Whole *whole = &facts->whole;
  gint64 replies = 0, automatic_replies = 0;
  gboolean is_spam = FALSE, is_deleted = FALSE, is_merged = FALSE, is_open = FALSE;
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *kind = mos_statement_get_text (statement, 0);
      gint64 at = mos_statement_get_int (statement, 1);
      Turn *turn = is_open ? &g_array_index (facts->turns, Turn, facts->turns->len - 1) : NULL;

      /* What it was about when it was answered; until then, what it is about. */
      if (whole->responded_at == 0)
        circumstances_set (&whole->as_of, statement, 5);
      if (g_str_equal (kind, "received"))
        {
          if (whole->first_in == 0)
            whole->first_in = at;
          /* Further messages do not move the turn's start. */
          if (!is_open)
            {
              Turn fresh = { .opened_at = at, .first_response = -1 };

              circumstances_set (&fresh.as_of, statement, 5);
              g_array_append_val (facts->turns, fresh);
              is_open = TRUE;
            }
        }
      /* Where the desk began it, what came before the customer's first message answers nothing. */
      else if (g_str_equal (kind, "sent") && whole->first_in == 0)
        continue;
      else if (g_str_equal (kind, "sent") && mos_statement_get_int (statement, 4) != 0)
        {
          automatic_replies++;
          if (whole->responded_at == 0 && whole->acknowledged_at == 0)
            whole->acknowledged_at = at;
        }
      else if (g_str_equal (kind, "sent"))
        {
          replies++;
          if (turn != NULL)
            {
              turn->closed_at = at;
              turn->closed_by = "reply";
              if (whole->responded_at == 0)
                turn->first_response = at - whole->first_in;
              circumstances_set (&turn->as_of, statement, 5);
              is_open = FALSE;
            }
          if (whole->responded_at == 0)
            whole->responded_at = at;
        }
      else if (g_str_equal (kind, "status") || g_str_equal (kind, "snooze"))
        {
          const char *from = mos_statement_get_text (statement, 2);
          const char *to = g_str_equal (kind, "snooze") ? "snoozed" : mos_statement_get_text (statement, 3);

          if (g_strcmp0 (from, "closed") == 0 && facts->closes->len > 0)
            {
              g_array_index (facts->closes, Close, facts->closes->len - 1).reopened_at = at;
              whole->closed_at = 0;
            }
          is_spam = g_strcmp0 (to, "spam") == 0;
          if (g_strcmp0 (to, "closed") == 0)
            {
              Close fresh = { .at = at, .first_in = whole->first_in, .replies = replies, .automatic_replies = automatic_replies };

              circumstances_set (&fresh.as_of, statement, 5);
              g_array_append_val (facts->closes, fresh);
              whole->closed_at = at;
              if (turn != NULL)
                {
                  turn->closed_at = at;
                  turn->closed_by = "closed";
                  is_open = FALSE;
                }
            }
        }
      else if (g_str_equal (kind, "merge"))
        is_merged = TRUE;
      else if (g_str_equal (kind, "delete") || g_str_equal (kind, "restore"))
        is_deleted = g_str_equal (kind, "delete");
    }
  if (is_spam || is_deleted || is_merged)
    {
      g_array_set_size (facts->turns, 0);
      g_array_set_size (facts->closes, 0);
      whole->first_in = 0;
    }
  return r == 0;
}

static gboolean
facts_load (MosTxn *txn,
            const char *conversation,
            Facts *facts,
            GError **error)
{
  g_autoptr (MosStatement) turns =
      mos_database_query (txn->database, error, "SELECT opened_at, closed_at, closed_by, first_response, agent, account, channel, category, language FROM fact_turn WHERE conversation = ? ORDER BY position", "t", conversation);
  g_autoptr (MosStatement) closes =
      mos_database_query (txn->database, error, "SELECT at, first_in, replies, automatic_replies, reopened_at, agent, account, channel, category, language FROM fact_close WHERE conversation = ? ORDER BY position", "t", conversation);
  g_autoptr (MosStatement) whole =
      mos_database_query (txn->database, error, "SELECT first_in, acknowledged_at, responded_at, closed_at, agent, account, channel, category, language FROM fact_conversation WHERE conversation = ?", "t", conversation);
  int r = turns != NULL && closes != NULL && whole != NULL ? 1 : -1;

  if (r > 0 && (r = mos_statement_step (whole, error)) > 0)
    {
      facts->whole.first_in = mos_statement_get_int (whole, 0);
      facts->whole.acknowledged_at = mos_statement_get_int (whole, 1);
      facts->whole.responded_at = mos_statement_get_int (whole, 2);
      facts->whole.closed_at = mos_statement_get_int (whole, 3);
      circumstances_set (&facts->whole.as_of, whole, 4);
    }
  if (r < 0)
    return FALSE;
  r = 1;

  while (r > 0 && (r = mos_statement_step (turns, error)) > 0)
    {
      Turn turn = { .opened_at = mos_statement_get_int (turns, 0), .closed_at = mos_statement_get_int (turns, 1) };

      turn.closed_by = mos_statement_is_null (turns, 2) ? NULL : g_str_equal (mos_statement_get_text (turns, 2), "reply") ? "reply"
                                                                                                                          : "closed";
      turn.first_response = mos_statement_is_null (turns, 3) ? -1 : mos_statement_get_int (turns, 3);
      circumstances_set (&turn.as_of, turns, 4);
      g_array_append_val (facts->turns, turn);
    }
  if (r < 0)
    return FALSE;
  r = 1;
  while (r > 0 && (r = mos_statement_step (closes, error)) > 0)
    {
      Close close = { .at = mos_statement_get_int (closes, 0), .first_in = mos_statement_get_int (closes, 1), .replies = mos_statement_get_int (closes, 2), .automatic_replies = mos_statement_get_int (closes, 3), .reopened_at = mos_statement_get_int (closes, 4) };

      circumstances_set (&close.as_of, closes, 5);
      g_array_append_val (facts->closes, close);
    }
  return r == 0;
}

static gboolean
facts_save (MosTxn *txn,
            const char *conversation,
            Facts *facts,
            GError **error)
{
  const Whole *whole = &facts->whole;

  if (!mos_database_exec (txn->database, error, "DELETE FROM fact_turn WHERE conversation = ?", "t", conversation) ||
      !mos_database_exec (txn->database, error, "DELETE FROM fact_close WHERE conversation = ?", "t", conversation) ||
      !mos_database_exec (txn->database, error, "DELETE FROM fact_conversation WHERE conversation = ?", "t", conversation))
    return FALSE;
  if (whole->first_in != 0 &&
      !mos_database_exec (txn->database, error,
                          "INSERT INTO fact_conversation (conversation, first_in, acknowledged_at, responded_at, closed_at, agent, account, channel, category, language) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          "tiiiittttt", conversation, whole->first_in, whole->acknowledged_at, whole->responded_at, whole->closed_at,
                          whole->as_of.agent, whole->as_of.account, whole->as_of.channel, whole->as_of.category, whole->as_of.language))
    return FALSE;
  for (guint i = 0; i < facts->turns->len; i++)
    {
      Turn *turn = &g_array_index (facts->turns, Turn, i);

      if (!mos_database_exec (txn->database, error,
                              "INSERT INTO fact_turn (conversation, position, opened_at, closed_at, closed_by, first_response, agent, account, channel, category, language)"
                              " VALUES (?, ?, ?, ?, ?, nullif (?, -1), ?, ?, ?, ?, ?)",
                              "tdiitittttt", conversation, (int) i + 1, turn->opened_at, turn->closed_at, turn->closed_by, turn->first_response,
                              turn->as_of.agent, turn->as_of.account, turn->as_of.channel, turn->as_of.category, turn->as_of.language))
        return FALSE;
    }
  for (guint i = 0; i < facts->closes->len; i++)
    {
      Close *close = &g_array_index (facts->closes, Close, i);

      if (!mos_database_exec (txn->database, error,
                              "INSERT INTO fact_close (conversation, position, at, first_in, replies, automatic_replies, reopened_at, agent, account, channel, category, language)"
                              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              "tdiiiiittttt", conversation, (int) i + 1, close->at, close->first_in, close->replies, close->automatic_replies, close->reopened_at,
                              close->as_of.agent, close->as_of.account, close->as_of.channel, close->as_of.category, close->as_of.language))
        return FALSE;
    }
  return TRUE;
}

/* --- roll-ups --- */

typedef gboolean (*RollupFunc) (MosTxn *txn, gint64 day, const char *measure, const Circumstances *as_of, gint64 n, gint64 total, gpointer data, GError **error);

static gint64
day_of (GTimeZone *zone,
        gint64 at_us)
{
  return mos_time_local_seconds (zone, at_us) / 86400;
}

static gboolean
facts_roll (MosTxn *txn,
            GTimeZone *zone,
            Facts *facts,
            gint64 sign,
            RollupFunc func,
            gpointer data,
            GError **error)
{
  const Whole *whole = &facts->whole;

  if (whole->first_in != 0 && (!func (txn, day_of (zone, whole->first_in), "new", &whole->as_of, sign, 0, data, error) ||
                               (whole->responded_at != 0 && !func (txn, day_of (zone, whole->responded_at), "first_response", &whole->as_of, sign, sign * (whole->responded_at - whole->first_in), data, error))))
    return FALSE;
  for (guint i = 0; i < facts->turns->len; i++)
    {
      Turn *turn = &g_array_index (facts->turns, Turn, i);

      if (g_strcmp0 (turn->closed_by, "reply") == 0 && !func (txn, day_of (zone, turn->closed_at), "turn", &turn->as_of, sign, sign * (turn->closed_at - turn->opened_at), data, error))
        return FALSE;
    }
  for (guint i = 0; i < facts->closes->len; i++)
    {
      Close *close = &g_array_index (facts->closes, Close, i);
      gint64 day = day_of (zone, close->at);

      /* Resolution time runs from the first incoming message; each period takes the close that stands at its end, so all are kept. */
      if (!func (txn, day, "close", &close->as_of, sign, close->first_in != 0 ? sign * (close->at - close->first_in) : 0, data, error) ||
          (close->replies == 1 && !func (txn, day, "one_touch", &close->as_of, sign, 0, data, error)) ||
          (close->replies == 0 && close->automatic_replies > 0 && !func (txn, day, "deflected", &close->as_of, sign, 0, data, error)) ||
          (close->reopened_at != 0 && !func (txn, day_of (zone, close->reopened_at), "reopen", &close->as_of, sign, 0, data, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
rollup_write (MosTxn *txn,
              gint64 day,
              const char *measure,
              const Circumstances *as_of,
              gint64 n,
              gint64 total,
              gpointer data,
              GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT INTO rollup_day (day, measure, account, channel, category, language, agent, n, total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            " ON CONFLICT DO UPDATE SET n = n + excluded.n, total = total + excluded.total",
                            "itttttt"
                            "ii",
                            day, measure, as_of->account, as_of->channel, as_of->category, as_of->language, as_of->agent, n, total) &&
         (n > 0 || mos_database_exec (txn->database, error,
                                      "DELETE FROM rollup_day WHERE day = ? AND measure = ? AND account = ? AND channel = ? AND category = ? AND language = ? AND agent = ? AND n = 0 AND total = 0",
                                      "itttttt", day, measure, as_of->account, as_of->channel, as_of->category, as_of->language, as_of->agent));
}

/* Reading a zone's file costs more than all the rest; it is the same for all conversations of a transaction. */
GTimeZone *
mos_store_desk_zone (MosTxn *txn,
                     GError **error)
{
  g_autofree char *name = NULL;

  if (!mos_database_get_text (txn->database, &name, error, "SELECT value FROM meta WHERE key = 'tz'", ""))
    return NULL;
  if (txn->zone == NULL || g_strcmp0 (txn->zone_name, name) != 0)
    {
      g_clear_pointer (&txn->zone, g_time_zone_unref);
      g_set_str (&txn->zone_name, name);
      txn->zone = g_time_zone_new_identifier (name);
      if (txn->zone == NULL)
        txn->zone = g_time_zone_new_utc ();
    }
  return g_time_zone_ref (txn->zone);
}

gboolean
mos_facts_update (MosTxn *txn,
                  const char *conversation,
                  GError **error)
{
  g_autoptr (GTimeZone) zone = mos_store_desk_zone (txn, error);
  Facts before, after;
  gboolean ok;

  if (zone == NULL)
    return FALSE;
  facts_init (&before);
  facts_init (&after);
  ok = facts_load (txn, conversation, &before, error) && facts_compute (txn, conversation, &after, error) &&
       facts_roll (txn, zone, &before, -1, rollup_write, NULL, error) &&
       facts_save (txn, conversation, &after, error) &&
       facts_roll (txn, zone, &after, 1, rollup_write, NULL, error);
  facts_clear (&before);
  facts_clear (&after);
  return ok;
}

gboolean
mos_store_facts_rebuild (MosTxn *txn,
                         GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (!mos_database_exec (txn->database, error, "DELETE FROM fact_turn", "") || !mos_database_exec (txn->database, error, "DELETE FROM fact_close", "") ||
      !mos_database_exec (txn->database, error, "DELETE FROM fact_conversation", "") || !mos_database_exec (txn->database, error, "DELETE FROM rollup_day", ""))
    return FALSE;
  statement = mos_database_query (txn->database, error, "SELECT DISTINCT conversation FROM event WHERE archive = 0", "");
  ids = mos_query_ids (statement, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!mos_facts_update (txn, ids->pdata[i], error))
      return FALSE;
  return ids != NULL;
}

/* --- check --- */

static void
facts_describe (Facts *facts,
                GString *out)
{
  const Whole *w = &facts->whole;

  g_string_truncate (out, 0);
  if (w->first_in != 0)
    g_string_append_printf (out, "W %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %s %s\n", w->first_in, w->acknowledged_at, w->responded_at, w->closed_at, w->as_of.agent, w->as_of.account, w->as_of.category, w->as_of.language);
  for (guint i = 0; i < facts->turns->len; i++)
    {
      Turn *t = &g_array_index (facts->turns, Turn, i);

      g_string_append_printf (out, "T %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s %s %s\n", t->opened_at, t->closed_at, t->closed_by != NULL ? t->closed_by : "-", t->first_response, t->as_of.agent, t->as_of.account, t->as_of.category);
    }
  for (guint i = 0; i < facts->closes->len; i++)
    {
      Close *c = &g_array_index (facts->closes, Close, i);

      g_string_append_printf (out, "C %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %s\n", c->at, c->first_in, c->replies, c->automatic_replies, c->reopened_at, c->as_of.agent, c->as_of.account, c->as_of.category);
    }
}

static gboolean
rollup_collect (MosTxn *txn,
                gint64 day,
                const char *measure,
                const Circumstances *as_of,
                gint64 n,
                gint64 total,
                gpointer data,
                GError **error)
{
  char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s %s %s %s %s %s", day, measure, as_of->account, as_of->channel, as_of->category, as_of->language, as_of->agent);
  gint64 *sums = g_hash_table_lookup (data, key);

  if (sums == NULL)
    {
      sums = g_new0 (gint64, 2);
      g_hash_table_insert (data, key, sums);
    }
  else
    g_free (key);
  sums[0] += n;
  sums[1] += total;
  return TRUE;
}

gboolean
mos_facts_check (MosTxn *txn,
                 GPtrArray *problems,
                 GError **error)
{
  g_autoptr (GTimeZone) zone = mos_store_desk_zone (txn, error);
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (MosStatement) rollups = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  GHashTableIter iter;
  gpointer key;
  int r;

  if (zone == NULL)
    return FALSE;
  statement = mos_database_query (txn->database, error, "SELECT DISTINCT conversation FROM event UNION SELECT conversation FROM fact_turn UNION SELECT conversation FROM fact_close UNION SELECT conversation FROM fact_conversation", "");
  ids = mos_query_ids (statement, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GString) is = g_string_new (NULL);
      g_autoptr (GString) should = g_string_new (NULL);
      Facts stored, computed;
      gboolean ok;

      facts_init (&stored);
      facts_init (&computed);
      ok = facts_load (txn, ids->pdata[i], &stored, error) && facts_compute (txn, ids->pdata[i], &computed, error) &&
           facts_roll (txn, zone, &computed, 1, rollup_collect, sums, error);
      facts_describe (&stored, is);
      facts_describe (&computed, should);
      facts_clear (&stored);
      facts_clear (&computed);
      if (!ok)
        return FALSE;
      if (!g_string_equal (is, should))
        mos_check_add (problems, "facts", ids->pdata[i], NULL);
    }

  rollups = mos_database_query (txn->database, error, "SELECT day || ' ' || measure || ' ' || account || ' ' || channel || ' ' || category || ' ' || language || ' ' || agent, n, total FROM rollup_day", "");
  r = rollups != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (rollups, error)) > 0)
    {
      const char *name = mos_statement_get_text (rollups, 0);
      gint64 *sum = g_hash_table_lookup (sums, name);

      if (sum == NULL || sum[0] != mos_statement_get_int (rollups, 1) || sum[1] != mos_statement_get_int (rollups, 2))
        mos_check_add (problems, "rollup", name, NULL);
      g_hash_table_remove (sums, name);
    }
  g_hash_table_iter_init (&iter, sums);
  while (r == 0 && g_hash_table_iter_next (&iter, &key, NULL))
    mos_check_add (problems, "rollup", key, "missing");
  return r == 0;
}
