/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-enums.h"
#include "core/values/mos-values.h"

G_BEGIN_DECLS

/**
 * MosTranslateError: why a text was not translated. Whatever it is, the text is as it was
 * @MOS_TRANSLATE_ERROR_OFF: no service is set up, or the account does not let its messages go there
 * @MOS_TRANSLATE_ERROR_KEY_REFUSED: the service does not know the key, or wants one
 * @MOS_TRANSLATE_ERROR_NO_SERVICE: there is no such service at that address
 * @MOS_TRANSLATE_ERROR_QUOTA: what the key may have translated is used up
 * @MOS_TRANSLATE_ERROR_BUSY: not now, or not so often; retry later
 * @MOS_TRANSLATE_ERROR_TOO_LARGE: more text than the service takes
 * @MOS_TRANSLATE_ERROR_LANGUAGE: it does not translate into that language
 * @MOS_TRANSLATE_ERROR_NOTHING: there are no words in it
 * @MOS_TRANSLATE_ERROR_REFUSED: it said no; the message is its own words
 * @MOS_TRANSLATE_ERROR_PROTOCOL: its answer makes no sense
 * @MOS_TRANSLATE_ERROR_NO_KEYRING: the key is in a keyring that does not give it
 *
 * Network trouble and cancellation stay G_IO_ERROR.
 */
typedef enum
{
  MOS_TRANSLATE_ERROR_OFF,
  MOS_TRANSLATE_ERROR_KEY_REFUSED,
  MOS_TRANSLATE_ERROR_NO_SERVICE,
  MOS_TRANSLATE_ERROR_QUOTA,
  MOS_TRANSLATE_ERROR_BUSY,
  MOS_TRANSLATE_ERROR_TOO_LARGE,
  MOS_TRANSLATE_ERROR_LANGUAGE,
  MOS_TRANSLATE_ERROR_NOTHING,
  MOS_TRANSLATE_ERROR_REFUSED,
  MOS_TRANSLATE_ERROR_PROTOCOL,
  MOS_TRANSLATE_ERROR_NO_KEYRING,
} MosTranslateError;
#define MOS_TRANSLATE_ERROR (mos_translate_error_quark ())
GQuark mos_translate_error_quark (void);

typedef enum
{
  MOS_TRANSLATE_OFF,
  MOS_TRANSLATE_DEEPL,
  MOS_TRANSLATE_LIBRETRANSLATE,
} MosTranslateService; /* off deepl libretranslate */
MOS_DECLARE_NICKS (MosTranslateService, translate_service)

/**
 * MosTranslateSettings: which service translates, without its key (that is in the Secret Service)
 * @url: where it is; "" = where the service usually is
 */
typedef struct
{
  MosTranslateService service;
  char *url;
} MosTranslateSettings;
MOS_DECLARE_VALUE (MosTranslateSettings, translate_settings)
MosTranslateSettings *mos_translate_settings_make (MosTranslateService service, const char *url);

/** MosTranslation: @from: what the service, or whoever asked, took its language for; "" = not told. @to: as it was asked for. Codes as the program has them ("pt", "zh") */
typedef struct
{
  char *text;
  char *from;
  char *to;
  MosTranslateService service;
} MosTranslation;
MOS_DECLARE_VALUE (MosTranslation, translation)

/** MosTranslateFacts: what a test found. @languages: into which it translates, in its own codes, lower case; @used, @limit: characters; @limit 0 = not told */
typedef struct
{
  char **languages;
  guint64 used;
  guint64 limit;
} MosTranslateFacts;
MOS_DECLARE_VALUE (MosTranslateFacts, translate_facts)

G_END_DECLS
