/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-token.h"

#include <string.h>

/* 64 bits in an address, a Message-ID and a text; 32 in a subject, where a wrong guess only opens a new conversation and each costs a mail. */
#define MOS_TOKEN_MAC_LENGTH 16
#define MOS_TOKEN_HOOK_LENGTH 8
#define MOS_TOKEN_ID_LENGTH 32
/* The same id and MAC in base 32: 64 characters are all that may stand before an "@" (RFC 5321 §4.5.3.1.1). */
#define MOS_TOKEN_ID_LETTERS 26
#define MOS_TOKEN_MAC_LETTERS 13
#define MOS_TOKEN_TAG_LENGTH (2 + MOS_TOKEN_ID_LETTERS + 1 + MOS_TOKEN_MAC_LETTERS)
#define MOS_TOKEN_LOCAL_PART 64

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
  const char *named = at != NULL && at[1] != '\0' ? at + 1 : "localhost";
  /* It is never encoded (RFC 5322 §3.6.4). */
  g_autofree char *domain = g_str_is_ascii (named) ? NULL : g_hostname_to_ascii (named);

  return g_strconcat (own_id, ".", mac, "@", domain != NULL ? domain : named, NULL);
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

/* RFC 4648 §6 in small letters and without padding; @digits: hexadecimal. Letter case may change on the way. */
static char *
mos_token_letters (const char *digits)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
  GString *text = g_string_new (NULL);
  guint bits = 0, held = 0;

  for (; *digits != '\0'; digits++)
    {
      held = held << 4 | (guint) g_ascii_xdigit_value (*digits);
      bits += 4;
      if (bits >= 5)
        {
          bits -= 5;
          g_string_append_c (text, letters[held >> bits & 31]);
        }
    }
  if (bits > 0)
    g_string_append_c (text, letters[held << (5 - bits) & 31]);
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full) (nullable): @length hexadecimal digits */
static char *
mos_token_digits (const char *letters,
                  gsize length)
{
  GString *text = g_string_new (NULL);
  guint bits = 0, held = 0;

  for (; text->len < length; letters++)
    {
      int value = g_ascii_isalpha (*letters) ? g_ascii_tolower (*letters) - 'a' : *letters >= '2' && *letters <= '7' ? *letters - '2' + 26
                                                                                                                     : -1;

      if (value < 0)
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      held = (held << 5 | (guint) value) & 0xffff;
      bits += 5;
      while (bits >= 4 && text->len < length)
        {
          bits -= 4;
          g_string_append_c (text, "0123456789abcdef"[held >> bits & 15]);
        }
    }
  return g_string_free (text, FALSE);
}

/* What a tag is for: its letter, and what its MAC is made for */
typedef struct
{
  char letter;
  const char *purpose;
} MosTokenTag;

static const MosTokenTag conversation_tag = { 'c', "conversation" };
static const MosTokenTag opt_out_tag = { 'u', "opt-out" };
static const MosTokenTag survey_tag = { 's', "survey" };

static char *
mos_token_make_tag (GBytes *key,
                    const MosTokenTag *kind,
                    const char *conversation)
{
  g_autofree char *mac = mos_token_mac (key, kind->purpose, conversation, MOS_TOKEN_MAC_LENGTH);
  g_autofree char *id_letters = mos_token_letters (conversation);
  g_autofree char *mac_letters = mos_token_letters (mac);

  return g_strdup_printf ("%c-%s-%s", kind->letter, id_letters, mac_letters);
}

/* Returns: (transfer full) (nullable) */
static char *
mos_token_add_tag (GBytes *key,
                   const MosTokenTag *kind,
                   const char *address,
                   const char *conversation)
{
  const char *at = strrchr (address, '@');
  g_autofree char *tag = NULL;

  if (at == NULL || strlen (conversation) != MOS_TOKEN_ID_LENGTH || !mos_token_is_hex (conversation, MOS_TOKEN_ID_LENGTH) ||
      (gsize) (at - address) + 1 + MOS_TOKEN_TAG_LENGTH > MOS_TOKEN_LOCAL_PART || *address == '"')
    return NULL;
  tag = mos_token_make_tag (key, kind, conversation);
  return g_strdup_printf ("%.*s+%s%s", (int) (at - address), address, tag, at);
}

