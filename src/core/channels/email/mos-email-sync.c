/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-sync-private.h"

#include "core/mail/mime/mos-mime.h"

/* What is parsed before it is committed: bounds memory and what a kill costs. */
#define BATCH_MESSAGES 50
#define BATCH_BYTES (4 * 1024 * 1024)
/* What is asked for before looking whether something newer waits. */
#define SLICE_MESSAGES 300
#define SLICE_BYTES (16 * 1024 * 1024)

/**
 * mos_email_open_imap_sync:
 * @account: server, certificate authority and pin
 * @password: of the account
 *
 * Returns: (transfer full) (nullable): a session that is logged in
 */
MosImapSession *
mos_email_open_imap_sync (MosAccount *account,
                          const char *password,
                          GCancellable *cancellable,
                          GError **error)
{
  MosImapOptions options = {
    .password = password,
    .ca_file = account->ca_file,
    .pinned_certificate = account->pinned_certificate,
  };

  return mos_imap_session_open_sync (account->imap, &options, cancellable, error);
}

/**
 * mos_email_sync_open_sync:
 * @account: the account
 * @host: (transfer none): the desk; asked for the password
 * @hooks: (nullable): copied
 *
 * Connects, logs in and finds the folders.
 *
 * Returns: (transfer full) (nullable)
 */
