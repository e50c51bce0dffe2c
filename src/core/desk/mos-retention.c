/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-retention.h"

#include "core/base/mos-error.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-ledger.h"

#include <stdio.h>
#include <string.h>

#define DUE_KEY "retention"
#define AGAIN_US G_TIME_SPAN_DAY
/* Between two steps of a run, others come to the writer. */
#define STEP_US (200 * G_TIME_SPAN_MILLISECOND)
/* Numbers that one step looks at. */
#define LOOK 500
#define PREVIEW_LOOK 1000
/* What goes in one step: so many conversations, or the first that bring it to so many messages. */
#define MAX_GOING 50
#define MAX_GOING_MESSAGES 500

/* --- the state of a run --- */

/* What a run does one after the other. As text it is the state of a run: its step, when it began, and where in the step it is. */
typedef enum
{
  STEP_LOOK,    /* through all numbers: what is over is listed, what is not any more is taken off the list */
  STEP_GO,      /* what was listed long enough goes */
  STEP_PEOPLE,  /* who had to do with it goes along, if nothing else is left of them */
  STEP_FORGET,  /* through all of the change log: it forgets what went */
  STEP_COMPACT, /* the index forgets the words */
} StepKind;

typedef struct
{
  StepKind kind;
  gint64 began_us;
  gint64 position;
} Step;

static const char *const step_nicks[] = { [STEP_LOOK] = "look", [STEP_GO] = "go", [STEP_PEOPLE] = "people", [STEP_FORGET] = "forget", [STEP_COMPACT] = "compact" };

static Step
step_parse (const char *state,
            gint64 now_us)
{
  Step step = { STEP_LOOK, now_us, 0 };
  g_auto (GStrv) words = state != NULL ? g_strsplit (state, " ", 4) : NULL;

  if (words == NULL || g_strv_length (words) != 3)
    return step;
  for (guint i = 0; i < G_N_ELEMENTS (step_nicks); i++)
    if (g_str_equal (words[0], step_nicks[i]))
      {
        step.kind = (StepKind) i;
        step.began_us = g_ascii_strtoll (words[1], NULL, 10);
        step.position = g_ascii_strtoll (words[2], NULL, 10);
      }
  return step;
}

static char *
step_print (const Step *step)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, step_nicks[step->kind], step->began_us, step->position);
}

/* --- rules --- */

static gboolean
is_any_on (MosTxn *txn,
           gboolean *ret_is,
           GError **error)
{
  g_autoptr (GPtrArray) rules = mos_store_retention_list_rules (txn, error);

  *ret_is = FALSE;
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    *ret_is |= ((MosRetentionRule *) rules->pdata[i])->is_on;
  return rules != NULL;
}

/* A run is due now, and each day from then on, for good: an undo may switch a class on again. One in which something went already goes on to its end: the
 * log and the index have to forget the words. */
static gboolean
plan_run (MosTxn *txn,
          GError **error)
{
  gint64 now_us = mos_txn_get_now_us (txn);
  g_autoptr (MosDueRow) due = NULL;

  if (!mos_store_due_find (txn, DUE_KEY, &due, error))
    return FALSE;
  if (due != NULL && due->payload != NULL && (due->state == MOS_DUE_WAITING || due->state == MOS_DUE_TAKEN) && step_parse (due->payload, now_us).kind != STEP_LOOK)
    return TRUE;
  return mos_store_due_plan (txn, MOS_RETENTION_DUE_KIND, DUE_KEY, now_us, error);
}

gboolean
mos_retention_begin (MosTxn *txn,
                     GError **error)
{
  g_autoptr (MosDueRow) due = NULL;

  if (!mos_store_due_find (txn, DUE_KEY, &due, error))
    return FALSE;
  return due == NULL || due->state != MOS_DUE_WAITING || due->due_us <= mos_txn_get_now_us (txn) + 2 * AGAIN_US || plan_run (txn, error);
}

gboolean
mos_retention_set (MosTxn *txn,
                   MosRetentionClass retention_class,
                   guint days,
                   gboolean is_on,
                   GError **error)
{
  g_autoptr (GPtrArray) rules = mos_store_retention_list_rules (txn, error);
  const MosRetentionRule *rule;

  g_return_val_if_fail (retention_class < MOS_N_RETENTION_CLASSES, FALSE);

  if (rules == NULL)
    return FALSE;
  rule = rules->pdata[retention_class];
  if (days > MOS_RETENTION_MAX_DAYS || (is_on && days == 0))
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "%u days", days);
      return FALSE;
    }
  if (is_on && rule->previewed_days != days)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Nobody saw yet what would go");
      return FALSE;
    }
  return mos_store_retention_set_rule (txn, retention_class, days, is_on, error) && (!is_on || plan_run (txn, error));
}

