/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-lock-watch.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INHIBIT "org.freedesktop.portal.Inhibit"
#define LOGIND "org.freedesktop.login1.Manager"

/* They all say the same in the same way. KDE has the name without a desktop's. */
static const char *const screensavers[] = { "org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver" };

typedef struct
{
  MosLock *lock; /* (borrowed): it owns this */
  GSettings *settings;
  GDBusConnection *session; /* (nullable) */
  GDBusConnection *system;  /* (nullable) */
  guint session_ids[G_N_ELEMENTS (screensavers) + 1];
  guint system_id;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  for (guint i = 0; watch->session != NULL && i < G_N_ELEMENTS (watch->session_ids); i++)
    if (watch->session_ids[i] != 0)
      g_dbus_connection_signal_unsubscribe (watch->session, watch->session_ids[i]);
  if (watch->system_id != 0)
    g_dbus_connection_signal_unsubscribe (watch->system, watch->system_id);
  g_clear_object (&watch->session);
  g_clear_object (&watch->system);
  g_object_unref (watch->settings);
  g_free (watch);
}

/* Whoever made that up has locked a window. */
static void
on_signal_cb (GDBusConnection *bus,
              const char *sender,
              const char *path,
              const char *interface,
              const char *signal,
              GVariant *parameters,
              gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GVariant) state = NULL;
  gboolean is_active = FALSE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &is_active);
  else if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sv})")))
    {
      state = g_variant_get_child_value (parameters, 1);
      g_variant_lookup (state, "screensaver-active", "b", &is_active);
    }
  if (is_active && g_settings_get_boolean (watch->settings, "lock-with-desktop"))
    mos_lock_lock (watch->lock);
}

/* What happens to the screen is told to a sandbox by this alone, once it has asked for it. */
static void
ask_portal (GDBusConnection *session)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string ("mostrador_lock"));
  g_variant_builder_add (&options, "{sv}", "session_handle_token", g_variant_new_string ("mostrador_lock"));
  g_dbus_connection_call (session, PORTAL_NAME, PORTAL_PATH, PORTAL_INHIBIT, "CreateMonitor", g_variant_new ("(sa{sv})", "", &options), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

void
mos_lock_watch_desktop (MosLock *lock,
                        GSettings *settings,
                        GDBusConnection *session,
                        GDBusConnection *system,
                        gboolean is_sandboxed)
{
  Watch *watch = g_new0 (Watch, 1);

  g_return_if_fail (MOS_IS_LOCK (lock));

  watch->lock = lock;
  watch->settings = g_object_ref (settings);
  g_set_object (&watch->session, session);
  g_set_object (&watch->system, system);
  for (guint i = 0; session != NULL && i < G_N_ELEMENTS (screensavers); i++)
    watch->session_ids[i] = g_dbus_connection_signal_subscribe (session, NULL, screensavers[i], "ActiveChanged", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal_cb, watch, NULL);
  if (session != NULL && is_sandboxed)
    {
      watch->session_ids[G_N_ELEMENTS (screensavers)] = g_dbus_connection_signal_subscribe (session, NULL, PORTAL_INHIBIT, "StateChanged", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal_cb, watch, NULL);
      ask_portal (session);
    }
  if (system != NULL)
    watch->system_id = g_dbus_connection_signal_subscribe (system, NULL, LOGIND, "PrepareForSleep", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal_cb, watch, NULL);
  g_object_set_data_full (G_OBJECT (lock), "mos-lock-watch", watch, watch_free);
}
