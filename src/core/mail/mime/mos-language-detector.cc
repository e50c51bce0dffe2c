/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */

// The library's header uses FILE and its own enumeration without including them.
#include <cstdio>

#include <cld2/public/encodings.h>

#include <cld2/public/compact_lang_det.h>

#include "core/mail/mime/mos-language-detector.h"

extern "C" const char *
mos_language_detector_run (const char *text,
                           int length,
                           const char *hint,
                           int *ret_percent)
{
  CLD2::CLDHints hints = { hint, NULL, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE };
  // Left as they are where there is nothing to look at.
  CLD2::Language languages[3] = { CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE };
  int percents[3] = { 0, 0, 0 };
  double scores[3] = { 0, 0, 0 };
  int n_bytes = 0, n_valid = 0;
  bool is_reliable = false;
  CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8 (text, length, true, &hints, 0, languages, percents, scores, NULL, &n_bytes, &is_reliable, &n_valid);

  *ret_percent = language == languages[0] ? percents[0] : 0;
  return is_reliable && language != CLD2::UNKNOWN_LANGUAGE ? CLD2::LanguageCode (language) : NULL;
}
