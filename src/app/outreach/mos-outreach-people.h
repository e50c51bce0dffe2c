/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-outreach-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOutreachPeople: who gets an outreach, who does not and why, in rows that open
 *
 * Signal `open (const char *conversation)`: of somebody who answered
 */
#define MOS_TYPE_OUTREACH_PEOPLE (mos_outreach_people_get_type ())
G_DECLARE_FINAL_TYPE (MosOutreachPeople, mos_outreach_people, MOS, OUTREACH_PEOPLE, AdwBin)

MosOutreachPeople *mos_outreach_people_new (void);
/** mos_outreach_people_set: @people: (element-type MosOutreachPerson): kept; which rows are open stays */
void mos_outreach_people_set (MosOutreachPeople *self, GPtrArray *people);

G_END_DECLS
