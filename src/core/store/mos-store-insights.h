/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* What insights are made of. Periods are microseconds UTC, without their end; strings only until the function returns. */

/**
 * MosFirstWords: how a customer began a conversation that counts
 * @conversation: its id
 * @category, @language: as of its first answer, "" = none
 * @name: (nullable): of who wrote it
 * @has_macro: a macro was used in it
 */
typedef struct
{
  const char *conversation;
  gint64 number;
  const char *category;
  const char *language;
  const char *subject;
  const char *text;
  const char *name;
  gboolean has_macro;
} MosFirstWords;
typedef gboolean (*MosFirstWordsFunc) (const MosFirstWords *words, gpointer data, GCancellable *cancellable, GError **error);
/** mos_store_insights_list_words: of conversations that began in the period, the newest first; @max at most */
gboolean mos_store_insights_list_words (MosTxn *txn, gint64 from_us, gint64 to_us, guint max, MosFirstWordsFunc func, gpointer data, GCancellable *cancellable, GError **error);

/** MosTroubleFunc: @key, @name: of a product, or a carrier; @conversation: (nullable): one that began in the period and is about an order with it, whose number is @number; else @n_orders were sold with it in the period */
typedef void (*MosTroubleFunc) (const char *key, const char *name, const char *conversation, gint64 number, guint n_orders, gpointer data);
/** mos_store_insights_list_products: each that was sold, or asked about, the newest conversations first */
gboolean mos_store_insights_list_products (MosTxn *txn, gint64 from_us, gint64 to_us, MosTroubleFunc func, gpointer data, GError **error);
gboolean mos_store_insights_list_carriers (MosTxn *txn, gint64 from_us, gint64 to_us, MosTroubleFunc func, gpointer data, GError **error);

/** MosPraiseFunc: @subject: of the conversation; @name: (nullable): of the customer */
typedef void (*MosPraiseFunc) (const char *survey, const char *conversation, const char *subject, const char *name, int score, const char *comment, gpointer data);
/** mos_store_insights_list_praise: the best scores that came with words, the newest first; of who wants no more mail, and of what was tried out, none */
gboolean mos_store_insights_list_praise (MosTxn *txn, gint64 from_us, gint64 to_us, MosPraiseFunc func, gpointer data, GError **error);

G_END_DECLS
