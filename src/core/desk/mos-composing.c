/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-composing-private.h"

#include "core/base/mos-text.h"
#include "core/channels/mos-channel-host.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-automatic.h"
#include "core/desk/mos-chat-begin.h"
#include "core/desk/mos-chat-outbox.h"
#include "core/desk/mos-chat-state.h"
#include "core/desk/mos-macros.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-scheduled.h"
#include "core/desk/mos-senders.h"
#include "core/desk/mos-threading.h"
#include "core/desk/mos-token.h"
#include "core/mail/mime/mos-language.h"
#include "core/mail/mime/mos-markup.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

gboolean
mos_composing_check_filled (MosDraft *draft,
                            GError **error)
{
  gsize start, end;

  if (mos_macro_plan_find_blank (draft->macros, draft->text, &start, &end) || mos_macro_plan_find_blank (draft->macros, draft->subject, &start, &end))
    return mos_composing_invalid (error, "Something of a macro is not filled in");
  return TRUE;
}

gboolean
mos_draft_check (MosDraft *draft,
                 MosAccount *account,
                 MosSender *sender,
                 MosAgent *agent,
                 GError **error)
{
  GPtrArray *lists[] = { draft->to, draft->cc, draft->bcc };
  g_autofree char *text = g_strdup (draft->text);
  const char *own;
  guint n = 0;

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++, n++)
      {
        MosAddress *address = g_ptr_array_index (lists[l], i);

        if (!mos_text_is_address (address->address))
          {
            g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "“%s” is no mail address", address->address);
            return FALSE;
          }
      }
  if (n == 0)
    return mos_composing_invalid (error, "The message goes to nobody");
  if (sender == NULL || *account->smtp->host == '\0')
    return mos_composing_invalid (error, "This account cannot send");

  /* A signature alone says nothing. */
  g_strchomp (text);
  own = mos_sender_get_signature (sender, agent);
  if (*own != '\0')
    {
      g_autofree char *words = draft->is_marked ? g_strdup (own) : mos_markup_to_plain (own);
      g_autofree char *signature = g_strchomp (g_strdup_printf ("-- \n%s", words));

      if (g_str_has_suffix (text, signature))
        text[strlen (text) - strlen (signature)] = '\0';
    }
  g_strstrip (text);
  if (!mos_composing_check_filled (draft, error))
    return FALSE;
  if (*text == '\0' && draft->attachments->len == 0 && strcmp (draft->kind, "forward") != 0)
    return mos_composing_invalid (error, "The message is empty");
  return TRUE;
}

static gboolean
mos_draft_open_conversation (MosTxn *txn,
                             MosDraft *draft,
                             MosAccount *account,
                             MosConversationRow **ret_row,
                             GError **error)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  MosAddress *first = g_ptr_array_index (draft->to->len > 0 ? draft->to : draft->cc->len > 0 ? draft->cc
                                                                                             : draft->bcc,
                                         0);
  g_autofree char *id = NULL;

  if (!mos_store_customer_ensure (txn, "email", "", first->address, first->name, "agent", mos_txn_get_now_us (txn), &row->customer, NULL, error))
    return FALSE;
  row->subject = g_strdup (draft->subject);
  row->status = MOS_STATUS_PENDING;
  row->priority = MOS_PRIORITY_NORMAL;
  row->account = g_strdup (account->id);
  row->channel = g_strdup ("email");
  row->created_us = mos_txn_get_now_us (txn);
  mos_conversation_row_fill (row);
  return mos_store_conversation_add (txn, row, &id, NULL, error) &&
         mos_store_conversation_find (txn, id, ret_row, error);
}

