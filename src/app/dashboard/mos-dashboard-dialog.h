/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosDashboardDialog: how well the shop serves: figures of the days and the filter that are chosen, which are kept for the next time
 *
 * It follows what happens meanwhile; everything is read in the store's own thread.
 *
 * Signal `open (const char *conversation)`: it is closed already
 */
#define MOS_TYPE_DASHBOARD_DIALOG (mos_dashboard_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosDashboardDialog, mos_dashboard_dialog, MOS, DASHBOARD_DIALOG, AdwDialog)

MosDashboardDialog *mos_dashboard_dialog_new (MosDesk *desk);
/** mos_dashboard_dialog_show_week: the last whole week on one page */
void mos_dashboard_dialog_show_week (MosDashboardDialog *self);

G_END_DECLS
