/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-orders-here.h"

#include "core/store/mos-store-journey.h"
#include "core/store/mos-store-orders.h"

#include <string.h>

/* "17" may be a size, a price or a day. */
#define MIN_NUMBER 4

static gboolean
is_of_word (const char *text,
            const char *at)
{
  return at != text && (g_unichar_isalnum (g_utf8_get_char (g_utf8_find_prev_char (text, at))));
}

gboolean
mos_order_is_named (const MosOrder *order,
                    const char *text)
{
  g_autofree char *number = mos_order_fold_number (order->number);
  gsize len = strlen (number);

  if (len < MIN_NUMBER)
    return FALSE;
  for (const char *at = strstr (text, number); at != NULL; at = strstr (at + len, number))
    if (!is_of_word (text, at) && !g_unichar_isalnum (g_utf8_get_char (at + len)))
      return TRUE;
  return FALSE;
}

static gboolean
has_order (GPtrArray *orders,
           const char *id)
{
  for (guint i = 0; i < orders->len; i++)
    if (strcmp (((MosOrder *) g_ptr_array_index (orders, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* In a conversation an order bears the proof that it is spoken of there; as a customer's, the one that it is theirs, which says more. */
static void
prefer (GPtrArray *orders,
        GPtrArray *theirs)
{
  for (guint i = 0; i < orders->len; i++)
    for (guint j = 0; j < theirs->len; j++)
      {
        MosOrder *here = g_ptr_array_index (orders, i), *order = g_ptr_array_index (theirs, j);

        if (strcmp (here->id, order->id) == 0)
          {
            g_ptr_array_index (orders, i) = mos_order_ref (order);
            mos_order_unref (here);
            break;
          }
      }
}

/* Those that @text names, or, @named being %FALSE, those that it does not. */
static void
add (GPtrArray *orders,
     GPtrArray *theirs,
     guint max,
     const char *text,
     gboolean named)
{
  for (guint i = 0; i < MIN (theirs->len, max); i++)
    {
      MosOrder *order = g_ptr_array_index (theirs, i);

      if (!has_order (orders, order->id) && (!named || mos_order_is_named (order, text)))
        g_ptr_array_add (orders, mos_order_ref (order));
    }
}

GPtrArray *
mos_orders_here_load (MosTxn *txn,
                      const char *conversation,
                      const char *customer,
                      guint max,
                      guint *ret_n_here,
                      gboolean *ret_has_more,
                      GError **error)
{
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GPtrArray) theirs = NULL;
  g_autofree char *text = NULL;

  orders = conversation != NULL ? mos_store_order_list_of_conversation (txn, conversation, max, error) : g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  if (orders == NULL)
    return NULL;
  theirs = customer != NULL ? mos_store_order_list_of_customer (txn, customer, max + 1, error) : g_ptr_array_new ();
  if (theirs == NULL)
    return NULL;
  prefer (orders, theirs);
  if (conversation != NULL && theirs->len > 0)
    {
      text = mos_store_journey_dup_text (txn, conversation, error);
      if (text == NULL)
        return NULL;
      add (orders, theirs, max, text, TRUE);
    }
  *ret_n_here = orders->len;
  add (orders, theirs, max, NULL, FALSE);
  if (ret_has_more != NULL)
    *ret_has_more = theirs->len > max;
  return g_steal_pointer (&orders);
}

const char *
mos_orders_here_get_country (GPtrArray *orders,
                             MosCustomerRow *customer)
{
  g_return_val_if_fail (customer != NULL, NULL);

  if (customer->country != NULL && *customer->country != '\0')
    return customer->country;
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      const MosOrder *order = orders->pdata[i];

      if (g_strcmp0 (order->customer, customer->id) == 0 && *order->country != '\0')
        return order->country;
    }
  return NULL;
}
