/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-week-page.h"

#include "app/application/mos-error-text.h"
#include "app/application/mos-settings.h"
#include "app/dashboard/mos-dashboard-how.h"
#include "app/dashboard/mos-dashboard-text.h"
#include "app/dashboard/mos-insight-text.h"
#include "app/dashboard/mos-paper-out.h"
#include "app/conversation/mos-attachment-chip.h"
#include "core/desk/mos-desk-reports.h"

#include <errno.h>
#include <glib/gi18n.h>

/* As many conversations are listed below what is to be looked at. */
#define MAX_ROWS 20

struct _MosWeekPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwPreferencesGroup *numbers;
  AdwPreferencesGroup *hints;
  AdwActionRow *folder;
  GtkWidget *forget_folder;
  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkWidget *print;
  GtkWidget *save;

  /* Owned */
  MosDesk *desk;
  MosWeek *week; /* (nullable) */
  GCancellable *cancellable;
};

enum
{
  OPEN,
  ASKED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosWeekPage, mos_week_page, ADW_TYPE_NAVIGATION_PAGE)

char *
mos_week_dup_title (const MosWeek *week)
{
  g_autofree char *day = mos_dashboard_text_day (week->from_us, week->zone, FALSE);

  /* Translators: %s is the Monday it begins with */
  return g_strdup_printf (_ ("The week of %s"), day);
}

MosDashboardPaper *
mos_week_paper_new (GtkWidget *widget,
                    const MosWeek *week)
{
  g_autofree char *title = mos_week_dup_title (week);
  MosDashboardPaper *paper = mos_dashboard_paper_new (widget, title);

  mos_dashboard_paper_add_text (paper, _ ("Five numbers, and what changed"), TRUE);
  for (guint i = 0; i < MOS_N_WEEK_NUMBERS; i++)
    {
      g_autofree char *value = mos_week_text_value (week, (MosWeekNumber) i), *change = mos_week_text_change (week, (MosWeekNumber) i);

      mos_dashboard_paper_add_number (paper, mos_week_text_number (week, (MosWeekNumber) i), value, change);
    }
  mos_dashboard_paper_add_text (paper, _ ("What to look at"), TRUE);
  for (guint i = 0; i < week->hints->len; i++)
    {
      g_autofree char *hint = mos_week_text_hint (week->hints->pdata[i]);
      g_autofree char *line = g_strdup_printf ("• %s", hint);

      mos_dashboard_paper_add_text (paper, line, FALSE);
    }
  if (week->hints->len == 0)
    mos_dashboard_paper_add_text (paper, _ ("Nothing stands out: a good week."), FALSE);
  return paper;
}

/* --- what is shown --- */

static GtkWidget *
add_row (AdwPreferencesGroup *group,
         const char *title,
         const char *subtitle,
         const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (value != NULL)
    {
      GtkWidget *label = gtk_label_new (value);

      gtk_widget_add_css_class (label, "title-4");
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_preferences_group_add (group, row);
  return row;
}

static void
on_number_cb (GtkWidget *row,
              MosWeekPage *self)
{
  g_signal_emit (self, signals[ASKED], 0, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "number")));
}

/* One of the five, which tells how it was computed. */
static void
add_number (MosWeekPage *self,
            MosWeekNumber number)
{
  g_autofree char *value = mos_week_text_value (self->week, number), *change = mos_week_text_change (self->week, number);
  GtkWidget *row = add_row (self->numbers, mos_week_text_number (self->week, number), change, value);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("Tells how it was computed"), -1);
  g_object_set_data (G_OBJECT (row), "number", GUINT_TO_POINTER (number));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_number_cb), self, G_CONNECT_DEFAULT);
}

static void
on_hint_cb (GtkWidget *row,
            MosWeekPage *self)
{
  g_signal_emit (self, signals[OPEN], 0, g_object_get_data (G_OBJECT (row), "conversation"));
}

