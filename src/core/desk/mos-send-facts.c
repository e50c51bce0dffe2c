/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-send-facts.h"

#include "core/desk/mos-composing-private.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-order-links.h"
#include "core/desk/mos-threading.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-correspondents.h"

static void
mos_send_facts_clear (MosSendFacts *self)
{
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_strfreev (self->own);
  g_clear_pointer (&self->last, mos_address_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosSendFacts, send_facts)

gboolean
mos_send_facts_is_new (MosSendFacts *self,
                       const char *address)
{
  g_autofree char *folded = g_utf8_strdown (address, -1);

  return !g_hash_table_contains (self->known, folded) && !mos_own_contains ((const char *const *) self->own, address);
}

gboolean
mos_send_facts_load (MosTxn *txn,
                     const char *conversation,
                     const char *subject,
                     const char *text,
                     MosSendFacts **ret_facts,
                     GError **error)
{
  g_autoptr (MosSendFacts) facts = mos_send_facts_new ();
  g_autoptr (MosConversationRow) row = NULL;
  g_autofree char *resolved = NULL;

  /* It may have been merged into another while it was written in. */
  if (!mos_store_conversation_resolve (txn, conversation, &resolved, error) || !mos_composing_list_own (txn, &facts->own, error))
    return FALSE;
  facts->known = mos_store_correspondents_list (txn, resolved != NULL ? resolved : conversation, &facts->mails, &facts->last, error);
  if (facts->known == NULL)
    return FALSE;
  if (!mos_store_conversation_find (txn, resolved != NULL ? resolved : conversation, &row, error))
    return FALSE;
  facts->others = row != NULL && row->customer != NULL ? mos_order_links_list_others (txn, row->customer, subject, text, error) : g_ptr_array_new ();
  if (facts->others == NULL)
    return FALSE;
  *ret_facts = g_steal_pointer (&facts);
  return TRUE;
}

static gboolean
mos_desk_read_send_facts (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  MosSendFacts *facts = NULL;

  if (!mos_send_facts_load (txn, call->text, call->other, call->third, &facts, error))
    return FALSE;
  mos_desk_call_take_result (call, facts, (GDestroyNotify) mos_send_facts_unref);
  return TRUE;
}

void
mos_desk_load_send_facts_async (MosDesk *self,
                                const char *conversation,
                                const char *subject,
                                const char *text,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL);

  call = mos_desk_call_new_pair (mos_desk_read_send_facts, conversation, subject, NULL);
  call->third = g_strdup (text);
  mos_desk_read (self, call, mos_desk_load_send_facts_async, cancellable, callback, user_data);
}

MosSendFacts *
mos_desk_load_send_facts_finish (MosDesk *self,
                                 GAsyncResult *result,
                                 GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_send_facts_async, error);
}