gboolean
mos_retention_seen (MosTxn *txn,
                    MosRetentionClass retention_class,
                    guint days,
                    GError **error)
{
  return mos_store_retention_set_previewed (txn, retention_class, days, error);
}

gboolean
mos_retention_keep (MosTxn *txn,
                    const char *const *conversations,
                    gboolean keep,
                    GError **error)
{
  for (; *conversations != NULL; conversations++)
    if (!mos_store_conversation_set_kept (txn, *conversations, keep, error) || (keep && !mos_store_retention_drop_due (txn, *conversations, error)))
      return FALSE;
  return TRUE;
}

/* --- what falls under them --- */

/* Those of the numbers behind @after up to @upto whose time is over by @rules; classes of which there is no rule, or that are off, are kept. */
static GPtrArray *
find_over (MosTxn *txn,
           GPtrArray *rules,
           gint64 after,
           gint64 upto,
           GError **error)
{
  gint64 cutoffs[MOS_N_RETENTION_CLASSES];
  gint64 latest = G_MININT64;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_retention_item_unref);

  for (guint i = 0; i < MOS_N_RETENTION_CLASSES; i++)
    cutoffs[i] = G_MININT64;
  for (guint i = 0; i < rules->len; i++)
    {
      const MosRetentionRule *rule = rules->pdata[i];

      if (rule->is_on)
        cutoffs[rule->retention_class] = mos_retention_rule_get_cutoff (rule, mos_txn_get_now_us (txn));
      latest = MAX (latest, cutoffs[rule->retention_class]);
    }
  if (latest == G_MININT64)
    return g_steal_pointer (&over);
  items = mos_store_retention_find (txn, after, upto, latest, error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      MosRetentionItem *item = items->pdata[i];

      if (item->since_us < cutoffs[item->retention_class])
        g_ptr_array_add (over, mos_retention_item_ref (item));
    }
  return items != NULL ? g_steal_pointer (&over) : NULL;
}

gboolean
mos_retention_preview_some (MosTxn *txn,
                            MosRetentionPreview *preview,
                            gint64 *position,
                            gint64 *ret_last,
                            GError **error)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_retention_rule_unref);
  g_autoptr (GPtrArray) over = NULL;
  MosRetentionRule *rule = mos_retention_rule_new ();
  gint64 upto;

  /* As if it were on. */
  *rule = *preview->rule;
  rule->is_on = TRUE;
  g_ptr_array_add (rules, rule);
  if (!mos_store_retention_get_last (txn, ret_last, error))
    return FALSE;
  upto = MIN (*position + PREVIEW_LOOK, *ret_last);
  over = find_over (txn, rules, *position, upto, error);
  for (guint i = 0; over != NULL && i < over->len; i++)
    {
      MosRetentionItem *item = over->pdata[i];
      guint messages;
      gint64 bytes;

      if (!mos_store_retention_measure (txn, item->id, preview->shared, &messages, &bytes, error))
        return FALSE;
      mos_retention_preview_add (preview, item, messages, bytes);
    }
  *position = upto;
  return over != NULL;
}

gboolean
mos_retention_preview_finish (MosTxn *txn,
                              MosRetentionPreview *preview,
                              GError **error)
{
  for (guint i = 0; i < preview->items->len; i++)
    {
      MosRetentionItem *item = preview->items->pdata[i];

      if (item->conversation == NULL && !mos_store_conversation_find (txn, item->id, &item->conversation, error))
        return FALSE;
    }
  return TRUE;
}

/* --- a run --- */

static gboolean
look (MosTxn *txn,
      Step *step,
      GPtrArray *rules,
      GError **error)
{
  g_autoptr (GPtrArray) over = NULL;
  gint64 last = 0, upto;

  if (!mos_store_retention_get_last (txn, &last, error))
    return FALSE;
  upto = MIN (step->position + LOOK, last);
  over = find_over (txn, rules, step->position, upto, error);
  if (over == NULL || !mos_store_retention_keep_due (txn, step->position, upto, over, error))
    return FALSE;
  for (guint i = 0; i < over->len; i++)
    if (!mos_store_retention_put_due (txn, over->pdata[i], mos_txn_get_now_us (txn) + MOS_RETENTION_GRACE_DAYS * G_TIME_SPAN_DAY, error))
      return FALSE;
  step->position = upto;
  if (upto >= last)
    *step = (Step) { STEP_GO, step->began_us, 0 };
  return TRUE;
}

/* Whether what is listed is still to go: somebody may have worked on it today. */
static gboolean
is_still_over (MosTxn *txn,
               GPtrArray *rules,
               const MosRetentionItem *item,
               gboolean *ret_is,
               GError **error)
{
  g_autoptr (GPtrArray) over = find_over (txn, rules, item->number - 1, item->number, error);

  *ret_is = over != NULL && over->len > 0;
  return over != NULL;
}

