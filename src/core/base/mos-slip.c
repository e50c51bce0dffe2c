/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-slip.h"

/* Longer words are no slips of anything. */
#define MAX_NAME 32

/* How many letters have to be put in, taken out, exchanged with another or with the next one (Damerau's distance between neighbours). */
static guint
distance (const char *a,
          const char *b)
{
  g_autofree gunichar *x = g_utf8_to_ucs4_fast (a, -1, NULL);
  g_autofree gunichar *y = g_utf8_to_ucs4_fast (b, -1, NULL);
  guint rows[3][MAX_NAME + 2];
  gsize n = 0, m = 0;

  while (x[n] != 0)
    n++;
  while (y[m] != 0)
    m++;
  if (n > MAX_NAME || m > MAX_NAME)
    return G_MAXUINT;
  for (gsize j = 0; j <= m; j++)
    rows[0][j] = (guint) j;
  for (gsize i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *over = rows[(i + 1) % 3];

      row[0] = (guint) i;
      for (gsize j = 1; j <= m; j++)
        {
          row[j] = MIN (MIN (row[j - 1], above[j]) + 1, above[j - 1] + (x[i - 1] != y[j - 1] ? 1 : 0));
          if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
            row[j] = MIN (row[j], over[j - 2] + 1);
        }
    }
  return rows[n % 3][m];
}

void
mos_slip_consider (MosSlip *self,
                   const char *candidate,
                   const char *shown)
{
  guint far;

  g_return_if_fail (self != NULL);
  g_return_if_fail (candidate != NULL);

  if (g_utf8_strlen (candidate, -1) < 2)
    return;
  far = distance (self->typed, candidate);
  /* Of a short word a slip of two letters is another word. */
  if (far >= self->best || far * 2 > (guint) g_utf8_strlen (candidate, -1))
    return;
  self->best = far;
  g_set_str (&self->found, shown);
}
