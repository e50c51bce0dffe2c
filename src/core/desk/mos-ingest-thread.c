/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/base/mos-text.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

/* What mos-threading.c wants to know of the store, and the one rule that is a question to the store: the same subject. */

/* No honest mail answers to more; the first and the last ones are looked up. */
#define MOS_INGEST_MAX_REFERENCES 100

typedef struct
{
  MosIngest *ingest;
  GError *error; /* (owned) (nullable) */
} MosIngestLookup;

static gboolean
mos_ingest_is_there (const char *conversation,
                     gint64 number,
                     const char *sender,
                     gpointer data)
{
  MosIngestLookup *lookup = data;
  MosIngest *self = lookup->ingest;
  g_autoptr (MosConversationRow) row = NULL;
  gboolean is_participant = TRUE;

  if (lookup->error != NULL)
    return FALSE;
  if (!(conversation != NULL ? mos_store_conversation_find (self->txn, conversation, &row, &lookup->error)
                             : mos_store_conversation_find_by_number (self->txn, number, &row, &lookup->error)))
    return FALSE;
  /* The account where it began counts, also when it was merged into one of another. */
  if (row == NULL || strcmp (row->account, self->account->id) != 0)
    return FALSE;
  if (sender != NULL && !mos_store_conversation_has_participant (self->txn, row->id, sender, &is_participant, &lookup->error))
    return FALSE;
  return is_participant;
}

static char *
mos_ingest_fold_subject (const char *subject)
{
  g_autofree char *folded = g_utf8_casefold (mos_text_strip_subject (subject), -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t", -1);
  GString *text = g_string_new (NULL);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", *word);
  return g_string_free (text, FALSE);
}

/* Only where the owner asked for it: the same sender writes again, with the same subject and nothing else that tells what it belongs to.
 * A shop's or a marketplace's own mails all have one subject and one sender, which is why nobody gets this unasked. */
static gboolean
mos_ingest_try_subject (MosIngest *self,
                        GError **error)
{
  gint64 since_us = self->incoming->received_us - (gint64) self->account->join_subject_days * G_TIME_SPAN_DAY;
  g_autofree char *wanted = mos_ingest_fold_subject (self->parsed->subject);
  g_autoptr (GPtrArray) rows = NULL;

  if (self->account->join_subject_days <= 0 || *wanted == '\0' || self->identity == NULL || self->direction != MOS_DIRECTION_INCOMING ||
      self->cause != NULL || self->classification != MOS_CLASSIFICATION_NORMAL || self->parsed->is_contact_form)
    return TRUE;
  rows = mos_store_conversation_list_open_of_sender (self->txn, self->account->id, self->identity, since_us, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      MosConversationRow *row = g_ptr_array_index (rows, i);
      g_autofree char *subject = mos_ingest_fold_subject (row->subject);

      if (strcmp (subject, wanted) != 0)
        continue;
      self->thread.conversation = g_strdup (row->id);
      g_free (self->thread.evidence);
      self->thread.evidence = g_strconcat ("same-subject ", mos_text_strip_subject (self->parsed->subject), NULL);
      return TRUE;
    }
  return TRUE;
}

/* What no References could overrule */
static gboolean
mos_ingest_is_decided (const MosThreadAnswer *answer)
{
  return answer->conversation != NULL &&
         (g_str_has_prefix (answer->evidence, "token ") || g_str_has_prefix (answer->evidence, "bounce ") || g_str_has_prefix (answer->evidence, "in-reply-to "));
}

gboolean
mos_ingest_decide (MosIngest *self,
                   GError **error)
{
  g_auto (GStrv) ids = mos_thread_list_ids (self->parsed);
  guint n_strong = self->parsed->bounces->len + 1;
  g_autoptr (GHashTable) candidates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) outlook = NULL;
  MosIngestLookup lookup = { self, NULL };
  MosThreadQuestion question = { self->parsed, self->account->id, (const char *const *) self->own, self->key, candidates, NULL, mos_ingest_is_there, &lookup };
  guint n = g_strv_length (ids);

  self->present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++)
    {
      const char *one[] = { ids[i], NULL };
      GPtrArray *rows;

      if (i >= MOS_INGEST_MAX_REFERENCES / 2 && i < n - MIN (n, MOS_INGEST_MAX_REFERENCES / 2))
        continue;
      rows = mos_store_message_find_by_message_ids (self->txn, self->account->id, one, error);
      if (rows == NULL)
        return FALSE;
      if (rows->len > 0)
        g_hash_table_add (self->present, g_strdup (ids[i]));
      /* Strangers to each other: what answers one of them would come to any. Ours is known all the same. */
      if (rows->len >= MOS_STORE_SAME_ID_MAX)
        for (guint r = rows->len; r > 0; r--)
          if (((MosMessageRow *) g_ptr_array_index (rows, r - 1))->direction != MOS_DIRECTION_OUTGOING)
            g_ptr_array_remove_index (rows, r - 1);
      g_hash_table_insert (candidates, ids[i], rows);
      /* Most answers name what they answer, and a long thread has hundreds of References. */
      if (i + 1 < n_strong && i + 1 < n)
        continue;
      if (i + 1 == MIN (n_strong, n) && n > 1)
        {
          mos_thread_decide (&question, &self->thread);
          if (lookup.error == NULL && mos_ingest_is_decided (&self->thread))
            return TRUE;
          mos_thread_answer_clear (&self->thread);
          if (lookup.error != NULL)
            break;
        }
    }
  if (lookup.error == NULL && self->parsed->thread_index != NULL)
    {
      outlook = mos_store_message_find_by_thread_index (self->txn, self->account->id, self->parsed->thread_index, error);
      if (outlook == NULL)
        return FALSE;
      question.outlook = outlook;
    }

  if (lookup.error == NULL)
    mos_thread_decide (&question, &self->thread);
  if (lookup.error != NULL)
    {
      g_propagate_error (error, lookup.error);
      return FALSE;
    }
  if (self->thread.number != 0)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_conversation_find_by_number (self->txn, self->thread.number, &row, error))
        return FALSE;
      self->thread.conversation = row != NULL ? g_strdup (row->id) : NULL;
    }
  if (g_strcmp0 (self->thread.evidence, "new") == 0)
    return mos_ingest_try_subject (self, error);
  return TRUE;
}
