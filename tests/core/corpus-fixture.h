/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-mime.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Mail written by strangers, where it is present (tests/../shared/corpus, or MOSTRADOR_SHARED). */

extern char *corpus;

void find_corpus (void);
/* skips the test where it is not */
gboolean have_corpus (void);
GBytes *read_bytes (const char *path);
/* checked for what every result must be, and for taking no longer than it may */
MosParsedMessage *parse_file (const char *path);
/* the lines of expected/NAME, as nodes */
GPtrArray *read_lines (const char *name);
/* without white space */
char *squeeze (const char *text);

G_END_DECLS
