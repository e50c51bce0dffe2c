/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * MosShopRunner: keeps the orders of one shop as they are there, and does what is asked for of them, on a thread of its own.
 *
 * A pass each minute while somebody looks, each two else, and ever more seldom (up to five) while nothing changes. After passing trouble it tries
 * again later and later, as the shop asks (a day at most) or up to a quarter of an hour; where the shop is not found any more, each hour; after what a
 * person must mend, such as a key that is refused, not until it is woken.
 * Main context, but for its own thread.
 */
typedef struct _MosShopRunner MosShopRunner;

/** mos_shop_runner_new: begins at once */
MosShopRunner *mos_shop_runner_new (MosStore *store, const char *shop);
/** mos_shop_runner_wake: a pass now, whatever it waits for */
void mos_shop_runner_wake (MosShopRunner *self);
/** mos_shop_runner_look: reads one order with its notes, once a minute at most; what is not reached just now is not asked for again. @remote_id: the shop's id of it */
void mos_shop_runner_look (MosShopRunner *self, const char *remote_id);
/** mos_shop_runner_set_focused: whether somebody looks */
void mos_shop_runner_set_focused (MosShopRunner *self, gboolean is_focused);
/** mos_shop_runner_request_stop: cancels what it does; returns at once */
void mos_shop_runner_request_stop (MosShopRunner *self);
/** mos_shop_runner_free: waits for its thread */
void mos_shop_runner_free (MosShopRunner *self);

/** mos_shop_runner_next_s: the plan, pure: seconds until the next pass. @n_quiet: passes in a row without news; @n_failed: with passing trouble; @asked_s: what the shop asked for, 0 = nothing */
guint mos_shop_runner_next_s (gboolean is_focused, guint n_quiet, guint n_failed, guint asked_s);
/** mos_shop_runner_stuck_s: the same after trouble of @state that does not pass by itself: 0 = not until it is woken */
guint mos_shop_runner_stuck_s (MosAccountState state);

G_END_DECLS
