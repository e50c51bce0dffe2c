/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-original"

#include "config.h"

#include "app/original/mos-original-module.h"

#include <string.h>
#include <webkit/webkit.h>

/* A stranger's HTML, shown and nothing else. Each of these alone would do for most of it; together a hole in one of them opens nothing:
 *  - no scripts: neither engine nor markup (javascript: addresses, handlers) are on
 *  - a content policy that allows nothing but pictures of our own schemes and inline styles
 *  - a content filter, in another place of the engine, that lets no other scheme out of the page
 *  - no navigation after the first load: no frame, form, refresh or link gets anywhere by itself
 *  - a session without cookies, cache or storage, one for each mail
 *  - the engine's own sandbox around the process that parses it (always on in this version of the API).
 * Remote pictures do not come through the engine's network at all: the host fetches what a person allowed, and only that. */

#define PICTURE_SCHEME "mos-picture"
#define FILTER_NAME "nothing-out-1"
/* Of one mail; a page may ask for the same one a thousand times. */
#define MAX_REQUESTS 500

static const char policy[] =
    "default-src 'none'; img-src cid: data: " PICTURE_SCHEME ":; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-src 'none'; object-src 'none'";

/* The filter's expressions know no alternatives: one rule each. */
static const char filter_rules[] =
    "[{\"trigger\": {\"url-filter\": \".*\"}, \"action\": {\"type\": \"block\"}},"
    "{\"trigger\": {\"url-filter\": \"^cid:\"}, \"action\": {\"type\": \"ignore-previous-rules\"}},"
    "{\"trigger\": {\"url-filter\": \"^data:\"}, \"action\": {\"type\": \"ignore-previous-rules\"}},"
    "{\"trigger\": {\"url-filter\": \"^" PICTURE_SCHEME ":\"}, \"action\": {\"type\": \"ignore-previous-rules\"}},"
    "{\"trigger\": {\"url-filter\": \"^about:\"}, \"action\": {\"type\": \"ignore-previous-rules\"}}]";

/* Ours, in a world of its own, which works although the page's scripts are off. It gives pictures whose address is remote one of our scheme. */
static const char pictures_script[] =
    "for (const image of document.querySelectorAll ('img')) {"
    "  const address = (image.getAttribute ('src') ?? '').trim ();"
    "  if (!/^https?:/i.test (address)) continue;"
    "  image.removeAttribute ('srcset');"
    "  image.removeAttribute ('loading');"
    "  image.src = '" PICTURE_SCHEME ":' + encodeURIComponent (address);"
    "}";

typedef struct
{
  const MosOriginalHost *host; /* (borrowed) */
  gpointer user_data;
  GDestroyNotify destroy; /* (nullable) */
  char *html;             /* (owned) (nullable): until it is loaded */
  char *pointed;          /* (owned) (nullable): address of the link below the pointer */
  char *pointed_text;     /* (owned) (nullable) */
  guint n_requests;
  gboolean started;  /* the one navigation there is was allowed */
  gboolean shown;    /* finished() was called */
  gboolean pictures; /* remote ones are wanted */
} View;

static GQuark
view_quark (void)
{
  return g_quark_from_static_string ("mos-original-view");
}

static View *
view_of (WebKitWebView *web)
{
  return web != NULL ? g_object_get_qdata (G_OBJECT (web), view_quark ()) : NULL;
}

static void
view_free (gpointer data)
{
  View *view = data;

  if (view->destroy != NULL)
    view->destroy (view->user_data);
  g_free (view->html);
  g_free (view->pointed);
  g_free (view->pointed_text);
  g_free (view);
}

static void
finish (View *view,
        const GError *error)
{
  if (view->shown)
    return;
  view->shown = TRUE;
  view->host->finished (error, view->user_data);
}

/* --- Pictures --- */

static const char *
picture_type (GBytes *bytes)
{
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);

  if (len >= 8 && memcmp (data, "\x89PNG", 4) == 0)
    return "image/png";
  if (len >= 4 && memcmp (data, "GIF8", 4) == 0)
    return "image/gif";
  if (len >= 12 && memcmp (data, "RIFF", 4) == 0)
    return "image/webp";
  return "image/jpeg";
}

