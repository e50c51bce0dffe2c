/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-text.h"

G_BEGIN_DECLS

typedef enum
{
  MOS_TEXT_CHARACTERS, /* Unicode's */
  MOS_TEXT_UTF16,      /* units of UTF-16: a sign beyond the first plane counts twice */
  MOS_TEXT_BYTES,      /* of UTF-8 */
} MosTextUnit;

gsize mos_text_measure (const char *text, MosTextUnit unit);
char **mos_text_split (const char *text, MosTextUnit unit, gsize max);

G_END_DECLS
