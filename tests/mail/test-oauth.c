/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/email/mos-email-login.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-accounts.h"
#include "mos-test-oauth.h"
#include "mos-test-servers.h"
#include "mos-test-store.h"

#include <string.h>

/* Real Dovecot and postfix, which check the tokens themselves. */

static MosTestServers *servers;

static MosServer *
make_server (guint16 port,
             MosSecurity security,
             const char *user)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup (servers->host);
  server->port = port;
  server->security = security;
  server->user = g_strdup (user);
  return server;
}

static MosAccount *
make_account (const char *user)
{
  MosAccount *account = mos_account_new ();

  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup (MOS_TEST_SHOP);
  account->aliases = g_new0 (char *, 1);
  account->signature = g_strdup ("");
  account->imap = make_server (servers->imaps, MOS_SECURITY_TLS, user);
  account->smtp = make_server (servers->submission, MOS_SECURITY_STARTTLS, user);
  account->ca_file = g_strdup (servers->ca_file);
  account->work_since_us = 1;
  return account;
}

/* --- SASL --- */

static const char *const mechanisms[] = { "OAUTHBEARER", "XOAUTH2" };

static void
try_imap (MosServer *server,
          const char *mechanism,
          MosCredential *credential,
          int expected)
{
  MosImapOptions options = { .credential = credential, .ca_file = servers->ca_file, .mechanism = mechanism, .timeout_ms = 20000 };
  g_autoptr (GError) error = NULL;
  MosImapSession *session = mos_imap_session_open_sync (server, &options, NULL, &error);

  if (expected >= 0)
    {
      g_test_message ("%s", error != NULL ? error->message : "it worked");
      g_assert_null (session);
      g_assert_error (error, MOS_MAIL_ERROR, expected);
      return;
    }
  g_assert_no_error (error);
  mos_imap_session_logout_sync (session);
  mos_imap_session_free (session);
}

static void
try_smtp (MosServer *server,
          MosCredential *credential,
          int expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (server, servers->ca_file, NULL, NULL, &error);
  gboolean ok;

  g_assert_no_error (error);
  ok = mos_smtp_session_sign_in_sync (session, credential, NULL, &error);
  if (expected >= 0)
    {
      g_test_message ("%s", error != NULL ? error->message : "it worked");
      g_assert_false (ok);
      g_assert_error (error, MOS_MAIL_ERROR, expected);
    }
  else
    g_assert_no_error (error);
  mos_smtp_session_quit (session);
}

/* Good, expired, for another audience, of another person, made up: by each mechanism, on both sides, and again without SASL-IR's room. */
static void
test_tokens (void)
{
  g_autoptr (MosServer) imap = make_server (servers->imaps, MOS_SECURITY_TLS, MOS_TEST_SHOP);
  g_autoptr (MosServer) starttls = make_server (servers->imap, MOS_SECURITY_STARTTLS, MOS_TEST_SHOP);
  g_autoptr (MosServer) postfix = make_server (servers->submission, MOS_SECURITY_STARTTLS, MOS_TEST_SHOP);
  g_autoptr (MosServer) submission = make_server (servers->dovecot_submission, MOS_SECURITY_STARTTLS, MOS_TEST_SHOP);
  g_autofree char *good = mos_test_make_token (MOS_TEST_SHOP, MOS_TEST_AUDIENCE, 3600);
  g_autofree char *expired = mos_test_make_token (MOS_TEST_SHOP, MOS_TEST_AUDIENCE, -30);
  g_autofree char *elsewhere = mos_test_make_token (MOS_TEST_SHOP, "somebody-else", 3600);
  g_autofree char *other = mos_test_make_token (MOS_TEST_CUSTOMER, MOS_TEST_AUDIENCE, 3600);
  g_autofree char *forged = g_strdup (good);
  const struct
  {
    const char *token;
    int error;
  } cases[] = {
    { good, -1 },
    { expired, MOS_MAIL_ERROR_TOKEN_REFUSED },
    /* Dovecot says "insufficient_scope": another token of the same kind would not do. */
    { elsewhere, MOS_MAIL_ERROR_SIGN_IN_AGAIN },
    { other, MOS_MAIL_ERROR_TOKEN_REFUSED },
    { forged, MOS_MAIL_ERROR_TOKEN_REFUSED },
    { "made-up", MOS_MAIL_ERROR_TOKEN_REFUSED },
  };

  forged[strlen (forged) - 5] = forged[strlen (forged) - 5] == 'A' ? 'B' : 'A';
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosCredential) credential = mos_credential_make (MOS_CREDENTIAL_TOKEN, cases[i].token, NULL);

      for (gsize m = 0; m < G_N_ELEMENTS (mechanisms); m++)
        try_imap (m == 0 ? imap : starttls, mechanisms[m], credential, cases[i].error);
      try_smtp (postfix, credential, cases[i].error);
      try_smtp (submission, credential, cases[i].error);
    }
}

