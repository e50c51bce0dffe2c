/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-mbox-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (256 * 1024)
/* A "From " line, and what is looked at behind it. */
#define LOOK 1024
/* Longer headers have no Content-Length that is worth looking for. */
#define MAX_HEADER (256 * 1024)

struct _MosMbox
{
  int fd;
  gsize max_bytes;
  guint64 size;       /* of the file when it was opened */
  guint64 offset;     /* in the file, of the first byte that was not given away yet: a message's "From " line */
  GByteArray *buffer; /* what was read; everything before @start was given away */
  gsize start;
  gboolean at_end; /* all of the file is in or before @buffer */
  gboolean is_cl2; /* a counted body had a bare "From " line: this file quotes nothing */
  gboolean is_own; /* the file begins with a "From " line of our exports: in it all others were quoted */
};

void
mos_mbox_message_clear (MosMboxMessage *self)
{
  g_clear_pointer (&self->raw, g_bytes_unref);
}

static gboolean
set_errno (GError **error,
           int saved)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s", g_strerror (saved));
  return FALSE;
}

void
mos_mbox_free (MosMbox *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_byte_array_unref (self->buffer);
  g_free (self);
}

/* --- reading --- */

/* Returns: bytes read, -1 with @error. 0: nothing is there (any more) */
static gssize
read_at (MosMbox *self,
         guint64 offset,
         void *data,
         gsize size,
         GError **error)
{
  gssize n;

  do
    n = pread (self->fd, data, size, (off_t) offset);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    set_errno (error, errno);
  return n;
}

static const char *
get_data (MosMbox *self)
{
  return (const char *) self->buffer->data + self->start;
}

static gsize
get_left (MosMbox *self)
{
  return self->buffer->len - self->start;
}

/* Makes the buffer hold at least @wanted bytes, or all there are. */
static gboolean
fill (MosMbox *self,
      gsize wanted,
      GCancellable *cancellable,
      GError **error)
{
  if (get_left (self) >= wanted || self->at_end)
    return TRUE;
  /* Moved once a chunk, not once a message. */
  g_byte_array_remove_range (self->buffer, 0, (guint) self->start);
  self->start = 0;
  while (self->buffer->len < wanted && !self->at_end)
    {
      guint old = self->buffer->len;
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_byte_array_set_size (self->buffer, old + CHUNK);
      n = read_at (self, self->offset + old, self->buffer->data + old, CHUNK, error);
      g_byte_array_set_size (self->buffer, old + (n > 0 ? (guint) n : 0));
      if (n < 0)
        return FALSE;
      if (n == 0)
        self->at_end = TRUE;
    }
  return TRUE;
}

static void
drop (MosMbox *self,
      gsize bytes)
{
  self->start += bytes;
  self->offset += bytes;
}

/* --- "From " lines --- */

/* 2: a header that every mail has; 1: it could be a header line, or there is nothing more; 0: something else */
static int
rate_header (const char *line,
             const char *end)
{
  static const char *const names[] = { "Return-Path:", "Received:", "From:", "Date:", "Message-ID:", "Delivered-To:", "X-Mozilla-Status:", "MIME-Version:", "To:", "Subject:", "Status:", "Reply-To:", "X-GM-THRID:", "DKIM-Signature:", "Content-Type:", "X-UIDL:" };
  const char *p = line;

  if (line == end || *line == '\n' || *line == '\r' || *line == '>')
    return 1;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if ((gsize) (end - line) >= strlen (names[i]) && g_ascii_strncasecmp (line, names[i], strlen (names[i])) == 0)
      return 2;
  while (p < end && *p > ' ' && *p < 0x7f && *p != ':')
    p++;
  return p > line && p < end && *p == ':' ? 1 : 0;
}

/* Whether a message begins at @at of the buffer, which holds LOOK bytes from there where the file does. */
static gboolean
begins_message (MosMbox *self,
                gsize at,
                gboolean after_blank)
{
  const char *line = get_data (self) + at;
  const char *end = get_data (self) + MIN (get_left (self), at + LOOK);
  const char *next = memchr (line, '\n', (gsize) (end - line));
  gboolean is_dated;
  int header;

  if (!mos_mbox_is_from (line, (gsize) (end - line)))
    return FALSE;
  next = next != NULL ? next + 1 : end;
  /* What follows may be anything, or nothing: mail without a header is exported too. */
  if (self->is_own && mos_mbox_is_own_from (line, (gsize) (next - line)))
    return TRUE;
  is_dated = mos_mbox_is_separator (line, (gsize) (next - line), NULL);
  header = rate_header (next, end);
  return after_blank ? header >= (is_dated ? 1 : 2) : is_dated && header == 2;
}

/* --- Content-Length --- */

/* Whether @at of the file is a place where a message may end: an empty line, or nothing, then a "From " line or the end. */
static gboolean
ends_message (MosMbox *self,
              guint64 at)
{
  char look[LOOK];
  gssize n = at <= self->size ? read_at (self, at, look, sizeof look, NULL) : -1;
  gssize i = 0;

  if (n < 0)
    return FALSE;
  while (i < n && i < 4 && (look[i] == '\n' || look[i] == '\r'))
    i++;
  return i == n ? at + (guint64) n >= self->size : mos_mbox_is_from (look + i, (gsize) (n - i));
}

