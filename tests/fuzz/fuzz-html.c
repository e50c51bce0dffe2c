/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz-message.h"
#include "fuzz.h"

/* A customer's HTML, and the same bytes as a plain text, to what the view paints. */

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *html = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (html, -1);
  g_autofree char *readable = mos_html_to_text (html);
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse (html);
  g_autoptr (MosHtmlDocument) plain = mos_html_document_new_for_text (text);

  fuzz_check_text (readable);
  fuzz_check_document (document);
  fuzz_check_document (plain);
  return 0;
}
