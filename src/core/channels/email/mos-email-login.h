/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-host.h"
#include "core/mail/imap/mos-imap-session.h"
#include "core/mail/smtp/mos-smtp-session.h"

G_BEGIN_DECLS

/* Logging in as an account. Worker threads; @cancellable ends a call at any point. */

/** mos_email_open_imap_sync: Returns: (transfer full) (nullable): a session that is logged in with just this credential */
MosImapSession *mos_email_open_imap_sync (MosAccount *account, MosCredential *credential, GCancellable *cancellable, GError **error);

/**
 * mos_email_login_imap_sync, mos_email_login_smtp_sync:
 * @host: asked for what the account signs in with
 * @error: also of mos_channel_host_dup_credential_sync()
 *
 * A token that the server refuses is taken anew, once: it may have expired earlier than it said, or this computer was asleep.
 *
 * Returns: (transfer full) (nullable): a session that is logged in
 */
MosImapSession *mos_email_login_imap_sync (MosAccount *account, MosChannelHost *host, GCancellable *cancellable, GError **error);
MosSmtpSession *mos_email_login_smtp_sync (MosAccount *account, MosChannelHost *host, GCancellable *cancellable, GError **error);

G_END_DECLS
