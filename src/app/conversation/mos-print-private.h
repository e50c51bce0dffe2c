/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/conversation/mos-print.h"

#include "core/base/mos-worker.h"

#include <cairo.h>

G_BEGIN_DECLS

/* Returns: how many of the sender's pixels one of @surface stands for; 1 where it was not made smaller */
double mos_print_picture_shrink (cairo_surface_t *surface);

/* Calls back on the main context. @desk: (nullable) */
void mos_print_bodies_load_async (MosDesk *desk, GPtrArray *rows, GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full): as mos_print_bodies_make(); what could not be read is printed without its pictures */
GHashTable *mos_print_bodies_load_finish (GAsyncResult *result);
/* Returns: (transfer none): where pages are made */
MosWorker *mos_print_worker (void);

G_END_DECLS
