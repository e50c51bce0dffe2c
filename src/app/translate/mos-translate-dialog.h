/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-translate.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosTranslateDialog:
 *
 * A draft and its translation side by side, both to be edited. It sends
 * nothing to the customer and changes no draft: whoever opens it is told.
 *
 * Signals:
 *  - `accepted (char *text)`: the translation, as it was left, shall take the draft's place; it closes then
 */
#define MOS_TYPE_TRANSLATE_DIALOG (mos_translate_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosTranslateDialog, mos_translate_dialog, MOS, TRANSLATE_DIALOG, AdwDialog)

/**
 * mos_translate_dialog_new:
 * @account: the draft is to be sent from; it lets its texts go
 * @is_marked: the text has the composer's marks
 * @to: (nullable): the customer's language: it is translated at once; %NULL = the person has to choose
 */
MosTranslateDialog *mos_translate_dialog_new (MosDesk *desk, const char *account, const char *text, gboolean is_marked, const char *to);

G_END_DECLS
