/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-ingest-private.h"

#include "core/base/mos-id.h"
#include "core/base/mos-text.h"
#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-calls.h"
#include "core/desk/mos-chat-plan.h"
#include "core/desk/mos-ingest-private.h"
#include "core/desk/mos-order-links.h"
#include "core/desk/mos-rows.h"
#include "core/mail/mime/mos-language.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customer-erase.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

/* Of the first message: what a conversation without a subject is called. */
#define MOS_CHAT_SUBJECT_CHARACTERS 60

char *
mos_chat_message_id (const char *account,
                     const char *thread,
                     const char *remote)
{
  return mos_id_derive ("chat-message", account, thread, remote, NULL);
}

static void
mos_chat_ingest_clear (MosChatIngest *self)
{
  g_clear_pointer (&self->thread, mos_chat_thread_unref);
  g_clear_pointer (&self->conversation, mos_conversation_row_unref);
  g_clear_pointer (&self->survey, mos_survey_unref);
  g_free (self->customer);
  g_free (self->identity);
  g_free (self->language);
  g_free (self->message);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosChatIngest, mos_chat_ingest_clear)

/* A customer's call that somebody took is done when it comes here; so is one of ours. */
static gboolean
mos_chat_is_done (MosChatIngest *self)
{
  return self->update->call != NULL && !mos_call_is_work (self->update->call, !self->update->is_own);
}

/* --- where it belongs --- */

/* A clock that runs ahead, or a lie: nothing was written after it came. */
static gint64
mos_chat_time (MosChatIngest *self)
{
  gint64 now_us = mos_txn_get_now_us (self->txn);

  gint64 at_us = self->update->at_us;

  if (at_us <= 0)
    return now_us;
  /* A platform that counts in seconds says which one it was in: what was written after an answer of ours stands below it, all the same. */
  if (at_us % G_USEC_PER_SEC == 0)
    at_us += G_USEC_PER_SEC - 1;
  return MIN (at_us, now_us);
}

/* Who is new here, and whose platform vouches for a number that another platform vouched for as somebody's, is that one (behaviour.md §2.9: verified equality alone
 * joins by itself). A number that a file or a person brought is a reason to suggest it. */
static gboolean
mos_chat_join_verified (MosChatIngest *self,
                        const MosChatPerson *person,
                        GError **error)
{
  g_autofree char *identity = NULL, *customer = NULL;
  g_autoptr (GPtrArray) owners = NULL;

  if (person->phone == NULL || !person->is_phone_verified)
    return TRUE;
  identity = mos_store_identity_id (person->kind, person->scope, person->value);
  owners = mos_store_customer_list_of_identity (self->txn, identity, error);
  if (owners == NULL || (owners->len == 0 && !mos_store_customer_find_verified (self->txn, "phone", person->phone, &customer, error)))
    return FALSE;
  return customer == NULL || mos_store_customer_link (self->txn, customer, person->kind, person->scope, person->value, FALSE, "chat", error);
}

static gboolean
mos_chat_find_person (MosChatIngest *self,
                      GError **error)
{
  const MosChatPerson *person = self->update->person;

  if (person == NULL || *person->value == '\0')
    return TRUE;
  /* In our name, or from the shop's own phone: whoever is at the other end is the customer. Of a call the one at the other end is told. */
  if (self->update->is_own && self->update->call == NULL)
    return TRUE;
  if (!mos_chat_join_verified (self, person, error) ||
      !mos_store_customer_ensure (self->txn, person->kind, person->scope, person->value, person->name, "chat", self->at_us, &self->customer, &self->identity, error))
    return FALSE;
  return person->phone == NULL || !person->is_phone_verified ||
         mos_store_customer_link (self->txn, self->customer, "phone", "", person->phone, TRUE, "chat", error);
}

static gboolean
mos_chat_may_go_on (MosChatIngest *self,
                    MosConversationRow *row)
{
  const char *hours = mos_account_get_setting (self->account, MOS_ACCOUNT_REOPEN_H, NULL);
  gint64 reopen_us = (hours != NULL ? g_ascii_strtoll (hours, NULL, 10) : MOS_CHAT_REOPEN_H) * G_TIME_SPAN_HOUR;

  if (row->status == MOS_STATUS_SPAM)
    return TRUE;
  if (row->status != MOS_STATUS_CLOSED && row->deleted_us == 0)
    return TRUE;
  return self->at_us - row->updated_us <= reopen_us;
}

