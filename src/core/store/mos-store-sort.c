/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-sort.h"

#include "core/base/mos-collation.h"
#include "core/store/mos-store-private.h"

/* --- the function --- */

/* Of one connection: the order that was asked for last */
typedef struct
{
  char *order;
  MosCollation *collation;
} Sorter;

static void
sorter_free (gpointer data)
{
  Sorter *self = data;

  g_clear_pointer (&self->collation, mos_collation_free);
  g_free (self->order);
  g_free (self);
}

static void
sort_key_sql_cb (sqlite3_context *context,
                 int n_values,
                 sqlite3_value **values)
{
  Sorter *self = sqlite3_user_data (context);
  const char *name = (const char *) sqlite3_value_text (values[0]), *order = (const char *) sqlite3_value_text (values[1]);
  int size = sqlite3_value_bytes (values[0]);
  g_autoptr (GBytes) key = NULL;

  if (name == NULL || !g_utf8_validate_len (name, (gsize) size, NULL))
    {
      sqlite3_result_zeroblob (context, 0);
      return;
    }
  if (self->collation == NULL || !g_str_equal (self->order, order != NULL ? order : ""))
    {
      g_set_str (&self->order, order != NULL ? order : "");
      g_clear_pointer (&self->collation, mos_collation_free);
      self->collation = mos_collation_new (self->order);
    }
  key = mos_collation_make_key (self->collation, name, (gsize) size);
  sqlite3_result_blob64 (context, g_bytes_get_size (key) > 0 ? g_bytes_get_data (key, NULL) : "", g_bytes_get_size (key), SQLITE_TRANSIENT);
}

gboolean
mos_sort_register (sqlite3 *handle)
{
  /* A trigger calls it. */
  return sqlite3_create_function_v2 (handle, "mos_sort_key", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, g_new0 (Sorter, 1), sort_key_sql_cb, NULL, NULL, sorter_free) == SQLITE_OK;
}

/* --- another order --- */

gboolean
mos_store_sort_customers (MosTxn *txn,
                          const char *order,
                          guint max,
                          gboolean *ret_more,
                          GError **error)
{
  g_autofree char *now = NULL;
  g_autofree char *at = NULL;
  g_autofree char *last = NULL;

  *ret_more = FALSE;
  if (!mos_database_get_text (txn->database, &now, error, "SELECT value FROM meta WHERE key = 'sort_order'", ""))
    return FALSE;
  if (g_strcmp0 (now, order) != 0 &&
      (!mos_database_exec (txn->database, error, "INSERT INTO meta (key, value) VALUES ('sort_order', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", "t", order) ||
       !mos_database_exec (txn->database, error, "INSERT INTO meta (key, value) VALUES ('sort_at', '') ON CONFLICT (key) DO UPDATE SET value = excluded.value", "")))
    return FALSE;
  if (!mos_database_get_text (txn->database, &at, error, "SELECT value FROM meta WHERE key = 'sort_at'", ""))
    return FALSE;
  if (at == NULL)
    return TRUE;
  if (!mos_database_get_text (txn->database, &last, error, "SELECT max (id) FROM (SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?)", "ti", at, (gint64) max))
    return FALSE;
  if (last == NULL)
    return mos_database_exec (txn->database, error, "DELETE FROM meta WHERE key = 'sort_at'", "");
  *ret_more = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE customer SET sort_key = mos_sort_key (name, ?) WHERE id > ? AND id <= ?", "ttt", order, at, last) &&
         mos_database_exec (txn->database, error, "UPDATE meta SET value = ? WHERE key = 'sort_at'", "t", last);
}
