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

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

gboolean
mos_background_is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

gboolean
mos_background_write_autostart (const char *config_dir,
                                gboolean on,
                                GError **error)
{
  g_autofree char *dir = g_build_filename (config_dir, "autostart", NULL);
  g_autofree char *path = g_build_filename (dir, MOS_APP_ID ".desktop", NULL);
  /* Not translated: the session reads it, no person. */
  static const char text[] = "[Desktop Entry]\nType=Application\nName=Mostrador\nExec=mostrador --background\nIcon=" MOS_APP_ID "\nTerminal=false\nNoDisplay=true\nX-GNOME-UsesNotifications=true\n";

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

static void
on_portal_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
mos_background_set_autostart_async (GDBusConnection *bus,
                                    gboolean on,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  static const char *const command[] = { "mostrador", "--background", NULL };
  GVariantBuilder options;
  GError *error = NULL;

  if (!mos_background_is_sandboxed ())
    {
      if (mos_background_write_autostart (g_get_user_config_dir (), on, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (bus == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "No session bus");
      g_object_unref (task);
      return;
    }
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_ ("Fetch mail and do what is planned")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (on));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground", g_variant_new ("(sa{sv})", "", &options),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, cancellable, on_portal_cb, task);
}

gboolean
mos_background_set_autostart_finish (GAsyncResult *result,
                                     GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
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
