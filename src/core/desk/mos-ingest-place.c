/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-token.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customer-erase.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-moves.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

/* @folder: id of the folder it is in */
static gboolean
mos_ingest_ensure_folder (MosIngest *self,
                          const char *folder,
                          GError **error)
{
  MosIncoming *incoming = self->incoming;
  g_autoptr (MosFolderRow) row = NULL;
  gboolean is_known;

  if (!mos_store_folder_is_known (self->txn, folder, &is_known, error))
    return FALSE;
  if (is_known)
    return TRUE;

  row = mos_folder_row_new ();
  row->account = g_strdup (incoming->account);
  row->name = g_strdup (incoming->folder);
  row->role = incoming->role;
  row->uidvalidity = incoming->uidvalidity;
  row->followed = TRUE;
  /* Not all of it is here yet; the sync says when it is. */
  row->backfill_uid = 1;
  return mos_store_folder_save (self->txn, row, error);
}

/* From before its writer (or whom it was written to) was erased: no mail of theirs brings them back, be it one that nobody had met yet. */
static gboolean
mos_ingest_is_forgotten (MosIngest *self,
                         gboolean *ret_is_forgotten,
                         GError **error)
{
  g_autofree char *identity = NULL;
  gint64 at = 0;

  *ret_is_forgotten = FALSE;
  if (self->person == NULL)
    return TRUE;
  identity = mos_store_identity_id ("email", "", self->person->address);
  if (!mos_store_erased_find_identity (self->txn, identity, &at, error))
    return FALSE;
  *ret_is_forgotten = self->incoming->received_us < at;
  return TRUE;
}

gboolean
mos_ingest_is_erased (MosIngest *self,
                      gboolean *ret_is_erased,
                      GError **error)
{
  MosParsedMessage *parsed = self->parsed;
  g_autofree char *own = NULL, *raw = NULL;

  if (!mos_ingest_is_forgotten (self, ret_is_erased, error) || *ret_is_erased)
    return *ret_is_erased;
  if (!mos_store_erased_find (self->txn, "id", self->id, ret_is_erased, error) || *ret_is_erased)
    return *ret_is_erased;
  raw = g_strconcat (self->account->id, " ", self->raw_sha256, NULL);
  if (!mos_store_erased_find (self->txn, "raw", raw, ret_is_erased, error) || *ret_is_erased)
    return *ret_is_erased;
  /* One of ours: in Sent, or with our own keyed Message-ID; else anybody could keep a mail from coming by naming one. */
  if (parsed->message_id == NULL || (self->incoming->role != MOS_FOLDER_SENT && !mos_ingest_is_keyed (self)))
    return TRUE;
  own = g_strconcat (self->account->id, " ", parsed->message_id, NULL);
  return mos_store_erased_find (self->txn, "message-id", own, ret_is_erased, error) &&
         (*ret_is_erased || mos_store_erased_find (self->txn, "own-id", parsed->own_id, ret_is_erased, error));
}

gboolean
mos_ingest_put_erased_place (MosIngest *self,
                             GError **error)
{
  MosIncoming *incoming = self->incoming;
  g_autofree char *folder = NULL;

  if (incoming->folder == NULL || incoming->uid == 0)
    return TRUE;
  folder = mos_store_folder_id (incoming->account, incoming->folder);
  return mos_ingest_ensure_folder (self, folder, error) &&
         mos_store_erased_put_place (self->txn, folder, incoming->uidvalidity, incoming->uid, error);
}

gboolean
mos_ingest_put_location (MosIngest *self,
                         const char *message,
                         GError **error)
{
  MosIncoming *incoming = self->incoming;
  g_autoptr (MosLocation) location = NULL;

  if (incoming->folder == NULL || incoming->uid == 0)
    return TRUE;
  location = mos_location_new ();
  location->message = g_strdup (message);
  location->folder = mos_store_folder_id (incoming->account, incoming->folder);
  if (!mos_ingest_ensure_folder (self, location->folder, error))
    return FALSE;

  location->uidvalidity = incoming->uidvalidity;
  location->uid = incoming->uid;
  location->flags = incoming->flags;
  return mos_store_location_put (self->txn, location, error);
}

/* --- our own message, met again --- */

/* Anybody who got a mail of ours can copy its headers: outside of our own Sent folder all of them must fit. */
gboolean
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

