/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/mail/imap/mos-imap-fetch-data.h"
#include "core/mail/imap/mos-imap-folder.h"
#include "core/mail/imap/mos-imap-session-private.h"
#include "core/mail/imap/mos-imap-uid-set.h"

/* The same bytes in one piece and in pieces (the first byte says how): the same responses, or the same refusal. */

static void
look_at_item (const MosImapValue *value)
{
  const char *text = mos_imap_value_get_text (value);
  guint64 number;

  mos_imap_value_get_number (value, G_MAXUINT32, &number);
  if (text != NULL)
    {
      g_autoptr (MosImapUidSet) set = mos_imap_uid_set_new_parse (text);
      g_autofree char *name = mos_imap_utf7_decode (text);

      mos_imap_date_parse (text);
      if (set != NULL)
        {
          /* What was read is what is written. */
          g_autofree char *written = mos_imap_uid_set_to_string (set);
          g_autoptr (MosImapUidSet) again = mos_imap_uid_set_new_parse (written);

          g_assert_true (mos_imap_uid_set_is_empty (set) || (again != NULL && mos_imap_uid_set_equal (set, again)));
        }
      if (name != NULL)
        {
          g_autofree char *back = mos_imap_utf7_encode (name);

          g_assert_true (g_utf8_validate (name, -1, NULL));
          g_assert_cmpstr (back, ==, text);
          mos_imap_folder_guess_role (name, '/');
        }
    }
  if (value->kind == MOS_IMAP_VALUE_LIST)
    for (guint i = 0; i < value->items->len; i++)
      look_at_item (value->items->pdata[i]);
}

static void
look_at (const MosImapResponse *response)
{
  MosImapFetchData fetched;

  g_assert_nonnull (response->items);
  fuzz_check_text (response->text);
  for (guint i = 0; i < response->items->len; i++)
    look_at_item (response->items->pdata[i]);
  if (response->code_items != NULL)
    for (guint i = 0; i < response->code_items->len; i++)
      look_at_item (response->code_items->pdata[i]);
  if (mos_imap_fetch_data_parse (&fetched, response) && fetched.has_body && fetched.body != NULL)
    g_assert_nonnull (g_bytes_get_data (fetched.body, NULL) ?: "");
}

static char *
run (const uint8_t *data,
     size_t size,
     guint32 pieces)
{
  static const MosImapLimits limits = { .max_line = 16 * 1024, .max_literal = 8 * 1024, .spool_threshold = 512, .max_literals = 16, .max_depth = 30 };
  g_autoptr (MosImapTokenizer) tokenizer = mos_imap_tokenizer_new (&limits);
  GString *out = g_string_new (NULL);
  MosImapResponse *response;

  for (size_t at = 0; at < size;)
    {
      g_autoptr (GError) error = NULL;
      size_t n = size - at;
      gboolean ok;

      if (pieces != 0)
        {
          pieces = pieces * 1664525u + 1013904223u;
          n = MIN (n, 1 + (pieces >> 24) % 17);
        }
      ok = mos_imap_tokenizer_feed (tokenizer, data + at, n, &error);
      at += n;
      while ((response = mos_imap_tokenizer_take (tokenizer)) != NULL)
        {
          g_autofree char *line = mos_imap_response_describe (response);

          look_at (response);
          g_string_append_printf (out, "%s\n", line);
          mos_imap_response_free (response);
        }
      if (!ok)
        {
          g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
          g_string_append (out, "refused\n");
          break;
        }
      g_assert_no_error (error);
    }
  return g_string_free (out, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *whole = NULL;
  g_autofree char *split = NULL;

  if (size < 1)
    return 0;
  whole = run (data + 1, size - 1, 0);
  split = run (data + 1, size - 1, data[0] + 1u);
  g_assert_cmpstr (whole, ==, split);
  return 0;
}
