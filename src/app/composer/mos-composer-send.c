/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/application/mos-error-text.h"
#include "app/application/mos-keymap.h"
#include "app/application/mos-settings.h"
#include "app/application/mos-shortcuts.h"
#include "app/composer/mos-composer-private.h"
#include "app/composer/mos-send-check.h"
#include "app/composer/mos-send-way.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  MosComposer *self; /* (owned) */
  MosDraft *draft;   /* (owned) */
  MosSendPlan plan;
  guint undo_s;
} SendJob;

static void
send_job_free (SendJob *job)
{
  g_object_unref (job->self);
  mos_draft_unref (job->draft);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SendJob, send_job_free)

/* --- Which ways there are just now --- */

static void
update_afternoon (MosComposer *self)
{
  gboolean ready = self->draft != NULL && !self->is_sending && self->attaching == 0 && self->changed == NULL && !g_str_equal (self->draft->kind, "note");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send-this-afternoon", ready && mos_send_time ("afternoon", mos_composer_now_us (self), NULL) != 0);
}

void
mos_composer_update_sensitive (MosComposer *self)
{
  static const char *const mail_only[] = { "composer.send-only", "composer.send-and-close", "composer.send-and-wait", "composer.send-and-snooze", "composer.send-as", "composer.send-at", "composer.send-later" };
  gboolean ready = self->draft != NULL && !self->is_sending;
  gboolean note = self->draft != NULL && g_str_equal (self->draft->kind, "note");

  gtk_widget_set_sensitive (self->box, ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", ready && self->attaching == 0);
  for (guint i = 0; i < G_N_ELEMENTS (mail_only); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), mail_only[i], ready && self->attaching == 0 && !note && self->changed == NULL);
  update_afternoon (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.discard", ready);
}

/* What the button does, as it was chosen last. */
static MosSendWay
get_way (void)
{
  g_autofree char *nick = g_settings_get_string (mos_settings_get (), "send-way");

  return mos_send_way_from_nick (nick);
}

static void
update_way (MosComposer *self)
{
  const char *label = mos_send_way_get_label (get_way ());
  const char *const *keys = mos_keymap_get_keys (mos_keymap_get (), mos_shortcuts_find ("composer.send"));
  g_autofree char *key = NULL;
  g_autofree char *tooltip = NULL;
  guint keyval;
  GdkModifierType state;

  adw_split_button_set_label (self->send_button, label);
  if (keys[0] != NULL && gtk_accelerator_parse (keys[0], &keyval, &state))
    key = gtk_accelerator_get_label (keyval, state);
  /* Translators: %1$s is what a button does ("Send"), %2$s its key ("Ctrl+Return"). */
  tooltip = key != NULL ? g_strdup_printf (_ ("%1$s (%2$s)"), label, key) : g_strdup (label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->send_button), tooltip);
}

/* --- Done --- */

static void
finish (SendJob *job,
        MosDesk *desk,
        const char *conversation,
        const GError *error)
{
  MosComposer *self = job->self;
  gboolean note = g_str_equal (job->draft->kind, "note");
  const char *said = note                 ? _ ("Note added")
                     : job->plan.is_later ? _ ("Message will be sent later")
                     : job->undo_s > 0    ? _ ("Message is being sent. Undo takes it back.")
                                          : _ ("Message is being sent");
  MosSentMessage sent = {
    .message = job->draft->id,
    .conversation = conversation,
    .subject = job->draft->subject,
    .then = job->plan.is_later ? MOS_STATUS_OPEN : job->plan.then,
    .at_us = job->plan.is_later ? job->plan.at_us : 0,
    .undo_s = job->undo_s,
  };

  self->is_sending = FALSE;
  /* What was typed last was not saved while it was to be sent; and the composer may have gone on to another draft. */
  if (error != NULL)
    mos_composer_keep (self, desk, job->draft);
  if (self->box == NULL)
    {
      if (error != NULL)
        g_warning ("A message could not be queued: %s", error->message);
      return;
    }
  mos_composer_update_sensitive (self);
  if (error != NULL)
    {
      MosErrorText of_chat = mos_error_text (error);
      const char *why = error->domain == MOS_CHAT_ERROR ? of_chat.sentence : error->message;
      /* Translators: %s is what went wrong. */
      g_autofree char *text = g_strdup_printf (note ? _ ("The note could not be stored: %s") : _ ("The message could not be queued: %s"), why);

      mos_composer_show_problem (self, text);
      return;
    }
  /* Another draft may have been opened meanwhile. */
  if (self->draft != NULL && g_str_equal (self->draft->id, job->draft->id))
    mos_composer_forget (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), said, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  if (note)
    g_signal_emit_by_name (self, "noted");
  else
    g_signal_emit_by_name (self, "sent", &sent);
}

