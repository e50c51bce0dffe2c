/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** mos_a11y_init: repairs what GTK 4.18 tells assistive tools wrongly; call it once after gtk_init(), before any widget is made. */
void mos_a11y_init (void);

/** mos_a11y_set_label: names @widget for assistive tools; for what a widget shows without words. */
void mos_a11y_set_label (gpointer widget, const char *label);

G_END_DECLS
