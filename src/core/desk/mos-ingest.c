/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-threading.h"
#include "core/desk/mos-token.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

/* No honest mail answers to more; the first and the last ones are looked up. */
#define MOS_INGEST_MAX_REFERENCES 100

static const char *const ingest_outcome_nicks[] = {
  [MOS_INGEST_IMPORTED] = "imported",
  [MOS_INGEST_DUPLICATE] = "duplicate",
  [MOS_INGEST_QUARANTINED] = "quarantined",
};
MOS_DEFINE_NICKS (MosIngestOutcome, ingest_outcome)

static void
mos_ingest_result_clear (MosIngestResult *self)
{
  g_free (self->conversation);
  g_free (self->message);
  g_free (self->cause);
}

MOS_DEFINE_VALUE (MosIngestResult, ingest_result)

/* One mail on its way through the steps below. */
typedef struct
{
  MosTxn *txn;
  MosAccount *account;
  MosIncoming *incoming;
  MosParsedMessage *parsed; /* (owned) never NULL: an unreadable mail has an empty one */
  GStrv own;                /* (owned) */
  GBytes *key;
  char *message_id; /* (owned) as received, or synthesised */
  char *id;         /* (owned) the message's global id */
  MosDirection direction;
  MosClassification classification;
  const char *cause;  /* (nullable) why it is quarantined */
  MosAddress *person; /* (borrowed) (nullable) the customer's address */
  char *customer;     /* (owned) (nullable) */
  char *identity;     /* (owned) (nullable) */
  MosThreadAnswer thread;
  MosConversationRow *conversation; /* (owned) (nullable) */
} MosIngest;

static void
mos_ingest_clear (MosIngest *self)
{
  g_clear_pointer (&self->parsed, mos_parsed_message_unref);
  g_clear_pointer (&self->own, g_strfreev);
  g_free (self->message_id);
  g_free (self->id);
  g_free (self->customer);
  g_free (self->identity);
  mos_thread_answer_clear (&self->thread);
  g_clear_pointer (&self->conversation, mos_conversation_row_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosIngest, mos_ingest_clear)

GStrv
mos_account_list_own (MosAccount *account)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, account->address);
  for (char **alias = account->aliases; *alias != NULL; alias++)
    if (**alias != '\0')
      g_strv_builder_add (builder, *alias);
  return g_strv_builder_end (builder);
}

/* --- what it is --- */

static MosParsedMessage *
mos_ingest_empty_parsed (MosIncoming *incoming)
{
  MosParsedMessage *parsed = mos_parsed_message_new ();

  parsed->references = g_new0 (char *, 1);
  parsed->to = mos_address_array_new ();
  parsed->cc = mos_address_array_new ();
  parsed->bcc = mos_address_array_new ();
  parsed->reply_to = mos_address_array_new ();
  parsed->delivered_to = mos_address_array_new ();
  parsed->subject = g_strdup ("");
  parsed->text = g_strdup ("");
  parsed->reply_text = g_strdup ("");
  parsed->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  parsed->bounces = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_bounce_unref);
  parsed->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, incoming->raw);
  return parsed;
}

static gboolean
mos_ingest_all_own (MosIngest *self)
{
  GPtrArray *lists[] = { self->parsed->to, self->parsed->cc, self->parsed->bcc };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      if (!mos_own_contains ((const char *const *) self->own, ((MosAddress *) g_ptr_array_index (lists[l], i))->address))
        return FALSE;
  return TRUE;
}

static MosAddress *
mos_ingest_first_stranger (MosIngest *self,
                           GPtrArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      MosAddress *address = g_ptr_array_index (addresses, i);

      if (*address->address != '\0' && !mos_own_contains ((const char *const *) self->own, address->address))
        return address;
    }
  return NULL;
}

