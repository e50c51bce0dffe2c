/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* A telephone call in words. */

/** mos_call_outcome_text: Returns: (transfer none): what became of it, to choose from: "Not answered" */
const char *mos_call_outcome_text (MosCallOutcome outcome);
/** mos_call_text: Returns: (transfer full): who called, what became of it, and how long it was: "Missed call", "They called, 3 min" */
char *mos_call_text (const MosCall *call, gboolean is_outgoing);
/** mos_call_number_text: Returns: (transfer full): the other side's number, or that it was withheld or not written down; kept together in text of any direction */
char *mos_call_number_text (const MosCall *call);
/** mos_call_icon_name: Returns: (transfer none) */
const char *mos_call_icon_name (const MosCall *call, gboolean is_outgoing);
/** mos_subject_text: Returns: (transfer none): a conversation's subject, or what stands in its place */
const char *mos_subject_text (const MosConversationRow *row);

G_END_DECLS