static char *
mos_token_parse_tag (GBytes *key,
                     const MosTokenTag *kind,
                     const char *address)
{
  const char *at = strrchr (address, '@');
  const char *tag;
  g_autofree char *id = NULL;
  g_autofree char *mac = NULL;
  g_autofree char *given = NULL;

  /* The last "+": an address of ours may have one of its own. */
  if (at == NULL || at - address < MOS_TOKEN_TAG_LENGTH + 1)
    return NULL;
  tag = at - MOS_TOKEN_TAG_LENGTH;
  if (tag[-1] != '+' || g_ascii_tolower (*tag) != kind->letter || tag[1] != '-' || tag[2 + MOS_TOKEN_ID_LETTERS] != '-')
    return NULL;

  id = mos_token_digits (tag + 2, MOS_TOKEN_ID_LENGTH);
  given = mos_token_digits (tag + 3 + MOS_TOKEN_ID_LETTERS, MOS_TOKEN_MAC_LENGTH);
  if (id == NULL || given == NULL)
    return NULL;
  mac = mos_token_mac (key, kind->purpose, id, MOS_TOKEN_MAC_LENGTH);
  if (!mos_token_equal (given, mac, MOS_TOKEN_MAC_LENGTH))
    return NULL;
  return g_steal_pointer (&id);
}

char *
mos_token_plus_tag (GBytes *key,
                    const char *conversation)
{
  return mos_token_make_tag (key, &conversation_tag, conversation);
}

char *
mos_token_plus_address (GBytes *key,
                        const char *address,
                        const char *conversation)
{
  return mos_token_add_tag (key, &conversation_tag, address, conversation);
}

char *
mos_token_parse_address (GBytes *key,
                         const char *address)
{
  return mos_token_parse_tag (key, &conversation_tag, address);
}

char *
mos_token_opt_out_address (GBytes *key,
                           const char *address,
                           const char *conversation)
{
  return mos_token_add_tag (key, &opt_out_tag, address, conversation);
}

char *
mos_token_parse_opt_out_address (GBytes *key,
                                 const char *address)
{
  return mos_token_parse_tag (key, &opt_out_tag, address);
}

char *
mos_token_survey_address (GBytes *key,
                          const char *address,
                          const char *survey)
{
  return mos_token_add_tag (key, &survey_tag, address, survey);
}

char *
mos_token_parse_survey_address (GBytes *key,
                                const char *address)
{
  return mos_token_parse_tag (key, &survey_tag, address);
}

char *
mos_token_survey (GBytes *key,
                  const char *survey)
{
  g_autofree char *mac = mos_token_mac (key, "survey-score", survey, MOS_TOKEN_ID_LENGTH);
  g_autofree char *id_letters = mos_token_letters (survey);
  g_autofree char *mac_letters = mos_token_letters (mac);

  return g_strdup_printf ("%s-%s", id_letters, mac_letters);
}

/* @token: behind "[CSAT ". Returns: (transfer full) (nullable) */
static char *
mos_token_read_survey (GBytes *key,
                       const char *token,
                       int *ret_score)
{
  const char *end = token + 2 * MOS_TOKEN_ID_LETTERS + 1;
  g_autofree char *id = NULL;
  g_autofree char *given = NULL;
  g_autofree char *mac = NULL;
  char *behind;

  if (strnlen (token, (gsize) (end - token) + 1) <= (gsize) (end - token) || token[MOS_TOKEN_ID_LETTERS] != '-')
    return NULL;
  id = mos_token_digits (token, MOS_TOKEN_ID_LENGTH);
  given = mos_token_digits (token + MOS_TOKEN_ID_LETTERS + 1, MOS_TOKEN_ID_LENGTH);
  if (id == NULL || given == NULL)
    return NULL;
  mac = mos_token_mac (key, "survey-score", id, MOS_TOKEN_ID_LENGTH);
  if (!mos_token_equal (given, mac, MOS_TOKEN_ID_LENGTH))
    return NULL;
  *ret_score = -1;
  while (*end == ' ')
    end++;
  if (*end == ':')
    {
      gint64 score = g_ascii_strtoll (end + 1, &behind, 10);

      if (behind != end + 1 && score >= 0 && score <= 100)
        *ret_score = (int) score;
    }
  return g_steal_pointer (&id);
}

