/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-dialog.h"

#include "app/accounts/mos-account-kinds.h"
#include "app/accounts/mos-account-log-row.h"
#include "app/accounts/mos-account-test-page.h"
#include "app/accounts/mos-chat-form.h"
#include "app/accounts/mos-delivery-page.h"
#include "app/accounts/mos-error-alert.h"
#include "app/accounts/mos-mailbox-group.h"
#include "app/accounts/mos-sender-group.h"
#include "app/accounts/mos-server-group.h"
#include "app/accounts/mos-sign-in-dialog.h"
#include "app/accounts/mos-sign-in-group.h"
#include "app/accounts/mos-webhook-alert.h"
#include "app/application/mos-error-text.h"
#include "app/application/mos-settings.h"
#include "app/help/mos-help-button.h"
#include "app/help/mos-help-page.h"
#include "app/help/mos-help-places.h"
#include "app/inbox/mos-view-row.h"
#include "app/surveys/mos-survey-text.h"
#include "app/surveys/mos-surveys-dialog.h"
#include "app/widgets/mos-dialog.h"

#include "core/channels/mos-channel-traits.h"
#include "core/values/mos-account-settings.h"

#include <glib/gi18n.h>

struct _MosAccountDialog
{
  AdwDialog parent_instance;

  /* Template children */
  AdwNavigationView *navigation;
  AdwActionRow *state_row;
  AdwPreferencesRow *remedy_row;
  MosAccountLogRow *log_row;
  MosMailboxGroup *mailbox;
  AdwActionRow *address_row;
  AdwActionRow *method_row;
  AdwPreferencesRow *renew_row;
  GtkWidget *change_method_row;
  MosSenderGroup *senders;
  GtkEditable *name;
  GtkTextView *signature;
  GtkWidget *signature_group;
  GtkWidget *joining_group;
  GtkWidget *surveys_group;
  GtkWidget *chat_group;
  MosChatForm *chat;
  AdwSwitchRow *plus_addressing;
  AdwSwitchRow *marker;
  AdwSwitchRow *spam_moves;
  AdwSwitchRow *notifies;
  AdwSpinRow *join_subject_days;
  MosServerGroup *imap;
  MosServerGroup *smtp;
  GtkWidget *delivery_row;
  GtkWidget *save_button;

  /* Owned */
  MosDesk *desk;
  MosAccountItem *item;
  GCancellable *cancellable;
  MosAccountTestPage *test_page;

  MosDeliveryPage *delivery_page; /* (weak) (nullable) */
  const MosAccountKind *kind;     /* (nullable): of a chat: what is asked for its accounts */
  MosRemedy remedy;               /* what helps against the trouble that is shown */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (MosAccountDialog, mos_account_dialog, ADW_TYPE_DIALOG)

static gboolean
is_chat (MosAccountDialog *self)
{
  return mos_channel_is_chat (mos_account_item_get_account (self->item)->kind);
}

static void
on_changed_cb (MosAccountDialog *self)
{
  gboolean valid;

  if (self->filling)
    return;
  if (self->kind != NULL)
    valid = mos_chat_form_is_complete (self->chat);
  else
    valid = is_chat (self) || (mos_server_group_is_valid (self->imap) && mos_server_group_is_valid (self->smtp));
  gtk_widget_set_sensitive (self->save_button, valid);
}

static void
update_state (MosAccountDialog *self)
{
  MosAccountStatus *status = mos_account_item_get_status (self->item);
  g_autofree char *state = mos_account_state_text (self->desk, status, g_get_real_time ());
  g_autoptr (GString) text = g_string_new (state);

  self->remedy = MOS_REMEDY_NONE;
  if (status != NULL && status->why != NULL &&
      (status->state == MOS_ACCOUNT_AUTH_FAILED || status->state == MOS_ACCOUNT_BAD_CERTIFICATE || status->state == MOS_ACCOUNT_FAILED || status->state == MOS_ACCOUNT_WAITING))
    {
      MosErrorText trouble = mos_error_text_for_why (status->why);

      g_string_append_printf (text, "\n%s %s", trouble.sentence, trouble.step);
      self->remedy = trouble.remedy;
    }
  /* These settings are what is shown. */
  gtk_widget_set_visible (GTK_WIDGET (self->remedy_row), self->remedy != MOS_REMEDY_NONE && self->remedy != MOS_REMEDY_SETTINGS);
  if (gtk_widget_get_visible (GTK_WIDGET (self->remedy_row)))
    adw_preferences_row_set_title (self->remedy_row, mos_remedy_get_label (self->remedy));
  if (status != NULL && status->detail != NULL && *status->detail != '\0')
    g_string_append_printf (text, "\n%s", status->detail);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->state_row), FALSE);
  adw_action_row_set_subtitle (self->state_row, text->str);
}

