/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-error.h"
#include "core/values/mos-order-action-values.h"
#include "mos-test.h"

/* Ceilings, shares, and what is against it. */

#define S ((gint64) G_USEC_PER_SEC)

static void
test_share (void)
{
  static const struct
  {
    const char *text;
    guint part;
    guint whole;
    guint digits;
    const char *expected;
  } table[] = {
    { "30.00", 1, 3, 2, "10.00" },
    { "10.00", 1, 3, 2, "3.33" },
    { "10.00", 2, 3, 2, "6.67" },
    { "10.00", 3, 3, 2, "10.00" },
    { "0.05", 1, 2, 2, "0.03" },
    { "0.04", 1, 8, 2, "0.01" },
    { "0.04", 1, 9, 2, "0.00" },
    { "1.5181", 1, 1, 2, "1.52" },
    { "1000", 1, 3, 0, "333" },
    { "5", 1, 1, 2, "5.00" },
    { "99999999999999999999.99", 1, 1, 2, "99999999999999999999.99" },
    { "12.50", 0, 4, 2, "0.00" },
    { "7.005", 1, 1, 2, "7.01" },
    { "100.00", 4000000, 4294967295u, 2, "0.09" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *share = mos_decimal_share (table[i].text, table[i].part, table[i].whole, table[i].digits);

      g_assert_cmpstr (share, ==, table[i].expected);
    }
}

static MosOrder *
make_order (const char *total,
            const char *refunded,
            MosOrderStatus status)
{
  MosOrder *order = mos_order_make ("shop", "1");

  g_set_str (&order->number, "1001");
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, total);
  g_set_str (&order->refunded, refunded);
  g_set_str (&order->email, "ana@example.com");
  order->status_kind = status;
  return order;
}

static void
test_obstacles (void)
{
  static const struct
  {
    MosOrderActionKind kind;
    MosOrderStatus status;
    const char *refunded;
    MosOrderObstacle expected;
  } table[] = {
    { MOS_ORDER_ACTION_REFUND, MOS_ORDER_PROCESSING, "0", MOS_ORDER_OBSTACLE_NONE },
    { MOS_ORDER_ACTION_REFUND, MOS_ORDER_SHIPPED, "10.00", MOS_ORDER_OBSTACLE_NONE },
    { MOS_ORDER_ACTION_REFUND, MOS_ORDER_REFUNDED, "20", MOS_ORDER_OBSTACLE_REFUNDED },
    { MOS_ORDER_ACTION_REFUND, MOS_ORDER_PENDING, "0", MOS_ORDER_OBSTACLE_UNPAID },
    { MOS_ORDER_ACTION_CANCEL, MOS_ORDER_PENDING, "0", MOS_ORDER_OBSTACLE_NONE },
    { MOS_ORDER_ACTION_CANCEL, MOS_ORDER_CANCELLED, "0", MOS_ORDER_OBSTACLE_CANCELLED },
    { MOS_ORDER_ACTION_CANCEL, MOS_ORDER_SHIPPED, "0", MOS_ORDER_OBSTACLE_SENT },
    { MOS_ORDER_ACTION_ADDRESS, MOS_ORDER_DELIVERED, "0", MOS_ORDER_OBSTACLE_SENT },
    { MOS_ORDER_ACTION_ADDRESS, MOS_ORDER_PAID, "0", MOS_ORDER_OBSTACLE_NONE },
    { MOS_ORDER_ACTION_NOTE, MOS_ORDER_CANCELLED, "20.00", MOS_ORDER_OBSTACLE_NONE },
    { MOS_ORDER_ACTION_RETURN, MOS_ORDER_PAID, "0", MOS_ORDER_OBSTACLE_NOT_SENT },
    { MOS_ORDER_ACTION_RETURN, MOS_ORDER_DELIVERED, "0", MOS_ORDER_OBSTACLE_NONE },
  };
  g_autoptr (MosOrder) nobody = make_order ("20.00", "0", MOS_ORDER_PAID);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosOrder) order = make_order ("20.00", table[i].refunded, table[i].status);

      g_assert_cmpint (mos_order_action_find_obstacle (table[i].kind, order), ==, table[i].expected);
    }
  g_set_str (&nobody->email, "");
  g_assert_cmpint (mos_order_action_find_obstacle (MOS_ORDER_ACTION_INVOICE, nobody), ==, MOS_ORDER_OBSTACLE_NO_EMAIL);
}