static gboolean
mos_draft_load_attachments (MosTxn *txn,
                            MosDraft *draft,
                            GPtrArray **ret_attachments,
                            GError **error)
{
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);

  for (guint i = 0; i < draft->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (draft->attachments, i);
      MosAttachment *loaded;
      GBytes *data = NULL;

      if (attachment->sha256 == NULL || !mos_store_blob_find (txn, attachment->sha256, &data, error))
        return attachment->sha256 == NULL ? mos_composing_invalid (error, "An attachment was not stored") : FALSE;
      if (data == NULL)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "The attachment “%s” is not there any more", attachment->name);
          return FALSE;
        }
      loaded = mos_attachment_new ();
      loaded->name = g_strdup (attachment->name);
      loaded->type = g_strdup (attachment->type);
      loaded->size = g_bytes_get_size (data);
      loaded->is_inline = attachment->is_inline;
      loaded->content_id = g_strdup (attachment->content_id);
      loaded->sha256 = g_strdup (attachment->sha256);
      loaded->data = data;
      g_ptr_array_add (attachments, loaded);
    }

  *ret_attachments = g_steal_pointer (&attachments);
  return TRUE;
}

static char **
mos_draft_list_envelope (MosDraft *draft)
{
  GPtrArray *lists[] = { draft->to, draft->cc, draft->bcc };
  GPtrArray *all = g_ptr_array_new ();

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      {
        MosAddress *address = g_ptr_array_index (lists[l], i);

        if (!g_ptr_array_find_with_equal_func (all, address->address, g_str_equal, NULL))
          g_ptr_array_add (all, g_strdup (address->address));
      }
  g_ptr_array_add (all, NULL);
  return (char **) g_ptr_array_free (all, FALSE);
}

/* @own: what the writer wrote, without marks */
static char *
mos_draft_join_text (MosDraft *draft,
                     const char *own)
{
  if (draft->quote == NULL || *draft->quote == '\0')
    return g_strdup (own);
  return g_strdup_printf ("%s\n\n%s", own, draft->quote);
}

/* A reply quotes it where it has lost all that its headers said (behaviour.md §2.1, step 3; HACKING.md, "Which conversation"). */
static char *
mos_draft_mark_text (GBytes *key,
                     MosConversationRow *row,
                     const char *text)
{
  g_autofree char *marker = mos_token_marker (key, row->number);
  g_autofree char *trimmed = g_strchomp (mos_token_strip_markers (key, text));

  return g_strconcat (trimmed, "\n\n", marker, "\n", NULL);
}

static void
mos_draft_set_reply_to (GBytes *key,
                        MosSender *sender,
                        MosConversationRow *row,
                        MosCompose *compose)
{
  g_autofree char *address = mos_token_plus_address (key, sender->address, row->id);

  if (address != NULL)
    compose->reply_to = mos_address_make (sender->name, address);
}

/* In-Reply-To names what is answered, References all before it too; the composer keeps the line short. */
static void
mos_draft_set_references (MosDraft *draft,
                          MosMessageRow *answered,
                          MosCompose *compose)
{
  g_autoptr (GStrvBuilder) references = g_strv_builder_new ();

  if (answered != NULL && answered->message_id != NULL && (strcmp (draft->kind, "reply") == 0 || strcmp (draft->kind, "reply-all") == 0))
    {
      for (char **id = answered->references; *id != NULL; id++)
        if (strcmp (*id, answered->message_id) != 0)
          g_strv_builder_add (references, *id);
      g_strv_builder_add (references, answered->message_id);
      compose->in_reply_to = g_strdup (answered->message_id);
      compose->thread_index = g_strdup (answered->thread_index);
    }
  compose->references = g_strv_builder_end (references);
}

static gboolean
mos_draft_add_participants (MosTxn *txn,
                            MosDraft *draft,
                            MosConversationRow *row,
                            const char *const *own,
                            GError **error)
{
  GPtrArray *lists[] = { draft->to, draft->cc };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      {
        MosAddress *address = g_ptr_array_index (lists[l], i);
        g_autofree char *identity = NULL;

        if (mos_own_contains (own, address->address))
          continue;
        if (!mos_store_customer_ensure (txn, "email", "", address->address, address->name, "agent", mos_txn_get_now_us (txn), NULL, &identity, error) ||
            !mos_store_conversation_add_participant (txn, row->id, identity, l == 0 ? "customer" : "cc", error))
          return FALSE;
      }
  return TRUE;
}

