/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/** MosEmailTestProgress: @stage: "imap-connect" "imap-login" "imap-folders" "smtp-connect" "smtp-login" "done"; called on the testing thread when a stage begins */
typedef void (*MosEmailTestProgress) (const char *stage, gpointer user_data);

/**
 * mos_email_test_sync:
 * @account: what to try; nothing of it is kept
 * @credential: for both sides
 * @progress: (nullable): called on this thread
 * @ret_stage: (out) (optional): static string: the stage that failed, or "done"
 * @ret_certificate: (out) (optional) (transfer full) (nullable): after MOS_MAIL_ERROR_BAD_CERTIFICATE the refused one
 * @ret_flags: (out) (optional): why it was refused
 * @error: MOS_MAIL_ERROR_*, G_IO_ERROR_*, G_RESOLVER_ERROR_*
 *
 * Connects and logs in on both sides, and lists the folders. Sends nothing, changes nothing. Worker threads; cancelled at any point.
 *
 * Returns: whether all of it works
 */
gboolean mos_email_test_sync (MosAccount *account, MosCredential *credential, MosEmailTestProgress progress, gpointer progress_data, const char **ret_stage, GTlsCertificate **ret_certificate, GTlsCertificateFlags *ret_flags, GCancellable *cancellable, GError **error);

G_END_DECLS