MosEmailSync *
mos_email_sync_open_sync (MosAccount *account,
                          MosChannelHost *host,
                          const MosEmailSyncHooks *hooks,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (MosEmailSync) self = g_new0 (MosEmailSync, 1);
  g_autofree char *password = NULL;
  g_autoptr (GPtrArray) folders = NULL;
  const MosImapFolder *inbox;
  const MosImapFolder *sent;
  const char *followed[3] = { NULL };

  self->account = mos_account_ref (account);
  self->host = g_object_ref (host);
  if (hooks != NULL)
    self->hooks = *hooks;

  password = mos_channel_host_dup_password_sync (host, account->id, cancellable, error);
  if (password == NULL)
    return NULL;
  self->session = mos_email_open_imap_sync (account, password, cancellable, error);
  if (self->session == NULL)
    return NULL;

  folders = mos_imap_session_list_sync (self->session, cancellable, error);
  if (folders == NULL)
    return NULL;
  inbox = mos_imap_folders_find_role (folders, MOS_FOLDER_INBOX);
  sent = mos_imap_folders_find_role (folders, MOS_FOLDER_SENT);
  /* INBOX always exists, whatever a list says (RFC 9051 §5.1). */
  self->inbox = g_strdup (inbox != NULL ? inbox->mailbox : "INBOX");
  self->sent = sent != NULL && sent->can_select ? g_strdup (sent->mailbox) : NULL;

  followed[0] = self->inbox;
  followed[1] = self->sent;
  if (!mos_channel_host_forget_folders_sync (host, account->id, followed, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/** mos_email_sync_free: takes leave of the server, two seconds at most. %NULL and half-open ones are fine. */
void
mos_email_sync_free (MosEmailSync *self)
{
  if (self == NULL)
    return;
  if (self->session != NULL)
    {
      if (mos_imap_session_is_open (self->session))
        mos_imap_session_logout_sync (self->session);
      mos_imap_session_free (self->session);
    }
  mos_email_rest_clear (&self->rest_inbox);
  mos_email_rest_clear (&self->rest_sent);
  mos_account_unref (self->account);
  g_object_unref (self->host);
  g_free (self->inbox);
  g_free (self->sent);
  g_free (self);
}

gboolean
mos_email_sync_is_open (MosEmailSync *self)
{
  return mos_imap_session_is_open (self->session);
}

/** mos_email_sync_get_inbox: Returns: (transfer none): the Inbox's name as on the wire */
const char *
mos_email_sync_get_inbox (MosEmailSync *self)
{
  return self->inbox;
}

/** mos_email_sync_get_on_server: Returns: messages in the folders followed, as of the last pass */
guint64
mos_email_sync_get_on_server (MosEmailSync *self)
{
  return self->on_server_inbox + self->on_server_sent;
}

/* --- one folder --- */

typedef struct
{
  MosEmailSync *sync;
  MosEmailRest *rest;    /* of this folder */
  MosFolderState *state; /* (owned): what the host knows */
  MosFolderRole role;
  MosSyncCounts *counts;
  MosIngestFlags ingest_flags;
  GCancellable *cancellable;

  GPtrArray *batch; /* (owned) of MosIncoming */
  gsize batch_bytes;
  guint64 done;
  guint64 total;
} FolderPass;

static void
folder_pass_clear (FolderPass *pass)
{
  g_clear_pointer (&pass->state, mos_folder_state_unref);
  g_clear_pointer (&pass->batch, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FolderPass, folder_pass_clear)

static void
tell_progress (FolderPass *pass)
{
  if (pass->sync->hooks.progress != NULL)
    pass->sync->hooks.progress (pass->done, pass->total, pass->sync->hooks.data);
}

static gboolean
flush_batch (FolderPass *pass,
             GError **error)
{
  g_autoptr (GPtrArray) batch = NULL;

  if (pass->batch->len == 0)
    return TRUE;

  batch = g_steal_pointer (&pass->batch);
  pass->batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  pass->batch_bytes = 0;
  if (!mos_channel_host_ingest_sync (pass->sync->host, batch, pass->ingest_flags, pass->counts, pass->cancellable, error))
    return FALSE;
  pass->done += batch->len;
  tell_progress (pass);
  return TRUE;
}

static gboolean
take_message (const MosImapMessage *message,
              gpointer user_data,
              GError **error)
{
  FolderPass *pass = user_data;
  MosIncoming *incoming = mos_incoming_new ();
  g_autoptr (GError) local = NULL;

  incoming->account = g_strdup (pass->sync->account->id);
  incoming->folder = g_strdup (pass->state->folder);
  incoming->role = pass->role;
  incoming->uidvalidity = pass->state->uidvalidity;
  incoming->uid = message->uid;
  incoming->flags = message->flags;
  incoming->received_us = message->received_us;
  incoming->raw = g_bytes_ref (message->raw);
  incoming->parsed = mos_mime_parse (message->raw, &local);
  if (incoming->parsed == NULL)
    incoming->parse_error = g_strdup ("unreadable");
  else if (message->is_truncated)
    incoming->parse_error = g_strdup ("too-large"); /* only its header is here */
  if (incoming->received_us == 0 && incoming->parsed != NULL)
    incoming->received_us = incoming->parsed->sent_us;
  incoming->archive = incoming->received_us < pass->sync->account->work_since_us;

  pass->counts->fetched++;
  g_ptr_array_add (pass->batch, incoming);
  pass->batch_bytes += g_bytes_get_size (message->raw);
  if (pass->batch->len >= BATCH_MESSAGES || pass->batch_bytes >= BATCH_BYTES)
    return flush_batch (pass, error);
  return TRUE;
}

static MosImapUidSet *
known_uids (MosFolderState *state)
{
  MosImapUidSet *set = mos_imap_uid_set_new ();

  for (guint i = 0; i < state->places->len; i++)
    mos_imap_uid_set_add (set, g_array_index (state->places, MosPlace, i).uid);
  return set;
}

static const MosPlace *
find_place (MosFolderState *state,
            guint32 uid)
{
  guint low = 0;
  guint high = state->places->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const MosPlace *place = &g_array_index (state->places, MosPlace, middle);

      if (place->uid == uid)
        return place;
      if (place->uid < uid)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

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
static gboolean
rematch (FolderPass *pass,
         guint32 uidvalidity,
         GError **error)
{
  g_autoptr (MosImapUidSet) nothing = mos_imap_uid_set_new ();
  g_autoptr (MosImapDiff) diff = mos_imap_session_diff_sync (pass->sync->session, nothing, 0, pass->cancellable, error);
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_rematch_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GArray) unknown = NULL;

  if (diff == NULL)
    return FALSE;
  planned = mos_imap_session_plan_sync (pass->sync->session, diff->added, pass->cancellable, error);
  if (planned == NULL)
    return FALSE;
  if (planned->len > 0 && !mos_imap_session_fetch_headers_sync (pass->sync->session, planned, keep_message_id, ids, pass->cancellable, error))
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
  pass->counts->updated++;
  return mos_channel_host_rematch_sync (pass->sync->host, pass->sync->account->id, pass->state->folder, pass->role, uidvalidity, candidates, &unknown,
                                        pass->cancellable, error);
}

static gboolean
follow_removals (FolderPass *pass,
                 const MosImapUidSet *removed,
                 GError **error)
{
  g_autoptr (GArray) uids = NULL;
  const MosImapUidRange *ranges;
  guint n = 0;

  if (mos_imap_uid_set_is_empty (removed))
    return TRUE;

  uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  ranges = mos_imap_uid_set_get_ranges (removed, &n);
  for (guint i = 0; i < n; i++)
    for (guint64 uid = ranges[i].first; uid <= ranges[i].last; uid++)
      {
        guint32 value = (guint32) uid;

        g_array_append_val (uids, value);
      }
  pass->counts->updated += uids->len;
  return mos_channel_host_removed_sync (pass->sync->host, pass->sync->account->id, pass->state->folder, pass->state->uidvalidity, uids, pass->cancellable, error);
}

static gboolean
follow_flags (FolderPass *pass,
              GArray *flags,
              GError **error)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (MosPlace));

  for (guint i = 0; flags != NULL && i < flags->len; i++)
    {
      const MosImapFlags *now = &g_array_index (flags, MosImapFlags, i);
      const MosPlace *before = find_place (pass->state, now->uid);
      MosPlace place = { now->uid, now->flags };

      if (before != NULL && before->flags != now->flags)
        g_array_append_val (changed, place);
    }
  if (changed->len == 0)
    return TRUE;
  pass->counts->updated += changed->len;
  return mos_channel_host_flags_changed_sync (pass->sync->host, pass->sync->account->id, pass->state->folder, pass->state->uidvalidity, changed,
                                              pass->cancellable, error);
}

/* What somebody read here meanwhile is written back at once; the plan stays good. */
static gboolean
write_flags_between (FolderPass *pass,
                     GError **error)
{
  MosEmailSync *sync = pass->sync;
  MosImapSelected selected = { 0 };

  if (sync->hooks.take_flags == NULL || !sync->hooks.take_flags (sync->hooks.data))
    return TRUE;
  if (!mos_email_sync_write_flags_sync (sync, pass->cancellable, error) ||
      !mos_imap_session_select_sync (sync->session, pass->state->folder, FALSE, 0, 0, &selected, pass->cancellable, error))
    return FALSE;
  if (selected.uidvalidity == pass->state->uidvalidity)
    return TRUE;
  g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY, "The messages of %s were numbered anew meanwhile", pass->state->folder);
  return FALSE;
}

/* Newest first, in slices, so that new mail never waits behind years of old mail. @modseq: of the look that planned it */
static gboolean
fetch_added (FolderPass *pass,
             GArray *planned,
             guint64 modseq,
             gboolean may_stop,
             gboolean *ret_complete,
             GError **error)
{
  guint begin = 0;

  pass->total = planned->len;
  tell_progress (pass);
  while (begin < planned->len)
    {
      g_autoptr (GArray) slice = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
      guint64 bytes = 0;

      if (may_stop && begin > 0 && pass->sync->hooks.is_interrupted != NULL && pass->sync->hooks.is_interrupted (pass->sync->hooks.data))
        {
          mos_email_rest_set (pass->rest, pass->state->uidvalidity, modseq, planned, begin);
          *ret_complete = FALSE;
          return TRUE;
        }
      if (begin > 0 && !write_flags_between (pass, error))
        return FALSE;
      while (begin < planned->len && slice->len < SLICE_MESSAGES && bytes < SLICE_BYTES)
        {
          bytes += g_array_index (planned, MosImapPlanned, begin).size;
          g_array_append_val (slice, g_array_index (planned, MosImapPlanned, begin));
          begin++;
        }
      if (!mos_imap_session_fetch_sync (pass->sync->session, slice, take_message, pass, NULL, pass->cancellable, error))
        {
          /* What came whole is kept; the rest is still missing and fetched next time. */
          if (!g_cancellable_is_cancelled (pass->cancellable))
            flush_batch (pass, NULL);
          return FALSE;
        }
      if (!flush_batch (pass, error))
        return FALSE;
    }
  return TRUE;
}

/* What is to be fetched now, newest first: @added and what an earlier pass did not come to. @later: (nullable): takes what is not work. */
static GArray *
plan_added (FolderPass *pass,
            const MosImapUidSet *added,
            GArray *later,
            GError **error)
{
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GArray) work = NULL;

  planned = mos_imap_uid_set_is_empty (added) ? g_array_new (FALSE, FALSE, sizeof (MosImapPlanned))
                                              : mos_imap_session_plan_sync (pass->sync->session, added, pass->cancellable, error);
  if (planned == NULL)
    return NULL;
  pass->counts->planned += planned->len;
  mos_email_rest_merge (pass->rest, planned);
  if (later == NULL)
    return g_steal_pointer (&planned);

  work = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  for (guint i = 0; i < planned->len; i++)
    {
      const MosImapPlanned *one = &g_array_index (planned, MosImapPlanned, i);

      g_array_append_vals (one->received_us < pass->sync->account->work_since_us ? later : work, one, 1);
    }
  return g_steal_pointer (&work);
}

