/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-split-dialog.h"

#include "app/conversation/mos-message-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

struct _MosSplitDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkListBox *messages;
  GtkWidget *move_button;
  GtkWidget *split_button;

  GPtrArray *checks; /* (owned): GtkCheckButton (borrowed), their "message" is the id */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosSplitDialog, mos_split_dialog, ADW_TYPE_DIALOG)

static GStrv
list_chosen (MosSplitDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_strv_builder_add (builder, g_object_get_data (g_ptr_array_index (self->checks, i), "message"));
  return g_strv_builder_end (builder);
}

/* All of them are no split. */
static void
update_buttons (MosSplitDialog *self)
{
  g_auto (GStrv) chosen = list_chosen (self);
  guint n = g_strv_length (chosen);

  gtk_widget_set_sensitive (self->move_button, n > 0);
  gtk_widget_set_sensitive (self->split_button, n > 0 && n < self->checks->len);
}

static void
choose (MosSplitDialog *self,
        gboolean as_new)
{
  g_auto (GStrv) chosen = list_chosen (self);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, chosen, as_new);
}

static void
on_move_cb (MosSplitDialog *self)
{
  choose (self, FALSE);
}

static void
on_split_cb (MosSplitDialog *self)
{
  choose (self, TRUE);
}

static void
mos_split_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_SPLIT_DIALOG);
  G_OBJECT_CLASS (mos_split_dialog_parent_class)->dispose (object);
}

static void
mos_split_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (MOS_SPLIT_DIALOG (object)->checks);
  G_OBJECT_CLASS (mos_split_dialog_parent_class)->finalize (object);
}

static void
mos_split_dialog_class_init (MosSplitDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_split_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_split_dialog_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRV, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-split-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSplitDialog, messages);
  gtk_widget_class_bind_template_child (widget_class, MosSplitDialog, move_button);
  gtk_widget_class_bind_template_child (widget_class, MosSplitDialog, split_button);
  gtk_widget_class_bind_template_callback (widget_class, on_move_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_split_cb);
}

static void
mos_split_dialog_init (MosSplitDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_message (MosSplitDialog *self,
             MosMessage *message,
             gboolean is_chosen,
             gint64 now_us)
{
  MosMessageRow *row = mos_message_get_row (message);
  GtkWidget *list_row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *sender = row->direction == MOS_DIRECTION_INCOMING || row->actor_name == NULL ? mos_address_text (row->from) : g_strdup (row->actor_name);
  g_autofree char *name = mos_text_isolate (*sender != '\0' ? sender : _ ("Unknown sender"));
  g_autofree char *time = mos_time_text_relative (row->received_us, now_us, NULL);
  g_autofree char *line = mos_message_one_line (row);
  /* Translators: who wrote a message, and when. */
  g_autofree char *words = g_strdup_printf (C_ ("message", "%1$s, %2$s"), name, time);
  g_autofree char *title = mos_text_in_ui_direction (words);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_chosen);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (check), "message", g_strdup (mos_message_get_id (message)), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update_buttons), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (list_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (list_row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (list_row), line);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (list_row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (list_row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (list_row), check);
  gtk_list_box_append (self->messages, list_row);
  g_ptr_array_add (self->checks, check);
}

MosSplitDialog *
mos_split_dialog_new (GPtrArray *messages,
                      const char *from,
                      gint64 now_us)
{
  MosSplitDialog *self = g_object_new (MOS_TYPE_SPLIT_DIALOG, NULL);
  gboolean is_behind = FALSE;

  for (guint i = 0; i < messages->len; i++)
    {
      MosMessage *message = g_ptr_array_index (messages, i);

      is_behind = is_behind || g_strcmp0 (mos_message_get_id (message), from) == 0;
      add_message (self, message, is_behind, now_us);
    }
  update_buttons (self);
  return self;
}