static void
on_sent_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (SendJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *conversation = NULL;
  g_autofree char *message = mos_desk_send_finish_in (MOS_DESK (source), result, &conversation, &error);

  finish (job, MOS_DESK (source), conversation, error);
}

static void
do_send (MosComposer *self)
{
  SendJob *job;

  if (self->desk == NULL)
    return;
  job = g_new0 (SendJob, 1);
  job->self = g_object_ref (self);
  job->draft = mos_composer_dup_draft (self);
  job->plan = self->plan;
  /* In a chat somebody is waiting. */
  if (!job->plan.is_later && !g_str_equal (job->draft->kind, "note") && !mos_composer_is_chat (self))
    job->undo_s = (guint) g_settings_get_int (mos_settings_get (), "undo-send-seconds");
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->is_sending = TRUE;
  mos_composer_update_sensitive (self);
  /* A note too: it is stored and its draft removed in one transaction, so that a kill leaves one of them, never both. */
  mos_desk_send_planned_async (self->desk, job->draft, &job->plan, job->undo_s * (gint64) G_USEC_PER_SEC, NULL, on_sent_cb, job);
}

/* --- What cannot be sent at all --- */

static gboolean
refuse (MosComposer *self,
        const char *problem,
        gpointer field)
{
  mos_composer_show_problem (self, problem);
  gtk_widget_grab_focus (GTK_WIDGET (field));
  return FALSE;
}

static gboolean
can_be_sent (MosComposer *self)
{
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *excess = NULL;
  g_autofree char *blank = NULL;
  MosSendCheck check;

  if (self->draft == NULL || self->is_sending || self->is_checking || self->attaching > 0)
    return FALSE;
  mos_address_entry_commit (self->to_entry);
  mos_address_entry_commit (self->cc_entry);
  mos_address_entry_commit (self->bcc_entry);
  draft = mos_composer_dup_draft (self);
  signature = mos_composer_dup_signature (self);
  check = mos_send_check (draft, signature);
  if ((check & MOS_SEND_CHECK_NO_RECIPIENT) && !mos_composer_is_chat (self))
    return refuse (self, _ ("Write to whom? Add a recipient."), self->to_entry);
  /* In a chat it is a number. */
  if ((check & MOS_SEND_CHECK_BAD_RECIPIENT) && !mos_composer_is_chat (self))
    return refuse (self, _ ("A recipient is not an e-mail address. Mend or remove it."), self->to_entry);
  if (check & MOS_SEND_CHECK_EMPTY_TEXT)
    return refuse (self, g_str_equal (draft->kind, "note") ? _ ("The note is empty.") : _ ("The message is empty."), self->text_view);
  blank = mos_composer_describe_blank (self);
  if (blank != NULL)
    {
      mos_composer_select_blank (self);
      return refuse (self, blank, self->text_view);
    }
  if (mos_composer_is_chat (self) && !mos_composer_chat_may_send (self))
    return refuse (self, _ ("Nothing can be sent there now. What you wrote is kept."), self->text_view);
  excess = mos_composer_describe_excess (self);
  return excess == NULL || refuse (self, excess, self->text_view);
}

static void
on_checked_cb (MosComposer *self,
               gboolean is_fine)
{
  /* A file may have been dropped while the desk was asked. */
  if (is_fine && can_be_sent (self))
    do_send (self);
}

void
mos_composer_send (MosComposer *self,
                   const MosSendPlan *plan)
{
  if (self->changed != NULL)
    {
      mos_composer_send_change (self);
      return;
    }
  /* Whoever holds the keys down has not read the list. */
  if (mos_composer_focus_checks (self) || !can_be_sent (self))
    return;
  /* By then the order would be another one. */
  if (plan->is_later && mos_composer_acts_on_orders (self))
    {
      refuse (self, _ ("What is sent later can do nothing to an order. Send it now, or remove below the text what is done to the order."), self->text_view);
      return;
    }
  self->plan = *plan;
  mos_composer_check (self, on_checked_cb);
}

void
mos_composer_send_anyway (MosComposer *self)
{
  mos_composer_hide_checks (self);
  if (!can_be_sent (self))
    return;
  /* It may have passed while the list was read. */
  if (self->plan.is_later && self->plan.at_us <= mos_composer_now_us (self))
    {
      mos_composer_show_problem (self, _ ("The time that was chosen has passed. Choose another one."));
      return;
    }
  do_send (self);
}

/* --- Actions --- */

static void
on_snooze_chosen_cb (MosComposer *self,
                     gint64 until_us)
{
  const MosSendPlan plan = { .then = MOS_STATUS_SNOOZED, .snooze_until_us = until_us };

  mos_composer_send (self, &plan);
}

typedef struct
{
  MosComposer *self; /* (owned) */
  char *draft;       /* for which the time is asked */
  void (*chosen) (MosComposer *self, gint64 time_us);
} TimeAsked;

