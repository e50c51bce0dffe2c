/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-sample-chats.h"

#include "core/base/mos-id.h"
#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-chat-outbox.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-sample-mail.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-outbox.h"

/* One thing that happens. */
typedef struct
{
  MosTxn *txn;
  MosAccount *account;
  JsonObject *chat;
  JsonObject *message;
  guint number;
  const char *thread;
} Playing;

static const char *
text_of (JsonObject *object,
         const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

JsonObject *
mos_sample_load_chats (GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) bytes = mos_sample_load_file ("chats.json", error);

  if (bytes == NULL || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error))
    return NULL;
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

MosAccount *
mos_sample_make_chat_account (JsonObject *row)
{
  const char *kind = text_of (row, "kind");
  MosAccount *account;

  if (!mos_channel_is_chat (kind))
    return NULL;
  account = mos_account_new ();
  account->kind = g_strdup (kind);
  account->name = g_strdup (text_of (row, "name"));
  account->address = g_strdup (text_of (row, "address"));
  account->id = mos_id_derive ("account", kind, account->address, NULL);
  mos_account_set_setting (account, MOS_ACCOUNT_UNPLUGGED, "1");
  mos_account_fill (account);
  return account;
}

/* --- what comes in --- */

/* Messages are called by their place in the chat there, from 1. */
static char *
dup_remote (guint number)
{
  return g_strdup_printf ("%u", number);
}

static MosChatPerson *
make_person (Playing *self)
{
  JsonObject *content = json_object_get_object_member (self->chat, "person");
  const char *scope = text_of (content, "scope");
  MosChatPerson *person = mos_chat_person_make (mos_channel_traits_get (self->account->kind)->identity, scope != NULL ? scope : "", text_of (content, "value"), text_of (content, "name"));

  person->username = g_strdup (text_of (content, "username"));
  return person;
}

static gboolean
add_files (Playing *self,
           MosChatUpdate *update,
           GError **error)
{
  JsonArray *names = json_object_has_member (self->message, "files") ? json_object_get_array_member (self->message, "files") : NULL;

  update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      g_autoptr (MosAttachment) attachment = mos_sample_make_attachment (json_array_get_string_element (names, i), error);
      MosChatFile *file;

      if (attachment == NULL)
        return FALSE;
      file = mos_chat_file_new ();
      file->kind = g_str_equal (attachment->type, "audio/ogg") ? MOS_FILE_VOICE : mos_file_kind_of_type (attachment->type);
      file->ref = g_strdup ("");
      file->name = g_strdup (attachment->name);
      file->type = g_strdup (attachment->type);
      file->size = attachment->size;
      file->duration_ms = 1000 * (guint) json_object_get_int_member_with_default (self->message, "seconds", 0);
      file->data = g_bytes_ref (attachment->data);
      g_ptr_array_add (update->files, file);
    }
  return TRUE;
}

static gboolean
make_update (Playing *self,
             MosChatUpdate **ret_update,
             GError **error)
{
  const char *kind = text_of (self->message, "kind");
  gint64 of = json_object_get_int_member_with_default (self->message, "of", 0);
  gint64 reply_to = json_object_get_int_member_with_default (self->message, "reply_to", 0);
  const char *text = text_of (self->message, "text");
  g_autoptr (MosChatUpdate) update = mos_chat_update_new ();

  update->thread = g_strdup (self->thread);
  update->id = dup_remote (of > 0 ? (guint) of : self->number + 1);
  update->person = make_person (self);
  update->at_us = mos_txn_get_now_us (self->txn);
  if (g_str_equal (kind, "read") || g_str_equal (kind, "delivered"))
    {
      update->kind = MOS_CHAT_RECEIPT;
      update->receipt = g_str_equal (kind, "read") ? MOS_DELIVERY_READ : MOS_DELIVERY_DELIVERED;
      update->upto = TRUE;
      text = NULL;
    }
  else if (g_str_equal (kind, "reaction"))
    {
      update->kind = MOS_CHAT_REACTION;
      text = text_of (self->message, "sign");
    }
  else
    update->kind = g_str_equal (kind, "edit") ? MOS_CHAT_EDIT : MOS_CHAT_MESSAGE;
  update->text = g_strdup (text != NULL ? text : "");
  update->group = g_strdup (text_of (self->message, "group"));
  if (reply_to > 0)
    update->reply_to = dup_remote ((guint) reply_to);
  if (!add_files (self, update, error))
    return FALSE;
  *ret_update = g_steal_pointer (&update);
  return TRUE;
}

