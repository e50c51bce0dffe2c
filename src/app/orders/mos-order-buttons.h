/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-journey.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mos_order_buttons_new: what can be done to @order, or what is being done to it and not over
 *
 * What cannot be done says why: in its tooltip, in what a screen reader says, and below, where it is the same for all.
 * Actions it expects above it: win.order-action(kind, order, conversation), win.order-said(action, done).
 *
 * Returns: (transfer floating) (nullable): %NULL for a shop that knows no such things
 */
GtkWidget *mos_order_buttons_new (const MosOrder *order, const MosJourney *journey);

G_END_DECLS
