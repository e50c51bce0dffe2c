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

static gboolean
do_damage_attachment (MosTxn *txn,
                      gpointer data,
                      GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE blob SET data = zeroblob (length (data)) WHERE sha256 = (SELECT sha256 FROM attachment WHERE message = ? AND name = 'plan.pdf')", "t", data);
}

static void
test_damaged_attachment (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store,
                                                 "From: bert@mail.example\r\nTo: support@shop.example\r\nSubject: Plans\r\nMessage-ID: <plan@mail.example>\r\nMIME-Version: 1.0\r\n"
                                                 "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nTwo plans.\r\n"
                                                 "--b\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\n\r\nfirst first first first first first\r\n"
                                                 "--b\r\nContent-Type: application/pdf; name=other.pdf\r\nContent-Disposition: attachment; filename=other.pdf\r\n\r\nsecond second second second second\r\n--b--\r\n",
                                                 MOS_FOLDER_INBOX, 1, 1000);
  g_autoptr (MosIngestResult) two = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 2, 2000);
  g_autofree char *dir = g_dir_make_tmp ("mos-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "all", NULL);
  g_autofree char *lines = g_build_filename (path, "conversations.jsonl", NULL);
  g_autofree char *blobs = g_build_filename (path, "attachments", NULL);
  g_autoptr (MosExportJob) job = mos_export_job_new (t->store, MOS_EXPORT_JSON, NULL, NULL, path, FALSE);
  g_auto (GStrv) damaged = NULL;
  g_autoptr (GDir) listing = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  MosExportCounts counts;
  const char *name;
  guint n = 0;

  test_write (t->store, do_damage_attachment, one->message);
  mos_job_run_sync (MOS_JOB (job), NULL, &error);
  g_assert_no_error (error);
  counts = mos_export_job_get_counts (job);
  g_assert_cmpuint (counts.conversations, ==, 2);
  g_assert_cmpuint (counts.damaged, ==, 1);
  damaged = mos_export_job_dup_damaged (job);
  g_assert_cmpuint (g_strv_length (damaged), ==, 1);
  g_assert_true (g_str_has_suffix (damaged[0], ": plan.pdf"));
  g_assert_true (g_file_get_contents (lines, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"missing\":true"));
  g_assert_nonnull (strstr (text, "Two plans."));
  g_assert_nonnull (strstr (text, "Where?"));
  g_assert_nonnull (two->message);
  /* Half an attachment would look like one. */
  listing = g_dir_open (blobs, 0, NULL);
  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *one_path = g_build_filename (blobs, name, NULL);

      n++;
      g_unlink (one_path);
    }
  g_assert_cmpuint (n, ==, 1);
  g_unlink (lines);
  g_rmdir (blobs);
  g_rmdir (path);
  g_rmdir (dir);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/export/damaged", test_damaged);
  g_test_add_func ("/export/damaged-attachment", test_damaged_attachment);
  return g_test_run ();
}
