/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/**
 * MosCategory: what a conversation is about, one of the shop's own list.
 * @id: of one the program brought, a word that stays ("return"); of one that people made, a global id
 * @words: what else speaks of it, in any language, parted by commas: the shop's own; "" = nothing
 * @is_complex: it may take longer than others
 * @position: its place in the list
 * @is_removed: it is offered no more, and kept for the conversations that have it
 */
typedef struct
{
  char *id;
  char *name;
  char *words;
  gboolean is_complex;
  gint64 position;
  gboolean is_removed;
} MosCategory;
MOS_DECLARE_VALUE (MosCategory, category)
/** mos_category_copy: Returns: (transfer full): to be changed before anybody else sees it */
MosCategory *mos_category_copy (const MosCategory *self);
/** mos_categories_find: @id: (nullable). Returns: (transfer none) (nullable): the one of @categories (element-type MosCategory) */
MosCategory *mos_categories_find (GPtrArray *categories, const char *id);

/**
 * MosCategoryHint: which category a customer's words speak of, and why.
 * @words: what was found, as it is in the list of words; never empty
 * @order_status: (nullable): the state of the order that spoke for it, too
 */
typedef struct
{
  char *category;
  char **words;
  char *order_status;
} MosCategoryHint;
MOS_DECLARE_VALUE (MosCategoryHint, category_hint)

G_END_DECLS
