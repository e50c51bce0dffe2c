/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-call-backs-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-call-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "app/widgets/mos-toast-show.h"
#include "app/widgets/mos-undo-toast.h"
#include "core/desk/mos-desk-due.h"

#include <glib/gi18n.h>

struct _MosCallBacksDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts; /* (borrowed) */
  GtkStack *stack;         /* (borrowed) */
  GtkListBox *list;        /* (borrowed) */

  MosDesk *desk;             /* (owned) */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (MosCallBacksDialog, mos_call_backs_dialog, ADW_TYPE_DIALOG)

enum
{
  OPEN_CONVERSATION,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* The keyboard stays in the dialog, or Escape would not be heard. */
static void
focus_dialog (MosCallBacksDialog *self)
{
  if (!gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (gtk_widget_get_first_child (GTK_WIDGET (self)), GTK_DIR_TAB_FORWARD);
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosCallBacksDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  /* It is at the toast, which goes. */
  focus_dialog (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mos_toast_show (self->toasts, adw_toast_new (error != NULL ? mos_error_text (error).title : mos_action_text_undone (nick)));
}

static void
on_cancelled_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosCallBacksDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_toast_show (self->toasts, mos_undo_toast_new (_ ("Nobody needs to call back"), self->desk, batch, on_undone_cb, self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mos_toast_show (self->toasts, adw_toast_new (mos_error_text (error).title));
}

static void
on_cancel_cb (MosCallBacksDialog *self,
              GtkWidget *button)
{
  mos_desk_call_back_async (self->desk, g_object_get_data (G_OBJECT (button), "conversation"), 0, self->cancellable, on_cancelled_cb, g_object_ref (self));
}

static void
on_row_activated_cb (MosCallBacksDialog *self,
                     GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "conversation"));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[OPEN_CONVERSATION], 0, id);
}

static GtkWidget *
make_row (MosCallBacksDialog *self,
          MosHeldItem *item)
{
  MosConversationRow *conversation = item->conversation;
  const char *who = mos_conversation_who_text (conversation);
  g_autofree char *when = mos_time_text_relative (item->due->due_us, g_get_real_time (), NULL);
  g_autofree char *subject = mos_text_isolate (mos_subject_text (conversation));
  /* Translators: when somebody is to be called back, and what their conversation is called. */
  g_autofree char *facts = g_strdup_printf (_ ("%1$s · %2$s"), when, subject);
  /* Translators: %s is a person. */
  g_autofree char *label = g_strdup_printf (_ ("Do not call %s back"), who);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), who);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  mos_widget_set_label (button, label);
  g_object_set_data_full (G_OBJECT (button), "conversation", g_strdup (conversation->id), g_free);
  g_object_set_data_full (G_OBJECT (row), "conversation", g_strdup (conversation->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_cancel_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosCallBacksDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = mos_desk_load_call_backs_finish (MOS_DESK (source), result, &error);
  guint shown = 0;

  if (items == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mos_toast_show (self->toasts, adw_toast_new (mos_error_text (error).title));
      return;
    }
  /* The rows go, and the keyboard with them. */
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < items->len; i++)
    if (((MosHeldItem *) items->pdata[i])->conversation != NULL)
      {
        gtk_list_box_append (self->list, make_row (self, items->pdata[i]));
        shown++;
      }
  gtk_stack_set_visible_child_name (self->stack, shown > 0 ? "list" : "empty");
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) == NULL)
    focus_dialog (self);
}

static void
load (MosCallBacksDialog *self)
{
  mos_desk_load_call_backs_async (self->desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
mos_call_backs_dialog_dispose (GObject *object)
{
  MosCallBacksDialog *self = MOS_CALL_BACKS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_call_backs_dialog_parent_class)->dispose (object);
}

static void
mos_call_backs_dialog_class_init (MosCallBacksDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_call_backs_dialog_dispose;
  signals[OPEN_CONVERSATION] = g_signal_new ("open-conversation", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mos_call_backs_dialog_init (MosCallBacksDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *empty = adw_status_page_new ();

  self->cancellable = g_cancellable_new ();
  adw_dialog_set_title (ADW_DIALOG (self), _ ("To Be Called Back"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 440);
  adw_dialog_set_content_height (ADW_DIALOG (self), 420);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_margin_start (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->list), 12);
  mos_widget_set_label (GTK_WIDGET (self->list), _ ("To Be Called Back"));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "call-start-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nobody to Call Back"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty), _ ("Whom you plan to call, from a conversation or a noted call, is listed here until the time comes."));
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, scrolled, "list");
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->toasts));
  adw_dialog_set_child (ADW_DIALOG (self), view);
}

MosCallBacksDialog *
mos_call_backs_dialog_new (MosDesk *desk)
{
  MosCallBacksDialog *self;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  self = g_object_new (MOS_TYPE_CALL_BACKS_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "held-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}
