/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-pane-rows.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

char *
mos_pane_direct_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      char *line = lines[i];

      lines[i] = mos_text_in_ui_direction (line);
      g_free (line);
    }
  return g_strjoinv ("\n", lines);
}

GtkWidget *
mos_pane_row_new (const char *title,
                  const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *directed = mos_text_in_ui_direction (title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), directed);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (subtitle != NULL && *subtitle != '\0')
    {
      g_autofree char *text = mos_pane_direct_lines (subtitle);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
  return row;
}

static void
on_copy_cb (GtkButton *button)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), g_object_get_data (G_OBJECT (button), "value"));
  gtk_accessible_announce (GTK_ACCESSIBLE (button), _ ("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

GtkWidget *
mos_pane_copy_button_new (const char *value,
                          const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  mos_widget_set_label (button, label);
  g_object_set_data_full (G_OBJECT (button), "value", g_strdup (value), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_cb), NULL);
  return button;
}

GtkWidget *
mos_pane_copy_row_new (const char *kind,
                       const char *value)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (kind);
  GtkWidget *value_label = gtk_label_new (value);
  /* Translators: %s is an e-mail address or a phone number. */
  g_autofree char *label = g_strdup_printf (_ ("Copy %s"), value);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dimmed");
  gtk_label_set_xalign (GTK_LABEL (value_label), 0);
  /* A telephone number has no letters to tell, and is read from left to right everywhere. */
  if (mos_text_direction (value) == GTK_TEXT_DIR_NONE)
    {
      gtk_widget_set_direction (value_label, GTK_TEXT_DIR_LTR);
      gtk_label_set_xalign (GTK_LABEL (value_label), gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? 1 : 0);
    }
  /* An address has no place to break at, and all of it counts. */
  gtk_label_set_wrap (GTK_LABEL (value_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value_label), PANGO_WRAP_WORD_CHAR);
  mos_label_forbid_hyphens (GTK_LABEL (value_label));
  gtk_widget_set_tooltip_text (value_label, value);
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  mos_widget_set_label (value_label, kind);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), value_label);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 14);
  gtk_widget_set_margin_end (box, 6);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), mos_pane_copy_button_new (value, label));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

void
mos_pane_group_clear (AdwPreferencesGroup *group,
                      GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}
