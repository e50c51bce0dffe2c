/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-fetch-job.h"

#include "core/channels/email/mos-email-login.h"
#include "core/desk/mos-ingest.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

/* What is told between two of them would be nothing new. */
#define PROGRESS_BYTES (256 * 1024)

struct _MosFetchJob
{
  MosJob parent_instance;

  MosStore *store;      /* (owned) */
  MosChannelHost *host; /* (owned) */
  char *message;        /* (owned) */
  char *subject;        /* (owned) */

  /* Of the running thread. */
  guint64 done;
  guint64 told;
  guint64 total;
};

G_DEFINE_FINAL_TYPE (MosFetchJob, mos_fetch_job, MOS_TYPE_JOB)

typedef struct
{
  MosFetchJob *job;
  MosMessageRow *row;       /* (owned) (nullable) */
  MosAccount *account;      /* (owned) (nullable) */
  GPtrArray *places;        /* (owned) (nullable): of MosLocation */
  GPtrArray *folders;       /* (owned) (nullable): of MosFolderRow */
  GBytes *raw;              /* (owned) (nullable) */
  MosParsedMessage *parsed; /* (owned) (nullable) */
} Fetch;

static void
fetch_clear_read (Fetch *fetch)
{
  g_clear_pointer (&fetch->row, mos_message_row_unref);
  g_clear_pointer (&fetch->account, mos_account_unref);
  g_clear_pointer (&fetch->places, g_ptr_array_unref);
  g_clear_pointer (&fetch->folders, g_ptr_array_unref);
}

static void
fetch_clear (Fetch *fetch)
{
  fetch_clear_read (fetch);
  g_clear_pointer (&fetch->raw, g_bytes_unref);
  g_clear_pointer (&fetch->parsed, mos_parsed_message_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fetch, fetch_clear)

static gboolean
do_read (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Fetch *fetch = data;

  fetch_clear_read (fetch);
  if (!mos_store_message_find (txn, fetch->job->message, &fetch->row, error))
    return FALSE;
  if (fetch->row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No message %s", fetch->job->message);
      return FALSE;
    }
  if (!mos_store_account_find (txn, fetch->row->account, &fetch->account, error))
    return FALSE;
  fetch->places = mos_store_location_list_of_message (txn, fetch->row->id, error);
  fetch->folders = fetch->places != NULL ? mos_store_folder_list (txn, fetch->row->account, error) : NULL;
  return fetch->folders != NULL;
}

static const MosFolderRow *
find_folder (Fetch *fetch,
             const char *id)
{
  for (guint i = 0; i < fetch->folders->len; i++)
    {
      const MosFolderRow *folder = g_ptr_array_index (fetch->folders, i);

      if (strcmp (folder->id, id) == 0)
        return folder;
    }
  return NULL;
}

static void
on_read_cb (gsize bytes,
            gpointer user_data)
{
  MosFetchJob *self = user_data;

  self->done += bytes;
  if (self->done - self->told < PROGRESS_BYTES)
    return;
  self->told = self->done;
  mos_job_set_progress (MOS_JOB (self), self->done, self->total, 0);
}

static gboolean
on_message (const MosImapMessage *message,
            gpointer user_data,
            GError **error)
{
  Fetch *fetch = user_data;

  if (!message->is_truncated && fetch->raw == NULL)
    fetch->raw = g_bytes_ref (message->raw);
  return TRUE;
}

/* @fetch->raw stays %NULL where it is not there any more. */
static gboolean
fetch_from (Fetch *fetch,
            MosImapSession *session,
            const MosFolderRow *folder,
            MosLocation *place,
            GCancellable *cancellable,
            GError **error)
{
  MosFetchJob *self = fetch->job;
  g_autoptr (MosImapUidSet) uids = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) missing = NULL;
  g_autoptr (GArray) planned = NULL;
  MosImapSelected selected = { 0 };
  gboolean ok;

  if (!mos_imap_session_select_sync (session, folder->name, TRUE, 0, 0, &selected, cancellable, error))
    return FALSE;
  /* Numbered anew: this number is another mail's. */
  if (selected.uidvalidity != place->uidvalidity)
    return TRUE;
  mos_imap_uid_set_add (uids, place->uid);
  planned = mos_imap_session_plan_sync (session, uids, cancellable, error);
  if (planned == NULL || planned->len == 0)
    return planned != NULL;

  self->total = g_array_index (planned, MosImapPlanned, 0).size;
  if (self->total > MOS_FETCH_MAX_BYTES)
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE, "The message has %" G_GUINT64_FORMAT " bytes; up to %d are fetched", self->total, MOS_FETCH_MAX_BYTES);
      return FALSE;
    }
  self->done = self->told = 0;
  mos_job_set_progress (MOS_JOB (self), 0, self->total, 0);
  mos_imap_session_set_read_func (session, on_read_cb, self);
  ok = mos_imap_session_fetch_sync (session, planned, on_message, fetch, &missing, cancellable, error);
  mos_imap_session_set_read_func (session, NULL, NULL);
  return ok;
}

