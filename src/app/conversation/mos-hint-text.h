/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* What a suspicion says, in words. Calm: it may be harmless. */

/** mos_hint_text: Returns: (transfer full): one sentence: what was seen */
char *mos_hint_text (const MosHint *hint);
/** mos_hints_why_text: @hints: array of #MosHint. Returns: (transfer full): all of them, and what to do about each */
char *mos_hints_why_text (GPtrArray *hints);

G_END_DECLS
