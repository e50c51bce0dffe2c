/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "core/translate/mos-translator.h"

#include <string.h>

/* The same language under two codes; the first is the program's. */
static const char *const twins[][2] = {
  { "no", "nb" },
  { "he", "iw" },
  { "id", "in" },
  { "fil", "tl" },
};

/* Which one of several is meant where no country is said; of others, the one without a country. */
static const char *const usual[] = { "en-gb", "pt-br", "zh-hans", NULL };

static char *
fold (const char *code)
{
  char *folded = g_ascii_strdown (code, (gssize) strcspn (code, ".@"));

  g_strdelimit (folded, "_", '-');
  return folded;
}

char *
mos_translate_language_own (const char *code)
{
  g_autofree char *folded = code != NULL ? fold (code) : g_strdup ("");
  gsize length = strcspn (folded, "-");

  folded[length] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (twins); i++)
    if (strcmp (folded, twins[i][1]) == 0)
      return g_strdup (twins[i][0]);
  return g_steal_pointer (&folded);
}

char *
mos_translate_language_of_system (void)
{
  const char *name = g_get_language_names ()[0];
  g_autofree char *own = mos_translate_language_own (name);

  return g_strdup (strcmp (own, "c") == 0 || strcmp (own, "posix") == 0 ? "en" : name);
}

gboolean
mos_translate_language_is_same (const char *one,
                                const char *other)
{
  g_autofree char *a = mos_translate_language_own (one);
  g_autofree char *b = mos_translate_language_own (other);

  return *a != '\0' && strcmp (a, b) == 0;
}

const char *
mos_translate_language_match (const char *const *languages,
                              const char *code)
{
  g_autofree char *wanted = fold (code);
  const char *best = NULL;
  int best_score = 0;

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *offered = fold (languages[i]);
      int score = 0;

      if (strcmp (offered, wanted) == 0)
        score = 4;
      else if (mos_translate_language_is_same (offered, wanted))
        score = g_strv_contains (usual, offered) ? 3 : strchr (offered, '-') == NULL ? 2
                                                                                     : 1;
      if (score > best_score)
        {
          best = languages[i];
          best_score = score;
        }
    }
  return best;
}
