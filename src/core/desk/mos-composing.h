/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-mailto.h"
#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * MosQuoteHistory: what of a conversation goes along below an answer (behaviour.md §2.12)
 * @MOS_QUOTE_LAST: what is answered
 * @MOS_QUOTE_NONE: nothing
 * @MOS_QUOTE_ALL: everything that each who gets the answer wrote or got, newest first, within a bound
 */
typedef enum
{
  MOS_QUOTE_LAST,
  MOS_QUOTE_NONE,
  MOS_QUOTE_ALL,
} MosQuoteHistory;

/**
 * MosQuoteTexts: the words around a quote; core knows no language, so the window gives them
 * @attribution: line above a quoted message, with {sender} and {date}
 * @forwarded: line above a forwarded one
 * @date_format: of g_date_time_format()
 * @is_plain: drafts are begun without marks (mos-markup.h)
 * @history: of answers; a forward is what it forwards
 */
typedef struct
{
  const char *attribution;
  const char *forwarded;
  const char *date_format;
  gboolean is_plain;
  MosQuoteHistory history;
} MosQuoteTexts;

/**
 * mos_recipients_decide: whom an answer goes to (behaviour.md §2.12). Pure.
 * @kind: "reply", "reply-all", "forward", "new", "note"
 * @answered: (nullable): the message that is answered: only its own recipients count, never those of another one
 * @own: the account's addresses: never written to
 * @ret_to, @ret_cc: (out) (transfer full): arrays of #MosAddress. Bcc is never inherited.
 */
void mos_recipients_decide (const char *kind, MosMessageRow *answered, const char *const *own, GPtrArray **ret_to, GPtrArray **ret_cc);

/** mos_quote_make: Returns: (transfer full): the quoted history of an answer, or the body of a forward. Pure. */
char *mos_quote_make (const char *kind, MosMessageRow *answered, const MosQuoteTexts *texts, GTimeZone *tz);

/**
 * mos_draft_prepare: an unfinished draft as it was left, or a new one that is not saved yet
 * @conversation: (nullable): for "new"; @message: (nullable): the last customer message; @account: (nullable): the conversation's, or the first
 */
gboolean mos_draft_prepare (MosTxn *txn, const char *kind, const char *conversation, const char *message, const char *account, const MosQuoteTexts *texts, MosDraft **ret_draft, GError **error);
/** mos_draft_prepare_fresh: like mos_draft_prepare(), but always a new one: what is sent without being seen first takes nothing of an unfinished draft, which stays */
gboolean mos_draft_prepare_fresh (MosTxn *txn, const char *kind, const char *conversation, const char *message, const char *account, const MosQuoteTexts *texts, MosDraft **ret_draft, GError **error);

/**
 * mos_draft_prepare_mailto: what a link asks to be written, as a draft
 * @account: (nullable): from which; %NULL = the first that can send
 *
 * A new message, whatever other one was begun. Where it answers a mail that is here, and goes to whoever wrote that, it is the answer there, saved: one that was begun is given as it was left.
 */
gboolean mos_draft_prepare_mailto (MosTxn *txn, MosMailto *mailto, const char *account, const MosQuoteTexts *texts, MosDraft **ret_draft, GError **error);

/**
 * mos_draft_send:
 * @draft: its last state
 * @then: MOS_STATUS_OPEN keeps the status
 *
 * Makes the bytes with their keyed Message-ID, the message, its place in the
 * outbox and the status, and takes the draft away, all in the transaction of
 * the caller. The message has the draft's id, so a second call for the same
 * draft only gives the same message.
 */
gboolean mos_draft_send (MosTxn *txn, MosDraft *draft, MosStatus then, gint64 snooze_until_us, char **ret_message, GError **error);
/** mos_draft_send_planned: the same, now or at a time. A note is never planned: it is there at once. */
gboolean mos_draft_send_planned (MosTxn *txn, MosDraft *draft, const MosSendPlan *plan, char **ret_message, GError **error);

/**
 * mos_draft_send_automatic:
 * @draft: written by a rule or a bot, not saved; its conversation is there, its id is the message's: a second call for the same one sends nothing more. Recipients
 *   who may not be written to (mos-automatic.h) are taken out
 * @ret_message: (out) (transfer full) (nullable): %NULL when it may not be sent to anybody
 * @ret_cause: (out) (transfer none) (nullable): why not
 *
 * Queues it, marked "Auto-Submitted" and "X-Mostrador-Loop". No status changes by it.
 */
gboolean mos_draft_send_automatic (MosTxn *txn, MosDraft *draft, char **ret_message, const char **ret_cause, GError **error);

G_END_DECLS