/* What we sent ourselves and got back is outgoing; a mail from us to us alone is a test, or the shop's own form: it came in. */
static void
mos_ingest_classify (MosIngest *self)
{
  MosParsedMessage *parsed = self->parsed;
  gboolean is_from_us = parsed->from != NULL && mos_own_contains ((const char *const *) self->own, parsed->from->address);

  self->classification = parsed->classification;
  self->direction = MOS_DIRECTION_INCOMING;
  if (self->incoming->role == MOS_FOLDER_SENT ||
      (is_from_us && !parsed->is_contact_form && parsed->bounces->len == 0 && !mos_ingest_all_own (self)))
    self->direction = MOS_DIRECTION_OUTGOING;

  if (self->direction == MOS_DIRECTION_OUTGOING)
    {
      if (self->classification != MOS_CLASSIFICATION_BULK)
        self->classification = MOS_CLASSIFICATION_NORMAL;
      self->person = mos_ingest_first_stranger (self, parsed->to);
      if (self->person == NULL)
        self->person = mos_ingest_first_stranger (self, parsed->cc);
      return;
    }

  if (parsed->own_loop != NULL && self->classification == MOS_CLASSIFICATION_NORMAL)
    self->classification = MOS_CLASSIFICATION_OWN_LOOP;

  switch (self->classification)
    {
    case MOS_CLASSIFICATION_NORMAL:
    case MOS_CLASSIFICATION_BULK:
      self->cause = self->incoming->parsed == NULL ? self->incoming->parse_error : NULL;
      if (self->incoming->parsed == NULL && self->cause == NULL)
        self->cause = "unreadable";
      break;
    case MOS_CLASSIFICATION_OWN_LOOP:
      self->cause = "own-loop";
      break;
    case MOS_CLASSIFICATION_AUTO_REPLY:
    case MOS_CLASSIFICATION_BOUNCE_HARD:
    case MOS_CLASSIFICATION_BOUNCE_SOFT:
    case MOS_CLASSIFICATION_FEEDBACK_REPORT:
    case MOS_CLASSIFICATION_DELIVERY_REPORT:
    case MOS_CLASSIFICATION_BLOCKED:
      self->cause = parsed->cause != NULL ? parsed->cause : mos_classification_to_nick (self->classification);
      break;
    default:
      break;
    }

  if (parsed->is_contact_form)
    self->person = mos_ingest_first_stranger (self, parsed->reply_to);
  /* A mail system is nobody's customer. */
  if (self->person == NULL && (self->classification == MOS_CLASSIFICATION_NORMAL || self->classification == MOS_CLASSIFICATION_BULK || self->classification == MOS_CLASSIFICATION_AUTO_REPLY))
    self->person = parsed->from != NULL && *parsed->from->address != '\0' ? parsed->from : NULL;
}

/* --- where it is on the server --- */

static gboolean
mos_ingest_put_location (MosIngest *self,
                         const char *message,
                         GError **error)
{
  MosIncoming *incoming = self->incoming;
  g_autoptr (MosFolderRow) folder = NULL;
  g_autoptr (MosLocation) location = NULL;

  if (incoming->folder == NULL || incoming->uid == 0)
    return TRUE;

  if (!mos_store_folder_find (self->txn, incoming->account, incoming->folder, &folder, error))
    return FALSE;
  if (folder == NULL || folder->uidvalidity == 0)
    {
      g_autoptr (MosFolderRow) row = mos_folder_row_new ();

      row->id = mos_store_folder_id (incoming->account, incoming->folder);
      row->account = g_strdup (incoming->account);
      row->name = g_strdup (incoming->folder);
      row->role = incoming->role;
      row->uidvalidity = incoming->uidvalidity;
      row->followed = TRUE;
      /* Not all of it is here yet; the sync says when it is. */
      row->backfill_uid = 1;
      if (!mos_store_folder_save (self->txn, row, error))
        return FALSE;
    }

  location = mos_location_new ();
  location->message = g_strdup (message);
  location->folder = mos_store_folder_id (incoming->account, incoming->folder);
  location->uidvalidity = incoming->uidvalidity;
  location->uid = incoming->uid;
  location->flags = incoming->flags;
  return mos_store_location_put (self->txn, location, error);
}

/* --- our own message, met again --- */