/* What the server said it takes, when it was last spoken to (RFC 1870): refused now, while it is a draft. */
static gboolean
mos_draft_check_size (MosTxn *txn,
                      const char *account,
                      GBytes *raw,
                      GError **error)
{
  g_autofree char *limit = NULL;
  guint64 max;

  if (!mos_store_cursor_get (txn, account, MOS_SERVER_SMTP_SIZE, &limit, error))
    return FALSE;
  max = limit != NULL ? g_ascii_strtoull (limit, NULL, 10) : 0;
  if (max == 0 || g_bytes_get_size (raw) <= max)
    return TRUE;
  g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE, "The message has %" G_GSIZE_FORMAT " bytes, the account's server takes %" G_GUINT64_FORMAT,
               g_bytes_get_size (raw), max);
  return FALSE;
}

/* Only what uses its marks goes as HTML too: most answers are text, and stay it. */
static void
mos_draft_set_html (GBytes *key,
                    MosDraft *draft,
                    MosConversationRow *row,
                    gboolean has_marker,
                    const char *made,
                    MosCompose *compose)
{
  g_autofree char *marker = NULL;
  g_autofree char *text = NULL;
  g_autofree char *quote = NULL;

  if (made == NULL && (!draft->is_marked || !mos_markup_is_formatted (draft->text)))
    return;
  marker = has_marker ? mos_token_marker (key, row->number) : NULL;
  if (made != NULL)
    {
      g_autoptr (GString) html = g_string_new (made);
      g_autofree char *end = g_strdup_printf ("<p><small>%s</small></p>\n</body>", marker);

      if (marker != NULL)
        g_string_replace (html, "</body>", end, 1);
      compose->html = g_string_free_and_steal (g_steal_pointer (&html));
      return;
    }
  text = mos_token_strip_markers (key, draft->text);
  quote = draft->quote != NULL ? mos_token_strip_markers (key, draft->quote) : NULL;
  compose->html = mos_markup_to_html (text, quote, marker);
}

