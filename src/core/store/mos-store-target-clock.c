/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/automation/mos-target-clock.h"
#include "core/store/mos-store-calendar.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-targets.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* When a conversation is due: absolute moments, made anew whenever something they stand on changes (messages, events, category, customer, targets, hours), so that whoever
 * looks later has only to compare. What has passed stays counted: the clock begins where it began, whatever the rule is now. */

/* One that runs. due_us: 0 = it does not */
typedef struct
{
  MosTargetBasis basis;
  gint64 due_us;
  gint64 warn_us;
  gboolean is_warned;
  gboolean is_breached;
} Clock;

typedef struct
{
  Clock reply;
  Clock resolution;
} Clocks;

/* What the row of a conversation has, or should have */
typedef struct
{
  gint64 reply_due;
  gint64 reply_warn;
  gint64 resolve_due;
  gint64 resolve_warn;
  gint64 at;
  gint64 next;
  char *reply_basis;
  char *resolve_basis;
  char *state; /* (nullable) */
} Columns;

static void
columns_clear (Columns *columns)
{
  g_free (columns->reply_basis);
  g_free (columns->resolve_basis);
  g_free (columns->state);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Columns, columns_clear)

/* --- when the clock of the resolution stands --- */

static gboolean
is_standing (const char *status,
             gboolean is_waiting)
{
  return strcmp (status, "pending") == 0 || strcmp (status, "closed") == 0 || (strcmp (status, "snoozed") == 0 && !is_waiting);
}

/* Returns: (transfer full) (element-type MosTargetStretch): from when until when; 0 = still */
static GArray *
compute_pauses (MosTxn *txn,
                const char *conversation,
                GError **error)
{
  g_autoptr (GArray) pauses = g_array_new (FALSE, FALSE, sizeof (MosTargetStretch));
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT kind, at, \"to\", automatic, kind = 'merged' AND EXISTS (SELECT 1 FROM fact_turn t WHERE t.conversation = event.conversation AND t.opened_at <= event.at AND (t.closed_at = 0 OR t.closed_at > event.at)),"
                          " kind = 'merged' AND (SELECT f.first_in FROM fact_conversation f WHERE f.conversation = event.conversation) <= at"
                          " FROM event WHERE conversation = ? AND undone = 0 AND archive = 0 AND kind IN ('received', 'sent', 'status', 'snooze', 'merged')"
                          " AND NOT " MOS_EVENT_IS_UNDELIVERED " AND EXISTS (SELECT 1 FROM fact_conversation f WHERE f.conversation = event.conversation) ORDER BY at, seq",
                          "t", conversation);
  g_autofree char *status = g_strdup ("open");
  gboolean is_waiting = FALSE, stood = FALSE, is_asked = FALSE;
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *kind = mos_statement_get_text (statement, 0), *to = mos_statement_get_text (statement, 2);
      const gint64 at = mos_statement_get_int (statement, 1);
      gboolean stands;

      if (strcmp (kind, "received") == 0)
        is_waiting = is_asked = TRUE;
      else if (strcmp (kind, "sent") == 0)
        is_waiting &= mos_statement_get_int (statement, 3) != 0;
      /* Whoever waited there waits here. */
      else if (strcmp (kind, "merged") == 0)
        {
          is_waiting |= mos_statement_get_int (statement, 4) != 0;
          /* All that was asked so far was asked there, where nothing of this stood. */
          if (!is_asked && mos_statement_get_int (statement, 5) != 0)
            {
              g_array_set_size (pauses, 0);
              stood = FALSE;
              is_asked = TRUE;
            }
        }
      else
        {
          g_set_str (&status, strcmp (kind, "snooze") == 0 ? "snoozed" : to != NULL ? to
                                                                                    : "open");
          is_waiting &= strcmp (status, "closed") != 0;
        }
      stands = is_standing (status, is_waiting);
      if (stands && !stood)
        {
          const MosTargetStretch fresh = { at, 0 };

          g_array_append_val (pauses, fresh);
        }
      else if (stood && !stands)
        g_array_index (pauses, MosTargetStretch, pauses->len - 1).to_us = at;
      stood = stands;
    }
  return r == 0 ? g_steal_pointer (&pauses) : NULL;
}

