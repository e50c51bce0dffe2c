/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/net/mos-mail-connection.h"

#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What the targets share.  Each fuzz-NAME.c defines LLVMFuzzerTestOneInput(): any bytes in, and whatever must hold of the answer is
 * checked with g_assert().  LLVMFuzzerInitialize() (fuzz.c) makes criticals fatal. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
int LLVMFuzzerInitialize (int *argc, char ***argv);

/** fuzz_server_new: Returns: (transfer full): a server "in clear text" with the user "me" */
MosServer *fuzz_server_new (void);
/** fuzz_connection_new: Returns: (transfer full): a connection whose server says @data, whatever it is told, and then hangs up */
MosMailConnection *fuzz_connection_new (MosServer *server, const uint8_t *data, size_t size);

/** fuzz_check_text: @text: (nullable): is valid UTF-8 */
void fuzz_check_text (const char *text);

G_END_DECLS