/* @state: (nullable) (transfer full): what the host knows, where that was asked already. @only_work: leave old mail for later and do not move the cursor. */
static gboolean
sync_folder (MosEmailSync *self,
             const char *mailbox,
             MosFolderRole role,
             MosFolderState *state,
             gboolean only_work,
             MosSyncCounts *counts,
             gboolean *ret_first,
             gboolean *ret_complete,
             GCancellable *cancellable,
             GError **error)
{
  g_auto (FolderPass) pass = { .sync = self, .role = role, .counts = counts, .cancellable = cancellable };
  g_autoptr (MosFolderState) cursor = mos_folder_state_new ();
  g_autoptr (MosImapUidSet) known = NULL;
  g_autoptr (MosImapUidSet) held = NULL;
  g_autoptr (MosImapUidSet) removed = NULL;
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GArray) later = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  MosImapSelected selected = { 0 };

  pass.rest = role == MOS_FOLDER_INBOX ? &self->rest_inbox : &self->rest_sent;
  pass.batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  pass.state = state != NULL ? state : mos_channel_host_load_folder_sync (self->host, self->account->id, mailbox, cancellable, error);
  if (pass.state == NULL)
    return FALSE;
  if (!mos_imap_session_select_sync (self->session, mailbox, FALSE, pass.state->uidvalidity, pass.state->first_sync_done ? pass.state->modseq : 0,
                                     &selected, cancellable, error))
    return FALSE;
  *(role == MOS_FOLDER_INBOX ? &self->on_server_inbox : &self->on_server_sent) = selected.exists;

  cursor->account = g_strdup (self->account->id);
  cursor->folder = g_strdup (mailbox);
  cursor->role = role;
  cursor->uidvalidity = selected.uidvalidity;
  cursor->places = g_array_new (FALSE, FALSE, sizeof (MosPlace));

  if (selected.uidvalidity != pass.state->uidvalidity)
    {
      if (pass.state->uidvalidity != 0)
        {
          if (!rematch (&pass, selected.uidvalidity, error))
            return FALSE;
        }
      else if (!mos_channel_host_save_folder_sync (self->host, cursor, cancellable, error))
        return FALSE;

      mos_folder_state_unref (pass.state);
      pass.state = mos_channel_host_load_folder_sync (self->host, self->account->id, mailbox, cancellable, error);
      if (pass.state == NULL)
        return FALSE;
      if (pass.state->uidvalidity != selected.uidvalidity)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The host did not keep the new state of %s", mailbox);
          return FALSE;
        }
      pass.state->modseq = 0;
    }
  *ret_first = !pass.state->first_sync_done;
  pass.ingest_flags = pass.state->first_sync_done ? MOS_INGEST_DEFAULT : MOS_INGEST_FIRST_SYNC;

  known = known_uids (pass.state);
  if (pass.rest->uidvalidity != selected.uidvalidity)
    mos_email_rest_clear (pass.rest);
  mos_email_rest_drop (pass.rest, known);
  held = mos_imap_uid_set_copy (known);
  mos_email_rest_add_uids (pass.rest, held);
  /* Flags of what came since the last look came with it. */
  diff = mos_imap_session_diff_sync (self->session, held, pass.state->first_sync_done ? pass.state->modseq : pass.rest->modseq, cancellable, error);
  if (diff == NULL)
    return FALSE;
  removed = mos_imap_uid_set_intersect (diff->removed, known);
  if (!follow_removals (&pass, removed, error) || !follow_flags (&pass, diff->flags, error))
    return FALSE;

  mos_email_rest_drop (pass.rest, diff->removed);
  planned = plan_added (&pass, diff->added, only_work ? later : NULL, error);
  if (planned == NULL || (planned->len > 0 && !fetch_added (&pass, planned, diff->highestmodseq, !only_work, ret_complete, error)))
    return FALSE;
  if (only_work)
    mos_email_rest_set (pass.rest, selected.uidvalidity, diff->highestmodseq, later, 0);
  if (only_work || !*ret_complete)
    return TRUE;
  mos_email_rest_clear (pass.rest);

  cursor->uidnext = selected.uidnext;
  cursor->modseq = diff->highestmodseq;
  cursor->first_sync_done = TRUE;
  /* Nothing moved: nothing to write. */
  if (pass.state->first_sync_done && cursor->uidnext == pass.state->uidnext && cursor->modseq == pass.state->modseq)
    return TRUE;
  return mos_channel_host_save_folder_sync (self->host, cursor, cancellable, error);
}

