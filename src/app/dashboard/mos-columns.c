/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-columns.h"

#define SPACING 12

struct _MosColumns
{
  GtkWidget parent_instance;

  int width;
  int most;
};

G_DEFINE_FINAL_TYPE (MosColumns, mos_columns, GTK_TYPE_WIDGET)

int
mos_columns_fit (int available,
                 int width,
                 int most,
                 int spacing)
{
  return CLAMP ((available + spacing) / MAX (1, width + spacing), 1, MAX (1, most));
}

/* Returns: the next shown child, @child itself where it is */
static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* What a row that begins with @child needs. */
static int
row_height (GtkWidget *child,
            int n,
            int child_width)
{
  int height = 0;

  for (int i = 0; i < n && child != NULL; i++, child = skip_hidden (gtk_widget_get_next_sibling (child)))
    {
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &natural, NULL, NULL);
      height = MAX (height, natural);
    }
  return height;
}

static int
child_width_of (MosColumns *self,
                int available,
                int *ret_n)
{
  *ret_n = mos_columns_fit (available, self->width, self->most, SPACING);
  return (available - SPACING * (*ret_n - 1)) / *ret_n;
}

static GtkSizeRequestMode
mos_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mos_columns_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  MosColumns *self = MOS_COLUMNS (widget);
  int n, child_width, height = 0;

  *minimum = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL; child = skip_hidden (gtk_widget_get_next_sibling (child)))
        {
          int least;

          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
          *minimum = MAX (*minimum, least);
        }
      *natural = MAX (*minimum, self->width * self->most + SPACING * (self->most - 1));
      return;
    }
  child_width = child_width_of (self, for_size >= 0 ? for_size : self->width, &n);
  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL;)
    {
      height += (height > 0 ? SPACING : 0) + row_height (child, n, child_width);
      for (int i = 0; i < n && child != NULL; i++)
        child = skip_hidden (gtk_widget_get_next_sibling (child));
    }
  *minimum = *natural = height;
}

static void
mos_columns_size_allocate (GtkWidget *widget,
                           int width,
                           int height,
                           int baseline)
{
  MosColumns *self = MOS_COLUMNS (widget);
  const gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n, child_width = child_width_of (self, width, &n), y = 0;

  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL;)
    {
      const int tall = row_height (child, n, child_width);

      for (int i = 0; i < n && child != NULL; i++, child = skip_hidden (gtk_widget_get_next_sibling (child)))
        {
          const int x = i * (child_width + SPACING);

          gtk_widget_size_allocate (child, &(GtkAllocation) { is_rtl ? width - x - child_width : x, y, child_width, tall }, -1);
        }
      y += tall + SPACING;
    }
}

static void
mos_columns_dispose (GObject *object)
{
  mos_columns_remove_all (MOS_COLUMNS (object));
  G_OBJECT_CLASS (mos_columns_parent_class)->dispose (object);
}

static void
mos_columns_class_init (MosColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_columns_dispose;
  widget_class->get_request_mode = mos_columns_get_request_mode;
  widget_class->measure = mos_columns_measure;
  widget_class->size_allocate = mos_columns_size_allocate;
}

static void
mos_columns_init (MosColumns *self)
{
}

GtkWidget *
mos_columns_new (int width,
                 int most)
{
  MosColumns *self = g_object_new (MOS_TYPE_COLUMNS, NULL);

  self->width = width;
  self->most = most;
  return GTK_WIDGET (self);
}

void
mos_columns_append (MosColumns *self,
                    GtkWidget *child)
{
  g_return_if_fail (MOS_IS_COLUMNS (self));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
mos_columns_remove_all (MosColumns *self)
{
  GtkWidget *child;

  g_return_if_fail (MOS_IS_COLUMNS (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
