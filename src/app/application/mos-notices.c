/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-notices.h"

#include "app/application/mos-background.h"
#include "app/application/mos-notify.h"
#include "app/application/mos-settings.h"
#include "app/window/mos-window.h"
#include "core/desk/mos-desk-views.h"
#include "core/desk/mos-survey-answer.h"
#include "core/desk/mos-survey-ask.h"

struct _MosNotices
{
  GObject parent_instance;

  /* Borrowed: it outlives its notices */
  GtkApplication *app;

  /* Owned */
  MosDesk *desk;
  GHashTable *told; /* id -> Told: those with a notification */
};

G_DEFINE_FINAL_TYPE (MosNotices, mos_notices, G_TYPE_OBJECT)

/* What a notification was about. */
typedef struct
{
  MosConversation *conversation;
  MosStatus status;
  gboolean was_unread;
  gulong handler;
} Told;

static void
told_free (gpointer data)
{
  Told *told = data;

  g_signal_handler_disconnect (told->conversation, told->handler);
  g_object_unref (told->conversation);
  g_free (told);
}

static void
on_told_row_cb (MosNotices *self,
                GParamSpec *pspec,
                MosConversation *conversation)
{
  MosConversationRow *row = mos_conversation_get_row (conversation);
  Told *told = row != NULL ? g_hash_table_lookup (self->told, row->id) : NULL;

  /* Read or dealt with, here or on another device: nothing more to be told of it. */
  if (told == NULL || (row->status == told->status && row->deleted_us == 0 && (row->unread > 0 || !told->was_unread)))
    return;
  mos_notify_withdraw (G_APPLICATION (self->app), row->id);
  g_hash_table_remove (self->told, row->id);
}

/* @row: as it was told of; what the object has may be older until it has read it, so only what comes after that counts. */
static void
remember_told (MosNotices *self,
               MosConversationRow *row)
{
  Told *told = g_new0 (Told, 1);

  told->conversation = mos_desk_ref_conversation (self->desk, row->id);
  /* What is answered to a question, and who is unhappy, is told of what is closed. */
  told->status = row->status;
  told->was_unread = row->unread > 0;
  told->handler = g_signal_connect_object (told->conversation, "notify::row", G_CALLBACK (on_told_row_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_replace (self->told, g_strdup (row->id), told);
}

static gboolean
is_being_looked_at (MosNotices *self)
{
  for (GList *l = gtk_application_get_windows (self->app); l != NULL; l = l->next)
    if (MOS_IS_WINDOW (l->data) && gtk_window_is_active (l->data))
      return TRUE;
  return FALSE;
}

/* Whether nothing is told of @account now. */
static gboolean
is_quiet (MosNotices *self,
          const char *account)
{
  return mos_settings_is_silent (account) || mos_background_is_quiet_now (mos_desk_get_calendar (self->desk));
}

static void
on_arrived_cb (MosNotices *self,
               MosConversationRow *row,
               MosMessageRow *message)
{
  GSettings *settings = mos_settings_get ();

  if (is_being_looked_at (self) || !g_settings_get_boolean (settings, "notify-arrived") || is_quiet (self, row->account))
    return;
  if (row->status == MOS_STATUS_SPAM || row->deleted_us != 0)
    return;
  mos_notify_arrived (G_APPLICATION (self->app), row, message, g_settings_get_boolean (settings, "notify-text"));
  remember_told (self, row);
}

/* A snooze or a wait for an answer ended by its time. */
static void
on_came_cb (MosNotices *self,
            MosDueRow *due,
            MosConversationRow *row)
{
  GSettings *settings = mos_settings_get ();

  if (is_being_looked_at (self) || !g_settings_get_boolean (settings, "notify-arrived") || is_quiet (self, row->account))
    return;
  /* A question to a customer is no work, whatever became of it. */
  if (g_str_equal (due->kind, MOS_SURVEY_DUE_KIND))
    return;
  /* Somebody was quicker; but who is unhappy waits in what is closed. */
  if ((row->status != MOS_STATUS_OPEN && !g_str_equal (due->kind, MOS_RESCUE_DUE_KIND)) || row->deleted_us != 0)
    return;
  mos_notify_came_back (G_APPLICATION (self->app), row, due->kind, g_settings_get_boolean (settings, "notify-text"));
  remember_told (self, row);
}

/* Those of @rows that are mine or nobody's, and may be told of now. Returns: (transfer container) */
static GPtrArray *
mine_of (MosNotices *self,
         GPtrArray *rows)
{
  MosAgent *me = mos_desk_get_agent (self->desk);
  GPtrArray *mine = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      MosConversationRow *row = rows->pdata[i];

      if ((row->assignee == NULL || (me != NULL && g_str_equal (row->assignee, me->id))) && !is_quiet (self, row->account))
        g_ptr_array_add (mine, row);
    }
  return mine;
}

/* Something is nearly due; or it was, and is overdue, while nothing ran. */
static void
on_targets_told_cb (MosNotices *self,
                    GPtrArray *nearly,
                    GPtrArray *late)
{
  GSettings *settings = mos_settings_get ();
  g_autoptr (GPtrArray) my_nearly = NULL;
  g_autoptr (GPtrArray) my_late = NULL;

  if (is_being_looked_at (self) || !g_settings_get_boolean (settings, "notify-due"))
    return;
  my_nearly = mine_of (self, nearly);
  my_late = mine_of (self, late);
  if (my_nearly->len + my_late->len == 1)
    {
      MosConversationRow *row = my_nearly->len > 0 ? my_nearly->pdata[0] : my_late->pdata[0];

      mos_notify_due (G_APPLICATION (self->app), row, g_settings_get_boolean (settings, "notify-text"));
      remember_told (self, row);
    }
  else if (my_nearly->len + my_late->len > 1)
    mos_notify_many_due (G_APPLICATION (self->app), my_nearly->len, my_late->len);
}

static void
on_send_failed_cb (MosNotices *self,
                   MosOutboxItem *item)
{
  /* What did not leave is told at any hour and of any account: somebody waits for it. */
  if (g_settings_get_boolean (mos_settings_get (), "notify-failed"))
    mos_notify_failed (G_APPLICATION (self->app), item);
}

/* Nobody looks at the preferences each day. */
static void
on_backup_failed_cb (MosNotices *self,
                     MosJob *job)
{
  g_autoptr (GError) error = mos_job_dup_error (job);

  if (!is_being_looked_at (self))
    mos_notify_backup_failed (G_APPLICATION (self->app), error);
}

static void
mos_notices_finalize (GObject *object)
{
  MosNotices *self = MOS_NOTICES (object);

  g_hash_table_unref (self->told);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_notices_parent_class)->finalize (object);
}

static void
mos_notices_class_init (MosNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_notices_finalize;
}

static void
mos_notices_init (MosNotices *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, told_free);
}

MosNotices *
mos_notices_new (GtkApplication *app,
                 MosDesk *desk)
{
  MosNotices *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (app), NULL);
  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  self = g_object_new (MOS_TYPE_NOTICES, NULL);
  self->app = app;
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "arrived", G_CALLBACK (on_arrived_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "came", G_CALLBACK (on_came_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "targets-told", G_CALLBACK (on_targets_told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "send-failed", G_CALLBACK (on_send_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "backup-failed", G_CALLBACK (on_backup_failed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
