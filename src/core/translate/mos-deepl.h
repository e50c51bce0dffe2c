/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/translate/mos-translator.h"

G_BEGIN_DECLS

/* DeepL, by its API description 3.11. A key says by its end which of two hosts it is for. */

#define MOS_DEEPL_URL "https://api.deepl.com"
#define MOS_DEEPL_FREE_URL "https://api-free.deepl.com"
#define MOS_DEEPL_FREE_KEY ":fx"

#define MOS_TYPE_DEEPL (mos_deepl_get_type ())
G_DECLARE_FINAL_TYPE (MosDeepl, mos_deepl, MOS, DEEPL, GObject)

MosTranslator *mos_deepl_new (const char *url, const char *key);

G_END_DECLS
