/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-carrier.h"

#include <string.h>

/* How the last figure of a number is made of those before it. */
typedef enum
{
  CHECK_NONE,
  CHECK_UPS,        /* behind "1Z": letters count as 2, 3, …; every second one twice; modulo 10 */
  CHECK_S10,        /* Universal Postal Union, standard S10: weights 8 6 4 2 3 5 9 7, modulo 11 */
  CHECK_GS1,        /* GS1 General Specifications 7.9: 3 and 1 from the right, modulo 10 */
  CHECK_MODULO_7,   /* air waybills: the number before it modulo 7 */
  CHECK_FEDEX,      /* weights 1 3 7 from the right, modulo 11, modulo 10 */
  CHECK_ISO_7064_36 /* ISO/IEC 7064 MOD 37,36, as parcel labels of DPD have it */
} CheckKind;

/* Numbers and their check digits: github.com/jkeen/tracking_number_data (MIT), couriers/{ups,fedex,usps,dhl,dpd,s10,canadapost,ontrac,yodel}.json; pages: the same, and the carriers' own.
 * pattern: of the number without blanks, in capitals. names: separated by "|", folded: letters and digits in lower case; of those that begin a shop's word for it the longest counts. */
static const struct
{
  const char *name;
  const char *names;
  const char *pattern; /* (nullable): only by its name */
  CheckKind check;
  const char *url;
} carriers[] = {
  { "UPS", "ups|unitedparcelservice", "^1Z[0-9A-Z]{15}[0-9]$", CHECK_UPS, "https://www.ups.com/track?tracknum=%s" },
  { "DHL Express", "dhlexpress", "^[0-9]{10,11}$", CHECK_MODULO_7, "https://www.dhl.com/en/express/tracking.html?brand=DHL&AWB=%s" },
  { "DHL", "dhl|dhlpaket|deutschepost|dhlde", "^(00)?3[0-9]{19}$|^JJD[0-9]{16,20}$", CHECK_NONE, "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=%s" },
  { "FedEx", "fedex|federalexpress|fedexground", "^[0-9]{12}$", CHECK_FEDEX, "https://www.fedex.com/fedextrack/?trknbr=%s" },
  { "FedEx", "", "^[0-9]{15}$", CHECK_GS1, "https://www.fedex.com/fedextrack/?trknbr=%s" },
  { "USPS", "usps|unitedstatespostalservice", "^(91|92|93|94|95)[0-9]{20}$", CHECK_GS1, "https://tools.usps.com/go/TrackConfirmAction?tLabels=%s" },
  { "DPD", "dpd|dpdgroup|seur", "^([0-9]{14}|[0-9]{27})[0-9A-Z]$", CHECK_ISO_7064_36, "https://www.dpdgroup.com/nl/mydpd/my-parcels/track?lang=en&parcelNumber=%s" },
  { "GLS", "gls|glsgroup", NULL, CHECK_NONE, "https://gls-group.com/track/%s" },
  { "Hermes", "hermes|myhermes", NULL, CHECK_NONE, "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/#%s" },
  { "Yodel", "yodel", "^JJ?D[0-9]{16}$", CHECK_NONE, "https://www.yodel.co.uk/tracking/%s" },
  { "OnTrac", "ontrac", NULL, CHECK_NONE, "https://www.ontrac.com/tracking/?number=%s" },
  { "Correos Express", "correosexpress", NULL, CHECK_NONE, "https://s.correosexpress.com/c?n=%s" },
  { "MRW", "mrw", NULL, CHECK_NONE, "https://www.mrw.es/seguimiento_envios/MRW_resultados_consultas.asp?modo=nacional&envio=%s" },
  { "PostNord", "postnord", NULL, CHECK_NONE, "https://tracking.postnord.com/tracking.html?id=%s" },
  { "InPost", "inpost", NULL, CHECK_NONE, "https://inpost.pl/sledzenie-przesylek?number=%s" },
  /* The post of a country: numbers by S10 end with its code. */
  { "Correos", "correos", "^[A-Z]{2}[0-9]{9}ES$", CHECK_S10, "https://www.correos.es/es/es/herramientas/localizador/envios/detalle?tracking-number=%s" },
  { "Deutsche Post", "deutschepostbrief", "^[A-Z]{2}[0-9]{9}DE$", CHECK_S10, "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=%s" },
  { "La Poste", "laposte|colissimo|chronopost", "^[A-Z]{2}[0-9]{9}FR$", CHECK_S10, "https://www.laposte.fr/outils/suivre-vos-envois?code=%s" },
  { "Royal Mail", "royalmail", "^[A-Z]{2}[0-9]{9}GB$", CHECK_S10, "https://www.royalmail.com/track-your-item#/tracking-results/%s" },
  { "USPS", "", "^[A-Z]{2}[0-9]{9}US$", CHECK_S10, "https://tools.usps.com/go/TrackConfirmAction?tLabels=%s" },
  { "Canada Post", "canadapost|postescanada", "^[A-Z]{2}[0-9]{9}CA$", CHECK_S10, "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=%s" },
  { "Österreichische Post", "osterreichischepost|postat|austrianpost", "^[A-Z]{2}[0-9]{9}AT$", CHECK_S10, "https://www.post.at/sv/sendungsdetails?snr=%s" },
  { "Die Schweizerische Post", "swisspost|dieschweizerischepost|postch", "^[A-Z]{2}[0-9]{9}CH$", CHECK_S10, "https://service.post.ch/ekp-web/ui/entry/search/%s" },
  { "Poste Italiane", "posteitaliane", "^[A-Z]{2}[0-9]{9}IT$", CHECK_S10, "https://www.poste.it/cerca/index.html#/risultati-spedizioni/%s" },
  { "CTT", "ctt", "^[A-Z]{2}[0-9]{9}PT$", CHECK_S10, "https://www.ctt.pt/feapl_2/app/open/objectSearch/objectSearch.jspx?objects=%s" },
  { "bpost", "bpost", "^[A-Z]{2}[0-9]{9}BE$", CHECK_S10, "https://track.bpost.cloud/btr/web/#/search?itemCode=%s" },
  { "日本郵便 (Japan Post)", "japanpost", "^[A-Z]{2}[0-9]{9}JP$", CHECK_S10, "https://trackings.post.japanpost.jp/services/srv/search/direct?reqCodeNo1=%s" },
};

