/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "store-fixture.h"

#include <string.h>

/* Blobs, what the check finds, and what the repair mends. */

static gboolean
blob_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  static const gsize sizes[] = { 0, 1, 127, 128, 5000, MOS_BLOB_FILE_SIZE - 1, MOS_BLOB_FILE_SIZE, MOS_BLOB_FILE_SIZE + 1, 3000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int random = 0; random < 2; random++)
      {
        g_autofree guint8 *raw = g_malloc (sizes[i] + 1);
        g_autoptr (GBytes) bytes = NULL, found = NULL;
        g_autofree char *sha256 = NULL;
        g_autofree char *again = NULL;
        g_autofree char *wanted = NULL;
        g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
        gint64 is_file = 0;

        for (gsize b = 0; b < sizes[i]; b++)
          raw[b] = random ? (guint8) (g_test_rand_int () & 0xff) : (guint8) ('a' + b % 7);
        bytes = g_bytes_new (raw, sizes[i]);
        wanted = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
        g_assert_true (mos_store_blob_put (txn, bytes, &sha256, error));
        g_assert_cmpstr (sha256, ==, wanted);
        g_assert_true (mos_store_blob_put (txn, bytes, &again, error));
        g_assert_true (mos_store_blob_find (txn, sha256, &found, error));
        g_assert_true (g_bytes_equal (bytes, found));
        g_assert_true (mos_store_blob_write (txn, sha256, stream, NULL, error));
        g_assert_cmpuint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)), ==, sizes[i]);
        g_assert_true (mos_database_get_int (txn->database, &is_file, error, "SELECT data IS NULL FROM blob WHERE sha256 = ?", "t", sha256));
        g_assert_cmpint (is_file, ==, sizes[i] >= MOS_BLOB_FILE_SIZE);
      }
  {
    g_autoptr (GBytes) none = NULL;
    g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
    g_autoptr (GError) local_error = NULL;

    g_assert_true (mos_store_blob_find (txn, "nothing", &none, error));
    g_assert_null (none);
    g_assert_false (mos_store_blob_write (txn, "nothing", stream, NULL, &local_error));
    g_assert_error (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND);
  }
  return TRUE;
}

static void
test_blobs (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, blob_func);
  fixture_check (f);
}

/* --- damage --- */

static gboolean
big_func (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Fixture *f = data;
  g_autofree guint8 *raw = g_malloc (200000);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  MosAttachment *attachment = mos_attachment_new ();

  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "Pictures");
  for (gsize i = 0; i < 200000; i++)
    raw[i] = (guint8) (g_test_rand_int () & 0xff);
  row->id = g_strdup ("big");
  row->conversation = g_strdup (f->conversation);
  row->account = g_strdup (ACCOUNT);
  row->received_us = 1000 * S;
  row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  attachment->name = g_strdup ("photo.jpg");
  attachment->type = g_strdup ("image/jpeg");
  attachment->size = 200000;
  attachment->data = g_bytes_new (raw, 200000);
  g_ptr_array_add (row->attachments, attachment);
  g_assert_true (mos_store_message_add (txn, row, NULL, NULL, error));
  fixture_message (txn, f, f->conversation, "answer", MOS_DIRECTION_OUTGOING, 2000 * S, "Thank you");
  return mos_store_conversation_set_status (txn, f->conversation, MOS_STATUS_CLOSED, 0, error);
}

static gboolean
path_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) attachments = mos_store_message_list_attachments (txn, "big", FALSE, error);
  const char *sha256;
  char prefix[3] = { 0 };

  g_assert_nonnull (attachments);
  g_assert_cmpuint (attachments->len, ==, 1);
  sha256 = ((MosAttachment *) attachments->pdata[0])->sha256;
  memcpy (prefix, sha256, 2);
  f->data = g_build_filename (f->profile, MOS_STORE_BLOBS, prefix, sha256, NULL);
  return TRUE;
}

