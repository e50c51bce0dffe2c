/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-macro-facts.h"
#include "core/values/mos-macro-values.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** MosMacroOrderChosen: @order: its id; %NULL = the person changed her mind, "" = none of them: what the macro says of it stays open. Called once */
typedef void (*MosMacroOrderChosen) (const char *order, gpointer user_data);

/** mos_macro_needs_order: Pure. Whether the text that @macro would have in @languages, or a note of it, says something of an order, and there are several that may be meant */
gboolean mos_macro_needs_order (const MosMacro *macro, const MosMacroFacts *facts, const char *const *languages);
/** mos_macro_choose_order: a small dialog with those that may be meant, the likely ones first */
void mos_macro_choose_order (GtkWidget *parent, MosMacroFacts *facts, MosMacroOrderChosen chosen, gpointer user_data);

G_END_DECLS
