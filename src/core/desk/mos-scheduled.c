/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-scheduled.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-composing-private.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-macro-actions.h"
#include "core/desk/mos-outbox.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-senders.h"

/* Up to here the date in its header is still right. */
#define SAME_DATE_US (90 * (gint64) G_USEC_PER_SEC)

static char *
mos_scheduled_key (const char *message)
{
  return g_strconcat ("send:", message, NULL);
}

gboolean
mos_scheduled_plan (MosTxn *txn,
                    const char *message,
                    const char *conversation,
                    const char *account,
                    gint64 at_us,
                    GError **error)
{
  g_autoptr (MosDueRow) due = mos_due_row_new ();

  due->kind = g_strdup (MOS_SCHEDULED_DUE_KIND);
  due->key = mos_scheduled_key (message);
  due->conversation = g_strdup (conversation);
  due->account = g_strdup (account);
  due->message = g_strdup (message);
  due->due_us = at_us;
  return mos_store_due_put (txn, due, error);
}

/* --- leaving --- */

static gboolean
mos_scheduled_release (MosTxn *txn,
                       MosScheduled *scheduled,
                       GError **error)
{
  const char *message = scheduled->draft->id;
  gint64 now_us = mos_txn_get_now_us (txn);
  g_autofree char *sent = NULL;
  MosSendPlan plan = scheduled->plan;

  if (!plan.is_later && ABS (now_us - plan.at_us) <= SAME_DATE_US)
    return mos_store_outbox_set_result (txn, message, MOS_DELIVERY_QUEUED, now_us, NULL, NULL, error) &&
           mos_store_scheduled_record_sent (txn, message, error);

  /* Its status changed when it was sent, and what macros do was done. */
  if (!plan.is_later)
    {
      plan.then = MOS_STATUS_OPEN;
      if (scheduled->draft->macros != NULL)
        g_ptr_array_set_size (scheduled->draft->macros->actions, 0);
    }
  plan.at_us = 0;
  return mos_store_outbox_cancel (txn, message, error) &&
         mos_store_message_remove (txn, message, error) &&
         mos_draft_send_as (txn, scheduled->draft, &plan, scheduled->agent, &sent, error);
}

/* What has to be decided is to be seen. */
static gboolean
mos_scheduled_hold (MosTxn *txn,
                    MosScheduled *scheduled,
                    MosConversationRow *row,
                    const char *why,
                    GError **error)
{
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, scheduled->plan.at_us);

  if (!mos_store_outbox_set_result (txn, scheduled->draft->id, MOS_DELIVERY_SCHEDULED, scheduled->plan.at_us, why, at, error))
    return FALSE;
  if (row == NULL || row->deleted_us != 0 || row->status == MOS_STATUS_OPEN || row->status == MOS_STATUS_SPAM)
    return TRUE;
  return mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error);
}

/* The same, wherever its conversation is now, and @due with it. */
static gboolean
hold_due (MosTxn *txn,
          MosScheduled *scheduled,
          MosDueRow *due,
          const char *why,
          GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  g_autofree char *conversation = NULL;

  return mos_store_conversation_resolve (txn, scheduled->draft->conversation, &conversation, error) &&
         (conversation == NULL || mos_store_conversation_find (txn, conversation, &row, error)) &&
         mos_scheduled_hold (txn, scheduled, row, why, error) &&
         mos_store_due_settle (txn, due->id, MOS_DUE_HELD, error);
}

/* @ret_scheduled: (out) (transfer full) (nullable): %NULL where it is not waiting any more. @ret_was_held: (out) (optional): somebody was asked already */
static gboolean
mos_scheduled_find_waiting (MosTxn *txn,
                            const char *message,
                            MosScheduled **ret_scheduled,
                            gboolean *ret_was_held,
                            GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  *ret_scheduled = NULL;
  if (message == NULL || !mos_store_outbox_find (txn, message, &item, error))
    return message == NULL;
  if (item == NULL || item->state != MOS_DELIVERY_SCHEDULED)
    return TRUE;
  if (ret_was_held != NULL)
    *ret_was_held = item->why != NULL && g_str_has_prefix (item->why, "held-");
  return mos_store_scheduled_find (txn, message, ret_scheduled, error);
}

static gboolean
is_any_blocked (MosTxn *txn,
                GPtrArray *addresses,
                gboolean *blocked,
                GError **error)
{
  for (guint i = 0; i < addresses->len && !*blocked; i++)
    {
      MosSenderRule rule = MOS_SENDER_NONE;

      if (!mos_store_sender_find (txn, ((MosAddress *) addresses->pdata[i])->address, &rule, error))
        return FALSE;
      *blocked = rule == MOS_SENDER_BLOCK;
    }
  return TRUE;
}

