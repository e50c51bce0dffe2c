/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/customer/mos-call-dialog.h"
#include "app/inbox/mos-call-backs-dialog.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

/* Telephone calls: noted by hand, and who is to be called back. */

static void
on_noted_cb (MosWindow *self,
             gint64 batch,
             const char *conversation)
{
  mos_window_offer_undo (self, MOS_CALL_LABEL, batch, conversation);
}

static void
note_call (MosWindow *self,
           MosConversationRow *row,
           const char *customer)
{
  AdwDialog *dialog = mos_call_dialog_new (self->desk, row, customer);

  g_signal_connect_object (dialog, "noted", G_CALLBACK (on_noted_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

void
mos_window_note_call (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;

  if (row != NULL && self->desk != NULL)
    note_call (self, row, NULL);
}

void
mos_window_note_call_of (MosWindow *self,
                         const char *customer)
{
  if (self->desk != NULL)
    note_call (self, NULL, customer);
}

/* --- to be called back --- */

typedef struct
{
  MosWindow *self; /* (owned) */
  char *conversation;
} BackCall;

static void
on_back_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  BackCall *call = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_window_offer_undo (call->self, MOS_CALL_BACK_LABEL, batch, call->conversation);
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
  BackCall *call;

  if (self->desk == NULL)
    return;
  call = g_new0 (BackCall, 1);
  call->self = g_object_ref (self);
  call->conversation = g_strdup (g_object_get_data (dialog, "conversation"));
  mos_desk_call_back_async (self->desk, call->conversation, due_us, self->cancellable, on_back_cb, call);
}

void
mos_window_call_back (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosSnoozeDialog *dialog;

  if (self->conversation == NULL || self->desk == NULL)
    return;
  dialog = mos_snooze_dialog_new_for (_ ("Call Back At"), _ ("_Set"));
  mos_snooze_dialog_set_calendar (dialog, mos_desk_get_calendar (self->desk));
  g_object_set_data_full (G_OBJECT (dialog), "conversation", g_strdup (mos_conversation_get_id (self->conversation)), g_free);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_time_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
on_open_cb (MosWindow *self,
            const char *conversation)
{
  mos_window_show_conversation (self, conversation);
}

void
mos_window_show_call_backs (GtkWidget *widget,
                            const char *name,
                            GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosCallBacksDialog *dialog;

  if (self->desk == NULL)
    return;
  dialog = mos_call_backs_dialog_new (self->desk);
  g_signal_connect_object (dialog, "open-conversation", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}
