/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-id.h"

#include "core/base/mos-bytes.h"

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
mos_id_update (MosSha256 *sum,
               const char *part)
{
  gsize len = strlen (part);
  guint64 be = GUINT64_TO_BE ((guint64) len);

  mos_sha256_update (sum, &be, sizeof be);
  mos_sha256_update (sum, part, len);
}

char *
mos_id_derive (const char *kind,
               ...)
{
  MosSha256 *sum = mos_sha256_new ();
  char *id;
  const char *part;
  va_list args;

  mos_id_update (sum, kind);
  va_start (args, kind);
  while ((part = va_arg (args, const char *)) != NULL)
    mos_id_update (sum, part);
  va_end (args);

  id = mos_sha256_finish (sum);
  id[32] = '\0';
  return id;
}
