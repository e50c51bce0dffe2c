/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosLanguageDialog: which language the customer writes. Signal `chosen (char *code)`: "" for whatever is detected */
#define MOS_TYPE_LANGUAGE_DIALOG (mos_language_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosLanguageDialog, mos_language_dialog, MOS, LANGUAGE_DIALOG, AdwDialog)

MosLanguageDialog *mos_language_dialog_new (MosConversation *conversation);

G_END_DECLS
