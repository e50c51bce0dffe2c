/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"
#include "fuzz-message.h"

#include <string.h>

/* The bytes of a winmail.dat, in the mail that carries it. */

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const char header[] = "From: a@b.test\r\nMIME-Version: 1.0\r\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: binary\r\n\r\n";
  g_autofree uint8_t *whole = g_malloc (sizeof header - 1 + size);

  memcpy (whole, header, sizeof header - 1);
  if (size > 0)
    memcpy (whole + sizeof header - 1, data, size);
  fuzz_read_message (whole, sizeof header - 1 + size);
  return 0;
}