static GArray *
load_pauses (MosTxn *txn,
             const char *conversation,
             GError **error)
{
  g_autoptr (GArray) pauses = g_array_new (FALSE, FALSE, sizeof (MosTargetStretch));
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT from_at, to_at FROM fact_pause WHERE conversation = ? ORDER BY position", "t", conversation);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const MosTargetStretch pause = { mos_statement_get_int (statement, 0), mos_statement_get_int (statement, 1) };

      g_array_append_val (pauses, pause);
    }
  return r == 0 ? g_steal_pointer (&pauses) : NULL;
}

static gboolean
same_pauses (GArray *one,
             GArray *other)
{
  return one->len == other->len && (one->len == 0 || memcmp (one->data, other->data, one->len * sizeof (MosTargetStretch)) == 0);
}

static gboolean
update_pauses (MosTxn *txn,
               const char *conversation,
               GError **error)
{
  g_autoptr (GArray) was = NULL;
  g_autoptr (GArray) is = NULL;
  gint64 counts = 0;

  /* Old mail, by the thousands, has no facts. */
  if (!mos_database_get_int (txn->database, &counts, error, "SELECT EXISTS (SELECT 1 FROM fact_conversation WHERE conversation = ?1) OR EXISTS (SELECT 1 FROM fact_pause WHERE conversation = ?1)", "t", conversation))
    return FALSE;
  if (counts == 0)
    return TRUE;
  was = load_pauses (txn, conversation, error);
  is = was != NULL ? compute_pauses (txn, conversation, error) : NULL;
  if (is == NULL)
    return FALSE;
  if (same_pauses (was, is))
    return TRUE;
  if (!mos_database_exec (txn->database, error, "DELETE FROM fact_pause WHERE conversation = ?", "t", conversation))
    return FALSE;
  for (guint i = 0; i < is->len; i++)
    {
      const MosTargetStretch *pause = &g_array_index (is, MosTargetStretch, i);

      if (!mos_database_exec (txn->database, error, "INSERT INTO fact_pause (conversation, position, from_at, to_at) VALUES (?, ?, ?, ?)", "tdii", conversation, (int) i + 1, pause->from_us, pause->to_us))
        return FALSE;
    }
  return TRUE;
}

GArray *
mos_targets_stretches (GArray *pauses,
                       gint64 from_us,
                       gint64 to_us)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (MosTargetStretch));
  gint64 at_us = from_us;

  for (guint i = 0; i < pauses->len; i++)
    {
      const MosTargetStretch *pause = &g_array_index (pauses, MosTargetStretch, i);
      const MosTargetStretch before = { at_us, to_us != 0 ? MIN (pause->from_us, to_us) : pause->from_us };

      if (before.from_us < before.to_us)
        g_array_append_val (stretches, before);
      if (pause->to_us == 0 || (to_us != 0 && pause->to_us >= to_us))
        return stretches;
      at_us = MAX (at_us, pause->to_us);
    }
  if (to_us == 0 || at_us < to_us)
    {
      const MosTargetStretch last = { at_us, to_us };

      g_array_append_val (stretches, last);
    }
  return stretches;
}

/* --- what the rules and the hours say --- */

gboolean
mos_targets_prepare (MosTxn *txn,
                     GError **error)
{
  if (txn->hours == NULL)
    txn->hours = mos_store_calendar_load (txn, error);
  if (txn->hours != NULL && txn->targets == NULL)
    txn->targets = mos_store_targets_list (txn, error);
  return txn->hours != NULL && txn->targets != NULL;
}

