/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-phone.h"

#include <string.h>

/* ITU-T E.164: up to fifteen digits; one shorter than seven is an extension or a service. */
#define MIN_DIGITS 7
#define MAX_DIGITS 15
/* What is compared may be without the area that it is in. */
#define MIN_FOLDED 6
#define MIN_CANONICAL 5

/* ITU-T E.164, assigned country codes (Operational Bulletin 1114), and of +1 and +7 the areas behind them (NANPA; ru: 6 and 7 are Kazakhstan's); the national
 * (trunk) prefix of E.123 that falls away behind the code: "" = there is none, NULL = not known here. country "" = shared: nobody can tell. Of rows with the same
 * digits the first one says whose they are. */
static const struct
{
  char code[4];
  char area[4];
  char country[3];
  const char *trunk;
} plans[] = {
  { "1", "", "", NULL },
  { "1", "", "US", "1" },
  { "1", "", "CA", "1" },
  { "1", "242", "BS", NULL },
  { "1", "246", "BB", NULL },
  { "1", "264", "AI", NULL },
  { "1", "268", "AG", NULL },
  { "1", "284", "VG", NULL },
  { "1", "340", "VI", NULL },
  { "1", "345", "KY", NULL },
  { "1", "441", "BM", NULL },
  { "1", "473", "GD", NULL },
  { "1", "649", "TC", NULL },
  { "1", "658", "JM", NULL },
  { "1", "664", "MS", NULL },
  { "1", "670", "MP", NULL },
  { "1", "671", "GU", NULL },
  { "1", "684", "AS", NULL },
  { "1", "721", "SX", NULL },
  { "1", "758", "LC", NULL },
  { "1", "767", "DM", NULL },
  { "1", "784", "VC", NULL },
  { "1", "787", "PR", "1" },
  { "1", "809", "DO", "1" },
  { "1", "829", "DO", "1" },
  { "1", "849", "DO", "1" },
  { "1", "868", "TT", NULL },
  { "1", "869", "KN", NULL },
  { "1", "876", "JM", NULL },
  { "1", "939", "PR", "1" },
  { "20", "", "EG", "0" },
  { "211", "", "SS", NULL },
  { "212", "", "MA", "0" },
  { "213", "", "DZ", "0" },
  { "216", "", "TN", "" },
  { "218", "", "LY", NULL },
  { "220", "", "GM", NULL },
  { "221", "", "SN", NULL },
  { "222", "", "MR", NULL },
  { "223", "", "ML", NULL },
  { "224", "", "GN", NULL },
  { "225", "", "CI", NULL },
  { "226", "", "BF", NULL },
  { "227", "", "NE", NULL },
  { "228", "", "TG", NULL },
  { "229", "", "BJ", NULL },
  { "230", "", "MU", NULL },
  { "231", "", "LR", NULL },
  { "232", "", "SL", NULL },
  { "233", "", "GH", NULL },
  { "234", "", "NG", "0" },
  { "235", "", "TD", NULL },
  { "236", "", "CF", NULL },
  { "237", "", "CM", NULL },
  { "238", "", "CV", NULL },
  { "239", "", "ST", NULL },
  { "240", "", "GQ", NULL },
  { "241", "", "GA", NULL },
  { "242", "", "CG", NULL },
  { "243", "", "CD", NULL },
  { "244", "", "AO", NULL },
  { "245", "", "GW", NULL },
  { "246", "", "IO", NULL },
  { "248", "", "SC", NULL },
  { "249", "", "SD", NULL },
  { "250", "", "RW", NULL },
  { "251", "", "ET", NULL },
  { "252", "", "SO", NULL },
  { "253", "", "DJ", NULL },
  { "254", "", "KE", "0" },
  { "255", "", "TZ", NULL },
  { "256", "", "UG", NULL },
  { "257", "", "BI", NULL },
  { "258", "", "MZ", NULL },
  { "260", "", "ZM", NULL },
  { "261", "", "MG", NULL },
  { "262", "", "RE", NULL },
  { "263", "", "ZW", NULL },
  { "264", "", "NA", NULL },
  { "265", "", "MW", NULL },
  { "266", "", "LS", NULL },
  { "267", "", "BW", NULL },
  { "268", "", "SZ", NULL },
  { "269", "", "KM", NULL },
  { "27", "", "ZA", "0" },
  { "290", "", "SH", NULL },
  { "291", "", "ER", NULL },
  { "297", "", "AW", NULL },
  { "298", "", "FO", NULL },
  { "299", "", "GL", NULL },
  { "30", "", "GR", "" },
  { "31", "", "NL", "0" },
  { "32", "", "BE", "0" },
  { "33", "", "FR", "0" },
  { "34", "", "ES", "" },
  { "350", "", "GI", NULL },
  { "351", "", "PT", "" },
  { "352", "", "LU", "" },
  { "353", "", "IE", "0" },
  { "354", "", "IS", "" },
  { "355", "", "AL", "0" },
  { "356", "", "MT", "" },
  { "357", "", "CY", "" },
  { "358", "", "FI", "0" },
  { "359", "", "BG", "0" },
  { "36", "", "HU", "06" },
  { "370", "", "LT", "0" },
  { "371", "", "LV", "" },
  { "372", "", "EE", "" },
  { "373", "", "MD", "0" },
  { "374", "", "AM", "0" },
  { "375", "", "BY", "8" },
  { "376", "", "AD", "" },
  { "377", "", "MC", "" },
  { "378", "", "SM", "" },
  { "380", "", "UA", "0" },
  { "381", "", "RS", "0" },
  { "382", "", "ME", "0" },
  { "383", "", "XK", NULL },
  { "385", "", "HR", "0" },
  { "386", "", "SI", "0" },
  { "387", "", "BA", "0" },
  { "389", "", "MK", "0" },
  /* The zero stays: it is part of the number. */
  { "39", "", "IT", "" },
  { "39", "", "VA", "" },
  { "40", "", "RO", "0" },
  { "41", "", "CH", "0" },
  { "420", "", "CZ", "" },
  { "421", "", "SK", "0" },
  { "423", "", "LI", "" },
  { "43", "", "AT", "0" },
  { "44", "", "GB", "0" },
  { "45", "", "DK", "" },
  { "46", "", "SE", "0" },
  { "47", "", "NO", "" },
  { "48", "", "PL", "" },
  { "49", "", "DE", "0" },
  { "500", "", "FK", NULL },
  { "501", "", "BZ", NULL },
  { "502", "", "GT", "" },
  { "503", "", "SV", "" },
  { "504", "", "HN", "" },
  { "505", "", "NI", "" },
  { "506", "", "CR", "" },
  { "507", "", "PA", "" },
  { "508", "", "PM", NULL },
  { "509", "", "HT", NULL },
  { "51", "", "PE", "0" },
  { "52", "", "MX", "" },
  { "53", "", "CU", NULL },
  { "54", "", "AR", "0" },
  { "55", "", "BR", "0" },
  { "56", "", "CL", "" },
  { "57", "", "CO", "0" },
  { "58", "", "VE", "0" },
  { "590", "", "GP", NULL },
  { "591", "", "BO", "0" },
  { "592", "", "GY", NULL },
  { "593", "", "EC", "0" },
  { "594", "", "GF", NULL },
  { "595", "", "PY", "0" },
  { "596", "", "MQ", NULL },
  { "597", "", "SR", NULL },
  { "598", "", "UY", "0" },
  { "599", "", "", NULL },
  { "60", "", "MY", "0" },
  { "61", "", "AU", "0" },
  { "62", "", "ID", "0" },
  { "63", "", "PH", "0" },
  { "64", "", "NZ", "0" },
  { "65", "", "SG", "" },
  { "66", "", "TH", "0" },
  { "670", "", "TL", NULL },
  { "672", "", "", NULL },
  { "673", "", "BN", NULL },
  { "674", "", "NR", NULL },
  { "675", "", "PG", NULL },
  { "676", "", "TO", NULL },
  { "677", "", "SB", NULL },
  { "678", "", "VU", NULL },
  { "679", "", "FJ", NULL },
  { "680", "", "PW", NULL },
  { "681", "", "WF", NULL },
  { "682", "", "CK", NULL },
  { "683", "", "NU", NULL },
  { "685", "", "WS", NULL },
  { "686", "", "KI", NULL },
  { "687", "", "NC", NULL },
  { "688", "", "TV", NULL },
  { "689", "", "PF", NULL },
  { "690", "", "TK", NULL },
  { "691", "", "FM", NULL },
  { "692", "", "MH", NULL },
  { "7", "", "RU", "8" },
  { "7", "6", "KZ", NULL },
  { "7", "7", "KZ", NULL },
  { "81", "", "JP", "0" },
  { "82", "", "KR", "0" },
  { "84", "", "VN", "0" },
  { "850", "", "KP", NULL },
  { "852", "", "HK", "" },
  { "853", "", "MO", NULL },
  { "855", "", "KH", NULL },
  { "856", "", "LA", NULL },
  { "86", "", "CN", "0" },
  { "880", "", "BD", "0" },
  { "886", "", "TW", "0" },
  { "90", "", "TR", "0" },
  { "91", "", "IN", "0" },
  { "92", "", "PK", "0" },
  { "93", "", "AF", NULL },
  { "94", "", "LK", "0" },
  { "95", "", "MM", NULL },
  { "960", "", "MV", NULL },
  { "961", "", "LB", "0" },
  { "962", "", "JO", "0" },
  { "963", "", "SY", NULL },
  { "964", "", "IQ", NULL },
  { "965", "", "KW", "" },
  { "966", "", "SA", "0" },
  { "967", "", "YE", NULL },
  { "968", "", "OM", NULL },
  { "970", "", "PS", NULL },
  { "971", "", "AE", "0" },
  { "972", "", "IL", "0" },
  { "973", "", "BH", "" },
  { "974", "", "QA", "" },
  { "975", "", "BT", NULL },
  { "976", "", "MN", NULL },
  { "977", "", "NP", NULL },
  { "98", "", "IR", NULL },
  { "992", "", "TJ", NULL },
  { "993", "", "TM", NULL },
  { "994", "", "AZ", "0" },
  { "995", "", "GE", "0" },
  { "996", "", "KG", NULL },
  { "998", "", "UZ", NULL },
};

