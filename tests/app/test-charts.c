/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Charts: where things stand, what they say, and their tables. */
#include "config.h"

#include "app/dashboard/mos-bar-chart.h"
#include "app/dashboard/mos-chart-card.h"
#include "app/dashboard/mos-chart-table.h"
#include "app/dashboard/mos-chart-text.h"
#include "app/dashboard/mos-columns.h"
#include "app/dashboard/mos-dashboard-paper.h"
#include "app/dashboard/mos-funnel.h"
#include "app/dashboard/mos-group-bars.h"
#include "app/dashboard/mos-heat-map.h"
#include "app/dashboard/mos-line-chart.h"
#include "app/dashboard/mos-measure-tile.h"

#include "mos-test.h"

#include <math.h>

#define HOUR 3600.0
#define DAY (24 * HOUR)

/* --- axes --- */

static const struct
{
  double max;
  MosChartUnit unit;
  double step;
  double top;
} axes[] = {
  { 0, MOS_CHART_COUNT, 1, 1 },
  { 1, MOS_CHART_COUNT, 1, 1 },
  { 3, MOS_CHART_COUNT, 1, 3 },
  { 7, MOS_CHART_COUNT, 2, 8 },
  { 12, MOS_CHART_COUNT, 5, 15 },
  { 1800, MOS_CHART_COUNT, 500, 2000 },
  { 85, MOS_CHART_PERCENT, 50, 100 },
  { 4.5, MOS_CHART_DECIMAL, 2, 6 },
  { 50, MOS_CHART_DURATION, 15, 60 },
  { 40 * 60, MOS_CHART_DURATION, 10 * 60, 40 * 60 },
  { 5 * HOUR, MOS_CHART_DURATION, 2 * HOUR, 6 * HOUR },
  { 30 * HOUR, MOS_CHART_DURATION, 12 * HOUR, 36 * HOUR },
  { 9 * DAY, MOS_CHART_DURATION, 5 * DAY, 10 * DAY },
  { 300 * DAY, MOS_CHART_DURATION, 100 * DAY, 300 * DAY },
  /* Hours of work are no days. */
  { 100 * HOUR, MOS_CHART_WORK, 50 * HOUR, 100 * HOUR },
  { NAN, MOS_CHART_DURATION, 1, 1 },
};

static void
test_axes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      const MosChartAxis axis = mos_chart_axis_find (axes[i].max, axes[i].unit, 4);

      g_test_message ("%g", axes[i].max);
      g_assert_cmpfloat (axis.step, ==, axes[i].step);
      g_assert_cmpfloat (axis.top, ==, axes[i].top);
      g_assert_cmpuint (axis.n, <=, MOS_CHART_MAX_TICKS);
    }
  for (double max = 0.01; max < 1e7; max *= 1.37)
    for (MosChartUnit unit = MOS_CHART_COUNT; unit <= MOS_CHART_DECIMAL; unit++)
      {
        const MosChartAxis axis = mos_chart_axis_find (max, unit, 4);

        g_assert_cmpfloat (axis.top, >=, max * 0.999);
        g_assert_cmpuint (axis.n, <=, 4);
      }
}

