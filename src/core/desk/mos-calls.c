/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-calls.h"

#include "core/base/mos-error.h"
#include "core/base/mos-id.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-desk-due.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

/* Of what was said: what a conversation of its own is called. */
#define SUBJECT_CHARACTERS 60

static void
mos_call_note_clear (MosCallNote *self)
{
  g_free (self->conversation);
  g_free (self->customer);
  g_free (self->text);
}

MOS_DEFINE_VALUE (MosCallNote, call_note)

/* --- noted by hand --- */

/* Where calls are noted that belong to no conversation: an account without a channel, made when it is first needed, the same on every desk. */
static gboolean
ensure_account (MosTxn *txn,
                char **ret_account,
                GError **error)
{
  g_autofree char *id = mos_id_derive ("account", MOS_CALLS_BY_HAND, MOS_CALLS_BY_HAND, NULL);
  g_autoptr (MosAccount) account = NULL;

  if (!mos_store_account_find (txn, id, &account, error))
    return FALSE;
  if (account == NULL)
    {
      account = mos_account_new ();
      account->id = g_strdup (id);
      account->kind = g_strdup (MOS_CALLS_BY_HAND);
      account->name = g_strdup ("Phone");
      mos_account_fill (account);
      if (!mos_store_account_save (txn, account, error))
        return FALSE;
    }
  *ret_account = g_steal_pointer (&id);
  return TRUE;
}

static char *
make_subject (const char *text,
              const char *number)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));

  g_strstrip (line);
  if (*line == '\0')
    return g_strdup (number);
  if (g_utf8_strlen (line, -1) <= SUBJECT_CHARACTERS)
    return g_steal_pointer (&line);
  {
    g_autofree char *cut = g_utf8_substring (line, 0, SUBJECT_CHARACTERS);

    return g_strconcat (cut, "…", NULL);
  }
}

/* @ret_number: (out) (transfer full): "" where none is known; @ret_identity: (out) (transfer full) (nullable) */
static gboolean
find_number (MosTxn *txn,
             const char *customer,
             char **ret_number,
             char **ret_identity,
             GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;

  *ret_number = *ret_identity = NULL;
  if (customer != NULL && !mos_store_customer_find (txn, customer, &row, error))
    return FALSE;
  for (guint i = 0; row != NULL && i < row->identities->len && *ret_identity == NULL; i++)
    {
      const MosIdentity *identity = row->identities->pdata[i];

      if (g_str_equal (identity->kind, "phone"))
        {
          *ret_number = g_strdup (identity->value);
          *ret_identity = g_strdup (identity->id);
        }
    }
  if (*ret_number == NULL)
    *ret_number = g_strdup (row != NULL && row->phone != NULL ? row->phone : "");
  return TRUE;
}

static gboolean
begin_conversation (MosTxn *txn,
                    const MosCallNote *note,
                    const char *text,
                    MosConversationRow **ret_row,
                    GError **error)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autoptr (MosCustomerRow) customer = NULL;
  g_autofree char *number = NULL;
  g_autofree char *identity = NULL;
  g_autofree char *id = NULL;

  if (note->customer == NULL || !mos_store_customer_find (txn, note->customer, &customer, error))
    return note->customer == NULL ? (g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "A call needs a conversation or a customer"), FALSE) : FALSE;
  if (customer == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No customer %s", note->customer);
      return FALSE;
    }
  if (!find_number (txn, customer->id, &number, &identity, error) || !ensure_account (txn, &row->account, error))
    return FALSE;
  row->subject = make_subject (text, number);
  row->priority = MOS_PRIORITY_NORMAL;
  row->channel = g_strdup (MOS_CALLS_BY_HAND);
  row->customer = g_strdup (customer->id);
  row->created_us = mos_txn_get_now_us (txn);
  /* Work is what nobody took; all else is done, unless somebody says otherwise. */
  row->status = !note->is_outgoing && note->outcome != MOS_CALL_ANSWERED ? MOS_STATUS_OPEN : MOS_STATUS_CLOSED;
  mos_conversation_row_fill (row);
  if (!mos_store_conversation_add (txn, row, &id, NULL, error) ||
      (identity != NULL && !mos_store_conversation_add_participant (txn, id, identity, "customer", error)))
    return FALSE;
  return mos_store_conversation_find (txn, id, ret_row, error);
}

static gboolean
add_message (MosTxn *txn,
             const MosCallNote *note,
             const char *text,
             MosConversationRow *row,
             char **ret_message,
             GError **error)
{
  g_autoptr (MosMessageRow) message = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autofree char *number = NULL;

  if (!find_number (txn, row->customer, &number, &message->identity, error))
    return FALSE;
  message->id = mos_id_new (mos_txn_get_now_us (txn));
  message->conversation = g_strdup (row->id);
  message->account = g_strdup (row->account);
  message->direction = note->is_outgoing ? MOS_DIRECTION_OUTGOING : MOS_DIRECTION_INCOMING;
  message->delivery = note->is_outgoing ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_RECEIVED;
  message->from = mos_address_make (note->is_outgoing ? row->account_name : row->customer_name != NULL && *row->customer_name != '\0' ? row->customer_name
                                                                                                                                      : number,
                                    "");
  message->text = g_strdup (text);
  message->reply_text = g_strdup (text);
  message->sent_us = message->received_us = mos_txn_get_now_us (txn);
  message->call = mos_call_make (note->outcome, number, NULL, note->seconds);
  message->call->by_hand = TRUE;
  mos_message_row_fill (message);
  content->agent = g_strdup (mos_txn_get_actor (txn)->id);
  content->customer = g_strdup (row->customer);
  if (!mos_store_message_add (txn, message, content, NULL, error))
    return FALSE;
  *ret_message = g_strdup (message->id);
  return TRUE;
}

