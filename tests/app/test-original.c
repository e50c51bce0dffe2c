/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* A mail as its sender made it: shown, and nothing of it gets out. */
#include "config.h"

#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-original-dialog.h"
#include "app/original/mos-original-module.h"

#include <adwaita.h>
#include <dlfcn.h>
#include <gmodule.h>
#include <string.h>

#define PATIENCE_MS 60000

/* One pixel, red. */
static const char png_base64[] = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

static GBytes *
make_png (void)
{
  gsize len;
  guchar *data = g_base64_decode (png_base64, &len);

  return g_bytes_new_take (data, len);
}

/* --- Who would be asked --- */

typedef struct
{
  GSocketService *service;
  guint port;
  guint asked; /* connections, so that one which is only opened counts as well */
} Ear;

static gboolean
on_incoming_cb (GSocketService *service,
                GSocketConnection *connection,
                GObject *source,
                Ear *ear)
{
  ear->asked++;
  return TRUE;
}

static void
ear_open (Ear *ear)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  ear->service = g_socket_service_new ();
  ear->asked = 0;
  ear->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (ear->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (ear->service, "incoming", G_CALLBACK (on_incoming_cb), ear);
  g_socket_service_start (ear->service);
  /* It does hear. */
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) ear->port, NULL, &error);
  g_assert_no_error (error);
  mos_test_wait (ear->asked == 1, 10000);
  ear->asked = 0;
}

static void
ear_close (Ear *ear)
{
  g_socket_service_stop (ear->service);
  g_socket_listener_close (G_SOCKET_LISTENER (ear->service));
  g_clear_object (&ear->service);
}

static gboolean
is_mapped (const char *library)
{
  g_autofree char *maps = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  return strstr (maps, library) != NULL;
}

/* --- What the page shows, asked by the way the module itself has; the test is not linked with WebKit, or a start could not be told from a use. --- */

static gpointer
symbol (const char *library,
        const char *name)
{
  void *handle = dlopen (library, RTLD_NOW | RTLD_NOLOAD);
  gpointer found;

  g_assert_nonnull (handle);
  found = dlsym (handle, name);
  g_assert_nonnull (found);
  return found;
}

static char *
evaluate (GtkWidget *view,
          const char *script)
{
  void (*run) (gpointer, const char *, gssize, const char *, const char *, GCancellable *, GAsyncReadyCallback, gpointer) = NULL;
  gpointer (*finish) (gpointer, GAsyncResult *, GError **) = NULL;
  char *(*to_string) (gpointer) = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) value = NULL;

  run = symbol ("libwebkitgtk-6.0.so.4", "webkit_web_view_evaluate_javascript");
  finish = symbol ("libwebkitgtk-6.0.so.4", "webkit_web_view_evaluate_javascript_finish");
  to_string = symbol ("libjavascriptcoregtk-6.0.so.1", "jsc_value_to_string");
  run (view, script, -1, "test", NULL, NULL, mos_test_ready_cb, &result);
  mos_test_wait (result != NULL, PATIENCE_MS);
  done = mos_test_await (&result);
  value = finish (view, done, &error);
  g_assert_no_error (error);
  return to_string (value);
}

