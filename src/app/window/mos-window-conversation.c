/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/application/mos-settings.h"
#include "app/inbox/mos-pick-dialogs.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/inbox/mos-snooze-time.h"
#include "app/inbox/mos-tag-dialog.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-dialog.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-desk-translate.h"

#include <glib/gi18n.h>

/* What is done to the conversation that is shown: conversation.* */

/* --- one batch: act, say so, offer the undo --- */

/* More at once are asked about first: an undo takes as long as the doing. */
#define ASK_FROM 200

typedef struct _ActionCall ActionCall;

/* What is done to which conversations, with the arguments that @run needs. */
struct _ActionCall
{
  MosWindow *self; /* (owned) */
  const char *nick;
  GStrv ids;
  void (*run) (ActionCall *call);
  MosWindowAct act;
  MosWindowTextAct act_text;
  MosStatus status;
  MosPriority priority;
  gint64 until_us;
  char *text; /* (nullable): agent, language, category, tag */
  gboolean flag;
};

static void
action_call_free (ActionCall *call)
{
  g_object_unref (call->self);
  g_strfreev (call->ids);
  g_free (call->text);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ActionCall, action_call_free)

GStrv
mos_window_dup_targets (MosWindow *self)
{
  GStrv chosen = self->pane != NULL ? mos_conversation_pane_dup_chosen (self->pane) : NULL;
  const char *ids[] = { NULL, NULL };

  if (chosen != NULL || self->conversation == NULL)
    return chosen;
  ids[0] = mos_conversation_get_id (self->conversation);
  return g_strdupv ((char **) ids);
}

/* Returns: (nullable): %NULL where there is nothing to act on */
static ActionCall *
action_call_new (MosWindow *self,
                 const char *nick,
                 void (*run) (ActionCall *call))
{
  GStrv ids = mos_window_dup_targets (self);
  ActionCall *call;

  if (ids == NULL)
    return NULL;
  call = g_new0 (ActionCall, 1);
  call->self = g_object_ref (self);
  call->nick = nick;
  call->ids = ids;
  call->run = run;
  return call;
}

void
mos_window_offer_undo_many (MosWindow *self,
                            const char *nick,
                            gint64 batch,
                            const char *conversation,
                            guint n)
{
  g_autofree char *title = mos_action_text_done (nick, n);
  AdwToast *toast = adw_toast_new (title);

  mos_window_triage_note (self, nick, batch, conversation);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-batch");
  adw_toast_set_action_target (toast, "x", batch);
  g_set_str (&self->last_acted, conversation);
  self->sent_last = FALSE;
  mos_window_add_toast (self, toast);
  g_set_weak_pointer (&self->toast, toast);
}

void
mos_window_offer_undo (MosWindow *self,
                       const char *nick,
                       gint64 batch,
                       const char *conversation)
{
  mos_window_offer_undo_many (self, nick, batch, conversation, 1);
}

static void
on_done_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (ActionCall) call = user_data;
  g_autoptr (GError) error = NULL;
  guint n = g_strv_length (call->ids);
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_window_report_error (call->self, error);
  else if (batch != 0)
    mos_window_offer_undo_many (call->self, call->nick, batch, n == 1 ? call->ids[0] : NULL, n);
}

static void
on_many_answered_cb (AdwAlertDialog *dialog,
                     const char *response,
                     ActionCall *call)
{
  if (g_str_equal (response, "go") && call->self->desk != NULL)
    call->run (call);
  else
    action_call_free (call);
}

