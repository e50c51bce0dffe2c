/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/application/mos-settings.h"
#include "app/inbox/mos-assign-dialog.h"
#include "app/inbox/mos-language-dialog.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/inbox/mos-snooze-time.h"
#include "app/inbox/mos-tag-dialog.h"
#include "app/inbox/mos-view-text.h"

#include <glib/gi18n.h>

/* What is done to the conversation that is shown: conversation.* */

/* --- one batch: act, say so, offer the undo --- */

typedef struct
{
  MosWindow *self; /* (owned) */
  const char *nick;
  char *conversation;
} ActionCall;

static ActionCall *
action_call_new (MosWindow *self,
                 const char *nick)
{
  ActionCall *call = g_new0 (ActionCall, 1);

  call->self = g_object_ref (self);
  call->nick = nick;
  call->conversation = g_strdup (mos_conversation_get_id (self->conversation));
  return call;
}

static void
action_call_free (ActionCall *call)
{
  g_object_unref (call->self);
  g_free (call->conversation);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ActionCall, action_call_free)

void
mos_window_offer_undo (MosWindow *self,
                       const char *nick,
                       gint64 batch,
                       const char *conversation)
{
  g_autofree char *title = mos_action_text_done (nick, 1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-batch");
  adw_toast_set_action_target (toast, "x", batch);
  g_set_weak_pointer (&self->toast, toast);
  g_set_str (&self->last_acted, conversation);
  mos_window_add_toast (self, toast);
}

static void
on_done_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (ActionCall) call = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_window_report_error (call->self, error);
  else if (batch != 0)
    mos_window_offer_undo (call->self, call->nick, batch, call->conversation);
}

void
mos_window_act (MosWindow *self,
                const char *nick,
                MosWindowAct act)
{
  const char *ids[] = { NULL, NULL };

  if (self->conversation == NULL)
    return;
  ids[0] = mos_conversation_get_id (self->conversation);
  act (self->desk, ids, self->cancellable, on_done_cb, action_call_new (self, nick));
}

static void
set_status (MosWindow *self,
            const char *nick,
            MosStatus status,
            gint64 until_us)
{
  const char *ids[] = { NULL, NULL };

  if (self->conversation == NULL)
    return;
  ids[0] = mos_conversation_get_id (self->conversation);
  mos_desk_set_status_async (self->desk, ids, status, until_us, self->cancellable, on_done_cb, action_call_new (self, nick));
}

/* The next one is chosen before the status changes: the list is still as the person sees it. */
void
mos_window_leave_conversation (MosWindow *self)
{
  g_autofree char *next = mos_conversation_pane_get_neighbour (self->pane, 1);

  if (next == NULL)
    next = mos_conversation_pane_get_neighbour (self->pane, -1);
  mos_conversation_pane_select (self->pane, next);
}

/* --- conversation.* --- */

static void
close_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  gboolean next = g_str_equal (name, "conversation.close-and-next") || g_settings_get_boolean (mos_settings_get (), "next-after-close");

  set_status (self, "close", MOS_STATUS_CLOSED, 0);
  if (next)
    mos_window_leave_conversation (self);
}

static void
reopen_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  set_status (MOS_WINDOW (widget), "reopen", MOS_STATUS_OPEN, 0);
}

static void
pending_action (GtkWidget *widget,
                const char *name,
                GVariant *parameter)
{
  set_status (MOS_WINDOW (widget), "pending", MOS_STATUS_PENDING, 0);
}

static void
spam_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  const char *ids[] = { NULL, NULL };

  if (self->conversation == NULL)
    return;
  ids[0] = mos_conversation_get_id (self->conversation);
  if (g_str_equal (name, "conversation.not-spam"))
    mos_desk_mark_not_spam_async (self->desk, ids, self->cancellable, on_done_cb, action_call_new (self, "not-spam"));
  else
    mos_desk_mark_spam_async (self->desk, ids, g_str_equal (name, "conversation.spam-and-block"), self->cancellable, on_done_cb, action_call_new (self, "spam"));
}

static void
print_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  mos_conversation_view_print (MOS_WINDOW (widget)->view, g_str_equal (name, "conversation.save-pdf"));
}

static void
snooze_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 until_us = mos_snooze_time (g_variant_get_string (parameter, NULL), g_get_real_time (), zone);

  set_status (self, "snooze", MOS_STATUS_SNOOZED, until_us);
}

static void
on_snooze_chosen_cb (MosWindow *self,
                     gint64 until_us)
{
  set_status (self, "snooze", MOS_STATUS_SNOOZED, until_us);
}

