/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosSearchCompletion:
 *
 * Completes the terms of a search entry as they are typed: operators, then their
 * values. The focus stays in the entry: Down and Up walk through what is offered,
 * Tab takes the first or the chosen one, Return only one that was chosen, Escape
 * closes it and nothing more. On an empty entry Down offers former searches.
 *
 * It owns its popover, a child of @parent; dispose it before that one goes.
 */
#define MOS_TYPE_SEARCH_COMPLETION (mos_search_completion_get_type ())
G_DECLARE_FINAL_TYPE (MosSearchCompletion, mos_search_completion, MOS, SEARCH_COMPLETION, GObject)

MosSearchCompletion *mos_search_completion_new (GtkEditable *entry, GtkWidget *parent, MosDesk *desk);
/** mos_search_completion_close: takes the popover away */
void mos_search_completion_close (MosSearchCompletion *self);
/** mos_search_completion_remember: this was searched for: it is offered again */
void mos_search_completion_remember (MosSearchCompletion *self, const char *typed);

/** mos_search_help_new: Returns: (transfer full): a popover with the language of queries; a press on an operator writes it into @entry */
GtkWidget *mos_search_help_new (GtkEditable *entry);

G_END_DECLS
