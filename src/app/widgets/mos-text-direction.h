/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** mos_text_direction: Returns: the direction of the first strong character of @text (Unicode bidi rules P2, P3), or GTK_TEXT_DIR_NONE */
GtkTextDirection mos_text_direction (const char *text);

/** mos_text_isolate: Returns: (transfer full): @text between U+2068 and U+2069, so that it cannot turn the sentence around it */
char *mos_text_isolate (const char *text);

/** mos_text_in_ui_direction: Returns: (transfer full): @text behind a mark (U+200E or U+200F), so that a line which begins with a name in another script still reads in the window's direction */
char *mos_text_in_ui_direction (const char *text);

/** mos_widget_set_direction_of: gives @widget the direction of @text; without a strong character the window's own stays. */
void mos_widget_set_direction_of (GtkWidget *widget, const char *text);

/** mos_label_forbid_hyphens: lets a label break an address or a path without writing a hyphen that is not in it. */
void mos_label_forbid_hyphens (GtkLabel *label);

/**
 * mos_widget_set_label: the name a screen reader says for @widget
 *
 * For what shows no words, or words that are the same on each of many. Of what shows words the name has them in it, as they are: whoever speaks to the machine says what
 * they see (WCAG 2.5.3).
 */
void mos_widget_set_label (GtkWidget *widget, const char *label);

G_END_DECLS
