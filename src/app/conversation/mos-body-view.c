/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-body-view.h"

#include "app/conversation/mos-html-buffer.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-text-style.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define IMAGE_MAX_PX 560
#define SNUG_MAX_PX 460

enum
{
  SIGNAL_ACTIVATE_LINK,
  SIGNAL_ACTIVATE_IMAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  GtkWidget *bin;             /* (borrowed): anchored in the text */
  GtkTextChildAnchor *anchor; /* (owned) */
  GdkTexture *texture;        /* (owned) (nullable) */
} BodyImage;

struct _MosBodyView
{
  GtkTextView parent_instance;

  MosHtmlDocument *document; /* (owned) (nullable) */
  GArray *links;             /* (owned): MosBodyLink */
  GHashTable *images;        /* (owned): index → BodyImage */
  gboolean folded;
  int last_width;
  guint resize_id;
  guint settle_id;
  guint settle_frames;
  guint settled_frames;
  char *hovered;  /* (owned) (nullable): address of the link below the pointer */
  char *at_caret; /* (owned) (nullable): with the keyboard in here, of the one where the caret is */
  char *pointed;  /* (owned) (nullable): what was told of these */
  int snug_width; /* how wide the text is where nothing breaks it; 0 = it takes all the room there is */
  gboolean is_snug;
  gboolean has_status; /* somebody above says where links lead */
};

G_DEFINE_FINAL_TYPE (MosBodyView, mos_body_view, GTK_TYPE_TEXT_VIEW)

static void
body_image_free (gpointer data)
{
  BodyImage *image = data;

  g_clear_object (&image->texture);
  g_clear_object (&image->anchor);
  g_free (image);
}

/* --- Links --- */

static const MosBodyLink *
link_at_offset (MosBodyView *self,
                int offset)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const MosBodyLink *link = &g_array_index (self->links, MosBodyLink, i);

      if (offset >= link->start && offset < link->end)
        return link;
    }
  return NULL;
}

static const MosBodyLink *
link_at_point (MosBodyView *self,
               double x,
               double y)
{
  GtkTextIter iter;
  int bx, by;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &bx, &by);
  if (!gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &iter, bx, by))
    return NULL;
  return link_at_offset (self, gtk_text_iter_get_offset (&iter));
}

/* Returns: index of the picture that is shown there, or -1 */
static int
image_at_iter (MosBodyView *self,
               const GtkTextIter *iter)
{
  GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (iter);
  GHashTableIter images;
  gpointer key, image;

  g_hash_table_iter_init (&images, self->images);
  while (anchor != NULL && g_hash_table_iter_next (&images, &key, &image))
    if (((BodyImage *) image)->anchor == anchor && ((BodyImage *) image)->texture != NULL)
      return GPOINTER_TO_INT (key);
  return -1;
}

static int
image_at_point (MosBodyView *self,
                double x,
                double y)
{
  GtkTextIter iter;
  int bx, by;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &bx, &by);
  return gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &iter, bx, by) ? image_at_iter (self, &iter) : -1;
}

/* Up to whoever has a place to say it. GTK tells of the pointer at each layout, also of one that only rests here: what the caret is at is not forgotten by that. */
static void
point_at (MosBodyView *self,
          char **which,
          const MosBodyLink *link)
{
  g_set_str (which, link != NULL ? link->url : NULL);
  if (g_set_str (&self->pointed, self->hovered != NULL ? self->hovered : self->at_caret))
    self->has_status = gtk_widget_activate_action (GTK_WIDGET (self), "conversation.point-at-link", "s", self->pointed != NULL ? self->pointed : "");
}

static void
forget_pointed (MosBodyView *self)
{
  point_at (self, &self->hovered, NULL);
  point_at (self, &self->at_caret, NULL);
}

static void
activate_link (MosBodyView *self,
               const MosBodyLink *link)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, link->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, link->end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_signal_emit (self, signals[SIGNAL_ACTIVATE_LINK], 0, link->url, text);
}

