/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-host.h"

G_BEGIN_DECLS

/**
 * MosEmailIntake:
 *
 * Hands batches of mail to the host on threads of its own, in order: while one is stored, the next one is prepared
 * (mos_channel_host_prepare()) and the one after that fetched and parsed. At most one batch is being stored and one prepared: together with the one
 * that is being made, that bounds the memory. All functions are called on the one thread that made it.
 *
 * Nothing counts as stored before mos_email_intake_wait() has said so: a cursor moves only after that.
 */
typedef struct _MosEmailIntake MosEmailIntake;

/** mos_email_intake_new: @host: (transfer none). Returns: (transfer full): its thread starts with the first batch */
MosEmailIntake *mos_email_intake_new (MosChannelHost *host);
/** mos_email_intake_free: waits for what is being stored; its result is lost */
void mos_email_intake_free (MosEmailIntake *self);

/** mos_email_intake_is_idle: Returns: whether a batch given now would be begun at once */
gboolean mos_email_intake_is_idle (MosEmailIntake *self);

/**
 * mos_email_intake_put:
 * @batch: (transfer full) (element-type MosIncoming): not looked at by the caller any more
 *
 * Waits until the batch before is prepared, then returns while @batch is being prepared and stored.
 *
 * Returns: %FALSE with @error when a batch before was not stored; then nothing of what was put after it is, nor @batch
 */
gboolean mos_email_intake_put (MosEmailIntake *self, GPtrArray *batch, MosIngestFlags flags, GCancellable *cancellable, GError **error);

/** mos_email_intake_wait: Returns: %FALSE with @error when a batch was not stored, nor any after it; else everything that was put is committed */
gboolean mos_email_intake_wait (MosEmailIntake *self, GError **error);

/**
 * mos_email_intake_take_counts:
 * @counts: (inout): increased by what was stored since the last call
 *
 * Returns: how many messages that were; does not wait
 */
guint64 mos_email_intake_take_counts (MosEmailIntake *self, MosSyncCounts *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosEmailIntake, mos_email_intake_free)

G_END_DECLS
