/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-hint-text.h"
#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-print.h"
#include "app/widgets/mos-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* --- What is suspicious --- */

static void
on_hints_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hints = mos_desk_load_hints_finish (MOS_DESK (source), result, &error);

  if (hints == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("A message could not be judged: %s", error->message);
      return;
    }
  g_clear_pointer (&self->hints, g_ptr_array_unref);
  self->hints = g_steal_pointer (&hints);
  if (self->hints->len > 0 && self->content != NULL && self->expanded)
    mos_message_bubble_update_bars (self);
}

void
mos_message_bubble_find_hints (MosMessageBubble *self)
{
  if (self->hints_wanted || self->desk == NULL || mos_message_get_row (self->message)->direction != MOS_DIRECTION_INCOMING)
    return;
  self->hints_wanted = TRUE;
  mos_desk_load_hints_async (self->desk, mos_message_get_id (self->message), self->cancellable, on_hints_cb, g_object_ref (self));
}

static void
why_hint_action (GtkWidget *widget,
                 const char *action,
                 GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);
  g_autofree char *text = NULL;
  AdwDialog *dialog;

  if (self->hints == NULL || self->hints->len == 0)
    return;
  text = mos_hints_why_text (self->hints);
  dialog = adw_alert_dialog_new (_ ("Why Is This Unusual?"), text);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  mos_dialog_present (dialog, widget);
}

/* --- Paper and files --- */

static GPtrArray *
list_of_one (MosMessageBubble *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);

  g_ptr_array_add (rows, mos_message_row_ref (mos_message_get_row (self->message)));
  return rows;
}

static void
print_action (GtkWidget *widget,
              const char *action,
              GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);
  MosMessageRow *row = mos_message_get_row (self->message);
  g_autoptr (GPtrArray) rows = NULL;

  if (row == NULL)
    return;
  rows = list_of_one (self);
  if (g_str_equal (action, "message.print"))
    mos_print_run (widget, self->desk, row->subject, rows);
  else
    mos_print_save_pdf (widget, self->desk, row->subject, rows);
}

static void
save_mail_action (GtkWidget *widget,
                  const char *action,
                  GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->desk != NULL)
    mos_print_save_mail (widget, self->desk, mos_message_get_row (self->message));
}

void
mos_message_bubble_install_safety (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "message.why-hint", NULL, why_hint_action);
  gtk_widget_class_install_action (widget_class, "message.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "message.save-pdf", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "message.save-mail", NULL, save_mail_action);
}

void
mos_message_bubble_add_output (MosMessageBubble *self,
                               GMenu *menu)
{
  MosMessageRow *row = mos_message_get_row (self->message);

  g_menu_append (menu, _ ("_Print…"), "message.print");
  g_menu_append (menu, _ ("Save as P_DF…"), "message.save-pdf");
  if (row->direction != MOS_DIRECTION_NOTE && !(self->desk != NULL && mos_desk_is_chat (self->desk, row->account)))
    g_menu_append (menu, _ ("Save as _Mail File…"), "message.save-mail");
}
