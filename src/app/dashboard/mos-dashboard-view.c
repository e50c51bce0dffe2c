/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-view.h"

#include "app/dashboard/mos-bar-chart.h"
#include "app/dashboard/mos-columns.h"
#include "app/dashboard/mos-dashboard-how.h"
#include "app/dashboard/mos-dashboard-text.h"
#include "app/dashboard/mos-funnel.h"
#include "app/dashboard/mos-group-bars.h"
#include "app/dashboard/mos-heat-map.h"
#include "app/dashboard/mos-insight-text.h"
#include "app/dashboard/mos-line-chart.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

#define TILE_WIDTH 168
#define MAX_TILES 5
#define CARD_WIDTH 400
#define MAX_CARDS 2

struct _MosDashboardView
{
  GtkWidget parent_instance;

  /* owned by the tree */
  GtkWidget *box;
  MosMeasureTile *tiles[MOS_N_DASHBOARD_TILES];
  MosChartCard *cards[MOS_N_DASHBOARD_CHARTS];
  MosChartCard *groups;
  GtkDropDown *by;
  GtkListBox *low;
  GtkWidget *low_empty;
  GtkListBox *insights;
  GtkWidget *insights_box;
  GtkWidget *insights_empty;

  gboolean has_targets; /* it was told what came of them */
  char *low_shown;      /* (nullable): what the list shows, so that it is made anew only where that is another */
  char *insights_shown; /* (nullable) */
  gboolean is_setting;
};

enum
{
  ASKED_MEASURE,
  ASKED_CHART,
  ASKED_GROUP,
  ASKED_INSIGHT,
  BY_CHOSEN,
  SAVE_PICTURE,
  OPEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosDashboardView, mos_dashboard_view, GTK_TYPE_WIDGET)

static GtkWidget *
chart_new (MosDashboardChart chart)
{
  GtkWidget *widget;

  switch (chart)
    {
    case MOS_DASHBOARD_CHART_RESPONSE_LINE:
    case MOS_DASHBOARD_CHART_VOLUME:
    case MOS_DASHBOARD_CHART_SCORES_LINE:
    case MOS_DASHBOARD_CHART_BACKLOG_LINE:
      return mos_line_chart_new ();
    case MOS_DASHBOARD_CHART_RESPONSE_BINS:
    case MOS_DASHBOARD_CHART_RESOLUTION_BINS:
      widget = mos_bar_chart_new ();
      mos_bar_chart_set_look (MOS_BAR_CHART (widget), FALSE, TRUE);
      return widget;
    case MOS_DASHBOARD_CHART_HOURS:
      return mos_heat_map_new ();
    case MOS_DASHBOARD_CHART_JOURNEY:
      return mos_funnel_new ();
    case MOS_DASHBOARD_CHART_CSAT:
    case MOS_DASHBOARD_CHART_NPS:
    case MOS_DASHBOARD_CHART_AGES:
    default:
      return mos_bar_chart_new ();
    }
}

/* --- what is asked --- */

static void
on_tile_cb (GtkWidget *tile,
            MosDashboardView *self)
{
  for (guint i = 0; i < MOS_N_DASHBOARD_TILES; i++)
    if (GTK_WIDGET (self->tiles[i]) == tile)
      g_signal_emit (self, signals[ASKED_MEASURE], 0, i);
}

static void
on_asked_cb (MosChartCard *card,
             int row,
             int series,
             const char *id,
             MosDashboardView *self)
{
  if (card == self->groups)
    g_signal_emit (self, signals[ASKED_GROUP], 0, id);
  for (guint i = 0; i < MOS_N_DASHBOARD_CHARTS; i++)
    if (self->cards[i] == card)
      g_signal_emit (self, signals[ASKED_CHART], 0, i, row, series);
}

static void
on_save_cb (MosChartCard *card,
            MosDashboardView *self)
{
  g_signal_emit (self, signals[SAVE_PICTURE], 0, card);
}

static void
on_by_cb (MosDashboardView *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[BY_CHOSEN], 0, gtk_drop_down_get_selected (self->by) + 1);
}

static void
on_low_cb (MosDashboardView *self,
           GtkListBoxRow *row)
{
  g_signal_emit (self, signals[OPEN], 0, g_object_get_data (G_OBJECT (row), "conversation"));
}

static void
on_insight_cb (MosDashboardView *self,
               GtkListBoxRow *row)
{
  g_signal_emit (self, signals[ASKED_INSIGHT], 0, g_object_get_data (G_OBJECT (row), "insight"));
}

/* --- the parts --- */

static void
add_heading (MosDashboardView *self,
             const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, 2, -1);
  gtk_widget_add_css_class (label, "title-4");
  gtk_widget_set_margin_top (label, 12);
  gtk_box_append (GTK_BOX (self->box), label);
}

