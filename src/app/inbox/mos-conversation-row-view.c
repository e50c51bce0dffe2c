/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-conversation-row-view-private.h"

#include "app/application/mos-privacy.h"
#include "app/application/mos-settings.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-avatar-color.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

typedef enum
{
  PROP_CONVERSATION = 1,
  PROP_LABEL,
  PROP_CHECKED,
} MosConversationRowViewProperty;

static GParamSpec *props[PROP_CHECKED + 1];

/* As in data/covered.css: nothing of a line can be told any more. */
#define COVER_RADIUS 16

G_DEFINE_FINAL_TYPE (MosConversationRowView, mos_conversation_row_view, GTK_TYPE_WIDGET)

/* --- drawing --- */

static void
set_alpha (GdkRGBA *color,
           float alpha)
{
  color->alpha *= alpha;
}

/* Draws @layout in a box of the logical place (x from the start edge) and returns its width; text keeps its own direction inside. */
static int
draw_layout (MosConversationRowView *self,
             GtkSnapshot *snapshot,
             PangoLayout *layout,
             int x,
             int y,
             int max_width,
             const GdkRGBA *color)
{
  PangoRectangle logical;
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int left;

  if (max_width <= 0)
    return 0;

  /* As it was measured: to shape a text anew is most of what a row costs. */
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  if (logical.width > max_width || (pango_layout_is_ellipsized (layout) && pango_layout_get_width (layout) != max_width * PANGO_SCALE))
    {
      pango_layout_set_width (layout, max_width * PANGO_SCALE);
      pango_layout_get_pixel_extents (layout, NULL, &logical);
    }

  left = rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - x - logical.width : x;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left - logical.x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
  return logical.width;
}

/* What says who a customer is, or what they write. */
static int
draw_private (MosConversationRowView *self,
              GtkSnapshot *snapshot,
              PangoLayout *layout,
              int x,
              int y,
              int max_width,
              const GdkRGBA *color)
{
  int width;

  if (!self->is_covered)
    return draw_layout (self, snapshot, layout, x, y, max_width, color);
  gtk_snapshot_push_blur (snapshot, COVER_RADIUS);
  width = draw_layout (self, snapshot, layout, x, y, max_width, color);
  gtk_snapshot_pop (snapshot);
  return width;
}

static int
layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
draw_icon (MosConversationRowView *self,
           GtkSnapshot *snapshot,
           const char *name,
           int x,
           int y,
           int size,
           const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkTextDirection direction = gtk_widget_get_direction (widget);
  GdkDisplay *display = gtk_widget_get_display (widget);
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (display),
                                                                  name,
                                                                  NULL,
                                                                  16,
                                                                  gtk_widget_get_scale_factor (widget),
                                                                  direction,
                                                                  0);
  int left = direction == GTK_TEXT_DIR_RTL ? gtk_widget_get_width (widget) - x - size : x;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size, color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
draw_rounded (MosConversationRowView *self,
              GtkSnapshot *snapshot,
              int x,
              int y,
              int width,
              int height,
              float radius,
              const GdkRGBA *color)
{
  GskRoundedRect rect;
  int left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? gtk_widget_get_width (GTK_WIDGET (self)) - x - width : x;

  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT (left, y, width, height), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rect);
  gtk_snapshot_append_color (snapshot, color, &rect.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_avatar (MosConversationRowView *self,
             GtkSnapshot *snapshot,
             MosConversationRow *row,
             int y)
{
  GdkRGBA background, white = { 1, 1, 1, 1 };
  int width;

  mos_avatar_get_color (mos_conversation_who_text (row), &background);
  if (self->stale)
    set_alpha (&background, 0.5);
  draw_rounded (self, snapshot, 0, y, AVATAR_SIZE, AVATAR_SIZE, AVATAR_SIZE / 2.0f, &background);
  width = layout_width (self->initials);
  draw_private (self, snapshot, self->initials, (AVATAR_SIZE - width) / 2, y + (AVATAR_SIZE - layout_height (self->initials)) / 2, AVATAR_SIZE, &white);
}

static void
waiting_color (MosWaiting state,
               const GdkRGBA *normal,
               GdkRGBA *color)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  *color = *normal;
  if (state == MOS_WAITING_LATE)
    gdk_rgba_parse (color, dark ? "#ffc252" : "#905400");
  else if (state == MOS_WAITING_VERY_LATE)
    gdk_rgba_parse (color, dark ? "#ff938c" : "#c30000");
}