/* One after the other: what two have in common goes with the last of them, and counts there. */
static gboolean
expire (MosTxn *txn,
        const Step *step,
        const MosRetentionItem *item,
        guint *ret_messages,
        GError **error)
{
  MosRetentionCount count = { .n_conversations = 1, .oldest_us = item->since_us };

  if (!mos_store_retention_measure (txn, item->id, NULL, &count.n_messages, &count.bytes, error) || !mos_store_conversation_expire (txn, item->id, item->retention_class, step->began_us, error))
    return FALSE;
  *ret_messages = count.n_messages;
  return mos_store_retention_add_receipt (txn, step->began_us, item->retention_class, &count, error);
}

/* Nothing goes any more; what went is still to be forgotten. Over at once where nothing did. */
static gboolean
end_going (MosTxn *txn,
           Step *step,
           gboolean *ret_more,
           GError **error)
{
  *step = (Step) { STEP_PEOPLE, step->began_us, 0 };
  return mos_store_retention_has_to_forget (txn, step->began_us, ret_more, error);
}

static gboolean
go (MosTxn *txn,
    Step *step,
    GPtrArray *rules,
    gboolean *ret_more,
    GError **error)
{
  g_autoptr (GPtrArray) due = mos_store_retention_list_due (txn, MAX_GOING, error);
  guint n_messages = 0;

  for (guint i = 0; due != NULL && i < due->len && n_messages < MAX_GOING_MESSAGES; i++)
    {
      MosRetentionItem *item = due->pdata[i];
      gboolean is_over;
      guint messages = 0;

      if (!is_still_over (txn, rules, item, &is_over, error) || !mos_store_retention_drop_due (txn, item->id, error) || (is_over && !expire (txn, step, item, &messages, error)))
        return FALSE;
      n_messages += messages;
    }
  return due != NULL && (due->len > 0 || end_going (txn, step, ret_more, error));
}

gboolean
mos_retention_step (MosTxn *txn,
                    char **state,
                    GError **error)
{
  Step step = step_parse (*state, mos_txn_get_now_us (txn));
  g_autoptr (GPtrArray) rules = mos_store_retention_list_rules (txn, error);
  gboolean more = TRUE;

  if (rules == NULL)
    return FALSE;
  if (step.kind == STEP_LOOK)
    {
      if (!look (txn, &step, rules, error))
        return FALSE;
    }
  else if (step.kind == STEP_GO)
    {
      if (!go (txn, &step, rules, &more, error))
        return FALSE;
    }
  else if (step.kind == STEP_PEOPLE)
    {
      guint n;

      if (!mos_store_retention_remove_people (txn, step.began_us, &n, &more, error))
        return FALSE;
      if (!more)
        step = (Step) { STEP_FORGET, step.began_us, 0 };
      more = TRUE;
    }
  else if (step.kind == STEP_FORGET)
    {
      if (!mos_store_retention_forget (txn, step.began_us, &step.position, &more, error))
        return FALSE;
      if (!more)
        step = (Step) { STEP_COMPACT, step.began_us, 0 };
      more = TRUE;
    }
  else
    {
      if (!mos_store_search_compact (txn, step.position == 0, &more, error))
        return FALSE;
      step.position++;
    }
  g_clear_pointer (state, g_free);
  if (more)
    *state = step_print (&step);
  return TRUE;
}

/* A clock that leapt ahead by years would have everything go. Mails bear their servers' time: where none came for so long, the clock is not believed, and what
 * is listed waits. */
static gboolean
may_go (MosTxn *txn,
        gboolean *ret_may,
        GError **error)
{
  gint64 newest_us;

  if (!mos_store_retention_get_newest (txn, &newest_us, error))
    return FALSE;
  *ret_may = mos_txn_get_now_us (txn) - newest_us < MOS_RETENTION_QUIET_DAYS * G_TIME_SPAN_DAY;
  return TRUE;
}

gboolean
mos_retention_run_due (MosTxn *txn,
                       MosDueRow *due,
                       GError **error)
{
  g_autofree char *state = g_strdup (due->payload);
  Step step = step_parse (state, mos_txn_get_now_us (txn));
  gboolean goes_on = TRUE, more = FALSE;

  /* Where nothing is on, a day is over as soon as it begins. */
  if (state == NULL && !is_any_on (txn, &goes_on, error))
    return FALSE;
  if (step.kind == STEP_GO && !may_go (txn, &goes_on, error))
    return FALSE;
  if (goes_on)
    {
      if (!mos_retention_step (txn, &state, error))
        return FALSE;
    }
  else
    {
      if (step.kind == STEP_GO && !end_going (txn, &step, &more, error))
        return FALSE;
      g_clear_pointer (&state, g_free);
      if (more)
        state = step_print (&step);
    }
  return mos_store_due_again (txn, due->id, mos_txn_get_now_us (txn) + (state != NULL ? STEP_US : AGAIN_US), state, error);
}
