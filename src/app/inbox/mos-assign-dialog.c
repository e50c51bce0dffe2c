/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-assign-dialog.h"

#include <glib/gi18n.h>

struct _MosAssignDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkListBox *agents;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosAssignDialog, mos_assign_dialog, ADW_TYPE_DIALOG)

static void
on_row_activated_cb (MosAssignDialog *self,
                     GtkListBoxRow *row)
{
  g_autofree char *agent = g_strdup (g_object_get_data (G_OBJECT (row), "agent"));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, agent);
}

static void
add_row (MosAssignDialog *self,
         const char *id,
         const char *name,
         gboolean current)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (current)
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, TRUE, -1);
    }
  g_object_set_data_full (G_OBJECT (row), "agent", g_strdup (id), g_free);
  gtk_list_box_append (self->agents, row);
  /* Return chooses a person; without this it would press the button that closes. */
  if (current || adw_dialog_get_focus (ADW_DIALOG (self)) == NULL)
    adw_dialog_set_focus (ADW_DIALOG (self), row);
}

static void
mos_assign_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_ASSIGN_DIALOG);
  G_OBJECT_CLASS (mos_assign_dialog_parent_class)->dispose (object);
}

static void
mos_assign_dialog_class_init (MosAssignDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_assign_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-assign-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosAssignDialog, agents);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
mos_assign_dialog_init (MosAssignDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosAssignDialog *
mos_assign_dialog_new (MosDesk *desk,
                       MosConversation *conversation)
{
  MosAssignDialog *self = g_object_new (MOS_TYPE_ASSIGN_DIALOG, NULL);
  MosConversationRow *row = conversation != NULL ? mos_conversation_get_row (conversation) : NULL;
  const char *assignee = row != NULL ? row->assignee : NULL;
  GPtrArray *agents = mos_desk_get_agents (desk);

  for (guint i = 0; i < agents->len; i++)
    {
      MosAgent *agent = g_ptr_array_index (agents, i);

      add_row (self, agent->id, agent->is_me && *agent->name == '\0' ? _ ("Me") : agent->name, g_strcmp0 (assignee, agent->id) == 0);
    }
  add_row (self, "", _ ("Nobody"), conversation != NULL && assignee == NULL);
  return self;
}