/* Anybody who got a mail of ours can copy its headers: outside of our own Sent folder all of them must fit. */
static gboolean
mos_ingest_find_own (MosIngest *self,
                     MosMessageRow **ret_row,
                     GError **error)
{
  MosParsedMessage *parsed = self->parsed;
  gboolean is_sent_folder = self->incoming->role == MOS_FOLDER_SENT;
  gboolean is_keyed = mos_token_is_own_message_id (self->key, parsed->message_id);
  g_autoptr (MosMessageRow) row = NULL;

  *ret_row = NULL;
  if (parsed->own_id == NULL && !is_keyed)
    return TRUE;
  if (!is_sent_folder &&
      (!is_keyed || parsed->own_id == NULL || parsed->from == NULL || !mos_own_contains ((const char *const *) self->own, parsed->from->address)))
    return TRUE;

  if (parsed->own_id != NULL && !mos_store_message_find_by_own_id (self->txn, self->account->id, parsed->own_id, &row, error))
    return FALSE;
  if (row == NULL && is_keyed)
    {
      const char *ids[] = { parsed->message_id, NULL };
      g_autoptr (GPtrArray) rows = mos_store_message_find_by_message_ids (self->txn, self->account->id, ids, error);

      if (rows == NULL)
        return FALSE;
      if (rows->len > 0)
        row = mos_message_row_ref (g_ptr_array_index (rows, 0));
    }
  if (row == NULL || row->direction != MOS_DIRECTION_OUTGOING ||
      (!is_sent_folder && g_strcmp0 (row->message_id, parsed->message_id) != 0))
    return TRUE;

  *ret_row = g_steal_pointer (&row);
  return TRUE;
}

static gboolean
mos_ingest_meet_own (MosIngest *self,
                     MosMessageRow *row,
                     GError **error)
{
  if (self->incoming->role == MOS_FOLDER_SENT)
    {
      /* Some servers put their own Message-ID in place of ours: answers will refer to it. */
      if (self->parsed->message_id != NULL && g_strcmp0 (self->parsed->message_id, row->message_id) != 0 &&
          !mos_store_message_add_message_id (self->txn, row->id, self->parsed->message_id, error))
        return FALSE;
      if (row->delivery == MOS_DELIVERY_UNCERTAIN &&
          !mos_store_outbox_set_result (self->txn, row->id, MOS_DELIVERY_ACCEPTED, 0, NULL, NULL, error))
        return FALSE;
      if (row->delivery == MOS_DELIVERY_UNCERTAIN || row->delivery == MOS_DELIVERY_ACCEPTED)
        if (!mos_store_outbox_set_sent_copy_done (self->txn, row->id, error))
          return FALSE;
    }
  return mos_ingest_put_location (self, row->id, error);
}

/* --- where it belongs --- */

static gboolean
mos_ingest_find_conversation (MosIngest *self,
                              GError **error)
{
  g_auto (GStrv) ids = mos_thread_list_ids (self->parsed);
  g_autoptr (GHashTable) candidates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  MosThreadQuestion question = { self->parsed, self->account->id, (const char *const *) self->own, self->key, candidates };
  guint n = g_strv_length (ids);
  g_autofree char *id = NULL;

  for (guint i = 0; i < n; i++)
    {
      const char *one[] = { ids[i], NULL };
      GPtrArray *rows;

      if (i >= MOS_INGEST_MAX_REFERENCES / 2 && i < n - MIN (n, MOS_INGEST_MAX_REFERENCES / 2))
        continue;
      rows = mos_store_message_find_by_message_ids (self->txn, self->account->id, one, error);
      if (rows == NULL)
        return FALSE;
      g_hash_table_insert (candidates, ids[i], rows);
    }
  mos_thread_decide (&question, &self->thread);

  if (self->thread.number != 0)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_conversation_find_by_number (self->txn, self->thread.number, &row, error))
        return FALSE;
      if (row != NULL)
        self->thread.conversation = g_strdup (row->id);
    }
  if (self->thread.conversation != NULL)
    {
      if (!mos_store_conversation_resolve (self->txn, self->thread.conversation, &id, error) ||
          (id != NULL && !mos_store_conversation_find (self->txn, id, &self->conversation, error)))
        return FALSE;
      if (self->conversation != NULL && strcmp (self->conversation->account, self->account->id) != 0)
        g_clear_pointer (&self->conversation, mos_conversation_row_unref);
      if (self->conversation == NULL)
        g_set_str (&self->thread.evidence, "new");
    }
  return TRUE;
}