gboolean
mos_call_note (MosTxn *txn,
               const MosCallNote *note,
               char **ret_conversation,
               char **ret_message,
               GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  g_autofree char *text = g_strstrip (g_strdup (note->text != NULL ? note->text : ""));
  g_autofree char *message = NULL;
  gboolean is_work = !note->is_outgoing && note->outcome != MOS_CALL_ANSWERED;

  if (note->seconds > MOS_CALL_MAX_MINUTES * 60)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Nobody speaks that long");
      return FALSE;
    }
  if (note->conversation != NULL &&
      !mos_store_conversation_find_now (txn, note->conversation, &row, error))
    return FALSE;
  if (note->conversation != NULL && row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", note->conversation);
      return FALSE;
    }
  if (row == NULL && !begin_conversation (txn, note, text, &row, error))
    return FALSE;
  if (!add_message (txn, note, text, row, &message, error) ||
      (is_work && row->status != MOS_STATUS_OPEN && row->status != MOS_STATUS_SPAM && !mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error)) ||
      (note->outcome == MOS_CALL_ANSWERED && !mos_call_back_settle (txn, row->id, error)) ||
      (note->back_us != 0 && !mos_call_back_at (txn, row->id, note->back_us, error)))
    return FALSE;
  if (ret_conversation != NULL)
    *ret_conversation = g_strdup (row->id);
  if (ret_message != NULL)
    *ret_message = g_steal_pointer (&message);
  return TRUE;
}

/* --- to be called back --- */

static char *
back_key (const char *conversation)
{
  return g_strconcat (MOS_CALL_BACK_DUE_KIND, ":", conversation, NULL);
}

/* @ret_due: (out) (transfer full) (nullable): what waits */
static gboolean
find_waiting (MosTxn *txn,
              const char *conversation,
              MosDueRow **ret_due,
              GError **error)
{
  g_autofree char *key = back_key (conversation);
  g_autoptr (MosDueRow) due = NULL;

  *ret_due = NULL;
  if (!mos_store_due_find (txn, key, &due, error))
    return FALSE;
  if (due != NULL && due->state == MOS_DUE_WAITING)
    *ret_due = g_steal_pointer (&due);
  return TRUE;
}

gboolean
mos_call_back_at (MosTxn *txn,
                  const char *conversation,
                  gint64 due_us,
                  GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosDueRow) due = NULL;
  g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, due_us);

  if (!mos_store_conversation_find_now (txn, conversation, &row, error))
    return FALSE;
  if (row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", conversation);
      return FALSE;
    }
  if (due_us == 0)
    {
      if (!find_waiting (txn, row->id, &due, error))
        return FALSE;
      return due == NULL || (mos_store_due_cancel (txn, due->key, error) && mos_store_event_add (txn, row->id, NULL, "callback", NULL, NULL, 0, FALSE, error));
    }
  if (due_us <= mos_txn_get_now_us (txn))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "a time that has passed");
      return FALSE;
    }
  due = mos_due_row_new ();
  due->kind = g_strdup (MOS_CALL_BACK_DUE_KIND);
  due->key = back_key (row->id);
  due->conversation = g_strdup (row->id);
  due->agent = g_strdup (mos_txn_get_actor (txn)->kind == MOS_ACTOR_HUMAN ? mos_txn_get_actor (txn)->id : NULL);
  due->due_us = due_us;
  return mos_store_due_put (txn, due, error) && mos_store_event_add (txn, row->id, NULL, "callback", NULL, to, 0, FALSE, error);
}

gboolean
mos_call_back_find (MosTxn *txn,
                    const char *conversation,
                    gint64 *ret_us,
                    GError **error)
{
  g_autoptr (MosDueRow) due = NULL;

  if (!find_waiting (txn, conversation, &due, error))
    return FALSE;
  *ret_us = due != NULL ? due->due_us : 0;
  return TRUE;
}

gboolean
mos_call_back_settle (MosTxn *txn,
                      const char *conversation,
                      GError **error)
{
  g_autoptr (MosDueRow) due = NULL;

  if (!find_waiting (txn, conversation, &due, error))
    return FALSE;
  return due == NULL || (mos_store_due_cancel (txn, due->key, error) && mos_store_event_add (txn, conversation, NULL, "callback", MOS_CALL_BACK_SETTLED, NULL, 0, TRUE, error));
}

gboolean
mos_call_back_run (MosTxn *txn,
                   MosDueRow *due,
                   GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;

  /* What it was merged into comes back in its place. */
  if (due->conversation == NULL)
    return TRUE;
  if (!mos_store_conversation_find_now (txn, due->conversation, &row, error))
    return FALSE;
  if (row == NULL || row->deleted_us != 0 || row->status == MOS_STATUS_SPAM)
    return mos_store_due_settle (txn, due->id, MOS_DUE_CANCELLED, error);
  return mos_store_event_add (txn, row->id, NULL, "callback_due", NULL, NULL, 0, FALSE, error) &&
         (row->status == MOS_STATUS_OPEN || mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error));
}

GPtrArray *
mos_call_back_list (MosTxn *txn,
                    GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_held_item_unref);
  g_autoptr (GPtrArray) rows = mos_store_due_list (txn, MOS_DUE_WAITING, NULL, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MosDueRow *due = rows->pdata[i];
      MosHeldItem *item;

      if (!g_str_equal (due->kind, MOS_CALL_BACK_DUE_KIND) || due->conversation == NULL)
        continue;
      item = mos_held_item_new ();
      g_ptr_array_add (items, item);
      item->due = mos_due_row_ref (due);
      if (!mos_store_conversation_find_now (txn, due->conversation, &item->conversation, error))
        return NULL;
    }
  return rows != NULL ? g_steal_pointer (&items) : NULL;
}
