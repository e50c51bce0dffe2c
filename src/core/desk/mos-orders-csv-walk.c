/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-orders-csv-private.h"

#include <string.h>

/* A file becomes orders in two walks: the first learns how its columns are written, which statuses there are, and where each order ends; the second makes
 * the orders, and lets go of each at its last record. Only orders whose records are apart wait meanwhile. */

#define PAGE 100
#define PREVIEW 5
#define MAX_TROUBLES 500
#define MAX_STATUSES 100
#define MAX_NUMBER 100
#define CHECK_EVERY 256

static void
open_free (gpointer data)
{
  MosOpenOrder *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (self->values); i++)
    g_free (self->values[i]);
  g_clear_pointer (&self->order, mos_order_unref);
  g_free (self);
}

static void
trouble_free (gpointer data)
{
  MosCsvTrouble *trouble = data;

  g_free (trouble->column);
  g_free (trouble->value);
  g_free (trouble);
}

static void
status_free (gpointer data)
{
  g_free (((MosCsvStatus *) data)->word);
  g_free (data);
}

static void
walk_clear (MosOrdersWalk *self)
{
  g_clear_pointer (&self->report, mos_orders_report_unref);
  g_clear_pointer (&self->last, g_hash_table_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->page, g_ptr_array_unref);
  g_clear_pointer (&self->previous, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosOrdersWalk, walk_clear)

/* --- values of a record --- */

/* The number that this record belongs to; that of the one before where it has an item alone, as some exports write further items. Returns: (transfer full) (nullable) */
static char *
dup_number (MosOrdersWalk *self,
            char **record)
{
  g_autofree char *number = mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_NUMBER);
  g_autofree char *item = mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_ITEM);
  g_autofree char *sku = mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_SKU);

  if (*number != '\0')
    {
      g_autofree char *folded = mos_order_fold_number (number);

      return *folded != '\0' && strlen (folded) <= MAX_NUMBER ? g_steal_pointer (&folded) : NULL;
    }
  return *item != '\0' || *sku != '\0' ? g_strdup (self->previous) : NULL;
}

static gboolean
is_amount (MosOrderColumn column)
{
  return column == MOS_ORDER_COLUMN_TOTAL || column == MOS_ORDER_COLUMN_REFUNDED || column == MOS_ORDER_COLUMN_QUANTITY || column == MOS_ORDER_COLUMN_PRICE || column == MOS_ORDER_COLUMN_ITEM_TOTAL;
}

static gboolean
is_date (MosOrderColumn column)
{
  return column == MOS_ORDER_COLUMN_DATE || column == MOS_ORDER_COLUMN_MODIFIED;
}

/* --- the first walk --- */

/* The words that say how far an order is: its own column, or where there is none those of its payment and parcels. */
static void
count_status (MosOrdersWalk *self,
              char **record)
{
  static const MosOrderColumn places[] = { MOS_ORDER_COLUMN_STATUS, MOS_ORDER_COLUMN_FULFILMENT, MOS_ORDER_COLUMN_PAYMENT };

  for (guint i = 0; i < (self->at[MOS_ORDER_COLUMN_STATUS] >= 0 ? 1 : G_N_ELEMENTS (places)); i++)
    {
      g_autofree char *word = mos_orders_walk_dup_value (self, record, places[i]);
      g_autofree char *folded = mos_csv_fold (word);
      MosCsvStatus *status = g_hash_table_lookup (self->words, folded);
      gpointer said;

      if (*folded == '\0' || (status == NULL && self->report->statuses->len >= MAX_STATUSES))
        continue;
      if (status == NULL)
        {
          MosOrderStatus kind;
          gboolean is_guess;

          kind = mos_order_status_guess (word, &is_guess);
          if (g_hash_table_lookup_extended (self->plan->statuses, folded, NULL, &said))
            {
              kind = (MosOrderStatus) GPOINTER_TO_INT (said);
              is_guess = FALSE;
            }
          /* A way to pay is none. */
          if (is_guess && places[i] != MOS_ORDER_COLUMN_STATUS)
            continue;
          status = g_new0 (MosCsvStatus, 1);
          status->word = g_strdup (word);
          status->kind = kind;
          status->is_guess = is_guess;
          g_ptr_array_add (self->report->statuses, status);
          g_hash_table_insert (self->words, g_steal_pointer (&folded), status);
        }
      status->n++;
    }
}

/* 0 = nothing says; 1 = the first way, 2 = the second. @said, @before: in the same numbers. @ret_is_sure: whether somebody said so, or all that says something says the same */
static int
decide_one (const MosCsvEvidence *evidence,
            int said,
            int before,
            gboolean *ret_is_sure)
{
  gboolean has_evidence = evidence->n_first + evidence->n_second > 0;

  *ret_is_sure = said != 0 || (has_evidence ? evidence->n_first == 0 || evidence->n_second == 0 : evidence->n_either == 0 || before != 0);
  if (said != 0)
    return said;
  if (evidence->n_first != evidence->n_second)
    return evidence->n_first > evidence->n_second ? 1 : 2;
  return before;
}