static int
draw_subject_line (MosConversationRowView *self,
                   GtkSnapshot *snapshot,
                   int start,
                   int y,
                   int width,
                   const GdkRGBA *color,
                   const GdkRGBA *dim)
{
  int height = layout_height (self->subject);
  int end = start + width;

  if (self->waiting_state != MOS_WAITING_NOT && *pango_layout_get_text (self->waiting) != '\0')
    {
      int text_width = layout_width (self->waiting);
      GdkRGBA c;

      waiting_color (self->waiting_state, dim, &c);
      end -= text_width;
      draw_layout (self, snapshot, self->waiting, end, y + (height - layout_height (self->waiting)) / 2, text_width, &c);
      end -= ICON_SIZE + 3;
      draw_icon (self, snapshot, "mos-clock-symbolic", end, y + (height - ICON_SIZE) / 2, ICON_SIZE, &c);
      end -= GAP;
    }
  if (self->due_state != MOS_DUE_NOT)
    {
      int text_width = layout_width (self->due);
      GdkRGBA c;

      waiting_color (self->due_state == MOS_DUE_LATE ? MOS_WAITING_VERY_LATE : self->due_state == MOS_DUE_NEAR ? MOS_WAITING_LATE
                                                                                                               : MOS_WAITING_FINE,
                     dim, &c);
      end -= text_width;
      draw_layout (self, snapshot, self->due, end, y + (height - layout_height (self->due)) / 2, text_width, &c);
      end -= ICON_SIZE + 3;
      draw_icon (self, snapshot, "mos-due-symbolic", end, y + (height - ICON_SIZE) / 2, ICON_SIZE, &c);
      end -= GAP;
    }
  if (self->window_state != MOS_REPLY_WINDOW_NONE)
    {
      int text_width = layout_width (self->window);
      GdkRGBA c;

      waiting_color (self->window_state == MOS_REPLY_WINDOW_OVER ? MOS_WAITING_VERY_LATE : self->window_state == MOS_REPLY_WINDOW_CLOSING ? MOS_WAITING_LATE
                                                                                                                                          : MOS_WAITING_FINE,
                     dim, &c);
      end -= text_width;
      draw_layout (self, snapshot, self->window, end, y + (height - layout_height (self->window)) / 2, text_width, &c);
      end -= GAP;
    }
  for (guint i = 0; i < self->n_icons; i++)
    {
      GdkRGBA c = *dim;

      if (g_str_equal (self->icons[i], "dialog-warning-symbolic"))
        waiting_color (MOS_WAITING_VERY_LATE, dim, &c);
      else if (g_str_equal (self->icons[i], "mos-urgent-symbolic"))
        waiting_color (MOS_WAITING_VERY_LATE, dim, &c);
      else if (g_str_equal (self->icons[i], "mos-high-symbolic"))
        waiting_color (MOS_WAITING_LATE, dim, &c);
      end -= ICON_SIZE;
      draw_icon (self, snapshot, self->icons[i], end, y + (height - ICON_SIZE) / 2, ICON_SIZE, &c);
      end -= GAP;
    }
  draw_private (self, snapshot, self->subject, start, y, end - start, color);
  return height;
}

