/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-backup-values.h"

G_BEGIN_DECLS

/**
 * mos_restored: makes a profile that came from a backup one that may begin to work, in a transaction of its own
 *
 * What it was copied from may have gone on, or still does: so it is another desk, with an id of its own, and nothing that was under way then is done by itself:
 *
 * - a message that was to leave is uncertain. A copy of it in Sent, an answer or a report settles it, else a person does;
 * - one that waited for its time, or for an undo, is held, and asked about;
 * - an outreach pauses; what was to be done to an order is uncertain; who was to be asked by a survey is not.
 *
 * What only this desk sees (snoozes, reminders, targets) is as it was, and what came in meanwhile comes in by the next sync.
 */
gboolean mos_restored (MosTxn *txn, MosRestoredCount *ret_count, GError **error);

G_END_DECLS