static void
decide (MosOrdersWalk *self,
        const MosCsvEvidence *amounts,
        const MosCsvEvidence *dates)
{
  MosOrdersReport *report = self->report;
  int decimals = decide_one (amounts, (int) self->plan->decimals, (int) self->plan->decimals_before, &report->decimals_are_sure);
  int days = decide_one (dates, (int) self->plan->dates, (int) self->plan->dates_before, &report->dates_are_sure);

  /* Where commas set cents apart, semicolons set values apart. */
  report->decimals = decimals != 0 ? (MosCsvDecimals) decimals : self->csv->separator == ';' ? MOS_CSV_DECIMALS_COMMA
                                                                                             : MOS_CSV_DECIMALS_POINT;
  report->dates = days != 0 ? (MosCsvDates) days : MOS_CSV_DATES_DAY_FIRST;
}

static gboolean
learn (MosOrdersWalk *self,
       GCancellable *cancellable,
       GError **error)
{
  MosCsvEvidence amounts = { 0 }, dates = { 0 };
  MosCsvReader reader;
  g_auto (GStrv) record = NULL;

  mos_csv_reader_init (&reader, g_bytes_get_data (self->csv->text, NULL), g_bytes_get_size (self->csv->text));
  for (guint n = 0;; n++)
    {
      char *number;

      g_clear_pointer (&record, g_strfreev);
      if ((n % CHECK_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error)) || !mos_csv_reader_next (&reader, &record, NULL, error))
        return FALSE;
      if (record == NULL)
        break;
      /* The headings. */
      if (n == 0)
        continue;
      for (guint i = 0; i < MOS_ORDER_N_COLUMNS; i++)
        {
          g_autofree char *value = self->at[i] >= 0 && (is_amount (i) || is_date (i)) ? mos_orders_walk_dup_value (self, record, i) : NULL;

          if (value == NULL || *value == '\0')
            continue;
          if (is_amount (i))
            mos_csv_look_at_amount (value, &amounts);
          else
            mos_csv_look_at_date (value, &dates);
        }
      count_status (self, record);
      /* It may be that of the record before. */
      number = dup_number (self, record);
      g_free (self->previous);
      self->previous = number;
      if (number != NULL)
        g_hash_table_replace (self->last, g_strdup (number), GUINT_TO_POINTER (n));
    }
  g_clear_pointer (&self->previous, g_free);
  decide (self, &amounts, &dates);
  return TRUE;
}

/* --- the second one --- */

static void
add_trouble (MosOrdersWalk *self,
             guint line,
             MosCsvTroubleKind kind,
             const char *column,
             const char *value)
{
  MosCsvTrouble *trouble;

  self->report->n_troubles++;
  if (self->report->troubles->len >= MAX_TROUBLES)
    return;
  trouble = g_new0 (MosCsvTrouble, 1);
  trouble->line = line;
  trouble->kind = kind;
  trouble->column = g_strdup (column);
  trouble->value = g_strdup (value);
  g_ptr_array_add (self->report->troubles, trouble);
}

/* Whether all its values can be read; what cannot is told. */
static gboolean
check_record (MosOrdersWalk *self,
              char **record,
              gboolean is_cut,
              guint line)
{
  gboolean is_fine = TRUE;

  /* What it lacks is not known to be empty, and would be taken for it. */
  if (mos_csv_shape_is_short (&self->csv->shape, record, self->plan->n_columns, is_cut))
    {
      add_trouble (self, line, MOS_CSV_TROUBLE_FIELDS, "", "");
      return FALSE;
    }

  /* A separator at the end of each line is none of theirs. */
  for (guint i = self->plan->n_columns; i < g_strv_length (record); i++)
    if (*record[i] != '\0')
      {
        add_trouble (self, line, MOS_CSV_TROUBLE_FIELDS, "", record[i]);
        return FALSE;
      }
  for (guint i = 0; i < MOS_ORDER_N_COLUMNS; i++)
    {
      g_autofree char *value = self->at[i] >= 0 && (is_amount (i) || is_date (i)) ? mos_orders_walk_dup_value (self, record, i) : NULL;
      g_autofree char *amount = NULL;

      if (value == NULL || *value == '\0')
        continue;
      amount = is_amount (i) ? mos_csv_read_amount (value, self->report->decimals) : NULL;
      if (is_amount (i) ? amount != NULL : mos_csv_read_date (value, self->report->dates, self->zone) != 0)
        continue;
      add_trouble (self, line, is_amount (i) ? MOS_CSV_TROUBLE_AMOUNT : MOS_CSV_TROUBLE_DATE, self->csv->headings[self->at[i]], value);
      is_fine = FALSE;
    }
  return is_fine;
}