static void
update_method (MosAccountDialog *self)
{
  MosAccount *account = mos_account_item_get_account (self->item);
  g_autofree char *method = mos_sign_in_dup_method (account);

  adw_action_row_set_subtitle (self->method_row, method);
  adw_preferences_row_set_title (self->renew_row, account->oauth != NULL ? _ ("_Sign In Again…") : self->kind != NULL && self->kind->password_title != NULL ? _ ("_Sign In Again…")
                                                                                               : is_chat (self)                                             ? _ ("Enter _Token…")
                                                                                                                                                            : _ ("Enter _Password…"));
}

/* What only mail has. */
static void
show_groups (MosAccountDialog *self)
{
  GtkWidget *mail[] = {
    GTK_WIDGET (self->mailbox),
    self->change_method_row,
    GTK_WIDGET (self->senders),
    self->signature_group,
    self->joining_group,
    GTK_WIDGET (self->imap),
    GTK_WIDGET (self->smtp),
    self->delivery_row,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (mail); i++)
    gtk_widget_set_visible (mail[i], !is_chat (self));
  gtk_widget_set_visible (GTK_WIDGET (self->chat_group), self->kind != NULL);
  gtk_widget_set_visible (self->surveys_group, mos_survey_can_ask (mos_account_item_get_account (self->item)));
  gtk_widget_set_visible (GTK_WIDGET (self->renew_row), self->kind == NULL || self->kind->secret_title != NULL);
  if (is_chat (self))
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->address_row), _ ("Address"));
}

static void
fill (MosAccountDialog *self)
{
  MosAccount *account = mos_account_item_get_account (self->item);

  self->filling = TRUE;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->address_row), FALSE);
  adw_action_row_set_subtitle (self->address_row, account->address);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->method_row), FALSE);
  update_method (self);
  mos_sender_group_set_account (self->senders, account);
  gtk_editable_set_text (self->name, account->name);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->signature), account->signature, -1);
  adw_switch_row_set_active (self->plus_addressing, account->plus_addressing);
  adw_switch_row_set_active (self->marker, !account->without_marker);
  adw_switch_row_set_active (self->spam_moves, !account->spam_stays);
  adw_switch_row_set_active (self->notifies, !mos_settings_is_silent (account->id));
  adw_spin_row_set_value (self->join_subject_days, account->join_subject_days);
  mos_server_group_set_server (self->imap, account->imap);
  mos_server_group_set_server (self->smtp, account->smtp);
  if (self->kind != NULL)
    mos_chat_form_set (self->chat, self->desk, self->kind, MOS_CHAT_FORM_SETTINGS, account);
  self->filling = FALSE;
  gtk_widget_set_sensitive (self->save_button, FALSE);
}

/* What the page says now; the certificate stays pinned only while its server stays. */
static MosAccount *
dup_edited (MosAccountDialog *self)
{
  MosAccount *account = mos_account_dup (mos_account_item_get_account (self->item));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->signature);
  GtkTextIter start, end;
  g_autoptr (MosServer) old_imap = g_steal_pointer (&account->imap);
  g_autoptr (MosServer) old_smtp = g_steal_pointer (&account->smtp);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (account->name);
  account->name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_free (account->signature);
  account->signature = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  account->plus_addressing = adw_switch_row_get_active (self->plus_addressing);
  account->without_marker = !adw_switch_row_get_active (self->marker);
  account->spam_stays = !adw_switch_row_get_active (self->spam_moves);
  account->join_subject_days = (int) adw_spin_row_get_value (self->join_subject_days);
  account->imap = mos_server_group_dup_server (self->imap);
  account->smtp = mos_server_group_dup_server (self->smtp);
  mos_sender_group_apply (self->senders, account);
  if (self->kind != NULL)
    {
      mos_account_own_settings (account);
      mos_chat_form_apply (self->chat, account);
    }
  if (!g_str_equal (account->imap->host, old_imap->host) && !g_str_equal (account->smtp->host, old_smtp->host))
    g_clear_pointer (&account->pinned_certificate, g_free);
  return account;
}

