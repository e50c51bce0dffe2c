/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-help"

#include "config.h"

#include "app/help/mos-help-button.h"

#include "app/help/mos-help-dialog.h"

#include <glib/gi18n.h>

struct _MosHelpButton
{
  GtkButton parent_instance;
};

G_DEFINE_FINAL_TYPE (MosHelpButton, mos_help_button, GTK_TYPE_BUTTON)

static void
mos_help_button_clicked (GtkButton *button)
{
  mos_help_show_place (GTK_WIDGET (button), GTK_WIDGET (button));
}

static void
mos_help_button_class_init (MosHelpButtonClass *klass)
{
  GTK_BUTTON_CLASS (klass)->clicked = mos_help_button_clicked;
}

static void
mos_help_button_init (MosHelpButton *self)
{
  gtk_button_set_icon_name (GTK_BUTTON (self), "help-contents-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Help"));
}

GtkWidget *
mos_help_button_new (void)
{
  return g_object_new (MOS_TYPE_HELP_BUTTON, NULL);
}
