/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-composing-private.h"

#include "core/base/mos-id.h"
#include "core/base/mos-text.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-threading.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-senders.h"
#include "core/mail/mime/mos-markup.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

gboolean
mos_composing_invalid (GError **error,
                       const char *message)
{
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, message);
  return FALSE;
}

gboolean
mos_composing_find_account (MosTxn *txn,
                            const char *id,
                            MosAccount **ret_account,
                            GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;

  if (id != NULL && *id != '\0')
    {
      if (!mos_store_account_find (txn, id, ret_account, error))
        return FALSE;
      if (*ret_account != NULL)
        return TRUE;
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No account %s", id);
      return FALSE;
    }

  accounts = mos_store_account_list (txn, error);
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (accounts, i);

      if (*account->smtp->host != '\0')
        {
          *ret_account = mos_account_ref (account);
          return TRUE;
        }
    }
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "There is no account to send from");
  return FALSE;
}

gboolean
mos_composing_list_own (MosTxn *txn,
                        GStrv *ret_own,
                        GError **error)
{
  g_autoptr (GPtrArray) accounts = mos_store_account_list (txn, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      g_auto (GStrv) own = mos_account_list_own (g_ptr_array_index (accounts, i));

      g_strv_builder_addv (builder, (const char **) own);
    }
  *ret_own = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
mos_composing_find_answered (MosTxn *txn,
                             const char *kind,
                             const char *conversation,
                             const char *message,
                             MosMessageRow **ret_row,
                             GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MosMessageRow) last = NULL;

  if (message != NULL)
    {
      if (!mos_store_message_find (txn, message, ret_row, error))
        return FALSE;
      if (*ret_row == NULL)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No message %s", message);
          return FALSE;
        }
      return TRUE;
    }
  if (conversation == NULL || strcmp (kind, "new") == 0 || strcmp (kind, "note") == 0)
    return TRUE;

  if (!mos_store_message_find_last_incoming (txn, conversation, &last, error))
    return FALSE;
  if (last != NULL)
    return mos_store_message_find (txn, last->id, ret_row, error);

  /* We wrote first: answering goes on writing to the same people. */
  rows = mos_store_message_list_of_conversation (txn, conversation, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = rows->len; i > 0 && *ret_row == NULL; i--)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i - 1);

      if (row->call == NULL && (row->direction == MOS_DIRECTION_OUTGOING || row->direction == MOS_DIRECTION_INCOMING))
        *ret_row = mos_message_row_ref (row);
    }
  return TRUE;
}

static gboolean
mos_composing_is_written_to (MosAccount *account,
                             MosMessageRow *answered)
{
  GPtrArray *lists[] = { answered->to, answered->cc };
  g_auto (GStrv) own = mos_account_list_own (account);

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; lists[l] != NULL && i < lists[l]->len; i++)
      if (mos_own_contains ((const char *const *) own, ((MosAddress *) g_ptr_array_index (lists[l], i))->address))
        return TRUE;
  return FALSE;
}

/* Imported mail lies in an account that cannot send: the one that it was written to answers, else the first that can. @account: (inout) */
static gboolean
mos_composing_choose_sending (MosTxn *txn,
                              MosMessageRow *answered,
                              MosAccount **account,
                              GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (MosAccount) first = NULL;

  if (*(*account)->smtp->host != '\0' || mos_channel_is_chat ((*account)->kind))
    return TRUE;
  accounts = mos_store_account_list (txn, error);
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; answered != NULL && i < accounts->len; i++)
    {
      MosAccount *each = g_ptr_array_index (accounts, i);

      if (*each->smtp->host == '\0' || !mos_composing_is_written_to (each, answered))
        continue;
      mos_account_unref (*account);
      *account = mos_account_ref (each);
      return TRUE;
    }
  if (!mos_composing_find_account (txn, NULL, &first, error))
    return FALSE;
  mos_account_unref (*account);
  *account = g_steal_pointer (&first);
  return TRUE;
}

