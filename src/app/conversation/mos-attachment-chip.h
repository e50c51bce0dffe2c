/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What may be done with an attachment: opened by another program, saved, dragged away. */

/**
 * mos_attachment_is_dangerous:
 * @name: file name; @type: media type
 *
 * Programs, scripts, installers, documents that run or load things (HTML, SVG) and links to them. Opening one is asked about first.
 * Pure.
 */
gboolean mos_attachment_is_dangerous (const char *name, const char *type);

/** mos_attachment_display_name: Returns: (transfer none): the file's name; for the nameless parts of a mail server's report what they are */
const char *mos_attachment_display_name (const MosAttachment *attachment);

/** mos_attachment_icon: Returns: (transfer full): the symbolic icon of a media type */
GIcon *mos_attachment_icon (const char *type);

/**
 * mos_attachment_copy_async:
 * @folder: (nullable): %NULL = a private folder of its own, which is removed a day later
 *
 * Writes @bytes under @name, or "name (2)" where that is taken; nothing is overwritten. On a worker.
 */
void mos_attachment_copy_async (GFile *folder, const char *name, GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): the file */
GFile *mos_attachment_copy_finish (GAsyncResult *result, GError **error);

/** mos_attachment_folder_async: such a private folder, with nothing in it; mos_attachment_copy_finish() */
void mos_attachment_folder_async (GAsyncReadyCallback callback, gpointer user_data);

/** mos_attachment_open: asks when it is dangerous, then gives a copy to the program for its type. Errors are shown in the window of @parent. */
void mos_attachment_open (MosDesk *desk, MosAttachment *attachment, GtkWidget *parent);
/** mos_attachment_open_with: the same, and the person chooses the program */
void mos_attachment_open_with (MosDesk *desk, MosAttachment *attachment, GtkWidget *parent);
void mos_attachment_save (MosDesk *desk, MosAttachment *attachment, GtkWidget *parent);
/** mos_attachment_save_all: asks for a folder; a name that is there already gets a number. */
void mos_attachment_save_all (MosDesk *desk, GPtrArray *attachments, GtkWidget *parent);

/**
 * MosAttachmentChip:
 *
 * One attachment as a small button: icon or thumbnail, name, size. In a message it opens (a picture in our own viewer, by the message's action
 * message.view-picture), saves and is dragged out;
 * in the composer it has a button to remove it (signal `remove`).
 */
#define MOS_TYPE_ATTACHMENT_CHIP (mos_attachment_chip_get_type ())
G_DECLARE_FINAL_TYPE (MosAttachmentChip, mos_attachment_chip, MOS, ATTACHMENT_CHIP, GtkWidget)

GtkWidget *mos_attachment_chip_new (MosDesk *desk, MosAttachment *attachment, gboolean removable);
MosAttachment *mos_attachment_chip_get_attachment (MosAttachmentChip *self);

/** mos_widget_show_problem: one sentence in a dialog of the window that holds @widget, with @detail (nullable) below it. */
void mos_widget_show_problem (GtkWidget *widget, const char *heading, const char *detail);

G_END_DECLS
