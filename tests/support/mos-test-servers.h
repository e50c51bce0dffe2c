/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "mos-test.h"

G_BEGIN_DECLS

#define MOS_TEST_SHOP "support@shop.test"
#define MOS_TEST_CUSTOMER "customer@mail.test"
#define MOS_TEST_PASSWORD "secret"
#define MOS_TEST_MASTER "clerk@shop.test"

/**
 * MosTestServers:
 * @host: "127.0.0.1"; the certificate also names "localhost"
 * @imap: IMAP with STARTTLS (clear-text log-in is allowed), behind tests/support/strict_proxy.py: what the client says in clear text must
 *   keep to the letter of the standard, or mos_test_servers_free() ends the test
 * @imaps: IMAP with TLS
 * @lmtp: LMTP into the mailboxes
 * @smtp: postfix as the domains' MX: no log-in, takes mail for the two mailboxes
 * @submission: postfix, STARTTLS and AUTH required
 * @submissions: postfix with TLS, AUTH required
 * @dovecot_submission: Dovecot's own, STARTTLS
 * @ca_file: PEM of the authority that signed the servers' certificate
 *
 * Real Dovecot and postfix of one test (tests/support/servers.py), with the mailboxes MOS_TEST_SHOP and MOS_TEST_CUSTOMER.
 */
typedef struct
{
  char *host;
  guint16 imap;
  guint16 imaps;
  guint16 lmtp;
  guint16 smtp;
  guint16 submission;
  guint16 submissions;
  guint16 dovecot_submission;
  char *ca_file;

  /*< private >*/
  guint16 imap_direct;
  char *violations;
  GSubprocess *process;
  GOutputStream *input;
  GHashTable *maildirs;
} MosTestServers;

/** mos_test_servers_new: starts them and waits until they answer (about a second); the test fails when one does not. */
MosTestServers *mos_test_servers_new (void);
/**
 * mos_test_servers_new_kind:
 * @kind: an IMAP server other than the usual Dovecot, with the same two mailboxes: "dovecot-bare" (says nearly no capability), "cyrus"
 *   ("INBOX.Sent"), "cyrus-alternative" ("Sent"), "cyrus-bare", "courier" (no CONDSTORE, UTF8=ACCEPT). All but the first are IMAP alone: @smtp,
 *   @submission and @submissions are 0, and so is @lmtp of Courier
 */
MosTestServers *mos_test_servers_new_kind (const char *kind);
/** mos_test_servers_new_oauth: the same; they also take the tokens of mos_test_make_token(), and MOS_TEST_MASTER may open the others' mailboxes */
MosTestServers *mos_test_servers_new_oauth (void);
/** mos_test_servers_free: ends what was started, and removes its folder. */
void mos_test_servers_free (MosTestServers *self);
/** mos_test_servers_get_maildir: Returns: (transfer none): path of the mailbox's Maildir on disk */
const char *mos_test_servers_get_maildir (MosTestServers *self, const char *user);
/** mos_test_servers_deliver: puts @message (line ends of either kind) into the user's INBOX by LMTP, as the last hop does; into Courier's Maildir by file. */
void mos_test_servers_deliver (MosTestServers *self, const char *user, const char *message);
/** mos_test_servers_imap: has the server do a thing that our client never does: @command ("DELETE Shop") on a connection of its own; the test
 *  fails when it says no. Returns: (transfer full): the untagged answers, a line each */
char *mos_test_servers_imap (MosTestServers *self, const char *user, const char *command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTestServers, mos_test_servers_free)

G_END_DECLS