static void
test_places (void)
{
  const MosChartPlot ltr = { 40, 10, 200, 100, FALSE }, rtl = { 0, 10, 200, 100, TRUE };
  const graphene_rect_t first = mos_chart_band (&ltr, 4, 0, 0), first_rtl = mos_chart_band (&rtl, 4, 0, 0);
  graphene_rect_t bar;

  /* The first row is where one begins to read. */
  g_assert_cmpfloat (first.origin.x, ==, 40);
  g_assert_cmpfloat (first.size.width, ==, 50);
  g_assert_cmpfloat (first_rtl.origin.x, ==, 150);
  g_assert_cmpfloat (mos_chart_line_x (&ltr, 5, 0), ==, 40);
  g_assert_cmpfloat (mos_chart_line_x (&ltr, 5, 4), ==, 240);
  g_assert_cmpfloat (mos_chart_line_x (&rtl, 5, 0), ==, 200);
  g_assert_cmpfloat (mos_chart_line_x (&ltr, 1, 0), ==, 140);
  /* Zero is below, the top above, and beyond it nothing sticks out. */
  g_assert_cmpfloat (mos_chart_y (&ltr, 0, 10), ==, 110);
  g_assert_cmpfloat (mos_chart_y (&ltr, 10, 10), ==, 10);
  g_assert_cmpfloat (mos_chart_y (&ltr, 99, 10), ==, 10);
  bar = mos_chart_bar (&ltr, &first, 1, 2, 5, 10);
  g_assert_cmpfloat (bar.origin.x, ==, 65);
  g_assert_cmpfloat (bar.size.height, ==, 50);
  bar = mos_chart_bar (&rtl, &first_rtl, 1, 2, 5, 10);
  g_assert_cmpfloat (bar.origin.x, ==, 150);
  g_assert_cmpfloat (mos_chart_row (&ltr, 2, 1, 5, 10).origin.y, ==, 60);
  g_assert_cmpfloat (mos_chart_row (&rtl, 2, 1, 5, 10).origin.x, ==, 100);
  g_assert_cmpfloat (mos_chart_row (&ltr, 2, 1, 5, 0).size.width, ==, 0);
  g_assert_cmpuint (mos_chart_step_of_ticks (30, 40, 400), ==, 3);
  g_assert_cmpuint (mos_chart_step_of_ticks (7, 40, 400), ==, 1);
  g_assert_cmpuint (mos_chart_step_of_ticks (5000, 40, 80), ==, 2500);
  g_assert_cmpint (mos_columns_fit (1200, 400, 2, 12), ==, 2);
  g_assert_cmpint (mos_columns_fit (800, 400, 2, 12), ==, 1);
  g_assert_cmpint (mos_columns_fit (812, 400, 3, 12), ==, 2);
  g_assert_cmpint (mos_columns_fit (10, 400, 3, 12), ==, 1);
}

/* --- words --- */

static const struct
{
  double value;
  MosChartUnit unit;
  const char *text;
  const char *tick;
} values[] = {
  { 12, MOS_CHART_COUNT, "12", "12" },
  { NAN, MOS_CHART_COUNT, "–", NULL },
  { -66, MOS_CHART_COUNT, "−66", NULL },
  { -0.2, MOS_CHART_COUNT, "0", NULL },
  { 85.4, MOS_CHART_PERCENT, "85 %", "85 %" },
  { 4.5, MOS_CHART_DECIMAL, "4.50", "4.5" },
  /* Halves go up. */
  { 62.5, MOS_CHART_PERCENT, "63 %", "63 %" },
  { 3.625, MOS_CHART_DECIMAL, "3.63", "3.625" },
  { 30, MOS_CHART_DURATION, "30 s", "30 s" },
  { 300, MOS_CHART_DURATION, "5 min", "5 min" },
  { 3900, MOS_CHART_DURATION, "1 h 05 min", "1 h" },
  { 2 * DAY + 4 * HOUR, MOS_CHART_DURATION, "2 d 4 h", "2 d" },
  { 2 * DAY + 4 * HOUR, MOS_CHART_WORK, "52 h", "52 h" },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = mos_chart_text_value (values[i].value, values[i].unit);
      g_autofree char *tick = values[i].tick != NULL ? mos_chart_text_tick (values[i].value, values[i].unit) : NULL;

      g_assert_cmpstr (text, ==, values[i].text);
      g_assert_cmpstr (tick, ==, values[i].tick);
    }
}

/* Three days, now and before. */
static MosChartData *
days_new (void)
{
  const char *const series[] = { "New", "Before", NULL };
  MosChartData *data = mos_chart_data_make ("New conversations", "Day", MOS_CHART_COUNT, 3, series);

  data->has_before = TRUE;
  mos_chart_data_set (data, 0, 0, g_strdup ("2 March"), 4);
  mos_chart_data_set (data, 1, 0, g_strdup ("3 March"), 9);
  mos_chart_data_set (data, 2, 0, g_strdup ("4 March"), NAN);
  mos_chart_data_set (data, 0, 1, NULL, 2);
  mos_chart_data_set (data, 1, 1, NULL, 0);
  mos_chart_data_set (data, 2, 1, NULL, 1);
  mos_chart_data_set_id (data, 1, g_strdup ("third"));
  return data;
}

static MosChartData *
many_new (guint n_series)
{
  const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", NULL };
  const char *series[6] = { NULL };
  MosChartData *data;

  for (guint i = 0; i < n_series; i++)
    series[i] = names[i];
  data = mos_chart_data_make ("Many", "Hour", MOS_CHART_COUNT, 24, series);
  for (guint row = 0; row < 24; row++)
    for (guint i = 0; i < n_series; i++)
      mos_chart_data_set (data, row, i, i == 0 ? g_strdup_printf ("%02u:00", row) : NULL, row == 10 && i == n_series - 1 ? 50 : row % 7);
  return data;
}

