/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-application-private.h"

#include "app/application/mos-background.h"
#include "app/application/mos-lock-watch.h"
#include "app/application/mos-lock-window.h"
#include "app/application/mos-notify.h"
#include "app/application/mos-privacy.h"
#include "app/application/mos-settings.h"

/* The lock and the windows. Locked, the window is hidden whole: with its dialogs, what is half written in them, and all that assistive technology could read of it; another window asks for the
 * passphrase. What the desktop asks for meanwhile waits. */

/* Asked for while it was locked: "app." or "win." and a name. */
typedef struct
{
  char *action;
  GVariant *parameter; /* (nullable) */
} Deferred;

static void
deferred_free (gpointer data)
{
  Deferred *deferred = data;

  g_free (deferred->action);
  g_clear_pointer (&deferred->parameter, g_variant_unref);
  g_free (deferred);
}

/* --- waiting --- */

gboolean
mos_application_defer (MosApplication *self,
                       const char *action,
                       GVariant *parameter)
{
  Deferred *deferred;

  if (!mos_lock_is_locked (self->lock))
    return FALSE;
  deferred = g_new0 (Deferred, 1);
  deferred->action = g_strdup (action);
  deferred->parameter = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;
  g_ptr_array_add (self->deferred, deferred);
  mos_application_show_lock (self);
  return TRUE;
}

gboolean
mos_application_defer_action (MosApplication *self,
                              GSimpleAction *action,
                              GVariant *parameter)
{
  g_autofree char *name = g_strconcat ("app.", g_action_get_name (G_ACTION (action)), NULL);

  return mos_application_defer (self, name, parameter);
}

static void
do_deferred (MosApplication *self)
{
  g_autoptr (GPtrArray) deferred = g_steal_pointer (&self->deferred);

  self->deferred = g_ptr_array_new_with_free_func (deferred_free);
  for (guint i = 0; i < deferred->len; i++)
    {
      Deferred *each = g_ptr_array_index (deferred, i);

      if (g_str_has_prefix (each->action, "app."))
        g_action_group_activate_action (G_ACTION_GROUP (self), each->action + strlen ("app."), each->parameter);
      else
        mos_window_do (mos_application_ensure_window (self), each->action, each->parameter);
    }
}

/* --- the windows --- */

/* Closed while it is locked, all goes, as with the window itself; what is being written was saved when it was locked. */
static gboolean
on_close_cb (MosApplication *self)
{
  MosWindow *window = mos_application_find_window (self);

  self->lock_window = NULL;
  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
  return GDK_EVENT_PROPAGATE;
}

void
mos_application_show_lock (MosApplication *self)
{
  if (self->lock_window == NULL)
    {
      self->lock_window = GTK_WINDOW (mos_lock_window_new (GTK_APPLICATION (self), self->lock));
      g_signal_connect_object (self->lock_window, "close-request", G_CALLBACK (on_close_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (self->lock_window);
}

static void
on_locked_cb (MosApplication *self)
{
  MosWindow *window = mos_application_find_window (self);
  gboolean is_locked = mos_lock_is_locked (self->lock);
  GtkWindow *lock_window = self->lock_window;

  mos_privacy_set_locked (is_locked);
  mos_application_update_lock (self);
  if (is_locked)
    {
      mos_notify_withdraw_all (G_APPLICATION (self));
      if (window == NULL)
        return;
      mos_window_flush (window);
      mos_application_show_lock (self);
      gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
      return;
    }
  /* The one before the other, or the program would end between them. */
  self->lock_window = NULL;
  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
  else if (lock_window != NULL)
    g_application_activate (G_APPLICATION (self));
  if (lock_window != NULL)
    gtk_window_destroy (lock_window);
  do_deferred (self);
}

gboolean
mos_application_activate_locked (MosApplication *self)
{
  if (!mos_lock_is_locked (self->lock))
    return FALSE;
  /* Ends with its window, unless it is held. */
  g_application_set_inactivity_timeout (G_APPLICATION (self), 0);
  mos_application_show_lock (self);
  mos_application_open_profile (self);
  return TRUE;
}

void
mos_application_quit_locked (MosApplication *self)
{
  self->is_quitting = TRUE;
  g_application_quit (G_APPLICATION (self));
}

static gboolean
on_event_cb (MosApplication *self)
{
  mos_lock_touch (self->lock);
  return GDK_EVENT_PROPAGATE;
}

void
mos_application_watch_input (MosApplication *self,
                             GtkWindow *window)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_name (events, "mos-lock-input");
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (on_event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), events);
}

MosLock *
mos_application_get_lock (MosApplication *self)
{
  g_return_val_if_fail (MOS_IS_APPLICATION (self), NULL);

  return self->lock;
}

/* --- actions --- */

/* app.lock */
static void
lock_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  mos_lock_lock (MOS_APPLICATION (user_data)->lock);
}

/* app.peek */
static void
peek_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  MosWindow *window = mos_application_find_window (user_data);

  if (window != NULL)
    mos_privacy_peek (GTK_WINDOW (window));
}

static const GActionEntry actions[] = {
  { .name = "lock", .activate = lock_action },
  { .name = "peek", .activate = peek_action },
};

void
mos_application_update_lock (MosApplication *self)
{
  GAction *lock = g_action_map_lookup_action (G_ACTION_MAP (self), "lock");
  GAction *peek = g_action_map_lookup_action (G_ACTION_MAP (self), "peek");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (lock), mos_lock_is_set (self->lock) && !mos_lock_is_locked (self->lock));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (peek), mos_privacy_is_covered ());
}

static void
on_covered_cb (MosApplication *self)
{
  mos_application_update_lock (self);
  if (mos_privacy_is_covered ())
    mos_notify_withdraw_all (G_APPLICATION (self));
}

static void
on_system_bus_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (MosApplication) self = user_data;
  g_autoptr (GDBusConnection) system = g_bus_get_finish (result, NULL);

  /* It ended meanwhile, as where it was only started to end the one that runs. */
  if (self->lock == NULL || !g_application_get_is_registered (G_APPLICATION (self)))
    return;
  /* Without one nothing tells of sleep; the time that passed does, at the first key. */
  mos_lock_watch_desktop (self->lock, mos_settings_get (), g_application_get_dbus_connection (G_APPLICATION (self)), system, mos_background_is_sandboxed ());
}

void
mos_application_init_lock (MosApplication *self)
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (GAction) cover = g_settings_create_action (mos_settings_get (), "cover-customers");
  const MosSealCost cost = MOS_SEAL_COST;

  self->lock = mos_lock_new (clock, mos_settings_get (), &cost);
  self->deferred = g_ptr_array_new_with_free_func (deferred_free);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_action_map_add_action (G_ACTION_MAP (self), cover);
  g_signal_connect_object (self->lock, "notify::locked", G_CALLBACK (on_locked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lock, "notify::set", G_CALLBACK (mos_application_update_lock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mos_settings_get (), "changed::cover-customers", G_CALLBACK (on_covered_cb), self, G_CONNECT_SWAPPED);
  mos_privacy_set_locked (mos_lock_is_locked (self->lock));
  mos_application_update_lock (self);
  mos_privacy_follow (gdk_display_get_default ());
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, on_system_bus_cb, g_object_ref (self));
}
