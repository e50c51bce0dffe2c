/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-state.h"

#include "core/base/mos-error.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-chat-begin.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-messages.h"

/* How a chat stands, and how it goes on by mail. */

#define QUOTED_CHARACTERS 200

static void
mos_chat_state_clear (MosChatState *self)
{
  g_free (self->closed);
  g_free (self->quoted_from);
  g_free (self->quoted_text);
  g_free (self->mail_account);
  g_free (self->mail_address);
  g_free (self->text_account);
  g_free (self->text_number);
}

MOS_DEFINE_VALUE (MosChatState, chat_state)

static char *
first_characters (const char *text)
{
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), QUOTED_CHARACTERS));
}

static gboolean
find_quoted (MosTxn *txn,
             const char *conversation,
             const char *message,
             MosChatState *state,
             GError **error)
{
  g_autoptr (MosMessageRow) quoted = NULL;
  g_autoptr (MosMessageRow) last = NULL;

  if (message == NULL)
    return TRUE;
  if (!mos_store_message_find_last_incoming (txn, conversation, &last, error))
    return FALSE;
  if (last != NULL && g_str_equal (last->id, message))
    return TRUE;
  if (!mos_store_message_find (txn, message, &quoted, error))
    return FALSE;
  if (quoted == NULL)
    return TRUE;
  state->quoted_is_ours = quoted->direction == MOS_DIRECTION_OUTGOING;
  if (quoted->actor_name != NULL && state->quoted_is_ours)
    state->quoted_from = g_strdup (quoted->actor_name);
  else if (quoted->from != NULL)
    state->quoted_from = g_strdup (quoted->from->name != NULL && *quoted->from->name != '\0' ? quoted->from->name : quoted->from->address);
  if (*quoted->text == '\0' && quoted->attachments->len > 0)
    state->quoted_text = g_strdup (((MosAttachment *) quoted->attachments->pdata[0])->name);
  else
    state->quoted_text = first_characters (quoted->text);
  return TRUE;
}

/* Whoever wrote a mail once has an address; which of the accounts sends is the first that can. */
static gboolean
find_mail (MosTxn *txn,
           const MosConversationRow *row,
           MosChatState *state,
           GError **error)
{
  g_autoptr (MosCustomerRow) customer = NULL;
  g_autoptr (GPtrArray) accounts = NULL;

  if (row->customer == NULL)
    return TRUE;
  if (!mos_store_customer_find (txn, row->customer, &customer, error))
    return FALSE;
  for (guint i = 0; customer != NULL && i < customer->identities->len && state->mail_address == NULL; i++)
    {
      const MosIdentity *identity = customer->identities->pdata[i];

      if (g_str_equal (identity->kind, "email"))
        state->mail_address = g_strdup (identity->value);
    }
  if (state->mail_address == NULL)
    return TRUE;
  accounts = mos_store_account_list (txn, error);
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len && state->mail_account == NULL; i++)
    {
      const MosAccount *account = accounts->pdata[i];

      if (g_str_equal (account->kind, "email") && *account->smtp->host != '\0')
        state->mail_account = g_strdup (account->id);
    }
  if (state->mail_account == NULL)
    g_clear_pointer (&state->mail_address, g_free);
  return TRUE;
}

gboolean
mos_chat_state_load (MosTxn *txn,
                     const char *conversation,
                     const char *message,
                     MosChatState **ret_state,
                     GError **error)
{
  g_autoptr (MosChatState) state = mos_chat_state_new ();
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosChatThread) thread = NULL;

  if (!mos_store_conversation_find_now (txn, conversation, &row, error))
    return FALSE;
  if (row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", conversation);
      return FALSE;
    }
  if (!mos_store_chat_find_thread_of (txn, row->id, message, &thread, error) || !find_quoted (txn, row->id, message, state, error) || !find_mail (txn, row, state, error) ||
      !mos_chat_find_text (txn, row, &state->text_account, &state->text_number, error))
    return FALSE;
  if (thread != NULL)
    {
      g_autoptr (MosAccount) account = NULL;

      if (!mos_store_account_find (txn, thread->account, &account, error))
        return FALSE;
      state->closed = g_strdup (thread->closed);
      state->last_incoming_us = thread->last_incoming_us;
      state->tagged_window_s = account != NULL ? mos_channel_tagged_window_s (account) : 0;
    }
  *ret_state = g_steal_pointer (&state);
  return TRUE;
}

