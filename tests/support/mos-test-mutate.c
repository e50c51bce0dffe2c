/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test-mutate.h"

#include <string.h>

void
mos_test_mutate (GRand *rand,
                 GByteArray *bytes)
{
  static const char *const pieces[] = { "(", ")", "{", "}", "{5}\r\n", "{4294967295}\r\n", "\"", "\\", "\r\n", "\n", "\r", "* ", "M1 ", "[", "]", "NIL", "99999999999999999999", "\xff", " ", "+ ", "~{3}\r\n", "((((((((((" };
  guint at = (guint) g_rand_int_range (rand, 0, (gint32) bytes->len);
  guint some = (guint) g_rand_int_range (rand, 1, 80);

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0: /* another byte */
      bytes->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
      break;
    case 1: /* cut out */
      g_byte_array_remove_range (bytes, at, MIN (some, bytes->len - at - 1));
      break;
    case 2: /* cut off */
      g_byte_array_set_size (bytes, at + 1);
      break;
    case 3: /* twice */
      {
        guint n = MIN (some, bytes->len - at);
        g_autofree guint8 *copy = g_memdup2 (bytes->data + at, n);

        g_byte_array_append (bytes, copy, n);
        break;
      }
    default: /* something nasty put in */
      {
        const char *piece = pieces[g_rand_int_range (rand, 0, (gint32) G_N_ELEMENTS (pieces))];
        guint n = (guint) strlen (piece);
        guint old = bytes->len;

        g_byte_array_set_size (bytes, old + n);
        memmove (bytes->data + at + n, bytes->data + at, old - at);
        memcpy (bytes->data + at, piece, n);
        break;
      }
    }
}
