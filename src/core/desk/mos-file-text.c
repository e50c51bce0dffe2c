/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* memfd_create() */
#define _GNU_SOURCE
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"
#include "paths.h"

#include "core/desk/mos-file-text.h"

#include "core/base/mos-worker.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-file-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* It bounds itself; this is for one that was taken over. */
#define MAX_OUTPUT (4 << 20)
#define MAX_FILE (64 << 20)
#define MAX_MS 30000
/* Mail that just came is shown first. */
#define DELAY_MS 3000

/* Exits of src/extract/mos-extract.h. */
#define EXIT_NONE 2
#define EXIT_ENCRYPTED 3
#define EXIT_UNCONFINED 5

struct _MosFileText
{
  GObject parent_instance;

  MosStore *store;           /* (owned) */
  MosWorker *worker;         /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  char *program;             /* (owned) (nullable) */
  guint delay_id;
  gboolean is_running;
  gboolean run_again;
};

G_DEFINE_FINAL_TYPE (MosFileText, mos_file_text, G_TYPE_OBJECT)

/* --- one file --- */

typedef struct
{
  char *sha256;
  char *name;
  char *type;
  GBytes *data;
  const char *state;
  char *text;
} File;

static void
file_clear (File *file)
{
  g_free (file->sha256);
  g_free (file->name);
  g_free (file->type);
  g_free (file->text);
  g_clear_pointer (&file->data, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (File, file_clear)

static gboolean
take_file (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  File *file = data;

  return mos_store_file_text_take (txn, &file->sha256, &file->name, &file->type, error);
}

static gboolean
read_file (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  File *file = data;

  return mos_store_blob_find (txn, file->sha256, &file->data, error);
}

static gboolean
put_file (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  File *file = data;

  return mos_store_file_text_put (txn, file->sha256, file->state, file->text, error);
}

/* Returns: a file without a name that holds @data, read from its beginning; -1 with @error */
static int
make_input (GBytes *data,
            GError **error)
{
  gsize size, done = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  int fd = memfd_create ("attachment", MFD_CLOEXEC);

  while (fd >= 0 && done < size)
    {
      ssize_t n = write (fd, bytes + done, size - done);

      if (n < 0 && errno != EINTR)
        break;
      if (n > 0)
        done += (gsize) n;
    }
  if (fd < 0 || done < size || lseek (fd, 0, SEEK_SET) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return -1;
    }
  return fd;
}

/* Returns: FALSE when it took too long, said too much, or is not wanted any more */
static gboolean
collect_output (int fd,
                GString *out,
                GCancellable *cancellable)
{
  gint64 deadline_us = g_get_monotonic_time () + MAX_MS * (gint64) 1000;
  char piece[65536];

  for (;;)
    {
      struct pollfd wait = { fd, POLLIN, 0 };
      gint64 left_ms = (deadline_us - g_get_monotonic_time ()) / 1000;
      ssize_t n;

      if (left_ms <= 0 || out->len > MAX_OUTPUT || g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (poll (&wait, 1, (int) MIN (left_ms, 200)) <= 0)
        continue;
      n = read (fd, piece, sizeof piece);
      if (n == 0)
        return TRUE;
      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        g_string_append_len (out, piece, n);
    }
}

static gboolean
extract (File *file,
         const char *program,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  const char *const argv[] = { program, file->type, file->name, NULL };
  char *environment[] = { (char *) "LC_ALL=C.UTF-8", NULL };
  int input = make_input (file->data, error), pipes[2];
  gboolean ended;

  if (input < 0)
    return FALSE;
  if (!g_unix_open_pipe (pipes, O_CLOEXEC, error))
    {
      close (input);
      return FALSE;
    }
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_take_stdin_fd (launcher, input);
  g_subprocess_launcher_take_stdout_fd (launcher, pipes[1]);
  process = g_subprocess_launcher_spawnv (launcher, argv, error);
  /* Its end of the pipe is here, too, until the launcher goes. */
  g_subprocess_launcher_close (launcher);
  if (process == NULL)
    {
      close (pipes[0]);
      return FALSE;
    }
  ended = collect_output (pipes[0], out, cancellable);
  close (pipes[0]);
  if (!ended)
    g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    file->state = "waiting";
  else if (!ended || !g_subprocess_get_if_exited (process))
    file->state = "failed";
  else if (g_subprocess_get_exit_status (process) == EXIT_UNCONFINED)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Files of strangers cannot be read safely on this system");
      file->state = "waiting";
    }
  else if (g_subprocess_get_exit_status (process) == EXIT_ENCRYPTED)
    file->state = "encrypted";
  else if (g_subprocess_get_exit_status (process) == EXIT_NONE)
    file->state = "none";
  else if (g_subprocess_get_exit_status (process) != 0)
    file->state = "failed";
  else
    {
      file->state = "done";
      file->text = g_utf8_make_valid (out->str, (gssize) out->len);
    }
  return g_str_equal (file->state, "waiting") == FALSE;
}

gboolean
mos_file_text_run_sync (MosStore *store,
                        const char *program,
                        gboolean *ret_more,
                        GCancellable *cancellable,
                        GError **error)
{
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_auto (File) file = { 0 };
  g_autoptr (GError) problem = NULL;

  *ret_more = FALSE;
  if (!mos_store_write_sync (store, &actor, NULL, take_file, &file, NULL, cancellable, error))
    return FALSE;
  if (file.sha256 == NULL)
    return TRUE;

  if (!mos_store_read_sync (store, read_file, &file, cancellable, &problem) || file.data == NULL || g_bytes_get_size (file.data) > MAX_FILE)
    {
      g_debug ("An attachment could not be read: %s", problem != NULL ? problem->message : "it is gone, or too large");
      g_clear_error (&problem);
      file.state = "failed";
    }
  else
    extract (&file, program, cancellable, &problem);
  if (file.state == NULL)
    file.state = "waiting";
  /* What is being ended still says that it did not read it: that is no attempt. */
  if (!mos_store_write_sync (store, &actor, NULL, put_file, &file, NULL, NULL, problem == NULL ? error : NULL) && problem == NULL)
    return FALSE;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *ret_more = TRUE;
  return TRUE;
}

char *
mos_file_text_find_program (void)
{
  const char *named = g_getenv ("MOSTRADOR_EXTRACT");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, "extract", "mostrador-extract", NULL) : NULL;

  if (named != NULL)
    return g_strdup (named);
  /* Where it was built, and not installed yet. */
  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  if (g_file_test (MOS_LIBEXECDIR "/mostrador-extract", G_FILE_TEST_IS_EXECUTABLE))
    return g_strdup (MOS_LIBEXECDIR "/mostrador-extract");
  return NULL;
}

/* --- one after another --- */

typedef struct
{
  MosStore *store;
  char *program;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->store);
  g_free (run->program);
  g_free (run);
}