static void
on_released_cb (GtkGestureClick *gesture,
                int n_press,
                double x,
                double y,
                MosBodyView *self)
{
  const MosBodyLink *link;

  /* Whoever drags over a link wants its text. */
  if (n_press != 1 || gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self))))
    return;
  link = link_at_point (self, x, y);
  if (link != NULL)
    activate_link (self, link);
  else if (image_at_point (self, x, y) >= 0)
    g_signal_emit (self, signals[SIGNAL_ACTIVATE_IMAGE], 0, image_at_point (self, x, y));
}

static void
on_motion_cb (GtkEventControllerMotion *motion,
              double x,
              double y,
              MosBodyView *self)
{
  const MosBodyLink *link = link_at_point (self, x, y);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), link != NULL || image_at_point (self, x, y) >= 0 ? "pointer" : "text");
  point_at (self, &self->hovered, link);
}

static void
on_leave_cb (MosBodyView *self)
{
  point_at (self, &self->hovered, NULL);
}

static void
on_focus_leave_cb (MosBodyView *self)
{
  point_at (self, &self->at_caret, NULL);
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   MosBodyView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  const MosBodyLink *link;
  GtkTextIter iter;

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  link = link_at_offset (self, gtk_text_iter_get_offset (&iter));
  if (link != NULL)
    activate_link (self, link);
  else if (image_at_iter (self, &iter) >= 0)
    g_signal_emit (self, signals[SIGNAL_ACTIVATE_IMAGE], 0, image_at_iter (self, &iter));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* What the pointer learns from a tooltip, the caret tells a screen reader. */
static void
on_caret_moved_cb (MosBodyView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  const MosBodyLink *link;
  g_autofree char *target = NULL;
  g_autofree char *text = NULL;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  link = link_at_offset (self, gtk_text_iter_get_offset (&iter));
  if (link != NULL)
    {
      target = mos_body_link_target (link->url);
      /* Translators: %s is the address that a link leads to. */
      text = g_strdup_printf (_ ("Link to %s"), target);
    }
  else if (image_at_iter (self, &iter) >= 0)
    text = g_strdup (_ ("Picture; press Return to see it large"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
  if (gtk_widget_is_focus (GTK_WIDGET (self)))
    point_at (self, &self->at_caret, link);
}

static gboolean
mos_body_view_query_tooltip (GtkWidget *widget,
                             int x,
                             int y,
                             gboolean keyboard_tooltip,
                             GtkTooltip *tooltip)
{
  MosBodyView *self = MOS_BODY_VIEW (widget);
  const MosBodyLink *link = keyboard_tooltip ? NULL : link_at_point (self, x, y);

  if (link == NULL || self->has_status)
    return FALSE;
  {
    g_autofree char *shown = mos_body_link_target (link->url);

    gtk_tooltip_set_text (tooltip, shown);
  }
  return TRUE;
}

/* --- Pictures --- */

/* The layout keeps the line's old height when an anchored child grows; a tag that could change it makes it look again. */
static void
measure_again (MosBodyView *self,
               BodyImage *image)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "measure-again");
  GtkTextIter start, end;

  if (gtk_text_child_anchor_get_deleted (image->anchor))
    return;
  if (tag == NULL)
    tag = gtk_text_buffer_create_tag (buffer, "measure-again", "rise", 0, NULL);
  gtk_text_buffer_get_iter_at_child_anchor (buffer, &start, image->anchor);
  end = start;
  gtk_text_iter_forward_char (&end);
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
  gtk_text_buffer_remove_tag (buffer, tag, &start, &end);
}

static void settle (MosBodyView *self);

static void
fit_image (MosBodyView *self,
           BodyImage *image)
{
  GtkWidget *picture = adw_bin_get_child (ADW_BIN (image->bin));
  int room = gtk_widget_get_width (GTK_WIDGET (self)) - 8;
  double width, height, scale = 1;

  if (image->texture == NULL || !GTK_IS_PICTURE (picture))
    return;
  width = gdk_texture_get_width (image->texture);
  height = gdk_texture_get_height (image->texture);
  room = CLAMP (room, 40, IMAGE_MAX_PX);
  if (width > room)
    scale = room / width;
  /* The text view gives an anchored child its smallest size. */
  gtk_widget_set_size_request (picture, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
  measure_again (self, image);
  settle (self);
}

static gboolean
on_refit_cb (gpointer user_data)
{
  MosBodyView *self = user_data;
  GHashTableIter iter;
  gpointer image;

  self->resize_id = 0;
  g_hash_table_iter_init (&iter, self->images);
  while (g_hash_table_iter_next (&iter, NULL, &image))
    fit_image (self, image);
  return G_SOURCE_REMOVE;
}

static GtkWidget *
placeholder_new (const MosHtmlImage *image,
                 gboolean broken)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (broken ? "image-missing-symbolic" : "image-x-generic-symbolic");
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (!broken)
    text = g_strdup (*image->alt != '\0' ? image->alt : _ ("Image"));
  else if (*image->alt != '\0')
    /* Translators: %s is what the sender says that a picture shows. */
    text = g_strdup_printf (_ ("Picture not shown: %s"), image->alt);
  else
    text = g_strdup (_ ("This picture could not be shown"));
  label = gtk_label_new (text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (32, (int) g_utf8_strlen (gtk_label_get_text (GTK_LABEL (label)), -1)));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "image-placeholder");
  if (image->url != NULL && !broken)
    gtk_widget_set_tooltip_text (box, _ ("This picture is on the internet and was not loaded"));
  else if (broken)
    gtk_widget_set_tooltip_text (box, text);
  return box;
}

