/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** MosImapSpool: where a literal is collected: in memory, or beyond a threshold in a file without a name that ends up mapped */
typedef struct _MosImapSpool MosImapSpool;

MosImapSpool *mos_imap_spool_new (gsize size, gsize threshold, GError **error);
gboolean mos_imap_spool_write (MosImapSpool *self, const void *data, gsize size, GError **error);
/** mos_imap_spool_finish: takes @self. Returns: (transfer full) (nullable): all of it */
GBytes *mos_imap_spool_finish (MosImapSpool *self, GError **error);
void mos_imap_spool_free (MosImapSpool *self);

G_END_DECLS
