/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-week-watch.h"

#include "app/application/mos-background.h"
#include "app/application/mos-notify.h"
#include "app/application/mos-settings.h"
#include "app/dashboard/mos-paper-out.h"
#include "app/dashboard/mos-week-page.h"
#include "core/desk/mos-desk-reports.h"

#include <glib/gi18n.h>

/* The clock says whether it is Monday; this only looks at it. */
#define LOOK_S (10 * 60)

typedef struct
{
  GApplication *app;         /* outlives the desk */
  MosDesk *desk;             /* whose data this is */
  GCancellable *cancellable; /* (owned) */
  guint source;
  gboolean is_making;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_cancellable_cancel (watch->cancellable);
  g_object_unref (watch->cancellable);
  g_clear_handle_id (&watch->source, g_source_remove);
  g_free (watch);
}

char *
mos_week_watch_dup_monday (gint64 now_us,
                           GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (now_us);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
  g_autoptr (GDateTime) monday = g_date_time_add_days (local, 1 - g_date_time_get_day_of_week (local));

  return g_date_time_format (monday, "%Y-%m-%d");
}

char *
mos_week_watch_dup_monday_of (const MosWeek *week)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (week->zone);

  return mos_week_watch_dup_monday (week->to_us, zone);
}

GBytes *
mos_week_watch_make (const MosWeek *week,
                     char **ret_name,
                     GError **error)
{
  /* Whose font it is; it is never shown. */
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (MosDashboardPaper) paper = mos_week_paper_new (label, week);

  g_object_unref (label);
  *ret_name = mos_paper_out_dup_name (mos_dashboard_paper_get_title (paper), ".pdf");
  return mos_dashboard_paper_make_pdf (paper, error);
}

/* --- which were made: of each profile its last Monday --- */

static char *
dup_last (Watch *watch)
{
  g_autoptr (GVariant) made = g_settings_get_value (mos_settings_get (), "weekly-reports-made");
  char *last = NULL;

  return g_variant_lookup (made, mos_store_get_profile (mos_desk_get_store (watch->desk)), "s", &last) ? last : g_strdup ("");
}

static void
set_last (Watch *watch,
          const char *monday)
{
  g_autoptr (GVariant) made = g_settings_get_value (mos_settings_get (), "weekly-reports-made");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  const char *profile = mos_store_get_profile (mos_desk_get_store (watch->desk)), *path, *last;
  GVariantIter iter;

  g_variant_iter_init (&iter, made);
  while (g_variant_iter_next (&iter, "{&s&s}", &path, &last))
    if (!g_str_equal (path, profile))
      g_variant_builder_add (&builder, "{ss}", path, last);
  g_variant_builder_add (&builder, "{ss}", profile, monday);
  g_settings_set_value (mos_settings_get (), "weekly-reports-made", g_variant_builder_end (&builder));
}

/* @file: (nullable): where it lies; @error: (nullable): why it lies nowhere */
static void
tell (GApplication *app,
      const MosWeek *week,
      GFile *file,
      const GError *error)
{
  g_autofree char *title = mos_week_dup_title (week), *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *text = NULL, *plain = NULL;
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (error != NULL)
    /* Translators: %s is why, in the system's words */
    text = g_strdup_printf (_ ("The report could not be written into its folder (%s). It is in the dashboard."), error->message);
  else if (path != NULL)
    /* Translators: %s is the path of a file */
    text = g_strdup_printf (_ ("The report is in %s"), path);
  else
    text = g_strdup (_ ("Five numbers, what changed, and what to look at"));
  plain = mos_notify_plain (text);
  g_notification_set_body (notification, plain);
  g_notification_set_default_action (notification, "app.show-week");
  g_application_send_notification (app, "week", notification);
}

/* A report that is written; the folder may lie behind a network that does not answer. */
typedef struct
{
  GApplication *app;
  MosWeek *week; /* (owned) */
} Writing;

static void
on_written_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  Writing *writing = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean is_written = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);

  tell (writing->app, writing->week, is_written ? G_FILE (source) : NULL, error);
  g_object_unref (writing->app);
  mos_week_unref (writing->week);
  g_free (writing);
}

static void
write_report (Watch *watch,
              MosWeek *week,
              const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = mos_week_watch_make (week, &name, &error);
  g_autoptr (GFile) file = NULL;
  Writing *writing;

  if (bytes == NULL)
    {
      tell (watch->app, week, NULL, error);
      return;
    }
  file = g_file_new_build_filename (folder, name, NULL);
  writing = g_new0 (Writing, 1);
  writing->app = g_object_ref (watch->app);
  writing->week = mos_week_ref (week);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, on_written_cb, writing);
}

