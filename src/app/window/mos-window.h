/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosWindow:
 *
 * The window: views, list, conversation and customer side by side, as far as
 * its width allows; the actions `win.*` and `conversation.*`.
 */
#define MOS_TYPE_WINDOW (mos_window_get_type ())
G_DECLARE_FINAL_TYPE (MosWindow, mos_window, MOS, WINDOW, AdwApplicationWindow)

MosWindow *mos_window_new (GtkApplication *app);

G_END_DECLS
