/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/desk/mos-macros.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* macros COUNT: searches among COUNT macros, as at each key that is typed; prints {"text", "cpu_ms"} of each. */

#define N_SEARCHES 50
#define N_SHOWN 8

static GPtrArray *
make_macros (guint n)
{
  static const char *const about[] = { "Where is my order", "Return of an item", "Refund for a damaged parcel", "Invoice with the right address", "Question about a colour" };
  static const char *const folders[] = { "", "Orders", "Orders/Late", "Returns", "Retouren/Österreich" };
  GPtrArray *macros = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_unref);

  for (guint i = 0; i < n; i++)
    {
      MosMacro *macro = mos_macro_make ();
      g_autofree char *name = g_strdup_printf ("%s, kind %u", about[i % G_N_ELEMENTS (about)], i);
      g_autofree char *code = g_strdup_printf ("m%u", i);

      g_set_str (&macro->id, code);
      g_set_str (&macro->name, name);
      g_set_str (&macro->shortcode, code);
      g_set_str (&macro->folder, folders[i % G_N_ELEMENTS (folders)]);
      macro->n_used = i * 7919 % 100;
      mos_macro_set_text (macro, "en", "Hello {{customer.first_name|default:\"there\"}}, your parcel is on its way.");
      g_ptr_array_add (macros, macro);
    }
  return macros;
}

int
main (int argc,
      char *argv[])
{
  static const char *const texts[] = { "", "/m77", "r", "refund", "refund damaged 12", "osterreich retour", "qqqq" };
  guint n = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 0;
  g_autoptr (GPtrArray) macros = make_macros (n);

  if (n == 0)
    {
      fprintf (stderr, "macros COUNT\n");
      return 2;
    }
  for (gsize t = 0; t < G_N_ELEMENTS (texts); t++)
    for (guint i = 0; i < N_SEARCHES; i++)
      {
        clock_t start = clock ();
        g_autoptr (GPtrArray) found = mos_macros_search (macros, texts[t], FALSE, N_SHOWN);

        printf ("{\"text\": \"%s\", \"cpu_ms\": %.3f, \"found\": %u}\n", texts[t], (double) (clock () - start) * 1000 / CLOCKS_PER_SEC, found->len);
      }
  return 0;
}
