/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/base/mos-bytes.h"
#include "core/base/mos-text.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-import.h"
#include "core/desk/mos-order-links.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-signatures.h"
#include "core/desk/mos-token.h"
#include "core/mail/mime/mos-language.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-senders.h"

#include <string.h>

static const char *const ingest_outcome_nicks[] = {
  [MOS_INGEST_IMPORTED] = "imported",
  [MOS_INGEST_DUPLICATE] = "duplicate",
  [MOS_INGEST_QUARANTINED] = "quarantined",
  [MOS_INGEST_ERASED] = "erased",
  [MOS_INGEST_COMPLETED] = "completed",
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

static void
mos_ingest_clear (MosIngest *self)
{
  g_clear_pointer (&self->parsed, mos_parsed_message_unref);
  g_clear_pointer (&self->own, g_strfreev);
  g_free (self->raw_sha256);
  g_free (self->message_id);
  g_free (self->id);
  g_free (self->customer);
  g_free (self->identity);
  g_free (self->reply_text);
  g_free (self->tail);
  g_free (self->language);
  mos_thread_answer_clear (&self->thread);
  g_clear_pointer (&self->present, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->conversation, mos_conversation_row_unref);
  g_free (self->outreach);
  g_clear_pointer (&self->survey, mos_survey_unref);
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

/* --- when it came --- */

/* So far a server's clock may be ahead of ours, time zones that were set wrong included. */
#define MAX_AHEAD_US G_TIME_SPAN_DAY

/* A server keeps whatever a program says that puts mail there, be it a day in years to come. Then the mail itself tells. Where that is still to come as well, it
 * is our clock that is wrong. */
static void
mos_ingest_mend_time (MosIngest *self)
{
  MosIncoming *incoming = self->incoming;
  const gint64 now_us = mos_txn_get_now_us (self->txn);
  gint64 said_us[] = { 0, self->parsed->sent_us };

  if (incoming->folder == NULL || (incoming->received_us > 0 && incoming->received_us <= now_us + MAX_AHEAD_US))
    return;
  said_us[0] = mos_import_get_received_us (incoming->raw);
  for (gsize i = 0; i < G_N_ELEMENTS (said_us); i++)
    if (said_us[i] > 0 && said_us[i] <= now_us + MAX_AHEAD_US)
      {
        incoming->received_us = said_us[i];
        incoming->archive = said_us[i] < self->account->work_since_us;
        return;
      }
  if (incoming->received_us > 0)
    return;
  incoming->received_us = now_us;
  incoming->archive = FALSE;
}

/* --- what it is --- */

static MosParsedMessage *
mos_ingest_empty_parsed (const char *raw_sha256)
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
  parsed->digest = g_strdup (raw_sha256);
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

/* What we sent ourselves and got back is outgoing, when it is ours indeed; a mail from us to us alone is a test, or the shop's own form: it came in.
 * A form sends from our own address and names the customer in Reply-To only (behaviour.md §2.1). */
static void
mos_ingest_classify (MosIngest *self)
{
  MosParsedMessage *parsed = self->parsed;
  gboolean is_from_us = parsed->from != NULL && mos_own_contains ((const char *const *) self->own, parsed->from->address);
  MosAddress *form_person = is_from_us || parsed->is_contact_form ? mos_ingest_first_stranger (self, parsed->reply_to) : NULL;

  self->classification = parsed->classification;
  self->direction = MOS_DIRECTION_INCOMING;
  if (self->incoming->role == MOS_FOLDER_SENT)
    self->direction = MOS_DIRECTION_OUTGOING;
  else if (is_from_us && form_person == NULL && !parsed->is_contact_form && parsed->bounces->len == 0 && !mos_ingest_all_own (self))
    {
      /* Anybody can write our address. What a person imports he vouches for; what he wrote elsewhere is known by its copy in Sent. */
      if (self->incoming->folder == NULL || mos_ingest_is_keyed (self))
        self->direction = MOS_DIRECTION_OUTGOING;
      else if (self->classification == MOS_CLASSIFICATION_NORMAL || self->classification == MOS_CLASSIFICATION_BULK)
        self->classification = MOS_CLASSIFICATION_OWN_LOOP;
    }

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
      self->cause = parsed->own_loop != NULL ? "own-loop" : MOS_INGEST_OWN_ADDRESS;
      break;
    case MOS_CLASSIFICATION_AUTO_REPLY:
    case MOS_CLASSIFICATION_BOUNCE_HARD:
    case MOS_CLASSIFICATION_BOUNCE_SOFT:
    case MOS_CLASSIFICATION_FEEDBACK_REPORT:
    case MOS_CLASSIFICATION_DELIVERY_REPORT:
    case MOS_CLASSIFICATION_BLOCKED:
      self->cause = parsed->cause != NULL ? parsed->cause : mos_classification_to_nick (self->classification);
      break;
    case MOS_CLASSIFICATION_SURVEY:
    default:
      break;
    }

  /* A mail system is nobody's customer, and neither are we: all strangers would share one. */
  if (self->classification != MOS_CLASSIFICATION_NORMAL && self->classification != MOS_CLASSIFICATION_BULK && self->classification != MOS_CLASSIFICATION_AUTO_REPLY)
    return;
  self->person = form_person;
  if (self->person == NULL && !is_from_us)
    self->person = parsed->from != NULL && *parsed->from->address != '\0' ? parsed->from : NULL;
}

/* What the owner decided about the sender, and the server about the mail. No rule lets a mail loop or a report through. */
static gboolean
mos_ingest_apply_rules (MosIngest *self,
                        GError **error)
{
  MosSenderRule rule = MOS_SENDER_NONE;
  MosAddress *from = self->parsed->from;

  if (self->direction != MOS_DIRECTION_INCOMING)
    return TRUE;
  if (from != NULL && *from->address != '\0' && !mos_own_contains ((const char *const *) self->own, from->address) &&
      !mos_store_sender_find (self->txn, from->address, &rule, error))
    return FALSE;
  if (self->classification != MOS_CLASSIFICATION_NORMAL && self->classification != MOS_CLASSIFICATION_BULK && self->classification != MOS_CLASSIFICATION_AUTO_REPLY)
    return TRUE;

  if (rule == MOS_SENDER_BLOCK)
    {
      self->classification = MOS_CLASSIFICATION_BLOCKED;
      self->cause = MOS_ACTION_BLOCKED_SENDER;
    }
  else if (rule == MOS_SENDER_ALLOW && self->incoming->parsed != NULL)
    {
      if (self->classification == MOS_CLASSIFICATION_AUTO_REPLY)
        self->classification = MOS_CLASSIFICATION_NORMAL;
      self->cause = NULL;
    }
  else if (self->cause == NULL && self->incoming->role == MOS_FOLDER_JUNK)
    self->cause = MOS_INGEST_JUNK;
  return TRUE;
}

/* --- how it is read --- */

/* A person wrote it to us. */
static gboolean
mos_ingest_is_letter (MosIngest *self)
{
  return self->cause == NULL && self->direction == MOS_DIRECTION_INCOMING && self->classification == MOS_CLASSIFICATION_NORMAL;
}

/* What only several mails of a sender together show. */
static gboolean
mos_ingest_read_closely (MosIngest *self,
                         GError **error)
{
  g_autofree char *stripped = NULL;

  self->reply_text = g_strdup (self->parsed->reply_text);
  self->language = g_strdup (self->parsed->language);
  if (self->identity == NULL || !mos_ingest_is_letter (self))
    return TRUE;
  self->tail = self->incoming->tail != NULL ? g_strdup (self->incoming->tail) : mos_signature_tail (self->reply_text);
  if (!mos_signatures_find (self->txn, self->identity, self->reply_text, self->tail, &stripped, error))
    return FALSE;
  if (stripped != NULL)
    {
      /* a signature may be in another language than what stands above it */
      g_free (self->language);
      self->language = mos_language_detect (stripped, self->parsed->language);
      g_set_str (&self->reply_text, stripped);
    }
  return TRUE;
}

/* What it says of the sender, for the next time. */
static gboolean
mos_ingest_learn (MosIngest *self,
                  GError **error)
{
  if (!mos_ingest_is_letter (self))
    return TRUE;
  if (self->tail != NULL && !mos_signatures_remember (self->txn, self->identity, self->id, self->tail, error))
    return FALSE;
  return self->language == NULL ||
         (mos_store_conversation_detect_language (self->txn, self->conversation->id, self->language, error) &&
          (self->customer == NULL || mos_store_customer_set_language (self->txn, self->customer, NULL, self->language, error)));
}

/* --- where it belongs --- */

/* It answers a question of ours, and nothing else. */
static gboolean
mos_ingest_is_survey (MosIngest *self)
{
  return self->classification == MOS_CLASSIFICATION_SURVEY;
}

static gboolean
mos_ingest_find_conversation (MosIngest *self,
                              GError **error)
{
  g_autofree char *id = NULL;

  if ((self->survey == NULL && !mos_ingest_find_opt_out (self, error)) || (self->thread.conversation == NULL && !mos_ingest_decide (self, error)))
    return FALSE;
  if (self->thread.conversation != NULL &&
      (!mos_store_conversation_resolve (self->txn, self->thread.conversation, &id, error) ||
       (id != NULL && !mos_store_conversation_peek (self->txn, id, &self->conversation, error))))
    return FALSE;
  return mos_ingest_find_waiting (self, self->parsed->message_id, self->direction, error) &&
         (self->conversation != NULL || mos_ingest_adopt_conversation (self, error));
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
  if (mos_ingest_is_letter (self))
    row->language = g_strdup (self->language);
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
         mos_store_conversation_peek (self->txn, id, &self->conversation, error);
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

/* --- the message --- */

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
  row->reply_text = g_strdup (self->reply_text);
  row->has_html = parsed->html != NULL;
  row->language = g_strdup (self->language);
  row->attachments = g_ptr_array_ref (parsed->attachments);
  row->delivery = self->direction == MOS_DIRECTION_OUTGOING ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_RECEIVED;
  /* Of one beyond the limit only the head is here: that is said, and hides nothing. */
  row->why = g_strdup (self->cause != NULL ? self->cause : incoming->parsed != NULL ? incoming->parse_error
                                                                                    : NULL);
  row->head_only = self->direction == MOS_DIRECTION_INCOMING && incoming->parsed != NULL && g_strcmp0 (incoming->parse_error, MOS_INGEST_TOO_LARGE) == 0;
  row->unread = self->direction == MOS_DIRECTION_INCOMING && !mos_ingest_is_survey (self) && (incoming->flags & MOS_MESSAGE_FLAG_SEEN) == 0 && !incoming->archive;
  row->quarantined = self->cause != NULL;
  row->thread_evidence = g_strdup (self->thread.evidence);
  row->thread_index = g_strdup (parsed->thread_index);
  row->identity = g_strdup (self->identity);
  mos_message_row_fill (row);

  content->raw = g_bytes_ref (incoming->raw);
  content->raw_sha256 = g_strdup (self->raw_sha256);
  content->prepared = incoming->prepared != NULL ? g_hash_table_ref (incoming->prepared) : NULL;
  content->html = g_strdup (parsed->html);
  content->html_sha256 = g_strdup (incoming->html_sha256);
  content->digest = g_strdup (parsed->digest);
  content->customer = g_strdup (self->customer);
  content->archive = incoming->archive;
  /* Another desk on this mailbox, or we before a restore: a program wrote it. */
  content->automatic = self->direction == MOS_DIRECTION_OUTGOING && parsed->own_loop != NULL;
  return mos_store_message_add (self->txn, row, content, NULL, error);
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
  result->arrived = (outcome == MOS_INGEST_IMPORTED || self->is_released) && (!mos_ingest_is_survey (self) || self->is_news) && self->direction == MOS_DIRECTION_INCOMING && !self->incoming->archive;
  *ret_result = result;
  return TRUE;
}

/* Who does what this mail leads to: a person who wrote, or the program that read a machine's mail or found ours. */
static MosActor
mos_ingest_choose_actor (MosIngest *self)
{
  const MosActor *actor = mos_txn_get_actor (self->txn);

  if (self->incoming->archive || actor->kind == MOS_ACTOR_IMPORT)
    return (MosActor) { MOS_ACTOR_IMPORT, NULL };
  /* Found in Sent: whoever began this, or nobody we know. */
  if (self->direction == MOS_DIRECTION_OUTGOING)
    return *actor;
  if (self->cause == NULL)
    return (MosActor) { MOS_ACTOR_CUSTOMER, self->customer };
  return (MosActor) { MOS_ACTOR_SYSTEM, NULL };
}

static gboolean
mos_ingest_take (MosIngest *self,
                 MosIngestResult **ret_result,
                 GError **error)
{
  gboolean is_new;

  if (!mos_ingest_read_closely (self, error) || !mos_ingest_find_conversation (self, error))
    return FALSE;
  is_new = self->conversation == NULL;
  if (!is_new && !mos_ingest_is_survey (self) && !mos_ingest_judge_answer (self, error))
    return FALSE;
  if (is_new && !mos_ingest_open_conversation (self, error))
    return FALSE;

  if (!mos_ingest_is_survey (self) && !mos_ingest_add_participants (self, error))
    return FALSE;
  /* Before the message is there, so that an older answer is told from a newer one. */
  if (!is_new && self->cause == NULL && self->direction == MOS_DIRECTION_INCOMING && !self->incoming->archive && !mos_ingest_is_survey (self) &&
      !mos_ingest_wake_conversation (self, error))
    return FALSE;
  if (!is_new && self->conversation->quarantine != NULL && self->cause == NULL && self->direction == MOS_DIRECTION_OUTGOING &&
      !mos_store_conversation_clear_quarantine (self->txn, self->conversation->id, error))
    return FALSE;
  if (!mos_ingest_add_message (self, error) ||
      !mos_ingest_learn (self, error) ||
      !mos_ingest_put_location (self, self->id, error) ||
      !mos_ingest_settle_answered (self, error) ||
      (!is_new && !mos_ingest_follow_outreach (self, error)) ||
      !mos_ingest_follow_survey (self, error) ||
      !mos_ingest_count_automatic (self, error) ||
      !mos_ingest_wait (self, error) ||
      !mos_ingest_join_waiting (self, self->parsed->message_id, error) ||
      !mos_ingest_apply_bounces (self, error))
    return FALSE;
  if (self->cause == NULL && self->direction == MOS_DIRECTION_INCOMING && !mos_ingest_is_survey (self) &&
      !mos_order_links_find (self->txn, self->conversation->id, self->customer, self->parsed->subject, self->reply_text != NULL ? self->reply_text : self->parsed->text, error))
    return FALSE;

  return mos_ingest_give_result (self, self->cause != NULL ? MOS_INGEST_QUARANTINED : MOS_INGEST_IMPORTED,
                                 self->conversation->id, self->id, ret_result);
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
  const MosActor before = *mos_txn_get_actor (txn);
  MosActor actor;
  gboolean is_here;
  gboolean is_erased;
  gboolean is_taken;

  self.txn = txn;
  self.account = account;
  self.incoming = incoming;
  self.own = mos_account_list_own (account);
  self.key = mos_store_get_mac_key (mos_txn_get_store (txn));
  self.raw_sha256 = incoming->raw_sha256 != NULL ? g_strdup (incoming->raw_sha256) : mos_bytes_sha256 (incoming->raw);
  self.parsed = incoming->parsed != NULL ? mos_parsed_message_ref (incoming->parsed) : mos_ingest_empty_parsed (self.raw_sha256);
  mos_ingest_mend_time (&self);
  mos_ingest_classify (&self);
  if (!mos_ingest_apply_rules (&self, error))
    return FALSE;

  if (self.parsed->message_id != NULL)
    self.message_id = g_strdup (self.parsed->message_id);
  else
    self.message_id = g_strconcat (self.raw_sha256, "@local", NULL);
  self.id = mos_store_message_id (account->id, self.parsed->message_id, self.parsed->digest);

  if (!mos_ingest_find_own (&self, &known, error))
    return FALSE;
  if (known != NULL)
    return mos_ingest_meet_own (&self, known, error) &&
           mos_ingest_give_result (&self, MOS_INGEST_DUPLICATE, known->conversation, known->id, ret_result);

  if (!mos_store_message_is_here (txn, self.id, &is_here, error) ||
      (is_here && !mos_store_message_find (txn, self.id, &known, error)) ||
      (known == NULL && !mos_ingest_find_reread (txn, account->id, incoming, self.raw_sha256, &known, error)))
    return FALSE;
  if (known != NULL)
    return (self.incoming->role != MOS_FOLDER_SENT || mos_ingest_find_person (&self, error)) &&
           mos_ingest_meet_known (&self, known, error) &&
           mos_ingest_give_result (&self, MOS_INGEST_DUPLICATE, known->conversation, known->id, ret_result);

  /* Larger than what is fetched, and come by another road: not a second one. */
  if (!mos_ingest_find_head (&self, &known, error))
    return FALSE;
  if (known != NULL)
    {
      gboolean is_head = known->head_only;

      return (!is_head || mos_ingest_complete (txn, known, incoming->raw, self.parsed, error)) &&
             mos_ingest_meet_known (&self, known, error) &&
             mos_ingest_give_result (&self, is_head ? MOS_INGEST_COMPLETED : MOS_INGEST_DUPLICATE, known->conversation, known->id, ret_result);
    }

  if (!mos_ingest_is_erased (&self, &is_erased, error))
    return FALSE;
  if (is_erased)
    return mos_ingest_put_erased_place (&self, error) &&
           mos_ingest_give_result (&self, MOS_INGEST_ERASED, NULL, NULL, ret_result);

  if (!mos_ingest_find_survey (&self, error) || !mos_ingest_find_person (&self, error))
    return FALSE;
  actor = mos_ingest_choose_actor (&self);
  mos_txn_set_actor (txn, &actor);
  is_taken = mos_ingest_take (&self, ret_result, error);
  mos_txn_set_actor (txn, &before);
  return is_taken;
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

/* What was read from it: its HTML, its files, and how it ends */
static void
mos_ingest_prepare_parsed (MosStore *store,
                           MosIncoming *incoming)
{
  MosParsedMessage *parsed = incoming->parsed;

  if (parsed->html != NULL)
    {
      g_autoptr (GBytes) html = g_bytes_new_static (parsed->html, strlen (parsed->html));

      if (incoming->html_sha256 == NULL)
        incoming->html_sha256 = mos_bytes_sha256 (html);
      mos_store_blob_prepare (store, incoming->prepared, html, incoming->html_sha256);
    }
  for (guint i = 0; i < parsed->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (parsed->attachments, i);

      if (attachment->data != NULL && attachment->sha256 != NULL)
        mos_store_blob_prepare (store, incoming->prepared, attachment->data, attachment->sha256);
    }
  if (incoming->tail == NULL && parsed->classification == MOS_CLASSIFICATION_NORMAL)
    incoming->tail = mos_signature_tail (parsed->reply_text);
}

void
mos_ingest_prepare (MosStore *store,
                    GPtrArray *incoming,
                    GCancellable *cancellable)
{
  for (guint i = 0; i < incoming->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      MosIncoming *one = g_ptr_array_index (incoming, i);

      if (one->raw_sha256 == NULL)
        one->raw_sha256 = mos_bytes_sha256 (one->raw);
      if (one->prepared == NULL)
        one->prepared = mos_store_blob_prepared_new ();
      mos_store_blob_prepare (store, one->prepared, one->raw, one->raw_sha256);
      if (one->parsed != NULL)
        mos_ingest_prepare_parsed (store, one);
    }
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
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL }; /* each mail has its own */

  if (incoming->len == 0)
    {
      if (ret_results != NULL)
        *ret_results = g_steal_pointer (&results);
      return TRUE;
    }

  if (!mos_store_write_sync (store, &actor, NULL, mos_ingest_run_batch, &batch, NULL, cancellable, error))
    return FALSE;

  if (ret_results != NULL)
    *ret_results = g_steal_pointer (&results);
  return TRUE;
}
