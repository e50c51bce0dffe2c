/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-chart-card.h"

#include "app/dashboard/mos-chart-table.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosChartCard
{
  GtkWidget parent_instance;

  /* owned by the tree */
  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *as_table;
  GtkWidget *ask;
  GtkWidget *save;
  GtkStack *stack;
  MosChart *chart; /* (nullable) */
  MosChartTable *table;
  GtkLabel *empty;

  MosChartData *data; /* (owned) (nullable): of the table */
};

enum
{
  ASKED,
  SAVE_PICTURE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosChartCard, mos_chart_card, GTK_TYPE_WIDGET)

static void
update_page (MosChartCard *self)
{
  const gboolean is_table = self->chart == NULL || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->as_table));
  const gboolean is_empty = self->data == NULL || mos_chart_data_is_empty (self->data);

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : is_table ? "table"
                                                                               : "chart");
  gtk_widget_set_visible (self->as_table, self->chart != NULL && !is_empty);
  gtk_widget_set_visible (self->save, self->chart != NULL && !is_empty);
}

static void
on_ask_cb (MosChartCard *self)
{
  g_signal_emit (self, signals[ASKED], 0, -1, -1, NULL);
}

static void
on_save_cb (MosChartCard *self)
{
  g_signal_emit (self, signals[SAVE_PICTURE], 0);
}

static void
on_spot_cb (MosChartCard *self,
            guint row,
            guint series)
{
  const MosChartData *data = mos_chart_get_data (self->chart);

  g_signal_emit (self, signals[ASKED], 0, (int) row, (int) series, data->ids != NULL ? data->ids[row] : NULL);
}

static void
on_row_cb (MosChartCard *self,
           guint row)
{
  g_signal_emit (self, signals[ASKED], 0, (int) row, 0, self->data->ids != NULL ? self->data->ids[row] : NULL);
}

static void
mos_chart_card_dispose (GObject *object)
{
  MosChartCard *self = MOS_CHART_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->data, mos_chart_data_unref);
  G_OBJECT_CLASS (mos_chart_card_parent_class)->dispose (object);
}

static void
mos_chart_card_class_init (MosChartCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_chart_card_dispose;
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_STRING);
  signals[SAVE_PICTURE] = g_signal_new ("save-picture", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
button_new (MosChartCard *self,
            GtkWidget *button,
            const char *icon,
            GCallback callback)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, GTK_IS_TOGGLE_BUTTON (button) ? "toggled" : "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
mos_chart_card_init (MosChartCard *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "mos-chart-card");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_wrap (self->title, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  self->subtitle = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->subtitle, 0);
  gtk_label_set_wrap (self->subtitle, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->subtitle));
  self->as_table = button_new (self, gtk_toggle_button_new (), "view-list-symbolic", G_CALLBACK (update_page));
  self->save = button_new (self, gtk_button_new (), "document-save-symbolic", G_CALLBACK (on_save_cb));
  self->ask = button_new (self, gtk_button_new (), "dialog-question-symbolic", G_CALLBACK (on_ask_cb));
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->as_table);
  gtk_box_append (GTK_BOX (head), self->save);
  gtk_box_append (GTK_BOX (head), self->ask);
  gtk_box_append (GTK_BOX (self->box), head);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  self->empty = GTK_LABEL (gtk_label_new (_ ("There is nothing of it in these days.")));
  gtk_label_set_wrap (self->empty, TRUE);
  gtk_label_set_justify (self->empty, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->empty), "dim-label");
  gtk_widget_set_margin_top (GTK_WIDGET (self->empty), 24);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->empty), 24);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stack));
}

GtkWidget *
mos_chart_card_new (GtkWidget *chart)
{
  MosChartCard *self = g_object_new (MOS_TYPE_CHART_CARD, NULL);

  self->table = MOS_CHART_TABLE (mos_chart_table_new (chart == NULL));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->table), "table");
  g_signal_connect_object (self->table, "row-activated", G_CALLBACK (on_row_cb), self, G_CONNECT_SWAPPED);
  if (chart != NULL)
    {
      self->chart = MOS_CHART (chart);
      gtk_stack_add_named (self->stack, chart, "chart");
      g_signal_connect_object (chart, "spot-activated", G_CALLBACK (on_spot_cb), self, G_CONNECT_SWAPPED);
    }
  update_page (self);
  return GTK_WIDGET (self);
}

static void
name_button (GtkWidget *button,
             const char *tip,
             char *label /* (transfer full) */)
{
  gtk_widget_set_tooltip_text (button, tip);
  mos_widget_set_label (button, label);
  g_free (label);
}

void
mos_chart_card_set_data (MosChartCard *self,
                         MosChartData *data,
                         MosChartData *chart_data,
                         const char *subtitle)
{
  g_return_if_fail (MOS_IS_CHART_CARD (self));

  mos_chart_data_ref (data);
  g_clear_pointer (&self->data, mos_chart_data_unref);
  self->data = data;
  gtk_label_set_label (self->title, data->title);
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL);
  mos_widget_set_label (GTK_WIDGET (self), data->title);
  /* Translators: %s is the title of a chart */
  name_button (self->as_table, _ ("Show as Table"), g_strdup_printf (_ ("Show as Table: %s"), data->title));
  /* Translators: %s is the title of a chart */
  name_button (self->save, _ ("Save as Picture…"), g_strdup_printf (_ ("Save as Picture…: %s"), data->title));
  /* Translators: %s is the title of a chart */
  name_button (self->ask, _ ("How Was This Computed?"), g_strdup_printf (_ ("How Was This Computed? %s"), data->title));
  mos_chart_table_set_data (self->table, data);
  if (self->chart != NULL)
    mos_chart_set_data (self->chart, chart_data != NULL ? chart_data : data);
  update_page (self);
}

void
mos_chart_card_set_dim (MosChartCard *self,
                        gboolean is_dim)
{
  g_return_if_fail (MOS_IS_CHART_CARD (self));

  gtk_widget_set_opacity (GTK_WIDGET (self->stack), is_dim ? 0.55 : 1);
}

void
mos_chart_card_add (MosChartCard *self,
                    GtkWidget *widget)
{
  g_return_if_fail (MOS_IS_CHART_CARD (self));

  gtk_box_insert_child_after (GTK_BOX (self->box), widget, gtk_widget_get_first_child (self->box));
}

void
mos_chart_card_set_empty_text (MosChartCard *self,
                               const char *text)
{
  g_return_if_fail (MOS_IS_CHART_CARD (self));

  gtk_label_set_label (self->empty, text);
}

MosChart *
mos_chart_card_get_chart (MosChartCard *self)
{
  g_return_val_if_fail (MOS_IS_CHART_CARD (self), NULL);

  return self->chart;
}

MosChartData *
mos_chart_card_get_data (MosChartCard *self)
{
  g_return_val_if_fail (MOS_IS_CHART_CARD (self), NULL);

  return self->data;
}

const char *
mos_chart_card_get_subtitle (MosChartCard *self)
{
  g_return_val_if_fail (MOS_IS_CHART_CARD (self), NULL);

  return gtk_label_get_label (self->subtitle);
}
