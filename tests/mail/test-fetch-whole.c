/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "email-fixture.h"

#include "core/desk/mos-fetch-job.h"
#include "core/desk/mos-ingest.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-messages.h"
#include "mos-test-store.h"

#include <string.h>

/* A mail beyond the fetch limit: its head is here, and all of it comes when a person asks, or by another road. */

/* More than what is looked at closer (mos-ingest-whole.c) */
#define BYTES (1100 * 1000)

/* One for all cases: each appends its own. */
static MosTestServers *servers;

typedef struct
{
  EmailFixture email;
  MosTestStore *t;
  GBytes *raw; /* as on the server */
  guint32 uidvalidity;
  guint32 uid;
} Fixture;

static gboolean
do_account (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;

  return mos_store_account_save (txn, f->email.account, error);
}

static void
write_store (Fixture *f,
             MosStoreFunc func,
             gpointer data)
{
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (f->t->store, NULL, NULL, func, data, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* @end: of its lines */
static GBytes *
make_mail (const char *end)
{
  GString *text = g_string_new ("From: Ana <ana@mail.test>\nTo: <" MOS_TEST_SHOP ">\nSubject: The film\nDate: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <film@mail.test>\n"
                                "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHere is the Xylophonfilm that you asked for.\n"
                                "--b\nContent-Type: video/mp4; name=film.mp4\nContent-Disposition: attachment; filename=film.mp4\nContent-Transfer-Encoding: base64\n\n");

  g_string_replace (text, "\n", end, 0);
  while (text->len < BYTES)
    {
      g_string_append (text, "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0");
      g_string_append (text, end);
    }
  g_string_append_printf (text, "%s--b--%s", end, end);
  return g_string_free_to_bytes (text);
}

static void
setup (Fixture *f,
       gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MosImapSession *session;
  MosImapSelected selected;

  f->email.servers = servers;
  email_setup (&f->email, NULL);
  servers = f->email.servers;
  f->t = mos_test_store_new ();
  write_store (f, do_account, f);
  f->raw = make_mail ("\r\n");
  session = email_open_imap (&f->email, "INBOX");
  mos_imap_session_append_sync (session, "INBOX", 0, g_get_real_time (), f->raw, &f->uidvalidity, &f->uid, NULL, &error);
  g_assert_no_error (error);
  mos_imap_session_select_sync (session, "INBOX", TRUE, 0, 0, &selected, NULL, &error);
  g_assert_no_error (error);
  f->uidvalidity = selected.uidvalidity;
  g_assert_cmpuint (f->uid, !=, 0);
  email_close_imap (session);
}

static void
teardown (Fixture *f,
          gconstpointer data)
{
  g_bytes_unref (f->raw);
  mos_test_store_free (f->t);
  mos_account_unref (f->email.account);
  g_object_unref (f->email.clock);
  g_object_unref (f->email.host);
}

/* @uid: 0 = from a file */
static MosIngestResult *
ingest_at (Fixture *f,
           GBytes *raw,
           guint32 uid,
           gboolean is_head,
           MosFolderRole role)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) head = NULL;
  MosIncoming *incoming = mos_incoming_new ();

  g_ptr_array_add (batch, incoming);
  if (is_head)
    head = g_bytes_new_from_bytes (raw, 0, (gsize) (strstr (g_bytes_get_data (raw, NULL), "\r\n\r\n") + 4 - (const char *) g_bytes_get_data (raw, NULL)));
  incoming->account = g_strdup (f->email.account->id);
  incoming->folder = uid != 0 ? g_strdup ("INBOX") : NULL;
  incoming->role = role;
  incoming->uidvalidity = f->uidvalidity;
  incoming->uid = uid;
  incoming->received_us = g_get_real_time ();
  incoming->raw = g_bytes_ref (is_head ? head : raw);
  incoming->parsed = mos_mime_parse (incoming->raw, NULL);
  incoming->parse_error = is_head ? g_strdup (MOS_INGEST_TOO_LARGE) : NULL;
  mos_ingest_batch_sync (f->t->store, batch, &results, NULL, &error);
  g_assert_no_error (error);
  return mos_ingest_result_ref (g_ptr_array_index (results, 0));
}

static MosIngestResult *
ingest (Fixture *f,
        GBytes *raw,
        guint32 uid,
        gboolean is_head)
{
  return ingest_at (f, raw, uid, is_head, uid != 0 ? MOS_FOLDER_INBOX : MOS_FOLDER_OTHER);
}

