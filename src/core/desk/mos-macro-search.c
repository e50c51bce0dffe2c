/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macros.h"

#include "core/base/mos-fuzzy.h"

#include <math.h>
#include <string.h>

/* A macro by what somebody types of it. What is used often wins where the words say as much. */

#define SHORTCODE_IS 4.0
#define SHORTCODE_BEGINS 3.0
/* A folder says less than a name. */
#define FOLDER_SHARE 0.6
/* At most, of many uses. */
#define USE_SHARE 0.2
/* The other kind (for notes instead of answers) comes after. */
#define OTHER_KIND 0.5

typedef struct
{
  MosMacro *macro; /* (borrowed) */
  double score;
  guint at; /* in the list */
} Hit;

static double
get_score (MosFuzzy *fuzzy,
           const char *code,
           const MosMacro *macro)
{
  double name, folder;

  if (*code != '\0' && strcmp (macro->shortcode, code) == 0)
    return SHORTCODE_IS;
  if (*code != '\0' && g_str_has_prefix (macro->shortcode, code))
    return SHORTCODE_BEGINS;
  name = mos_fuzzy_score (fuzzy, macro->name);
  if (name > 0 || *macro->folder == '\0')
    return name;
  folder = mos_fuzzy_score (fuzzy, macro->folder);
  return folder * FOLDER_SHARE;
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const Hit *x = a;
  const Hit *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  /* The list is in an order that people know; to compare names at each key, of thousands that are as good, takes longer than to find them. */
  return x->at < y->at ? -1 : x->at > y->at;
}

GPtrArray *
mos_macros_search (GPtrArray *macros,
                   const char *text,
                   gboolean for_notes,
                   guint max)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_unref);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autoptr (MosFuzzy) fuzzy = NULL;
  g_autofree char *code = NULL;

  g_return_val_if_fail (macros != NULL && text != NULL, found);

  if (*text == '/')
    text++;
  code = g_utf8_strdown (text, -1);
  fuzzy = mos_fuzzy_new (text);
  for (guint i = 0; i < macros->len; i++)
    {
      MosMacro *macro = macros->pdata[i];
      Hit hit = { macro, get_score (fuzzy, code, macro), i };

      if (hit.score <= 0)
        continue;
      hit.score += USE_SHARE * (1 - exp (-(double) macro->n_used / 20));
      if (macro->is_for_notes != for_notes)
        hit.score *= OTHER_KIND;
      g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);
  for (guint i = 0; i < hits->len && (max == 0 || i < max); i++)
    g_ptr_array_add (found, mos_macro_ref (g_array_index (hits, Hit, i).macro));
  return found;
}
