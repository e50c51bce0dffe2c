/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-blobs.h"

#include "core/base/mos-bytes.h"
#include "core/store/mos-store-object.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

static void
free_context (gpointer context)
{
  ZSTD_freeCCtx (context);
}

/* One for each thread that writes: making one costs as much as packing a mail. */
static ZSTD_CCtx *
get_context (void)
{
  static GPrivate contexts = G_PRIVATE_INIT (free_context);
  ZSTD_CCtx *context = g_private_get (&contexts);

  if (context == NULL)
    {
      context = ZSTD_createCCtx ();
      g_private_set (&contexts, context);
    }
  return context;
}

/* What zstd cannot shrink (pictures, archives) is kept as it is: reading it is then a copy. */
static GBytes *
pack (GBytes *data,
      gboolean *ret_is_packed)
{
  gsize size;
  gconstpointer bytes = g_bytes_get_data (data, &size);
  gsize bound = ZSTD_compressBound (size);
  g_autofree guint8 *out = NULL;
  gsize n;

  *ret_is_packed = FALSE;
  if (size < 128)
    return g_bytes_ref (data);
  out = g_malloc (bound);
  n = ZSTD_compressCCtx (get_context (), out, bound, bytes, size, 3);
  if (ZSTD_isError (n) || n > size - size / 16)
    return g_bytes_ref (data);
  *ret_is_packed = TRUE;
  return g_bytes_new_take (g_realloc (g_steal_pointer (&out), n), n);
}

static char *
make_path (const char *blob_dir,
           const char *sha256)
{
  char prefix[3] = { sha256[0], sha256[1], '\0' };

  return g_build_filename (blob_dir, prefix, sha256, NULL);
}

char *
mos_blob_path (MosTxn *txn,
               const char *sha256)
{
  return make_path (txn->blob_dir, sha256);
}

static gboolean
sync_dir (const char *path,
          GError **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  return (fd >= 0 && fsync (fd) == 0) || mos_set_errno (error, errno, path);
}

static gboolean
write_plain (int fd,
             const guint8 *data,
             gsize size)
{
  for (gsize done = 0; done < size; done += MOS_BYTES_PIECE)
    {
      gsize piece = MIN (MOS_BYTES_PIECE, size - done);

      if (!mos_bytes_write (fd, data + done, piece, NULL))
        return FALSE;
      if (size > MOS_BYTES_PIECE)
        mos_bytes_forget (data + done, data + done + piece);
    }
  return TRUE;
}

/* The same as pack() makes, a piece at a time. */
static gboolean
write_packed (int fd,
              const guint8 *data,
              gsize size,
              ZSTD_CCtx *packing)
{
  gsize room = ZSTD_CStreamOutSize ();
  g_autofree guint8 *out = g_malloc (room);

  ZSTD_CCtx_reset (packing, ZSTD_reset_session_only);
  ZSTD_CCtx_setPledgedSrcSize (packing, size);
  for (gsize done = 0; done < size; done += MOS_BYTES_PIECE)
    {
      gsize piece = MIN (MOS_BYTES_PIECE, size - done);
      ZSTD_inBuffer input = { data + done, piece, 0 };
      ZSTD_EndDirective end = done + piece == size ? ZSTD_e_end : ZSTD_e_continue;
      gsize left;

      do
        {
          ZSTD_outBuffer output = { out, room, 0 };

          left = ZSTD_compressStream2 (packing, &output, &input, end);
          if (ZSTD_isError (left))
            {
              errno = EIO;
              return FALSE;
            }
          if (!mos_bytes_write (fd, out, output.pos, NULL))
            return FALSE;
        }
      while (end == ZSTD_e_end ? left != 0 : input.pos < input.size);
      mos_bytes_forget (data + done, data + done + piece);
    }
  return TRUE;
}

/* The file, its name and its folder are on the disk before the row that names it can be committed. */
static gboolean
write_file (const char *blob_dir,
            const char *sha256,
            GBytes *data,
            ZSTD_CCtx *packing,
            GError **error)
{
  static gint last_part; /* (atomic): two threads may write the same file */
  g_autofree char *path = make_path (blob_dir, sha256);
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *temporary = g_strdup_printf ("%s.%d.part", path, g_atomic_int_add (&last_part, 1));
  gboolean is_written;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  int fd;

  if (g_mkdir (dir, 0700) != 0 && errno != EEXIST && g_mkdir_with_parents (dir, 0700) != 0)
    return mos_set_errno (error, errno, dir);
  fd = g_open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0)
    return mos_set_errno (error, errno, temporary);
  is_written = packing != NULL ? write_packed (fd, bytes, size, packing) : write_plain (fd, bytes, size);
  if (!is_written || fsync (fd) != 0)
    {
      int saved = errno;

      close (fd);
      g_unlink (temporary);
      return mos_set_errno (error, saved, path);
    }
  if (close (fd) != 0 || g_rename (temporary, path) != 0)
    return mos_set_errno (error, errno, path);
  return sync_dir (dir, error) && sync_dir (blob_dir, error);
}

