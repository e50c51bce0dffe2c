/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MOS_TYPE_WORKER (mos_worker_get_type ())
G_DECLARE_FINAL_TYPE (MosWorker, mos_worker, MOS, WORKER, GObject)

/**
 * MosWorker:
 *
 * One thread with a first-in-first-out queue of tasks. It gives the thread a
 * thread-default #GMainContext of its own. g_task_run_in_thread() is not used:
 * its pool is one for the process and keeps no order.
 *
 * Shut it down before the last unref.
 */
MosWorker *mos_worker_new (const char *name);

/**
 * mos_worker_ensure:
 * @worker: a static variable of whoever calls: the worker is made with the first call and lives as long as the program
 * @name: of its thread
 *
 * Always called from one thread.
 *
 * Returns: (transfer none): what is in @worker
 */
MosWorker *mos_worker_ensure (MosWorker **worker, const char *name);

/**
 * mos_worker_push:
 * @self: a #MosWorker
 * @task: (transfer none): given to @func on the thread; its callback runs in the context it was made in
 * @func: runs on the thread and returns the task
 */
void mos_worker_push (MosWorker *self, GTask *task, GTaskThreadFunc func);

/** mos_worker_is_current: Returns: whether the caller runs on the thread of @self */
gboolean mos_worker_is_current (MosWorker *self);

/** mos_worker_shutdown: runs what is queued, then ends the thread and waits for it. Later pushes fail with G_IO_ERROR_CLOSED. */
void mos_worker_shutdown (MosWorker *self);

G_END_DECLS
