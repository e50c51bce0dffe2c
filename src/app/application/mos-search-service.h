/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-desktop-search.h"

G_BEGIN_DECLS

/**
 * MosSearchService:
 *
 * What the search of the desktop asks on the bus: GNOME Shell (org.gnome.Shell.SearchProvider2, below the program's path as "SearchProvider") and KDE's KRunner
 * (org.kde.krunner1, as "Runner"). It keeps the program alive while it answers, and no longer. A newer question ends the one before, which finds nothing then.
 *
 * Signals:
 *  - `chosen (MosPaletteItem *item, gboolean is_answer, const char *token)`: (nullable) @item: %NULL where it is gone; @is_answer: it is to be answered; (nullable) @token: lets the window come to the front
 *  - `more (const char *text)`: all that is found is wanted in the window
 */
#define MOS_TYPE_SEARCH_SERVICE (mos_search_service_get_type ())
G_DECLARE_FINAL_TYPE (MosSearchService, mos_search_service, MOS, SEARCH_SERVICE, GObject)

/**
 * mos_search_service_new:
 * @app: outlives it
 * @path: of the program on the bus
 * @profile: path of its folder
 *
 * Returns: (transfer full) (nullable): it answers from now on
 */
MosSearchService *mos_search_service_new (GApplication *app, GDBusConnection *connection, const char *path, const char *profile, GError **error);
/** mos_search_service_close: it does not any more */
void mos_search_service_close (MosSearchService *self);

G_END_DECLS
