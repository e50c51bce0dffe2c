/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosGauge: half a circle that is filled as far as a number goes, with a mark at its target. Whatever it is part of says the number.
 */
#define MOS_TYPE_GAUGE (mos_gauge_get_type ())
G_DECLARE_FINAL_TYPE (MosGauge, mos_gauge, MOS, GAUGE, GtkWidget)

GtkWidget *mos_gauge_new (void);
/** mos_gauge_set: @value, @target: may be NaN; @least, @most: its ends */
void mos_gauge_set (MosGauge *self, double value, double target, double least, double most);

G_END_DECLS
