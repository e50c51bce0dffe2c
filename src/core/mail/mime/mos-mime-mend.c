/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"
#define _GNU_SOURCE /* memmem() */

#include "config.h"

#include "core/mail/mime/mos-mime-private.h"

#include "core/base/mos-bytes.h"

#include <string.h>

/* Damage that would make a parser overlook whole parts, mended in the bytes before they are parsed (the stored message keeps it):
 * - "Content-Type: multipart/mixed boundary=x" without its semicolon (RFC 2045 §5.1),
 * - no empty line between a header and its body, or between a header and the first boundary (RFC 5322 §2.1, RFC 2046 §5.1.1).
 * One pass over the bytes; what has no damage is not copied. */

#define MAX_BOUNDARIES 64
#define MAX_BOUNDARY 200
/* so many lines are looked at for a further header field before what is none counts as the body */
#define LOOK_AHEAD 20

typedef struct
{
  const char *start;
  const char *end;
  GByteArray *mended; /* (nullable): as long as nothing was wrong */
  const char *copied; /* bytes before this are in @mended */
  GPtrArray *boundaries;
  gboolean is_message; /* the header at hand announces a message */
} Mend;

static const char *
line_end (const char *p,
          const char *end)
{
  const char *newline = memchr (p, '\n', (gsize) (end - p));

  return newline != NULL ? newline + 1 : end;
}

static gboolean
is_blank_line (const char *p,
               const char *next)
{
  while (p < next && (*p == '\r' || *p == '\n'))
    p++;
  return p == next;
}

/* "Name:", also with white space before the colon (RFC 5322 §4.5) */
gboolean
mos_mime_looks_like_header (const char *p,
                            gsize length)
{
  gsize i = 0;

  while (i < length && p[i] > 32 && p[i] < 127 && p[i] != ':')
    i++;
  if (i == 0)
    return FALSE;
  while (i < length && (p[i] == ' ' || p[i] == '\t'))
    i++;
  return i < length && p[i] == ':';
}

static void
insert (Mend *mend,
        const char *at,
        const char *what)
{
  if (mend->mended == NULL)
    {
      mend->mended = g_byte_array_sized_new ((guint) (mend->end - mend->start) + 64);
      mend->copied = mend->start;
    }
  g_byte_array_append (mend->mended, (const guint8 *) mend->copied, (guint) (at - mend->copied));
  g_byte_array_append (mend->mended, (const guint8 *) what, (guint) strlen (what));
  mend->copied = at;
}

/* The field of @p to @next (unfolded as it stands): a missing semicolon, the boundary it names, whether a message follows. */
static void
read_content_type (Mend *mend,
                   const char *p,
                   const char *next)
{
  const char *type = p + strlen ("Content-Type:");
  const char *blank, *name, *q;

  while (type < next && g_ascii_isspace (*type))
    type++;
  for (blank = type; blank < next && *blank != '\0' && (g_ascii_isalnum (*blank) || strchr ("/-+._", *blank) != NULL); blank++)
    ;
  for (name = blank; name < next && g_ascii_isspace (*name); name++)
    ;
  for (q = name; q < next && (g_ascii_isalnum (*q) || *q == '-'); q++)
    ;
  if (blank > type && name > blank && q > name && q < next && *q == '=')
    insert (mend, blank, ";");
  mend->is_message = next - type > 14 && g_ascii_strncasecmp (type, "message/rfc822", 14) == 0;
  for (q = blank; q + 9 < next; q++)
    if ((*q == 'b' || *q == 'B') && g_ascii_strncasecmp (q, "boundary", 8) == 0)
      {
        const char *value = q + 8;
        const char *stop;

        while (value < next && (*value == ' ' || *value == '\t'))
          value++;
        if (value == next || *value != '=')
          continue;
        value++;
        while (value < next && (*value == ' ' || *value == '\t'))
          value++;
        if (value < next && *value == '"')
          {
            value++;
            for (stop = value; stop < next && *stop != '"' && *stop != '\n'; stop++)
              ;
          }
        else
          for (stop = value; stop < next && !g_ascii_isspace (*stop) && *stop != ';'; stop++)
            ;
        if (stop > value && stop - value <= MAX_BOUNDARY && mend->boundaries->len < MAX_BOUNDARIES)
          g_ptr_array_add (mend->boundaries, g_strndup (value, (gsize) (stop - value)));
        return;
      }
}

