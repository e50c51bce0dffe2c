/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/mail/mime/mos-mime.h"

#include <string.h>

/* What of a text is its writer's own: never empty when the text is not, and nothing that was not there. */

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);
  g_autofree char *reply = mos_reply_text (text);
  gboolean said_something = FALSE;

  fuzz_check_text (reply);
  for (const char *p = text; *p != '\0'; p++)
    said_something = said_something || g_ascii_isalnum (*p);
  if (said_something)
    g_assert_cmpuint (strlen (reply), >, 0);
  g_assert_cmpuint (strlen (reply), <=, strlen (text));
  return 0;
}
