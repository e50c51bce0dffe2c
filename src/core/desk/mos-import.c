/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-import.h"

#include "core/mail/mime/mos-mime.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* A delivery takes minutes; a longer way means that the mailbox tells of something else, or of another time zone. */
#define DELIVERY_US (10 * 60 * G_USEC_PER_SEC)

/* --- places --- */

void
mos_import_place_clear (MosImportPlace *self)
{
  g_clear_pointer (&self->file, g_free);
}

char *
mos_import_place_to_json (const MosImportPlace *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  /* A file's name may be any bytes. */
  g_autofree char *file = self->file != NULL ? g_uri_escape_string (self->file, "/", FALSE) : NULL;

  json_object_set_int_member (object, "index", self->index);
  if (file != NULL)
    json_object_set_string_member (object, "file", file);
  json_object_set_int_member (object, "offset", (gint64) self->offset);
  json_object_set_int_member (object, "number", self->number);
  json_object_set_int_member (object, "size", (gint64) self->size);
  json_object_set_int_member (object, "mtime", self->mtime_us);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

void
mos_import_place_from_json (MosImportPlace *self,
                            const char *json)
{
  g_autoptr (JsonNode) node = json != NULL && *json != '\0' ? json_from_string (json, NULL) : NULL;
  JsonObject *object;
  const char *file;

  *self = (MosImportPlace) { 0 };
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  file = json_object_get_string_member_with_default (object, "file", NULL);
  self->index = (guint) json_object_get_int_member_with_default (object, "index", 0);
  self->file = file != NULL ? g_uri_unescape_string (file, NULL) : NULL;
  self->offset = (guint64) json_object_get_int_member_with_default (object, "offset", 0);
  self->number = (guint) json_object_get_int_member_with_default (object, "number", 0);
  self->size = (guint64) json_object_get_int_member_with_default (object, "size", 0);
  self->mtime_us = json_object_get_int_member_with_default (object, "mtime", 0);
}

/* --- headers --- */

/* The first header of this name ("Received:"), folded as it is. Returns: (nullable): within @raw; @ret_length: of its value */
static const char *
find_header (GBytes *raw,
             const char *name,
             gsize *ret_length)
{
  gsize size, n = strlen (name);
  const char *data = g_bytes_get_data (raw, &size);
  const char *end, *line = data;

  if (size == 0)
    return NULL;
  end = data + size;
  while (line < end && *line != '\n' && *line != '\r')
    {
      const char *next = memchr (line, '\n', (gsize) (end - line));

      /* Unfold: a line that begins with a blank goes on. */
      while (next != NULL && next + 1 < end && (next[1] == ' ' || next[1] == '\t'))
        next = memchr (next + 1, '\n', (gsize) (end - next - 1));
      if (next == NULL)
        next = end;
      if ((gsize) (next - line) > n && g_ascii_strncasecmp (line, name, n) == 0)
        {
          *ret_length = (gsize) (next - line) - n;
          return line + n;
        }
      line = next < end ? next + 1 : end;
    }
  return NULL;
}

static gint64
parse_date (const char *date,
            gsize length)
{
  g_autoptr (GString) text = g_string_new ("Date: ");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MosParsedMessage) parsed = NULL;

  g_string_append_len (text, date, (gssize) length);
  g_string_append (text, "\r\n\r\n");
  bytes = g_bytes_new (text->str, text->len);
  parsed = mos_mime_parse (bytes, NULL);
  return parsed != NULL ? parsed->sent_us : 0;
}

/* The first Received header is the newest: each server puts its own on top (RFC 5321 §4.4). Its date stands behind the last ";". */
gint64
mos_import_get_received_us (GBytes *raw)
{
  gsize length;
  const char *value = find_header (raw, "Received:", &length);

  for (gsize i = length; value != NULL && i > 0; i--)
    if (value[i - 1] == ';')
      return parse_date (value + i, length - i);
  return 0;
}

MosMessageFlags
mos_import_flags_of_mbox (GBytes *raw)
{
  MosMessageFlags flags = 0;
  gsize length;
  const char *value = find_header (raw, "Status:", &length);

  for (gsize i = 0; value != NULL && i < length; i++)
    if (value[i] == 'R')
      flags |= MOS_MESSAGE_FLAG_SEEN;
  value = find_header (raw, "X-Status:", &length);
  for (gsize i = 0; value != NULL && i < length; i++)
    switch (value[i])
      {
      case 'A':
        flags |= MOS_MESSAGE_FLAG_ANSWERED;
        break;
      case 'F':
        flags |= MOS_MESSAGE_FLAG_FLAGGED;
        break;
      case 'D':
        flags |= MOS_MESSAGE_FLAG_DELETED;
        break;
      case 'T':
        flags |= MOS_MESSAGE_FLAG_DRAFT;
        break;
      default:
        break;
      }
  value = find_header (raw, "X-Mozilla-Status:", &length);
  if (value != NULL)
    {
      g_autofree char *text = g_strndup (value, MIN (length, 16));
      guint64 status = g_ascii_strtoull (text, NULL, 16);

      flags |= (status & 0x1) != 0 ? MOS_MESSAGE_FLAG_SEEN : 0;
      flags |= (status & 0x2) != 0 ? MOS_MESSAGE_FLAG_ANSWERED : 0;
      flags |= (status & 0x4) != 0 ? MOS_MESSAGE_FLAG_FLAGGED : 0;
      /* Thrown away, and still in the file until it is compacted. */
      flags |= (status & 0x8) != 0 ? MOS_MESSAGE_FLAG_DELETED : 0;
    }
  return flags;
}

/* --- one message --- */

MosIncoming *
mos_import_make (const char *account,
                 const MosImportItem *item,
                 gint64 now_us)
{
  MosIncoming *incoming = mos_incoming_new ();
  gint64 said_us;

  incoming->account = g_strdup (account);
  incoming->role = item->is_sent ? MOS_FOLDER_SENT : MOS_FOLDER_OTHER;
  incoming->flags = item->flags;
  incoming->raw = g_bytes_ref (item->raw);
  incoming->archive = TRUE;
  incoming->parsed = mos_mime_parse (item->raw, NULL);
  if (incoming->parsed == NULL)
    incoming->parse_error = g_strdup ("unreadable");

  said_us = mos_import_get_received_us (item->raw);
  if (said_us == 0 && incoming->parsed != NULL)
    said_us = incoming->parsed->sent_us;
  if (item->delivered_us != 0 && (item->is_exact || said_us == 0 || ABS (item->delivered_us - said_us) <= DELIVERY_US))
    incoming->received_us = item->delivered_us;
  else
    incoming->received_us = said_us;
  if (incoming->received_us <= 0 || incoming->received_us > now_us)
    incoming->received_us = now_us;
  return incoming;
}
