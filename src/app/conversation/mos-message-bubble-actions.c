/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-html-buffer.h"
#include "app/conversation/mos-original-dialog.h"
#include "app/conversation/mos-source-dialog.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static MosMessageRow *
row_of (MosMessageBubble *self)
{
  return mos_message_get_row (self->message);
}

/* --- Reading --- */

static void
toggle_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  mos_message_bubble_set_expanded (self, !self->expanded);
}

static void
fold_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->body == NULL)
    return;
  mos_body_view_set_folded (MOS_BODY_VIEW (self->body), !mos_body_view_get_folded (MOS_BODY_VIEW (self->body)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->fold_button), !mos_body_view_get_folded (MOS_BODY_VIEW (self->body)));
  mos_message_bubble_update_body (self);
  mos_message_bubble_load_images (self);
}

static void
details_action (GtkWidget *widget,
                const char *action,
                GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->details == NULL)
    return;
  gtk_widget_set_visible (self->details, !gtk_widget_get_visible (self->details));
  mos_message_bubble_update_details (self);
}

static void
prefer_text_action (GtkWidget *widget,
                    const char *action,
                    GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->body == NULL)
    return;
  self->prefer_text = !self->prefer_text;
  g_clear_pointer (&self->shown_text, g_free);
  mos_message_bubble_update_body (self);
  mos_message_bubble_update_bars (self);
}

static void
on_image_sender_cb (GObject *source,
                    GAsyncResult *result,
                    gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    mos_widget_show_problem (GTK_WIDGET (self), _ ("This Sender Could Not Be Remembered"), error->message);
}

static void
load_images_action (GtkWidget *widget,
                    const char *action,
                    GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (g_str_equal (action, "message.always-images") && self->desk != NULL && row_of (self)->from != NULL)
    mos_desk_set_image_sender_async (self->desk, row_of (self)->from->address, TRUE, NULL, on_image_sender_cb, g_object_ref (self));
  self->images_allowed = TRUE;
  /* One that is folded shows them when it is opened; its original may be open before. */
  if (self->body == NULL)
    return;
  mos_message_bubble_load_images (self);
  mos_message_bubble_update_bars (self);
}

static void
copy_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), row_of (self)->text);
}

static void
source_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->desk != NULL)
    mos_source_dialog_present (self->desk, row_of (self), widget);
}

static void
original_action (GtkWidget *widget,
                 const char *action,
                 GVariant *parameter)
{
  mos_original_dialog_present (MOS_MESSAGE_BUBBLE (widget));
}

static void
save_all_action (GtkWidget *widget,
                 const char *action,
                 GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);
  MosMessageRow *row = row_of (self);
  g_autoptr (GPtrArray) listed = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);

  for (guint i = 0; row->attachments != NULL && i < row->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (row->attachments, i);

      if (!attachment->is_inline)
        g_ptr_array_add (listed, mos_attachment_ref (attachment));
    }
  if (self->desk != NULL && listed->len > 0)
    mos_attachment_save_all (self->desk, listed, widget);
}

static void
compose_action (GtkWidget *widget,
                const char *action,
                GVariant *parameter)
{
  g_signal_emit_by_name (widget, "compose", action + strlen ("message."));
}

/* --- Links --- */

static void
on_address_response_cb (AdwAlertDialog *dialog,
                        const char *response,
                        gpointer user_data)
{
  if (g_str_equal (response, "copy"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (user_data)), g_object_get_data (G_OBJECT (dialog), "url"));
}

/* What opens here nowhere may open elsewhere. */
static void
offer_address (MosMessageBubble *self,
               const char *url)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("The Link Could Not Be Opened"), NULL);

  /* Translators: %s is the address that a link leads to. */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("No program on this computer opens it. Its address can be copied:\n%s"), url);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"), "copy", _ ("Copy _Address"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "copy");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  g_object_set_data_full (G_OBJECT (dialog), "url", g_strdup (url), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_address_response_cb), self, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_link_launched_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) && self->box != NULL &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_info ("A link was not opened: %s", error->message);
      offer_address (self, gtk_uri_launcher_get_uri (GTK_URI_LAUNCHER (source)));
    }
}

static void
launch (MosMessageBubble *self,
        const char *url)
{
  g_autoptr (GtkUriLauncher) launcher = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* Mail is written here, whichever program the desktop would ask. */
  if (g_ascii_strncasecmp (url, "mailto:", strlen ("mailto:")) == 0 && gtk_widget_activate_action (GTK_WIDGET (self), "win.write-mail", "s", url))
    return;
  launcher = gtk_uri_launcher_new (url);
  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable, on_link_launched_cb, g_object_ref (self));
}

