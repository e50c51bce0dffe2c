/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/application/mos-settings.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include "core/base/mos-error.h"

#include <glib/gi18n.h>

/* What was sent a moment ago, or is to be sent later: it is said, and can be taken back. */

/* --- Taken back --- */

typedef struct
{
  MosWindow *self; /* (owned) */
  char *conversation;
} SendCall;

static void
send_call_free (SendCall *call)
{
  g_object_unref (call->self);
  g_free (call->conversation);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SendCall, send_call_free)

void
mos_window_begin_editing (MosWindow *self)
{
  if (self->edited == NULL || self->conversation == NULL || !g_str_equal (self->edited, mos_conversation_get_id (self->conversation)))
    return;
  g_clear_pointer (&self->edited, g_free);
  mos_conversation_view_edit_draft (self->view);
}

static void
on_taken_back_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (SendCall) call = user_data;
  MosWindow *self = call->self;
  g_autoptr (GError) error = NULL;

  if (self->view == NULL)
    return;
  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    {
      g_info ("Not taken back: %s", error->message);
      if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND) || g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT))
        mos_window_add_toast (self, adw_toast_new (_ ("It has left already and cannot be taken back")));
      else
        mos_window_report_error (self, error);
      return;
    }
  g_set_str (&self->edited, call->conversation);
  if (!mos_window_triage_undone (self, call->conversation))
    mos_window_show_conversation (self, call->conversation);
  /* It may be the one that is shown all the time. */
  mos_window_begin_editing (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->view), _ ("The message is a draft again"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
take_back (MosWindow *self,
           const char *message,
           const char *conversation)
{
  SendCall *call;

  if (self->desk == NULL)
    return;
  call = g_new0 (SendCall, 1);
  call->self = g_object_ref (self);
  call->conversation = g_strdup (conversation);
  mos_desk_cancel_send_async (self->desk, message, NULL, on_taken_back_cb, call);
}

/* The toast of one that is to be sent later. */
void
mos_window_undo_send (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  const char *message, *conversation;

  g_clear_pointer (&MOS_WINDOW (widget)->later, g_variant_unref);
  g_variant_get (parameter, "(&s&s)", &message, &conversation);
  take_back (MOS_WINDOW (widget), message, conversation);
}

gboolean
mos_window_undo_sending (MosWindow *self)
{
  /* Only where it was the last thing that was done. */
  if (self->sent_last && self->later != NULL)
    {
      g_autoptr (GVariant) later = g_steal_pointer (&self->later);
      const char *message, *conversation;

      self->sent_last = FALSE;
      g_variant_get (later, "(&s&s)", &message, &conversation);
      take_back (self, message, conversation);
      return TRUE;
    }
  return self->sent_last && mos_send_bar_undo (self->send_bar);
}

/* --- Now --- */

static void
on_send_now_cb (MosWindow *self,
                const char *message,
                const char *conversation)
{
  if (self->desk != NULL)
    mos_desk_send_now_async (self->desk, message, NULL, mos_window_on_acted_cb, g_object_ref (self));
}

void
mos_window_init_sending (MosWindow *self)
{
  g_signal_connect_object (self->send_bar, "undo", G_CALLBACK (take_back), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->send_bar, "send-now", G_CALLBACK (on_send_now_cb), self, G_CONNECT_SWAPPED);
}

/* --- It was sent --- */

static void
say_later (MosWindow *self,
           const MosSentMessage *sent)
{
  gint64 now_us = mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
  g_autofree char *when = mos_time_text_relative (sent->at_us, now_us, NULL);
  g_autofree char *isolated = mos_text_isolate (when);
  /* Translators: %s is a time such as "14:05" or "Tomorrow, 09:00". */
  g_autofree char *title = g_strdup_printf (_ ("Sends at: %s"), isolated);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-send");
  adw_toast_set_action_target (toast, "(ss)", sent->message, sent->conversation);
  mos_window_add_toast (self, toast);
}

void
mos_window_on_sent (MosWindow *self,
                    const MosSentMessage *sent)
{
  gboolean closed = sent->then == MOS_STATUS_CLOSED;
  gboolean shown = self->conversation != NULL && g_str_equal (mos_conversation_get_id (self->conversation), sent->conversation);
  g_autofree char *next = NULL;

  self->sent_last = TRUE;
  g_clear_pointer (&self->later, g_variant_unref);
  if (sent->at_us != 0)
    self->later = g_variant_ref_sink (g_variant_new ("(ss)", sent->message, sent->conversation));
  if (sent->undo_s > 0)
    mos_send_bar_add (self->send_bar, sent->message, sent->conversation, sent->subject, sent->undo_s);
  /* The first message to somebody: its conversation is new, and the list may learn of it only now. */
  if (!shown)
    mos_window_show_conversation (self, sent->conversation);
  if (sent->at_us != 0)
    say_later (self, sent);
  else if (sent->undo_s == 0)
    mos_window_add_toast (self, adw_toast_new (closed ? _ ("Sending, and closed") : _ ("Sending")));
  if (!shown)
    return;
  if (self->run != NULL)
    {
      mos_window_triage_note (self, "send", 0, sent->conversation);
      return;
    }
  if (!closed || !g_settings_get_boolean (mos_settings_get (), "next-after-close"))
    return;
  next = mos_conversation_pane_get_neighbour (self->pane, 1);
  if (next != NULL)
    mos_conversation_pane_select (self->pane, next);
}
