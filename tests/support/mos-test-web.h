/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/** MosTestWeb: an HTTP server on this computer, on a free port, in a thread of its own: what plays a platform stands on it */
typedef struct _MosTestWeb MosTestWeb;

/** MosTestWebFunc: answers @message, in the server's thread. @query: (nullable) */
typedef void (*MosTestWebFunc) (SoupServerMessage *message, const char *path, GHashTable *query, gpointer data);

MosTestWeb *mos_test_web_new (MosTestWebFunc func, gpointer data);
/** mos_test_web_free: ends the thread; nothing is answered after it */
void mos_test_web_free (MosTestWeb *self);
/** mos_test_web_get_url: Returns: (transfer none): "http://127.0.0.1:PORT" */
const char *mos_test_web_get_url (MosTestWeb *self);

/** mos_test_web_answer: @json: as it is */
void mos_test_web_answer (SoupServerMessage *message, guint status, const char *json);
/** mos_test_web_hang_up: the line breaks before any answer */
void mos_test_web_hang_up (SoupServerMessage *message);
/** mos_test_web_invoke: @func in the server's thread, soon */
void mos_test_web_invoke (MosTestWeb *self, GSourceFunc func, gpointer data);
/** mos_test_web_hold: no answer to @message, until it is let go of. In the server's thread */
void mos_test_web_hold (MosTestWeb *self, SoupServerMessage *message);
/** mos_test_web_let_go: all lines that are held break. Any thread */
void mos_test_web_let_go (MosTestWeb *self);
/** mos_test_web_read_form: Returns: (transfer full) (element-type utf8 utf8): the fields of a body in application/x-www-form-urlencoded */
GHashTable *mos_test_web_read_form (SoupServerMessage *message);

G_END_DECLS
