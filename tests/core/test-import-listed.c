/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"
#include "imap-fixture.h"

#include "core/desk/mos-import-job.h"
#include "core/desk/mos-rows.h"

/* A whole folder of a server that lists more than it gives. */

#define DATE "\"01-Jan-2024 10:00:00 +0000\""

typedef struct
{
  guint imported;
  GString *problems;
} Heard;

static void
on_result (const char *path,
           MosIngestResult *result,
           gint64 number,
           MosImportProblem *problem,
           gpointer user_data)
{
  Heard *heard = user_data;

  if (problem != NULL)
    g_string_append_printf (heard->problems, "%s:%u ", path, (guint) problem->kind);
  else
    heard->imported++;
}

/* The second is in the list, and there is nothing of it to be had: it is named, and the others come. */
static void
test_ghost (void)
{
  static const char *const script[] = {
    SIGNED_IN (""), "C LIST \"\" \"?\"", "S * LIST () \"/\" INBOX", "S * LIST () \"/\" Old", "S $t OK",
    "C EXAMINE \"Old\"", "S * OK [UIDVALIDITY 7] v", "S $t OK", "C UID SEARCH ALL", "S * SEARCH 1 2 3", "S $t OK",
    "C UID FETCH 1:3 (UID RFC822.SIZE*", "S * 1 FETCH (UID 1 RFC822.SIZE 60 INTERNALDATE " DATE " FLAGS ())",
    "S * 3 FETCH (UID 3 RFC822.SIZE 60 INTERNALDATE " DATE " FLAGS ())", "S $t OK",
    "C UID FETCH 1,3 (*", "S * 1 FETCH (UID 1 FLAGS () INTERNALDATE " DATE " BODY[] \"Subject: one\")",
    "S * 3 FETCH (UID 3 FLAGS () INTERNALDATE " DATE " BODY[] \"Subject: three\")", "S $t OK", "C LOGOUT", "S * BYE", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosAccount) server = mos_account_new ();
  g_autoptr (MosImportJob) job = NULL;
  g_autoptr (MosImportRow) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problems = NULL;
  Heard heard = { 0, g_string_new (NULL) };

  server->imap = mos_test_imap_server_make (peer, MOS_SECURITY_NONE);
  mos_account_fill (server);
  job = mos_import_job_new_folder (t->store, NULL, server, NULL, "secret", "Old");
  mos_import_job_set_result_func (job, on_result, &heard);
  g_assert_true (mos_job_run_sync (MOS_JOB (job), NULL, &error));
  g_assert_no_error (error);
  mos_test_imap_server_finish (peer);
  row = mos_import_job_dup_row (job);
  problems = g_string_free_and_steal (heard.problems);
  g_assert_cmpuint (heard.imported, ==, 2);
  g_assert_cmpuint (row->passed_over, ==, 1);
  g_assert_true (g_str_has_prefix (problems, "Old;UID=2:"));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/import/listed/ghost", test_ghost);
  return g_test_run ();
}