/* The copy is there. One before anybody of us began to put one there, or a second one beside ours: this server files what it sends by itself. */
static gboolean
mos_ingest_settle_copy (MosIngest *self,
                        MosMessageRow *row,
                        GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (GPtrArray) locations = NULL;
  g_autofree char *folder = NULL;
  gboolean is_second = FALSE;

  if (self->incoming->folder == NULL || !mos_store_outbox_find (self->txn, row->id, &item, error))
    return self->incoming->folder == NULL;
  if (item == NULL)
    return TRUE;
  folder = mos_store_folder_id (self->incoming->account, self->incoming->folder);
  locations = mos_store_location_list_of_message (self->txn, row->id, error);
  if (locations == NULL)
    return FALSE;
  for (guint i = 0; i < locations->len; i++)
    {
      MosLocation *location = g_ptr_array_index (locations, i);

      is_second |= g_str_equal (location->folder, folder) && !location->removed && location->uidvalidity == self->incoming->uidvalidity && location->uid != self->incoming->uid;
    }
  if (!mos_store_outbox_set_sent_copy_done (self->txn, row->id, error))
    return FALSE;
  if (item->copy_attempts > 0 && !is_second)
    return TRUE;
  return mos_store_cursor_set (self->txn, self->account->id, MOS_SENT_FILING_CURSOR, MOS_SENT_FILING_SERVER, error);
}

/* A copy that is known says nothing new of a message that is sent once more, to who sent it back. */
static gboolean
mos_ingest_is_copied (MosIngest *self,
                      MosMessageRow *row,
                      gboolean *ret_is,
                      GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  if (!mos_store_outbox_find (self->txn, row->id, &item, error))
    return FALSE;
  *ret_is = item != NULL && item->sent_copy_done;
  return TRUE;
}

gboolean
mos_ingest_meet_own (MosIngest *self,
                     MosMessageRow *row,
                     GError **error)
{
  gboolean is_copied = FALSE;

  /* Its Message-ID bears our proof, and nobody could have seen it before a server had it. A draft is nothing a server accepted. */
  if (self->incoming->role != MOS_FOLDER_DRAFTS && !mos_ingest_is_copied (self, row, &is_copied, error))
    return FALSE;
  if (self->incoming->role != MOS_FOLDER_DRAFTS && !is_copied && !mos_outbox_take_evidence (self->txn, row->id, error))
    return FALSE;
  if (self->incoming->role == MOS_FOLDER_SENT)
    {
      /* Some servers put their own Message-ID in place of ours: answers will refer to it. */
      if (self->parsed->message_id != NULL && g_strcmp0 (self->parsed->message_id, row->message_id) != 0 &&
          (!mos_store_message_add_message_id (self->txn, row->id, self->parsed->message_id, error) ||
           !mos_ingest_join_answers (self, row, self->parsed->message_id, error)))
        return FALSE;
      if (!mos_ingest_settle_copy (self, row, error))
        return FALSE;
    }
  return mos_ingest_put_location (self, row->id, error);
}

/* The two ids must be of one mail: who got two of ours cannot make a third of them. */
gboolean
mos_ingest_is_keyed (MosIngest *self)
{
  MosParsedMessage *parsed = self->parsed;
  gsize length = parsed->own_id != NULL ? strlen (parsed->own_id) : 0;

  return length > 0 && mos_token_is_own_message_id (self->key, parsed->message_id) &&
         g_ascii_strncasecmp (parsed->message_id, parsed->own_id, length) == 0 && parsed->message_id[length] == '.';
}

/* Larger ones are not read anew in the middle of a transaction: their bytes tell. */
#define MOS_INGEST_MAX_REREAD (1024 * 1024)

