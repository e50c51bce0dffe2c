/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-outbox-private.h"

#include "core/desk/mos-survey-answer.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-outreach.h"
#include "core/store/mos-store-recipients.h"

gboolean
mos_outbox_find (MosTxn *txn,
                 const char *message,
                 MosOutboxItem **ret_item,
                 GError **error)
{
  if (!mos_store_outbox_find (txn, message, ret_item, error))
    return FALSE;
  if (*ret_item == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "Nothing to send under %s", message);
      return FALSE;
    }
  return TRUE;
}

gboolean
mos_outbox_wrong_state (MosOutboxItem *item,
                        GError **error)
{
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "The message is %s", mos_delivery_to_nick (item->state));
  return FALSE;
}

gboolean
mos_outbox_peek (MosTxn *txn,
                 const char *account,
                 gint64 now_us,
                 char **ret_message,
                 gint64 *ret_next_us,
                 GError **error)
{
  *ret_next_us = 0;
  return mos_store_outbox_find_due (txn, account, now_us, ret_message, error) && (*ret_message != NULL || mos_store_outbox_get_next_try (txn, account, ret_next_us, error));
}

/* Tells the server which mail was answered, as a mail program would. */
static gboolean
mos_outbox_mark_answered (MosTxn *txn,
                          MosOutboxItem *item,
                          GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const char *ids[] = { NULL, NULL };

  if (!mos_store_message_find (txn, item->message, &row, error))
    return FALSE;
  if (row == NULL || row->in_reply_to == NULL)
    return TRUE;

  ids[0] = row->in_reply_to;
  rows = mos_store_message_find_by_message_ids (txn, item->account, ids, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *answered = g_ptr_array_index (rows, i);

      if (answered->direction == MOS_DIRECTION_INCOMING &&
          !mos_store_location_want (txn, answered->id, MOS_MESSAGE_FLAG_ANSWERED, 0, error))
        return FALSE;
    }
  return TRUE;
}

/* An answer that did not go out is work again, whatever status it was sent with. */
static gboolean
mos_outbox_reopen (MosTxn *txn,
                   MosOutboxItem *item,
                   GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  gboolean is_question;

  if (!mos_survey_note_failed (txn, item->message, &is_question, error) || is_question)
    return is_question;
  if (item->conversation == NULL || !mos_store_conversation_find (txn, item->conversation, &row, error))
    return item->conversation == NULL;
  if (row == NULL || row->status == MOS_STATUS_OPEN || row->status == MOS_STATUS_SPAM)
    return TRUE;
  return mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error);
}

/* --- what became of each recipient --- */

static MosRecipientResult *
mos_outbox_find_refused (MosSendResult *result,
                         const char *address)
{
  for (guint i = 0; i < result->refused->len; i++)
    {
      MosRecipientResult *one = g_ptr_array_index (result->refused, i);

      if (g_ascii_strcasecmp (one->address, address) == 0)
        return one;
    }
  return NULL;
}

/* How the attempt ended for a recipient nobody said anything about in particular. */
static MosRecipientState
mos_outbox_state_of_rest (MosDelivery state)
{
  switch (state)
    {
    case MOS_DELIVERY_ACCEPTED:
      return MOS_RECIPIENT_ACCEPTED;
    case MOS_DELIVERY_UNCERTAIN:
      return MOS_RECIPIENT_UNCERTAIN;
    case MOS_DELIVERY_FAILED:
      return MOS_RECIPIENT_REFUSED;
    case MOS_DELIVERY_QUEUED:
    case MOS_DELIVERY_RECEIVED:
    case MOS_DELIVERY_DRAFT:
    case MOS_DELIVERY_SCHEDULED:
    case MOS_DELIVERY_SENDING:
    case MOS_DELIVERY_DELIVERED:
    case MOS_DELIVERY_READ:
    case MOS_DELIVERY_BOUNCED:
    case MOS_DELIVERY_CANCELLED:
    default:
      return MOS_RECIPIENT_WAITING;
    }
}

