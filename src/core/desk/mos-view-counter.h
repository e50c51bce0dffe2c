/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-view-values.h"

G_BEGIN_DECLS

/**
 * MosViewCounter:
 *
 * How many conversations each view holds, and how many of them are new to this
 * agent, kept up to date from what commits change: one bit for each
 * conversation and view, so that only the changed conversations are asked
 * about. First counted by SQLite alone; the bits are filled with the first change.
 *
 * Used on the store's reader thread only, inside functions given to it, which
 * run one after the other.
 */
typedef struct _MosViewCounter MosViewCounter;

MosViewCounter *mos_view_counter_new (void);
MosViewCounter *mos_view_counter_ref (MosViewCounter *self);
void mos_view_counter_unref (MosViewCounter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosViewCounter, mos_view_counter_unref)

/**
 * mos_view_counter_update:
 * @agent: (nullable): whose views and whose unread
 * @changed: (nullable): ids of conversations that changed since the last time; %NULL = anything may have, also the views
 * @seen: (nullable) (element-type MosView): views whose new ones are to be counted again
 *
 * An id may be told of more than once, and after something later was seen already.
 *
 * Returns: (transfer full): array of #MosViewCount: the views of mos_store_view_list_countable()
 */
GPtrArray *mos_view_counter_update (MosViewCounter *self, MosTxn *txn, const char *agent, const char *const *changed, GPtrArray *seen, GError **error);

G_END_DECLS
