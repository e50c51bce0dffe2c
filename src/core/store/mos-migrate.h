/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-database.h"

G_BEGIN_DECLS

#define MOS_STORE_APPLICATION_ID 0x4d6f7374 /* "Most" */

/** MosMigration: one step. @script: (nullable): name of a resource; @fixup: (nullable): C part of the same transaction */
typedef struct
{
  const char *script;
  gboolean (*fixup) (MosDatabase *database, gint64 now_us, GError **error);
} MosMigration;

/** mos_migrations: all steps; step n brings user_version to n + 1. Returns: their number */
guint mos_migrations (const MosMigration **ret_steps);

/**
 * mos_migrate_peek: reads version without opening a connection that could write. SCHEMA_TOO_NEW, CORRUPT
 * @ret_version: -1 = no or empty file
 * @ret_database: (out) (optional) (transfer full) (nullable): the read-only connection that it took to see it, where it took one
 */
gboolean mos_migrate_peek (const char *path, guint n_steps, int *ret_version, MosDatabase **ret_database, GError **error);

/** mos_migrate_run: every missing step, each in one transaction with its version. */
gboolean mos_migrate_run (MosDatabase *database, const MosMigration *steps, guint n_steps, gint64 now_us, GError **error);

G_END_DECLS
