/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-job.h"
#include "core/store/mos-store-imports.h"

G_BEGIN_DECLS

/* Imports, exports and large messages that are fetched, in words. All: Returns: (transfer full) */

/** mos_job_text_dialog_title: "Import", … */
char *mos_job_text_dialog_title (MosJob *job);
/** mos_job_text_title: "Importing “old.mbox”", "The import of “old.mbox” is complete", … */
char *mos_job_text_title (MosJob *job);
/** mos_job_text_progress: "34 % · 1,234 messages · 200 a second · 2 minutes left" */
char *mos_job_text_progress (MosJob *job);
/** mos_job_text_result: what came of it, one sentence a line; of a failed one what happened, what was kept and what to do; "" while it runs */
char *mos_job_text_result (MosJob *job);
/** mos_job_text_problem: why one file or message was passed over */
char *mos_job_text_problem (MosImportProblem *problem);

G_END_DECLS
