/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/imap/mos-imap-session.h"
#include "mos-test-servers.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

/* The IMAP client against a real Dovecot. Each case has its own server, so that they do not see each other's mail. */

static inline MosServer *
make_server (MosTestServers *servers,
             MosSecurity security)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup ("localhost");
  server->port = security == MOS_SECURITY_TLS ? servers->imaps : servers->imap;
  server->user = g_strdup (MOS_TEST_SHOP);
  server->security = security;
  return server;
}

static inline MosImapSession *
open_with (MosTestServers *servers,
           MosSecurity security,
           const char *mechanism)
{
  g_autoptr (MosServer) server = make_server (servers, security);
  g_autoptr (GError) error = NULL;
  MosImapOptions options = { .password = MOS_TEST_PASSWORD, .ca_file = servers->ca_file, .mechanism = mechanism, .timeout_ms = 20000 };
  MosImapSession *session = mos_imap_session_open_sync (server, &options, NULL, &error);

  g_assert_no_error (error);
  return session;
}

static inline MosImapSession *
open_inbox (MosTestServers *servers)
{
  g_autoptr (GError) error = NULL;
  MosImapSession *session = open_with (servers, MOS_SECURITY_TLS, NULL);

  mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  return session;
}

/* Dovecot makes the folders of a mailbox when somebody first signs in. */
static inline MosTestServers *
new_servers_with_mailbox (void)
{
  MosTestServers *servers = mos_test_servers_new ();
  g_autoptr (MosImapSession) session = open_inbox (servers);

  mos_imap_session_logout_sync (session);
  return servers;
}

static inline void
add_file (const char *maildir,
          const char *name,
          const char *data,
          gsize size)
{
  g_autofree char *tmp = g_build_filename (maildir, "tmp", name, NULL);
  g_autofree char *final = g_build_filename (maildir, "new", name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (tmp, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0666, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (tmp, 0666), ==, 0);
  g_assert_cmpint (g_rename (tmp, final), ==, 0);
}
