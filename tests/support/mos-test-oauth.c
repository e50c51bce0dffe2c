/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test-oauth.h"

#include <libsoup/soup.h>
#include <string.h>

/* As tests/support/servers.py has it */
#define KEY "supersecretkeysupersecretkey1234"

struct _MosTestProvider
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server;
  char *base;

  GMutex mutex;
  GCond cond;
  /* all (mutex mutex) */
  gboolean is_ready;
  char *user;
  gint64 lifetime_s;
  gint64 told_s;
  gboolean rotating;
  guint refusal_status;
  char *refusal;
  GHashTable *codes;   /* code -> "challenge\nredirect" */
  GHashTable *refresh; /* tokens that are good */
  guint serial;
  guint exchanges;
  guint refreshes;
  guint slow_ms;
  guint under_way;
  guint overlap;
};

static char *
encode_url (gconstpointer data,
            gsize length)
{
  char *text = g_base64_encode (data, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

char *
mos_test_make_token (const char *user,
                     const char *audience,
                     gint64 lifetime_s)
{
  static int serial;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *head = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  g_autofree char *body = g_strdup_printf ("{\"sub\":\"%s\",\"aud\":\"%s\",\"iat\":%" G_GINT64_FORMAT ",\"nbf\":%" G_GINT64_FORMAT ",\"exp\":%" G_GINT64_FORMAT ",\"jti\":\"%d\"}",
                                           user, audience, now - 60, now - 60, now + lifetime_s, g_atomic_int_add (&serial, 1));
  g_autofree char *first = encode_url (head, strlen (head));
  g_autofree char *second = encode_url (body, strlen (body));
  g_autofree char *signed_part = g_strdup_printf ("%s.%s", first, second);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) KEY, strlen (KEY));
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autofree char *third = NULL;

  g_hmac_update (hmac, (const guchar *) signed_part, -1);
  g_hmac_get_digest (hmac, digest, &size);
  third = encode_url (digest, size);
  return g_strdup_printf ("%s.%s", signed_part, third);
}

/* --- the provider --- */

static void
reply (SoupServerMessage *message,
       guint status,
       const char *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json, strlen (json));
}

static void
refuse (SoupServerMessage *message,
        const char *error)
{
  g_autofree char *json = g_strdup_printf ("{\"error\":\"%s\",\"error_description\":\"said the test\"}", error);

  g_test_message ("provider: %s", error);
  reply (message, strcmp (error, "invalid_client") == 0 ? 401 : 400, json);
}

static void
on_authorize_cb (SoupServer *server,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer user_data)
{
  MosTestProvider *self = user_data;
  const char *redirect = query != NULL ? g_hash_table_lookup (query, "redirect_uri") : NULL;
  const char *state = query != NULL ? g_hash_table_lookup (query, "state") : NULL;
  const char *challenge = query != NULL ? g_hash_table_lookup (query, "code_challenge") : NULL;
  g_autofree char *code = NULL;
  g_autofree char *target = NULL;
  g_autofree char *answer = NULL;

  g_assert_nonnull (redirect);
  g_assert_cmpstr (g_hash_table_lookup (query, "response_type"), ==, "code");
  g_assert_cmpstr (g_hash_table_lookup (query, "client_id"), ==, MOS_TEST_CLIENT);
  g_assert_cmpstr (g_hash_table_lookup (query, "code_challenge_method"), ==, "S256");
  g_assert_cmpstr (g_hash_table_lookup (query, "scope"), ==, "mail and more");
  g_assert_true (g_str_has_prefix (redirect, "http://127.0.0.1:"));
  g_assert_cmpuint (strlen (challenge), ==, 43);
  g_assert_cmpuint (strlen (state), >=, 32);

  g_mutex_lock (&self->mutex);
  code = g_strdup_printf ("code/%u+?", self->serial++);
  g_hash_table_insert (self->codes, g_strdup (code), g_strdup_printf ("%s\n%s", challenge, redirect));
  g_mutex_unlock (&self->mutex);
  answer = soup_form_encode ("code", code, "state", state, NULL);
  target = g_strdup_printf ("%s?%s", redirect, answer);
  soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, target);
}

static void
grant (MosTestProvider *self,
       SoupServerMessage *message,
       gboolean with_refresh)
{
  g_autofree char *access = mos_test_make_token (self->user, MOS_TEST_AUDIENCE, self->lifetime_s);
  g_autofree char *refresh = with_refresh ? g_strdup_printf ("refresh-%u", self->serial++) : NULL;
  g_autofree char *json = NULL;

  if (refresh != NULL)
    g_hash_table_add (self->refresh, g_strdup (refresh));
  json = g_strdup_printf ("{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%" G_GINT64_FORMAT "%s%s%s}", access, self->told_s,
                          refresh != NULL ? ",\"refresh_token\":\"" : "", refresh != NULL ? refresh : "", refresh != NULL ? "\"" : "");
  reply (message, 200, json);
}

