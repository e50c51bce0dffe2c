/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-item.h"

G_BEGIN_DECLS

/**
 * MosPaletteSource: something the palette can find things in: actions, views, conversations, customers. A new kind of thing is one class with this
 * interface, added to the list in mos_window_open_palette(); an item names an action of the window, so nothing else has to know of it.
 *
 * Main context only. A search never fails as a whole: a source that could not look gives its error, and the others' items are shown.
 */
#define MOS_TYPE_PALETTE_SOURCE (mos_palette_source_get_type ())
G_DECLARE_INTERFACE (MosPaletteSource, mos_palette_source, MOS, PALETTE_SOURCE, GObject)

struct _MosPaletteSourceInterface
{
  GTypeInterface parent_iface;

  const char *(*get_heading) (MosPaletteSource *self);
  void (*search_async) (MosPaletteSource *self, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  /* has a default: that of a GTask */
  GPtrArray *(*search_finish) (MosPaletteSource *self, GAsyncResult *result, GError **error);
};

/** mos_palette_source_get_heading: Returns: (transfer none): what stands above its items */
const char *mos_palette_source_get_heading (MosPaletteSource *self);
/** mos_palette_source_search_async: @text: "" = what is offered to somebody who has typed nothing. The callback may be called before this returns. */
void mos_palette_source_search_async (MosPaletteSource *self, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosPaletteItem, best first */
GPtrArray *mos_palette_source_search_finish (MosPaletteSource *self, GAsyncResult *result, GError **error);

/** mos_palette_text_is_enough: Returns: whether @text is worth a look into the store: two letters, one of CJK, or a digit */
gboolean mos_palette_text_is_enough (const char *text);
/** mos_palette_items_new: Returns: (transfer full): an empty array of #MosPaletteItem */
GPtrArray *mos_palette_items_new (void);
/** mos_palette_items_sort: best first; those alike stay in their order; no more than @max */
void mos_palette_items_sort (GPtrArray *items, guint max);
/** mos_palette_source_return_rows: for one that asked the desk. @task: (transfer full); @rows: (transfer full) (nullable); @error: (transfer full) (nullable): why there are none */
void mos_palette_source_return_rows (GTask *task, GPtrArray *rows, MosPaletteItem *(*item_from_row) (gpointer row), GError *error);
/** mos_palette_source_return: for a source that knows at once. @items: (transfer full) */
void mos_palette_source_return (gpointer self, GPtrArray *items, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