/* --- check digits --- */

static gboolean
is_ups (const char *number)
{
  guint sum = 0;
  gsize n = strlen (number);

  for (gsize i = 2; i + 1 < n; i++)
    {
      guint value = g_ascii_isdigit (number[i]) ? (guint) (number[i] - '0') : (guint) (number[i] - 'A' + 2) % 10;

      sum += i % 2 == 1 ? value * 2 : value;
    }
  return (10 - sum % 10) % 10 == (guint) (number[n - 1] - '0');
}

static gboolean
is_s10 (const char *number)
{
  static const guint weights[] = { 8, 6, 4, 2, 3, 5, 9, 7 };
  guint sum = 0, check;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (guint) (number[2 + i] - '0');
  check = 11 - sum % 11;
  if (check == 10)
    check = 0;
  else if (check == 11)
    check = 5;
  return check == (guint) (number[10] - '0');
}

static gboolean
is_gs1 (const char *number)
{
  guint sum = 0;
  gsize n = strlen (number);

  for (gsize i = 0; i + 1 < n; i++)
    sum += (guint) (number[n - 2 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return (10 - sum % 10) % 10 == (guint) (number[n - 1] - '0');
}

static gboolean
is_modulo_7 (const char *number)
{
  guint rest = 0;
  gsize n = strlen (number);

  for (gsize i = 0; i + 1 < n; i++)
    rest = (rest * 10 + (guint) (number[i] - '0')) % 7;
  return rest == (guint) (number[n - 1] - '0');
}

static gboolean
is_fedex (const char *number)
{
  static const guint weights[] = { 1, 3, 7 };
  guint sum = 0;
  gsize n = strlen (number);

  for (gsize i = 0; i + 1 < n; i++)
    sum += (guint) (number[n - 2 - i] - '0') * weights[i % 3];
  return sum % 11 % 10 == (guint) (number[n - 1] - '0');
}

static guint
value_36 (char c)
{
  return g_ascii_isdigit (c) ? (guint) (c - '0') : (guint) (c - 'A' + 10);
}

static gboolean
is_iso_7064_36 (const char *number)
{
  guint product = 36;
  gsize n = strlen (number);

  for (gsize i = 0; i + 1 < n; i++)
    {
      product = (product + value_36 (number[i])) % 36;
      product = (product == 0 ? 36 : product) * 2 % 37;
    }
  return (product + value_36 (number[n - 1])) % 36 == 1;
}

static gboolean
is_right (CheckKind check,
          const char *number)
{
  switch (check)
    {
    case CHECK_UPS:
      return is_ups (number);
    case CHECK_S10:
      return is_s10 (number);
    case CHECK_GS1:
      return is_gs1 (number);
    case CHECK_MODULO_7:
      return is_modulo_7 (number);
    case CHECK_FEDEX:
      return is_fedex (number);
    case CHECK_ISO_7064_36:
      return is_iso_7064_36 (number);
    case CHECK_NONE:
    default:
      return TRUE;
    }
}

/* --- public --- */

/* "1z 999-aa1…" → "1Z999AA1…"; "" where it has what no number has. */
static char *
fold_number (const char *number)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *s = number; *s != '\0'; s++)
    if (g_ascii_isalnum (*s))
      g_string_append_c (folded, g_ascii_toupper (*s));
    else if (!g_ascii_isspace (*s) && *s != '-' && *s != '.')
      return g_strdup ("");
  return g_string_free_and_steal (g_steal_pointer (&folded));
}

