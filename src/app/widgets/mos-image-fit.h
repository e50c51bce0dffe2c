/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mos_image_fit_async:
 * @type: its media type: only that format's own decoder sees it
 * @max_bytes: how large the new one may be
 *
 * Makes a JPEG of a picture, as large as it may be. What its file says besides, such as where it was taken, does not go with it. Decodes and encodes on
 * a thread of its own.
 */
void mos_image_fit_async (GBytes *bytes, const char *type, guint64 max_bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): the new file; G_IO_ERROR_NOT_SUPPORTED where this computer cannot read such pictures, or it is too large to be held */
GBytes *mos_image_fit_finish (GAsyncResult *result, GError **error);

G_END_DECLS