static gboolean
mos_ingest_find_person (MosIngest *self,
                        GError **error)
{
  if (self->person == NULL)
    return TRUE;
  return mos_store_customer_ensure (self->txn, "email", "", self->person->address, self->person->name,
                                    self->incoming->folder != NULL ? "mail" : "import",
                                    self->incoming->received_us, &self->customer, &self->identity, error);
}

static gboolean
mos_ingest_open_conversation (MosIngest *self,
                              GError **error)
{
  MosParsedMessage *parsed = self->parsed;
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autofree char *id = NULL;

  row->subject = g_strdup (parsed->subject);
  row->priority = MOS_PRIORITY_NORMAL;
  row->account = g_strdup (self->account->id);
  row->channel = g_strdup ("email");
  row->customer = g_strdup (self->customer);
  row->language = g_strdup (parsed->language);
  row->created_us = self->incoming->received_us;
  row->archive = self->incoming->archive;
  row->quarantine = g_strdup (self->cause);
  if (self->incoming->archive)
    row->status = MOS_STATUS_CLOSED;
  else if (self->direction == MOS_DIRECTION_OUTGOING)
    row->status = MOS_STATUS_PENDING;
  else
    row->status = MOS_STATUS_OPEN;
  mos_conversation_row_fill (row);

  return mos_store_conversation_add (self->txn, row, &id, NULL, error) &&
         mos_store_conversation_find (self->txn, id, &self->conversation, error);
}

static gboolean
mos_ingest_add_participants (MosIngest *self,
                             GError **error)
{
  GPtrArray *lists[] = { self->parsed->to, self->parsed->cc };
  const char *role = "customer";

  if (self->cause != NULL)
    return TRUE;

  if (self->conversation->customer != NULL && g_strcmp0 (self->conversation->customer, self->customer) != 0)
    role = "sender";
  if (self->identity != NULL &&
      !mos_store_conversation_add_participant (self->txn, self->conversation->id, self->identity, role, error))
    return FALSE;
  if (self->conversation->customer == NULL && self->customer != NULL &&
      !mos_store_conversation_set_customer (self->txn, self->conversation->id, self->customer, error))
    return FALSE;

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len && i < 50; i++)
      {
        MosAddress *address = g_ptr_array_index (lists[l], i);
        g_autofree char *identity = NULL;

        if (address == self->person || *address->address == '\0' || mos_own_contains ((const char *const *) self->own, address->address))
          continue;
        if (!mos_store_customer_ensure (self->txn, "email", "", address->address, address->name, "mail", self->incoming->received_us, NULL, &identity, error) ||
            !mos_store_conversation_add_participant (self->txn, self->conversation->id, identity, "cc", error))
          return FALSE;
      }
  return TRUE;
}

/* --- the message and its effects --- */

static gboolean
mos_ingest_add_message (MosIngest *self,
                        GError **error)
{
  MosParsedMessage *parsed = self->parsed;
  MosIncoming *incoming = self->incoming;
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();

  row->id = g_strdup (self->id);
  row->conversation = g_strdup (self->conversation->id);
  row->account = g_strdup (self->account->id);
  row->direction = self->direction;
  row->classification = self->classification;
  row->message_id = g_strdup (self->message_id);
  row->in_reply_to = g_strdup (parsed->in_reply_to);
  row->references = g_strdupv (parsed->references);
  row->from = parsed->from != NULL ? mos_address_ref (parsed->from) : NULL;
  row->to = g_ptr_array_ref (parsed->to);
  row->cc = g_ptr_array_ref (parsed->cc);
  row->bcc = g_ptr_array_ref (parsed->bcc);
  row->reply_to = g_ptr_array_ref (parsed->reply_to);
  row->subject = g_strdup (parsed->subject);
  row->received_us = incoming->received_us;
  /* A clock that runs ahead, or a lie: no mail was sent after it came in. */
  row->sent_us = parsed->sent_us != 0 ? MIN (parsed->sent_us, incoming->received_us) : incoming->received_us;
  row->text = g_strdup (parsed->text);
  row->reply_text = g_strdup (parsed->reply_text);
  row->has_html = parsed->html != NULL;
  row->language = g_strdup (parsed->language);
  row->attachments = g_ptr_array_ref (parsed->attachments);
  row->delivery = self->direction == MOS_DIRECTION_OUTGOING ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_RECEIVED;
  row->why = g_strdup (self->cause);
  row->unread = self->direction == MOS_DIRECTION_INCOMING && (incoming->flags & MOS_MESSAGE_FLAG_SEEN) == 0 && !incoming->archive;
  row->quarantined = self->cause != NULL;
  row->thread_evidence = g_strdup (self->thread.evidence);
  row->identity = g_strdup (self->identity);
  mos_message_row_fill (row);

  content->raw = g_bytes_ref (incoming->raw);
  content->html = g_strdup (parsed->html);
  content->digest = g_strdup (parsed->digest);
  content->customer = g_strdup (self->customer);
  content->archive = incoming->archive;
  return mos_store_message_add (self->txn, row, content, NULL, error);
}

