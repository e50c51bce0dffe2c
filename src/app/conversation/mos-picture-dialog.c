/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-picture-dialog.h"

#include "app/application/mos-shortcuts.h"
#include "app/conversation/mos-attachment-chip.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-image-loader.h"
#include "app/widgets/mos-text-direction.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define ZOOM_STEP 1.25
#define ZOOM_MIN 0.05
#define ZOOM_MAX 16.0
/* What a widget may measure. */
#define SIDE_MAX 30000.0

typedef struct
{
  MosDesk *desk;             /* (owned) (nullable) */
  GPtrArray *pictures;       /* (owned): MosAttachment */
  GdkTexture *given;         /* (owned) (nullable): the one there is, decoded already */
  GCancellable *cancellable; /* (owned) (nullable): of the picture that is being loaded */
  GdkTexture *texture;       /* (owned) (nullable) */
  AdwDialog *dialog;         /* (weak) (nullable); with it go the widgets */
  GtkWidget *stack;
  GtkWidget *scroller;
  GtkWidget *picture;
  GtkWidget *problem;
  GtkWidget *title;
  GtkWidget *zoom_label;
  guint index;
  double zoom; /* 0 = as it fits */
  double pinch_from;
  double center_x; /* what is in the middle, as a share of the whole; kept while the zoom changes */
  double center_y;
  gboolean keep_center;
  gboolean was_shown; /* one of them */
} Viewer;

static void
viewer_clear (Viewer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_object (&self->texture);
  g_clear_object (&self->given);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_weak_pointer (&self->dialog);
}

static void
viewer_release (gpointer data)
{
  g_rc_box_release_full (data, (GDestroyNotify) viewer_clear);
}

typedef Viewer ViewerRef;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerRef, viewer_release)

gboolean
mos_picture_is_viewable (const MosAttachment *attachment)
{
  static const char *const types[] = { "image/png", "image/jpeg", "image/jpg", "image/pjpeg", "image/gif", "image/webp" };

  for (guint i = 0; attachment->type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (attachment->type, types[i]) == 0)
      return TRUE;
  return FALSE;
}

static MosAttachment *
current (Viewer *self)
{
  return g_ptr_array_index (self->pictures, self->index);
}

/* --- Zoom --- */

static double
fitting_zoom (Viewer *self)
{
  double width = gtk_widget_get_width (self->scroller), height = gtk_widget_get_height (self->scroller);

  if (self->texture == NULL || width < 1 || height < 1)
    return 1;
  return MIN (1, MIN (width / gdk_texture_get_width (self->texture), height / gdk_texture_get_height (self->texture)));
}

static void
update_zoom (Viewer *self)
{
  g_autofree char *text = NULL;

  if (self->texture == NULL)
    return;
  if (self->zoom > 0)
    gtk_widget_set_size_request (self->picture, MAX (1, (int) round (gdk_texture_get_width (self->texture) * self->zoom)), MAX (1, (int) round (gdk_texture_get_height (self->texture) * self->zoom)));
  else
    gtk_widget_set_size_request (self->picture, -1, -1);
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), self->zoom > 0 ? GTK_CONTENT_FIT_CONTAIN : GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_widget_set_halign (self->picture, self->zoom > 0 ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_widget_set_valign (self->picture, self->zoom > 0 ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  /* Translators: how large a picture is shown, in per cent of its own size. */
  text = self->zoom > 0 ? g_strdup_printf (C_ ("zoom", "%d%%"), (int) round (self->zoom * 100)) : g_strdup (C_ ("zoom", "Fit"));
  gtk_button_set_label (GTK_BUTTON (self->zoom_label), text);
}

static double
share_of (GtkAdjustment *adjustment)
{
  double upper = gtk_adjustment_get_upper (adjustment);

  return upper > 0 ? (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) / 2) / upper : 0.5;
}

