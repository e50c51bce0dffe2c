/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-text-direction.h"

#include <fribidi.h>

GtkTextDirection
mos_text_direction (const char *text)
{
  guint looked_at = 0;

  if (text == NULL)
    return GTK_TEXT_DIR_NONE;

  /* A page of digits and dashes says nothing; do not search a whole book for a letter. */
  for (const char *p = text; *p != '\0' && looked_at < 2000; p = g_utf8_next_char (p), looked_at++)
    {
      FriBidiCharType type = fribidi_get_bidi_type (g_utf8_get_char (p));

      if (FRIBIDI_IS_STRONG (type) && FRIBIDI_IS_LETTER (type))
        return FRIBIDI_IS_RTL (type) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;
    }
  return GTK_TEXT_DIR_NONE;
}

char *
mos_text_isolate (const char *text)
{
  return g_strconcat ("\xE2\x81\xA8", text != NULL ? text : "", "\xE2\x81\xA9", NULL);
}

/* Pango takes the direction of a line from its first strong character, isolated or not. */
char *
mos_text_in_ui_direction (const char *text)
{
  return g_strconcat (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? "\xE2\x80\x8F" : "\xE2\x80\x8E", text, NULL);
}

void
mos_widget_set_direction_of (GtkWidget *widget,
                             const char *text)
{
  gtk_widget_set_direction (widget, mos_text_direction (text));
}

void
mos_widget_set_label (GtkWidget *widget,
                      const char *label)
{
  /* What is written on a button would be its name, whatever else is said. A drop-down says what is chosen by nothing but that. */
  if (!GTK_IS_DROP_DOWN (widget))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
mos_label_forbid_hyphens (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}
