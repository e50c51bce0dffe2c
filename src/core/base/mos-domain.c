/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-domain.h"

#include <gio/gio.h>
#include <libsoup/soup.h>
#include <string.h>

char *
mos_domain_to_shown (const char *host)
{
  g_autofree char *lower = g_utf8_validate (host, -1, NULL) ? g_utf8_strdown (host, -1) : g_ascii_strdown (host, -1);
  char *shown;

  for (gsize n = strlen (lower); n > 0 && lower[n - 1] == '.'; n--)
    lower[n - 1] = '\0';
  shown = g_hostname_to_unicode (lower);
  return shown != NULL ? shown : g_utf8_make_valid (lower, -1);
}

char *
mos_domain_of_address (const char *address)
{
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  return at != NULL && at[1] != '\0' ? mos_domain_to_shown (at + 1) : NULL;
}

char *
mos_domain_base (const char *domain)
{
  g_autofree char *ascii = g_hostname_to_ascii (domain);
  const char *base = ascii != NULL && !g_hostname_is_ip_address (ascii) ? soup_tld_get_base_domain (ascii, NULL) : NULL;

  /* An ending that the list does not have: whatever stands right before it. */
  if (base == NULL && ascii != NULL && !g_hostname_is_ip_address (ascii))
    {
      const char *last = strrchr (ascii, '.');

      base = ascii;
      for (const char *p = ascii; last != NULL && p < last; p++)
        if (*p == '.')
          base = p + 1;
    }
  return mos_domain_to_shown (base != NULL ? base : domain);
}

char *
mos_domain_label (const char *domain)
{
  g_autofree char *base = mos_domain_base (domain);
  char *dot = strchr (base, '.');

  if (dot != NULL)
    *dot = '\0';
  return g_steal_pointer (&base);
}

gboolean
mos_domain_is_within (const char *domain,
                      const char *other)
{
  gsize n = strlen (domain), o = strlen (other);

  return o > 0 && n >= o && strcmp (domain + n - o, other) == 0 && (n == o || domain[n - o - 1] == '.');
}

/* --- looking alike --- */

/* What a letter is taken for. From the confusables of UTS #39, cut to letters that may stand in a domain. */
static const struct
{
  gunichar letter;
  char as[3];
} confusables[] = {
  { '0', "o" },
  { '1', "l" },
  { 'i', "l" },
  { '|', "l" },
  { '5', "s" },
  { 0x0131, "l" }, /* dotless i */
  { 0x0142, "l" }, /* l with stroke */
  { 0x00f8, "o" },
  { 0x0111, "d" },
  { 0x0127, "h" },
  { 0x0253, "b" },
  { 0x0261, "g" },
  { 0x0269, "l" }, /* Latin iota */
  { 0x026a, "l" },
  { 0x03b1, "a" }, /* Greek */
  { 0x03b3, "y" },
  { 0x03b5, "e" },
  { 0x03b9, "l" },
  { 0x03ba, "k" },
  { 0x03bd, "v" },
  { 0x03bf, "o" },
  { 0x03c1, "p" },
  { 0x03c3, "o" },
  { 0x03c4, "t" },
  { 0x03c5, "u" },
  { 0x03c7, "x" },
  { 0x03c9, "w" },
  { 0x0430, "a" }, /* Cyrillic */
  { 0x0432, "b" },
  { 0x0433, "r" },
  { 0x0435, "e" },
  { 0x043a, "k" },
  { 0x043c, "m" },
  { 0x043d, "h" },
  { 0x043e, "o" },
  { 0x043f, "n" },
  { 0x0440, "p" },
  { 0x0441, "c" },
  { 0x0442, "t" },
  { 0x0443, "y" },
  { 0x0445, "x" },
  { 0x0448, "w" },
  { 0x044c, "b" },
  { 0x0455, "s" },
  { 0x0456, "l" },
  { 0x0458, "j" },
  { 0x0475, "v" },
  { 0x04bb, "h" },
  { 0x04cf, "l" },
  { 0x0501, "d" },
  { 0x051b, "q" },
  { 0x051d, "w" },
  { 0x0561, "w" }, /* Armenian */
  { 0x0578, "n" },
  { 0x057d, "u" },
  { 0x0585, "o" },
};

char *
mos_domain_skeleton (const char *label)
{
  g_autofree char *plain = g_utf8_normalize (label, -1, G_NORMALIZE_NFKD);
  GString *skeleton = g_string_new (NULL);

  for (const char *p = plain != NULL ? plain : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));
      const char *as = NULL;

      /* Accents are what one overlooks; a hyphen is easily put in or left out. */
      if (g_unichar_ismark (c) || c == '-')
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (confusables) && as == NULL; i++)
        if (confusables[i].letter == c)
          as = confusables[i].as;
      if (as != NULL)
        g_string_append (skeleton, as);
      else
        g_string_append_unichar (skeleton, c);
    }
  /* Two letters that look like one. */
  g_string_replace (skeleton, "rn", "m", 0);
  g_string_replace (skeleton, "vv", "w", 0);
  return g_string_free (skeleton, FALSE);
}

gboolean
mos_domain_has_mixed_scripts (const char *domain)
{
  g_autofree char *shown = mos_domain_to_shown (domain);
  guint seen = 0;

  for (const char *p = shown; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '.')
        seen = 0;
      else
        switch ((int) g_unichar_get_script (c))
          {
          case G_UNICODE_SCRIPT_LATIN:
            seen |= 1;
            break;
          case G_UNICODE_SCRIPT_GREEK:
            seen |= 2;
            break;
          case G_UNICODE_SCRIPT_CYRILLIC:
            seen |= 4;
            break;
          default:
            break;
          }
      if (seen == 3 || seen > 4)
        return TRUE;
    }
  return FALSE;
}

