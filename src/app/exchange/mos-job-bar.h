/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosJobBar: below everything in the window, while an import or export runs or has something to tell. */
#define MOS_TYPE_JOB_BAR (mos_job_bar_get_type ())
G_DECLARE_FINAL_TYPE (MosJobBar, mos_job_bar, MOS, JOB_BAR, AdwBin)

/** mos_job_bar_set_desk: @desk: (nullable) */
void mos_job_bar_set_desk (MosJobBar *self, MosDesk *desk);

G_END_DECLS
