/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MOS_TYPE_NOTICES (mos_notices_get_type ())
G_DECLARE_FINAL_TYPE (MosNotices, mos_notices, MOS, NOTICES, GObject)

/**
 * MosNotices:
 *
 * What a desk has to say while nobody looks at it: what arrived, came back, is nearly due or did not leave, each as one notification, which goes again when it is dealt with. Main context.
 */

/** mos_notices_new: @app: outlives it. Returns: (transfer full): follows @desk as long as it is there */
MosNotices *mos_notices_new (GtkApplication *app, MosDesk *desk);

G_END_DECLS
