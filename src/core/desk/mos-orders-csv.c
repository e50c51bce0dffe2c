/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-orders-csv.h"

#include "core/base/mos-error.h"

#include <string.h>

/* A file, and how it is understood. */

#define SAMPLE 5
#define SETTING "csv"

/* --- values --- */

static void
mos_orders_csv_clear (MosOrdersCsv *self)
{
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self->encoding);
  g_strfreev (self->headings);
  g_clear_pointer (&self->sample, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosOrdersCsv, orders_csv)

static void
mos_orders_plan_clear (MosOrdersPlan *self)
{
  g_free (self->columns);
  g_clear_pointer (&self->statuses, g_hash_table_unref);
}

MOS_DEFINE_VALUE (MosOrdersPlan, orders_plan)

static void
mos_orders_report_clear (MosOrdersReport *self)
{
  g_clear_pointer (&self->statuses, g_ptr_array_unref);
  g_clear_pointer (&self->troubles, g_ptr_array_unref);
  g_clear_pointer (&self->preview, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosOrdersReport, orders_report)

/* --- the file --- */

MosOrdersCsv *
mos_orders_csv_read (GBytes *data,
                     GError **error)
{
  g_autoptr (MosOrdersCsv) self = mos_orders_csv_new ();
  const char *encoding;
  MosCsvReader reader;

  self->text = mos_csv_decode (data, &encoding, error);
  if (self->text == NULL)
    return NULL;
  self->encoding = g_strdup (encoding);
  self->sample = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  mos_csv_reader_init (&reader, g_bytes_get_data (self->text, NULL), g_bytes_get_size (self->text));
  self->separator = reader.separator;
  if (!mos_csv_reader_next (&reader, &self->headings, NULL, error))
    return NULL;
  if (self->headings == NULL || g_strv_length (self->headings) < 2)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Its first line has no headings with commas, semicolons or tabs between them");
      return NULL;
    }
  for (;;)
    {
      g_auto (GStrv) record = NULL;

      if (!mos_csv_reader_next (&reader, &record, NULL, error))
        return NULL;
      if (record == NULL)
        return g_steal_pointer (&self);
      mos_csv_shape_add (&self->shape, record, g_strv_length (self->headings));
      if (self->sample->len < SAMPLE)
        g_ptr_array_add (self->sample, g_steal_pointer (&record));
    }
}

MosOrdersCsv *
mos_orders_csv_load_sync (GFile *file,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (256 * 1024);
  g_autoptr (GBytes) bytes = NULL;
  gssize n = stream != NULL ? 1 : -1;

  while (n > 0 && (n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, 256 * 1024, cancellable, error)) > 0)
    {
      if (data->len + (gsize) n > MOS_ORDERS_CSV_MAX)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "It is too large");
          return NULL;
        }
      g_byte_array_append (data, buffer, (guint) n);
    }
  if (n < 0)
    return NULL;
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&data));
  return mos_orders_csv_read (bytes, error);
}

/* --- how it is understood --- */

int
mos_orders_plan_find (const MosOrdersPlan *self,
                      MosOrderColumn column)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i] == column)
      return (int) i;
  return -1;
}

void
mos_orders_plan_set_column (MosOrdersPlan *self,
                            guint index,
                            MosOrderColumn column)
{
  int other = column != MOS_ORDER_COLUMN_NONE ? mos_orders_plan_find (self, column) : -1;

  g_return_if_fail (index < self->n_columns);

  if (other >= 0)
    self->columns[other] = MOS_ORDER_COLUMN_NONE;
  self->columns[index] = column;
}

void
mos_orders_plan_set_status (MosOrdersPlan *self,
                            const char *word,
                            MosOrderStatus kind)
{
  g_hash_table_replace (self->statuses, mos_csv_fold (word), GINT_TO_POINTER (kind));
}

MosOrdersPlan *
mos_orders_plan_copy (const MosOrdersPlan *self)
{
  MosOrdersPlan *copy = mos_orders_plan_new ();
  GHashTableIter iter;
  gpointer word, kind;

  copy->columns = g_memdup2 (self->columns, self->n_columns * sizeof *self->columns);
  copy->n_columns = self->n_columns;
  copy->decimals = self->decimals;
  copy->dates = self->dates;
  copy->decimals_before = self->decimals_before;
  copy->dates_before = self->dates_before;
  copy->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->statuses);
  while (g_hash_table_iter_next (&iter, &word, &kind))
    g_hash_table_replace (copy->statuses, g_strdup (word), kind);
  return copy;
}

/* A column called "Name" whose values are "#1001": as Shopify calls its numbers. */
static gboolean
looks_like_numbers (const MosOrdersCsv *csv,
                    guint column)
{
  guint n = 0;

  for (guint i = 0; i < csv->sample->len; i++)
    {
      char **record = csv->sample->pdata[i];
      const char *value = column < g_strv_length (record) ? record[column] : "";

      if (*value == '\0')
        continue;
      if (strpbrk (value, "0123456789") == NULL || strchr (value, ' ') != NULL || strchr (value, '@') != NULL)
        return FALSE;
      n++;
    }
  return n > 0;
}