static void
answer (WebKitURISchemeRequest *request,
        GBytes *bytes)
{
  if (bytes != NULL)
    {
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

      webkit_uri_scheme_request_finish (request, stream, (gint64) g_bytes_get_size (bytes), picture_type (bytes));
    }
  else
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No such picture");

      webkit_uri_scheme_request_finish_error (request, error);
    }
}

static void
on_fetched_cb (GBytes *bytes,
               gpointer data)
{
  g_autoptr (WebKitURISchemeRequest) request = data;

  answer (request, bytes);
}

static void
on_request_cb (WebKitURISchemeRequest *request,
               gpointer data)
{
  View *view = view_of (webkit_uri_scheme_request_get_web_view (request));
  gboolean is_remote = g_strcmp0 (webkit_uri_scheme_request_get_scheme (request), PICTURE_SCHEME) == 0;
  const char *uri = webkit_uri_scheme_request_get_uri (request);
  const char *colon = uri != NULL ? strchr (uri, ':') : NULL;
  g_autofree char *name = colon != NULL ? g_uri_unescape_string (colon + 1, NULL) : NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (view == NULL || name == NULL || ++view->n_requests > MAX_REQUESTS || (is_remote && !view->pictures))
    {
      answer (request, NULL);
      return;
    }
  if (is_remote)
    {
      view->host->fetch_picture (name, on_fetched_cb, g_object_ref (request), view->user_data);
      return;
    }
  bytes = view->host->find_part (name, view->user_data);
  answer (request, bytes);
}

static void
load_pictures (GtkWidget *widget)
{
  View *view = view_of (WEBKIT_WEB_VIEW (widget));

  view->pictures = TRUE;
  webkit_web_view_evaluate_javascript (WEBKIT_WEB_VIEW (widget), pictures_script, -1, "mostrador", NULL, NULL, NULL, NULL);
}

/* --- Nothing leads anywhere --- */

static void
open_link (View *view,
           const char *url)
{
  if (url == NULL || g_str_has_prefix (url, "about:"))
    return;
  view->host->open_link (url, g_strcmp0 (url, view->pointed) == 0 ? view->pointed_text : NULL, view->user_data);
}

static gboolean
on_decide_policy_cb (WebKitWebView *web,
                     WebKitPolicyDecision *decision,
                     WebKitPolicyDecisionType type,
                     View *view)
{
  WebKitNavigationAction *action;
  const char *url;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    {
      url = webkit_uri_request_get_uri (webkit_response_policy_decision_get_request (WEBKIT_RESPONSE_POLICY_DECISION (decision)));
      if (g_strcmp0 (url, "about:blank") == 0)
        webkit_policy_decision_use (decision);
      else
        webkit_policy_decision_ignore (decision);
      return TRUE;
    }
  action = webkit_navigation_policy_decision_get_navigation_action (WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  url = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && !view->started && g_strcmp0 (url, "about:blank") == 0)
    {
      view->started = TRUE;
      webkit_policy_decision_use (decision);
      return TRUE;
    }
  webkit_policy_decision_ignore (decision);
  if (webkit_navigation_action_get_navigation_type (action) == WEBKIT_NAVIGATION_TYPE_LINK_CLICKED && webkit_navigation_action_is_user_gesture (action))
    open_link (view, url);
  return TRUE;
}

static gboolean
refuse_permission (WebKitWebView *web,
                   WebKitPermissionRequest *request,
                   View *view)
{
  webkit_permission_request_deny (request);
  return TRUE;
}

static gboolean
refuse_authentication (WebKitWebView *web,
                       WebKitAuthenticationRequest *request,
                       View *view)
{
  webkit_authentication_request_cancel (request);
  return TRUE;
}

static gboolean
refuse_files (WebKitWebView *web,
              WebKitFileChooserRequest *request,
              View *view)
{
  webkit_file_chooser_request_cancel (request);
  return TRUE;
}

static gboolean
refuse_dialog (WebKitWebView *web,
               gpointer what,
               View *view)
{
  return TRUE;
}

static void
on_download_cb (WebKitNetworkSession *session,
                WebKitDownload *download,
                gpointer data)
{
  webkit_download_cancel (download);
}