static void
on_image_cb (GtkTextBuffer *buffer,
             GtkTextIter *iter,
             guint index,
             gpointer user_data)
{
  MosBodyView *self = user_data;
  const MosHtmlImage *image = g_ptr_array_index (self->document->images, index);
  GtkTextChildAnchor *anchor = gtk_text_buffer_create_child_anchor (buffer, iter);
  BodyImage *known = g_hash_table_lookup (self->images, GUINT_TO_POINTER (index));
  g_autoptr (GdkTexture) texture = known != NULL && known->texture != NULL ? g_object_ref (known->texture) : NULL;
  BodyImage *entry = g_new0 (BodyImage, 1);

  entry->anchor = g_object_ref (anchor);
  entry->bin = adw_bin_new ();
  adw_bin_set_child (ADW_BIN (entry->bin), placeholder_new (image, FALSE));
  gtk_text_view_add_child_at_anchor (GTK_TEXT_VIEW (self), entry->bin, anchor);
  g_hash_table_replace (self->images, GUINT_TO_POINTER (index), entry);
  if (texture != NULL)
    mos_body_view_set_image (self, index, texture);
}

void
mos_body_view_set_image (MosBodyView *self,
                         guint index,
                         GdkTexture *texture)
{
  BodyImage *entry;
  const MosHtmlImage *image;

  g_return_if_fail (MOS_IS_BODY_VIEW (self));

  entry = g_hash_table_lookup (self->images, GUINT_TO_POINTER (index));
  if (entry == NULL || self->document == NULL || index >= self->document->images->len)
    return;
  image = g_ptr_array_index (self->document->images, index);
  g_set_object (&entry->texture, texture);
  if (texture == NULL)
    {
      adw_bin_set_child (ADW_BIN (entry->bin), placeholder_new (image, TRUE));
      return;
    }
  {
    GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));

    gtk_picture_set_alternative_text (GTK_PICTURE (picture), *image->alt != '\0' ? image->alt : _ ("Image"));
    gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_CONTAIN);
    adw_bin_set_child (ADW_BIN (entry->bin), picture);
  }
  fit_image (self, entry);
}

