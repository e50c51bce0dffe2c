/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-how.h"

#include "app/application/mos-error-text.h"
#include "app/dashboard/mos-chart-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "core/desk/mos-desk-reports.h"

#include <glib/gi18n.h>
#include <math.h>

#define FIRST_ROWS 100
#define MORE 5

struct _MosDashboardHow
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwPreferencesGroup *facts;
  AdwPreferencesGroup *group;
  GtkListBox *list;
  GtkStack *stack;
  GtkLabel *none;
  GtkButton *more;

  /* Owned */
  MosDesk *desk;
  MosMeasureLook *look; /* (nullable) */
  GCancellable *cancellable;
  MosChartUnit unit;
};

enum
{
  OPEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosDashboardHow, mos_dashboard_how, ADW_TYPE_NAVIGATION_PAGE)

/* --- rows --- */

static char *
dup_title (gint64 number,
           const char *subject)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  g_autofree char *isolated = mos_text_isolate (*subject != '\0' ? subject : _ ("No subject"));

  /* Translators: the number and the subject of a conversation */
  return g_strdup_printf (_ ("#%1$s · %2$s"), text, isolated);
}

static void
set_row_titles (GtkWidget *row,
                gint64 number,
                const char *subject)
{
  g_autofree char *title = dup_title (number, subject);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
}

static GtkWidget *
row_new (const char *conversation)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "conversation", g_strdup (conversation), g_free);
  return row;
}

static double
value_of (const MosMeasureRow *row,
          gboolean is_business)
{
  const gint64 us = is_business ? row->business_us : row->clock_us;

  if (row->value != MOS_MEASURE_NO_VALUE)
    return (double) row->value;
  return us != MOS_MEASURE_NO_VALUE ? (double) us / G_USEC_PER_SEC : NAN;
}

static char *
dup_subtitle (const MosMeasureRow *row,
              gint64 now_us)
{
  g_autofree char *when = mos_time_text_relative (row->at_us, now_us, NULL);
  g_autofree char *who = row->customer_name != NULL ? mos_text_isolate (row->customer_name) : NULL;
  g_autofree char *both = who != NULL ? g_strdup_printf (_ ("%1$s · %2$s"), who, when) : g_strdup (when);

  if (row->comment == NULL || *row->comment == '\0')
    return g_steal_pointer (&both);
  /* Translators: who and when, and their words */
  return g_strdup_printf (_ ("%1$s: “%2$s”"), both, row->comment);
}

/* @value_text: (nullable) */
static GtkWidget *
row_new_of_row (const MosMeasureRow *row,
                const char *value_text,
                gint64 now_us)
{
  GtkWidget *widget = row_new (row->conversation);
  g_autofree char *subtitle = dup_subtitle (row, now_us);

  set_row_titles (widget, row->number, row->subject);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), subtitle);
  if (value_text != NULL)
    {
      GtkWidget *label = gtk_label_new (value_text);

      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (widget), label);
    }
  return widget;
}

GtkWidget *
mos_dashboard_row_new (const MosMeasureRow *row,
                       gboolean is_business,
                       MosChartUnit unit,
                       gint64 now_us)
{
  const double value = value_of (row, is_business);
  g_autofree char *text = isnan (value) ? NULL : mos_chart_text_value (value, row->value != MOS_MEASURE_NO_VALUE ? MOS_CHART_COUNT : unit);

  return row_new_of_row (row, text, now_us);
}

static char *
dup_score (const MosMeasureRow *row,
           MosSurveyKind kind)
{
  /* Translators: a score that a customer gave, and the best one */
  return g_strdup_printf (C_ ("score", "%1$d of %2$d"), (int) row->value, kind == MOS_SURVEY_NPS ? 10 : 5);
}

char *
mos_dashboard_row_dup_score (const MosMeasureRow *row,
                             MosSurveyKind kind,
                             gint64 now_us)
{
  g_autofree char *title = dup_title (row->number, row->subject), *subtitle = dup_subtitle (row, now_us), *score = dup_score (row, kind);
  g_autofree char *first = g_strdup_printf (_ ("%1$s: %2$s"), title, score);

  return g_strdup_printf ("• %s\n%s", first, subtitle);
}

GtkWidget *
mos_dashboard_row_new_score (const MosMeasureRow *row,
                             MosSurveyKind kind,
                             gint64 now_us)
{
  g_autofree char *text = dup_score (row, kind);

  return row_new_of_row (row, text, now_us);
}

static void
on_row_changed_cb (MosConversation *conversation,
                   GParamSpec *pspec,
                   GtkWidget *row)
{
  MosConversationRow *known = mos_conversation_get_row (conversation);

  if (known == NULL)
    return;
  set_row_titles (row, known->number, known->subject);
}

GtkWidget *
mos_dashboard_row_new_of (MosDesk *desk,
                          const char *id)
{
  MosConversation *conversation = mos_desk_ref_conversation (desk, id);
  GtkWidget *row = row_new (id);

  g_signal_connect_object (conversation, "notify::row", G_CALLBACK (on_row_changed_cb), row, G_CONNECT_DEFAULT);
  on_row_changed_cb (conversation, NULL, row);
  /* As long as the row is there. */
  g_object_set_data_full (G_OBJECT (row), "of", conversation, g_object_unref);
  return row;
}

