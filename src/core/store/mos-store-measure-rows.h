/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-measure-values.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* What figures need beside the facts of conversations: scores, products, customers and their orders. Each is read whole. Strings are only until the function returns. */

/**
 * MosScoreRow: a question, or what was said, of a conversation that counts
 * @number: of the conversation
 * @is_question: it was asked, and is not only written down; @asked_us: 0 = it was not
 * @answered_us: 0 = not yet; @score: MOS_SURVEY_NO_SCORE: only words
 * @account, @channel, @category, @language, @agent: of the conversation, and of the question where it has its own; "" = none
 * @customer: "" = nobody
 * @is_attributed: category, agent, tags and macro are those of the question; else those of the last answer before it count, and what the conversation has
 * @tags: (nullable): names; @macro: "" = none
 */
typedef struct
{
  const char *id;
  gint64 number;
  MosSurveyKind kind;
  gboolean is_question;
  gint64 asked_us;
  gint64 answered_us;
  int score;
  const char *account;
  const char *channel;
  const char *category;
  const char *language;
  const char *agent;
  const char *customer;
  gboolean is_attributed;
  const char *const *tags;
  const char *macro;
} MosScoreRow;
typedef void (*MosScoreRowFunc) (const MosScoreRow *row, gpointer data);
gboolean mos_store_measures_list_scores (MosTxn *txn, MosScoreRowFunc func, gpointer data, GError **error);
/** mos_store_measures_load_comment: @ret_comment: (out) (transfer full): "" where there is none */
gboolean mos_store_measures_load_comment (MosTxn *txn, const char *survey, char **ret_comment, GError **error);

/** MosProductRowFunc: an order that conversation @number is about has it; those of a conversation follow each other. @key: as in MOS_MEASURE_BY_PRODUCT; @name: as people call it */
typedef void (*MosProductRowFunc) (gint64 number, const char *key, const char *name, gpointer data);
gboolean mos_store_measures_list_products (MosTxn *txn, MosProductRowFunc func, gpointer data, GError **error);

/** MosCustomerRowFunc: those of a customer follow each other; @number: of a conversation, or @ordered_us: of an order */
typedef void (*MosCustomerRowFunc) (const char *customer, gint64 number, gint64 ordered_us, gpointer data);
/** mos_store_measures_list_orders: what was bought, by customers and time, first of guests (""); what was not paid, or was cancelled, is no order */
gboolean mos_store_measures_list_orders (MosTxn *txn, MosCustomerRowFunc func, gpointer data, GError **error);
/** mos_store_measures_list_customers: whose each conversation is, by customers */
gboolean mos_store_measures_list_customers (MosTxn *txn, MosCustomerRowFunc func, gpointer data, GError **error);
/** MosNumberFunc: a conversation that is about an order */
typedef void (*MosNumberFunc) (gint64 number, gpointer data);
gboolean mos_store_measures_list_linked (MosTxn *txn, MosNumberFunc func, gpointer data, GError **error);

/** mos_store_measures_find_conversation: fills in what @row says of the conversation whose number it has. %TRUE with an empty @row->conversation where there is none */
gboolean mos_store_measures_find_conversation (MosTxn *txn, MosMeasureRow *row, GError **error);

G_END_DECLS
