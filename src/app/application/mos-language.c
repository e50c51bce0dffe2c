/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-language.h"

#include "app/application/mos-settings.h"

#include <gtk/gtk.h>
#include <locale.h>
#include <string.h>

/* English, and those of po/LINGUAS in its order */
static const struct
{
  const char *code;
  const char *name;
  const char *locale; /* with its texts and its words of dates where the system speaks another */
  gboolean right_to_left;
} languages[] = {
  { "en", "English", "en_US.UTF-8", FALSE },
  { "ar", "العربية", "ar_EG.UTF-8", TRUE },
  { "ca", "Català", "ca_ES.UTF-8", FALSE },
  { "de", "Deutsch", "de_DE.UTF-8", FALSE },
  { "es", "Español", "es_ES.UTF-8", FALSE },
  { "fr", "Français", "fr_FR.UTF-8", FALSE },
  { "it", "Italiano", "it_IT.UTF-8", FALSE },
  { "pt_BR", "Português (Brasil)", "pt_BR.UTF-8", FALSE },
};

static gssize
find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].code, code))
      return (gssize) i;
  return -1;
}

const char *const *
mos_language_get_all (void)
{
  static const char *codes[G_N_ELEMENTS (languages) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    codes[i] = languages[i].code;
  return codes;
}

const char *
mos_language_get_name (const char *code)
{
  gssize i = find (code);

  return i >= 0 ? languages[i].name : code;
}

static gboolean
speaks (const char *locale,
        const char *code)
{
  gsize len = strcspn (locale, "_.@");

  return len == strcspn (code, "_") && strncmp (locale, code, len) == 0;
}

static gboolean
is_c (const char *locale)
{
  return g_str_equal (locale, "C") || g_str_equal (locale, "POSIX") || g_str_has_prefix (locale, "C.");
}

/* Has this category speak the language where the system's locale does not: with German, a system in de_AT keeps its own words. */
static void
follow (int category,
        gssize i)
{
  const char *now = setlocale (category, NULL);
  const gboolean is_english = g_str_equal (languages[i].code, "en");

  if (now == NULL || speaks (now, languages[i].code) || (is_english && is_c (now)))
    return;
  /* Few systems have the locale of a language that they do not speak; the C locale, which all have, is English. */
  if (setlocale (category, languages[i].locale) == NULL && (!is_english || setlocale (category, "C.UTF-8") == NULL))
    g_info ("The system has no %s", languages[i].locale);
}

void
mos_language_start (void)
{
  g_autofree char *chosen = g_settings_get_string (mos_settings_get (), "language");
  gssize i;

  if (*chosen != '\0' && g_strv_contains (mos_language_get_all (), chosen))
    g_setenv ("LANGUAGE", chosen, TRUE);
  setlocale (LC_ALL, "");
  if (*chosen == '\0' || (i = find (chosen)) < 0)
    return;
  /* Where the texts are those of the C locale, gettext does not look at LANGUAGE ("The LANGUAGE variable" in its manual); and names of countries are
   * in the locale's language. A date is said with words of the language around it; numbers, money and the order of names stay the system's. */
  follow (LC_MESSAGES, i);
  follow (LC_TIME, i);
}

void
mos_language_set_direction (void)
{
  g_autofree char *chosen = g_settings_get_string (mos_settings_get (), "language");
  gssize i = *chosen != '\0' ? find (chosen) : -1;

  if (i >= 0)
    gtk_widget_set_default_direction (languages[i].right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}
