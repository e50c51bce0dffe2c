/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/desk/mos-rows.h"
#include "core/desk/mos-token.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-joining.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-waiting.h"

#include <string.h>

/* A parent that comes after its answers, as on a first sync, which brings the newest first. A message that refers to what is not here waits for
 * those of its references that are stronger than what it was joined by; when one arrives, the same rules decide as if it had been here before.
 * So what belongs together does not depend on the order in which it came: each message hangs on the strongest it refers to, of all that is here. */

typedef struct
{
  MosMessageRow *row;       /* (owned): waits */
  MosParsedMessage *parsed; /* (owned): what of it counts */
  MosThreadAnswer answer;   /* @conversation is set when it belongs to the arriving message's */
  GStrv ids;                /* (owned) */
} MosIngestWaiting;

static void
mos_ingest_waiting_free (MosIngestWaiting *self)
{
  mos_message_row_unref (self->row);
  mos_parsed_message_unref (self->parsed);
  mos_thread_answer_clear (&self->answer);
  g_strfreev (self->ids);
  g_free (self);
}

/* --- to wait --- */

/* A MAC of ours or the person's own setting is no guess that a better one follows. */
static gboolean
mos_ingest_is_settled (const char *evidence)
{
  return g_str_has_prefix (evidence, "token ") || g_str_has_prefix (evidence, "marker ") || g_str_has_prefix (evidence, "subject-hook ");
}

gboolean
mos_ingest_wait (MosIngest *self,
                 GError **error)
{
  const char *evidence = self->thread.evidence;
  gboolean is_by_id = g_str_has_prefix (evidence, "bounce ") || g_str_has_prefix (evidence, "in-reply-to ") || g_str_has_prefix (evidence, "references ");
  const char *found = is_by_id ? strchr (evidence, ' ') + 1 : NULL;
  const char *wanted[MOS_STORE_WAITING_IDS + 1] = { NULL };
  g_auto (GStrv) ids = NULL;
  guint n = 0;

  if (mos_ingest_is_settled (evidence))
    return TRUE;
  ids = mos_thread_list_ids (self->parsed);
  for (guint i = 0; ids[i] != NULL && g_strcmp0 (ids[i], found) != 0; i++)
    {
      if (g_hash_table_contains (self->present, ids[i]) || g_strcmp0 (ids[i], self->parsed->message_id) == 0)
        continue;
      /* The strongest, and what it all began with. */
      if (n < MOS_STORE_WAITING_IDS)
        n++;
      wanted[n - 1] = ids[i];
    }
  return mos_store_waiting_add (self->txn, self->account->id, self->id, wanted, error);
}

/* --- what waits for it --- */

static gboolean
mos_ingest_is_report (MosClassification classification)
{
  return classification == MOS_CLASSIFICATION_BOUNCE_HARD || classification == MOS_CLASSIFICATION_BOUNCE_SOFT || classification == MOS_CLASSIFICATION_DELIVERY_REPORT ||
         classification == MOS_CLASSIFICATION_FEEDBACK_REPORT;
}