gboolean
mos_scheduled_run (MosTxn *txn,
                   MosDueRow *due,
                   GError **error)
{
  g_autoptr (MosScheduled) scheduled = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autofree char *conversation = NULL;
  const char *why = NULL;
  gboolean was_held = FALSE, is_about_order = FALSE, is_blocked = FALSE;
  guint answers = 0;

  if (!mos_scheduled_find_waiting (txn, due->message, &scheduled, &was_held, error))
    return FALSE;
  /* Sent by hand, or taken back, meanwhile. */
  if (scheduled == NULL)
    return TRUE;
  if (due->state == MOS_DUE_HELD)
    return mos_scheduled_release (txn, scheduled, error);
  if (!mos_store_conversation_resolve (txn, scheduled->draft->conversation, &conversation, error) ||
      (conversation != NULL && !mos_store_conversation_find (txn, conversation, &row, error)))
    return FALSE;
  if (scheduled->plan.is_later && row != NULL &&
      !mos_store_scheduled_count_answers (txn, row->id, scheduled->created_us, &answers, error))
    return FALSE;

  if (scheduled->plan.is_later && !was_held &&
      (!is_any_blocked (txn, scheduled->draft->to, &is_blocked, error) || !is_any_blocked (txn, scheduled->draft->cc, &is_blocked, error) || !is_any_blocked (txn, scheduled->draft->bcc, &is_blocked, error)))
    return FALSE;

  /* It may speak of what its macro does to an order, which is given up a little later (MOS_ORDER_ACTION_FORGOTTEN_US): the one never without the other. */
  if (!scheduled->plan.is_later && !mos_macro_actions_is_order_open (txn, scheduled->macro_undo, &is_about_order, error))
    return FALSE;

  /* By the row's time: a person may have put off one that was held, and knows why it was. */
  if (mos_txn_get_now_us (txn) - due->due_us > (is_about_order ? SAME_DATE_US : MOS_DUE_LATE_US))
    why = MOS_SCHEDULED_HELD_LATE;
  else if (row == NULL || row->deleted_us != 0 || row->status == MOS_STATUS_SPAM || row->quarantine != NULL ||
           (scheduled->plan.is_later && !was_held && row->status == MOS_STATUS_CLOSED))
    why = MOS_SCHEDULED_HELD_CLOSED;
  else if (is_blocked)
    why = MOS_SCHEDULED_HELD_BLOCKED;
  else if (answers > 0 && !was_held && !scheduled->plan.even_if_answered)
    why = MOS_SCHEDULED_HELD_ANSWERED;
  if (why == NULL)
    return mos_scheduled_release (txn, scheduled, error);
  due->state = MOS_DUE_HELD;
  return mos_scheduled_hold (txn, scheduled, row, why, error) &&
         mos_store_due_settle (txn, due->id, MOS_DUE_HELD, error);
}

gboolean
mos_scheduled_fail (MosTxn *txn,
                    MosDueRow *due,
                    const GError *why,
                    GError **error)
{
  g_autoptr (MosScheduled) scheduled = NULL;

  if (!mos_scheduled_find_waiting (txn, due->message, &scheduled, NULL, error))
    return FALSE;
  return scheduled == NULL || hold_due (txn, scheduled, due, MOS_SCHEDULED_HELD_FAILED, error);
}

gboolean
mos_scheduled_discard (MosTxn *txn,
                       MosDueRow *due,
                       GError **error)
{
  g_autoptr (MosScheduled) scheduled = NULL;

  if (!mos_scheduled_find_waiting (txn, due->message, &scheduled, NULL, error))
    return FALSE;
  return scheduled == NULL || mos_outbox_take_back (txn, due->message, NULL, error);
}

gboolean
mos_scheduled_send_now (MosTxn *txn,
                        const char *message,
                        GError **error)
{
  g_autoptr (MosScheduled) scheduled = NULL;
  g_autofree char *key = mos_scheduled_key (message);

  if (!mos_scheduled_find_waiting (txn, message, &scheduled, NULL, error))
    return FALSE;
  return scheduled == NULL ||
         (mos_store_due_cancel (txn, key, error) && mos_scheduled_release (txn, scheduled, error));
}

