/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-held-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/conversation/mos-message-text.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "app/widgets/mos-toast-show.h"

#include <glib/gi18n.h>

struct _MosHeldDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts; /* (borrowed) */
  GtkStack *stack;         /* (borrowed) */
  GtkListBox *list;        /* (borrowed) */

  MosDesk *desk;             /* (owned) */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (MosHeldDialog, mos_held_dialog, ADW_TYPE_DIALOG)

static const char *
kind_text (const char *kind)
{
  if (g_str_equal (kind, "send"))
    return _ ("Message to be sent");
  if (g_str_equal (kind, "reminder"))
    return _ ("Reminder");
  return _ ("Planned by another version of Mostrador");
}

static void
on_settled_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosHeldDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mos_toast_show (self->toasts, adw_toast_new (mos_error_text (error).title));
}

static void
on_time_chosen_cb (GtkWidget *row,
                   gint64 due_us)
{
  MosHeldDialog *self = MOS_HELD_DIALOG (gtk_widget_get_ancestor (row, MOS_TYPE_HELD_DIALOG));
  const char *ids[] = { g_object_get_data (G_OBJECT (row), "id"), NULL };

  if (self != NULL)
    mos_desk_postpone_held_async (self->desk, ids, due_us, self->cancellable, on_settled_cb, g_object_ref (self));
}

static void
on_button_cb (GtkWidget *row,
              GtkWidget *button)
{
  MosHeldDialog *self = MOS_HELD_DIALOG (gtk_widget_get_ancestor (row, MOS_TYPE_HELD_DIALOG));
  const char *what = gtk_widget_get_name (button);
  const char *ids[] = { g_object_get_data (G_OBJECT (row), "id"), NULL };

  if (g_str_equal (what, "now"))
    mos_desk_release_held_async (self->desk, ids, self->cancellable, on_settled_cb, g_object_ref (self));
  else if (g_str_equal (what, "discard"))
    mos_desk_discard_held_async (self->desk, ids, self->cancellable, on_settled_cb, g_object_ref (self));
  else
    {
      MosSnoozeDialog *dialog = mos_snooze_dialog_new_for (_ ("New Time"), _ ("_Set"));

      mos_snooze_dialog_set_calendar (dialog, mos_desk_get_calendar (self->desk));
      g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_time_chosen_cb), row, G_CONNECT_SWAPPED);
      mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
    }
}

static void
add_button (GtkWidget *row,
            GtkWidget *box,
            const char *label,
            const char *name)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_name (button, name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_button_cb), row, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_row (MosHeldItem *item)
{
  MosConversationRow *conversation = item->conversation;
  g_autofree char *subject = mos_text_isolate (conversation != NULL && *conversation->subject != '\0' ? conversation->subject : _ ("No subject"));
  g_autofree char *customer = mos_text_isolate (conversation != NULL && conversation->customer_name != NULL ? conversation->customer_name : "");
  g_autofree char *due = mos_time_text_relative (item->due->due_us, g_get_real_time (), NULL);
  g_autofree char *when = NULL;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  /* Translators: what was planned ("Message to be sent") and the time it was planned for. */
  when = g_strdup_printf (_ ("%1$s, planned for: %2$s"), kind_text (item->due->kind), due);
  gtk_box_append (GTK_BOX (box), make_label (subject, "heading"));
  if (*customer != '\0')
    gtk_box_append (GTK_BOX (box), make_label (customer, NULL));
  gtk_box_append (GTK_BOX (box), make_label (when, "dim-label"));
  if (item->message != NULL && item->message->why != NULL)
    {
      g_autofree char *why = mos_scheduled_text (item->message, g_get_real_time ());

      gtk_box_append (GTK_BOX (box), make_label (why, NULL));
    }
  add_button (row, buttons, g_str_equal (item->due->kind, "send") ? _ ("_Send Now") : _ ("_Do Now"), "now");
  add_button (row, buttons, _ ("_New Time…"), "later");
  add_button (row, buttons, _ ("_Discard"), "discard");
  gtk_widget_set_margin_top (buttons, 6);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (item->due->id), g_free);
  return row;
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosHeldDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = mos_desk_load_held_finish (MOS_DESK (source), result, &error);

  if (items == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mos_toast_show (self->toasts, adw_toast_new (mos_error_text (error).title));
      return;
    }
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < items->len; i++)
    gtk_list_box_append (self->list, make_row (items->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : "empty");
}

static void
load (MosHeldDialog *self)
{
  mos_desk_load_held_async (self->desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
mos_held_dialog_dispose (GObject *object)
{
  MosHeldDialog *self = MOS_HELD_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_held_dialog_parent_class)->dispose (object);
}

static void
mos_held_dialog_class_init (MosHeldDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_held_dialog_dispose;
}

static void
mos_held_dialog_init (MosHeldDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *empty = adw_status_page_new ();

  self->cancellable = g_cancellable_new ();
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Held"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 480);
  adw_dialog_set_content_height (ADW_DIALOG (self), 420);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_box_append (GTK_BOX (box), make_label (_ ("Its time came, but a person has to say what becomes of it. Nothing of it was done."), NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "alarm-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing Is Held"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty), _ ("What would reach a customer more than two hours late, or does not fit what happened since, waits here for you."));
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->toasts));
  adw_dialog_set_child (ADW_DIALOG (self), view);
}

MosHeldDialog *
mos_held_dialog_new (MosDesk *desk)
{
  MosHeldDialog *self = g_object_new (MOS_TYPE_HELD_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "held-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}
