/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/mos-shop-action.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-entities.h"
#include "core/base/mos-json.h"

#include <string.h>

/* U+E000, of private use: no shop and no person writes a whole text of it and digits. */
#define NUMBER_MARK "\xee\x80\x80"
#define CLOCKS_APART_US (5 * 60 * (gint64) G_USEC_PER_SEC)

guint
mos_shop_currency_digits (const char *currency)
{
  static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
  static const char three[] = "BHD IQD JOD KWD LYD OMR TND";

  if (strlen (currency) != 3)
    return 2;
  return strstr (none, currency) != NULL ? 0 : strstr (three, currency) != NULL ? 3
                                                                                : 2;
}

void
mos_shop_action_fit_terms (MosOrderTerms *terms)
{
  g_autofree char *left = NULL;

  terms->digits = mos_shop_currency_digits (terms->order->currency);
  left = mos_decimal_share (*terms->left == '-' ? "0" : terms->left, 1, 1, terms->digits);
  g_set_str (&terms->left, left);
}

void
mos_shop_action_add_number (JsonBuilder *builder,
                            const char *name,
                            const char *decimal)
{
  g_autofree char *marked = g_strconcat (NUMBER_MARK, mos_locale_is_decimal (decimal) ? decimal : "0", NULL);

  mos_json_string (builder, name, marked);
}

char *
mos_shop_action_end_body (JsonBuilder *builder)
{
  static const char begin[] = "\"" NUMBER_MARK;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  GString *body = g_string_new (NULL);
  const char *rest;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  rest = text;
  for (const char *found; (found = strstr (rest, begin)) != NULL;)
    {
      const char *number = found + strlen (begin);
      gsize n = strspn (number, "-0123456789.");
      gboolean is_number = n > 0 && number[n] == '"';

      g_string_append_len (body, rest, found - rest);
      g_string_append_len (body, is_number ? number : found, is_number ? (gssize) n : (gssize) strlen (begin));
      rest = is_number ? number + n + 1 : number;
    }
  g_string_append (body, rest);
  return g_string_free (body, FALSE);
}

gboolean
mos_shop_action_is_of_then (const MosOrderAction *action,
                            gint64 at_us)
{
  return at_us >= action->tried_us - CLOCKS_APART_US;
}

gboolean
mos_shop_action_is_free (const MosOrderAction *action,
                         const char *remote_id)
{
  return action->others == NULL || !g_strv_contains ((const char *const *) action->others, remote_id);
}

gboolean
mos_shop_action_has_lines (const char *there,
                           const char *wanted)
{
  g_autofree char *text = g_strstrip (g_strdup (wanted));
  gsize length = strlen (text);

  if (length == 0)
    return FALSE;
  for (const char *found = there; (found = strstr (found, text)) != NULL; found++)
    if ((found == there || found[-1] == '\n') && strchr ("\r\n", found[length]) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
mos_shop_action_is_amount (const MosOrderAction *action,
                           const char *amount)
{
  g_autofree char *apart = mos_decimal_subtract (amount, action->amount);
  g_autofree char *unit = mos_decimal_share ("1", 1, 1, 0);
  guint digits = mos_decimal_count_digits (action->amount);
  g_autofree char *slack = NULL;

  for (guint i = 0; i < digits; i++)
    {
      char *less = mos_decimal_share (unit, 1, 10, i + 1);

      g_free (unit);
      unit = less;
    }
  slack = mos_decimal_times (unit, action->lines->len);
  return mos_locale_compare_decimal (*apart == '-' ? apart + 1 : apart, slack) <= 0;
}

/* Runs of blanks become one. */
static char *
even_out (char *text)
{
  char *out = text;

  g_strstrip (text);
  for (const char *in = text; *in != '\0'; in++)
    if (!g_ascii_isspace (*in))
      *out++ = *in;
    else if (out[-1] != ' ')
      *out++ = ' ';
  *out = '\0';
  return text;
}

gboolean
mos_shop_action_is_text (const char *there,
                         const char *wanted)
{
  g_autofree char *a = mos_entities_decode (there);
  g_autofree char *b = g_strdup (wanted);

  return strcmp (even_out (a), even_out (b)) == 0;
}

gboolean
mos_shop_action_take_address (const MosOrderAction *action,
                              char *address[MOS_ADDRESS_N_PARTS])
{
  gboolean is_same = TRUE;

  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    {
      g_autofree char *there = g_steal_pointer (&address[i]);

      if (i != MOS_ADDRESS_REGION && i != MOS_ADDRESS_PHONE)
        is_same = is_same && mos_shop_action_is_text (there != NULL ? there : "", action->address[i]);
    }
  return is_same;
}

MosShopTrace
mos_shop_action_tell (gboolean is_there,
                      char **ret_made)
{
  if (!is_there)
    return MOS_SHOP_TRACE_ABSENT;
  *ret_made = g_strdup ("");
  return MOS_SHOP_TRACE_FOUND;
}

const MosOrderActionLine *
mos_shop_action_find_line (const MosOrderAction *action,
                           const char *id)
{
  for (guint i = 0; i < action->lines->len; i++)
    if (strcmp (((MosOrderActionLine *) g_ptr_array_index (action->lines, i))->id, id) == 0)
      return g_ptr_array_index (action->lines, i);
  return NULL;
}

char *
mos_shop_action_set_uncertain (GError **error)
{
  g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_UNCERTAIN, "The answer is about something else");
  return NULL;
}