/* What of a stored message its references are looked up with. Which message a report is about stands in its bytes alone. */
static gboolean
mos_ingest_recall (MosIngest *self,
                   MosMessageRow *row,
                   MosParsedMessage **ret_parsed,
                   GError **error)
{
  MosParsedMessage *parsed = mos_parsed_message_new ();

  parsed->message_id = g_strdup (row->message_id);
  parsed->in_reply_to = g_strdup (row->in_reply_to);
  parsed->references = g_strdupv (row->references);
  parsed->from = row->from != NULL ? mos_address_ref (row->from) : NULL;
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
  if (parsed->references == NULL)
    parsed->references = g_new0 (char *, 1);
  *ret_parsed = parsed;

  if (mos_ingest_is_report (row->classification))
    {
      g_autoptr (GBytes) raw = NULL;
      g_autoptr (MosParsedMessage) whole = NULL;
      g_autoptr (GError) local = NULL;

      if (!mos_store_message_load_raw (self->txn, row->id, &raw, &local))
        {
          /* Damage in an old mail keeps no new one out. */
          if (g_error_matches (local, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT))
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      whole = raw != NULL ? mos_mime_parse (raw, NULL) : NULL;
      if (whole != NULL)
        {
          g_ptr_array_unref (parsed->bounces);
          parsed->bounces = g_ptr_array_ref (whole->bounces);
        }
    }
  return TRUE;
}

gboolean
mos_ingest_find_waiting (MosIngest *self,
                         const char *message_id,
                         MosDirection direction,
                         GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) candidates = NULL;
  g_autoptr (MosMessageRow) parent = NULL;

  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  /* An id with our proof on somebody else's mail: whoever got one of ours can copy it. */
  if (message_id == NULL || (direction != MOS_DIRECTION_OUTGOING && mos_token_is_own_message_id (self->key, message_id)))
    return TRUE;
  rows = mos_store_waiting_list (self->txn, self->account->id, message_id, error);
  if (rows == NULL || rows->len == 0)
    return rows != NULL;

  parent = mos_message_row_new ();
  parent->account = g_strdup (self->account->id);
  parent->conversation = g_strdup ("here");
  parent->direction = direction;
  parent->classification = self->classification;
  parent->to = g_ptr_array_ref (self->parsed->to);
  parent->cc = g_ptr_array_ref (self->parsed->cc);
  parent->bcc = g_ptr_array_ref (self->parsed->bcc);
  candidates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_hash_table_insert (candidates, (gpointer) message_id, g_ptr_array_new ());
  g_ptr_array_add (g_hash_table_lookup (candidates, message_id), parent);

  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_ingest_waiting_free);
  for (guint i = 0; i < rows->len; i++)
    {
      MosIngestWaiting *waiting = g_new0 (MosIngestWaiting, 1);
      MosThreadQuestion question = { NULL, self->account->id, (const char *const *) self->own, self->key, candidates };

      g_ptr_array_add (self->waiting, waiting);
      waiting->row = mos_message_row_ref (g_ptr_array_index (rows, i));
      if (!mos_ingest_recall (self, waiting->row, &waiting->parsed, error))
        return FALSE;
      waiting->ids = mos_thread_list_ids (waiting->parsed);
      question.parsed = waiting->parsed;
      /* It waits for what is stronger than all that was here: of those, this is the one. */
      mos_thread_decide (&question, &waiting->answer);
      /* Another id with the same digest. */
      if (g_str_equal (waiting->answer.evidence, "new") && !g_strv_contains ((const char *const *) waiting->ids, message_id))
        g_ptr_array_set_size (self->waiting, (gint) self->waiting->len - 1);
    }
  return TRUE;
}

/* It began its conversation. */
static gboolean
mos_ingest_is_root (MosMessageRow *row)
{
  return row->thread_evidence == NULL || g_str_equal (row->thread_evidence, "new") || g_str_has_prefix (row->thread_evidence, "broadcast ");
}

static gboolean
mos_ingest_find_now (MosIngest *self,
                     const char *id,
                     MosConversationRow **ret_row,
                     GError **error)
{
  g_autofree char *now = NULL;

  *ret_row = NULL;
  return mos_store_conversation_resolve (self->txn, id, &now, error) &&
         (now == NULL || mos_store_conversation_peek (self->txn, now, ret_row, error));
}

/* Whom of two the other is joined to: the one somebody works on, then the one with the lower number, which may have been told to somebody. */
static gboolean
mos_ingest_is_better (MosIngest *self,
                      MosConversationRow *one,
                      MosConversationRow *other,
                      gboolean *ret_is,
                      GError **error)
{
  gboolean is_one_worked, is_other_worked;

  if (!mos_store_conversation_is_worked (self->txn, one->id, &is_one_worked, error) ||
      !mos_store_conversation_is_worked (self->txn, other->id, &is_other_worked, error))
    return FALSE;
  *ret_is = is_one_worked != is_other_worked ? is_one_worked : one->number < other->number;
  return TRUE;
}

/* Spam and what lies in the bin are not joined to anything else: that was decided about what was seen. */
static gboolean
mos_ingest_is_apart (MosConversationRow *row)
{
  return row->deleted_us != 0 || row->status == MOS_STATUS_SPAM;
}