/* Who sits at the desk, and how he signs. @sender: (nullable): nothing is signed; @ret_signature: (out) (transfer full) (nullable): %NULL = none */
static gboolean
mos_composing_choose_signature (MosTxn *txn,
                                MosSender *sender,
                                char **ret_agent,
                                char **ret_signature,
                                GError **error)
{
  g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);
  MosAgent *me = agents != NULL && agents->len > 0 ? g_ptr_array_index (agents, 0) : NULL;
  const char *signature;

  *ret_agent = NULL;
  if (agents == NULL)
    return FALSE;
  if (me != NULL && me->is_me)
    *ret_agent = g_strdup (me->id);
  if (sender == NULL)
    return TRUE;
  signature = mos_sender_get_signature (sender, me != NULL && me->is_me ? me : NULL);
  *ret_signature = *signature != '\0' ? g_strdup (signature) : NULL;
  return TRUE;
}

/* No more of a long conversation goes along with each answer. */
#define MOS_HISTORY_MAX_MESSAGES 20
#define MOS_HISTORY_MAX_BYTES (64 * 1024)

static gboolean
mos_draft_is_known_to (MosMessageRow *row,
                       const char *address)
{
  GPtrArray *lists[] = { row->to, row->cc };

  if (row->from != NULL && mos_text_same_mailbox (row->from->address, address))
    return TRUE;
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      if (mos_text_same_mailbox (((MosAddress *) g_ptr_array_index (lists[l], i))->address, address))
        return TRUE;
  return FALSE;
}

/* Whether everybody who gets @draft has @row already: what went to a supplier, or to a colleague, is not told to a customer. */
static gboolean
mos_draft_may_tell (MosDraft *draft,
                    MosMessageRow *row)
{
  GPtrArray *lists[] = { draft->to, draft->cc };

  if ((row->direction != MOS_DIRECTION_INCOMING && row->direction != MOS_DIRECTION_OUTGOING) || row->quarantined || row->classification == MOS_CLASSIFICATION_SURVEY ||
      (row->direction == MOS_DIRECTION_OUTGOING && row->delivery != MOS_DELIVERY_ACCEPTED && row->delivery != MOS_DELIVERY_DELIVERED && row->delivery != MOS_DELIVERY_READ))
    return FALSE;
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      if (!mos_draft_is_known_to (row, ((MosAddress *) g_ptr_array_index (lists[l], i))->address))
        return FALSE;
  return TRUE;
}

/* What goes along below an answer to @answered. */
static gboolean
mos_draft_quote (MosTxn *txn,
                 MosDraft *draft,
                 MosMessageRow *answered,
                 const MosQuoteTexts *texts,
                 GError **error)
{
  g_autoptr (GString) quote = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint n = 1;

  if (texts->history == MOS_QUOTE_NONE && strcmp (draft->kind, "forward") != 0)
    return TRUE;
  draft->quote = mos_quote_make (draft->kind, answered, texts, NULL);
  /* Who is still to be chosen may know nothing of it. */
  if (texts->history != MOS_QUOTE_ALL || strcmp (draft->kind, "forward") == 0 || draft->conversation == NULL || draft->to->len + draft->cc->len == 0)
    return TRUE;

  rows = mos_store_message_list_of_conversation (txn, draft->conversation, error);
  if (rows == NULL)
    return FALSE;
  quote = g_string_new (draft->quote);
  for (guint i = rows->len; i > 0 && n < MOS_HISTORY_MAX_MESSAGES && quote->len < MOS_HISTORY_MAX_BYTES; i--)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i - 1);
      g_autoptr (MosMessageRow) whole = NULL;
      g_autofree char *one = NULL;

      if (g_str_equal (row->id, answered->id) || row->received_us > answered->received_us || !mos_draft_may_tell (draft, row))
        continue;
      if (!mos_store_message_find (txn, row->id, &whole, error))
        return FALSE;
      one = whole != NULL ? mos_quote_make (draft->kind, whole, texts, NULL) : NULL;
      if (one == NULL || *one == '\0' || quote->len + strlen (one) > MOS_HISTORY_MAX_BYTES)
        continue;
      g_string_append_printf (quote, "%s%s", quote->len > 0 ? "\n" : "", one);
      n++;
    }
  g_free (draft->quote);
  draft->quote = g_string_free_and_steal (g_steal_pointer (&quote));
  return TRUE;
}

