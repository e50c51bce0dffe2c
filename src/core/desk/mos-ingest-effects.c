/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/desk/mos-automatic.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-scheduled.h"
#include "core/desk/mos-survey-answer.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-outreach.h"
#include "core/store/mos-store-recipients.h"

#include <string.h>

static gboolean
is_answered_since (MosTxn *txn,
                   const char *conversation,
                   gint64 received_us,
                   gboolean *ret_is,
                   GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (txn, conversation, error);

  *ret_is = FALSE;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len && !*ret_is; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      if (row->call != NULL)
        *ret_is = row->call->outcome == MOS_CALL_ANSWERED && row->received_us > received_us;
      else
        *ret_is = row->direction == MOS_DIRECTION_OUTGOING && row->classification != MOS_CLASSIFICATION_SURVEY && row->received_us > received_us;
    }
  return TRUE;
}

/* What a customer's message does to the conversation it joins (behaviour.md §2.1, §2.2, §2.8). */
gboolean
mos_ingest_wake (MosTxn *txn,
                 MosConversationRow *row,
                 gint64 received_us,
                 gboolean is_written,
                 GError **error)
{
  gboolean is_answered;

  if (!mos_due_answered (txn, row->id, received_us, error))
    return FALSE;
  if (row->deleted_us != 0 && !mos_store_conversation_set_deleted (txn, row->id, FALSE, error))
    return FALSE;
  /* It comes to the inbox for this message's sake; what was quarantined in it stays no customer's message. */
  if (row->quarantine != NULL && !mos_store_conversation_clear_quarantine (txn, row->id, error))
    return FALSE;
  if (is_written && !mos_scheduled_hold_answered (txn, row->id, received_us, error))
    return FALSE;
  if (row->status == MOS_STATUS_OPEN || row->status == MOS_STATUS_SPAM)
    return TRUE;

  /* Synced late: somebody answered after this was written, on a phone perhaps. */
  if (!is_answered_since (txn, row->id, received_us, &is_answered, error))
    return FALSE;
  if (is_answered)
    return TRUE;
  if (row->archive && !mos_store_conversation_set_archive (txn, row->id, FALSE, error))
    return FALSE;
  return mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error);
}

gboolean
mos_ingest_wake_conversation (MosIngest *self,
                              GError **error)
{
  return mos_ingest_wake (self->txn, self->conversation, self->incoming->received_us,
                          self->classification == MOS_CLASSIFICATION_NORMAL || self->classification == MOS_CLASSIFICATION_BULK, error);
}

/* --- our own message, met again in what others say about it --- */

/* Somebody had it sent anew, and the report is about the time before: that it did not arrive then says nothing of this time. Where the report does not
 * name the try, it cannot be about one that has not begun. */
static gboolean
mos_ingest_is_of_earlier_try (MosIngest *self,
                              MosMessageRow *row,
                              guint try,
                              MosRecipientState state,
                              gboolean *ret_is,
                              GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  *ret_is = FALSE;
  if (state == MOS_RECIPIENT_DELIVERED)
    return TRUE;
  if (!mos_store_outbox_find (self->txn, row->id, &item, error))
    return FALSE;
  if (item != NULL && item->tries > 0)
    *ret_is = try != G_MAXUINT ? try < item->tries : item->state == MOS_DELIVERY_QUEUED && item->attempts == 0;
  return TRUE;
}

