/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-customer-values.h"

G_BEGIN_DECLS

/* Customers as CSV. Columns by their headers: name, email (several with spaces between them), phone, company, language, country, vip, consent, notes, in English or
 * in what other programs call them; "mostrador id" of those who have neither an address nor a number; any other column is one of the shop's own fields. */

typedef enum
{
  MOS_CSV_NEW,
  MOS_CSV_CHANGED,
  MOS_CSV_SAME,
  MOS_CSV_FAILED,
} MosCsvOutcome; /* new changed same failed */
MOS_DECLARE_NICKS (MosCsvOutcome, csv_outcome)

/** Why a record does not fit */
typedef enum
{
  MOS_CSV_PROBLEM_NONE,
  MOS_CSV_PROBLEM_ADDRESS, /* what stands for an address is none */
  MOS_CSV_PROBLEM_NUMBER,  /* what stands for a phone number is none */
  MOS_CSV_PROBLEM_NOBODY,  /* neither an address nor a number */
  MOS_CSV_PROBLEM_FIELD,   /* another field makes no sense, as a country that is none */
  MOS_CSV_PROBLEM_ERASED,  /* whoever had an address or number of it was erased, and is nobody here now: a person may add them anew */
  MOS_CSV_PROBLEM_FIELDS,  /* it has fewer values than others of the file: it may be cut short */
  MOS_CSV_PROBLEM_SEVERAL, /* several customers have its addresses, and none of them more, or its name */
} MosCsvProblem;

/**
 * MosCsvResult: what becomes, or became, of one record; a plain struct
 * @record: counted from 1, without the header
 * @what: (nullable): the customer, or why it failed, in the words of a terminal
 * @value: (nullable): with @problem: what makes no sense
 */
typedef struct
{
  guint record;
  MosCsvOutcome outcome;
  char *what;
  MosCsvProblem problem;
  char *value;
} MosCsvResult;

/**
 * mos_customers_import_csv: takes customers in: known by their addresses; what a record has nothing for stays as it is
 *
 * One record that does not fit keeps no other from coming.
 *
 * Returns: (transfer full) (nullable): array of #MosCsvResult. G_IO_ERROR_INVALID_DATA; MOS_DESK_ERROR_INVALID: no column of addresses or numbers
 */
GPtrArray *mos_customers_import_csv (MosTxn *txn, const char *text, gsize size, GError **error);

/**
 * MosCustomersCsv: the same in pieces, each in a transaction of its own, so that nobody has to wait for all of a long list
 *
 * What it makes of a file that is tried is what it makes of it when it is taken in: it remembers what records before have done, or would have.
 */
typedef struct _MosCustomersCsv MosCustomersCsv;
/** mos_customers_csv_new: @only_tries: nothing is written. Returns: (transfer full) (nullable). Errors as of mos_customers_import_csv() */
MosCustomersCsv *mos_customers_csv_new (const char *text, gsize size, gboolean only_tries, GError **error);
void mos_customers_csv_free (MosCustomersCsv *self);
/** mos_customers_csv_take: the next @max records; in a transaction that reads, where it only tries */
gboolean mos_customers_csv_take (MosCustomersCsv *self, MosTxn *txn, guint max, GError **error);
gboolean mos_customers_csv_is_done (MosCustomersCsv *self);
gboolean mos_customers_csv_only_tries (MosCustomersCsv *self);
/** mos_customers_csv_get_total: of records */
guint mos_customers_csv_get_total (MosCustomersCsv *self);
/** mos_customers_csv_get_results: Returns: (transfer none): array of #MosCsvResult: of what was taken so far */
GPtrArray *mos_customers_csv_get_results (MosCustomersCsv *self);
/** MosCsvProgressFunc: @done of @total records */
typedef void (*MosCsvProgressFunc) (guint done, guint total, gpointer data);
/**
 * mos_customers_csv_run_sync: all of @csv, piece by piece; blocks
 * @func: (nullable)
 * @ret_batch: (out) (optional): all that it wrote is one batch; 0 = nothing changed
 *
 * Ended in the middle (cancelled, killed, a full disk), what was taken in stays, is told by mos_customers_csv_get_results(), and an undo of the batch takes it back; the same
 * file taken in again goes on, for what is in already is "same". MOS_STORE_ERROR_CONFLICT: somebody took it back while it went on.
 */
gboolean mos_customers_csv_run_sync (MosStore *store, const MosActor *actor, MosCustomersCsv *csv, MosCsvProgressFunc func, gpointer data, gint64 *ret_batch, GCancellable *cancellable, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosCustomersCsv, mos_customers_csv_free)

/** MosCsvColumn: @field: what the column @header is taken for: "name", "first", "last", "email", … as mos_customers_set() knows them, "own:" and its name, "" = passed over. A plain struct */
typedef struct
{
  char *header;
  char *field;
} MosCsvColumn;
/** mos_customers_csv_list_columns: Returns: (transfer full) (nullable): array of #MosCsvColumn. G_IO_ERROR_INVALID_DATA */
GPtrArray *mos_customers_csv_list_columns (const char *text, gsize size, GError **error);
/** mos_customers_export_csv: Returns: (transfer full) (nullable): all customers, with a header, so that an import of it changes nothing */
GString *mos_customers_export_csv (MosTxn *txn, GError **error);

G_END_DECLS
