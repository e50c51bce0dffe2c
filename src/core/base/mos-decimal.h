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
/** mos_decimal_share: @text: not negative; @part <= @whole, @whole > 0. Returns: (transfer full): @text × @part ÷ @whole with @digits (0 to 9) behind the point, half a unit rounded up. The share of all of it is all of it */
char *mos_decimal_share (const char *text, guint part, guint whole, guint digits);
/** mos_decimal_count_digits: how many digits @text has behind its point: "12.50" → 2 */
guint mos_decimal_count_digits (const char *text);
/** mos_decimal_times: exact. Returns: (transfer full): @n of @decimal together: 3 of "1.50" → "4.50" */
char *mos_decimal_times (const char *decimal, guint64 n);
/** mos_decimal_clean: Returns: (transfer full) (nullable): @text (nullable) without blanks around it, a "+", and zeros in front; %NULL where it is no decimal */
char *mos_decimal_clean (const char *text);

G_END_DECLS
