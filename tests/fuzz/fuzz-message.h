/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-html-document.h"
#include "core/mail/mime/mos-mime.h"

#include <stdint.h>

G_BEGIN_DECLS

/** fuzz_read_message: parses it and checks all that the store and the view rely on */
void fuzz_read_message (const uint8_t *data, size_t size);
/** fuzz_check_document: spans in order, at character boundaries and within their text; images that exist */
void fuzz_check_document (const MosHtmlDocument *document);

G_END_DECLS