static void
snooze_dialog_action (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  AdwDialog *dialog = ADW_DIALOG (mos_snooze_dialog_new ());

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_snooze_chosen_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
assign_to (MosWindow *self,
           const char *agent)
{
  const char *ids[] = { NULL, NULL };

  if (self->conversation == NULL)
    return;
  ids[0] = mos_conversation_get_id (self->conversation);
  if (agent != NULL && *agent == '\0')
    agent = NULL;
  mos_desk_assign_async (self->desk, ids, agent, self->cancellable, on_done_cb, action_call_new (self, agent != NULL ? "assign" : "unassign"));
}

static void
assign_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  assign_to (MOS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
assign_to_me_action (GtkWidget *widget,
                     const char *name,
                     GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  GPtrArray *agents = mos_desk_get_agents (self->desk);

  for (guint i = 0; i < agents->len; i++)
    {
      MosAgent *agent = g_ptr_array_index (agents, i);

      if (agent->is_me)
        {
          assign_to (self, agent->id);
          return;
        }
    }
}

static void
unassign_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  assign_to (MOS_WINDOW (widget), NULL);
}

static void
on_agent_chosen_cb (MosWindow *self,
                    const char *agent)
{
  assign_to (self, agent);
}

static void
assign_dialog_action (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *dialog = ADW_DIALOG (mos_assign_dialog_new (self->desk, self->conversation));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_agent_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
priority_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  const char *ids[] = { mos_conversation_get_id (self->conversation), NULL };
  MosPriority priority = mos_priority_from_nick (g_variant_get_string (parameter, NULL), MOS_PRIORITY_NORMAL);

  mos_desk_set_priority_async (self->desk, ids, priority, self->cancellable, on_done_cb, action_call_new (self, "priority"));
}

static void
on_language_chosen_cb (MosWindow *self,
                       const char *code,
                       AdwDialog *dialog)
{
  const char *ids[] = { NULL, NULL };

  if (self->conversation == NULL)
    return;
  ids[0] = mos_conversation_get_id (self->conversation);
  mos_desk_set_language_async (self->desk, ids, *code != '\0' ? code : NULL, self->cancellable, on_done_cb, action_call_new (self, "language"));
}

static void
language_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *dialog = ADW_DIALOG (mos_language_dialog_new (self->conversation));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_language_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
on_tag_changed_cb (MosWindow *self,
                   const char *tag,
                   gboolean add,
                   AdwDialog *dialog)
{
  const char *ids[] = { NULL, NULL };

  if (self->conversation == NULL)
    return;
  ids[0] = mos_conversation_get_id (self->conversation);
  mos_desk_tag_async (self->desk, ids, tag, add, self->cancellable, on_done_cb, action_call_new (self, add ? "tag" : "untag"));
}

static void
tags_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *dialog = ADW_DIALOG (mos_tag_dialog_new (self->desk, self->conversation));

  g_signal_connect_object (dialog, "changed", G_CALLBACK (on_tag_changed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
delete_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  const char *ids[] = { mos_conversation_get_id (self->conversation), NULL };
  gboolean delete = g_str_equal (name, "conversation.delete");

  mos_desk_set_deleted_async (self->desk, ids, delete, self->cancellable, on_done_cb, action_call_new (self, delete ? "delete" : "restore"));
  if (delete)
    mos_window_leave_conversation (self);
}

static void
release_action (GtkWidget *widget,
                const char *name,
                GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  const char *ids[] = { mos_conversation_get_id (self->conversation), NULL };

  mos_desk_release_async (self->desk, ids, self->cancellable, on_done_cb, action_call_new (self, "release"));
}

static void
on_unread_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    mos_window_report_error (self, error);
}

static void
mark_unread_action (GtkWidget *widget,
                    const char *name,
                    GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  const char *ids[] = { mos_conversation_get_id (self->conversation), NULL };

  mos_desk_set_read_async (self->desk, ids, FALSE, self->cancellable, on_unread_cb, g_object_ref (self));
}

/* Writing belongs to the conversation view; these only carry the key there. */
static void
write_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_autofree char *action = g_strconcat ("composer.", name + strlen ("conversation."), NULL);

  if (self->conversation == NULL)
    return;
  adw_navigation_split_view_set_show_content (self->outer, TRUE);
  adw_navigation_split_view_set_show_content (self->inner, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->view), action, NULL);
}

/* --- the table --- */

