/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "app/shops/mos-orders-text.h"

#include "app/application/mos-error-text.h"
#include "app/customer/mos-order-text.h"
#include "app/widgets/mos-text-direction.h"
#include "core/base/mos-error.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
mos_orders_text_column (MosOrderColumn column)
{
  static const char *const names[] = {
    /* Translators: a column of a file that is not looked at */
    [MOS_ORDER_COLUMN_NONE] = N_ ("Not used"),
    [MOS_ORDER_COLUMN_NUMBER] = N_ ("Order number"),
    [MOS_ORDER_COLUMN_DATE] = N_ ("Date of the order"),
    [MOS_ORDER_COLUMN_MODIFIED] = N_ ("Last change"),
    /* Translators: of an order */
    [MOS_ORDER_COLUMN_STATUS] = N_ ("Status"),
    [MOS_ORDER_COLUMN_PAYMENT] = N_ ("Payment"),
    [MOS_ORDER_COLUMN_FULFILMENT] = N_ ("Fulfilment"),
    [MOS_ORDER_COLUMN_TOTAL] = N_ ("Total"),
    [MOS_ORDER_COLUMN_REFUNDED] = N_ ("Refunded"),
    [MOS_ORDER_COLUMN_CURRENCY] = N_ ("Currency"),
    [MOS_ORDER_COLUMN_EMAIL] = N_ ("E-mail address"),
    [MOS_ORDER_COLUMN_PHONE] = N_ ("Phone"),
    [MOS_ORDER_COLUMN_NAME] = N_ ("Customer’s name"),
    [MOS_ORDER_COLUMN_FIRST_NAME] = N_ ("First name"),
    [MOS_ORDER_COLUMN_LAST_NAME] = N_ ("Last name"),
    [MOS_ORDER_COLUMN_COMPANY] = N_ ("Company"),
    [MOS_ORDER_COLUMN_ADDRESS] = N_ ("Address"),
    [MOS_ORDER_COLUMN_ADDRESS_MORE] = N_ ("Address, second line"),
    [MOS_ORDER_COLUMN_POSTCODE] = N_ ("Postcode"),
    [MOS_ORDER_COLUMN_CITY] = N_ ("City"),
    [MOS_ORDER_COLUMN_REGION] = N_ ("Region"),
    [MOS_ORDER_COLUMN_COUNTRY] = N_ ("Country"),
    [MOS_ORDER_COLUMN_ITEM] = N_ ("Item"),
    [MOS_ORDER_COLUMN_SKU] = N_ ("Item’s SKU"),
    [MOS_ORDER_COLUMN_VARIANT] = N_ ("Item’s variant"),
    [MOS_ORDER_COLUMN_QUANTITY] = N_ ("Quantity"),
    [MOS_ORDER_COLUMN_PRICE] = N_ ("Price of one"),
    [MOS_ORDER_COLUMN_ITEM_TOTAL] = N_ ("Item’s total"),
    [MOS_ORDER_COLUMN_PICTURE] = N_ ("Item’s picture"),
    [MOS_ORDER_COLUMN_CARRIER] = N_ ("Carrier"),
    [MOS_ORDER_COLUMN_TRACKING] = N_ ("Parcel number"),
    [MOS_ORDER_COLUMN_TRACKING_URL] = N_ ("Parcel’s page"),
    [MOS_ORDER_COLUMN_NOTE] = N_ ("Customer’s note"),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == MOS_ORDER_N_COLUMNS);
  g_return_val_if_fail ((guint) column < G_N_ELEMENTS (names), "");

  return _ (names[column]);
}

char *
mos_orders_text_trouble (const MosCsvTrouble *trouble)
{
  g_autofree char *shown = g_utf8_strlen (trouble->value, -1) > 60 ? g_utf8_substring (trouble->value, 0, 60) : g_strdup (trouble->value);
  g_autofree char *value = mos_text_isolate (shown);
  g_autofree char *column = mos_text_isolate (trouble->column);

  switch (trouble->kind)
    {
    case MOS_CSV_TROUBLE_NO_NUMBER:
      return g_strdup (_ ("There is no order number"));
    case MOS_CSV_TROUBLE_AMOUNT:
      /* Translators: the heading of a column, then what stands there */
      return g_strdup_printf (_ ("%1$s: “%2$s” is no amount"), column, value);
    case MOS_CSV_TROUBLE_DATE:
      /* Translators: the heading of a column, then what stands there */
      return g_strdup_printf (_ ("%1$s: “%2$s” is no date"), column, value);
    case MOS_CSV_TROUBLE_FIELDS:
    default:
      if (*trouble->value == '\0')
        return g_strdup (_ ("There are fewer values than in other lines: the file may be cut short"));
      /* Translators: %s is the first value that has no heading above it */
      return g_strdup_printf (_ ("There are more values than headings: “%s”"), value);
    }
}

