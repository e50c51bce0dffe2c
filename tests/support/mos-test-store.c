/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define _GNU_SOURCE /* dladdr() */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test-store.h"

#include "core/base/mos-id.h"
#include "core/store/mos-database.h"
#include "core/store/mos-store-private.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <string.h>

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

/* --- an empty profile --- */

/* Going through all migrations is most of what a small case takes, and the database is the same each time. So it is made once, and kept in the build folder for
   as long as the code that made it is the same; what is of one profile alone is made anew. */

static char *
template_key (void)
{
  Dl_info info;
  GStatBuf status;

  g_assert_true (dladdr (dlsym (RTLD_DEFAULT, "mos_store_open_sync"), &info) != 0);
  g_assert_cmpint (g_stat (info.dli_fname, &status), ==, 0);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %ld.%09ld\n", (gint64) status.st_size, (long) status.st_mtim.tv_sec, (long) status.st_mtim.tv_nsec);
}

static GBytes *
make_template (void)
{
  MosTestStore made = { mos_test_dir_new (), mos_manual_clock_new (MOS_TEST_NOW_US), NULL };
  g_autofree char *path = g_build_filename (made.profile, MOS_STORE_FILE, NULL);
  char *database = NULL;
  gsize size = 0;

  open_store (&made);
  close_store (&made);
  g_assert_true (g_file_get_contents (path, &database, &size, NULL));
  g_object_unref (made.clock);
  mos_test_dir_free (made.profile);
  return g_bytes_new_take (database, size);
}

/* Returns: (transfer none) */
static GBytes *
get_template (void)
{
  static GBytes *database = NULL;
  const char *folder = g_getenv ("G_TEST_BUILDDIR");
  g_autofree char *key = NULL, *path = NULL, *kept = NULL;
  gsize size = 0;

  if (database != NULL)
    return database;
  key = template_key ();
  path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), "empty-profile", NULL);
  if (folder != NULL && g_file_get_contents (path, &kept, &size, NULL) && size > strlen (key) && memcmp (kept, key, strlen (key)) == 0)
    database = g_bytes_new (kept + strlen (key), size - strlen (key));
  else
    {
      g_autoptr (GByteArray) all = g_byte_array_new ();

      database = make_template ();
      g_byte_array_append (all, (const guint8 *) key, strlen (key));
      g_byte_array_append (all, g_bytes_get_data (database, NULL), g_bytes_get_size (database));
      /* Another test may do the same right now: it gets its name when it is whole. */
      if (folder != NULL)
        g_file_set_contents (path, (const char *) all->data, all->len, NULL);
    }
  return database;
}

void
mos_test_profile_fill (const char *profile,
                       MosClock *clock)
{
  g_autofree char *path = g_build_filename (profile, MOS_STORE_FILE, NULL);
  g_autofree char *desk = mos_id_new (mos_clock_now_us (clock));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) error = NULL;
  MosDatabase *database;

  g_assert_cmpint (g_mkdir_with_parents (profile, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (get_template (), NULL), (gssize) g_bytes_get_size (get_template ()), &error));
  database = mos_database_open (path, MOS_DATABASE_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (mos_database_exec (database, &error, "UPDATE meta SET value = ? WHERE key = 'desk'", "t", desk));
  g_assert_true (mos_database_exec (database, &error, "UPDATE meta SET value = randomblob (32) WHERE key = 'mac_key'", ""));
  g_assert_true (mos_database_exec (database, &error, "UPDATE meta SET value = ? WHERE key = 'tz'", "t", g_time_zone_get_identifier (zone)));
  g_assert_true (mos_database_exec (database, &error, "UPDATE meta SET value = ? WHERE key = 'created_at'", "i", mos_clock_now_us (clock)));
  mos_database_close (database);
}

MosTestStore *
mos_test_store_new (void)
{
  MosTestStore *self = g_new0 (MosTestStore, 1);

  self->profile = mos_test_dir_new ();
  self->clock = mos_manual_clock_new (MOS_TEST_NOW_US);
  mos_test_profile_fill (self->profile, self->clock);
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
