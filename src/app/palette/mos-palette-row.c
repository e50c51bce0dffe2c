/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette-row.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

MosPaletteItem *
mos_palette_row_get_item (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

const char *
mos_palette_row_get_heading (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "heading");
}

static const char *
get_details (MosPaletteItem *item)
{
  return item->why_not != NULL ? item->why_not : item->subtitle;
}

char *
mos_palette_row_dup_text (GtkListBoxRow *row)
{
  MosPaletteItem *item = mos_palette_row_get_item (row);
  GString *text = g_string_new (item->title);

  if (get_details (item) != NULL)
    g_string_append_printf (text, "%s%s", C_ ("list", ", "), get_details (item));
  if (item->keys != NULL && item->why_not == NULL)
    g_string_append_printf (text, "%s%s", C_ ("list", ", "), item->keys);
  return g_string_free (text, FALSE);
}

static GtkWidget *
label_new (const char *text,
           const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

GtkWidget *
mos_palette_row_new (MosPaletteItem *item,
                     const char *heading)
{
  /* A list item, not an option: GTK 4.18 tells AT-SPI an "option pane" of those. */
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "focusable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = label_new (item->title, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", item->icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  g_autofree char *text = NULL;

  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "heading", g_strdup (heading), g_free);

  /* What an action does is read to its end, also in a narrow window and in languages with long words. */
  gtk_label_set_single_line_mode (GTK_LABEL (title), FALSE);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_lines (GTK_LABEL (title), 3);
  gtk_widget_add_css_class (box, "mos-palette-row");
  if (g_str_has_prefix (item->id, "conversation:") || g_str_has_prefix (item->id, "customer:"))
    gtk_widget_add_css_class (box, "mos-private");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), title);
  if (get_details (item) != NULL)
    {
      GtkWidget *details = label_new (get_details (item), "caption");

      gtk_widget_add_css_class (details, "dimmed");
      gtk_box_append (GTK_BOX (words), details);
    }
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  if (item->keys != NULL)
    {
      GtkWidget *keys = gtk_label_new (item->keys);

      gtk_widget_add_css_class (keys, "mos-key");
      gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), keys);
    }
  if (item->why_not != NULL)
    {
      gtk_widget_add_css_class (box, "dimmed");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_DISABLED, TRUE, -1);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  text = mos_palette_row_dup_text (GTK_LIST_BOX_ROW (row));
  mos_widget_set_label (GTK_WIDGET (row), text);
  return row;
}
