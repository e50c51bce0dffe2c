/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-due-work.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-backups.h"
#include "core/desk/mos-calls.h"
#include "core/desk/mos-outreach.h"
#include "core/desk/mos-retention.h"
#include "core/desk/mos-scheduled.h"
#include "core/desk/mos-survey-answer.h"
#include "core/desk/mos-survey-ask.h"
#include "core/desk/mos-targets.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-targets.h"

/* --- snooze --- */

/* A snooze that ends opens the conversation; the store writes the history. One that was opened, closed or snoozed anew meanwhile has
 * another row, or none. */
static gboolean
mos_due_end_snooze (MosTxn *txn,
                    MosDueRow *due,
                    GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;

  if (due->conversation == NULL)
    return TRUE;
  if (!mos_store_conversation_find (txn, due->conversation, &row, error))
    return FALSE;
  if (row == NULL || row->status != MOS_STATUS_SNOOZED || row->snoozed_until_us == 0 || row->snoozed_until_us > mos_txn_get_now_us (txn))
    return TRUE;

  return mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error);
}

/* --- remind me if no answer --- */

static char *
reminder_key (const char *conversation)
{
  return g_strconcat ("reminder:", conversation, NULL);
}

static gboolean
is_customers_own (MosMessageRow *row)
{
  return row->direction == MOS_DIRECTION_INCOMING &&
         (row->classification == MOS_CLASSIFICATION_NORMAL || row->classification == MOS_CLASSIFICATION_BULK);
}

/* What waits for a time of its own, or never left, is nothing that a customer could answer. What only waits for an undo is as good as sent. */
static gboolean
is_ours_sent (MosMessageRow *row)
{
  if (row->direction != MOS_DIRECTION_OUTGOING || row->classification == MOS_CLASSIFICATION_SURVEY || row->delivery == MOS_DELIVERY_CANCELLED || row->delivery == MOS_DELIVERY_FAILED || row->call != NULL)
    return FALSE;
  return row->delivery != MOS_DELIVERY_SCHEDULED || g_strcmp0 (row->why, MOS_SCHEDULED_UNDO) == 0;
}

/* @ret_last: (out) (optional) (transfer full) (nullable): our newest message. @ret_answered: (out) (optional): whether the customer wrote after it */
static gboolean
look_for_answer (MosTxn *txn,
                 const char *conversation,
                 char **ret_last,
                 gboolean *ret_answered,
                 GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (txn, conversation, error);
  MosMessageRow *last = NULL;
  gboolean answered = FALSE;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *row = rows->pdata[i];

      if (is_ours_sent (row) && (last == NULL || row->received_us >= last->received_us))
        last = row;
    }
  for (guint i = 0; last != NULL && i < rows->len; i++)
    {
      MosMessageRow *row = rows->pdata[i];

      answered |= is_customers_own (row) && row->received_us > last->received_us;
    }
  if (ret_last != NULL)
    *ret_last = last != NULL ? g_strdup (last->id) : NULL;
  if (ret_answered != NULL)
    *ret_answered = answered;
  return TRUE;
}

static gboolean
mos_due_end_reminder (MosTxn *txn,
                      MosDueRow *due,
                      GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  gboolean answered;

  /* What it was merged into comes back in its place. */
  if (due->conversation == NULL || !mos_store_conversation_find_now (txn, due->conversation, &row, error))
    return due->conversation == NULL;
  if (row == NULL || row->deleted_us != 0 || row->status == MOS_STATUS_SPAM)
    return mos_store_due_settle (txn, due->id, MOS_DUE_CANCELLED, error);
  if (!look_for_answer (txn, row->id, NULL, &answered, error))
    return FALSE;
  if (answered)
    return mos_store_due_settle (txn, due->id, MOS_DUE_CANCELLED, error);

  return mos_store_event_add (txn, row->id, due->message, "reminder", NULL, NULL, 0, FALSE, error) &&
         (row->status == MOS_STATUS_OPEN || mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error));
}

