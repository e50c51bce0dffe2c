/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosChatKeyDialog: a new key of an account of a chat that is here. It is tried at the platform, and kept where it is this account's.
 */
#define MOS_TYPE_CHAT_KEY_DIALOG (mos_chat_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosChatKeyDialog, mos_chat_key_dialog, MOS, CHAT_KEY_DIALOG, AdwDialog)

/** mos_chat_key_dialog_new: @account: as it is to be kept, with its id and its own settings; its kind is one of mos_account_kinds() */
MosChatKeyDialog *mos_chat_key_dialog_new (MosDesk *desk, MosAccount *account);

G_END_DECLS
