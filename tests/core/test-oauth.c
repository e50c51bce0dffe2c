/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/email/mos-oauth-providers.h"
#include "core/desk/mos-tokens.h"
#include "core/mail/net/mos-oauth.h"
#include "mos-test-oauth.h"

#include <string.h>

static const MosOAuthPage page = { "ar", TRUE, "Mostrador <1>", "all & done", "you said no", "not ours" };

/* --- pure --- */

static void
test_pkce (void)
{
  /* RFC 7636, appendix B */
  g_autofree char *challenge = mos_oauth_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_autofree char *one = mos_oauth_make_random ();
  g_autofree char *two = mos_oauth_make_random ();

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpuint (strspn (one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, 43);
  g_assert_cmpstr (one, !=, two);
}

static void
test_parse (void)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *access;
    const char *refresh;
    gint64 lifetime_s;
    int error; /* -1: none */
  } cases[] = {
    { 200, "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":3599,\"refresh_token\":\"r\"}", "a", "r", 3599, -1 },
    { 200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}", "a", NULL, 3600, -1 },
    { 200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":\"120\"}", "a", NULL, 120, -1 },
    { 200, "{\"access_token\":\"a\",\"expires_in\":-5}", "a", NULL, 0, -1 },
    { 200, "{\"access_token\":\"a\",\"expires_in\":99999999999}", "a", NULL, 30 * 24 * 3600, -1 },
    { 200, "{\"access_token\":\"a\",\"expires_in\":null}", "a", NULL, 3600, -1 },
    { 200, "{\"access_token\":\"a b\"}", NULL, NULL, 0, MOS_OAUTH_ERROR_PROTOCOL },
    { 200, "{\"access_token\":\"a\\r\\nb\"}", NULL, NULL, 0, MOS_OAUTH_ERROR_PROTOCOL },
    { 200, "{\"access_token\":\"a\",\"token_type\":\"mac\"}", NULL, NULL, 0, MOS_OAUTH_ERROR_PROTOCOL },
    { 200, "{\"access_token\":7}", NULL, NULL, 0, MOS_OAUTH_ERROR_PROTOCOL },
    { 200, "[]", NULL, NULL, 0, MOS_OAUTH_ERROR_PROTOCOL },
    { 200, "", NULL, NULL, 0, MOS_OAUTH_ERROR_PROTOCOL },
    { 200, "<html>", NULL, NULL, 0, MOS_OAUTH_ERROR_PROTOCOL },
    { 400, "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been revoked.\"}", NULL, NULL, 0, MOS_OAUTH_ERROR_GRANT },
    { 401, "{\"error\":\"invalid_client\"}", NULL, NULL, 0, MOS_OAUTH_ERROR_CLIENT },
    { 400, "{\"error\":\"interaction_required\"}", NULL, NULL, 0, MOS_OAUTH_ERROR_GRANT },
    { 400, "{\"error\":\"never_heard\"}", NULL, NULL, 0, MOS_OAUTH_ERROR_PROTOCOL },
    { 503, "<html>", NULL, NULL, 0, MOS_OAUTH_ERROR_TEMPORARY },
    { 500, "{\"error\":\"server_error\"}", NULL, NULL, 0, MOS_OAUTH_ERROR_TEMPORARY },
    { 404, "no", NULL, NULL, 0, MOS_OAUTH_ERROR_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      g_autoptr (GError) error = NULL;
      g_autoptr (MosOAuthTokens) tokens = mos_oauth_parse_tokens (cases[i].status, body, &error);

      g_test_message ("%s", cases[i].body);
      if (cases[i].error >= 0)
        {
          g_assert_null (tokens);
          g_assert_error (error, MOS_OAUTH_ERROR, cases[i].error);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (tokens->access, ==, cases[i].access);
      g_assert_cmpstr (tokens->refresh, ==, cases[i].refresh);
      g_assert_cmpint (tokens->lifetime_s, ==, cases[i].lifetime_s);
    }
}

static void
test_providers (void)
{
  GPtrArray *providers = mos_oauth_provider_list ();
  g_autoptr (MosOAuth) google = mos_oauth_make ("google", "id", NULL, NULL, NULL);
  g_autoptr (MosOAuth) plain = mos_oauth_make ("custom", "id", "http://sso.example/a", "https://sso.example/t", NULL);
  g_autoptr (MosOAuth) strange = mos_oauth_make ("myspace", "id", NULL, NULL, NULL);
  g_autoptr (MosOAuth) nameless = mos_oauth_make ("google", "", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosOAuthClient) client = mos_oauth_client_for (google, NULL, &error);
  g_autofree char *url = NULL;

  g_assert_cmpuint (providers->len, >=, 2);
  for (guint i = 0; i < providers->len; i++)
    {
      const MosOAuthProvider *provider = g_ptr_array_index (providers, i);

      g_assert_true (g_str_has_prefix (provider->authorize_url, "https://"));
      g_assert_true (g_str_has_prefix (provider->token_url, "https://"));
      g_assert_true (g_str_has_prefix (provider->client_page, "https://"));
      g_assert_true (g_str_has_prefix (provider->help_url, "https://"));
      g_assert_true (strcmp (provider->redirect_host, "127.0.0.1") == 0 || strcmp (provider->redirect_host, "localhost") == 0);
      g_assert_cmpuint (g_strv_length (provider->extra) % 2, ==, 0);
    }
  g_assert_no_error (error);
  url = mos_oauth_make_url (client, "http://127.0.0.1:1/", "s", "c", "me+x@gmail.com");
  g_assert_nonnull (strstr (url, "&access_type=offline"));
  g_assert_nonnull (strstr (url, "&login_hint=me%2Bx%40gmail.com"));
  g_assert_nonnull (strstr (url, "redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2F"));

  g_assert_null (mos_oauth_client_for (plain, NULL, &error));
  g_assert_error (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_CLIENT);
  g_clear_error (&error);
  g_assert_null (mos_oauth_client_for (strange, NULL, &error));
  g_assert_error (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_CLIENT);
  g_clear_error (&error);
  g_assert_null (mos_oauth_client_for (nameless, NULL, &error));
  g_assert_error (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_CLIENT);
}

/* --- signing in --- */

static void
open_browser (const char *url,
              gpointer user_data)
{
  mos_test_browse (url, user_data);
}

static void
open_nothing (const char *url,
              gpointer user_data)
{
  if (user_data != NULL)
    g_cancellable_cancel (user_data);
}

static MosOAuthClient *
make_client (MosTestProvider *provider,
             const char *secret)
{
  g_autoptr (MosOAuth) oauth = mos_test_provider_make_oauth (provider);
  g_autoptr (GError) error = NULL;
  MosOAuthClient *client = mos_oauth_client_for (oauth, secret, &error);

  g_assert_no_error (error);
  return client;
}

static void
test_sign_in (gconstpointer change)
{
  g_autoptr (MosTestProvider) provider = mos_test_provider_new ("me@shop.test");
  g_autoptr (MosOAuthClient) client = make_client (provider, MOS_TEST_CLIENT_SECRET);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosOAuthTokens) tokens = mos_oauth_sign_in_sync (client, "me@shop.test", &page, open_browser, (gpointer) change, 20, NULL, &error);
  g_autofree char *text = mos_test_browse_wait ();

  g_assert_nonnull (strstr (text, "<html lang=\"ar\" dir=\"rtl\">"));
  g_assert_nonnull (strstr (text, "Mostrador &lt;1&gt;"));
  if (g_strcmp0 (change, "deny") == 0)
    {
      g_assert_null (tokens);
      g_assert_error (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_DENIED);
      g_assert_nonnull (strstr (text, "you said no"));
      g_assert_cmpuint (mos_test_provider_count_exchanges (provider), ==, 0);
      return;
    }
  /* What came back wrongly was refused, and the right one still taken. */
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "all &amp; done"));
  g_assert_cmpstr (tokens->refresh, ==, "refresh-1");
  g_assert_cmpuint (mos_test_provider_count_exchanges (provider), ==, 1);
}

