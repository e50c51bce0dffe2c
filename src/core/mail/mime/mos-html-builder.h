/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-html-document.h"

G_BEGIN_DECLS

/* Private to mail/mime: making the blocks of a MosHtmlDocument. */

#define MOS_HTML_MAX_INPUT (16 * 1024 * 1024)
#define MOS_HTML_MAX_TEXT (4 * 1024 * 1024)
#define MOS_HTML_MAX_BLOCKS 50000
#define MOS_HTML_MAX_IMAGES 2000
#define MOS_HTML_MAX_NESTING 400

void mos_html_block_free (MosHtmlBlock *block);
void mos_html_image_free (MosHtmlImage *image);
void mos_html_document_fold (MosHtmlDocument *self);
MosHtmlDocument *mos_html_document_make_empty (void);
char *mos_html_safe_href (const char *href);

G_END_DECLS