char *
mos_orders_text_file (const MosOrdersCsv *csv)
{
  const char *separated = csv->separator == ';' ? _ ("semicolons between the values") : csv->separator == '\t' ? _ ("tabs between the values")
                                                                                                               : _ ("commas between the values");
  /* Translators: the name of an encoding ("UTF-8"), then "commas between the values" */
  return g_strdup_printf (_ ("%1$s, %2$s"), csv->encoding, separated);
}

static void
take_part (GString *text,
           guint n,
           char *part /* (transfer full) */)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  g_free (part);
}

char *
mos_orders_text_counts (const MosOrdersReport *report,
                        gboolean is_done)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const MosOrderCounts *counts = &report->counts;

  take_part (text, counts->n_new, g_strdup_printf (ngettext ("%u new order", "%u new orders", counts->n_new), counts->n_new));
  take_part (text, counts->n_changed, g_strdup_printf (is_done ? ngettext ("%u changed", "%u changed", counts->n_changed) : ngettext ("%u that changes", "%u that change", counts->n_changed), counts->n_changed));
  take_part (text, counts->n_same, g_strdup_printf (ngettext ("%u is here already", "%u are here already", counts->n_same), counts->n_same));
  take_part (text, counts->n_older, g_strdup_printf (ngettext ("%u is known in a newer state", "%u are known in a newer state", counts->n_older), counts->n_older));
  take_part (text, report->n_left_out, g_strdup_printf (is_done ? ngettext ("%u left out", "%u left out", report->n_left_out) : ngettext ("%u that cannot be read", "%u that cannot be read", report->n_left_out), report->n_left_out));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : g_strdup (_ ("There are no orders in this file."));
}

char *
mos_orders_text_missing (const MosOrdersPlan *plan)
{
  static const MosOrderColumn wanted[] = { MOS_ORDER_COLUMN_NUMBER, MOS_ORDER_COLUMN_DATE, MOS_ORDER_COLUMN_STATUS, MOS_ORDER_COLUMN_TOTAL, MOS_ORDER_COLUMN_EMAIL, MOS_ORDER_COLUMN_NAME, MOS_ORDER_COLUMN_ITEM };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      gboolean is_there = mos_orders_plan_find (plan, wanted[i]) >= 0;

      if (wanted[i] == MOS_ORDER_COLUMN_NAME)
        is_there = is_there || mos_orders_plan_find (plan, MOS_ORDER_COLUMN_LAST_NAME) >= 0 || mos_orders_plan_find (plan, MOS_ORDER_COLUMN_FIRST_NAME) >= 0;
      if (wanted[i] == MOS_ORDER_COLUMN_STATUS)
        is_there = is_there || mos_orders_plan_find (plan, MOS_ORDER_COLUMN_FULFILMENT) >= 0 || mos_orders_plan_find (plan, MOS_ORDER_COLUMN_PAYMENT) >= 0;
      if (is_there)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", mos_orders_text_column (wanted[i]));
    }
  return g_string_free (text, FALSE);
}

char *
mos_orders_text_preview (const MosOrder *order,
                         gint64 now_us)
{
  g_autofree char *summary = mos_order_summary_text (order, now_us);
  g_autoptr (GString) text = g_string_new (summary);

  if (*order->name != '\0' || *order->email != '\0')
    g_string_append_printf (text, "\n%s", *order->name != '\0' ? order->name : order->email);
  for (guint i = 0; i < order->items->len; i++)
    {
      const MosOrderItem *item = order->items->pdata[i];

      /* Translators: how many of a thing, and its name */
      g_autofree char *line = g_strdup_printf (_ ("%1$s × %2$s"), item->quantity, *item->name != '\0' ? item->name : item->sku);

      g_string_append_printf (text, "%s%s", i == 0 ? "\n" : ", ", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mos_orders_text_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return g_strdup_printf (_ ("The file is too large: up to %u MB can be read. Export fewer months at once."), (guint) (MOS_ORDERS_CSV_MAX / (1024 * 1024)));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    /* Translators: %s is what is wrong, in English: "A quote of line 7 is never closed" */
    return g_strdup_printf (_ ("This is no CSV file with headings in its first line, or it is damaged (%s). Nothing was imported. Export the orders again as CSV."), error->message);
  if (error->domain == G_IO_ERROR)
    return g_strdup (_ ("The file could not be read. Nothing was imported."));
  return g_strdup (mos_error_text (error).sentence);
}