/* --- on by mail --- */

gboolean
mos_chat_prepare_continued (MosTxn *txn,
                            const MosConversationRow *row,
                            const char *account,
                            const char *address,
                            const MosQuoteTexts *texts,
                            MosDraft **ret_draft,
                            GError **error)
{
  g_autoptr (MosMessageRow) last = NULL;
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_store_message_find_last_incoming (txn, row->id, &last, error) || !mos_draft_prepare_fresh (txn, "new", NULL, NULL, account, texts, &draft, error))
    return FALSE;
  g_ptr_array_add (draft->to, mos_address_make (row->customer_name, address));
  /* By this its sending knows what it goes on with. */
  draft->reply_to_message = last != NULL ? g_strdup (last->id) : NULL;
  *ret_draft = g_steal_pointer (&draft);
  return TRUE;
}

gboolean
mos_chat_continue_by_mail (MosTxn *txn,
                           const char *conversation,
                           const char *text,
                           const MosQuoteTexts *texts,
                           MosDraft **ret_draft,
                           GError **error)
{
  g_autoptr (MosChatState) state = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *signature = NULL;

  if (!mos_chat_state_load (txn, conversation, NULL, &state, error))
    return FALSE;
  if (state->mail_address == NULL)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No address of this customer, or no account that sends mail");
      return FALSE;
    }
  if (!mos_store_conversation_find_now (txn, conversation, &row, error) ||
      !mos_chat_prepare_continued (txn, row, state->mail_account, state->mail_address, texts, &draft, error))
    return FALSE;
  g_set_str (&draft->subject, row->subject);
  signature = g_steal_pointer (&draft->text);
  draft->text = g_strconcat (text, signature, NULL);
  draft->caret = (int) g_utf8_strlen (text, -1);
  *ret_draft = g_steal_pointer (&draft);
  return TRUE;
}

gboolean
mos_chat_note_continued (MosTxn *txn,
                         const MosDraft *draft,
                         const MosConversationRow *row,
                         GError **error)
{
  g_autoptr (MosMessageRow) answered = NULL;

  if (!g_str_equal (draft->kind, "new") || draft->reply_to_message == NULL)
    return TRUE;
  if (!mos_store_message_find (txn, draft->reply_to_message, &answered, error))
    return FALSE;
  if (answered == NULL || g_str_equal (answered->conversation, row->id))
    return TRUE;
  return mos_store_event_add (txn, answered->conversation, NULL, "continued", answered->conversation, row->id, 0, FALSE, error) &&
         mos_store_event_add (txn, row->id, NULL, "continued", answered->conversation, row->id, 0, FALSE, error);
}

/* --- asked from the window --- */

static gboolean
read_state (MosTxn *txn,
            MosDeskCall *call,
            GError **error)
{
  MosChatState *state = NULL;

  if (!mos_chat_state_load (txn, call->text, call->other, &state, error))
    return FALSE;
  mos_desk_call_take_result (call, state, (GDestroyNotify) mos_chat_state_unref);
  return TRUE;
}

void
mos_desk_load_chat_state_async (MosDesk *self,
                                const char *conversation,
                                const char *message,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL);

  mos_desk_read (self, mos_desk_call_new_pair (read_state, conversation, message, NULL), mos_desk_load_chat_state_async, cancellable, callback, user_data);
}

MosChatState *
mos_desk_load_chat_state_finish (MosDesk *self,
                                 GAsyncResult *result,
                                 GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_chat_state_async, error);
}

static gboolean
read_continued (MosTxn *txn,
                MosDeskCall *call,
                GError **error)
{
  /* Nothing is quoted: the chat was said elsewhere. */
  const MosQuoteTexts texts = { "", "", "%x", TRUE, MOS_QUOTE_NONE };
  MosDraft *draft = NULL;

  if (!mos_chat_continue_by_mail (txn, call->text, call->other, &texts, &draft, error))
    return FALSE;
  mos_desk_call_take_result (call, draft, (GDestroyNotify) mos_draft_unref);
  return TRUE;
}

void
mos_desk_continue_by_mail_async (MosDesk *self,
                                 const char *conversation,
                                 const char *text,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL && text != NULL);

  mos_desk_read (self, mos_desk_call_new_pair (read_continued, conversation, text, NULL), mos_desk_continue_by_mail_async, cancellable, callback, user_data);
}

MosDraft *
mos_desk_continue_by_mail_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_continue_by_mail_async, error);
}