static void
guess_columns (MosOrdersPlan *self,
               const MosOrdersCsv *csv)
{
  guint ranks[MOS_ORDER_N_COLUMNS] = { 0 };

  for (guint i = 0; i < self->n_columns; i++)
    {
      guint rank;
      MosOrderColumn column = mos_order_column_guess (csv->headings[i], &rank);

      if (column == MOS_ORDER_COLUMN_NAME && looks_like_numbers (csv, i))
        {
          column = MOS_ORDER_COLUMN_NUMBER;
          rank = G_MAXUINT;
        }
      if (column == MOS_ORDER_COLUMN_NONE || (mos_orders_plan_find (self, column) >= 0 && ranks[column] <= rank))
        continue;
      mos_orders_plan_set_column (self, i, column);
      ranks[column] = rank;
    }
  for (guint i = 0; i < self->n_columns && mos_orders_plan_find (self, MOS_ORDER_COLUMN_NUMBER) < 0; i++)
    {
      g_autofree char *folded = mos_csv_fold (csv->headings[i]);

      if (strcmp (folded, "id") == 0 && looks_like_numbers (csv, i))
        self->columns[i] = MOS_ORDER_COLUMN_NUMBER;
    }
}

static JsonObject *
kept_for (const MosShopAccount *shop)
{
  g_autofree char *text = shop != NULL ? mos_shop_account_dup_setting (shop, SETTING) : NULL;
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

static const char *
text_of (JsonObject *object,
         const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
}

static JsonObject *
object_of (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

MosOrdersPlan *
mos_orders_plan_make (const MosOrdersCsv *csv,
                      const MosShopAccount *shop)
{
  MosOrdersPlan *self = mos_orders_plan_new ();
  g_autoptr (JsonObject) kept = kept_for (shop);
  JsonObject *columns = kept != NULL ? object_of (kept, "columns") : NULL;
  JsonObject *statuses = kept != NULL ? object_of (kept, "statuses") : NULL;

  self->n_columns = g_strv_length (csv->headings);
  self->columns = g_new0 (MosOrderColumn, self->n_columns);
  self->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guess_columns (self, csv);
  if (kept == NULL)
    return self;
  for (guint i = 0; columns != NULL && i < self->n_columns; i++)
    {
      g_autofree char *folded = mos_csv_fold (csv->headings[i]);

      if (json_object_has_member (columns, folded))
        mos_orders_plan_set_column (self, i, mos_order_column_from_nick (text_of (columns, folded), MOS_ORDER_COLUMN_NONE));
    }
  self->decimals_before = mos_csv_decimals_from_nick (text_of (kept, "decimals"), MOS_CSV_DECIMALS_AUTO);
  self->dates_before = mos_csv_dates_from_nick (text_of (kept, "dates"), MOS_CSV_DATES_AUTO);
  if (statuses != NULL)
    {
      g_autoptr (GList) words = json_object_get_members (statuses);

      for (GList *l = words; l != NULL; l = l->next)
        mos_orders_plan_set_status (self, l->data, mos_order_status_from_nick (text_of (statuses, l->data), MOS_ORDER_PROCESSING));
    }
  return self;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
mos_orders_plan_keep (const MosOrdersPlan *self,
                      const MosOrdersCsv *csv,
                      MosShopAccount *shop)
{
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject *kept = json_node_get_object (root), *columns = json_object_new (), *statuses = json_object_new ();
  g_autoptr (GPtrArray) words = g_hash_table_get_keys_as_ptr_array (self->statuses);
  g_autofree char *text = NULL;

  json_object_unref (kept);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *folded = mos_csv_fold (csv->headings[i]);

      /* Of two with one heading the one that is used. */
      if (*folded != '\0' && (self->columns[i] != MOS_ORDER_COLUMN_NONE || !json_object_has_member (columns, folded)))
        json_object_set_string_member (columns, folded, mos_order_column_to_nick (self->columns[i]));
    }
  g_ptr_array_sort (words, compare_words);
  for (guint i = 0; i < words->len; i++)
    json_object_set_string_member (statuses, words->pdata[i], mos_order_status_to_nick ((MosOrderStatus) GPOINTER_TO_INT (g_hash_table_lookup (self->statuses, words->pdata[i]))));
  json_object_set_object_member (kept, "columns", columns);
  json_object_set_string_member (kept, "decimals", mos_csv_decimals_to_nick (self->decimals != MOS_CSV_DECIMALS_AUTO ? self->decimals : self->decimals_before));
  json_object_set_string_member (kept, "dates", mos_csv_dates_to_nick (self->dates != MOS_CSV_DATES_AUTO ? self->dates : self->dates_before));
  json_object_set_object_member (kept, "statuses", statuses);
  text = json_to_string (root, FALSE);
  mos_shop_account_set_setting (shop, SETTING, text);
}
