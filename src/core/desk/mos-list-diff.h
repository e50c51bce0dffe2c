/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** MosListChanged: called after each step, when the vector already shows it: @removed rows went at @position, @added came there. */
typedef void (*MosListChanged) (guint position, guint removed, guint added, gpointer user_data);

/** What mos_list_diff_apply() is limited to; measured in conventions.md §2.9. */
#define MOS_LIST_DIFF_MAX_EDITS 256
#define MOS_LIST_DIFF_MAX_RUNS 16
#define MOS_LIST_DIFF_MAX_SPLICE 1000

void mos_list_diff_apply (GPtrArray *live, GPtrArray *target, MosListChanged changed, gpointer user_data);
/** mos_list_diff_apply_borrowed: the same where neither vector owns its ids: @live takes the pointers of @target */
void mos_list_diff_apply_borrowed (GPtrArray *live, GPtrArray *target, MosListChanged changed, gpointer user_data);

G_END_DECLS