static void
set_clock (MosTxn *txn,
           Clock *clock,
           const MosTargetFacts *facts,
           MosTargetKind kind,
           GArray *stretches)
{
  const MosTargetsVersion *now = txn->targets->pdata[txn->targets->len - 1];
  const MosTargetStretch *of = (const MosTargetStretch *) stretches->data;
  const MosTargetRule *rule;
  const int seconds = mos_targets_choose (now->targets, facts, kind, &rule);
  GPtrArray *hours;

  /* Nothing is due while its clock stands. */
  if (seconds == 0 || stretches->len == 0 || of[stretches->len - 1].to_us != 0)
    return;
  clock->basis = (MosTargetBasis) { kind, rule->scope, rule->in_hours[kind], seconds };
  hours = clock->basis.in_hours ? txn->hours : NULL;
  clock->due_us = mos_target_clock_reach (hours, of, stretches->len, seconds * G_TIME_SPAN_SECOND);
  if (clock->due_us != 0)
    clock->warn_us = mos_target_clock_reach (hours, of, stretches->len, mos_target_get_warn_s (seconds) * G_TIME_SPAN_SECOND);
}

/* What was told of another turn is older than when this one is due. */
static void
set_told (Clock *clock,
          gint64 warned_us,
          gint64 breached_us)
{
  clock->is_breached = clock->due_us != 0 && breached_us >= clock->due_us;
  clock->is_warned = clock->is_breached || (clock->due_us != 0 && MAX (warned_us, breached_us) >= clock->warn_us);
}

static gboolean
load_told (MosTxn *txn,
           const char *conversation,
           Clocks *clocks,
           GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT max (CASE WHEN kind = 'target_warn' AND \"from\" <> 'resolution' THEN at ELSE 0 END), max (CASE WHEN kind = 'target_breach' AND \"from\" <> 'resolution' THEN at ELSE 0 END),"
                          " max (CASE WHEN kind = 'target_warn' AND \"from\" = 'resolution' THEN at ELSE 0 END), max (CASE WHEN kind = 'target_breach' AND \"from\" = 'resolution' THEN at ELSE 0 END)"
                          " FROM event WHERE conversation = ? AND undone = 0 AND kind IN ('target_warn', 'target_breach')",
                          "t", conversation);

  if (statement == NULL || mos_statement_step (statement, error) < 0)
    return FALSE;
  set_told (&clocks->reply, mos_statement_get_int (statement, 0), mos_statement_get_int (statement, 1));
  set_told (&clocks->resolution, mos_statement_get_int (statement, 2), mos_statement_get_int (statement, 3));
  return TRUE;
}