/* --- ahead of the transaction --- */

/* What takes long, packing and the disk's word that a file is on it, done on another thread while the writer stores something else. */
typedef struct
{
  GBytes *data; /* (owned) (nullable): packed or not; %NULL: in a file of its own */
  gboolean is_packed;
} Prepared;

static void
prepared_free (gpointer data)
{
  Prepared *self = data;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

GHashTable *
mos_store_blob_prepared_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, prepared_free);
}

void
mos_store_blob_prepare (MosStore *store,
                        GHashTable *prepared,
                        GBytes *data,
                        const char *sha256)
{
  gsize size = g_bytes_get_size (data);
  g_autoptr (GBytes) packed = NULL;
  gboolean is_file = size >= MOS_BLOB_FILE_SIZE;
  gboolean is_packed;
  Prepared *self;

  if (size > MOS_BYTES_PIECE || g_hash_table_contains (prepared, sha256))
    return;
  if (is_file)
    {
      g_autofree char *path = make_path (store->blob_dir, sha256);

      /* Known already, mostly. What an aborted transaction left is written anew by who names it. */
      if (g_access (path, F_OK) == 0)
        return;
    }
  packed = pack (data, &is_packed);
  if (is_file && !write_file (store->blob_dir, sha256, packed, NULL, NULL))
    return;
  self = g_new0 (Prepared, 1);
  self->is_packed = is_packed;
  self->data = is_file ? NULL : g_steal_pointer (&packed);
  g_hash_table_insert (prepared, g_strdup (sha256), self);
}

/* A file may have gone again meanwhile, with the row of the same content that was erased before ours came. Files go on this thread alone, so what is
 * there now stays. */
static const Prepared *
find_prepared (MosTxn *txn,
               const char *sha256)
{
  const Prepared *prepared = txn->prepared != NULL ? g_hash_table_lookup (txn->prepared, sha256) : NULL;
  g_autofree char *path = prepared != NULL && prepared->data == NULL ? mos_blob_path (txn, sha256) : NULL;

  return path == NULL || g_access (path, R_OK) == 0 ? prepared : NULL;
}

static gboolean
insert_blob (MosTxn *txn,
             const char *sha256,
             gint64 size,
             gboolean is_packed,
             GBytes *data,
             GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT INTO blob (sha256, size, is_packed, created_at, data) VALUES (?, ?, ?, ?, ?)", "tidib",
                            sha256, size, is_packed ? 1 : 0, txn->now_us, data);
}

