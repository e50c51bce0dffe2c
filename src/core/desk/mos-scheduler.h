/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * MosScheduler:
 *
 * Does what the table `due` holds when its time has come (mos-due-work.h). One
 * timer, armed for the next row and armed again when the table changed; it
 * looks at the clock at least once a minute, so that a suspended computer or a
 * clock set by hand only makes it late, never silent. Main context only; the
 * work is done on the store's writer thread.
 *
 * Signals:
 *  - `came (MosDueRow *due)`: its time came and it was done
 *  - `held (guint n)`: so many would have come to a customer too late and are held
 */
#define MOS_TYPE_SCHEDULER (mos_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (MosScheduler, mos_scheduler, MOS, SCHEDULER, GObject)

MosScheduler *mos_scheduler_new (MosStore *store);
void mos_scheduler_start (MosScheduler *self);
void mos_scheduler_stop (MosScheduler *self);
/** mos_scheduler_rearm: the table changed */
void mos_scheduler_rearm (MosScheduler *self);

/**
 * mos_scheduler_run_sync: does everything that is due now, in one transaction. For worker threads and programs without a main loop.
 * @ret_next_us: (out) (optional): when the next row is due; 0 = nothing waits
 */
gboolean mos_scheduler_run_sync (MosStore *store, gint64 *ret_next_us, GCancellable *cancellable, GError **error);

G_END_DECLS