static gboolean
mos_ingest_is_answered_since (MosIngest *self,
                              gboolean *ret_is,
                              GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (self->txn, self->conversation->id, error);

  *ret_is = FALSE;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len && !*ret_is; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      *ret_is = row->direction == MOS_DIRECTION_OUTGOING && row->received_us > self->incoming->received_us;
    }
  return TRUE;
}

static gboolean
mos_ingest_keep_quarantined (MosIngest *self,
                             GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (self->txn, self->conversation->id, error);

  if (rows == NULL)
    return FALSE;
  if (!mos_store_conversation_set_quarantine (self->txn, self->conversation->id, NULL, error))
    return FALSE;
  /* The conversation comes to the inbox for the new message's sake; what was quarantined in it stays no customer's message. */
  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      if (row->quarantined && !mos_store_message_set_quarantined (self->txn, row->id, TRUE, row->why, error))
        return FALSE;
    }
  return TRUE;
}

/* What a customer's message does to the conversation it joins (behaviour.md §2.1, §2.2, §2.8). */
static gboolean
mos_ingest_wake_conversation (MosIngest *self,
                              GError **error)
{
  MosConversationRow *row = self->conversation;
  gboolean is_answered;

  if (row->deleted_us != 0 && !mos_store_conversation_set_deleted (self->txn, row->id, FALSE, error))
    return FALSE;
  if (row->quarantine != NULL && !mos_ingest_keep_quarantined (self, error))
    return FALSE;
  if (row->status == MOS_STATUS_OPEN || row->status == MOS_STATUS_SPAM)
    return TRUE;

  /* Synced late: somebody answered after this was written, on a phone perhaps. */
  if (!mos_ingest_is_answered_since (self, &is_answered, error))
    return FALSE;
  if (is_answered)
    return TRUE;
  if (row->archive && !mos_store_conversation_set_archive (self->txn, row->id, FALSE, error))
    return FALSE;
  return mos_store_conversation_set_status (self->txn, row->id, MOS_STATUS_OPEN, 0, error);
}

static const char *
mos_bounce_code (MosBounce *bounce)
{
  return bounce->status != NULL ? bounce->status : "bounced";
}

/* A mail that came back: the message it was shows it, and somebody has to look. */
static gboolean
mos_ingest_apply_bounces (MosIngest *self,
                          GError **error)
{
  gboolean is_hard = FALSE;

  for (guint i = 0; i < self->parsed->bounces->len; i++)
    {
      MosBounce *bounce = g_ptr_array_index (self->parsed->bounces, i);
      const char *ids[] = { bounce->original_message_id, NULL };
      g_autoptr (GPtrArray) rows = NULL;

      if (bounce->original_message_id == NULL || !bounce->hard)
        continue;
      rows = mos_store_message_find_by_message_ids (self->txn, self->account->id, ids, error);
      if (rows == NULL)
        return FALSE;
      for (guint r = 0; r < rows->len; r++)
        {
          MosMessageRow *row = g_ptr_array_index (rows, r);

          if (row->direction != MOS_DIRECTION_OUTGOING || row->delivery == MOS_DELIVERY_DRAFT || row->delivery == MOS_DELIVERY_CANCELLED)
            continue;
          if (!mos_store_message_set_delivery (self->txn, row->id, MOS_DELIVERY_BOUNCED, mos_bounce_code (bounce), bounce->diagnostic, error))
            return FALSE;
          is_hard = is_hard || strcmp (row->conversation, self->conversation->id) == 0;
        }
    }

  if (!is_hard || self->incoming->archive || self->conversation->status == MOS_STATUS_OPEN || self->conversation->status == MOS_STATUS_SPAM)
    return TRUE;
  return mos_store_conversation_set_status (self->txn, self->conversation->id, MOS_STATUS_OPEN, 0, error);
}

