/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-spelling.h"

#include <string.h>

/* Whose country is not called as their language: else "de" is of DE. */
static const struct
{
  const char *language;
  const char *country;
} homes[] = {
  { "ar", "EG" },
  { "ca", "ES" },
  { "cs", "CZ" },
  { "da", "DK" },
  { "el", "GR" },
  { "en", "US" },
  { "eu", "ES" },
  { "gl", "ES" },
  { "he", "IL" },
  { "nb", "NO" },
  { "sl", "SI" },
  { "sv", "SE" },
  { "uk", "UA" },
  { "vi", "VN" },
};

static gboolean
is_there (const char *const *dictionaries,
          const char *code)
{
  return g_strv_contains (dictionaries, code);
}

static gboolean
is_of (const char *code,
       const char *language)
{
  gsize n = strlen (language);

  return strncmp (code, language, n) == 0 && (code[n] == '\0' || code[n] == '_' || code[n] == '-');
}

char *
mos_spelling_choose (const char *language,
                     const char *const *dictionaries,
                     const char *const *locales)
{
  g_autofree char *wanted = NULL;
  g_autofree char *home = NULL;
  g_autofree char *upper = NULL;

  g_return_val_if_fail (language != NULL && dictionaries != NULL && locales != NULL, NULL);

  wanted = g_strdelimit (g_strdup (language), "-", '_');
  if (*wanted == '\0')
    return NULL;
  if (strchr (wanted, '_') != NULL && is_there (dictionaries, wanted))
    return g_steal_pointer (&wanted);
  *strchrnul (wanted, '_') = '\0';
  /* CLD2 and old mails say "no" of what is Bokmål. */
  if (g_str_equal (wanted, "no") && !is_there (dictionaries, "no"))
    g_set_str (&wanted, "nb");
  for (guint i = 0; locales[i] != NULL; i++)
    if (strchr (locales[i], '_') != NULL && is_of (locales[i], wanted) && is_there (dictionaries, locales[i]))
      return g_strdup (locales[i]);
  upper = g_ascii_strup (wanted, -1);
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (g_str_equal (homes[i].language, wanted))
      g_set_str (&upper, homes[i].country);
  home = g_strconcat (wanted, "_", upper, NULL);
  if (is_there (dictionaries, home))
    return g_steal_pointer (&home);
  if (is_there (dictionaries, wanted))
    return g_steal_pointer (&wanted);
  for (guint i = 0; dictionaries[i] != NULL; i++)
    if (is_of (dictionaries[i], wanted))
      return g_strdup (dictionaries[i]);
  return NULL;
}
