/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-order-list.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"
#include "mos-test.h"

/* The list of all orders: which it shows, in what order, and that it follows the store without reading what nobody looks at. */

typedef struct
{
  const char *id, *number, *email, *phone, *name;
  MosOrderStatus status;
  int days;
  gboolean is_sent;
  gboolean is_other;
} Row;

static const Row table[] = {
  { "1", "DE-0017", "ana@mail.example", "", "Ana Muñoz", MOS_ORDER_PROCESSING, 9, FALSE, FALSE },
  { "2", "#1001", "guest@mail.example", "4915112345678", "Gus Guest", MOS_ORDER_PAID, 8, FALSE, FALSE },
  { "3", "#1002", "ana@mail.example", "", "Ana Muñoz", MOS_ORDER_PAID, 1, FALSE, TRUE },
  { "4", "#2001", "sent@mail.example", "", "Sent Already", MOS_ORDER_PROCESSING, 20, TRUE, TRUE },
  { "5", "#3001", "", "", "", MOS_ORDER_CANCELLED, 30, FALSE, FALSE },
};

typedef struct
{
  guint n; /* rows of the table that are taken in */
  char *shop;
  char *other;
  MosOrderFilter *filter;
  char *found;
  const char *status_of_2; /* (nullable): a newer one of it */
} Data;

static void
data_clear (Data *data)
{
  g_free (data->shop);
  g_free (data->other);
  g_free (data->found);
  g_clear_pointer (&data->filter, mos_order_filter_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Data, data_clear)

static MosOrder *
make (const char *shop,
      const Row *row,
      const char *status)
{
  MosOrder *order = mos_order_make (shop, row->id);

  order->created_us = MOS_TEST_NOW_US - row->days * G_TIME_SPAN_DAY;
  order->modified_us = MOS_TEST_NOW_US + (status != NULL ? 1 : 0);
  order->status_kind = status != NULL ? mos_order_status_from_nick (status, MOS_ORDER_PENDING) : row->status;
  g_set_str (&order->number, row->number);
  g_set_str (&order->email, row->email);
  g_set_str (&order->phone, row->phone);
  g_set_str (&order->name, row->name);
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, "10");
  if (row->is_sent)
    mos_order_add_shipment (order);
  return order;
}

static gboolean
do_take (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Data *self = data;
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Mugs", "mugs");
  g_autoptr (MosShopAccount) other = mos_shop_account_make (MOS_SHOP_CSV, "Other", "other");
  g_autoptr (GPtrArray) mine = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  g_autoptr (GPtrArray) theirs = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);

  g_set_str (&self->shop, shop->id);
  g_set_str (&self->other, other->id);
  for (guint i = 0; i < self->n; i++)
    g_ptr_array_add (table[i].is_other ? theirs : mine, make (table[i].is_other ? other->id : shop->id, &table[i], i == 1 ? self->status_of_2 : NULL));
  return mos_store_shop_save (txn, shop, error) && mos_store_shop_save (txn, other, error) && mos_store_order_upsert (txn, shop->id, mine, NULL, NULL, error) &&
         mos_store_order_upsert (txn, other->id, theirs, NULL, NULL, error);
}

static gboolean
do_remove_other (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  return mos_store_shop_remove (txn, ((Data *) data)->other, error);
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Data *self = data;
  g_autoptr (MosIdVector) vector = mos_store_order_list_ids (txn, self->filter, error);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  GString *found = g_string_new (NULL);

  if (vector == NULL)
    return FALSE;
  ids = g_ptr_array_new_null_terminated (0, NULL, TRUE);
  for (guint i = 0; i < vector->ids->len; i++)
    g_ptr_array_add (ids, vector->ids->pdata[i]);
  orders = mos_store_order_list_some (txn, (const char *const *) ids->pdata, error);
  g_assert_nonnull (orders);
  g_assert_cmpuint (orders->len, ==, vector->ids->len);
  for (guint i = 0; i < orders->len; i++)
    {
      const MosOrder *order = orders->pdata[i];

      g_assert_cmpint (g_array_index (vector->keys, gint64, i), ==, order->created_us);
      g_string_append_printf (found, "%s%s", i > 0 ? " " : "", order->remote_id);
    }
  g_free (self->found);
  self->found = g_string_free (found, FALSE);
  return TRUE;
}

