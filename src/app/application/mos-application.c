/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-application.h"

#include "app/application/mos-a11y.h"
#include "app/application/mos-about.h"
#include "app/application/mos-background.h"
#include "app/application/mos-language.h"
#include "app/application/mos-notices.h"
#include "app/application/mos-notify.h"
#include "app/application/mos-profile.h"
#include "app/application/mos-restoring.h"
#include "app/application/mos-ringing.h"
#include "app/application/mos-settings.h"
#include "app/application/mos-shortcuts.h"
#include "app/dashboard/mos-week-watch.h"
#include "app/inbox/mos-snooze-time.h"
#include "app/preferences/mos-preferences-dialog.h"
#include "app/widgets/mos-dialog.h"
#include "app/window/mos-window.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-profile-service.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

struct _MosApplication
{
  AdwApplication parent_instance;

  /* Owned */
  char *path;                 /* (nullable): NULL = the sample shop */
  MosProfileService *service; /* (nullable): serves the open profile on the bus */
  MosProfile *profile;        /* (nullable): open */
  GCancellable *opening;      /* (nullable): while it is being opened */
  MosApplicationRun run;      /* (nullable): runs what mostradorctl hands over */

  MosNotices *notices; /* (nullable): of the open profile */
  GPtrArray *waiting;  /* (owned) (element-type Wanted): what notifications asked for before the profile was open */

  gboolean sample;
  gboolean starts_hidden; /* --background: no window at the first activation */
  gboolean stays;         /* started so: runs without a window until it is ended */
  gboolean opens_hidden;  /* held while the profile is opened without a window */
  gboolean is_held;       /* runs on without a window */
  gboolean is_quitting;
};

/* What a notification's button wants of a conversation. */
typedef struct
{
  char *action;
  char *conversation;
} Wanted;

G_DEFINE_FINAL_TYPE (MosApplication, mos_application, ADW_TYPE_APPLICATION)

static MosWindow *
get_window (MosApplication *self)
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

static void
on_autostart_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!mos_background_set_autostart_finish (result, &error))
    g_warning ("Whether Mostrador starts with the session could not be changed: %s", error->message);
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
    update_hold (self);
  else if (g_str_equal (key, "quote-history"))
    update_quote_history (self);
  else if (g_str_equal (key, "start-at-login"))
    mos_background_set_autostart_async (g_application_get_dbus_connection (G_APPLICATION (self)), g_settings_get_boolean (mos_settings_get (), key), NULL, on_autostart_cb, NULL);
}

static void
wanted_free (Wanted *wanted)
{
  g_free (wanted->action);
  g_free (wanted->conversation);
  g_free (wanted);
}

static void
on_wanted_done_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (MosApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    g_warning ("What a notification asked for was not done: %s", error->message);
  g_application_release (G_APPLICATION (self));
}

static void
do_wanted (MosApplication *self,
           Wanted *wanted)
{
  const char *ids[] = { wanted->conversation, NULL };
  MosDesk *desk = mos_profile_get_desk (self->profile);
  gboolean closes = g_str_equal (wanted->action, "close-conversation");
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  mos_notify_withdraw (G_APPLICATION (self), wanted->conversation);
  /* Held until it is written down: there may be no window. */
  g_application_hold (G_APPLICATION (self));
  mos_desk_set_status_async (desk, ids, closes ? MOS_STATUS_CLOSED : MOS_STATUS_SNOOZED, closes ? 0 : mos_snooze_time ("tomorrow", g_get_real_time (), zone, mos_desk_get_calendar (desk)), NULL, on_wanted_done_cb, g_object_ref (self));
}

static void open_profile (MosApplication *self);

/* app.close-conversation, app.snooze-conversation: from a notification, with or without a window, and where the program was not even running. */
static void
wanted_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  MosApplication *self = user_data;
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->action = g_strdup (g_action_get_name (G_ACTION (action)));
  wanted->conversation = g_variant_dup_string (parameter, NULL);
  if (self->profile != NULL)
    {
      do_wanted (self, wanted);
      wanted_free (wanted);
      return;
    }
  g_application_hold (G_APPLICATION (self));
  g_ptr_array_add (self->waiting, wanted);
  open_profile (self);
}

