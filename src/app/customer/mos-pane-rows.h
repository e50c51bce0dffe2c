/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Rows that the groups of the customer's pane have in common. */

/** mos_pane_row_new: Returns: (transfer floating): a row with text from outside, in its own direction; @subtitle: (nullable) */
GtkWidget *mos_pane_row_new (const char *title, const char *subtitle);
/** mos_pane_direct_lines: Returns: (transfer full): each line of @text in the direction of the window, whatever script it begins with */
char *mos_pane_direct_lines (const char *text);
/** mos_pane_copy_row_new: Returns: (transfer floating): a value below its kind, with a button that copies it */
GtkWidget *mos_pane_copy_row_new (const char *kind, const char *value);
/** mos_pane_copy_button_new: Returns: (transfer floating): copies @value; @label: what a screen reader says */
GtkWidget *mos_pane_copy_button_new (const char *value, const char *label);
/** mos_pane_group_clear: takes @rows out of @group; @rows: borrowed widgets */
void mos_pane_group_clear (AdwPreferencesGroup *group, GPtrArray *rows);

G_END_DECLS
