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

/** MosCsvResult: what becomes, or became, of one record. @record: counted from 1, without the header; @what: (nullable): the customer, or why it failed. A plain struct */
typedef struct
{
  guint record;
  MosCsvOutcome outcome;
  char *what;
} MosCsvResult;

/**
 * mos_customers_import_csv: takes customers in: known by their addresses; what a record has nothing for stays as it is
 *
 * One record that does not fit keeps no other from coming.
 *
 * Returns: (transfer full) (nullable): array of #MosCsvResult. G_IO_ERROR_INVALID_DATA; MOS_DESK_ERROR_INVALID: no column of addresses or numbers
 */
GPtrArray *mos_customers_import_csv (MosTxn *txn, const char *text, gsize size, GError **error);
/** mos_customers_export_csv: Returns: (transfer full) (nullable): all customers, with a header, so that an import of it changes nothing */
GString *mos_customers_export_csv (MosTxn *txn, GError **error);

G_END_DECLS