static void
test_sign_in_fails (void)
{
  g_autoptr (MosTestProvider) provider = mos_test_provider_new ("me@shop.test");
  g_autoptr (MosOAuthClient) client = make_client (provider, MOS_TEST_CLIENT_SECRET);
  g_autoptr (MosOAuthClient) unknown = make_client (provider, "wrong");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (mos_oauth_sign_in_sync (unknown, NULL, &page, open_browser, NULL, 20, NULL, &error));
  g_assert_error (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_CLIENT);
  g_clear_error (&error);
  g_free (mos_test_browse_wait ());

  mos_test_provider_set_refusal (provider, 502, "");
  g_assert_null (mos_oauth_sign_in_sync (client, NULL, &page, open_browser, NULL, 20, NULL, &error));
  g_assert_error (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_TEMPORARY);
  g_clear_error (&error);
  g_free (mos_test_browse_wait ());

  g_assert_null (mos_oauth_sign_in_sync (client, NULL, &page, open_nothing, NULL, 1, NULL, &error));
  g_assert_error (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_TIMED_OUT);
  g_clear_error (&error);

  g_assert_null (mos_oauth_sign_in_sync (client, NULL, &page, open_nothing, cancellable, 20, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- tokens of accounts --- */

typedef struct
{
  MosTestProvider *provider;
  MosClock *clock;
  MosTokens *tokens;
  MosAccount *account;
  GMutex mutex;
  char *refresh;
  guint saved;
} Fixture;

static char *
load_refresh (const char *account,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Fixture *f = data;
  char *refresh;

  g_mutex_lock (&f->mutex);
  refresh = g_strdup (f->refresh);
  g_mutex_unlock (&f->mutex);
  if (refresh == NULL)
    g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD, "none");
  return refresh;
}

static char *
load_secret (const char *account,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  return g_strdup (MOS_TEST_CLIENT_SECRET);
}

static void
save_refresh (MosAccount *account,
              const char *refresh,
              gpointer data,
              GCancellable *cancellable)
{
  Fixture *f = data;

  g_mutex_lock (&f->mutex);
  g_set_str (&f->refresh, refresh);
  f->saved++;
  g_mutex_unlock (&f->mutex);
}

static void
setup (Fixture *f,
       gconstpointer data)
{
  const MosTokensKeyring keyring = { load_refresh, load_secret, save_refresh, f };
  g_autoptr (MosOAuthClient) client = NULL;
  g_autoptr (MosOAuthTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&f->mutex);
  f->provider = mos_test_provider_new ("me@shop.test");
  f->clock = mos_manual_clock_new (G_USEC_PER_SEC * G_GINT64_CONSTANT (1772442000));
  f->tokens = mos_tokens_new (f->clock, &keyring);
  f->account = mos_account_new ();
  f->account->id = g_strdup ("a");
  f->account->address = g_strdup ("me@shop.test");
  f->account->oauth = mos_test_provider_make_oauth (f->provider);

  client = make_client (f->provider, MOS_TEST_CLIENT_SECRET);
  tokens = mos_oauth_sign_in_sync (client, NULL, &page, open_browser, NULL, 20, NULL, &error);
  g_assert_no_error (error);
  g_free (mos_test_browse_wait ());
  f->refresh = g_strdup (tokens->refresh);
  mos_tokens_put (f->tokens, "a", tokens);
}

static void
teardown (Fixture *f,
          gconstpointer data)
{
  mos_tokens_free (f->tokens);
  mos_account_unref (f->account);
  g_object_unref (f->clock);
  mos_test_provider_free (f->provider);
  g_free (f->refresh);
  g_mutex_clear (&f->mutex);
}

static MosCredential *
get (Fixture *f,
     MosCredential *refused)
{
  g_autoptr (GError) error = NULL;
  MosCredential *credential = mos_tokens_get_sync (f->tokens, f->account, refused, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (credential->kind, ==, MOS_CREDENTIAL_TOKEN);
  return credential;
}

/* Kept while it lasts; taken anew ahead of its end, also after the clock was set back; once for each refusal. */
static void
test_ahead (Fixture *f,
            gconstpointer data)
{
  g_autoptr (MosCredential) first = get (f, NULL);
  g_autoptr (MosCredential) again = get (f, NULL);
  g_autoptr (MosCredential) second = NULL;
  g_autoptr (MosCredential) third = NULL;
  g_autoptr (MosCredential) late = NULL;
  g_autoptr (MosCredential) back = NULL;

  g_assert_cmpstr (first->secret, ==, again->secret);
  g_assert_cmpuint (mos_test_provider_count_refreshes (f->provider), ==, 0);

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), (gint64) 56 * 60 * G_USEC_PER_SEC);
  second = get (f, NULL);
  g_assert_cmpstr (second->secret, !=, first->secret);
  g_assert_cmpuint (mos_test_provider_count_refreshes (f->provider), ==, 1);

  third = get (f, second);
  g_assert_cmpstr (third->secret, !=, second->secret);
  /* The other worker's refusal of the same one: there is a newer already. */
  late = get (f, second);
  g_assert_cmpstr (late->secret, ==, third->secret);
  g_assert_cmpuint (mos_test_provider_count_refreshes (f->provider), ==, 2);

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), (gint64) -24 * 3600 * G_USEC_PER_SEC);
  back = get (f, NULL);
  g_assert_cmpstr (back->secret, ==, third->secret);
}