/* Returns: (transfer full) (nullable): what was asked for; where there is none the watch may be gone */
static MosWeek *
take_week (GObject *source,
           GAsyncResult *result,
           Watch *watch)
{
  g_autoptr (GError) error = NULL;
  MosWeek *week = mos_desk_load_week_finish (MOS_DESK (source), result, &error);

  /* Cancelled is: the watch is gone with its desk. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  watch->is_making = FALSE;
  if (week == NULL)
    g_warning ("The report of the week could not be made: %s", error->message);
  return week;
}

static void
on_week_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (MosWeek) week = take_week (source, result, watch);
  g_autofree char *folder = NULL, *monday = NULL, *last = NULL;

  if (week == NULL)
    return;
  /* It is Monday here, and not yet at the shop. */
  monday = mos_week_watch_dup_monday_of (week);
  last = dup_last (watch);
  if (g_str_equal (monday, last))
    return;
  set_last (watch, monday);
  folder = g_settings_get_string (mos_settings_get (), "weekly-report-folder");
  if (*folder != '\0')
    write_report (watch, week, folder);
  else
    tell (watch->app, week, NULL, NULL);
}

/* This week's was made, into no folder or into another. */
static void
on_week_again_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (MosWeek) week = take_week (source, result, user_data);
  g_autofree char *folder = g_settings_get_string (mos_settings_get (), "weekly-report-folder");

  if (week != NULL && *folder != '\0')
    write_report (user_data, week, folder);
}

static char *
dup_this_monday (Watch *watch)
{
  MosCalendar *calendar = mos_desk_get_calendar (watch->desk);

  return mos_week_watch_dup_monday (mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (watch->desk))), calendar != NULL ? mos_calendar_get_zone (calendar) : NULL);
}

static gboolean
look_cb (gpointer data)
{
  Watch *watch = data;
  MosCalendar *calendar = mos_desk_get_calendar (watch->desk);
  g_autofree char *last = NULL, *monday = NULL;

  if (watch->is_making || !g_settings_get_boolean (mos_settings_get (), "weekly-report") || mos_background_is_quiet_now (calendar))
    return G_SOURCE_CONTINUE;
  last = dup_last (watch);
  monday = dup_this_monday (watch);
  if (g_strcmp0 (last, monday) == 0)
    return G_SOURCE_CONTINUE;
  watch->is_making = TRUE;
  mos_desk_load_week_async (watch->desk, 1, watch->cancellable, on_week_cb, watch);
  return G_SOURCE_CONTINUE;
}

static void
on_switched_cb (MosDesk *desk)
{
  look_cb (g_object_get_data (G_OBJECT (desk), "mos-week-watch"));
}

/* Whoever chooses a folder looks into it now: the report of this week lies there even where it was made before. */
static void
on_folder_cb (MosDesk *desk)
{
  Watch *watch = g_object_get_data (G_OBJECT (desk), "mos-week-watch");
  g_autofree char *folder = g_settings_get_string (mos_settings_get (), "weekly-report-folder");
  g_autofree char *last = dup_last (watch), *monday = dup_this_monday (watch);

  if (watch->is_making || *folder == '\0' || !g_settings_get_boolean (mos_settings_get (), "weekly-report"))
    return;
  if (!g_str_equal (last, monday))
    {
      look_cb (watch);
      return;
    }
  watch->is_making = TRUE;
  mos_desk_load_week_async (watch->desk, 1, watch->cancellable, on_week_again_cb, watch);
}

void
mos_week_watch_follow (GApplication *app,
                       MosDesk *desk)
{
  Watch *watch = g_new0 (Watch, 1);

  g_return_if_fail (G_IS_APPLICATION (app));
  g_return_if_fail (MOS_IS_DESK (desk));

  watch->app = app;
  watch->desk = desk;
  watch->cancellable = g_cancellable_new ();
  watch->source = g_timeout_add_seconds (LOOK_S, look_cb, watch);
  g_object_set_data_full (G_OBJECT (desk), "mos-week-watch", watch, watch_free);
  g_signal_connect_object (mos_settings_get (), "changed::weekly-report", G_CALLBACK (on_switched_cb), desk, G_CONNECT_SWAPPED);
  g_signal_connect_object (mos_settings_get (), "changed::weekly-report-folder", G_CALLBACK (on_folder_cb), desk, G_CONNECT_SWAPPED);
  look_cb (watch);
}
