/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSenderGroup:
 *
 * The addresses an account writes from, one row each, the default one marked.
 *
 * Signals: `changed ()`.
 */
#define MOS_TYPE_SENDER_GROUP (mos_sender_group_get_type ())
G_DECLARE_FINAL_TYPE (MosSenderGroup, mos_sender_group, MOS, SENDER_GROUP, AdwPreferencesGroup)

void mos_sender_group_set_account (MosSenderGroup *self, MosAccount *account);
/** mos_sender_group_apply: to an account that nobody else has yet */
void mos_sender_group_apply (MosSenderGroup *self, MosAccount *account);

G_END_DECLS
