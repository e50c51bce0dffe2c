/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

/* winmail.dat: Outlook's envelope around attachments and the text (MS-OXTNEF). A flat row of attributes; those named "props" hold MAPI
 * properties. Only what a reader needs is taken out; every length is checked against what is left. */

#define SIGNATURE 0x223e9f78u

enum
{
  ATTRIBUTE_BODY = 0x0002800c,
  ATTRIBUTE_TITLE = 0x00018010,
  ATTRIBUTE_DATA = 0x0006800f,
  ATTRIBUTE_REND_DATA = 0x00069002, /* begins an attachment */
  ATTRIBUTE_PROPS = 0x00069003,
  ATTRIBUTE_ATTACHMENT_PROPS = 0x00069005,
  ATTRIBUTE_CODEPAGE = 0x00069007,

  PROPERTY_BODY = 0x1000,
  PROPERTY_HTML = 0x1013,
  PROPERTY_ATTACH_DATA = 0x3701,
  PROPERTY_ATTACH_NAME = 0x3704,
  PROPERTY_ATTACH_LONG_NAME = 0x3707,
  PROPERTY_ATTACH_TYPE = 0x370e,
  PROPERTY_ATTACH_CONTENT_ID = 0x3712,
};

typedef struct
{
  const guint8 *p;
  gsize left;
} Reader;

typedef struct
{
  char *name;
  char *long_name;
  char *type;
  char *content_id;
  GBytes *data;
} File;

typedef struct
{
  char *codepage;
  char *text;
  char *html;
  File file;
  gboolean has_file;
  GPtrArray *attachments;
} Tnef;

static gboolean
take (Reader *reader,
      gsize n,
      const guint8 **ret_data)
{
  if (n > reader->left)
    return FALSE;
  *ret_data = reader->p;
  reader->p += n;
  reader->left -= n;
  return TRUE;
}

static gboolean
take_number (Reader *reader,
             guint n_bytes,
             guint32 *ret_value)
{
  const guint8 *data;

  if (!take (reader, n_bytes, &data))
    return FALSE;
  *ret_value = 0;
  for (guint i = 0; i < n_bytes; i++)
    *ret_value |= (guint32) data[i] << (8 * i);
  return TRUE;
}

static void
file_finish (Tnef *tnef)
{
  File *file = &tnef->file;

  if (file->data != NULL && tnef->attachments->len < MOS_MIME_MAX_PARTS)
    {
      MosAttachment *attachment = mos_attachment_new ();

      attachment->type = g_steal_pointer (&file->type);
      if (attachment->type == NULL || strchr (attachment->type, '/') == NULL)
        g_set_str (&attachment->type, "application/octet-stream");
      attachment->name = mos_mime_safe_name (file->long_name != NULL ? file->long_name : file->name != NULL ? file->name
                                                                                                            : "",
                                             attachment->type);
      attachment->size = g_bytes_get_size (file->data);
      attachment->content_id = g_steal_pointer (&file->content_id);
      attachment->data = g_steal_pointer (&file->data);
      g_ptr_array_add (tnef->attachments, attachment);
    }
  g_clear_pointer (&file->name, g_free);
  g_clear_pointer (&file->long_name, g_free);
  g_clear_pointer (&file->type, g_free);
  g_clear_pointer (&file->content_id, g_free);
  g_clear_pointer (&file->data, g_bytes_unref);
  tnef->has_file = FALSE;
}

static char *
string_of (Tnef *tnef,
           guint32 type,
           const guint8 *data,
           gsize length)
{
  gboolean is_wide = type == 0x1f;

  if (is_wide)
    while (length >= 2 && data[length - 1] == 0 && data[length - 2] == 0)
      length -= 2;
  else
    while (length > 0 && data[length - 1] == 0)
      length--;
  return mos_mime_bytes_to_utf8 (data, MIN (length, MOS_MIME_MAX_TEXT), is_wide ? "UTF-16LE" : tnef->codepage);
}

static void
take_property (Tnef *tnef,
               guint32 type,
               guint32 id,
               const guint8 *data,
               gsize length,
               gboolean of_attachment)
{
  gboolean is_string = type == 0x1e || type == 0x1f;
  char **into = NULL;

  if (!of_attachment && id == PROPERTY_BODY && is_string)
    into = &tnef->text;
  else if (!of_attachment && id == PROPERTY_HTML && (is_string || type == 0x102))
    into = &tnef->html;
  else if (of_attachment && is_string)
    into = id == PROPERTY_ATTACH_LONG_NAME ? &tnef->file.long_name : id == PROPERTY_ATTACH_NAME     ? &tnef->file.name
                                                                 : id == PROPERTY_ATTACH_TYPE       ? &tnef->file.type
                                                                 : id == PROPERTY_ATTACH_CONTENT_ID ? &tnef->file.content_id
                                                                                                    : NULL;
  else if (of_attachment && id == PROPERTY_ATTACH_DATA && type == 0x102 && tnef->file.data == NULL)
    tnef->file.data = g_bytes_new (data, length);
  else if (of_attachment && id == PROPERTY_ATTACH_DATA && type == 0x0d && length > 16)
    {
      /* an object: which interface (16 bytes), then its bytes, a message in an envelope of its own perhaps */
      g_clear_pointer (&tnef->file.data, g_bytes_unref);
      tnef->file.data = g_bytes_new (data + 16, length - 16);
    }
  if (into == NULL)
    return;
  g_free (*into);
  *into = string_of (tnef, type, data, length);
  if (into == &tnef->file.type || into == &tnef->file.content_id || into == &tnef->file.name || into == &tnef->file.long_name)
    {
      g_autofree char *whole = *into;

      *into = mos_mime_one_line (whole, 998);
    }
}