static void
test_short_lived (Fixture *f,
                  gconstpointer data)
{
  g_autoptr (MosCredential) first = NULL;
  g_autoptr (MosCredential) second = NULL;
  g_autoptr (MosCredential) third = NULL;

  mos_test_provider_set_lifetime (f->provider, 60, 60);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), (gint64) 2 * 3600 * G_USEC_PER_SEC);
  first = get (f, NULL);
  second = get (f, NULL);
  g_assert_cmpstr (first->secret, ==, second->secret);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), (gint64) 50 * G_USEC_PER_SEC);
  third = get (f, NULL);
  g_assert_cmpstr (third->secret, !=, first->secret);
  g_assert_cmpuint (mos_test_provider_count_refreshes (f->provider), ==, 2);
}

static gpointer
get_thread (gpointer data)
{
  return get (data, NULL);
}

static void
test_one_at_a_time (Fixture *f,
                    gconstpointer data)
{
  GThread *threads[6];
  g_autofree char *secret = NULL;

  mos_test_provider_set_rotating (f->provider, TRUE);
  mos_test_provider_set_slow (f->provider, 150);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), (gint64) 2 * 3600 * G_USEC_PER_SEC);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("worker", get_thread, f);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (MosCredential) credential = g_thread_join (threads[i]);

      if (secret != NULL)
        g_assert_cmpstr (credential->secret, ==, secret);
      g_set_str (&secret, credential->secret);
    }
  g_assert_cmpuint (mos_test_provider_count_refreshes (f->provider), ==, 1);
  g_assert_cmpuint (mos_test_provider_get_overlap (f->provider), ==, 1);
  /* The provider gave another refresh token: it is what is kept, and what works. */
  g_assert_cmpuint (f->saved, ==, 1);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), (gint64) 2 * 3600 * G_USEC_PER_SEC);
  {
    g_autoptr (MosCredential) credential = get (f, NULL);

    g_assert_cmpstr (credential->secret, !=, secret);
  }
  g_assert_cmpuint (f->saved, ==, 2);
}

