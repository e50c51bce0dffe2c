/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-ingest-private.h"

#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-ingest-private.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-survey-answer.h"
#include "core/mail/mime/mos-language.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-recipients.h"

#include <string.h>

/* What a platform says about messages that are here: own ones come back, wordings change, signs and receipts come. */

static gboolean
find_row (MosChatIngest *self,
          MosMessageRow **ret_row,
          GError **error)
{
  *ret_row = NULL;
  g_clear_pointer (&self->message, g_free);
  return mos_store_chat_find_message (self->txn, self->thread->id, self->update->id, &self->message, error) &&
         (self->message == NULL || mos_store_message_find (self->txn, self->message, ret_row, error));
}

/* Of whom there is no more than what the platform calls them. */
static char *
dup_person (MosChatIngest *self)
{
  const MosChatPerson *person = self->update->person;

  if (self->update->is_own)
    return g_strdup (self->account->id);
  return person != NULL ? mos_store_identity_id (person->kind, person->scope, person->value) : g_strdup (self->thread->remote);
}

/* --- our own, come back --- */

static gboolean
settle_part (MosChatIngest *self,
             const char *message,
             guint part,
             GError **error)
{
  g_autoptr (GPtrArray) parts = NULL;

  if (!mos_store_chat_put_message (self->txn, self->thread->id, self->update->id, message, part, NULL, error) ||
      !mos_store_chat_set_part (self->txn, message, part, self->update->id, error))
    return FALSE;
  parts = mos_store_chat_list_parts (self->txn, message, error);
  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    if (*(const char *) parts->pdata[i] == '\0')
      return TRUE;
  return mos_outbox_take_evidence (self->txn, message, error);
}

/* Whether what came back says what this part said. */
static gboolean
is_part (const MosChatPart *part,
         const MosChatUpdate *update)
{
  gboolean has_file = update->files != NULL && update->files->len > 0;

  return (part->file != NULL) == has_file && strcmp (part->text, update->text) == 0;
}

/* Nobody knows whether it arrived, and here is one in our name that says the same. */
static gboolean
meet_doubted (MosChatIngest *self,
              gboolean *ret_is_met,
              GError **error)
{
  g_autoptr (GPtrArray) doubted = mos_store_chat_list_doubted (self->txn, self->thread->id, error);

  if (doubted == NULL)
    return FALSE;
  for (guint i = 0; i < doubted->len; i++)
    {
      g_autoptr (MosOutboxItem) item = NULL;
      g_autoptr (MosChatOutgoing) outgoing = NULL;
      g_autoptr (GPtrArray) places = mos_store_chat_list_parts (self->txn, doubted->pdata[i], error);

      if (places == NULL || !mos_store_outbox_find (self->txn, doubted->pdata[i], &item, error))
        return FALSE;
      outgoing = item != NULL && item->raw != NULL ? mos_chat_outgoing_from_json (item->raw, NULL) : NULL;
      for (guint p = 0; outgoing != NULL && p < outgoing->parts->len && p < places->len; p++)
        if (*(const char *) places->pdata[p] == '\0' && is_part (outgoing->parts->pdata[p], self->update))
          {
            *ret_is_met = TRUE;
            return settle_part (self, doubted->pdata[i], p, error);
          }
    }
  return TRUE;
}

gboolean
mos_chat_meet_own (MosChatIngest *self,
                   gboolean *ret_is_met,
                   GError **error)
{
  g_autofree char *message = NULL;
  guint part = 0;

  *ret_is_met = FALSE;
  if (self->update->client_key == NULL)
    return meet_doubted (self, ret_is_met, error);
  if (!mos_store_chat_find_part (self->txn, self->update->client_key, &message, &part, error))
    return FALSE;
  if (message == NULL)
    return TRUE;
  *ret_is_met = TRUE;
  return settle_part (self, message, part, error);
}

/* --- another wording, taken back, a sign --- */

/* Nobody else puts words into somebody's mouth, whatever a server lets through. */
static gboolean
is_by_its_writer (MosChatIngest *self,
                  MosMessageRow *row)
{
  g_autofree char *person = dup_person (self);

  if (row->direction == MOS_DIRECTION_OUTGOING)
    return self->update->is_own;
  return !self->update->is_own && (row->identity == NULL || g_str_equal (row->identity, person));
}