static void
on_adjustment_changed_cb (GtkAdjustment *adjustment,
                          Viewer *self)
{
  gboolean horizontal = adjustment == gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  if (self->keep_center)
    gtk_adjustment_set_value (adjustment, (horizontal ? self->center_x : self->center_y) * gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) / 2);
}

static void
set_zoom (Viewer *self,
          double zoom)
{
  double largest;

  if (self->texture == NULL)
    return;
  largest = MIN (ZOOM_MAX, SIDE_MAX / MAX (gdk_texture_get_width (self->texture), gdk_texture_get_height (self->texture)));
  self->center_x = share_of (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)));
  self->center_y = share_of (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)));
  self->keep_center = TRUE;
  self->zoom = zoom > 0 ? CLAMP (zoom, ZOOM_MIN, largest) : 0;
  update_zoom (self);
}

static double
real_zoom (Viewer *self)
{
  return self->zoom > 0 ? self->zoom : fitting_zoom (self);
}

static void
zoom_in (Viewer *self)
{
  set_zoom (self, real_zoom (self) * ZOOM_STEP);
}

static void
zoom_out (Viewer *self)
{
  set_zoom (self, real_zoom (self) / ZOOM_STEP);
}

/* As it fits, or in its own size. */
static void
zoom_toggle (Viewer *self)
{
  set_zoom (self, self->zoom == 1 ? 0 : 1); /* what was set, never computed */
}

static void
zoom_fit (Viewer *self)
{
  set_zoom (self, 0);
}

static gboolean
on_scroll_cb (GtkEventControllerScroll *controller,
              double dx,
              double dy,
              Viewer *self)
{
  if (!(gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller)) & GDK_CONTROL_MASK))
    {
      /* Now the person moves it. */
      self->keep_center = FALSE;
      return GDK_EVENT_PROPAGATE;
    }
  set_zoom (self, real_zoom (self) * pow (ZOOM_STEP, -dy));
  return GDK_EVENT_STOP;
}

static void
on_pinch_begin_cb (GtkGesture *gesture,
                   GdkEventSequence *sequence,
                   Viewer *self)
{
  self->pinch_from = real_zoom (self);
}

static void
on_pinch_cb (GtkGestureZoom *gesture,
             double scale,
             Viewer *self)
{
  set_zoom (self, self->pinch_from * scale);
}

/* --- Loading --- */

static void
show_problem (Viewer *self,
              const char *detail)
{
  if (self->dialog == NULL)
    return;
  adw_status_page_set_description (ADW_STATUS_PAGE (self->problem), detail);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "problem");
}

static void
update_title (Viewer *self)
{
  MosAttachment *attachment = current (self);
  g_autofree char *size = g_format_size (attachment->size);
  g_autofree char *pixels = NULL;
  g_autofree char *subtitle = NULL;

  if (self->texture != NULL)
    {
      /* Translators: width and height of a picture in pixels. */
      g_autofree char *sides = g_strdup_printf (_ ("%1$d × %2$d"), gdk_texture_get_width (self->texture), gdk_texture_get_height (self->texture));

      /* Also where one reads from the right, or height and width would change places. */
      pixels = mos_text_isolate (sides);
    }
  if (self->pictures->len > 1)
    /* Translators: which picture of how many, and its size such as "640 × 480" or "3.4 MB". */
    subtitle = g_strdup_printf (_ ("%1$u of %2$u · %3$s"), self->index + 1, self->pictures->len, pixels != NULL ? pixels : size);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), mos_attachment_display_name (attachment));
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle != NULL ? subtitle : pixels != NULL ? pixels
                                                                                                              : size);
  adw_dialog_set_title (self->dialog, mos_attachment_display_name (attachment));
}