static gboolean
mos_ingest_give_result (MosIngest *self,
                        MosIngestOutcome outcome,
                        const char *conversation,
                        const char *message,
                        MosIngestResult **ret_result)
{
  MosIngestResult *result;

  if (ret_result == NULL)
    return TRUE;

  result = mos_ingest_result_new ();
  result->outcome = outcome;
  result->conversation = g_strdup (conversation);
  result->message = g_strdup (message);
  result->classification = self->classification;
  result->cause = g_strdup (self->cause);
  result->arrived = outcome == MOS_INGEST_IMPORTED && self->direction == MOS_DIRECTION_INCOMING && !self->incoming->archive;
  *ret_result = result;
  return TRUE;
}

gboolean
mos_ingest_message (MosTxn *txn,
                    MosAccount *account,
                    MosIncoming *incoming,
                    MosIngestResult **ret_result,
                    GError **error)
{
  g_auto (MosIngest) self = { 0 };
  g_autoptr (MosMessageRow) known = NULL;
  gboolean is_new;

  self.txn = txn;
  self.account = account;
  self.incoming = incoming;
  self.own = mos_account_list_own (account);
  self.key = mos_store_get_mac_key (mos_txn_get_store (txn));
  self.parsed = incoming->parsed != NULL ? mos_parsed_message_ref (incoming->parsed) : mos_ingest_empty_parsed (incoming);
  mos_ingest_classify (&self);

  if (self.parsed->message_id != NULL)
    self.message_id = g_strdup (self.parsed->message_id);
  else
    {
      g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, incoming->raw);

      self.message_id = g_strconcat (digest, "@local", NULL);
    }
  self.id = mos_store_message_id (account->id, self.parsed->message_id, self.parsed->digest);

  if (!mos_ingest_find_own (&self, &known, error))
    return FALSE;
  if (known != NULL)
    return mos_ingest_meet_own (&self, known, error) &&
           mos_ingest_give_result (&self, MOS_INGEST_DUPLICATE, known->conversation, known->id, ret_result);

  if (!mos_store_message_find (txn, self.id, &known, error))
    return FALSE;
  if (known != NULL)
    return mos_ingest_put_location (&self, known->id, error) &&
           mos_ingest_give_result (&self, MOS_INGEST_DUPLICATE, known->conversation, known->id, ret_result);

  if (!mos_ingest_find_person (&self, error) ||
      !mos_ingest_find_conversation (&self, error))
    return FALSE;
  is_new = self.conversation == NULL;
  if (is_new && !mos_ingest_open_conversation (&self, error))
    return FALSE;

  if (!mos_ingest_add_participants (&self, error))
    return FALSE;
  /* Before the message is there, so that an older answer is told from a newer one. */
  if (!is_new && self.cause == NULL && self.direction == MOS_DIRECTION_INCOMING && !incoming->archive &&
      !mos_ingest_wake_conversation (&self, error))
    return FALSE;
  if (!is_new && self.conversation->quarantine != NULL && self.cause == NULL && self.direction == MOS_DIRECTION_OUTGOING &&
      !mos_ingest_keep_quarantined (&self, error))
    return FALSE;
  if (!mos_ingest_add_message (&self, error) ||
      !mos_ingest_put_location (&self, self.id, error) ||
      !mos_ingest_apply_bounces (&self, error))
    return FALSE;

  return mos_ingest_give_result (&self, self.cause != NULL ? MOS_INGEST_QUARANTINED : MOS_INGEST_IMPORTED,
                                 self.conversation->id, self.id, ret_result);
}

/* --- many --- */

typedef struct
{
  GPtrArray *incoming;
  GPtrArray *results;
} MosIngestBatch;

