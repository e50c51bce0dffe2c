/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-application-private.h"

#include "app/application/mos-a11y.h"
#include "app/application/mos-about.h"
#include "app/application/mos-background.h"
#include "app/application/mos-language.h"
#include "app/application/mos-notify.h"
#include "app/application/mos-restoring.h"
#include "app/application/mos-ringing.h"
#include "app/application/mos-settings.h"
#include "app/application/mos-shortcuts.h"
#include "app/conversation/mos-attachment-chip.h"
#include "app/dashboard/mos-week-watch.h"
#include "app/preferences/mos-preferences-dialog.h"
#include "app/widgets/mos-dialog.h"

#include "core/base/mos-big.h"
#include "core/base/mos-error.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (MosApplication, mos_application, ADW_TYPE_APPLICATION)

MosWindow *
mos_application_find_window (MosApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (MOS_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* --- without a window --- */

/* Runs on without a window where that is wanted and there is something to do. */
static void
update_hold (MosApplication *self)
{
  gboolean wanted = !self->is_quitting && !self->sample && self->profile != NULL && (self->stays || g_settings_get_boolean (mos_settings_get (), "run-in-background"));

  if (wanted == self->is_held)
    return;
  self->is_held = wanted;
  if (wanted)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

/* The desktop said no, or it could not be arranged: the switch goes back, and it is said. */
static void
on_background_asked_cb (GObject *source,
                        GAsyncResult *result,
                        gpointer user_data)
{
  g_autoptr (MosApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  MosWindow *window = mos_application_find_window (self);

  if (mos_background_ask_finish (result, &error))
    return;
  g_info ("Mostrador may not run in the background: %s", error->message);
  /* It goes back by itself: that is not to be asked about. */
  self->asked_start = FALSE;
  g_settings_set_boolean (mos_settings_get (), "start-at-login", FALSE);
  if (mos_background_is_sandboxed ())
    g_settings_set_boolean (mos_settings_get (), "run-in-background", FALSE);
  if (window == NULL)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    mos_widget_show_problem (GTK_WIDGET (window), _ ("The Desktop Does Not Allow It"), _ ("Mostrador goes on with its window. The desktop’s settings of this application say whether it may run in the background."));
  else
    mos_widget_show_problem (GTK_WIDGET (window), _ ("It Cannot Start With the Session"), error->message);
}

static void
ask_for_background (MosApplication *self)
{
  self->asked_start = g_settings_get_boolean (mos_settings_get (), "start-at-login");
  mos_background_ask_async (g_application_get_dbus_connection (G_APPLICATION (self)), mos_background_is_sandboxed (), self->asked_start, on_background_asked_cb, g_object_ref (self));
}

/* What runs without a window stands in the desktop's list of that. */
static void
tell_status (MosApplication *self)
{
  if (self->is_held && mos_background_is_sandboxed ())
    /* Translators: in the desktop’s list of what runs in the background; 96 letters at most */
    mos_background_set_status (g_application_get_dbus_connection (G_APPLICATION (self)), _ ("Waits for what customers write"));
}

static void
update_quote_history (MosApplication *self)
{
  if (self->profile != NULL)
    mos_desk_set_quote_history (mos_profile_get_desk (self->profile), (guint) g_settings_get_enum (mos_settings_get (), "quote-history"));
}

static void
on_setting_cb (MosApplication *self,
               const char *key)
{
  if (g_str_equal (key, "run-in-background"))
    {
      update_hold (self);
      if (mos_background_is_sandboxed () && g_settings_get_boolean (mos_settings_get (), key))
        ask_for_background (self);
    }
  else if (g_str_equal (key, "quote-history"))
    update_quote_history (self);
  else if (g_str_equal (key, "start-at-login") && g_settings_get_boolean (mos_settings_get (), key) != self->asked_start)
    ask_for_background (self);
}

/* --- the profile --- */

/* The process that has the profile open comes to the front, unless @hidden: who starts in the background raises nobody's window. Returns: whether there is one */
static gboolean
reach_running (MosApplication *self,
               gboolean hidden)
{
  return hidden ? mos_profile_service_is_open_sync (self->path) : mos_profile_service_raise_sync (self->path, NULL, NULL, NULL);
}

static int
run_command (const char *const *argv,
             GBytes *input,
             GBytes **ret_output,
             GBytes **ret_errors,
             gpointer user_data)
{
  MosApplication *self = user_data;

  /* The profile is closed only after the service, which waits for this. */
  return self->run (mos_desk_get_store (mos_profile_get_desk (self->profile)), argv, input, ret_output, ret_errors);
}

/* Under the profile's own name: a second start raises this window, mostradorctl finds who writes. */
static void
serve_profile (MosApplication *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  if (self->sample || bus == NULL)
    return;
  self->service = mos_profile_service_new_sync (self->path, bus, NULL, &error);
  if (self->service == NULL)
    g_info ("The profile is not served on the bus: %s", error->message);
  else
    {
      if (self->run != NULL)
        mos_profile_service_set_run (self->service, run_command, self);
      g_signal_connect_object (self->service, "raise", G_CALLBACK (g_application_activate), self, G_CONNECT_SWAPPED);
    }
}

static void
on_opened_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosProfile) profile = mos_profile_open_finish (result, &error);
  MosWindow *window = mos_application_find_window (self);

  g_clear_object (&self->opening);
  if (g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED) && self->path != NULL && reach_running (self, window == NULL && self->lock_window == NULL))
    {
      /* Opened by a window that has another name on the bus, such as one whose usual folder is another. It is in front now. */
      g_application_quit (G_APPLICATION (self));
      return;
    }
  if (profile == NULL)
    {
      mos_application_do_waiting (self);
      if (self->stays && window == NULL)
        {
          /* Nobody is there to read it. */
          g_warning ("The profile cannot be opened: %s", error->message);
          if (self->opens_hidden)
            g_application_release (G_APPLICATION (self));
          self->opens_hidden = FALSE;
        }
      if (window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mos_window_set_error (window, error, self->path != NULL ? self->path : _ ("Sample shop"));
      return;
    }

  g_set_object (&self->profile, profile);
  /* Translators: the line above a quoted message; keep {date} and {sender} as they are */
  mos_desk_set_quote_texts (mos_profile_get_desk (profile), _ ("On {date}, {sender} wrote:"),
                            /* Translators: the line above a forwarded message */
                            _ ("---------- Forwarded message ----------"), "%x %R");
  update_quote_history (self);
  serve_profile (self);
  self->notices = mos_notices_new (GTK_APPLICATION (self), mos_profile_get_desk (profile));
  mos_ringing_follow (G_APPLICATION (self), mos_profile_get_desk (profile));
  /* The sample shop's figures are nobody's. */
  if (self->path != NULL)
    mos_week_watch_follow (G_APPLICATION (self), mos_profile_get_desk (profile));
  update_hold (self);
  mos_application_do_waiting (self);
  if (self->opens_hidden)
    g_application_release (G_APPLICATION (self));
  self->opens_hidden = FALSE;
  if (window != NULL)
    mos_window_set_desk (window, mos_profile_get_desk (profile));
  else
    tell_status (self);
}

static void
close_profile (MosApplication *self)
{
  MosWindow *window = mos_application_find_window (self);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  if (window != NULL)
    mos_window_set_desk (window, NULL);
  g_clear_object (&self->notices);
  if (self->service != NULL)
    mos_profile_service_close (self->service);
  g_clear_object (&self->service);
  if (self->profile != NULL)
    mos_profile_close_sync (self->profile);
  g_clear_object (&self->profile);
}

void
mos_application_open_profile (MosApplication *self)
{
  if (self->profile != NULL || self->opening != NULL)
    return;
  self->opening = g_cancellable_new ();
  mos_profile_open_async (self->sample ? NULL : self->path, self->opening, on_opened_cb, g_object_ref (self));
}

/* --- actions --- */

static void
on_window_removed_cb (MosApplication *self,
                      GtkWindow *window)
{
  if (!MOS_IS_WINDOW (window))
    return;
  /* Whoever opens it again is asked. */
  mos_lock_lock (self->lock);
  if (self->is_quitting)
    g_application_quit (G_APPLICATION (self));
  else
    tell_status (self);
}

static void
quit_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  MosApplication *self = user_data;
  MosWindow *window = mos_application_find_window (self);

  if (mos_lock_is_locked (self->lock))
    {
      mos_application_quit_locked (self);
      return;
    }
  /* Through the window: it saves the draft and lets a message that is on its way arrive. */
  if (window != NULL)
    {
      self->is_quitting = TRUE;
      gtk_window_close (GTK_WINDOW (window));
    }
  else
    g_application_quit (G_APPLICATION (self));
}

MosWindow *
mos_application_ensure_window (MosApplication *self)
{
  if (mos_application_find_window (self) == NULL)
    {
      self->starts_hidden = FALSE;
      g_application_activate (G_APPLICATION (self));
    }
  return mos_application_find_window (self);
}

static void
preferences_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  MosApplication *self = user_data;
  GtkWidget *window;

  if (mos_application_defer_action (self, action, parameter))
    return;
  window = GTK_WIDGET (mos_application_ensure_window (self));
  mos_dialog_present (ADW_DIALOG (mos_preferences_dialog_new (self->profile != NULL ? mos_profile_get_desk (self->profile) : NULL)), window);
}

