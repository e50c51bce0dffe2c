/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/accounts/mos-account-kinds.h"

G_BEGIN_DECLS

/**
 * MosChatSetup: adding an account of a chat: what to do at the platform, step
 * by step, the key, tried at once, who it turned out to be, and kept.
 */
#define MOS_TYPE_CHAT_SETUP (mos_chat_setup_get_type ())
G_DECLARE_FINAL_TYPE (MosChatSetup, mos_chat_setup, MOS, CHAT_SETUP, AdwDialog)

/** mos_chat_setup_new: @kind: a row of mos_account_kinds() without a dialog of its own */
MosChatSetup *mos_chat_setup_new (MosDesk *desk, const MosAccountKind *kind);

G_END_DECLS
