/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-tokenizer.h"

#include <string.h>

/* The orders of all shops as a list: ids alone, for there may be hundreds of thousands of them. The index holds all that is asked about, so that no row is read. */

/* U+10FFFF ends a prefix. */
#define PREFIX_END "\xf4\x8f\xbf\xbf"
/* Of so many customers at most, who are found by the words of a search */
#define MAX_CUSTOMERS 500

static gboolean
add_ids (GHashTable *ids,
         MosStatement *statement,
         GError **error)
{
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_hash_table_add (ids, mos_statement_dup_text (statement, 0));
  return r == 0;
}

/* The number or the address begins with @text, or it is the phone number. */
static gboolean
add_by_text (MosTxn *txn,
             const char *text,
             GHashTable *ids,
             GError **error)
{
  g_autofree char *number = mos_order_fold_number (text);
  g_autofree char *number_end = g_strconcat (number, PREFIX_END, NULL);
  g_autofree char *digits = strspn (number, "0123456789") == strlen (number) ? mos_order_number_digits (number) : g_strdup ("");
  g_autofree char *address = mos_text_canonical_address (text);
  g_autofree char *address_end = g_strconcat (address, PREFIX_END, NULL);
  /* "E-6" is no phone number, whatever digits it has. */
  g_autofree char *canonical = mos_phone_canonical (text);
  g_autofree char *phone = mos_phone_digits (canonical, NULL);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT id FROM shop_order WHERE ?1 <> '' AND number_folded >= ?1 AND number_folded < ?2 UNION ALL SELECT id FROM shop_order WHERE ?3 <> '' AND number_digits = ?3"
                          " UNION ALL SELECT id FROM shop_order WHERE ?4 <> '' AND email <> '' AND email >= ?4 AND email < ?5 UNION ALL SELECT id FROM shop_order WHERE phone <> '' AND phone = ?6",
                          "tttttt", number, number_end, digits, address, address_end, phone);

  return add_ids (ids, statement, error);
}

static gboolean
add_of_customers (MosTxn *txn,
                  const char *text,
                  GHashTable *ids,
                  GError **error)
{
  g_autoptr (GPtrArray) customers = mos_store_customer_search (txn, text, MAX_CUSTOMERS, error);

  for (guint i = 0; customers != NULL && i < customers->len; i++)
    {
      g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM shop_order WHERE customer = ?", "t", ((MosCustomerRow *) customers->pdata[i])->id);

      if (!add_ids (ids, statement, error))
        return FALSE;
    }
  return customers != NULL;
}

#define LIST(order)                                                                                                                                                                    \
  "SELECT o.id, o.created_at, o.name FROM shop_order o INDEXED BY shop_order_placed WHERE o.created_at >= ?1 AND (?2 = 0 OR o.created_at < ?2) AND (?3 IS NULL OR o.status_kind = ?3)" \
  " AND o.shop IN (SELECT id FROM shop WHERE deleted_at = 0 AND (?4 IS NULL OR id = ?4)) AND (?5 = 0 OR (o.created_at < ?5 AND " MOS_ORDER_IS_LATE ")) ORDER BY o.created_at " order

MosIdVector *
mos_store_order_list_ids (MosTxn *txn,
                          const MosOrderFilter *filter,
                          GError **error)
{
  gboolean is_search = filter->text != NULL && *filter->text != '\0';
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MosTextPattern) name = is_search ? mos_text_pattern_new (filter->text, TRUE) : NULL;
  g_autoptr (MosIdVector) vector = mos_id_vector_make ();
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (is_search && (!add_by_text (txn, filter->text, found, error) || !add_of_customers (txn, filter->text, found, error)))
    return NULL;
  statement = mos_database_query (txn->database, error, filter->is_oldest_first ? LIST ("ASC, o.id ASC") : LIST ("DESC, o.id DESC"), "iitti", filter->from_us, filter->to_us,
                                  filter->has_status ? mos_order_status_to_nick (filter->status) : NULL, filter->shop, filter->late_days > 0 ? txn->now_us - filter->late_days * G_TIME_SPAN_DAY : 0);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *id = mos_statement_get_text (statement, 0);

      if (!is_search || g_hash_table_contains (found, id) || mos_text_pattern_is_in (name, mos_statement_get_text (statement, 2)))
        mos_id_vector_add (vector, id, mos_statement_get_int (statement, 1));
    }
  return r == 0 ? g_steal_pointer (&vector) : NULL;
}
