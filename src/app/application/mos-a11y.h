/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** mos_a11y_init: repairs what GTK 4.18 tells assistive tools wrongly; call it once after gtk_init(), before any widget is made. */
void mos_a11y_init (void);

/** mos_a11y_announce: says @text to whoever uses a screen reader, after what is said just now. (GTK's own call has no such thing in a test, and falls over.) */
void mos_a11y_announce (gpointer widget, const char *text);

G_END_DECLS
