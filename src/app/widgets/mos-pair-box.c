/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-pair-box.h"

#define SPACING 12

struct _MosPairBox
{
  GtkWidget parent_instance;

  int side_width;
};

G_DEFINE_FINAL_TYPE (MosPairBox, mos_pair_box, GTK_TYPE_WIDGET)

/* Returns: how many of the two are visible; they are in @ret_children */
static guint
get_children (GtkWidget *widget,
              GtkWidget *ret_children[2])
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && n < 2; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      ret_children[n++] = child;
  return n;
}

static gboolean
is_side_by_side (MosPairBox *self,
                 int width)
{
  return width >= self->side_width;
}

static GtkSizeRequestMode
mos_pair_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mos_pair_box_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  MosPairBox *self = MOS_PAIR_BOX (widget);
  GtkWidget *children[2];
  guint n = get_children (widget, children);
  gboolean is_side = n == 2 && orientation == GTK_ORIENTATION_VERTICAL && is_side_by_side (self, for_size);
  int half = is_side ? (for_size - SPACING) / 2 : for_size;

  *minimum = *natural = 0;
  for (guint i = 0; i < n; i++)
    {
      int least, wished, narrowest;

      /* A child is never asked about less than it can be. */
      gtk_widget_measure (children[i], GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
      gtk_widget_measure (children[i], orientation, orientation == GTK_ORIENTATION_VERTICAL && half >= 0 ? MAX (half, narrowest) : half, &least, &wished, NULL, NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL || is_side)
        {
          *minimum = MAX (*minimum, least);
          *natural = MAX (*natural, wished);
        }
      else
        {
          *minimum += least + (i > 0 ? SPACING : 0);
          *natural += wished + (i > 0 ? SPACING : 0);
        }
    }
  /* Two would like to stand beside each other. */
  if (n == 2 && orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural * 2 + SPACING, *minimum);
}

static void
mos_pair_box_size_allocate (GtkWidget *widget,
                            int width,
                            int height,
                            int baseline)
{
  MosPairBox *self = MOS_PAIR_BOX (widget);
  GtkWidget *children[2];
  guint n = get_children (widget, children);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int half = (width - SPACING) / 2;
  int first = 0;

  if (n == 0)
    return;
  if (n == 1)
    {
      gtk_widget_size_allocate (children[0], &(GtkAllocation) { 0, 0, width, height }, -1);
      return;
    }
  if (is_side_by_side (self, width))
    {
      gtk_widget_size_allocate (children[0], &(GtkAllocation) { is_rtl ? width - half : 0, 0, half, height }, -1);
      gtk_widget_size_allocate (children[1], &(GtkAllocation) { is_rtl ? 0 : width - half, 0, half, height }, -1);
      return;
    }
  if (gtk_widget_get_vexpand (children[0]) && gtk_widget_get_vexpand (children[1]))
    first = (height - SPACING) / 2;
  else
    gtk_widget_measure (children[0], GTK_ORIENTATION_VERTICAL, width, NULL, &first, NULL, NULL);
  first = CLAMP (first, 0, MAX (height - SPACING, 0));
  gtk_widget_size_allocate (children[0], &(GtkAllocation) { 0, 0, width, first }, -1);
  gtk_widget_size_allocate (children[1], &(GtkAllocation) { 0, first + SPACING, width, MAX (height - first - SPACING, 0) }, -1);
}

static void
mos_pair_box_compute_expand (GtkWidget *widget,
                             gboolean *hexpand,
                             gboolean *vexpand)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      *hexpand = *hexpand || gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
      *vexpand = *vexpand || gtk_widget_compute_expand (child, GTK_ORIENTATION_VERTICAL);
    }
}

static void
mos_pair_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mos_pair_box_parent_class)->dispose (object);
}

static void
mos_pair_box_class_init (MosPairBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_pair_box_dispose;
  widget_class->get_request_mode = mos_pair_box_get_request_mode;
  widget_class->measure = mos_pair_box_measure;
  widget_class->size_allocate = mos_pair_box_size_allocate;
  widget_class->compute_expand = mos_pair_box_compute_expand;
}

static void
mos_pair_box_init (MosPairBox *self)
{
}

GtkWidget *
mos_pair_box_new (int side_width)
{
  MosPairBox *self = g_object_new (MOS_TYPE_PAIR_BOX, NULL);

  self->side_width = side_width;
  return GTK_WIDGET (self);
}

void
mos_pair_box_append (MosPairBox *self,
                     GtkWidget *child)
{
  g_return_if_fail (MOS_IS_PAIR_BOX (self));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}