/* @ret_columns: (out) (optional): what its row has */
static gboolean
compute (MosTxn *txn,
         const char *conversation,
         Clocks *clocks,
         Columns *ret_columns,
         GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT c.archive = 0 AND c.place IN ('open', 'pending', 'snoozed'), c.waiting_since, c.channel, c.category, c.priority = 'urgent', coalesce (k.complex, 0), coalesce (p.vip, 0),"
                          " coalesce (f.first_in, 0), coalesce (f.responded_at, 0), c.reply_due, c.reply_warn, c.reply_basis, c.resolve_due, c.resolve_warn, c.resolve_basis, c.target_at, c.target_next, c.target_state"
                          " FROM conversation c LEFT JOIN category k ON k.id = c.category LEFT JOIN customer p ON p.id = c.customer LEFT JOIN fact_conversation f ON f.conversation = c.id WHERE c.id = ?",
                          "t", conversation);
  const int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (MosTargetStretch));
  g_autoptr (GArray) pauses = NULL;
  g_autoptr (GArray) runs = NULL;
  MosTargetStretch since = { 0, 0 };
  MosTargetFacts facts;
  gint64 first_in;

  memset (clocks, 0, sizeof *clocks);
  if (r <= 0)
    return r == 0;
  if (ret_columns != NULL)
    {
      ret_columns->reply_due = mos_statement_get_int (statement, 9);
      ret_columns->reply_warn = mos_statement_get_int (statement, 10);
      ret_columns->reply_basis = mos_statement_dup_text0 (statement, 11);
      ret_columns->resolve_due = mos_statement_get_int (statement, 12);
      ret_columns->resolve_warn = mos_statement_get_int (statement, 13);
      ret_columns->resolve_basis = mos_statement_dup_text0 (statement, 14);
      ret_columns->at = mos_statement_get_int (statement, 15);
      ret_columns->next = mos_statement_get_int (statement, 16);
      ret_columns->state = mos_statement_dup_text (statement, 17);
    }
  if (mos_statement_get_int (statement, 0) == 0)
    return TRUE;
  since.from_us = mos_statement_get_int (statement, 1);
  first_in = mos_statement_get_int (statement, 7);
  if (since.from_us == 0 && first_in == 0)
    return TRUE;
  if (!mos_targets_prepare (txn, error))
    return FALSE;

  facts = (MosTargetFacts) { .channel = mos_statement_get_text (statement, 2),
                             .category = mos_statement_get_text (statement, 3),
                             .is_urgent = mos_statement_get_int (statement, 4) != 0,
                             .is_complex = mos_statement_get_int (statement, 5) != 0,
                             .is_vip = mos_statement_get_int (statement, 6) != 0 };
  if (since.from_us != 0)
    g_array_append_val (waits, since);
  set_clock (txn, &clocks->reply, &facts, mos_statement_get_int (statement, 8) == 0 ? MOS_TARGET_FIRST_REPLY : MOS_TARGET_NEXT_REPLY, waits);
  if (first_in != 0)
    {
      pauses = load_pauses (txn, conversation, error);
      if (pauses == NULL)
        return FALSE;
      runs = mos_targets_stretches (pauses, first_in, 0);
      set_clock (txn, &clocks->resolution, &facts, MOS_TARGET_RESOLUTION, runs);
    }
  return (clocks->reply.due_us == 0 && clocks->resolution.due_us == 0) || load_told (txn, conversation, clocks, error);
}

static gint64
sooner (gint64 one,
        gint64 other)
{
  return one == 0 || (other != 0 && other < one) ? other : one;
}

static gint64
next_of (const Clock *clock)
{
  return clock->is_breached ? 0 : clock->is_warned ? clock->due_us
                                                   : clock->warn_us;
}

static void
columns_from (Columns *columns,
              const Clocks *clocks)
{
  const Clock *reply = &clocks->reply, *resolution = &clocks->resolution;
  MosTargetState state = MOS_TARGET_NONE;

  columns->reply_due = reply->due_us;
  columns->reply_warn = reply->warn_us;
  columns->reply_basis = reply->due_us != 0 ? mos_target_basis_to_text (&reply->basis) : g_strdup ("");
  columns->resolve_due = resolution->due_us;
  columns->resolve_warn = resolution->warn_us;
  columns->resolve_basis = resolution->due_us != 0 ? mos_target_basis_to_text (&resolution->basis) : g_strdup ("");
  columns->at = sooner (reply->due_us, resolution->due_us);
  columns->next = sooner (next_of (reply), next_of (resolution));
  if (reply->is_breached || resolution->is_breached)
    state = MOS_TARGET_BREACHED;
  else if (reply->is_warned || resolution->is_warned)
    state = MOS_TARGET_WARNED;
  else if (columns->at != 0)
    state = MOS_TARGET_PENDING;
  columns->state = state != MOS_TARGET_NONE ? g_strdup (mos_target_state_to_nick (state)) : NULL;
}

static gboolean
columns_equal (const Columns *one,
               const Columns *other)
{
  return one->reply_due == other->reply_due && one->reply_warn == other->reply_warn && one->resolve_due == other->resolve_due && one->resolve_warn == other->resolve_warn &&
         one->at == other->at && one->next == other->next && g_strcmp0 (one->reply_basis, other->reply_basis) == 0 && g_strcmp0 (one->resolve_basis, other->resolve_basis) == 0 &&
         g_strcmp0 (one->state, other->state) == 0;
}

/* --- whose clock --- */