static void
on_link_answered_cb (AdwAlertDialog *dialog,
                     const char *response,
                     gpointer user_data)
{
  MosMessageBubble *self = user_data;

  if (g_str_equal (response, "open"))
    launch (self, g_object_get_data (G_OBJECT (dialog), "url"));
}

void
mos_message_bubble_ask_link (MosMessageBubble *self,
                             const char *url,
                             const char *text)
{
  gboolean deceptive = mos_body_link_is_deceptive (text, url);
  gboolean forged = mos_body_link_is_forged (url);
  g_autofree char *target = mos_body_link_target (url);
  AdwDialog *dialog = adw_alert_dialog_new (deceptive ? _ ("This Link Leads Elsewhere") : forged ? _ ("This Link Has an Unusual Name")
                                                                                                 : _ ("Open This Link?"),
                                            NULL);

  if (text != NULL && (deceptive || forged))
    /* Translators: what a link says, and the address it really leads to. */
    adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("It says “%1$s” but leads to:\n%2$s"), text, target);
  else
    /* Translators: %s is the address that a link leads to. */
    adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("It leads to:\n%s"), target);
  if (deceptive || forged)
    {
      adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "open", _ ("_Open Anyway"), NULL);
      adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "open", ADW_RESPONSE_DESTRUCTIVE);
      adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
    }
  else
    {
      adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "open", _ ("_Open"), NULL);
      adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "open", ADW_RESPONSE_SUGGESTED);
      adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "open");
    }
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "url", g_strdup (url), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_link_answered_cb), self, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

void
mos_message_bubble_open_link (MosMessageBubble *self,
                              const char *url,
                              const char *text)
{
  if (!mos_body_link_is_deceptive (text, url) && !mos_body_link_is_forged (url))
    launch (self, url);
  else
    mos_message_bubble_ask_link (self, url, text);
}

/* --- Delivery --- */

static void
on_acted_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mos_widget_show_problem (GTK_WIDGET (self), _ ("This Did Not Work"), error->message);
}

static void
retry_action (GtkWidget *widget,
              const char *action,
              GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->desk != NULL)
    mos_desk_retry_send_async (self->desk, mos_message_get_id (self->message), NULL, on_acted_cb, g_object_ref (self));
}

static void
release_action (GtkWidget *widget,
                const char *action,
                GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);
  const char *ids[] = { mos_message_get_id (self->message), NULL };

  if (self->desk != NULL)
    mos_desk_release_messages_async (self->desk, ids, NULL, on_acted_cb, g_object_ref (self));
}

/* The bar below the window shows how far it is; it is cancelled there. */
static void
fetch_whole_action (GtkWidget *widget,
                    const char *action,
                    GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->desk == NULL)
    return;
  mos_desk_fetch_whole (self->desk, mos_message_get_id (self->message), row_of (self)->subject);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("The whole message is being fetched"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
settle_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->desk != NULL)
    mos_desk_settle_send_async (self->desk, mos_message_get_id (self->message), g_str_equal (action, "message.was-sent"), NULL, on_acted_cb, g_object_ref (self));
}

static void
on_taken_back_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    {
      if (self->message != NULL)
        g_signal_emit_by_name (self, "edit-again", mos_message_get_id (self->message));
    }
  else
    mos_widget_show_problem (GTK_WIDGET (self), _ ("The Message Could Not Be Taken Back"), error->message);
}

static void
edit_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->desk != NULL)
    mos_desk_cancel_send_async (self->desk, mos_message_get_id (self->message), NULL, on_taken_back_cb, g_object_ref (self));
}

static void
send_now_action (GtkWidget *widget,
                 const char *action,
                 GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->desk != NULL)
    mos_desk_send_now_async (self->desk, mos_message_get_id (self->message), NULL, on_acted_cb, g_object_ref (self));
}

static void
on_time_chosen_cb (MosMessageBubble *self,
                   gint64 at_us)
{
  if (self->desk != NULL && self->message != NULL)
    mos_desk_change_send_time_async (self->desk, mos_message_get_id (self->message), at_us, NULL, on_acted_cb, g_object_ref (self));
}

static void
change_time_action (GtkWidget *widget,
                    const char *action,
                    GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);
  AdwDialog *dialog = ADW_DIALOG (mos_snooze_dialog_new_for (_ ("Send At"), _ ("_Change")));

  if (self->desk != NULL)
    mos_snooze_dialog_set_calendar (MOS_SNOOZE_DIALOG (dialog), mos_desk_get_calendar (self->desk));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_time_chosen_cb), widget, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}

