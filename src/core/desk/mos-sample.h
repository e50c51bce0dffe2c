/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * MosSampleServers: where the sample shop's mail lives when it is live
 * @imap, @smtp: host, port and security for both accounts; the user is the account's address
 * @ca_file: (nullable): certificate authority of the servers
 * @maildir: folder under which `<address>/` is a Maildir++ to be filled with the same mail
 */
typedef struct
{
  MosServer *imap;
  MosServer *smtp;
  const char *ca_file;
  const char *maildir;
} MosSampleServers;

gboolean mos_sample_fill_sync (MosStore *store, const MosSampleServers *servers, GCancellable *cancellable, GError **error);

G_END_DECLS