typedef struct
{
  const char *conversation;
  GPtrArray *messages;
  GBytes *raw;
} Look;

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Look *look = data;

  look->messages = mos_store_message_list_of_conversation (txn, look->conversation, error);
  if (look->messages == NULL)
    return FALSE;
  return mos_store_message_load_raw (txn, ((MosMessageRow *) look->messages->pdata[0])->id, &look->raw, error);
}

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->messages, g_ptr_array_unref);
  g_clear_pointer (&look->raw, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
assert_whole (Fixture *f,
              const MosIngestResult *first)
{
  g_auto (Look) look = { .conversation = first->conversation };
  MosMessageRow *row;
  MosAttachment *film;

  write_store (f, do_look, &look);
  g_assert_cmpuint (look.messages->len, ==, 1);
  row = look.messages->pdata[0];
  g_assert_cmpstr (row->id, ==, first->message);
  g_assert_null (row->why);
  g_assert_nonnull (strstr (row->text, "Xylophonfilm"));
  g_assert_nonnull (strstr (row->reply_text, "Xylophonfilm"));
  g_assert_cmpuint (row->attachments->len, ==, 1);
  film = row->attachments->pdata[0];
  g_assert_cmpstr (film->name, ==, "film.mp4");
  g_assert_cmpuint (film->size, >, BYTES / 2);
  g_assert_nonnull (film->sha256);
}

static void
assert_head (Fixture *f,
             const MosIngestResult *first)
{
  g_auto (Look) look = { .conversation = first->conversation };
  MosMessageRow *row;

  write_store (f, do_look, &look);
  g_assert_cmpuint (look.messages->len, ==, 1);
  row = look.messages->pdata[0];
  g_assert_cmpstr (row->why, ==, MOS_INGEST_TOO_LARGE);
  g_assert_cmpuint (row->attachments->len, ==, 0);
}

static void
test_fetched (Fixture *f,
              gconstpointer data)
{
  g_autoptr (MosIngestResult) first = ingest (f, f->raw, f->uid, TRUE);
  g_autoptr (MosIngestResult) again = NULL;
  g_autoptr (MosIngestResult) file = NULL;
  g_autoptr (GBytes) unix_ends = make_mail ("\n");
  g_autoptr (MosFetchJob) job = mos_fetch_job_new (f->t->store, MOS_CHANNEL_HOST (f->email.host), first->message, "The film");
  g_autoptr (MosFetchJob) second = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Look) look = { .conversation = first->conversation };

  g_assert_cmpint (first->outcome, ==, MOS_INGEST_IMPORTED);
  assert_head (f, first);

  g_assert_true (mos_job_run_sync (MOS_JOB (job), NULL, &error));
  g_assert_no_error (error);
  assert_whole (f, first);
  write_store (f, do_look, &look);
  g_assert_true (g_bytes_equal (look.raw, f->raw));
  g_assert_cmpuint (mos_job_get_progress (MOS_JOB (job)).total, ==, g_bytes_get_size (f->raw));
  /* The sync meets its head in the mailbox once more; a file brings it with other ends of lines. */
  again = ingest (f, f->raw, f->uid, TRUE);
  g_assert_cmpint (again->outcome, ==, MOS_INGEST_DUPLICATE);
  file = ingest (f, unix_ends, 0, FALSE);
  g_assert_cmpint (file->outcome, ==, MOS_INGEST_DUPLICATE);
  g_assert_cmpstr (file->message, ==, first->message);
  assert_whole (f, first);

  /* Asked once more, there is nothing to do. */
  second = mos_fetch_job_new (f->t->store, MOS_CHANNEL_HOST (f->email.host), first->message, "The film");
  g_assert_true (mos_job_run_sync (MOS_JOB (second), NULL, &error));
  g_assert_no_error (error);
}

/* What the server filed as spam can be read whole before somebody decides about it. */
static void
test_quarantined (Fixture *f,
                  gconstpointer data)
{
  g_autoptr (MosIngestResult) first = ingest_at (f, f->raw, f->uid, TRUE, MOS_FOLDER_JUNK);
  g_autoptr (MosFetchJob) job = mos_fetch_job_new (f->t->store, MOS_CHANNEL_HOST (f->email.host), first->message, "The film");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (first->outcome, ==, MOS_INGEST_QUARANTINED);
  for (guint i = 0; i < 2; i++)
    {
      g_auto (Look) look = { .conversation = first->conversation };
      MosMessageRow *row;

      write_store (f, do_look, &look);
      row = look.messages->pdata[0];
      g_assert_true (row->quarantined);
      g_assert_cmpstr (row->why, ==, "junk");
      g_assert_cmpint (row->head_only, ==, i == 0);
      g_assert_cmpuint (row->attachments->len, ==, i);
      if (i == 0)
        g_assert_true (mos_job_run_sync (MOS_JOB (job), NULL, &error));
      g_assert_no_error (error);
    }
}