static MosColumns *
add_columns (MosDashboardView *self,
             int width,
             int most)
{
  GtkWidget *columns = mos_columns_new (width, most);

  gtk_box_append (GTK_BOX (self->box), columns);
  return MOS_COLUMNS (columns);
}

static MosChartCard *
card_new (MosDashboardView *self,
          GtkWidget *chart)
{
  GtkWidget *card = mos_chart_card_new (chart);

  g_signal_connect_object (card, "asked", G_CALLBACK (on_asked_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (card, "save-picture", G_CALLBACK (on_save_cb), self, G_CONNECT_DEFAULT);
  return MOS_CHART_CARD (card);
}

static void
add_cards (MosDashboardView *self,
           MosColumns *columns,
           guint first,
           guint last)
{
  for (guint i = first; i <= last; i++)
    {
      self->cards[i] = card_new (self, chart_new ((MosDashboardChart) i));
      mos_columns_append (columns, GTK_WIDGET (self->cards[i]));
    }
}

static GtkListBox *
list_new (MosDashboardView *self,
          const char *name,
          GCallback callback)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  mos_widget_set_label (list, name);
  g_signal_connect_object (list, "row-activated", callback, self, G_CONNECT_SWAPPED);
  return GTK_LIST_BOX (list);
}

static GtkWidget *
text_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
low_new (MosDashboardView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *title = gtk_label_new (_ ("Low scores"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "mos-chart-card");
  self->low = list_new (self, _ ("Low scores"), G_CALLBACK (on_low_cb));
  self->low_empty = text_new (_ ("Nobody gave a low score in these days."));
  gtk_widget_set_visible (GTK_WIDGET (self->low), FALSE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->low_empty);
  /* All of its few rows: a list that scrolled by itself would hold the wheel on its way down the page. */
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->low));
  return box;
}

static void
add_groups (MosDashboardView *self)
{
  const char *names[MOS_N_MEASURE_BY] = { NULL };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new_with_mnemonic (_ ("_Group by"));

  for (guint by = 1; by < MOS_N_MEASURE_BY; by++)
    names[by - 1] = mos_dashboard_text_by ((MosMeasureBy) by);
  self->by = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (names));
  mos_widget_set_label (GTK_WIDGET (self->by), _ ("Group by"));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->by));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->by));
  g_signal_connect_object (self->by, "notify::selected", G_CALLBACK (on_by_cb), self, G_CONNECT_SWAPPED);
  self->groups = card_new (self, mos_group_bars_new ());
  mos_chart_card_add (self->groups, row);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->groups));
}

static void
fill (MosDashboardView *self)
{
  MosColumns *columns = add_columns (self, TILE_WIDTH, MAX_TILES);

  for (guint i = 0; i < MOS_N_DASHBOARD_TILES; i++)
    {
      self->tiles[i] = MOS_MEASURE_TILE (mos_measure_tile_new ());
      g_signal_connect_object (self->tiles[i], "clicked", G_CALLBACK (on_tile_cb), self, G_CONNECT_DEFAULT);
      mos_columns_append (columns, GTK_WIDGET (self->tiles[i]));
    }
  /* Translators: headings of the parts of the dashboard */
  add_heading (self, _ ("How Fast, and How Much"));
  add_cards (self, add_columns (self, CARD_WIDTH, MAX_CARDS), MOS_DASHBOARD_CHART_RESPONSE_LINE, MOS_DASHBOARD_CHART_RESOLUTION_BINS);
  add_heading (self, _ ("How Satisfied"));
  columns = add_columns (self, CARD_WIDTH, MAX_CARDS);
  add_cards (self, columns, MOS_DASHBOARD_CHART_CSAT, MOS_DASHBOARD_CHART_SCORES_LINE);
  mos_columns_append (columns, low_new (self));
  mos_chart_card_set_empty_text (self->cards[MOS_DASHBOARD_CHART_CSAT], _ ("Nobody gave a score in these days. Scores appear here as customers answer surveys, or when you record one."));
  mos_chart_card_set_empty_text (self->cards[MOS_DASHBOARD_CHART_NPS], _ ("Nobody gave a score in these days. Scores appear here as customers answer surveys, or when you record one."));
  add_heading (self, _ ("When They Write, and What Is Left"));
  add_cards (self, add_columns (self, CARD_WIDTH, MAX_CARDS), MOS_DASHBOARD_CHART_HOURS, MOS_DASHBOARD_CHART_JOURNEY);
  mos_chart_card_set_empty_text (self->cards[MOS_DASHBOARD_CHART_JOURNEY], _ ("No customer wrote for the first time in these days. With a shop connected, this shows how many of them order, and order again."));
  add_heading (self, _ ("By Group"));
  add_groups (self);
  add_heading (self, _ ("What Stands Out"));
  self->insights_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->insights = list_new (self, _ ("What stands out"), G_CALLBACK (on_insight_cb));
  self->insights_empty = text_new (_ ("Questions that are asked often, words that are new, products and macros that stand out appear here once there is enough to compare."));
  gtk_box_append (GTK_BOX (self->insights_box), GTK_WIDGET (self->insights));
  gtk_box_append (GTK_BOX (self->insights_box), self->insights_empty);
  gtk_widget_set_visible (GTK_WIDGET (self->insights), FALSE);
  gtk_box_append (GTK_BOX (self->box), self->insights_box);
}

