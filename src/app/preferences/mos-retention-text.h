/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-retention-values.h"

G_BEGIN_DECLS

/* What is said about how long things are kept. */

const char *mos_retention_text_title (MosRetentionClass retention_class);
/** mos_retention_text_what: what is in the class */
const char *mos_retention_text_what (MosRetentionClass retention_class);
/** mos_retention_text_went: Returns: (transfer full): the same of what went, with the people who went along */
char *mos_retention_text_went (const MosRetentionCount *count);
/** mos_retention_text_days: Returns: (transfer full): "30 days", "10 years"; for 0 that it is kept for ever */
char *mos_retention_text_days (guint days);
/** mos_retention_text_count: Returns: (transfer full): "12 conversations with 30 messages, about 1.2 MB" */
char *mos_retention_text_count (const MosRetentionCount *count);
/** mos_retention_text_day: Returns: (transfer full): a day as clocks here show it */
char *mos_retention_text_day (gint64 us);

G_END_DECLS
