/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-macro-fill.h"
#include "core/store/mos-store.h"
#include "core/values/mos-order-action-values.h"

G_BEGIN_DECLS

/**
 * MosMacroApplying: a macro that is applied without a composer: to several conversations at once, or from a terminal
 * @language: (nullable): of the desk
 * @answers: (nullable): question -> answer
 * @words: (nullable): what stands below the macro's text, as plain text
 * @kind: (nullable): "reply-all" instead of "reply"
 * @attachments: (nullable) (element-type MosAttachment): beside the macro's own; in the blob store
 * @undo_us: how long an answer may be taken back
 * @order: (nullable): id of the one that a person says is meant
 * @acts_on_orders: somebody said yes to what it does to orders; else nothing is done where it does something to one
 */
typedef struct
{
  MosMacro *macro;
  const char *language;
  GHashTable *answers;
  const char *words;
  const char *kind;
  GPtrArray *attachments;
  gint64 undo_us;
  const char *order;
  gboolean acts_on_orders;
} MosMacroApplying;

/**
 * MosMacroResult: what became of it in one conversation
 * @conversation, @number: which
 * @message: (nullable): the answer or note that was made
 * @missing: (element-type utf8): the tags that nobody could fill in: nothing was done
 * @is_order_unclear: as of #MosMacroFilled
 * @obstacle: why nothing can be done to the order: nothing was done at all
 * @why: (nullable): why else nothing was done, in the core's words
 */
typedef struct
{
  char *conversation;
  gint64 number;
  char *message;
  GPtrArray *missing;
  gboolean is_order_unclear;
  MosOrderObstacle obstacle;
  char *why;
} MosMacroResult;
MOS_DECLARE_VALUE (MosMacroResult, macro_result)
/** mos_macro_result_is_done: Pure */
gboolean mos_macro_result_is_done (const MosMacroResult *self);

/**
 * mos_macro_apply: inside a transaction: sends the answer (or adds the note) of a macro with a text, and does its actions
 *
 * Nothing is written where something is missing; that is no error. Errors, after which the transaction has to be rolled back: those of mos_draft_send() and mos_macro_actions_apply().
 */
gboolean mos_macro_apply (MosTxn *txn, const MosMacroApplying *applying, const char *conversation, MosMacroResult **ret_result, GError **error);

G_END_DECLS