/* The token's owner opens, and the servers name, another mailbox: what Microsoft calls shared. Here the token must say so itself. */
static void
test_other_mailbox_by_token (void)
{
  g_autoptr (MosServer) imap = make_server (servers->imaps, MOS_SECURITY_TLS, MOS_TEST_CUSTOMER);
  g_autofree char *shared = mos_test_make_token (MOS_TEST_SHOP, MOS_TEST_AUDIENCE, 3600);
  g_autofree char *own = mos_test_make_token (MOS_TEST_CUSTOMER, MOS_TEST_AUDIENCE, 3600);
  g_autoptr (MosCredential) right = mos_credential_make (MOS_CREDENTIAL_TOKEN, shared, MOS_TEST_SHOP);
  g_autoptr (MosCredential) wrong = mos_credential_make (MOS_CREDENTIAL_TOKEN, own, MOS_TEST_SHOP);

  for (gsize m = 0; m < G_N_ELEMENTS (mechanisms); m++)
    {
      try_imap (imap, mechanisms[m], right, -1);
      try_imap (imap, mechanisms[m], wrong, MOS_MAIL_ERROR_TOKEN_REFUSED);
    }
}

/* One who may, with his own password: the mailbox is the shop's. */
static void
test_other_mailbox_by_password (void)
{
  g_autoptr (MosAccount) account = make_account (MOS_TEST_MASTER);
  g_autoptr (MosAccount) customer = make_account (MOS_TEST_CUSTOMER);
  g_autoptr (MosCredential) right = mos_credential_make (MOS_CREDENTIAL_PASSWORD, MOS_TEST_PASSWORD, MOS_TEST_SHOP);
  g_autoptr (MosCredential) wrong = mos_credential_make (MOS_CREDENTIAL_PASSWORD, "wrong", MOS_TEST_SHOP);
  MosImapOptions options = { .credential = right, .ca_file = servers->ca_file };
  MosImapSession *session;
  MosImapSelected selected = { 0 };
  g_autoptr (GError) error = NULL;

  mos_test_servers_deliver (servers, MOS_TEST_SHOP, "From: a@x.test\nTo: " MOS_TEST_SHOP "\nSubject: shared\nMessage-ID: <shared@x.test>\n\nHello\n");
  session = mos_imap_session_open_sync (account->imap, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_select_sync (session, "INBOX", TRUE, 0, 0, &selected, NULL, &error));
  g_assert_cmpuint (selected.exists, >=, 1);
  mos_imap_session_logout_sync (session);
  mos_imap_session_free (session);

  try_smtp (account->smtp, right, -1);
  try_imap (account->imap, NULL, wrong, MOS_MAIL_ERROR_AUTH_FAILED);
  /* Who may not */
  try_imap (customer->imap, NULL, right, MOS_MAIL_ERROR_AUTH_FAILED);
}

static void
test_never_in_clear (void)
{
  g_autoptr (MosServer) imap = make_server (servers->imap, MOS_SECURITY_NONE, MOS_TEST_SHOP);
  g_autoptr (MosServer) smtp = make_server (servers->dovecot_submission, MOS_SECURITY_NONE, MOS_TEST_SHOP);
  g_autofree char *good = mos_test_make_token (MOS_TEST_SHOP, MOS_TEST_AUDIENCE, 3600);
  g_autoptr (MosCredential) credential = mos_credential_make (MOS_CREDENTIAL_TOKEN, good, NULL);

  try_imap (imap, NULL, credential, MOS_MAIL_ERROR_TLS_REQUIRED);
  try_imap (imap, "XOAUTH2", credential, MOS_MAIL_ERROR_TLS_REQUIRED);
  try_smtp (smtp, credential, MOS_MAIL_ERROR_TLS_REQUIRED);
}

