/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */

// The library's header uses FILE and its own enumeration without including them.
#include <cstdio>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <cld2/public/encodings.h>

#include <cld2/public/compact_lang_det.h>

#include "core/mail/mime/mos-language-detector.h"

#ifdef __GLIBC__
// Each text takes some hundred kilobytes and gives them back, which the C library, left alone, gives back to the kernel each time in any thread but the first: half of what it cost to
// take a chat in. Both in the proportion that it would come to by itself.
static bool
keep_memory ()
{
  return mallopt (M_MMAP_THRESHOLD, 1 << 20) != 0 && mallopt (M_TRIM_THRESHOLD, 2 << 20) != 0;
}
#endif

extern "C" const char *
mos_language_detector_run (const char *text,
                           int length,
                           const char *hint,
                           int *ret_percent)
{
#ifdef __GLIBC__
  static const bool is_kept = keep_memory ();

  (void) is_kept;
#endif
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