static char *
fold_name (const char *name)
{
  g_autofree char *plain = g_str_to_ascii (name, "C");
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *s = plain; *s != '\0'; s++)
    if (g_ascii_isalnum (*s))
      g_string_append_c (folded, g_ascii_tolower (*s));
  return g_string_free_and_steal (g_steal_pointer (&folded));
}

/* Made once: a list of orders asks for each of its parcels. */
static gboolean
looks_so (gsize carrier,
          const char *number)
{
  static GRegex *patterns[G_N_ELEMENTS (carriers)];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (carriers); i++)
        if (carriers[i].pattern != NULL)
          patterns[i] = g_regex_new (carriers[i].pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
      g_once_init_leave (&once, 1);
    }
  return patterns[carrier] != NULL && g_regex_match (patterns[carrier], number, G_REGEX_MATCH_DEFAULT, NULL);
}

/* How much of @folded one of @names is; 0 = none is. */
static gsize
measure_name (const char *names,
              const char *folded)
{
  g_auto (GStrv) each = g_strsplit (names, "|", -1);
  gsize best = 0;

  for (gsize i = 0; each[i] != NULL; i++)
    if (*each[i] != '\0' && g_str_has_prefix (folded, each[i]))
      best = MAX (best, strlen (each[i]));
  return best;
}

static void
carrier_free (gpointer data)
{
  g_free (((MosCarrier *) data)->url);
  g_free (data);
}

static void
add (GPtrArray *found,
     gsize i,
     const char *number)
{
  g_autofree char *escaped = g_uri_escape_string (number, NULL, FALSE);
  const char *place = strstr (carriers[i].url, "%s");
  MosCarrier *carrier = g_new0 (MosCarrier, 1);

  carrier->name = carriers[i].name;
  carrier->url = g_strdup_printf ("%.*s%s%s", (int) (place - carriers[i].url), carriers[i].url, escaped, place + 2);
  g_ptr_array_add (found, carrier);
}

GPtrArray *
mos_carrier_list (const char *carrier,
                  const char *number)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (carrier_free);
  g_autofree char *folded_name = carrier != NULL ? fold_name (carrier) : NULL;
  g_autofree char *folded = number != NULL ? fold_number (number) : NULL;
  gsize best = 0, best_len = 0;

  if (number == NULL || *number == '\0')
    return found;
  for (gsize i = 0; folded_name != NULL && i < G_N_ELEMENTS (carriers); i++)
    {
      gsize len = measure_name (carriers[i].names, folded_name);

      if (len > best_len)
        {
          best = i;
          best_len = len;
        }
    }
  if (best_len > 0)
    {
      g_autofree char *plain = g_strstrip (g_strdup (number));

      add (found, best, *folded != '\0' ? folded : plain);
      return found;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (carriers); i++)
    if (looks_so (i, folded) && is_right (carriers[i].check, folded))
      add (found, i, folded);
  return found;
}
