/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-customer-values.h"

G_BEGIN_DECLS

/* Customers as CSV. Columns by their headers: name, email (several with spaces between them), phone, company, language, country, vip, consent, notes, in English or
 * in what other programs call them; any other column is one of the shop's own fields. */

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
/** MosCsvProgressFunc: @done of @total records. Returns: %FALSE where nobody wants the rest */
typedef gboolean (*MosCsvProgressFunc) (guint done, guint total, gpointer data);
/** mos_customers_import_csv_watched: the same; @func: (nullable). G_IO_ERROR_CANCELLED where it says so */
GPtrArray *mos_customers_import_csv_watched (MosTxn *txn, const char *text, gsize size, MosCsvProgressFunc func, gpointer data, GError **error);

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
