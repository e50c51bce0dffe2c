/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** mos_error_alert_present: an alert over @parent with what mos_error_text() says of @error: what happened and what to do */
void mos_error_alert_present (GtkWidget *parent, const GError *error);

G_END_DECLS
