/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/values/mos-query.h"

/* Any text is a query; its stored form is the same query; tokens lie in the text, in order. */

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);
  g_autoptr (MosQuery) query = mos_query_parse (text, NULL);
  g_autofree char *stored = mos_query_to_text (query);
  g_autoptr (MosQuery) again = mos_query_parse (stored, NULL);
  g_autofree char *twice = mos_query_to_text (again);
  gsize last = 0;

  fuzz_check_text (stored);
  g_assert_true (mos_query_equal (query, again));
  g_assert_cmpstr (stored, ==, twice);
  for (guint i = 0; i < query->tokens->len; i++)
    {
      MosQueryToken *token = g_ptr_array_index (query->tokens, i);

      g_assert_cmpuint (token->start, >=, last);
      g_assert_cmpuint (token->value_start, >=, token->start);
      g_assert_cmpuint (token->end, >=, token->value_start);
      g_assert_cmpuint (token->end, <=, strlen (text));
      last = token->start;
    }
  return 0;
}