static void
show_error (MosAccountDialog *self,
            const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mos_error_alert_present (GTK_WIDGET (self), error);
}

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosAccountDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_save_account_finish (MOS_DESK (source), result, &error))
    {
      show_error (self, error);
      return;
    }
  /* What cannot be pressed any more keeps no focus, and the dialog would not hear Escape. */
  if (gtk_widget_has_focus (self->save_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->state_row));
  gtk_widget_set_sensitive (self->save_button, FALSE);
}

static void
save (MosAccountDialog *self,
      MosAccount *account)
{
  mos_desk_save_account_async (self->desk, account, NULL, self->cancellable, on_saved_cb, g_object_ref (self));
}

static void
on_save_cb (MosAccountDialog *self)
{
  g_autoptr (MosAccount) account = NULL;

  if (self->kind != NULL && !mos_chat_form_check (self->chat))
    return;
  account = dup_edited (self);
  save (self, account);
}

static void
on_notifies_cb (MosAccountDialog *self)
{
  if (!self->filling)
    mos_settings_set_silent (mos_account_item_get_account (self->item)->id, !adw_switch_row_get_active (self->notifies));
}

static void
on_surveys_cb (MosAccountDialog *self)
{
  mos_dialog_present (mos_surveys_dialog_new (self->desk, mos_account_item_get_account (self->item)->id), GTK_WIDGET (self));
}

static void
on_sync_cb (MosAccountDialog *self)
{
  mos_desk_sync_now (self->desk, mos_account_item_get_account (self->item)->id);
}

static void
on_method_cb (MosAccountDialog *self)
{
  g_autoptr (MosAccount) account = dup_edited (self);

  mos_dialog_present (ADW_DIALOG (mos_sign_in_dialog_new (self->desk, account)), GTK_WIDGET (self));
}

static void
on_renew_cb (MosAccountDialog *self)
{
  g_autoptr (MosAccount) account = dup_edited (self);

  if (account->oauth != NULL)
    on_method_cb (self);
  else
    mos_dialog_present (mos_account_make_key_dialog (self->desk, account), GTK_WIDGET (self));
}

static void
on_test_cb (MosAccountDialog *self)
{
  g_autoptr (MosAccount) account = dup_edited (self);

  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->test_page));
  mos_account_test_page_start (self->test_page, account, NULL);
}

static void
on_delivery_cb (MosAccountDialog *self)
{
  MosDeliveryPage *page = mos_delivery_page_new (self->desk, mos_account_item_get_account (self->item));

  g_set_weak_pointer (&self->delivery_page, page);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

static void
on_webhook_removed (gpointer dialog)
{
  on_sync_cb (dialog);
}

static void
on_remedy_cb (MosAccountDialog *self)
{
  switch (self->remedy)
    {
    case MOS_REMEDY_PASSWORD:
    case MOS_REMEDY_TOKEN:
    case MOS_REMEDY_SIGN_IN:
      on_renew_cb (self);
      break;
    case MOS_REMEDY_CERTIFICATE:
      on_test_cb (self);
      break;
    case MOS_REMEDY_WEBHOOK:
      mos_webhook_alert_present (GTK_WIDGET (self), self->desk, mos_account_item_get_account (self->item), NULL, on_webhook_removed, self);
      break;
    case MOS_REMEDY_SEEN:
      mos_desk_note_seen (self->desk, mos_account_item_get_account (self->item)->id);
      break;
    case MOS_REMEDY_RETRY:
      on_sync_cb (self);
      break;
    case MOS_REMEDY_SETTINGS:
    case MOS_REMEDY_NONE:
    default:
      break;
    }
}

static void
on_passed_cb (MosAccountDialog *self,
              MosAccount *account)
{
  /* What was tried is what is kept, a newly trusted certificate included. */
  save (self, account);
}

static void
on_edit_cb (MosAccountDialog *self)
{
  adw_navigation_view_pop (self->navigation);
}

static void
on_removed_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosAccountDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mos_desk_remove_account_finish (MOS_DESK (source), result, &error))
    adw_dialog_force_close (ADW_DIALOG (self));
  else
    show_error (self, error);
}

