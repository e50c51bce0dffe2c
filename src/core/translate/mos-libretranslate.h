/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/translate/mos-translator.h"

G_BEGIN_DECLS

/* LibreTranslate, at an address of somebody's own or of a provider, by its API of version 1.9. Some servers want no key. */

#define MOS_TYPE_LIBRETRANSLATE (mos_libretranslate_get_type ())
G_DECLARE_FINAL_TYPE (MosLibretranslate, mos_libretranslate, MOS, LIBRETRANSLATE, GObject)

MosTranslator *mos_libretranslate_new (const char *url, const char *key);

G_END_DECLS