static void
do_waiting (MosApplication *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    {
      if (self->profile != NULL)
        do_wanted (self, self->waiting->pdata[i]);
      g_application_release (G_APPLICATION (self));
    }
  g_ptr_array_set_size (self->waiting, 0);
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
  MosWindow *window = get_window (self);

  g_clear_object (&self->opening);
  if (g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED) && self->path != NULL && reach_running (self, window == NULL))
    {
      /* Opened by a window that has another name on the bus, such as one whose usual folder is another. It is in front now. */
      g_application_quit (G_APPLICATION (self));
      return;
    }
  if (profile == NULL)
    {
      do_waiting (self);
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
  mos_week_watch_follow (G_APPLICATION (self), mos_profile_get_desk (profile));
  update_hold (self);
  do_waiting (self);
  if (self->opens_hidden)
    g_application_release (G_APPLICATION (self));
  self->opens_hidden = FALSE;
  if (window == NULL)
    return;
  mos_window_set_desk (window, mos_profile_get_desk (profile));
}

static void
close_profile (MosApplication *self)
{
  MosWindow *window = get_window (self);

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

static void
open_profile (MosApplication *self)
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
  if (self->is_quitting && MOS_IS_WINDOW (window))
    g_application_quit (G_APPLICATION (self));
}

static void
quit_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  MosApplication *self = user_data;
  MosWindow *window = get_window (self);

  /* Through the window: it saves the draft and lets a message that is on its way arrive. */
  if (window != NULL)
    {
      self->is_quitting = TRUE;
      gtk_window_close (GTK_WINDOW (window));
    }
  else
    g_application_quit (G_APPLICATION (self));
}

/* Asked for over the bus it may be that there is no window yet. */
static GtkWidget *
ensure_window (MosApplication *self)
{
  if (get_window (self) == NULL)
    {
      self->starts_hidden = FALSE;
      g_application_activate (G_APPLICATION (self));
    }
  return GTK_WIDGET (get_window (self));
}

static void
preferences_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  MosApplication *self = user_data;
  GtkWidget *window = ensure_window (self);

  mos_dialog_present (ADW_DIALOG (mos_preferences_dialog_new (self->profile != NULL ? mos_profile_get_desk (self->profile) : NULL)), window);
}

static void
about_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  MosApplication *self = user_data;
  GtkWidget *window = ensure_window (self);

  mos_dialog_present (mos_about_new (self->profile != NULL ? mos_profile_get_desk (self->profile) : NULL), window);
}

static void
retry_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  MosWindow *window = get_window (user_data);

  if (window != NULL)
    mos_window_set_desk (window, NULL);
  open_profile (user_data);
}

static void
open_sample_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  MosApplication *self = user_data;

  close_profile (self);
  self->sample = TRUE;
  open_profile (self);
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
  MosWindow *window = get_window (self);

  mos_restoring_put_in_place_finish (MOS_RESTORE_JOB (source), result, &aside, &keyring, &error);
  self->sample = self->sample && error != NULL;
  /* Whichever it is now. */
  open_profile (self);
  if (window != NULL)
    mos_restoring_tell (GTK_WINDOW (window), error, aside, keyring);
  g_application_release (G_APPLICATION (self));
}

static void
on_restore_decided_cb (MosRestoreJob *job,
                       gpointer user_data)
{
  MosApplication *self = user_data;
  MosWindow *window = get_window (self);
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
  GtkWidget *window = ensure_window (self);
  MosDesk *desk = self->profile != NULL ? mos_profile_get_desk (self->profile) : NULL;

  mos_restoring_choose (GTK_WINDOW (window), self->path, desk != NULL && g_list_model_get_n_items (mos_desk_get_accounts (desk)) == 0, on_restore_decided_cb, G_OBJECT (self));
}

