/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-find.h"

#include "core/desk/mos-joining.h"

#include <string.h>

gboolean
mos_find_is_number (const char *text)
{
  const char *digits = *text == '#' ? text + 1 : text;

  return *digits != '\0' && strspn (digits, "0123456789") == strlen (digits);
}

GPtrArray *
mos_find_conversations (MosTxn *txn,
                        const char *text,
                        guint max,
                        GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *begun = NULL;

  if (*stripped == '\0')
    return g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  /* The last word may not be at its end yet; a number is one. */
  if (!mos_find_is_number (stripped) && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (stripped + strlen (stripped)))))
    begun = g_strconcat (stripped, "*", NULL);
  return mos_action_search (txn, "", begun != NULL ? begun : stripped, max, error);
}