GdkTexture *
mos_body_view_get_image (MosBodyView *self,
                         guint index)
{
  BodyImage *entry = g_hash_table_lookup (self->images, GUINT_TO_POINTER (index));

  return entry != NULL ? entry->texture : NULL;
}

/* --- Height --- */

/* GTK 4.18 lays text out piece by piece and compares the new height with its own cached request, so a view that grows
 * after its first allocation may keep its old height. For some frames after each change the true end of the text
 * is compared with what the view was given. */
static gboolean
on_settle_cb (GtkWidget *widget,
              GdkFrameClock *clock,
              gpointer user_data)
{
  MosBodyView *self = MOS_BODY_VIEW (widget);
  GtkTextIter end;
  int y, height;

  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &end);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), &end, &y, &height);
  if (y + height != gtk_widget_get_height (widget))
    {
      gtk_widget_queue_resize (widget);
      self->settled_frames = 0;
    }
  else
    self->settled_frames++;
  if (self->settled_frames < 4 && ++self->settle_frames < 90)
    return G_SOURCE_CONTINUE;
  self->settle_id = 0;
  return G_SOURCE_REMOVE;
}

static void
settle (MosBodyView *self)
{
  self->settle_frames = 0;
  self->settled_frames = 0;
  if (self->settle_id == 0)
    self->settle_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_settle_cb, NULL, NULL);
}

/* --- Look --- */

static void
update_colors (MosBodyView *self)
{
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (style);
  GdkRGBA link, quote;

  adw_rgba_to_standalone (accent, adw_style_manager_get_dark (style), &link);
  gtk_widget_get_color (GTK_WIDGET (self), &quote);
  quote.alpha *= adw_style_manager_get_high_contrast (style) ? 0.9f : 0.7f;
  mos_html_buffer_set_colors (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &link, &quote);
}

static void
mos_body_view_css_changed (GtkWidget *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mos_body_view_parent_class)->css_changed (widget, change);
  update_colors (MOS_BODY_VIEW (widget));
}

static void
mos_body_view_size_allocate (GtkWidget *widget,
                             int width,
                             int height,
                             int baseline)
{
  MosBodyView *self = MOS_BODY_VIEW (widget);

  GTK_WIDGET_CLASS (mos_body_view_parent_class)->size_allocate (widget, width, height, baseline);
  /* Asking for another size within an allocation is not allowed. */
  if (width != self->last_width && g_hash_table_size (self->images) > 0 && self->resize_id == 0)
    self->resize_id = g_idle_add (on_refit_cb, self);
  if (width != self->last_width)
    settle (self);
  self->last_width = width;
}

/* Whoever shows the line is above only as long as this is in there. */
static void
mos_body_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  MosBodyView *self = MOS_BODY_VIEW (widget);

  GTK_WIDGET_CLASS (mos_body_view_parent_class)->measure (widget, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (self->is_snug && orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, MIN (self->snug_width, SNUG_MAX_PX));
}

/* A text view does not know how wide it would like to be. */
static void
find_snug_width (MosBodyView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (!self->is_snug)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_get_pixel_size (layout, &width, NULL);
  /* Room for the caret, and for what rounding takes. */
  self->snug_width = width + 6;
}

static void
mos_body_view_unmap (GtkWidget *widget)
{
  forget_pointed (MOS_BODY_VIEW (widget));

  GTK_WIDGET_CLASS (mos_body_view_parent_class)->unmap (widget);
}

static void
mos_body_view_dispose (GObject *object)
{
  MosBodyView *self = MOS_BODY_VIEW (object);

  g_clear_handle_id (&self->resize_id, g_source_remove);
  g_hash_table_remove_all (self->images);
  g_clear_pointer (&self->document, mos_html_document_unref);

  G_OBJECT_CLASS (mos_body_view_parent_class)->dispose (object);
}

