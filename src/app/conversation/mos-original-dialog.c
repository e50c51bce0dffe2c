/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"
#include "paths.h"

#include "app/conversation/mos-original-dialog.h"

#include "app/application/mos-settings.h"
#include "app/conversation/mos-link-status.h"
#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-message-html.h"
#include "app/original/mos-original-module.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-image-loader.h"
#include "app/widgets/mos-text-direction.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <gmodule.h>
#include <string.h>

/* --- The module --- */

static char *
find_module (void)
{
  const char *named = g_getenv ("MOSTRADOR_ORIGINAL");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, "app", "original", "mostrador-original." G_MODULE_SUFFIX, NULL) : NULL;
  g_autofree char *installed = g_build_filename (MOS_MODULEDIR, "mostrador-original." G_MODULE_SUFFIX, NULL);

  if (!MOS_HAVE_WEBKIT)
    return NULL;
  if (named != NULL)
    return g_strdup (named);
  /* Where it was built, and not installed yet. */
  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&beside);
  if (g_file_test (installed, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&installed);
  return NULL;
}

gboolean
mos_original_is_available (void)
{
  g_autofree char *path = find_module ();

  return path != NULL;
}

static const MosOriginalModule *
load_module (GError **error)
{
  static const MosOriginalModule *loaded; /* lives as long as the program: its types cannot be taken back */
  g_autofree char *path = find_module ();
  const MosOriginalModule *(*get) (void) = NULL;
  GModule *module;

  if (loaded != NULL)
    return loaded;
  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("The part of the program that shows originals is not installed."));
      return NULL;
    }
  module = g_module_open_full (path, G_MODULE_BIND_LOCAL, error);
  if (module == NULL)
    return NULL;
  if (!g_module_symbol (module, "mos_original_module_get", (gpointer *) &get) || get ()->version != MOS_ORIGINAL_MODULE_VERSION)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _ ("The part of the program that shows originals belongs to another version."));
      g_module_close (module);
      return NULL;
    }
  g_module_make_resident (module);
  loaded = get ();
  return loaded;
}

/* --- One dialog --- */

typedef struct
{
  const MosOriginalModule *module;
  MosMessageBubble *bubble;  /* (owned) */
  MosMessageBody *body;      /* (owned) (nullable): once loaded */
  GHashTable *remote;        /* (owned) (nullable): addresses of pictures that may be fetched when that is allowed */
  GCancellable *cancellable; /* (owned) */
  AdwDialog *dialog;         /* (weak) (nullable) */
  GtkWidget *stack;          /* these are the dialog's, and gone with it */
  GtkWidget *page;
  GtkWidget *banner;
  GtkWidget *status;
  GtkWidget *problem;
  GtkWidget *view; /* (nullable) */
  gboolean shown;
} Original;

static void
original_clear (Original *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->bubble);
  g_clear_pointer (&self->body, mos_message_body_unref);
  g_clear_pointer (&self->remote, g_hash_table_unref);
}

static void
original_release (gpointer data)
{
  g_rc_box_release_full (data, (GDestroyNotify) original_clear);
}

typedef Original OriginalRef;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OriginalRef, original_release)

static void
show_problem (Original *self,
              const char *detail)
{
  if (self->dialog == NULL)
    return;
  adw_status_page_set_description (ADW_STATUS_PAGE (self->problem), detail);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "problem");
}

/* --- What the module may ask for --- */

static GBytes *
find_part (const char *cid,
           gpointer user_data)
{
  Original *self = user_data;
  GBytes *bytes = self->body != NULL ? mos_message_body_find_related (self->body, cid) : NULL;

  /* Only pictures, and only of the kinds and sizes that the message itself would show. */
  return bytes != NULL && mos_image_probe (bytes, NULL, NULL) ? g_bytes_ref (bytes) : NULL;
}

typedef struct
{
  MosOriginalReply reply;
  gpointer data;
} Fetching;

static void
on_fetched_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autofree Fetching *fetching = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_image_fetch_bytes_finish (result, &error);

  if (bytes == NULL)
    g_debug ("A remote picture was not shown: %s", error->message);
  fetching->reply (bytes, fetching->data);
}

static void
fetch_picture (const char *url,
               MosOriginalReply reply,
               gpointer reply_data,
               gpointer user_data)
{
  Original *self = user_data;
  Fetching *fetching;

  if (!self->bubble->images_allowed || self->remote == NULL || !g_hash_table_contains (self->remote, url))
    {
      reply (NULL, reply_data);
      return;
    }
  fetching = g_new0 (Fetching, 1);
  fetching->reply = reply;
  fetching->data = reply_data;
  mos_image_fetch_bytes_async (url, self->cancellable, on_fetched_cb, fetching);
}

static void
open_link (const char *url,
           const char *text,
           gpointer user_data)
{
  static const char *const schemes[] = { "http", "https", "mailto", "tel" };
  Original *self = user_data;
  g_autofree char *scheme = g_uri_parse_scheme (url);

  if (self->dialog == NULL || scheme == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strcasecmp (scheme, schemes[i]) == 0)
      {
        mos_message_bubble_ask_link (self->bubble, url, text);
        return;
      }
}

static void
point_at (const char *url,
          gpointer user_data)
{
  Original *self = user_data;

  if (self->dialog == NULL)
    return;
  mos_link_status_set (self->status, url);
}

static void
finished (const GError *error,
          gpointer user_data)
{
  Original *self = user_data;

  if (self->dialog == NULL)
    return;
  if (error != NULL)
    {
      show_problem (self, error->message);
      return;
    }
  self->shown = TRUE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "page");
  gtk_widget_grab_focus (self->view);
  if (self->bubble->images_allowed)
    self->module->load_pictures (self->view);
}