#define MAX_LABEL 63

guint
mos_domain_distance (const char *a,
                     const char *b,
                     guint most)
{
  glong n = 0, m = 0;
  g_autofree gunichar *x = g_utf8_to_ucs4_fast (a, -1, &n);
  g_autofree gunichar *y = g_utf8_to_ucs4_fast (b, -1, &m);
  guint rows[3][MAX_LABEL + 1];

  if (n > MAX_LABEL || m > MAX_LABEL || ABS (n - m) > (glong) most)
    return most + 1;
  for (glong j = 0; j <= m; j++)
    rows[0][j] = (guint) j;
  for (glong i = 1; i <= n; i++)
    {
      guint *now = rows[i % 3];
      const guint *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

      now[0] = (guint) i;
      for (glong j = 1; j <= m; j++)
        {
          now[j] = MIN (MIN (last[j] + 1, now[j - 1] + 1), last[j - 1] + (x[i - 1] != y[j - 1] ? 1 : 0));
          if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
            now[j] = MIN (now[j], before[j - 2] + 1);
        }
    }
  return MIN (rows[n % 3][m], most + 1);
}

/* --- kinds of domains --- */

gboolean
mos_domain_is_public_mail (const char *domain)
{
  static const char *const labels[] = {
    "gmail", "googlemail", "gmx", "web", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "rocketmail", "aol", "icloud", "me", "mac", "proton", "protonmail", "pm",
    "t-online", "freenet", "posteo", "mailbox", "orange", "wanadoo", "laposte", "free", "libero", "tiscali", "virgilio", "telefonica", "terra", "mail", "yandex", "qq", "163", "126",
    "naver", "seznam", "wp", "o2", "onet", "interia", "zoho", "tutanota", "tuta", "fastmail", "btinternet", "comcast", "verizon", "att", "uol", "bol", "sapo", "bluewin", "hushmail"
  };
  g_autofree char *label = mos_domain_label (domain);

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (label, labels[i]) == 0)
      return TRUE;
  return FALSE;
}

char *
mos_domain_in_text (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *with_scheme = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *host;

  if (*trimmed == '\0' || strpbrk (trimmed, " \n\t") != NULL)
    return NULL;
  if (strstr (trimmed, "://") == NULL)
    {
      /* "shop.example/track" looks like an address too; "Thanks." and "v2.0" do not. */
      const char *dot = strchr (trimmed, '.');
      gsize end = strcspn (trimmed, "/?#:");

      if (dot == NULL || (gsize) (dot - trimmed) + 2 >= end || strchr (trimmed, '@') != NULL || g_ascii_isdigit (trimmed[end - 1]) || g_ascii_ispunct (trimmed[end - 1]))
        return NULL;
      with_scheme = g_strconcat ("https://", trimmed, NULL);
    }
  uri = g_uri_parse (with_scheme != NULL ? with_scheme : trimmed, G_URI_FLAGS_PARSE_RELAXED, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL || *host == '\0')
    return NULL;
  if (g_ascii_strncasecmp (host, "www.", 4) == 0)
    host += 4;
  return mos_domain_to_shown (host);
}

/* --- account numbers --- */

/* ISO 13616-1, the registry of SWIFT: how long an account number of each country is. */
static const char iban_lengths[] =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25"
    "MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20";

static guint
iban_length (const char *country)
{
  for (const char *p = iban_lengths; *p != '\0'; p += 4)
    if (p[0] == country[0] && p[1] == country[1])
      return (guint) ((p[2] - '0') * 10 + (p[3] - '0'));
  return 0;
}

static gboolean
iban_is_right (const char *iban)
{
  gsize n = strlen (iban);
  guint rest = 0;

  /* The first four go to the end; letters count from 10 (ISO 7064). */
  for (gsize i = 0; i < n; i++)
    {
      char c = iban[(i + 4) % n];

      rest = g_ascii_isdigit (c) ? (rest * 10 + (guint) (c - '0')) % 97 : (rest * 100 + (guint) (c - 'A') + 10) % 97;
    }
  return rest == 1;
}

GStrv
mos_iban_find_all (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      g_autoptr (GString) iban = NULL;
      guint length = 0;
      const char *q;

      if (!g_ascii_isalpha (p[0]) || !g_ascii_isalpha (p[1]) || !g_ascii_isdigit (p[2]) || (p > text && g_ascii_isalnum (p[-1])))
        continue;
      iban = g_string_new (NULL);
      for (q = p; *q != '\0' && (length == 0 || iban->len < length); q++)
        {
          if (g_ascii_isalnum (*q))
            g_string_append_c (iban, g_ascii_toupper (*q));
          else if ((guchar) q[0] == 0xc2 && (guchar) q[1] == 0xa0)
            q++; /* a blank that does not break */
          else if (*q != ' ' && *q != '-' && *q != '.')
            break;
          if (iban->len == 2 && (length = iban_length (iban->str)) == 0)
            break;
        }
      if (length == 0 || iban->len != length || g_ascii_isalnum (*q) || !iban_is_right (iban->str))
        continue;
      p = q - 1;
      if (!g_hash_table_add (seen, g_strdup (iban->str)))
        continue;
      g_strv_builder_add (builder, iban->str);
    }
  return g_strv_builder_end (builder);
}