static void
test_shop_obstacles (void)
{
  const gint64 now = 1780000000 * S;
  static const struct
  {
    MosAccountState state;
    gint64 age_s; /* -1: never read */
    MosOrderObstacle expected;
  } table[] = {
    { MOS_ACCOUNT_READY, 60, MOS_ORDER_OBSTACLE_NONE },
    { MOS_ACCOUNT_READY, 3600, MOS_ORDER_OBSTACLE_STALE },
    { MOS_ACCOUNT_SYNCING, -1, MOS_ORDER_OBSTACLE_READING },
    { MOS_ACCOUNT_SYNCING, 60, MOS_ORDER_OBSTACLE_NONE },
    { MOS_ACCOUNT_OFFLINE, -1, MOS_ORDER_OBSTACLE_READING },
    { MOS_ACCOUNT_WAITING, 60, MOS_ORDER_OBSTACLE_OFFLINE },
    { MOS_ACCOUNT_AUTH_FAILED, 60, MOS_ORDER_OBSTACLE_KEY },
    { MOS_ACCOUNT_FAILED, 60, MOS_ORDER_OBSTACLE_TROUBLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Mugs", "https://mugs.example");

      shop->state = table[i].state;
      shop->last_sync_us = table[i].age_s >= 0 ? now - table[i].age_s * S : 0;
      g_assert_cmpint (mos_order_shop_find_obstacle (shop, now), ==, table[i].expected);
      mos_shop_account_set_setting (shop, "sample", "yes");
      g_assert_cmpint (mos_order_shop_find_obstacle (shop, now), ==, MOS_ORDER_OBSTACLE_SAMPLE);
    }
  g_assert_cmpint (mos_order_shop_find_obstacle (NULL, now), ==, MOS_ORDER_OBSTACLE_LACKING);
}

static char *
random_amount (GRand *random)
{
  return g_strdup_printf ("%d.%02d", g_rand_int_range (random, 0, 500), g_rand_int_range (random, 0, 100));
}

/* Whatever lines and quantities are taken, in whatever steps: nothing is given back that was not paid, and all of it can be. */
static void
test_ceiling (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261128);

  for (guint round = 0; round < 400; round++)
    {
      g_autofree char *total = g_strdup ("0.00");
      g_autofree char *paid = g_strdup ("0.00");
      g_autoptr (MosOrder) order = NULL;
      g_autoptr (MosOrderTerms) terms = NULL;
      guint n_lines = (guint) g_rand_int_range (random, 1, 6);

      order = make_order ("0.00", "0", MOS_ORDER_PAID);
      terms = mos_order_terms_make (mos_order_ref (order));
      terms->digits = 2;
      for (guint i = 0; i < n_lines; i++)
        {
          MosOrderTermsLine *line = mos_order_terms_add_line (terms);
          char *sum;

          g_free (line->id);
          line->id = g_strdup_printf ("%u", i);
          g_free (line->left);
          line->left = random_amount (random);
          line->is_counted = g_rand_boolean (random);
          line->quantity = line->quantity_left = line->is_counted ? (guint) g_rand_int_range (random, 1, 20) : 0;
          sum = mos_decimal_add (total, line->left);
          g_free (total);
          total = sum;
        }
      g_set_str (&order->total, total);
      g_set_str (&terms->left, total);
      for (guint step = 0; step < 60; step++)
        {
          MosOrderTermsLine *line = g_ptr_array_index (terms->lines, g_rand_int_range (random, 0, (int) n_lines));
          guint quantity = line->is_counted ? (guint) g_rand_int_range (random, 0, (int) line->quantity_left + 1) : (guint) g_rand_int_range (random, 0, 2);
          g_autofree char *share = mos_order_terms_share (terms, line, quantity);
          g_autofree char *beyond = mos_decimal_add (line->left, "0.01");
          g_autoptr (MosOrderAction) action = mos_order_action_make (MOS_ORDER_ACTION_REFUND, order, NULL);
          g_autoptr (MosOrderAction) greedy = mos_order_action_make (MOS_ORDER_ACTION_REFUND, order, NULL);
          g_autoptr (MosOrderAction) many = mos_order_action_make (MOS_ORDER_ACTION_REFUND, order, NULL);
          g_autoptr (GError) error = NULL;
          char *left, *sum;

          g_assert_cmpint (mos_locale_compare_decimal (share, line->left), <=, 0);
          /* More of a line than is left of it, in money or in number, never passes. */
          mos_order_action_add_line (greedy, line->id, line->is_counted ? line->quantity_left : 0, beyond);
          g_set_str (&greedy->amount, beyond);
          g_assert_false (mos_order_terms_check (terms, greedy, NULL));
          mos_order_action_add_line (many, line->id, line->quantity_left + 1, "0.00");
          g_assert_false (mos_order_terms_check (terms, many, NULL));
          if (mos_decimal_is_zero (share))
            continue;
          mos_order_action_add_line (action, line->id, line->is_counted ? quantity : 0, share);
          g_set_str (&action->amount, share);
          g_assert_true (mos_order_terms_check (terms, action, &error));
          g_assert_no_error (error);

          left = mos_decimal_subtract (line->left, share);
          g_free (line->left);
          line->left = left;
          line->quantity_left -= line->is_counted ? quantity : 0;
          left = mos_decimal_subtract (terms->left, share);
          g_free (terms->left);
          terms->left = left;
          sum = mos_decimal_add (paid, share);
          g_free (paid);
          paid = sum;
          g_assert_cmpint (mos_locale_compare_decimal (paid, total), <=, 0);
          g_assert_true (*terms->left != '-');
          /* With the last piece goes the last cent. */
          if (line->is_counted && line->quantity_left == 0)
            g_assert_true (mos_decimal_is_zero (line->left));
        }
    }
}