/* --- the whole way --- */

typedef struct
{
  MosTestProvider *provider;
  MosTestStore *t;
  MosDesk *desk;
  MosAccount *account;
} Desk;

static void
open_browser (const char *url,
              gpointer user_data)
{
  mos_test_browse (url, NULL);
}

static void
sign_in (Desk *d)
{
  static const MosOAuthPage page = { "en", FALSE, "Mostrador", "done", "denied", "stale" };
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) signed_in = NULL;
  g_autoptr (GAsyncResult) tested = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (MosOAuthTokens) tokens = NULL;
  g_autoptr (MosCredential) credential = NULL;
  g_autoptr (GError) error = NULL;

  mos_desk_sign_in_async (d->desk, d->account, MOS_TEST_CLIENT_SECRET, &page, open_browser, NULL, NULL, mos_test_ready_cb, &result);
  signed_in = mos_test_await (&result);
  tokens = mos_desk_sign_in_finish (d->desk, signed_in, &error);
  g_assert_no_error (error);
  g_free (mos_test_browse_wait ());

  credential = mos_credential_make (MOS_CREDENTIAL_TOKEN, tokens->access, NULL);
  mos_desk_test_account_async (d->desk, d->account, credential, NULL, NULL, NULL, mos_test_ready_cb, &result);
  tested = mos_test_await (&result);
  g_assert_true (mos_desk_test_account_finish (d->desk, tested, NULL, NULL, NULL, &error));
  g_assert_no_error (error);

  mos_desk_save_signed_in_async (d->desk, d->account, tokens, MOS_TEST_CLIENT_SECRET, FALSE, NULL, mos_test_ready_cb, &result);
  saved = mos_test_await (&result);
  mos_desk_save_account_finish (d->desk, saved, &error);
  g_assert_no_error (error);
}

static void
desk_setup (Desk *d,
            gconstpointer data)
{
  d->provider = mos_test_provider_new (MOS_TEST_SHOP);
  d->t = mos_test_store_new ();
  d->desk = mos_desk_new (d->t->store, MOS_DESK_FLAG_NONE);
  mos_desk_start (d->desk);
  d->account = make_account (MOS_TEST_SHOP);
  d->account->id = g_strdup ("acc");
  d->account->oauth = mos_test_provider_make_oauth (d->provider);
}

static void
desk_teardown (Desk *d,
               gconstpointer data)
{
  mos_desk_stop_sync (d->desk);
  g_clear_object (&d->desk);
  g_clear_pointer (&d->account, mos_account_unref);
  mos_test_store_free (d->t);
  mos_test_provider_free (d->provider);
}

static MosAccountStatus *
status_of (Desk *d)
{
  g_autoptr (MosAccountItem) item = g_list_model_get_item (mos_desk_get_accounts (d->desk), 0);

  return item != NULL ? mos_account_item_get_status (item) : NULL;
}

static MosAccountState
state_of (Desk *d)
{
  MosAccountStatus *status = status_of (d);

  return status != NULL ? status->state : MOS_ACCOUNT_OFFLINE;
}

