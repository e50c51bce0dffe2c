/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-app"

#include "config.h"

#include "app/widgets/mos-pick-dialog.h"

#include "app/widgets/mos-text-direction.h"

/* With a search, the list may be long. */
#define SEARCH_HEIGHT 560

struct _MosPickDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkLabel *none_label;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosPickDialog, mos_pick_dialog, ADW_TYPE_DIALOG)

static void
choose (MosPickDialog *self,
        GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, id);
}

static void
on_row_activated_cb (MosPickDialog *self,
                     GtkListBoxRow *row)
{
  choose (self, row);
}

/* By the beginnings of words, without accents. */
static gboolean
fits (GtkListBoxRow *row,
      gpointer data)
{
  MosPickDialog *self = data;
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return *wanted == '\0' || g_str_match_string (wanted, g_object_get_data (G_OBJECT (row), "words"), TRUE);
}

static void
on_search_changed_cb (MosPickDialog *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* The entry takes Escape for itself. */
static void
on_search_stop_cb (MosPickDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_search_activate_cb (MosPickDialog *self)
{
  GtkListBoxRow *row;

  gtk_list_box_invalidate_filter (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        choose (self, row);
        return;
      }
}

static void
mos_pick_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_PICK_DIALOG);
  G_OBJECT_CLASS (mos_pick_dialog_parent_class)->dispose (object);
}

static void
mos_pick_dialog_class_init (MosPickDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_pick_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-pick-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosPickDialog, search);
  gtk_widget_class_bind_template_child (widget_class, MosPickDialog, list);
  gtk_widget_class_bind_template_child (widget_class, MosPickDialog, none_label);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop_cb);
}

static void
mos_pick_dialog_init (MosPickDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosPickDialog *
mos_pick_dialog_new (const char *title,
                     const char *list_label)
{
  MosPickDialog *self = g_object_new (MOS_TYPE_PICK_DIALOG, "title", title, NULL);

  mos_widget_set_label (GTK_WIDGET (self->list), list_label);
  return self;
}

void
mos_pick_dialog_add_search (MosPickDialog *self,
                            const char *placeholder,
                            const char *none)
{
  g_return_if_fail (MOS_IS_PICK_DIALOG (self));

  gtk_widget_set_visible (GTK_WIDGET (self->search), TRUE);
  gtk_search_entry_set_placeholder_text (self->search, placeholder);
  mos_widget_set_label (GTK_WIDGET (self->search), placeholder);
  gtk_label_set_label (self->none_label, none);
  gtk_list_box_set_filter_func (self->list, fits, self, NULL);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  adw_dialog_set_content_height (ADW_DIALOG (self), SEARCH_HEIGHT);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->search));
}

void
mos_pick_dialog_add (MosPickDialog *self,
                     const char *id,
                     const char *title,
                     const char *subtitle,
                     const char *words,
                     gboolean is_current)
{
  GtkWidget *row;

  g_return_if_fail (MOS_IS_PICK_DIALOG (self));
  g_return_if_fail (id != NULL && title != NULL);

  row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", subtitle != NULL ? subtitle : "", "activatable", TRUE, NULL);
  if (is_current)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, TRUE, -1);
    }
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (row), "words", g_strconcat (title, " ", words, NULL), g_free);
  gtk_list_box_append (self->list, row);
  /* Return chooses one; without this it would press the button that closes. */
  if (!gtk_widget_get_visible (GTK_WIDGET (self->search)) && (is_current || adw_dialog_get_focus (ADW_DIALOG (self)) == NULL))
    adw_dialog_set_focus (ADW_DIALOG (self), row);
}