static void
assert_fails (Fixture *f,
              MosCredential *refused,
              MosOAuthError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mos_tokens_get_sync (f->tokens, f->account, refused, NULL, &error));
  g_assert_error (error, MOS_OAUTH_ERROR, (int) code);
}

static void
test_trouble (Fixture *f,
              gconstpointer data)
{
  g_autoptr (MosCredential) first = get (f, NULL);
  g_autoptr (MosCredential) still = NULL;
  g_autoptr (MosCredential) after = NULL;
  guint asked;

  /* Ahead of time and in vain: the old one still lasts. At its end it does not. */
  mos_test_provider_set_refusal (f->provider, 500, "");
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), (gint64) 57 * 60 * G_USEC_PER_SEC);
  still = get (f, NULL);
  g_assert_cmpstr (still->secret, ==, first->secret);
  assert_fails (f, first, MOS_OAUTH_ERROR_TEMPORARY);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), (gint64) 57 * 60 * G_USEC_PER_SEC);
  assert_fails (f, NULL, MOS_OAUTH_ERROR_TEMPORARY);

  /* Withdrawn: asked once, not by each worker. A new sign-in ends it. */
  mos_test_provider_set_refusal (f->provider, 0, NULL);
  mos_test_provider_revoke (f->provider);
  asked = mos_test_provider_count_refreshes (f->provider);
  assert_fails (f, NULL, MOS_OAUTH_ERROR_GRANT);
  assert_fails (f, NULL, MOS_OAUTH_ERROR_GRANT);
  g_assert_cmpuint (mos_test_provider_count_refreshes (f->provider), ==, asked + 1);
  mos_test_provider_set_refusal (f->provider, 400, "invalid_grant");
  g_set_str (&f->refresh, "another");
  assert_fails (f, NULL, MOS_OAUTH_ERROR_GRANT);
  g_assert_cmpuint (mos_test_provider_count_refreshes (f->provider), ==, asked + 2);

  mos_test_provider_set_refusal (f->provider, 0, NULL);
  {
    g_autoptr (MosOAuthTokens) fresh = mos_oauth_tokens_new ();

    fresh->access = g_strdup ("fresh");
    fresh->lifetime_s = 3600;
    mos_tokens_put (f->tokens, "a", fresh);
  }
  after = get (f, NULL);
  g_assert_cmpstr (after->secret, ==, "fresh");

  /* Nothing in the keyring at all */
  mos_tokens_forget (f->tokens, "a");
  g_clear_pointer (&f->refresh, g_free);
  assert_fails (f, NULL, MOS_OAUTH_ERROR_GRANT);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/oauth/pkce", test_pkce);
  g_test_add_func ("/oauth/parse", test_parse);
  g_test_add_func ("/oauth/providers", test_providers);
  g_test_add_data_func ("/oauth/sign-in", NULL, test_sign_in);
  g_test_add_data_func ("/oauth/sign-in/denied", "deny", test_sign_in);
  g_test_add_data_func ("/oauth/sign-in/wrong-state", "state", test_sign_in);
  g_test_add_data_func ("/oauth/sign-in/wrong-path", "path", test_sign_in);
  g_test_add_data_func ("/oauth/sign-in/wrong-method", "post", test_sign_in);
  g_test_add_func ("/oauth/sign-in/fails", test_sign_in_fails);
  g_test_add ("/oauth/tokens/ahead", Fixture, NULL, setup, test_ahead, teardown);
  g_test_add ("/oauth/tokens/short-lived", Fixture, NULL, setup, test_short_lived, teardown);
  g_test_add ("/oauth/tokens/one-at-a-time", Fixture, NULL, setup, test_one_at_a_time, teardown);
  g_test_add ("/oauth/tokens/trouble", Fixture, NULL, setup, test_trouble, teardown);
  return g_test_run ();
}
