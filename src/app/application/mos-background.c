/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-background.h"

#include "app/application/mos-settings.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_BACKGROUND "org.freedesktop.portal.Background"

gboolean
mos_background_is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* As Exec= wants it: in quotes, with a backslash before what a shell would read, and each "%" twice. */
static char *
quote_program (const char *program)
{
  GString *quoted = g_string_new ("\"");

  for (const char *p = program; *p != '\0'; p++)
    {
      if (strchr ("\"`$\\", *p) != NULL)
        g_string_append (quoted, *p == '\\' ? "\\\\\\" : "\\\\");
      else if (*p == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');
  return g_string_free_and_steal (quoted);
}

/* By its name where the session finds it so; an update may put it elsewhere. Returns: (transfer full) */
static char *
dup_program (void)
{
  g_autofree char *found = g_find_program_in_path ("mostrador");

  return found == NULL ? g_file_read_link ("/proc/self/exe", NULL) : NULL;
}

gboolean
mos_background_write_autostart (const char *config_dir,
                                const char *program,
                                gboolean on,
                                GError **error)
{
  g_autofree char *dir = g_build_filename (config_dir, "autostart", NULL);
  g_autofree char *path = g_build_filename (dir, MOS_APP_ID ".desktop", NULL);
  g_autofree char *quoted = program != NULL ? quote_program (program) : g_strdup ("mostrador");
  /* Not translated: the session reads it, no person. */
  g_autofree char *text = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Mostrador\nExec=%s --background\nIcon=" MOS_APP_ID "\nTerminal=false\nNoDisplay=true\nX-GNOME-UsesNotifications=true\n", quoted);

  if (on)
    {
      if (g_mkdir_with_parents (dir, 0700) != 0)
        {
          int saved = errno;

          g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", dir, g_strerror (saved));
          return FALSE;
        }
      return g_file_set_contents (path, text, -1, error);
    }
  if (g_unlink (path) != 0 && errno != ENOENT)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
      return FALSE;
    }
  return TRUE;
}

/* --- the portal --- */

/* One request: its answer is a signal, which may take as long as a person thinks about it. */
typedef struct
{
  GDBusConnection *bus; /* (owned) */
  char *path;           /* of the request */
  guint subscription;
  gboolean starts;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  g_object_unref (request->bus);
  g_free (request->path);
  g_free (request);
}

static void
end_request (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  request->subscription = 0;
}

static void
on_response_cb (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *signal,
                GVariant *parameters,
                gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  gboolean runs = FALSE, starts = FALSE;
  guint32 response = 2;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")) || g_task_get_completed (task))
    return;
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "background", "b", &runs);
  g_variant_lookup (results, "autostart", "b", &starts);
  if (response != 0 || !runs || (request->starts && !starts))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The portal answered %u, background %d, autostart %d", response, runs, starts);
  else
    g_task_return_boolean (task, TRUE);
  end_request (task);
}

static void
subscribe (GTask *task,
           const char *path)
{
  Request *request = g_task_get_task_data (task);

  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  g_set_str (&request->path, path);
  request->subscription = g_dbus_connection_signal_subscribe (request->bus, PORTAL_NAME, "org.freedesktop.portal.Request", "Response", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                              on_response_cb, g_object_ref (task), g_object_unref);
}

static void
on_requested_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *path;

  if (g_task_get_completed (task))
    {
      g_clear_error (&error);
      return;
    }
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      end_request (task);
      return;
    }
  /* Portals from before 0.9 choose the request's path themselves. */
  g_variant_get (reply, "(&o)", &path);
  if (!g_str_equal (path, request->path))
    subscribe (task, path);
}

static void
ask_portal (GTask *task,
            GDBusConnection *bus,
            gboolean starts)
{
  static const char *const command[] = { "mostrador", "--background", NULL };
  static guint n_requests;
  g_autofree char *token = g_strdup_printf ("mostrador%u", ++n_requests);
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');
  g_autofree char *path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  Request *request = g_new0 (Request, 1);
  GVariantBuilder options;

  request->bus = g_object_ref (bus);
  request->starts = starts;
  g_task_set_task_data (task, request, request_free);
  subscribe (task, path);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_ ("Fetch mail and do what is planned")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (starts));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_BACKGROUND, "RequestBackground", g_variant_new ("(sa{sv})", "", &options),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), on_requested_cb, g_object_ref (task));
}

void
mos_background_ask_async (GDBusConnection *bus,
                          gboolean is_sandboxed,
                          gboolean starts,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autofree char *program = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, mos_background_ask_async);
  if (is_sandboxed && bus != NULL)
    {
      ask_portal (task, bus, starts);
      return;
    }
  if (is_sandboxed)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "No session bus");
      return;
    }
  program = dup_program ();
  if (mos_background_write_autostart (g_get_user_config_dir (), program, starts, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

gboolean
mos_background_ask_finish (GAsyncResult *result,
                           GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mos_background_set_status (GDBusConnection *bus,
                           const char *message)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "message", g_variant_new_string (message));
  /* Portals before version 2 have no list to show it in, and refuse: nobody misses anything. */
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_BACKGROUND, "SetStatus", g_variant_new ("(a{sv})", &options), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

gboolean
mos_background_is_closed (MosCalendar *calendar,
                          gint64 now_us)
{
  return calendar != NULL && mos_calendar_has_hours (calendar) && !mos_calendar_is_open (calendar, now_us, NULL);
}

gboolean
mos_background_is_quiet (int minute,
                         int from,
                         int until)
{
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

gboolean
mos_background_is_quiet_now (MosCalendar *calendar)
{
  GSettings *settings = mos_settings_get ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_settings_get_boolean (settings, "quiet-when-closed") && mos_background_is_closed (calendar, g_get_real_time ()))
    return TRUE;
  return g_settings_get_boolean (settings, "quiet-hours") &&
         mos_background_is_quiet (g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now), g_settings_get_int (settings, "quiet-from") * 60, g_settings_get_int (settings, "quiet-until") * 60);
}
