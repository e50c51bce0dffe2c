/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"
#include "core/values/mos-mail-values.h"

G_BEGIN_DECLS

/**
 * MosThreadQuestion:
 *
 * All that decides where a mail belongs (behaviour.md §2.1); nothing is looked up.
 *
 * @parsed: the mail
 * @account: the account it came in on: only that account's messages count
 * @own: %NULL-terminated own addresses of the account
 * @key: the profile's key
 * @candidates: from each of mos_thread_list_ids() to an array of #MosMessageRow that is stored under it; ids without any may be absent
 */
typedef struct
{
  MosParsedMessage *parsed;
  const char *account;
  const char *const *own;
  GBytes *key;
  GHashTable *candidates;
} MosThreadQuestion;

/**
 * MosThreadAnswer: exactly one of @conversation and @number says where it belongs; neither: a conversation of its own
 * @conversation: (nullable): id, possibly of one that was merged or is not there any more
 * @number: from a subject hook
 * @evidence: "token", "in-reply-to <id>", "references <id>", "bounce <id>", "subject-hook", "broadcast <id>", "new"
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
