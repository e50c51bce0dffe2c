/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz-message.h"

#include "fuzz.h"

#include <string.h>

#define OBJECT_CHARACTER "\xef\xbf\xbc" /* U+FFFC */

static void
check_addresses (GPtrArray *addresses)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      MosAddress *address = addresses->pdata[i];

      fuzz_check_text (address->name);
      fuzz_check_text (address->address);
    }
}

static void
check_name (const char *name)
{
  g_assert_nonnull (name);
  g_assert_cmpstr (name, !=, "");
  g_assert_cmpstr (name, !=, ".");
  g_assert_cmpstr (name, !=, "..");
  g_assert_cmpuint (strlen (name), <=, 200);
  g_assert_null (strpbrk (name, "/\\\n\r"));
  fuzz_check_text (name);
}

void
fuzz_read_message (const uint8_t *data,
                   size_t size)
{
  g_autoptr (GBytes) raw = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosParsedMessage) parsed = mos_mime_parse (raw, &error);

  if (parsed == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  g_assert_no_error (error);

  fuzz_check_text (parsed->message_id);
  fuzz_check_text (parsed->in_reply_to);
  for (guint i = 0; parsed->references != NULL && parsed->references[i] != NULL; i++)
    fuzz_check_text (parsed->references[i]);
  if (parsed->from != NULL)
    {
      fuzz_check_text (parsed->from->name);
      fuzz_check_text (parsed->from->address);
    }
  check_addresses (parsed->to);
  check_addresses (parsed->cc);
  check_addresses (parsed->bcc);
  check_addresses (parsed->reply_to);
  check_addresses (parsed->delivered_to);
  fuzz_check_text (parsed->subject);
  fuzz_check_text (parsed->text);
  fuzz_check_text (parsed->html);
  fuzz_check_text (parsed->reply_text);
  /* Only we part texts. */
  for (const char *feed = parsed->text; (feed = strchr (feed, '\f')) != NULL; feed++)
    g_assert_true (feed > parsed->text && feed[-1] == '\n' && feed[1] == '\n');
  g_assert_null (strchr (parsed->reply_text, '\f'));
  fuzz_check_text (parsed->cause);
  fuzz_check_text (parsed->own_id);
  fuzz_check_text (parsed->own_loop);
  fuzz_check_text (parsed->digest);
  fuzz_check_text (parsed->language);
  for (guint i = 0; parsed->attachments != NULL && i < parsed->attachments->len; i++)
    {
      MosAttachment *attachment = parsed->attachments->pdata[i];

      check_name (attachment->name);
      fuzz_check_text (attachment->type);
      fuzz_check_text (attachment->content_id);
    }
  if (parsed->html != NULL)
    {
      g_autoptr (MosHtmlDocument) document = mos_html_document_parse (parsed->html);

      fuzz_check_document (document);
    }
}

static gboolean
is_boundary (const char *text,
             gsize length,
             guint at)
{
  return at <= length && ((guint8) text[at] & 0xc0) != 0x80;
}

void
fuzz_check_document (const MosHtmlDocument *document)
{
  g_autofree char *text = NULL;
  guint n_blocks = document->blocks->len;

  g_assert_cmpuint (document->fold_from, <=, n_blocks);
  g_assert_true (n_blocks == 0 || document->fold_from > 0);
  for (guint i = 0; i < n_blocks; i++)
    {
      const MosHtmlBlock *block = document->blocks->pdata[i];
      gsize length = strlen (block->text);
      guint end = 0;

      fuzz_check_text (block->text);
      fuzz_check_text (block->marker);
      for (guint s = 0; s < block->spans->len; s++)
        {
          const MosHtmlSpan *span = &g_array_index (block->spans, MosHtmlSpan, s);

          g_assert_cmpuint (span->start, >=, end);
          g_assert_cmpuint (span->start, <, span->end);
          g_assert_true (is_boundary (block->text, length, span->start));
          g_assert_true (is_boundary (block->text, length, span->end));
          end = span->end;
          fuzz_check_text (span->href);
          if (span->href != NULL)
            g_assert_true (g_str_has_prefix (span->href, "http:") || g_str_has_prefix (span->href, "https:") ||
                           g_str_has_prefix (span->href, "mailto:") || g_str_has_prefix (span->href, "tel:") ||
                           g_str_has_prefix (span->href, "geo:"));
          if (span->image >= 0)
            {
              g_assert_cmpint (span->image, <, (int) document->images->len);
              g_assert_cmpuint (span->end - span->start, ==, 3);
              g_assert_cmpint (memcmp (block->text + span->start, OBJECT_CHARACTER, 3), ==, 0);
            }
        }
    }
  for (guint i = 0; i < document->images->len; i++)
    {
      const MosHtmlImage *image = document->images->pdata[i];

      g_assert_nonnull (image->alt);
      fuzz_check_text (image->alt);
      fuzz_check_text (image->cid);
      fuzz_check_text (image->url);
      g_assert_cmpint (image->width, >=, 0);
      g_assert_cmpint (image->height, >=, 0);
    }
  text = mos_html_document_to_text (document, n_blocks);
  fuzz_check_text (text);
}