static void
about_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  MosApplication *self = user_data;
  GtkWidget *window;

  if (mos_application_defer_action (self, action, parameter))
    return;
  window = GTK_WIDGET (mos_application_ensure_window (self));
  mos_dialog_present (mos_about_new (self->profile != NULL ? mos_profile_get_desk (self->profile) : NULL), window);
}

static void
retry_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  MosWindow *window = mos_application_find_window (user_data);

  if (window != NULL)
    mos_window_set_desk (window, NULL);
  mos_application_open_profile (user_data);
}

static void
open_sample_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  MosApplication *self = user_data;

  if (mos_application_defer_action (self, action, parameter))
    return;
  close_profile (self);
  self->sample = TRUE;
  mos_application_open_profile (self);
}

/* --- a backup takes the place of the profile --- */

static void
on_placed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) keyring = NULL;
  g_autofree char *aside = NULL;
  MosWindow *window = mos_application_find_window (self);

  mos_restoring_put_in_place_finish (MOS_RESTORE_JOB (source), result, &aside, &keyring, &error);
  self->sample = self->sample && error != NULL;
  /* Whichever it is now. */
  mos_application_open_profile (self);
  if (window != NULL)
    mos_restoring_tell (GTK_WINDOW (window), error, aside, keyring);
  g_application_release (G_APPLICATION (self));
}

