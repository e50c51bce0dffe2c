/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mos_phone_digits:
 * @text: (nullable): a number as people write it: "+49 (0)151 2345-678", "0049 151…", "(555) 555-5555"
 * @country: (nullable): ISO 3166 code of the country it was written in, for numbers without their own
 *
 * Pure; any thread.
 *
 * Returns: (transfer full): the digits of its E.164 form, without the "+" ("491512345678"), so that two ways to write one number are the same text;
 *   "" where it is no number, or a national one of a country that is not known
 */
char *mos_phone_digits (const char *text, const char *country);

G_END_DECLS
