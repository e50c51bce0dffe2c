/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"
#include "core/values/mos-mail-values.h"

G_BEGIN_DECLS

/**
 * MosThreadFind: whether there is a conversation that a token or a number names, in the account that asks
 * @conversation: (nullable): its id, or %NULL when @number names it
 * @sender: (nullable): then that address must have taken part in it
 */
typedef gboolean (*MosThreadFind) (const char *conversation, gint64 number, const char *sender, gpointer data);

/**
 * MosThreadQuestion:
 *
 * All that decides where a mail belongs (behaviour.md §2.1).
 *
 * @parsed: the mail
 * @account: the account it came in on: only that account's messages count
 * @own: %NULL-terminated own addresses of the account
 * @key: the profile's key
 * @candidates: from each of mos_thread_list_ids() to an array of #MosMessageRow that is stored under it; ids without any may be absent
 * @outlook: (nullable): array of #MosMessageRow with the mail's Thread-Index
 * @find: (nullable): %NULL = whatever a valid MAC names is there, and a bare number names nothing
 */
typedef struct
{
  MosParsedMessage *parsed;
  const char *account;
  const char *const *own;
  GBytes *key;
  GHashTable *candidates;
  GPtrArray *outlook;
  MosThreadFind find;
  gpointer find_data;
} MosThreadQuestion;

/**
 * MosThreadAnswer: exactly one of @conversation and @number says where it belongs; neither: a conversation of its own
 * @conversation: (nullable): id, possibly of one that was merged or is not there any more
 * @number: from a subject hook
 * @evidence: "token <address>", "bounce <id>", "in-reply-to <id>", "references <id>", "thread-index <hex>", "marker <line>", "subject-hook <hook>",
 *   "subject-number <hook>", "broadcast <id>" (answers a newsletter: a conversation of its own), "new"; mos-ingest.c adds "same-subject <subject>"
 */
typedef struct
{
  char *conversation;
  gint64 number;
  char *evidence;
} MosThreadAnswer;

void mos_thread_answer_clear (MosThreadAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosThreadAnswer, mos_thread_answer_clear)

/** mos_thread_list_ids: Returns: (transfer full): the Message-IDs a mail refers to, strongest evidence first */
GStrv mos_thread_list_ids (MosParsedMessage *parsed);
void mos_thread_decide (const MosThreadQuestion *question, MosThreadAnswer *ret_answer);

/** mos_own_contains: whether @address is one of @own (a "+tag" left aside) */
gboolean mos_own_contains (const char *const *own, const char *address);

G_END_DECLS