/* What the whole says now. Of an album one picture alone is edited, and which of the words were that one's is not kept: none of them go. @ret_text: (out) (transfer full) */
static gboolean
find_wording (MosChatIngest *self,
              const MosMessageRow *row,
              char **ret_text,
              GError **error)
{
  const char *text = self->update->text;
  gboolean are_several = FALSE;

  if (self->update->group != NULL && !mos_store_chat_has_captions (self->txn, self->thread->id, self->update->group, &are_several, error))
    return FALSE;
  if (self->update->group != NULL && (*text == '\0' || strstr (row->text, text) != NULL))
    *ret_text = g_strdup (row->text);
  else
    *ret_text = are_several ? g_strconcat (row->text, "\n", text, NULL) : g_strdup (text);
  return TRUE;
}

/* What a customer put in the place of a file: it comes beside it, for the first one was said, too. One of the same size is the same one, told again with its words. Returns: (transfer full) */
static GPtrArray *
list_new_files (MosChatIngest *self,
                const MosMessageRow *row)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);

  for (guint i = 0; row->direction == MOS_DIRECTION_INCOMING && self->update->files != NULL && i < self->update->files->len; i++)
    {
      MosChatFile *file = self->update->files->pdata[i];
      gboolean is_here = file->size == 0;

      for (guint n = 0; n < row->attachments->len && !is_here; n++)
        is_here = ((const MosAttachment *) row->attachments->pdata[n])->size == file->size;
      if (!is_here)
        g_ptr_array_add (files, mos_chat_file_ref (file));
    }
  return files;
}

gboolean
mos_chat_take_edit (MosChatIngest *self,
                    MosIngestResult **ret_result,
                    GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *text = NULL;

  if (!find_row (self, &row, error))
    return FALSE;
  /* Of one that nobody fetched in time: what it says now is all there is of it. */
  if (row == NULL)
    return self->message != NULL || mos_chat_take_as_message (self, ret_result, error);
  if (!find_wording (self, row, &text, error))
    return FALSE;
  files = list_new_files (self, row);
  if ((strcmp (row->text, text) == 0 && files->len == 0) || self->at_us < row->edited_us || !is_by_its_writer (self, row))
    return TRUE;
  self->language = mos_language_detect (text, row->language);
  if (!mos_store_chat_edit (self->txn, row->id, text, self->language, self->at_us, error) || !mos_store_chat_add_files (self->txn, row->id, self->account->id, files, error))
    return FALSE;
  if (row->direction != MOS_DIRECTION_INCOMING || self->batch->is_old)
    return TRUE;
  /* Whoever has read it has read something else. */
  return mos_store_message_set_read (self->txn, row->id, FALSE, FALSE, error) &&
         mos_store_conversation_find (self->txn, row->conversation, &conversation, error) &&
         (conversation == NULL || mos_ingest_wake (self->txn, conversation, self->at_us, TRUE, error));
}

gboolean
mos_chat_take_delete (MosChatIngest *self,
                      GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;

  return find_row (self, &row, error) && (row == NULL || mos_store_chat_withdraw (self->txn, row->id, self->at_us, NULL, error));
}

gboolean
mos_chat_take_reaction (MosChatIngest *self,
                        GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autofree char *person = NULL;

  if (!find_row (self, &row, error))
    return FALSE;
  if (row == NULL)
    return TRUE;
  person = dup_person (self);
  if (!self->update->removed && (mos_channel_traits_get (self->account->kind)->flags & MOS_CHANNEL_ONE_SIGN) != 0 && !mos_store_chat_react (self->txn, row->id, person, "", TRUE, self->at_us, error))
    return FALSE;
  return mos_store_chat_react (self->txn, row->id, person, self->update->text, self->update->removed, self->at_us, error);
}

/* --- what became of a message of ours --- */

static int
rank (MosDelivery state)
{
  return state == MOS_DELIVERY_READ ? 3 : state == MOS_DELIVERY_DELIVERED ? 2
                                      : state == MOS_DELIVERY_ACCEPTED    ? 1
                                                                          : 0;
}

/* Told again, or late: under that name nothing of the message is there, or is to be there, any more; it was sent anew since, or is about to be. */
static gboolean
find_past (MosChatIngest *self,
           const char *message,
           gboolean *ret_is_past,
           GError **error)
{
  g_autoptr (GPtrArray) parts = mos_store_chat_list_parts (self->txn, message, error);

  if (parts == NULL)
    return FALSE;
  /* One from a telephone has no parts. */
  *ret_is_past = parts->len > 0;
  for (guint i = 0; i < parts->len && *ret_is_past; i++)
    *ret_is_past = strcmp (parts->pdata[i], self->update->id) != 0;
  return TRUE;
}