gboolean
mos_draft_queue (MosTxn *txn,
                 MosDraft *draft,
                 MosAccount *account,
                 MosSender *sender,
                 MosConversationRow *row,
                 const MosDraftWay *way,
                 GError **error)
{
  g_autoptr (MosCompose) compose = mos_compose_new ();
  g_autoptr (MosMessageRow) message = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autoptr (MosOutboxItem) item = mos_outbox_item_new ();
  g_autoptr (MosMessageRow) answered = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autofree char *own = draft->is_marked ? mos_markup_to_plain (draft->text) : g_strdup (draft->text);
  g_autofree char *text = NULL;
  GBytes *key = mos_store_get_mac_key (mos_txn_get_store (txn));
  gint64 now_us = mos_txn_get_now_us (txn);
  gboolean is_automatic = way->plan == NULL;
  gboolean is_waiting = !is_automatic && way->plan->at_us > now_us;

  if (!mos_draft_load_attachments (txn, draft, &attachments, error))
    return FALSE;
  if (draft->reply_to_message != NULL && !mos_store_message_find (txn, draft->reply_to_message, &answered, error))
    return FALSE;

  compose->message_id = mos_token_message_id (key, draft->id, sender->address);
  compose->own_id = g_strdup (draft->id);
  compose->from = mos_address_make (sender->name, sender->address);
  if (sender->reply_to != NULL)
    compose->reply_to = mos_address_make (sender->name, sender->reply_to);
  compose->to = g_ptr_array_ref (draft->to);
  compose->cc = g_ptr_array_ref (draft->cc);
  compose->bcc = g_ptr_array_ref (draft->bcc);
  compose->subject = g_strdup (draft->subject);
  compose->date_us = is_waiting ? way->plan->at_us : now_us;
  compose->opt_out = g_strdup (way->opt_out);
  text = mos_draft_join_text (draft, own);
  compose->text = account->without_marker ? mos_token_strip_markers (key, text) : mos_draft_mark_text (key, row, text);
  mos_draft_set_html (key, draft, row, !account->without_marker, way->html, compose);
  if (way->reply_to != NULL)
    {
      g_clear_pointer (&compose->reply_to, mos_address_unref);
      compose->reply_to = mos_address_make (sender->name, way->reply_to);
    }
  else if (account->plus_addressing && sender->reply_to == NULL)
    mos_draft_set_reply_to (key, sender, row, compose);
  compose->attachments = g_ptr_array_ref (attachments);
  compose->automatic = is_automatic;
  mos_draft_set_references (draft, answered, compose);
  raw = mos_mime_compose (compose, error);
  if (raw == NULL || !mos_draft_check_size (txn, account->id, raw, error))
    return FALSE;

  message->id = g_strdup (draft->id);
  message->conversation = g_strdup (row->id);
  message->account = g_strdup (account->id);
  message->direction = MOS_DIRECTION_OUTGOING;
  message->classification = way->is_survey ? MOS_CLASSIFICATION_SURVEY : MOS_CLASSIFICATION_NORMAL;
  message->delivery = is_waiting ? MOS_DELIVERY_SCHEDULED : MOS_DELIVERY_QUEUED;
  message->message_id = g_strdup (compose->message_id);
  message->in_reply_to = g_strdup (compose->in_reply_to);
  message->references = g_strdupv (compose->references);
  message->from = mos_address_ref (compose->from);
  message->to = g_ptr_array_ref (draft->to);
  message->cc = g_ptr_array_ref (draft->cc);
  message->bcc = g_ptr_array_ref (draft->bcc);
  message->subject = g_strdup (draft->subject);
  message->thread_index = g_strdup (compose->thread_index);
  message->sent_us = message->received_us = now_us;
  /* The last line is for programs. */
  message->text = g_strdup (text);
  message->reply_text = g_strdup (own);
  message->language = mos_language_detect (own, NULL);
  message->attachments = g_ptr_array_ref (attachments);
  mos_message_row_fill (message);
  content->raw = g_bytes_ref (raw);
  content->html = g_strdup (compose->html);
  content->own_id = g_strdup (draft->id);
  content->agent = g_strdup (way->agent);
  content->customer = g_strdup (row->customer);
  content->automatic = is_automatic;
  content->is_silent = way->is_silent;
  if (!mos_store_message_add (txn, message, content, NULL, error))
    return FALSE;

  item->message = g_strdup (message->id);
  item->conversation = g_strdup (row->id);
  item->account = g_strdup (account->id);
  item->message_id = g_strdup (compose->message_id);
  item->envelope_from = g_strdup (sender->address);
  item->recipients = mos_draft_list_envelope (draft);
  item->subject = g_strdup (draft->subject);
  item->state = message->delivery;
  item->next_try_us = is_waiting ? way->plan->at_us : now_us;
  item->raw = g_steal_pointer (&raw);
  return mos_store_outbox_add (txn, item, error);
}

/* Beside the message: what it was as a draft and, where it waits, until when. */
static gboolean
mos_draft_keep (MosTxn *txn,
                MosDraft *draft,
                MosConversationRow *row,
                gboolean was_there,
                const MosSendPlan *plan,
                const char *agent,
                GError **error)
{
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, plan->at_us);

  if (!mos_store_scheduled_put (txn, draft, plan, agent, was_there ? row : NULL, error))
    return FALSE;
  if (plan->at_us <= mos_txn_get_now_us (txn))
    return TRUE;
  return mos_store_outbox_set_result (txn, draft->id, MOS_DELIVERY_SCHEDULED, plan->at_us, plan->is_later ? MOS_SCHEDULED_LATER : MOS_SCHEDULED_UNDO, at, error) &&
         mos_scheduled_plan (txn, draft->id, row->id, draft->account, plan->at_us, error);
}

gboolean
mos_draft_send (MosTxn *txn,
                MosDraft *draft,
                MosStatus then,
                gint64 snooze_until_us,
                char **ret_message,
                GError **error)
{
  const MosSendPlan plan = { .then = then, .snooze_until_us = snooze_until_us };

  return mos_draft_send_planned (txn, draft, &plan, ret_message, error);
}

gboolean
mos_draft_send_planned (MosTxn *txn,
                        MosDraft *draft,
                        const MosSendPlan *plan,
                        char **ret_message,
                        GError **error)
{
  return mos_draft_send_as (txn, draft, plan, mos_txn_get_actor (txn)->id, ret_message, error);
}

