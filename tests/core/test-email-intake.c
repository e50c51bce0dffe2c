/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/channels/email/mos-email-intake.h"
#include "core/desk/mos-desk-host.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-blobs.h"

#include <glib/gstdio.h>

/* A host that only takes mail: each batch when the test lets it, the ones it is told to with an error. */
#define TEST_TYPE_SLOW_HOST (test_slow_host_get_type ())
G_DECLARE_FINAL_TYPE (TestSlowHost, test_slow_host, TEST, SLOW_HOST, GObject)

struct _TestSlowHost
{
  GObject parent_instance;

  GMutex mutex;
  GCond cond;
  guint allowed; /* batches that may end */
  guint begun;
  guint prepared;
  guint fails_at; /* 0: never */
  GString *order; /* first uid of each batch that was taken */
};

static gboolean
test_slow_host_ingest_sync (MosChannelHost *host,
                            GPtrArray *incoming,
                            MosIngestFlags flags,
                            MosSyncCounts *ret_counts,
                            GCancellable *cancellable,
                            GError **error)
{
  TestSlowHost *self = TEST_SLOW_HOST (host);
  gboolean fails;

  g_mutex_lock (&self->mutex);
  fails = ++self->begun == self->fails_at;
  g_cond_broadcast (&self->cond);
  while (self->allowed == 0)
    g_cond_wait (&self->cond, &self->mutex);
  self->allowed--;
  if (!fails && !g_cancellable_is_cancelled (cancellable))
    g_string_append_printf (self->order, "%u ", ((MosIncoming *) g_ptr_array_index (incoming, 0))->uid);
  g_mutex_unlock (&self->mutex);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (fails)
    {
      g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL, "full");
      return FALSE;
    }
  ret_counts->added += incoming->len;
  return TRUE;
}

static void
test_slow_host_prepare (MosChannelHost *host,
                        GPtrArray *incoming,
                        GCancellable *cancellable)
{
  TestSlowHost *self = TEST_SLOW_HOST (host);

  g_mutex_lock (&self->mutex);
  self->prepared++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
test_slow_host_iface_init (MosChannelHostInterface *iface)
{
  iface->prepare = test_slow_host_prepare;
  iface->ingest_sync = test_slow_host_ingest_sync;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSlowHost, test_slow_host, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_CHANNEL_HOST, test_slow_host_iface_init))

static void
test_slow_host_finalize (GObject *object)
{
  TestSlowHost *self = TEST_SLOW_HOST (object);

  g_string_free (self->order, TRUE);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  G_OBJECT_CLASS (test_slow_host_parent_class)->finalize (object);
}

static void
test_slow_host_class_init (TestSlowHostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_slow_host_finalize;
}

static void
test_slow_host_init (TestSlowHost *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->order = g_string_new (NULL);
}

