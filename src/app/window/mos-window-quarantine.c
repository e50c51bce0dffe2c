/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* What is decided about a sender, and deleting for good. */

void
mos_window_sender_action (GtkWidget *widget,
                          const char *name,
                          GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);

  if (g_str_equal (name, "conversation.allow-sender"))
    {
      mos_window_act (self, "allow-sender", mos_desk_allow_senders_async);
      return;
    }
  mos_window_act (self, "block-sender", mos_desk_block_senders_async);
  mos_window_leave_conversation (self);
}

typedef struct
{
  MosWindow *self;    /* (owned) */
  char *conversation; /* (owned) */
  char *next;         /* (owned) (nullable): what is shown when it is gone, chosen while the list is as the person sees it */
} EraseCall;

static void
erase_call_free (EraseCall *call)
{
  g_object_unref (call->self);
  g_free (call->conversation);
  g_free (call->next);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EraseCall, erase_call_free)

/* Refused, it stays where the person looks at it. */
static void
on_erased_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (EraseCall) call = user_data;
  MosWindow *self = call->self;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    {
      mos_window_report_error (self, error);
      return;
    }
  if (self->pane != NULL && self->conversation != NULL && g_str_equal (mos_conversation_get_id (self->conversation), call->conversation))
    mos_conversation_pane_select (self->pane, call->next);
  mos_window_add_toast (self, adw_toast_new (_ ("Deleted for good")));
}

static void
on_answered_cb (AdwAlertDialog *dialog,
                const char *response,
                gpointer user_data)
{
  MosWindow *self = user_data;
  const char *ids[] = { g_object_get_data (G_OBJECT (dialog), "conversation"), NULL };
  EraseCall *call;

  if (!g_str_equal (response, "erase") || self->desk == NULL)
    return;
  call = g_new0 (EraseCall, 1);
  call->self = g_object_ref (self);
  call->conversation = g_strdup (ids[0]);
  call->next = mos_conversation_pane_get_neighbour (self->pane, 1);
  if (call->next == NULL)
    call->next = mos_conversation_pane_get_neighbour (self->pane, -1);
  mos_desk_erase_async (self->desk, ids, NULL, on_erased_cb, call);
}

void
mos_window_erase_action (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosConversationRow *row = mos_conversation_get_row (self->conversation);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Delete for Good?"), NULL);
  g_autofree char *subject = mos_text_isolate (*row->subject != '\0' ? row->subject : _ ("No subject"));
  g_autofree char *body = NULL;
  g_autofree char *directed = NULL;

  /* Translators: %s is the subject of a conversation. */
  body = g_strdup_printf (_ ("“%s”, its messages and attachments are taken out of this profile, and nothing brings them back: there is no undo. What lies on the mail server stays there, and is not fetched again."), subject);
  directed = mos_text_in_ui_direction (body);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), directed);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "erase", _ ("_Delete for Good"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "erase", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "conversation", g_strdup (row->id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answered_cb), self, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, widget);
}
