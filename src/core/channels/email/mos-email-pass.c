/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-sync-private.h"

#include "core/channels/email/mos-email-intake.h"
#include "core/mail/mime/mos-mime.h"

/* What is parsed before it is committed: bounds memory, what a kill costs, and how long others wait for the store. Fewer go at once
 * where the store is idle: then the line is what all wait for, and mail is seen as it comes. */
#define BATCH_FEW 25
#define BATCH_MESSAGES 125
#define BATCH_BYTES (4 * 1024 * 1024)
/* What is planned in one go. Between two the line runs empty, and of so many each is tried alone when a server gives none of them. */
#define SLICE_MESSAGES 2000
#define SLICE_BYTES (64 * 1024 * 1024)

typedef struct
{
  MosEmailSync *sync;
  MosEmailFolder *folder;
  MosEmailRest *rest;    /* of this folder */
  MosFolderState *state; /* (owned): what the host knows */
  MosSyncCounts *counts;
  MosIngestFlags ingest_flags;
  GCancellable *cancellable;

  GPtrArray *batch; /* (owned) of MosIncoming */
  gsize batch_bytes;
  MosEmailIntake *intake;   /* (owned): stores the batch before meanwhile */
  MosImapUidSet *delivered; /* (owned) (nullable): of the slice that is being fetched */
  gboolean may_stop;        /* for something newer */
  gboolean is_interrupted;  /* something newer waits */
  gboolean flags_wait;      /* to be written back */
  guint64 done;
  guint64 total;
} FolderPass;

