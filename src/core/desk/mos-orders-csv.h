/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-csv.h"
#include "core/desk/mos-job.h"
#include "core/store/mos-store-orders.h"
#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/* Orders as CSV, for shops that are not asked: whatever a platform exports. Columns are found by their headings, in several languages; how decimals and
 * dates are written follows from the whole column; a person corrects both. One order may take several records, one for each item. */

/* What a column holds. */
typedef enum
{
  MOS_ORDER_COLUMN_NONE,
  MOS_ORDER_COLUMN_NUMBER,
  MOS_ORDER_COLUMN_DATE,
  MOS_ORDER_COLUMN_MODIFIED,
  MOS_ORDER_COLUMN_STATUS,
  MOS_ORDER_COLUMN_PAYMENT,
  MOS_ORDER_COLUMN_FULFILMENT,
  MOS_ORDER_COLUMN_TOTAL,
  MOS_ORDER_COLUMN_REFUNDED,
  MOS_ORDER_COLUMN_CURRENCY,
  MOS_ORDER_COLUMN_EMAIL,
  MOS_ORDER_COLUMN_PHONE,
  MOS_ORDER_COLUMN_NAME,
  MOS_ORDER_COLUMN_FIRST_NAME,
  MOS_ORDER_COLUMN_LAST_NAME,
  MOS_ORDER_COLUMN_COMPANY,
  MOS_ORDER_COLUMN_ADDRESS,
  MOS_ORDER_COLUMN_ADDRESS_MORE,
  MOS_ORDER_COLUMN_POSTCODE,
  MOS_ORDER_COLUMN_CITY,
  MOS_ORDER_COLUMN_REGION,
  MOS_ORDER_COLUMN_COUNTRY,
  MOS_ORDER_COLUMN_ITEM,
  MOS_ORDER_COLUMN_SKU,
  MOS_ORDER_COLUMN_VARIANT,
  MOS_ORDER_COLUMN_QUANTITY,
  MOS_ORDER_COLUMN_PRICE,
  MOS_ORDER_COLUMN_ITEM_TOTAL,
  MOS_ORDER_COLUMN_PICTURE,
  MOS_ORDER_COLUMN_CARRIER,
  MOS_ORDER_COLUMN_TRACKING,
  MOS_ORDER_COLUMN_TRACKING_URL,
  MOS_ORDER_COLUMN_NOTE,
} MosOrderColumn; /* none number date modified status payment fulfilment total refunded currency email phone name first_name … note */
#define MOS_ORDER_N_COLUMNS (MOS_ORDER_COLUMN_NOTE + 1)
MOS_DECLARE_NICKS (MosOrderColumn, order_column)

/* How the decimals of a file are written. */
typedef enum
{
  MOS_CSV_DECIMALS_AUTO, /* as the columns say */
  MOS_CSV_DECIMALS_POINT,
  MOS_CSV_DECIMALS_COMMA,
} MosCsvDecimals; /* auto point comma */
MOS_DECLARE_NICKS (MosCsvDecimals, csv_decimals)

/* Which of a date's numbers comes first, where the year does not. */
typedef enum
{
  MOS_CSV_DATES_AUTO,
  MOS_CSV_DATES_DAY_FIRST,
  MOS_CSV_DATES_MONTH_FIRST,
} MosCsvDates; /* auto day month */
MOS_DECLARE_NICKS (MosCsvDates, csv_dates)

/* Why a record, or a value of it, makes no sense. */
typedef enum
{
  MOS_CSV_TROUBLE_NO_NUMBER,
  MOS_CSV_TROUBLE_AMOUNT,
  MOS_CSV_TROUBLE_DATE,
  MOS_CSV_TROUBLE_FIELDS, /* more values than there are headings; fewer than other records have: then its value is "" */
} MosCsvTroubleKind;      /* no_number amount date fields */
MOS_DECLARE_NICKS (MosCsvTroubleKind, csv_trouble_kind)

/** MosCsvTrouble: @line: of the file, from 1; @column: its heading, "" where it is about the record; @value: as it stands there */
typedef struct
{
  guint line;
  MosCsvTroubleKind kind;
  char *column;
  char *value;
} MosCsvTrouble;

