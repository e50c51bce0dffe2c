/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* The text in attachments, and which are still to be read. A row of the queue is made by a trigger (0003-inbox.sql), for each content once, and goes with its blob. */

/**
 * mos_store_file_text_take: the next that waits; counts the attempt, and gives up on one that ended the program three times
 * @ret_sha256: (out) (transfer full) (nullable): %NULL when nothing waits; @ret_name, @ret_type: (out) (transfer full) (nullable): as it was attached
 */
gboolean mos_store_file_text_take (MosTxn *txn, char **ret_sha256, char **ret_name, char **ret_type, GError **error);
/** mos_store_file_text_put: @state: "done", "none", "encrypted", "failed", or "waiting" to put it back; @text: (nullable): UTF-8. Every message it came with is found by it from now on */
gboolean mos_store_file_text_put (MosTxn *txn, const char *sha256, const char *state, const char *text, GError **error);
/** mos_store_file_text_count: how many wait; @ret_total: (out) (optional): of how many that may hold text */
gboolean mos_store_file_text_count (MosTxn *txn, guint *ret_count, guint *ret_total, GError **error);

G_END_DECLS
