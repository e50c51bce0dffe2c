/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/email/mos-email-channel.h"
#include "core/channels/email/mos-email-login.h"
#include "core/channels/email/mos-email-sync.h"
#include "mos-test-host.h"
#include "mos-test-servers.h"

G_BEGIN_DECLS

#define DAY_US (24 * G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* The e-mail channel's tests: real servers, the desk played by MosTestHost, and an account that joins them. */
typedef struct
{
  MosTestServers *servers;
  MosTestHost *host;
  MosClock *clock;
  MosAccount *account;
} EmailFixture;

void email_setup (EmailFixture *f, gconstpointer data);
void email_setup_kind (EmailFixture *f, gconstpointer kind);
void email_teardown (EmailFixture *f, gconstpointer data);
MosChannel *email_make_channel (EmailFixture *f);
MosChannel *email_start (EmailFixture *f);
void email_stop (MosChannel *channel);
void email_deliver (EmailFixture *f, const char *subject);
MosImapSession *email_open_imap (EmailFixture *f, const char *folder);
void email_append (MosImapSession *session, const char *folder, const char *subject, gint64 received_us, MosMessageFlags flags);
void email_close_imap (MosImapSession *session);
MosSyncCounts email_sync_once (EmailFixture *f);
guint email_count_in (EmailFixture *f, const char *user, const char *folder, const char *header, const char *value);

G_END_DECLS