gboolean
mos_due_remind (MosTxn *txn,
                const char *conversation,
                gint64 due_us,
                GError **error)
{
  g_autofree char *key = reminder_key (conversation);
  g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, due_us);
  g_autoptr (MosDueRow) due = NULL;
  g_autofree char *last = NULL;

  if (due_us == 0)
    {
      g_autoptr (MosDueRow) old = NULL;

      if (!mos_store_due_find (txn, key, &old, error))
        return FALSE;
      if (old == NULL || old->state != MOS_DUE_WAITING)
        return TRUE;
      return mos_store_due_cancel (txn, key, error) && mos_store_event_add (txn, conversation, NULL, "remind", NULL, NULL, 0, FALSE, error);
    }
  if (!look_for_answer (txn, conversation, &last, NULL, error))
    return FALSE;
  if (last == NULL || due_us <= mos_txn_get_now_us (txn))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, last == NULL ? "no message of ours" : "a time that has passed");
      return FALSE;
    }

  due = mos_due_row_new ();
  due->kind = g_strdup ("reminder");
  due->key = g_steal_pointer (&key);
  due->conversation = g_strdup (conversation);
  due->message = g_steal_pointer (&last);
  due->agent = g_strdup (mos_txn_get_actor (txn)->kind == MOS_ACTOR_HUMAN ? mos_txn_get_actor (txn)->id : NULL);
  due->due_us = due_us;
  return mos_store_due_put (txn, due, error) && mos_store_event_add (txn, conversation, due->message, "remind", NULL, to, 0, FALSE, error);
}

gboolean
mos_due_answered (MosTxn *txn,
                  const char *conversation,
                  gint64 received_us,
                  GError **error)
{
  g_autofree char *key = reminder_key (conversation);
  g_autoptr (MosDueRow) due = NULL;
  g_autoptr (MosMessageRow) anchor = NULL;

  if (!mos_store_due_find (txn, key, &due, error))
    return FALSE;
  if (due == NULL || due->state != MOS_DUE_WAITING)
    return TRUE;
  if (due->message != NULL && !mos_store_message_find (txn, due->message, &anchor, error))
    return FALSE;
  /* Fetched late: it was written before our message, and does not answer it. */
  if (anchor != NULL && received_us <= anchor->received_us)
    return TRUE;
  return mos_store_due_cancel (txn, key, error);
}

/* --- the kinds --- */

static const MosDueWork works[] = {
  { "snooze", FALSE, mos_due_end_snooze, NULL, NULL },
  { "reminder", FALSE, mos_due_end_reminder, NULL, NULL },
  { MOS_CALL_BACK_DUE_KIND, FALSE, mos_call_back_run, NULL, NULL },
  /* It holds by itself, for more causes than being late, and says which. */
  { MOS_SCHEDULED_DUE_KIND, FALSE, mos_scheduled_run, mos_scheduled_discard, mos_scheduled_fail },
  { MOS_OUTREACH_DUE_KIND, FALSE, mos_outreach_run, NULL, NULL },
  { MOS_TARGETS_DUE_KIND, FALSE, mos_targets_run_due, NULL, NULL },
  { MOS_RETENTION_DUE_KIND, FALSE, mos_retention_run_due, NULL, NULL },
  { MOS_BACKUP_DUE_KIND, FALSE, mos_backups_run_due, NULL, NULL },
  /* Not held where it is late: it asks, or says why it does not. */
  { MOS_SURVEY_DUE_KIND, FALSE, mos_survey_run, NULL, NULL },
  { MOS_RESCUE_DUE_KIND, FALSE, mos_rescue_run, NULL, NULL },
};

const MosDueWork *
mos_due_work_find (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    if (g_str_equal (works[i].kind, kind))
      return &works[i];
  return NULL;
}

typedef struct
{
  const MosDueWork *work;
  MosDueRow *due;
  const GError *why;
} Attempt;

static gboolean
attempt_run (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Attempt *attempt = data;

  /* Settled first: what it does may take its row out of the table, or put it anew. */
  return mos_store_due_settle (txn, attempt->due->id, MOS_DUE_DONE, error) && attempt->work->run (txn, attempt->due, error);
}

static gboolean
attempt_fail (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Attempt *attempt = data;

  return attempt->work->fail (txn, attempt->due, attempt->why, error);
}