static void
folder_pass_clear (FolderPass *pass)
{
  g_clear_pointer (&pass->state, mos_folder_state_unref);
  g_clear_pointer (&pass->intake, mos_email_intake_free);
  g_clear_pointer (&pass->batch, g_ptr_array_unref);
  g_clear_pointer (&pass->delivered, mos_imap_uid_set_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FolderPass, folder_pass_clear)

static void
tell_progress (FolderPass *pass)
{
  if (pass->sync->hooks.progress != NULL)
    pass->sync->hooks.progress (pass->done, pass->total, pass->sync->hooks.data);
}

static void
count_stored (FolderPass *pass)
{
  guint64 stored = mos_email_intake_take_counts (pass->intake, pass->counts);

  if (stored == 0)
    return;
  pass->done += stored;
  tell_progress (pass);
}

/* Gives what was parsed to be stored, which goes on meanwhile. */
static gboolean
hand_over (FolderPass *pass,
           GError **error)
{
  g_autoptr (GPtrArray) batch = NULL;
  gboolean is_large = pass->batch_bytes > BATCH_BYTES;
  gboolean ok;

  if (pass->batch->len == 0)
    return TRUE;

  batch = g_steal_pointer (&pass->batch);
  pass->batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  pass->batch_bytes = 0;
  ok = mos_email_intake_put (pass->intake, g_steal_pointer (&batch), pass->ingest_flags, pass->cancellable, error) &&
       /* Nothing else is made beside what is large. */
       (!is_large || mos_email_intake_wait (pass->intake, error));
  count_stored (pass);
  return ok;
}

/* Everything that came is committed when this returns. */
static gboolean
flush_batch (FolderPass *pass,
             GError **error)
{
  gboolean ok = hand_over (pass, error) && mos_email_intake_wait (pass->intake, error);

  count_stored (pass);
  return ok;
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
  incoming->role = pass->folder->role;
  incoming->uidvalidity = pass->state->uidvalidity;
  incoming->uid = message->uid;
  incoming->flags = message->flags;
  incoming->received_us = message->received_us;
  incoming->raw = g_bytes_ref (message->raw);
  incoming->parsed = mos_mime_parse (message->raw, &local);
  if (incoming->parsed == NULL)
    incoming->parse_error = g_strdup ("unreadable");
  else if (message->is_truncated)
    incoming->parse_error = g_strdup ("too-large"); /* MOS_INGEST_TOO_LARGE: only its header is here */
  if (incoming->received_us == 0 && incoming->parsed != NULL)
    incoming->received_us = incoming->parsed->sent_us;
  incoming->archive = incoming->received_us < pass->sync->account->work_since_us;

  pass->counts->fetched++;
  mos_imap_uid_set_add (pass->delivered, message->uid);
  g_ptr_array_add (pass->batch, incoming);
  pass->batch_bytes += g_bytes_get_size (message->raw);
  if (pass->batch->len >= BATCH_MESSAGES || pass->batch_bytes >= BATCH_BYTES || (pass->batch->len >= BATCH_FEW && mos_email_intake_is_idle (pass->intake)))
    return hand_over (pass, error);
  return TRUE;
}

/* Between what is asked for: whether to ask for more, or to see to something else first */
static gboolean
may_go_on (gpointer user_data)
{
  FolderPass *pass = user_data;
  const MosEmailSyncHooks *hooks = &pass->sync->hooks;

  pass->is_interrupted |= pass->may_stop && hooks->is_interrupted != NULL && hooks->is_interrupted (hooks->data);
  pass->flags_wait |= hooks->take_flags != NULL && hooks->take_flags (hooks->data);
  return !pass->is_interrupted && !pass->flags_wait;
}

MosImapUidSet *
mos_email_pass_list_accounted (MosFolderState *state)
{
  MosImapUidSet *set = mos_imap_uid_set_new ();

  for (guint i = 0; i < state->places->len; i++)
    mos_imap_uid_set_add (set, g_array_index (state->places, MosPlace, i).uid);
  for (guint i = 0; state->missing != NULL && i < state->missing->len; i++)
    mos_imap_uid_set_add (set, g_array_index (state->missing, MosMissingPlace, i).uid);
  for (guint i = 0; state->erased != NULL && i < state->erased->len; i++)
    mos_imap_uid_set_add (set, g_array_index (state->erased, guint32, i));
  return set;
}

/* What is not to be fetched: here, erased, or missing and not due. */
static MosImapUidSet *
held_uids (MosFolderState *state)
{
  MosImapUidSet *set = mos_email_pass_list_accounted (state);

  for (guint i = 0; state->missing != NULL && i < state->missing->len; i++)
    if (g_array_index (state->missing, MosMissingPlace, i).is_due)
      mos_imap_uid_set_remove (set, g_array_index (state->missing, MosMissingPlace, i).uid);
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

static GArray *
list_uids (const MosImapUidSet *set)
{
  GArray *uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n = 0;
  const MosImapUidRange *ranges = mos_imap_uid_set_get_ranges (set, &n);

  for (guint i = 0; i < n; i++)
    for (guint64 uid = ranges[i].first; uid <= ranges[i].last; uid++)
      {
        guint32 value = (guint32) uid;

        g_array_append_val (uids, value);
      }
  return uids;
}

static gboolean
follow_removals (FolderPass *pass,
                 const MosImapUidSet *removed,
                 GError **error)
{
  g_autoptr (GArray) uids = NULL;

  if (mos_imap_uid_set_is_empty (removed))
    return TRUE;

  uids = list_uids (removed);
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

  if (!pass->flags_wait)
    return TRUE;
  pass->flags_wait = FALSE;
  if (!mos_email_sync_write_flags_sync (sync, pass->cancellable, error) ||
      !mos_imap_session_select_sync (sync->session, pass->state->folder, FALSE, 0, 0, &selected, pass->cancellable, error))
    return FALSE;
  if (selected.uidvalidity == pass->state->uidvalidity)
    return TRUE;
  g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY, "The messages of %s were numbered anew meanwhile", pass->state->folder);
  return FALSE;
}

/* The server named them and gave nothing. What is still there when asked again is remembered, so that nobody takes it for fetched. */
static gboolean
note_missing (FolderPass *pass,
              const MosImapUidSet *uids,
              const char *why,
              const char *detail,
              GError **error)
{
  g_autoptr (MosImapUidSet) nothing = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) still = NULL;
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) list = NULL;
  MosImapWake wake = 0;

  if (mos_imap_uid_set_is_empty (uids))
    return TRUE;
  if (!mos_imap_session_noop_sync (pass->sync->session, &wake, pass->cancellable, error))
    return FALSE;
  diff = mos_imap_session_diff_sync (pass->sync->session, nothing, 0, pass->cancellable, error);
  if (diff == NULL)
    return FALSE;
  still = mos_imap_uid_set_intersect (diff->added, uids);
  if (mos_imap_uid_set_is_empty (still))
    return TRUE;
  list = list_uids (still);
  g_debug ("%s: %u messages of %s could not be fetched: %s", pass->sync->account->address, list->len, pass->folder->mailbox, detail != NULL ? detail : why);
  return mos_channel_host_note_missing_sync (pass->sync->host, pass->sync->account->id, pass->state->folder, pass->state->uidvalidity, list, why, detail,
                                             pass->cancellable, error);
}