static void
allow (TestSlowHost *self,
       guint batches)
{
  g_mutex_lock (&self->mutex);
  self->allowed += batches;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
wait_begun (TestSlowHost *self,
            guint batches)
{
  g_mutex_lock (&self->mutex);
  while (self->begun < batches)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
wait_prepared (TestSlowHost *self,
               guint batches)
{
  g_mutex_lock (&self->mutex);
  while (self->prepared < batches)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static GPtrArray *
make_batch (guint32 uid,
            guint n)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);

  for (guint i = 0; i < n; i++)
    {
      MosIncoming *incoming = mos_incoming_new ();

      incoming->uid = uid + i;
      g_ptr_array_add (batch, incoming);
    }
  return batch;
}

/* The caller goes on while a batch is stored; batches keep their order; nothing counts before it is stored. */
static void
test_meanwhile (void)
{
  g_autoptr (TestSlowHost) host = g_object_new (TEST_TYPE_SLOW_HOST, NULL);
  g_autoptr (MosEmailIntake) intake = mos_email_intake_new (MOS_CHANNEL_HOST (host));
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts = { 0 };

  g_assert_true (mos_email_intake_is_idle (intake));
  g_assert_true (mos_email_intake_wait (intake, &error));

  g_assert_true (mos_email_intake_put (intake, make_batch (30, 2), MOS_INGEST_DEFAULT, NULL, &error));
  wait_begun (host, 1);
  g_assert_false (mos_email_intake_is_idle (intake));
  g_assert_cmpuint (mos_email_intake_take_counts (intake, &counts), ==, 0);
  g_assert_cmpuint (counts.added, ==, 0);

  /* The next one is prepared while the first is still being stored, and is not begun before that. */
  g_assert_true (mos_email_intake_put (intake, make_batch (20, 3), MOS_INGEST_DEFAULT, NULL, &error));
  wait_prepared (host, 2);
  g_assert_cmpuint (host->begun, ==, 1);
  allow (host, 3);
  g_assert_true (mos_email_intake_put (intake, make_batch (10, 1), MOS_INGEST_DEFAULT, NULL, &error));
  g_assert_true (mos_email_intake_wait (intake, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (host->order->str, ==, "30 20 10 ");
  g_assert_cmpuint (mos_email_intake_take_counts (intake, &counts), ==, 6);
  g_assert_cmpuint (counts.added, ==, 6);
  g_assert_cmpuint (mos_email_intake_take_counts (intake, &counts), ==, 0);
}

/* A batch that is not stored is told with a later call, once, and nothing is stored after it unasked. */
static void
test_failure (void)
{
  g_autoptr (TestSlowHost) host = g_object_new (TEST_TYPE_SLOW_HOST, NULL);
  g_autoptr (MosEmailIntake) intake = mos_email_intake_new (MOS_CHANNEL_HOST (host));
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts = { 0 };
  gboolean told = FALSE;

  host->fails_at = 2;
  allow (host, 9);
  for (guint uid = 40; uid > 0 && !told; uid -= 10)
    told = !mos_email_intake_put (intake, make_batch (uid, 2), MOS_INGEST_DEFAULT, NULL, &error);
  /* Of four batches the third waits for the second to be prepared, so it may be known by the fourth or with the wait. */
  if (!told)
    g_assert_false (mos_email_intake_wait (intake, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_assert_cmpstr (host->order->str, ==, "40 ");
  g_assert_cmpuint (host->begun, ==, 2);
  g_assert_cmpuint (mos_email_intake_take_counts (intake, &counts), ==, 2);
  g_assert_true (mos_email_intake_is_idle (intake));

  host->fails_at = 3;
  g_assert_true (mos_email_intake_put (intake, make_batch (10, 2), MOS_INGEST_DEFAULT, NULL, &error));
  g_assert_false (mos_email_intake_wait (intake, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_assert_true (mos_email_intake_wait (intake, &error));
  g_assert_true (mos_email_intake_put (intake, make_batch (5, 1), MOS_INGEST_DEFAULT, NULL, &error));
  g_assert_true (mos_email_intake_wait (intake, &error));
  g_assert_cmpstr (host->order->str, ==, "40 5 ");
}

/* Cancelled while one is stored and another is ready: neither counts, and it ends. */
static void
test_cancelled (void)
{
  g_autoptr (TestSlowHost) host = g_object_new (TEST_TYPE_SLOW_HOST, NULL);
  g_autoptr (MosEmailIntake) intake = mos_email_intake_new (MOS_CHANNEL_HOST (host));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts = { 0 };

  g_assert_true (mos_email_intake_put (intake, make_batch (30, 2), MOS_INGEST_DEFAULT, cancellable, &error));
  wait_begun (host, 1);
  g_assert_true (mos_email_intake_put (intake, make_batch (20, 2), MOS_INGEST_DEFAULT, cancellable, &error));
  wait_prepared (host, 2);
  g_cancellable_cancel (cancellable);
  allow (host, 9);
  g_assert_false (mos_email_intake_wait (intake, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (host->order->str, ==, "");
  g_assert_cmpuint (host->begun, ==, 1);
  g_assert_cmpuint (mos_email_intake_take_counts (intake, &counts), ==, 0);
}

/* Let go in the middle: what was put is stored, or at least nothing hangs and nothing is freed under a thread. */
static void
test_let_go (void)
{
  g_autoptr (TestSlowHost) host = g_object_new (TEST_TYPE_SLOW_HOST, NULL);
  MosEmailIntake *intake = mos_email_intake_new (MOS_CHANNEL_HOST (host));
  g_autoptr (GError) error = NULL;

  allow (host, 9);
  for (guint uid = 30; uid > 0; uid -= 10)
    g_assert_true (mos_email_intake_put (intake, make_batch (uid, 1), MOS_INGEST_DEFAULT, NULL, &error));
  mos_email_intake_free (intake);
  g_assert_cmpstr (host->order->str, ==, "30 20 10 ");
}

/* --- into a real store --- */

#define LARGE (80 * 1024)

/* Every third one carries a file of its own, and two of them the same. */
static MosIncoming *
make_mail (guint number)
{
  g_autoptr (GString) mail = g_string_new (NULL);
  MosIncoming *incoming;

  g_string_append_printf (mail, "From: Ana <ana%u@mail.example>\r\nTo: support@shop.example\r\nSubject: Mail %u\r\nMessage-ID: <mail-%u@mail.example>\r\nMIME-Version: 1.0\r\n"
                                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe lamp of order %u does not light up.\r\n",
                          number % 5, number, number, number);
  if (number % 3 == 0)
    {
      g_string_append (mail, "--b\r\nContent-Type: text/csv; name=list.csv\r\nContent-Disposition: attachment; filename=list.csv\r\n\r\n");
      for (guint i = 0; i < LARGE / 16; i++)
        g_string_append_printf (mail, "%06u,%06u\r\n", number % 6, i);
    }
  g_string_append (mail, "\r\n--b--\r\n");
  incoming = test_make_incoming (mail->str, MOS_FOLDER_INBOX, 100 + number, G_GINT64_CONSTANT (1767225600000000) + number * G_USEC_PER_SEC);
  return incoming;
}

static GPtrArray *
make_mails (guint first,
            guint n)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (batch, make_mail (first + i));
  return batch;
}

static gboolean
do_dump (MosTxn *txn,
         gpointer data,
         GError **error)
{
  GString *dump = data;

  for (guint i = 0; i < 18; i++)
    {
      g_autofree char *message_id = g_strdup_printf ("mail-%u@mail.example", i);
      const char *ids[] = { message_id, NULL };
      g_autoptr (GPtrArray) rows = mos_store_message_find_by_message_ids (txn, ACCOUNT, ids, error);

      if (rows == NULL)
        return FALSE;
      for (guint r = 0; r < rows->len; r++)
        {
          g_autoptr (GBytes) raw = NULL;
          MosMessageRow *row = g_ptr_array_index (rows, r);

          if (!mos_store_message_load_raw (txn, row->id, &raw, error))
            return FALSE;
          g_string_append_printf (dump, "%s %s %" G_GSIZE_FORMAT "\n", row->id, row->subject, raw != NULL ? g_bytes_get_size (raw) : 0);
        }
    }
  return TRUE;
}

static char *
dump_store (MosStore *store)
{
  GString *dump = g_string_new (NULL);

  test_write (store, do_dump, dump);
  return g_string_free (dump, FALSE);
}

static void
assert_whole (MosStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = mos_store_check_sync (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Prepared on one thread and stored on another, or in one go: the same rows and files. A batch in the middle that fails loses nothing of the others
 * and, given again, doubles nothing. */
static void
test_store (void)
{
  MosTestStore *plain = test_desk_store ();
  MosTestStore *staged = test_desk_store ();
  MosDeskHost *host = mos_desk_host_new (staged->store);
  g_autofree char *wanted = NULL;
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;
  gboolean told = FALSE;

  {
    g_autoptr (GPtrArray) all = make_mails (0, 18);

    g_assert_true (mos_ingest_batch_sync (plain->store, all, NULL, NULL, &error));
    wanted = dump_store (plain->store);
  }
  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr (MosEmailIntake) intake = mos_email_intake_new (MOS_CHANNEL_HOST (host));

      told = FALSE;
      for (guint b = 0; b < 6 && !told; b++)
        {
          GPtrArray *batch = make_mails (b * 3, 3);

          /* No such account: an error of the store, in its middle. */
          if (turn == 0 && b == 2)
            g_set_str (&((MosIncoming *) g_ptr_array_index (batch, 1))->account, "nobody");
          told = !mos_email_intake_put (intake, batch, MOS_INGEST_DEFAULT, NULL, &error);
        }
      if (!told)
        told = !mos_email_intake_wait (intake, &error);
      g_assert_cmpint (told, ==, turn == 0);
      if (turn == 0)
        {
          MosSyncCounts counts = { 0 };

          g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
          g_clear_error (&error);
          /* The two before it, whole. */
          g_assert_cmpuint (mos_email_intake_take_counts (intake, &counts), ==, 6);
          g_assert_cmpuint (counts.added, ==, 6);
          assert_whole (staged->store);
        }
    }
  got = dump_store (staged->store);
  g_assert_cmpstr (got, ==, wanted);
  assert_whole (staged->store);
  g_object_unref (host);
  mos_test_store_free (staged);
  mos_test_store_free (plain);
}

/* What was prepared and is not there any more, because the same content was erased meanwhile, is made anew. */
typedef struct
{
  GHashTable *prepared;
  GBytes *data;
  char *sha256;
} TestPrepared;

static gboolean
do_put_prepared (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  TestPrepared *test = data;
  g_autoptr (GBytes) found = NULL;
  g_autoptr (MosIngestResult) result = NULL;
  g_autoptr (MosIncoming) incoming = test_make_incoming (test_mail_one, MOS_FOLDER_INBOX, 1, 1000000);
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (ACCOUNT);
  account->address = g_strdup ("support@shop.example");
  account->aliases = g_new0 (char *, 1);
  g_clear_pointer (&incoming->raw, g_bytes_unref);
  incoming->raw = g_bytes_ref (test->data);
  incoming->raw_sha256 = g_strdup (test->sha256);
  incoming->prepared = g_hash_table_ref (test->prepared);
  if (!mos_ingest_message (txn, account, incoming, &result, error) || !mos_store_blob_find (txn, test->sha256, &found, error))
    return FALSE;
  g_assert_nonnull (found);
  g_assert_true (g_bytes_equal (found, test->data));
  return TRUE;
}

static void
test_prepared_gone (void)
{
  MosTestStore *t = test_desk_store ();
  g_autoptr (GString) text = g_string_new ("From: a@mail.example\r\n\r\n");
  g_autofree char *path = NULL;
  TestPrepared test = { mos_store_blob_prepared_new (), NULL, NULL };

  while (text->len < LARGE)
    g_string_append_printf (text, "%" G_GSIZE_FORMAT " lamps\r\n", text->len);
  test.data = g_bytes_new (text->str, text->len);
  test.sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, test.data);
  mos_store_blob_prepare (t->store, test.prepared, test.data, test.sha256);
  g_assert_cmpuint (g_hash_table_size (test.prepared), ==, 1);
  path = g_strdup_printf ("%s/blobs/%.2s/%s", mos_store_get_profile (t->store), test.sha256, test.sha256);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (path), ==, 0);

  test_write (t->store, do_put_prepared, &test);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_whole (t->store);
  g_hash_table_unref (test.prepared);
  g_bytes_unref (test.data);
  g_free (test.sha256);
  mos_test_store_free (t);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/email-intake/meanwhile", test_meanwhile);
  g_test_add_func ("/email-intake/failure", test_failure);
  g_test_add_func ("/email-intake/cancelled", test_cancelled);
  g_test_add_func ("/email-intake/let-go", test_let_go);
  g_test_add_func ("/email-intake/store", test_store);
  g_test_add_func ("/email-intake/prepared-gone", test_prepared_gone);
  return g_test_run ();
}
