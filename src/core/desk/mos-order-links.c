/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-order-links.h"

#include "core/automation/mos-order-numbers.h"
#include "core/base/mos-error.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"

#include <string.h>

/* So many of its newest numbers say what a shop's look like. */
#define SAMPLE 100
#define MAX_ALIKE 4
/* Of an order that comes after the mail that names it: so many mails are looked at, from so long before the order on (clocks differ), where its number
 * has so many signs: "17" stands anywhere. */
#define MAX_NAMING 20
#define BEFORE_US G_TIME_SPAN_DAY
#define MIN_NUMBER 4

static GPtrArray *
list_numbers (MosTxn *txn,
              GError **error)
{
  g_autoptr (GPtrArray) shops = mos_store_shop_list_ids (txn, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; shops != NULL && i < shops->len; i++)
    {
      GPtrArray *numbers = mos_store_order_list_numbers (txn, shops->pdata[i], SAMPLE, error);

      if (numbers == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (all, numbers);
    }
  return shops != NULL ? g_steal_pointer (&all) : NULL;
}

/* Nobody whom the desk knows has its address or number: a guest ordered it, who is not whoever names it. */
static gboolean
is_strangers (const MosOrder *order)
{
  return order->customer == NULL && (*order->email != '\0' || *order->phone != '\0');
}

/* What says whose it was is gone for good: nobody takes it up by naming it. */
static gboolean
is_free (MosTxn *txn,
         const MosOrder *order,
         gboolean *ret_is,
         GError **error)
{
  gboolean is_erased = FALSE;

  *ret_is = FALSE;
  if (order->customer != NULL || is_strangers (order))
    return TRUE;
  if (!mos_store_erased_find (txn, MOS_ERASED_ORDER, order->id, &is_erased, error))
    return FALSE;
  *ret_is = !is_erased;
  return TRUE;
}

static gboolean
link_mention (MosTxn *txn,
              const char *conversation,
              const char *customer,
              const MosOrderMention *mention,
              GError **error)
{
  g_autoptr (GPtrArray) orders = mos_store_order_find_number (txn, mention->number, MAX_ALIKE, error);

  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      const MosOrder *order = orders->pdata[i];
      gboolean is_theirs = customer != NULL && g_strcmp0 (order->customer, customer) == 0, is_nobodys = FALSE;

      if (!is_theirs && !(mention->is_sure && orders->len == 1))
        continue;
      if (!mos_store_order_attach (txn, conversation, order->id, MOS_ORDER_PROOF_NUMBER, error) ||
          !is_free (txn, order, &is_nobodys, error) ||
          (customer != NULL && is_nobodys && !mos_store_order_link (txn, order->id, customer, MOS_ORDER_PROOF_NUMBER, error)))
        return FALSE;
    }
  return orders != NULL;
}

/* Returns: array of #MosOrderMention; empty where there is no order at all */
static GPtrArray *
find_mentions (MosTxn *txn,
               const char *subject,
               const char *text,
               GError **error)
{
  g_autofree char *whole = g_strconcat (subject != NULL ? subject : "", "\n", text != NULL ? text : "", NULL);
  g_autoptr (GPtrArray) numbers = NULL;
  g_autoptr (MosOrderNumbers) shapes = NULL;

  if (strpbrk (whole, "0123456789") == NULL)
    return g_ptr_array_new ();
  numbers = list_numbers (txn, error);
  if (numbers == NULL)
    return NULL;
  shapes = mos_order_numbers_learn (numbers);
  return mos_order_numbers_find (shapes, whole);
}

gboolean
mos_order_links_find (MosTxn *txn,
                      const char *conversation,
                      const char *customer,
                      const char *subject,
                      const char *text,
                      GError **error)
{
  g_autoptr (GPtrArray) mentions = find_mentions (txn, subject, text, error);

  for (guint i = 0; mentions != NULL && i < mentions->len; i++)
    if (!link_mention (txn, conversation, customer, mentions->pdata[i], error))
      return FALSE;
  return mentions != NULL;
}

