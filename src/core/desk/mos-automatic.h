/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/*
 * The gate that every message passes which no person wrote (behaviour.md §2.2): rules, bots, surveys. Two programs that answer each other would
 * never stop. A sender asks it when it makes the message; the outbox asks again for whatever is marked automatic and was not asked about, before it
 * leaves. Its counters are in the profile, its time is the store's clock.
 */

/**
 * MosAutomaticQuestion:
 * @account, @conversation, @recipient, @subject: of what would be sent
 * @answered: (nullable): id of the message it answers; %NULL: the conversation's newest incoming one, whatever it is, is looked at
 */
typedef struct
{
  const char *account;
  const char *conversation;
  const char *recipient;
  const char *subject;
  const char *answered;
} MosAutomaticQuestion;

/**
 * mos_automatic_may_send:
 * @ret_cause: (out) (transfer none) (nullable): %NULL = it may; else a stable code: "no-address", "own-address", "machine-address", "spam", "deleted",
 *   "answers-machine", "own-loop", "limit-subject", "limit-conversation", "limit-recipient", "limit-account", "limit-desk"
 *
 * Only asks.
 */
gboolean mos_automatic_may_send (MosTxn *txn, const MosAutomaticQuestion *question, const char **ret_cause, GError **error);
/** mos_automatic_grant: @message goes to the question's recipient: it counts from now on */
gboolean mos_automatic_grant (MosTxn *txn, const MosAutomaticQuestion *question, const char *message, GError **error);
/**
 * mos_automatic_check_item: @item: automatic, claimed. Asks for each recipient where nobody did; who is refused is taken out, and where nobody
 * is left the message is cancelled, with the cause. @ret_may: (out): whether there is somebody left
 */
gboolean mos_automatic_check_item (MosTxn *txn, MosOutboxItem *item, gboolean *ret_may, GError **error);
/** mos_automatic_is_machine_address: Returns: whether nobody reads what is sent to @address ("noreply@", "mailer-daemon@"). Pure. */
gboolean mos_automatic_is_machine_address (const char *address);

G_END_DECLS
