/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which page of the help belongs to which place of the window: what F1 opens there, and the button in its header. */

/**
 * MosHelpPlace: one line of the table
 * @type: name of the type of a dialog, page or pane
 * @part: (nullable): id of a part of its template that has a page of its own
 * @page: id of the page
 */
typedef struct
{
  const char *type;
  const char *part;
  const char *page;
} MosHelpPlace;

const MosHelpPlace *mos_help_list_places (guint *ret_n);
/** mos_help_set_page: what @widget is about is known only when it is made, as the kind of an account. @page: (nullable): a constant */
void mos_help_set_page (GtkWidget *widget, const char *page);
/** mos_help_find_page_of_place: Returns: (transfer none) (nullable): the page of the innermost place that @widget is in; %NULL where there is none: the contents */
const char *mos_help_find_page_of_place (GtkWidget *widget);

G_END_DECLS