static gboolean
mos_chat_find_conversation (MosChatIngest *self,
                            GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *answered = NULL;
  g_autoptr (MosMessageRow) message = NULL;
  g_autoptr (MosConversationRow) row = NULL;

  /* What names a message goes where that is, also to one that is closed long since. */
  if (self->update->reply_to != NULL)
    {
      if (!mos_store_chat_find_message (self->txn, self->thread->id, self->update->reply_to, &answered, error) ||
          (answered != NULL && !mos_store_message_find (self->txn, answered, &message, error)))
        return FALSE;
    }
  if (self->thread->conversation != NULL &&
      (!mos_store_conversation_resolve (self->txn, self->thread->conversation, &id, error) ||
       (id != NULL && !mos_store_conversation_find (self->txn, id, &row, error))))
    return FALSE;
  self->goes_on = row != NULL && (self->batch->is_old || mos_chat_may_go_on (self, row));
  if (message != NULL)
    {
      self->evidence = "chat-reply";
      return mos_store_conversation_find (self->txn, message->conversation, &self->conversation, error);
    }
  if (self->goes_on)
    {
      self->evidence = "chat-thread";
      self->conversation = g_steal_pointer (&row);
    }
  return TRUE;
}

char *
mos_chat_make_subject (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));

  g_strstrip (line);
  if (g_utf8_strlen (line, -1) > MOS_CHAT_SUBJECT_CHARACTERS)
    {
      g_autofree char *cut = g_utf8_substring (line, 0, MOS_CHAT_SUBJECT_CHARACTERS);
      char *space = strrchr (cut, ' ');

      /* Between two words, where there are words. */
      if (space != NULL && space > cut + strlen (cut) / 2)
        *space = '\0';
      return g_strconcat (cut, "…", NULL);
    }
  return g_steal_pointer (&line);
}

static char *
mos_chat_choose_subject (MosChatIngest *self)
{
  const char *text = self->update->call != NULL ? self->update->call->number : self->update->text;

  if (*text == '\0' && self->update->files != NULL && self->update->files->len > 0)
    text = ((MosChatFile *) self->update->files->pdata[0])->name;
  return mos_chat_make_subject (text);
}

static gboolean
mos_chat_open_conversation (MosChatIngest *self,
                            GError **error)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autofree char *id = NULL;

  row->subject = mos_chat_choose_subject (self);
  row->priority = MOS_PRIORITY_NORMAL;
  row->account = g_strdup (self->account->id);
  row->channel = g_strdup (self->account->kind);
  row->customer = g_strdup (self->customer);
  row->language = self->update->is_own ? NULL : g_strdup (self->language);
  row->created_us = self->at_us;
  row->archive = self->batch->is_old;
  if (self->batch->is_old || mos_chat_is_done (self))
    row->status = MOS_STATUS_CLOSED;
  else
    row->status = self->update->is_own ? MOS_STATUS_PENDING : MOS_STATUS_OPEN;
  mos_conversation_row_fill (row);
  self->evidence = "new";
  return mos_store_conversation_add (self->txn, row, &id, NULL, error) &&
         mos_store_conversation_find (self->txn, id, &self->conversation, error);
}

/* --- a message --- */

static MosAddress *
mos_chat_make_from (MosChatIngest *self)
{
  const MosChatPerson *person = self->update->person;
  g_autofree char *username = person != NULL && person->username != NULL && *person->username != '\0' ? g_strconcat ("@", person->username, NULL) : NULL;

  if (self->update->is_own)
    return mos_address_make (self->account->name, "");
  if (self->update->call != NULL)
    return mos_address_make (person != NULL && person->name != NULL ? person->name : self->update->call->number, "");
  if (person == NULL)
    return NULL;
  return mos_address_make (person->name, username != NULL ? username : "");
}

static GPtrArray *
mos_chat_make_attachments (GPtrArray *files)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const MosChatFile *file = files->pdata[i];
      MosAttachment *attachment = mos_attachment_new ();

      attachment->name = g_strdup (file->name);
      attachment->type = g_strdup (file->type);
      attachment->size = file->data != NULL ? g_bytes_get_size (file->data) : MIN (file->size, G_MAXINT64);
      attachment->data = file->data != NULL ? g_bytes_ref (file->data) : NULL;
      g_ptr_array_add (attachments, attachment);
    }
  return attachments;
}

