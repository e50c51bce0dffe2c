/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-orders-csv.h"

G_BEGIN_DECLS

/* A walk over a file, as mos-orders-csv-walk.c makes it and mos-orders-csv-order.c makes orders in it. */

/* One order while its records come. */
typedef struct
{
  char *values[MOS_ORDER_N_COLUMNS]; /* (owned) (nullable): the first that is there */
  MosOrder *order;                   /* (owned): with its items */
  gboolean has_trouble;
} MosOpenOrder;

typedef struct
{
  const MosOrdersCsv *csv;
  const MosOrdersPlan *plan;
  const MosShopAccount *shop;
  MosOrdersReport *report;
  int at[MOS_ORDER_N_COLUMNS]; /* which column holds it, -1 = none */
  GHashTable *last;            /* (owned) number, folded -> GUINT_TO_POINTER (its last record) */
  GHashTable *open;            /* (owned) number, folded -> MosOpenOrder */
  GHashTable *words;           /* (owned) status, folded -> MosCsvStatus (borrowed) */
  GPtrArray *page;             /* (owned) */
  char *previous;              /* (owned) (nullable): number of the record before */
  GTimeZone *zone;             /* (owned): of what has none of its own */
  MosOrdersFunc func;
  gpointer data;
} MosOrdersWalk;

/** mos_orders_walk_dup_value: Returns: (transfer full): what the record has for @column, "" where nothing */
char *mos_orders_walk_dup_value (MosOrdersWalk *self, char **record, MosOrderColumn column);
void mos_orders_walk_add_item (MosOrdersWalk *self, MosOrder *order, char **record);
void mos_orders_walk_add_shipment (MosOrdersWalk *self, MosOrder *order, char **record);
/** mos_orders_walk_finish: Returns: (transfer full): the order, whose records were all seen */
MosOrder *mos_orders_walk_finish (MosOrdersWalk *self, MosOpenOrder *open);

G_END_DECLS
