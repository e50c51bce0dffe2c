/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-outreach.h"

G_BEGIN_DECLS

/* Outreach in words. (transfer none) unless said. */

const char *mos_outreach_text_left_out (MosLeftOut reason);
const char *mos_outreach_text_problem (MosOutreachProblem problem);
/** mos_outreach_text_why: why it stands still or waits; %NULL where there is nothing to say */
const char *mos_outreach_text_why (const MosOutreach *outreach);
/** mos_outreach_text_state: Returns: (transfer full): how far it is: "Under way · 12 of 240 sent · 3 answered" */
char *mos_outreach_text_state (const MosOutreach *outreach);
/** mos_outreach_text_person: Returns: (transfer full): what became of somebody, or will */
char *mos_outreach_text_person (const MosOutreachPerson *person);
const char *mos_outreach_text_segment (MosSegment segment);
/** mos_outreach_text_audience: Returns: (transfer full): whom it is for */
char *mos_outreach_text_audience (const MosAudience *audience);
/** mos_outreach_text_error: Returns: (transfer full): what went wrong, in a sentence */
char *mos_outreach_text_error (const GError *error);

G_END_DECLS
