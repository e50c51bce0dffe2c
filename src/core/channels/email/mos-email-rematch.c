/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-sync-private.h"

#include "core/mail/mime/mos-mime.h"

static gboolean
keep_message_id (const MosImapMessage *message,
                 gpointer user_data,
                 GError **error)
{
  GHashTable *ids = user_data;
  g_autoptr (MosParsedMessage) parsed = mos_mime_parse (message->raw, NULL);

  if (parsed != NULL && parsed->message_id != NULL)
    g_hash_table_insert (ids, GUINT_TO_POINTER (message->uid), g_strdup (parsed->message_id));
  return TRUE;
}

/* The folder was made anew on the server, or its numbers were: recognise what is here by Message-ID, size and time, fetch only the rest. */
gboolean
mos_email_rematch (MosEmailSync *self,
                   MosEmailFolder *folder,
                   guint32 uidvalidity,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (MosImapUidSet) nothing = mos_imap_uid_set_new ();
  g_autoptr (MosImapDiff) diff = mos_imap_session_diff_sync (self->session, nothing, 0, cancellable, error);
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_rematch_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GArray) unknown = NULL;

  if (diff == NULL)
    return FALSE;
  planned = mos_imap_session_plan_sync (self->session, diff->added, cancellable, error);
  if (planned == NULL)
    return FALSE;
  if (planned->len > 0 && !mos_imap_session_fetch_headers_sync (self->session, planned, keep_message_id, ids, cancellable, error))
    return FALSE;

  for (guint i = 0; i < planned->len; i++)
    {
      const MosImapPlanned *p = &g_array_index (planned, MosImapPlanned, i);
      MosRematch *candidate = mos_rematch_new ();

      candidate->uid = p->uid;
      candidate->flags = p->flags;
      candidate->size = p->size;
      candidate->received_us = p->received_us;
      candidate->message_id = g_strdup (g_hash_table_lookup (ids, GUINT_TO_POINTER (p->uid)));
      g_ptr_array_add (candidates, candidate);
    }
  return mos_channel_host_rematch_sync (self->host, self->account->id, folder->mailbox, folder->role, uidvalidity, candidates, &unknown, cancellable, error);
}
