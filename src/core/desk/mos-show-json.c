/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-show-json.h"

#include "core/base/mos-json.h"
#include "core/base/mos-text.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-categories.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-messages.h"
#include "core/values/mos-chat-values.h"

#include <string.h>

/* --- reading --- */

void
mos_show_clear (MosShow *show)
{
  g_clear_pointer (&show->row, mos_conversation_row_unref);
  g_clear_pointer (&show->customer, mos_customer_row_unref);
  g_clear_pointer (&show->category, mos_category_unref);
  g_clear_pointer (&show->messages, g_ptr_array_unref);
  g_clear_pointer (&show->htmls, g_hash_table_unref);
  g_clear_pointer (&show->raws, g_hash_table_unref);
  g_clear_pointer (&show->missing, g_hash_table_unref);
}

/* Damage in one place keeps nobody from reading the rest: it is named. @local: (inout): taken */
static gboolean
is_damaged (MosShow *show,
            const char *id,
            GError **local,
            GError **error)
{
  if (!g_error_matches (*local, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (local));
      return FALSE;
    }
  g_clear_error (local);
  g_hash_table_add (show->missing, g_strdup (id));
  return TRUE;
}

/* What the whole of a message has besides: its HTML, and where it is a report, the report. One raw message may be many megabytes. */
static gboolean
load_full (MosTxn *txn,
           MosShow *show,
           GError **error)
{
  for (guint i = 0; i < show->messages->len; i++)
    {
      MosMessageRow *message = g_ptr_array_index (show->messages, i);
      g_autoptr (GError) local = NULL;
      char *html = NULL;
      GBytes *raw = NULL;

      if (message->direction != MOS_DIRECTION_INCOMING && message->direction != MOS_DIRECTION_OUTGOING)
        continue;
      if (!mos_store_message_load_html (txn, message->id, &html, &local) && !is_damaged (show, message->id, &local, error))
        return FALSE;
      if (html != NULL)
        g_hash_table_insert (show->htmls, message->id, html);
      if (message->classification == MOS_CLASSIFICATION_NORMAL || message->classification == MOS_CLASSIFICATION_BULK)
        continue;
      if (!mos_store_message_load_raw (txn, message->id, &raw, &local) && !is_damaged (show, message->id, &local, error))
        return FALSE;
      if (raw != NULL)
        g_hash_table_insert (show->raws, message->id, raw);
    }
  return TRUE;
}

gboolean
mos_show_load (MosTxn *txn,
               const char *conversation,
               const char *message,
               MosShow *show,
               GError **error)
{
  show->htmls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  show->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  show->raws = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  if (!mos_store_conversation_find (txn, conversation, &show->row, error))
    return FALSE;
  if (show->row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", conversation);
      return FALSE;
    }
  if (message != NULL)
    {
      const char *ids[] = { message, NULL };

      show->messages = mos_store_message_list (txn, ids, error);
    }
  else
    show->messages = mos_store_message_list_of_conversation (txn, show->row->id, error);
  if (show->messages == NULL)
    return FALSE;
  return (show->row->category == NULL || mos_store_category_find (txn, show->row->category, &show->category, error)) &&
         (show->row->customer == NULL || mos_store_customer_find (txn, show->row->customer, &show->customer, error)) &&
         (!show->full || load_full (txn, show, error));
}

/* --- JSON --- */

static void
mos_json_address_members (JsonBuilder *builder,
                          MosAddress *address)
{
  json_builder_begin_object (builder);
  mos_json_string (builder, "name", address->name);
  mos_json_string (builder, "address", address->address);
  json_builder_end_object (builder);
}

static void
mos_json_addresses (JsonBuilder *builder,
                    const char *name,
                    GPtrArray *addresses)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    mos_json_address_members (builder, g_ptr_array_index (addresses, i));
  json_builder_end_array (builder);
}