static void
grant_for_code (MosTestProvider *self,
                SoupServerMessage *message,
                GHashTable *form)
{
  const char *code = g_hash_table_lookup (form, "code");
  const char *verifier = g_hash_table_lookup (form, "code_verifier");
  const char *redirect = g_hash_table_lookup (form, "redirect_uri");
  const char *kept = code != NULL ? g_hash_table_lookup (self->codes, code) : NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *challenge = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  self->exchanges++;
  if (kept == NULL || verifier == NULL || strlen (verifier) < 43)
    {
      refuse (message, "invalid_grant");
      return;
    }
  parts = g_strsplit (kept, "\n", 2);
  g_checksum_update (sum, (const guchar *) verifier, -1);
  g_checksum_get_digest (sum, digest, &size);
  challenge = encode_url (digest, size);
  if (strcmp (challenge, parts[0]) != 0 || g_strcmp0 (redirect, parts[1]) != 0)
    {
      refuse (message, "invalid_grant");
      return;
    }
  g_hash_table_remove (self->codes, code);
  grant (self, message, TRUE);
}

static void
grant_for_refresh (MosTestProvider *self,
                   SoupServerMessage *message,
                   GHashTable *form)
{
  const char *refresh = g_hash_table_lookup (form, "refresh_token");

  self->refreshes++;
  if (refresh == NULL || !g_hash_table_contains (self->refresh, refresh))
    {
      refuse (message, "invalid_grant");
      return;
    }
  if (self->rotating)
    g_hash_table_remove (self->refresh, refresh);
  grant (self, message, self->rotating);
}

typedef struct
{
  MosTestProvider *provider;
  SoupServerMessage *message;
  GHashTable *form;
} Later;

static gboolean
later_cb (gpointer user_data)
{
  Later *later = user_data;

  g_mutex_lock (&later->provider->mutex);
  later->provider->under_way--;
  grant_for_refresh (later->provider, later->message, later->form);
  g_mutex_unlock (&later->provider->mutex);
  soup_server_message_unpause (later->message);
  g_object_unref (later->message);
  g_hash_table_unref (later->form);
  g_free (later);
  return G_SOURCE_REMOVE;
}

static void
on_token_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  MosTestProvider *self = user_data;
  g_autofree char *text = g_strndup (soup_server_message_get_request_body (message)->data, (gsize) soup_server_message_get_request_body (message)->length);
  g_autoptr (GHashTable) form = soup_form_decode (text);
  const char *type = g_hash_table_lookup (form, "grant_type");

  g_assert_cmpstr (soup_server_message_get_method (message), ==, "POST");
  g_mutex_lock (&self->mutex);
  if (self->refusal != NULL)
    {
      if (g_strcmp0 (type, "refresh_token") == 0)
        self->refreshes++;
      if (*self->refusal == '\0')
        reply (message, self->refusal_status, "<html>oops</html>");
      else
        refuse (message, self->refusal);
    }
  else if (g_strcmp0 (g_hash_table_lookup (form, "client_id"), MOS_TEST_CLIENT) != 0 || g_strcmp0 (g_hash_table_lookup (form, "client_secret"), MOS_TEST_CLIENT_SECRET) != 0)
    refuse (message, "invalid_client");
  else if (g_strcmp0 (type, "authorization_code") == 0)
    grant_for_code (self, message, form);
  else if (g_strcmp0 (type, "refresh_token") == 0 && self->slow_ms > 0)
    {
      Later *later = g_new0 (Later, 1);
      g_autoptr (GSource) source = g_timeout_source_new (self->slow_ms);

      later->provider = self;
      later->message = g_object_ref (message);
      later->form = g_hash_table_ref (form);
      self->under_way++;
      self->overlap = MAX (self->overlap, self->under_way);
      g_source_set_callback (source, later_cb, later, NULL);
      g_source_attach (source, self->context);
      soup_server_message_pause (message);
    }
  else if (g_strcmp0 (type, "refresh_token") == 0)
    grant_for_refresh (self, message, form);
  else
    refuse (message, "unsupported_grant_type");
  g_mutex_unlock (&self->mutex);
}

