/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/net/mos-mail-connection.h"

G_BEGIN_DECLS

/**
 * mos_tls_judge:
 * @flags: what the connection's trust store says about @certificate: the system's, or the account's own authority
 * @by_own_ca: whether it is the latter: that stands beside the system's store, not in its place, so one it does not know is shown to the system's
 * @pinned: (nullable): hex SHA-256 of the one certificate the owner trusts whatever is wrong with it
 *
 * Returns: what remains wrong; nothing means: accept
 */
GTlsCertificateFlags mos_tls_judge (GTlsCertificate *certificate, GTlsCertificateFlags flags, gboolean by_own_ca, const char *pinned, GSocketConnectable *identity);
/** mos_tls_problem_set_error: MOS_MAIL_ERROR_BAD_CERTIFICATE, and what mos_tls_problem_get_last() then gives on this thread */
void mos_tls_problem_set_error (GTlsCertificate *certificate, GTlsCertificateFlags flags, const char *host, GError **error);
void mos_tls_problem_forget (void);

G_END_DECLS
