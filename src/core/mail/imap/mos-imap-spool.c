/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-spool.h"

#include "core/base/mos-bytes.h"

#include <unistd.h>

struct _MosImapSpool
{
  GByteArray *memory; /* (owned) (nullable) */
  int fd;             /* -1: in memory */
};

MosImapSpool *
mos_imap_spool_new (gsize size,
                    gsize threshold,
                    GError **error)
{
  MosImapSpool *self = g_new0 (MosImapSpool, 1);

  self->fd = -1;
  if (size > threshold)
    {
      self->fd = mos_bytes_open_unnamed (error);
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

  if (mos_bytes_write (self->fd, data, size, error))
    return TRUE;
  g_prefix_error_literal (error, "A large message cannot be kept for the moment: ");
  return FALSE;
}

GBytes *
mos_imap_spool_finish (MosImapSpool *self,
                       GError **error)
{
  GBytes *bytes = NULL;

  if (self->memory != NULL)
    bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->memory));
  else
    bytes = mos_bytes_new_from_fd (self->fd, error);
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
