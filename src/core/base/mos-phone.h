/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Phone numbers as people write them. Pure functions; any thread. */

/**
 * mos_phone_digits:
 * @text: (nullable): a number as people write it: "+49 (0)151 2345-678", "0049 151…", "(555) 555-5555"
 * @country: (nullable): ISO 3166 code of the country it was written in, for numbers without their own
 *
 * Returns: (transfer full): the digits of its E.164 form, without the "+" ("491512345678"), so that two ways to write one number are the same text;
 *   "" where it is no number, or a national one of a country that is not known
 */
char *mos_phone_digits (const char *text, const char *country);

/** mos_phone_canonical: for keeping one. Returns: (transfer full) (nullable): its digits, behind "+" where it begins with that or 00; %NULL where there are fewer than five, or what is no part of a number */
char *mos_phone_canonical (const char *text);

/**
 * mos_phone_fold: for comparing two
 * @text: (nullable): as people write it: "+34 600 12 34 56", "0034600123456", "(0)600/123456"
 *
 * Returns: (transfer full) (nullable): "+" and digits where it begins as an international one, else digits without the zeros before them; %NULL where it is
 *   no phone number: fewer than six digits, or anything but digits and what people put between them
 */
char *mos_phone_fold (const char *text);

/** mos_phone_takes_texts: whether an SMS may reach @text: %FALSE for a national number, and where its country's plan says that it is none of a mobile telephone */
gboolean mos_phone_takes_texts (const char *text);

/** mos_phone_country: by the calling code (ITU-T E.164). @text: (nullable). Returns: (transfer none) (nullable): %NULL for a national number, and where countries share a code */
const char *mos_phone_country (const char *text);

G_END_DECLS
