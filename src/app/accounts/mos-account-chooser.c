/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-chooser.h"

#include "app/accounts/mos-account-kinds.h"
#include "app/help/mos-help-button.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

struct _MosAccountChooser
{
  AdwDialog parent_instance;

  /* Template children */
  GtkListBox *kinds;

  /* Owned */
  MosDesk *desk;
};

G_DEFINE_FINAL_TYPE (MosAccountChooser, mos_account_chooser, ADW_TYPE_DIALOG)

static void
on_kind_cb (MosAccountChooser *self,
            GtkListBoxRow *row)
{
  guint n;
  const MosAccountKind *const *kinds = mos_account_kinds (&n);
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  AdwDialog *dialog = mos_account_kind_make_dialog (kinds[gtk_list_box_row_get_index (row)], self->desk);

  /* The next comes first: else the keyboard would go back to the window for a moment. */
  mos_dialog_present (dialog, root);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
mos_account_chooser_dispose (GObject *object)
{
  MosAccountChooser *self = MOS_ACCOUNT_CHOOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_ACCOUNT_CHOOSER);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_account_chooser_parent_class)->dispose (object);
}

static void
mos_account_chooser_class_init (MosAccountChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_account_chooser_dispose;

  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-account-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, MosAccountChooser, kinds);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_cb);
}

static void
mos_account_chooser_init (MosAccountChooser *self)
{
  guint n;
  const MosAccountKind *const *kinds = mos_account_kinds (&n);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (kinds[i]->title));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (kinds[i]->subtitle));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (kinds[i]->icon));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->kinds, row);
    }
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (gtk_list_box_get_row_at_index (self->kinds, 0)));
}

MosAccountChooser *
mos_account_chooser_new (MosDesk *desk)
{
  MosAccountChooser *self = g_object_new (MOS_TYPE_ACCOUNT_CHOOSER, NULL);

  self->desk = g_object_ref (desk);
  return self;
}