static void
test_descriptions (void)
{
  g_autoptr (MosChartData) few = days_new (), many = many_new (1), grid = many_new (5);
  const char *const one[] = { "Answers", NULL };
  g_autoptr (MosChartData) nothing = mos_chart_data_make ("Nothing", "Score", MOS_CHART_COUNT, 5, one);
  g_autofree char *few_text = mos_chart_text_describe (few), *many_text = mos_chart_text_describe (many), *grid_text = mos_chart_text_describe (grid), *nothing_text = mos_chart_text_describe (nothing);
  g_autofree char *spot = mos_chart_text_spot (few, 1, 1), *stock_text = NULL;

  g_assert_cmpstr (few_text, ==, "2 March, New: 4; 2 March, Before: 2; 3 March, New: 9; 3 March, Before: 0; 4 March, Before: 1.");
  g_assert_cmpstr (many_text, ==, "From 00:00 to 23:00. Mon: from 0 to 50, the most at 10:00. 113 in all.");
  g_assert_cmpstr (grid_text, ==, "The most: 10:00, Fri: 50.");
  g_assert_cmpstr (nothing_text, ==, "There is nothing to show.");
  g_assert_cmpstr (spot, ==, "3 March, Before: 0");
  g_assert_cmpfloat (mos_chart_data_get_max (few), ==, 9);
  g_assert_cmpfloat (mos_chart_data_get_row_max (few), ==, 9);
  /* What is there at midnight is no more after a week of it. */
  many->is_stock = TRUE;
  stock_text = mos_chart_text_describe (many);
  g_assert_cmpstr (stock_text, ==, "From 00:00 to 23:00. Mon: from 0 to 50, the most at 10:00.");
  few->target = 12;
  g_assert_cmpfloat (mos_chart_data_get_max (few), ==, 12);
}

/* --- widgets --- */

typedef GtkWidget *(*NewChart) (void);

/* A window of @content, on the screen. */
static GtkWidget *
show (GtkWidget *content)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 420);
  gtk_window_present (GTK_WINDOW (window));
  mos_test_wait (gtk_widget_get_mapped (content) && gtk_widget_get_width (content) > 0, 5000);
  return window;
}

static void
check_words (GtkWidget *chart,
             MosChartData *data)
{
  g_autofree char *description = mos_chart_text_describe (data);

  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, data->title);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
  g_assert_true (gtk_widget_get_focusable (chart));
}

/* All of it is within the picture, and where a number is, it is found. */
static void
check_spots (GtkWidget *chart,
             MosChartData *data)
{
  MosChartClass *klass = MOS_CHART_GET_CLASS (chart);
  const int width = gtk_widget_get_width (chart), height = gtk_widget_get_height (chart);
  const gboolean is_rtl = gtk_widget_get_direction (chart) == GTK_TEXT_DIR_RTL;
  double first_x = 0, last_x = 0;

  for (guint row = 0; row < data->n_rows; row++)
    for (guint series = 0; series < data->n_series; series++)
      {
        graphene_rect_t rect;
        guint found_row = G_MAXUINT, found_series = G_MAXUINT;

        if (!klass->find_spot (MOS_CHART (chart), row, series, width, height, &rect))
          continue;
        if (series == 0 && row == 0)
          first_x = rect.origin.x;
        if (series == 0)
          last_x = rect.origin.x;
        g_assert_cmpfloat (rect.origin.x, >=, -5);
        g_assert_cmpfloat (rect.origin.x + rect.size.width, <=, width + 5);
        g_assert_cmpfloat (rect.origin.y, >=, -5);
        g_assert_cmpfloat (rect.origin.y + rect.size.height, <=, height + 5);
        if (rect.size.height < 2)
          continue;
        g_assert_true (mos_chart_find_at (MOS_CHART (chart), rect.origin.x + rect.size.width / 2, rect.origin.y + rect.size.height / 2, &found_row, &found_series));
        g_assert_cmpuint (found_row, ==, row);
      }
  /* The others have no order from side to side. */
  if (MOS_IS_BAR_CHART (chart) || MOS_IS_LINE_CHART (chart) || MOS_IS_HEAT_MAP (chart))
    g_assert_true (is_rtl ? first_x > last_x : first_x < last_x);
}