static gboolean
do_complete (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Fetch *fetch = data;
  g_autoptr (MosMessageRow) row = NULL;

  if (!mos_store_message_find (txn, fetch->job->message, &row, error))
    return FALSE;
  /* Deleted for good meanwhile, or come whole by another road. */
  if (row == NULL || !row->head_only)
    return TRUE;
  return mos_ingest_complete (txn, row, fetch->raw, fetch->parsed, error);
}

static gboolean
fetch_anywhere (Fetch *fetch,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (MosImapSession) session = NULL;

  for (guint i = 0; fetch->raw == NULL && i < fetch->places->len; i++)
    {
      MosLocation *place = g_ptr_array_index (fetch->places, i);
      const MosFolderRow *folder = place->removed ? NULL : find_folder (fetch, place->folder);

      if (folder == NULL || fetch->account == NULL || *fetch->account->imap->host == '\0')
        continue;
      if (session == NULL)
        {
          session = mos_email_login_imap_sync (fetch->account, fetch->job->host, cancellable, error);
          if (session == NULL)
            return FALSE;
          mos_imap_session_set_max_message (session, MOS_FETCH_MAX_BYTES);
        }
      if (!fetch_from (fetch, session, folder, place, cancellable, error))
        return FALSE;
    }
  if (session != NULL)
    mos_imap_session_logout_sync (session);
  if (fetch->raw != NULL)
    return TRUE;
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "The server has message %s no more where it was", fetch->job->message);
  return FALSE;
}

static gboolean
mos_fetch_job_run_sync (MosJob *job,
                        GCancellable *cancellable,
                        GError **error)
{
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_auto (Fetch) fetch = { .job = MOS_FETCH_JOB (job) };

  if (!mos_store_read_sync (fetch.job->store, do_read, &fetch, cancellable, error))
    return FALSE;
  if (!fetch.row->head_only)
    return TRUE;
  if (!fetch_anywhere (&fetch, cancellable, error))
    return FALSE;

  fetch.parsed = mos_mime_parse (fetch.raw, error);
  if (fetch.parsed == NULL)
    return FALSE;
  mos_job_set_progress (job, fetch.job->total, fetch.job->total, 0);
  return mos_store_write_sync (fetch.job->store, &actor, NULL, do_complete, &fetch, NULL, cancellable, error);
}

static gboolean
mos_fetch_job_equal (MosJob *job,
                     MosJob *other)
{
  return strcmp (MOS_FETCH_JOB (job)->message, MOS_FETCH_JOB (other)->message) == 0;
}

const char *
mos_fetch_job_get_message (MosFetchJob *self)
{
  return self->message;
}

const char *
mos_fetch_job_get_subject (MosFetchJob *self)
{
  return self->subject;
}

static void
mos_fetch_job_finalize (GObject *object)
{
  MosFetchJob *self = MOS_FETCH_JOB (object);

  g_clear_object (&self->store);
  g_clear_object (&self->host);
  g_free (self->message);
  g_free (self->subject);

  G_OBJECT_CLASS (mos_fetch_job_parent_class)->finalize (object);
}

static void
mos_fetch_job_class_init (MosFetchJobClass *klass)
{
  MosJobClass *job_class = MOS_JOB_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_fetch_job_finalize;
  job_class->run_sync = mos_fetch_job_run_sync;
  job_class->equal = mos_fetch_job_equal;
}

static void
mos_fetch_job_init (MosFetchJob *self)
{
}

MosFetchJob *
mos_fetch_job_new (MosStore *store,
                   MosChannelHost *host,
                   const char *message,
                   const char *subject)
{
  MosFetchJob *self = g_object_new (MOS_TYPE_FETCH_JOB, NULL);

  self->store = g_object_ref (store);
  self->host = g_object_ref (host);
  self->message = g_strdup (message);
  self->subject = g_strdup (subject);
  return self;
}
