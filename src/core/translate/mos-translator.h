/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-http.h"
#include "core/values/mos-translate-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * MosTranslator:
 *
 * One service that translates, as its API has it: one class a service. Blocking,
 * and of the worker thread that made it. It gets units of a #MosTranslateText
 * and knows neither messages nor accounts. Trouble is a #MosTranslateError, or
 * network trouble as G_IO_ERROR; nothing is sent twice by itself but what the
 * service did not take ("too many", "not now").
 */
#define MOS_TYPE_TRANSLATOR (mos_translator_get_type ())
G_DECLARE_INTERFACE (MosTranslator, mos_translator, MOS, TRANSLATOR, GObject)

struct _MosTranslatorInterface
{
  GTypeInterface parent_interface;

  MosTranslateFacts *(*test_sync) (MosTranslator *self, GCancellable *cancellable, GError **error);
  char **(*list_languages_sync) (MosTranslator *self, GCancellable *cancellable, GError **error);
  char **(*translate_sync) (MosTranslator *self, const char *const *units, const char *source, const char *target, char **ret_source, GCancellable *cancellable, GError **error);
  /* how much goes in one request */
  guint max_units;
  gsize (*get_max_bytes) (MosTranslator *self);
};

/** mos_translator_new: @settings: not off; @key: (nullable): "" and %NULL where the service wants none */
MosTranslator *mos_translator_new (const MosTranslateSettings *settings, const char *key);
/** mos_translator_dup_url: Returns: (transfer full): where @settings and @key lead, without a slash at its end */
char *mos_translator_dup_url (const MosTranslateSettings *settings, const char *key);
/** mos_translator_dup_host: Returns: (transfer full): who gets what is translated, as people read it: a host, with its port where it is no usual one */
char *mos_translator_dup_host (const MosTranslateSettings *settings);
/** mos_translator_url_is_allowed: Returns: whether @url may be asked: https, or this computer */
gboolean mos_translator_url_is_allowed (const char *url);

/** mos_translator_test_sync: whether address and key are right. Nothing of anybody's is sent. Returns: (transfer full) (nullable) */
MosTranslateFacts *mos_translator_test_sync (MosTranslator *self, GCancellable *cancellable, GError **error);
/** mos_translator_list_languages_sync: into which it translates; asked once, and remembered. Returns: (transfer none) (nullable) */
const char *const *mos_translator_list_languages_sync (MosTranslator *self, GCancellable *cancellable, GError **error);
/**
 * mos_translator_translate_sync: in as many requests as it takes
 * @source: (nullable): a code of the program; %NULL, or one that the service does not know = it finds out
 * @target: a code of the program ("pt", "zh", "nb"): the nearest that the service has is taken; MOS_TRANSLATE_ERROR_LANGUAGE where it has none
 * @ret_source: (out) (transfer full): what they were taken for, "" = not told
 *
 * Returns: (transfer full) (nullable): as many as @units
 */
char **mos_translator_translate_sync (MosTranslator *self, const char *const *units, const char *source, const char *target, char **ret_source, GCancellable *cancellable, GError **error);
/** mos_translator_get_max_bytes: Returns: how long a unit may be */
gsize mos_translator_get_max_bytes (MosTranslator *self);

/* --- for the services --- */

/** mos_translator_read_answer: Returns: (transfer full) (nullable): the JSON that @answer is; %NULL where it is none */
JsonNode *mos_translator_read_answer (const MosHttpAnswer *answer);
/** mos_translator_set_error: what an answer that is no success means; @words: (nullable): the service's own */
void mos_translator_set_error (const MosHttpAnswer *answer, const char *words, GError **error);

/* mos-translate-language.c */
/** mos_translate_language_match: Returns: (transfer none) (nullable): which of @languages (a service's, of any case) @code is; where it has several of one language, the one of its country, else the one that is most widely written */
const char *mos_translate_language_match (const char *const *languages, const char *code);
/** mos_translate_language_own: Returns: (transfer full): a service's code as the program has it: "pt" of "PT-BR", "zh" of "zh-Hans"; "" for none */
char *mos_translate_language_own (const char *code);
/** mos_translate_language_of_system: Returns: (transfer full): what the person who runs this reads, by the locale of the process; English where it has none */
char *mos_translate_language_of_system (void);
/** mos_translate_language_is_same: Returns: whether both are one language, whatever the country. @one, @other: (nullable) */
gboolean mos_translate_language_is_same (const char *one, const char *other);

G_END_DECLS