static void
test_charts (gconstpointer direction)
{
  static const NewChart kinds[] = { mos_bar_chart_new, mos_line_chart_new, mos_heat_map_new, mos_group_bars_new, mos_funnel_new, mos_heat_map_new };
  g_autoptr (MosChartData) days = days_new (), many = many_new (5);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *charts[G_N_ELEMENTS (kinds)], *window;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      charts[i] = kinds[i]();
      gtk_widget_set_direction (charts[i], (GtkTextDirection) GPOINTER_TO_INT (direction));
      mos_chart_set_data (MOS_CHART (charts[i]), i == G_N_ELEMENTS (kinds) - 1 ? many : days);
      gtk_box_append (GTK_BOX (box), charts[i]);
    }
  window = show (box);
  gtk_test_widget_wait_for_draw (box);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      check_words (charts[i], mos_chart_get_data (MOS_CHART (charts[i])));
      check_spots (charts[i], mos_chart_get_data (MOS_CHART (charts[i])));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_stacked (void)
{
  GtkWidget *chart = g_object_ref_sink (mos_bar_chart_new ());
  const char *const series[] = { "Good", "Bad", NULL };
  g_autoptr (MosChartData) data = mos_chart_data_make ("Scores", "Day", MOS_CHART_COUNT, 1, series);
  graphene_rect_t good, bad;

  mos_chart_data_set (data, 0, 0, g_strdup ("Monday"), 3);
  mos_chart_data_set (data, 0, 1, NULL, 1);
  mos_bar_chart_set_look (MOS_BAR_CHART (chart), TRUE, FALSE);
  mos_chart_set_data (MOS_CHART (chart), data);
  g_assert_true (MOS_CHART_GET_CLASS (chart)->find_spot (MOS_CHART (chart), 0, 0, 400, 200, &good));
  g_assert_true (MOS_CHART_GET_CLASS (chart)->find_spot (MOS_CHART (chart), 0, 1, 400, 200, &bad));
  g_assert_cmpfloat (good.origin.x, ==, bad.origin.x);
  g_assert_cmpfloat_with_epsilon (bad.origin.y + bad.size.height, good.origin.y, 0.01);
  g_assert_cmpfloat_with_epsilon (good.size.height, 3 * bad.size.height, 0.01);
  g_object_unref (chart);
}

/* --- tables and cards --- */

static void
assert_cell (MosChartTable *table,
             guint row,
             guint column,
             const char *text)
{
  g_autofree char *cell = mos_chart_table_dup_cell (table, row, column);

  g_assert_cmpstr (cell, ==, text);
}