static void
open_conversation_action (GSimpleAction *action,
                          GVariant *parameter,
                          gpointer user_data)
{
  MosApplication *self = user_data;
  MosWindow *window;

  g_application_activate (G_APPLICATION (self));
  window = get_window (self);
  if (window != NULL)
    {
      if (g_str_equal (g_action_get_name (G_ACTION (action)), "who-is"))
        gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.who-is", parameter);
      else if (g_str_equal (g_action_get_name (G_ACTION (action)), "show-view"))
        gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.show-view", parameter);
      else if (g_str_equal (g_action_get_name (G_ACTION (action)), "show-week"))
        gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.week", NULL);
      else if (g_str_equal (g_action_get_name (G_ACTION (action)), "reply-conversation"))
        mos_window_answer (window, g_variant_get_string (parameter, NULL));
      else
        mos_window_show_conversation (window, g_variant_get_string (parameter, NULL));
    }
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = quit_action },
  { .name = "preferences", .activate = preferences_action },
  { .name = "about", .activate = about_action },
  { .name = "retry", .activate = retry_action },
  { .name = "open-sample", .activate = open_sample_action },
  { .name = "restore-backup", .activate = restore_backup_action },
  { .name = "open-conversation", .parameter_type = "s", .activate = open_conversation_action },
  { .name = "reply-conversation", .parameter_type = "s", .activate = open_conversation_action },
  { .name = "show-view", .parameter_type = "s", .activate = open_conversation_action },
  { .name = "who-is", .parameter_type = "s", .activate = open_conversation_action },
  { .name = "show-week", .activate = open_conversation_action },
  { .name = "close-conversation", .parameter_type = "s", .activate = wanted_action },
  { .name = "snooze-conversation", .parameter_type = "s", .activate = wanted_action },
};

/* --- GApplication --- */

/* --background where it runs already: its window is not to be raised. */
static int
hide_behind_running (GApplication *app)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (app, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return g_application_get_is_remote (app) ? 0 : -1;
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
  if (g_str_equal (bus_name, usual_name))
    return self->starts_hidden ? hide_behind_running (app) : -1;
  /* Open already in a window that has the program's own name (its usual folder is another): this one's name would be refused. */
  if (reach_running (self, self->starts_hidden))
    return 0;
  g_application_set_application_id (app, bus_name);
  return self->starts_hidden ? hide_behind_running (app) : -1;
}

static void
on_ready_cb (MosWindow *window)
{
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
  /* A throw-away profile has no place for one. */
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "restore-backup")), self->path != NULL);
  mos_shortcuts_install_app (GTK_APPLICATION (self));
  g_signal_connect (self, "window-removed", G_CALLBACK (on_window_removed_cb), NULL);
  g_signal_connect_object (mos_settings_get (), "changed", G_CALLBACK (on_setting_cb), self, G_CONNECT_SWAPPED);
}

static void
mos_application_activate (GApplication *app)
{
  MosApplication *self = MOS_APPLICATION (app);
  MosWindow *window = get_window (self);

  self->is_quitting = FALSE;
  if (self->starts_hidden)
    {
      self->starts_hidden = FALSE;
      self->opens_hidden = TRUE;
      g_application_hold (app);
      open_profile (self);
      return;
    }
  if (window == NULL)
    {
      window = mos_window_new (GTK_APPLICATION (app));
      g_signal_connect (window, "ready", G_CALLBACK (on_ready_cb), NULL);
      if (self->profile != NULL)
        mos_window_set_desk (window, mos_profile_get_desk (self->profile));
    }
  gtk_window_present (GTK_WINDOW (window));
  open_profile (self);
}

static void
mos_application_shutdown (GApplication *app)
{
  MosApplication *self = MOS_APPLICATION (app);

  close_profile (self);
  G_APPLICATION_CLASS (mos_application_parent_class)->shutdown (app);
}

static void
mos_application_finalize (GObject *object)
{
  MosApplication *self = MOS_APPLICATION (object);

  g_free (self->path);
  g_clear_object (&self->notices);
  g_ptr_array_unref (self->waiting);
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
  app_class->shutdown = mos_application_shutdown;
}

static void
mos_application_init (MosApplication *self)
{
  static const GOptionEntry options[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Open the profile in this folder"), N_ ("DIR") },
    { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample shop in a throw-away profile"), NULL },
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start without a window: accounts stay connected, what is planned happens"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { NULL },
  };

  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) wanted_free);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

MosApplication *
mos_application_new (void)
{
  return g_object_new (MOS_TYPE_APPLICATION,
                       "application-id", MOS_APP_ID,
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