static void
run_thread (GTask *task,
            gpointer source,
            gpointer data,
            GCancellable *cancellable)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  while (more && !g_cancellable_is_cancelled (cancellable))
    if (!mos_file_text_run_sync (run->store, run->program, &more, cancellable, &error))
      {
        g_task_return_error (task, g_steal_pointer (&error));
        return;
      }
  g_task_return_boolean (task, TRUE);
}

static void mos_file_text_run (MosFileText *self);

static void
on_ran_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  MosFileText *self = MOS_FILE_TEXT (source);
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  self->is_running = FALSE;
  if (self->cancellable == NULL)
    return;
  if (!done)
    {
      g_debug ("Attachments are not read: %s", error->message);
      /* It will not be able to the next time either. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
        g_clear_pointer (&self->program, g_free);
      return;
    }
  if (self->run_again)
    mos_file_text_run (self);
}

static void
mos_file_text_run (MosFileText *self)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  self->run_again = self->is_running;
  if (self->is_running || self->program == NULL || self->cancellable == NULL)
    return;
  self->is_running = TRUE;
  run = g_new0 (Run, 1);
  run->store = g_object_ref (self->store);
  run->program = g_strdup (self->program);
  task = g_task_new (self, self->cancellable, on_ran_cb, NULL);
  g_task_set_source_tag (task, mos_file_text_run);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, run_free);
  mos_worker_push (self->worker, task, run_thread);
}

static gboolean
on_delay_cb (gpointer user_data)
{
  MosFileText *self = user_data;

  self->delay_id = 0;
  mos_file_text_run (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (MosFileText *self,
               MosChangeSet *changes)
{
  if (changes->messages->len > 0 && self->cancellable != NULL && self->delay_id == 0 && !self->is_running)
    self->delay_id = g_timeout_add (DELAY_MS, on_delay_cb, self);
  else if (changes->messages->len > 0)
    self->run_again = self->is_running;
}

void
mos_file_text_start (MosFileText *self)
{
  g_return_if_fail (MOS_IS_FILE_TEXT (self));

  if (self->cancellable != NULL)
    return;
  g_free (self->program);
  self->program = mos_file_text_find_program ();
  if (self->program == NULL)
    g_debug ("mostrador-extract is not installed: attachments are not read");
  self->cancellable = g_cancellable_new ();
  self->worker = mos_worker_new ("file-text");
  self->delay_id = g_timeout_add (DELAY_MS, on_delay_cb, self);
}

gboolean
mos_file_text_can_read (MosFileText *self)
{
  g_return_val_if_fail (MOS_IS_FILE_TEXT (self), FALSE);

  return self->cancellable == NULL || self->program != NULL;
}

void
mos_file_text_stop (MosFileText *self)
{
  g_return_if_fail (MOS_IS_FILE_TEXT (self));

  g_clear_handle_id (&self->delay_id, g_source_remove);
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  mos_worker_shutdown (self->worker);
  g_clear_object (&self->worker);
  self->is_running = FALSE;
}

static void
mos_file_text_dispose (GObject *object)
{
  MosFileText *self = MOS_FILE_TEXT (object);

  mos_file_text_stop (self);
  g_clear_object (&self->store);
  g_clear_pointer (&self->program, g_free);
  G_OBJECT_CLASS (mos_file_text_parent_class)->dispose (object);
}

static void
mos_file_text_class_init (MosFileTextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_file_text_dispose;
}

static void
mos_file_text_init (MosFileText *self)
{
}

MosFileText *
mos_file_text_new (MosStore *store)
{
  MosFileText *self = g_object_new (MOS_TYPE_FILE_TEXT, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
