/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-journey.h"

#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-journey.h"
#include "core/store/mos-store-orders.h"

#include <string.h>

/* "Who is this?": a telephone shows a number, a caller reads one off a parcel. */

#define MAX_FOUND 50

static void
mos_who_clear (MosWho *self)
{
  g_clear_pointer (&self->customer, mos_customer_row_unref);
  g_clear_pointer (&self->order, mos_order_unref);
  g_clear_pointer (&self->conversation, mos_journey_conversation_unref);
}

MOS_DEFINE_VALUE (MosWho, who)

typedef struct
{
  MosTxn *txn;
  GPtrArray *found; /* of MosWho */
  guint max;
} Search;

static gboolean
has_customer (Search *self,
              const char *customer)
{
  for (guint i = 0; i < self->found->len; i++)
    {
      const MosWho *who = g_ptr_array_index (self->found, i);

      if (who->customer != NULL && strcmp (who->customer->id, customer) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_order (Search *self,
           const char *order)
{
  for (guint i = 0; i < self->found->len; i++)
    {
      const MosWho *who = g_ptr_array_index (self->found, i);

      if (who->order != NULL && strcmp (who->order->id, order) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_customer (Search *self,
              const char *customer,
              MosOrder *order,
              GError **error)
{
  g_autoptr (MosWho) who = mos_who_new ();
  g_autoptr (GPtrArray) conversations = NULL;

  if (self->found->len >= self->max || (order == NULL && customer != NULL && has_customer (self, customer)))
    return TRUE;
  who->order = order != NULL ? mos_order_ref (order) : NULL;
  if (customer != NULL)
    {
      if (!mos_store_customer_find (self->txn, customer, &who->customer, error))
        return FALSE;
      conversations = who->customer != NULL ? mos_store_journey_list_conversations (self->txn, customer, 1, error) : NULL;
      if (who->customer != NULL && conversations == NULL)
        return FALSE;
      if (conversations != NULL && conversations->len > 0)
        who->conversation = mos_journey_conversation_ref (g_ptr_array_index (conversations, 0));
    }
  if (who->customer != NULL || who->order != NULL)
    g_ptr_array_add (self->found, g_steal_pointer (&who));
  return TRUE;
}

/* @orders: (transfer full) (nullable) */
static gboolean
add_orders (Search *self,
            GPtrArray *orders,
            GError **error)
{
  g_autoptr (GPtrArray) owned = orders;

  if (owned == NULL)
    return FALSE;
  for (guint i = 0; i < owned->len; i++)
    {
      MosOrder *order = g_ptr_array_index (owned, i);

      if (!has_order (self, order->id) && !add_customer (self, order->customer, order, error))
        return FALSE;
    }
  return TRUE;
}

/* @customers: (transfer full) (nullable): ids */
static gboolean
add_customers (Search *self,
               GPtrArray *customers,
               GError **error)
{
  g_autoptr (GPtrArray) owned = customers;

  if (owned == NULL)
    return FALSE;
  for (guint i = 0; i < owned->len; i++)
    if (!add_customer (self, g_ptr_array_index (owned, i), NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_by_words (Search *self,
              const char *text,
              GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_customer_search (self->txn, text, self->max, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!add_customer (self, ((MosCustomerRow *) g_ptr_array_index (rows, i))->id, NULL, error))
      return FALSE;
  return rows != NULL;
}

GPtrArray *
mos_who_find (MosTxn *txn,
              const char *text,
              guint max,
              GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_who_unref);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  Search search = { txn, found, MIN (max, MAX_FOUND) };
  gboolean has_digit = strpbrk (stripped, "0123456789") != NULL;

  if (*stripped == '\0')
    return g_steal_pointer (&found);
  /* A number may be both: of an order and of a telephone. What was typed whole comes before what only begins so. */
  if ((has_digit && !add_orders (&search, mos_store_order_find_number (txn, stripped, search.max, error), error)) ||
      !add_customers (&search, mos_store_journey_find_by_phone (txn, stripped, search.max, error), error) ||
      !add_by_words (&search, stripped, error) ||
      !add_orders (&search, mos_store_order_list_of_contact (txn, strchr (stripped, '@') != NULL ? stripped : NULL, has_digit ? stripped : NULL, search.max, error), error))
    return NULL;
  return g_steal_pointer (&found);
}

static gboolean
mos_desk_read_who (MosTxn *txn,
                   MosDeskCall *call,
                   GError **error)
{
  return mos_desk_call_take_list (call, mos_who_find (txn, call->text, (guint) call->number, error));
}

void
mos_desk_find_who_async (MosDesk *self,
                         const char *text,
                         guint max,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  mos_desk_read_typed (self, mos_desk_read_who, text, MIN (max, MAX_FOUND), mos_desk_find_who_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_find_who_finish (MosDesk *self,
                          GAsyncResult *result,
                          GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_find_who_async, error);
}
