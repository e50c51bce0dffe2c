/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-outbox.h"

#include "core/base/mos-split.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-chat-begin.h"
#include "core/desk/mos-chat-buttons.h"
#include "core/desk/mos-rows.h"
#include "core/mail/mime/mos-language.h"
#include "core/mail/mime/mos-markup.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

/* --- in parts --- */

static MosChatPart *
add_part (GPtrArray *parts,
          const char *key,
          const char *text)
{
  MosChatPart *part = mos_chat_part_new ();

  part->key = g_strdup_printf ("%s-%u", key, parts->len);
  part->text = g_strdup (text);
  g_ptr_array_add (parts, part);
  return part;
}

static void
add_texts (GPtrArray *parts,
           const MosChannelTraits *traits,
           const char *text,
           gsize max,
           const char *key)
{
  g_auto (GStrv) pieces = mos_split_text (text, traits->text_unit, max);

  for (char **piece = pieces; *piece != NULL; piece++)
    add_part (parts, key, *piece);
}

GPtrArray *
mos_chat_plan_parts (const MosChannelTraits *traits,
                     const char *text,
                     GPtrArray *files,
                     const char *const *buttons,
                     const char *key)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_part_unref);
  g_autoptr (GPtrArray) made = mos_chat_buttons_make (traits, buttons);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  guint n_files = files != NULL ? files->len : 0;
  gboolean is_caption = made == NULL && n_files == 1 && traits->caption_max > 0 && mos_split_count (trimmed, traits->text_unit) <= traits->caption_max;

  if (*trimmed != '\0' && !is_caption && made == NULL)
    add_texts (parts, traits, trimmed, traits->text_max, key);
  for (guint i = 0; i < n_files; i++)
    {
      MosAttachment *file = files->pdata[i];
      MosChatPart *part = add_part (parts, key, is_caption ? trimmed : "");

      part->file = mos_attachment_ref (file);
      mos_channel_traits_check_file (traits, file->type, file->size, &part->file_kind);
    }
  if (*trimmed != '\0' && made != NULL)
    {
      add_texts (parts, traits, trimmed, traits->buttons_text_max, key);
      ((MosChatPart *) parts->pdata[parts->len - 1])->buttons = g_steal_pointer (&made);
    }
  return g_steal_pointer (&parts);
}

/* --- may it go --- */

static gboolean
check_buttons (const MosChannelTraits *traits,
               MosDraft *draft,
               gboolean has_text,
               GError **error)
{
  const char *label = NULL;

  if (draft->buttons == NULL || draft->buttons[0] == NULL)
    return TRUE;
  switch (mos_chat_buttons_check (traits, (const char *const *) draft->buttons, &label))
    {
    case MOS_CHAT_BUTTONS_FINE:
      return has_text || mos_composing_invalid (error, "Buttons stand below a text");
    case MOS_CHAT_BUTTONS_NONE_THERE:
      return mos_composing_invalid (error, "There are no buttons in that kind of chat");
    case MOS_CHAT_BUTTONS_TOO_MANY:
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "A message there has %u buttons at most", traits->buttons_max);
      return FALSE;
    case MOS_CHAT_BUTTONS_TOO_LONG:
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "A button there has %u characters at most: “%s” has more", traits->button_label_max, label);
      return FALSE;
    case MOS_CHAT_BUTTONS_EMPTY:
      return mos_composing_invalid (error, "Nothing is to be read on a button");
    case MOS_CHAT_BUTTONS_TWICE:
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Two buttons say “%s”", label);
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
mos_chat_check (MosTxn *txn,
                MosDraft *draft,
                MosAccount *account,
                MosConversationRow *row,
                GError **error)
{
  const MosChannelTraits *traits = mos_channel_traits_get (account->kind);
  g_autoptr (MosChatThread) thread = NULL;
  g_autofree char *text = g_strstrip (g_strdup (draft->text));

  if ((traits->flags & MOS_CHANNEL_CALLS) != 0)
    return mos_composing_invalid (error, "Nothing can be sent to a telephone");
  if (!mos_composing_check_filled (draft, error))
    return FALSE;
  if (*text == '\0' && draft->attachments->len == 0)
    return mos_composing_invalid (error, "The message is empty");
  if (row == NULL ? !mos_chat_begin_check (txn, draft, account, &thread, error)
                  : !mos_store_chat_find_thread_of (txn, row->id, draft->reply_to_message, &thread, error))
    return FALSE;
  if (row != NULL && (thread == NULL || !g_str_equal (thread->account, account->id)))
    return mos_composing_invalid (error, "The conversation has no chat in this account");
  if (thread != NULL && thread->closed != NULL)
    {
      g_set_error (error, MOS_CHAT_ERROR, g_str_equal (thread->closed, MOS_CHAT_ENCRYPTED) ? MOS_CHAT_ERROR_ENCRYPTED : MOS_CHAT_ERROR_CLOSED, "Nothing can be sent there: %s", thread->closed);
      return FALSE;
    }
  if (!check_buttons (traits, draft, *text != '\0', error))
    return FALSE;
  for (guint i = 0; i < draft->attachments->len; i++)
    {
      MosAttachment *file = draft->attachments->pdata[i];
      MosFileKind kind;
      const char *why = mos_channel_check_file (account, file->type, file->size, &kind);

      if (why != NULL)
        {
          g_set_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TOO_LARGE, "“%s” cannot be sent there: %s", file->name, why);
          return FALSE;
        }
    }
  return TRUE;
}