gboolean
mos_ingest_find_reread (MosTxn *txn,
                        const char *account,
                        MosIncoming *incoming,
                        const char *raw_sha256,
                        MosMessageRow **ret_row,
                        GError **error)
{
  MosParsedMessage *parsed = incoming->parsed;
  g_autoptr (GPtrArray) same = mos_store_message_list_received (txn, account, raw_sha256, NULL, error);
  g_autoptr (GPtrArray) alike = NULL;
  gboolean is_head;

  *ret_row = NULL;
  if (same == NULL)
    return FALSE;
  if (same->len > 0)
    return mos_store_message_find (txn, g_ptr_array_index (same, 0), ret_row, error);
  if (parsed == NULL || parsed->message_id == NULL || g_bytes_get_size (incoming->raw) > MOS_INGEST_MAX_REREAD)
    return TRUE;

  is_head = g_strcmp0 (incoming->parse_error, MOS_INGEST_TOO_LARGE) == 0;
  alike = mos_store_message_list_received (txn, account, NULL, parsed->message_id, error);
  for (guint i = 0; alike != NULL && i < alike->len; i++)
    {
      g_autoptr (GBytes) raw = NULL;
      g_autoptr (MosParsedMessage) anew = NULL;
      g_autoptr (GError) local = NULL;

      if (!mos_store_message_load_raw (txn, g_ptr_array_index (alike, i), &raw, &local))
        {
          /* Damage in an old mail keeps no new one out. */
          if (g_error_matches (local, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT))
            continue;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      /* The whole of it is here already, from a file perhaps. */
      if (is_head && raw != NULL && mos_ingest_has_head (raw, parsed->digest))
        return mos_store_message_find (txn, g_ptr_array_index (alike, i), ret_row, error);
      anew = raw != NULL && g_bytes_get_size (raw) <= MOS_INGEST_MAX_REREAD ? mos_mime_parse (raw, NULL) : NULL;
      if (anew != NULL && g_strcmp0 (anew->digest, parsed->digest) == 0)
        return mos_store_message_find (txn, g_ptr_array_index (alike, i), ret_row, error);
    }
  return alike != NULL;
}

/* It lies where mail lies that somebody wants. Not where it is only marked as deleted: that is how a server that cannot move mail (RFC 6851), nor expunge
 * some of it (RFC 4315), shows what was copied to Junk. */
static gboolean
mos_ingest_is_out_of_junk (MosIngest *self)
{
  return self->incoming->role != MOS_FOLDER_JUNK && self->incoming->role != MOS_FOLDER_TRASH && (self->incoming->flags & MOS_MESSAGE_FLAG_DELETED) == 0;
}

/* We put it into Junk, and somebody took it out with another program: that is "not spam". */
static gboolean
mos_ingest_take_out_of_spam (MosIngest *self,
                             MosMessageRow *row,
                             GError **error)
{
  g_autoptr (MosConversationRow) conversation = NULL;
  const char *ids[] = { row->conversation, NULL };
  gboolean was_moved = FALSE;

  if (!mos_store_move_was_moved (self->txn, row->id, &was_moved, error))
    return FALSE;
  if (!was_moved)
    return TRUE;
  return mos_store_move_forget (self->txn, row->id, error) &&
         mos_store_conversation_find (self->txn, row->conversation, &conversation, error) &&
         (conversation == NULL || conversation->status != MOS_STATUS_SPAM || mos_action_mark_not_spam (self->txn, ids, error));
}

gboolean
mos_ingest_meet_known (MosIngest *self,
                       MosMessageRow *row,
                       GError **error)
{
  g_autoptr (MosConversationRow) conversation = NULL;
  gboolean was_in_junk = FALSE;

  if (!mos_ingest_was_in_junk (self, row, &was_in_junk, error) || !mos_ingest_put_location (self, row->id, error) ||
      ((self->incoming->flags & MOS_MESSAGE_FLAG_SEEN) != 0 && self->incoming->folder != NULL && !mos_store_message_follow_seen (self->txn, row->id, error)))
    return FALSE;
  if (self->incoming->role == MOS_FOLDER_JUNK && !was_in_junk)
    return mos_ingest_follow_junk (self->txn, row, error);
  /* Somebody took it out of the server's Junk folder: that is a release. */
  if (row->quarantined && g_strcmp0 (row->why, MOS_INGEST_JUNK) == 0 && mos_ingest_is_out_of_junk (self))
    {
      const char *ids[] = { row->id, NULL };

      self->is_released = TRUE;
      return mos_action_release_messages (self->txn, ids, error);
    }
  if (mos_ingest_is_out_of_junk (self) && !mos_ingest_take_out_of_spam (self, row, error))
    return FALSE;
  if (self->incoming->role != MOS_FOLDER_SENT || row->direction != MOS_DIRECTION_INCOMING || g_strcmp0 (row->why, MOS_INGEST_OWN_ADDRESS) != 0)
    return TRUE;

  if (!mos_store_message_set_sent (self->txn, row->id, error) ||
      !mos_store_conversation_find (self->txn, row->conversation, &conversation, error))
    return FALSE;
  if (conversation == NULL || conversation->quarantine == NULL)
    return TRUE;
  /* It began the conversation. */
  return mos_store_conversation_clear_quarantine (self->txn, conversation->id, error) &&
         (conversation->customer != NULL || self->customer == NULL ||
          mos_store_conversation_set_customer (self->txn, conversation->id, self->customer, error)) &&
         (conversation->archive || conversation->status != MOS_STATUS_OPEN ||
          mos_store_conversation_set_status (self->txn, conversation->id, MOS_STATUS_PENDING, 0, error));
}