static void
assert_found (MosTestStore *t,
              Data *data,
              const char *expected)
{
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (t->store, do_list, data, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (data->found, ==, expected);
}

static MosOrderFilter *
fresh (Data *data)
{
  g_clear_pointer (&data->filter, mos_order_filter_unref);
  data->filter = mos_order_filter_new ();
  return data->filter;
}

static void
test_filter (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Data) data = { .n = G_N_ELEMENTS (table) };

  test_write (t->store, do_take, &data);
  g_assert_true (mos_order_filter_is_empty (fresh (&data)));
  assert_found (t, &data, "3 2 1 4 5");
  data.filter->is_oldest_first = TRUE;
  g_assert_true (mos_order_filter_is_empty (data.filter));
  assert_found (t, &data, "5 4 1 2 3");

  fresh (&data)->shop = g_strdup (data.other);
  g_assert_false (mos_order_filter_is_empty (data.filter));
  assert_found (t, &data, "3 4");
  fresh (&data)->has_status = TRUE;
  data.filter->status = MOS_ORDER_PROCESSING;
  assert_found (t, &data, "1 4");
  /* Half a parcel is a parcel; what came yesterday is not late. */
  fresh (&data)->late_days = 7;
  assert_found (t, &data, "2 1");
  data.filter->late_days = 9;
  assert_found (t, &data, "");
  data.filter->late_days = 1;
  data.filter->shop = g_strdup (data.other);
  assert_found (t, &data, "");

  fresh (&data)->from_us = MOS_TEST_NOW_US - 20 * G_TIME_SPAN_DAY;
  assert_found (t, &data, "3 2 1 4");
  data.filter->to_us = MOS_TEST_NOW_US - 8 * G_TIME_SPAN_DAY;
  assert_found (t, &data, "1 4");

  /* The shop is gone from everywhere. */
  test_write (t->store, do_remove_other, &data);
  fresh (&data);
  assert_found (t, &data, "2 1 5");
}

static void
test_search (void)
{
  static const struct
  {
    const char *text, *found;
  } cases[] = {
    { "1001", "2" },
    { "#100", "3 2" },
    { "17", "1" },
    { "0017", "1" },
    { "de-00", "1" },
    { "xx-17", "" },
    { "ana@mail.example", "3 1" },
    { "ANA@mail", "3 1" },
    { "munoz", "3 1" },
    { "ana mu", "3 1" },
    { "muñoz ana", "" },
    { "gus", "2" },
    { "+49 151 12345678", "2" },
    { "E-4915112345678", "" },
    { "%", "" },
    { "nobody", "" },
  };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Data) data = { .n = G_N_ELEMENTS (table) };

  test_write (t->store, do_take, &data);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].text);
      fresh (&data)->text = g_strdup (cases[i].text);
      assert_found (t, &data, cases[i].found);
    }
  /* With the rest of the filter. */
  fresh (&data)->text = g_strdup ("ana");
  data.filter->late_days = 5;
  assert_found (t, &data, "1");
}

/* --- the model --- */

typedef struct
{
  guint n;
  guint position;
  guint removed;
  guint added;
} Heard;

static void
on_items_changed (Heard *heard,
                  guint position,
                  guint removed,
                  guint added)
{
  heard->n++;
  heard->position = position;
  heard->removed = removed;
  heard->added = added;
}

static const char *
number_at (MosOrderList *list,
           guint position)
{
  g_autoptr (MosOrderEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (entry);
  mos_test_wait (mos_order_entry_get_order (entry) != NULL, 5000);
  g_assert_cmpstr (mos_order_entry_get_id (entry), ==, mos_order_list_get_id (list, position));
  return g_intern_string (mos_order_entry_get_order (entry)->number);
}

static void
test_model (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Data) data = { .n = 3 };
  g_autoptr (MosDesk) desk = NULL;
  g_autoptr (MosOrderList) list = NULL;
  g_autoptr (MosOrderFilter) filter = mos_order_filter_new ();
  g_autoptr (MosOrderEntry) seen = NULL;
  Heard heard = { 0 };

  test_write (t->store, do_take, &data);
  desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  list = mos_order_list_new (desk);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (on_items_changed), &heard);
  g_assert_true (mos_order_list_get_loading (list));
  mos_test_wait (!mos_order_list_get_loading (list), 5000);
  g_assert_no_error ((GError *) mos_order_list_get_error (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_cmpuint (heard.n, ==, 1);
  g_assert_null (mos_order_list_get_id (list, 3));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 3));

  /* A shell first, and the same one as long as somebody has it. */
  seen = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_null (mos_order_entry_get_order (seen));
  g_assert_cmpstr (number_at (list, 1), ==, "#1001");
  g_assert_nonnull (mos_order_entry_get_order (seen));
  g_assert_cmpstr (number_at (list, 0), ==, "#1002");

  /* Two more come, at the end: told as that, and nothing else. */
  data.n = 5;
  test_write (t->store, do_take, &data);
  mos_test_wait (g_list_model_get_n_items (G_LIST_MODEL (list)) == 5, 5000);
  g_assert_cmpuint (heard.n, ==, 2);
  g_assert_cmpuint (heard.position, ==, 3);
  g_assert_cmpuint (heard.removed, ==, 0);
  g_assert_cmpuint (heard.added, ==, 2);

  /* What changes in one that is looked at is shown there; the list stays as it is. */
  data.status_of_2 = "shipped";
  test_write (t->store, do_take, &data);
  mos_test_wait (mos_order_entry_get_order (seen)->status_kind == MOS_ORDER_SHIPPED, 5000);
  g_assert_cmpuint (heard.n, ==, 2);

  filter->has_status = TRUE;
  filter->status = MOS_ORDER_SHIPPED;
  mos_order_list_set_filter (list, filter);
  g_assert_true (mos_order_list_get_filter (list) == filter);
  mos_test_wait (!mos_order_list_get_loading (list), 5000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpstr (mos_order_entry_get_id (seen), ==, mos_order_list_get_id (list, 0));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-list/filter", test_filter);
  g_test_add_func ("/order-list/search", test_search);
  g_test_add_func ("/order-list/model", test_model);
  return g_test_run ();
}