/* One that cannot be done leaves nothing behind of what it began, and keeps no other from being done. */
static gboolean
run_settled (MosTxn *txn,
             const MosDueWork *work,
             MosDueRow *due,
             MosDueState *ret_state,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GError) fail_error = NULL;
  Attempt attempt = { .work = work, .due = due };
  const MosDueState was = due->state;
  gboolean goes_on;

  *ret_state = MOS_DUE_DONE;
  if (mos_txn_attempt (txn, attempt_run, &attempt, &goes_on, &local_error))
    return TRUE;
  if (!goes_on)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_debug ("What was due cannot be done: %s", local_error->message);
  due->state = was;
  attempt.why = local_error;
  if (work->fail != NULL)
    {
      *ret_state = MOS_DUE_HELD;
      if (mos_txn_attempt (txn, attempt_fail, &attempt, &goes_on, &fail_error))
        return TRUE;
      if (!goes_on)
        {
          g_propagate_error (error, g_steal_pointer (&fail_error));
          return FALSE;
        }
    }
  else if (local_error->domain != MOS_DESK_ERROR)
    {
      /* Nobody said that it is the end of it. */
      g_warning ("What was due (%s) could not be done, and is tried again: %s", due->kind, local_error->message);
      *ret_state = MOS_DUE_WAITING;
      return mos_store_due_again (txn, due->id, mos_txn_get_now_us (txn) + MOS_DUE_AGAIN_US, due->payload, error);
    }
  *ret_state = MOS_DUE_FAILED;
  return mos_store_due_settle (txn, due->id, MOS_DUE_FAILED, error);
}

gboolean
mos_due_work_do (MosTxn *txn,
                 const MosDueWork *work,
                 MosDueRow *due,
                 MosDueState *ret_state,
                 GError **error)
{
  /* A later version's row in this version's hands: kept, not lost. */
  if (work == NULL || (work->is_for_customer && mos_txn_get_now_us (txn) - due->due_us > MOS_DUE_LATE_US))
    {
      *ret_state = MOS_DUE_HELD;
      return mos_store_due_settle (txn, due->id, MOS_DUE_HELD, error);
    }
  return run_settled (txn, work, due, ret_state, error);
}

/* --- what is held --- */

/* Returns: (transfer full) (nullable) */
static MosDueRow *
find_held (MosTxn *txn,
           const char *id,
           GError **error)
{
  g_autoptr (MosDueRow) due = NULL;

  if (!mos_store_due_find_id (txn, id, &due, error))
    return NULL;
  if (due == NULL || due->state != MOS_DUE_HELD)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "Not held: %s", id);
      return NULL;
    }
  return g_steal_pointer (&due);
}

gboolean
mos_due_release (MosTxn *txn,
                 const char *id,
                 GError **error)
{
  g_autoptr (MosDueRow) due = find_held (txn, id, error);
  const MosDueWork *work = due != NULL ? mos_due_work_find (due->kind) : NULL;

  if (due == NULL)
    return FALSE;
  if (work == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "This version does not know “%s”", due->kind);
      return FALSE;
    }
  return mos_store_due_settle (txn, due->id, MOS_DUE_DONE, error) && work->run (txn, due, error);
}

gboolean
mos_due_postpone (MosTxn *txn,
                  const char *id,
                  gint64 due_us,
                  GError **error)
{
  g_autoptr (MosDueRow) due = find_held (txn, id, error);

  if (due == NULL)
    return FALSE;
  if (due_us <= mos_txn_get_now_us (txn))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "a time that has passed");
      return FALSE;
    }
  due->due_us = due_us;
  return mos_store_due_put (txn, due, error);
}

gboolean
mos_due_discard (MosTxn *txn,
                 const char *id,
                 GError **error)
{
  g_autoptr (MosDueRow) due = find_held (txn, id, error);
  const MosDueWork *work = due != NULL ? mos_due_work_find (due->kind) : NULL;

  if (due == NULL)
    return FALSE;
  return mos_store_due_cancel (txn, due->key, error) && (work == NULL || work->discard == NULL || work->discard (txn, due, error));
}
