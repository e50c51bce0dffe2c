/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-actions.h"

#include "core/desk/mos-customers.h"
#include "core/desk/mos-outbox.h"
#include "core/store/mos-store-joining.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-order-actions.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-senders.h"
#include "core/store/mos-store-undo.h"

#include <string.h>

/* What a person did is taken back: each kind in its own way. */

/* Who is not blocked any more: what came of them meanwhile comes in, too. */
static gboolean
mos_action_let_in (MosTxn *txn,
                   GPtrArray *addresses,
                   GError **error)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      g_autoptr (GPtrArray) messages = NULL;
      MosSenderRule rule;

      if (!mos_store_sender_find (txn, g_ptr_array_index (addresses, i), &rule, error))
        return FALSE;
      if (rule == MOS_SENDER_BLOCK)
        continue;
      messages = mos_store_sender_list_put_aside (txn, g_ptr_array_index (addresses, i), MOS_ACTION_BLOCKED_SENDER, error);
      if (messages == NULL)
        return FALSE;
      g_ptr_array_add (messages, NULL);
      if (!mos_action_release_messages (txn, (const char *const *) messages->pdata, error))
        return FALSE;
    }
  return TRUE;
}

/* What was asked of a shop with it is asked no more; what is done there already is said. */
static gboolean
mos_action_spare_orders (MosTxn *txn,
                         gint64 batch,
                         char **label,
                         GError **error)
{
  guint n_kept;

  if (!mos_store_order_action_withdraw_batch (txn, batch, &n_kept, error))
    return FALSE;
  if (n_kept > 0)
    g_set_str (label, MOS_ACTION_MACRO_KEPT);
  return TRUE;
}

gboolean
mos_action_undo (MosTxn *txn,
                 gint64 batch,
                 char **ret_label,
                 GError **error)
{
  g_autoptr (MosBatchRow) row = NULL;
  g_autoptr (GPtrArray) addresses = NULL;

  *ret_label = NULL;
  if (!mos_store_undo_find_batch (txn, batch, &row, error))
    return FALSE;
  /* Not a redo, which puts things back exactly as they were. */
  if (row != NULL && row->undoes == 0 && mos_store_join_is_label (row->label))
    return mos_store_join_undo (txn, batch, ret_label, error);
  if (row != NULL && row->undoes == 0 && g_strcmp0 (row->label, MOS_CUSTOMER_MERGE) == 0)
    {
      *ret_label = g_strdup (row->label);
      return mos_customers_undo_merge (txn, batch, error);
    }
  addresses = mos_store_sender_list_of_batch (txn, batch, error);
  return addresses != NULL && mos_store_undo_batch (txn, batch, ret_label, error) && mos_action_let_in (txn, addresses, error) && mos_action_spare_orders (txn, batch, ret_label, error);
}

/* A mail: one that still waits is a draft again. @ret_gone: (out): it was taken back already, by itself */
static gboolean
mos_action_undo_send (MosTxn *txn,
                      gint64 batch,
                      gboolean *ret_gone,
                      GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  g_autofree char *message = NULL;

  *ret_gone = FALSE;
  if (!mos_store_undo_find_inserted (txn, batch, "message", &message, error) ||
      (message != NULL && !mos_store_outbox_find (txn, message, &item, error)))
    return FALSE;
  if (item != NULL && item->state == MOS_DELIVERY_SCHEDULED)
    return mos_store_undo_settle (txn, batch, TRUE, error) && mos_outbox_take_back (txn, message, NULL, error);
  if (message != NULL && item == NULL)
    {
      g_autoptr (MosMessageRow) row = NULL;

      if (!mos_store_message_find (txn, message, &row, error))
        return FALSE;
      *ret_gone = row == NULL;
      if (*ret_gone)
        return mos_store_undo_settle (txn, batch, FALSE, error);
    }
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO, "A message was sent since");
  return FALSE;
}

gboolean
mos_action_undo_last (MosTxn *txn,
                      gint64 since,
                      gboolean strict,
                      char **ret_label,
                      GError **error)
{
  *ret_label = NULL;
  for (;;)
    {
      g_autoptr (MosBatchRow) row = NULL;
      gboolean is_last, is_gone;

      if (!mos_store_undo_find_latest (txn, NULL, since, &row, &is_last, error))
        return FALSE;
      if (row == NULL)
        return TRUE;
      if (strict && !is_last)
        {
          g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO, "Something that has no undo was done since");
          return FALSE;
        }
      if (strcmp (row->label, MOS_ACTION_SEND) != 0)
        return mos_action_undo (txn, row->batch, ret_label, error);
      if (!mos_action_undo_send (txn, row->batch, &is_gone, error))
        return FALSE;
      if (is_gone)
        continue;
      *ret_label = g_strdup (row->label);
      return TRUE;
    }
}
