/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define _GNU_SOURCE /* O_TMPFILE */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct _MosImapSpool
{
  GByteArray *memory; /* (owned) (nullable) */
  int fd;             /* -1: in memory */
};

static int
open_unnamed (GError **error)
{
  const char *cache = g_get_user_cache_dir ();
  g_autofree char *name = NULL;
  int fd = -1;

#ifdef O_TMPFILE
  /* The cache folder first: /tmp is often memory, which is what is to be spared. */
  fd = open (cache, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
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

MosImapSpool *
mos_imap_spool_new (gsize size,
                    gsize threshold,
                    GError **error)
{
  MosImapSpool *self = g_new0 (MosImapSpool, 1);

  self->fd = -1;
  if (size > threshold)
    {
      self->fd = open_unnamed (error);
      if (self->fd < 0)
        {
          g_free (self);
          return NULL;
        }
    }
  else /* Grows with what really arrives: an announced size alone allocates little. */
    self->memory = g_byte_array_sized_new ((guint) MIN (size, 64 * 1024));
  return self;
}

gboolean
mos_imap_spool_write (MosImapSpool *self,
                      const void *data,
                      gsize size,
                      GError **error)
{
  if (self->memory != NULL)
    {
      g_byte_array_append (self->memory, data, (guint) size);
      return TRUE;
    }

  while (size > 0)
    {
      gssize n = write (self->fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          int saved = errno;

          g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (saved), "A large message cannot be kept for the moment: %s", g_strerror (saved));
          return FALSE;
        }
      data = (const guint8 *) data + n;
      size -= (gsize) n;
    }
  return TRUE;
}

GBytes *
mos_imap_spool_finish (MosImapSpool *self,
                       GError **error)
{
  GBytes *bytes = NULL;

  if (self->memory != NULL)
    bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->memory));
  else
    {
      g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (self->fd, FALSE, error);

      if (file != NULL)
        bytes = g_mapped_file_get_bytes (file);
    }
  mos_imap_spool_free (self);
  return bytes;
}

void
mos_imap_spool_free (MosImapSpool *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->memory, g_byte_array_unref);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