static gboolean
link_customer (Playing *self,
               JsonObject *shop,
               GError **error)
{
  const char *key = text_of (self->chat, "customer");
  JsonObject *people = json_object_get_object_member (shop, "customers");
  g_autoptr (MosChatPerson) person = NULL;
  g_autofree char *customer = NULL;

  if (key == NULL)
    return TRUE;
  if (!mos_store_customer_find_by_identity (self->txn, "email", text_of (json_object_get_object_member (people, key), "address"), &customer, error))
    return FALSE;
  person = make_person (self);
  return customer == NULL || mos_store_customer_link (self->txn, customer, person->kind, person->scope, person->value, TRUE, "agent", error);
}

static gboolean
take (Playing *self,
      JsonObject *shop,
      char **conversation,
      GError **error)
{
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();
  g_autoptr (GPtrArray) results = NULL;
  MosChatUpdate *update = NULL;

  if (*conversation == NULL && !link_customer (self, shop, error))
    return FALSE;
  batch->account = g_strdup (self->account->id);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  if (!make_update (self, &update, error))
    return FALSE;
  g_ptr_array_add (batch->updates, update);
  if (!mos_chat_ingest (self->txn, self->account, batch, &results, error))
    return FALSE;
  if (*conversation == NULL && results->len > 0)
    *conversation = g_strdup (((MosIngestResult *) results->pdata[0])->conversation);
  return TRUE;
}

/* --- what is answered --- */

static gboolean
attach (Playing *self,
        MosDraft *draft,
        GError **error)
{
  JsonArray *names = json_object_has_member (self->message, "files") ? json_object_get_array_member (self->message, "files") : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      MosAttachment *attachment = mos_sample_make_attachment (json_array_get_string_element (names, i), error);

      if (attachment == NULL)
        return FALSE;
      g_ptr_array_add (draft->attachments, attachment);
      if (!mos_store_blob_put (self->txn, attachment->data, &attachment->sha256, error))
        return FALSE;
    }
  return TRUE;
}

/* As if the platform had taken each part at once. */
static gboolean
let_go (Playing *self,
        const char *message,
        GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  if (!mos_store_outbox_claim (self->txn, self->account->id, &item, error))
    return FALSE;
  parts = mos_store_chat_list_parts (self->txn, message, error);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      g_autofree char *remote = i == 0 ? dup_remote (self->number + 1) : g_strdup_printf ("%u.%u", self->number + 1, i);

      if (!mos_chat_part_done (self->txn, self->account->id, message, i, remote, error))
        return FALSE;
    }
  return parts != NULL && mos_store_outbox_set_result (self->txn, message, MOS_DELIVERY_ACCEPTED, 0, NULL, NULL, error);
}

static gboolean
answer (Playing *self,
        const char *conversation,
        GError **error)
{
  static const MosQuoteTexts texts = { .attribution = "", .forwarded = "", .date_format = "", .is_plain = TRUE, .history = MOS_QUOTE_NONE };
  gint64 reply_to = json_object_get_int_member_with_default (self->message, "reply_to", 0);
  g_autofree char *answered = NULL;
  g_autofree char *number = dup_remote (self->number);
  g_autofree char *message = NULL;
  g_autoptr (MosChatThread) thread = NULL;
  g_autoptr (MosDraft) draft = NULL;

  if (reply_to > 0)
    {
      g_autofree char *remote = dup_remote ((guint) reply_to);

      if (!mos_store_chat_ensure_thread (self->txn, self->account->id, self->thread, &thread, error) ||
          !mos_store_chat_find_message (self->txn, thread->id, remote, &answered, error))
        return FALSE;
    }
  if (!mos_draft_prepare_fresh (self->txn, "reply", conversation, answered, NULL, &texts, &draft, error))
    return FALSE;
  g_free (draft->id);
  draft->id = mos_id_derive ("sample-answer", self->account->id, self->thread, number, NULL);
  g_set_str (&draft->text, text_of (self->message, "text"));
  /* What was answered was read. */
  return attach (self, draft, error) && mos_draft_send (self->txn, draft, MOS_STATUS_OPEN, 0, &message, error) &&
         let_go (self, message, error) && mos_store_conversation_set_read (self->txn, conversation, TRUE, error);
}

gboolean
mos_sample_play_chat (MosTxn *txn,
                      MosAccount *account,
                      JsonObject *shop,
                      JsonObject *chat,
                      guint number,
                      char **conversation,
                      GError **error)
{
  JsonObject *message = json_array_get_object_element (json_object_get_array_member (chat, "messages"), number);
  Playing self = { txn, account, chat, message, number, text_of (json_object_get_object_member (chat, "person"), "value") };

  if (g_str_equal (text_of (message, "kind"), "outgoing"))
    return answer (&self, *conversation, error);
  return take (&self, shop, conversation, error);
}