/* @call: (transfer full) (nullable) */
static void
act_on (ActionCall *call)
{
  AdwDialog *dialog;
  g_autofree char *heading = NULL;
  guint n;

  if (call == NULL)
    return;
  n = g_strv_length (call->ids);
  if (n < ASK_FROM)
    {
      call->run (call);
      return;
    }
  heading = g_strdup_printf (ngettext ("Change %'u Conversation?", "Change %'u Conversations?", n), n);
  dialog = adw_alert_dialog_new (heading, _ ("It is done in one step, and one undo takes all of it back."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "go", _ ("C_hange All"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "go", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_many_answered_cb), call);
  mos_dialog_present (dialog, GTK_WIDGET (call->self));
}

#define CALL_IDS(call) ((const char *const *) (call)->ids)

static void
run_act (ActionCall *call)
{
  call->act (call->self->desk, CALL_IDS (call), call->self->cancellable, on_done_cb, call);
}

void
mos_window_act (MosWindow *self,
                const char *nick,
                MosWindowAct act)
{
  ActionCall *call = action_call_new (self, nick, run_act);

  if (call != NULL)
    call->act = act;
  act_on (call);
}

static void
run_act_text (ActionCall *call)
{
  call->act_text (call->self->desk, CALL_IDS (call), call->text, call->self->cancellable, on_done_cb, call);
}

void
mos_window_act_text (MosWindow *self,
                     const char *nick,
                     MosWindowTextAct act,
                     const char *text)
{
  ActionCall *call = action_call_new (self, nick, run_act_text);

  if (call != NULL)
    {
      call->act_text = act;
      call->text = g_strdup (text);
    }
  act_on (call);
}

static void
run_status (ActionCall *call)
{
  mos_desk_set_status_async (call->self->desk, CALL_IDS (call), call->status, call->until_us, call->self->cancellable, on_done_cb, call);
}

static void
set_status (MosWindow *self,
            const char *nick,
            MosStatus status,
            gint64 until_us)
{
  ActionCall *call = action_call_new (self, nick, run_status);

  if (call != NULL)
    {
      call->status = status;
      call->until_us = until_us;
    }
  act_on (call);
}

/* The next one is chosen before the status changes: the list is still as the person sees it. */
void
mos_window_leave_conversation (MosWindow *self)
{
  g_autofree char *next = NULL;

  /* Those chosen together stay chosen, greyed where they go: the next thing may be for all of them, too. One at a time goes on by itself, in
   * its own order, once it is done. */
  if (self->conversation == NULL || self->run != NULL)
    return;
  next = mos_conversation_pane_get_neighbour (self->pane, 1);
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
run_not_spam (ActionCall *call)
{
  mos_desk_mark_not_spam_async (call->self->desk, CALL_IDS (call), call->self->cancellable, on_done_cb, call);
}

static void
run_spam (ActionCall *call)
{
  mos_desk_mark_spam_async (call->self->desk, CALL_IDS (call), call->flag, call->self->cancellable, on_done_cb, call);
}

static void
spam_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  gboolean is_spam = !g_str_equal (name, "conversation.not-spam");
  ActionCall *call = action_call_new (MOS_WINDOW (widget), is_spam ? "spam" : "not-spam", is_spam ? run_spam : run_not_spam);

  if (call != NULL)
    call->flag = g_str_equal (name, "conversation.spam-and-block");
  act_on (call);
}

static void
print_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  mos_conversation_view_print (MOS_WINDOW (widget)->view, g_str_equal (name, "conversation.save-pdf"));
}

static void
translate_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  mos_conversation_view_translate (MOS_WINDOW (widget)->view);
}

static void
snooze_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 until_us = mos_snooze_time (g_variant_get_string (parameter, NULL), g_get_real_time (), zone, self->desk != NULL ? mos_desk_get_calendar (self->desk) : NULL);

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
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *dialog = ADW_DIALOG (mos_snooze_dialog_new ());

  if (self->desk != NULL)
    mos_snooze_dialog_set_calendar (MOS_SNOOZE_DIALOG (dialog), mos_desk_get_calendar (self->desk));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_snooze_chosen_cb), widget, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}

static void
assign_to (MosWindow *self,
           const char *agent)
{
  gboolean nobody = agent == NULL || *agent == '\0';

  mos_window_act_text (self, nobody ? "unassign" : "assign", mos_desk_assign_async, nobody ? NULL : agent);
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
  AdwDialog *dialog = mos_assign_dialog_new (self->desk, self->conversation);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_agent_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}

static void
run_priority (ActionCall *call)
{
  mos_desk_set_priority_async (call->self->desk, CALL_IDS (call), call->priority, call->self->cancellable, on_done_cb, call);
}

static void
priority_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  ActionCall *call = action_call_new (MOS_WINDOW (widget), "priority", run_priority);

  if (call != NULL)
    call->priority = mos_priority_from_nick (g_variant_get_string (parameter, NULL), MOS_PRIORITY_NORMAL);
  act_on (call);
}

static void
on_language_chosen_cb (MosWindow *self,
                       const char *code,
                       AdwDialog *dialog)
{
  mos_window_act_text (self, "language", mos_desk_set_language_async, *code != '\0' ? code : NULL);
}

static void
language_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *dialog = mos_language_dialog_new (self->conversation);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_language_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}

static void
run_tag (ActionCall *call)
{
  mos_desk_tag_async (call->self->desk, CALL_IDS (call), call->text, call->flag, call->self->cancellable, on_done_cb, call);
}