static void
time_asked_free (TimeAsked *asked)
{
  g_object_unref (asked->self);
  g_free (asked->draft);
  g_free (asked);
}

/* The desktop may have opened another draft behind the dialog: nothing was chosen for that one. */
static void
on_time_chosen_cb (MosSnoozeDialog *dialog,
                   gint64 time_us,
                   TimeAsked *asked)
{
  if (asked->self->draft != NULL && g_str_equal (asked->self->draft->id, asked->draft))
    asked->chosen (asked->self, time_us);
}

static void
ask_time (MosComposer *self,
          MosSnoozeDialog *dialog,
          void (*chosen) (MosComposer *self, gint64 time_us))
{
  TimeAsked *asked = g_new0 (TimeAsked, 1);

  asked->self = g_object_ref (self);
  asked->draft = g_strdup (self->draft->id);
  asked->chosen = chosen;
  mos_snooze_dialog_set_calendar (dialog, self->desk != NULL ? mos_desk_get_calendar (self->desk) : NULL);
  g_signal_connect_data (dialog, "chosen", G_CALLBACK (on_time_chosen_cb), asked, (GClosureNotify) (GCallback) time_asked_free, G_CONNECT_DEFAULT);
  mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
send_this_way (MosComposer *self,
               MosSendWay way)
{
  gboolean note = self->draft != NULL && (g_str_equal (self->draft->kind, "note") || self->changed != NULL);
  /* A note is nobody's answer: it changes nothing; nor do other words for what was said. */
  const MosSendPlan plan = { .then = note ? MOS_STATUS_OPEN : mos_send_way_get_status (way) };

  if (way != MOS_SEND_WAY_SNOOZE || note)
    mos_composer_send (self, &plan);
  else if (!mos_composer_focus_checks (self) && can_be_sent (self))
    ask_time (self, mos_snooze_dialog_new_to_send (), on_snooze_chosen_cb);
}

static void
send_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);

  if (g_str_equal (action, "composer.send"))
    {
      send_this_way (self, get_way ());
      return;
    }
  for (MosSendWay way = MOS_SEND_WAY_SEND; way <= MOS_SEND_WAY_SNOOZE; way++)
    if (g_str_equal (action, mos_send_way_get_action (way)))
      send_this_way (self, way);
}

/* From the menu: the button does the same from now on. */
static void
send_as_action (GtkWidget *widget,
                const char *action,
                GVariant *parameter)
{
  const char *nick = g_variant_get_string (parameter, NULL);

  g_settings_set_enum (mos_settings_get (), "send-way", (int) mos_send_way_from_nick (nick));
  send_this_way (MOS_COMPOSER (widget), mos_send_way_from_nick (nick));
}

static void
send_at (MosComposer *self,
         gint64 at_us)
{
  const MosSendPlan plan = { .then = MOS_STATUS_OPEN, .at_us = at_us, .is_later = TRUE };

  if (at_us > mos_composer_now_us (self))
    mos_composer_send (self, &plan);
  else
    mos_composer_show_problem (self, _ ("The time that was chosen has passed. Choose another one."));
}

static void
send_at_action (GtkWidget *widget,
                const char *action,
                GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);
  const char *preset = parameter != NULL ? g_variant_get_string (parameter, NULL) : "afternoon";

  send_at (self, mos_send_time (preset, mos_composer_now_us (self), NULL));
}

static void
send_later_action (GtkWidget *widget,
                   const char *action,
                   GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);

  if (!mos_composer_focus_checks (self) && can_be_sent (self))
    ask_time (self, mos_snooze_dialog_new_for (_ ("Send Later"), _ ("_Send Later")), send_at);
}

void
mos_composer_install_send_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);
  for (MosSendWay way = MOS_SEND_WAY_SEND; way <= MOS_SEND_WAY_SNOOZE; way++)
    gtk_widget_class_install_action (widget_class, mos_send_way_get_action (way), NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.send-as", "s", send_as_action);
  gtk_widget_class_install_action (widget_class, "composer.send-at", "s", send_at_action);
  gtk_widget_class_install_action (widget_class, "composer.send-this-afternoon", NULL, send_at_action);
  gtk_widget_class_install_action (widget_class, "composer.send-later", NULL, send_later_action);
}

void
mos_composer_init_send (MosComposer *self)
{
  GtkPopover *menu = adw_split_button_get_popover (self->send_button);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->send_button), "composer.send");
  g_signal_connect_object (mos_settings_get (), "changed::send-way", G_CALLBACK (update_way), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mos_keymap_get (), "changed", G_CALLBACK (update_way), self, G_CONNECT_SWAPPED);
  if (menu != NULL)
    g_signal_connect_object (menu, "map", G_CALLBACK (update_afternoon), self, G_CONNECT_SWAPPED);
  update_way (self);
}
