/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/mos-shop-query.h"

#include "core/shops/mos-oauth1.h"

MosShopQuery *
mos_shop_query_new (void)
{
  MosShopQuery *self = g_new0 (MosShopQuery, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
mos_shop_query_free (MosShopQuery *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

void
mos_shop_query_add (MosShopQuery *self,
                    const char *name,
                    const char *value)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->values, g_strdup (value));
}

void
mos_shop_query_add_int (MosShopQuery *self,
                        const char *name,
                        gint64 value)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->values, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

char *
mos_shop_query_join (const MosShopQuery *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->names->len; i++)
    {
      g_autofree char *name = mos_oauth1_encode (self->names->pdata[i]);
      g_autofree char *value = mos_oauth1_encode (self->values->pdata[i]);

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "&" : "", name, value);
    }
  return g_string_free (text, FALSE);
}
