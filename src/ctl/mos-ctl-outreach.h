/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-outreach.h"
#include "ctl/mos-ctl-private.h"

G_BEGIN_DECLS

/* mos-ctl-outreach-print.c: how outreach is told */

/** mos_ctl_print_outreach: @ends_us: when the last one would be made; 0 = it is not said. One line, or one object */
void mos_ctl_print_outreach (MosCtl *self, const MosOutreach *outreach, gint64 ends_us);
/** mos_ctl_print_outreach_people: @people: (element-type MosOutreachPerson) */
void mos_ctl_print_outreach_people (MosCtl *self, GPtrArray *people);
void mos_ctl_print_outreach_letter (MosCtl *self, const MosOutreachPerson *person, const MosOutreachLetter *letter);
/** mos_ctl_outreach_problem_text: Returns: (transfer none): what has to be mended */
const char *mos_ctl_outreach_problem_text (MosOutreachProblem problem);

G_END_DECLS
