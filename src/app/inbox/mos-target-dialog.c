/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-target-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/conversation/mos-message-text.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-search-list.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

struct _MosTargetDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkSearchEntry *entry;
  GtkLabel *heading;
  GtkListBox *targets;

  /* Owned */
  MosDesk *desk;
  char *conversation;
  GCancellable *cancellable; /* of the search that runs */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosTargetDialog, mos_target_dialog, ADW_TYPE_DIALOG)

static void
on_row_activated_cb (MosTargetDialog *self,
                     GtkListBoxRow *list_row)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_ref (g_object_get_data (G_OBJECT (list_row), "row"));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, row);
}

static GtkWidget *
target_row_new (MosTargetDialog *self,
                MosConversationRow *row)
{
  GtkWidget *list_row = adw_action_row_new ();
  g_autofree char *name = mos_text_isolate (mos_conversation_who_text (row));
  g_autofree char *subject = mos_text_isolate (*row->subject != '\0' ? row->subject : _ ("No subject"));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, row->number);
  g_autofree char *time = mos_time_text_relative (row->updated_us, mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk))), NULL);
  /* Translators: a conversation's number and subject. */
  g_autofree char *words = g_strdup_printf (_ ("#%1$s %2$s"), number, subject);
  g_autofree char *title = mos_text_in_ui_direction (words);
  /* Translators: a customer, the status of the conversation, and when its newest message came. */
  g_autofree char *facts = g_strdup_printf (_ ("%1$s · %2$s · %3$s"), name, mos_status_text (row->status), time);
  g_autofree char *subtitle = mos_text_in_ui_direction (facts);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (list_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (list_row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (list_row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (list_row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (list_row), TRUE);
  g_object_set_data_full (G_OBJECT (list_row), "row", mos_conversation_row_ref (row), (GDestroyNotify) mos_conversation_row_unref);
  return list_row;
}

static void
on_found_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosTargetDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mos_desk_find_targets_finish (MOS_DESK (source), result, &error);
  gboolean is_typed = *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_list_box_remove_all (self->targets);
  if (rows == NULL)
    {
      gtk_label_set_label (self->heading, mos_error_text (error).sentence);
      gtk_widget_set_visible (GTK_WIDGET (self->targets), FALSE);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (self->targets, target_row_new (self, g_ptr_array_index (rows, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->targets), rows->len > 0);
  if (rows->len == 0)
    gtk_label_set_label (self->heading, is_typed ? _ ("Nothing was found. Try the number, or a word of the subject.") : _ ("This customer has no other conversation. Look for one by its number, subject or customer."));
  else
    gtk_label_set_label (self->heading, is_typed ? _ ("Found") : _ ("Probably one of these"));
}

static void
search (MosTargetDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mos_desk_find_targets_async (self->desk, self->conversation, gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->cancellable, on_found_cb, g_object_ref (self));
}

static void
on_text_changed_cb (MosTargetDialog *self)
{
  search (self);
}

static void
mos_target_dialog_dispose (GObject *object)
{
  MosTargetDialog *self = MOS_TARGET_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->conversation, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_TARGET_DIALOG);
  G_OBJECT_CLASS (mos_target_dialog_parent_class)->dispose (object);
}

static void
mos_target_dialog_class_init (MosTargetDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_target_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_conversation_row_get_type ());

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-target-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosTargetDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, MosTargetDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MosTargetDialog, targets);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed_cb);
}

static void
mos_target_dialog_init (MosTargetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mos_search_list_join (self->entry, self->targets);
}

MosTargetDialog *
mos_target_dialog_new (MosDesk *desk,
                       const char *conversation,
                       const char *title)
{
  MosTargetDialog *self = g_object_new (MOS_TYPE_TARGET_DIALOG, "title", title, NULL);

  self->desk = g_object_ref (desk);
  self->conversation = g_strdup (conversation);
  search (self);
  return self;
}
