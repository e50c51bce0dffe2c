/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosItemPictures: small copies of the pictures of what was ordered, in a folder of the profile with a bound on its size.
 *
 * A copy is made once, out of what the shop's page shows: decoded as pictures of mail are, scaled down, and written anew as PNG, so that nothing of a
 * stranger's file is kept. The folder may be deleted at any time. Main context; files and decoding are on a thread of their own.
 */
#define MOS_TYPE_ITEM_PICTURES (mos_item_pictures_get_type ())
G_DECLARE_FINAL_TYPE (MosItemPictures, mos_item_pictures, MOS, ITEM_PICTURES, GObject)

/** MOS_ITEM_PICTURE_SIZE: pixels of a copy's longer side */
#define MOS_ITEM_PICTURE_SIZE 96

/** mos_item_pictures_new: @folder: made when it is needed */
MosItemPictures *mos_item_pictures_new (const char *folder);
/**
 * mos_item_pictures_load_async:
 * @url: https
 * @may_fetch: whether the network may be asked where there is no copy
 */
void mos_item_pictures_load_async (MosItemPictures *self, const char *url, gboolean may_fetch, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): G_IO_ERROR_NOT_FOUND: there is no copy, and none may be fetched, or none could be in this run of the program */
GdkTexture *mos_item_pictures_load_finish (MosItemPictures *self, GAsyncResult *result, GError **error);

/* Any thread. */

/** mos_item_picture_shrink: Returns: (transfer full) (nullable): the picture in @bytes, scaled down to MOS_ITEM_PICTURE_SIZE; G_IO_ERROR_NOT_SUPPORTED */
GdkTexture *mos_item_picture_shrink (GBytes *bytes, GError **error);
/** mos_item_pictures_trim: the oldest files of @folder go until it holds @max_bytes at most */
void mos_item_pictures_trim (const char *folder, guint64 max_bytes);

G_END_DECLS