static void
update_actions (Viewer *self)
{
  GSimpleActionGroup *group = g_object_get_data (G_OBJECT (self->dialog), "actions");
  static const char *const needs_texture[] = { "copy", "zoom-in", "zoom-out", "zoom-fit", "zoom-toggle" };
  GAction *action;

  for (guint i = 0; i < G_N_ELEMENTS (needs_texture); i++)
    {
      action = g_action_map_lookup_action (G_ACTION_MAP (group), needs_texture[i]);
      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->texture != NULL);
    }
  action = g_action_map_lookup_action (G_ACTION_MAP (group), "previous");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->index > 0);
  action = g_action_map_lookup_action (G_ACTION_MAP (group), "next");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->index + 1 < self->pictures->len);
  action = g_action_map_lookup_action (G_ACTION_MAP (group), "save");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->desk != NULL && current (self)->sha256 != NULL);
  action = g_action_map_lookup_action (G_ACTION_MAP (group), "open-with");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->desk != NULL && current (self)->sha256 != NULL);
}

static void
show_texture (Viewer *self,
              GdkTexture *texture)
{
  g_autofree char *label = NULL;

  g_set_object (&self->texture, texture);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  /* Translators: what a screen reader says for a picture; %s is a file name. */
  label = g_strdup_printf (_ ("Picture %s"), mos_attachment_display_name (current (self)));
  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), label);
  self->zoom = 0;
  update_zoom (self);
  update_title (self);
  update_actions (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "picture");
  /* Only now it can have the keyboard, so that the arrows move it; later the keyboard stays where the person has it. */
  if (!self->was_shown)
    adw_dialog_set_focus (self->dialog, self->scroller);
  self->was_shown = TRUE;
}

static void
on_decoded_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (ViewerRef) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = mos_image_decode_finish (result, &error);

  if (self->dialog == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture != NULL)
    show_texture (self, texture);
  else
    show_problem (self, _ ("It is damaged, larger than what is shown here, or of another kind than it says. It can still be saved, or opened with another program."));
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (ViewerRef) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_desk_load_blob_finish (MOS_DESK (source), result, &error);

  if (bytes != NULL)
    mos_image_decode_async (bytes, self->cancellable, on_decoded_cb, g_rc_box_acquire (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error->message);
}

static void
load (Viewer *self,
      guint index)
{
  MosAttachment *attachment;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->texture);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  self->index = index;
  attachment = current (self);
  update_title (self);
  update_actions (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  if (self->given != NULL)
    show_texture (self, self->given);
  else if (attachment->data != NULL)
    mos_image_decode_async (attachment->data, self->cancellable, on_decoded_cb, g_rc_box_acquire (self));
  else if (attachment->size > MOS_IMAGE_MAX_BYTES)
    show_problem (self, _ ("It is larger than what is shown here. It can still be saved, or opened with another program."));
  else if (self->desk != NULL && attachment->sha256 != NULL)
    mos_desk_load_blob_async (self->desk, attachment->sha256, self->cancellable, on_loaded_cb, g_rc_box_acquire (self));
  else
    show_problem (self, _ ("This Attachment Is Not Stored"));
}

/* --- Actions --- */

