/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"
#define _GNU_SOURCE /* unshare() */

#include "config.h"

#include "store-fixture.h"

#include "core/desk/mos-ingest.h"
#include "core/mail/mime/mos-mime.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Room on the disk: taking mail in until there is none, and giving back what nobody names any more. */

/* --- a full disk --- */

/* Bytes that no compression shrinks, the same in every run */
static char *
noise (guint seed,
       gsize n_bytes)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree guchar *bytes = g_malloc (n_bytes);

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guchar) g_rand_int_range (rand, 0, 256);
  return g_base64_encode (bytes, n_bytes);
}

/* Every fourth has a body that becomes a file of its own. */
static MosIncoming *
make_mail (guint n)
{
  MosIncoming *incoming = mos_incoming_new ();
  g_autofree char *body = noise (n, n % 4 == 0 ? 90000 : 6000);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_append_printf (text, "From: Ana <ana%u@example.com>\r\nTo: support@shop.example\r\nSubject: Parcel %u\r\nMessage-ID: <%u@example.com>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\r\n", n % 7, n, n);
  for (gsize i = 0; i < strlen (body); i += 76)
    g_string_append_printf (text, "%.76s\r\n", body + i);
  incoming->account = g_strdup (ACCOUNT);
  incoming->folder = g_strdup ("INBOX");
  incoming->role = MOS_FOLDER_INBOX;
  incoming->uidvalidity = 1;
  incoming->uid = n;
  incoming->received_us = 1700000000 * S;
  incoming->raw = g_string_free_to_bytes (g_steal_pointer (&text));
  incoming->parsed = mos_mime_parse (incoming->raw, &error);
  g_assert_no_error (error);
  return incoming;
}

static gboolean
take_in (Fixture *f,
         guint n,
         GError **error)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;

  g_ptr_array_add (batch, make_mail (n));
  if (!mos_ingest_batch_sync (f->store, batch, &results, NULL, error))
    return FALSE;
  g_assert_cmpint (((MosIngestResult *) results->pdata[0])->outcome, ==, MOS_INGEST_IMPORTED);
  return TRUE;
}

static gboolean
account_func (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  fixture_account (txn, data);
  return TRUE;
}

static gboolean
count_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;
  gint64 n;

  if (!mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM message", ""))
    return FALSE;
  f->number = (guint) n;
  return TRUE;
}

/* A small file system of one's own, which goes with the process. It needs a privilege or a user namespace; without either, files that
 * may not grow stand in for it. */