static const struct
{
  const char *name;
  const char *type;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "conversation.close", NULL, close_action },
  { "conversation.close-and-next", NULL, close_action },
  { "conversation.reopen", NULL, reopen_action },
  { "conversation.pending", NULL, pending_action },
  { "conversation.spam", NULL, spam_action },
  { "conversation.spam-and-block", NULL, spam_action },
  { "conversation.not-spam", NULL, spam_action },
  { "conversation.print", NULL, print_action },
  { "conversation.save-pdf", NULL, print_action },
  { "conversation.snooze", "s", snooze_action },
  { "conversation.snooze-dialog", NULL, snooze_dialog_action },
  { "conversation.remind", NULL, mos_window_remind },
  { "conversation.assign", "s", assign_action },
  { "conversation.assign-to-me", NULL, assign_to_me_action },
  { "conversation.assign-dialog", NULL, assign_dialog_action },
  { "conversation.unassign", NULL, unassign_action },
  { "conversation.priority", "s", priority_action },
  { "conversation.language", NULL, language_action },
  { "conversation.tags", NULL, tags_action },
  { "conversation.delete", NULL, delete_action },
  { "conversation.restore", NULL, delete_action },
  { "conversation.release", NULL, release_action },
  { "conversation.allow-sender", NULL, mos_window_sender_action },
  { "conversation.block-sender", NULL, mos_window_sender_action },
  { "conversation.erase", NULL, mos_window_erase_action },
  { "conversation.mark-unread", NULL, mark_unread_action },
  { "conversation.export", NULL, mos_window_export },
  { "conversation.merge", NULL, mos_window_merge },
  { "conversation.move", NULL, mos_window_move_message },
  { "conversation.split", NULL, mos_window_choose_messages },
  { "conversation.move-message", "s", mos_window_move_message },
  { "conversation.split-message", "s", mos_window_split_message },
  { "conversation.split-from", "s", mos_window_choose_messages },
  { "conversation.reply", NULL, write_action },
  { "conversation.reply-all", NULL, write_action },
  { "conversation.forward", NULL, write_action },
  { "conversation.note", NULL, write_action },
};

void
mos_window_class_install_conversation_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].activate);
}

void
mos_window_update_conversation_actions (MosWindow *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  /* What lies behind a new message is out of sight: nothing may happen to it. */
  gboolean here = row != NULL && !mos_window_is_writing_new (self);
  gboolean kept = here && row->deleted_us == 0 && row->merged_into == NULL;
  gboolean joinable = kept && row->message_count > 0;
  GtkWidget *widget = GTK_WIDGET (self);

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (widget, actions[i].name, here);
  gtk_widget_action_set_enabled (widget, "conversation.close", kept && row->status != MOS_STATUS_CLOSED);
  gtk_widget_action_set_enabled (widget, "conversation.close-and-next", kept && row->status != MOS_STATUS_CLOSED);
  gtk_widget_action_set_enabled (widget, "conversation.reopen", kept && row->status != MOS_STATUS_OPEN && row->status != MOS_STATUS_SPAM);
  gtk_widget_action_set_enabled (widget, "conversation.pending", kept && row->status != MOS_STATUS_PENDING && row->status != MOS_STATUS_SPAM);
  gtk_widget_action_set_enabled (widget, "conversation.spam", kept && row->status != MOS_STATUS_SPAM);
  gtk_widget_action_set_enabled (widget, "conversation.spam-and-block", kept && row->status != MOS_STATUS_SPAM);
  gtk_widget_action_set_enabled (widget, "conversation.print", here && row->message_count > 0);
  gtk_widget_action_set_enabled (widget, "conversation.save-pdf", here && row->message_count > 0);
  gtk_widget_action_set_enabled (widget, "conversation.not-spam", kept && row->status == MOS_STATUS_SPAM);
  gtk_widget_action_set_enabled (widget, "conversation.remind", joinable);
  gtk_widget_action_set_enabled (widget, "conversation.delete", kept);
  gtk_widget_action_set_enabled (widget, "conversation.restore", here && row->deleted_us != 0);
  gtk_widget_action_set_enabled (widget, "conversation.release", kept && row->quarantine != NULL);
  gtk_widget_action_set_enabled (widget, "conversation.allow-sender", kept && row->quarantine != NULL);
  gtk_widget_action_set_enabled (widget, "conversation.block-sender", kept && g_strcmp0 (row->quarantine, "blocked-sender") != 0);
  gtk_widget_action_set_enabled (widget, "conversation.erase", here && row->deleted_us != 0);
  gtk_widget_action_set_enabled (widget, "conversation.merge", joinable);
  gtk_widget_action_set_enabled (widget, "conversation.move", joinable);
  gtk_widget_action_set_enabled (widget, "conversation.split", joinable && row->message_count > 1);
  gtk_widget_action_set_enabled (widget, "conversation.move-message", joinable);
  gtk_widget_action_set_enabled (widget, "conversation.split-message", joinable && row->message_count > 1);
  gtk_widget_action_set_enabled (widget, "conversation.split-from", joinable && row->message_count > 1);
  gtk_widget_action_set_enabled (widget, "conversation.unassign", here && row->assignee != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->menu_button), here);
  gtk_widget_set_sensitive (GTK_WIDGET (self->snooze_button), kept);
  if (here)
    mos_window_begin_answer (self);
}
