/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-order-links.h"

#include "core/automation/mos-order-numbers.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"

#include <string.h>

/* So many of its newest numbers say what a shop's look like. */
#define SAMPLE 100
#define MAX_ALIKE 4

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
      gboolean is_theirs = customer != NULL && g_strcmp0 (order->customer, customer) == 0;

      if (!is_theirs && !(mention->is_sure && orders->len == 1))
        continue;
      if (!mos_store_order_attach (txn, conversation, order->id, MOS_ORDER_PROOF_NUMBER, error) ||
          (customer != NULL && order->customer == NULL && !mos_store_order_link (txn, order->id, customer, MOS_ORDER_PROOF_NUMBER, error)))
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

          may_be_theirs = may_be_theirs || order->customer == NULL || g_strcmp0 (order->customer, customer) == 0;
        }
      if (orders->len > 0 && !may_be_theirs)
        g_ptr_array_add (others, mos_order_ref (orders->pdata[0]));
    }
  return mentions != NULL ? g_steal_pointer (&others) : NULL;
}
