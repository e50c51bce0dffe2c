/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-whereabouts.h"

#include "core/base/mos-phone.h"

#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UEnumeration, uenum_close)

/* --- countries --- */

gboolean
mos_whereabouts_is_country (const char *country)
{
  if (country == NULL || strlen (country) != 2 || !g_ascii_isupper (country[0]) || !g_ascii_isupper (country[1]))
    return FALSE;
  for (const char *const *known = uloc_getISOCountries (); *known != NULL; known++)
    if (strcmp (*known, country) == 0)
      return TRUE;
  return FALSE;
}

char *
mos_whereabouts_country_name (const char *locale,
                              const char *country)
{
  UErrorCode status = U_ZERO_ERROR;
  char of[ULOC_FULLNAME_CAPACITY], in[ULOC_FULLNAME_CAPACITY];
  UChar name[128];
  char out[sizeof name / sizeof *name * 3 + 1];
  int32_t len, n = 0;

  g_return_val_if_fail (country != NULL, NULL);

  if (!mos_whereabouts_is_country (country))
    return g_strdup (country);
  g_snprintf (of, sizeof of, "und_%s", country);
  g_strlcpy (in, locale != NULL && *locale != '\0' ? locale : "en", sizeof in);
  in[strcspn (in, ".@")] = '\0';
  len = uloc_getDisplayCountry (of, in, name, G_N_ELEMENTS (name), &status);
  if (U_FAILURE (status) || status == U_STRING_NOT_TERMINATED_WARNING)
    return g_strdup (country);
  u_strToUTF8 (out, sizeof out, &n, name, len, &status);
  return g_strdup (U_SUCCESS (status) ? out : country);
}

/* --- clocks --- */

/* Seconds east of UTC at @us. */
static int
offset_of (const char *zone,
           gint64 us)
{
  g_autoptr (GTimeZone) tz = g_time_zone_new_identifier (zone);
  int interval;

  if (tz == NULL)
    return MOS_WHEREABOUTS_NO_OFFSET;
  interval = g_time_zone_find_interval (tz, G_TIME_TYPE_UNIVERSAL, us / G_USEC_PER_SEC);
  return interval >= 0 ? g_time_zone_get_offset (tz, interval) : MOS_WHEREABOUTS_NO_OFFSET;
}

/* What CLDR calls canonical, and at a location. */
static GPtrArray *
list_zones (const char *country)
{
  GPtrArray *zones = g_ptr_array_new_with_free_func (g_free);
  UErrorCode status = U_ZERO_ERROR;
  g_autoptr (UEnumeration) ids = ucal_openTimeZoneIDEnumeration (UCAL_ZONE_TYPE_CANONICAL_LOCATION, country, NULL, &status);
  const char *id;

  while (U_SUCCESS (status) && (id = uenum_next (ids, NULL, &status)) != NULL)
    g_ptr_array_add (zones, g_strdup (id));
  return zones;
}

/* Countries with several clocks of which nearly everybody's is one: CLDR, metaZones.xml, <primaryZones>. */
static const struct
{
  char country[3];
  const char *zone;
} primary_zones[] = {
  { "CL", "America/Santiago" },
  { "CN", "Asia/Shanghai" },
  { "DE", "Europe/Berlin" },
  { "EC", "America/Guayaquil" },
  { "ES", "Europe/Madrid" },
  { "MH", "Pacific/Majuro" },
  { "MY", "Asia/Kuala_Lumpur" },
  { "NZ", "Pacific/Auckland" },
  { "PF", "Pacific/Tahiti" },
  { "PT", "Europe/Lisbon" },
  { "UA", "Europe/Kyiv" },
  { "UZ", "Asia/Tashkent" },
};

/* Returns: (nullable): where nearly everybody of @country is */
static const char *
find_primary_zone (const char *country)
{
  for (gsize i = 0; i < G_N_ELEMENTS (primary_zones); i++)
    if (strcmp (primary_zones[i].country, country) == 0)
      return primary_zones[i].zone;
  return NULL;
}

/* One clock for a country: its only one, the one a mail was dated by, the primary one, or the one of two thirds of its zones. */
static void
choose_zone (MosWhereabouts *self,
             int offset_s,
             gint64 offset_us,
             gint64 now_us)
{
  g_autoptr (GPtrArray) zones = list_zones (self->country);
  g_autofree int *offsets = g_new (int, zones->len);
  const char *primary = zones->len > 1 ? find_primary_zone (self->country) : NULL;
  const char *best = NULL;
  guint best_votes = 0;

  self->is_guess = self->is_guess || zones->len > 1;
  /* Servers date by UTC, whoever writes: that sends nobody to an island. */
  if (offset_s == 0)
    offset_s = MOS_WHEREABOUTS_NO_OFFSET;
  for (guint i = 0; i < zones->len && offset_s != MOS_WHEREABOUTS_NO_OFFSET && zones->len > 1; i++)
    if (offset_of (zones->pdata[i], offset_us) == offset_s)
      {
        self->zone = g_strdup (zones->pdata[i]);
        return;
      }
  if (primary != NULL)
    {
      self->zone = g_strdup (primary);
      return;
    }
  /* Each reads a file. */
  for (guint i = 0; i < zones->len; i++)
    offsets[i] = offset_of (zones->pdata[i], now_us);
  for (guint i = 0; i < zones->len; i++)
    {
      guint votes = 0;

      for (guint j = 0; j < zones->len; j++)
        votes += offsets[j] == offsets[i];
      if (offsets[i] != MOS_WHEREABOUTS_NO_OFFSET && votes > best_votes)
        {
          best = zones->pdata[i];
          best_votes = votes;
        }
    }
  if (best != NULL && best_votes * 3 >= zones->len * 2)
    {
      self->zone = g_strdup (best);
      /* All its clocks show the same. */
      if (best_votes == zones->len && self->evidence == MOS_WHEREABOUTS_BY_COUNTRY)
        self->is_guess = FALSE;
    }
}

MosWhereabouts *
mos_whereabouts_find (const char *country,
                      const char *phone,
                      int offset_s,
                      gint64 offset_us,
                      gint64 now_us)
{
  MosWhereabouts *self = g_new0 (MosWhereabouts, 1);
  const char *by_phone = mos_phone_country (phone);

  if (mos_whereabouts_is_country (country))
    {
      self->evidence = MOS_WHEREABOUTS_BY_COUNTRY;
      self->country = g_strdup (country);
    }
  else if (by_phone != NULL)
    {
      self->evidence = MOS_WHEREABOUTS_BY_PHONE;
      self->country = g_strdup (by_phone);
      /* People keep their number when they move. */
      self->is_guess = TRUE;
    }
  if (self->country != NULL)
    choose_zone (self, offset_s, offset_us, now_us);
  /* Servers date by UTC, whoever writes: that says nothing. */
  if (self->zone == NULL && offset_s != MOS_WHEREABOUTS_NO_OFFSET && offset_s != 0 && ABS (offset_s) <= 14 * 3600)
    {
      if (self->evidence == MOS_WHEREABOUTS_UNKNOWN)
        self->evidence = MOS_WHEREABOUTS_BY_MAIL;
      self->zone = g_strdup_printf ("%c%02d:%02d", offset_s < 0 ? '-' : '+', ABS (offset_s) / 3600, ABS (offset_s) / 60 % 60);
      self->is_guess = TRUE;
    }
  return self;
}

void
mos_whereabouts_free (MosWhereabouts *self)
{
  if (self == NULL)
    return;
  g_free (self->country);
  g_free (self->zone);
  g_free (self);
}