static gboolean
mos_draft_send_mail (MosTxn *txn,
                     MosDraft *draft,
                     MosAccount *account,
                     MosConversationRow **row,
                     const MosSendPlan *plan,
                     const char *agent,
                     GError **error)
{
  g_autoptr (MosSender) sender = mos_account_find_sender (account, draft->sender);
  g_autoptr (MosAgent) writer = NULL;
  g_auto (GStrv) own = NULL;

  if ((agent != NULL && !mos_store_agent_find (txn, agent, &writer, error)) ||
      !mos_draft_check (draft, account, sender, writer, error) ||
      (*row == NULL && !mos_draft_open_conversation (txn, draft, account, row, error)))
    return FALSE;
  return mos_composing_list_own (txn, &own, error) &&
         mos_draft_add_participants (txn, draft, *row, (const char *const *) own, error) &&
         mos_draft_queue (txn, draft, account, sender, *row, &(MosDraftWay) { .plan = plan, .agent = agent }, error);
}

/* @template: (nullable) */
static gboolean
send_draft (MosTxn *txn,
            MosDraft *draft,
            const MosSendPlan *plan,
            const char *agent,
            const MosChatPart *template,
            char **ret_message,
            GError **error)
{
  g_autoptr (MosMessageRow) known = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosAccount) account = NULL;
  g_autofree char *conversation = NULL;
  const char *ids[] = { NULL, NULL };
  gboolean was_there;
  gboolean waits_for_time = plan->is_later && plan->at_us > mos_txn_get_now_us (txn);
  MosStatus then = plan->then;

  if (!mos_store_message_find (txn, draft->id, &known, error))
    return FALSE;
  if (known != NULL)
    {
      *ret_message = g_strdup (known->id);
      return TRUE;
    }
  /* What is done to an order is done when somebody says so, to the order as it is then. */
  if (waits_for_time && mos_macro_plan_acts_on_orders (draft->macros))
    return mos_composing_invalid (error, "What is sent later can do nothing to an order");

  /* It may have been merged into another while this was written. */
  if (draft->conversation != NULL &&
      (!mos_store_conversation_resolve (txn, draft->conversation, &conversation, error) ||
       (conversation != NULL && !mos_store_conversation_find (txn, conversation, &row, error))))
    return FALSE;
  if (draft->conversation != NULL && row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", draft->conversation);
      return FALSE;
    }

  was_there = row != NULL;
  if (strcmp (draft->kind, "note") == 0)
    {
      if (row == NULL)
        return mos_composing_invalid (error, "A note needs a conversation");
      if (!mos_composing_check_filled (draft, error))
        return FALSE;
      if (!mos_action_add_note (txn, row->id, draft->text, ret_message, error) ||
          !mos_macros_note_draft (txn, draft, *ret_message, row->id, TRUE, 0, error))
        return FALSE;
    }
  else
    {
      /* A batch of its own, whatever the caller does beside it: it is taken back in the outbox, never by an undo of rows. */
      if (!mos_txn_begin_batch (txn, MOS_ACTION_SEND, error) ||
          !mos_composing_find_account (txn, draft->account, &account, error))
        return FALSE;
      if (template != NULL && (mos_channel_traits_get (account->kind)->flags & MOS_CHANNEL_TEMPLATES) == 0)
        return mos_composing_invalid (error, "There are no templates in this account");
      if (mos_channel_is_chat (account->kind))
        {
          if (!mos_chat_check (txn, draft, account, row, error) || (row == NULL && !mos_chat_begin (txn, draft, account, &row, error)) ||
              !mos_chat_queue (txn, draft, account, row, &(MosDraftWay) { .plan = plan, .agent = agent, .template = template }, error) ||
              !mos_chat_note_continued (txn, draft, row, error))
            return FALSE;
        }
      else if (!mos_draft_send_mail (txn, draft, account, &row, plan, agent, error) || !mos_chat_note_continued (txn, draft, row, error))
        return FALSE;
      if (!mos_draft_keep (txn, draft, row, was_there, plan, agent, error) ||
          !mos_macros_note_draft (txn, draft, draft->id, row->id, !waits_for_time, plan->at_us, error))
        return FALSE;
      /* What is sent later leaves the conversation to whoever works on it until then. */
      if (waits_for_time)
        then = MOS_STATUS_OPEN;
      *ret_message = g_strdup (draft->id);
    }

  ids[0] = row->id;
  if (!mos_store_draft_remove (txn, draft->id, error) ||
      /* "Send and close": the close is taken back alone. */
      (then != MOS_STATUS_OPEN && strcmp (draft->kind, "note") != 0 && !mos_txn_begin_batch (txn, mos_action_status_label (then), error)) ||
      (then != MOS_STATUS_OPEN && !mos_action_set_status (txn, ids, then, plan->snooze_until_us, error)))
    {
      g_clear_pointer (ret_message, g_free);
      return FALSE;
    }
  return TRUE;
}