static gboolean
damaged_func (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) attachments = mos_store_message_list_attachments (txn, "big", TRUE, &local_error);

  g_assert_null (attachments);
  g_assert_error (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT);
  return TRUE;
}

static gboolean
spoil_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return mos_database_run_script (txn->database, data, error);
}

static void
assert_problem (Fixture *f,
                const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = mos_store_check_sync (f->store, NULL, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    found = found || g_str_equal (((MosCheckProblem *) problems->pdata[i])->kind, kind);
  if (!found)
    g_test_message ("%s was not found", kind);
  g_assert_true (found);
}

/* Each kind of damage is found by the check, and none is read as if it were whole. */
static void
test_check (void)
{
  static const struct
  {
    const char *kind;
    const char *sql;
  } cases[] = {
    { "derived", "UPDATE conversation SET unread = 7" },
    { "facts", "UPDATE fact_turn SET closed_at = closed_at + 1" },
    { "facts", "DELETE FROM fact_close" },
    { "facts", "UPDATE fact_pack SET pack = x'01'" },
    { "facts", "DELETE FROM fact_pack" },
    { "facts", "UPDATE fact_about SET language = 'xx'" },
    { "search", "DELETE FROM search" },
    { "blob-damaged", "UPDATE blob SET data = x'00' WHERE data IS NOT NULL" },
    { "blob-missing", "UPDATE blob SET data = NULL WHERE data IS NOT NULL" },
  };
  g_autofree char *contents = NULL;
  gsize size;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (GError) error = NULL;

      fixture_write (f, NULL, big_func);
      fixture_check (f);
      g_assert_true (mos_store_write_sync (f->store, NULL, NULL, spoil_func, (gpointer) cases[i].sql, NULL, NULL, &error));
      assert_problem (f, cases[i].kind);
    }
  {
    g_autoptr (Fixture) f = fixture_new ();

    fixture_write (f, NULL, big_func);
    fixture_read (f, path_func);
    g_assert_true (g_file_get_contents (f->data, &contents, &size, NULL));
    contents[1000] ^= 1;
    g_assert_true (g_file_set_contents (f->data, contents, (gssize) size, NULL));
    assert_problem (f, "blob-damaged");
    fixture_read (f, damaged_func);
    g_remove (f->data);
    assert_problem (f, "blob-missing");
    fixture_read (f, damaged_func);
    g_free (f->data);
  }
}

/* --- repair --- */

static gboolean
read_back (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) attachments = mos_store_message_list_attachments (txn, "big", TRUE, error);
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  g_assert_nonnull (attachments);
  g_assert_cmpuint (g_bytes_get_size (((MosAttachment *) attachments->pdata[0])->data), ==, 200000);
  g_assert_true (mos_store_message_find (txn, "answer", &row, error));
  g_assert_cmpstr (row->text, ==, "Thank you");
  hits = mos_store_search (txn, "photo", 0, FALSE, error);
  g_assert_nonnull (hits);
  g_assert_cmpuint (hits->len, ==, 1);
  return TRUE;
}

static gboolean
break_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return mos_database_run_script (txn->database, "UPDATE fact_pack SET pack = x'01'; DELETE FROM fact_turn; UPDATE conversation SET message_count = 77; INSERT INTO search (search) VALUES ('delete-all');", error);
}

static void
test_repair (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  fixture_write (f, NULL, big_func);
  fixture_check (f);
  fixture_write (f, NULL, break_func);
  problems = mos_store_check_sync (f->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 3);
  g_assert_true (mos_store_repair_sync (f->store, NULL, &error));
  g_assert_no_error (error);
  fixture_check (f);
  fixture_read (f, read_back);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/blob/sizes", test_blobs);
  g_test_add_func ("/store/check/finds", test_check);
  g_test_add_func ("/store/check/repair", test_repair);

  return g_test_run ();
}
