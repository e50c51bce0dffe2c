/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-translate-values.h"

#include <string.h>

G_DEFINE_QUARK (mos - translate - error - quark, mos_translate_error)

static const char *const translate_service_nicks[] = {
  [MOS_TRANSLATE_OFF] = "off",
  [MOS_TRANSLATE_DEEPL] = "deepl",
  [MOS_TRANSLATE_LIBRETRANSLATE] = "libretranslate",
};
MOS_DEFINE_NICKS (MosTranslateService, translate_service)

static void
mos_translate_settings_clear (MosTranslateSettings *self)
{
  g_clear_pointer (&self->url, g_free);
}
MOS_DEFINE_VALUE (MosTranslateSettings, translate_settings)

MosTranslateSettings *
mos_translate_settings_make (MosTranslateService service,
                             const char *url)
{
  MosTranslateSettings *self = mos_translate_settings_new ();

  self->service = service;
  self->url = g_strdup (url != NULL ? url : "");
  return self;
}

static void
mos_translation_clear (MosTranslation *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
}
MOS_DEFINE_VALUE (MosTranslation, translation)

static void
mos_translate_facts_clear (MosTranslateFacts *self)
{
  g_clear_pointer (&self->languages, g_strfreev);
}
MOS_DEFINE_VALUE (MosTranslateFacts, translate_facts)