static void
on_restore_decided_cb (MosRestoreJob *job,
                       gpointer user_data)
{
  MosApplication *self = user_data;
  MosWindow *window = mos_application_find_window (self);
  AdwDialog *dialog;

  if (window != NULL)
    mos_window_flush (window);
  /* Preferences and the like speak of the desk that ends. */
  while (window != NULL && (dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))) != NULL)
    adw_dialog_force_close (dialog);
  g_application_hold (G_APPLICATION (self));
  close_profile (self);
  mos_restoring_put_in_place_async (job, on_placed_cb, g_object_ref (self));
}

/* app.restore-backup */
static void
restore_backup_action (GSimpleAction *action,
                       GVariant *parameter,
                       gpointer user_data)
{
  MosApplication *self = user_data;
  MosDesk *desk = self->profile != NULL ? mos_profile_get_desk (self->profile) : NULL;
  GtkWidget *window;

  if (mos_application_defer_action (self, action, parameter))
    return;
  window = GTK_WIDGET (mos_application_ensure_window (self));
  mos_restoring_choose (GTK_WINDOW (window), self->path, desk != NULL && g_list_model_get_n_items (mos_desk_get_accounts (desk)) == 0, on_restore_decided_cb, G_OBJECT (self));
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = quit_action },
  { .name = "preferences", .activate = preferences_action },
  { .name = "about", .activate = about_action },
  { .name = "retry", .activate = retry_action },
  { .name = "open-sample", .activate = open_sample_action },
  { .name = "restore-backup", .activate = restore_backup_action },
};

/* --- GApplication --- */

