/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosTestImapServer:
 *
 * A scripted IMAP server on a thread of its own, for one connection on
 * loopback. Each step is one string, its first character says what it is:
 *
 *  - "S text": sends the line; "$t" in it is the tag of the last command, "$1"… that of the first, second…
 *  - "B text": sends the bytes without a line end
 *  - "Z n": sends n letters x
 *  - "F n text": sends the line about n times, or until the client has enough
 *  - "U": sends the first bytes of a TLS server's hello
 *  - "C glob": reads a command whose words after the tag match
 *  - "L glob": reads a line that has no tag
 *  - "N n": reads n bytes
 *  - "P ms": reads nothing for so long
 *  - "T": TLS from here on
 *  - "H": tries TLS, which the client breaks off; it must not send anything after that
 *  - "X": ends the connection (FIN)
 *  - "R": resets it (RST)
 *  - "W": waits until the client ends it
 *
 * After the last step it ends the connection.
 */
typedef struct _MosTestImapServer MosTestImapServer;

/** mos_test_imap_server_new: @script: ended by %NULL, copied; @certificate: (nullable): for "T" */
MosTestImapServer *mos_test_imap_server_new (const char *const *script, GTlsCertificate *certificate);
/** mos_test_imap_server_make: Returns: (transfer full): how to reach it */
MosServer *mos_test_imap_server_make (MosTestImapServer *self, MosSecurity security);
/** mos_test_imap_server_finish: waits for the script's end; the test fails where the client did not keep to it. Frees @self. */
void mos_test_imap_server_finish (MosTestImapServer *self);

G_END_DECLS