/** MosCsvStatus: a word of the column of statuses; @n: how many records have it; @is_guess: neither known nor said by somebody */
typedef struct
{
  char *word;
  MosOrderStatus kind;
  guint n;
  gboolean is_guess;
} MosCsvStatus;

/**
 * MosOrdersCsv: a file, read and decoded; immutable
 * @encoding: what it is written in; @separator: , ; or a tab
 * @headings: of its first line
 * @sample: (element-type GStrv): its first records, as they stand there
 * @shape: how long its records are
 */
typedef struct
{
  GBytes *text;
  char *encoding;
  char separator;
  char **headings;
  GPtrArray *sample;
  MosCsvShape shape;
} MosOrdersCsv;
MOS_DECLARE_VALUE (MosOrdersCsv, orders_csv)
/** MOS_ORDERS_CSV_MAX: bytes of a file that is taken */
#define MOS_ORDERS_CSV_MAX ((gsize) 128 * 1024 * 1024)
/** mos_orders_csv_load_sync: blocks. Returns: (transfer full) (nullable): G_IO_ERROR_INVALID_DATA: no text, or no table; G_IO_ERROR_MESSAGE_TOO_LARGE */
MosOrdersCsv *mos_orders_csv_load_sync (GFile *file, GCancellable *cancellable, GError **error);
/** mos_orders_csv_read: Returns: (transfer full) (nullable): as above */
MosOrdersCsv *mos_orders_csv_read (GBytes *data, GError **error);

/**
 * MosOrdersPlan: how a file is understood; only before anybody else sees it
 * @columns: (array length=n_columns): what each column holds; each but none stands for one column at most
 * @decimals, @dates: what somebody said of this file; auto = the columns decide
 * @decimals_before, @dates_before: what was said of a file before, for columns that leave it open
 * @statuses: word, folded -> GINT_TO_POINTER (MosOrderStatus): what somebody said
 */
typedef struct
{
  MosOrderColumn *columns;
  guint n_columns;
  MosCsvDecimals decimals;
  MosCsvDates dates;
  MosCsvDecimals decimals_before;
  MosCsvDates dates_before;
  GHashTable *statuses;
} MosOrdersPlan;
MOS_DECLARE_VALUE (MosOrdersPlan, orders_plan)
/** mos_orders_plan_make: from the headings, and from what was said for @shop (nullable) when a file came before. Returns: (transfer full) */
MosOrdersPlan *mos_orders_plan_make (const MosOrdersCsv *csv, const MosShopAccount *shop);
/** mos_orders_plan_copy: Returns: (transfer full): to be changed before anybody else sees it */
MosOrdersPlan *mos_orders_plan_copy (const MosOrdersPlan *self);
/** mos_orders_plan_set_column: another column that held it holds nothing then */
void mos_orders_plan_set_column (MosOrdersPlan *self, guint index, MosOrderColumn column);
void mos_orders_plan_set_status (MosOrdersPlan *self, const char *word, MosOrderStatus kind);
/** mos_orders_plan_find: Returns: the index of what holds @column, -1 = none does */
int mos_orders_plan_find (const MosOrdersPlan *self, MosOrderColumn column);
/** mos_orders_plan_keep: into the settings of @shop, for the next file. Only before anybody else sees @shop */
void mos_orders_plan_keep (const MosOrdersPlan *self, const MosOrdersCsv *csv, MosShopAccount *shop);

/**
 * MosOrdersReport: what becomes, or became, of a file
 * @decimals, @dates: how they are read; @decimals_are_sure, @dates_are_sure: somebody said so, or the columns do
 * @statuses: (element-type MosCsvStatus): in the order of the file
 * @troubles: (element-type MosCsvTrouble): the first of them; @n_troubles: all; an order with one is left out
 * @preview: (element-type MosOrder): the first orders
 * @n_records, @n_orders, @n_left_out: of orders
 * @counts: compared with what is here
 */
typedef struct
{
  MosCsvDecimals decimals;
  MosCsvDates dates;
  gboolean decimals_are_sure;
  gboolean dates_are_sure;
  GPtrArray *statuses;
  GPtrArray *troubles;
  guint n_troubles;
  GPtrArray *preview;
  guint n_records;
  guint n_orders;
  guint n_left_out;
  MosOrderCounts counts;
} MosOrdersReport;
MOS_DECLARE_VALUE (MosOrdersReport, orders_report)

