/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-translate.h"

G_BEGIN_DECLS

/* What is said about translation. */

/** mos_translate_service_name: Returns: (transfer none): what the service is called, which needs no translation */
const char *mos_translate_service_name (MosTranslateService service);
/** mos_translate_own_language: Returns: (transfer full): the language that the person at this window reads */
char *mos_translate_own_language (void);
/** mos_translate_language_text: Returns: (transfer full): what a language calls itself, whatever its country */
char *mos_translate_language_text (const char *code);
/** mos_translate_privacy_text: Returns: (transfer full): what leaves this computer, when, and to whom */
char *mos_translate_privacy_text (const MosTranslateSettings *settings);
/** mos_translate_problem_text: Returns: (transfer full): what happened and what to do next; the text that was to be translated is as it was */
char *mos_translate_problem_text (const GError *error, MosTranslateService service);
/** mos_translate_facts_text: Returns: (transfer full): what a test found */
char *mos_translate_facts_text (const MosTranslateFacts *facts, MosTranslateService service);
/** mos_translate_by_text: Returns: (transfer full): from which language it is, and who translated it */
char *mos_translate_by_text (const MosTranslation *translation);

G_END_DECLS
