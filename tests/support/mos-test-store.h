/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "mos-test.h"

G_BEGIN_DECLS

/** MOS_TEST_NOW_US: what a test's clock shows first: 2026-03-02 09:00:00 UTC, a Monday */
#define MOS_TEST_NOW_US G_GINT64_CONSTANT (1772442000000000)

/**
 * MosTestStore:
 * @profile: path of the profile in a folder of its own
 * @clock: a clock that stands still until told otherwise
 * @store: the open store
 *
 * An empty profile for one test case: `g_autoptr (MosTestStore) t = mos_test_store_new ();`
 */
typedef struct
{
  char *profile;
  MosClock *clock;
  MosStore *store;
} MosTestStore;

MosTestStore *mos_test_store_new (void);
/** mos_test_profile_fill: puts an empty profile at @profile, as opening one that is not there does, but without the time that takes */
void mos_test_profile_fill (const char *profile, MosClock *clock);
/** mos_test_store_reopen: closes and opens the same profile again, as a restart does. */
void mos_test_store_reopen (MosTestStore *self);
void mos_test_store_free (MosTestStore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTestStore, mos_test_store_free)

G_END_DECLS