/* The connection ended while these were on their way: one of them may be the cause, as with a server that gives up at a mail it cannot read. Alone it is
 * asked for next time; alone it has shown that it is. Whether it can be noted or not, the error stays what it is. */
static void
note_broken (FolderPass *pass,
             GArray *slice,
             const GError *cause)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < slice->len; i++)
    if (!mos_imap_uid_set_contains (pass->delivered, g_array_index (slice, MosImapPlanned, i).uid))
      g_array_append_val (left, g_array_index (slice, MosImapPlanned, i).uid);
  if (left->len > 0 &&
      !mos_channel_host_note_missing_sync (pass->sync->host, pass->sync->account->id, pass->state->folder, pass->state->uidvalidity, left,
                                           slice->len == 1 ? "refused" : MOS_CHANNEL_SUSPECT, cause->message, pass->cancellable, &error))
    g_debug ("What was on its way was not noted: %s", error->message);
}

static MosImapUidSet *
list_suspects (MosFolderState *state)
{
  MosImapUidSet *set = mos_imap_uid_set_new ();

  for (guint i = 0; state->missing != NULL && i < state->missing->len; i++)
    if (g_array_index (state->missing, MosMissingPlace, i).is_suspect)
      mos_imap_uid_set_add (set, g_array_index (state->missing, MosMissingPlace, i).uid);
  return set;
}

/* What is asked for next, from @begin on: a suspect alone */
static GArray *
cut_slice (GArray *planned,
           guint begin,
           const MosImapUidSet *suspects)
{
  GArray *slice = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  guint64 bytes = 0;

  for (guint i = begin; i < planned->len && slice->len < SLICE_MESSAGES && bytes < SLICE_BYTES; i++)
    {
      const MosImapPlanned *one = &g_array_index (planned, MosImapPlanned, i);
      gboolean is_suspect = mos_imap_uid_set_contains (suspects, one->uid);

      if (is_suspect && slice->len > 0)
        break;
      bytes += one->size;
      g_array_append_vals (slice, one, 1);
      if (is_suspect)
        break;
    }
  return slice;
}

/* Newest first, and ready to stop between what is asked for, so that new mail never waits behind years of old mail.
 * @modseq: of the look that planned it */
