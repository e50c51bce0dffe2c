/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mos_text_view_follow_style:
 * @view: a text view
 *
 * GTK 4.18 reads a text view's colours before its inner "text" node has its new style, so text stays dark when the
 * desktop turns dark. This reads them again afterwards.
 */
void mos_text_view_follow_style (GtkTextView *view);

G_END_DECLS