static void
on_remove_response_cb (MosAccountDialog *self,
                       const char *response)
{
  if (g_str_equal (response, "remove"))
    mos_desk_remove_account_async (self->desk, mos_account_item_get_account (self->item)->id, NULL, on_removed_cb, g_object_ref (self));
}

static void
on_remove_cb (MosAccountDialog *self)
{
  AdwDialog *alert = adw_alert_dialog_new (_ ("Remove the Account?"), NULL);

  if (is_chat (self))
    /* Translators: %s is how a bot is called, such as @shop_bot. */
    adw_alert_dialog_format_body (ADW_ALERT_DIALOG (alert), _ ("What is written to %s is no longer fetched, nothing is sent, and its token is forgotten. Its conversations stay here, and what waits to be sent becomes a draft."),
                                  mos_account_item_get_account (self->item)->address);
  else
    /* Translators: %s is a mail address. */
    adw_alert_dialog_format_body (ADW_ALERT_DIALOG (alert), _ ("Mail of %s is no longer fetched or sent, and its password is forgotten. Its conversations stay here, and its mail stays on the server. What waits to be sent becomes a draft."),
                                  mos_account_item_get_account (self->item)->address);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  g_signal_connect_object (alert, "response", G_CALLBACK (on_remove_response_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (alert, GTK_WIDGET (self));
}

static void
mos_account_dialog_closed (AdwDialog *dialog)
{
  MosAccountDialog *self = MOS_ACCOUNT_DIALOG (dialog);

  g_cancellable_cancel (self->cancellable);
  mos_account_test_page_cancel (self->test_page);
  if (self->delivery_page != NULL)
    mos_delivery_page_stop (self->delivery_page);
}

static void
mos_account_dialog_dispose (GObject *object)
{
  MosAccountDialog *self = MOS_ACCOUNT_DIALOG (object);

  g_clear_weak_pointer (&self->delivery_page);
  g_clear_object (&self->test_page);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_ACCOUNT_DIALOG);
  g_clear_object (&self->item);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (mos_account_dialog_parent_class)->dispose (object);
}

static void
mos_account_dialog_class_init (MosAccountDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_account_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_account_dialog_closed;

  g_type_ensure (MOS_TYPE_ACCOUNT_LOG_ROW);
  g_type_ensure (MOS_TYPE_CHAT_FORM);
  g_type_ensure (MOS_TYPE_SENDER_GROUP);
  g_type_ensure (MOS_TYPE_SERVER_GROUP);
  g_type_ensure (MOS_TYPE_MAILBOX_GROUP);
  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, state_row);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, remedy_row);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, log_row);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, mailbox);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, method_row);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, renew_row);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, change_method_row);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, senders);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, name);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, signature);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, signature_group);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, joining_group);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, surveys_group);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, chat);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, chat_group);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, plus_addressing);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, marker);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, spam_moves);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, notifies);
  gtk_widget_class_bind_template_callback (widget_class, on_notifies_cb);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, join_subject_days);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, imap);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, smtp);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, delivery_row);
  gtk_widget_class_bind_template_child (widget_class, MosAccountDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_delivery_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_method_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_renew_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_remedy_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_surveys_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sync_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_cb);
}

static void
mos_account_dialog_init (MosAccountDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->signature), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
}

MosAccountDialog *
mos_account_dialog_new (MosDesk *desk,
                        MosAccountItem *item)
{
  MosAccountDialog *self = g_object_new (MOS_TYPE_ACCOUNT_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  self->item = g_object_ref (item);
  mos_help_set_page (GTK_WIDGET (self), mos_help_find_page_of_kind (mos_account_item_get_account (item)->kind));
  self->kind = is_chat (self) ? mos_account_kind_find (mos_account_item_get_account (item)->kind) : NULL;
  self->test_page = g_object_ref_sink (mos_account_test_page_new (desk));
  g_signal_connect_object (self->test_page, "passed", G_CALLBACK (on_passed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test_page, "edit", G_CALLBACK (on_edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::account", G_CALLBACK (update_method), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::status", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  show_groups (self);
  fill (self);
  update_state (self);
  mos_account_log_row_set_account (self->log_row, desk, mos_account_item_get_account (item)->id);
  if (!is_chat (self))
    mos_mailbox_group_set_account (self->mailbox, desk, item);
  return self;
}