static gboolean
mos_outbox_report_recipients (MosTxn *txn,
                              MosOutboxItem *item,
                              MosSendResult *result,
                              GError **error)
{
  gboolean is_over = result->state == MOS_DELIVERY_FAILED || (result->state != MOS_DELIVERY_QUEUED && result->next_try_us == 0);

  for (guint i = 0; i < item->results->len; i++)
    {
      MosRecipientResult *known = g_ptr_array_index (item->results, i);
      MosRecipientResult *refused = mos_outbox_find_refused (result, known->address);
      MosRecipientState state = mos_outbox_state_of_rest (result->state);

      if (known->state != MOS_RECIPIENT_WAITING && known->state != MOS_RECIPIENT_DEFERRED)
        continue;
      if (refused != NULL)
        {
          state = refused->code / 100 == 4 && !is_over ? MOS_RECIPIENT_DEFERRED : MOS_RECIPIENT_REFUSED;
          if (!mos_store_recipient_set (txn, item->message, known->address, state, refused->code, refused->status, refused->text, error))
            return FALSE;
        }
      /* Not got to, this time: what was said before stays. */
      else if (state != MOS_RECIPIENT_WAITING &&
               !mos_store_recipient_set (txn, item->message, known->address, state, state == MOS_RECIPIENT_ACCEPTED ? 250 : 0, NULL,
                                         state == MOS_RECIPIENT_REFUSED ? result->detail : NULL, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_outbox_count (MosTxn *txn,
                  const char *message,
                  MosOutboxTally *tally,
                  GError **error)
{
  g_autoptr (GPtrArray) results = mos_store_recipient_list (txn, message, error);

  *tally = (MosOutboxTally) { 0 };
  if (results == NULL)
    return FALSE;
  for (guint i = 0; i < results->len; i++)
    {
      guint bit = 1u << ((MosRecipientResult *) g_ptr_array_index (results, i))->state;

      tally->open += (bit & MOS_RECIPIENTS_OPEN) != 0;
      tally->taken += (bit & MOS_RECIPIENTS_TAKEN) != 0;
      tally->refused += (bit & MOS_RECIPIENT_BIT (REFUSED)) != 0;
      tally->uncertain += (bit & MOS_RECIPIENT_BIT (UNCERTAIN)) != 0;
    }
  return TRUE;
}

/* The words of all who will not get it, a line each. */
static gboolean
mos_outbox_describe_refused (MosTxn *txn,
                             const char *message,
                             char **ret_text,
                             GError **error)
{
  g_autoptr (GPtrArray) results = mos_store_recipient_list (txn, message, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (results == NULL)
    return FALSE;
  for (guint i = 0; i < results->len; i++)
    {
      MosRecipientResult *one = g_ptr_array_index (results, i);

      if (one->state != MOS_RECIPIENT_REFUSED)
        continue;
      g_string_append_printf (text, "%s%s:", text->len > 0 ? "\n" : "", one->address);
      if (one->code != 0)
        g_string_append_printf (text, " %u", one->code);
      if (one->text != NULL)
        g_string_append_printf (text, " %s", one->text);
    }
  *ret_text = g_string_free_and_steal (g_steal_pointer (&text));
  return TRUE;
}

/* What the whole message is, from what became of its recipients. */
static gboolean
mos_outbox_conclude (MosTxn *txn,
                     MosSendResult *result,
                     GError **error)
{
  MosDelivery state = result->state;
  gint64 next_try_us = result->next_try_us;
  const char *why = result->why;
  g_autofree char *refused = NULL;
  const char *detail = result->detail;
  MosOutboxTally tally;

  if (!mos_outbox_count (txn, result->message, &tally, error))
    return FALSE;
  if (state == MOS_DELIVERY_ACCEPTED && tally.open > 0)
    {
      /* Some have it, the others were put off: only those are tried again. */
      state = MOS_DELIVERY_QUEUED;
      why = "recipients-deferred";
    }
  else if ((state == MOS_DELIVERY_ACCEPTED || (state == MOS_DELIVERY_FAILED && tally.taken > 0)) && tally.refused > 0)
    {
      state = MOS_DELIVERY_ACCEPTED;
      why = "recipients-refused";
      if (!mos_outbox_describe_refused (txn, result->message, &refused, error))
        return FALSE;
      detail = refused;
    }
  if (state != MOS_DELIVERY_QUEUED)
    next_try_us = 0;
  return mos_store_outbox_set_result (txn, result->message, state, next_try_us, why, detail, error);
}

static gboolean
mos_outbox_is_report_for (MosSendResult *result,
                          MosOutboxItem *item)
{
  /* Cancelled by somebody while the connection was being made, or settled otherwise. */
  if (item->state == MOS_DELIVERY_CANCELLED || item->state == MOS_DELIVERY_ACCEPTED)
    return FALSE;
  if (result->claim == NULL)
    return TRUE;
  /* Somebody else is sending it now: what one did before says nothing about that. */
  if (*result->claim == '\0')
    return item->state == MOS_DELIVERY_QUEUED && result->state == MOS_DELIVERY_QUEUED;
  return g_strcmp0 (result->claim, item->claim) == 0;
}

/* Its copy in Sent, or its answer, may have come while we still waited for the server's word, which then never came. Where some had it before, it may
 * be of them, and says nothing of the others. */
static gboolean
mos_outbox_settle_if_met (MosTxn *txn,
                          const char *message,
                          gboolean *ret_settled,
                          GError **error)
{
  MosOutboxTally tally;

  *ret_settled = FALSE;
  if (!mos_outbox_count (txn, message, &tally, error))
    return FALSE;
  if (tally.taken > 0)
    return TRUE;
  return mos_store_outbox_was_met (txn, message, ret_settled, error) &&
         (!*ret_settled || mos_outbox_settle (txn, message, TRUE, error));
}

gboolean
mos_outbox_report (MosTxn *txn,
                   MosSendResult *result,
                   MosOutboxItem **ret_item,
                   GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  g_autofree char *silent = NULL;
  gboolean is_trouble = FALSE, is_settled = FALSE, is_alone = FALSE;

  *ret_item = NULL;
  if (!mos_store_outbox_find (txn, result->message, &item, error))
    return FALSE;
  if (item == NULL || !mos_outbox_is_report_for (result, item))
    return TRUE;

  for (guint i = 0; i < result->refused->len; i++)
    is_trouble |= ((MosRecipientResult *) g_ptr_array_index (result->refused, i))->code / 100 != 4 || (result->state != MOS_DELIVERY_QUEUED && result->next_try_us == 0);

  if (!mos_outbox_report_recipients (txn, item, result, error) ||
      !mos_outbox_conclude (txn, result, error) ||
      (result->state == MOS_DELIVERY_UNCERTAIN && !mos_outbox_settle_if_met (txn, result->message, &is_settled, error)))
    return FALSE;
  is_trouble |= result->state == MOS_DELIVERY_FAILED || (result->state == MOS_DELIVERY_UNCERTAIN && !is_settled);
  if (result->state == MOS_DELIVERY_ACCEPTED && !mos_outbox_mark_answered (txn, item, error))
    return FALSE;
  if (!is_trouble)
    return TRUE;
  if (item->conversation != NULL && !mos_store_outreach_find_silent (txn, item->conversation, &silent, &is_alone, error))
    return FALSE;
  /* One of many: it is told where they were sent from. */
  if (is_alone)
    return TRUE;
  /* Refused for some: they got nothing, however the others fared. */
  return mos_outbox_reopen (txn, item, error) && mos_store_outbox_find (txn, result->message, ret_item, error);
}

/* A message that is uncertain from now on. Where nothing that is here shows that somebody has it, a person is asked: it is added to @items. */
static gboolean
mos_outbox_doubt (MosTxn *txn,
                  const char *message,
                  GPtrArray *items,
                  GError **error)
{
  MosOutboxItem *item = NULL;
  gboolean is_settled;

  if (!mos_store_recipient_move (txn, message, MOS_RECIPIENT_WAITING, MOS_RECIPIENT_UNCERTAIN, error) ||
      !mos_store_recipient_move (txn, message, MOS_RECIPIENT_DEFERRED, MOS_RECIPIENT_UNCERTAIN, error) ||
      !mos_outbox_settle_if_met (txn, message, &is_settled, error))
    return FALSE;
  if (is_settled)
    return TRUE;
  if (!mos_outbox_find (txn, message, &item, error))
    return FALSE;
  g_ptr_array_add (items, item);
  return mos_outbox_reopen (txn, item, error);
}

gboolean
mos_outbox_recover (MosTxn *txn,
                    GPtrArray **ret_items,
                    GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outbox_item_unref);
  g_autoptr (GPtrArray) uncertain = NULL;

  if (!mos_store_outbox_recover (txn, &uncertain, error))
    return FALSE;
  for (guint i = 0; i < uncertain->len; i++)
    if (!mos_outbox_doubt (txn, g_ptr_array_index (uncertain, i), items, error))
      return FALSE;

  *ret_items = g_steal_pointer (&items);
  return TRUE;
}

gboolean
mos_outbox_doubt_all (MosTxn *txn,
                      guint *ret_n,
                      GError **error)
{
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, NULL, error);
  g_autoptr (GPtrArray) doubted = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outbox_item_unref);

  *ret_n = 0;
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      MosOutboxItem *item = g_ptr_array_index (items, i);

      if (item->state != MOS_DELIVERY_QUEUED && item->state != MOS_DELIVERY_SENDING)
        continue;
      if (!mos_store_outbox_set_result (txn, item->message, MOS_DELIVERY_UNCERTAIN, 0, MOS_OUTBOX_RESTORED, NULL, error) ||
          !mos_outbox_doubt (txn, item->message, doubted, error))
        return FALSE;
    }
  *ret_n = doubted->len;
  return TRUE;
}

gboolean
mos_outbox_record_copy (MosTxn *txn,
                        const char *account,
                        const char *message,
                        const char *folder,
                        guint32 uidvalidity,
                        guint32 uid,
                        const char *message_id,
                        GError **error)
{
  if (message_id != NULL && !mos_store_message_add_message_id (txn, message, message_id, error))
    return FALSE;

  if (folder != NULL && uid != 0)
    {
      g_autoptr (MosFolderRow) row = NULL;

      if (!mos_store_folder_find (txn, account, folder, &row, error))
        return FALSE;
      /* A folder that was not synced yet learns of it when it is. */
      if (row != NULL && row->uidvalidity == uidvalidity)
        {
          g_autoptr (MosLocation) location = mos_location_new ();

          location->message = g_strdup (message);
          location->folder = g_strdup (row->id);
          location->uidvalidity = uidvalidity;
          location->uid = uid;
          location->flags = MOS_MESSAGE_FLAG_SEEN;
          if (!mos_store_location_put (txn, location, error))
            return FALSE;
        }
    }
  return mos_store_outbox_set_sent_copy_done (txn, message, error);
}

gboolean
mos_outbox_retry (MosTxn *txn,
                  const char *message,
                  GError **error)
{
  static const MosRecipientState again[] = { MOS_RECIPIENT_REFUSED, MOS_RECIPIENT_BOUNCED, MOS_RECIPIENT_UNCERTAIN, MOS_RECIPIENT_WITHDRAWN };
  g_autoptr (MosOutboxItem) item = NULL;
  guint without = 0;

  if (!mos_outbox_find (txn, message, &item, error) ||
      !mos_store_recipient_count (txn, message, MOS_RECIPIENT_BIT (REFUSED) | MOS_RECIPIENT_BIT (BOUNCED) | MOS_RECIPIENT_BIT (WITHDRAWN), &without, error))
    return FALSE;
  /* Accepted for all: they have it. */
  if (item->state != MOS_DELIVERY_FAILED && item->state != MOS_DELIVERY_UNCERTAIN && item->state != MOS_DELIVERY_QUEUED &&
      (item->state != MOS_DELIVERY_ACCEPTED || without == 0))
    return mos_outbox_wrong_state (item, error);
  for (guint i = 0; i < G_N_ELEMENTS (again); i++)
    if ((again[i] != MOS_RECIPIENT_UNCERTAIN || item->state == MOS_DELIVERY_UNCERTAIN) && !mos_store_recipient_move (txn, message, again[i], MOS_RECIPIENT_WAITING, error))
      return FALSE;
  return (item->state == MOS_DELIVERY_QUEUED ? mos_store_outbox_reset_attempts (txn, message, error) : mos_store_outbox_begin_anew (txn, message, error)) &&
         mos_store_outbox_set_result (txn, message, MOS_DELIVERY_QUEUED, mos_txn_get_now_us (txn), NULL, NULL, error);
}

gboolean
mos_outbox_settle (MosTxn *txn,
                   const char *message,
                   gboolean was_sent,
                   GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  MosOutboxTally tally;

  if (!mos_outbox_find (txn, message, &item, error))
    return FALSE;
  if (item->state != MOS_DELIVERY_UNCERTAIN)
    return mos_outbox_wrong_state (item, error);
  if (!was_sent)
    return mos_store_recipient_move (txn, message, MOS_RECIPIENT_UNCERTAIN, MOS_RECIPIENT_WAITING, error) &&
           mos_store_outbox_begin_anew (txn, message, error) &&
           mos_store_outbox_set_result (txn, message, MOS_DELIVERY_QUEUED, mos_txn_get_now_us (txn), NULL, NULL, error);

  if (!mos_store_recipient_move (txn, message, MOS_RECIPIENT_UNCERTAIN, MOS_RECIPIENT_ACCEPTED, error) ||
      !mos_store_recipient_move (txn, message, MOS_RECIPIENT_WAITING, MOS_RECIPIENT_ACCEPTED, error) ||
      !mos_outbox_mark_answered (txn, item, error) ||
      !mos_outbox_count (txn, message, &tally, error))
    return FALSE;
  if (tally.open > 0)
    return mos_store_outbox_set_result (txn, message, MOS_DELIVERY_QUEUED, mos_txn_get_now_us (txn), "recipients-deferred", NULL, error);
  if (tally.refused > 0)
    {
      g_autofree char *refused = NULL;

      return mos_outbox_describe_refused (txn, message, &refused, error) &&
             mos_store_outbox_set_result (txn, message, MOS_DELIVERY_ACCEPTED, 0, "recipients-refused", refused, error);
    }
  return mos_store_outbox_set_result (txn, message, MOS_DELIVERY_ACCEPTED, 0, NULL, NULL, error);
}

gboolean
mos_outbox_take_evidence (MosTxn *txn,
                          const char *message,
                          GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  MosOutboxTally tally;

  if (!mos_store_outbox_find (txn, message, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  if (item->state == MOS_DELIVERY_UNCERTAIN)
    return mos_outbox_settle (txn, message, TRUE, error);
  if (item->state != MOS_DELIVERY_QUEUED)
    return TRUE;

  if (!mos_outbox_count (txn, message, &tally, error))
    return FALSE;
  /* Some have it, and those who do not are still to get it. */
  if (tally.taken > 0)
    return TRUE;
  return mos_store_recipient_move (txn, message, MOS_RECIPIENT_WAITING, MOS_RECIPIENT_ACCEPTED, error) &&
         mos_store_recipient_move (txn, message, MOS_RECIPIENT_DEFERRED, MOS_RECIPIENT_ACCEPTED, error) &&
         mos_outbox_mark_answered (txn, item, error) &&
         mos_store_outbox_set_result (txn, message, MOS_DELIVERY_ACCEPTED, 0, NULL, NULL, error);
}