/* --- into the outbox --- */

/* What a macro was filled in for without a composer has marks; a chat shows what is written. */
static char *
dup_plain (MosDraft *draft)
{
  return draft->is_marked ? mos_markup_to_plain (draft->text) : g_strdup (draft->text);
}

static gboolean
find_reply_to (MosTxn *txn,
               MosDraft *draft,
               const MosChannelTraits *traits,
               char **ret_remote,
               GError **error)
{
  g_autoptr (MosMessageRow) last = NULL;
  g_autoptr (GPtrArray) remotes = NULL;

  if (draft->reply_to_message == NULL || (traits->flags & MOS_CHANNEL_REPLIES) == 0)
    return TRUE;
  if (!mos_store_message_find_last_incoming (txn, draft->conversation, &last, error))
    return FALSE;
  /* What was said last needs no mention. */
  if (last != NULL && g_str_equal (last->id, draft->reply_to_message))
    return TRUE;
  remotes = mos_store_chat_list_remotes (txn, draft->reply_to_message, error);
  if (remotes == NULL)
    return FALSE;
  *ret_remote = remotes->len > 0 ? g_strdup (remotes->pdata[0]) : NULL;
  return TRUE;
}

/* A template is one message, as it was approved. */
static GPtrArray *
plan_template (const MosChatPart *template,
               const char *key)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_part_unref);
  MosChatPart *part = add_part (parts, key, template->text);

  part->template_name = g_strdup (template->template_name);
  part->template_language = g_strdup (template->template_language);
  part->template_values = g_strdupv (template->template_values);
  part->template_names = g_strdupv (template->template_names);
  part->template_header = g_strdup (template->template_header);
  part->template_header_name = g_strdup (template->template_header_name);
  return parts;
}

static gboolean
make_outgoing (MosTxn *txn,
               MosDraft *draft,
               const char *text,
               MosAccount *account,
               const MosDraftWay *way,
               MosChatThread *thread,
               MosChatOutgoing **ret_outgoing,
               GError **error)
{
  const MosChannelTraits *traits = mos_channel_traits_get (account->kind);
  g_autoptr (MosChatOutgoing) outgoing = mos_chat_outgoing_new ();
  g_autofree char *key = g_strconcat ("mos-", draft->id, NULL);

  outgoing->thread = g_strdup (thread->remote);
  outgoing->parts = way->template != NULL ? plan_template (way->template, key) : mos_chat_plan_parts (traits, text, draft->attachments, (const char *const *) draft->buttons, key);
  /* It may wait until the usual window is over; what no person wrote has no other. */
  if (way->plan != NULL && mos_channel_tagged_window_s (account) > 0)
    outgoing->tag = g_strdup ("human-agent");
  if (!find_reply_to (txn, draft, traits, &outgoing->reply_to, error))
    return FALSE;
  *ret_outgoing = g_steal_pointer (&outgoing);
  return TRUE;
}

static gboolean
add_message (MosTxn *txn,
             MosDraft *draft,
             const char *text,
             MosAccount *account,
             MosConversationRow *row,
             const MosDraftWay *way,
             GBytes *raw,
             MosDelivery delivery,
             GError **error)
{
  g_autoptr (MosMessageRow) message = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();

  message->id = g_strdup (draft->id);
  message->conversation = g_strdup (row->id);
  message->account = g_strdup (account->id);
  message->direction = MOS_DIRECTION_OUTGOING;
  message->classification = way->is_survey ? MOS_CLASSIFICATION_SURVEY : MOS_CLASSIFICATION_NORMAL;
  message->delivery = delivery;
  message->from = mos_address_make (account->name, "");
  message->sent_us = message->received_us = mos_txn_get_now_us (txn);
  message->text = g_strdup (text);
  message->reply_text = g_strdup (text);
  message->language = mos_language_detect (text, NULL);
  message->attachments = g_ptr_array_ref (draft->attachments);
  mos_message_row_fill (message);
  content->raw = g_bytes_ref (raw);
  content->own_id = g_strdup (draft->id);
  content->agent = g_strdup (way->agent);
  content->customer = g_strdup (row->customer);
  content->automatic = way->plan == NULL;
  content->is_silent = way->is_silent;
  return mos_store_message_add (txn, message, content, NULL, error);
}

