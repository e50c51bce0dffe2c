/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** MosShopQuery: what follows "?" in an address; neither names nor values are encoded yet */
typedef struct
{
  GPtrArray *names;
  GPtrArray *values;
} MosShopQuery;

MosShopQuery *mos_shop_query_new (void);
void mos_shop_query_free (MosShopQuery *self);
void mos_shop_query_add (MosShopQuery *self, const char *name, const char *value);
void mos_shop_query_add_int (MosShopQuery *self, const char *name, gint64 value);
/** mos_shop_query_join: Returns: (transfer full): all of it, encoded; "" where there is nothing */
char *mos_shop_query_join (const MosShopQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosShopQuery, mos_shop_query_free)

G_END_DECLS
