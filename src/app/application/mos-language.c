/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-language.h"

#include "app/application/mos-settings.h"

#include <gtk/gtk.h>
#include <locale.h>

/* English, and those of po/LINGUAS in its order */
static const struct
{
  const char *code;
  const char *name;
  const char *locale; /* with its texts where the system itself speaks none */
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

void
mos_language_start (void)
{
  g_autofree char *chosen = g_settings_get_string (mos_settings_get (), "language");
  const char *now;
  gssize i;

  if (*chosen != '\0' && g_strv_contains (mos_language_get_all (), chosen))
    g_setenv ("LANGUAGE", chosen, TRUE);
  setlocale (LC_ALL, "");
  if (*chosen == '\0')
    return;
  /* Where the texts are those of the C locale, gettext does not look at LANGUAGE ("The LANGUAGE variable" in its manual). */
  now = setlocale (LC_MESSAGES, NULL);
  i = find (chosen);
  if (i >= 0 && now != NULL && (g_str_equal (now, "C") || g_str_equal (now, "POSIX") || g_str_has_prefix (now, "C.")) &&
      setlocale (LC_MESSAGES, languages[i].locale) == NULL)
    g_info ("The system has no %s: the texts stay English", languages[i].locale);
}

void
mos_language_set_direction (void)
{
  g_autofree char *chosen = g_settings_get_string (mos_settings_get (), "language");
  gssize i = *chosen != '\0' ? find (chosen) : -1;

  if (i >= 0)
    gtk_widget_set_default_direction (languages[i].right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}
