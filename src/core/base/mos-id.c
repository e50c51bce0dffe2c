/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-id.h"

#include <stdarg.h>
#include <string.h>

char *
mos_id_new (gint64 now_us)
{
  guint64 ms = (guint64) now_us / 1000;
  guint16 a = (guint16) (0x7000 | (g_random_int () & 0x0fff));
  guint32 b = 0x80000000u | (g_random_int () & 0x3fffffffu);
  guint32 c = g_random_int ();

  return g_strdup_printf ("%012" G_GINT64_MODIFIER "x%04x%08x%08x",
                          ms & G_GUINT64_CONSTANT (0xffffffffffff), a, b, c);
}

static void
mos_id_update (GChecksum *sum,
               const char *part)
{
  gsize len = strlen (part);
  guint64 be = GUINT64_TO_BE ((guint64) len);

  g_checksum_update (sum, (const guchar *) &be, sizeof be);
  g_checksum_update (sum, (const guchar *) part, (gssize) len);
}

char *
mos_id_derive (const char *kind,
               ...)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *part;
  va_list args;

  mos_id_update (sum, kind);
  va_start (args, kind);
  while ((part = va_arg (args, const char *)) != NULL)
    mos_id_update (sum, part);
  va_end (args);

  return g_strndup (g_checksum_get_string (sum), 32);
}