static void
mos_json_attachments (JsonBuilder *builder,
                      GPtrArray *attachments,
                      GHashTable *missing)
{
  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (attachments, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "name", attachment->name);
      mos_json_string (builder, "type", attachment->type);
      mos_json_int (builder, "size", (gint64) attachment->size);
      mos_json_bool (builder, "inline", attachment->is_inline);
      mos_json_string (builder, "sha256", attachment->sha256);
      if (missing != NULL && attachment->sha256 != NULL && g_hash_table_contains (missing, attachment->sha256))
        mos_json_bool (builder, "missing", TRUE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

char *
mos_show_why_code (MosMessageRow *message)
{
  const char *evidence = message->thread_evidence;

  return evidence != NULL && *evidence != '\0' ? g_strndup (evidence, strcspn (evidence, " ")) : NULL;
}

const char *
mos_show_why_value (MosMessageRow *message)
{
  const char *space = message->thread_evidence != NULL ? strchr (message->thread_evidence, ' ') : NULL;

  return space != NULL ? space + 1 : NULL;
}

static void
mos_json_evidence (JsonBuilder *builder,
                   MosMessageRow *message)
{
  g_autofree char *code = mos_show_why_code (message);

  json_builder_set_member_name (builder, "evidence");
  json_builder_begin_object (builder);
  mos_json_string (builder, "code", code);
  mos_json_string (builder, "value", mos_show_why_value (message));
  json_builder_set_member_name (builder, "origin");
  if (message->origin != NULL)
    json_builder_add_int_value (builder, message->origin_number);
  else
    json_builder_add_null_value (builder);
  mos_json_bool (builder, "joined", message->joined);
  json_builder_end_object (builder);
}

void
mos_json_recipients (JsonBuilder *builder,
                     GPtrArray *results)
{
  json_builder_set_member_name (builder, "recipients");
  json_builder_begin_array (builder);
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      MosRecipientResult *result = g_ptr_array_index (results, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "address", result->address);
      mos_json_string (builder, "state", mos_recipient_state_to_nick (result->state));
      mos_json_int (builder, "code", result->code);
      mos_json_string (builder, "status", result->status);
      mos_json_string (builder, "words", result->text);
      mos_json_time (builder, "at", result->at_us);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
mos_json_full (JsonBuilder *builder,
               MosShow *show,
               MosMessageRow *message)
{
  GBytes *raw = g_hash_table_lookup (show->raws, message->id);
  g_autoptr (MosParsedMessage) parsed = raw != NULL ? mos_mime_parse (raw, NULL) : NULL;

  mos_json_evidence (builder, message);
  mos_json_string (builder, "html", g_hash_table_lookup (show->htmls, message->id));
  json_builder_set_member_name (builder, "bounces");
  json_builder_begin_array (builder);
  for (guint i = 0; parsed != NULL && i < parsed->bounces->len; i++)
    {
      MosBounce *bounce = g_ptr_array_index (parsed->bounces, i);

      /* who got it did not bounce */
      if (mos_bounce_is_done (bounce))
        continue;
      json_builder_begin_object (builder);
      mos_json_string (builder, "recipient", bounce->recipient);
      mos_json_string (builder, "status", bounce->status);
      mos_json_bool (builder, "hard", bounce->hard);
      mos_json_string (builder, "original_message_id", bounce->original_message_id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* The store keeps the time a conversation sleeps until as a number; 0 = until the customer answers. */
gboolean
mos_show_snoozed_until (MosMessageRow *message,
                        gint64 *ret_us)
{
  return g_strcmp0 (message->event_kind, "snooze") == 0 && message->event_to != NULL &&
         g_ascii_string_to_signed (message->event_to, 10, 0, G_MAXINT64, ret_us, NULL);
}

/* The body, and what came below it as texts of their own. */
static void
mos_json_texts (JsonBuilder *builder,
                const char *text)
{
  g_auto (GStrv) parts = mos_text_split_parts (text);

  mos_json_string (builder, "text", parts[0]);
  if (parts[1] != NULL)
    mos_json_strv (builder, "further_texts", parts + 1);
}

static void
mos_json_reactions (JsonBuilder *builder,
                    GPtrArray *reactions)
{
  if (reactions == NULL)
    return;
  json_builder_set_member_name (builder, "reactions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < reactions->len; i++)
    {
      const MosReaction *reaction = reactions->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "sign", reaction->sign);
      mos_json_string (builder, "person", reaction->person);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* What is to be done to it there, or could not be. */
static void
mos_json_changes (JsonBuilder *builder,
                  GPtrArray *changes)
{
  if (changes == NULL)
    return;
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    {
      const MosChatChange *change = changes->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "kind", mos_chat_change_kind_to_nick (change->kind));
      mos_json_string (builder, "text", change->text);
      mos_json_string (builder, "why", change->why);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
mos_json_about (JsonBuilder *builder,
                const MosChatAbout *about)
{
  if (about == NULL)
    return;
  if (about->is_reply)
    mos_json_string (builder, "answers", about->reply_to);
  if (about->forwarded != NULL)
    mos_json_string (builder, "forwarded_from", about->forwarded);
  if (about->payload != NULL)
    mos_json_string (builder, "payload", about->payload);
  if (about->buttons != NULL)
    {
      json_builder_set_member_name (builder, "buttons");
      json_builder_begin_array (builder);
      for (char **label = about->buttons; *label != NULL; label++)
        json_builder_add_string_value (builder, *label);
      json_builder_end_array (builder);
    }
  if (about->is_press)
    {
      json_builder_set_member_name (builder, "button_pressed");
      json_builder_add_boolean_value (builder, TRUE);
    }
}

static void
mos_json_call (JsonBuilder *builder,
               const MosCall *call)
{
  if (call == NULL)
    return;
  json_builder_set_member_name (builder, "call");
  json_builder_begin_object (builder);
  mos_json_string (builder, "outcome", mos_call_outcome_to_nick (call->outcome));
  mos_json_string (builder, "number", call->number);
  mos_json_string (builder, "line", call->line);
  mos_json_int (builder, "seconds", call->seconds);
  mos_json_bool (builder, "by_hand", call->by_hand);
  json_builder_end_object (builder);
}

static void
mos_json_message (JsonBuilder *builder,
                  MosShow *show,
                  MosMessageRow *message)
{
  g_autofree char *why = mos_show_why_code (message);
  gboolean has_reply_to = message->reply_to != NULL && message->reply_to->len > 0;

  json_builder_begin_object (builder);
  mos_json_string (builder, "id", message->id);
  mos_json_string (builder, "direction", mos_direction_to_nick (message->direction));
  mos_json_string (builder, "classification", mos_classification_to_nick (message->classification));
  mos_json_string (builder, "message_id", message->message_id);
  mos_json_string (builder, "in_reply_to", message->in_reply_to);
  mos_json_strv (builder, "references", message->references);
  json_builder_set_member_name (builder, "from");
  if (message->from != NULL)
    mos_json_address_members (builder, message->from);
  else
    json_builder_add_null_value (builder);
  mos_json_addresses (builder, "to", message->to);
  mos_json_addresses (builder, "cc", message->cc);
  json_builder_set_member_name (builder, "reply_to");
  if (has_reply_to)
    mos_json_address_members (builder, g_ptr_array_index (message->reply_to, 0));
  else
    json_builder_add_null_value (builder);
  mos_json_string (builder, "subject", message->subject);
  mos_json_time (builder, "sent", message->sent_us);
  mos_json_time (builder, "received", message->received_us);
  /* Of chats alone: mail is what it was when it came. */
  if (message->edited_us != 0)
    mos_json_time (builder, "edited", message->edited_us);
  if (message->withdrawn_us != 0)
    mos_json_time (builder, "withdrawn", message->withdrawn_us);
  mos_json_reactions (builder, message->reactions);
  mos_json_changes (builder, message->changes);
  mos_json_about (builder, message->about);
  mos_json_call (builder, message->call);
  mos_json_texts (builder, message->text);
  mos_json_string (builder, "reply_text", message->reply_text);
  mos_json_string (builder, "language", message->language);
  mos_json_attachments (builder, message->attachments, show->missing);
  mos_json_string (builder, "delivery", mos_delivery_to_nick (message->delivery));
  mos_json_string (builder, "why", message->why != NULL ? message->why : why);
  if (message->results != NULL && message->results->len > 0)
    mos_json_recipients (builder, message->results);
  if (message->direction == MOS_DIRECTION_EVENT)
    {
      gint64 until_us;

      json_builder_set_member_name (builder, "event");
      json_builder_begin_object (builder);
      mos_json_string (builder, "kind", message->event_kind);
      mos_json_string (builder, "actor", message->actor_name != NULL ? message->actor_name : mos_actor_kind_to_nick (message->actor_kind));
      mos_json_string (builder, "from", message->event_from);
      if (mos_show_snoozed_until (message, &until_us))
        mos_json_time (builder, "to", until_us);
      else
        mos_json_string (builder, "to", message->event_to);
      json_builder_end_object (builder);
    }
  if (show->full)
    mos_json_full (builder, show, message);
  json_builder_end_object (builder);
}

static void
mos_json_customer (JsonBuilder *builder,
                   MosCustomerRow *customer)
{
  json_builder_set_member_name (builder, "customer");
  if (customer == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  mos_json_string (builder, "id", customer->id);
  mos_json_string (builder, "name", customer->name);
  json_builder_set_member_name (builder, "identities");
  json_builder_begin_array (builder);
  for (guint i = 0; i < customer->identities->len; i++)
    {
      MosIdentity *identity = g_ptr_array_index (customer->identities, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "kind", identity->kind);
      mos_json_string (builder, "value", identity->value);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
mos_show_to_json (MosShow *show)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  MosConversationRow *row = show->row;

  json_builder_begin_object (builder);
  mos_json_string (builder, "id", row->id);
  mos_json_int (builder, "number", row->number);
  mos_json_string (builder, "subject", row->subject);
  mos_json_string (builder, "status", mos_status_to_nick (row->status));
  mos_json_string (builder, "priority", mos_priority_to_nick (row->priority));
  mos_json_string (builder, "category", row->category);
  mos_json_string (builder, "category_name", show->category != NULL ? show->category->name : NULL);
  mos_json_string (builder, "assignee", row->assignee_name);
  mos_json_strv (builder, "tags", row->tags);
  mos_json_string (builder, "account", row->account_name);
  mos_json_string (builder, "channel", row->channel);
  mos_json_string (builder, "language", row->language);
  mos_json_customer (builder, show->customer);
  mos_json_time (builder, "created", row->created_us);
  mos_json_time (builder, "updated", row->updated_us);
  mos_json_time (builder, "reply_due", row->reply_due_us);
  mos_json_time (builder, "resolve_due", row->resolve_due_us);
  mos_json_string (builder, "target_state", mos_target_state_to_nick (row->target_state));
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < show->messages->len; i++)
    mos_json_message (builder, show, g_ptr_array_index (show->messages, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
