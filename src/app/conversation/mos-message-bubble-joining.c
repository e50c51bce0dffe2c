/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-message-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* --- Why is this here? --- */

static void
on_why_answered_cb (AdwAlertDialog *dialog,
                    const char *response,
                    gpointer user_data)
{
  MosMessageBubble *self = user_data;
  const char *action = g_str_equal (response, "move") ? "conversation.move-message" : g_str_equal (response, "split") ? "conversation.split-message"
                                                                                                                      : NULL;

  if (action != NULL && self->message != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, "s", mos_message_get_id (self->message));
}

void
mos_message_bubble_show_why (GtkWidget *widget,
                             const char *action,
                             GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);
  MosMessageRow *row = mos_message_get_row (self->message);
  g_autofree char *body = mos_message_why_text (row);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Why Is This Here?"), body);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  if (row->message_id != NULL)
    {
      GtkWidget *label = gtk_label_new (NULL);
      g_autofree char *id = mos_text_isolate (row->message_id);
      /* Translators: %s is the identifier of an e-mail. */
      g_autofree char *text = g_strdup_printf (_ ("Message-ID: %s"), id);

      gtk_label_set_label (GTK_LABEL (label), text);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      mos_label_forbid_hyphens (GTK_LABEL (label));
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dimmed");
      adw_alert_dialog_set_extra_child (alert, label);
    }
  adw_alert_dialog_add_responses (alert, "close", _ ("_Close"), "move", _ ("_Move to Another Conversation…"), "split", _ ("_Open as Its Own Conversation"), NULL);
  adw_alert_dialog_set_default_response (alert, "close");
  adw_alert_dialog_set_close_response (alert, "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_why_answered_cb), self, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, widget);
}

/* --- The menu --- */

static void
append (GMenu *menu,
        const char *label,
        const char *action,
        const char *message)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", message);
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

void
mos_message_bubble_add_joining (MosMessageBubble *self,
                                GMenu *menu)
{
  const char *id = mos_message_get_id (self->message);

  append (menu, _ ("_Move to…"), "conversation.move-message", id);
  append (menu, _ ("Sp_lit from Here…"), "conversation.split-from", id);
}

/* --- The events of it: where to, and back --- */

static void
add_button (GtkWidget *box,
            const char *label,
            const char *action,
            GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

void
mos_message_bubble_update_joining (MosMessageBubble *self,
                                   const MosMessageRow *row)
{
  g_autofree char *open = NULL;
  const char *undo;

  if (row->direction != MOS_DIRECTION_EVENT || row->other == NULL || self->event_buttons != NULL)
    return;
  self->event_buttons = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->event_buttons), 6);
  gtk_widget_set_halign (self->event_buttons, GTK_ALIGN_CENTER);
  /* Translators: opens the conversation with that number. */
  open = g_strdup_printf (_ ("Open #%d"), (int) row->other_number);
  add_button (self->event_buttons, open, "win.open-conversation", g_variant_new_string (row->other));
  if (g_strcmp0 (row->event_kind, "continued") == 0)
    undo = NULL;
  else if (g_strcmp0 (row->event_kind, "split") == 0)
    undo = _ ("Undo this split");
  else if (g_strcmp0 (row->event_kind, "move") == 0)
    undo = _ ("Undo this move");
  else
    undo = _ ("Undo this merge");
  if (undo != NULL)
    add_button (self->event_buttons, undo, "win.undo-batch", g_variant_new_int64 (row->batch));
  gtk_box_append (GTK_BOX (self->box), self->event_buttons);
}