static gboolean
mos_ingest_run_batch (MosTxn *txn,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  MosIngestBatch *batch = data;
  g_autoptr (MosAccount) account = NULL;

  g_ptr_array_set_size (batch->results, 0);
  for (guint i = 0; i < batch->incoming->len; i++)
    {
      MosIncoming *incoming = g_ptr_array_index (batch->incoming, i);
      MosIngestResult *result = NULL;

      if (account == NULL || strcmp (account->id, incoming->account) != 0)
        {
          g_clear_pointer (&account, mos_account_unref);
          if (!mos_store_account_find (txn, incoming->account, &account, error))
            return FALSE;
        }
      if (account == NULL)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No account %s", incoming->account);
          return FALSE;
        }
      if (!mos_ingest_message (txn, account, incoming, &result, error))
        return FALSE;
      g_ptr_array_add (batch->results, result);
    }
  return TRUE;
}

gboolean
mos_ingest_batch_sync (MosStore *store,
                       GPtrArray *incoming,
                       GPtrArray **ret_results,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_ingest_result_unref);
  MosIngestBatch batch = { incoming, results };
  MosActor actor = { MOS_ACTOR_CUSTOMER, NULL };

  if (incoming->len == 0)
    {
      if (ret_results != NULL)
        *ret_results = g_steal_pointer (&results);
      return TRUE;
    }

  if (((MosIncoming *) g_ptr_array_index (incoming, 0))->archive)
    actor.kind = MOS_ACTOR_IMPORT;
  if (!mos_store_write_sync (store, &actor, NULL, mos_ingest_run_batch, &batch, NULL, cancellable, error))
    return FALSE;

  if (ret_results != NULL)
    *ret_results = g_steal_pointer (&results);
  return TRUE;
}

/* --- the end of a first sync --- */

static gboolean
mos_ingest_is_work (MosTxn *txn,
                    const char *conversation,
                    gboolean *ret_is,
                    GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (txn, conversation, error);
  MosMessageRow *newest = NULL;

  *ret_is = FALSE;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      /* Somebody here did something with it already: it is work, whatever its newest message says. */
      if (row->direction == MOS_DIRECTION_NOTE || (row->direction == MOS_DIRECTION_EVENT && row->actor_kind == MOS_ACTOR_HUMAN))
        {
          *ret_is = TRUE;
          return TRUE;
        }
      if ((row->direction == MOS_DIRECTION_INCOMING || row->direction == MOS_DIRECTION_OUTGOING) && !row->quarantined &&
          (newest == NULL || row->received_us >= newest->received_us))
        newest = row;
    }
  if (newest == NULL)
    {
      *ret_is = TRUE;
      return TRUE;
    }
  if (newest->direction == MOS_DIRECTION_INCOMING)
    {
      g_autoptr (GPtrArray) locations = mos_store_location_list_of_message (txn, newest->id, error);

      if (locations == NULL)
        return FALSE;
      *ret_is = TRUE;
      for (guint i = 0; i < locations->len; i++)
        if ((((MosLocation *) g_ptr_array_index (locations, i))->flags & MOS_MESSAGE_FLAG_ANSWERED) != 0)
          *ret_is = FALSE;
    }
  return TRUE;
}

gboolean
mos_ingest_settle_first_sync (MosTxn *txn,
                              const char *account,
                              GError **error)
{
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_ACCOUNT, account);
  g_autoptr (GPtrArray) ids = mos_store_conversation_list_ids (txn, view, NULL, 0, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (MosConversationRow) row = NULL;
      gboolean is_work;

      if (!mos_store_conversation_find (txn, id, &row, error))
        return FALSE;
      if (row == NULL || row->quarantine != NULL || row->deleted_us != 0 || (row->status != MOS_STATUS_OPEN && row->status != MOS_STATUS_PENDING))
        continue;
      if (!mos_ingest_is_work (txn, id, &is_work, error))
        return FALSE;
      if (!is_work &&
          (!mos_store_conversation_set_archive (txn, id, TRUE, error) ||
           !mos_store_conversation_set_status (txn, id, MOS_STATUS_CLOSED, 0, error)))
        return FALSE;
    }
  return TRUE;
}