/* An answer goes out where what it answers came in, where one of both is a chat: two of different channels may be one conversation. What is forwarded goes by mail. @account: (inout) */
static gboolean
mos_draft_follow_answered (MosTxn *txn,
                           const char *kind,
                           MosMessageRow *answered,
                           MosAccount **account,
                           GError **error)
{
  g_autoptr (MosAccount) other = NULL;

  if (strcmp (kind, "note") == 0 || strcmp (kind, "new") == 0)
    return TRUE;
  if (strcmp (kind, "forward") == 0)
    {
      if (!mos_channel_is_chat ((*account)->kind))
        return TRUE;
      if (!mos_composing_find_account (txn, NULL, &other, error))
        return FALSE;
    }
  else
    {
      if (answered == NULL || *answered->account == '\0' || g_str_equal (answered->account, (*account)->id))
        return TRUE;
      if (!mos_store_account_find (txn, answered->account, &other, error))
        return FALSE;
      if (other == NULL || (!mos_channel_is_chat (other->kind) && !mos_channel_is_chat ((*account)->kind)))
        return TRUE;
    }
  mos_account_unref (*account);
  *account = g_steal_pointer (&other);
  return TRUE;
}

static gboolean
mos_draft_find_or_make (MosTxn *txn,
                        const char *kind,
                        const char *conversation,
                        const char *message,
                        const char *account_id,
                        const MosQuoteTexts *texts,
                        gboolean is_fresh,
                        MosDraft **ret_draft,
                        GError **error)
{
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosMessageRow) answered = NULL;
  g_autoptr (MosAccount) account = NULL;
  g_autofree char *resolved = NULL;
  g_autoptr (MosSender) sender = NULL;
  g_autofree char *words = NULL;
  g_auto (GStrv) own = NULL;
  gboolean is_chat;

  if (conversation != NULL)
    {
      if (!mos_store_conversation_resolve (txn, conversation, &resolved, error) ||
          (resolved != NULL && !mos_store_conversation_find (txn, resolved, &row, error)))
        return FALSE;
      if (row == NULL)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", conversation);
          return FALSE;
        }
      conversation = row->id;
    }
  else if (strcmp (kind, "new") != 0)
    return mos_composing_invalid (error, "Only a new mail goes without a conversation");

  if (!is_fresh && !mos_store_draft_find_of_conversation (txn, conversation, kind, &draft, error))
    return FALSE;
  if (draft != NULL && (message == NULL || g_strcmp0 (draft->reply_to_message, message) == 0))
    {
      *ret_draft = g_steal_pointer (&draft);
      return TRUE;
    }
  g_clear_pointer (&draft, mos_draft_unref);

  if (!mos_composing_find_account (txn, row != NULL ? row->account : account_id, &account, error) ||
      !mos_composing_find_answered (txn, kind, conversation, message, &answered, error) ||
      !mos_draft_follow_answered (txn, kind, answered, &account, error) ||
      (strcmp (kind, "note") != 0 && !mos_composing_choose_sending (txn, answered, &account, error)))
    return FALSE;
  /* Nothing can be written to a telephone: what is written there is for the desk. */
  if ((mos_channel_traits_get (account->kind)->flags & MOS_CHANNEL_CALLS) != 0 && strcmp (kind, "note") != 0)
    {
      if (is_fresh)
        return mos_composing_invalid (error, "Nothing can be sent to a telephone");
      return mos_draft_find_or_make (txn, "note", conversation, NULL, account_id, texts, FALSE, ret_draft, error);
    }
  is_chat = mos_channel_is_chat (account->kind);

  draft = mos_draft_new ();
  draft->id = mos_id_new (mos_txn_get_now_us (txn));
  draft->conversation = g_strdup (conversation);
  draft->account = g_strdup (account->id);
  draft->kind = g_strdup (kind);
  draft->reply_to_message = answered != NULL ? g_strdup (answered->id) : NULL;
  draft->sender = mos_account_choose_sender (account, strcmp (kind, "new") != 0 && strcmp (kind, "note") != 0 ? answered : NULL, mos_store_get_mac_key (mos_txn_get_store (txn)));
  sender = mos_account_find_sender (account, draft->sender);
  if (!mos_composing_list_own (txn, &own, error))
    return FALSE;
  /* In a chat it goes to whoever is in the thread. */
  if (!is_chat)
    mos_recipients_decide (kind, answered, (const char *const *) own, &draft->to, &draft->cc);
  draft->updated_us = mos_txn_get_now_us (txn);

  /* Whoever writes it in the window may use marks; what a program says is text. */
  draft->is_marked = !texts->is_plain && strcmp (kind, "note") != 0 && !is_chat;
  if (!mos_composing_choose_signature (txn, strcmp (kind, "note") != 0 && !is_chat ? sender : NULL, &draft->agent, &words, error))
    return FALSE;
  if (words != NULL)
    {
      g_autofree char *signature = draft->is_marked ? g_strdup (words) : mos_markup_to_plain (words);

      draft->text = g_strdup_printf ("\n\n-- \n%s", signature);
    }
  if (is_chat)
    {
      /* Neither a subject nor a quotation: what was said stands above. */
      mos_draft_fill (draft);
      *ret_draft = g_steal_pointer (&draft);
      return TRUE;
    }
  if (strcmp (kind, "forward") == 0)
    draft->subject = mos_text_forward_subject (row->subject);
  else if (row != NULL && strcmp (kind, "new") != 0)
    draft->subject = mos_text_reply_subject (row->subject);
  if (answered != NULL && strcmp (kind, "note") != 0 && strcmp (kind, "new") != 0 && !mos_draft_quote (txn, draft, answered, texts, error))
    return FALSE;
  if (answered != NULL && strcmp (kind, "forward") == 0)
    draft->attachments = g_ptr_array_ref (answered->attachments);
  mos_draft_fill (draft);

  *ret_draft = g_steal_pointer (&draft);
  return TRUE;
}

gboolean
mos_draft_prepare (MosTxn *txn,
                   const char *kind,
                   const char *conversation,
                   const char *message,
                   const char *account_id,
                   const MosQuoteTexts *texts,
                   MosDraft **ret_draft,
                   GError **error)
{
  return mos_draft_find_or_make (txn, kind, conversation, message, account_id, texts, FALSE, ret_draft, error);
}

gboolean
mos_draft_prepare_fresh (MosTxn *txn,
                         const char *kind,
                         const char *conversation,
                         const char *message,
                         const char *account_id,
                         const MosQuoteTexts *texts,
                         MosDraft **ret_draft,
                         GError **error)
{
  MosQuoteTexts plain = *texts;

  plain.is_plain = TRUE;
  return mos_draft_find_or_make (txn, kind, conversation, message, account_id, &plain, TRUE, ret_draft, error);
}

gboolean
mos_draft_prepare_another (MosTxn *txn,
                           const char *account_id,
                           const MosQuoteTexts *texts,
                           MosDraft **ret_draft,
                           GError **error)
{
  return mos_draft_find_or_make (txn, "new", NULL, NULL, account_id, texts, TRUE, ret_draft, error);
}