static gboolean
take_failure (MosChatIngest *self,
              MosMessageRow *row,
              GError **error)
{
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autoptr (MosOutboxItem) item = NULL;
  const char *why = self->update->why != NULL ? self->update->why : "refused";
  gboolean is_question, is_past = FALSE;

  if (row->delivery == MOS_DELIVERY_FAILED || row->delivery == MOS_DELIVERY_CANCELLED)
    return TRUE;
  if (!find_past (self, row->id, &is_past, error) || is_past)
    return is_past;
  if (!mos_store_outbox_find (self->txn, row->id, &item, error) ||
      !mos_store_chat_forget_part (self->txn, row->id, self->update->id, error) ||
      !(item != NULL ? mos_store_recipient_move (self->txn, row->id, MOS_RECIPIENT_ACCEPTED, MOS_RECIPIENT_REFUSED, error) &&
                           mos_store_outbox_set_result (self->txn, row->id, MOS_DELIVERY_FAILED, 0, why, self->update->detail, error)
                     : mos_store_message_set_delivery (self->txn, row->id, MOS_DELIVERY_FAILED, why, self->update->detail, error)) ||
      !mos_survey_note_failed (self->txn, row->id, &is_question, error) ||
      !mos_store_conversation_find (self->txn, row->conversation, &conversation, error))
    return FALSE;
  /* An answer that did not arrive is work again. */
  return is_question || conversation == NULL || self->batch->is_old || conversation->status == MOS_STATUS_OPEN || conversation->status == MOS_STATUS_SPAM ||
         mos_store_conversation_set_status (self->txn, conversation->id, MOS_STATUS_OPEN, 0, error);
}

/* The answer that would have told its name was lost; what we gave it when it was sent says which one it is. */
static gboolean
meet_by_key (MosChatIngest *self,
             MosMessageRow **ret_row,
             GError **error)
{
  guint part = 0;

  g_clear_pointer (&self->message, g_free);
  if (self->update->client_key == NULL)
    return TRUE;
  return mos_store_chat_find_part (self->txn, self->update->client_key, &self->message, &part, error) &&
         (self->message == NULL || (settle_part (self, self->message, part, error) && mos_store_message_find (self->txn, self->message, ret_row, error)));
}

gboolean
mos_chat_take_receipt (MosChatIngest *self,
                       GError **error)
{
  MosDelivery state = self->update->receipt;
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GPtrArray) earlier = NULL;

  if (!find_row (self, &row, error) || (row == NULL && !meet_by_key (self, &row, error)))
    return FALSE;
  /* "Read up to here" names a message of theirs, too. */
  if (row == NULL)
    return TRUE;
  if (state == MOS_DELIVERY_FAILED)
    return row->direction != MOS_DIRECTION_OUTGOING || take_failure (self, row, error);
  if (row->direction == MOS_DIRECTION_OUTGOING && rank (row->delivery) > 0 && rank (state) > rank (row->delivery) &&
      !mos_store_message_set_delivery (self->txn, row->id, state, NULL, NULL, error))
    return FALSE;
  if (!self->update->upto)
    return TRUE;
  earlier = mos_store_chat_list_sent_before (self->txn, self->thread->id, row->id, state, error);
  if (earlier == NULL)
    return FALSE;
  for (guint i = 0; i < earlier->len; i++)
    if (!mos_store_message_set_delivery (self->txn, earlier->pdata[i], state, NULL, NULL, error))
      return FALSE;
  return TRUE;
}

/* --- a button, the thread --- */

/* What was to be read on the button that gave @data; what it gave, where that is not known any more. */
static gboolean
find_label (MosChatIngest *self,
            const char *message,
            const char *data,
            char **ret_label,
            GError **error)
{
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (MosChatOutgoing) outgoing = NULL;

  if (message != NULL && !mos_store_message_load_source (self->txn, message, &raw, error))
    return FALSE;
  outgoing = raw != NULL ? mos_chat_outgoing_from_json (raw, NULL) : NULL;
  for (guint i = 0; outgoing != NULL && i < outgoing->parts->len && *ret_label == NULL; i++)
    {
      const MosChatPart *part = outgoing->parts->pdata[i];

      for (guint b = 0; part->buttons != NULL && b < part->buttons->len && *ret_label == NULL; b++)
        {
          const MosChatButton *button = part->buttons->pdata[b];

          if (g_str_equal (button->data, data))
            *ret_label = g_strdup (button->label);
        }
    }
  if (*ret_label == NULL)
    *ret_label = g_strdup (data);
  return TRUE;
}