static void
on_action_cb (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  Viewer *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "previous") && self->index > 0)
    load (self, self->index - 1);
  else if (g_str_equal (name, "next") && self->index + 1 < self->pictures->len)
    load (self, self->index + 1);
  else if (g_str_equal (name, "zoom-in"))
    zoom_in (self);
  else if (g_str_equal (name, "zoom-out"))
    zoom_out (self);
  else if (g_str_equal (name, "zoom-fit"))
    zoom_fit (self);
  else if (g_str_equal (name, "zoom-toggle"))
    zoom_toggle (self);
  else if (g_str_equal (name, "save"))
    mos_attachment_save (self->desk, current (self), GTK_WIDGET (self->dialog));
  else if (g_str_equal (name, "open-with"))
    mos_attachment_open_with (self->desk, current (self), GTK_WIDGET (self->dialog));
  else if (g_str_equal (name, "copy"))
    {
      gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self->dialog)), self->texture);
      gtk_accessible_announce (GTK_ACCESSIBLE (self->dialog), _ ("Picture copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
}

static void
add_actions (Viewer *self)
{
  static const GActionEntry entries[] = {
    { "previous", on_action_cb, NULL, NULL, NULL, { 0 } },
    { "next", on_action_cb, NULL, NULL, NULL, { 0 } },
    { "zoom-in", on_action_cb, NULL, NULL, NULL, { 0 } },
    { "zoom-out", on_action_cb, NULL, NULL, NULL, { 0 } },
    { "zoom-fit", on_action_cb, NULL, NULL, NULL, { 0 } },
    { "zoom-toggle", on_action_cb, NULL, NULL, NULL, { 0 } },
    { "save", on_action_cb, NULL, NULL, NULL, { 0 } },
    { "open-with", on_action_cb, NULL, NULL, NULL, { 0 } },
    { "copy", on_action_cb, NULL, NULL, NULL, { 0 } },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->dialog), "picture", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (self->dialog), "actions", g_object_ref (group), g_object_unref);
}

static void
add_keys (GtkWidget *widget)
{
  static const struct
  {
    const char *trigger;
    const char *action;
  } keys[] = {
    { "<Control>plus|<Control>equal|<Control>KP_Add|plus", "picture.zoom-in" },
    { "<Control>minus|<Control>KP_Subtract|minus", "picture.zoom-out" },
    { "<Control>0|<Control>KP_0|0", "picture.zoom-fit" },
    { "<Control>1|<Control>KP_1|1", "picture.zoom-toggle" },
    { "Page_Up|<Control>Left|p", "picture.previous" },
    { "Page_Down|<Control>Right|n", "picture.next" },
    { "<Control>c", "picture.copy" },
    { "<Control>s", "picture.save" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger), gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (widget, controller);
}

/* Arrows go to the next picture, as long as there is nothing to be moved by them. */
static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   Viewer *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean right = keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if ((!right && keyval != GDK_KEY_Left && keyval != GDK_KEY_KP_Left) || (state & gtk_accelerator_get_default_mod_mask ()) != 0 || self->pictures->len < 2)
    return GDK_EVENT_PROPAGATE;
  if (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) || (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (widget, right != rtl ? "picture.next" : "picture.previous", NULL);
  return GDK_EVENT_STOP;
}

/* --- The dialog --- */

static GtkWidget *
button_new (const char *icon,
            const char *label,
            const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, label);
  mos_widget_set_label (button, label);
  return button;
}

/* Its keys are those of the window, too, and the window's come first. */
static void
on_map_cb (GtkWidget *widget,
           gpointer suspended)
{
  mos_shortcuts_set_suspended (widget, GPOINTER_TO_INT (suspended));
}

static GtkWidget *
build_view (Viewer *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkWidget *spinner = adw_spinner_new ();

  self->stack = gtk_stack_new ();
  self->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (self->scroller, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->picture);
  mos_widget_set_label (self->scroller, _ ("Picture"));
  g_signal_connect (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "changed", G_CALLBACK (on_adjustment_changed_cb), self);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "changed", G_CALLBACK (on_adjustment_changed_cb), self);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll_cb), self);
  gtk_widget_add_controller (self->scroller, scroll);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch_cb), self);
  gtk_widget_add_controller (self->scroller, GTK_EVENT_CONTROLLER (pinch));
  self->problem = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->problem), "image-missing-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->problem), _ ("This Picture Could Not Be Shown"));
  mos_widget_set_label (spinner, _ ("Loading"));
  gtk_stack_add_named (GTK_STACK (self->stack), spinner, "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->scroller, "picture");
  gtk_stack_add_named (GTK_STACK (self->stack), self->problem, "problem");
  return self->stack;
}