/* The answers' conversation, for a message that refers to nothing here. What begins it now gives it its name, where nobody worked on it. */
gboolean
mos_ingest_adopt_conversation (MosIngest *self,
                               GError **error)
{
  gboolean is_worked;

  for (guint i = 0; self->waiting != NULL && i < self->waiting->len; i++)
    {
      MosIngestWaiting *waiting = g_ptr_array_index (self->waiting, i);
      g_autoptr (MosConversationRow) row = NULL;
      gboolean is_better = TRUE;

      if (waiting->answer.conversation == NULL || !mos_ingest_is_root (waiting->row))
        continue;
      if (!mos_ingest_find_now (self, waiting->row->conversation, &row, error))
        return FALSE;
      if (row == NULL)
        continue;
      if (self->conversation != NULL && mos_ingest_is_apart (row) != mos_ingest_is_apart (self->conversation))
        is_better = !mos_ingest_is_apart (row);
      else if (self->conversation != NULL && !mos_ingest_is_better (self, row, self->conversation, &is_better, error))
        return FALSE;
      if (!is_better)
        continue;
      g_clear_pointer (&self->conversation, mos_conversation_row_unref);
      self->conversation = g_steal_pointer (&row);
    }
  if (self->conversation == NULL || self->incoming->received_us > self->conversation->created_us || self->cause != NULL)
    return TRUE;
  if (!mos_store_conversation_is_worked (self->txn, self->conversation->id, &is_worked, error))
    return FALSE;
  if (is_worked)
    return TRUE;
  if (strcmp (self->conversation->subject, self->parsed->subject) != 0 &&
      !mos_store_conversation_set_subject (self->txn, self->conversation->id, self->parsed->subject, error))
    return FALSE;
  if (self->customer == NULL || g_strcmp0 (self->conversation->customer, self->customer) == 0)
    return TRUE;
  g_set_str (&self->conversation->customer, self->customer);
  return mos_store_conversation_set_customer (self->txn, self->conversation->id, self->customer, error);
}

/* --- to join them --- */

