/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-locale.h"

G_BEGIN_DECLS

/* Sums of money without a double: decimals as text (mos_locale_is_decimal(), mos_locale_compare_decimal()). Pure functions; any thread. */

/** mos_decimal_is_zero: @text: a decimal. Returns: whether it is 0, however it is written */
gboolean mos_decimal_is_zero (const char *text);
/** mos_decimal_add: exact. Returns: (transfer full): with as many digits behind the point as the longer of both has: "1.50" + "2" → "3.50" */
char *mos_decimal_add (const char *a, const char *b);
/** mos_decimal_subtract: exact. Returns: (transfer full) */
char *mos_decimal_subtract (const char *a, const char *b);
/** mos_decimal_times: exact. Returns: (transfer full): @n of @decimal together: 3 of "1.50" → "4.50" */
char *mos_decimal_times (const char *decimal, guint64 n);
/** mos_decimal_clean: Returns: (transfer full) (nullable): @text (nullable) without blanks around it, a "+", and zeros in front; %NULL where it is no decimal */
char *mos_decimal_clean (const char *text);

G_END_DECLS
