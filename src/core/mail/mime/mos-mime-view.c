/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-private.h"

#include "core/base/mos-bytes.h"

/* gmime's stream over bytes in memory. A large message is mapped from a file: what was read of it is given back on the way, so that a parse needs a piece
 * of it at a time. */

typedef struct
{
  GMimeStreamMem parent_instance;
  gint64 kept; /* where what was read and not given back begins */
} MosMimeView;
typedef GMimeStreamMemClass MosMimeViewClass;

GType mos_mime_view_get_type (void);
G_DEFINE_FINAL_TYPE (MosMimeView, mos_mime_view, GMIME_TYPE_STREAM_MEM)

static ssize_t
mos_mime_view_read (GMimeStream *stream,
                    char *buffer,
                    size_t length)
{
  MosMimeView *self = (MosMimeView *) stream;
  ssize_t n = GMIME_STREAM_CLASS (mos_mime_view_parent_class)->read (stream, buffer, length);

  if (stream->position < self->kept)
    self->kept = stream->position;
  if (stream->position - self->kept >= MOS_BYTES_PIECE)
    {
      GByteArray *bytes = ((GMimeStreamMem *) stream)->buffer;

      mos_bytes_forget (bytes->data + self->kept, bytes->data + stream->position);
      self->kept = stream->position;
    }
  return n;
}

static GMimeStream *
mos_mime_view_substream (GMimeStream *stream,
                         gint64 start,
                         gint64 end)
{
  MosMimeView *part = g_object_new (mos_mime_view_get_type (), NULL);

  g_mime_stream_construct ((GMimeStream *) part, start, end);
  part->parent_instance.owner = FALSE;
  part->parent_instance.buffer = ((GMimeStreamMem *) stream)->buffer;
  part->kept = start;
  return (GMimeStream *) part;
}

static void
mos_mime_view_class_init (MosMimeViewClass *klass)
{
  GMimeStreamClass *stream_class = GMIME_STREAM_CLASS (klass);

  stream_class->read = mos_mime_view_read;
  stream_class->substream = mos_mime_view_substream;
}

static void
mos_mime_view_init (MosMimeView *self)
{
}

/* mos_mime_view_new: @bytes: (transfer none): stays as long as the stream and all that is made of it */
GMimeStream *
mos_mime_view_new (GByteArray *bytes)
{
  MosMimeView *self = g_object_new (mos_mime_view_get_type (), NULL);

  g_mime_stream_construct ((GMimeStream *) self, 0, -1);
  self->parent_instance.owner = FALSE;
  self->parent_instance.buffer = bytes;
  return (GMimeStream *) self;
}