char *
mos_token_parse_survey (GBytes *key,
                        const char *subject,
                        int *ret_score)
{
  static const char *const kinds[] = { "[csat", "[nps" };

  for (const char *p = strchr (subject, '['); p != NULL; p = strchr (p + 1, '['))
    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
      {
        const char *token = p + strlen (kinds[i]);
        char *id;

        if (g_ascii_strncasecmp (p, kinds[i], strlen (kinds[i])) != 0)
          continue;
        while (*token == ' ')
          token++;
        id = mos_token_read_survey (key, token, ret_score);
        if (id != NULL)
          return id;
      }
  return NULL;
}

/* "[#1234-5f3a9c21]": a number and a MAC of @length digits over it, for one @purpose */
static char *
mos_token_make_hook (GBytes *key,
                     const char *purpose,
                     gint64 number,
                     gsize length)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  g_autofree char *mac = mos_token_mac (key, purpose, text, length);

  return g_strdup_printf ("[#%s-%s]", text, mac);
}

static gint64
mos_token_find_hook (GBytes *key,
                     const char *purpose,
                     const char *text,
                     gsize length)
{
  for (const char *hook = strstr (text, "[#"); hook != NULL; hook = strstr (hook + 2, "[#"))
    {
      char *end;
      gint64 number = g_ascii_strtoll (hook + 2, &end, 10);
      g_autofree char *digits = NULL;
      g_autofree char *mac = NULL;

      if (number <= 0 || *end != '-' || strnlen (end + 1, length + 1) <= length || end[1 + length] != ']')
        continue;
      digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);
      mac = mos_token_mac (key, purpose, digits, length);
      if (mos_token_equal (end + 1, mac, length))
        return number;
    }
  return 0;
}

char *
mos_token_subject_hook (GBytes *key,
                        gint64 number)
{
  return mos_token_make_hook (key, "subject", number, MOS_TOKEN_HOOK_LENGTH);
}

gint64
mos_token_parse_subject (GBytes *key,
                         const char *subject)
{
  return mos_token_find_hook (key, "subject", subject, MOS_TOKEN_HOOK_LENGTH);
}

gint64
mos_token_parse_bare_number (const char *subject)
{
  for (const char *hook = strstr (subject, "[#"); hook != NULL; hook = strstr (hook + 2, "[#"))
    {
      char *end;
      gint64 number = g_ascii_strtoll (hook + 2, &end, 10);

      if (number > 0 && number < G_MAXINT64 && *end == ']')
        return number;
    }
  return 0;
}

char *
mos_token_opt_out_hook (GBytes *key,
                        gint64 number)
{
  return mos_token_make_hook (key, "opt-out", number, MOS_TOKEN_MAC_LENGTH);
}

gint64
mos_token_parse_opt_out_hook (GBytes *key,
                              const char *subject)
{
  return mos_token_find_hook (key, "opt-out", subject, MOS_TOKEN_MAC_LENGTH);
}

char *
mos_token_marker (GBytes *key,
                  gint64 number)
{
  return mos_token_make_hook (key, "body", number, MOS_TOKEN_MAC_LENGTH);
}

gint64
mos_token_parse_marker (GBytes *key,
                        const char *text)
{
  return mos_token_find_hook (key, "body", text, MOS_TOKEN_MAC_LENGTH);
}

char *
mos_token_strip_markers (GBytes *key,
                         const char *text)
{
  GString *kept = g_string_sized_new (strlen (text));

  for (const char *line = text; *line != '\0';)
    {
      const char *end = strchr (line, '\n');
      gsize length = end != NULL ? (gsize) (end - line) + 1 : strlen (line);
      gsize from = 0, to = length;

      while (from < to && strchr ("> \t", line[from]) != NULL)
        from++;
      while (to > from && g_ascii_isspace (line[to - 1]))
        to--;
      /* No number is longer than 19 digits. */
      if (to - from <= 2 + 19 + 1 + MOS_TOKEN_MAC_LENGTH + 1 && to - from > 3 && line[from] == '[' && line[to - 1] == ']')
        {
          g_autofree char *marker = g_strndup (line + from, to - from);

          if (mos_token_parse_marker (key, marker) != 0)
            {
              line += length;
              continue;
            }
        }
      g_string_append_len (kept, line, (gssize) length);
      line += length;
    }
  return g_string_free (kept, FALSE);
}
