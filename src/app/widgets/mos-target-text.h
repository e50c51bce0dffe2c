/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* What is due by the shop's targets, in words. Main context. */

/** mos_target_text_duration: Returns: (transfer full): a target in the longest unit that goes into it: "2 h", "90 min", "3 d"; "None" for 0 */
char *mos_target_text_duration (int seconds);
/** mos_target_text_kind: Returns: "First answer", "Next answer", "Close" */
const char *mos_target_text_kind (MosTargetKind kind);
/** mos_target_text_due: Returns: (transfer full) (nullable): "Answer due 10:50 (in 12 min)"; @is_reply: the answer or the close; %NULL where it is not due */
char *mos_target_text_due (MosConversationRow *row, gboolean is_reply, gint64 now_us);
/** mos_target_text_how: Returns: (transfer full): how that was worked out, a few lines for a tooltip */
char *mos_target_text_how (MosConversationRow *row, gboolean is_reply);

G_END_DECLS
