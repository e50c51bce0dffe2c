/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosTestSmtpServer:
 *
 * A scripted SMTP server on a thread of its own, for one connection on
 * loopback. Each step is one string, its first character says what it is:
 *
 *  - "S text": sends the line (several lines: a step each)
 *  - "C text": reads a line that must begin with the text
 *  - "D": reads a message to its final dot; kept
 *  - "P text": sends the text without a line end
 *  - "b N": reads N bytes of a message
 *  - "A": answers "250 ok" to every line until the client cuts the connection
 *  - "d": reads until the client has sent something of a message, at least a line
 *  - "K": kills (SIGKILL) the process of mos_test_smtp_server_set_victim(), once that is called
 *  - "X": cuts the connection
 *  - "W": waits until the client cuts it
 *
 * After the last step it cuts the connection.
 */
typedef struct _MosTestSmtpServer MosTestSmtpServer;

MosTestSmtpServer *mos_test_smtp_server_new (const char *const *script);
/** mos_test_smtp_server_make: Returns: (transfer full): how to reach it, as @user */
MosServer *mos_test_smtp_server_make (MosTestSmtpServer *self, const char *user);
/** mos_test_smtp_server_set_victim: whom "K" kills */
void mos_test_smtp_server_set_victim (MosTestSmtpServer *self, int pid);
/** mos_test_smtp_server_finish: waits for the script's end; the test fails where the client did not keep to it. Returns: (transfer full): messages read by "D", still dot-stuffed */
GPtrArray *mos_test_smtp_server_finish (MosTestSmtpServer *self);

G_END_DECLS
