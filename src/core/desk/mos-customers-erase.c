/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-customers.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-joining.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customer-erase.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-surveys.h"

/* Erasing a person: first each message comes to lie with whose it is, then whole conversations go, then the person. */

gboolean
mos_customers_preview_erasure (MosTxn *txn,
                               const char *customer,
                               MosErasure **ret_erasure,
                               GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;

  return mos_customers_look (txn, customer, &row, error) && mos_store_customer_preview_erasure (txn, row->id, ret_erasure, error);
}

typedef struct
{
  MosTxn *txn;
  GPtrArray *doomed; /* (owned) of ids: conversations that go */
} Erasing;

/* Messages of one conversation that go for good, or (with @owner) stay, as a conversation of theirs. */
static gboolean
mos_customers_part (Erasing *self,
                    const char *conversation,
                    GPtrArray *messages,
                    const char *owner,
                    GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *id = NULL;

  g_ptr_array_add (messages, NULL);
  if (!mos_action_split (self->txn, (const char *const *) messages->pdata, &id, &local_error))
    {
      if (!g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      /* It is all there is in it. */
      id = g_strdup (conversation);
    }
  if (owner != NULL)
    {
      g_autofree char *own = id;

      return mos_store_conversation_set_customer (self->txn, own, owner, error) && mos_store_survey_give (self->txn, conversation, owner, own, error);
    }
  g_ptr_array_add (self->doomed, id);
  return TRUE;
}

/* @messages: by conversation, and with @are_guests by owner */
static gboolean
mos_customers_part_all (Erasing *self,
                        GPtrArray *messages,
                        gboolean are_guests,
                        GError **error)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  g_autofree char *conversation = NULL, *owner = NULL;

  for (guint i = 0; i < messages->len; i++)
    {
      g_autoptr (MosMessageRow) row = NULL;
      g_autofree char *whose = NULL;

      if (!mos_store_message_find (self->txn, messages->pdata[i], &row, error) || !mos_store_message_find_owner (self->txn, messages->pdata[i], &whose, error))
        return FALSE;
      if (row == NULL)
        continue;
      if (group->len > 0 && (g_strcmp0 (conversation, row->conversation) != 0 || (are_guests && g_strcmp0 (owner, whose) != 0)))
        {
          if (!mos_customers_part (self, conversation, group, are_guests ? owner : NULL, error))
            return FALSE;
          g_ptr_array_set_size (group, 0);
        }
      g_set_str (&conversation, row->conversation);
      g_set_str (&owner, whose);
      g_ptr_array_add (group, messages->pdata[i]);
    }
  return group->len == 0 || mos_customers_part (self, conversation, group, are_guests ? owner : NULL, error);
}

static gboolean
mos_customers_gather (Erasing *self,
                      const char *customer,
                      GError **error)
{
  g_autoptr (GPtrArray) elsewhere = mos_store_customer_list_elsewhere (self->txn, customer, error);
  g_autoptr (GPtrArray) guests = elsewhere != NULL ? mos_store_customer_list_guests (self->txn, customer, error) : NULL;
  g_autoptr (GPtrArray) held = NULL;

  if (guests == NULL || !mos_customers_part_all (self, elsewhere, FALSE, error) || !mos_customers_part_all (self, guests, TRUE, error))
    return FALSE;
  held = mos_store_customer_list_held (self->txn, customer, error);
  for (guint i = 0; held != NULL && i < held->len; i++)
    if (!g_ptr_array_find_with_equal_func (self->doomed, held->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (self->doomed, g_strdup (held->pdata[i]));
  return held != NULL;
}

static gboolean
mos_customers_erase_doomed (Erasing *self,
                            GError **error)
{
  for (guint i = 0; i < self->doomed->len; i++)
    if (!mos_store_conversation_set_deleted (self->txn, self->doomed->pdata[i], TRUE, error))
      return FALSE;
  g_ptr_array_add (self->doomed, NULL);
  return mos_action_erase (self->txn, (const char *const *) self->doomed->pdata, error);
}

gboolean
mos_customers_erase (MosTxn *txn,
                     const char *customer,
                     MosErasure **ret_erasure,
                     GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosErasure) erasure = NULL;
  g_autoptr (GPtrArray) family = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) doomed = g_ptr_array_new_with_free_func (g_free);
  Erasing self = { txn, doomed };

  if (!mos_customers_look (txn, customer, &row, error) || !mos_store_customer_preview_erasure (txn, row->id, &erasure, error))
    return FALSE;
  drafts = mos_store_customer_list_drafts (txn, row->id, error);
  if (drafts == NULL)
    return FALSE;
  for (guint i = 0; i < drafts->len; i++)
    g_ptr_array_add (doomed, g_strdup (drafts->pdata[i]));
  family = mos_store_customer_list_family (txn, row->id, error);
  for (guint i = 0; family != NULL && i < family->len; i++)
    if (!mos_customers_gather (&self, family->pdata[i], error))
      return FALSE;
  if (family == NULL || !mos_customers_erase_doomed (&self, error) || !mos_store_customer_erase (txn, row->id, erasure, error))
    return FALSE;
  *ret_erasure = g_steal_pointer (&erasure);
  return TRUE;
}