/* --- class --- */

static void
mos_dashboard_view_dispose (GObject *object)
{
  MosDashboardView *self = MOS_DASHBOARD_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->low_shown, g_free);
  g_clear_pointer (&self->insights_shown, g_free);
  G_OBJECT_CLASS (mos_dashboard_view_parent_class)->dispose (object);
}

static void
mos_dashboard_view_class_init (MosDashboardViewClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_dashboard_view_dispose;
  signals[ASKED_MEASURE] = g_signal_new ("asked-measure", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ASKED_CHART] = g_signal_new ("asked-chart", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_INT, G_TYPE_INT);
  signals[ASKED_GROUP] = g_signal_new ("asked-group", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ASKED_INSIGHT] = g_signal_new ("asked-insight", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_insight_get_type ());
  signals[BY_CHOSEN] = g_signal_new ("by-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SAVE_PICTURE] = g_signal_new ("save-picture", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MOS_TYPE_CHART_CARD);
  signals[OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mos_dashboard_view_init (MosDashboardView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "mos-dashboard");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  fill (self);
}

MosDashboardView *
mos_dashboard_view_new (void)
{
  return g_object_new (MOS_TYPE_DASHBOARD_VIEW, NULL);
}

/* --- what is shown --- */

static void
set_chart (MosDashboardView *self,
           MosDashboardChart chart,
           const MosMeasureReport *report,
           const MosDashboardChoice *choice)
{
  g_autoptr (MosChartData) data = mos_dashboard_chart_make (chart, report, choice->is_business);
  g_autofree char *subtitle = mos_dashboard_chart_dup_subtitle (chart, report, choice->is_business);

  mos_chart_card_set_data (self->cards[chart], data, NULL, subtitle);
  mos_chart_card_set_dim (self->cards[chart], mos_dashboard_chart_is_few (chart, report, choice->is_business));
}

static void
set_tile (MosDashboardView *self,
          MosDashboardMeasure measure,
          const MosMeasureReport *report,
          const MosDashboardChoice *choice,
          const MosTargets *targets,
          const MosTargetFacts *facts)
{
  g_autofree char *detail = mos_dashboard_measure_dup_detail (measure, report, report->all, choice->is_business);
  MosTileValue value;

  mos_dashboard_measure_read (measure, report, report->all, targets, facts, choice->is_business, &value);
  value.detail = detail;
  mos_measure_tile_set_value (self->tiles[measure], &value);
}

/* What is shown belongs to another choice, and is read anew. It keeps its place, and the keyboard where it has that. */
static void
set_stale (gpointer widget,
           gboolean is_stale)
{
  if (is_stale)
    gtk_widget_add_css_class (widget, "dim-label");
  else
    gtk_widget_remove_css_class (widget, "dim-label");
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_BUSY, is_stale, -1);
}

void
mos_dashboard_view_forget (MosDashboardView *self)
{
  g_return_if_fail (MOS_IS_DASHBOARD_VIEW (self));

  self->has_targets = FALSE;
  set_stale (self->groups, TRUE);
  set_stale (self->cards[MOS_DASHBOARD_CHART_JOURNEY], TRUE);
  set_stale (self->low, TRUE);
  set_stale (self->insights, TRUE);
}

void
mos_dashboard_view_set_report (MosDashboardView *self,
                               const MosMeasureReport *report,
                               const MosDashboardChoice *choice,
                               const MosTargets *targets,
                               const MosTargetFacts *facts)
{
  g_return_if_fail (MOS_IS_DASHBOARD_VIEW (self));

  for (guint i = 0; i < MOS_N_DASHBOARD_TILES; i++)
    if (i != MOS_DASHBOARD_TARGETS || !self->has_targets)
      set_tile (self, (MosDashboardMeasure) i, report, choice, targets, facts);
  for (guint i = 0; i < MOS_N_DASHBOARD_CHARTS; i++)
    if (i != MOS_DASHBOARD_CHART_JOURNEY)
      set_chart (self, (MosDashboardChart) i, report, choice);
}

void
mos_dashboard_view_set_targets (MosDashboardView *self,
                                const MosMeasureReport *report,
                                const MosDashboardChoice *choice)
{
  g_return_if_fail (MOS_IS_DASHBOARD_VIEW (self));

  self->has_targets = TRUE;
  set_tile (self, MOS_DASHBOARD_TARGETS, report, choice, NULL, NULL);
}

void
mos_dashboard_view_set_more (MosDashboardView *self,
                             const MosMeasureReport *report,
                             const MosDashboardChoice *choice)
{
  g_autoptr (MosChartData) groups = NULL, bars = NULL;

  g_return_if_fail (MOS_IS_DASHBOARD_VIEW (self));

  groups = mos_dashboard_groups_make (report, choice->by, choice->is_business);
  bars = mos_dashboard_groups_bars (groups);
  mos_chart_card_set_data (self->groups, groups, bars, _ ("New conversations; the table has times and scores too"));
  self->is_setting = TRUE;
  gtk_drop_down_set_selected (self->by, choice->by - 1);
  self->is_setting = FALSE;
  set_chart (self, MOS_DASHBOARD_CHART_JOURNEY, report, choice);
  set_stale (self->groups, FALSE);
  set_stale (self->cards[MOS_DASHBOARD_CHART_JOURNEY], FALSE);
}

static void
append_low (MosDashboardView *self,
            const MosMeasureRows *rows,
            MosSurveyKind kind,
            gint64 now_us)
{
  for (guint i = 0; i < rows->rows->len; i++)
    gtk_list_box_append (self->low, mos_dashboard_row_new_score (rows->rows->pdata[i], kind, now_us));
}

static void
describe_low (GString *shown,
              const MosMeasureRows *rows)
{
  for (guint i = 0; i < rows->rows->len; i++)
    {
      const MosMeasureRow *row = rows->rows->pdata[i];

      g_string_append_printf (shown, "%s %" G_GINT64_FORMAT " %s\n", row->conversation, row->value, row->comment != NULL ? row->comment : "");
    }
}

void
mos_dashboard_view_set_low (MosDashboardView *self,
                            const MosMeasureRows *csat,
                            const MosMeasureRows *nps,
                            gint64 now_us)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  const gboolean are_there = csat->rows->len + nps->rows->len > 0;

  g_return_if_fail (MOS_IS_DASHBOARD_VIEW (self));

  set_stale (self->low, FALSE);
  describe_low (shown, csat);
  g_string_append (shown, "nps\n");
  describe_low (shown, nps);
  if (g_strcmp0 (self->low_shown, shown->str) == 0)
    return;
  g_set_str (&self->low_shown, shown->str);
  gtk_list_box_remove_all (self->low);
  append_low (self, csat, MOS_SURVEY_CSAT, now_us);
  append_low (self, nps, MOS_SURVEY_NPS, now_us);
  gtk_widget_set_visible (GTK_WIDGET (self->low), are_there);
  gtk_widget_set_visible (self->low_empty, !are_there);
}