static gboolean
fetch_added (FolderPass *pass,
             GArray *planned,
             guint64 modseq,
             gboolean *ret_complete,
             GError **error)
{
  g_autoptr (MosImapUidSet) suspects = list_suspects (pass->state);
  guint begin = 0;
  guint refused = 0;

  pass->total = planned->len;
  tell_progress (pass);
  while (begin < planned->len)
    {
      g_autoptr (GArray) slice = NULL;
      g_autoptr (MosImapUidSet) missing = NULL;
      g_autoptr (GError) local = NULL;
      guint asked = 0;

      if (begin > 0)
        may_go_on (pass);
      if (pass->is_interrupted)
        {
          mos_email_rest_set (pass->rest, pass->state->uidvalidity, modseq, planned, begin);
          *ret_complete = FALSE;
          return TRUE;
        }
      if (!write_flags_between (pass, error))
        return FALSE;
      slice = cut_slice (planned, begin, suspects);
      g_clear_pointer (&pass->delivered, mos_imap_uid_set_free);
      pass->delivered = mos_imap_uid_set_new ();
      if (!mos_imap_session_fetch_while_sync (pass->sync->session, slice, take_message, may_go_on, pass, &asked, &missing, pass->cancellable, &local))
        {
          g_array_set_size (slice, asked);
          /* What came whole is kept; the rest is still missing and fetched next time. */
          if (!g_cancellable_is_cancelled (pass->cancellable))
            flush_batch (pass, NULL);
          if (!g_cancellable_is_cancelled (pass->cancellable) && !mos_imap_session_is_open (pass->sync->session) && local->domain != MOS_STORE_ERROR)
            note_broken (pass, slice, local);
          /* Not one of these can be had. Others may; when they cannot either, it is the folder. */
          if (local->domain != MOS_MAIL_ERROR || !mos_imap_session_is_open (pass->sync->session) || refused++ > 0)
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          missing = mos_imap_uid_set_new ();
          for (guint i = slice->len; i > 0; i--)
            mos_imap_uid_set_add (missing, g_array_index (slice, MosImapPlanned, i - 1).uid);
        }
      begin += asked;
      if (!flush_batch (pass, error) ||
          !note_missing (pass, missing, "refused", local != NULL ? local->message : mos_imap_session_get_refusal (pass->sync->session), error))
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
  if (planned->len < mos_imap_uid_set_get_count (added))
    {
      /* In the list, and yet not to be had. */
      g_autoptr (MosImapUidSet) ghosts = mos_imap_uid_set_copy (added);

      for (guint i = 0; i < planned->len; i++)
        mos_imap_uid_set_remove (ghosts, g_array_index (planned, MosImapPlanned, i).uid);
      if (!note_missing (pass, ghosts, "not-given", NULL, error))
        return NULL;
    }
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

/* The numbering the server has is the one stored, from here on. */
static gboolean
settle_uidvalidity (FolderPass *pass,
                    MosFolderState *cursor,
                    GError **error)
{
  MosEmailSync *sync = pass->sync;

  if (cursor->uidvalidity == pass->state->uidvalidity)
    return TRUE;
  pass->counts->updated += pass->state->uidvalidity != 0;
  if (pass->state->uidvalidity != 0 ? !mos_email_rematch (sync, pass->folder, cursor->uidvalidity, pass->cancellable, error)
                                    : !mos_channel_host_save_folder_sync (sync->host, cursor, pass->cancellable, error))
    return FALSE;

  mos_folder_state_unref (pass->state);
  pass->state = mos_channel_host_load_folder_sync (sync->host, sync->account->id, pass->folder->mailbox, pass->cancellable, error);
  if (pass->state == NULL)
    return FALSE;
  if (pass->state->uidvalidity != cursor->uidvalidity)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The host did not keep the new state of %s", pass->folder->mailbox);
      return FALSE;
    }
  pass->state->modseq = 0;
  return TRUE;
}

/* How many there are is known before they are fetched: whoever looks meanwhile sees what is still to come. */
static gboolean
save_on_server (FolderPass *pass,
                MosFolderState *cursor,
                GError **error)
{
  if (pass->state->on_server == cursor->on_server)
    return TRUE;
  cursor->uidnext = pass->state->uidnext;
  cursor->modseq = pass->state->modseq;
  cursor->first_sync_done = pass->state->first_sync_done;
  pass->state->on_server = cursor->on_server;
  return mos_channel_host_save_folder_sync (pass->sync->host, cursor, pass->cancellable, error);
}

/* Nothing is to be fetched, and save_cursor() is next: it writes how many there are along with the rest. */
static gboolean
is_settled (FolderPass *pass,
            const MosEmailPass *what,
            const MosImapDiff *diff,
            const MosImapSelected *selected)
{
  return !what->only_work && pass->state->first_sync_done && mos_imap_uid_set_is_empty (diff->added) &&
         (pass->rest->planned == NULL || pass->rest->planned->len == 0) &&
         (selected->uidnext != pass->state->uidnext || diff->highestmodseq != pass->state->modseq);
}

/* Moves the cursor: everything up to it was taken. */
static gboolean
save_cursor (FolderPass *pass,
             MosFolderState *cursor,
             GError **error)
{
  cursor->first_sync_done = TRUE;
  /* Nothing moved: nothing to write. */
  if (pass->state->first_sync_done && cursor->uidnext == pass->state->uidnext && cursor->modseq == pass->state->modseq)
    return TRUE;
  return mos_channel_host_save_folder_sync (pass->sync->host, cursor, pass->cancellable, error);
}

/* All of it where nothing is known, and what goes with QRESYNC where all is. */
MosImapAhead
mos_email_pass_choose_ahead (MosFolderState *state,
                             guint64 *ret_modseq)
{
  *ret_modseq = state->first_sync_done ? state->modseq : 0;
  if (!state->first_sync_done && state->places->len == 0 && state->uidvalidity == 0)
    return MOS_IMAP_AHEAD_PLAN;
  return state->first_sync_done ? MOS_IMAP_AHEAD_UIDS : MOS_IMAP_AHEAD_NOTHING;
}

/* @selected: (inout) */
static gboolean
open_folder (FolderPass *pass,
             const MosEmailPass *what,
             gboolean is_fresh,
             MosImapSelected *selected,
             GError **error)
{
  guint64 modseq;
  MosImapAhead ahead = mos_email_pass_choose_ahead (pass->state, &modseq);

  /* Looked at a moment ago: there is something to fetch. */
  if (is_fresh && pass->rest->uidvalidity == pass->state->uidvalidity)
    return mos_imap_session_select_again (pass->sync->session, pass->folder->mailbox, selected->uidvalidity, pass->cancellable, error);
  if (is_fresh || (what->whole && ahead == MOS_IMAP_AHEAD_UIDS))
    ahead = MOS_IMAP_AHEAD_NOTHING;
  return mos_imap_session_select_ahead_sync (pass->sync->session, pass->folder->mailbox, what->whole ? 0 : pass->state->uidvalidity, what->whole ? 0 : modseq, ahead, selected,
                                             pass->cancellable, error);
}

/* The rest of a first sync, planned a moment ago: no other look. The cursor is of that look, so what changed meanwhile is found by the next pass. */
static gboolean
run_fresh (FolderPass *pass,
           MosFolderState *cursor,
           MosEmailPass *what,
           GError **error)
{
  g_autoptr (GArray) planned = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  const guint64 modseq = pass->rest->modseq;
  const guint32 uidnext = pass->rest->uidnext;

  cursor->on_server = pass->folder->on_server;
  mos_email_rest_merge (pass->rest, planned);
  if (planned->len > 0 && !fetch_added (pass, planned, modseq, &what->is_complete, error))
    return FALSE;
  if (!what->is_complete)
    return TRUE;
  mos_email_rest_clear (pass->rest);
  /* Something was not to be had: what is there now? */
  if (pass->done < planned->len)
    return mos_email_pass_run (pass->sync, pass->folder, what, pass->counts, pass->cancellable, error);
  cursor->uidnext = uidnext;
  cursor->modseq = modseq;
  return save_cursor (pass, cursor, error);
}

gboolean
mos_email_pass_run (MosEmailSync *self,
                    MosEmailFolder *folder,
                    MosEmailPass *what,
                    MosSyncCounts *counts,
                    GCancellable *cancellable,
                    GError **error)
{
  g_auto (FolderPass) pass = { .sync = self, .folder = folder, .rest = &folder->rest, .counts = counts, .cancellable = cancellable };
  g_autoptr (MosFolderState) cursor = mos_folder_state_new ();
  g_autoptr (MosImapUidSet) accounted = NULL;
  g_autoptr (MosImapUidSet) held = NULL;
  g_autoptr (MosImapUidSet) removed = NULL;
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GArray) later = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  MosImapSelected selected = { 0 };
  gboolean is_fresh, is_looked_at;

  pass.batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  pass.intake = mos_email_intake_new (self->host);
  pass.may_stop = !what->only_work;
  pass.state = what->state != NULL ? g_steal_pointer (&what->state)
                                   : mos_channel_host_load_folder_sync (self->host, self->account->id, folder->mailbox, cancellable, error);
  if (pass.state == NULL)
    return FALSE;
  is_fresh = pass.rest->is_fresh && !what->whole && !what->only_work;
  pass.rest->is_fresh = FALSE;
  is_looked_at = is_fresh && pass.rest->planned->len == 0 && pass.rest->uidvalidity == pass.state->uidvalidity;
  selected.uidvalidity = pass.rest->uidvalidity;
  /* Looked at a moment ago, and still open. */
  is_looked_at |= is_fresh && mos_imap_session_is_at (self->session, folder->mailbox) && mos_imap_session_get_selected (self->session)->uidvalidity == pass.rest->uidvalidity;
  if (!is_looked_at && !open_folder (&pass, what, is_fresh, &selected, error))
    return FALSE;

  cursor->account = g_strdup (self->account->id);
  cursor->folder = g_strdup (folder->mailbox);
  cursor->role = folder->role;
  cursor->uidvalidity = selected.uidvalidity;
  cursor->places = g_array_new (FALSE, FALSE, sizeof (MosPlace));
  if (!settle_uidvalidity (&pass, cursor, error))
    return FALSE;
  what->was_first = !pass.state->first_sync_done;
  pass.ingest_flags = pass.state->first_sync_done ? MOS_INGEST_DEFAULT : MOS_INGEST_FIRST_SYNC;

  accounted = mos_email_pass_list_accounted (pass.state);
  if (pass.rest->uidvalidity != selected.uidvalidity || what->whole)
    {
      is_fresh = FALSE;
      mos_email_rest_clear (pass.rest);
    }
  mos_email_rest_drop (pass.rest, accounted);
  held = held_uids (pass.state);
  mos_email_rest_add_uids (pass.rest, held);
  if (is_fresh)
    return run_fresh (&pass, cursor, what, error);
  /* Flags of what came since the last look came with it. */
  diff = mos_imap_session_diff_sync (self->session, held, pass.state->first_sync_done ? pass.state->modseq : pass.rest->modseq, cancellable, error);
  if (diff == NULL)
    return FALSE;
  removed = mos_imap_uid_set_intersect (diff->removed, accounted);
  what->added += mos_imap_uid_set_get_count (diff->added);
  what->removed += mos_imap_uid_set_get_count (removed);
  /* Not what EXISTS says: some servers lie there. */
  folder->on_server = mos_imap_uid_set_get_count (held) - mos_imap_uid_set_get_count (diff->removed) + mos_imap_uid_set_get_count (diff->added);
  cursor->on_server = folder->on_server;
  if (!follow_removals (&pass, removed, error) || !follow_flags (&pass, diff->flags, error) ||
      (!is_settled (&pass, what, diff, &selected) && !save_on_server (&pass, cursor, error)))
    return FALSE;

  mos_email_rest_drop (pass.rest, diff->removed);
  planned = plan_added (&pass, diff->added, what->only_work ? later : NULL, error);
  if (planned == NULL || (planned->len > 0 && !fetch_added (&pass, planned, diff->highestmodseq, &what->is_complete, error)))
    return FALSE;
  if (what->only_work)
    {
      mos_email_rest_set (pass.rest, selected.uidvalidity, diff->highestmodseq, later, 0);
      pass.rest->uidnext = selected.uidnext;
      /* Where all that was asked for came. Else it is looked at once more. */
      pass.rest->is_fresh = pass.done == planned->len && planned->len + later->len == mos_imap_uid_set_get_count (diff->added);
    }
  if (what->only_work || !what->is_complete)
    return TRUE;
  mos_email_rest_clear (pass.rest);

  cursor->uidnext = selected.uidnext;
  cursor->modseq = diff->highestmodseq;
  return save_cursor (&pass, cursor, error);
}
