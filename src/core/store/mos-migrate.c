/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-migrate.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-resources.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fixup_initial (MosDatabase *database,
               gint64 now_us,
               GError **error)
{
  g_autofree char *desk = mos_id_new (now_us);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  guint8 key[32];
  g_autoptr (GBytes) bytes = NULL;

  if (getrandom (key, sizeof key, 0) != (gssize) sizeof key)
    {
      g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "No random numbers");
      return FALSE;
    }
  bytes = g_bytes_new (key, sizeof key);
  return mos_database_exec (database, error, "INSERT INTO meta (key, value) VALUES ('desk', ?), ('mac_key', ?), ('tz', ?), ('created_at', ?)", "tbti",
                            desk, bytes, g_time_zone_get_identifier (zone), now_us);
}

/* Customers from before there was an index of their words. */
static gboolean
fixup_service (MosDatabase *database,
               gint64 now_us,
               GError **error)
{
  return mos_customer_index_all (database, error);
}

/* What is known of conversations, from before there were facts of them as a whole, and packed; and when what is open is due, from before there were targets. */
static gboolean
fixup_measures (MosDatabase *database,
                gint64 now_us,
                GError **error)
{
  MosTxn txn;
  gboolean ok;

  mos_txn_init (&txn, NULL, database, TRUE);
  ok = mos_store_facts_rebuild (&txn, error) && mos_targets_rebuild (&txn, error);
  mos_txn_clear (&txn);
  return ok;
}

static const MosMigration migrations[] = {
  { "0001-initial.sql", fixup_initial },
  { "0002-mail.sql", NULL },
  { "0003-inbox.sql", NULL },
  { "0004-rest.sql", NULL },
  { "0005-customer.sql", NULL },
  { "0006-service.sql", fixup_service },
  { "0007-chat.sql", NULL },
  { "0008-survey.sql", NULL },
  { "0009-measures.sql", NULL }, /* its facts come with the next one, with which they are others */
  { "0010-quality.sql", fixup_measures },
  { "0011-backup.sql", fixup_measures }, /* what never left is no answer any more */
  { "0012-delivery.sql", NULL },
  { "0013-window.sql", NULL },
  { "0014-sort.sql", NULL },
  { NULL, fixup_measures }, /* 0015: whoever waited in what was merged waits on, and what was spam in between was not opened again */
};

guint
mos_migrations (const MosMigration **ret_steps)
{
  *ret_steps = migrations;
  return G_N_ELEMENTS (migrations);
}

static gboolean
set_too_new (int version,
             guint n_steps,
             GError **error)
{
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_SCHEMA_TOO_NEW, "The profile has schema %d, this program knows %u", version, n_steps);
  return FALSE;
}

gboolean
mos_migrate_peek (const char *path,
                  guint n_steps,
                  int *ret_version,
                  MosDatabase **ret_database,
                  GError **error)
{
  g_autoptr (MosDatabase) database = NULL;
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *contents = NULL;
  guint8 header[100];
  guint32 version, application;
  GStatBuf st;
  gssize n;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  *ret_version = -1;
  if (ret_database != NULL)
    *ret_database = NULL;
  if (fd < 0)
    {
      if (errno == ENOENT)
        return TRUE;
      g_set_error (error, MOS_STORE_ERROR, errno == EACCES || errno == EPERM ? MOS_STORE_ERROR_READ_ONLY : MOS_STORE_ERROR_FAILED, "%s: %s", path, g_strerror (errno));
      return FALSE;
    }
  n = read (fd, header, sizeof header);
  close (fd);
  if (n == 0)
    return TRUE;
  if (n < (gssize) sizeof header || memcmp (header, "SQLite format 3", 16) != 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT, "%s is no database", path);
      return FALSE;
    }
  memcpy (&version, header + 60, 4);
  memcpy (&application, header + 68, 4);
  version = GUINT32_FROM_BE (version);
  application = GUINT32_FROM_BE (application);

  /* The newest first page may still be in the WAL; a read-only connection looks without a checkpoint. */
  if (g_stat (wal, &st) == 0 && st.st_size > 0)
    {
      gint64 value = 0;

      database = mos_database_open (path, MOS_DATABASE_READ_ONLY, error);
      if (database == NULL || !mos_database_get_int (database, &value, error, "PRAGMA user_version", ""))
        return FALSE;
      version = (guint32) value;
      if (!mos_database_get_int (database, &value, error, "PRAGMA application_id", ""))
        return FALSE;
      application = (guint32) value;
    }

  /* Made, but killed before the first step was committed: as good as empty. */
  if (version == 0 && application == 0)
    {
      *ret_version = 0;
      return TRUE;
    }
  if (application != MOS_STORE_APPLICATION_ID)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT, "%s belongs to another program", path);
      return FALSE;
    }
  if (version > n_steps)
    return set_too_new ((int) version, n_steps, error);
  *ret_version = (int) version;
  if (ret_database != NULL)
    *ret_database = g_steal_pointer (&database);
  return TRUE;
}

static gboolean
run_step (MosDatabase *database,
          const MosMigration *step,
          guint version,
          gint64 now_us,
          GError **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %u; PRAGMA application_id = %d;", version, MOS_STORE_APPLICATION_ID);

  if (step->script != NULL)
    {
      g_autofree char *name = g_strconcat ("/org/mostrador/core/migrations/", step->script, NULL);
      g_autoptr (GBytes) script = g_resource_lookup_data (mos_store_get_resource (), name, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

      if (script == NULL || !mos_database_run_script (database, g_bytes_get_data (script, NULL), error))
        return FALSE;
    }
  return (step->fixup == NULL || step->fixup (database, now_us, error)) &&
         mos_database_run_script (database, pragma, error);
}

gboolean
mos_migrate_run (MosDatabase *database,
                 const MosMigration *steps,
                 guint n_steps,
                 gint64 now_us,
                 GError **error)
{
  for (;;)
    {
      gint64 version = 0;

      /* Asked inside the lock, so that two programs cannot both take the step. */
      if (!mos_database_run_script (database, "BEGIN IMMEDIATE", error))
        return FALSE;
      if (!mos_database_get_int (database, &version, error, "PRAGMA user_version", "") ||
          (version > n_steps && !set_too_new ((int) version, n_steps, error)))
        {
          mos_database_run_script (database, "ROLLBACK", NULL);
          return FALSE;
        }
      if (version == n_steps)
        return mos_database_run_script (database, "ROLLBACK", error);
      if (!run_step (database, &steps[version], (guint) version + 1, now_us, error) ||
          !mos_database_run_script (database, "COMMIT", error))
        {
          /* Fails where SQLite has rolled back by itself. */
          mos_database_run_script (database, "ROLLBACK", NULL);
          return FALSE;
        }
      g_debug ("Schema is now %d", (int) version + 1);
    }
}