/* Hours without a zone are those of the computer's, which may be another one tomorrow. @ret_same: (out): whether all was made by it; @ret_zone: (out) (transfer full): which it is */
static gboolean
look_at_zone (MosTxn *txn,
              gboolean *ret_same,
              char **ret_zone,
              GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *known = NULL;

  if (!mos_database_get_text (txn->database, &known, error, "SELECT value FROM meta WHERE key = 'targets_zone'", ""))
    return FALSE;
  *ret_zone = g_strdup (g_time_zone_get_identifier (zone));
  *ret_same = g_strcmp0 (known, *ret_zone) == 0;
  return TRUE;
}

static gboolean
keep_zone (MosTxn *txn,
           const char *zone,
           GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT OR REPLACE INTO meta (key, value) VALUES ('targets_zone', ?)", "t", zone);
}

gboolean
mos_store_targets_follow_zone (MosTxn *txn,
                               GError **error)
{
  g_autofree char *zone = NULL;
  gboolean same;

  if (!look_at_zone (txn, &same, &zone, error))
    return FALSE;
  if (same)
    return TRUE;
  mos_targets_forget (txn);
  return keep_zone (txn, zone, error);
}

/* --- keeping them --- */

/* The row that waits for all of them does not wait longer than until @next_us. */
static gboolean
plan (MosTxn *txn,
      gint64 next_us,
      GError **error)
{
  gint64 planned_us = 0;

  if (!mos_database_get_int (txn->database, &planned_us, error, "SELECT due_utc FROM due WHERE key = ? AND state IN ('waiting', 'taken')", "t", MOS_TARGETS_DUE_KIND))
    return FALSE;
  return (planned_us != 0 && planned_us <= next_us) || mos_store_due_plan (txn, MOS_TARGETS_DUE_KIND, MOS_TARGETS_DUE_KIND, next_us, error);
}

gboolean
mos_targets_update (MosTxn *txn,
                    const char *conversation,
                    gboolean with_pauses,
                    GError **error)
{
  g_auto (Columns) was = { 0 };
  g_auto (Columns) is = { 0 };
  Clocks clocks;

  if ((with_pauses && !update_pauses (txn, conversation, error)) || !compute (txn, conversation, &clocks, &was, error))
    return FALSE;
  columns_from (&is, &clocks);
  if (columns_equal (&was, &is))
    return TRUE;
  mos_txn_touch_conversation (txn, conversation);
  return mos_database_exec (txn->database, error,
                            "UPDATE conversation SET reply_due = ?, reply_warn = ?, reply_basis = ?, resolve_due = ?, resolve_warn = ?, resolve_basis = ?, target_at = ?, target_next = ?, target_state = ? WHERE id = ?",
                            "iitiitiitt", is.reply_due, is.reply_warn, is.reply_basis, is.resolve_due, is.resolve_warn, is.resolve_basis, is.at, is.next, is.state, conversation) &&
         (is.next == 0 || is.next == was.next || plan (txn, is.next, error));
}

gboolean
mos_targets_update_all (MosTxn *txn,
                        GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error,
                                                           "SELECT id FROM conversation INDEXED BY conversation_active WHERE place IN ('open', 'pending') AND archive = 0"
                                                           " UNION ALL SELECT id FROM conversation INDEXED BY conversation_snoozed WHERE place = 'snoozed' AND archive = 0",
                                                           "");
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!mos_targets_update (txn, ids->pdata[i], FALSE, error))
      return FALSE;
  return ids != NULL;
}

void
mos_targets_forget (MosTxn *txn)
{
  g_clear_pointer (&txn->hours, g_ptr_array_unref);
  g_clear_pointer (&txn->targets, g_ptr_array_unref);
  txn->is_retargeting = txn->is_writable;
}

gboolean
mos_targets_rebuild (MosTxn *txn,
                     GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM conversation WHERE archive = 0 OR target_at <> 0 UNION SELECT conversation FROM fact_pause", "");
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);
  g_autofree char *zone = NULL;
  gboolean same;

  if (ids == NULL || !look_at_zone (txn, &same, &zone, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!mos_targets_update (txn, ids->pdata[i], TRUE, error))
      return FALSE;
  return keep_zone (txn, zone, error);
}