/* Which ones these are, each a row that leads there. */
static void
add_hint (MosWeekPage *self,
          const MosWeekHint *hint)
{
  g_autofree char *text = mos_week_text_hint (hint);
  GtkWidget *expander;

  if (hint->conversations == NULL || hint->conversations[0] == NULL)
    {
      add_row (self->hints, text, NULL, NULL);
      return;
    }
  expander = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), text);
  adw_expander_row_set_title_lines (ADW_EXPANDER_ROW (expander), 0);
  for (guint i = 0; hint->conversations[i] != NULL && i < MAX_ROWS; i++)
    {
      GtkWidget *row = mos_dashboard_row_new_of (self->desk, hint->conversations[i]);

      g_signal_connect_object (row, "activated", G_CALLBACK (on_hint_cb), self, G_CONNECT_DEFAULT);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
    }
  adw_preferences_group_add (self->hints, expander);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosWeekPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosWeek) week = mos_desk_load_week_finish (MOS_DESK (source), result, &error);
  g_autofree char *title = NULL;

  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (week == NULL)
    {
      adw_status_page_set_title (self->error_page, mos_error_text (error).title);
      adw_status_page_set_description (self->error_page, mos_error_text (error).step);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  self->week = g_steal_pointer (&week);
  title = mos_week_dup_title (self->week);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  for (guint i = 0; i < MOS_N_WEEK_NUMBERS; i++)
    add_number (self, (MosWeekNumber) i);
  for (guint i = 0; i < self->week->hints->len; i++)
    add_hint (self, self->week->hints->pdata[i]);
  if (self->week->hints->len == 0)
    add_row (self->hints, _ ("Nothing stands out: a good week."), NULL, NULL);
  gtk_widget_set_sensitive (self->print, TRUE);
  gtk_widget_set_sensitive (self->save, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "week");
}

/* --- out --- */

static void
on_print_cb (MosWeekPage *self)
{
  mos_paper_out_print (GTK_WIDGET (self), mos_week_paper_new (GTK_WIDGET (self), self->week));
}

static void
on_save_cb (MosWeekPage *self)
{
  g_autoptr (MosDashboardPaper) paper = mos_week_paper_new (GTK_WIDGET (self), self->week);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_dashboard_paper_make_pdf (paper, &error);

  if (bytes == NULL)
    mos_paper_out_report (GTK_WIDGET (self), error);
  else
    mos_paper_out_save (GTK_WIDGET (self), bytes, mos_dashboard_paper_get_title (paper), ".pdf");
}

/* --- every Monday --- */

static void
update_folder (MosWeekPage *self)
{
  g_autofree char *path = g_settings_get_string (mos_settings_get (), "weekly-report-folder");

  adw_action_row_set_subtitle (self->folder, *path != '\0' ? path : _ ("None: a notification tells of it"));
  gtk_widget_set_visible (self->forget_folder, *path != '\0');
}

/* A name can be typed: what is no folder is refused now rather than missed on Monday. */
static void
on_folder_known_cb (GObject *source,
                    GAsyncResult *result,
                    gpointer user_data)
{
  g_autoptr (MosWeekPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY, g_strerror (ENOTDIR));
  if (error != NULL)
    {
      mos_widget_show_problem (GTK_WIDGET (self), _ ("Folder for Weekly Reports"), error->message);
      return;
    }
  g_settings_set_string (mos_settings_get (), "weekly-report-folder", g_file_peek_path (G_FILE (source)));
  update_folder (self);
}

static void
on_folder_chosen_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (MosWeekPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autofree char *path = folder != NULL ? g_file_get_path (folder) : NULL;

  if (self->desk != NULL && path != NULL)
    g_file_query_info_async (folder, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, on_folder_known_cb, g_object_ref (self));
}

static void
on_folder_cb (MosWeekPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _ ("Folder for Weekly Reports"));
  gtk_file_dialog_select_folder (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable, on_folder_chosen_cb, g_object_ref (self));
}

static void
on_forget_folder_cb (MosWeekPage *self)
{
  g_settings_reset (mos_settings_get (), "weekly-report-folder");
  update_folder (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->folder));
}

