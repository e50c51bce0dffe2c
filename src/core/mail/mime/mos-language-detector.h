/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* CLD2 is C++; this is all that C sees of it. Private to mos-language.c. */

/* Returns: (nullable): a static ISO 639 code, and in @ret_percent its share of the letters; %NULL when the detector does not stand by its answer */
const char *mos_language_detector_run (const char *text, int length, const char *hint, int *ret_percent);

G_END_DECLS
