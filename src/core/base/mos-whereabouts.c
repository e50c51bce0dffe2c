/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-whereabouts.h"

#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <string.h>

#define MAX_DIGITS 15
#define MIN_DIGITS 6

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UEnumeration, uenum_close)

/* ITU-T E.164, assigned country codes (Operational Bulletin 1114), and of +1 and +7 what is behind them (NANPA; ru: 6 and 7 are Kazakhstan's). "" = shared: nobody can tell. */
static const struct
{
  char code[5];
  char country[3];
} calling_codes[] = {
  { "1", "" },
  { "1242", "BS" },
  { "1246", "BB" },
  { "1264", "AI" },
  { "1268", "AG" },
  { "1284", "VG" },
  { "1340", "VI" },
  { "1345", "KY" },
  { "1441", "BM" },
  { "1473", "GD" },
  { "1649", "TC" },
  { "1658", "JM" },
  { "1664", "MS" },
  { "1670", "MP" },
  { "1671", "GU" },
  { "1684", "AS" },
  { "1721", "SX" },
  { "1758", "LC" },
  { "1767", "DM" },
  { "1784", "VC" },
  { "1787", "PR" },
  { "1809", "DO" },
  { "1829", "DO" },
  { "1849", "DO" },
  { "1868", "TT" },
  { "1869", "KN" },
  { "1876", "JM" },
  { "1939", "PR" },
  { "20", "EG" },
  { "211", "SS" },
  { "212", "MA" },
  { "213", "DZ" },
  { "216", "TN" },
  { "218", "LY" },
  { "220", "GM" },
  { "221", "SN" },
  { "222", "MR" },
  { "223", "ML" },
  { "224", "GN" },
  { "225", "CI" },
  { "226", "BF" },
  { "227", "NE" },
  { "228", "TG" },
  { "229", "BJ" },
  { "230", "MU" },
  { "231", "LR" },
  { "232", "SL" },
  { "233", "GH" },
  { "234", "NG" },
  { "235", "TD" },
  { "236", "CF" },
  { "237", "CM" },
  { "238", "CV" },
  { "239", "ST" },
  { "240", "GQ" },
  { "241", "GA" },
  { "242", "CG" },
  { "243", "CD" },
  { "244", "AO" },
  { "245", "GW" },
  { "246", "IO" },
  { "248", "SC" },
  { "249", "SD" },
  { "250", "RW" },
  { "251", "ET" },
  { "252", "SO" },
  { "253", "DJ" },
  { "254", "KE" },
  { "255", "TZ" },
  { "256", "UG" },
  { "257", "BI" },
  { "258", "MZ" },
  { "260", "ZM" },
  { "261", "MG" },
  { "262", "RE" },
  { "263", "ZW" },
  { "264", "NA" },
  { "265", "MW" },
  { "266", "LS" },
  { "267", "BW" },
  { "268", "SZ" },
  { "269", "KM" },
  { "27", "ZA" },
  { "290", "SH" },
  { "291", "ER" },
  { "297", "AW" },
  { "298", "FO" },
  { "299", "GL" },
  { "30", "GR" },
  { "31", "NL" },
  { "32", "BE" },
  { "33", "FR" },
  { "34", "ES" },
  { "350", "GI" },
  { "351", "PT" },
  { "352", "LU" },
  { "353", "IE" },
  { "354", "IS" },
  { "355", "AL" },
  { "356", "MT" },
  { "357", "CY" },
  { "358", "FI" },
  { "359", "BG" },
  { "36", "HU" },
  { "370", "LT" },
  { "371", "LV" },
  { "372", "EE" },
  { "373", "MD" },
  { "374", "AM" },
  { "375", "BY" },
  { "376", "AD" },
  { "377", "MC" },
  { "378", "SM" },
  { "380", "UA" },
  { "381", "RS" },
  { "382", "ME" },
  { "383", "XK" },
  { "385", "HR" },
  { "386", "SI" },
  { "387", "BA" },
  { "389", "MK" },
  { "39", "IT" },
  { "40", "RO" },
  { "41", "CH" },
  { "420", "CZ" },
  { "421", "SK" },
  { "423", "LI" },
  { "43", "AT" },
  { "44", "GB" },
  { "45", "DK" },
  { "46", "SE" },
  { "47", "NO" },
  { "48", "PL" },
  { "49", "DE" },
  { "500", "FK" },
  { "501", "BZ" },
  { "502", "GT" },
  { "503", "SV" },
  { "504", "HN" },
  { "505", "NI" },
  { "506", "CR" },
  { "507", "PA" },
  { "508", "PM" },
  { "509", "HT" },
  { "51", "PE" },
  { "52", "MX" },
  { "53", "CU" },
  { "54", "AR" },
  { "55", "BR" },
  { "56", "CL" },
  { "57", "CO" },
  { "58", "VE" },
  { "590", "GP" },
  { "591", "BO" },
  { "592", "GY" },
  { "593", "EC" },
  { "594", "GF" },
  { "595", "PY" },
  { "596", "MQ" },
  { "597", "SR" },
  { "598", "UY" },
  { "599", "" },
  { "60", "MY" },
  { "61", "AU" },
  { "62", "ID" },
  { "63", "PH" },
  { "64", "NZ" },
  { "65", "SG" },
  { "66", "TH" },
  { "670", "TL" },
  { "672", "" },
  { "673", "BN" },
  { "674", "NR" },
  { "675", "PG" },
  { "676", "TO" },
  { "677", "SB" },
  { "678", "VU" },
  { "679", "FJ" },
  { "680", "PW" },
  { "681", "WF" },
  { "682", "CK" },
  { "683", "NU" },
  { "685", "WS" },
  { "686", "KI" },
  { "687", "NC" },
  { "688", "TV" },
  { "689", "PF" },
  { "690", "TK" },
  { "691", "FM" },
  { "692", "MH" },
  { "7", "RU" },
  { "76", "KZ" },
  { "77", "KZ" },
  { "81", "JP" },
  { "82", "KR" },
  { "84", "VN" },
  { "850", "KP" },
  { "852", "HK" },
  { "853", "MO" },
  { "855", "KH" },
  { "856", "LA" },
  { "86", "CN" },
  { "880", "BD" },
  { "886", "TW" },
  { "90", "TR" },
  { "91", "IN" },
  { "92", "PK" },
  { "93", "AF" },
  { "94", "LK" },
  { "95", "MM" },
  { "960", "MV" },
  { "961", "LB" },
  { "962", "JO" },
  { "963", "SY" },
  { "964", "IQ" },
  { "965", "KW" },
  { "966", "SA" },
  { "967", "YE" },
  { "968", "OM" },
  { "970", "PS" },
  { "971", "AE" },
  { "972", "IL" },
  { "973", "BH" },
  { "974", "QA" },
  { "975", "BT" },
  { "976", "MN" },
  { "977", "NP" },
  { "98", "IR" },
  { "992", "TJ" },
  { "993", "TM" },
  { "994", "AZ" },
  { "995", "GE" },
  { "996", "KG" },
  { "998", "UZ" },
};

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