static void
on_progress_cb (MosJob *job,
                gpointer user_data)
{
  MosJobProgress progress = mos_job_get_progress (job);

  g_assert_cmpuint (progress.done, <=, progress.total);
  if (progress.done > 0)
    mos_job_cancel (job);
}

static void
test_cancelled (Fixture *f,
                gconstpointer data)
{
  g_autoptr (MosIngestResult) first = ingest (f, f->raw, f->uid, TRUE);
  g_autoptr (MosFetchJob) job = mos_fetch_job_new (f->t->store, MOS_CHANNEL_HOST (f->email.host), first->message, "The film");
  g_autoptr (MosFetchJob) next = mos_fetch_job_new (f->t->store, MOS_CHANNEL_HOST (f->email.host), first->message, "The film");
  g_autoptr (GError) error = NULL;

  mos_job_set_progress_func (MOS_JOB (job), on_progress_cb, NULL);
  g_assert_false (mos_job_run_sync (MOS_JOB (job), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (mos_job_get_state (MOS_JOB (job)), ==, MOS_JOB_CANCELLED);
  assert_head (f, first);
  g_clear_error (&error);

  g_assert_true (mos_job_run_sync (MOS_JOB (next), NULL, &error));
  g_assert_no_error (error);
  assert_whole (f, first);
}

static void
test_gone (Fixture *f,
           gconstpointer data)
{
  g_autoptr (MosIngestResult) first = ingest (f, f->raw, f->uid + 7, TRUE);
  g_autoptr (MosFetchJob) job = mos_fetch_job_new (f->t->store, MOS_CHANNEL_HOST (f->email.host), first->message, "The film");
  g_autoptr (GError) error = NULL;

  g_assert_false (mos_job_run_sync (MOS_JOB (job), NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  assert_head (f, first);
}

static void
test_from_a_file (Fixture *f,
                  gconstpointer data)
{
  g_autoptr (GBytes) unix_ends = make_mail ("\n");
  g_autoptr (MosIngestResult) first = ingest (f, f->raw, f->uid, TRUE);
  g_autoptr (MosIngestResult) file = ingest (f, unix_ends, 0, FALSE);

  g_test_summary ("the same mail from a file makes whole what is here; it is no second one, and no duplicate that is passed over");
  g_assert_cmpint (file->outcome, ==, MOS_INGEST_COMPLETED);
  g_assert_cmpstr (file->message, ==, first->message);
  g_assert_false (file->arrived);
  assert_whole (f, first);
}

static void
test_head_after_the_file (Fixture *f,
                          gconstpointer data)
{
  g_autoptr (GBytes) unix_ends = make_mail ("\n");
  g_autoptr (MosIngestResult) file = ingest (f, unix_ends, 0, FALSE);
  g_autoptr (MosIngestResult) head = ingest (f, f->raw, f->uid, TRUE);

  g_assert_cmpint (head->outcome, ==, MOS_INGEST_DUPLICATE);
  g_assert_cmpstr (head->message, ==, file->message);
  assert_whole (f, file);
}

int
main (int argc,
      char *argv[])
{
  int status;

  mos_test_init (&argc, &argv);
  g_test_add ("/fetch-whole/fetched", Fixture, NULL, setup, test_fetched, teardown);
  g_test_add ("/fetch-whole/quarantined", Fixture, NULL, setup, test_quarantined, teardown);
  g_test_add ("/fetch-whole/cancelled", Fixture, NULL, setup, test_cancelled, teardown);
  g_test_add ("/fetch-whole/gone", Fixture, NULL, setup, test_gone, teardown);
  g_test_add ("/fetch-whole/from-a-file", Fixture, NULL, setup, test_from_a_file, teardown);
  g_test_add ("/fetch-whole/head-after-the-file", Fixture, NULL, setup, test_head_after_the_file, teardown);
  status = g_test_run ();
  g_clear_pointer (&servers, mos_test_servers_free);
  return status;
}
