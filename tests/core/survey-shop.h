/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "survey-fixture.h"

G_BEGIN_DECLS

/* One that asks by mail. */

typedef struct
{
  MosTestStore *t;
  guint32 uid;
} Shop;
void shop_clear (Shop *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

/** shop_csat: how satisfied they are, nobody twice within two weeks */
extern const SurveySet shop_csat;
/** shop_begin: @set: (nullable): what is on */
Shop shop_begin (const SurveySet *set);
gint64 shop_now_us (Shop *self);

/** shop_take: Returns: (transfer full): what became of a mail */
MosIngestResult *shop_take (Shop *self, const char *mail);
/** shop_write_from: Returns: (transfer full): the conversation of a customer's mail; @headers: more of them, each with its line's end */
char *shop_write_from (Shop *self, const char *from, const char *id, const char *headers, const char *text);
/** shop_answer: an answer of ours that arrives, and the close */
void shop_answer (Shop *self, const char *conversation);
void shop_set_status (Shop *self, const char *conversation, MosStatus status);
/** shop_ask_ana: Ana wrote, was answered, and is asked. Returns: (transfer full): the conversation */
char *shop_ask_ana (Shop *self);
/** shop_read_question: Returns: (transfer full): the question as it left; @ret_head: (out) (optional): its bytes */
MosParsedMessage *shop_read_question (Shop *self, const char *conversation, char **ret_head);
/** shop_click: Returns: (transfer full): what a mail program makes of the link of @score in our question; @words: put below what is in it already */
char *shop_click (Shop *self, const char *conversation, int score, const char *from, const char *words);
/** shop_count: Returns: (transfer full) (nullable): what an SQL query says */
char *shop_count (Shop *self, const char *sql);
/** shop_assert_quiet: nobody waits, nothing more is unread, and it is as closed as it was */
void shop_assert_quiet (Shop *self, const char *conversation);

G_END_DECLS