gboolean
mos_targets_check (MosTxn *txn,
                   GPtrArray *problems,
                   GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM conversation", "");
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);
  g_autofree char *zone = NULL;
  gint64 next_us = 0, planned_us = 0;
  gboolean same;

  if (ids == NULL || !look_at_zone (txn, &same, &zone, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GArray) stored = load_pauses (txn, ids->pdata[i], error);
      g_autoptr (GArray) computed = stored != NULL ? compute_pauses (txn, ids->pdata[i], error) : NULL;
      g_auto (Columns) was = { 0 };
      g_auto (Columns) is = { 0 };
      Clocks clocks;

      if (computed == NULL || !compute (txn, ids->pdata[i], &clocks, &was, error))
        return FALSE;
      columns_from (&is, &clocks);
      /* By another clock they are others; the next start makes them anew. */
      if (!same_pauses (stored, computed) || (same && !columns_equal (&was, &is)))
        mos_check_add (problems, "targets", ids->pdata[i], NULL);
    }
  if (!mos_database_get_int (txn->database, &next_us, error, "SELECT min (target_next) FROM conversation INDEXED BY conversation_target_next WHERE target_next > 0", "") ||
      !mos_database_get_int (txn->database, &planned_us, error, "SELECT due_utc FROM due WHERE key = ? AND state IN ('waiting', 'taken')", "t", MOS_TARGETS_DUE_KIND))
    return FALSE;
  if (next_us != 0 && (planned_us == 0 || planned_us > next_us))
    mos_check_add (problems, "targets", "", "nobody waits for the next one");
  return TRUE;
}

/* --- telling --- */

void
mos_target_told_free (MosTargetTold *told)
{
  g_free (told->conversation);
  g_free (told);
}

static gboolean
tell (MosTxn *txn,
      const char *conversation,
      const Clock *clock,
      GPtrArray *told,
      GError **error)
{
  const char *kind = mos_target_kind_to_nick (clock->basis.kind);
  const gboolean warns = clock->due_us != 0 && !clock->is_warned && clock->warn_us <= txn->now_us;
  const gboolean breaches = clock->due_us != 0 && !clock->is_breached && clock->due_us <= txn->now_us;
  MosTargetTold *item;

  if (!warns && !breaches)
    return TRUE;
  item = g_new0 (MosTargetTold, 1);
  item->conversation = g_strdup (conversation);
  item->kind = clock->basis.kind;
  item->is_warned = warns;
  item->is_breached = breaches;
  g_ptr_array_add (told, item);
  /* When it was, not when somebody looked. */
  return (!warns || mos_store_event_add (txn, conversation, NULL, "target_warn", kind, NULL, clock->warn_us, FALSE, error)) &&
         (!breaches || mos_store_event_add (txn, conversation, NULL, "target_breach", kind, NULL, clock->due_us, FALSE, error));
}

GPtrArray *
mos_store_targets_tell (MosTxn *txn,
                        guint max,
                        GError **error)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_target_told_free);
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  gint64 next_us = 0;

  if (!mos_txn_flush (txn, error))
    return NULL;
  statement = mos_database_query (txn->database, error, "SELECT id FROM conversation INDEXED BY conversation_target_next WHERE target_next > 0 AND target_next <= ? ORDER BY target_next LIMIT ?", "ii", txn->now_us, (gint64) max);
  ids = mos_query_ids (statement, error);
  if (ids == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      Clocks clocks;

      if (!compute (txn, ids->pdata[i], &clocks, NULL, error) || !tell (txn, ids->pdata[i], &clocks.reply, told, error) || !tell (txn, ids->pdata[i], &clocks.resolution, told, error))
        return NULL;
    }
  if (!mos_txn_flush (txn, error) ||
      !mos_database_get_int (txn->database, &next_us, error, "SELECT min (target_next) FROM conversation INDEXED BY conversation_target_next WHERE target_next > 0", "") ||
      (next_us != 0 && !plan (txn, next_us, error)))
    return NULL;
  return g_steal_pointer (&told);
}
