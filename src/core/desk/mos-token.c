/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-token.h"

#include <string.h>

/* 64 bits in an address and a Message-ID; 32 in a subject, where a wrong guess only opens a new conversation and each costs a mail. */
#define MOS_TOKEN_MAC_LENGTH 16
#define MOS_TOKEN_HOOK_LENGTH 8
#define MOS_TOKEN_ID_LENGTH 32

static char *
mos_token_mac (GBytes *key,
               const char *purpose,
               const char *text,
               gsize length)
{
  g_autofree char *what = g_strconcat (purpose, "\n", text, NULL);
  g_autofree char *digest = NULL;
  gsize key_length;
  const void *data = g_bytes_get_data (key, &key_length);

  digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, data, key_length, what, -1);
  return g_strndup (digest, length);
}

/* The time it takes does not tell how much of a guess was right. */
static gboolean
mos_token_equal (const char *a,
                 const char *b,
                 gsize length)
{
  guint8 difference = 0;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8) g_ascii_tolower (a[i]) ^ (guint8) b[i];
  return difference == 0;
}

static gboolean
mos_token_is_hex (const char *text,
                  gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return TRUE;
}

char *
mos_token_message_id (GBytes *key,
                      const char *own_id,
                      const char *address)
{
  g_autofree char *mac = mos_token_mac (key, "message-id", own_id, MOS_TOKEN_MAC_LENGTH);
  const char *at = strrchr (address, '@');

  return g_strconcat (own_id, ".", mac, "@", at != NULL && at[1] != '\0' ? at + 1 : "localhost", NULL);
}

gboolean
mos_token_is_own_message_id (GBytes *key,
                             const char *message_id)
{
  g_autofree char *own_id = NULL;
  g_autofree char *mac = NULL;

  if (message_id == NULL || strlen (message_id) < MOS_TOKEN_ID_LENGTH + 1 + MOS_TOKEN_MAC_LENGTH + 2 ||
      !mos_token_is_hex (message_id, MOS_TOKEN_ID_LENGTH) || message_id[MOS_TOKEN_ID_LENGTH] != '.' ||
      message_id[MOS_TOKEN_ID_LENGTH + 1 + MOS_TOKEN_MAC_LENGTH] != '@')
    return FALSE;

  own_id = g_ascii_strdown (message_id, MOS_TOKEN_ID_LENGTH);
  mac = mos_token_mac (key, "message-id", own_id, MOS_TOKEN_MAC_LENGTH);
  return mos_token_equal (message_id + MOS_TOKEN_ID_LENGTH + 1, mac, MOS_TOKEN_MAC_LENGTH);
}

char *
mos_token_plus_tag (GBytes *key,
                    const char *conversation)
{
  g_autofree char *mac = mos_token_mac (key, "conversation", conversation, MOS_TOKEN_MAC_LENGTH);

  return g_strconcat ("c-", conversation, "-", mac, NULL);
}

char *
mos_token_parse_address (GBytes *key,
                         const char *address)
{
  const gsize length = 2 + MOS_TOKEN_ID_LENGTH + 1 + MOS_TOKEN_MAC_LENGTH;
  const char *plus = strchr (address, '+');
  g_autofree char *id = NULL;
  g_autofree char *mac = NULL;

  if (plus == NULL || strlen (plus + 1) <= length || plus[1 + length] != '@' ||
      g_ascii_strncasecmp (plus + 1, "c-", 2) != 0 || plus[3 + MOS_TOKEN_ID_LENGTH] != '-')
    return NULL;

  id = g_ascii_strdown (plus + 3, MOS_TOKEN_ID_LENGTH);
  mac = mos_token_mac (key, "conversation", id, MOS_TOKEN_MAC_LENGTH);
  if (!mos_token_equal (plus + 4 + MOS_TOKEN_ID_LENGTH, mac, MOS_TOKEN_MAC_LENGTH))
    return NULL;
  return g_steal_pointer (&id);
}

char *
mos_token_subject_hook (GBytes *key,
                        gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  g_autofree char *mac = mos_token_mac (key, "subject", text, MOS_TOKEN_HOOK_LENGTH);

  return g_strdup_printf ("[#%s-%s]", text, mac);
}

gint64
mos_token_parse_subject (GBytes *key,
                         const char *subject)
{
  for (const char *hook = strstr (subject, "[#"); hook != NULL; hook = strstr (hook + 2, "[#"))
    {
      char *end;
      gint64 number = g_ascii_strtoll (hook + 2, &end, 10);
      g_autofree char *text = NULL;
      g_autofree char *mac = NULL;

      if (number <= 0 || *end != '-' || strlen (end + 1) <= MOS_TOKEN_HOOK_LENGTH || end[1 + MOS_TOKEN_HOOK_LENGTH] != ']')
        continue;
      text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
      mac = mos_token_mac (key, "subject", text, MOS_TOKEN_HOOK_LENGTH);
      if (mos_token_equal (end + 1, mac, MOS_TOKEN_HOOK_LENGTH))
        return number;
    }
  return 0;
}
