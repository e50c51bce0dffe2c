/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/base/mos-bytes.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-signatures.h"
#include "core/mail/mime/mos-language.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

/* No limit of an account is as low: most mail is never looked at here. */
#define WHOLE_MIN_BYTES (1024 * 1024)

/* Up to and with the empty line: what a server gives for BODY[HEADER] (RFC 9051 §6.4.5.1). */
static GBytes *
cut_head (GBytes *whole)
{
  gsize size;
  const char *data = g_bytes_get_data (whole, &size);

  for (const char *at = data, *end = data + size; at < end;)
    {
      const char *line = memchr (at, '\n', (gsize) (end - at));

      if (line == NULL)
        break;
      if (line == at || (line == at + 1 && *at == '\r'))
        return g_bytes_new_from_bytes (whole, 0, (gsize) (line + 1 - data));
      at = line + 1;
    }
  return g_bytes_ref (whole);
}

gboolean
mos_ingest_has_head (GBytes *whole,
                     const char *digest)
{
  g_autoptr (GBytes) head = cut_head (whole);
  g_autoptr (MosParsedMessage) parsed = mos_mime_parse (head, NULL);

  return parsed != NULL && g_strcmp0 (parsed->digest, digest) == 0;
}

gboolean
mos_ingest_find_head (MosIngest *self,
                      MosMessageRow **ret_row,
                      GError **error)
{
  g_autoptr (GBytes) head = NULL;
  g_autoptr (MosParsedMessage) parsed = NULL;
  g_autofree char *id = NULL;

  *ret_row = NULL;
  if (self->incoming->parsed == NULL || self->incoming->parse_error != NULL || g_bytes_get_size (self->incoming->raw) < WHOLE_MIN_BYTES)
    return TRUE;
  head = cut_head (self->incoming->raw);
  parsed = mos_mime_parse (head, NULL);
  if (parsed == NULL)
    return TRUE;
  /* The id of what is here was made of its head alone. */
  id = mos_store_message_id (self->account->id, parsed->message_id, parsed->digest);
  return mos_store_message_find (self->txn, id, ret_row, error);
}

gboolean
mos_ingest_complete (MosTxn *txn,
                     MosMessageRow *row,
                     GBytes *raw,
                     MosParsedMessage *parsed,
                     GError **error)
{
  g_autoptr (MosMessageRow) whole = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autofree char *tail = mos_signature_tail (parsed->reply_text);
  g_autofree char *stripped = NULL;

  whole->id = g_strdup (row->id);
  /* That it is whole is no reason to let it out of the quarantine. */
  whole->why = g_strdup (row->quarantined ? row->why : NULL);
  whole->text = g_strdup (parsed->text);
  whole->reply_text = g_strdup (parsed->reply_text);
  whole->language = g_strdup (parsed->language);
  whole->attachments = g_ptr_array_ref (parsed->attachments);
  if (row->identity != NULL && row->direction == MOS_DIRECTION_INCOMING && !row->quarantined && !mos_signatures_find (txn, row->identity, parsed->reply_text, tail, &stripped, error))
    return FALSE;
  if (stripped != NULL)
    {
      g_free (whole->language);
      whole->language = mos_language_detect (stripped, parsed->language);
      g_set_str (&whole->reply_text, stripped);
    }
  mos_message_row_fill (whole);
  content->raw = g_bytes_ref (raw);
  content->raw_sha256 = mos_bytes_sha256 (raw);
  content->html = g_strdup (parsed->html);
  return mos_store_message_complete (txn, whole, content, error);
}
