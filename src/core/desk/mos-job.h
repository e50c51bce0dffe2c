/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MOS_JOB_WAITING,
  MOS_JOB_RUNNING,
  MOS_JOB_PAUSED,
  MOS_JOB_DONE,
  MOS_JOB_CANCELLED,
  MOS_JOB_FAILED,
} MosJobState;

/**
 * MosJobProgress:
 * @done, @total: bytes, or messages where the job has no bytes; total 0 = not known yet
 * @items: messages so far
 * @per_second: messages a second in this run, 0 in its first second
 * @left_us: how long the rest will take at this speed, 0 when nobody can tell
 */
typedef struct
{
  guint64 done;
  guint64 total;
  guint64 items;
  double per_second;
  gint64 left_us;
} MosJobProgress;

/**
 * MosJob:
 *
 * Long work with parameters, progress and a state (conventions.md §2.7): an import, an export. It runs once on a thread of its
 * own (mos_job_run_async()), or on the caller's (mos_job_run_sync()); after a pause or a failure it may be run again and goes on.
 * Getters, mos_job_pause() and mos_job_cancel() may be called from any thread.
 *
 * Signals:
 *  - `changed`: state or progress; in the context the job was made in, at most ten times a second
 */
#define MOS_TYPE_JOB (mos_job_get_type ())
G_DECLARE_DERIVABLE_TYPE (MosJob, mos_job, MOS, JOB, GObject)

/**
 * MosJobClass:
 * @run_sync: the work; blocking. Returns when it is done, when mos_job_wants_pause(), or with @error
 * @give_up_sync: (nullable): mos_job_cancel() ended it, or came while it rested: nothing of it is gone on with
 * @can_pause: whether it goes on where it stopped
 */
struct _MosJobClass
{
  GObjectClass parent_class;

  gboolean (*run_sync) (MosJob *self, GCancellable *cancellable, GError **error);
  void (*give_up_sync) (MosJob *self);
  gboolean (*equal) (MosJob *self, MosJob *other);
  gboolean can_pause;
};

/** mos_job_run_sync: @cancellable: (nullable): besides mos_job_cancel() */
gboolean mos_job_run_sync (MosJob *self, GCancellable *cancellable, GError **error);
/** mos_job_run_async: keeps the job alive meanwhile; not while it runs */
void mos_job_run_async (MosJob *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_job_run_finish (MosJob *self, GAsyncResult *result, GError **error);
/** mos_job_set_progress_func: called on the running thread whenever the progress changes, for programs without a main loop; before it runs */
typedef void (*MosJobProgressFunc) (MosJob *self, gpointer user_data);
void mos_job_set_progress_func (MosJob *self, MosJobProgressFunc func, gpointer user_data);
/** mos_job_equal: whether both would do the same */
gboolean mos_job_equal (MosJob *self, MosJob *other);

gboolean mos_job_can_pause (MosJob *self);
void mos_job_pause (MosJob *self);
void mos_job_cancel (MosJob *self);
/** mos_job_stop_sync: ends the run where it is and waits for its thread; what can go on goes on in the next run of the program */
void mos_job_stop_sync (MosJob *self);
MosJobState mos_job_get_state (MosJob *self);
MosJobProgress mos_job_get_progress (MosJob *self);
/** mos_job_dup_error: Returns: (transfer full) (nullable): why it failed */
GError *mos_job_dup_error (MosJob *self);

/* For subclasses, on the running thread. */
void mos_job_set_progress (MosJob *self, guint64 done, guint64 total, guint64 items);
gboolean mos_job_wants_pause (MosJob *self);
/** mos_job_is_given_up: mos_job_cancel() was called: nobody wants the rest */
gboolean mos_job_is_given_up (MosJob *self);
/** mos_job_set_paused: a job that was paused or interrupted in an earlier run of the program; before it runs */
void mos_job_set_paused (MosJob *self);

G_END_DECLS
