/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-own-texts.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosTranslationPage: one text: what it is in English, what is shipped, and what the person puts in its place
 *
 * Signals:
 *  - `saved ()`: her own words were kept, or taken back: what is listed is no longer so
 */
#define MOS_TYPE_TRANSLATION_PAGE (mos_translation_page_get_type ())
G_DECLARE_FINAL_TYPE (MosTranslationPage, mos_translation_page, MOS, TRANSLATION_PAGE, AdwNavigationPage)

/** mos_translation_page_new: @own: (transfer none): there as long as the page; @text: of what is shipped. Returns: (transfer floating) */
MosTranslationPage *mos_translation_page_new (MosOwnTexts *own, const MosCatalogText *text);
/** mos_translation_page_is_changed: whether something is written that is not saved */
gboolean mos_translation_page_is_changed (MosTranslationPage *self);
/** mos_translation_dup_bare: Returns: (transfer full): @text as it is seen, without the "_" of an accelerator, in one line */
char *mos_translation_dup_bare (const char *text);

G_END_DECLS
