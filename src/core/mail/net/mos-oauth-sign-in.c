/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/net/mos-oauth-private.h"

#include "core/base/mos-http.h"

#include <libsoup/soup.h>
#include <string.h>

#define DEFAULT_TIMEOUT_S (5 * 60)
/* How long the browser has to take the last page; nothing depends on it. */
#define FAREWELL_MS 2000

typedef struct
{
  GMainContext *context; /* (owned) */
  const MosOAuthPage *page;
  char *state; /* (owned) */
  guint16 port;
  char *code;           /* (owned) (nullable) */
  GError *error;        /* (owned) (nullable): the provider's page said no, time is up */
  gboolean is_answered; /* there is a code or an error */
  gboolean is_over;     /* the browser has its last page, or need not be waited for */
} SignIn;

static void
sign_in_clear (SignIn *self)
{
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->state);
  if (self->code != NULL)
    explicit_bzero (self->code, strlen (self->code));
  g_free (self->code);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignIn, sign_in_clear)

static void
answer (SignIn *self,
        SoupServerMessage *message,
        guint status,
        const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *html =
      g_markup_printf_escaped ("<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>%s</title>"
                               "<style>:root{color-scheme:light dark}body{font:1.1em sans-serif;max-width:30em;margin:20vh auto;padding:0 1em;text-align:center}</style></head>"
                               "<body><h1>%s</h1><p>%s</p></body></html>\n",
                               self->page->language, self->page->is_rtl ? "rtl" : "ltr", self->page->title, self->page->title, text);

  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, html, strlen (html));
}

/* A name that somebody else lets point to this computer is not how we are called (DNS rebinding). */
static gboolean
is_for_us (SignIn *self,
           SoupServerMessage *message)
{
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");
  g_autofree char *number = g_strdup_printf ("127.0.0.1:%u", (guint) self->port);
  g_autofree char *name = g_strdup_printf ("localhost:%u", (guint) self->port);
  g_autofree char *six = g_strdup_printf ("[::1]:%u", (guint) self->port);

  return host != NULL && (strcmp (host, number) == 0 || g_ascii_strcasecmp (host, name) == 0 || strcmp (host, six) == 0);
}

static void
on_finished_cb (SoupServerMessage *message,
                SignIn *self)
{
  self->is_over = TRUE;
}

static void
on_request_cb (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer user_data)
{
  SignIn *self = user_data;
  const char *state = query != NULL ? g_hash_table_lookup (query, "state") : NULL;
  const char *code = query != NULL ? g_hash_table_lookup (query, "code") : NULL;
  const char *refusal = query != NULL ? g_hash_table_lookup (query, "error") : NULL;

  if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    {
      answer (self, message, SOUP_STATUS_METHOD_NOT_ALLOWED, self->page->stale);
      return;
    }
  if (strcmp (path, "/") != 0)
    {
      answer (self, message, SOUP_STATUS_NOT_FOUND, self->page->stale);
      return;
    }
  if (self->is_answered || !is_for_us (self, message) || g_strcmp0 (state, self->state) != 0 || (code == NULL && refusal == NULL))
    {
      answer (self, message, SOUP_STATUS_BAD_REQUEST, self->page->stale);
      return;
    }

  self->is_answered = TRUE;
  if (refusal != NULL)
    mos_oauth_set_error (&self->error, refusal, g_hash_table_lookup (query, "error_description"));
  else
    self->code = g_strdup (code);
  answer (self, message, SOUP_STATUS_OK, refusal != NULL ? self->page->denied : self->page->done);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished_cb), self);
}

static gboolean
on_time_is_up_cb (gpointer user_data)
{
  SignIn *self = user_data;

  if (!self->is_answered)
    {
      self->is_answered = TRUE;
      g_set_error_literal (&self->error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_TIMED_OUT, "The sign-in was not finished in time");
    }
  self->is_over = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled_cb (GCancellable *cancellable,
                 gpointer user_data)
{
  ((SignIn *) user_data)->is_over = TRUE;
  return G_SOURCE_REMOVE;
}

static SoupServer *
listen_here (SignIn *self,
             gboolean also_six,
             GError **error)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "", NULL);
  GSList *uris;

  /* "localhost" is ::1 first for some browsers. */
  if (!soup_server_listen_local (server, 0, also_six ? 0 : SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    {
      g_autoptr (GError) six_error = NULL;

      if (!also_six)
        return NULL;
      /* A computer without IPv6 */
      if (error != NULL)
        g_clear_error (error);
      if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
        return NULL;
    }
  uris = soup_server_get_uris (server);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  soup_server_add_handler (server, NULL, on_request_cb, self, NULL);
  return g_steal_pointer (&server);
}

static void
add_source (SignIn *self,
            GSource *source,
            GSourceFunc func)
{
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

static gboolean
wait_for_browser (SignIn *self,
                  MosOAuthClient *client,
                  const char *login_hint,
                  const char *verifier,
                  MosOAuthOpen open,
                  gpointer user_data,
                  guint timeout_s,
                  char **ret_redirect_uri,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (SoupServer) server = listen_here (self, strcmp (client->redirect_host, "localhost") == 0, error);
  g_autofree char *challenge = mos_oauth_challenge (verifier);
  g_autofree char *url = NULL;

  if (server == NULL)
    return FALSE;
  /* Without a "/": what is registered with Microsoft is "http://localhost", and only the port may differ (RFC 8252 §7.3). */
  *ret_redirect_uri = g_strdup_printf ("http://%s:%u", client->redirect_host, (guint) self->port);
  url = mos_oauth_make_url (client, *ret_redirect_uri, self->state, challenge, login_hint);

  add_source (self, g_timeout_source_new_seconds (timeout_s), on_time_is_up_cb);
  if (cancellable != NULL)
    add_source (self, g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_cancelled_cb));
  open (url, user_data);
  while (!self->is_answered && !self->is_over)
    g_main_context_iteration (self->context, TRUE);
  /* A browser that does not take its last page is not waited for long. */
  add_source (self, g_timeout_source_new (FAREWELL_MS), on_time_is_up_cb);
  while (!self->is_over)
    g_main_context_iteration (self->context, TRUE);
  soup_server_disconnect (server);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  return TRUE;
}

MosOAuthTokens *
mos_oauth_sign_in_sync (MosOAuthClient *client,
                        const char *login_hint,
                        const MosOAuthPage *page,
                        MosOAuthOpen open,
                        gpointer user_data,
                        guint timeout_s,
                        GCancellable *cancellable,
                        GError **error)
{
  g_auto (SignIn) self = { 0 };
  g_autofree char *verifier = mos_oauth_make_random ();
  g_autofree char *redirect_uri = NULL;
  gboolean ok;

  g_return_val_if_fail (client != NULL && page != NULL && open != NULL, NULL);

  if (!mos_http_url_is_allowed (client->authorize_url) || !mos_http_url_is_allowed (client->token_url))
    {
      g_set_error_literal (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_CLIENT, "The addresses to sign in at must begin with https");
      return NULL;
    }

  self.page = page;
  self.state = mos_oauth_make_random ();
  self.context = g_main_context_new ();
  g_main_context_push_thread_default (self.context);
  ok = wait_for_browser (&self, client, login_hint, verifier, open, user_data, timeout_s > 0 ? timeout_s : DEFAULT_TIMEOUT_S, &redirect_uri, cancellable, error);
  /* What the server left behind */
  while (g_main_context_iteration (self.context, FALSE))
    ;
  g_main_context_pop_thread_default (self.context);

  return ok ? mos_oauth_exchange_sync (client, self.code, verifier, redirect_uri, cancellable, error) : NULL;
}
