/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-phone.h"

#include <string.h>

/* ITU-T E.164: up to fifteen digits; a shorter one than seven is an extension or a service. */
#define MIN_DIGITS 7
#define MAX_DIGITS 15

/* ITU-T E.164 list of country codes, and the national (trunk) prefix of E.123 that falls away behind it; "" = there is none. */
static const struct
{
  char country[3];
  const char *code;
  const char *trunk;
} plans[] = {
  { "AD", "376", "" },
  { "AE", "971", "0" },
  { "AL", "355", "0" },
  { "AM", "374", "0" },
  { "AR", "54", "0" },
  { "AT", "43", "0" },
  { "AU", "61", "0" },
  { "AZ", "994", "0" },
  { "BA", "387", "0" },
  { "BD", "880", "0" },
  { "BE", "32", "0" },
  { "BG", "359", "0" },
  { "BH", "973", "" },
  { "BO", "591", "0" },
  { "BR", "55", "0" },
  { "BY", "375", "8" },
  { "CA", "1", "1" },
  { "CH", "41", "0" },
  { "CL", "56", "" },
  { "CN", "86", "0" },
  { "CO", "57", "0" },
  { "CR", "506", "" },
  { "CY", "357", "" },
  { "CZ", "420", "" },
  { "DE", "49", "0" },
  { "DK", "45", "" },
  { "DO", "1", "1" },
  { "DZ", "213", "0" },
  { "EC", "593", "0" },
  { "EE", "372", "" },
  { "EG", "20", "0" },
  { "ES", "34", "" },
  { "FI", "358", "0" },
  { "FR", "33", "0" },
  { "GB", "44", "0" },
  { "GE", "995", "0" },
  { "GR", "30", "" },
  { "GT", "502", "" },
  { "HK", "852", "" },
  { "HN", "504", "" },
  { "HR", "385", "0" },
  { "HU", "36", "06" },
  { "ID", "62", "0" },
  { "IE", "353", "0" },
  { "IL", "972", "0" },
  { "IN", "91", "0" },
  { "IS", "354", "" },
  /* The zero stays: it is part of the number. */
  { "IT", "39", "" },
  { "JO", "962", "0" },
  { "JP", "81", "0" },
  { "KE", "254", "0" },
  { "KR", "82", "0" },
  { "KW", "965", "" },
  { "LB", "961", "0" },
  { "LI", "423", "" },
  { "LK", "94", "0" },
  { "LT", "370", "0" },
  { "LU", "352", "" },
  { "LV", "371", "" },
  { "MA", "212", "0" },
  { "MC", "377", "" },
  { "MD", "373", "0" },
  { "ME", "382", "0" },
  { "MK", "389", "0" },
  { "MT", "356", "" },
  { "MX", "52", "" },
  { "MY", "60", "0" },
  { "NG", "234", "0" },
  { "NI", "505", "" },
  { "NL", "31", "0" },
  { "NO", "47", "" },
  { "NZ", "64", "0" },
  { "PA", "507", "" },
  { "PE", "51", "0" },
  { "PH", "63", "0" },
  { "PK", "92", "0" },
  { "PL", "48", "" },
  { "PR", "1", "1" },
  { "PT", "351", "" },
  { "PY", "595", "0" },
  { "QA", "974", "" },
  { "RO", "40", "0" },
  { "RS", "381", "0" },
  { "RU", "7", "8" },
  { "SA", "966", "0" },
  { "SE", "46", "0" },
  { "SG", "65", "" },
  { "SI", "386", "0" },
  { "SK", "421", "0" },
  { "SM", "378", "" },
  { "SV", "503", "" },
  { "TH", "66", "0" },
  { "TN", "216", "" },
  { "TR", "90", "0" },
  { "TW", "886", "0" },
  { "UA", "380", "0" },
  { "US", "1", "1" },
  { "UY", "598", "0" },
  { "VA", "39", "" },
  { "VE", "58", "0" },
  { "VN", "84", "0" },
  { "ZA", "27", "0" },
};

char *
mos_phone_digits (const char *text,
                  const char *country)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean has_plus = FALSE;

  for (const char *s = text != NULL ? text : ""; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char_validated (s, -1);
      int digit;

      if (c == (gunichar) -1 || c == (gunichar) -2)
        return g_strdup ("");
      digit = g_unichar_digit_value (c);
      if (digit >= 0)
        g_string_append_c (digits, (char) ('0' + digit));
      else if (c == '+' && digits->len == 0 && !has_plus)
        has_plus = TRUE;
      /* An extension is not part of the number of a person. */
      else if (digits->len >= MIN_DIGITS && (c == 'x' || c == 'X' || c == 'e' || c == ';' || c == '#'))
        break;
      else if (g_unichar_isalpha (c))
        return g_strdup ("");
      /* "(0)" behind a country's code: the prefix that is dialled at home alone. */
      if (c == '(' && has_plus && g_str_has_prefix (s, "(0)"))
        s += 2;
    }
  if (!has_plus && g_str_has_prefix (digits->str, "00"))
    {
      has_plus = TRUE;
      g_string_erase (digits, 0, 2);
    }
  if (!has_plus)
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (plans) && (country == NULL || g_ascii_strcasecmp (plans[i].country, country) != 0))
        i++;
      if (i == G_N_ELEMENTS (plans) || digits->len == 0)
        return g_strdup ("");
      if (*plans[i].trunk != '\0' && g_str_has_prefix (digits->str, plans[i].trunk))
        g_string_erase (digits, 0, (gssize) strlen (plans[i].trunk));
      g_string_prepend (digits, plans[i].code);
    }
  if (digits->len < MIN_DIGITS || digits->len > MAX_DIGITS || *digits->str == '0')
    return g_strdup ("");
  return g_string_free (g_steal_pointer (&digits), FALSE);
}