static void
test_table (void)
{
  GtkWidget *table = mos_chart_table_new (TRUE), *window;
  g_autoptr (MosChartData) data = days_new (), other = NULL;

  mos_chart_data_set_unit (data, 1, MOS_CHART_DURATION);
  mos_chart_table_set_data (MOS_CHART_TABLE (table), data);
  window = show (table);
  assert_cell (MOS_CHART_TABLE (table), 0, 0, "2 March");
  assert_cell (MOS_CHART_TABLE (table), 0, 1, "4");
  assert_cell (MOS_CHART_TABLE (table), 0, 2, "2 s");
  mos_chart_table_sort_by (MOS_CHART_TABLE (table), 1, GTK_SORT_DESCENDING);
  assert_cell (MOS_CHART_TABLE (table), 0, 0, "3 March");
  assert_cell (MOS_CHART_TABLE (table), 2, 0, "4 March");
  assert_cell (MOS_CHART_TABLE (table), 2, 1, "–");
  /* New figures are sorted as the ones before. */
  other = days_new ();
  mos_chart_data_set_unit (other, 1, MOS_CHART_DURATION);
  g_assert_true (mos_chart_data_equal (data, other));
  mos_chart_data_set (other, 2, 0, NULL, 70);
  g_assert_false (mos_chart_data_equal (data, other));
  mos_chart_table_set_data (MOS_CHART_TABLE (table), other);
  assert_cell (MOS_CHART_TABLE (table), 0, 0, "4 March");
  g_assert_null (mos_chart_table_dup_cell (MOS_CHART_TABLE (table), 9, 0));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_type (GtkWidget *root,
           GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  int row;
  int series;
  char *id;
} Asked;

static void
on_asked_cb (MosChartCard *card,
             int row,
             int series,
             const char *id,
             Asked *asked)
{
  asked->row = row;
  asked->series = series;
  g_set_str (&asked->id, id);
}

static void
test_card (void)
{
  GtkWidget *card = mos_chart_card_new (mos_line_chart_new ()), *window, *toggle;
  g_autoptr (MosChartData) data = days_new ();
  const char *const one[] = { "Answers", NULL };
  g_autoptr (MosChartData) nothing = mos_chart_data_make ("Nothing", "Score", MOS_CHART_COUNT, 5, one);
  Asked asked = { 0, 0, NULL };

  g_signal_connect (card, "asked", G_CALLBACK (on_asked_cb), &asked);
  mos_chart_card_set_data (MOS_CHART_CARD (card), data, NULL, "of 13");
  window = show (card);
  toggle = find_type (card, GTK_TYPE_TOGGLE_BUTTON);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, "Show as Table: New conversations");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (mos_chart_card_get_chart (MOS_CHART_CARD (card)))));
  g_signal_emit_by_name (mos_chart_card_get_chart (MOS_CHART_CARD (card)), "spot-activated", 1, 0);
  g_assert_cmpint (asked.row, ==, 1);
  g_assert_cmpstr (asked.id, ==, "third");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  mos_test_wait (gtk_widget_get_mapped (find_type (card, MOS_TYPE_CHART_TABLE)), 5000);
  g_signal_emit_by_name (find_type (card, MOS_TYPE_CHART_TABLE), "row-activated", 0);
  g_assert_cmpint (asked.row, ==, 0);
  g_assert_null (asked.id);
  /* With nothing in it there is nothing to switch. */
  mos_chart_card_set_data (MOS_CHART_CARD (card), nothing, NULL, NULL);
  g_assert_false (gtk_widget_get_visible (toggle));
  g_free (asked.id);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- tiles --- */

static void
test_trends (void)
{
  g_assert_cmpint (mos_trend_judge (NAN, 3, MOS_TILE_NEITHER), ==, MOS_TREND_UNKNOWN);
  g_assert_cmpint (mos_trend_judge (3, NAN, MOS_TILE_NEITHER), ==, MOS_TREND_UNKNOWN);
  g_assert_cmpint (mos_trend_judge (100, 100.5, MOS_TILE_HIGH_IS_GOOD), ==, MOS_TREND_SAME);
  g_assert_cmpint (mos_trend_judge (0, 0, MOS_TILE_HIGH_IS_GOOD), ==, MOS_TREND_SAME);
  g_assert_cmpint (mos_trend_judge (5, 4, MOS_TILE_HIGH_IS_GOOD), ==, MOS_TREND_BETTER);
  g_assert_cmpint (mos_trend_judge (5, 4, MOS_TILE_LOW_IS_GOOD), ==, MOS_TREND_WORSE);
  g_assert_cmpint (mos_trend_judge (-5, 4, MOS_TILE_HIGH_IS_GOOD), ==, MOS_TREND_WORSE);
  g_assert_cmpint (mos_trend_judge (5, 4, MOS_TILE_NEITHER), ==, MOS_TREND_MORE);
  g_assert_cmpint (mos_trend_judge (3, 4, MOS_TILE_NEITHER), ==, MOS_TREND_LESS);
}

static void
test_tile (void)
{
  GtkWidget *tile = g_object_ref_sink (mos_measure_tile_new ());
  int least;
  MosTileValue value = { "First response", 3900, 4800, 7200, MOS_CHART_DURATION, MOS_TILE_LOW_IS_GOOD, 34, 0, 14400, "of 34", NAN, FALSE, 0 };

  mos_measure_tile_set_value (MOS_MEASURE_TILE (tile), &value);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, "First response: 1 h 05 min, of 34, Target 2 h: met, better than 1 h 20 min before");
  /* Beside its gauge, in the narrowest window. */
  gtk_widget_measure (tile, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 168);
  value.value = 7800;
  value.n = 3;
  value.detail = NULL;
  mos_measure_tile_set_value (MOS_MEASURE_TILE (tile), &value);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, "First response: 2 h 10 min, Target 2 h: missed, worse than 1 h 20 min before, too few to say much");
  value.value = NAN;
  mos_measure_tile_set_value (MOS_MEASURE_TILE (tile), &value);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, "First response: nothing yet");
  g_object_unref (tile);
}

