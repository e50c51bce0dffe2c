/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosPassphraseGroup: a passphrase that is typed twice, and what it is worth
 *
 * Signal `changed ()`: mos_passphrase_group_get() may answer differently
 */
#define MOS_TYPE_PASSPHRASE_GROUP (mos_passphrase_group_get_type ())
G_DECLARE_FINAL_TYPE (MosPassphraseGroup, mos_passphrase_group, MOS, PASSPHRASE_GROUP, AdwPreferencesGroup)

MosPassphraseGroup *mos_passphrase_group_new (void);
/** mos_passphrase_group_get: Returns: (transfer none) (nullable): what was typed, twice the same; %NULL where it was not */
const char *mos_passphrase_group_get (MosPassphraseGroup *self);

G_END_DECLS
