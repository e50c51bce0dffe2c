/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MosShopWalk: through the orders of a shop by the time of their change, for platforms whose lists have page numbers only
 * @since_us: from which time on the next page is asked; 0 = from the first
 * @id: -1, or in the middle of those of the one second @since_us: by id, those behind this one
 * @page: which page of that
 *
 * Page numbers alone lose orders: one that changes while the list is read moves all behind it up by one, over the edge of a page. So each page is
 * asked for by where the last one ended, as page 1; a second of which there are more than a page holds is walked through by id; and only what says
 * neither its time nor its id is left to page numbers. The walk ends at the newest order less some overlap, and never in the shop's own future,
 * where one order with a wrong date would hide all that come after it.
 *
 * Pure; any thread. Times are those of the shop alone.
 */
typedef struct
{
  gint64 since_us;
  gint64 id;
  guint page;

  /*< private >*/
  gint64 end_us;
  gint64 began_us;
  gint64 now_us;
  gint64 newest_us;
  gint64 last_id;
  guint n;
  gboolean has_future;
} MosShopWalk;

/** mos_shop_walk_read: @cursor: of mos_shop_walk_dup_cursor(), or "" */
void mos_shop_walk_read (MosShopWalk *self, const char *cursor);
/** mos_shop_walk_dup_cursor: Returns: (transfer full) */
char *mos_shop_walk_dup_cursor (const MosShopWalk *self);
/** mos_shop_walk_is_lost: @now_us: what the shop's clock showed, 0 = unknown. Returns: whether it stands in the shop's future: its clock was wrong, and where it was when is not known: mos_shop_walk_read() anew from "" */
gboolean mos_shop_walk_is_lost (const MosShopWalk *self, gint64 now_us);
/** mos_shop_walk_begin_page: before the rows of an answer are seen. @now_us: as above */
void mos_shop_walk_begin_page (MosShopWalk *self, gint64 now_us);
/** mos_shop_walk_see: each row, those that make no sense included. @id, @at_us: 0 where it does not say */
void mos_shop_walk_see (MosShopWalk *self, gint64 id, gint64 at_us);
/** mos_shop_walk_turn: goes on behind the rows that were seen. @size: of a page; @total: how many the shop counts for what was asked, -1 where it does not. Returns: whether there is more to read now */
gboolean mos_shop_walk_turn (MosShopWalk *self, guint size, gint64 total);

G_END_DECLS
