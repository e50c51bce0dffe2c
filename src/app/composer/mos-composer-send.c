/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"
#include "app/composer/mos-send-check.h"

#include <glib/gi18n.h>

typedef struct
{
  MosComposer *self; /* (owned) */
  MosDraft *draft;   /* (owned) */
  MosStatus then;
} SendJob;

static void
send_job_free (SendJob *job)
{
  g_object_unref (job->self);
  mos_draft_unref (job->draft);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SendJob, send_job_free)

void
mos_composer_update_sensitive (MosComposer *self)
{
  gboolean ready = self->draft != NULL && !self->is_sending;
  gboolean note = self->draft != NULL && g_str_equal (self->draft->kind, "note");

  gtk_widget_set_sensitive (self->box, ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", ready && self->attaching == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send-and-close", ready && self->attaching == 0 && !note);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send-and-wait", ready && self->attaching == 0 && !note);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.discard", ready);
}

/* --- Done --- */

static void
finish (SendJob *job,
        const GError *error)
{
  MosComposer *self = job->self;
  gboolean note = g_str_equal (job->draft->kind, "note");

  self->is_sending = FALSE;
  if (self->box == NULL)
    {
      if (error != NULL)
        g_warning ("A message could not be queued: %s", error->message);
      return;
    }
  mos_composer_update_sensitive (self);
  if (error != NULL)
    {
      /* Translators: %s is what went wrong. */
      g_autofree char *text = g_strdup_printf (note ? _ ("The note could not be stored: %s") : _ ("The message could not be queued: %s"), error->message);

      mos_composer_show_problem (self, text);
      return;
    }
  /* Another draft may have been opened meanwhile. */
  if (self->draft != NULL && g_str_equal (self->draft->id, job->draft->id))
    mos_composer_forget (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), note ? _ ("Note added") : _ ("Message is being sent"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  if (note)
    g_signal_emit_by_name (self, "noted");
  else
    g_signal_emit_by_name (self, "sent", job->draft->conversation != NULL ? job->draft->conversation : "", job->then == MOS_STATUS_CLOSED);
}

static void
on_sent_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (SendJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = mos_desk_send_finish (MOS_DESK (source), result, &error);

  finish (job, error);
}

/* --- Checks --- */

static void
do_send (MosComposer *self,
         MosStatus then)
{
  SendJob *job = g_new0 (SendJob, 1);

  job->self = g_object_ref (self);
  job->draft = mos_composer_dup_draft (self);
  job->then = then;
  if (self->desk == NULL)
    {
      send_job_free (job);
      return;
    }
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->is_sending = TRUE;
  mos_composer_update_sensitive (self);
  /* A note too: it is stored and its draft removed in one transaction, so that a kill leaves one of them, never both. */
  mos_desk_send_async (self->desk, job->draft, then, 0, NULL, on_sent_cb, job);
}

typedef struct
{
  MosComposer *self; /* (owned) */
  MosStatus then;
} Question;

static void
on_answered_cb (AdwAlertDialog *dialog,
                const char *response,
                gpointer user_data)
{
  Question *question = user_data;
  MosComposer *self = question->self;

  if (self->box != NULL && self->draft != NULL && g_str_equal (response, "send"))
    {
      self->checks_done = TRUE;
      mos_composer_send (self, question->then);
    }
  else if (self->box != NULL && g_str_equal (response, "attach"))
    mos_composer_choose_files (self);
  else if (self->box != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  g_object_unref (question->self);
  g_free (question);
}

static void
ask (MosComposer *self,
     MosSendCheck check,
     MosStatus then)
{
  Question *question = g_new0 (Question, 1);
  AdwDialog *dialog;
  g_autoptr (GString) body = g_string_new (NULL);

  question->self = g_object_ref (self);
  question->then = then;
  if (check & MOS_SEND_CHECK_MISSING_ATTACHMENT)
    g_string_append (body, _ ("The text speaks of an attachment, but none is attached."));
  if (check & MOS_SEND_CHECK_EMPTY_SUBJECT)
    g_string_append_printf (body, "%s%s", body->len > 0 ? "\n" : "", _ ("The subject is empty."));
  if (check & MOS_SEND_CHECK_TOO_LARGE)
    g_string_append_printf (body, "%s%s", body->len > 0 ? "\n" : "", _ ("The attachments are so large that many mail servers will refuse them."));

  dialog = adw_alert_dialog_new (_ ("Send Anyway?"), body->str);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Back"));
  if (check & MOS_SEND_CHECK_MISSING_ATTACHMENT)
    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "attach", _ ("_Attach Files…"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "send", _ ("_Send Anyway"));
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "send", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "send");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered_cb), question);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

void
mos_composer_send (MosComposer *self,
                   MosStatus then)
{
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *excess = NULL;
  MosSendCheck check;

  if (self->draft == NULL || self->is_sending || self->attaching > 0)
    return;
  mos_address_entry_commit (self->to_entry);
  mos_address_entry_commit (self->cc_entry);
  mos_address_entry_commit (self->bcc_entry);
  draft = mos_composer_dup_draft (self);
  check = mos_send_check (draft, mos_composer_get_signature (self));

  if (check & MOS_SEND_CHECK_NO_RECIPIENT)
    {
      mos_composer_show_problem (self, _ ("Write to whom? Add a recipient."));
      gtk_widget_grab_focus (GTK_WIDGET (self->to_entry));
      return;
    }
  if (check & MOS_SEND_CHECK_BAD_RECIPIENT)
    {
      mos_composer_show_problem (self, _ ("A recipient is not an e-mail address. Mend or remove it."));
      gtk_widget_grab_focus (GTK_WIDGET (self->to_entry));
      return;
    }
  if (check & MOS_SEND_CHECK_EMPTY_TEXT)
    {
      mos_composer_show_problem (self, g_str_equal (draft->kind, "note") ? _ ("The note is empty.") : _ ("The message is empty."));
      gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
      return;
    }
  excess = mos_composer_describe_excess (self);
  if (excess != NULL)
    {
      mos_composer_show_problem (self, excess);
      gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
      return;
    }
  /* What its own server takes is known: no guess about "many servers". */
  if (self->send_limit > 0)
    check &= ~(guint) MOS_SEND_CHECK_TOO_LARGE;
  if (check != MOS_SEND_CHECK_OK && !self->checks_done)
    {
      ask (self, check, then);
      return;
    }
  do_send (self, then);
}
