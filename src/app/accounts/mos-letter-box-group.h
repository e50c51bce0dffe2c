/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/accounts/mos-account-kinds.h"

G_BEGIN_DECLS

/**
 * MosLetterBoxGroup: the letter box on the shop's web space (mos-relay.h): makes its file, says step by step what is done with it, and tries whether it answers.
 *
 * The key of a file that was made stands in its own row; it is kept nowhere else.
 *
 * Signal "changed": its address or its key.
 */
#define MOS_TYPE_LETTER_BOX_GROUP (mos_letter_box_group_get_type ())
G_DECLARE_FINAL_TYPE (MosLetterBoxGroup, mos_letter_box_group, MOS, LETTER_BOX_GROUP, AdwPreferencesGroup)

/** mos_letter_box_group_set: once. @use: what it is for; @address: (nullable): where it is; @with_key: its key is asked for, and it can be made; @with_address: where it is can be changed */
void mos_letter_box_group_set (MosLetterBoxGroup *self, MosDesk *desk, MosLetterBoxUse use, const char *address, gboolean with_key, gboolean with_address);

/** mos_letter_box_group_dup_address: Returns: (transfer full): "" for none */
char *mos_letter_box_group_dup_address (MosLetterBoxGroup *self);
/** mos_letter_box_group_dup_key: Returns: (transfer full): "" for none */
char *mos_letter_box_group_dup_key (MosLetterBoxGroup *self);
/** mos_letter_box_group_check: Returns: whether the address can be one; else it says so, and the keyboard is there */
gboolean mos_letter_box_group_check (MosLetterBoxGroup *self);

/**
 * mos_letter_box_group_write: makes the file and remembers its key and its token; what the button does once a place was chosen
 *
 * Returns: whether it is there
 */
gboolean mos_letter_box_group_write (MosLetterBoxGroup *self, const char *path, GError **error);

G_END_DECLS