static void
mos_body_view_finalize (GObject *object)
{
  MosBodyView *self = MOS_BODY_VIEW (object);

  g_clear_pointer (&self->hovered, g_free);
  g_clear_pointer (&self->at_caret, g_free);
  g_clear_pointer (&self->pointed, g_free);
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->images, g_hash_table_unref);

  G_OBJECT_CLASS (mos_body_view_parent_class)->finalize (object);
}

static void
mos_body_view_class_init (MosBodyViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mos_body_view_dispose;
  object_class->finalize = mos_body_view_finalize;
  widget_class->query_tooltip = mos_body_view_query_tooltip;
  widget_class->css_changed = mos_body_view_css_changed;
  widget_class->size_allocate = mos_body_view_size_allocate;
  widget_class->measure = mos_body_view_measure;
  widget_class->unmap = mos_body_view_unmap;

  signals[SIGNAL_ACTIVATE_LINK] = g_signal_new ("activate-link", MOS_TYPE_BODY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_ACTIVATE_IMAGE] = g_signal_new ("activate-image", MOS_TYPE_BODY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
mos_body_view_init (MosBodyView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->links = g_array_new (FALSE, FALSE, sizeof (MosBodyLink));
  self->images = g_hash_table_new_full (NULL, NULL, NULL, body_image_free);
  self->folded = TRUE;

  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "message-body");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  mos_widget_set_label (GTK_WIDGET (self), _ ("Message text"));

  g_signal_connect (click, "released", G_CALLBACK (on_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_caret_moved_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);

  g_signal_connect_object (gtk_text_view_get_buffer (view), "notify::cursor-position", G_CALLBACK (on_caret_moved_cb), self, G_CONNECT_SWAPPED);

  mos_text_view_follow_style (view);
  update_colors (self);
}

/* --- Public --- */

GtkWidget *
mos_body_view_new (void)
{
  return g_object_new (MOS_TYPE_BODY_VIEW, NULL);
}

static void
rebuild (MosBodyView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  guint end = self->folded ? self->document->fold_from : self->document->blocks->len;
  GtkTextIter start;

  forget_pointed (self);
  g_array_set_size (self->links, 0);
  gtk_text_buffer_set_text (buffer, "", 0);
  mos_html_buffer_append (buffer, self->document, 0, end, context, self->links, on_image_cb, self);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  find_snug_width (self);
  settle (self);
}

void
mos_body_view_set_document (MosBodyView *self,
                            MosHtmlDocument *document)
{
  g_return_if_fail (MOS_IS_BODY_VIEW (self));
  g_return_if_fail (document != NULL);

  mos_html_document_ref (document);
  g_clear_pointer (&self->document, mos_html_document_unref);
  self->document = document;
  g_hash_table_remove_all (self->images);
  rebuild (self);
}

MosHtmlDocument *
mos_body_view_get_document (MosBodyView *self)
{
  return self->document;
}

gboolean
mos_body_view_can_fold (MosBodyView *self)
{
  return self->document != NULL && self->document->fold_from < self->document->blocks->len;
}

void
mos_body_view_set_folded (MosBodyView *self,
                          gboolean folded)
{
  g_return_if_fail (MOS_IS_BODY_VIEW (self));

  if (self->folded == folded)
    return;
  self->folded = folded;
  if (self->document == NULL)
    return;
  if (folded)
    rebuild (self);
  else
    /* Unfolding adds below, so that what is read stays where it is. */
    mos_html_buffer_append (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), self->document, self->document->fold_from, self->document->blocks->len,
                            gtk_widget_get_pango_context (GTK_WIDGET (self)), self->links, on_image_cb, self);
  settle (self);
}

gboolean
mos_body_view_get_folded (MosBodyView *self)
{
  return self->folded;
}

void
mos_body_view_set_snug (MosBodyView *self,
                        gboolean snug)
{
  g_return_if_fail (MOS_IS_BODY_VIEW (self));

  self->is_snug = snug;
  find_snug_width (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