static GtkWidget *
find_view (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "WebKitWebView"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_view (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_shown (GtkWidget *dialog)
{
  GtkWidget *view = find_view (dialog);

  return view != NULL && gtk_widget_get_child_visible (gtk_widget_get_parent (view)) && gtk_widget_get_mapped (view);
}

/* --- A message in a window --- */

typedef struct
{
  GtkWidget *window;
  GtkWidget *bubble;
  GtkWidget *dialog;
} Shown;

static Shown
show_as (const char *html,
         gboolean images_allowed,
         gboolean expanded)
{
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "In plain words");
  g_autoptr (MosMessage) message = NULL;
  MosAttachment *inlined = mos_fixture_attachment ("logo.png", "image/png", 70);
  MosMessageBody *body = mos_message_body_new ();
  Shown shown;

  row->has_html = TRUE;
  message = mos_fixture_message (row);
  body->html = g_strdup (html);
  body->related = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  inlined->content_id = g_strdup ("logo@shop");
  inlined->data = make_png ();
  g_ptr_array_add (body->related, inlined);
  shown.window = adw_window_new ();
  shown.bubble = mos_message_bubble_new (NULL, message);
  MOS_MESSAGE_BUBBLE (shown.bubble)->body_data = body;
  MOS_MESSAGE_BUBBLE (shown.bubble)->images_allowed = images_allowed;
  mos_message_bubble_set_expanded (MOS_MESSAGE_BUBBLE (shown.bubble), expanded);
  gtk_window_set_default_size (GTK_WINDOW (shown.window), 900, 700);
  adw_window_set_content (ADW_WINDOW (shown.window), shown.bubble);
  gtk_window_present (GTK_WINDOW (shown.window));
  gtk_test_widget_wait_for_draw (shown.window);
  mos_message_bubble_focus (MOS_MESSAGE_BUBBLE (shown.bubble));
  shown.dialog = mos_original_dialog_present (MOS_MESSAGE_BUBBLE (shown.bubble));
  mos_test_wait (is_shown (shown.dialog), PATIENCE_MS);
  return shown;
}

static Shown
show (const char *html,
      gboolean images_allowed)
{
  return show_as (html, images_allowed, TRUE);
}

static void
hide (Shown *shown)
{
  gtk_window_destroy (GTK_WINDOW (shown->window));
  mos_test_settle (50);
}

/* --- Not before it is asked for --- */

static void
test_loaded_late (void)
{
  Shown shown;
  g_autofree char *text = NULL;
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "Hello");
  g_autoptr (MosMessage) message = NULL;
  GtkWidget *bubble;
  GtkWidget *view;

  row->has_html = TRUE;
  message = mos_fixture_message (row);
  bubble = g_object_ref_sink (mos_message_bubble_new (NULL, message));
  g_assert_true (mos_original_is_available ());
  g_assert_false (is_mapped ("libwebkitgtk"));
  g_object_unref (bubble);

  shown = show ("<p>Hello <b>from the sender</b></p>", FALSE);
  g_assert_true (is_mapped ("libwebkitgtk"));
  view = find_view (shown.dialog);
  text = evaluate (view, "document.body.innerText");
  g_assert_cmpstr (g_strstrip (text), ==, "Hello from the sender");
  g_assert_true (gtk_widget_has_focus (view) || gtk_widget_get_focus_child (gtk_widget_get_parent (view)) == view);

  /* Away, and back at the message. */
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  mos_test_wait (gtk_window_get_focus (GTK_WINDOW (shown.window)) != NULL && gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (shown.window)), shown.bubble), 10000);
  hide (&shown);
}

/* Where nothing is installed nothing is offered. */
static void
test_not_there (void)
{
  g_autofree char *kept = g_strdup (g_getenv ("MOSTRADOR_ORIGINAL"));

  g_unsetenv ("MOSTRADOR_ORIGINAL");
  g_assert_false (mos_original_is_available ());
  g_setenv ("MOSTRADOR_ORIGINAL", kept, TRUE);
}

/* --- Nothing gets out --- */

static const char hostile[] =
    "<html><head>"
    "<meta http-equiv='refresh' content='0; url=@/refresh'>"
    "<meta http-equiv='Content-Security-Policy' content=\"default-src *; script-src * 'unsafe-inline'; img-src *\">"
    "<base href='@/base/'>"
    "<link rel='stylesheet' href='@/style.css'>"
    "<link rel='prefetch' href='@/prefetch'><link rel='preload' as='image' href='@/preload.png'><link rel='preconnect' href='@'>"
    "<link rel='dns-prefetch' href='@'><link rel='prerender' href='@/prerender'><link rel='icon' href='@/favicon.ico'><link rel='manifest' href='@/manifest'>"
    "<style>@import url('@/import.css'); @font-face { font-family: f; src: url('@/font.woff2'); } body { font-family: f; background: url('@/background.png'); }"
    " li { list-style-image: url('@/list.png'); } p::after { content: url('@/content.png'); } a { cursor: url('@/cursor.png'), auto; }</style>"
    "<script src='@/script.js'></script><script>document.title = 'ran'; new Image ().src = '@/script-image.png'; fetch ('@/fetch'); location = '@/location';</script>"
    "</head><body background='@/body.png' onload=\"document.title = 'ran'; location = '@/onload'\">"
    "<p>The words of the mail</p><ul><li>one</li></ul>"
    "<img src='@/image.png'><img src='//127.0.0.1:PORT/no-scheme.png'><img src='relative.png'><img srcset='@/set.png 2x'><picture><source srcset='@/source.png'><img src='@/picture.png'></picture>"
    "<img src='x' onerror=\"document.title = 'ran'\">"
    "<iframe src='@/frame'></iframe><iframe srcdoc=\"<img src='@/srcdoc.png'><script>top.document.title = 'ran'</script>\"></iframe><frame src='@/frame2'>"
    "<object data='@/object'></object><embed src='@/embed'><video src='@/video' poster='@/poster.png' autoplay></video><audio src='@/audio' autoplay></audio>"
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='@/svg.png' width='9' height='9'/><use href='@/use.svg#a'/><script>document.title = 'ran'</script></svg>"
    "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='@/nested.png'/></svg>\">"
    "<input type='image' src='@/input.png'><table background='@/table.png'><tr><td style=\"background: url('@/cell.png')\">cell</td></tr></table>"
    "<form id='form' action='@/form' method='get'><input name='a' value='b'><button id='button'>Send</button></form>"
    "<a id='link' href='@/link' ping='@/ping'>Your bank</a><a id='blank' target='_blank' href='@/blank'>New</a><a id='script' href=\"javascript:document.title='ran'\">Go</a>"
    "<a id='save' download href='@/download'>Save</a><a id='file' href='file:///etc/passwd'>File</a>"
    "</body></html>";

