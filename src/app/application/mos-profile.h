/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/**
 * MosProfile: one opened profile: its store and its desk. Main context; opening
 * runs on a thread of its own, because it may back up and migrate.
 */
#define MOS_TYPE_PROFILE (mos_profile_get_type ())
G_DECLARE_FINAL_TYPE (MosProfile, mos_profile, MOS, PROFILE, GObject)

/** mos_profile_open_async: @path: (nullable): %NULL for a throw-away one with the sample shop */
void mos_profile_open_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosProfile *mos_profile_open_finish (GAsyncResult *result, GError **error);

MosDesk *mos_profile_get_desk (MosProfile *self);
const char *mos_profile_get_path (MosProfile *self);

/** mos_profile_close_sync: stops the desk, closes the store, removes a throw-away folder; a few seconds at most. */
void mos_profile_close_sync (MosProfile *self);

G_END_DECLS
