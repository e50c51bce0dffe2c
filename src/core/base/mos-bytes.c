/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define _GNU_SOURCE /* O_TMPFILE, MADV_PAGEOUT */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <nettle/sha2.h>
#include <nettle/version.h>
#include <sys/mman.h>
#include <unistd.h>

/* Which ranges are ours: the same advice would send other memory to the swap. */
typedef struct
{
  GMappedFile *file; /* (owned) */
  const char *start;
  const char *end;
} Mapping;

static GMutex mappings_mutex;
static GSList *mappings; /* (mutex mappings_mutex) of Mapping; a handful at most */

static void
mapping_free (gpointer data)
{
  Mapping *self = data;

  g_mutex_lock (&mappings_mutex);
  mappings = g_slist_remove (mappings, self);
  g_mutex_unlock (&mappings_mutex);
  g_mapped_file_unref (self->file);
  g_free (self);
}

static gboolean
is_mapped (gconstpointer from,
           gconstpointer to)
{
  gboolean found = FALSE;

  g_mutex_lock (&mappings_mutex);
  for (GSList *l = mappings; l != NULL && !found; l = l->next)
    found = (const char *) from >= ((Mapping *) l->data)->start && (const char *) to <= ((Mapping *) l->data)->end;
  g_mutex_unlock (&mappings_mutex);
  return found;
}

void
mos_bytes_forget (gconstpointer from,
                  gconstpointer to)
{
#ifdef MADV_PAGEOUT
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  guintptr first = ((guintptr) from + page - 1) & ~(guintptr) (page - 1);
  guintptr end = (guintptr) to & ~(guintptr) (page - 1);

  /* Only where the kernel knows it; it harms nobody where it does not. */
  if (end > first && end - first >= MOS_BYTES_PIECE / 2 && is_mapped (from, to))
    (void) madvise ((void *) first, end - first, MADV_PAGEOUT);
#endif
}

/* By Nettle, which GnuTLS brings along: it uses what processors have for it. Measured on one that has: 1,100 MB a second, where GnuTLS, which has SHA-256 of
 * its own, comes to 230, and GChecksum to 130. */
struct _MosSha256
{
  struct sha256_ctx context;
};

MosSha256 *
mos_sha256_new (void)
{
  MosSha256 *self = g_new0 (MosSha256, 1);

  sha256_init (&self->context);
  return self;
}

void
mos_sha256_update (MosSha256 *self,
                   gconstpointer data,
                   gsize size)
{
  sha256_update (&self->context, size, data);
}

char *
mos_sha256_finish (MosSha256 *self)
{
  static const char digits[] = "0123456789abcdef";
  guint8 digest[SHA256_DIGEST_SIZE];
  char *text = g_malloc (2 * sizeof digest + 1);

#if NETTLE_VERSION_MAJOR >= 4
  sha256_digest (&self->context, digest);
#else
  sha256_digest (&self->context, sizeof digest, digest);
#endif
  g_free (self);
  for (gsize i = 0; i < sizeof digest; i++)
    {
      text[2 * i] = digits[digest[i] >> 4];
      text[2 * i + 1] = digits[digest[i] & 15];
    }
  text[2 * sizeof digest] = '\0';
  return text;
}

char *
mos_bytes_sha256 (GBytes *bytes)
{
  MosSha256 *hash = mos_sha256_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize done = 0; done < size; done += MOS_BYTES_PIECE)
    {
      gsize piece = MIN (MOS_BYTES_PIECE, size - done);

      mos_sha256_update (hash, data + done, piece);
      if (size > MOS_BYTES_PIECE)
        mos_bytes_forget (data + done, data + done + piece);
    }
  return mos_sha256_finish (hash);
}

int
mos_bytes_open_unnamed (GError **error)
{
  g_autofree char *name = NULL;
  int fd = -1;

#ifdef O_TMPFILE
  /* The cache folder first: /tmp is often memory, which is what is to be spared. */
  fd = open (g_get_user_cache_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    fd = open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    return fd;
#endif

  fd = g_file_open_tmp ("mostrador-XXXXXX", &name, error);
  if (fd >= 0)
    g_unlink (name);
  return fd;
}

gboolean
mos_bytes_write (int fd,
                 gconstpointer data,
                 gsize size,
                 GError **error)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          int saved = errno;

          g_set_error_literal (error, G_FILE_ERROR, (gint) g_file_error_from_errno (saved), g_strerror (saved));
          errno = saved;
          return FALSE;
        }
      data = (const guint8 *) data + n;
      size -= (gsize) n;
    }
  return TRUE;
}

GBytes *
mos_bytes_new_from_fd (int fd,
                       GError **error)
{
  GMappedFile *file = g_mapped_file_new_from_fd (fd, FALSE, error);
  Mapping *mapping;
  gsize size;

  if (file == NULL)
    return NULL;
  size = g_mapped_file_get_length (file);
  mapping = g_new0 (Mapping, 1);
  mapping->file = file;
  mapping->start = g_mapped_file_get_contents (file);
  mapping->end = mapping->start != NULL ? mapping->start + size : NULL;
  g_mutex_lock (&mappings_mutex);
  mappings = g_slist_prepend (mappings, mapping);
  g_mutex_unlock (&mappings_mutex);
  return g_bytes_new_with_free_func (mapping->start, size, mapping_free, mapping);
}
