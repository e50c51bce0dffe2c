/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-insight-values.h"

G_BEGIN_DECLS

/* What stands out, and the week, in words. Pure. */

/** mos_insight_text_title: Returns: (transfer full): what stands out */
char *mos_insight_text_title (const MosInsight *insight);
/** mos_insight_text_subtitle: Returns: (transfer full): how often, how much more than before, in somebody's words */
char *mos_insight_text_subtitle (const MosInsight *insight);
/** mos_week_text_number: Returns: (transfer none): what one of the five numbers is called */
const char *mos_week_text_number (const MosWeek *week, MosWeekNumber number);
/** mos_week_text_value: Returns: (transfer full): one of the five, as it is read */
char *mos_week_text_value (const MosWeek *week, MosWeekNumber number);
/** mos_week_text_change: Returns: (transfer full): what changed against the week before */
char *mos_week_text_change (const MosWeek *week, MosWeekNumber number);
/** mos_week_text_hint: Returns: (transfer full): what to look at, a sentence */
char *mos_week_text_hint (const MosWeekHint *hint);

G_END_DECLS
