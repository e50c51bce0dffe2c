/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-language-name.h"

static const MosLanguageName names[] = {
  { "az", "Azərbaycanca" },
  { "id", "Bahasa Indonesia" },
  { "ms", "Bahasa Melayu" },
  { "bs", "Bosanski" },
  { "ca", "Català" },
  { "cy", "Cymraeg" },
  { "cs", "Čeština" },
  { "da", "Dansk" },
  { "de", "Deutsch" },
  { "et", "Eesti" },
  { "en", "English" },
  { "es", "Español" },
  { "eu", "Euskara" },
  { "fil", "Filipino" },
  { "fr", "Français" },
  { "ga", "Gaeilge" },
  { "gl", "Galego" },
  { "hr", "Hrvatski" },
  { "it", "Italiano" },
  { "is", "Íslenska" },
  { "lv", "Latviešu" },
  { "lt", "Lietuvių" },
  { "hu", "Magyar" },
  { "mt", "Malti" },
  { "nl", "Nederlands" },
  { "nb", "Norsk" },
  { "pl", "Polski" },
  { "pt", "Português" },
  { "ro", "Română" },
  { "sq", "Shqip" },
  { "sk", "Slovenčina" },
  { "sl", "Slovenščina" },
  { "fi", "Suomi" },
  { "sv", "Svenska" },
  { "vi", "Tiếng Việt" },
  { "tr", "Türkçe" },
  { "el", "Ελληνικά" },
  { "bg", "Български" },
  { "mk", "Македонски" },
  { "ru", "Русский" },
  { "sr", "Српски" },
  { "uk", "Українська" },
  { "hy", "Հայերեն" },
  { "he", "עברית" },
  { "ur", "اردو" },
  { "ar", "العربية" },
  { "fa", "فارسی" },
  { "hi", "हिन्दी" },
  { "bn", "বাংলা" },
  { "th", "ไทย" },
  { "ka", "ქართული" },
  { "ko", "한국어" },
  { "zh", "中文" },
  { "ja", "日本語" },
};

const MosLanguageName *
mos_language_names (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (names);
  return names;
}

const char *
mos_language_name (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].code, code) == 0)
      return names[i].name;
  return code;
}
