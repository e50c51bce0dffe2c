/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** MosLanguageName: @code: as it is stored; @name: what the language calls itself, which needs no translation */
typedef struct
{
  const char *code;
  const char *name;
} MosLanguageName;

/** mos_language_names: Returns: (transfer none): those that are offered, in the order of their names */
const MosLanguageName *mos_language_names (guint *ret_n);
/** mos_language_name: Returns: (transfer none): "Español" for "es"; @code itself where no name is known */
const char *mos_language_name (const char *code);

G_END_DECLS