/* What is left of the menu can be done without asking anybody. */
static gboolean
on_context_menu_cb (WebKitWebView *web,
                    WebKitContextMenu *menu,
                    WebKitHitTestResult *hit,
                    View *view)
{
  g_autoptr (GList) items = g_list_copy (webkit_context_menu_get_items (menu));
  guint left = 0;

  for (GList *l = items; l != NULL; l = l->next)
    {
      WebKitContextMenuAction action = webkit_context_menu_item_get_stock_action (l->data);

      if (action == WEBKIT_CONTEXT_MENU_ACTION_COPY || action == WEBKIT_CONTEXT_MENU_ACTION_COPY_LINK_TO_CLIPBOARD || action == WEBKIT_CONTEXT_MENU_ACTION_SELECT_ALL ||
          action == WEBKIT_CONTEXT_MENU_ACTION_COPY_IMAGE_TO_CLIPBOARD)
        left++;
      else
        webkit_context_menu_remove (menu, l->data);
    }
  return left == 0;
}

static void
on_target_cb (WebKitWebView *web,
              WebKitHitTestResult *hit,
              guint modifiers,
              View *view)
{
  gboolean is_link = webkit_hit_test_result_context_is_link (hit);
  const char *url = is_link ? webkit_hit_test_result_get_link_uri (hit) : NULL;

  g_set_str (&view->pointed_text, is_link ? webkit_hit_test_result_get_link_label (hit) : NULL);
  if (!g_set_str (&view->pointed, url))
    return;
  if (view->host->point_at != NULL)
    view->host->point_at (url, view->user_data);
}

/* --- Loading --- */

static void
on_load_changed_cb (WebKitWebView *web,
                    WebKitLoadEvent event,
                    View *view)
{
  if (event == WEBKIT_LOAD_FINISHED)
    finish (view, NULL);
}

static gboolean
on_load_failed_cb (WebKitWebView *web,
                   WebKitLoadEvent event,
                   const char *url,
                   GError *error,
                   View *view)
{
  /* What was refused above is no failure. */
  if (!g_error_matches (error, WEBKIT_POLICY_ERROR, WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE) && !g_error_matches (error, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED))
    finish (view, error);
  return TRUE;
}

static void
on_terminated_cb (WebKitWebView *web,
                  WebKitWebProcessTerminationReason reason,
                  View *view)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "The process that shows it ended");

  /* Also after it was shown. */
  view->shown = FALSE;
  finish (view, error);
}

/* One for all mails; keeps no data. */
static WebKitWebContext *
get_context (void)
{
  static WebKitWebContext *context; /* lives as long as the program */

  if (context != NULL)
    return context;
  context = webkit_web_context_new ();
  webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  webkit_web_context_set_spell_checking_enabled (context, FALSE);
  webkit_web_context_register_uri_scheme (context, "cid", on_request_cb, NULL, NULL);
  webkit_web_context_register_uri_scheme (context, PICTURE_SCHEME, on_request_cb, NULL, NULL);
  return context;
}

static WebKitSettings *
make_settings (void)
{
  WebKitSettings *settings = webkit_settings_new_with_settings ("enable-javascript", FALSE,
                                                                "enable-javascript-markup", FALSE,
                                                                "javascript-can-open-windows-automatically", FALSE,
                                                                "javascript-can-access-clipboard", FALSE,
                                                                "allow-modal-dialogs", FALSE,
                                                                "allow-file-access-from-file-urls", FALSE,
                                                                "allow-universal-access-from-file-urls", FALSE,
                                                                "allow-top-navigation-to-data-urls", FALSE,
                                                                "enable-html5-local-storage", FALSE,
                                                                "enable-html5-database", FALSE,
                                                                "enable-page-cache", FALSE,
                                                                "enable-developer-extras", FALSE,
                                                                "enable-fullscreen", FALSE,
                                                                "enable-media", FALSE,
                                                                "enable-media-stream", FALSE,
                                                                "enable-mediasource", FALSE,
                                                                "enable-encrypted-media", FALSE,
                                                                "enable-webaudio", FALSE,
                                                                "enable-webgl", FALSE,
                                                                "enable-webrtc", FALSE,
                                                                "enable-back-forward-navigation-gestures", FALSE,
                                                                "enable-write-console-messages-to-stdout", FALSE,
                                                                "hardware-acceleration-policy", WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER,
                                                                "default-charset", "UTF-8",
                                                                NULL);

  return settings;
}