/* MS-OXTNEF 2.1.3.4: count, then type, id, (a name), (a count,) value; all padded to four bytes */
static void
read_properties (Tnef *tnef,
                 Reader reader,
                 gboolean of_attachment)
{
  guint32 n_properties;

  if (!take_number (&reader, 4, &n_properties))
    return;
  while (n_properties-- > 0)
    {
      guint32 type, id, kind, n_values = 1, length;
      const guint8 *data;
      gboolean is_variable;

      if (!take_number (&reader, 2, &type) || !take_number (&reader, 2, &id))
        return;
      if (id >= 0x8000)
        {
          if (!take (&reader, 16, &data) || !take_number (&reader, 4, &kind) || !take_number (&reader, 4, &length))
            return;
          if (kind == 1 && (length > reader.left || !take (&reader, (gsize) (length + 3) & ~(gsize) 3, &data)))
            return;
        }
      is_variable = (type & 0xfff) == 0x1e || (type & 0xfff) == 0x1f || (type & 0xfff) == 0x0d || (type & 0xfff) == 0x102;
      if ((is_variable || (type & 0x1000) != 0) && !take_number (&reader, 4, &n_values))
        return;
      for (guint32 i = 0; i < n_values; i++)
        {
          switch (type & 0xfff)
            {
            case 0x02:
            case 0x03:
            case 0x04:
            case 0x0a:
            case 0x0b:
              length = 4;
              break;
            case 0x05:
            case 0x06:
            case 0x07:
            case 0x14:
            case 0x40:
              length = 8;
              break;
            case 0x48:
              length = 16;
              break;
            case 0x0d:
            case 0x1e:
            case 0x1f:
            case 0x102:
              if (!take_number (&reader, 4, &length) || length > reader.left)
                return;
              break;
            default:
              return;
            }
          /* the last padding may be missing */
          if (!take (&reader, MIN (((gsize) length + 3) & ~(gsize) 3, MAX (reader.left, length)), &data))
            return;
          if (i == 0)
            take_property (tnef, type & 0xfff, id, data, length, of_attachment);
        }
    }
}

/* mos_mime_read_tnef:
 * @attachments: what is in the envelope is added here
 * @ret_text, @ret_html: (out) (nullable): the message's text, where the envelope has it
 *
 * Returns: whether @data is such an envelope and anything was in it
 */
gboolean
mos_mime_read_tnef (const guint8 *data,
                    gsize length,
                    GPtrArray *attachments,
                    char **ret_text,
                    char **ret_html)
{
  Reader reader = { data, length };
  Tnef tnef = { .attachments = attachments };
  guint before = attachments->len;
  guint32 number, level, id, size;
  const guint8 *value;
  gboolean found;

  if (!take_number (&reader, 4, &number) || number != SIGNATURE || !take_number (&reader, 2, &number))
    return FALSE;
  while (take_number (&reader, 1, &level) && take_number (&reader, 4, &id) && take_number (&reader, 4, &size) && take (&reader, size, &value) &&
         take_number (&reader, 2, &number))
    {
      Reader inner = { value, size };

      switch (id)
        {
        case ATTRIBUTE_CODEPAGE:
          if (take_number (&inner, 4, &number) && number > 0 && number < 65536)
            {
              g_free (tnef.codepage);
              tnef.codepage = number == 65001 ? g_strdup ("UTF-8") : g_strdup_printf ("CP%u", number);
            }
          break;
        case ATTRIBUTE_BODY:
          if (tnef.text == NULL)
            tnef.text = string_of (&tnef, 0x1e, value, size);
          break;
        case ATTRIBUTE_PROPS:
          read_properties (&tnef, inner, FALSE);
          break;
        case ATTRIBUTE_REND_DATA:
          file_finish (&tnef);
          tnef.has_file = TRUE;
          break;
        case ATTRIBUTE_TITLE:
          g_free (tnef.file.name);
          tnef.file.name = string_of (&tnef, 0x1e, value, size);
          break;
        case ATTRIBUTE_DATA:
          g_clear_pointer (&tnef.file.data, g_bytes_unref);
          tnef.file.data = g_bytes_new (value, size);
          break;
        case ATTRIBUTE_ATTACHMENT_PROPS:
          read_properties (&tnef, inner, TRUE);
          break;
        default:
          break;
        }
    }
  file_finish (&tnef);
  found = attachments->len > before || tnef.text != NULL || tnef.html != NULL;
  *ret_text = tnef.text;
  *ret_html = tnef.html;
  g_free (tnef.codepage);
  return found;
}
