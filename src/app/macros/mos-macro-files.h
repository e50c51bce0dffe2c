/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** MosMacroTold: one sentence about what came of it, and what an undo takes back (0 = nothing); not called where the person chose no file */
typedef void (*MosMacroTold) (const char *text, gint64 batch, gpointer user_data);

/* Macros from a file and into one, which the person chooses. @widget: in whose window; @user_data: a #GObject, referenced meanwhile. */
void mos_macro_files_import (MosDesk *desk, GtkWidget *widget, GCancellable *cancellable, MosMacroTold told, gpointer user_data);
void mos_macro_files_export (MosDesk *desk, GtkWidget *widget, GCancellable *cancellable, MosMacroTold told, gpointer user_data);

G_END_DECLS