static const MosOriginalHost host = { find_part, fetch_picture, open_link, point_at, finished };

/* --- Loading --- */

/* The message's own parser says what is a picture and what only counts readers. */
static GHashTable *
list_remote (const MosHtmlDocument *document)
{
  GHashTable *remote = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < document->images->len && g_hash_table_size (remote) < MOS_IMAGE_MAX_REMOTE; i++)
    {
      const MosHtmlImage *image = g_ptr_array_index (document->images, i);

      if (image->url != NULL && !image->is_tracker)
        g_hash_table_add (remote, g_strdup (image->url));
    }
  return remote;
}

static void
on_parsed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (OriginalRef) self = user_data;
  g_autoptr (MosHtmlDocument) document = mos_message_body_parse_finish (result);

  if (document == NULL || self->dialog == NULL)
    return;
  self->remote = list_remote (document);
  adw_banner_set_revealed (ADW_BANNER (self->banner),
                           !self->bubble->images_allowed && g_hash_table_size (self->remote) > 0 && g_settings_get_enum (mos_settings_get (), "remote-images") == 0);
  self->view = self->module->create_view (self->body->html, &host, g_rc_box_acquire (self), original_release);
  gtk_widget_set_hexpand (self->view, TRUE);
  gtk_widget_set_vexpand (self->view, TRUE);
  mos_widget_set_label (self->view, _ ("Message as its sender made it"));
  gtk_overlay_set_child (GTK_OVERLAY (self->page), self->view);
}

static void
begin (Original *self)
{
  if (self->body->html == NULL || *self->body->html == '\0')
    {
      show_problem (self, _ ("This message has only plain text."));
      return;
    }
  mos_message_body_parse_async (self->body, self->cancellable, on_parsed_cb, g_rc_box_acquire (self));
}

static void
on_body_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (OriginalRef) self = user_data;
  g_autoptr (GError) error = NULL;

  self->body = mos_desk_load_body_finish (MOS_DESK (source), result, &error);
  if (self->body != NULL)
    {
      mos_message_bubble_set_body_data (self->bubble, self->body);
      begin (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error->message);
}

/* --- The dialog --- */

static void
on_load_pictures_cb (AdwBanner *banner,
                     Original *self)
{
  adw_banner_set_revealed (banner, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self->bubble), "message.load-images", NULL);
  if (self->shown)
    self->module->load_pictures (self->view);
}

static gboolean
on_escape_cb (GtkWidget *widget,
              GVariant *args,
              gpointer user_data)
{
  return adw_dialog_close (ADW_DIALOG (user_data));
}

static void
on_closed_cb (AdwDialog *dialog,
              Original *self)
{
  /* Whatever comes from now on finds nothing. */
  g_clear_weak_pointer (&self->dialog);
  g_cancellable_cancel (self->cancellable);
  mos_message_bubble_focus (self->bubble);
}

static void
build (Original *self)
{
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *spinner = adw_spinner_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->stack = gtk_stack_new ();
  self->page = gtk_overlay_new ();
  self->banner = adw_banner_new (_ ("Pictures on the internet were not loaded: they would tell the sender that you read this."));
  self->status = mos_link_status_new ();
  self->problem = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->problem), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->problem), _ ("The Original Could Not Be Shown"));
  adw_banner_set_button_label (ADW_BANNER (self->banner), _ ("_Load Remote Images"));
  g_signal_connect (self->banner, "button-clicked", G_CALLBACK (on_load_pictures_cb), self);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->page), self->status);
  mos_widget_set_label (spinner, _ ("Loading"));
  gtk_stack_add_named (GTK_STACK (self->stack), spinner, "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->page, "page");
  gtk_stack_add_named (GTK_STACK (self->stack), self->problem, "problem");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), self->banner);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), self->stack);
  /* Before the page sees the key: nothing in it may keep a person there. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (on_escape_cb, self->dialog, NULL)));
  gtk_widget_add_controller (toolbar, keys);
  adw_dialog_set_child (self->dialog, toolbar);
  /* Translators: title over a mail that is shown as its sender designed it. */
  adw_dialog_set_title (self->dialog, C_ ("mail", "Original"));
  adw_dialog_set_content_width (self->dialog, 900);
  adw_dialog_set_content_height (self->dialog, 720);
  g_signal_connect_data (self->dialog, "closed", G_CALLBACK (on_closed_cb), g_rc_box_acquire (self), (GClosureNotify) (GCallback) original_release, 0);
}

GtkWidget *
mos_original_dialog_present (MosMessageBubble *bubble)
{
  g_autoptr (OriginalRef) self = g_rc_box_new0 (Original);
  g_autoptr (GError) error = NULL;
  AdwDialog *dialog = adw_dialog_new ();

  g_return_val_if_fail (MOS_IS_MESSAGE_BUBBLE (bubble), NULL);

  self->bubble = g_object_ref (bubble);
  self->cancellable = g_cancellable_new ();
  g_set_weak_pointer (&self->dialog, dialog);
  build (self);
  mos_dialog_present (dialog, GTK_WIDGET (bubble));
  self->module = load_module (&error);
  if (self->module == NULL)
    show_problem (self, error->message);
  else if (bubble->body_data != NULL)
    {
      self->body = mos_message_body_ref (bubble->body_data);
      begin (self);
    }
  else if (bubble->desk != NULL)
    mos_desk_load_body_async (bubble->desk, mos_message_get_id (bubble->message), self->cancellable, on_body_cb, g_rc_box_acquire (self));
  return GTK_WIDGET (dialog);
}
