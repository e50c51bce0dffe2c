/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-composing.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/** mos_composing_invalid: Returns: %FALSE, with MOS_DESK_ERROR_INVALID */
gboolean mos_composing_invalid (GError **error, const char *message);
/** mos_composing_check_filled: MOS_DESK_ERROR_INVALID where something of a macro is a hole still, in the subject or the text */
gboolean mos_composing_check_filled (MosDraft *draft, GError **error);
/** mos_composing_find_account: @id: (nullable): %NULL or "" = the first that can send; @ret_account: (out) (transfer full) */
gboolean mos_composing_find_account (MosTxn *txn, const char *id, MosAccount **ret_account, GError **error);
/** mos_composing_list_own: all accounts' addresses: a colleague's Cc to another of ours is not to come back to us. @ret_own: (out) (transfer full) */
gboolean mos_composing_list_own (MosTxn *txn, GStrv *ret_own, GError **error);

/** mos_draft_prepare_another: a new message that a person writes, whatever other one was begun; @account: as in mos_draft_prepare() */
gboolean mos_draft_prepare_another (MosTxn *txn, const char *account, const MosQuoteTexts *texts, MosDraft **ret_draft, GError **error);

/**
 * MosDraftWay: how a draft becomes a message
 * @plan: (nullable): %NULL = no person wrote it
 * @agent: (nullable): who wrote it
 * @opt_out: (nullable): as in #MosCompose
 * @is_silent: as in #MosMessageContent
 * @is_survey: it is a question what somebody thinks of the service, or what follows it: no part of what is talked about
 * @html: (nullable): of a mail, in the place of what its text's marks would make
 * @reply_to: (nullable): of a mail: where answers go, in the place of the conversation's own address
 * @template: (nullable): in a chat, what goes out in the place of its text: a template that says the same
 */
typedef struct
{
  const MosSendPlan *plan;
  const char *agent;
  const char *opt_out;
  gboolean is_silent;
  gboolean is_survey;
  const char *html;
  const char *reply_to;
  const MosChatPart *template;
} MosDraftWay;

/** mos_draft_check: whether it may be sent. @sender: (nullable): as of an account without an address. @agent: (nullable): who wrote it. MOS_DESK_ERROR_INVALID */
gboolean mos_draft_check (MosDraft *draft, MosAccount *account, MosSender *sender, MosAgent *agent, GError **error);
/** mos_draft_queue: makes the bytes, the message in the conversation @row, and its place in the outbox */
gboolean mos_draft_queue (MosTxn *txn, MosDraft *draft, MosAccount *account, MosSender *sender, MosConversationRow *row, const MosDraftWay *way, GError **error);

/** mos_draft_send_as: mos_draft_send_planned() for a message that @agent (nullable) wrote, whoever lets it leave */
gboolean mos_draft_send_as (MosTxn *txn, MosDraft *draft, const MosSendPlan *plan, const char *agent, char **ret_message, GError **error);
/** mos_draft_send_template: the same as the actor for a message in a chat that goes out as @template */
gboolean mos_draft_send_template (MosTxn *txn, MosDraft *draft, const MosSendPlan *plan, const MosChatPart *template, char **ret_message, GError **error);

G_END_DECLS