/* --background: the window of one that runs already is not to be raised. --quit: one that runs, with or without a window, ends as by its menu. */
static int
meet_running (GApplication *app,
              gboolean quits)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (app, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  if (quits && g_application_get_is_remote (app))
    g_action_group_activate_action (G_ACTION_GROUP (app), "quit", NULL);
  return quits || g_application_get_is_remote (app) ? 0 : -1;
}

static int
mos_application_handle_local_options (GApplication *app,
                                      GVariantDict *options)
{
  MosApplication *self = MOS_APPLICATION (app);
  g_autofree char *profile = NULL;
  g_autofree char *bus_name = NULL;
  g_autofree char *usual = NULL;
  g_autofree char *usual_name = NULL;
  gboolean quits = g_variant_dict_contains (options, "quit");

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Mostrador %s\n", MOS_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (options, "sample"))
    {
      self->sample = TRUE;
      g_application_set_flags (app, g_application_get_flags (app) | G_APPLICATION_NON_UNIQUE);
      return -1;
    }
  if (g_variant_dict_contains (options, "background"))
    self->starts_hidden = self->stays = TRUE;
  if (g_variant_dict_lookup (options, "profile", "^ay", &profile))
    self->path = g_canonicalize_filename (profile, NULL);
  else
    self->path = mos_profile_service_dup_default_path ();

  /* One process per profile: another profile than the usual one is another application to the bus. The usual one is the usual one however it is named. */
  usual = mos_profile_service_dup_usual_path ();
  usual_name = mos_profile_service_dup_bus_name (usual);
  bus_name = mos_profile_service_dup_bus_name (self->path);
  if (!g_str_equal (bus_name, usual_name))
    {
      /* Open already in a window that has the program's own name (its usual folder is another): this one's name would be refused. */
      if (!quits && reach_running (self, self->starts_hidden))
        return 0;
      g_application_set_application_id (app, bus_name);
    }
  return quits || self->starts_hidden ? meet_running (app, quits) : -1;
}

/* When nobody waits for anything any more */
#define GIVE_BACK_AFTER_S 3

static void
give_back_cb (gpointer data)
{
  mos_big_give_back ();
}

static void
on_ready_cb (MosWindow *window)
{
  g_timeout_add_seconds_once (GIVE_BACK_AFTER_S, give_back_cb, NULL);
  if (g_getenv ("MOSTRADOR_PRINT_READY") != NULL)
    {
      g_print ("ready\n");
      fflush (stdout);
    }
}

/* Ended by the session or a terminal: the profile is closed as in an ordinary exit. */
static gboolean
on_signal_cb (gpointer user_data)
{
  g_application_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
mos_application_startup (GApplication *app)
{
  MosApplication *self = MOS_APPLICATION (app);

  G_APPLICATION_CLASS (mos_application_parent_class)->startup (app);

  mos_a11y_init ();
  mos_language_set_direction ();
  /* Focus that arrives at a selectable text by going to its page does not mean that somebody wants it selected. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_unix_signal_add (SIGTERM, on_signal_cb, self);
  g_unix_signal_add (SIGINT, on_signal_cb, self);
  gtk_window_set_default_icon_name (MOS_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  mos_application_install_asked (self);
  mos_application_init_lock (self);
  /* A throw-away profile has no place for one. */
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "restore-backup")), self->path != NULL);
  mos_shortcuts_install_app (GTK_APPLICATION (self));
  g_signal_connect (self, "window-removed", G_CALLBACK (on_window_removed_cb), NULL);
  self->asked_start = g_settings_get_boolean (mos_settings_get (), "start-at-login");
  g_signal_connect_object (mos_settings_get (), "changed", G_CALLBACK (on_setting_cb), self, G_CONNECT_SWAPPED);
}

