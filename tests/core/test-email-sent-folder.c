/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "imap-fixture.h"

#include "core/channels/email/mos-email-sync.h"
#include "mos-test-host.h"

/* A mailbox that has no folder for sent mail. */

/* The Inbox is asked for along with the folders; what is asked instead drops the answer. */
#define NO_SENT                                                                                                                                               \
  SIGNED_IN ("NAMESPACE"), "C NAMESPACE", "S * NAMESPACE ((\"INBOX.\" \".\")) NIL NIL", "S $t OK", "C LIST \"\" \"?\"", "S * LIST () \".\" INBOX", "S $t OK", \
      "C SELECT \"INBOX\"", "S * OK [UIDVALIDITY 7] v", "S $t OK", "C UID SEARCH ALL", "S * SEARCH", "S $t OK", "C UID FETCH 1:*", "S $t OK"

static MosTestHost *
make_host (void)
{
  MosTestHost *host = mos_test_host_new ("secret");
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosSendResult) result = mos_send_result_new ();

  mos_test_host_queue (host, "reply-1", "reply-1@shop.test", "support@shop.test", "ana@mail.test", "Thank you.");
  g_assert_true (mos_channel_host_claim_outbox_sync (MOS_CHANNEL_HOST (host), "account-1", g_get_real_time (), &item, NULL, NULL));
  result->message = g_strdup ("reply-1");
  result->state = MOS_DELIVERY_ACCEPTED;
  result->refused = g_ptr_array_new ();
  g_assert_true (mos_channel_host_report_send_sync (MOS_CHANNEL_HOST (host), "account-1", result, NULL, NULL));
  return host;
}

static gboolean
settle (const char *const *script,
        MosTestHost *host,
        GError **error)
{
  MosTestImapServer *server = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosAccount) account = mos_account_new ();
  MosEmailSync *sync;
  gboolean settled;

  account->id = g_strdup ("account-1");
  account->imap = mos_test_imap_server_make (server, MOS_SECURITY_NONE);
  sync = mos_email_sync_open_sync (account, MOS_CHANNEL_HOST (host), NULL, NULL, error);
  g_assert_nonnull (sync);
  settled = mos_email_sync_settle_sent_sync (sync, NULL, error);
  mos_email_sync_free (sync);
  mos_test_imap_server_finish (server);
  return settled;
}

/* It is made, in the person's own name space, and used. */
static void
test_made (void)
{
  static const char *const script[] = { NO_SENT, "C CREATE \"INBOX.Sent\"", "S $t OK", "C SUBSCRIBE \"INBOX.Sent\"", "S $t NO not here", "C SELECT \"INBOX.Sent\"*", "X", NULL };
  g_autoptr (MosTestHost) host = make_host ();
  g_autoptr (GError) error = NULL;

  /* The line breaks: the copy waits for the next time. */
  g_assert_false (settle (script, host, &error));
  g_assert_nonnull (error);
  g_assert_false (mos_test_host_is_copy_done (host, "reply-1"));
}

/* The server does not want it: there will be no copy, and nobody asks again. */
static void
test_refused (void)
{
  static const char *const script[] = { NO_SENT, "C CREATE \"INBOX.Sent\"", "S $t NO [NOPERM] no", "C LOGOUT", "S * BYE", "S $t OK", NULL };
  g_autoptr (MosTestHost) host = make_host ();
  g_autoptr (GError) error = NULL;

  g_assert_true (settle (script, host, &error));
  g_assert_no_error (error);
  g_assert_true (mos_test_host_is_copy_done (host, "reply-1"));
}

#define WITH_SENT                                                                                                                                                      \
  SIGNED_IN ("NAMESPACE"), "C NAMESPACE", "S * NAMESPACE ((\"\" \".\")) NIL NIL", "S $t OK", "C LIST \"\" \"?\"", "S * LIST () \".\" INBOX", "S * LIST () \".\" Sent", \
      "S $t OK", "C SELECT \"INBOX\"", "S * OK [UIDVALIDITY 7] v", "S $t OK", "C UID SEARCH ALL", "S * SEARCH", "S $t OK", "C UID FETCH 1:*", "S $t OK"