/* --- what is listed --- */

static void
show_none (MosDashboardHow *self,
           const char *text)
{
  gtk_label_set_label (self->none, text);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
tell_count (MosDashboardHow *self,
            guint n,
            guint shown)
{
  g_autofree char *text = NULL;

  if (shown < n)
    /* Translators: a list that shows the first ones alone */
    text = g_strdup_printf (_ ("The first %1$u of %2$u"), shown, n);
  else
    text = g_strdup_printf (ngettext ("%u conversation", "%u conversations", n), n);
  adw_preferences_group_set_description (self->group, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more), shown < n);
}

static void
on_listed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosDashboardHow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMeasureRows) rows = mos_desk_list_number_finish (MOS_DESK (source), result, &error);
  gint64 now_us;

  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows == NULL)
    {
      show_none (self, mos_error_text (error).sentence);
      return;
    }
  now_us = mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < rows->rows->len; i++)
    gtk_list_box_append (self->list, mos_dashboard_row_new (rows->rows->pdata[i], self->look->is_business, self->unit, now_us));
  if (rows->rows->len == 0)
    show_none (self, _ ("There are none in these days."));
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
  tell_count (self, rows->n, rows->rows->len);
}

static void
load (MosDashboardHow *self)
{
  mos_desk_list_number_async (self->desk, self->look, self->cancellable, on_listed_cb, g_object_ref (self));
}

static void
on_more_cb (MosDashboardHow *self)
{
  MosMeasureLook *more = mos_measure_look_new ();

  more->query = mos_measure_query_ref (self->look->query);
  more->number = self->look->number;
  more->from_us = self->look->from_us;
  more->to_us = self->look->to_us;
  more->by = self->look->by;
  more->key = g_strdup (self->look->key);
  more->part = self->look->part;
  more->is_business = self->look->is_business;
  more->max = self->look->max * MORE;
  mos_measure_look_unref (self->look);
  self->look = more;
  load (self);
}

static void
on_row_activated_cb (MosDashboardHow *self,
                     GtkListBoxRow *row)
{
  g_signal_emit (self, signals[OPEN], 0, g_object_get_data (G_OBJECT (row), "conversation"));
}

/* --- class --- */

static void
mos_dashboard_how_dispose (GObject *object)
{
  MosDashboardHow *self = MOS_DASHBOARD_HOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->look, mos_measure_look_unref);
  G_OBJECT_CLASS (mos_dashboard_how_parent_class)->dispose (object);
}

static void
mos_dashboard_how_finalize (GObject *object)
{
  g_object_unref (MOS_DASHBOARD_HOW (object)->cancellable);
  G_OBJECT_CLASS (mos_dashboard_how_parent_class)->finalize (object);
}

static void
mos_dashboard_how_class_init (MosDashboardHowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_dashboard_how_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_dashboard_how_finalize;
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mos_dashboard_how_init (MosDashboardHow *self)
{
  GtkWidget *view = adw_toolbar_view_new (), *page = adw_preferences_page_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->cancellable = g_cancellable_new ();
  self->facts = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("Conversations"));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  mos_widget_set_label (GTK_WIDGET (self->list), _ ("Conversations"));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  self->more = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("Show _More")));
  gtk_widget_set_halign (GTK_WIDGET (self->more), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (on_more_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));
  self->none = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->none, TRUE);
  gtk_label_set_xalign (self->none, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->none), "dim-label");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, adw_spinner_new (), "loading");
  gtk_stack_add_named (self->stack, box, "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->none), "none");
  adw_preferences_group_add (self->group, GTK_WIDGET (self->stack));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->facts);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

MosDashboardHow *
mos_dashboard_how_new (MosDesk *desk,
                       const char *title)
{
  MosDashboardHow *self = g_object_new (MOS_TYPE_DASHBOARD_HOW, "title", title, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

void
mos_dashboard_how_add_fact (MosDashboardHow *self,
                            const char *name,
                            const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  g_return_if_fail (MOS_IS_DASHBOARD_HOW (self));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (self->facts, row);
}

void
mos_dashboard_how_list (MosDashboardHow *self,
                        MosMeasureLook *look,
                        MosChartUnit unit)
{
  g_return_if_fail (MOS_IS_DASHBOARD_HOW (self));

  look->max = FIRST_ROWS;
  self->look = mos_measure_look_ref (look);
  self->unit = unit;
  load (self);
}

void
mos_dashboard_how_list_ids (MosDashboardHow *self,
                            const char *const *conversations)
{
  guint n = 0;

  g_return_if_fail (MOS_IS_DASHBOARD_HOW (self));

  for (; conversations[n] != NULL && n < FIRST_ROWS; n++)
    gtk_list_box_append (self->list, mos_dashboard_row_new_of (self->desk, conversations[n]));
  gtk_stack_set_visible_child_name (self->stack, "list");
  tell_count (self, g_strv_length ((char **) conversations), n);
  /* They are all that are known. */
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
}

void
mos_dashboard_how_say_none (MosDashboardHow *self,
                            const char *why)
{
  g_return_if_fail (MOS_IS_DASHBOARD_HOW (self));

  show_none (self, why);
}
