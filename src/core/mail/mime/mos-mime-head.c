/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-head.h"

#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

#define MAX_HEAD (512 * 1024)
#define MAX_FIELDS 1000

static void
header_free (gpointer data)
{
  MosMimeHeader *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

static void
take_field (GPtrArray *headers,
            const char *field)
{
  const char *colon = strchr (field, ':');
  g_autofree char *decoded = NULL;
  MosMimeHeader *header;

  /* "From " of a mailbox file, or damage: no field. */
  if (colon == NULL || colon == field || memchr (field, ' ', (gsize) (colon - field)) != NULL)
    return;
  decoded = mos_mime_decode_header (colon + 1, NULL);
  header = g_new0 (MosMimeHeader, 1);
  {
    g_autofree char *name = g_strndup (field, (gsize) (colon - field));

    header->name = g_utf8_make_valid (name, -1);
  }
  header->value = g_utf8_make_valid (decoded != NULL ? decoded : "", -1);
  for (char *p = header->value; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_strstrip (header->value);
  g_ptr_array_add (headers, header);
}

GPtrArray *
mos_mime_list_headers (GBytes *raw)
{
  GPtrArray *headers = g_ptr_array_new_with_free_func (header_free);
  g_autoptr (GString) field = g_string_new (NULL);
  gsize size;
  const char *data = g_bytes_get_data (raw, &size);
  const char *end = data + MIN (size, MAX_HEAD);

  for (const char *p = data; p != NULL && p < end && headers->len < MAX_FIELDS;)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *stop = newline != NULL ? newline : end;
      gsize length = (gsize) (stop - p);

      if (length > 0 && p[length - 1] == '\r')
        length--;
      if (length == 0)
        break;
      /* A folded line goes on with the field above (RFC 5322, 2.2.3). */
      if (*p != ' ' && *p != '\t')
        {
          take_field (headers, field->str);
          g_string_truncate (field, 0);
        }
      for (gsize i = 0; i < length; i++)
        if (p[i] != '\0')
          g_string_append_c (field, p[i]);
      p = newline != NULL ? newline + 1 : end;
    }
  if (headers->len < MAX_FIELDS)
    take_field (headers, field->str);
  return headers;
}
