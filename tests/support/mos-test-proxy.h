/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosTestProxy:
 *
 * A port on loopback that passes bytes to a server and back, until it is told
 * to be down: then all its connections are cut and new ones are cut at once,
 * as with a server that was killed.
 */
typedef struct _MosTestProxy MosTestProxy;

MosTestProxy *mos_test_proxy_new (guint16 to_port);
guint16 mos_test_proxy_get_port (MosTestProxy *self);
void mos_test_proxy_set_down (MosTestProxy *self, gboolean down);
/** mos_test_proxy_set_cut: connections made from now on end after so many bytes went to the server, or came from it; 0 = never */
void mos_test_proxy_set_cut (MosTestProxy *self, gsize to_server, gsize from_server);
/** mos_test_proxy_count: Returns: connections that were asked for so far */
guint mos_test_proxy_count (MosTestProxy *self);
/** mos_test_proxy_set_speed: how much comes from the server in a second, as on a slow line; 0: as fast as it goes */
void mos_test_proxy_set_speed (MosTestProxy *self, guint bytes_per_s);
/** mos_test_proxy_get_bytes: Returns: what came from the server so far, on all connections */
guint64 mos_test_proxy_get_bytes (MosTestProxy *self);
void mos_test_proxy_free (MosTestProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTestProxy, mos_test_proxy_free)

G_END_DECLS
