/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosDragOut:
 *
 * Conversations that are dragged into a folder, or another program: a file that is made only when somebody takes it, so that a drag begins at once however long they are. It lies in a private
 * folder, which is removed a day later (mos_attachment_folder_async()). Main context only.
 *
 *  - of one that has one mail: that, byte for byte (.eml); of one that has several, or of several: all mail of them (.mbox), as the export writes it
 *  - of a chat, and where @as_pdf: what is printed (.pdf)
 */
#define MOS_TYPE_DRAG_OUT (mos_drag_out_get_type ())
G_DECLARE_FINAL_TYPE (MosDragOut, mos_drag_out, MOS, DRAG_OUT, GdkContentProvider)

/** mos_drag_out_new: @conversations: ids, one at least; @as_pdf: of one alone */
MosDragOut *mos_drag_out_new (MosDesk *desk, const char *const *conversations, gboolean as_pdf);
/** mos_drag_out_make_async: the file, as for a drop; made once */
void mos_drag_out_make_async (MosDragOut *self, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): what was made. G_IO_ERROR of writing, MOS_DESK_ERROR_NOT_FOUND where nothing is left of it */
GFile *mos_drag_out_make_finish (MosDragOut *self, GAsyncResult *result, GError **error);

/** mos_drag_out_source_new: Returns: (transfer full): a drag by a mouse; a finger goes on to scroll. What it gives is up to its signal "prepare" */
GtkDragSource *mos_drag_out_source_new (void);
/** mos_drag_out_is_finger: Returns: whether what is dragged with @source is not: a finger does it */
gboolean mos_drag_out_is_finger (GtkDragSource *source);

G_END_DECLS
