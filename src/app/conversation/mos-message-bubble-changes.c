/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/application/mos-chat-text.h"
#include "app/application/mos-error-text.h"
#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-message-bubble-private.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-chat-changes.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Of what a message is to say: a line or two. */
#define SHOWN_CHARACTERS 120

/* The signs that are offered: all platforms that know any know these. */
static const struct
{
  const char *sign;
  const char *name;
} signs[] = {
  { "👍", NC_ ("sign", "Thumbs up") },
  { "❤️", NC_ ("sign", "Heart") },
  { "🙏", NC_ ("sign", "Thank you") },
  { "🎉", NC_ ("sign", "Hooray") },
  { "😁", NC_ ("sign", "Smile") },
  { "😢", NC_ ("sign", "Sad") },
  { "👏", NC_ ("sign", "Applause") },
  { "👌", NC_ ("sign", "All right") },
};

static const MosChannelTraits *
traits_of (MosMessageBubble *self,
           const MosMessageRow *row)
{
  MosAccount *account = self->desk != NULL && row->account != NULL ? mos_desk_find_account (self->desk, row->account) : NULL;

  return mos_channel_traits_get (account != NULL ? account->kind : NULL);
}

/* It is in the chat now, as far as anybody knows. */
static gboolean
is_there (const MosMessageRow *row)
{
  if (row->withdrawn_us != 0)
    return FALSE;
  return row->direction == MOS_DIRECTION_INCOMING ||
         (row->direction == MOS_DIRECTION_OUTGOING && (row->delivery == MOS_DELIVERY_ACCEPTED || row->delivery == MOS_DELIVERY_DELIVERED || row->delivery == MOS_DELIVERY_READ));
}

/* Returns: (nullable): our sign at it, or the one that is on its way */
static const char *
find_our_sign (const MosMessageRow *row)
{
  const char *sign = NULL;

  for (guint i = 0; row->reactions != NULL && i < row->reactions->len; i++)
    {
      const MosReaction *reaction = row->reactions->pdata[i];

      if (reaction->is_ours)
        sign = reaction->sign;
    }
  for (guint i = 0; row->changes != NULL && i < row->changes->len; i++)
    {
      const MosChatChange *change = row->changes->pdata[i];

      if (change->kind == MOS_CHAT_CHANGE_REACT && change->why == NULL)
        sign = *change->text != '\0' ? change->text : NULL;
    }
  return sign;
}

/* --- doing it --- */

static void
on_changed_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->box != NULL)
    mos_widget_show_problem (GTK_WIDGET (self), _ ("This Did Not Work"), mos_error_text (error).sentence);
}

static void
change (MosMessageBubble *self,
        MosChatChangeKind kind,
        const char *text)
{
  if (self->desk != NULL && self->message != NULL)
    mos_desk_change_chat_async (self->desk, mos_message_get_id (self->message), kind, text, NULL, on_changed_cb, g_object_ref (self));
}

/* Where it is written, the words are. */
static void
change_words_action (GtkWidget *widget,
                     const char *action,
                     GVariant *parameter)
{
  g_signal_emit_by_name (widget, "compose", "change-words");
}

static void
on_withdraw_answered_cb (AdwAlertDialog *dialog,
                         const char *response,
                         gpointer user_data)
{
  if (g_str_equal (response, "withdraw"))
    change (MOS_MESSAGE_BUBBLE (user_data), MOS_CHAT_CHANGE_WITHDRAW, "");
}

static void
withdraw_action (GtkWidget *widget,
                 const char *action,
                 GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Take This Message Back?"), _ ("It disappears from the chat, for the customer as well, who may have read it already. Here it is kept, and marked."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "withdraw", _ ("_Take Back"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "withdraw", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_withdraw_answered_cb), widget, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, widget);
}

static void
react_action (GtkWidget *widget,
              const char *action,
              GVariant *parameter)
{
  change (MOS_MESSAGE_BUBBLE (widget), MOS_CHAT_CHANGE_REACT, g_variant_get_string (parameter, NULL));
}

static void
decide_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);
  MosChatChangeKind kind = mos_chat_change_kind_from_nick (g_variant_get_string (parameter, NULL), MOS_CHAT_CHANGE_EDIT);

  if (self->desk != NULL)
    mos_desk_decide_change_async (self->desk, mos_message_get_id (self->message), kind, g_str_equal (action, "message.change-again"), NULL, on_changed_cb, g_object_ref (self));
}

