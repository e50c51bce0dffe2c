/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/email/mos-email-intake.h"

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
  if (!fails)
    g_string_append_printf (self->order, "%u ", ((MosIncoming *) g_ptr_array_index (incoming, 0))->uid);
  g_mutex_unlock (&self->mutex);

  if (fails)
    {
      g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL, "full");
      return FALSE;
    }
  ret_counts->added += incoming->len;
  return TRUE;
}

static void
test_slow_host_iface_init (MosChannelHostInterface *iface)
{
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

  allow (host, 3);
  g_assert_true (mos_email_intake_put (intake, make_batch (20, 3), MOS_INGEST_DEFAULT, NULL, &error));
  g_assert_true (mos_email_intake_put (intake, make_batch (10, 1), MOS_INGEST_DEFAULT, NULL, &error));
  g_assert_true (mos_email_intake_wait (intake, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (host->order->str, ==, "30 20 10 ");
  g_assert_cmpuint (mos_email_intake_take_counts (intake, &counts), ==, 6);
  g_assert_cmpuint (counts.added, ==, 6);
  g_assert_cmpuint (mos_email_intake_take_counts (intake, &counts), ==, 0);
}

/* A batch that is not stored is told with the next call, once, and nothing is stored after it unasked. */
static void
test_failure (void)
{
  g_autoptr (TestSlowHost) host = g_object_new (TEST_TYPE_SLOW_HOST, NULL);
  g_autoptr (MosEmailIntake) intake = mos_email_intake_new (MOS_CHANNEL_HOST (host));
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts = { 0 };

  host->fails_at = 2;
  allow (host, 9);
  g_assert_true (mos_email_intake_put (intake, make_batch (30, 2), MOS_INGEST_DEFAULT, NULL, &error));
  g_assert_true (mos_email_intake_put (intake, make_batch (20, 2), MOS_INGEST_DEFAULT, NULL, &error));
  g_assert_false (mos_email_intake_put (intake, make_batch (10, 2), MOS_INGEST_DEFAULT, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_assert_cmpstr (host->order->str, ==, "30 ");
  g_assert_cmpuint (mos_email_intake_take_counts (intake, &counts), ==, 2);

  host->fails_at = 3;
  g_assert_true (mos_email_intake_put (intake, make_batch (10, 2), MOS_INGEST_DEFAULT, NULL, &error));
  g_assert_false (mos_email_intake_wait (intake, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_assert_true (mos_email_intake_wait (intake, &error));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/email-intake/meanwhile", test_meanwhile);
  g_test_add_func ("/email-intake/failure", test_failure);
  return g_test_run ();
}