static AdwPreferencesGroup *
monday_group_new (MosWeekPage *self)
{
  GtkWidget *group = adw_preferences_group_new (), *monday = adw_switch_row_new (), *folder = adw_action_row_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Every Monday"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (monday), _ ("Make It by Itself"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (monday), _ ("On Monday, or when Mostrador is started next"));
  g_settings_bind (mos_settings_get (), "weekly-report", monday, "active", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), monday);
  self->folder = ADW_ACTION_ROW (folder);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (folder), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (folder), _ ("Folder for the PDF…"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (folder), TRUE);
  g_signal_connect_object (folder, "activated", G_CALLBACK (on_folder_cb), self, G_CONNECT_SWAPPED);
  self->forget_folder = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_tooltip_text (self->forget_folder, _ ("No Folder"));
  gtk_widget_set_valign (self->forget_folder, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->forget_folder, "flat");
  g_signal_connect_object (self->forget_folder, "clicked", G_CALLBACK (on_forget_folder_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (self->folder, self->forget_folder);
  g_settings_bind (mos_settings_get (), "weekly-report", folder, "sensitive", G_SETTINGS_BIND_GET);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), folder);
  update_folder (self);
  return ADW_PREFERENCES_GROUP (group);
}

/* --- class --- */

static void
mos_week_page_dispose (GObject *object)
{
  MosWeekPage *self = MOS_WEEK_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_week_page_parent_class)->dispose (object);
}

static void
mos_week_page_finalize (GObject *object)
{
  MosWeekPage *self = MOS_WEEK_PAGE (object);

  g_clear_pointer (&self->week, mos_week_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (mos_week_page_parent_class)->finalize (object);
}

static void
mos_week_page_class_init (MosWeekPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_week_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_week_page_finalize;
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static GtkWidget *
button_new (MosWeekPage *self,
            const char *icon,
            const char *tip,
            GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_set_sensitive (button, FALSE);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
mos_week_page_init (MosWeekPage *self)
{
  GtkWidget *view = adw_toolbar_view_new (), *bar = adw_header_bar_new (), *page = adw_preferences_page_new ();

  self->cancellable = g_cancellable_new ();
  self->print = button_new (self, "document-print-symbolic", _ ("Print…"), G_CALLBACK (on_print_cb));
  self->save = button_new (self, "document-save-symbolic", _ ("Save as PDF…"), G_CALLBACK (on_save_cb));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->print);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->save);
  self->numbers = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->numbers, _ ("Five numbers, and what changed"));
  self->hints = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->hints, _ ("What to look at"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->numbers);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->hints);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), monday_group_new (self));
  self->error_page = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->error_page, "dialog-warning-symbolic");
  self->stack = GTK_STACK (gtk_stack_new ());
  /* Before anything is computed there is nothing else in it that the keyboard could be at. */
  gtk_widget_set_focusable (GTK_WIDGET (self->stack), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->stack), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("The Week"), -1);
  gtk_stack_add_named (self->stack, adw_spinner_new (), "loading");
  gtk_stack_add_named (self->stack, page, "week");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->error_page), "error");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->stack));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

const MosWeek *
mos_week_page_get_week (MosWeekPage *self)
{
  g_return_val_if_fail (MOS_IS_WEEK_PAGE (self), NULL);

  return self->week;
}

GtkWidget *
mos_week_page_get_content (MosWeekPage *self)
{
  g_return_val_if_fail (MOS_IS_WEEK_PAGE (self), NULL);

  return GTK_WIDGET (self->stack);
}

MosWeekPage *
mos_week_page_new (MosDesk *desk)
{
  MosWeekPage *self = g_object_new (MOS_TYPE_WEEK_PAGE, "title", _ ("The Week"), NULL);

  self->desk = g_object_ref (desk);
  mos_desk_load_week_async (desk, 1, self->cancellable, on_loaded_cb, g_object_ref (self));
  return self;
}
