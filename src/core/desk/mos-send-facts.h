/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/**
 * MosSendFacts: what the desk knows about a conversation that is written in, for the checks before sending
 * @known: (element-type utf8): addresses of its mails, in lower case
 * @own: addresses of all accounts
 * @mails: how many mails it has
 * @last: (nullable): who wrote the last one
 * @others: (element-type MosOrder): orders of other customers that the text names; empty where no text was given
 */
typedef struct
{
  GHashTable *known;
  char **own;
  guint mails;
  MosAddress *last;
  GPtrArray *others;
} MosSendFacts;
MOS_DECLARE_VALUE (MosSendFacts, send_facts)

/** mos_send_facts_is_new: Pure. Returns: whether @address is neither one of ours nor in any mail of the conversation */
gboolean mos_send_facts_is_new (MosSendFacts *self, const char *address);

/** mos_send_facts_load: inside a transaction. @subject, @text: (nullable): what would be sent, without what is quoted. @ret_facts: (out) (transfer full) */
gboolean mos_send_facts_load (MosTxn *txn, const char *conversation, const char *subject, const char *text, MosSendFacts **ret_facts, GError **error);

/** mos_desk_load_send_facts_async: the same, main context */
void mos_desk_load_send_facts_async (MosDesk *self, const char *conversation, const char *subject, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosSendFacts *mos_desk_load_send_facts_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
