/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-chart-table.h"

#include "app/dashboard/mos-chart-text.h"
#include "app/widgets/mos-text-direction.h"

#include <math.h>

#define MAX_HEIGHT 340

/* --- a row --- */

#define MOS_TYPE_CHART_ROW (mos_chart_row_item_get_type ())
G_DECLARE_FINAL_TYPE (MosChartRow, mos_chart_row_item, MOS, CHART_ROW, GObject)

/* One row of the data. */
struct _MosChartRow
{
  GObject parent_instance;

  MosChartData *data; /* (owned) */
  guint row;
};

G_DEFINE_FINAL_TYPE (MosChartRow, mos_chart_row_item, G_TYPE_OBJECT)

static void
mos_chart_row_item_finalize (GObject *object)
{
  g_clear_pointer (&MOS_CHART_ROW (object)->data, mos_chart_data_unref);
  G_OBJECT_CLASS (mos_chart_row_item_parent_class)->finalize (object);
}

static void
mos_chart_row_item_class_init (MosChartRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_chart_row_item_finalize;
}

static void
mos_chart_row_item_init (MosChartRow *self)
{
}

/* --- the table --- */

struct _MosChartTable
{
  GtkWidget parent_instance;

  GtkWidget *scroller;      /* owned by the tree */
  GtkColumnView *view;      /* owned by the tree */
  GListStore *rows;         /* (owned) */
  GtkSortListModel *sorted; /* (owned) */
  MosChartData *data;       /* (owned) (nullable) */
  double max;               /* of the first series */
  gboolean has_bars;
};

enum
{
  ROW_ACTIVATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosChartTable, mos_chart_table, GTK_TYPE_WIDGET)

static char *
dup_cell (MosChartRow *item,
          guint column)
{
  if (column == 0)
    return g_strdup (item->data->rows[item->row]);
  return mos_chart_text_value (mos_chart_data_get (item->data, item->row, column - 1), mos_chart_data_get_unit (item->data, column - 1));
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer column)
{
  const MosChartRow *left = a, *right = b;
  const guint series = GPOINTER_TO_UINT (column);
  double l, r;

  /* As they came: days in their order, groups in theirs. */
  if (series == 0)
    return left->row < right->row ? -1 : left->row > right->row;
  l = mos_chart_data_get (left->data, left->row, series - 1);
  r = mos_chart_data_get (right->data, right->row, series - 1);
  /* What is not there is less than all that is. */
  if (isnan (l) || isnan (r))
    return isnan (l) ? (isnan (r) ? 0 : -1) : 1;
  return l < r ? -1 : l > r;
}

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkColumnViewCell *cell,
             MosChartTable *self)
{
  const guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), column == 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  if (column == 1 && self->has_bars)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *bar = gtk_level_bar_new ();

      gtk_widget_set_size_request (bar, 60, -1);
      gtk_widget_set_hexpand (bar, TRUE);
      gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (bar, "mos-plain-bar");
      /* The label beside it says it. */
      gtk_accessible_update_state (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_box_append (GTK_BOX (box), bar);
      gtk_box_append (GTK_BOX (box), label);
      gtk_column_view_cell_set_child (cell, box);
    }
  else
    gtk_column_view_cell_set_child (cell, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkColumnViewCell *cell,
            MosChartTable *self)
{
  const guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  MosChartRow *item = gtk_column_view_cell_get_item (cell);
  GtkWidget *child = gtk_column_view_cell_get_child (cell);
  g_autofree char *text = dup_cell (item, column);

  if (GTK_IS_BOX (child))
    {
      const double value = mos_chart_data_get (item->data, item->row, 0);

      gtk_level_bar_set_value (GTK_LEVEL_BAR (gtk_widget_get_first_child (child)), self->max > 0 && !isnan (value) ? CLAMP (value / self->max, 0, 1) : 0);
      child = gtk_widget_get_last_child (child);
    }
  gtk_label_set_label (GTK_LABEL (child), text);
  if (column == 0)
    gtk_widget_set_tooltip_text (child, text);
}