void
mos_message_bubble_install_changes (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "message.change-words", NULL, change_words_action);
  gtk_widget_class_install_action (widget_class, "message.withdraw", NULL, withdraw_action);
  gtk_widget_class_install_action (widget_class, "message.react", "s", react_action);
  gtk_widget_class_install_action (widget_class, "message.change-again", "s", decide_action);
  gtk_widget_class_install_action (widget_class, "message.change-drop", "s", decide_action);
}

/* --- the menu --- */

static GMenu *
make_signs (const char *ours)
{
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      g_autofree char *label = g_strdup_printf ("%s  %s", signs[i].sign, g_dpgettext2 (GETTEXT_PACKAGE, "sign", signs[i].name));
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "message.react", "s", signs[i].sign);
      g_menu_append_item (menu, item);
    }
  if (ours != NULL)
    {
      /* Translators: %s is a sign such as a heart, which we put to a message. */
      g_autofree char *label = g_strdup_printf (_ ("Take %s _Away"), ours);
      g_autoptr (GMenu) section = g_menu_new ();
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "message.react", "s", "");
      g_menu_append_item (section, item);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  return menu;
}

void
mos_message_bubble_add_changes (MosMessageBubble *self,
                                GMenu *menu)
{
  const MosMessageRow *row = mos_message_get_row (self->message);
  const MosChannelTraits *traits = traits_of (self, row);
  g_autoptr (GMenu) section = g_menu_new ();
  gboolean is_ours = row->direction == MOS_DIRECTION_OUTGOING;
  gint64 age_us = mos_message_bubble_now_us (self) - row->sent_us;

  if (!is_there (row))
    return;
  if ((traits->flags & MOS_CHANNEL_REACTIONS) != 0)
    {
      g_autoptr (GMenu) offered = make_signs (find_our_sign (row));

      g_menu_append_submenu (section, _ ("Put a Si_gn"), G_MENU_MODEL (offered));
    }
  if (is_ours && (traits->flags & MOS_CHANNEL_EDITS) != 0 && *row->text != '\0')
    g_menu_append (section, _ ("Change the _Text"), "message.change-words");
  if (is_ours && (traits->flags & MOS_CHANNEL_DELETES) != 0 && (traits->withdraw_window_s == 0 || age_us < (gint64) traits->withdraw_window_s * G_USEC_PER_SEC))
    g_menu_append (section, _ ("_Take Back…"), "message.withdraw");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* --- how far it is --- */

static void
add_decision (GtkWidget *buttons,
              const char *label,
              const char *action,
              MosChatChangeKind kind)
{
  GtkWidget *button = mos_message_bubble_add_bar_button (buttons, label, NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", mos_chat_change_kind_to_nick (kind));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

/* Returns: (transfer full): @text, shortened, as a line */
static char *
dup_line (const char *text)
{
  g_autofree char *line = g_utf8_strlen (text, -1) > SHOWN_CHARACTERS ? g_utf8_substring (text, 0, SHOWN_CHARACTERS) : g_strdup (text);
  g_autofree char *shown = g_strconcat (line, strlen (line) < strlen (text) ? "…" : NULL, NULL);

  g_strdelimit (shown, "\n", ' ');
  return mos_text_isolate (shown);
}

static void
add_failed_bar (MosMessageBubble *self,
                const MosChatChange *one)
{
  const char *why = mos_chat_change_why_text (one->why);
  g_autofree char *line = dup_line (one->text);
  g_autofree char *text = NULL;
  GtkWidget *buttons;

  if (one->kind == MOS_CHAT_CHANGE_EDIT)
    /* Translators: %1$s is what a message was to say, %2$s why it does not: a sentence. */
    text = g_strdup_printf (_ ("It was not changed to “%1$s”: the customer sees what stands here. %2$s"), line, why);
  else if (one->kind == MOS_CHAT_CHANGE_WITHDRAW)
    /* Translators: %s is why: a sentence. */
    text = g_strdup_printf (_ ("It was not taken back: the customer still sees it. %s"), why);
  else
    /* Translators: a sign is a heart and the like; %s is why: a sentence. */
    text = g_strdup_printf (*one->text != '\0' ? _ ("The sign was not put there. %s") : _ ("The sign was not taken away. %s"), why);
  buttons = mos_message_bubble_add_bar (self, "error", "dialog-error-symbolic", text, one->detail);
  add_decision (buttons, _ ("_Retry"), "message.change-again", one->kind);
  if (one->kind == MOS_CHAT_CHANGE_EDIT)
    mos_message_bubble_add_bar_button (buttons, _ ("_Edit"), "message.change-words");
  add_decision (buttons, _ ("_Leave It"), "message.change-drop", one->kind);
}

static void
add_waiting_bar (MosMessageBubble *self,
                 const MosChatChange *one)
{
  g_autofree char *line = dup_line (one->text);
  g_autofree char *text = NULL;
  GtkWidget *buttons;

  /* A sign shows that by itself. */
  if (one->kind == MOS_CHAT_CHANGE_REACT)
    return;
  if (one->kind == MOS_CHAT_CHANGE_EDIT)
    /* Translators: %s is what a message will say. */
    text = g_strdup_printf (_ ("Being changed to “%s”. Until then the customer sees what stands here."), line);
  else
    text = g_strdup (_ ("Being taken back. Until then the customer sees it."));
  buttons = mos_message_bubble_add_bar (self, "info", "document-open-recent-symbolic", text, one->detail);
  add_decision (buttons, _ ("_Leave It"), "message.change-drop", one->kind);
}

void
mos_message_bubble_add_change_bars (MosMessageBubble *self,
                                    const MosMessageRow *row)
{
  for (guint i = 0; row->changes != NULL && i < row->changes->len; i++)
    {
      const MosChatChange *one = row->changes->pdata[i];

      if (one->why != NULL)
        add_failed_bar (self, one);
      else
        add_waiting_bar (self, one);
    }
}

/* --- signs --- */

static void
add_our_sign (MosMessageBubble *self,
              const char *sign,
              gboolean is_waiting)
{
  GtkWidget *button = gtk_button_new_with_label (sign);
  g_autofree char *text = NULL;

  if (is_waiting)
    /* Translators: %s is a sign such as a heart, which is not at the message yet. */
    text = g_strdup_printf (_ ("You put %s to this: on its way. Take it away"), sign);
  else
    /* Translators: %s is a sign such as a heart. */
    text = g_strdup_printf (_ ("You put %s to this. Take it away"), sign);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "chat-sign");
  gtk_widget_add_css_class (button, "ours");
  if (is_waiting)
    gtk_widget_add_css_class (button, "dimmed");
  gtk_widget_set_tooltip_text (button, text);
  mos_widget_set_label (button, text);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "message.react");
  gtk_box_append (GTK_BOX (self->signs), button);
}

static void
add_their_sign (MosMessageBubble *self,
                const MosReaction *reaction)
{
  GtkWidget *label = gtk_label_new (reaction->sign);
  g_autofree char *text = NULL;

  if (reaction->person != NULL)
    /* Translators: %1$s is a person, %2$s a sign such as a heart. */
    text = g_strdup_printf (_ ("%1$s put %2$s to this"), reaction->person, reaction->sign);
  gtk_widget_add_css_class (label, "chat-sign");
  gtk_widget_set_tooltip_text (label, text);
  if (text != NULL)
    mos_widget_set_label (label, text);
  gtk_box_append (GTK_BOX (self->signs), label);
}

void
mos_message_bubble_update_signs (MosMessageBubble *self,
                                 const MosMessageRow *row)
{
  const char *ours = find_our_sign (row);
  gboolean is_there_already = FALSE;

  mos_message_bubble_empty (self, self->signs);
  for (guint i = 0; row->reactions != NULL && i < row->reactions->len; i++)
    {
      const MosReaction *reaction = row->reactions->pdata[i];

      if (!reaction->is_ours)
        add_their_sign (self, reaction);
      else
        is_there_already |= g_strcmp0 (reaction->sign, ours) == 0;
    }
  if (ours != NULL)
    add_our_sign (self, ours, !is_there_already);
  gtk_widget_set_visible (self->signs, gtk_widget_get_first_child (self->signs) != NULL);
}
