/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosScheduled: what a message in the outbox was as a draft, and how it was sent: kept until it left.
 * @draft: with the message's id and its conversation of today
 * @agent: (nullable): who wrote it
 * @macro_undo: how to take back what macros did when it was sent (mos_macro_actions_take_back()); "" = nothing
 * @has_before: the conversation was there before; then @before and @before_until_us are its status of then
 */
typedef struct
{
  MosDraft *draft;
  MosSendPlan plan;
  char *agent;
  gboolean has_before;
  MosStatus before;
  gint64 before_until_us;
  gint64 created_us;
  char *macro_undo;
} MosScheduled;
MOS_DECLARE_VALUE (MosScheduled, scheduled)

/** mos_store_scheduled_put: of a message that is in the outbox; its id is the draft's. @before: (nullable) */
gboolean mos_store_scheduled_put (MosTxn *txn, MosDraft *draft, const MosSendPlan *plan, const char *agent, MosConversationRow *before, GError **error);
/** mos_store_scheduled_find: @ret_scheduled: (out) (transfer full) (nullable) */
gboolean mos_store_scheduled_find (MosTxn *txn, const char *message, MosScheduled **ret_scheduled, GError **error);
/** mos_store_scheduled_set_macro_undo: @undo: see #MosScheduled */
gboolean mos_store_scheduled_set_macro_undo (MosTxn *txn, const char *message, const char *undo, GError **error);
/** mos_store_scheduled_set_time: a person chose another time, and knows what was written until now */
gboolean mos_store_scheduled_set_time (MosTxn *txn, const char *message, gint64 at_us, GError **error);
/** mos_store_scheduled_list_later: Returns: array of ids: messages of @conversation that wait for a time that a person chose; @even_if_answered: also those that no answer holds back */
GPtrArray *mos_store_scheduled_list_later (MosTxn *txn, const char *conversation, gboolean even_if_answered, GError **error);
/** mos_store_scheduled_count_answers: @ret_n: what the customer wrote to @conversation since @since_us */
gboolean mos_store_scheduled_count_answers (MosTxn *txn, const char *conversation, gint64 since_us, guint *ret_n, GError **error);
/** mos_store_scheduled_record_sent: a scheduled message leaves: now it answers, and the history says so */
gboolean mos_store_scheduled_record_sent (MosTxn *txn, const char *message, GError **error);

G_END_DECLS
