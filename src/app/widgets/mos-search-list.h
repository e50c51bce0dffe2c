/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mos_search_list_join: the keyboard of a dialog that searches while one types
 *
 * Down and Return go from the words in @entry to the first row of @list, Escape closes the dialog. Return does not choose by itself: in @list a second one does,
 * so that nothing is taken by a slip. Main thread.
 */
void mos_search_list_join (GtkSearchEntry *entry, GtkListBox *list);
/** mos_search_list_lead_down: Down alone, which leads to the first row */
void mos_search_list_lead_down (GtkSearchEntry *entry, GtkListBox *list);

G_END_DECLS