/* What people put between digits. */
static gboolean
is_between (gunichar c)
{
  return g_unichar_isspace (c) || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

/* @is_alone: nothing else may stand beside the number. Returns: (transfer full) (nullable): its digits, without the "00" or "+" that @ret_is_international tells of */
static GString *
scan (const char *text,
      gboolean is_alone,
      gboolean *ret_is_international)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean has_plus = FALSE;

  for (const char *s = text; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char_validated (s, -1);
      int digit;

      if (c == (gunichar) -1 || c == (gunichar) -2)
        return NULL;
      digit = g_unichar_digit_value (c);
      if (digit >= 0)
        g_string_append_c (digits, (char) ('0' + digit));
      else if (c == '+' && digits->len == 0 && !has_plus)
        has_plus = TRUE;
      /* An extension is not part of the number of a person. */
      else if (!is_alone && digits->len >= MIN_DIGITS && (c == 'x' || c == 'X' || c == 'e' || c == ';' || c == '#'))
        break;
      else if (is_alone ? !is_between (c) : g_unichar_isalpha (c))
        return NULL;
      /* "(0)" behind a country's code: the prefix that is dialled at home alone. */
      if (c == '(' && (has_plus || g_str_has_prefix (digits->str, "00")) && g_str_has_prefix (s, "(0)"))
        s += 2;
    }
  *ret_is_international = has_plus || g_str_has_prefix (digits->str, "00");
  if (!has_plus && *ret_is_international)
    g_string_erase (digits, 0, 2);
  return g_steal_pointer (&digits);
}

