/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/inbox/mos-held-dialog.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/widgets/mos-dialog.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-desk-due.h"

#include <glib/gi18n.h>

/* What waits for its time: reminders, and what is held because it is late. */

/* --- remind me if no answer --- */

typedef struct
{
  MosWindow *self; /* (owned) */
  char *conversation;
} RemindCall;

static void
on_reminded_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  RemindCall *call = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      if (batch != 0)
        mos_window_offer_undo (call->self, "remind", batch, call->conversation);
    }
  else if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    mos_window_add_toast (call->self, adw_toast_new (_ ("There is no message of yours in it that could be answered")));
  else
    mos_window_report_error (call->self, error);
  g_object_unref (call->self);
  g_free (call->conversation);
  g_free (call);
}

static void
on_time_chosen_cb (MosWindow *self,
                   gint64 due_us,
                   GObject *dialog)
{
  const char *ids[] = { g_object_get_data (dialog, "conversation"), NULL };
  RemindCall *call;

  if (self->desk == NULL)
    return;
  call = g_new0 (RemindCall, 1);
  call->self = g_object_ref (self);
  call->conversation = g_strdup (ids[0]);
  mos_desk_remind_async (self->desk, ids, due_us, self->cancellable, on_reminded_cb, call);
}

void
mos_window_remind (GtkWidget *widget,
                   const char *name,
                   GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosSnoozeDialog *dialog;

  if (self->conversation == NULL || self->desk == NULL)
    return;
  dialog = mos_snooze_dialog_new_for (_ ("Remind Me If No Answer By"), _ ("_Remind"));
  mos_snooze_dialog_set_calendar (dialog, mos_desk_get_calendar (self->desk));
  g_object_set_data_full (G_OBJECT (dialog), "conversation", g_strdup (mos_conversation_get_id (self->conversation)), g_free);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_time_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}

/* --- what is held --- */

void
mos_window_show_held (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);

  if (self->desk != NULL)
    mos_dialog_present (ADW_DIALOG (mos_held_dialog_new (self->desk)), widget);
}

static void
on_held_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GPtrArray) items = mos_desk_load_held_finish (MOS_DESK (source), result, NULL);
  g_autofree char *title = NULL;

  if (items == NULL || self->desk != MOS_DESK (source))
    return;
  if (items->len > 0)
    {
      title = g_strdup_printf (ngettext ("%u planned action waits for your decision", "%u planned actions wait for your decision", items->len), items->len);
      adw_banner_set_title (self->held_banner, title);
    }
  adw_banner_set_revealed (self->held_banner, items->len > 0);
}

static void
load_held (MosWindow *self)
{
  if (self->desk != NULL)
    mos_desk_load_held_async (self->desk, self->cancellable, on_held_cb, g_object_ref (self));
}

void
mos_window_watch_held (MosWindow *self)
{
  adw_banner_set_revealed (self->held_banner, FALSE);
  if (self->desk == NULL)
    return;
  g_signal_connect_object (self->desk, "held-changed", G_CALLBACK (load_held), self, G_CONNECT_SWAPPED);
  load_held (self);
}

/* --- answering from a notification --- */

static gboolean
begin_answer_cb (gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;

  if (self->desk != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "conversation.reply", NULL);
  return G_SOURCE_REMOVE;
}

void
mos_window_begin_answer (MosWindow *self)
{
  if (self->answer == NULL || self->conversation == NULL || !g_str_equal (self->answer, mos_conversation_get_id (self->conversation)))
    return;
  g_clear_pointer (&self->answer, g_free);
  g_idle_add (begin_answer_cb, g_object_ref (self));
}

void
mos_window_answer (MosWindow *self,
                   const char *id)
{
  g_return_if_fail (MOS_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  g_set_str (&self->answer, id);
  mos_window_show_conversation (self, id);
  mos_window_update_conversation_actions (self);
}