/* --- orders --- */

static gboolean
give (MosOrdersWalk *self,
      double done,
      GCancellable *cancellable,
      GError **error)
{
  if (self->page->len > 0 && self->func != NULL && !self->func (self->page, done, self->data, cancellable, error))
    return FALSE;
  g_ptr_array_set_size (self->page, 0);
  return TRUE;
}

/* @number: of the order that this was the last record of */
static gboolean
close_order (MosOrdersWalk *self,
             const char *number,
             double done,
             GCancellable *cancellable,
             GError **error)
{
  MosOpenOrder *open = g_hash_table_lookup (self->open, number);
  MosOrder *order;

  if (open->has_trouble)
    self->report->n_left_out++;
  else
    {
      order = mos_orders_walk_finish (self, open);
      self->report->n_orders++;
      if (self->report->preview->len < PREVIEW)
        g_ptr_array_add (self->report->preview, mos_order_ref (order));
      g_ptr_array_add (self->page, order);
    }
  g_hash_table_remove (self->open, number);
  return self->page->len < PAGE || give (self, done, cancellable, error);
}

static void
take_record (MosOrdersWalk *self,
             const char *number,
             char **record,
             gboolean is_cut,
             guint line)
{
  MosOpenOrder *open = g_hash_table_lookup (self->open, number);

  if (open == NULL)
    {
      open = g_new0 (MosOpenOrder, 1);
      open->order = mos_order_make (self->shop->id, number);
      g_hash_table_insert (self->open, g_strdup (number), open);
    }
  if (!check_record (self, record, is_cut, line))
    {
      open->has_trouble = TRUE;
      return;
    }
  for (guint i = 0; i < MOS_ORDER_N_COLUMNS; i++)
    {
      g_autofree char *value = self->at[i] >= 0 && open->values[i] == NULL ? mos_orders_walk_dup_value (self, record, i) : NULL;

      if (value != NULL && *value != '\0')
        open->values[i] = g_steal_pointer (&value);
    }
  mos_orders_walk_add_item (self, open->order, record);
  mos_orders_walk_add_shipment (self, open->order, record);
}

static gboolean
make_orders (MosOrdersWalk *self,
             GCancellable *cancellable,
             GError **error)
{
  const char *text = g_bytes_get_data (self->csv->text, NULL);
  gsize size = g_bytes_get_size (self->csv->text);
  MosCsvReader reader;
  g_auto (GStrv) record = NULL;

  mos_csv_reader_init (&reader, text, size);
  for (guint n = 0;; n++)
    {
      g_autofree char *number = NULL;
      guint line;

      g_clear_pointer (&record, g_strfreev);
      if ((n % CHECK_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error)) || !mos_csv_reader_next (&reader, &record, &line, error))
        return FALSE;
      if (record == NULL)
        return give (self, 1, cancellable, error);
      if (n == 0)
        continue;
      self->report->n_records++;
      number = dup_number (self, record);
      if (number == NULL)
        {
          add_trouble (self, line, MOS_CSV_TROUBLE_NO_NUMBER, "", mos_csv_get_value (record, self->at[MOS_ORDER_COLUMN_NUMBER]));
          g_clear_pointer (&self->previous, g_free);
          continue;
        }
      take_record (self, number, record, mos_csv_reader_is_cut (&reader), line);
      if (GPOINTER_TO_UINT (g_hash_table_lookup (self->last, number)) == n && !close_order (self, number, (double) (reader.at - text) / (double) size, cancellable, error))
        return FALSE;
      g_free (self->previous);
      self->previous = g_steal_pointer (&number);
    }
}

MosOrdersReport *
mos_orders_csv_walk (const MosOrdersCsv *csv,
                     const MosOrdersPlan *plan,
                     const MosShopAccount *shop,
                     MosOrdersFunc func,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_auto (MosOrdersWalk) self = { .csv = csv, .plan = plan, .shop = shop, .func = func, .data = data };

  if (mos_orders_plan_find (plan, MOS_ORDER_COLUMN_NUMBER) < 0)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "No column holds the numbers of the orders");
      return NULL;
    }
  for (guint i = 0; i < MOS_ORDER_N_COLUMNS; i++)
    self.at[i] = i != MOS_ORDER_COLUMN_NONE ? mos_orders_plan_find (plan, (MosOrderColumn) i) : -1;
  self.report = mos_orders_report_new ();
  self.report->statuses = g_ptr_array_new_with_free_func (status_free);
  self.report->troubles = g_ptr_array_new_with_free_func (trouble_free);
  self.report->preview = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  self.last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, open_free);
  self.words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.page = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  self.zone = g_time_zone_new_local ();
  if (!learn (&self, cancellable, error) || !make_orders (&self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self.report);
}
