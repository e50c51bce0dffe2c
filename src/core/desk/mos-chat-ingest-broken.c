/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-ingest-private.h"

#include "core/base/mos-bytes.h"
#include "core/base/mos-id.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-messages.h"

/* What a platform brings and forgets, and this version cannot read, is kept as it came, in the quarantine. It has neither writer nor chat. */

/* As mail that is damaged is told apart there. */
#define CAUSE "unreadable"

static gboolean
open_conversation (MosChatIngest *self,
                   GError **error)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autofree char *id = NULL;

  row->subject = g_strdup ("");
  row->priority = MOS_PRIORITY_NORMAL;
  row->account = g_strdup (self->account->id);
  row->channel = g_strdup (self->account->kind);
  row->created_us = self->at_us;
  row->archive = self->batch->is_old;
  row->quarantine = g_strdup (CAUSE);
  row->status = self->batch->is_old ? MOS_STATUS_CLOSED : MOS_STATUS_OPEN;
  mos_conversation_row_fill (row);
  return mos_store_conversation_add (self->txn, row, &id, NULL, error) && mos_store_conversation_peek (self->txn, id, &self->conversation, error);
}

static gboolean
add_message (MosChatIngest *self,
             GError **error)
{
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();

  row->id = g_strdup (self->message);
  row->conversation = g_strdup (self->conversation->id);
  row->account = g_strdup (self->account->id);
  row->direction = MOS_DIRECTION_INCOMING;
  row->delivery = MOS_DELIVERY_RECEIVED;
  row->received_us = row->sent_us = self->at_us;
  row->subject = g_strdup ("");
  row->text = g_strdup ("");
  row->reply_text = g_strdup ("");
  row->why = g_strdup (self->update->why);
  row->why_detail = g_strdup (self->update->detail);
  row->quarantined = TRUE;
  row->thread_evidence = g_strdup ("new");
  mos_message_row_fill (row);
  content->raw = g_bytes_ref (self->update->raw);
  content->archive = self->batch->is_old;
  return mos_store_message_add (self->txn, row, content, NULL, error);
}

gboolean
mos_chat_take_broken (MosChatIngest *self,
                      MosIngestResult **ret_result,
                      GError **error)
{
  const MosActor before = *mos_txn_get_actor (self->txn);
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_autofree char *sha256 = mos_bytes_sha256 (self->update->raw);
  gboolean is_here = FALSE, is_erased = FALSE, is_done;

  self->message = mos_id_derive ("chat-broken", self->account->id, sha256, NULL);
  if (!mos_store_message_is_here (self->txn, self->message, &is_here, error) || !mos_store_erased_find (self->txn, "id", self->message, &is_erased, error))
    return FALSE;
  if (is_here || is_erased)
    return TRUE;
  mos_txn_set_actor (self->txn, &actor);
  is_done = open_conversation (self, error) && add_message (self, error);
  mos_txn_set_actor (self->txn, &before);
  if (!is_done)
    return FALSE;
  *ret_result = mos_ingest_result_new ();
  (*ret_result)->outcome = MOS_INGEST_QUARANTINED;
  (*ret_result)->conversation = g_strdup (self->conversation->id);
  (*ret_result)->message = g_strdup (self->message);
  (*ret_result)->cause = g_strdup (CAUSE);
  return TRUE;
}