static GtkWidget *
build_bars (Viewer *self)
{
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *menu_button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  self->title = adw_window_title_new ("", "");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  if (self->pictures->len > 1)
    {
      adw_header_bar_pack_start (ADW_HEADER_BAR (header), button_new ("go-previous-symbolic", _ ("Previous picture"), "picture.previous"));
      adw_header_bar_pack_start (ADW_HEADER_BAR (header), button_new ("go-next-symbolic", _ ("Next picture"), "picture.next"));
    }
  g_menu_append (menu, _ ("_Copy"), "picture.copy");
  g_menu_append (menu, _ ("_Save As…"), "picture.save");
  g_menu_append (menu, _ ("Open _With…"), "picture.open-with");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu_button), G_MENU_MODEL (menu));
  mos_widget_set_label (menu_button, _ ("More for this picture"));
  gtk_widget_set_tooltip_text (menu_button, _ ("More for this picture"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), menu_button);
  self->zoom_label = gtk_button_new_with_label ("");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->zoom_label), "picture.zoom-toggle");
  gtk_widget_set_tooltip_text (self->zoom_label, _ ("Fit, or its own size"));
  gtk_widget_set_size_request (self->zoom_label, 80, -1);
  gtk_widget_set_halign (bottom, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bottom, "toolbar");
  gtk_box_append (GTK_BOX (bottom), button_new ("zoom-out-symbolic", _ ("Zoom out"), "picture.zoom-out"));
  gtk_box_append (GTK_BOX (bottom), self->zoom_label);
  gtk_box_append (GTK_BOX (bottom), button_new ("zoom-in-symbolic", _ ("Zoom in"), "picture.zoom-in"));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (toolbar), bottom);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), build_view (self));
  return toolbar;
}

static void
on_closed_cb (AdwDialog *dialog,
              Viewer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->dialog);
}

static GtkWidget *
present (Viewer *self,
         guint index,
         GtkWidget *parent)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkEventController *arrows;
  GtkWidget *toolbar;

  g_set_weak_pointer (&self->dialog, dialog);
  toolbar = build_bars (self);
  adw_dialog_set_child (dialog, toolbar);
  add_actions (self);
  add_keys (toolbar);
  arrows = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (arrows, GTK_PHASE_CAPTURE);
  g_signal_connect (arrows, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (toolbar, arrows);
  g_signal_connect (toolbar, "map", G_CALLBACK (on_map_cb), GINT_TO_POINTER (TRUE));
  g_signal_connect (toolbar, "unmap", G_CALLBACK (on_map_cb), GINT_TO_POINTER (FALSE));
  adw_dialog_set_content_width (dialog, 1000);
  adw_dialog_set_content_height (dialog, 760);
  g_signal_connect_data (dialog, "closed", G_CALLBACK (on_closed_cb), g_rc_box_acquire (self), (GClosureNotify) (GCallback) viewer_release, 0);
  load (self, index);
  mos_dialog_present (dialog, parent);
  return GTK_WIDGET (dialog);
}

GtkWidget *
mos_picture_dialog_present (MosDesk *desk,
                            GPtrArray *pictures,
                            guint index,
                            GtkWidget *parent)
{
  g_autoptr (ViewerRef) self = g_rc_box_new0 (Viewer);

  g_return_val_if_fail (pictures != NULL && index < pictures->len, NULL);

  g_set_object (&self->desk, desk);
  self->pictures = g_ptr_array_ref (pictures);
  return present (self, index, parent);
}

GtkWidget *
mos_picture_dialog_present_texture (GdkTexture *texture,
                                    const char *name,
                                    GtkWidget *parent)
{
  g_autoptr (ViewerRef) self = g_rc_box_new0 (Viewer);
  MosAttachment *only;

  g_return_val_if_fail (GDK_IS_TEXTURE (texture), NULL);

  only = mos_attachment_new ();
  only->name = g_strdup (name);
  self->given = g_object_ref (texture);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  g_ptr_array_add (self->pictures, only);
  return present (self, 0, parent);
}