gboolean
mos_scheduled_change_time (MosTxn *txn,
                           const char *message,
                           gint64 at_us,
                           GError **error)
{
  g_autoptr (MosScheduled) scheduled = NULL;
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, at_us);

  if (!mos_scheduled_find_waiting (txn, message, &scheduled, NULL, error))
    return FALSE;
  /* The status of its conversation changed when it was sent: there is no later any more. */
  if (scheduled == NULL || !scheduled->plan.is_later)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "Not waiting for a time: %s", message);
      return FALSE;
    }
  if (at_us <= mos_txn_get_now_us (txn))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "a time that has passed");
      return FALSE;
    }
  return mos_store_scheduled_set_time (txn, message, at_us, error) &&
         mos_store_outbox_set_result (txn, message, MOS_DELIVERY_SCHEDULED, at_us, MOS_SCHEDULED_LATER, at, error) &&
         mos_scheduled_plan (txn, message, scheduled->draft->conversation, scheduled->draft->account, at_us, error);
}

/* --- coming back --- */

gboolean
mos_scheduled_restore (MosTxn *txn,
                       MosScheduled *scheduled,
                       GError **error)
{
  g_autofree char *key = mos_scheduled_key (scheduled->draft->id);
  g_autoptr (MosConversationRow) row = NULL;
  const char *ids[] = { NULL, NULL };

  if (!mos_store_due_cancel (txn, key, error))
    return FALSE;
  if (scheduled->plan.is_later || !scheduled->has_before)
    return TRUE;
  if (!mos_store_conversation_find (txn, scheduled->draft->conversation, &row, error))
    return FALSE;
  if (row == NULL)
    return TRUE;
  ids[0] = row->id;
  /* Somebody, or the customer, changed it since: that counts. */
  if (scheduled->plan.then != MOS_STATUS_OPEN && row->status == scheduled->plan.then && row->status != scheduled->before &&
      !mos_action_set_status (txn, ids, scheduled->before, scheduled->before_until_us, error))
    return FALSE;
  return mos_macro_actions_take_back (txn, row->id, scheduled->macro_undo, error);
}

/* Those of @conversation that were scheduled before @until_us: a person says. @row: (nullable): it, where nothing else opens it. */
static gboolean
hold_later (MosTxn *txn,
            const char *conversation,
            MosConversationRow *row,
            gint64 until_us,
            gboolean even_if_answered,
            const char *why,
            GError **error)
{
  g_autoptr (GPtrArray) messages = mos_store_scheduled_list_later (txn, conversation, even_if_answered, error);

  if (messages == NULL)
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    {
      g_autoptr (MosScheduled) scheduled = NULL;
      g_autoptr (MosDueRow) due = NULL;
      g_autofree char *key = mos_scheduled_key (g_ptr_array_index (messages, i));

      if (!mos_scheduled_find_waiting (txn, g_ptr_array_index (messages, i), &scheduled, NULL, error) ||
          !mos_store_due_find (txn, key, &due, error))
        return FALSE;
      if (scheduled == NULL || until_us <= scheduled->created_us)
        continue;
      if (!mos_scheduled_hold (txn, scheduled, row, why, error) ||
          (due != NULL && !mos_store_due_settle (txn, due->id, MOS_DUE_HELD, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_scheduled_hold_answered (MosTxn *txn,
                             const char *conversation,
                             gint64 received_us,
                             GError **error)
{
  /* Old mail that was fetched only now is no answer. */
  return hold_later (txn, conversation, NULL, received_us, FALSE, MOS_SCHEDULED_HELD_ANSWERED, error);
}

gboolean
mos_scheduled_hold_merged (MosTxn *txn,
                           MosConversationRow *row,
                           GError **error)
{
  /* The more urgent status of the two stays: open. */
  return hold_later (txn, row->id, row, G_MAXINT64, TRUE, MOS_SCHEDULED_HELD_MERGED, error);
}

gboolean
mos_scheduled_hold_all (MosTxn *txn,
                        guint *ret_n,
                        GError **error)
{
  static const MosDueState states[] = { MOS_DUE_WAITING, MOS_DUE_TAKEN };

  *ret_n = 0;
  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      g_autoptr (GPtrArray) rows = mos_store_due_list (txn, states[s], NULL, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          MosDueRow *due = g_ptr_array_index (rows, i);
          g_autoptr (MosScheduled) scheduled = NULL;

          if (!g_str_equal (due->kind, MOS_SCHEDULED_DUE_KIND))
            continue;
          if (!mos_scheduled_find_waiting (txn, due->message, &scheduled, NULL, error))
            return FALSE;
          if (scheduled == NULL)
            continue;
          if (!hold_due (txn, scheduled, due, MOS_SCHEDULED_HELD_RESTORED, error))
            return FALSE;
          (*ret_n)++;
        }
    }
  return TRUE;
}