static gboolean
mos_chat_add_message (MosChatIngest *self,
                      GError **error)
{
  MosChatUpdate *update = self->update;
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  gboolean is_archive = self->batch->is_old;

  row->id = g_strdup (self->message);
  row->conversation = g_strdup (self->conversation->id);
  row->account = g_strdup (self->account->id);
  row->direction = update->is_own ? MOS_DIRECTION_OUTGOING : MOS_DIRECTION_INCOMING;
  row->classification = update->automatic && !update->is_own ? MOS_CLASSIFICATION_AUTO_REPLY : MOS_CLASSIFICATION_NORMAL;
  if (self->survey != NULL)
    row->classification = MOS_CLASSIFICATION_SURVEY;
  row->from = mos_chat_make_from (self);
  row->subject = g_strdup ("");
  row->sent_us = row->received_us = self->at_us;
  row->text = g_strdup (update->text);
  row->reply_text = g_strdup (update->text);
  row->language = g_strdup (self->language);
  row->delivery = update->is_own ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_RECEIVED;
  row->why = g_strdup (update->why);
  row->why_detail = g_strdup (update->detail);
  row->unread = !update->is_own && !is_archive && self->survey == NULL && !mos_chat_is_done (self);
  row->thread_evidence = g_strconcat (self->evidence, g_str_equal (self->evidence, "new") ? NULL : " ", self->thread->remote, NULL);
  row->identity = g_strdup (self->identity);
  row->attachments = mos_chat_make_attachments (update->files);
  row->call = update->call != NULL ? mos_call_ref (update->call) : NULL;
  mos_message_row_fill (row);

  content->raw = update->raw != NULL ? g_bytes_ref (update->raw) : NULL;
  content->customer = g_strdup (self->customer);
  content->archive = is_archive;
  content->automatic = update->is_own && update->automatic;
  return mos_store_message_add (self->txn, row, content, NULL, error) &&
         mos_store_chat_note_files (self->txn, self->message, self->account->id, 0, update->files, error);
}

/* Who wrote, when, and where it goes on. */
static gboolean
mos_chat_follow_thread (MosChatIngest *self,
                        GError **error)
{
  MosChatThread *thread = self->thread;

  /* An answer to something older leaves the rest where it is. */
  if (!self->goes_on || g_str_equal (self->evidence, "new"))
    g_set_str (&thread->conversation, self->conversation->id);
  if (self->update->title != NULL && *self->update->title != '\0')
    g_set_str (&thread->title, self->update->title);
  if (self->identity != NULL)
    g_set_str (&thread->identity, self->identity);
  /* One of which nothing is told may be ours, from a telephone: nobody may be answered by it. */
  if (!self->update->is_own && g_strcmp0 (self->update->why, MOS_CHAT_NOT_TOLD) != 0)
    {
      const guint window_s = mos_channel_traits_get (self->account->kind)->window_s;

      thread->last_incoming_us = MAX (thread->last_incoming_us, self->at_us);
      thread->window_ends_us = window_s > 0 ? thread->last_incoming_us + (gint64) window_s * G_USEC_PER_SEC : 0;
      /* Whoever writes can be answered again; not so where nothing readable may be sent. */
      if (g_strcmp0 (self->update->why, MOS_CHAT_ENCRYPTED) == 0)
        g_set_str (&thread->closed, MOS_CHAT_ENCRYPTED);
      if (g_strcmp0 (thread->closed, MOS_CHAT_ENCRYPTED) != 0)
        g_clear_pointer (&thread->closed, g_free);
    }
  return mos_store_chat_save_thread (self->txn, thread, error);
}

/* Whoever was spoken to needs not be called back. */
static gboolean
mos_chat_settle_call (MosChatIngest *self,
                      GError **error)
{
  if (self->update->call == NULL || self->update->call->outcome != MOS_CALL_ANSWERED || self->batch->is_old)
    return TRUE;
  return mos_call_back_settle (self->txn, self->conversation->id, error);
}

static gboolean
mos_chat_add_participant (MosChatIngest *self,
                          GError **error)
{
  gboolean is_other = self->conversation->customer != NULL && g_strcmp0 (self->conversation->customer, self->customer) != 0;

  if (self->identity != NULL && !mos_store_conversation_add_participant (self->txn, self->conversation->id, self->identity, is_other ? "sender" : "customer", error))
    return FALSE;
  return self->customer == NULL || self->conversation->customer != NULL ||
         mos_store_conversation_set_customer (self->txn, self->conversation->id, self->customer, error);
}