static void
mos_application_activate (GApplication *app)
{
  MosApplication *self = MOS_APPLICATION (app);
  MosWindow *window = mos_application_find_window (self);

  self->is_quitting = FALSE;
  if (self->starts_hidden)
    {
      self->starts_hidden = FALSE;
      self->opens_hidden = TRUE;
      g_application_hold (app);
      mos_application_open_profile (self);
      return;
    }
  if (mos_application_activate_locked (self))
    return;
  if (window == NULL)
    {
      /* Ends with its window, unless it is held. */
      g_application_set_inactivity_timeout (app, 0);
      window = mos_window_new (GTK_APPLICATION (app));
      mos_application_watch_input (self, GTK_WINDOW (window));
      g_signal_connect (window, "ready", G_CALLBACK (on_ready_cb), NULL);
      if (self->profile != NULL)
        mos_window_set_desk (window, mos_profile_get_desk (self->profile));
    }
  gtk_window_present (GTK_WINDOW (window));
  mos_application_open_profile (self);
}

static gboolean
mos_application_dbus_register (GApplication *app,
                               GDBusConnection *connection,
                               const char *object_path,
                               GError **error)
{
  return G_APPLICATION_CLASS (mos_application_parent_class)->dbus_register (app, connection, object_path, error) &&
         mos_application_answer_searches (MOS_APPLICATION (app), connection, object_path, error);
}

static void
mos_application_dbus_unregister (GApplication *app,
                                 GDBusConnection *connection,
                                 const char *object_path)
{
  MosApplication *self = MOS_APPLICATION (app);

  if (self->search != NULL)
    mos_search_service_close (self->search);
  g_clear_object (&self->search);
  G_APPLICATION_CLASS (mos_application_parent_class)->dbus_unregister (app, connection, object_path);
}

/* There is one composer: of several links the first one counts. */
static void
mos_application_open (GApplication *app,
                      GFile **files,
                      int n_files,
                      const char *hint)
{
  g_autofree char *link = g_file_get_uri (files[0]);

  mos_application_open_link (MOS_APPLICATION (app), link);
}

static void
mos_application_shutdown (GApplication *app)
{
  MosApplication *self = MOS_APPLICATION (app);

  close_profile (self);
  /* What the desktop goes on showing names nobody. */
  if (self->lock != NULL && mos_lock_is_set (self->lock))
    mos_notify_withdraw_all (app);
  G_APPLICATION_CLASS (mos_application_parent_class)->shutdown (app);
}

static void
mos_application_finalize (GObject *object)
{
  MosApplication *self = MOS_APPLICATION (object);

  g_free (self->path);
  g_clear_object (&self->notices);
  g_ptr_array_unref (self->waiting);
  g_clear_pointer (&self->deferred, g_ptr_array_unref);
  g_clear_object (&self->lock);
  g_clear_object (&self->opening);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (mos_application_parent_class)->finalize (object);
}

static void
mos_application_class_init (MosApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_application_finalize;
  app_class->handle_local_options = mos_application_handle_local_options;
  app_class->startup = mos_application_startup;
  app_class->activate = mos_application_activate;
  app_class->open = mos_application_open;
  app_class->dbus_register = mos_application_dbus_register;
  app_class->dbus_unregister = mos_application_dbus_unregister;
  app_class->shutdown = mos_application_shutdown;
}

static void
mos_application_init (MosApplication *self)
{
  static const GOptionEntry options[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Open the profile in this folder"), N_ ("DIR") },
    { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample shop in a throw-away profile"), NULL },
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start without a window: accounts stay connected, what is planned happens"), NULL },
    { "quit", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("End the Mostrador that runs, also where it has no window"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { NULL },
  };

  mos_application_init_asked (self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

MosApplication *
mos_application_new (void)
{
  return g_object_new (MOS_TYPE_APPLICATION,
                       "application-id", MOS_APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/mostrador/Mostrador",
                       NULL);
}

void
mos_application_set_run (MosApplication *self,
                         MosApplicationRun run)
{
  g_return_if_fail (MOS_IS_APPLICATION (self));

  self->run = run;
}

gboolean
mos_application_is_quitting (MosApplication *self)
{
  g_return_val_if_fail (MOS_IS_APPLICATION (self), TRUE);

  return self->is_quitting;
}

void
mos_application_quit_with_window (MosApplication *self)
{
  g_return_if_fail (MOS_IS_APPLICATION (self));

  self->is_quitting = TRUE;
}

void
mos_application_stay (MosApplication *self)
{
  g_return_if_fail (MOS_IS_APPLICATION (self));

  self->is_quitting = FALSE;
}
