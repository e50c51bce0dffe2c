/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "app/translate/mos-translate-words.h"

#include "app/application/mos-settings.h"
#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"

#include "core/translate/mos-translator.h"

#include <glib/gi18n.h>

const char *
mos_translate_service_name (MosTranslateService service)
{
  switch (service)
    {
    case MOS_TRANSLATE_DEEPL:
      return "DeepL";
    case MOS_TRANSLATE_LIBRETRANSLATE:
      return "LibreTranslate";
    case MOS_TRANSLATE_OFF:
    default:
      return "";
    }
}

char *
mos_translate_own_language (void)
{
  g_autofree char *chosen = g_settings_get_string (mos_settings_get (), "language");

  return *chosen != '\0' ? g_steal_pointer (&chosen) : mos_translate_language_of_system ();
}

char *
mos_translate_language_text (const char *code)
{
  g_autofree char *own = mos_translate_language_own (code);

  /* The list of names has Norwegian by its other code. */
  return g_strdup (mos_language_name (g_str_equal (own, "no") ? "nb" : own));
}

char *
mos_translate_privacy_text (const MosTranslateSettings *settings)
{
  g_autofree char *host = mos_translator_dup_host (settings);
  g_autofree char *shown = mos_text_isolate (host);

  /* Translators: %1$s is a translation service (DeepL), %2$s its host (deepl.com). */
  return g_strdup_printf (_ ("When somebody asks for a translation, the words of that message or draft are sent to %1$s (%2$s). Order numbers, links and mail addresses in them, quoted text, attachments, and who wrote it stay here. Nothing is sent by itself."),
                          mos_translate_service_name (settings->service), shown);
}

static char *
text_for_code (MosTranslateError code,
               const char *name,
               const char *words)
{
  g_autofree char *said = NULL;

  switch (code)
    {
    case MOS_TRANSLATE_ERROR_OFF:
      return g_strdup (_ ("No translation service is set up for this account. Set it up in the preferences, under Translation."));
    case MOS_TRANSLATE_ERROR_KEY_REFUSED:
      /* Translators: here and below, %s is a translation service (DeepL). */
      return g_strdup_printf (_ ("%s does not take the key. Enter it again in the preferences, under Translation."), name);
    case MOS_TRANSLATE_ERROR_NO_SERVICE:
      return g_strdup_printf (_ ("There is no %s at the address that is set. Check it in the preferences, under Translation."), name);
    case MOS_TRANSLATE_ERROR_QUOTA:
      return g_strdup_printf (_ ("%s has translated as much as your plan there allows. Wait until it is renewed, or change the plan."), name);
    case MOS_TRANSLATE_ERROR_BUSY:
      return g_strdup_printf (_ ("%s has no time now. Try again in a minute."), name);
    case MOS_TRANSLATE_ERROR_TOO_LARGE:
      return g_strdup_printf (_ ("The text is longer than %s takes at once. Write in a draft what you need of it, and translate that."), name);
    case MOS_TRANSLATE_ERROR_LANGUAGE:
      return g_strdup_printf (_ ("%s does not translate into this language. Choose another language, or another service."), name);
    case MOS_TRANSLATE_ERROR_NOTHING:
      return g_strdup (_ ("There are no words in it that could be translated."));
    case MOS_TRANSLATE_ERROR_REFUSED:
      said = mos_text_isolate (words);
      /* Translators: %1$s is a translation service (DeepL), %2$s its own words. */
      return g_strdup_printf (_ ("%1$s refused it: %2$s"), name, said);
    case MOS_TRANSLATE_ERROR_NO_KEYRING:
      return g_strdup_printf (_ ("The keyring does not give the key of %s. Unlock it and try again."), name);
    case MOS_TRANSLATE_ERROR_PROTOCOL:
    default:
      return g_strdup_printf (_ ("%s gave an answer that makes no sense. Try again; if it stays so, check the address in the preferences."), name);
    }
}

char *
mos_translate_problem_text (const GError *error,
                            MosTranslateService service)
{
  const char *name = mos_translate_service_name (service);

  if (error->domain == MOS_TRANSLATE_ERROR)
    return text_for_code ((MosTranslateError) error->code, name, error->message);
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
    return g_strdup (_ ("There is no keyring to keep the key in, so nothing was saved."));
  if (error->domain == G_TLS_ERROR)
    return g_strdup_printf (_ ("The certificate of %s cannot be trusted, so nothing was sent."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    return g_strdup (_ ("The address must begin with https://. Only a server on this computer may do without."));
  return g_strdup_printf (_ ("%s cannot be reached. Check the network and try again."), name);
}

char *
mos_translate_facts_text (const MosTranslateFacts *facts,
                          MosTranslateService service)
{
  guint n = g_strv_length (facts->languages);
  /* Translators: %1$s is a translation service (DeepL). */
  g_autofree char *languages = g_strdup_printf (ngettext ("%1$s works, and translates into %2$u language.", "%1$s works, and translates into %2$u languages.", n), mos_translate_service_name (service), n);
  g_autofree char *used = g_strdup_printf ("%'" G_GUINT64_FORMAT, facts->used);
  g_autofree char *limit = g_strdup_printf ("%'" G_GUINT64_FORMAT, facts->limit);
  g_autofree char *rest = NULL;

  if (facts->limit == 0)
    return g_steal_pointer (&languages);
  /* Translators: two numbers: so many characters were translated of so many that the plan allows. */
  rest = g_strdup_printf (_ ("%1$s of %2$s characters are used up."), used, limit);
  return g_strdup_printf ("%s %s", languages, rest);
}

char *
mos_translate_by_text (const MosTranslation *translation)
{
  const char *name = mos_translate_service_name (translation->service);
  g_autofree char *language = NULL;

  if (*translation->from == '\0')
    /* Translators: %s is a translation service (DeepL). */
    return g_strdup_printf (_ ("Translated by %s"), name);
  language = mos_translate_language_text (translation->from);
  /* Translators: %1$s is what a language calls itself (Deutsch), %2$s a translation service (DeepL). */
  return g_strdup_printf (_ ("Translated from %1$s by %2$s"), language, name);
}