static gpointer
provider_thread (gpointer user_data)
{
  MosTestProvider *self = user_data;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, "/authorize", on_authorize_cb, self, NULL);
  soup_server_add_handler (self->server, "/token", on_token_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  g_mutex_lock (&self->mutex);
  self->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  self->is_ready = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

MosTestProvider *
mos_test_provider_new (const char *user)
{
  MosTestProvider *self = g_new0 (MosTestProvider, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->user = g_strdup (user);
  self->lifetime_s = self->told_s = 3600;
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->refresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("provider", provider_thread, self);
  g_mutex_lock (&self->mutex);
  while (!self->is_ready)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
mos_test_provider_free (MosTestProvider *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->refresh);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_free (self->base);
  g_free (self->user);
  g_free (self->refusal);
  g_free (self);
}

MosOAuth *
mos_test_provider_make_oauth (MosTestProvider *self)
{
  g_autofree char *authorize = g_strconcat (self->base, "/authorize?tenant=1", NULL);
  g_autofree char *token = g_strconcat (self->base, "/token", NULL);

  return mos_oauth_make ("custom", MOS_TEST_CLIENT, authorize, token, "mail and more");
}

#define SETTER(body)           \
  g_mutex_lock (&self->mutex); \
  body;                        \
  g_mutex_unlock (&self->mutex)

void
mos_test_provider_set_user (MosTestProvider *self,
                            const char *user)
{
  SETTER (g_set_str (&self->user, user));
}

void
mos_test_provider_set_lifetime (MosTestProvider *self,
                                gint64 lifetime_s,
                                gint64 told_s)
{
  SETTER (self->lifetime_s = lifetime_s; self->told_s = told_s);
}

void
mos_test_provider_set_rotating (MosTestProvider *self,
                                gboolean rotating)
{
  SETTER (self->rotating = rotating);
}

void
mos_test_provider_set_slow (MosTestProvider *self,
                            guint ms)
{
  SETTER (self->slow_ms = ms);
}

void
mos_test_provider_set_refusal (MosTestProvider *self,
                               guint status,
                               const char *error)
{
  SETTER (self->refusal_status = status; g_set_str (&self->refusal, error));
}

void
mos_test_provider_revoke (MosTestProvider *self)
{
  SETTER (g_hash_table_remove_all (self->refresh));
}

guint
mos_test_provider_count_exchanges (MosTestProvider *self)
{
  guint n;

  SETTER (n = self->exchanges);
  return n;
}

guint
mos_test_provider_count_refreshes (MosTestProvider *self)
{
  guint n;

  SETTER (n = self->refreshes);
  return n;
}

guint
mos_test_provider_get_overlap (MosTestProvider *self)
{
  guint n;

  SETTER (n = self->overlap);
  return n;
}

/* --- the browser --- */

typedef struct
{
  char *url;
  char *change;
} Browse;

static GMutex browser_mutex;
static GThread *browser;
static char *last_page;

static guint
get_page (SoupSession *session,
          const char *method,
          const char *url,
          char **ret_text,
          char **ret_location)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data;

  g_assert_nonnull (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  body = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (body, &size);
  if (ret_text != NULL)
    *ret_text = g_strndup (data, size);
  if (ret_location != NULL)
    *ret_location = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"));
  return soup_message_get_status (message);
}

static void
come_back_wrongly (SoupSession *session,
                   const char *location,
                   const char *change)
{
  g_autoptr (GString) url = g_string_new (location);
  guint expected = 400;
  guint status;

  if (strcmp (change, "path") == 0)
    {
      g_string_replace (url, "?", "/favicon.ico?", 1);
      expected = 404;
    }
  else if (strcmp (change, "post") == 0)
    expected = 405;
  else
    {
      /* Whoever guesses the state guesses wrong. */
      g_string_replace (url, "state=", "state=x", 1);
    }
  status = get_page (session, expected == 405 ? "POST" : "GET", url->str, NULL, NULL);
  g_assert_cmpuint (status, ==, expected);
}

static gpointer
browse_thread (gpointer user_data)
{
  Browse *browse = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (SoupSession) session = NULL;
  g_autofree char *location = NULL;
  g_autofree char *page = NULL;

  g_main_context_push_thread_default (context);
  session = soup_session_new ();
  g_assert_cmpuint (get_page (session, "GET", browse->url, NULL, &location), ==, 302);
  g_assert_nonnull (location);
  if (g_strcmp0 (browse->change, "deny") == 0)
    {
      g_autoptr (GString) denied = g_string_new (location);

      g_string_replace (denied, "code=", "error=access_denied&error_description=No%21&was=", 1);
      g_set_str (&location, denied->str);
    }
  else if (browse->change != NULL)
    come_back_wrongly (session, location, browse->change);
  g_assert_cmpuint (get_page (session, "GET", location, &page, NULL), ==, 200);

  g_mutex_lock (&browser_mutex);
  g_set_str (&last_page, page);
  g_mutex_unlock (&browser_mutex);
  g_clear_object (&session);
  g_main_context_pop_thread_default (context);
  g_free (browse->url);
  g_free (browse->change);
  g_free (browse);
  return NULL;
}

void
mos_test_browse (const char *url,
                 const char *change)
{
  Browse *browse = g_new0 (Browse, 1);

  g_assert_null (browser);
  browse->url = g_strdup (url);
  browse->change = g_strdup (change);
  browser = g_thread_new ("browser", browse_thread, browse);
}

char *
mos_test_browse_wait (void)
{
  if (browser == NULL)
    return NULL;
  g_thread_join (g_steal_pointer (&browser));
  return g_steal_pointer (&last_page);
}
