/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where somebody is, as far as one can tell from what is known of them. Pure functions; any thread. */

/** mos_whereabouts_is_country: whether @country is an ISO 3166 code of two capital letters that the Unicode CLDR knows */
gboolean mos_whereabouts_is_country (const char *country);

/** mos_whereabouts_country_name: @locale: as in mos-locale.h. Returns: (transfer full): "Alemania"; the code itself where it is none */
char *mos_whereabouts_country_name (const char *locale, const char *country);

/** What it is that tells where somebody is. */
typedef enum
{
  MOS_WHEREABOUTS_UNKNOWN,
  MOS_WHEREABOUTS_BY_COUNTRY, /* somebody wrote the country down */
  MOS_WHEREABOUTS_BY_PHONE,   /* the calling code of the phone number */
  MOS_WHEREABOUTS_BY_MAIL,    /* the clock of the program that wrote the last mail */
} MosWhereaboutsEvidence;

/**
 * MosWhereabouts:
 * @country: (owned) (nullable): where @evidence names one
 * @zone: (owned) (nullable): for g_time_zone_new_identifier(): "Europe/Berlin" or "+02:00"; %NULL where the country has several and nothing tells which
 * @is_guess: @zone is only likely: the country has several, or it is the clock of a mail
 */
typedef struct
{
  MosWhereaboutsEvidence evidence;
  char *country;
  char *zone;
  gboolean is_guess;
} MosWhereabouts;

#define MOS_WHEREABOUTS_NO_OFFSET G_MAXINT

/**
 * mos_whereabouts_find:
 * @country, @phone: (nullable)
 * @offset_s: seconds east of UTC that a mail was dated with, or %MOS_WHEREABOUTS_NO_OFFSET; @offset_us: when that was
 *
 * Returns: (transfer full)
 */
MosWhereabouts *mos_whereabouts_find (const char *country, const char *phone, int offset_s, gint64 offset_us, gint64 now_us);
void mos_whereabouts_free (MosWhereabouts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosWhereabouts, mos_whereabouts_free)

G_END_DECLS