gboolean
mos_store_blob_put_hashed (MosTxn *txn,
                           GBytes *data,
                           const char *sha256,
                           GError **error)
{
  gint64 size = (gint64) g_bytes_get_size (data);
  const Prepared *prepared;
  gint64 exists = 0;

  g_return_val_if_fail (txn->is_writable, FALSE);

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM blob WHERE sha256 = ?", "t", sha256))
    return FALSE;
  if (exists == 0 && (prepared = find_prepared (txn, sha256)) != NULL)
    return insert_blob (txn, sha256, size, prepared->is_packed, prepared->data, error);
  if (exists == 0)
    {
      gboolean is_file = size >= MOS_BLOB_FILE_SIZE;
      gboolean is_large = is_file && size > MOS_BYTES_PIECE;
      gboolean is_packed;
      /* Of a large one the beginning says whether it is worth it. */
      g_autoptr (GBytes) part = is_large ? g_bytes_new_from_bytes (data, 0, MOS_BYTES_PIECE) : g_bytes_ref (data);
      g_autoptr (GBytes) packed = pack (part, &is_packed);
      ZSTD_CCtx *packing = is_large && is_packed ? ZSTD_createCCtx () : NULL;
      gboolean is_written = !is_file || write_file (txn->blob_dir, sha256, is_large ? data : packed, packing, error);

      ZSTD_freeCCtx (packing);
      if (!is_written || !insert_blob (txn, sha256, size, is_packed, is_file ? NULL : packed, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_store_blob_put (MosTxn *txn,
                    GBytes *data,
                    char **ret_sha256,
                    GError **error)
{
  g_autofree char *sha256 = mos_bytes_sha256 (data);

  if (!mos_store_blob_put_hashed (txn, data, sha256, error))
    return FALSE;
  if (ret_sha256 != NULL)
    *ret_sha256 = g_steal_pointer (&sha256);
  return TRUE;
}

static gboolean
set_damaged (GError **error,
             const char *sha256)
{
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT, "Stored data %s are damaged", sha256);
  return FALSE;
}

gboolean
mos_blob_read_pieces (MosTxn *txn,
                      const char *sha256,
                      gboolean *ret_found,
                      MosBlobPieceFunc func,
                      gpointer user_data,
                      GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT size, is_packed, data FROM blob WHERE sha256 = ?", "t", sha256);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *in = NULL, *out = NULL;
  g_autofree char *path = NULL;
  g_autofd int fd = -1;
  ZSTD_DStream *stream = NULL;
  gboolean is_packed, is_done = FALSE, ok = FALSE;
  guint64 size, total = 0;
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_found = r > 0;
  if (r <= 0)
    return r == 0;
  size = (guint64) mos_statement_get_int (statement, 0);
  is_packed = mos_statement_get_int (statement, 1) != 0;
  if (mos_statement_is_null (statement, 2))
    {
      path = mos_blob_path (txn, sha256);
      fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
      if (fd < 0)
        return errno == ENOENT ? set_damaged (error, sha256) : mos_set_errno (error, errno, path);
      in = g_malloc (ZSTD_DStreamInSize ());
    }
  if (is_packed)
    {
      stream = ZSTD_createDStream ();
      out = g_malloc (ZSTD_DStreamOutSize ());
    }

  while (!is_done)
    {
      ZSTD_inBuffer input = { NULL, 0, 0 };

      if (fd >= 0)
        {
          gssize n = read (fd, in, ZSTD_DStreamInSize ());

          if (n < 0 && errno == EINTR)
            continue;
          if (n < 0)
            {
              mos_set_errno (error, errno, path);
              goto out;
            }
          input.src = in;
          input.size = (gsize) n;
          is_done = n == 0;
        }
      else
        {
          input.src = sqlite3_column_blob (mos_statement_get_handle (statement), 2);
          input.size = (gsize) sqlite3_column_bytes (mos_statement_get_handle (statement), 2);
          is_done = TRUE;
        }

      if (!is_packed)
        {
          total += input.size;
          g_checksum_update (sum, input.src != NULL ? input.src : (const guchar *) "", (gssize) input.size);
          if (input.size > 0 && !func (input.src, input.size, user_data, error))
            goto out;
          continue;
        }
      for (;;)
        {
          ZSTD_outBuffer output = { out, ZSTD_DStreamOutSize (), 0 };

          if (ZSTD_isError (ZSTD_decompressStream (stream, &output, &input)) || total + output.pos > size)
            {
              set_damaged (error, sha256);
              goto out;
            }
          total += output.pos;
          g_checksum_update (sum, out, (gssize) output.pos);
          if (output.pos > 0 && !func (out, output.pos, user_data, error))
            goto out;
          if (input.pos == input.size && output.pos < output.size)
            break;
        }
    }
  ok = (total == size && strcmp (g_checksum_get_string (sum), sha256) == 0) || set_damaged (error, sha256);

out:
  ZSTD_freeDStream (stream);
  return ok;
}

static gboolean
collect_cb (const guint8 *data,
            gsize size,
            gpointer user_data,
            GError **error)
{
  g_byte_array_append (user_data, data, (guint) size);
  return TRUE;
}

gboolean
mos_store_blob_find (MosTxn *txn,
                     const char *sha256,
                     GBytes **ret_data,
                     GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  gboolean found;

  *ret_data = NULL;
  if (!mos_blob_read_pieces (txn, sha256, &found, collect_cb, array, error))
    return FALSE;
  if (found)
    *ret_data = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  return TRUE;
}

typedef struct
{
  GOutputStream *stream;
  GCancellable *cancellable;
} StreamSink;

static gboolean
stream_cb (const guint8 *data,
           gsize size,
           gpointer user_data,
           GError **error)
{
  StreamSink *sink = user_data;

  return g_output_stream_write_all (sink->stream, data, size, NULL, sink->cancellable, error);
}

gboolean
mos_store_blob_write (MosTxn *txn,
                      const char *sha256,
                      GOutputStream *stream,
                      GCancellable *cancellable,
                      GError **error)
{
  StreamSink sink = { stream, cancellable };
  gboolean found;

  return mos_blob_read_pieces (txn, sha256, &found, stream_cb, &sink, error) &&
         (found || mos_not_found (error, "blob", sha256));
}
