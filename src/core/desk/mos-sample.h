/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * MosSampleServers: where the sample shop's mail lives when it is live (./dev run)
 * @imap, @smtp: (nullable): host, port and security for both accounts, the user is the account's address; %NULL for servers of a reserved name
 * @ca_file: (nullable): certificate authority of the servers, absolute path
 * @export_folder: (nullable): the same mail is written there, for the servers: `<address>/INBOX|Sent/<unix time>.<number>.<S or ->.eml`,
 *   S for mail that is read
 */
typedef struct
{
  MosServer *imap;
  MosServer *smtp;
  const char *ca_file;
  const char *export_folder;
} MosSampleServers;

/**
 * mos_sample_fill_sync:
 * @profile: an empty or absent profile folder
 * @servers: (nullable): %NULL for a shop without network
 * @now_us: when the newest message is minutes old
 *
 * Plays the sample shop's weeks into a profile, each step at its own time: mail arrives, people answer, note, assign, tag, close and
 * snooze. Everything goes through the same doors as real mail. Blocking; leaves the profile closed.
 */
gboolean mos_sample_fill_sync (const char *profile, const MosSampleServers *servers, gint64 now_us, GCancellable *cancellable, GError **error);

G_END_DECLS