gboolean
mos_chat_queue (MosTxn *txn,
                MosDraft *draft,
                MosAccount *account,
                MosConversationRow *row,
                const MosDraftWay *way,
                GError **error)
{
  g_autofree char *text = dup_plain (draft);
  gint64 now_us = mos_txn_get_now_us (txn);
  gboolean is_waiting = way->plan != NULL && way->plan->at_us > now_us;
  MosDelivery delivery = is_waiting ? MOS_DELIVERY_SCHEDULED : MOS_DELIVERY_QUEUED;
  g_autoptr (MosChatThread) thread = NULL;
  g_autoptr (MosChatOutgoing) outgoing = NULL;
  g_autoptr (MosOutboxItem) item = mos_outbox_item_new ();
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_auto (GStrv) key_list = NULL;

  /* What begins a chat names the thread; what it goes on with lies elsewhere. */
  if (g_str_equal (draft->kind, "new") ? !mos_store_chat_find_thread (txn, account->id, ((MosAddress *) draft->to->pdata[0])->address, &thread, error)
                                       : !mos_store_chat_find_thread_of (txn, row->id, draft->reply_to_message, &thread, error))
    return FALSE;
  if (thread == NULL)
    return mos_composing_invalid (error, "The conversation has no chat");
  if (!make_outgoing (txn, draft, text, account, way, thread, &outgoing, error))
    return FALSE;
  item->raw = mos_chat_outgoing_to_json (outgoing);
  if (!add_message (txn, draft, text, account, row, way, item->raw, delivery, error))
    return FALSE;

  for (guint i = 0; i < outgoing->parts->len; i++)
    g_strv_builder_add (keys, ((MosChatPart *) outgoing->parts->pdata[i])->key);
  key_list = g_strv_builder_end (keys);
  item->message = g_strdup (draft->id);
  item->conversation = g_strdup (row->id);
  item->account = g_strdup (account->id);
  item->message_id = g_strconcat ("mos-", draft->id, NULL);
  /* Of a mail this is who sent it: of a chat, where it goes. */
  item->envelope_from = g_strdup (thread->remote);
  item->recipients = g_strdupv ((char *[]) { thread->remote, NULL });
  item->subject = g_strdup ("");
  item->state = delivery;
  item->next_try_us = is_waiting ? way->plan->at_us : now_us;
  /* Nobody has to file a copy of it. */
  item->sent_copy_done = TRUE;
  return mos_store_chat_set_about (txn, draft->id, thread->id, outgoing->reply_to, NULL, NULL, FALSE, error) &&
         (way->template != NULL || mos_store_chat_set_buttons (txn, draft->id, (const char *const *) draft->buttons, error)) &&
         mos_store_outbox_add (txn, item, error) && mos_store_chat_add_parts (txn, draft->id, (const char *const *) key_list, error);
}

/* --- while it is sent --- */

gboolean
mos_chat_load_item (MosTxn *txn,
                    MosOutboxItem *item,
                    MosChatOutgoing **ret_outgoing,
                    GError **error)
{
  g_autoptr (MosChatOutgoing) outgoing = NULL;
  g_autoptr (GPtrArray) places = NULL;

  if (item->raw == NULL)
    return mos_composing_invalid (error, "The message is not there any more");
  outgoing = mos_chat_outgoing_from_json (item->raw, error);
  places = outgoing != NULL ? mos_store_chat_list_parts (txn, item->message, error) : NULL;
  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < outgoing->parts->len && i < places->len; i++)
    {
      MosChatPart *part = outgoing->parts->pdata[i];

      if (*(const char *) places->pdata[i] != '\0')
        part->remote_id = g_strdup (places->pdata[i]);
    }
  *ret_outgoing = g_steal_pointer (&outgoing);
  return TRUE;
}

gboolean
mos_chat_part_done (MosTxn *txn,
                    const char *account,
                    const char *message,
                    guint part,
                    const char *remote,
                    GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosChatThread) thread = NULL;

  if (!mos_store_outbox_find (txn, message, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  return mos_store_chat_ensure_thread (txn, account, item->envelope_from, &thread, error) &&
         mos_store_chat_put_message (txn, thread->id, remote, message, part, NULL, error) &&
         mos_store_chat_set_part (txn, message, part, remote, error);
}