static void
on_filter_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (WebKitWebView) web = user_data;
  g_autoptr (GError) error = NULL;
  WebKitUserContentFilter *filter = webkit_user_content_filter_store_save_finish (WEBKIT_USER_CONTENT_FILTER_STORE (source), result, &error);
  View *view = view_of (web);

  /* Without its filter it is not shown. */
  if (filter == NULL)
    {
      finish (view, error);
      return;
    }
  webkit_user_content_manager_add_filter (webkit_web_view_get_user_content_manager (web), filter);
  webkit_user_content_filter_unref (filter);
  webkit_web_view_load_html (web, view->html, NULL);
  g_clear_pointer (&view->html, g_free);
}

static GtkWidget *
create_view (const char *html,
             const MosOriginalHost *host,
             gpointer user_data,
             GDestroyNotify destroy)
{
  g_autoptr (WebKitNetworkSession) session = webkit_network_session_new_ephemeral ();
  g_autoptr (WebKitUserContentManager) manager = webkit_user_content_manager_new ();
  g_autoptr (WebKitSettings) settings = make_settings ();
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "mostrador", "original", NULL);
  g_autoptr (WebKitUserContentFilterStore) store = webkit_user_content_filter_store_new (folder);
  g_autoptr (GBytes) rules = g_bytes_new_static (filter_rules, strlen (filter_rules));
  GtkWidget *web = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                                 "web-context", get_context (),
                                 "network-session", session,
                                 "user-content-manager", manager,
                                 "settings", settings,
                                 "default-content-security-policy", policy,
                                 NULL);
  View *view = g_new0 (View, 1);
  GdkRGBA paper = { 1, 1, 1, 1 };

  view->host = host;
  view->user_data = user_data;
  view->destroy = destroy;
  view->html = g_strdup (html);
  g_object_set_qdata_full (G_OBJECT (web), view_quark (), view, view_free);
  webkit_network_session_set_persistent_credential_storage_enabled (session, FALSE);
  g_signal_connect (session, "download-started", G_CALLBACK (on_download_cb), NULL);
  /* Its own paper, in the light and in the dark: what a sender did not colour was meant to stand on white. */
  webkit_web_view_set_background_color (WEBKIT_WEB_VIEW (web), &paper);
  g_signal_connect (web, "decide-policy", G_CALLBACK (on_decide_policy_cb), view);
  g_signal_connect (web, "permission-request", G_CALLBACK (refuse_permission), view);
  g_signal_connect (web, "authenticate", G_CALLBACK (refuse_authentication), view);
  g_signal_connect (web, "run-file-chooser", G_CALLBACK (refuse_files), view);
  g_signal_connect (web, "script-dialog", G_CALLBACK (refuse_dialog), view);
  g_signal_connect (web, "show-notification", G_CALLBACK (refuse_dialog), view);
  g_signal_connect (web, "context-menu", G_CALLBACK (on_context_menu_cb), view);
  g_signal_connect (web, "mouse-target-changed", G_CALLBACK (on_target_cb), view);
  g_signal_connect (web, "load-changed", G_CALLBACK (on_load_changed_cb), view);
  g_signal_connect (web, "load-failed", G_CALLBACK (on_load_failed_cb), view);
  g_signal_connect (web, "web-process-terminated", G_CALLBACK (on_terminated_cb), view);
  (void) g_mkdir_with_parents (folder, 0700);                                                                /* where it fails, saving the filter says why */
  webkit_user_content_filter_store_save (store, FILTER_NAME, rules, NULL, on_filter_cb, g_object_ref (web)); /* still floating: it is the caller's */
  return web;
}

G_MODULE_EXPORT const MosOriginalModule *
mos_original_module_get (void)
{
  static const MosOriginalModule module = { MOS_ORIGINAL_MODULE_VERSION, create_view, load_pictures };

  return &module;
}