/* Returns: bytes from the buffer's begin to the end of the counted body; 0 when it is not counted, or wrongly */
static guint64
find_counted_end (MosMbox *self,
                  gsize header_end)
{
  const char *data = get_data (self);
  const char *line = data;
  guint64 length = 0;
  gboolean is_counted = FALSE;

  while (line < data + header_end)
    {
      const char *next = memchr (line, '\n', (gsize) (data + header_end - line));

      if (next == NULL)
        break;
      if (next - line > 16 && g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
        {
          const char *p = mos_mbox_skip_blanks (line + 15, next);

          length = 0;
          is_counted = p < next && g_ascii_isdigit (*p);
          for (guint digits = 0; p < next && g_ascii_isdigit (*p) && digits < 15; p++, digits++)
            length = length * 10 + (guint64) (*p - '0');
        }
      line = next + 1;
    }
  if (!is_counted || !ends_message (self, self->offset + header_end + length))
    return 0;
  return header_end + length;
}

/* --- one message --- */

MosMbox *
mos_mbox_open (const char *path,
               guint64 offset,
               gsize max_bytes,
               GError **error)
{
  g_autoptr (MosMbox) self = g_new0 (MosMbox, 1);
  struct stat info;
  char head[LOOK];
  const char *line_end;
  gssize n;

  self->fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  self->buffer = g_byte_array_new ();
  self->max_bytes = max_bytes;
  self->offset = offset;
  if (self->fd < 0 || fstat (self->fd, &info) < 0)
    {
      set_errno (error, errno);
      return NULL;
    }
  self->size = (guint64) info.st_size;
  n = read_at (self, 0, head, sizeof head, NULL); /* where it fails, the first message says so */
  line_end = n > 0 ? memchr (head, '\n', (gsize) n) : NULL;
  self->is_own = line_end != NULL && mos_mbox_is_own_from (head, (gsize) (line_end - head));
  return g_steal_pointer (&self);
}

/* Where the header of the message at the buffer's begin ends: behind its empty line; 0 when none is near. */
static gsize
find_header_end (MosMbox *self,
                 GCancellable *cancellable,
                 GError **error)
{
  gsize at = 0;

  while (at < MAX_HEADER)
    {
      const char *data, *next;
      gsize length;

      if (!fill (self, at + LOOK, cancellable, error))
        return 0;
      data = get_data (self);
      next = at < get_left (self) ? memchr (data + at, '\n', get_left (self) - at) : NULL;
      if (next == NULL)
        {
          if (self->at_end || get_left (self) > MAX_HEADER)
            return 0;
          if (!fill (self, get_left (self) + CHUNK, cancellable, error))
            return 0;
          continue;
        }
      length = (gsize) (next - (data + at)) + 1;
      at += length;
      if (length == 1 || (length == 2 && data[at - 2] == '\r'))
        return at;
      /* A header without a body. */
      if (begins_message (self, at, FALSE))
        return 0;
    }
  return 0;
}

static gboolean
has_bare_from (const char *data,
               gsize size)
{
  const char *end = data + size;

  for (const char *line = data; line != NULL && line < end;)
    {
      if (mos_mbox_is_from (line, (gsize) (end - line)))
        return TRUE;
      line = memchr (line, '\n', (gsize) (end - line));
      if (line != NULL)
        line++;
    }
  return FALSE;
}

/* One ">" of ">From ", ">>From ", …: what mboxrd added. mboxo adds one to "From " only, where this is right as well. */
static GBytes *
unquote (const char *data,
         gsize size)
{
  GByteArray *out = g_byte_array_sized_new ((guint) size);
  const char *end = data + size;

  for (const char *line = data; line < end;)
    {
      const char *next = memchr (line, '\n', (gsize) (end - line));
      const char *p = line;

      next = next != NULL ? next + 1 : end;
      while (p < next && *p == '>')
        p++;
      if (p > line && mos_mbox_is_from (p, (gsize) (next - p)))
        line++;
      g_byte_array_append (out, (const guint8 *) line, (guint) (next - line));
      line = next;
    }
  return g_byte_array_free_to_bytes (out);
}

/* @size: of the message with its "From " line and the empty line behind it, at the buffer's begin; @counted: where a right Content-Length ends, else 0 */
static void
give (MosMbox *self,
      gsize size,
      gsize counted,
      MosMboxMessage *message)
{
  const char *data = get_data (self);
  const char *body = memchr (data, '\n', size);
  gsize from_length = body != NULL ? (gsize) (body - data) + 1 : size;
  gsize length = (counted != 0 ? counted : size) - from_length;

  mos_mbox_is_separator (data, from_length, &message->from_us);
  message->is_own = mos_mbox_is_own_from (data, from_length);
  body = data + from_length;
  /* The empty line before the next "From " line belongs to the mailbox. */
  if (counted == 0 && length >= 4 && memcmp (body + length - 4, "\r\n\r\n", 4) == 0)
    length -= 2;
  else if (counted == 0 && length >= 2 && memcmp (body + length - 2, "\n\n", 2) == 0)
    length -= 1;
  else if (counted == 0 && self->is_own && length == 1 && *body == '\n')
    length = 0; /* an empty message */
  if (counted != 0 && !self->is_cl2)
    self->is_cl2 = has_bare_from (body, length);
  message->raw = counted != 0 && self->is_cl2 ? g_bytes_new (body, length) : unquote (body, length);
}

int
mos_mbox_next_sync (MosMbox *self,
                    MosMboxMessage *ret_message,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  guint64 counted, skipped = 0;
  gsize at, header_end, looked = 0;
  gboolean after_blank = FALSE;

  *ret_message = (MosMboxMessage) { 0 };
  /* Empty lines before the first. */
  for (;;)
    {
      if (!fill (self, LOOK, cancellable, error))
        return -1;
      if (get_left (self) == 0)
        return 0;
      if (*get_data (self) != '\n' && *get_data (self) != '\r')
        break;
      drop (self, 1);
    }

  /* Our exports keep a Content-Length as it came, from before the quoting: it counts nothing here. */
  header_end = self->is_own ? 0 : find_header_end (self, cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return -1;
    }
  counted = header_end != 0 ? find_counted_end (self, header_end) : 0;
  if (counted != 0)
    {
      if (counted > self->max_bytes)
        {
          ret_message->size = counted;
          g_byte_array_set_size (self->buffer, 0);
          self->start = 0;
          self->at_end = FALSE;
          self->offset += counted;
        }
      else
        {
          if (!fill (self, (gsize) counted, cancellable, error))
            return -1;
          ret_message->size = MIN (counted, get_left (self));
          give (self, (gsize) ret_message->size, (gsize) ret_message->size, ret_message);
          drop (self, (gsize) ret_message->size);
        }
      ret_message->next = self->offset;
      return 1;
    }

  /* Line by line to the next "From " line. */
  for (at = 0;;)
    {
      const char *data, *next;
      gsize length;

      if (!fill (self, at + LOOK, cancellable, error))
        return -1;
      data = get_data (self);
      if (at >= get_left (self) || (at + skipped > 0 && begins_message (self, at, after_blank)))
        break;
      /* What was looked through for the end of a long line is not looked through again. */
      looked = MAX (looked, at);
      next = memchr (data + looked, '\n', get_left (self) - looked);
      looked = get_left (self);
      if (next == NULL && !self->at_end)
        {
          /* A line without end is read on; one that is too long is not kept. */
          if (get_left (self) <= self->max_bytes)
            {
              if (!fill (self, get_left (self) + CHUNK, cancellable, error))
                return -1;
              continue;
            }
          next = data + get_left (self) - 1;
        }
      length = next != NULL ? (gsize) (next - (data + at)) + 1 : get_left (self) - at;
      after_blank = length == 1 || (length == 2 && data[at] == '\r');
      at += length;
      looked = at;
      if (at > self->max_bytes || skipped > 0)
        {
          skipped += at;
          drop (self, at);
          at = looked = 0;
        }
    }
  ret_message->size = at + skipped;
  if (skipped > 0)
    drop (self, at);
  else
    {
      give (self, at, 0, ret_message);
      drop (self, at);
    }
  ret_message->next = self->offset;
  return 1;
}

/* --- writing --- */

GBytes *
mos_mbox_quote (GBytes *raw,
                gint64 received_us)
{
  gsize size;
  const char *data = g_bytes_get_data (raw, &size);
  const char *end = data + size;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (received_us);
  /* Not g_date_time_format(): the names of days and months are English in every locale. */
  static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  g_autofree char *from = g_strdup_printf ("From " MOS_MBOX_OWN_SENDER " %.3s %.3s %2d %02d:%02d:%02d %04d\n",
                                           days + 3 * (g_date_time_get_day_of_week (time) - 1), months + 3 * (g_date_time_get_month (time) - 1),
                                           g_date_time_get_day_of_month (time), g_date_time_get_hour (time), g_date_time_get_minute (time),
                                           g_date_time_get_second (time), g_date_time_get_year (time));
  GByteArray *out = g_byte_array_sized_new ((guint) size + 128);

  g_byte_array_append (out, (const guint8 *) from, (guint) strlen (from));
  for (const char *line = data; line < end;)
    {
      const char *next = memchr (line, '\n', (gsize) (end - line));
      const char *p = line;

      next = next != NULL ? next + 1 : end;
      while (p < next && *p == '>')
        p++;
      if (mos_mbox_is_from (p, (gsize) (next - p)))
        g_byte_array_append (out, (const guint8 *) ">", 1);
      g_byte_array_append (out, (const guint8 *) line, (guint) (next - line));
      line = next;
    }
  if (size > 0 && end[-1] != '\n')
    g_byte_array_append (out, (const guint8 *) "\n", 1);
  g_byte_array_append (out, (const guint8 *) "\n", 1);
  return g_byte_array_free_to_bytes (out);
}