static gboolean
profile_has (Desk *d,
             const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (d->t->profile, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (d->t->profile, name, NULL);
      g_autofree char *contents = NULL;
      gsize size = 0;

      if (g_file_get_contents (path, &contents, &size, NULL) && memmem (contents, size, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
send_mail (Desk *d,
           const char *subject)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) prepared = NULL;
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  mos_desk_prepare_draft_async (d->desk, "new", NULL, NULL, "acc", NULL, mos_test_ready_cb, &result);
  prepared = mos_test_await (&result);
  draft = mos_desk_prepare_draft_finish (d->desk, prepared, &error);
  g_assert_no_error (error);
  g_ptr_array_add (draft->to, mos_address_make (NULL, MOS_TEST_CUSTOMER));
  g_set_str (&draft->subject, subject);
  g_set_str (&draft->text, "Hello");
  mos_desk_send_async (d->desk, draft, MOS_STATUS_OPEN, 0, NULL, mos_test_ready_cb, &result);
  sent = mos_test_await (&result);
  message = mos_desk_send_finish (d->desk, sent, &error);
  g_assert_no_error (error);
}

static guint
count_in (const char *user,
          const char *subject)
{
  g_autoptr (MosServer) server = make_server (servers->imaps, MOS_SECURITY_TLS, user);
  MosImapOptions options = { .password = MOS_TEST_PASSWORD, .ca_file = servers->ca_file };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapUidSet) found = NULL;
  MosImapSession *session = mos_imap_session_open_sync (server, &options, NULL, &error);
  MosImapSelected selected;

  g_assert_no_error (error);
  mos_imap_session_select_sync (session, "INBOX", TRUE, 0, 0, &selected, NULL, &error);
  found = mos_imap_session_find_header_sync (session, "Subject", subject, NULL, &error);
  g_assert_no_error (error);
  mos_imap_session_logout_sync (session);
  mos_imap_session_free (session);
  return (guint) mos_imap_uid_set_get_count (found);
}

/* Sign in, sync, the token ends, a fresh one is taken, a message is sent; then access is withdrawn, and a new sign-in ends the trouble. */
static void
test_whole_way (Desk *d,
                gconstpointer data)
{
  mos_test_servers_deliver (servers, MOS_TEST_SHOP, "From: Ana <ana@mail.test>\nTo: " MOS_TEST_SHOP "\nSubject: by token\nMessage-ID: <by-token@mail.test>\n\nHello\n");
  sign_in (d);
  mos_test_wait (state_of (d) == MOS_ACCOUNT_READY, 20000);
  g_assert_cmpuint (mos_test_provider_count_refreshes (d->provider), ==, 0);

  /* It is over on the servers, although its time here is not: refused, taken anew, and the message leaves. */
  mos_test_provider_set_lifetime (d->provider, -30, 3600);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (d->t->clock), (gint64) 2 * 3600 * G_USEC_PER_SEC);
  {
    /* The next token is one that lives on paper only … */
    g_autoptr (MosCredential) dead = mos_channel_host_dup_credential_sync (mos_desk_ensure_host (d->desk), d->account, NULL, NULL, NULL);

    g_assert_nonnull (dead);
  }
  g_assert_cmpuint (mos_test_provider_count_refreshes (d->provider), ==, 1);
  mos_test_provider_set_lifetime (d->provider, 3600, 3600);
  send_mail (d, "sent by token");
  /* … so that sending meets the refusal, and asks once more. */
  mos_test_wait (count_in (MOS_TEST_CUSTOMER, "sent by token") == 1, 20000);
  g_assert_cmpuint (mos_test_provider_count_refreshes (d->provider), ==, 2);
  g_assert_cmpint (state_of (d), ==, MOS_ACCOUNT_READY);

  /* Nothing secret lies in the profile. */
  g_assert_false (profile_has (d, "refresh-1"));
  g_assert_false (profile_has (d, "eyJ"));
  g_assert_false (profile_has (d, MOS_TEST_CLIENT_SECRET));
  g_assert_true (profile_has (d, MOS_TEST_CLIENT));

  mos_test_provider_revoke (d->provider);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (d->t->clock), (gint64) 2 * 3600 * G_USEC_PER_SEC);
  send_mail (d, "waits for a sign-in");
  mos_test_wait (state_of (d) == MOS_ACCOUNT_AUTH_FAILED, 20000);
  g_assert_cmpstr (status_of (d)->why, ==, "sign-in-again");

  sign_in (d);
  mos_test_wait (state_of (d) == MOS_ACCOUNT_READY, 20000);
  mos_desk_sync_now (d->desk, NULL);
  mos_test_wait (count_in (MOS_TEST_CUSTOMER, "waits for a sign-in") == 1, 20000);
}

int
main (int argc,
      char *argv[])
{
  char *keyring = mos_test_keyring_new ();
  int status;

  mos_test_init (&argc, &argv);
  servers = mos_test_servers_new_oauth ();
  g_test_add_func ("/oauth/tokens", test_tokens);
  g_test_add_func ("/oauth/other-mailbox/token", test_other_mailbox_by_token);
  g_test_add_func ("/oauth/other-mailbox/password", test_other_mailbox_by_password);
  g_test_add_func ("/oauth/never-in-clear", test_never_in_clear);
  g_test_add ("/oauth/whole-way", Desk, NULL, desk_setup, test_whole_way, desk_teardown);
  status = g_test_run ();
  mos_test_servers_free (servers);
  mos_test_dir_free (keyring);
  return status;
}