static char *
fill (const char *html,
      guint port)
{
  g_autofree char *host = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_autoptr (GString) text = g_string_new (html);

  /* But for the rules that begin with it. */
  g_string_replace (text, "@import", "\001import", 0);
  g_string_replace (text, "@font", "\001font", 0);
  g_string_replace (text, "@", host, 0);
  g_string_replace (text, "\001", "@", 0);
  g_string_replace (text, "PORT", number, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_still (GtkWidget *view)
{
  g_autofree char *title = evaluate (view, "document.title");
  g_autofree char *where = evaluate (view, "String (location)");
  g_autofree char *text = evaluate (view, "document.body.innerText");

  g_assert_cmpstr (title, ==, "");
  g_assert_cmpstr (where, ==, "about:blank");
  g_assert_nonnull (strstr (text, "The words of the mail"));
}

static void
test_hostile (void)
{
  /* What a person could still do by accident, and what a script could if one ever ran. */
  static const char *const acts[] = {
    "document.getElementById ('button').click (); 1",
    "document.getElementById ('form').submit (); 1",
    "document.getElementById ('script').click (); 1",
    "document.getElementById ('file').click (); 1",
    "location.href = document.getElementById ('link').href; 1",
    "window.open (document.getElementById ('link').href); 1",
  };
  Ear ear;
  g_autofree char *html = NULL;
  Shown shown;
  GtkWidget *view;

  ear_open (&ear);
  html = fill (hostile, ear.port);
  shown = show (html, FALSE);
  view = find_view (shown.dialog);
  mos_test_settle (1500);
  assert_still (view);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autofree char *done = NULL;

      g_test_message ("%s", acts[i]);
      done = evaluate (view, acts[i]);
      mos_test_settle (200);
      assert_still (view);
    }
  g_assert_null (mos_fixture_find_text (shown.window, "It leads to"));
  g_assert_cmpuint (ear.asked, ==, 0);
  hide (&shown);

  /* A person allowed its pictures: still nobody in this computer's own network is asked. */
  shown = show (html, TRUE);
  view = find_view (shown.dialog);
  mos_test_settle (1500);
  assert_still (view);
  g_assert_cmpuint (ear.asked, ==, 0);
  hide (&shown);
  ear_close (&ear);
}

static void
test_link (void)
{
  Shown shown = show ("<p><a id='link' href='https://evil.example/pay'>Your bank</a> <a id='blank' target='_blank' href='https://other.example/'>New</a></p>", FALSE);
  GtkWidget *view = find_view (shown.dialog);
  g_autofree char *first = evaluate (view, "document.getElementById ('link').click (); 1");
  g_autofree char *second = NULL;

  /* First it is said where it leads. */
  mos_test_wait (mos_fixture_find_text (shown.window, "https://evil.example/pay") != NULL, PATIENCE_MS);
  second = evaluate (view, "document.getElementById ('blank').click (); 1");
  mos_test_wait (mos_fixture_find_text (shown.window, "https://other.example/") != NULL, PATIENCE_MS);
  hide (&shown);
}

static gboolean
page_says (GtkWidget *view,
           const char *script,
           const char *wanted)
{
  g_autofree char *said = evaluate (view, script);

  return g_str_equal (said, wanted);
}

static void
test_inline_pictures (void)
{
  Shown shown = show ("<img src='cid:logo@shop'><img src='cid:logo%40shop'><img src='cid:none@shop'><p>Words</p>", FALSE);
  GtkWidget *view = find_view (shown.dialog);

  mos_test_wait (page_says (view, "[...document.images].map (i => i.complete ? i.naturalWidth : '?').join (' ')", "1 1 0"), PATIENCE_MS);
  hide (&shown);
}

/* --- Remote pictures come through the host, and only then --- */

typedef struct
{
  GPtrArray *asked;
  gboolean finished;
  gboolean destroyed;
} Host;

static GBytes *
host_part (const char *cid,
           gpointer user_data)
{
  return NULL;
}

static void
host_fetch (const char *url,
            MosOriginalReply reply,
            gpointer reply_data,
            gpointer user_data)
{
  Host *self = user_data;
  g_autoptr (GBytes) bytes = g_str_has_suffix (url, "good.png?a=1&b=%20") ? make_png () : NULL;

  g_ptr_array_add (self->asked, g_strdup (url));
  reply (bytes, reply_data);
}

static void
host_link (const char *url,
           const char *text,
           gpointer user_data)
{
}

static void
host_finished (const GError *error,
               gpointer user_data)
{
  g_assert_no_error (error);
  ((Host *) user_data)->finished = TRUE;
}

static void
host_destroy (gpointer user_data)
{
  ((Host *) user_data)->destroyed = TRUE;
}

/* Asked for from the original, also of a message that is folded: they are the message's from then on. */
static void
test_pictures_of_folded (void)
{
  for (guint i = 0; i < 2; i++)
    {
      Shown shown = show_as ("<img src='https://shop.invalid/wool.png' width='200' height='100'><p>Words</p>", FALSE, i == 0);
      GtkWidget *banner = mos_fixture_find (shown.dialog, ADW_TYPE_BANNER, NULL);

      g_assert_true (adw_banner_get_revealed (ADW_BANNER (banner)));
      g_signal_emit_by_name (banner, "button-clicked");
      g_assert_false (adw_banner_get_revealed (ADW_BANNER (banner)));
      g_assert_true (MOS_MESSAGE_BUBBLE (shown.bubble)->images_allowed);
      hide (&shown);
    }
}

static void
test_remote_pictures (void)
{
  static const MosOriginalHost host = { host_part, host_fetch, host_link, NULL, host_finished };
  Host self = { g_ptr_array_new_with_free_func (g_free), FALSE, FALSE };
  GModule *library = g_module_open (g_getenv ("MOSTRADOR_ORIGINAL"), G_MODULE_BIND_LOCAL);
  const MosOriginalModule *(*get) (void) = NULL;
  GtkWidget *window = adw_window_new ();
  GtkWidget *view;

  g_assert_true (g_module_symbol (library, "mos_original_module_get", (gpointer *) &get));
  view = get ()->create_view ("<img src='https://shop.example/good.png?a=1&amp;b=%20'><img src='https://shop.example/bad.png'><p>Words</p>", &host, &self, host_destroy);
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  mos_test_wait (self.finished, PATIENCE_MS);
  mos_test_settle (300);
  g_assert_cmpuint (self.asked->len, ==, 0);
  get ()->load_pictures (view);
  mos_test_wait (self.asked->len == 2, PATIENCE_MS);
  g_assert_cmpstr (self.asked->pdata[0], ==, "https://shop.example/good.png?a=1&b=%20");
  mos_test_wait (page_says (view, "[...document.images].map (i => i.complete ? i.naturalWidth : '?').join (' ')", "1 0"), PATIENCE_MS);
  gtk_window_destroy (GTK_WINDOW (window));
  mos_test_wait (self.destroyed, PATIENCE_MS);
  g_ptr_array_unref (self.asked);
}

/* --- What strangers wrote --- */

static void
test_corpus (void)
{
  g_autofree char *folder = mos_test_shared ("corpus/mimekit/UnitTests/TestData/html");
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) address = g_regex_new ("(https?:)?//[^/\"' >]+", G_REGEX_CASELESS, 0, NULL);
  const char *name;
  guint n = 0, with_text = 0;
  Ear ear;

  if (folder == NULL)
    return;
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  ear_open (&ear);
  while (n < 8 && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_autofree char *here = g_strdup_printf ("http://127.0.0.1:%u", ear.port);
      g_autofree char *html = NULL;
      g_autofree char *length = NULL;
      gsize size;
      Shown shown;

      if (!g_str_has_suffix (name, ".html") || !g_file_get_contents (path, &text, &size, NULL) || !g_utf8_validate (text, (gssize) size, NULL))
        continue;
      g_test_message ("%s", name);
      n++;
      /* Whatever it would ask, it would ask here. */
      html = g_regex_replace_literal (address, text, -1, 0, here, 0, NULL);
      shown = show (html, FALSE);
      mos_test_settle (500);
      /* Some have nothing in them but comments. */
      length = evaluate (find_view (shown.dialog), "String (document.body.innerText.length)");
      if (!g_str_equal (length, "0"))
        with_text++;
      g_assert_cmpuint (ear.asked, ==, 0);
      hide (&shown);
    }
  g_assert_cmpuint (with_text, >, 1);
  ear_close (&ear);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  adw_init ();
  /* The first: it looks at what is loaded so far. */
  g_test_add_func ("/original/loaded-late", test_loaded_late);
  g_test_add_func ("/original/not-there", test_not_there);
  g_test_add_func ("/original/hostile", test_hostile);
  g_test_add_func ("/original/link", test_link);
  g_test_add_func ("/original/inline-pictures", test_inline_pictures);
  g_test_add_func ("/original/pictures-of-folded", test_pictures_of_folded);
  g_test_add_func ("/original/remote-pictures", test_remote_pictures);
  g_test_add_func ("/original/corpus", test_corpus);
  return g_test_run ();
}
