/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-targets.h"

#include "core/automation/mos-target-clock.h"
#include "core/base/mos-id.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* --- the rules --- */

GPtrArray *
mos_store_targets_list (MosTxn *txn,
                        GError **error)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_targets_version_free);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT valid_from, text FROM target_version ORDER BY valid_from, id", "");
  MosTargetsVersion *version = g_new0 (MosTargetsVersion, 1);
  int r = statement != NULL ? 1 : -1;

  version->valid_from_us = G_MININT64;
  version->targets = mos_targets_make_default ();
  g_ptr_array_add (versions, version);
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      version = g_new0 (MosTargetsVersion, 1);
      version->valid_from_us = mos_statement_get_int (statement, 0);
      version->targets = mos_targets_parse (mos_statement_get_text (statement, 1));
      g_ptr_array_add (versions, version);
    }
  return r == 0 ? g_steal_pointer (&versions) : NULL;
}

gboolean
mos_store_targets_add (MosTxn *txn,
                       const MosTargets *targets,
                       GError **error)
{
  g_autoptr (JsonObject) values = json_object_new ();
  g_autofree char *id = mos_id_new (txn->now_us);
  g_autofree char *text = mos_targets_to_text (targets);
  gint64 last_us = G_MININT64;

  if (!mos_database_get_int (txn->database, &last_us, error, "SELECT ifnull (max (valid_from), ?) FROM target_version", "i", G_MININT64))
    return FALSE;
  json_object_set_string_member (values, "id", id);
  /* After all that are there, whatever the clock says: it may have been put back, or not have moved. */
  json_object_set_int_member (values, "valid_from", last_us < txn->now_us ? txn->now_us : last_us + 1);
  json_object_set_string_member (values, "text", text);
  return mos_record_write (txn, &mos_entity_target_version, id, values, FALSE, error);
}

/* --- what came of them --- */

/* The columns of an outcome, of answers and of closes; the last two are of no use where no rule asks for them. */
#define WHO(alias) alias ".conversation, " alias ".account, " alias ".channel, " alias ".category, " alias ".language, " alias ".agent"
#define REPLIES "SELECT CASE WHEN t.first_response IS NULL THEN 1 ELSE 0 END, " WHO ("t") ", t.opened_at, t.closed_at, k.complex, o.number"
#define CLOSES "SELECT 2, " WHO ("c") ", c.first_in, c.at, k.complex, o.number"
#define FROM_REPLIES " FROM fact_turn t JOIN conversation o ON o.id = t.conversation LEFT JOIN category k ON k.id = t.category"
#define FROM_CLOSES " FROM fact_close c JOIN conversation o ON o.id = c.conversation LEFT JOIN category k ON k.id = c.category"
#define PERSON " LEFT JOIN customer p ON p.id = o.customer"
/* What it had when it ended; few ever had another. Nothing tells since when somebody is a VIP, or a category complex: these are as of now. */
#define PRIORITY_THEN(at)                                                                                                                                                     \
  "CASE WHEN o.id IN (SELECT conversation FROM event WHERE kind = 'priority' AND undone = 0) THEN"                                                                            \
  " coalesce ((SELECT e.\"to\" FROM event e WHERE e.conversation = o.id AND e.kind = 'priority' AND e.undone = 0 AND e.at <= " at " ORDER BY e.at DESC, e.seq DESC LIMIT 1)," \
  " (SELECT e.\"from\" FROM event e WHERE e.conversation = o.id AND e.kind = 'priority' AND e.undone = 0 AND e.at > " at " ORDER BY e.at, e.seq LIMIT 1)) ELSE o.priority END = 'urgent'"
#define OF_REPLIES " WHERE t.closed_by = 'reply' AND t.closed_at >= ?1 AND t.closed_at < ?2"
/* As all measures have it: the close that stands at the end of the period */
#define OF_CLOSES " WHERE c.at >= ?1 AND c.at < ?2 AND c.first_in <> 0 AND (c.reopened_at = 0 OR c.reopened_at >= ?2)"

/* Answers are begun this long before the period at most, or a little slower to count */
#define BEFORE_US (60 * G_TIME_SPAN_DAY)

typedef struct
{
  MosTxn *txn;
  MosWorkTimes *work; /* (nullable) */
  gboolean nobody_works;
} Judge;

