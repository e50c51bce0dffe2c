/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** mos_menu_button_set_menu: the menu of @button, whose widgets are made when it is opened first; GTK's own function makes all of them at once */
void mos_menu_button_set_menu (GtkMenuButton *button, GMenuModel *menu);

G_END_DECLS