void
mos_dashboard_view_set_insights (MosDashboardView *self,
                                 GPtrArray *insights)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  g_return_if_fail (MOS_IS_DASHBOARD_VIEW (self));

  set_stale (self->insights, FALSE);
  for (guint i = 0; i < insights->len; i++)
    {
      const MosInsight *insight = insights->pdata[i];

      g_string_append_printf (shown, "%d %s %u %u %g\n", (int) insight->kind, insight->key, insight->n, insight->n_before, insight->value);
    }
  if (g_strcmp0 (self->insights_shown, shown->str) == 0)
    return;
  g_set_str (&self->insights_shown, shown->str);
  gtk_list_box_remove_all (self->insights);
  for (guint i = 0; i < insights->len; i++)
    {
      MosInsight *insight = insights->pdata[i];
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title = mos_insight_text_title (insight), *subtitle = mos_insight_text_subtitle (insight);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      if (insight->is_few)
        gtk_widget_add_css_class (row, "dim-label");
      g_object_set_data_full (G_OBJECT (row), "insight", mos_insight_ref (insight), (GDestroyNotify) mos_insight_unref);
      gtk_list_box_append (self->insights, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->insights), insights->len > 0);
  gtk_widget_set_visible (self->insights_empty, insights->len == 0);
}

MosChartCard *
mos_dashboard_view_get_card (MosDashboardView *self,
                             guint chart)
{
  g_return_val_if_fail (MOS_IS_DASHBOARD_VIEW (self), NULL);
  g_return_val_if_fail (chart <= MOS_N_DASHBOARD_CHARTS, NULL);

  return chart == MOS_N_DASHBOARD_CHARTS ? self->groups : self->cards[chart];
}