static void
test_check (void)
{
  g_autoptr (MosOrder) order = make_order ("20.00", "5.00", MOS_ORDER_PAID);
  g_autoptr (MosOrder) other = make_order ("20.00", "6.00", MOS_ORDER_PAID);
  g_autoptr (MosOrderTerms) terms = mos_order_terms_make (mos_order_ref (order));
  g_autoptr (MosOrderAction) action = mos_order_action_make (MOS_ORDER_ACTION_REFUND, order, NULL);
  g_autoptr (MosOrderAction) stale = mos_order_action_make (MOS_ORDER_ACTION_REFUND, other, NULL);
  g_autoptr (MosOrderAction) stranger = mos_order_action_make (MOS_ORDER_ACTION_REFUND, order, NULL);
  g_autoptr (MosOrderAction) note = mos_order_action_make (MOS_ORDER_ACTION_NOTE, other, NULL);
  static const char *const wrong[] = { "15.01", "0", "0.00", "-1", "20.00", "1e9", "" };
  GError *error = NULL;

  g_assert_cmpstr (terms->left, ==, "15.00");
  g_set_str (&action->amount, "15.00");
  g_assert_true (mos_order_terms_check (terms, action, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_set_str (&action->amount, wrong[i]);
      g_assert_false (mos_order_terms_check (terms, action, &error));
      g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TOO_MUCH);
      g_clear_error (&error);
    }
  g_set_str (&stale->amount, "1.00");
  g_assert_false (mos_order_terms_check (terms, stale, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_STALE);
  g_clear_error (&error);
  mos_order_action_add_line (stranger, "99", 1, "1.00");
  g_set_str (&stranger->amount, "1.00");
  g_assert_false (mos_order_terms_check (terms, stranger, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_STALE);
  g_clear_error (&error);
  /* A note hurts nothing, whatever changed meanwhile. */
  g_assert_true (mos_order_terms_check (terms, note, &error));
  terms->lacking = MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_NOTE);
  g_assert_false (mos_order_terms_check (terms, note, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
}

static void
test_json (void)
{
  g_autoptr (MosOrder) order = make_order ("20.00", "0", MOS_ORDER_PAID);
  g_autoptr (MosOrderAction) action = mos_order_action_make (MOS_ORDER_ACTION_ADDRESS, order, "id-1");
  g_autoptr (MosOrderAction) again = mos_order_action_make (MOS_ORDER_ACTION_ADDRESS, order, "id-1");
  g_autoptr (MosOrderAction) event = NULL;
  g_autofree char *request = NULL, *second = NULL, *told = NULL;

  mos_order_action_add_line (action, "315", 2, "23.80");
  g_set_str (&action->amount, "23.80");
  g_set_str (&action->reason, "„broken“");
  g_set_str (&action->address[MOS_ADDRESS_CITY], "Köln");
  action->restock = action->notify = TRUE;
  request = mos_order_action_dup_request (action);
  mos_order_action_read_request (again, request);
  second = mos_order_action_dup_request (again);
  g_assert_cmpstr (request, ==, second);
  g_assert_cmpstr (again->address[MOS_ADDRESS_CITY], ==, "Köln");
  mos_order_action_read_request (again, "no JSON");
  mos_order_action_read_request (again, "[]");
  mos_order_action_read_request (again, "{\"lines\":[7,null],\"address\":3}");

  told = mos_order_action_dup_event (action);
  g_assert_null (strstr (told, "broken"));
  g_assert_null (strstr (told, "Köln"));
  event = mos_order_action_read_event (told);
  g_assert_cmpstr (event->number, ==, "1001");
  g_assert_cmpstr (event->amount, ==, "23.80");
  g_assert_cmpint (event->kind, ==, MOS_ORDER_ACTION_ADDRESS);
  g_assert_null (mos_order_action_read_event ("x"));
  g_assert_null (mos_order_action_read_event ("{}"));
  g_assert_null (mos_order_action_read_event (NULL));
}

/* What cannot be sent to is refused; a country that the shop itself has, whatever it is, is left as it is. */
static void
test_address (void)
{
  g_autoptr (MosOrderTerms) terms = mos_order_terms_make (make_order ("20.00", "0", MOS_ORDER_PAID));

  g_set_str (&terms->address[MOS_ADDRESS_COUNTRY], "Spain");
  g_assert_false (mos_order_terms_is_part_right (terms, MOS_ADDRESS_LINE1, ""));
  g_assert_false (mos_order_terms_is_part_right (terms, MOS_ADDRESS_CITY, ""));
  g_assert_true (mos_order_terms_is_part_right (terms, MOS_ADDRESS_CITY, "León"));
  g_assert_true (mos_order_terms_is_part_right (terms, MOS_ADDRESS_LINE2, ""));
  g_assert_true (mos_order_terms_is_part_right (terms, MOS_ADDRESS_COUNTRY, "Spain"));
  g_assert_true (mos_order_terms_is_part_right (terms, MOS_ADDRESS_COUNTRY, "ES"));
  g_assert_false (mos_order_terms_is_part_right (terms, MOS_ADDRESS_COUNTRY, "XX"));
  g_assert_false (mos_order_terms_is_part_right (terms, MOS_ADDRESS_COUNTRY, "Germany"));
  g_assert_false (mos_order_terms_is_part_right (terms, MOS_ADDRESS_COUNTRY, ""));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-actions/share", test_share);
  g_test_add_func ("/order-actions/obstacles", test_obstacles);
  g_test_add_func ("/order-actions/shop-obstacles", test_shop_obstacles);
  g_test_add_func ("/order-actions/ceiling", test_ceiling);
  g_test_add_func ("/order-actions/address", test_address);
  g_test_add_func ("/order-actions/check", test_check);
  g_test_add_func ("/order-actions/json", test_json);
  return g_test_run ();
}