static void
on_activate_cb (MosChartTable *self,
                guint position)
{
  g_autoptr (MosChartRow) item = g_list_model_get_item (G_LIST_MODEL (self->sorted), position);

  if (item != NULL)
    g_signal_emit (self, signals[ROW_ACTIVATED], 0, item->row);
}

static void
add_column (MosChartTable *self,
            const char *title,
            guint column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *added;
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, GUINT_TO_POINTER (column), NULL));

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (column));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind_cb), self, G_CONNECT_DEFAULT);
  added = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (added, sorter);
  gtk_column_view_column_set_expand (added, column <= 1);
  gtk_column_view_append_column (self->view, added);
  g_object_unref (added);
}

static gboolean
has_columns_of (MosChartTable *self,
                const MosChartData *data)
{
  return self->data != NULL && g_strv_equal ((const char *const *) self->data->series, (const char *const *) data->series) && g_strcmp0 (self->data->row_heading, data->row_heading) == 0;
}

void
mos_chart_table_set_data (MosChartTable *self,
                          MosChartData *data)
{
  GListModel *columns;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (MOS_IS_CHART_TABLE (self));

  /* Whoever has the keyboard in it keeps it where nothing is new. */
  if (self->data != NULL && mos_chart_data_equal (self->data, data))
    return;
  columns = gtk_column_view_get_columns (self->view);
  if (!has_columns_of (self, data))
    {
      while (g_list_model_get_n_items (columns) > 0)
        {
          g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

          gtk_column_view_remove_column (self->view, column);
        }
      add_column (self, data->row_heading, 0);
      for (guint i = 0; i < data->n_series; i++)
        add_column (self, data->series[i], i + 1);
    }
  mos_chart_data_ref (data);
  g_clear_pointer (&self->data, mos_chart_data_unref);
  self->data = data;
  self->max = 0;
  for (guint row = 0; row < data->n_rows; row++)
    {
      MosChartRow *item = g_object_new (MOS_TYPE_CHART_ROW, NULL);

      item->data = mos_chart_data_ref (data);
      item->row = row;
      g_ptr_array_add (items, item);
      if (data->n_series > 0 && !isnan (mos_chart_data_get (data, row, 0)))
        self->max = MAX (self->max, mos_chart_data_get (data, row, 0));
    }
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), items->pdata, items->len);
  mos_widget_set_label (GTK_WIDGET (self->view), data->title);
}

char *
mos_chart_table_dup_cell (MosChartTable *self,
                          guint row,
                          guint column)
{
  g_autoptr (MosChartRow) item = NULL;

  g_return_val_if_fail (MOS_IS_CHART_TABLE (self), NULL);

  item = g_list_model_get_item (G_LIST_MODEL (self->sorted), row);
  return item != NULL ? dup_cell (item, column) : NULL;
}

void
mos_chart_table_sort_by (MosChartTable *self,
                         guint column,
                         GtkSortType order)
{
  g_autoptr (GtkColumnViewColumn) found = NULL;

  g_return_if_fail (MOS_IS_CHART_TABLE (self));

  found = g_list_model_get_item (gtk_column_view_get_columns (self->view), column);
  gtk_column_view_sort_by_column (self->view, found, order);
}

/* --- class --- */

static void
mos_chart_table_dispose (GObject *object)
{
  MosChartTable *self = MOS_CHART_TABLE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->sorted);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->data, mos_chart_data_unref);
  G_OBJECT_CLASS (mos_chart_table_parent_class)->dispose (object);
}

static void
mos_chart_table_class_init (MosChartTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_chart_table_dispose;
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mos_chart_table_init (MosChartTable *self)
{
  GtkNoSelection *selection;

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  self->rows = g_list_store_new (MOS_TYPE_CHART_ROW);
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)), g_object_ref (gtk_column_view_get_sorter (self->view)));
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->sorted)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  gtk_column_view_set_tab_behavior (self->view, GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "mos-chart-table");
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
mos_chart_table_new (gboolean has_bars)
{
  MosChartTable *self = g_object_new (MOS_TYPE_CHART_TABLE, NULL);

  self->has_bars = has_bars;
  gtk_column_view_set_single_click_activate (self->view, has_bars);
  return GTK_WIDGET (self);
}
