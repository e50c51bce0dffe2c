/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-worker.h"
#include "core/store/mos-migrate.h"
#include "core/store/mos-store-private.h"

G_BEGIN_DECLS

/* What mos-store.c (opening, closing) and mos-store-jobs.c (the two threads) share. */

struct _MosStore
{
  GObject parent_instance;

  char *profile;
  char *file;
  char *blob_dir;
  char *desk;
  GBytes *mac_key;       /* (owned) (nullable) */
  MosClock *clock;       /* (owned) */
  GMainContext *context; /* (owned): where "changed" is emitted */
  MosStoreOpenFlags flags;
  int lock_fd;
  MosWorker *writer; /* (owned) (nullable): with its connection */
  MosWorker *reader; /* (owned) (nullable) */
  MosDatabase *write_database;
  MosDatabase *read_database;
};

/** mos_store_emit_changed: in the context the store was opened in */
void mos_store_emit_changed (MosStore *self, MosChangeSet *change);

/**
 * mos_store_open_with_steps_sync:
 * @steps, @n_steps: the migrations to bring the profile through
 *
 * mos_store_open_sync() with other migrations than the program's own: for tests of migrating itself.
 */
MosStore *mos_store_open_with_steps_sync (const char *profile, MosStoreOpenFlags flags, MosClock *clock, const MosMigration *steps, guint n_steps, GCancellable *cancellable, GError **error);

G_END_DECLS