static gboolean
tell (const char *path,
      const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
make_small_disk (const char *path)
{
  g_autofree char *users = g_strdup_printf ("%u %u 1", (guint) geteuid (), (guint) geteuid ());
  g_autofree char *groups = g_strdup_printf ("%u %u 1", (guint) getegid (), (guint) getegid ());

  /* In a user namespace of one's own the system has to be told who one is, or nothing can be written. */
  if (unshare (CLONE_NEWNS) != 0 &&
      (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0 || !tell ("/proc/self/uid_map", users) ||
       !tell ("/proc/self/setgroups", "deny") || !tell ("/proc/self/gid_map", groups)))
    return FALSE;
  return mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mount ("tmpfs", path, "tmpfs", 0, "size=10m") == 0;
}

static void
set_file_limit (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
run_out (const char *dir,
         gboolean has_disk)
{
  Fixture f = { .dir = g_strdup (dir), .profile = g_build_filename (dir, "profile", NULL), .clock = mos_manual_clock_new (1700000000 * S) };
  g_autofree char *ballast_path = g_build_filename (dir, "ballast", NULL);
  g_autofree char *ballast = g_malloc0 (4000000);
  guint kept = 0, failures = 0;

  g_assert_true (!has_disk || make_small_disk (dir));
  g_printerr ("# %s\n", has_disk ? "a file system of 10 MiB" : "files of at most 2 MiB");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_true (g_file_set_contents (ballast_path, ballast, 4000000, NULL));
  f.store = fixture_open (&f);
  fixture_write (&f, NULL, account_func);
  if (!has_disk)
    set_file_limit (2 * 1024 * 1024);

  /* Large ones fail first, small ones still fit: every failure says so, and each is as if it had not been tried. */
  for (guint n = 1; failures < 8; n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (n, <, 2000);
      if (take_in (&f, n, &error))
        kept++;
      else
        {
          g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL);
          failures++;
        }
    }
  g_assert_cmpuint (kept, >, 5);
  fixture_read (&f, count_func);
  g_assert_cmpuint (f.number, ==, kept);

  /* Room again: work goes on in the same process, without a restart. */
  g_assert_cmpint (g_remove (ballast_path), ==, 0);
  if (!has_disk)
    set_file_limit (RLIM_INFINITY);
  for (guint n = 3001; n <= 3004; n++)
    {
      g_autoptr (GError) error = NULL;

      take_in (&f, n, &error);
      g_assert_no_error (error);
    }
  fixture_reopen (&f);
  fixture_read (&f, count_func);
  g_assert_cmpuint (f.number, ==, kept + 4);
  fixture_check (&f);
}

/* In a child: its file system is its own, and so is its limit. */
static void
test_full (void)
{
  g_autofree char *dir = g_dir_make_tmp ("mos-full-XXXXXX", NULL);
  gboolean has_disk;
  int status;
  pid_t pid = fork ();

  g_assert_nonnull (dir);
  /* A try that fails halfway leaves a process that is nobody, so it is made by another. */
  if (pid == 0)
    _exit (make_small_disk (dir) ? 0 : 1);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  has_disk = status == 0;

  pid = fork ();
  if (pid == 0)
    {
      run_out (dir, has_disk);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  fixture_remove (dir);
}

/* --- what nobody names --- */

typedef struct
{
  char *small;
  char *large;
  char *kept;
} Blobs;

static gboolean
put_func (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Fixture *f = data;
  Blobs *blobs = f->data;
  g_autofree char *large_text = noise (1, 90000);
  g_autofree char *kept_text = noise (2, 90000);
  g_autoptr (GBytes) small = g_bytes_new_static ("small", 5);
  g_autoptr (GBytes) large = g_bytes_new (large_text, strlen (large_text));
  g_autoptr (GBytes) kept = g_bytes_new (kept_text, strlen (kept_text));

  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "Blobs");
  fixture_message (txn, f, f->conversation, "m1", MOS_DIRECTION_INCOMING, 1000 * S, "one");
  return mos_store_blob_put (txn, small, &blobs->small, error) &&
         mos_store_blob_put (txn, large, &blobs->large, error) &&
         mos_store_blob_put (txn, kept, &blobs->kept, error) &&
         mos_database_exec (txn->database, error, "UPDATE message SET raw_sha256 = ? WHERE id = 'm1'", "t", blobs->kept);
}

static gboolean
clean_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return mos_store_blob_clean (txn, &((Fixture *) data)->number, error);
}

static gboolean
find_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Blobs *blobs = ((Fixture *) data)->data;
  const char *ids[] = { blobs->small, blobs->large, blobs->kept };

  ((Fixture *) data)->number = 0;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (!mos_store_blob_find (txn, ids[i], &bytes, error))
        return FALSE;
      ((Fixture *) data)->number |= bytes != NULL ? 1u << i : 0;
    }
  return TRUE;
}

static gboolean
has_file (Fixture *f,
          const char *sha256)
{
  char prefix[3] = { sha256[0], sha256[1], '\0' };
  g_autofree char *path = g_build_filename (f->profile, MOS_STORE_BLOBS, prefix, sha256, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_blob_clean (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Blobs blobs = { 0 };

  /* files carry the computer's time, so the clock must too */
  mos_manual_clock_set (MOS_MANUAL_CLOCK (f->clock), g_get_real_time ());
  f->data = &blobs;
  fixture_write (f, NULL, put_func);

  /* Young ones stay: a draft that will name them may be on its way. */
  fixture_write (f, NULL, clean_func);
  g_assert_cmpuint (f->number, ==, 0);
  fixture_read (f, find_func);
  g_assert_cmpuint (f->number, ==, 7);

  /* First the rows, and only once that is committed the files. The first message's own raw bytes are named by nothing now, too. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), 2 * G_TIME_SPAN_DAY);
  fixture_write (f, NULL, clean_func);
  g_assert_cmpuint (f->number, ==, 3);
  fixture_read (f, find_func);
  g_assert_cmpuint (f->number, ==, 4);
  g_assert_true (has_file (f, blobs.large));
  fixture_write (f, NULL, clean_func);
  g_assert_cmpuint (f->number, ==, 1);
  g_assert_false (has_file (f, blobs.large));
  g_assert_true (has_file (f, blobs.kept));
  fixture_write (f, NULL, clean_func);
  g_assert_cmpuint (f->number, ==, 0);
  fixture_check (f);
  g_free (blobs.small);
  g_free (blobs.large);
  g_free (blobs.kept);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/room/full", test_full);
  g_test_add_func ("/store/room/blob-clean", test_blob_clean);

  return g_test_run ();
}
