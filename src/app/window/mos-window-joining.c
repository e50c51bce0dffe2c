/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/inbox/mos-split-dialog.h"
#include "app/inbox/mos-target-dialog.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* Merge, move and split: what is asked before, and what is shown afterwards. */

typedef struct
{
  MosWindow *self; /* (owned) */
  const char *nick;
  char *from;     /* conversation it was in */
  char *to;       /* (nullable): conversation to show afterwards */
  GStrv messages; /* (nullable): what is moved; %NULL = the whole conversation */
} JoinCall;

static JoinCall *
join_call_new (MosWindow *self,
               const char *nick,
               const char *const *messages)
{
  JoinCall *call = g_new0 (JoinCall, 1);

  call->self = g_object_ref (self);
  call->nick = nick;
  call->from = g_strdup (mos_conversation_get_id (self->conversation));
  call->messages = g_strdupv ((char **) messages);
  return call;
}

/* What a dialog holds goes with the dialog, whether it was answered or not; what is done has a call of its own. */
static JoinCall *
join_call_copy (JoinCall *call)
{
  JoinCall *copy = g_new0 (JoinCall, 1);

  copy->self = g_object_ref (call->self);
  copy->nick = call->nick;
  copy->from = g_strdup (call->from);
  copy->to = g_strdup (call->to);
  copy->messages = g_strdupv (call->messages);
  return copy;
}

static void
join_call_free (JoinCall *call)
{
  g_object_unref (call->self);
  g_free (call->from);
  g_free (call->to);
  g_strfreev (call->messages);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JoinCall, join_call_free)

static void
finish (JoinCall *call,
        gint64 batch,
        GError *error)
{
  if (error != NULL)
    {
      mos_window_report_error (call->self, error);
      return;
    }
  if (call->to != NULL && call->self->run == NULL)
    mos_window_show_conversation (call->self, call->to);
  if (batch != 0)
    mos_window_offer_undo (call->self, call->nick, batch, call->from);
}

static void
on_joined_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (JoinCall) call = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  mos_desk_action_finish (MOS_DESK (source), result, &batch, &error);
  finish (call, batch, error);
}

static void
on_split_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (JoinCall) call = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  call->to = mos_desk_split_finish (MOS_DESK (source), result, &batch, &error);
  finish (call, batch, error);
}

/* @call: (transfer full) */
static void
join (JoinCall *call)
{
  MosDesk *desk = call->self->desk;
  const char *ids[] = { call->from, NULL };

  if (desk == NULL)
    {
      join_call_free (call);
      return;
    }
  if (call->messages != NULL)
    mos_desk_move_async (desk, (const char *const *) call->messages, call->to, NULL, on_joined_cb, call);
  else
    mos_desk_merge_async (desk, ids, call->to, NULL, on_joined_cb, call);
}

static void
split (MosWindow *self,
       const char *const *messages)
{
  mos_desk_split_async (self->desk, messages, NULL, on_split_cb, join_call_new (self, "split", messages));
}

static void
on_persons_answered_cb (AdwAlertDialog *dialog,
                        const char *response,
                        gpointer user_data)
{
  if (g_str_equal (response, "merge"))
    join (join_call_copy (user_data));
}

/* Two persons' conversations become one: it is done, but not by a slip. @call: (transfer full) */
static void
ask_about_persons (JoinCall *call,
                   MosConversationRow *target)
{
  MosConversationRow *source = mos_conversation_get_row (call->self->conversation);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("These Are Two Customers"), NULL);
  g_autofree char *mine = mos_text_isolate (mos_conversation_who_text (source));
  g_autofree char *theirs = mos_text_isolate (mos_conversation_who_text (target));

  /* Translators: two customers; the conversation of the first becomes part of the second's. */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("This conversation is with %1$s, the other one with %2$s. It stays %2$s’s; %1$s takes part, and gets no copy of an answer unless you add one."), mine, theirs);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "merge", _ ("_Merge"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "merge", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_persons_answered_cb), call, (GClosureNotify) (GCallback) join_call_free, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, GTK_WIDGET (call->self));
}

static void
on_target_chosen_cb (MosTargetDialog *dialog,
                     MosConversationRow *target,
                     gpointer user_data)
{
  JoinCall *call = user_data;
  JoinCall *mine = join_call_copy (call);
  MosConversationRow *source = call->self->conversation != NULL ? mos_conversation_get_row (call->self->conversation) : NULL;

  g_set_str (&mine->to, target->id);
  if (mine->messages == NULL && source != NULL && source->customer != NULL && target->customer != NULL && !g_str_equal (source->customer, target->customer))
    ask_about_persons (mine, target);
  else
    join (mine);
}

/* @messages: (nullable): %NULL = all */
static void
choose_target (MosWindow *self,
               const char *const *messages)
{
  JoinCall *call = join_call_new (self, messages != NULL ? "move" : "merge", messages);
  const char *title = messages == NULL ? _ ("Merge Into…") : _ ("Move to…");
  AdwDialog *dialog = ADW_DIALOG (mos_target_dialog_new (self->desk, call->from, title));

  g_signal_connect_data (dialog, "chosen", G_CALLBACK (on_target_chosen_cb), call, (GClosureNotify) (GCallback) join_call_free, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_messages_chosen_cb (MosWindow *self,
                       const char *const *messages,
                       gboolean as_new,
                       MosSplitDialog *dialog)
{
  if (self->conversation == NULL || self->desk == NULL)
    return;
  if (as_new)
    split (self, messages);
  else
    choose_target (self, messages);
}

/* The message that an action names, else the one where the keyboard is, else the newest. */
static char *
dup_message (MosWindow *self,
             GVariant *parameter)
{
  return parameter != NULL ? g_variant_dup_string (parameter, NULL) : mos_conversation_view_dup_focused (self->view);
}

void
mos_window_merge (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  if (MOS_WINDOW (widget)->n_chosen > 0)
    mos_window_merge_chosen (MOS_WINDOW (widget));
  else
    choose_target (MOS_WINDOW (widget), NULL);
}

void
mos_window_move_message (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_autofree char *message = dup_message (self, parameter);
  const char *messages[] = { message, NULL };

  if (message != NULL)
    choose_target (self, messages);
}

void
mos_window_split_message (GtkWidget *widget,
                          const char *name,
                          GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_autofree char *message = dup_message (self, parameter);
  const char *messages[] = { message, NULL };

  if (message != NULL)
    split (self, messages);
}

void
mos_window_choose_messages (GtkWidget *widget,
                            const char *name,
                            GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_autofree char *message = dup_message (self, parameter);
  g_autoptr (GPtrArray) messages = mos_conversation_view_list_messages (self->view);
  AdwDialog *dialog;

  if (message == NULL || messages->len == 0)
    return;
  dialog = ADW_DIALOG (mos_split_dialog_new (messages, message, mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)))));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_messages_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}

void
mos_window_open_other (GtkWidget *widget,
                       const char *name,
                       GVariant *parameter)
{
  mos_window_show_conversation (MOS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}