char *
mos_phone_digits (const char *text,
                  const char *country)
{
  gboolean is_international;
  g_autoptr (GString) digits = scan (text != NULL ? text : "", FALSE, &is_international);

  if (digits == NULL)
    return g_strdup ("");
  if (!is_international)
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (plans) && (country == NULL || plans[i].trunk == NULL || g_ascii_strcasecmp (plans[i].country, country) != 0))
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

char *
mos_phone_canonical (const char *text)
{
  gboolean is_international;
  g_autoptr (GString) digits = scan (text, TRUE, &is_international);

  if (digits == NULL)
    return NULL;
  if (is_international)
    g_string_prepend_c (digits, '+');
  return digits->len >= MIN_CANONICAL ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

char *
mos_phone_fold (const char *text)
{
  gboolean is_international;
  g_autoptr (GString) digits = text != NULL ? scan (text, TRUE, &is_international) : NULL;

  if (digits == NULL)
    return NULL;
  if (!is_international)
    g_string_erase (digits, 0, (gssize) strspn (digits->str, "0"));
  if (digits->len < MIN_FOLDED || digits->len > MAX_DIGITS)
    return NULL;
  if (is_international)
    g_string_prepend_c (digits, '+');
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

const char *
mos_phone_country (const char *text)
{
  g_autofree char *folded = mos_phone_fold (text);
  const char *found = NULL;
  gsize found_len = 0;

  if (folded == NULL || *folded != '+')
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      const char *area = folded + 1 + strlen (plans[i].code);
      gsize len = strlen (plans[i].code) + strlen (plans[i].area);

      if (len > found_len && g_str_has_prefix (folded + 1, plans[i].code) && g_str_has_prefix (area, plans[i].area))
        {
          found = plans[i].country;
          found_len = len;
        }
    }
  return found != NULL && *found != '\0' ? found : NULL;
}

/* Where a country's plan tells mobile numbers from others: its code, and what those begin with behind it (ITU-T E.129 national numbering plans). Of countries that
 * are not here, or whose numbers tell nothing (+1, +45, +52), any number may be one. */
static const struct
{
  const char *code;
  const char *mobile;
} mobiles[] = {
  { "20", "10 11 12 15" },
  { "212", "6 7" },
  { "213", "5 6 7" },
  { "216", "2 4 5 9" },
  { "27", "6 7 8" },
  { "30", "69" },
  { "31", "6" },
  { "32", "4" },
  { "33", "6 7" },
  { "34", "6 7" },
  { "351", "9" },
  { "352", "6" },
  { "353", "8" },
  { "358", "4 50" },
  { "36", "20 30 31 50 70" },
  { "39", "3" },
  { "40", "7" },
  { "41", "74 75 76 77 78 79" },
  { "420", "60 70 72 73 77 79" },
  { "421", "9" },
  { "43", "650 651 652 653 655 657 659 660 661 663 664 665 666 667 668 669 67 68 69" },
  { "44", "7" },
  { "46", "7" },
  { "47", "4 9" },
  { "48", "45 50 51 53 57 60 66 69 72 73 78 79 88" },
  { "49", "15 16 17" },
  { "61", "4" },
  { "64", "2" },
  { "81", "70 80 90" },
  { "86", "1" },
  { "90", "5" },
  { "91", "6 7 8 9" },
  { "966", "5" },
  { "971", "5" },
  { "972", "5" },
};

gboolean
mos_phone_takes_texts (const char *text)
{
  g_autofree char *folded = mos_phone_fold (text);

  if (folded == NULL || *folded != '+' || strlen (folded + 1) < MIN_DIGITS)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (mobiles); i++)
    if (g_str_has_prefix (folded + 1, mobiles[i].code))
      {
        g_auto (GStrv) prefixes = g_strsplit (mobiles[i].mobile, " ", -1);
        const char *area = folded + 1 + strlen (mobiles[i].code);

        for (char **prefix = prefixes; *prefix != NULL; prefix++)
          if (g_str_has_prefix (area, *prefix))
            return TRUE;
        return FALSE;
      }
  return TRUE;
}
