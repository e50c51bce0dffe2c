/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-application-private.h"

#include "app/application/mos-notify.h"
#include "app/inbox/mos-snooze-time.h"

/* What the desktop asks for, with or without a window, and where the program was not even running. */

/* What a notification's button wants of a conversation. */
typedef struct
{
  char *action;
  char *conversation;
} Wanted;

/* --- buttons of notifications --- */

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

/* app.close-conversation, app.snooze-conversation: from a notification, with or without a window, and where the program was not even running. */
static void
wanted_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  MosApplication *self = user_data;
  Wanted *wanted;

  if (mos_application_defer_action (self, action, parameter))
    return;
  wanted = g_new0 (Wanted, 1);
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
  mos_application_open_profile (self);
}

void
mos_application_do_waiting (MosApplication *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    {
      if (self->profile != NULL)
        do_wanted (self, self->waiting->pdata[i]);
      g_application_release (G_APPLICATION (self));
    }
  g_ptr_array_set_size (self->waiting, 0);
}

static void
open_conversation_action (GSimpleAction *action,
                          GVariant *parameter,
                          gpointer user_data)
{
  static const struct
  {
    const char *name, *does;
  } those[] = {
    { "open-conversation", "win.open-conversation" },
    { "show-view", "win.show-view" },
    { "who-is", "win.who-is" },
    { "show-week", "win.week" },
    { "new-message", "win.new-message" },
  };
  MosApplication *self = user_data;
  MosWindow *window;

  if (mos_application_defer_action (self, action, parameter))
    return;
  self->starts_hidden = FALSE;
  g_application_activate (G_APPLICATION (self));
  window = mos_application_find_window (self);
  if (window == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (those); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), those[i].name))
      {
        mos_window_do (window, those[i].does, parameter);
        return;
      }
  mos_window_answer (window, g_variant_get_string (parameter, NULL));
}

static const GActionEntry actions[] = {
  { .name = "open-conversation", .parameter_type = "s", .activate = open_conversation_action },
  { .name = "reply-conversation", .parameter_type = "s", .activate = open_conversation_action },
  { .name = "show-view", .parameter_type = "s", .activate = open_conversation_action },
  { .name = "who-is", .parameter_type = "s", .activate = open_conversation_action },
  { .name = "show-week", .activate = open_conversation_action },
  { .name = "new-message", .activate = open_conversation_action },
  { .name = "close-conversation", .parameter_type = "s", .activate = wanted_action },
  { .name = "snooze-conversation", .parameter_type = "s", .activate = wanted_action },
};

void
mos_application_init_asked (MosApplication *self)
{
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) wanted_free);
}

void
mos_application_install_asked (MosApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/* --- its search --- */

static MosWindow *
present_window (MosApplication *self)
{
  MosWindow *window = mos_application_ensure_window (self);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
on_search_chosen_cb (MosApplication *self,
                     MosPaletteItem *item,
                     gboolean is_answer,
                     const char *token)
{
  const gboolean answers = item != NULL && is_answer && g_variant_is_of_type (item->target, G_VARIANT_TYPE_STRING);
  MosWindow *window;

  if (item != NULL && mos_application_defer (self, answers ? "app.reply-conversation" : item->action, item->target))
    return;
  if (mos_application_activate_locked (self))
    return;
  window = mos_application_ensure_window (self);
  /* With it a compositor believes that somebody asked for the window. */
  if (token != NULL && *token != '\0')
    gtk_window_set_startup_id (GTK_WINDOW (window), token);
  gtk_window_present (GTK_WINDOW (window));
  if (item == NULL)
    return;
  if (answers)
    mos_window_answer (window, g_variant_get_string (item->target, NULL));
  else
    mos_window_do (window, item->action, item->target);
}

static void
on_search_more_cb (MosApplication *self,
                   const char *text)
{
  GVariant *target = g_variant_new_string (text);

  if (!mos_application_defer (self, "win.search-for", target))
    mos_window_do (present_window (self), "win.search-for", target);
}

gboolean
mos_application_answer_searches (MosApplication *self,
                                 GDBusConnection *connection,
                                 const char *object_path,
                                 GError **error)
{
  /* The sample shop has no name on the bus that anybody could ask. */
  if (self->path == NULL)
    return TRUE;
  self->search = mos_search_service_new (G_APPLICATION (self), connection, object_path, self->path, error);
  if (self->search == NULL)
    return FALSE;
  g_signal_connect_object (self->search, "chosen", G_CALLBACK (on_search_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "more", G_CALLBACK (on_search_more_cb), self, G_CONNECT_SWAPPED);
  return TRUE;
}

/* --- links --- */

void
mos_application_open_link (MosApplication *self,
                           const char *link)
{
  GVariant *target = g_variant_new_string (link);

  if (!mos_application_defer (self, "win.write-mail", target))
    mos_window_do (present_window (self), "win.write-mail", target);
}