static void
on_discarded_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    mos_widget_show_problem (GTK_WIDGET (self), _ ("The Message Could Not Be Discarded"), error->message);
}

static void
on_discard_answered_cb (AdwAlertDialog *dialog,
                        const char *response,
                        gpointer user_data)
{
  MosMessageBubble *self = user_data;

  if (g_str_equal (response, "discard") && self->desk != NULL)
    mos_desk_discard_send_async (self->desk, mos_message_get_id (self->message), NULL, on_discarded_cb, g_object_ref (self));
}

static void
discard_action (GtkWidget *widget,
                const char *action,
                GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Discard This Message?"), _ ("It was not sent. Its text will be gone."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard", _ ("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_discard_answered_cb), widget, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, widget);
}

void
mos_message_bubble_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "message.toggle", NULL, toggle_action);
  gtk_widget_class_install_action (widget_class, "message.fold", NULL, fold_action);
  gtk_widget_class_install_action (widget_class, "message.details", NULL, details_action);
  gtk_widget_class_install_action (widget_class, "message.prefer-text", NULL, prefer_text_action);
  gtk_widget_class_install_action (widget_class, "message.load-images", NULL, load_images_action);
  gtk_widget_class_install_action (widget_class, "message.always-images", NULL, load_images_action);
  gtk_widget_class_install_action (widget_class, "message.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "message.source", NULL, source_action);
  gtk_widget_class_install_action (widget_class, "message.original", NULL, original_action);
  gtk_widget_class_install_action (widget_class, "message.why", NULL, mos_message_bubble_show_why);
  gtk_widget_class_install_action (widget_class, "message.save-all", NULL, save_all_action);
  gtk_widget_class_install_action (widget_class, "message.reply", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "message.reply-all", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "message.forward", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "message.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "message.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "message.send-now", NULL, send_now_action);
  gtk_widget_class_install_action (widget_class, "message.change-time", NULL, change_time_action);
  gtk_widget_class_install_action (widget_class, "message.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "message.release", NULL, release_action);
  gtk_widget_class_install_action (widget_class, "message.fetch-whole", NULL, fetch_whole_action);
  gtk_widget_class_install_action (widget_class, "message.was-sent", NULL, settle_action);
  gtk_widget_class_install_action (widget_class, "message.was-not-sent", NULL, settle_action);
}

GMenuModel *
mos_message_bubble_create_menu (MosMessageBubble *self)
{
  MosMessageRow *row = row_of (self);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) answer = g_menu_new ();
  g_autoptr (GMenu) read = g_menu_new ();
  g_autoptr (GMenu) about = g_menu_new ();
  gboolean is_chat = self->desk != NULL && mos_desk_is_chat (self->desk, row->account);

  if (row->call != NULL)
    {
      g_menu_append (answer, _ ("Answer by _SMS"), "conversation.answer-by-sms");
      g_menu_append (answer, _ ("Answer by _Mail Instead"), "conversation.answer-by-mail");
      g_menu_append (answer, _ ("Call _Back At…"), "conversation.call-back");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (answer));
    }
  else if (row->direction != MOS_DIRECTION_NOTE)
    {
      g_menu_append (answer, _ ("_Reply"), "message.reply");
      if (!is_chat)
        g_menu_append (answer, _ ("Reply _All"), "message.reply-all");
      if (is_chat)
        g_menu_append (answer, _ ("Answer by _Mail Instead"), "conversation.answer-by-mail");
      g_menu_append (answer, _ ("_Forward"), "message.forward");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (answer));
      if (is_chat)
        mos_message_bubble_add_changes (self, menu);
    }
  g_menu_append (read, _ ("_Copy Text"), "message.copy");
  mos_message_bubble_add_translation (self, read);
  if (row->has_html && self->expanded)
    g_menu_append (read, self->prefer_text ? _ ("Show For_matted") : _ ("Show Plain _Text"), "message.prefer-text");
  if (row->has_html && mos_original_is_available ())
    g_menu_append (read, _ ("Show _Original"), "message.original");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (read));
  if (row->direction != MOS_DIRECTION_NOTE)
    {
      g_menu_append (about, _ ("_Why Is This Here?"), "message.why");
      if (!is_chat && row->call == NULL)
        g_menu_append (about, _ ("Show _Headers and Source"), "message.source");
    }
  mos_message_bubble_add_output (self, about);
  mos_message_bubble_add_joining (self, about);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (about));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
