/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosCauseBar:
 *
 * Above the list of the quarantine: how many conversations lie there for which cause; a cause that is pressed shows only those. Hidden elsewhere.
 *
 * Signal `chosen (char *cause)`: "" = all of them
 */
#define MOS_TYPE_CAUSE_BAR (mos_cause_bar_get_type ())
G_DECLARE_FINAL_TYPE (MosCauseBar, mos_cause_bar, MOS, CAUSE_BAR, GtkWidget)

GtkWidget *mos_cause_bar_new (MosDesk *desk);
/** mos_cause_bar_follow: @view: (nullable): what the list shows */
void mos_cause_bar_follow (MosCauseBar *self, MosView *view);

G_END_DECLS
