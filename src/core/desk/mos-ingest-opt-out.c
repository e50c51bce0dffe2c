/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/desk/mos-outreach-words.h"
#include "core/desk/mos-token.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-outreach.h"
#include "core/values/mos-customer-values.h"

/* An outreach's message lies in a conversation that nobody sees. Who answers makes it one; who only says that he wants no more is let go, and makes none. */

/* @ret_id, @ret_evidence: (out) (transfer full) (nullable) */
static gboolean
find_token (MosIngest *self,
            char **ret_id,
            char **ret_evidence,
            GError **error)
{
  GPtrArray *lists[] = { self->parsed->delivered_to, self->parsed->to, self->parsed->cc };
  gint64 number;

  *ret_id = *ret_evidence = NULL;
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len && i < 50; i++)
      {
        MosAddress *address = g_ptr_array_index (lists[l], i);

        if (mos_own_contains ((const char *const *) self->own, address->address))
          *ret_id = mos_token_parse_opt_out_address (self->key, address->address);
        if (*ret_id != NULL)
          {
            *ret_evidence = g_strconcat ("token ", address->address, NULL);
            return TRUE;
          }
      }
  number = mos_token_parse_opt_out_hook (self->key, self->parsed->subject);
  if (number != 0)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_conversation_find_by_number (self->txn, number, &row, error))
        return FALSE;
      *ret_id = row != NULL ? g_strdup (row->id) : NULL;
      *ret_evidence = g_strconcat ("token ", self->parsed->subject, NULL);
    }
  return TRUE;
}

gboolean
mos_ingest_find_opt_out (MosIngest *self,
                         GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *evidence = NULL;
  g_autofree char *message = NULL;

  /* Programs send it on a click, and may say that they are programs. Old mail said it long ago, to somebody else. */
  if (self->direction != MOS_DIRECTION_INCOMING || self->incoming->archive || self->parsed->bounces->len > 0 ||
      (self->classification != MOS_CLASSIFICATION_NORMAL && self->classification != MOS_CLASSIFICATION_BULK && self->classification != MOS_CLASSIFICATION_AUTO_REPLY))
    return TRUE;
  if (!find_token (self, &id, &evidence, error))
    return FALSE;
  if (id == NULL)
    return TRUE;
  /* Of what is erased nothing is left to opt out of: a person reads it. */
  if (!mos_store_outreach_find_silent (self->txn, id, &message, NULL, error))
    return FALSE;
  if (message == NULL)
    return TRUE;
  self->thread.conversation = g_steal_pointer (&id);
  self->thread.evidence = g_steal_pointer (&evidence);
  self->present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cause = MOS_INGEST_OPT_OUT;
  return TRUE;
}

gboolean
mos_ingest_judge_answer (MosIngest *self,
                         GError **error)
{
  gboolean is_alone, is_promotional;

  if (self->direction != MOS_DIRECTION_INCOMING || self->incoming->archive)
    return TRUE;
  if (!mos_store_outreach_find_silent (self->txn, self->conversation->id, &self->outreach, &is_alone, error))
    return FALSE;
  if (self->outreach == NULL || self->cause != NULL || !is_alone || self->classification != MOS_CLASSIFICATION_NORMAL || self->parsed->attachments->len > 0)
    return TRUE;
  /* In a conversation a "stop" may stop something else. */
  if (!mos_store_outreach_is_promotional (self->txn, self->outreach, &is_promotional, error))
    return FALSE;
  if (is_promotional && mos_outreach_words_is_opt_out (self->reply_text))
    self->cause = MOS_INGEST_OPT_OUT;
  return TRUE;
}

/* Whoever it was sent to, whoever pressed the button. */
static gboolean
opt_out (MosIngest *self,
         GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;

  if (!mos_store_outreach_note_opt_out (self->txn, self->outreach, self->incoming->received_us, error) ||
      !mos_store_event_add (self->txn, self->conversation->id, self->id, "opt-out", NULL, NULL, self->incoming->received_us, FALSE, error))
    return FALSE;
  if (self->conversation->customer == NULL)
    return TRUE;
  if (!mos_store_customer_find (self->txn, self->conversation->customer, &row, error))
    return FALSE;
  if (row == NULL || row->consent == MOS_CONSENT_OPTED_OUT)
    return TRUE;
  copy = mos_customer_row_copy (row);
  copy->consent = MOS_CONSENT_OPTED_OUT;
  return mos_store_customer_save (self->txn, copy, error);
}

gboolean
mos_ingest_follow_outreach (MosIngest *self,
                            GError **error)
{
  const MosActor before = *mos_txn_get_actor (self->txn);
  const MosActor customer = { MOS_ACTOR_CUSTOMER, self->conversation->customer };
  gboolean ok;

  if (self->outreach == NULL)
    return TRUE;
  if (g_strcmp0 (self->cause, MOS_INGEST_OPT_OUT) != 0)
    return self->cause != NULL || mos_store_outreach_note_answer (self->txn, self->outreach, self->incoming->received_us, error);
  mos_txn_set_actor (self->txn, &customer);
  ok = opt_out (self, error);
  mos_txn_set_actor (self->txn, &before);
  return ok;
}
