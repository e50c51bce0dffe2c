/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/email/mos-email-sync.h"

G_BEGIN_DECLS

struct _MosEmailSync
{
  MosAccount *account;  /* (owned) */
  MosChannelHost *host; /* (owned) */
  MosEmailSyncHooks hooks;
  MosImapSession *session; /* (owned) */
  char *inbox;             /* (owned) */
  char *sent;              /* (owned) (nullable) */
  guint64 on_server_inbox;
  guint64 on_server_sent;
};

G_END_DECLS