static void
draw_snippet_line (MosConversationRowView *self,
                   GtkSnapshot *snapshot,
                   int start,
                   int y,
                   int width,
                   const GdkRGBA *color,
                   const GdkRGBA *dim)
{
  int x = start, height;

  pango_layout_set_width (self->snippet, MAX (0, width) * PANGO_SCALE);
  height = layout_height (self->snippet);
  for (guint i = 0; i < self->n_chips; i++)
    {
      GdkRGBA fill = *color;
      int text_width = MIN (layout_width (self->chips[i]), 90);
      int chip_height = layout_height (self->chips[i]) + 2;

      if (x + text_width + 10 > start + (*pango_layout_get_text (self->snippet) != '\0' ? width * 2 / 3 : width))
        break;
      set_alpha (&fill, 0.12f);
      draw_rounded (self, snapshot, x, y + (height - chip_height) / 2, text_width + 10, chip_height, 5, &fill);
      draw_layout (self, snapshot, self->chips[i], x + 5, y + (height - chip_height) / 2 + 1, text_width, color);
      x += text_width + 10 + 4;
    }
  draw_private (self, snapshot, self->snippet, x, y, start + width - x, dim);
}

#define THIRD_LINE (MOS_PART_SNIPPET | MOS_PART_TAGS | MOS_PART_ASSIGNEE | MOS_PART_ACCOUNT | MOS_PART_NUMBER | MOS_PART_LANGUAGE)
#define MARK_SIZE 22

static gboolean
has_third_line (MosConversationRowView *self)
{
  return !mos_conversation_row_is_compact () && (mos_conversation_row_view_get_parts (self) & THIRD_LINE) != 0;
}

/* Whether it is chosen: a filled disc with a tick, or an empty ring. */
static void
draw_mark (MosConversationRowView *self,
           GtkSnapshot *snapshot,
           int y,
           const GdkRGBA *color)
{
  int x = (AVATAR_SIZE - MARK_SIZE) / 2;
  GdkRGBA fill = *color, tick = { 1, 1, 1, 1 };
  g_autoptr (GdkRGBA) accent = NULL;

  if (!self->checked)
    {
      set_alpha (&fill, 0.2f);
      draw_rounded (self, snapshot, x, y, MARK_SIZE, MARK_SIZE, MARK_SIZE / 2, &fill);
      return;
    }
  accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  draw_rounded (self, snapshot, x, y, MARK_SIZE, MARK_SIZE, MARK_SIZE / 2, accent);
  draw_icon (self, snapshot, "object-select-symbolic", x + (MARK_SIZE - ICON_SIZE) / 2, y + (MARK_SIZE - ICON_SIZE) / 2, ICON_SIZE, &tick);
}

static void
draw_placeholder (MosConversationRowView *self,
                  GtkSnapshot *snapshot,
                  const GdkRGBA *color)
{
  GdkRGBA fill = *color;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int start = (mos_conversation_row_view_get_parts (self) & MOS_PART_AVATAR) == 0 ? 0 : AVATAR_SIZE + 10;

  set_alpha (&fill, 0.08f);
  draw_rounded (self, snapshot, start, 4, MAX (0, (width - start) / 2), 10, 5, &fill);
  draw_rounded (self, snapshot, start, 24, MAX (0, (width - start) * 3 / 4), 10, 5, &fill);
}

static void
mos_conversation_row_view_snapshot (GtkWidget *widget,
                                    GtkSnapshot *snapshot)
{
  MosConversationRowView *self = MOS_CONVERSATION_ROW_VIEW (widget);
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  guint parts = mos_conversation_row_view_get_parts (self);
  int start = self->choosing || (parts & MOS_PART_AVATAR) != 0 ? AVATAR_SIZE + 10 : 0;
  int width = gtk_widget_get_width (widget) - start;
  int y, used, time_width;
  GdkRGBA color, dim;

  self->is_covered = mos_privacy_is_covered () && !mos_privacy_is_peeked (widget);
  gtk_widget_get_color (widget, &color);
  if (row == NULL)
    {
      draw_placeholder (self, snapshot, &color);
      return;
    }
  mos_conversation_row_view_ensure_layouts (self);

  if (self->stale)
    set_alpha (&color, contrast ? 0.8f : 0.55f);
  dim = color;
  set_alpha (&dim, contrast ? 0.95f : 0.7f);

  used = layout_height (self->name) + LINE_GAP + layout_height (self->subject);
  if (has_third_line (self))
    used += LINE_GAP + layout_height (self->snippet);
  y = MAX (0, (gtk_widget_get_height (widget) - used) / 2);
  if (self->choosing)
    draw_mark (self, snapshot, (gtk_widget_get_height (widget) - MARK_SIZE) / 2, &color);
  else if ((parts & MOS_PART_AVATAR) != 0)
    draw_avatar (self, snapshot, row, y + 2);

  time_width = layout_width (self->time);
  draw_layout (self, snapshot, self->time, start + width - time_width, y + (layout_height (self->name) - layout_height (self->time)) / 2, time_width, &dim);
  draw_private (self, snapshot, self->name, start, y, width - time_width - GAP, &color);
  y += layout_height (self->name) + LINE_GAP;
  y += draw_subject_line (self, snapshot, start, y, width, &color, &dim) + LINE_GAP;
  if (has_third_line (self))
    draw_snippet_line (self, snapshot, start, y, width, &color, &dim);
}