GPtrArray *
mos_order_links_list_others (MosTxn *txn,
                             const char *customer,
                             const char *subject,
                             const char *text,
                             GError **error)
{
  g_autoptr (GPtrArray) mentions = find_mentions (txn, subject, text, error);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);

  for (guint i = 0; mentions != NULL && i < mentions->len; i++)
    {
      const MosOrderMention *mention = mentions->pdata[i];
      g_autoptr (GPtrArray) orders = NULL;
      gboolean may_be_theirs = FALSE;

      if (!mention->is_sure)
        continue;
      orders = mos_store_order_find_number (txn, mention->number, MAX_ALIKE, error);
      if (orders == NULL)
        return NULL;
      for (guint k = 0; k < orders->len; k++)
        {
          const MosOrder *order = orders->pdata[k];

          may_be_theirs = may_be_theirs || (order->customer == NULL ? !is_strangers (order) : g_strcmp0 (order->customer, customer) == 0);
        }
      if (orders->len > 0 && !may_be_theirs)
        g_ptr_array_add (others, mos_order_ref (orders->pdata[0]));
    }
  return mentions != NULL ? g_steal_pointer (&others) : NULL;
}

/* --- an order comes after the mail --- */

static gboolean
find_naming (MosTxn *txn,
             const MosOrder *order,
             GError **error)
{
  g_autoptr (GPtrArray) namings = NULL;

  if (g_utf8_strlen (order->number, -1) < MIN_NUMBER)
    return TRUE;
  namings = mos_store_order_list_naming (txn, order->number, order->created_us - BEFORE_US, MAX_NAMING, error);
  for (guint i = 0; namings != NULL && i < namings->len; i++)
    {
      const MosOrderNaming *naming = namings->pdata[i];

      if (!mos_order_links_find (txn, naming->conversation, naming->customer, naming->subject, naming->text, error))
        return FALSE;
    }
  return namings != NULL;
}

gboolean
mos_order_links_take_page (MosTxn *txn,
                           const char *shop,
                           GPtrArray *orders,
                           const char *cursor,
                           MosOrderCounts *counts,
                           GError **error)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();

  for (guint i = 0; i < orders->len; i++)
    {
      MosOrder *order = g_ptr_array_index (orders, i);
      gboolean exists;

      if (!mos_store_order_exists (txn, order->id, &exists, error))
        return FALSE;
      if (!exists)
        g_ptr_array_add (fresh, order);
    }
  if (!mos_store_order_upsert (txn, shop, orders, cursor, counts, error))
    return FALSE;
  for (guint i = 0; i < fresh->len; i++)
    if (!find_naming (txn, fresh->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* --- by hand --- */

static gboolean
find_order (MosTxn *txn,
            const char *id,
            MosOrder **ret_order,
            GError **error)
{
  if (!mos_store_order_find (txn, id, ret_order, error))
    return FALSE;
  if (*ret_order == NULL)
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No order %s", id);
  return *ret_order != NULL;
}

gboolean
mos_order_links_take (MosTxn *txn,
                      const char *order,
                      const char *customer,
                      const char *conversation,
                      GError **error)
{
  g_autoptr (MosOrder) row = NULL;

  return find_order (txn, order, &row, error) &&
         (customer == NULL || mos_store_order_link (txn, order, customer, MOS_ORDER_PROOF_HAND, error)) &&
         (conversation == NULL || mos_store_order_attach (txn, conversation, order, MOS_ORDER_PROOF_HAND, error));
}

gboolean
mos_order_links_drop (MosTxn *txn,
                      const char *order,
                      const char *customer,
                      const char *conversation,
                      GError **error)
{
  g_autoptr (MosOrder) row = NULL;

  if (!find_order (txn, order, &row, error))
    return FALSE;
  if (customer != NULL && row->customer != NULL && strcmp (row->customer, customer) != 0)
    {
      /* Theirs it is not, and whose it is this says nothing about. */
      if (conversation != NULL)
        return mos_store_order_detach (txn, conversation, order, error);
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Order %s is somebody else's", row->number);
      return FALSE;
    }
  return (customer == NULL || mos_store_order_link (txn, order, NULL, MOS_ORDER_PROOF_HAND, error)) &&
         (conversation == NULL || mos_store_order_detach (txn, conversation, order, error));
}
