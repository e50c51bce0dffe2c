/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** mos_next_step_new: Returns: (transfer floating): the button below what is said where there is nothing */
GtkWidget *mos_next_step_new (void);
/** mos_next_step_set: @label: (nullable): with its mnemonic; %NULL: there is none; @action: (nullable): detailed name; %NULL: its "clicked" does it */
void mos_next_step_set (GtkWidget *button, const char *label, const char *action);

G_END_DECLS