/* Is the line one of the boundaries seen so far? @ret_is_last: "--boundary--" */
static gboolean
is_boundary (Mend *mend,
             const char *p,
             const char *next,
             gboolean *ret_is_last)
{
  if (next - p < 3 || p[0] != '-' || p[1] != '-')
    return FALSE;
  while (next > p && g_ascii_isspace (next[-1]))
    next--;
  p += 2;
  for (guint i = mend->boundaries->len; i-- > 0;)
    {
      const char *boundary = g_ptr_array_index (mend->boundaries, i);
      gsize length = strlen (boundary);

      if ((gsize) (next - p) < length || memcmp (p, boundary, length) != 0)
        continue;
      *ret_is_last = (gsize) (next - p) == length + 2 && p[length] == '-' && p[length + 1] == '-';
      if ((gsize) (next - p) == length || *ret_is_last)
        return TRUE;
    }
  return FALSE;
}

/* Does the header go on below a line that is no field? */
static gboolean
has_more_fields (Mend *mend,
                 const char *p)
{
  gboolean is_last;

  for (int i = 0; i < LOOK_AHEAD && p < mend->end; i++)
    {
      const char *next = line_end (p, mend->end);

      if (is_blank_line (p, next) || is_boundary (mend, p, next, &is_last))
        return FALSE;
      if (mos_mime_looks_like_header (p, (gsize) (next - p)))
        return TRUE;
      p = next;
    }
  return FALSE;
}

/* From @p, the first line of a header, to the first line of its body. */
static const char *
mend_header (Mend *mend,
             const char *p)
{
  const char *start = p;

  mend->is_message = FALSE;
  while (p < mend->end)
    {
      const char *next = line_end (p, mend->end);
      gboolean is_last;

      if (is_blank_line (p, next))
        return next;
      if (is_boundary (mend, p, next, &is_last))
        {
          insert (mend, p, "\n");
          return p;
        }
      if (mos_mime_looks_like_header (p, (gsize) (next - p)))
        {
          while (next < mend->end && (*next == ' ' || *next == '\t'))
            next = line_end (next, mend->end);
          if (next - p > 13 && g_ascii_strncasecmp (p, "Content-Type:", 13) == 0)
            read_content_type (mend, p, next);
        }
      else if (*p != ' ' && *p != '\t' && strncmp (p, ">From ", MIN (6, (gsize) (next - p))) != 0 && !has_more_fields (mend, next))
        {
          insert (mend, p, "\n");
          return p;
        }
      else if (p == start && (*p == ' ' || *p == '\t'))
        return p; /* text without a header; the parser knows */
      p = next;
    }
  return p;
}

/* The next "\n--" at or behind @p. A large attachment is passed over piece by piece: it may be mapped from a file, and is not wanted in memory. */
static const char *
find_dashes (const char *p,
             const char *end)
{
  while (p < end)
    {
      gsize piece = MIN (MOS_BYTES_PIECE, (gsize) (end - p));
      const char *found = memmem (p, piece, "\n--", 3);

      if (found != NULL || p + piece == end)
        return found;
      mos_bytes_forget (p, p + piece - 2);
      p += piece - 2;
    }
  return NULL;
}

/* mos_mime_mend:
 * @data: a message, from its first header line on
 *
 * Returns: (transfer full) (nullable): the message as it was meant; %NULL when nothing is wrong with it
 */
GByteArray *
mos_mime_mend (const char *data,
               gsize length)
{
  g_autoptr (GPtrArray) boundaries = g_ptr_array_new_with_free_func (g_free);
  Mend mend = { .start = data, .end = data + length, .boundaries = boundaries };
  const char *p = mend_header (&mend, data);

  /* no parts, nothing more to mend */
  while (p < mend.end && (boundaries->len > 0 || mend.is_message))
    {
      const char *next;
      gboolean is_last;

      if (mend.is_message)
        {
          p = mend_header (&mend, p);
          continue;
        }
      if (p == mend.start || p[-1] != '\n' || p[0] != '-')
        {
          const char *found = find_dashes (p, mend.end);

          if (found == NULL)
            break;
          p = found + 1;
        }
      next = line_end (p, mend.end);
      if (is_boundary (&mend, p, next, &is_last) && !is_last)
        next = mend_header (&mend, next);
      p = next;
    }
  if (mend.mended != NULL)
    g_byte_array_append (mend.mended, (const guint8 *) mend.copied, (guint) (mend.end - mend.copied));
  return mend.mended;
}
