/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-orders-csv.h"
#include "core/store/mos-store-shops.h"

#include <glib/gi18n.h>
#include <string.h>

/* Orders as files: into a shop of files, and out of any. */

typedef struct
{
  const char *name;     /* of the shop (nullable) */
  MosShopAccount *shop; /* (owned) (nullable) */
  GString *csv;         /* (owned) (nullable) */
} MosCtlOrderFile;

static void
order_file_clear (MosCtlOrderFile *call)
{
  g_clear_pointer (&call->shop, mos_shop_account_unref);
  if (call->csv != NULL)
    g_string_free (call->csv, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlOrderFile, order_file_clear)

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlOrderFile *call = data;

  return mos_ctl_find_shop (txn, call->name, &call->shop, error);
}

/* --- import --- */

/* Every --column "HEADING=FIELD" and --status "WORD=STATUS", taken out of @args into @plan. Returns: whether they make sense; says so otherwise */
static gboolean
take_columns (MosCtl *self,
              GPtrArray *args,
              const MosOrdersCsv *csv,
              MosOrdersPlan *plan)
{
  char *pair;

  while ((pair = mos_ctl_take_option (args, "--column")) != NULL)
    {
      g_autofree char *own = pair;
      char *equals = strrchr (own, '=');
      MosOrderColumn column = equals != NULL ? mos_order_column_from_nick (equals + 1, (MosOrderColumn) MOS_ORDER_N_COLUMNS) : (MosOrderColumn) MOS_ORDER_N_COLUMNS;
      gboolean is_found = FALSE;

      if (column == (MosOrderColumn) MOS_ORDER_N_COLUMNS)
        {
          mos_ctl_usage (self, _ ("“%s” says no column: say HEADING=FIELD, with a field such as number, date, status, total, email or item"), own);
          return FALSE;
        }
      *equals = '\0';
      for (guint i = 0; i < plan->n_columns && !is_found; i++)
        if (strcmp (csv->headings[i], own) == 0)
          {
            mos_orders_plan_set_column (plan, i, column);
            is_found = TRUE;
          }
      if (!is_found)
        {
          mos_ctl_usage (self, _ ("The file has no column “%s”"), own);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
take_statuses (MosCtl *self,
               GPtrArray *args,
               MosOrdersPlan *plan)
{
  char *pair;

  while ((pair = mos_ctl_take_option (args, "--status")) != NULL)
    {
      g_autofree char *own = pair;
      char *equals = strrchr (own, '=');
      MosOrderStatus kind = equals != NULL ? mos_order_status_from_nick (equals + 1, (MosOrderStatus) (MOS_ORDER_REFUNDED + 1)) : (MosOrderStatus) (MOS_ORDER_REFUNDED + 1);

      if (kind > MOS_ORDER_REFUNDED)
        {
          mos_ctl_usage (self, _ ("“%s” says no status: say WORD=STATUS, with pending, paid, processing, shipped, delivered, cancelled or refunded"), own);
          return FALSE;
        }
      *equals = '\0';
      mos_orders_plan_set_status (plan, own, kind);
    }
  return TRUE;
}

/* How the file is to be read. Returns: as take_columns() */
static gboolean
take_plan (MosCtl *self,
           GPtrArray *args,
           const char *decimals,
           const char *dates,
           const MosOrdersCsv *csv,
           MosOrdersPlan *plan)
{
  if (decimals != NULL && strcmp (decimals, ",") != 0 && strcmp (decimals, ".") != 0)
    {
      mos_ctl_usage (self, "%s", _ ("--decimals is , or ."));
      return FALSE;
    }
  if (dates != NULL && strcmp (dates, "day") != 0 && strcmp (dates, "month") != 0)
    {
      mos_ctl_usage (self, "%s", _ ("--dates is day or month: what comes first"));
      return FALSE;
    }
  if (decimals != NULL)
    plan->decimals = *decimals == ',' ? MOS_CSV_DECIMALS_COMMA : MOS_CSV_DECIMALS_POINT;
  if (dates != NULL)
    plan->dates = mos_csv_dates_from_nick (dates, MOS_CSV_DATES_AUTO);
  return take_columns (self, args, csv, plan) && take_statuses (self, args, plan);
}

static void
print_trouble (MosCtl *self,
               const MosCsvTrouble *trouble)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      /* Translators: the number of a line, the heading of a column, what stands there, and a word for what is wrong */
      mos_ctl_print (self, _ ("line %1$u  %2$s  “%3$s”  %4$s\n"), trouble->line, trouble->column, trouble->value, mos_csv_trouble_kind_to_nick (trouble->kind));
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_int (builder, "line", trouble->line);
  mos_json_string (builder, "trouble", mos_csv_trouble_kind_to_nick (trouble->kind));
  mos_json_string (builder, "column", trouble->column);
  mos_json_string (builder, "value", trouble->value);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static void
print_plan (JsonBuilder *builder,
            const MosOrdersCsv *csv,
            const MosOrdersPlan *plan,
            const MosOrdersReport *report)
{
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_object (builder);
  for (guint i = 0; i < plan->n_columns; i++)
    if (plan->columns[i] != MOS_ORDER_COLUMN_NONE)
      mos_json_string (builder, mos_order_column_to_nick (plan->columns[i]), csv->headings[i]);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "statuses");
  json_builder_begin_object (builder);
  for (guint i = 0; i < report->statuses->len; i++)
    {
      const MosCsvStatus *status = report->statuses->pdata[i];

      mos_json_string (builder, status->word, mos_order_status_to_nick (status->kind));
    }
  json_builder_end_object (builder);
}

static void
print_report (MosCtl *self,
              const MosOrdersCsv *csv,
              const MosOrdersPlan *plan,
              const MosOrdersReport *report,
              gboolean only_shows)
{
  g_autoptr (JsonBuilder) builder = NULL;

  for (guint i = 0; i < report->troubles->len; i++)
    print_trouble (self, report->troubles->pdata[i]);
  if (!self->json)
    {
      if (!report->decimals_are_sure || !report->dates_are_sure)
        g_string_append_printf (self->errors, "%s\n", !report->decimals_are_sure ? _ ("How amounts are written is a guess: say --decimals") : _ ("Whether the day or the month comes first is a guess: say --dates"));
      /* Translators: numbers of orders */
      mos_ctl_print (self, only_shows ? _ ("would be: %1$u new, %2$u changed, %3$u as they are, %4$u left out\n") : _ ("%1$u new, %2$u changed, %3$u as they are, %4$u left out\n"), report->counts.n_new,
                     report->counts.n_changed, report->counts.n_same + report->counts.n_older, report->n_left_out);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "result", only_shows ? "tried" : "imported");
  mos_json_int (builder, "new", report->counts.n_new);
  mos_json_int (builder, "changed", report->counts.n_changed);
  mos_json_int (builder, "same", report->counts.n_same);
  mos_json_int (builder, "older", report->counts.n_older);
  mos_json_int (builder, "left_out", report->n_left_out);
  mos_json_int (builder, "troubles", report->n_troubles);
  mos_json_string (builder, "encoding", csv->encoding);
  mos_json_string (builder, "decimals", report->decimals == MOS_CSV_DECIMALS_COMMA ? "," : ".");
  mos_json_bool (builder, "decimals_are_sure", report->decimals_are_sure);
  mos_json_string (builder, "dates", mos_csv_dates_to_nick (report->dates));
  mos_json_bool (builder, "dates_are_sure", report->dates_are_sure);
  print_plan (builder, csv, plan, report);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

int
mos_ctl_order_import (MosCtl *self,
                      GPtrArray *args)
{
  g_autofree char *shop = mos_ctl_take_option (args, "--shop");
  g_autofree char *decimals = mos_ctl_take_option (args, "--decimals");
  g_autofree char *dates = mos_ctl_take_option (args, "--dates");
  gboolean only_shows = mos_ctl_take_flag (args, "--dry-run");
  g_auto (MosCtlOrderFile) call = { .name = shop };
  g_autoptr (MosOrdersCsv) csv = NULL;
  g_autoptr (MosOrdersPlan) plan = NULL;
  g_autoptr (MosOrdersReport) report = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  GError *error = NULL;

  /* The words are looked at once it is known what the columns are called. */
  if (shop == NULL || args->len == 0 || g_str_has_prefix (args->pdata[0], "--"))
    return mos_ctl_usage (self, "%s", _ ("Say order import FILE --shop SHOP"));
  if (!mos_ctl_read (self, do_find, &call, &error))
    return mos_ctl_fail (self, error);
  if (call.shop->kind != MOS_SHOP_CSV)
    return mos_ctl_fail_text (self, _ ("%s is read from its platform: make a shop for files with “shop add csv --name NAME”"), call.shop->name);
  path = mos_ctl_path (self, args->pdata[0]);
  file = g_file_new_for_path (path);
  csv = mos_orders_csv_load_sync (file, self->cancellable, &error);
  if (csv == NULL)
    return mos_ctl_fail (self, error);
  plan = mos_orders_plan_make (csv, call.shop);
  if (!take_plan (self, args, decimals, dates, csv, plan) || !mos_ctl_check_args (self, args, 1, 1) || !mos_ctl_check_paths (self, args))
    return MOS_CTL_USAGE;
  if (mos_orders_plan_find (plan, MOS_ORDER_COLUMN_NUMBER) < 0)
    return mos_ctl_fail_text (self, "%s", _ ("No column of the file is known to hold order numbers: say which with --column HEADING=number"));
  report = mos_orders_csv_import_sync (self->store, call.shop, csv, plan, only_shows, NULL, self->cancellable, &error);
  if (report == NULL)
    return mos_ctl_fail (self, error);
  print_report (self, csv, plan, report, only_shows);
  return MOS_CTL_DONE;
}

/* --- export --- */

static gboolean
do_export (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlOrderFile *call = data;

  if (call->name != NULL && !mos_ctl_find_shop (txn, call->name, &call->shop, error))
    return FALSE;
  call->csv = mos_orders_csv_export (txn, call->shop != NULL ? call->shop->id : NULL, error);
  return call->csv != NULL;
}

int
mos_ctl_order_export (MosCtl *self,
                      GPtrArray *args)
{
  g_autofree char *shop = mos_ctl_take_option (args, "--shop");
  g_autofree char *output = mos_ctl_take_option (args, "--output");
  gboolean force = mos_ctl_take_flag (args, "--force");
  g_auto (MosCtlOrderFile) call = { .name = shop };
  g_autofree char *path = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (output == NULL || *output == '\0')
    return mos_ctl_usage (self, "%s", _ ("Needed is --output: the CSV file to be written"));
  if (!mos_ctl_read (self, do_export, &call, &error))
    return mos_ctl_fail (self, error);
  path = mos_ctl_path (self, output);
  return mos_ctl_write_file (self, path, call.csv->str, call.csv->len, force);
}