#define NOT_OPENED "C SELECT \"Sent\"*", "S $t NO [NONEXISTENT] gone"
#define BYE "C LOGOUT", "S * BYE", "S $t OK", NULL

/* It is there and cannot be opened: that ends no pass, for mail is to come in all the same. Said in the end. */
static void
test_not_opened (void)
{
  static const char *const script[] = { WITH_SENT, NOT_OPENED, NOT_OPENED, NOT_OPENED, NOT_OPENED, NOT_OPENED, NOT_OPENED, NOT_OPENED, NOT_OPENED, NOT_OPENED, NOT_OPENED, BYE };
  g_autoptr (MosTestHost) host = make_host ();
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  g_assert_true (settle (script, host, &error));
  g_assert_no_error (error);
  g_assert_true (mos_test_host_is_copy_done (host, "reply-1"));
  why = mos_test_host_dup_why (host, "reply-1");
  g_assert_cmpstr (why, ==, "refused");
}

/* It cannot be looked through: whether a copy is there is not known, and none is put there. */
static void
test_not_looked_through (void)
{
  static const char *const script[] = {
    WITH_SENT, "C SELECT \"Sent\"*", "S * OK [UIDVALIDITY 8] v", "S $t OK", "C UID SEARCH HEADER*", "S $t NO [SERVERBUG] no index",
    "C SELECT \"Sent\"*", "S * OK [UIDVALIDITY 8] v", "S $t OK", "C UID SEARCH HEADER*", "S * SEARCH 3", "S $t OK", BYE
  };
  g_autoptr (MosTestHost) host = make_host ();
  g_autoptr (GError) error = NULL;

  g_assert_true (settle (script, host, &error));
  g_assert_no_error (error);
  g_assert_true (mos_test_host_is_copy_done (host, "reply-1"));
}

/* An Exchange of one's own does not file what it sends, though it greets as the one in the cloud: waited for a while, then it is put there. */
static void
test_exchange (void)
{
#define NOT_THERE "C SELECT \"Sent\"*", "S * OK [UIDVALIDITY 8] v", "S $t OK", "C UID SEARCH HEADER \"Message-ID\"*", "S * SEARCH", "S $t OK", "C UID SEARCH HEADER \"X-*", "S * SEARCH", "S $t OK"
  static const char *const script[] = {
    "S * OK The Microsoft Exchange IMAP4 service is ready.", "C CAPABILITY", "S * CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR", "S $t OK", "C AUTHENTICATE PLAIN AG1lAHNlY3JldA==",
    "S $t OK [CAPABILITY IMAP4rev1] in", "C LIST \"\" \"?\"", "S * LIST () \".\" INBOX", "S * LIST () \".\" Sent", "S $t OK",
    "C SELECT \"INBOX\"", "S * OK [UIDVALIDITY 7] v", "S $t OK", "C UID SEARCH ALL", "S * SEARCH", "S $t OK", "C UID FETCH 1:*", "S $t OK",
    NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, "C APPEND \"Sent\" *", "S $t NO not today", BYE
  };
  g_autoptr (MosTestHost) host = make_host ();
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  g_assert_true (settle (script, host, &error));
  g_assert_no_error (error);
  why = mos_test_host_dup_why (host, "reply-1");
  g_assert_cmpstr (why, ==, "refused");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/email/sent-folder/made", test_made);
  g_test_add_func ("/email/sent-folder/refused", test_refused);
  g_test_add_func ("/email/sent-folder/exchange", test_exchange);
  g_test_add_func ("/email/sent-folder/not-opened", test_not_opened);
  g_test_add_func ("/email/sent-folder/not-looked-through", test_not_looked_through);
  return g_test_run ();
}