/* An answer in one word. */
gboolean
mos_chat_take_press (MosChatIngest *self,
                     MosIngestResult **ret_result,
                     GError **error)
{
  MosChatUpdate *update = self->update;
  g_autoptr (MosChatUpdate) said = NULL;
  g_autofree char *message = NULL;
  g_autofree char *label = NULL;
  gboolean is_taken;

  if (!mos_store_chat_find_message (self->txn, self->thread->id, update->id, &message, error) || !find_label (self, message, update->text, &label, error))
    return FALSE;
  said = mos_chat_update_new ();
  said->kind = MOS_CHAT_MESSAGE;
  said->thread = g_strdup (update->thread);
  said->id = g_strconcat ("press ", update->press != NULL ? update->press : update->id, NULL);
  said->person = update->person != NULL ? mos_chat_person_ref (update->person) : NULL;
  said->at_us = update->at_us;
  said->text = g_steal_pointer (&label);
  said->reply_to = g_strdup (update->id);
  said->raw = update->raw != NULL ? g_bytes_ref (update->raw) : NULL;
  self->update = said;
  self->is_press = TRUE;
  is_taken = mos_chat_take_as_message (self, ret_result, error);
  self->is_press = FALSE;
  self->update = update;
  return is_taken;
}

/* Where chats are called by a telephone number, whoever is at the other end has another one now: the platform says so, which is proof enough. Of several people, or where
 * somebody has that number, a person says who it is. */
static gboolean
link_moved (MosChatIngest *self,
            GError **error)
{
  const char *kind = mos_channel_traits_get (self->account->kind)->identity;
  g_autofree char *number = g_strconcat ("+", self->update->id, NULL);
  g_autofree char *identity = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) now = NULL;

  if (g_strcmp0 (kind, "phone") != 0 || *self->update->id == '\0' || self->update->id[strspn (self->update->id, G_CSET_DIGITS)] != '\0' || self->thread->identity == NULL)
    return TRUE;
  identity = mos_store_identity_id (kind, "", number);
  before = mos_store_customer_list_of_identity (self->txn, self->thread->identity, error);
  now = before != NULL ? mos_store_customer_list_of_identity (self->txn, identity, error) : NULL;
  if (now == NULL)
    return FALSE;
  return before->len != 1 || now->len > 0 || mos_store_customer_link (self->txn, before->pdata[0], kind, "", number, TRUE, "chat", error);
}

gboolean
mos_chat_take_thread (MosChatIngest *self,
                      GError **error)
{
  MosChatUpdate *update = self->update;
  MosChatThread *thread = self->thread;

  /* Encryption is never turned off again: whoever comes or goes, nothing readable is sent there. */
  if (g_strcmp0 (thread->closed, MOS_CHAT_ENCRYPTED) == 0 && update->change != MOS_CHAT_THREAD_TITLE && update->change != MOS_CHAT_THREAD_MOVED)
    return TRUE;
  switch (update->change)
    {
    case MOS_CHAT_THREAD_TITLE:
      g_set_str (&thread->title, update->title != NULL ? update->title : "");
      break;
    case MOS_CHAT_THREAD_CLOSED:
    case MOS_CHAT_THREAD_UNREADABLE:
      g_set_str (&thread->closed, update->why != NULL ? update->why : mos_chat_thread_change_to_nick (update->change));
      break;
    case MOS_CHAT_THREAD_OPENED:
      g_clear_pointer (&thread->closed, g_free);
      break;
    case MOS_CHAT_THREAD_MOVED:
      return link_moved (self, error) && mos_store_chat_move_thread (self->txn, self->account->id, update->thread, update->id, error);
    default:
      return TRUE;
    }
  return mos_store_chat_save_thread (self->txn, thread, error);
}

gboolean
mos_chat_take_threads (MosChatIngest *self,
                       GError **error)
{
  const char *why = self->update->change == MOS_CHAT_THREAD_OPENED ? self->update->why : NULL;
  g_autoptr (GPtrArray) remotes = mos_store_chat_list_threads (self->txn, self->account->id, self->update->group, error);

  for (guint i = 0; remotes != NULL && i < remotes->len; i++)
    {
      g_clear_pointer (&self->thread, mos_chat_thread_unref);
      if (!mos_store_chat_find_thread (self->txn, self->account->id, remotes->pdata[i], &self->thread, error) ||
          (self->thread != NULL && g_strcmp0 (self->thread->closed, why) == 0 && !mos_chat_take_thread (self, error)))
        return FALSE;
    }
  return remotes != NULL;
}
