/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pictures of customers' mail. They are data from strangers: only common raster formats, bounded in bytes and in pixels,
 * decoded on a thread of their own. SVG is not rendered: it is a program's format. */

#define MOS_IMAGE_MAX_BYTES (20 * 1024 * 1024)
#define MOS_IMAGE_MAX_PIXELS (40 * 1000 * 1000)

/** mos_image_probe: Returns: whether @bytes begin as a picture that may be decoded; its size from the header alone. Any thread, pure. */
gboolean mos_image_probe (GBytes *bytes, int *ret_width, int *ret_height);

/** mos_image_decode_async: on the main context; decodes on a worker. */
void mos_image_decode_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): the picture; G_IO_ERROR_NOT_SUPPORTED when it is none that we show */
GdkTexture *mos_image_decode_finish (GAsyncResult *result, GError **error);

/* Of a picture on the internet. */
#define MOS_IMAGE_MAX_REMOTE_BYTES (10 * 1024 * 1024)
/* Of one message. */
#define MOS_IMAGE_MAX_REMOTE 60

/**
 * mos_image_address_is_public:
 *
 * Returns: whether @address is one of the internet at large: not this computer's, not the home's or the office's network's, not
 *   multicast. A mail must not make us knock at the router. Pure.
 */
gboolean mos_image_address_is_public (GInetAddress *address);
/** mos_image_url_is_allowed: Returns: whether @url is http or https with a host that is not plainly in here, and no password in it. Pure. */
gboolean mos_image_url_is_allowed (const char *url);

/**
 * mos_image_fetch_async:
 * @url: http or https
 *
 * Loads and decodes a remote picture. Only after a person asked for it. No cookies, no referrer, a size limit and a time limit;
 * never from an address that is not public, whatever its name or a redirection says.
 */
void mos_image_fetch_async (const char *url, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GdkTexture *mos_image_fetch_finish (GAsyncResult *result, GError **error);

/** mos_image_fetch_bytes_async: the same, for who decodes it elsewhere: checked by mos_image_probe(), not decoded. */
void mos_image_fetch_bytes_async (const char *url, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): the picture's file */
GBytes *mos_image_fetch_bytes_finish (GAsyncResult *result, GError **error);

G_END_DECLS
