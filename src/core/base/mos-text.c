/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-text.h"

#include <string.h>

/* What mail programs put before a subject, without the colon; from their own translations. */
static const char *const subject_prefixes[] = {
  "re", "aw", "antw", "antwort", "sv", "vs", "rv", "res", "ref", "odp", "ynt", "rif", "r", "bls", "vl", "vb", "atb",
  "fw", "fwd", "wg", "wtr", "doorst", "tr", "enc", "i", "pd", "ilt", "trs", "vedr", "re (fwd)",
  "\xe5\x9b\x9e\xe5\xa4\x8d", /* Chinese (simplified): reply */
  "\xe5\x9b\x9e\xe8\xa6\x86", /* Chinese (traditional): reply */
  "\xe7\xad\x94\xe5\xa4\x8d", /* Chinese: answer */
  "\xe8\xbd\xac\xe5\x8f\x91", /* Chinese (simplified): forward */
  "\xe8\xbd\x89\xe5\xaf\x84", /* Chinese (traditional): forward */
  "\xd7\x94\xd7\xa9\xd7\x91", /* Hebrew: reply */
  "\xd8\xb1\xd8\xaf",         /* Arabic: reply */
  "إعادة توجيه",              /* Arabic: forward */
  "\xce\xb1\xcf\x80",         /* Greek: reply, lower case */
};

static gboolean
mos_text_match_prefix (const char *text,
                       const char **ret_rest)
{
  const char *colon = text;
  g_autofree char *folded = NULL;
  gsize length;

  /* The longest prefix above has eleven characters, "[12]" may follow. */
  for (int i = 0; i < 17 && *colon != '\0'; i++)
    {
      if (*colon == ':' || g_utf8_get_char (colon) == 0xff1a)
        break;
      colon = g_utf8_next_char (colon);
    }
  if (*colon != ':' && g_utf8_get_char (colon) != 0xff1a)
    return FALSE;

  length = (gsize) (colon - text);
  while (length > 0 && text[length - 1] == ' ')
    length--;
  /* "Re[2]:" and "Re(2):" count the replies. */
  if (length > 2 && (text[length - 1] == ']' || text[length - 1] == ')'))
    {
      gsize open = length - 1;

      while (open > 0 && g_ascii_isdigit (text[open - 1]))
        open--;
      if (open > 0 && open < length - 1 && (text[open - 1] == '[' || text[open - 1] == '('))
        length = open - 1;
    }

  folded = g_utf8_strdown (text, (gssize) length);
  for (guint i = 0; i < G_N_ELEMENTS (subject_prefixes); i++)
    if (strcmp (folded, subject_prefixes[i]) == 0)
      {
        *ret_rest = g_utf8_next_char (colon);
        return TRUE;
      }
  return FALSE;
}

const char *
mos_text_strip_subject (const char *subject)
{
  const char *rest = subject;

  do
    {
      subject = rest;
      while (g_ascii_isspace (*subject))
        subject++;
    }
  while (mos_text_match_prefix (subject, &rest));

  return subject;
}

char *
mos_text_reply_subject (const char *subject)
{
  return g_strconcat ("Re: ", mos_text_strip_subject (subject), NULL);
}

char *
mos_text_forward_subject (const char *subject)
{
  return g_strconcat ("Fwd: ", mos_text_strip_subject (subject), NULL);
}

char *
mos_text_canonical_address (const char *address)
{
  g_autofree char *stripped = g_strstrip (g_strdup (address));

  return g_utf8_strdown (stripped, -1);
}

static char *
mos_text_untagged (const char *address)
{
  char *canonical = mos_text_canonical_address (address);
  char *at = strrchr (canonical, '@'), *plus = strchr (canonical, '+');
  g_autofree char *domain = at != NULL && strstr (at, "xn--") != NULL ? g_hostname_to_unicode (at + 1) : NULL;

  /* In mail a domain stands as "xn--bcher-kva.example" (RFC 5890), to people as "bücher.example". */
  if (domain != NULL)
    {
      char *written = canonical;

      canonical = g_strdup_printf ("%.*s@%s", (int) (at - written), written, domain);
      g_free (written);
      at = strrchr (canonical, '@');
      plus = strchr (canonical, '+');
    }
  if (at != NULL && plus != NULL && plus < at && plus > canonical)
    memmove (plus, at, strlen (at) + 1);
  return canonical;
}

gboolean
mos_text_same_mailbox (const char *a,
                       const char *b)
{
  g_autofree char *first = mos_text_untagged (a);
  g_autofree char *second = mos_text_untagged (b);

  return *first != '\0' && strcmp (first, second) == 0;
}

gboolean
mos_text_is_address (const char *text)
{
  const char *at = strrchr (text, '@');

  if (at == NULL || at == text || at[1] == '\0' || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p) || strchr ("<>,;()", *p) != NULL)
      return FALSE;
  return strchr (text, '@') == at || text[0] == '"';
}

gboolean
mos_text_is_break (const char *line)
{
  return line[0] == '\f' && line[1] == '\0';
}

char **
mos_text_split_parts (const char *text)
{
  /* g_strsplit() of "" gives nothing */
  return *text != '\0' ? g_strsplit (text, MOS_TEXT_BREAK, -1) : g_strdupv ((char *[]) { (char *) "", NULL });
}

gboolean
mos_text_is_rtl_language (const char *tag)
{
  static const char *const those[] = { "ar", "fa", "he", "ur" };

  for (gsize i = 0; i < G_N_ELEMENTS (those); i++)
    if (g_ascii_strncasecmp (tag, those[i], 2) == 0 && !g_ascii_isalnum (tag[2]))
      return TRUE;
  return FALSE;
}

char *
mos_text_quote (const char *text)
{
  GString *quoted = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  g_autofree char *trimmed = g_strchomp (g_strdup (text));

  if (*trimmed == '\0')
    return g_string_free (quoted, FALSE);

  lines = g_strsplit (trimmed, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_strchomp (*line);
      g_string_append (quoted, (*line)[0] == '>' || (*line)[0] == '\0' ? ">" : "> ");
      g_string_append (quoted, *line);
      g_string_append_c (quoted, '\n');
    }
  return g_string_free (quoted, FALSE);
}

gboolean
mos_text_same_name (const char *a,
                    const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return g_utf8_collate (folded_a, folded_b) == 0;
}
