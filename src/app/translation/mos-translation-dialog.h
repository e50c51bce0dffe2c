/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosTranslationDialog: finds a text of the window by what is read there, and lets the person put better words in its place, for herself and, as a
 * file, for the translators
 */
#define MOS_TYPE_TRANSLATION_DIALOG (mos_translation_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosTranslationDialog, mos_translation_dialog, MOS, TRANSLATION_DIALOG, AdwDialog)

/** mos_translation_dialog_new: of the language that is shown. Returns: (transfer floating) */
MosTranslationDialog *mos_translation_dialog_new (void);

G_END_DECLS
