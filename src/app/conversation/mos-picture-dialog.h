/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** mos_picture_is_viewable: Returns: whether the viewer may show it, by its media type: the formats of mos-image-loader.h. Pure. */
gboolean mos_picture_is_viewable (const MosAttachment *attachment);

/**
 * mos_picture_dialog_present:
 * @desk: (nullable): only for attachments that have their data
 * @pictures: array of #MosAttachment, not empty, all viewable
 * @index: which is shown first
 *
 * The pictures of a message, one at a time, over the window of @parent: zoom, the next one, save, open with another program, copy. A picture is decoded on a
 * worker within the limits of mos-image-loader.h and shown without moving; one that is none says so. Main context.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *mos_picture_dialog_present (MosDesk *desk, GPtrArray *pictures, guint index, GtkWidget *parent);
/** mos_picture_dialog_present_texture: the same for a picture that is here only as it is shown: it can be copied, not saved. @name: its title */
GtkWidget *mos_picture_dialog_present_texture (GdkTexture *texture, const char *name, GtkWidget *parent);

G_END_DECLS