/* --- paper --- */

static void
test_paper (void)
{
  GtkWidget *chart = g_object_ref_sink (mos_line_chart_new ());
  g_autoptr (MosChartData) data = days_new ();
  g_autoptr (MosDashboardPaper) paper = mos_dashboard_paper_new (chart, "How the shop serves");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL, longer = NULL, picture = NULL;

  mos_chart_set_data (MOS_CHART (chart), data);
  mos_dashboard_paper_add_text (paper, "Filter: E-mail", FALSE);
  for (guint i = 0; i < 5; i++)
    mos_dashboard_paper_add_number (paper, "First response", "1 h 05 min", "of 34");
  mos_dashboard_paper_add_chart (paper, MOS_CHART (chart), "of 13");
  mos_dashboard_paper_add_table (paper, data);
  pdf = mos_dashboard_paper_make_pdf (paper, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 5, "%PDF-", 5);
  g_assert_cmpuint (mos_dashboard_paper_paginate (paper, 500, 750), ==, 1);
  for (guint i = 0; i < 6; i++)
    mos_dashboard_paper_add_chart (paper, MOS_CHART (chart), NULL);
  longer = mos_dashboard_paper_make_pdf (paper, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mos_dashboard_paper_paginate (paper, 500, 750), >, 1);
  picture = mos_dashboard_picture_make (MOS_CHART (chart), "of 13", &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (picture, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
  g_object_unref (chart);
}

/* Where on @picture the ink of its uppermost lines lies: those of the heading, above the chart */
static GBytes *
read_heading (GtkWidget *chart)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = mos_dashboard_picture_make (MOS_CHART (chart), NULL, &error);
  g_autoptr (GdkTexture) texture = NULL;
  const int lines = 76;
  gsize stride;
  guchar *pixels;

  g_assert_no_error (error);
  texture = gdk_texture_new_from_bytes (png, &error);
  g_assert_no_error (error);
  stride = (gsize) gdk_texture_get_width (texture) * 4;
  g_assert_cmpint (gdk_texture_get_height (texture), >, lines);
  pixels = g_malloc (stride * (gsize) gdk_texture_get_height (texture));
  gdk_texture_download (texture, pixels, stride);
  return g_bytes_new_take (pixels, stride * lines);
}

/* What a chart begins with stands below its heading, not upon it. */
static void
test_heading (void)
{
  GtkWidget *map = g_object_ref_sink (mos_heat_map_new ());
  const char *const empty[] = { "", "Tue", NULL }, *const full[] = { "Mmmm", "Tue", NULL };
  g_autoptr (MosChartData) without = mos_chart_data_make ("By hour", "Hour", MOS_CHART_COUNT, 2, empty);
  g_autoptr (MosChartData) with = mos_chart_data_make ("By hour", "Hour", MOS_CHART_COUNT, 2, full);
  g_autoptr (GBytes) blank = NULL, labelled = NULL;

  for (guint row = 0; row < 2; row++)
    {
      mos_chart_data_set (without, row, 0, g_strdup ("1"), 3);
      mos_chart_data_set (with, row, 0, g_strdup ("1"), 3);
    }
  mos_chart_set_data (MOS_CHART (map), without);
  blank = read_heading (map);
  mos_chart_set_data (MOS_CHART (map), with);
  labelled = read_heading (map);
  g_assert_true (g_bytes_equal (blank, labelled));
  g_object_unref (map);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/charts/axes", test_axes);
  g_test_add_func ("/charts/places", test_places);
  g_test_add_func ("/charts/values", test_values);
  g_test_add_func ("/charts/descriptions", test_descriptions);
  g_test_add_data_func ("/charts/widgets/ltr", GINT_TO_POINTER (GTK_TEXT_DIR_LTR), test_charts);
  g_test_add_data_func ("/charts/widgets/rtl", GINT_TO_POINTER (GTK_TEXT_DIR_RTL), test_charts);
  g_test_add_func ("/charts/stacked", test_stacked);
  g_test_add_func ("/charts/table", test_table);
  g_test_add_func ("/charts/card", test_card);
  g_test_add_func ("/charts/trends", test_trends);
  g_test_add_func ("/charts/tile", test_tile);
  g_test_add_func ("/charts/paper", test_paper);
  g_test_add_func ("/charts/heading", test_heading);
  return g_test_run ();
}
