/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-category-values.h"

G_BEGIN_DECLS

/* What a shop is written about: a list to begin with, and the words that tell it, in the languages it comes in (data/categories/categories.json). Rules that a person can
 * read, no model: the words that were found are the reason. Any thread. */

/** mos_categorize_list_standard: @language: (nullable): of their names, "es", "pt_BR.UTF-8"; English where there are none. Returns: (transfer full) (element-type MosCategory) */
GPtrArray *mos_categorize_list_standard (const char *language);

/**
 * mos_categorize_leave_out_name: for mos_categorize(): what somebody wrote, without their own name
 * @name: (nullable): who wrote it
 *
 * Where it stands whole ("Sabine Groß", "Groß, Sabine"), and lines that have nothing in them but words of it and initials: "Sabine", "S. Groß". A word of it within a sentence is one.
 *
 * Returns: (transfer full): the rest, without case and accents
 */
char *mos_categorize_leave_out_name (const char *text, const char *name);

/**
 * mos_categorize:
 * @categories: (element-type MosCategory): the shop's list; what is not in it, or was removed, is not found
 * @subject: what is found in it counts twice
 * @text: what the customer newly wrote
 * @language: (nullable): of the message, "es"; %NULL: any. English words, and the shop's own, count in every language
 * @order_status: (nullable): of the order it is about: pending, paid, processing, shipped, delivered, cancelled or refunded; of what the words speak of, it favours what fits
 *
 * A phrase counts where it begins with a word of the text, without case and accents, once, and as much as it has words. Of a category that people made, its name is a phrase.
 * Of two that score the same, the one whose first phrase stands first in the text, else the first of the list. Never by the order alone.
 *
 * Returns: (transfer full) (nullable): %NULL where no phrase was found
 */
MosCategoryHint *mos_categorize (GPtrArray *categories, const char *subject, const char *text, const char *language, const char *order_status);

G_END_DECLS
