/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "store-fixture.h"

#include "core/desk/mos-backup-job.h"
#include "core/desk/mos-backups.h"
#include "core/desk/mos-restore-job.h"

#define PASSPHRASE "correct horse"

/* A profile with something in it, and backups of it that cost next to nothing. */

/* Of each of its three files. */
static gsize backup_file_size = 200000;

static gboolean
backup_fill (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Fixture *f = data;
  g_autofree guint32 *raw = g_malloc (backup_file_size);
  g_autoptr (MosMessageRow) row = mos_message_row_new ();

  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "Pictures");
  row->id = g_strdup ("big");
  row->conversation = g_strdup (f->conversation);
  row->account = g_strdup (ACCOUNT);
  row->received_us = 1000 * S;
  row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  for (int n = 0; n < 3; n++)
    {
      MosAttachment *attachment = mos_attachment_new ();

      /* What cannot be packed, and costs nothing. */
      raw[0] = (guint32) g_test_rand_int ();
      for (gsize i = 1; i < backup_file_size / 4; i++)
        raw[i] = raw[i - 1] * 1664525u + 1013904223u;
      attachment->name = g_strdup_printf ("photo %d.jpg", n);
      attachment->type = g_strdup ("image/jpeg");
      attachment->size = backup_file_size;
      attachment->data = g_bytes_new (raw, backup_file_size);
      g_ptr_array_add (row->attachments, attachment);
    }
  g_assert_true (mos_store_message_add (txn, row, NULL, NULL, error));
  fixture_message (txn, f, f->conversation, "answer", MOS_DIRECTION_OUTGOING, 2000 * S, "Thank you");
  return mos_store_conversation_set_status (txn, f->conversation, MOS_STATUS_CLOSED, 0, error);
}

static inline gboolean
backup_make (Fixture *f,
             const char *path,
             const char *passphrase,
             gboolean replace,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosBackupJob) job = mos_backup_job_new (f->store, path, passphrase, FALSE, replace);

  mos_backup_job_set_cost (job, (MosSealCost) { 64, 1, 1 });
  return mos_job_run_sync (MOS_JOB (job), cancellable, error);
}

/* Both steps. @ret_aside: (out) (optional) */
static inline gboolean
backup_restore (Fixture *f,
                const char *path,
                const char *passphrase,
                const char *profile,
                MosRestoredCount *ret_count,
                char **ret_aside,
                GError **error)
{
  g_autoptr (MosRestoreJob) job = mos_restore_job_new (path, passphrase, profile, f->clock);
  g_autofree char *aside = NULL;
  gboolean ok = mos_job_run_sync (MOS_JOB (job), NULL, error);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (!ok)
    return FALSE;
  if (ret_count != NULL)
    *ret_count = mos_restore_job_get_count (job);
  ok = mos_restore_job_put_in_place_sync (job, &aside, NULL, NULL, error);
  if (ret_aside != NULL)
    *ret_aside = g_steal_pointer (&aside);
  return ok;
}

/* Nothing is left beside @profile, and nothing is there. */
static inline void
backup_assert_none (const char *profile)
{
  g_autofree char *part = g_strconcat (profile, ".restore-part", NULL);

  g_assert_false (g_file_test (profile, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}