static gboolean
asks_for_people (GPtrArray *versions)
{
  for (guint i = 0; i < versions->len; i++)
    {
      const MosTargets *targets = ((MosTargetsVersion *) versions->pdata[i])->targets;

      if (mos_targets_find (targets, MOS_TARGET_SCOPE_VIP, "") != NULL || mos_targets_find (targets, MOS_TARGET_SCOPE_URGENT, "") != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
list_pauses (MosTxn *txn,
             const char *conversation,
             GArray *pauses,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT from_at, to_at FROM fact_pause WHERE conversation = ? ORDER BY position", "t", conversation);
  int r = statement != NULL ? 1 : -1;

  g_array_set_size (pauses, 0);
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const MosTargetStretch pause = { mos_statement_get_int (statement, 0), mos_statement_get_int (statement, 1) };

      g_array_append_val (pauses, pause);
    }
  return r == 0;
}

/* Whether @outcome took no longer than @seconds. */
static gboolean
judge (Judge *self,
       MosTargetOutcome *outcome,
       gint64 limit_us,
       gboolean in_hours,
       GArray *pauses,
       GError **error)
{
  g_autoptr (GArray) stretches = NULL;
  gint64 sum_us = 0;

  outcome->is_met = TRUE;
  /* Nothing that counts is more than what the clock shows. */
  if (outcome->ended_us - outcome->began_us <= limit_us)
    return TRUE;
  g_array_set_size (pauses, 0);
  if (outcome->kind == MOS_TARGET_RESOLUTION && !list_pauses (self->txn, outcome->conversation, pauses, error))
    return FALSE;
  stretches = mos_targets_stretches (pauses, outcome->began_us, outcome->ended_us);
  for (guint i = 0; i < stretches->len; i++)
    {
      const MosTargetStretch *stretch = &g_array_index (stretches, MosTargetStretch, i);

      sum_us += in_hours && self->work != NULL ? mos_work_times_between (self->work, stretch->from_us, stretch->to_us) : stretch->to_us - stretch->from_us;
    }
  outcome->is_met = sum_us <= limit_us;
  return TRUE;
}

static gboolean
list_outcomes (Judge *self,
               const char *sql,
               gboolean has_person,
               gint64 from_us,
               gint64 to_us,
               MosTargetOutcomeFunc func,
               gpointer data,
               GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (self->txn->database, error, sql, "ii", from_us, to_us);
  g_autoptr (GArray) pauses = g_array_new (FALSE, FALSE, sizeof (MosTargetStretch));
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosTargetOutcome outcome = { .kind = (MosTargetKind) mos_statement_get_int (statement, 0),
                                   .conversation = mos_statement_get_text (statement, 1),
                                   .account = mos_statement_get_text (statement, 2),
                                   .channel = mos_statement_get_text (statement, 3),
                                   .category = mos_statement_get_text (statement, 4),
                                   .language = mos_statement_get_text (statement, 5),
                                   .agent = mos_statement_get_text (statement, 6),
                                   .began_us = mos_statement_get_int (statement, 7),
                                   .ended_us = mos_statement_get_int (statement, 8),
                                   .number = mos_statement_get_int (statement, 10) };
      const MosTargetFacts facts = { .channel = outcome.channel,
                                     .category = outcome.category,
                                     .is_complex = mos_statement_get_int (statement, 9) != 0,
                                     .is_vip = has_person && mos_statement_get_int (statement, 11) != 0,
                                     .is_urgent = has_person && mos_statement_get_int (statement, 12) != 0 };
      const MosTargetRule *rule;
      const int seconds = mos_targets_choose (mos_targets_history_at (self->txn->targets, outcome.ended_us), &facts, outcome.kind, &rule);

      if (seconds == 0 || (rule->in_hours[outcome.kind] && self->nobody_works))
        continue;
      if (!judge (self, &outcome, seconds * G_TIME_SPAN_SECOND, rule->in_hours[outcome.kind], pauses, error))
        return FALSE;
      func (&outcome, data);
    }
  return r == 0;
}

gboolean
mos_store_targets_list_outcomes (MosTxn *txn,
                                 gint64 from_us,
                                 gint64 to_us,
                                 MosTargetOutcomeFunc func,
                                 gpointer data,
                                 GError **error)
{
  g_autoptr (MosWorkTimes) work = NULL;
  Judge self = { .txn = txn };
  gboolean has_person, ok;

  if (!mos_txn_flush (txn, error) || !mos_targets_prepare (txn, error))
    return FALSE;
  has_person = asks_for_people (txn->targets);
  if (txn->hours->len > 0)
    {
      self.work = work = mos_work_times_new (txn->hours, MAX (from_us - BEFORE_US, 0), to_us);
      self.nobody_works = TRUE;
      for (guint i = 0; i < txn->hours->len; i++)
        self.nobody_works &= !mos_calendar_has_hours (((MosCalendarVersion *) txn->hours->pdata[i])->calendar);
    }
  ok = list_outcomes (&self, has_person ? REPLIES ", p.vip, " PRIORITY_THEN ("t.closed_at") FROM_REPLIES PERSON OF_REPLIES : REPLIES FROM_REPLIES OF_REPLIES, has_person, from_us, to_us, func, data, error) &&
       list_outcomes (&self, has_person ? CLOSES ", p.vip, " PRIORITY_THEN ("c.at") FROM_CLOSES PERSON OF_CLOSES : CLOSES FROM_CLOSES OF_CLOSES, has_person, from_us, to_us, func, data, error);
  return ok;
}
