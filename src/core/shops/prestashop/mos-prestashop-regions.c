/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/mos-shop-json.h"
#include "core/shops/prestashop/mos-prestashop-private.h"

#include <string.h>

/* Regions are rows of a table of their own, "states", which only few countries have any in, and which the key may not be allowed to read: it is asked
 * only where an address has one, or is to get one. */

static JsonArray *
ask_states (MosPrestashopShop *self,
            const char *field,
            const char *id,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("[id,id_country,iso_code,name]");
  g_autofree char *filter = g_strdup_printf ("filter[%s]", field);
  g_autofree char *value = g_strdup_printf ("[%s]", id);

  mos_shop_query_add (query, filter, value);
  return mos_prestashop_ask (self, "states", query, cancellable, error);
}

static gboolean
is_same (const char *one,
         const char *other)
{
  g_autofree char *a = g_utf8_casefold (one, -1), *b = g_utf8_casefold (other, -1);

  return g_utf8_collate (a, b) == 0;
}

char *
mos_prestashop_read_region (MosPrestashopShop *self,
                            JsonObject *address,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *id = mos_shop_json_text (address, "id_state");
  g_autoptr (JsonArray) rows = NULL;

  if (*id == '\0' || strcmp (id, "0") == 0)
    return g_strdup ("");
  rows = ask_states (self, "id", id, cancellable, error);
  return rows != NULL ? mos_shop_json_text (mos_json_read_element (rows, 0), "name") : NULL;
}

char *
mos_prestashop_find_region (MosPrestashopShop *self,
                            const char *country,
                            const char *region,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *wanted = g_strstrip (g_strdup (region));
  g_autoptr (JsonArray) rows = NULL;

  if (*wanted == '\0')
    return g_strdup ("0");
  rows = ask_states (self, "id_country", country, cancellable, error);
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      g_autofree char *of = mos_shop_json_text (row, "id_country");
      g_autofree char *code = mos_shop_json_text (row, "iso_code");
      g_autofree char *name = mos_shop_json_text (row, "name");

      if (strcmp (of, country) == 0 && (is_same (code, wanted) || is_same (name, wanted)))
        return mos_shop_json_text (row, "id");
    }
  if (rows != NULL)
    g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, "The shop knows no region “%s” in that country", wanted);
  return NULL;
}