/* --- phones --- */

char *
mos_whereabouts_fold_phone (const char *phone)
{
  char digits[MAX_DIGITS + 8];
  gsize n = 0;
  gboolean is_international = FALSE;
  const char *start;

  if (phone == NULL)
    return NULL;
  for (const char *s = phone; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (g_unichar_isdigit (c))
        {
          /* "+49 (0)30 …": that zero is dialled at home only. */
          if (is_international && g_unichar_digit_value (c) == 0 && s > phone && s[-1] == '(' && *g_utf8_next_char (s) == ')')
            continue;
          if (n >= MAX_DIGITS + 4)
            return NULL;
          digits[n++] = (char) ('0' + g_unichar_digit_value (c));
        }
      else if (c == '+' && n == 0 && !is_international)
        is_international = TRUE;
      else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.' && c != '/' && !g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_FORMAT && g_unichar_type (c) != G_UNICODE_DASH_PUNCTUATION)
        return NULL;
    }
  digits[n] = '\0';
  start = digits;
  if (!is_international && strncmp (start, "00", 2) == 0)
    {
      is_international = TRUE;
      start += 2;
    }
  if (!is_international)
    start += strspn (start, "0");
  n = strlen (start);
  if (n < MIN_DIGITS || n > MAX_DIGITS)
    return NULL;
  return g_strconcat (is_international ? "+" : "", start, NULL);
}

const char *
mos_whereabouts_country_of_phone (const char *phone)
{
  g_autofree char *folded = mos_whereabouts_fold_phone (phone);
  const char *found = NULL;
  gsize found_len = 0;

  if (folded == NULL || *folded != '+')
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (calling_codes); i++)
    {
      gsize len = strlen (calling_codes[i].code);

      if (len > found_len && strncmp (folded + 1, calling_codes[i].code, len) == 0)
        {
          found = calling_codes[i].country;
          found_len = len;
        }
    }
  return found != NULL && *found != '\0' ? found : NULL;
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

/* One clock for a country: its only one, the one a mail was dated by, the primary one, or the one of two thirds of its zones. */
static void
choose_zone (MosWhereabouts *self,
             int offset_s,
             gint64 offset_us,
             gint64 now_us)
{
  g_autoptr (GPtrArray) zones = list_zones (self->country);
  const char *best = NULL;
  guint best_votes = 0;

  self->is_guess = self->is_guess || zones->len > 1;
  for (guint i = 0; i < zones->len && offset_s != MOS_WHEREABOUTS_NO_OFFSET && zones->len > 1; i++)
    if (offset_of (zones->pdata[i], offset_us) == offset_s)
      {
        self->zone = g_strdup (zones->pdata[i]);
        return;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (primary_zones); i++)
    if (zones->len > 1 && strcmp (primary_zones[i].country, self->country) == 0)
      {
        self->zone = g_strdup (primary_zones[i].zone);
        return;
      }
  for (guint i = 0; i < zones->len; i++)
    {
      int offset = offset_of (zones->pdata[i], now_us);
      guint votes = 0;

      for (guint j = 0; j < zones->len; j++)
        votes += offset_of (zones->pdata[j], now_us) == offset;
      if (offset != MOS_WHEREABOUTS_NO_OFFSET && votes > best_votes)
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
  const char *by_phone = mos_whereabouts_country_of_phone (phone);

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
