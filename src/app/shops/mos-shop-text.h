/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/* What is said of shops. */

/** mos_shop_text_kind: Returns: the platform's name */
const char *mos_shop_text_kind (MosShopKind kind);
/** MosShopWords: what a platform's owners know the parts of its keys by, with a mnemonic; %NULL = it has no such part */
typedef struct
{
  const char *address;
  const char *key;
  const char *secret;
  const char *token;
  const char *token_secret;
} MosShopWords;

/** mos_shop_text_words: Returns: static */
MosShopWords mos_shop_text_words (MosShopKind kind);
/** mos_shop_text_no_address: Returns: what is said where an address is none of this platform's */
const char *mos_shop_text_no_address (MosShopKind kind);
/** mos_shop_text_where: Returns: where in the shop's admin a key is made, and with which rights */
const char *mos_shop_text_where (MosShopKind kind);
/** mos_shop_text_trouble: @why: of mos_shops_judge(); @detail: (nullable): the shop's words. Returns: (transfer full): what happened and what to do */
char *mos_shop_text_trouble (MosShopKind kind, const char *why, const char *detail);
/** mos_shop_text_trouble_at_first: the same where nothing was read of the shop yet, so that nothing was kept */
char *mos_shop_text_trouble_at_first (MosShopKind kind, const char *why, const char *detail);
/** mos_shop_text_state: Returns: (transfer full): how its sync stands: orders and when they were read, or the trouble; @now_us: the time */
char *mos_shop_text_state (const MosShopAccount *shop, gint64 now_us);

G_END_DECLS
