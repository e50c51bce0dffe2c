/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-categories.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosCategoryChip: what a conversation is about, and where nobody said so what its words speak of, with the reason, to be accepted or not.
 *
 * Signal `hint-changed`: mos_category_chip_get_hint() gives another one. Hidden where there is nothing to show.
 * Actions it expects above it: conversation.category-dialog, conversation.accept-category, conversation.dismiss-category.
 */
#define MOS_TYPE_CATEGORY_CHIP (mos_category_chip_get_type ())
G_DECLARE_FINAL_TYPE (MosCategoryChip, mos_category_chip, MOS, CATEGORY_CHIP, AdwBin)

MosCategoryChip *mos_category_chip_new (MosDesk *desk);
/** mos_category_chip_set_conversation: @conversation: (nullable) */
void mos_category_chip_set_conversation (MosCategoryChip *self, MosConversation *conversation);
/** mos_category_chip_get_hint: Returns: (transfer none) (nullable): the id of the category that is suggested: what is shown, and nothing else */
const char *mos_category_chip_get_hint (MosCategoryChip *self);

/** mos_category_hint_text: Returns: (transfer full): why it is suggested, one sentence or two */
char *mos_category_hint_text (const MosCategoryHint *hint);

G_END_DECLS
