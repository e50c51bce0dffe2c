/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-begin.h"

#include "core/base/mos-error.h"
#include "core/base/mos-phone.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-chat-plan.h"
#include "core/desk/mos-composing-private.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-messages.h"

/* --- where one can be reached --- */

/* What its threads are called by is a telephone number, and we may write first. */
static gboolean
sends_texts (const MosAccount *account)
{
  const MosChannelTraits *traits = mos_channel_traits_get (account->kind);

  return (traits->flags & MOS_CHANNEL_STARTS) != 0 && (traits->flags & MOS_CHANNEL_CALLS) == 0 && g_str_equal (traits->identity, "phone");
}

/* The number that called first, then those that the customer has. */
static gboolean
list_numbers (MosTxn *txn,
              const MosConversationRow *row,
              GStrvBuilder *numbers,
              GError **error)
{
  g_autoptr (MosChatThread) thread = NULL;
  g_autoptr (MosCustomerRow) customer = NULL;

  if (!mos_store_chat_find_thread_of (txn, row->id, NULL, &thread, error) || (row->customer != NULL && !mos_store_customer_find (txn, row->customer, &customer, error)))
    return FALSE;
  if (thread != NULL)
    g_strv_builder_add (numbers, thread->remote);
  for (guint i = 0; customer != NULL && i < customer->identities->len; i++)
    {
      const MosIdentity *identity = customer->identities->pdata[i];

      if (g_str_equal (identity->kind, "phone"))
        g_strv_builder_add (numbers, identity->value);
    }
  return TRUE;
}

gboolean
mos_chat_find_text (MosTxn *txn,
                    const MosConversationRow *row,
                    char **ret_account,
                    char **ret_number,
                    GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) numbers = NULL;
  const MosAccount *account = NULL;

  *ret_account = NULL;
  *ret_number = NULL;
  if ((mos_channel_traits_get (row->channel)->flags & MOS_CHANNEL_CALLS) == 0)
    return TRUE;
  accounts = mos_store_account_list (txn, error);
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len && account == NULL; i++)
    if (sends_texts (accounts->pdata[i]))
      account = accounts->pdata[i];
  if (account == NULL)
    return TRUE;
  if (!list_numbers (txn, row, builder, error))
    return FALSE;
  numbers = g_strv_builder_end (builder);
  for (char **number = numbers; *number != NULL && *ret_number == NULL; number++)
    {
      g_autofree char *called = mos_phone_takes_texts (*number) ? mos_phone_canonical (*number) : NULL;
      g_autoptr (MosChatThread) thread = NULL;

      if (called == NULL)
        continue;
      if (!mos_store_chat_find_thread (txn, account->id, called, &thread, error))
        return FALSE;
      if (thread == NULL || thread->closed == NULL)
        *ret_number = g_steal_pointer (&called);
    }
  if (*ret_number != NULL)
    *ret_account = g_strdup (account->id);
  return TRUE;
}

/* --- the draft --- */

gboolean
mos_chat_continue_by_text (MosTxn *txn,
                           const char *conversation,
                           const char *text,
                           MosDraft **ret_draft,
                           GError **error)
{
  /* Nothing is quoted: it was said elsewhere. */
  const MosQuoteTexts texts = { "", "", "%x", TRUE, MOS_QUOTE_NONE };
  g_autoptr (MosConversationRow) row = NULL;
  g_autofree char *account = NULL;
  g_autofree char *number = NULL;

  if (!mos_store_conversation_find_now (txn, conversation, &row, error) || (row != NULL && !mos_chat_find_text (txn, row, &account, &number, error)))
    return FALSE;
  if (number == NULL)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No mobile number of this customer, or no account that sends SMS");
      return FALSE;
    }
  if (!mos_chat_prepare_continued (txn, row, account, number, &texts, ret_draft, error))
    return FALSE;
  g_set_str (&(*ret_draft)->text, text);
  (*ret_draft)->caret = (int) g_utf8_strlen (text, -1);
  return TRUE;
}

/* --- it is sent --- */

gboolean
mos_chat_begin_check (MosTxn *txn,
                      const MosDraft *draft,
                      const MosAccount *account,
                      MosChatThread **ret_thread,
                      GError **error)
{
  const MosAddress *to = draft->to->len == 1 ? draft->to->pdata[0] : NULL;

  *ret_thread = NULL;
  if (!g_str_equal (draft->kind, "new") || !sends_texts (account))
    return mos_composing_invalid (error, "A chat is answered: it cannot be begun from here");
  if (to == NULL || !mos_phone_takes_texts (to->address))
    return mos_composing_invalid (error, "An SMS goes to one mobile number, with its country");
  return mos_store_chat_find_thread (txn, account->id, to->address, ret_thread, error);
}

static gboolean
open_conversation (MosTxn *txn,
                   const MosDraft *draft,
                   const MosAccount *account,
                   const char *customer,
                   MosConversationRow **ret_row,
                   GError **error)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autofree char *id = NULL;

  row->subject = mos_chat_make_subject (draft->text);
  row->status = MOS_STATUS_PENDING;
  row->priority = MOS_PRIORITY_NORMAL;
  row->account = g_strdup (account->id);
  row->channel = g_strdup (account->kind);
  row->customer = g_strdup (customer);
  row->created_us = mos_txn_get_now_us (txn);
  mos_conversation_row_fill (row);
  return mos_store_conversation_add (txn, row, &id, NULL, error) && mos_store_conversation_find (txn, id, ret_row, error);
}

gboolean
mos_chat_begin (MosTxn *txn,
                const MosDraft *draft,
                const MosAccount *account,
                MosConversationRow **ret_row,
                GError **error)
{
  const MosAddress *to = draft->to->pdata[0];
  g_autoptr (MosChatThread) thread = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *identity = NULL;

  if (!mos_store_customer_ensure (txn, mos_channel_traits_get (account->kind)->identity, "", to->address, to->name, "agent", mos_txn_get_now_us (txn), &customer, &identity, error) ||
      !mos_store_chat_ensure_thread (txn, account->id, to->address, &thread, error))
    return FALSE;
  if (thread->conversation != NULL &&
      !mos_store_conversation_find_now (txn, thread->conversation, &row, error))
    return FALSE;
  if (row != NULL && (row->status == MOS_STATUS_CLOSED || row->status == MOS_STATUS_SPAM || row->deleted_us != 0))
    g_clear_pointer (&row, mos_conversation_row_unref);
  if (row == NULL && !open_conversation (txn, draft, account, customer, &row, error))
    return FALSE;
  g_set_str (&thread->conversation, row->id);
  g_set_str (&thread->identity, identity);
  if (!mos_store_chat_save_thread (txn, thread, error) || !mos_store_conversation_add_participant (txn, row->id, identity, "customer", error))
    return FALSE;
  *ret_row = g_steal_pointer (&row);
  return TRUE;
}

/* --- asked from the window --- */

static gboolean
read_continued (MosTxn *txn,
                MosDeskCall *call,
                GError **error)
{
  MosDraft *draft = NULL;

  if (!mos_chat_continue_by_text (txn, call->text, call->other, &draft, error))
    return FALSE;
  mos_desk_call_take_result (call, draft, (GDestroyNotify) mos_draft_unref);
  return TRUE;
}

void
mos_desk_continue_by_text_async (MosDesk *self,
                                 const char *conversation,
                                 const char *text,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL);

  mos_desk_read (self, mos_desk_call_new_pair (read_continued, conversation, text, NULL), mos_desk_continue_by_text_async, cancellable, callback, user_data);
}

MosDraft *
mos_desk_continue_by_text_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_continue_by_text_async, error);
}