gboolean
mos_ingest_settle_answered (MosIngest *self,
                            GError **error)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) doubted = NULL;
  gboolean is_report = FALSE;
  gboolean is_bounce = self->classification == MOS_CLASSIFICATION_BOUNCE_HARD || self->classification == MOS_CLASSIFICATION_BOUNCE_SOFT;

  if (self->direction != MOS_DIRECTION_INCOMING)
    return TRUE;
  /* What a server reports is taken up where it is known which try it is about. */
  for (guint i = 0; i < self->parsed->bounces->len; i++)
    {
      MosBounce *bounce = g_ptr_array_index (self->parsed->bounces, i);

      is_report |= bounce->original_message_id != NULL || bounce->envelope_id != NULL;
    }
  if (is_report)
    return TRUE;
  ids = mos_thread_list_ids (self->parsed);
  doubted = mos_store_outbox_list_doubted (self->txn, self->account->id, (const char *const *) ids, error);
  if (doubted == NULL)
    return FALSE;
  for (guint i = 0; i < doubted->len; i++)
    {
      g_autoptr (MosMessageRow) row = NULL;
      gboolean is_earlier = FALSE;

      if (is_bounce &&
          (!mos_store_message_find (self->txn, g_ptr_array_index (doubted, i), &row, error) ||
           (row != NULL && !mos_ingest_is_of_earlier_try (self, row, G_MAXUINT, MOS_RECIPIENT_BOUNCED, &is_earlier, error))))
        return FALSE;
      if (!is_earlier && !mos_outbox_take_evidence (self->txn, g_ptr_array_index (doubted, i), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_ingest_count_automatic (MosIngest *self,
                            GError **error)
{
  MosParsedMessage *parsed = self->parsed;
  GPtrArray *lists[] = { parsed->to, parsed->cc };

  if (self->direction != MOS_DIRECTION_OUTGOING || parsed->own_loop == NULL || self->incoming->archive)
    return TRUE;
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len && i < 50; i++)
      {
        MosAddress *address = g_ptr_array_index (lists[l], i);
        const MosAutomaticQuestion question = { self->account->id, self->conversation->id, address->address, parsed->subject, NULL };

        if (!mos_automatic_grant (self->txn, &question, self->id, error))
          return FALSE;
      }
  return TRUE;
}

/* --- reports of mail servers --- */

static gboolean
mos_bounce_is (MosBounce *bounce,
               const char *action)
{
  return bounce->action != NULL && g_ascii_strcasecmp (bounce->action, action) == 0;
}

/* What the report says of its recipient. Returns %FALSE when that changes nothing: handed on to where no reports are made, or to a list. */
static gboolean
mos_bounce_to_state (MosBounce *bounce,
                     MosRecipientState *ret_state)
{
  if (mos_bounce_is (bounce, "relayed") || mos_bounce_is (bounce, "expanded"))
    return FALSE;
  if (mos_bounce_is (bounce, "delivered"))
    *ret_state = MOS_RECIPIENT_DELIVERED;
  else
    /* A full mailbox or a filter says nothing against the address (@bounce->hard), but the message did not get there either. */
    *ret_state = mos_bounce_is (bounce, "delayed") ? MOS_RECIPIENT_DELAYED : MOS_RECIPIENT_BOUNCED;
  return TRUE;
}

/* The reply code in a server's words ("smtp; 550 5.1.1 unknown"), 0 for none. */
static guint
mos_bounce_code (MosBounce *bounce)
{
  const char *text = bounce->diagnostic != NULL ? bounce->diagnostic : "";

  for (const char *p = text; *p != '\0'; p++)
    if ((*p == '4' || *p == '5') && (p == text || !g_ascii_isalnum (p[-1])) && (p == text || p[-1] != '.') && g_ascii_isdigit (p[1]) && g_ascii_isdigit (p[2]) &&
        !g_ascii_isalnum (p[3]) && p[3] != '.')
      return (guint) ((p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0'));
  return 0;
}

/* Which messages of ours it is about: by the envelope's id, which only servers on the way saw, else by the Message-ID in what came back.
 * @ret_try: (out): which try of it, G_MAXUINT where the report does not say */
static GPtrArray *
mos_ingest_find_reported (MosIngest *self,
                          MosBounce *bounce,
                          guint *ret_try,
                          GError **error)
{
  const char *ids[] = { bounce->original_message_id, NULL };

  *ret_try = G_MAXUINT;
  if (bounce->envelope_id != NULL)
    {
      g_autoptr (MosMessageRow) row = NULL;
      g_autofree char *id = mos_outbox_item_parse_envelope_id (bounce->envelope_id, ret_try);

      if (!mos_store_message_find (self->txn, id, &row, error))
        return NULL;
      if (row != NULL && row->direction == MOS_DIRECTION_OUTGOING && strcmp (row->account, self->account->id) == 0)
        {
          GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);

          g_ptr_array_add (rows, g_steal_pointer (&row));
          return rows;
        }
    }
  *ret_try = G_MAXUINT;
  return mos_store_message_find_by_message_ids (self->txn, self->account->id, ids, error);
}

/* Sets it for the one the report names. A forwarded mail comes back from where it was forwarded to: where we wrote to one only, it was that one.
 * @ret_is_news: (out): whether it came back for somebody for whom it had not yet */
static gboolean
mos_ingest_report_recipient (MosIngest *self,
                             MosMessageRow *row,
                             MosBounce *bounce,
                             MosRecipientState state,
                             gboolean *ret_is_news,
                             GError **error)
{
  g_autoptr (GPtrArray) known = mos_store_recipient_list (self->txn, row->id, error);
  const char *address = bounce->recipient != NULL ? bounce->recipient : "";
  MosRecipientResult *found = NULL;

  *ret_is_news = FALSE;
  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < known->len && found == NULL; i++)
    if (g_ascii_strcasecmp (((MosRecipientResult *) g_ptr_array_index (known, i))->address, address) == 0)
      found = g_ptr_array_index (known, i);
  if (found == NULL && known->len == 1)
    found = g_ptr_array_index (known, 0);
  if (found != NULL)
    address = found->address;
  if (*address == '\0')
    {
      /* It names nobody. */
      *ret_is_news = state == MOS_RECIPIENT_BOUNCED && row->delivery != MOS_DELIVERY_BOUNCED;
      return TRUE;
    }

  /* Servers that try for days say "not yet" and "never" in any order; what is final stays. */
  if (found != NULL && (found->state == MOS_RECIPIENT_BOUNCED || (found->state == MOS_RECIPIENT_DELIVERED && state == MOS_RECIPIENT_DELAYED)))
    return TRUE;
  *ret_is_news = state == MOS_RECIPIENT_BOUNCED;
  return mos_store_recipient_set (self->txn, row->id, address, state, mos_bounce_code (bounce), bounce->status, bounce->diagnostic, error);
}

/* What the message as a whole is by that. */
static gboolean
mos_ingest_report_message (MosIngest *self,
                           MosMessageRow *row,
                           MosBounce *bounce,
                           MosRecipientState state,
                           GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  guint missing = 0;

  /* Somebody got it, and says so. */
  if (!mos_outbox_take_evidence (self->txn, row->id, error) ||
      !mos_store_outbox_find (self->txn, row->id, &item, error))
    return FALSE;
  /* Still being sent to others: the outbox has the last word. */
  if (item != NULL && (item->state == MOS_DELIVERY_QUEUED || item->state == MOS_DELIVERY_SENDING))
    return TRUE;

  if (state == MOS_RECIPIENT_BOUNCED)
    return mos_store_message_set_delivery (self->txn, row->id, MOS_DELIVERY_BOUNCED, bounce->status != NULL ? bounce->status : "bounced", bounce->diagnostic, error);
  if (row->delivery == MOS_DELIVERY_BOUNCED || row->delivery == MOS_DELIVERY_FAILED)
    return TRUE;
  if (state == MOS_RECIPIENT_DELAYED)
    return g_strcmp0 (row->why, "recipients-refused") == 0 || row->delivery == MOS_DELIVERY_DELIVERED ||
           mos_store_message_set_delivery (self->txn, row->id, MOS_DELIVERY_ACCEPTED, "delayed", bounce->diagnostic, error);
  if (!mos_store_recipient_count (self->txn, row->id, ~MOS_RECIPIENT_BIT (DELIVERED), &missing, error))
    return FALSE;
  return missing > 0 || mos_store_message_set_delivery (self->txn, row->id, MOS_DELIVERY_DELIVERED, NULL, NULL, error);
}

static gboolean
mos_ingest_reopen_for_bounce (MosIngest *self,
                              const MosMessageRow *message,
                              GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  g_autofree char *silent = NULL;
  gboolean is_alone, is_question;

  if (self->incoming->archive)
    return TRUE;
  if (!mos_survey_note_failed (self->txn, message->id, &is_question, error) ||
      !mos_store_outreach_find_silent (self->txn, message->conversation, &silent, &is_alone, error))
    return FALSE;
  if (is_alone || is_question)
    return TRUE;
  if (!mos_store_conversation_find (self->txn, message->conversation, &row, error))
    return FALSE;
  if (row == NULL || row->status == MOS_STATUS_OPEN || row->status == MOS_STATUS_SPAM || row->deleted_us != 0)
    return TRUE;
  return mos_store_conversation_set_status (self->txn, row->id, MOS_STATUS_OPEN, 0, error);
}

/* What servers say about mail of ours: the message it was shows it, and where it came back somebody has to look, once. */
gboolean
mos_ingest_apply_bounces (MosIngest *self,
                          GError **error)
{
  for (guint i = 0; i < self->parsed->bounces->len; i++)
    {
      MosBounce *bounce = g_ptr_array_index (self->parsed->bounces, i);
      MosRecipientState state;
      g_autoptr (GPtrArray) rows = NULL;
      guint try;

      if ((bounce->original_message_id == NULL && bounce->envelope_id == NULL) || !mos_bounce_to_state (bounce, &state))
        continue;
      /* Who complains of it has it. */
      if (self->classification == MOS_CLASSIFICATION_FEEDBACK_REPORT)
        state = MOS_RECIPIENT_DELIVERED;
      rows = mos_ingest_find_reported (self, bounce, &try, error);
      if (rows == NULL)
        return FALSE;
      for (guint r = 0; r < rows->len; r++)
        {
          MosMessageRow *row = g_ptr_array_index (rows, r);
          gboolean is_news = FALSE, is_earlier = FALSE;

          if (row->direction != MOS_DIRECTION_OUTGOING || row->delivery == MOS_DELIVERY_DRAFT || row->delivery == MOS_DELIVERY_CANCELLED)
            continue;
          if (!mos_ingest_is_of_earlier_try (self, row, try, state, &is_earlier, error))
            return FALSE;
          if (is_earlier)
            continue;
          if (!mos_ingest_report_message (self, row, bounce, state, error) ||
              !mos_ingest_report_recipient (self, row, bounce, state, &is_news, error))
            return FALSE;
          if (state == MOS_RECIPIENT_DELIVERED && !mos_ingest_report_message (self, row, bounce, state, error))
            return FALSE;
          if (is_news && !mos_ingest_reopen_for_bounce (self, row, error))
            return FALSE;
        }
    }
  return TRUE;
}
