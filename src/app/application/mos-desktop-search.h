/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-item.h"

G_BEGIN_DECLS

/**
 * MosDesktopSearch:
 *
 * Finds conversations and customers for the search of the desktop, by the language of queries. It only reads the profile's files, on a thread of its own and without the
 * lock, so no window and no account need be there, and nothing is connected; a moment after the last question it lets go of them. Main context only.
 */
#define MOS_TYPE_DESKTOP_SEARCH (mos_desktop_search_get_type ())
G_DECLARE_FINAL_TYPE (MosDesktopSearch, mos_desktop_search, MOS, DESKTOP_SEARCH, GObject)

/** mos_desktop_search_new: @profile: path of its folder, which may not be there yet: then nothing is found */
MosDesktopSearch *mos_desktop_search_new (const char *profile);
/** mos_desktop_search_close: waits for what is being looked up; nothing is found from now on. Before the last unref, which may be a thread's */
void mos_desktop_search_close (MosDesktopSearch *self);

/** mos_desktop_search_find_async: @text: as it was typed, in the person's own words for operators; too short = nothing */
void mos_desktop_search_find_async (MosDesktopSearch *self, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desktop_search_load_async: what was found before, by its ids; what is gone since is left out */
void mos_desktop_search_load_async (MosDesktopSearch *self, const char *const *ids, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desktop_search_finish: of both. Returns: (transfer full) (nullable) (element-type MosPaletteItem): conversations, then customers, best first; or in the order of the ids */
GPtrArray *mos_desktop_search_finish (MosDesktopSearch *self, GAsyncResult *result, GError **error);

G_END_DECLS