/** MosOrdersFunc: takes some of the orders; @done: how much of the file was read, 0…1 */
typedef gboolean (*MosOrdersFunc) (GPtrArray *orders, double done, gpointer data, GCancellable *cancellable, GError **error);
/**
 * mos_orders_csv_walk: makes orders of @shop out of the file
 * @func: (nullable): gets them, a hundred or so at a time
 *
 * Returns: (transfer full) (nullable): @counts left at 0. MOS_DESK_ERROR_INVALID: no column of numbers; what @func says; G_IO_ERROR_CANCELLED
 */
MosOrdersReport *mos_orders_csv_walk (const MosOrdersCsv *csv, const MosOrdersPlan *plan, const MosShopAccount *shop, MosOrdersFunc func, gpointer data, GCancellable *cancellable, GError **error);

/**
 * mos_orders_csv_import_sync: the orders into @shop. The same number is the same order; what the file has no column for stays as it is here. Blocks.
 * @only_shows: nothing is written, the report says what would be
 * @job: (nullable): is told how far it is
 *
 * Each hundred orders are stored as one: what came before an end stays, and the same file goes on with the rest.
 *
 * Returns: (transfer full) (nullable)
 */
MosOrdersReport *mos_orders_csv_import_sync (MosStore *store, const MosShopAccount *shop, const MosOrdersCsv *csv, const MosOrdersPlan *plan, gboolean only_shows, MosJob *job, GCancellable *cancellable, GError **error);

/** mos_orders_csv_export: Returns: (transfer full) (nullable): the orders of @shop (nullable: of all), a record for each item, with headings that an import knows */
GString *mos_orders_csv_export (MosTxn *txn, const char *shop, GError **error);

/** MosOrdersJob: such an import as a job; the plan is kept for the next file of the shop */
#define MOS_TYPE_ORDERS_JOB (mos_orders_job_get_type ())
G_DECLARE_FINAL_TYPE (MosOrdersJob, mos_orders_job, MOS, ORDERS_JOB, MosJob)
MosOrdersJob *mos_orders_job_new (MosStore *store, MosShopAccount *shop, MosOrdersCsv *csv, MosOrdersPlan *plan);
/** mos_orders_job_get_report: Returns: (transfer none) (nullable): once it is done */
MosOrdersReport *mos_orders_job_get_report (MosOrdersJob *self);

/* mos-orders-csv-words.c; pure */

/** mos_csv_fold: Returns: (transfer full): letters and digits alone, without accents and case */
char *mos_csv_fold (const char *text);
/** mos_order_column_guess: Returns: what a column with this heading holds. @ret_rank: (out): 0 and up: of two columns for one thing the lower one is meant */
MosOrderColumn mos_order_column_guess (const char *heading, guint *ret_rank);
/** mos_order_status_guess: @ret_is_guess: (out): it is no word that is known. Returns: what a shop's word comes to */
MosOrderStatus mos_order_status_guess (const char *word, gboolean *ret_is_guess);

/* mos-orders-csv-values.c; pure */

/** MosCsvEvidence: what a column's values say of how it is written: how many for each, and how many that could be both */
typedef struct
{
  guint n_first;  /* point; day first */
  guint n_second; /* comma; month first */
  guint n_either;
} MosCsvEvidence;
/** mos_csv_look_at_amount: "1.234,50 €" is one for the comma */
void mos_csv_look_at_amount (const char *text, MosCsvEvidence *evidence);
/** mos_csv_read_amount: Returns: (transfer full) (nullable): a decimal; %NULL where it is none that is written so */
char *mos_csv_read_amount (const char *text, MosCsvDecimals decimals);
void mos_csv_look_at_date (const char *text, MosCsvEvidence *evidence);
/** mos_csv_read_date: @zone: where times without one of their own are. Returns: 0 where it is none that is written so */
gint64 mos_csv_read_date (const char *text, MosCsvDates dates, GTimeZone *zone);

G_END_DECLS