static void
on_tag_changed_cb (MosWindow *self,
                   const char *tag,
                   gboolean add,
                   AdwDialog *dialog)
{
  ActionCall *call = action_call_new (self, add ? "tag" : "untag", run_tag);

  if (call != NULL)
    {
      call->text = g_strdup (tag);
      call->flag = add;
    }
  act_on (call);
}

static void
tags_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *dialog = ADW_DIALOG (mos_tag_dialog_new (self->desk, self->conversation));

  g_signal_connect_object (dialog, "changed", G_CALLBACK (on_tag_changed_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}

static void
run_deleted (ActionCall *call)
{
  mos_desk_set_deleted_async (call->self->desk, CALL_IDS (call), call->flag, call->self->cancellable, on_done_cb, call);
}

static void
delete_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  gboolean delete = g_str_equal (name, "conversation.delete");
  ActionCall *call = action_call_new (self, delete ? "delete" : "restore", run_deleted);

  if (call != NULL)
    call->flag = delete;
  act_on (call);
  if (delete)
    mos_window_leave_conversation (self);
}

static void
release_action (GtkWidget *widget,
                const char *name,
                GVariant *parameter)
{
  mos_window_act (MOS_WINDOW (widget), "release", mos_desk_release_async);
}

static void
mark_unread_action (GtkWidget *widget,
                    const char *name,
                    GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_auto (GStrv) ids = mos_window_dup_targets (self);

  if (ids != NULL)
    mos_desk_set_read_async (self->desk, (const char *const *) ids, FALSE, self->cancellable, mos_window_on_acted_cb, g_object_ref (self));
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

static void
take_draft_action (GtkWidget *widget,
                   const char *name,
                   GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (MOS_WINDOW (widget)->view), "composer.take-draft", "s", "");
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
  { "conversation.translate", NULL, translate_action },
  { "conversation.snooze", "s", snooze_action },
  { "conversation.snooze-dialog", NULL, snooze_dialog_action },
  { "conversation.remind", NULL, mos_window_remind },
  { "conversation.assign", "s", assign_action },
  { "conversation.assign-to-me", NULL, assign_to_me_action },
  { "conversation.assign-dialog", NULL, assign_dialog_action },
  { "conversation.unassign", NULL, unassign_action },
  { "conversation.priority", "s", priority_action },
  { "conversation.language", NULL, language_action },
  { "conversation.category", "s", mos_window_set_category },
  { "conversation.category-dialog", NULL, mos_window_choose_category },
  { "conversation.accept-category", NULL, mos_window_accept_category },
  { "conversation.dismiss-category", NULL, mos_window_dismiss_category },
  { "conversation.tags", NULL, tags_action },
  { "conversation.record-score", NULL, mos_window_record_score },
  { "conversation.settle-rescue", "s", mos_window_settle_rescue },
  { "conversation.remind-rescue", "s", mos_window_remind_rescue },
  { "conversation.apologize", "s", mos_window_apologize },
  { "conversation.dismiss-survey", NULL, mos_window_dismiss_survey },
  { "conversation.note-call", NULL, mos_window_note_call },
  { "conversation.call-back", NULL, mos_window_call_back },
  { "conversation.macro", NULL, mos_window_choose_macro },
  { "conversation.apply-macro", "s", mos_window_use_macro },
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
  { "conversation.answer-by-sms", NULL, write_action },
  { "conversation.take-draft", NULL, take_draft_action },
};

void
mos_window_class_install_conversation_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].activate);
}

/* What may be done to several at once; their rows may not all be read yet, so the view says what they are. */
static void
update_many (MosWindow *self)
{
  static const char *const always[] = {
    "conversation.snooze", "conversation.snooze-dialog", "conversation.assign", "conversation.assign-to-me", "conversation.assign-dialog", "conversation.unassign",
    "conversation.priority", "conversation.language", "conversation.tags", "conversation.mark-unread", "conversation.close", "conversation.reopen", "conversation.pending",
    "conversation.macro", "conversation.apply-macro", "conversation.category", "conversation.category-dialog"
  };
  MosViewKind kind = mos_conversation_pane_get_view (self->pane)->kind;
  gboolean deleted = kind == MOS_VIEW_DELETED, spam = kind == MOS_VIEW_SPAM, quarantine = kind == MOS_VIEW_QUARANTINE;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    mos_window_want_action (self, actions[i].name, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    mos_window_want_action (self, always[i], !deleted);
  mos_window_want_action (self, "conversation.spam", !spam && !deleted);
  mos_window_want_action (self, "conversation.spam-and-block", !spam && !deleted);
  mos_window_want_action (self, "conversation.not-spam", spam);
  mos_window_want_action (self, "conversation.delete", !deleted);
  mos_window_want_action (self, "conversation.restore", deleted);
  mos_window_want_action (self, "conversation.release", quarantine);
  mos_window_want_action (self, "conversation.allow-sender", quarantine);
  mos_window_want_action (self, "conversation.block-sender", !deleted);
  mos_window_want_action (self, "conversation.merge", !deleted && self->n_chosen > 1);
  mos_window_apply_actions (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->menu_button), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->snooze_button), !deleted);
}

