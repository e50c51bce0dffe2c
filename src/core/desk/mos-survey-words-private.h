/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-survey-words.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** mos_survey_words_get_root: Returns: (transfer none): what the program says, by language; sealed, any thread */
JsonObject *mos_survey_words_get_root (void);

G_END_DECLS
