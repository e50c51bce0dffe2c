/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/net/mos-mail-connection.h"

G_BEGIN_DECLS

/* A line of text to a switchboard or a router. Blocking and cancellable; of one thread. */

/** mos_phone_server_parse: @text: "host", "host:port", "tls://host:port", "[::1]:5038". Returns: (transfer full) (nullable): %NULL where it is none of these */
MosServer *mos_phone_server_parse (const char *text, guint16 port, guint16 tls_port);
/** mos_phone_server_is_exposed: Returns: whether what is said to it can be read on its way: it is another computer, and nothing is encrypted */
gboolean mos_phone_server_is_exposed (const MosServer *server);
/** mos_phone_line_open_sync: Returns: (transfer full) (nullable): errors are MOS_CHAT_ERROR_NO_SERVER, with the words of what went wrong, and G_IO_ERROR */
MosMailConnection *mos_phone_line_open_sync (MosServer *server, const char *ca_file, GCancellable *cancellable, GError **error);
/**
 * mos_phone_line_read_sync:
 * @wait_us: how long it is waited for; 0 = only what is there
 * @ret_line: (out) (transfer full) (nullable): valid UTF-8, without its end; %NULL: nothing came in that time
 *
 * Returns: whether the line is still up; G_IO_ERROR_CONNECTION_CLOSED and so on
 */
gboolean mos_phone_line_read_sync (MosMailConnection *line, gint64 wait_us, char **ret_line, GCancellable *cancellable, GError **error);

G_END_DECLS
