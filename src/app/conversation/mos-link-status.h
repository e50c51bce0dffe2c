/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The line in the corner that says where a link leads while the pointer or the caret is on it, before anybody opens it. For the overlay over what has the links. */

/** mos_link_status_new: Returns: (transfer floating): hidden until it has something to say; it never takes a click */
GtkWidget *mos_link_status_new (void);
/** mos_link_status_set: @url: (nullable): %NULL hides it. It goes to the other side where it would lie below the pointer. */
void mos_link_status_set (GtkWidget *status, const char *url);
/** mos_link_status_markup: Returns: (transfer full): what it says: the host that is really meant, then the whole address. Pure. */
char *mos_link_status_markup (const char *url);

G_END_DECLS