static gboolean
mos_chat_learn (MosChatIngest *self,
                GError **error)
{
  if (self->update->is_own || self->update->automatic)
    return TRUE;
  if (self->language != NULL &&
      (!mos_store_conversation_detect_language (self->txn, self->conversation->id, self->language, error) ||
       (self->customer != NULL && !mos_store_customer_set_language (self->txn, self->customer, NULL, self->language, error))))
    return FALSE;
  return mos_order_links_find (self->txn, self->conversation->id, self->customer, NULL, self->update->text, error);
}

static MosActor
mos_chat_choose_actor (MosChatIngest *self)
{
  if (self->batch->is_old)
    return (MosActor) { MOS_ACTOR_IMPORT, NULL };
  if (self->update->is_own || self->update->automatic)
    return (MosActor) { MOS_ACTOR_SYSTEM, NULL };
  return (MosActor) { MOS_ACTOR_CUSTOMER, self->customer };
}

/* From before its writer was erased, or erased itself: it does not come back. */
static gboolean
mos_chat_is_erased (MosChatIngest *self,
                    gboolean *ret_is,
                    GError **error)
{
  const MosChatPerson *person = self->update->person;
  g_autofree char *identity = NULL;
  gint64 at_us = 0;

  if (!mos_store_erased_find (self->txn, "id", self->message, ret_is, error))
    return FALSE;
  if (*ret_is || person == NULL || *person->value == '\0')
    return TRUE;
  identity = mos_store_identity_id (person->kind, person->scope, person->value);
  if (!mos_store_erased_find_identity (self->txn, identity, &at_us, error))
    return FALSE;
  *ret_is = self->at_us < at_us;
  return TRUE;
}

static gboolean
mos_chat_take_new (MosChatIngest *self,
                   GError **error)
{
  const MosActor before = *mos_txn_get_actor (self->txn);
  MosActor actor;
  gboolean is_new, is_done;

  self->language = mos_language_detect (self->update->text, NULL);
  if (!mos_chat_find_person (self, error) || !mos_chat_find_survey (self, error) || (self->survey == NULL && !mos_chat_find_conversation (self, error)))
    return FALSE;
  actor = mos_chat_choose_actor (self);
  mos_txn_set_actor (self->txn, &actor);
  is_new = self->conversation == NULL;
  is_done = (!is_new || mos_chat_open_conversation (self, error)) &&
            (self->survey != NULL || mos_chat_add_participant (self, error)) &&
            (is_new || self->survey != NULL || self->update->is_own || self->batch->is_old || mos_chat_is_done (self) || mos_ingest_wake (self->txn, self->conversation, self->at_us, !self->update->automatic, error)) &&
            mos_chat_add_message (self, error) &&
            mos_store_chat_put_message (self->txn, self->thread->id, self->update->id, self->message, 0, self->update->group, error) &&
            mos_store_chat_set_about (self->txn, self->message, self->thread->id, self->update->reply_to, self->update->forwarded, self->update->payload, self->is_press, error) &&
            mos_chat_follow_thread (self, error) &&
            mos_chat_settle_call (self, error) &&
            (self->survey != NULL ? mos_chat_follow_survey (self, error) : mos_chat_learn (self, error));
  mos_txn_set_actor (self->txn, &before);
  return is_done;
}

/* One more of an album: its picture, and its words below those of the others. One that brought words to words is a part of its own: so it is known later that
 * those of the whole are not those of one. */
static gboolean
mos_chat_join_group (MosChatIngest *self,
                     const char *message,
                     GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autofree char *text = NULL;
  g_autofree char *customer = NULL;
  gboolean has_words, are_more;

  if (!mos_store_message_find (self->txn, message, &row, error))
    return FALSE;
  has_words = row != NULL && *self->update->text != '\0';
  are_more = has_words && *row->text != '\0';
  text = are_more ? g_strconcat (row->text, "\n", self->update->text, NULL) : g_strdup (self->update->text);
  if (!mos_store_chat_put_message (self->txn, self->thread->id, self->update->id, message, are_more ? 1 : 0, self->update->group, error) ||
      !mos_store_chat_add_files (self->txn, message, self->account->id, self->update->files, error) || (has_words && !mos_store_chat_set_text (self->txn, message, text, error)))
    return FALSE;
  return !has_words || self->update->is_own || self->update->automatic ||
         (mos_store_message_find_owner (self->txn, message, &customer, error) && mos_order_links_find (self->txn, row->conversation, customer, NULL, self->update->text, error));
}

