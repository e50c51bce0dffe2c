/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test-store.h"

static void
open_store (MosTestStore *self)
{
  g_autoptr (GError) error = NULL;

  self->store = mos_store_open_sync (self->profile, MOS_STORE_OPEN_DEFAULT, self->clock, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->store);
}

static void
close_store (MosTestStore *self)
{
  MosStore *store = g_steal_pointer (&self->store);

  if (store == NULL)
    return;
  mos_store_close_sync (store);
  g_object_unref (store);
}

MosTestStore *
mos_test_store_new (void)
{
  MosTestStore *self = g_new0 (MosTestStore, 1);

  self->profile = mos_test_dir_new ();
  self->clock = mos_manual_clock_new (MOS_TEST_NOW_US);
  open_store (self);
  return self;
}

void
mos_test_store_reopen (MosTestStore *self)
{
  close_store (self);
  open_store (self);
}

void
mos_test_store_free (MosTestStore *self)
{
  close_store (self);
  g_clear_object (&self->clock);
  mos_test_dir_free (self->profile);
  g_free (self);
}
