/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-mbox.h"

G_BEGIN_DECLS

/* mos-mbox-separator.c */
/** mos_mbox_is_from: whether @line begins with "From " */
gboolean mos_mbox_is_from (const char *line, gsize length);
/** mos_mbox_is_own_from: whether @line is the "From " line of one of our exports */
gboolean mos_mbox_is_own_from (const char *line, gsize length);
const char *mos_mbox_skip_blanks (const char *text, const char *end);

G_END_DECLS