static gboolean
mos_chat_take_message (MosChatIngest *self,
                       MosIngestResult **ret_result,
                       GError **error)
{
  g_autofree char *known = NULL;
  g_autofree char *album = NULL;
  gboolean is_here = FALSE, is_erased = FALSE, is_met = FALSE;

  *ret_result = NULL;
  if (!mos_store_chat_find_message (self->txn, self->thread->id, self->update->id, &known, error) || known != NULL)
    return known != NULL;
  if (self->update->is_own && !mos_chat_meet_own (self, &is_met, error))
    return FALSE;
  if (is_met)
    return TRUE;

  self->message = mos_chat_message_id (self->account->id, self->thread->remote, self->update->id);
  if (!mos_chat_is_erased (self, &is_erased, error) || is_erased || !mos_store_message_is_here (self->txn, self->message, &is_here, error) || is_here)
    return is_erased || is_here;
  if (self->update->group != NULL && !mos_store_chat_find_group (self->txn, self->thread->id, self->update->group, &album, error))
    return FALSE;
  if (album != NULL)
    return mos_chat_join_group (self, album, error);

  if (!mos_chat_take_new (self, error))
    return FALSE;
  *ret_result = mos_ingest_result_new ();
  (*ret_result)->outcome = MOS_INGEST_IMPORTED;
  (*ret_result)->conversation = g_strdup (self->conversation->id);
  (*ret_result)->message = g_strdup (self->message);
  (*ret_result)->arrived = !self->update->is_own && (self->survey == NULL || self->is_news) && !self->batch->is_old && !mos_chat_is_done (self);
  return TRUE;
}

static gboolean
mos_chat_take (MosChatIngest *self,
               MosIngestResult **ret_result,
               GError **error)
{
  *ret_result = NULL;
  self->at_us = mos_chat_time (self);
  if (self->update->kind == MOS_CHAT_TYPING || self->update->kind == MOS_CHAT_RINGING)
    return TRUE;
  if (self->update->kind == MOS_CHAT_BROKEN)
    return mos_chat_take_broken (self, ret_result, error);
  if (self->update->kind == MOS_CHAT_THREAD && self->update->group != NULL)
    return mos_chat_take_threads (self, error);
  if (!mos_store_chat_ensure_thread (self->txn, self->account->id, self->update->thread, &self->thread, error))
    return FALSE;

  switch (self->update->kind)
    {
    case MOS_CHAT_MESSAGE:
      return mos_chat_take_message (self, ret_result, error);
    case MOS_CHAT_EDIT:
      return mos_chat_take_edit (self, ret_result, error);
    case MOS_CHAT_DELETE:
      return mos_chat_take_delete (self, error);
    case MOS_CHAT_REACTION:
      return mos_chat_take_reaction (self, error);
    case MOS_CHAT_RECEIPT:
      return mos_chat_take_receipt (self, error);
    case MOS_CHAT_PRESS:
      return mos_chat_take_press (self, ret_result, error);
    case MOS_CHAT_THREAD:
      return mos_chat_take_thread (self, error);
    case MOS_CHAT_TYPING:
    case MOS_CHAT_RINGING:
    case MOS_CHAT_BROKEN:
    default:
      return TRUE;
    }
}

gboolean
mos_chat_take_as_message (MosChatIngest *self,
                          MosIngestResult **ret_result,
                          GError **error)
{
  return mos_chat_take_message (self, ret_result, error);
}

gboolean
mos_chat_ingest (MosTxn *txn,
                 MosAccount *account,
                 MosChatBatch *batch,
                 GPtrArray **ret_results,
                 GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_ingest_result_unref);
  GHashTableIter iter;
  gpointer name, value;

  for (guint i = 0; i < batch->updates->len; i++)
    {
      g_auto (MosChatIngest) self = { .txn = txn, .account = account, .batch = batch, .update = batch->updates->pdata[i] };
      MosIngestResult *result = NULL;

      if (!mos_chat_take (&self, &result, error))
        return FALSE;
      if (result != NULL)
        g_ptr_array_add (results, result);
    }
  if (batch->cursors != NULL)
    {
      g_hash_table_iter_init (&iter, batch->cursors);
      while (g_hash_table_iter_next (&iter, &name, &value))
        if (!mos_store_cursor_set (txn, account->id, name, value, error))
          return FALSE;
    }
  if (ret_results != NULL)
    *ret_results = g_steal_pointer (&results);
  return TRUE;
}
