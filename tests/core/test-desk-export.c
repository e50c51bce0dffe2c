/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-export.h"
#include "core/store/mos-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
do_damage (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE blob SET data = zeroblob (length (data)) WHERE sha256 = (SELECT raw_sha256 FROM message WHERE id = ?)", "t", data);
}

/* An owner who leaves takes along what there is. */
static void
test_damaged (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, 1000);
  g_autoptr (MosIngestResult) two = test_ingest (t->store, "From: bert@mail.example\r\nTo: support@shop.example\r\nSubject: Whole\r\nMessage-ID: <whole@mail.example>\r\n\r\nStill here.\r\n", MOS_FOLDER_INBOX, 2, 2000);
  g_autofree char *dir = g_dir_make_tmp ("mos-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "all.mbox", NULL);
  g_autoptr (MosExportJob) job = mos_export_job_new (t->store, MOS_EXPORT_MBOX, NULL, NULL, path, FALSE);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  MosExportCounts counts;

  test_write (t->store, do_damage, one->message);
  mos_job_run_sync (MOS_JOB (job), NULL, &error);
  g_assert_no_error (error);
  counts = mos_export_job_get_counts (job);
  g_assert_cmpuint (counts.messages, ==, 1);
  g_assert_cmpuint (counts.without_source, ==, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Still here."));
  g_assert_nonnull (two->message);
  g_unlink (path);
  g_rmdir (dir);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/export/damaged", test_damaged);
  return g_test_run ();
}