static void
mos_conversation_row_view_measure (GtkWidget *widget,
                                   GtkOrientation orientation,
                                   int for_size,
                                   int *minimum,
                                   int *natural,
                                   int *minimum_baseline,
                                   int *natural_baseline)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics;
  int line;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = 260;
      return;
    }

  /* From the font alone, and the same in every language: rows are equally high, whatever they hold. The rest above
   * the Latin height is for what falls back to taller fonts (Arabic, CJK). */
  metrics = pango_context_get_metrics (context, NULL, pango_language_from_string ("en"));
  line = (int) (PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics)) * 1.15);
  pango_font_metrics_unref (metrics);
  *minimum = *natural = !has_third_line (MOS_CONVERSATION_ROW_VIEW (widget)) ? line * 2 + LINE_GAP : line * 3 + 2 * LINE_GAP;
}

/* --- state --- */

static void
update_label (MosConversationRowView *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  g_autofree char *label = row != NULL ? mos_conversation_row_describe (row, g_get_real_time (), NULL, self->stale) : g_strdup (_ ("Loading…"));

  if (g_set_str (&self->label, label))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LABEL]);
}

void
mos_conversation_row_view_refresh (MosConversationRowView *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_ROW_VIEW (self));

  self->stale = self->list != NULL && self->conversation != NULL &&
                mos_conversation_list_is_stale (self->list, mos_conversation_get_id (self->conversation));
  mos_conversation_row_view_drop_layouts (self);
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
mos_conversation_row_view_tick (MosConversationRowView *self)
{
  g_autofree char *was = NULL;

  g_return_if_fail (MOS_IS_CONVERSATION_ROW_VIEW (self));

  was = g_strdup (self->label);
  update_label (self);
  if (g_strcmp0 (was, self->label) == 0)
    return;
  mos_conversation_row_view_drop_layouts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
mos_conversation_row_view_set_choosing (MosConversationRowView *self,
                                        gboolean choosing)
{
  g_return_if_fail (MOS_IS_CONVERSATION_ROW_VIEW (self));

  if (self->choosing == choosing)
    return;
  self->choosing = choosing;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_density_changed_cb (MosConversationRowView *self)
{
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
mos_conversation_row_view_system_setting_changed (GtkWidget *widget,
                                                  GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (mos_conversation_row_view_parent_class)->system_setting_changed (widget, setting);
  mos_conversation_row_view_drop_layouts (MOS_CONVERSATION_ROW_VIEW (widget));
}

static void
mos_conversation_row_view_css_changed (GtkWidget *widget,
                                       GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mos_conversation_row_view_parent_class)->css_changed (widget, change);
  mos_conversation_row_view_drop_layouts (MOS_CONVERSATION_ROW_VIEW (widget));
}

static void
mos_conversation_row_view_get_property (GObject *object,
                                        guint prop_id,
                                        GValue *value,
                                        GParamSpec *pspec)
{
  MosConversationRowView *self = MOS_CONVERSATION_ROW_VIEW (object);

  switch ((MosConversationRowViewProperty) prop_id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_CHECKED:
      g_value_set_boolean (value, self->checked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_row_view_set_property (GObject *object,
                                        guint prop_id,
                                        const GValue *value,
                                        GParamSpec *pspec)
{
  switch ((MosConversationRowViewProperty) prop_id)
    {
    case PROP_CONVERSATION:
      mos_conversation_row_view_set_conversation (MOS_CONVERSATION_ROW_VIEW (object), g_value_get_object (value));
      break;
    case PROP_CHECKED:
      if (MOS_CONVERSATION_ROW_VIEW (object)->checked == g_value_get_boolean (value))
        break;
      MOS_CONVERSATION_ROW_VIEW (object)->checked = g_value_get_boolean (value);
      if (MOS_CONVERSATION_ROW_VIEW (object)->choosing)
        gtk_widget_queue_draw (GTK_WIDGET (object));
      g_object_notify_by_pspec (object, props[PROP_CHECKED]);
      break;
    case PROP_LABEL:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_row_view_dispose (GObject *object)
{
  MosConversationRowView *self = MOS_CONVERSATION_ROW_VIEW (object);

  if (self->conversation != NULL)
    g_clear_signal_handler (&self->row_handler, self->conversation);
  g_clear_object (&self->conversation);
  g_clear_object (&self->list);
  mos_conversation_row_view_drop_layouts (self);
  G_OBJECT_CLASS (mos_conversation_row_view_parent_class)->dispose (object);
}

static void
mos_conversation_row_view_finalize (GObject *object)
{
  g_free (MOS_CONVERSATION_ROW_VIEW (object)->label);
  G_OBJECT_CLASS (mos_conversation_row_view_parent_class)->finalize (object);
}

static void
mos_conversation_row_view_class_init (MosConversationRowViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mos_conversation_row_view_get_property;
  object_class->set_property = mos_conversation_row_view_set_property;
  object_class->dispose = mos_conversation_row_view_dispose;
  object_class->finalize = mos_conversation_row_view_finalize;
  widget_class->snapshot = mos_conversation_row_view_snapshot;
  widget_class->measure = mos_conversation_row_view_measure;
  widget_class->css_changed = mos_conversation_row_view_css_changed;
  widget_class->system_setting_changed = mos_conversation_row_view_system_setting_changed;

  props[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, MOS_TYPE_CONVERSATION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_CHECKED] = g_param_spec_boolean ("checked", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_css_name (widget_class, "conversation-row");
  /* The list item around it carries the words. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mos_conversation_row_view_init (MosConversationRowView *self)
{
  g_signal_connect_object (mos_settings_get (), "changed::cover-customers", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mos_settings_get (), "changed::density", G_CALLBACK (on_density_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mos_conversation_row_view_new (MosConversationList *list)
{
  MosConversationRowView *self = g_object_new (MOS_TYPE_CONVERSATION_ROW_VIEW, NULL);

  g_return_val_if_fail (list == NULL || MOS_IS_CONVERSATION_LIST (list), NULL);

  g_set_object (&self->list, list);
  return GTK_WIDGET (self);
}

void
mos_conversation_row_view_set_conversation (MosConversationRowView *self,
                                            MosConversation *conversation)
{
  g_return_if_fail (MOS_IS_CONVERSATION_ROW_VIEW (self));
  g_return_if_fail (conversation == NULL || MOS_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;
  if (self->conversation != NULL)
    g_clear_signal_handler (&self->row_handler, self->conversation);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    self->row_handler = g_signal_connect_object (conversation, "notify::row", G_CALLBACK (mos_conversation_row_view_refresh), self, G_CONNECT_SWAPPED);
  /* A row of nothing is on its way out, or to the next conversation: nobody is told of it. */
  if (conversation != NULL)
    mos_conversation_row_view_refresh (self);
  else
    mos_conversation_row_view_drop_layouts (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONVERSATION]);
}

const char *
mos_conversation_row_view_get_label (MosConversationRowView *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_ROW_VIEW (self), NULL);

  return self->label;
}