void
mos_window_update_conversation_actions (MosWindow *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  /* What lies behind a new message is out of sight: nothing may happen to it. */
  gboolean here = row != NULL && !mos_window_is_writing_new (self);
  gboolean kept = here && row->deleted_us == 0 && row->merged_into == NULL;
  gboolean joinable = kept && row->message_count > 0;

  mos_window_want_action (self, "win.edit-customer", here && row->customer != NULL);
  if (self->n_chosen > 0)
    {
      update_many (self);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    mos_window_want_action (self, actions[i].name, here);
  mos_window_want_action (self, "conversation.close", kept && row->status != MOS_STATUS_CLOSED);
  mos_window_want_action (self, "conversation.close-and-next", kept && row->status != MOS_STATUS_CLOSED);
  mos_window_want_action (self, "conversation.reopen", kept && row->status != MOS_STATUS_OPEN && row->status != MOS_STATUS_SPAM);
  mos_window_want_action (self, "conversation.pending", kept && row->status != MOS_STATUS_PENDING && row->status != MOS_STATUS_SPAM);
  mos_window_want_action (self, "conversation.spam", kept && row->status != MOS_STATUS_SPAM);
  mos_window_want_action (self, "conversation.spam-and-block", kept && row->status != MOS_STATUS_SPAM);
  mos_window_want_action (self, "conversation.print", here && row->message_count > 0);
  mos_window_want_action (self, "conversation.save-pdf", here && row->message_count > 0);
  mos_window_want_action (self, "conversation.translate", here && row->message_count > 0 && mos_desk_can_translate (self->desk));
  mos_window_want_action (self, "conversation.not-spam", kept && row->status == MOS_STATUS_SPAM);
  mos_window_want_action (self, "conversation.remind", joinable);
  mos_window_want_action (self, "conversation.record-score", joinable);
  mos_window_want_action (self, "conversation.note-call", joinable);
  mos_window_want_action (self, "conversation.call-back", joinable);
  mos_window_want_action (self, "conversation.answer-by-sms", kept && (mos_channel_traits_get (row->channel)->flags & MOS_CHANNEL_CALLS) != 0);
  mos_window_want_action (self, "conversation.delete", kept);
  mos_window_want_action (self, "conversation.restore", here && row->deleted_us != 0);
  mos_window_want_action (self, "conversation.release", kept && row->quarantine != NULL);
  mos_window_want_action (self, "conversation.allow-sender", kept && row->quarantine != NULL);
  mos_window_want_action (self, "conversation.block-sender", kept && g_strcmp0 (row->quarantine, "blocked-sender") != 0);
  mos_window_want_action (self, "conversation.erase", here && row->deleted_us != 0);
  mos_window_want_action (self, "conversation.merge", joinable);
  mos_window_want_action (self, "conversation.move", joinable);
  mos_window_want_action (self, "conversation.split", joinable && row->message_count > 1);
  mos_window_want_action (self, "conversation.move-message", joinable);
  mos_window_want_action (self, "conversation.split-message", joinable && row->message_count > 1);
  mos_window_want_action (self, "conversation.split-from", joinable && row->message_count > 1);
  mos_window_want_action (self, "conversation.unassign", here && row->assignee != NULL);
  mos_window_want_action (self, "conversation.macro", kept);
  mos_window_want_action (self, "conversation.apply-macro", kept);
  mos_window_want_action (self, "conversation.take-draft", here && row->drafters != NULL && row->drafters[0] != NULL);
  mos_window_update_category_actions (self);
  mos_window_update_survey_actions (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->menu_button), here);
  gtk_widget_set_sensitive (GTK_WIDGET (self->snooze_button), kept);
  if (here)
    {
      mos_window_begin_answer (self);
      mos_window_begin_editing (self);
    }
}
