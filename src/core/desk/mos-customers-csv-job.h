/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-customers-csv.h"
#include "core/desk/mos-desk.h"
#include "core/desk/mos-job.h"

G_BEGIN_DECLS

typedef enum
{
  MOS_CSV_JOB_TRY,    /* what an import would make of the file; nothing is written */
  MOS_CSV_JOB_IMPORT, /* one batch that an undo takes back; cancelled, what is in stays, and the same file goes on there */
  MOS_CSV_JOB_EXPORT,
} MosCsvJobKind;

/**
 * MosCustomersCsvJob:
 *
 * Customers as CSV, into or out of a file, with progress in records.
 */
#define MOS_TYPE_CUSTOMERS_CSV_JOB (mos_customers_csv_job_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomersCsvJob, mos_customers_csv_job, MOS, CUSTOMERS_CSV_JOB, MosJob)

/** mos_customers_csv_job_new: by the agent of @desk. Main context. Errors as of mos_customers_import_csv() and of the file */
MosCustomersCsvJob *mos_customers_csv_job_new (MosDesk *desk, MosCsvJobKind kind, GFile *file);

/* What came of it, once it is done; of an import also where it failed or was cancelled in the middle. */
/** mos_customers_csv_job_get_columns: Returns: (transfer none) (nullable): array of #MosCsvColumn */
GPtrArray *mos_customers_csv_job_get_columns (MosCustomersCsvJob *self);
/** mos_customers_csv_job_get_results: Returns: (transfer none) (nullable): array of #MosCsvResult */
GPtrArray *mos_customers_csv_job_get_results (MosCustomersCsvJob *self);
/** mos_customers_csv_job_get_batch: of an import, for its undo; 0 = nothing changed */
gint64 mos_customers_csv_job_get_batch (MosCustomersCsvJob *self);

G_END_DECLS
