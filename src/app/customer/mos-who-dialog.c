/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-who-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/conversation/mos-message-text.h"
#include "app/customer/mos-order-text.h"
#include "app/customer/mos-pane-rows.h"
#include "app/widgets/mos-search-list.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "core/values/mos-customer-values.h"

#include <glib/gi18n.h>

#define MAX_FOUND 20

struct _MosWhoDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkSearchEntry *entry;
  GtkLabel *heading;
  GtkListBox *list;

  /* Owned */
  MosDesk *desk;
  GCancellable *cancellable; /* of the search that runs */
};

enum
{
  OPEN_CONVERSATION,
  WRITE,
  NOTE_CALL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosWhoDialog, mos_who_dialog, ADW_TYPE_DIALOG)

static const char *
address_of (const MosWho *who)
{
  const char *address = who->customer != NULL ? mos_customer_row_find_identity (who->customer, "email") : NULL;

  if (address != NULL)
    return address;
  return who->order != NULL && *who->order->email != '\0' ? who->order->email : NULL;
}

static const char *
name_of (const MosWho *who)
{
  const char *address = address_of (who);

  if (who->customer != NULL && *who->customer->name != '\0')
    return who->customer->name;
  if (who->order != NULL && *who->order->name != '\0')
    return who->order->name;
  return address != NULL ? address : _ ("Unknown customer");
}

static void
write_to (MosWhoDialog *self,
          const char *address)
{
  g_autofree char *kept = g_strdup (address);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[WRITE], 0, kept);
}

static void
on_write_cb (GtkWidget *button,
             MosWhoDialog *self)
{
  write_to (self, g_object_get_data (G_OBJECT (button), "address"));
}

static void
on_note_call_cb (GtkWidget *button,
                 MosWhoDialog *self)
{
  g_autofree char *customer = g_strdup (g_object_get_data (G_OBJECT (button), "customer"));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[NOTE_CALL], 0, customer);
}

static void
on_row_activated_cb (MosWhoDialog *self,
                     GtkListBoxRow *row)
{
  g_autoptr (MosWho) who = mos_who_ref (g_object_get_data (G_OBJECT (row), "who"));

  if (who->conversation == NULL)
    {
      if (address_of (who) != NULL)
        write_to (self, address_of (who));
      return;
    }
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[OPEN_CONVERSATION], 0, who->conversation->id);
}

/* --- Rows --- */

static void
append_line (GString *lines,
             const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
}

static char *
dup_facts (const MosWho *who,
           gint64 now_us)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  if (who->order != NULL)
    {
      g_autofree char *number = mos_text_isolate (who->order->number);
      g_autofree char *summary = mos_order_summary_text (who->order, now_us);
      /* Translators: an order's number, then its status, day and total. */
      g_autofree char *line = g_strdup_printf (_ ("Order %1$s · %2$s"), number, summary);

      append_line (lines, line);
    }
  append_line (lines, address_of (who));
  if (who->customer != NULL && who->customer->phone != NULL && *who->customer->phone != '\0')
    {
      g_autofree char *phone = mos_text_isolate (who->customer->phone);

      append_line (lines, phone);
    }
  if (who->conversation != NULL)
    {
      g_autofree char *subject = mos_text_isolate (*who->conversation->subject != '\0' ? who->conversation->subject : _ ("No subject"));
      g_autofree char *time = mos_time_text_relative (who->conversation->updated_us, now_us, NULL);
      /* Translators: a conversation's subject, its status, and when its newest message came. */
      g_autofree char *line = g_strdup_printf (_ ("%1$s · %2$s · %3$s"), subject, mos_status_text (who->conversation->status), time);

      append_line (lines, line);
    }
  return g_string_free_and_steal (g_steal_pointer (&lines));
}

static GtkWidget *
add_button (GtkWidget *row,
            const char *icon_name,
            const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  mos_widget_set_label (button, label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static GtkWidget *
row_new (MosWhoDialog *self,
         MosWho *who)
{
  gint64 now_us = mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
  g_autofree char *facts = dup_facts (who, now_us);
  const char *address = address_of (who);
  GtkWidget *row = mos_pane_row_new (name_of (who), facts);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data_full (G_OBJECT (row), "who", mos_who_ref (who), (GDestroyNotify) mos_who_unref);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), who->conversation != NULL || address != NULL);
  if (who->customer != NULL)
    {
      /* Translators: %s is a person. */
      g_autofree char *label = g_strdup_printf (_ ("Note a call with %s"), name_of (who));
      GtkWidget *button = add_button (row, "call-start-symbolic", label);

      g_object_set_data_full (G_OBJECT (button), "customer", g_strdup (who->customer->id), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_note_call_cb), self, G_CONNECT_DEFAULT);
    }
  if (address != NULL)
    {
      /* Translators: %s is a mail address. */
      g_autofree char *label = g_strdup_printf (_ ("Write to %s"), address);
      GtkWidget *button = add_button (row, "mail-message-new-symbolic", label);

      g_object_set_data_full (G_OBJECT (button), "address", g_strdup (address), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_write_cb), self, G_CONNECT_DEFAULT);
    }
  return row;
}

/* --- Search --- */

static void
show_found (MosWhoDialog *self,
            GPtrArray *found)
{
  gboolean is_typed = *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < found->len; i++)
    gtk_list_box_append (self->list, row_new (self, g_ptr_array_index (found, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), found->len > 0);
  if (found->len > 0)
    gtk_label_set_label (self->heading, _ ("Found"));
  else
    gtk_label_set_label (self->heading, is_typed ? _ ("Nobody was found. A phone number may be written in any way; of an order’s number the digits are enough.")
                                                 : _ ("Type what the caller tells you, or what the telephone shows."));
}

static void
on_found_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosWhoDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = mos_desk_find_who_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list == NULL)
    return;
  if (found != NULL)
    show_found (self, found);
  else
    {
      gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
      gtk_label_set_label (self->heading, mos_error_text (error).sentence);
    }
}

static void
on_text_changed_cb (MosWhoDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mos_desk_find_who_async (self->desk, gtk_editable_get_text (GTK_EDITABLE (self->entry)), MAX_FOUND, self->cancellable, on_found_cb, g_object_ref (self));
}

/* --- Class --- */

static void
mos_who_dialog_dispose (GObject *object)
{
  MosWhoDialog *self = MOS_WHO_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_WHO_DIALOG);
  G_OBJECT_CLASS (mos_who_dialog_parent_class)->dispose (object);
}

static void
mos_who_dialog_class_init (MosWhoDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_who_dialog_dispose;

  signals[OPEN_CONVERSATION] = g_signal_new ("open-conversation", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[WRITE] = g_signal_new ("write", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  signals[NOTE_CALL] = g_signal_new ("note-call", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-who-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosWhoDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, MosWhoDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MosWhoDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed_cb);
}

static void
mos_who_dialog_init (MosWhoDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mos_search_list_join (self->entry, self->list);
}

MosWhoDialog *
mos_who_dialog_new (MosDesk *desk)
{
  MosWhoDialog *self = g_object_new (MOS_TYPE_WHO_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  on_text_changed_cb (self);
  return self;
}

void
mos_who_dialog_set_text (MosWhoDialog *self,
                         const char *text)
{
  g_return_if_fail (MOS_IS_WHO_DIALOG (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  /* Not after the pause that typing has. */
  on_text_changed_cb (self);
}