gboolean
mos_draft_send_as (MosTxn *txn,
                   MosDraft *draft,
                   const MosSendPlan *plan,
                   const char *agent,
                   char **ret_message,
                   GError **error)
{
  return send_draft (txn, draft, plan, agent, NULL, ret_message, error);
}

gboolean
mos_draft_send_template (MosTxn *txn,
                         MosDraft *draft,
                         const MosSendPlan *plan,
                         const MosChatPart *template,
                         char **ret_message,
                         GError **error)
{
  return send_draft (txn, draft, plan, mos_txn_get_actor (txn)->id, template, ret_message, error);
}

/* Who of @list may be written to without a person. */
static gboolean
mos_draft_keep_allowed (MosTxn *txn,
                        MosDraft *draft,
                        GPtrArray **list,
                        const char **ret_cause,
                        GError **error)
{
  g_autoptr (GPtrArray) kept = mos_address_array_new ();

  for (guint i = 0; i < (*list)->len; i++)
    {
      MosAddress *address = g_ptr_array_index (*list, i);
      const MosAutomaticQuestion question = { draft->account, draft->conversation, address->address, draft->subject, draft->reply_to_message };
      const char *cause = NULL;

      if (!mos_automatic_may_send (txn, &question, &cause, error))
        return FALSE;
      if (cause != NULL)
        *ret_cause = cause;
      else if (!mos_automatic_grant (txn, &question, draft->id, error))
        return FALSE;
      else
        g_ptr_array_add (kept, mos_address_ref (address));
    }
  g_ptr_array_unref (*list);
  *list = g_steal_pointer (&kept);
  return TRUE;
}

gboolean
mos_draft_send_automatic (MosTxn *txn,
                          MosDraft *draft,
                          char **ret_message,
                          const char **ret_cause,
                          GError **error)
{
  g_autoptr (MosMessageRow) known = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosSender) sender = NULL;

  *ret_message = NULL;
  *ret_cause = NULL;
  if (!mos_store_message_find (txn, draft->id, &known, error) ||
      !mos_store_conversation_find (txn, draft->conversation, &row, error) ||
      !mos_composing_find_account (txn, draft->account, &account, error))
    return FALSE;
  if (known != NULL)
    {
      *ret_message = g_strdup (known->id);
      return TRUE;
    }
  if (row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", draft->conversation);
      return FALSE;
    }

  if (!mos_draft_keep_allowed (txn, draft, &draft->to, ret_cause, error) ||
      !mos_draft_keep_allowed (txn, draft, &draft->cc, ret_cause, error) ||
      !mos_draft_keep_allowed (txn, draft, &draft->bcc, ret_cause, error))
    return FALSE;
  if (draft->to->len + draft->cc->len + draft->bcc->len == 0)
    return TRUE;
  *ret_cause = NULL;
  sender = mos_account_find_sender (account, draft->sender);
  if (!mos_draft_check (draft, account, sender, NULL, error) ||
      !mos_draft_queue (txn, draft, account, sender, row, &(MosDraftWay) { .agent = mos_txn_get_actor (txn)->id }, error))
    return FALSE;
  *ret_message = g_strdup (draft->id);
  return TRUE;
}