/* @message and what hangs on it in its conversation, by what each was joined by. @ret_all: (out): that is everything there */
static GPtrArray *
mos_ingest_list_hanging (MosIngest *self,
                         MosMessageRow *message,
                         const char *conversation,
                         gboolean *ret_all,
                         GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (self->txn, conversation, error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;
  gboolean is_more = TRUE;

  if (rows == NULL)
    return NULL;
  g_ptr_array_add (ids, g_strdup (message->id));
  if (message->message_id != NULL)
    g_hash_table_add (known, message->message_id);
  while (is_more)
    {
      is_more = FALSE;
      n = 0;
      for (guint i = 0; i < rows->len; i++)
        {
          MosMessageRow *row = g_ptr_array_index (rows, i);
          const char *id = row->thread_evidence != NULL ? strchr (row->thread_evidence, ' ') : NULL;

          if (row->direction != MOS_DIRECTION_INCOMING && row->direction != MOS_DIRECTION_OUTGOING)
            continue;
          n++;
          if (id == NULL || !g_hash_table_contains (known, id + 1) || strcmp (row->id, message->id) == 0 || !g_hash_table_add (taken, row))
            continue;
          g_ptr_array_add (ids, g_strdup (row->id));
          if (row->message_id != NULL)
            g_hash_table_add (known, row->message_id);
          is_more = TRUE;
        }
    }
  *ret_all = ids->len >= n;
  g_ptr_array_add (ids, NULL);
  return g_steal_pointer (&ids);
}

/* In a batch of its own, so that it can be taken back alone. */
static gboolean
mos_ingest_gather (MosIngest *self,
                   MosIngestWaiting *waiting,
                   MosConversationRow *there,
                   GError **error)
{
  gboolean is_whole = mos_ingest_is_root (waiting->row);
  g_autoptr (GPtrArray) hanging = NULL;
  MosConversationRow *here = self->conversation;
  gboolean is_better = FALSE;

  if (!is_whole)
    {
      hanging = mos_ingest_list_hanging (self, waiting->row, there->id, &is_whole, error);
      if (hanging == NULL)
        return FALSE;
    }
  if (!mos_txn_begin_batch (self->txn, is_whole ? "merge" : "move", error) || !mos_store_message_set_evidence (self->txn, waiting->row->id, waiting->answer.evidence, error))
    return FALSE;
  if (!is_whole)
    return mos_store_message_set_gathered (self->txn, (const char *const *) hanging->pdata, there->id, here->id, error) &&
           (there->status != MOS_STATUS_OPEN || here->status == MOS_STATUS_OPEN || mos_store_conversation_set_status (self->txn, here->id, MOS_STATUS_OPEN, 0, error));

  if (!mos_ingest_is_better (self, there, here, &is_better, error))
    return FALSE;
  if (!is_better)
    return mos_store_conversation_set_gathered (self->txn, there->id, here->id, error);
  return mos_store_conversation_set_gathered (self->txn, here->id, there->id, error);
}

/* A report that came before what it is about. */
static gboolean
mos_ingest_report_late (MosIngest *self,
                        MosIngestWaiting *waiting,
                        GError **error)
{
  MosIngest late = { .txn = self->txn, .account = self->account, .incoming = self->incoming, .parsed = waiting->parsed, .own = self->own, .key = self->key };

  if (!g_str_has_prefix (waiting->answer.evidence, "bounce "))
    return TRUE;
  late.classification = waiting->row->classification;
  late.direction = waiting->row->direction;
  return mos_ingest_apply_bounces (&late, error);
}

static gboolean
mos_ingest_join_one (MosIngest *self,
                     const char *message_id,
                     MosIngestWaiting *waiting,
                     GError **error)
{
  g_autoptr (MosConversationRow) there = NULL;
  g_autoptr (MosConversationRow) here = NULL;
  g_autofree char *here_id = g_strdup (self->conversation->id);
  const char *const *weaker = (const char *const *) waiting->ids;
  gboolean is_circle;

  /* It waits for what is stronger still; a newsletter is one that it answered, and waits for the others. */
  while (*weaker != NULL && strcmp (*weaker, message_id) != 0)
    weaker++;
  if (*weaker == NULL)
    return TRUE;
  if (waiting->answer.conversation == NULL)
    {
      const char *one[] = { message_id, NULL };

      return mos_store_waiting_remove (self->txn, self->account->id, waiting->row->id, one, error) &&
             (!mos_ingest_is_root (waiting->row) || !g_str_has_prefix (waiting->answer.evidence, "broadcast ") ||
              mos_store_message_set_evidence (self->txn, waiting->row->id, waiting->answer.evidence, error));
    }
  if (!mos_store_waiting_remove (self->txn, self->account->id, waiting->row->id, weaker, error) ||
      !mos_ingest_find_now (self, waiting->row->conversation, &there, error) || !mos_ingest_find_now (self, here_id, &here, error))
    return FALSE;
  if (there == NULL || here == NULL)
    return TRUE;
  g_clear_pointer (&self->conversation, mos_conversation_row_unref);
  self->conversation = g_steal_pointer (&here);

  if (strcmp (there->id, self->conversation->id) == 0)
    {
      /* They answer each other: one of them began it. */
      is_circle = mos_ingest_is_root (waiting->row) && self->thread.evidence != NULL && !g_str_equal (self->thread.evidence, "new");
      return (is_circle || mos_store_message_set_evidence (self->txn, waiting->row->id, waiting->answer.evidence, error)) &&
             mos_ingest_report_late (self, waiting, error);
    }
  /* Where a person put it, it stays. */
  if ((waiting->row->origin != NULL && !waiting->row->joined) || mos_ingest_is_apart (there) || mos_ingest_is_apart (self->conversation))
    return TRUE;
  return mos_ingest_gather (self, waiting, there, error) &&
         mos_txn_begin_batch (self->txn, NULL, error) &&
         mos_ingest_report_late (self, waiting, error);
}

gboolean
mos_ingest_join_waiting (MosIngest *self,
                         const char *message_id,
                         GError **error)
{
  const MosActor before = *mos_txn_get_actor (self->txn);
  const MosActor nobody = { MOS_ACTOR_SYSTEM, NULL };
  gboolean ok = TRUE;

  if (self->waiting == NULL)
    return TRUE;
  mos_txn_set_actor (self->txn, &nobody);
  for (guint i = 0; ok && i < self->waiting->len; i++)
    ok = mos_ingest_join_one (self, message_id, g_ptr_array_index (self->waiting, i), error);
  mos_txn_set_actor (self->txn, &before);
  if (ok)
    {
      g_autoptr (MosConversationRow) now = NULL;

      ok = mos_ingest_find_now (self, self->conversation->id, &now, error);
      if (now != NULL)
        {
          g_clear_pointer (&self->conversation, mos_conversation_row_unref);
          self->conversation = g_steal_pointer (&now);
        }
    }
  return ok;
}

gboolean
mos_ingest_join_answers (MosIngest *self,
                         MosMessageRow *row,
                         const char *message_id,
                         GError **error)
{
  if (!mos_ingest_find_waiting (self, message_id, row->direction, error))
    return FALSE;
  if (self->waiting == NULL)
    return TRUE;
  g_clear_pointer (&self->conversation, mos_conversation_row_unref);
  return mos_ingest_find_now (self, row->conversation, &self->conversation, error) &&
         (self->conversation == NULL || mos_ingest_join_waiting (self, message_id, error));
}
