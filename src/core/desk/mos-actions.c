/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-actions.h"

#include "core/base/mos-id.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-mentions.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-survey-ask.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-senders.h"
#include "core/store/mos-store-tags.h"

#include <string.h>

static gboolean
mos_action_find (MosTxn *txn,
                 const char *id,
                 MosConversationRow **ret_row,
                 GError **error)
{
  if (!mos_store_conversation_find (txn, id, ret_row, error))
    return FALSE;
  if (*ret_row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", id);
      return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_set_status (MosTxn *txn,
                       const char *const *conversations,
                       MosStatus status,
                       gint64 snooze_until_us,
                       GError **error)
{
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_action_find (txn, *conversations, &row, error) ||
          !mos_store_conversation_set_status (txn, row->id, status, status == MOS_STATUS_SNOOZED ? snooze_until_us : 0, error))
        return FALSE;
      if (status == MOS_STATUS_CLOSED && row->status != MOS_STATUS_CLOSED && !mos_survey_plan (txn, row->id, error))
        return FALSE;
      /* A person has decided what the quarantine only supposed. */
      if (status == MOS_STATUS_SPAM && row->quarantine != NULL && !mos_store_conversation_clear_quarantine (txn, row->id, error))
        return FALSE;
      /* Old mail that somebody takes up again is work from now on, and counts. */
      if (row->archive && status != MOS_STATUS_CLOSED && status != MOS_STATUS_SPAM &&
          !mos_store_conversation_set_archive (txn, row->id, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_assign (MosTxn *txn,
                   const char *const *conversations,
                   const char *agent,
                   GError **error)
{
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_action_find (txn, *conversations, &row, error) ||
          !mos_store_conversation_set_assignee (txn, row->id, agent, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_set_priority (MosTxn *txn,
                         const char *const *conversations,
                         MosPriority priority,
                         GError **error)
{
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_action_find (txn, *conversations, &row, error) ||
          !mos_store_conversation_set_priority (txn, row->id, priority, error))
        return FALSE;
    }
  return TRUE;
}

/* RFC 5646, as much as anybody types: "es", "fil", "pt-BR", "zh-Hant" */
static gboolean
is_language_code (const char *code)
{
  gsize n = strspn (code, "abcdefghijklmnopqrstuvwxyz");

  if (n < 2 || n > 3)
    return FALSE;
  while (code[n] == '-')
    {
      gsize length = strspn (code + n + 1, "abcdefghijklmnopqrstuvwxyz0123456789");

      if (length < 2 || length > 8)
        return FALSE;
      n += 1 + length;
    }
  return code[n] == '\0';
}

gboolean
mos_action_set_language (MosTxn *txn,
                         const char *const *conversations,
                         const char *language,
                         GError **error)
{
  g_autofree char *code = language != NULL ? g_strstrip (g_ascii_strdown (language, -1)) : NULL;

  if (code != NULL && !is_language_code (code))
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "“%s” is no code of a language", code);
      return FALSE;
    }
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_action_find (txn, *conversations, &row, error) ||
          !mos_store_conversation_choose_language (txn, row->id, code, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_tag (MosTxn *txn,
                const char *const *conversations,
                const char *tag,
                gboolean add,
                GError **error)
{
  g_autofree char *name = g_strstrip (g_strdup (tag));

  if (*name == '\0')
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "A tag needs a name");
      return FALSE;
    }
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_action_find (txn, *conversations, &row, error) ||
          !mos_store_tag_set (txn, row->id, name, add, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_set_deleted (MosTxn *txn,
                        const char *const *conversations,
                        gboolean deleted,
                        GError **error)
{
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_action_find (txn, *conversations, &row, error) ||
          !mos_store_conversation_set_deleted (txn, row->id, deleted, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_release (MosTxn *txn,
                    const char *const *conversations,
                    GError **error)
{
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_action_find (txn, *conversations, &row, error))
        return FALSE;
      if (row->quarantine == NULL)
        continue;
      if (!mos_store_conversation_set_quarantine (txn, row->id, NULL, error) ||
          !mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error))
        return FALSE;
      if (row->archive && !mos_store_conversation_set_archive (txn, row->id, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mos_action_open_released (MosTxn *txn,
                          MosConversationRow *row,
                          GError **error)
{
  return (row->quarantine == NULL || mos_store_conversation_clear_quarantine (txn, row->id, error)) &&
         (row->status == MOS_STATUS_OPEN || mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error)) &&
         (!row->archive || mos_store_conversation_set_archive (txn, row->id, FALSE, error));
}

gboolean
mos_action_release_messages (MosTxn *txn,
                             const char *const *messages,
                             GError **error)
{
  for (; *messages != NULL; messages++)
    {
      g_autoptr (MosMessageRow) message = NULL;
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_message_find (txn, *messages, &message, error))
        return FALSE;
      if (message == NULL || message->direction == MOS_DIRECTION_EVENT)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No message %s", *messages);
          return FALSE;
        }
      if (!message->quarantined)
        continue;
      if (!mos_action_find (txn, message->conversation, &row, error) ||
          !mos_store_message_set_quarantined (txn, message->id, FALSE, NULL, error) ||
          !mos_action_open_released (txn, row, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_allow_senders (MosTxn *txn,
                          const char *const *conversations,
                          GError **error)
{
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (GPtrArray) messages = mos_store_message_list_of_conversation (txn, *conversations, error);

      if (messages == NULL)
        return FALSE;
      for (guint i = 0; i < messages->len; i++)
        {
          MosMessageRow *message = g_ptr_array_index (messages, i);
          const char *ids[] = { message->id, NULL };

          if (message->direction != MOS_DIRECTION_INCOMING || !message->quarantined || message->from == NULL || *message->from->address == '\0')
            continue;
          if (!mos_store_sender_set (txn, message->from->address, MOS_SENDER_ALLOW, error) || !mos_action_release_messages (txn, ids, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* @ret_message: (out) (nullable): the last that somebody with an address wrote */
static MosMessageRow *
mos_action_last_incoming (GPtrArray *messages)
{
  for (guint i = messages->len; i-- > 0;)
    {
      MosMessageRow *message = g_ptr_array_index (messages, i);

      if (message->direction == MOS_DIRECTION_INCOMING && message->from != NULL && *message->from->address != '\0')
        return message;
    }
  return NULL;
}

static gboolean
mos_action_put_aside (MosTxn *txn,
                      const char *conversation,
                      const char *address,
                      GPtrArray *messages,
                      GError **error)
{
  if (!mos_store_conversation_set_quarantine (txn, conversation, MOS_ACTION_BLOCKED_SENDER, error))
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    {
      MosMessageRow *message = g_ptr_array_index (messages, i);

      if (message->direction == MOS_DIRECTION_INCOMING && message->from != NULL && g_ascii_strcasecmp (message->from->address, address) == 0 &&
          !mos_store_message_set_blocked (txn, message->id, MOS_ACTION_BLOCKED_SENDER, error))
        return FALSE;
    }
  return TRUE;
}

/* What else of hers somebody works on goes the same way. */
static gboolean
mos_action_put_others_aside (MosTxn *txn,
                             const char *conversation,
                             const char *address,
                             GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (GPtrArray) others = NULL;

  if (!mos_action_find (txn, conversation, &row, error))
    return FALSE;
  others = row->customer != NULL ? mos_store_sender_list_open (txn, row->customer, error) : g_ptr_array_new ();
  if (others == NULL)
    return FALSE;
  for (guint i = 0; i < others->len; i++)
    {
      g_autoptr (GPtrArray) messages = mos_store_message_list_of_conversation (txn, g_ptr_array_index (others, i), error);
      MosMessageRow *last = messages != NULL ? mos_action_last_incoming (messages) : NULL;

      if (messages == NULL || (last != NULL && g_ascii_strcasecmp (last->from->address, address) == 0 && !mos_action_put_aside (txn, last->conversation, address, messages, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_block_senders (MosTxn *txn,
                          const char *const *conversations,
                          GError **error)
{
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (GPtrArray) messages = mos_store_message_list_of_conversation (txn, *conversations, error);
      MosMessageRow *last = messages != NULL ? mos_action_last_incoming (messages) : NULL;

      if (messages == NULL)
        return FALSE;
      if (last == NULL)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Nobody wrote in conversation %s", *conversations);
          return FALSE;
        }
      if (!mos_store_sender_set (txn, last->from->address, MOS_SENDER_BLOCK, error) ||
          !mos_action_put_aside (txn, last->conversation, last->from->address, messages, error) ||
          !mos_action_put_others_aside (txn, last->conversation, last->from->address, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_mark_spam (MosTxn *txn,
                      const char *const *conversations,
                      gboolean block,
                      GError **error)
{
  for (const char *const *id = conversations; block && *id != NULL; id++)
    {
      g_autoptr (GPtrArray) messages = mos_store_message_list_of_conversation (txn, *id, error);
      MosMessageRow *last = messages != NULL ? mos_action_last_incoming (messages) : NULL;

      if (messages == NULL || (last != NULL && !mos_store_sender_set (txn, last->from->address, MOS_SENDER_BLOCK, error)))
        return FALSE;
    }
  return mos_action_set_status (txn, conversations, MOS_STATUS_SPAM, 0, error);
}

gboolean
mos_action_mark_not_spam (MosTxn *txn,
                          const char *const *conversations,
                          GError **error)
{
  for (const char *const *id = conversations; *id != NULL; id++)
    {
      g_autoptr (GPtrArray) messages = mos_store_message_list_of_conversation (txn, *id, error);

      if (messages == NULL)
        return FALSE;
      for (guint i = 0; i < messages->len; i++)
        {
          MosMessageRow *message = g_ptr_array_index (messages, i);
          MosSenderRule rule = MOS_SENDER_NONE;

          if (message->direction != MOS_DIRECTION_INCOMING)
            continue;
          if (message->from != NULL && *message->from->address != '\0' &&
              (!mos_store_sender_find (txn, message->from->address, &rule, error) ||
               (rule == MOS_SENDER_BLOCK && !mos_store_sender_set (txn, message->from->address, MOS_SENDER_NONE, error))))
            return FALSE;
          if (message->quarantined && !mos_store_message_set_quarantined (txn, message->id, FALSE, NULL, error))
            return FALSE;
        }
    }
  return mos_action_set_status (txn, conversations, MOS_STATUS_OPEN, 0, error);
}

gboolean
mos_action_erase (MosTxn *txn,
                  const char *const *conversations,
                  GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) row = NULL;
      gboolean holds = FALSE;

      if (!mos_action_find (txn, *conversations, &row, error))
        return FALSE;
      if (row->deleted_us == 0)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Conversation %" G_GINT64_FORMAT " is not deleted", row->number);
          return FALSE;
        }
      if (!mos_store_outbox_holds_conversation (txn, row->id, &holds, error))
        return FALSE;
      if (holds)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_UNSENT, "An answer in conversation %" G_GINT64_FORMAT " has not left yet", row->number);
          return FALSE;
        }
      g_strv_builder_add (builder, row->id);
    }
  ids = g_strv_builder_end (builder);
  return mos_store_conversation_erase (txn, (const char *const *) ids, error);
}

/* On platforms where whoever wrote sees that it was read. */
static gboolean
tell_read (MosTxn *txn,
           const char *conversation,
           GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;

  if (!mos_store_conversation_find (txn, conversation, &row, error))
    return FALSE;
  return row == NULL || (mos_channel_traits_get (row->channel)->flags & MOS_CHANNEL_MARKS_READ) == 0 || mos_store_chat_want_read (txn, row->id, error);
}

gboolean
mos_action_set_read (MosTxn *txn,
                     const char *const *conversations,
                     gboolean read,
                     GError **error)
{
  for (; *conversations != NULL; conversations++)
    if (!mos_store_conversation_set_read (txn, *conversations, read, error) || (read && !tell_read (txn, *conversations, error)))
      return FALSE;
  return TRUE;
}

gboolean
mos_action_add_note (MosTxn *txn,
                     const char *conversation,
                     const char *text,
                     char **ret_message,
                     GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosMessageRow) note = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autofree char *stripped = g_strchomp (g_strdup (text));
  g_autofree char *resolved = NULL;

  if (strspn (stripped, " \t\r\n") == strlen (stripped))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "A note needs a text");
      return FALSE;
    }
  if (!mos_store_conversation_resolve (txn, conversation, &resolved, error) ||
      !mos_action_find (txn, resolved != NULL ? resolved : conversation, &row, error))
    return FALSE;

  note->id = mos_id_new (mos_txn_get_now_us (txn));
  note->conversation = g_strdup (row->id);
  note->account = g_strdup (row->account);
  note->direction = MOS_DIRECTION_NOTE;
  note->subject = g_strdup (row->subject);
  note->text = g_strdup (stripped);
  note->reply_text = g_strdup (stripped);
  note->sent_us = note->received_us = mos_txn_get_now_us (txn);
  mos_message_row_fill (note);
  content->agent = g_strdup (mos_txn_get_actor (txn)->id);
  if (!mos_store_message_add (txn, note, content, NULL, error) || !mos_mentions_add (txn, note->id, stripped, error))
    return FALSE;

  if (ret_message != NULL)
    *ret_message = g_strdup (note->id);
  return TRUE;
}

const char *
mos_action_status_label (MosStatus status)
{
  switch (status)
    {
    case MOS_STATUS_OPEN:
      return "open";
    case MOS_STATUS_PENDING:
      return "pending";
    case MOS_STATUS_SNOOZED:
      return "snooze";
    case MOS_STATUS_CLOSED:
      return "close";
    case MOS_STATUS_SPAM:
      return "spam";
    default:
      g_return_val_if_reached ("open");
    }
}