/**
 * mos_email_sync_run_sync:
 * @folders: which to look at
 * @counts: (inout): increased
 * @ret_complete: (out): %FALSE when is_interrupted() ended it early: run again
 *
 * One pass: new mail newest first, flags and removals. Each folder's cursor
 * moves only after everything up to it was taken; what an interruption left is
 * kept and gone on with. At a first sync mail that is
 * work comes first, from both folders, then work_ready, then the rest.
 *
 * Returns: %FALSE with @error; the session is over when mos_email_sync_is_open() says so
 */
gboolean
mos_email_sync_run_sync (MosEmailSync *self,
                         MosEmailSyncFolders folders,
                         MosSyncCounts *counts,
                         gboolean *ret_complete,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (MosFolderState) inbox = NULL;
  gboolean first = FALSE;

  *ret_complete = TRUE;

  if ((folders & MOS_EMAIL_SYNC_INBOX) && !self->work_is_here)
    {
      inbox = mos_channel_host_load_folder_sync (self->host, self->account->id, self->inbox, cancellable, error);
      if (inbox == NULL)
        return FALSE;
      if (!inbox->first_sync_done)
        folders |= MOS_EMAIL_SYNC_SENT;
      if (!inbox->first_sync_done && !inbox->work_ready)
        {
          gboolean ignored;

          g_clear_pointer (&inbox, mos_folder_state_unref);
          if (!sync_folder (self, self->inbox, MOS_FOLDER_INBOX, NULL, TRUE, counts, &first, &ignored, cancellable, error) ||
              (self->sent != NULL && !sync_folder (self, self->sent, MOS_FOLDER_SENT, NULL, TRUE, counts, &first, &ignored, cancellable, error)) ||
              !mos_channel_host_work_ready_sync (self->host, self->account->id, cancellable, error))
            return FALSE;
        }
      self->work_is_here = TRUE;
    }

  /* Tens of thousands of places are read once a pass. */
  if ((folders & MOS_EMAIL_SYNC_INBOX) &&
      !sync_folder (self, self->inbox, MOS_FOLDER_INBOX, g_steal_pointer (&inbox), FALSE, counts, &first, ret_complete, cancellable, error))
    return FALSE;

  if ((folders & MOS_EMAIL_SYNC_SENT) && self->sent != NULL && *ret_complete &&
      !sync_folder (self, self->sent, MOS_FOLDER_SENT, NULL, FALSE, counts, &first, ret_complete, cancellable, error))
    return FALSE;

  counts->on_server = mos_email_sync_get_on_server (self);
  return TRUE;
}
