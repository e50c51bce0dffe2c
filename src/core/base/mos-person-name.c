/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-person-name.h"

#include <string.h>

#define MAX_NAME 200

/* Before a name; compared without case and the point behind it. */
static const char *const titles[] = {
  "dr", "dra", "dott", "prof", "profa", "mr", "mrs", "ms", "miss", "mx", "sir", "sr", "sra", "srta", "don", "doña", "herr", "frau", "hr", "fr", "mag", "ing", "dipl-ing",
  "m", "mme", "mlle", "sig", "sig.ra", "sig.na", "dhr", "mevr", "pan", "pani", "rev", "lic", "arq", "abg", "د", "أ", "م", "السيد", "السيدة", "الآنسة", "الأستاذ", "الأستاذة", "الدكتور", "الدكتورة"
};
/* A firm has one of these as a word. */
static const char *const firms[] = {
  "gmbh", "ag", "kg", "ohg", "ug", "e.k", "gbr", "ltd", "limited", "llc", "inc", "corp", "co", "company", "plc", "sl", "s.l", "slu", "sa", "s.a", "sas", "sarl", "srl", "s.r.l", "spa", "s.p.a", "bv", "b.v", "nv", "oy", "ab", "aps", "as", "kft", "doo",
  "lda", "ltda", "sp", "shop", "store", "tienda", "loja", "negozio", "botiga", "boutique", "team", "support", "service", "services", "group", "gruppe", "grupo", "groupe", "gruppo", "grup", "verein", "hotel", "restaurant", "شركة", "متجر", "مؤسسة"
};
/* What stands before an @ and is nobody. */
static const char *const roles[] = {
  "info", "contact", "contacto", "contato", "contatti", "contacte", "kontakt", "hello", "hola", "hallo", "bonjour", "ciao", "mail", "email", "office", "admin", "sales", "ventas", "vendas", "ventes", "vendite", "vendes", "vertrieb", "support", "service", "help", "ayuda", "ajuda", "aiuto", "hilfe", "atendimento", "assistenza", "noreply", "no-reply", "webmaster", "postmaster", "team", "shop", "newsletter",
  "billing", "invoice", "facturas", "facturation", "fatture", "factures", "rechnung", "customer", "client", "cliente", "kunde", "guest", "unknown", "user", "me", "anonymous"
};
/* First halves of a first name that has two words. */
static const char *const halves[] = { "عبد", "أبو", "أم", "نور", "abd", "abdel", "abdul", "abu", "umm" };

static gboolean
is_listed (const char *word,
           const char *const *list,
           gsize n)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);
  gsize len = strlen (folded);

  while (len > 0 && folded[len - 1] == '.')
    folded[--len] = '\0';
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *other = g_utf8_casefold (list[i], -1);

      if (strcmp (folded, other) == 0)
        return TRUE;
    }
  return FALSE;
}
#define IS_LISTED(word, list) is_listed (word, list, G_N_ELEMENTS (list))

/* Letters, and what may stand between them in a name. */
static gboolean
is_word_of_name (const char *word)
{
  glong n_letters = 0;

  for (const char *s = word; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (g_unichar_isalpha (c))
        n_letters++;
      else if (!g_unichar_ismark (c) && c != '-' && c != '\'' && c != 0x2019 && c != '.' && c != 0x200c && c != 0x00b7 && c != 0x30fb)
        return FALSE;
    }
  return n_letters > 0;
}

/* "A." or "J.R.": no name to greet somebody by. */
static gboolean
is_initial (const char *word)
{
  gboolean is_single = TRUE;

  for (const char *s = word; *s != '\0' && is_single; s = g_utf8_next_char (s))
    {
      const char *next = g_utf8_next_char (s);

      is_single = *s == '.' || *next == '.' || *next == '\0';
    }
  /* A single letter of a script that writes words with one is a word. */
  return is_single && g_unichar_isupper (g_utf8_get_char (word));
}

/* "ana" as somebody typed it is a name; "anagarcia84", "ana.garcia" and "ana_garcia" are what was before an @. */
static gboolean
is_mailbox (const char *word)
{
  gboolean has_point = FALSE;

  for (const char *s = word; *s != '\0'; s++)
    {
      if (*s == '@' || *s == '_' || g_ascii_isdigit (*s))
        return TRUE;
      has_point = has_point || (*s == '.' && s > word && s[1] != '\0' && g_ascii_islower (s[1]));
    }
  return has_point;
}

static gboolean
is_family_first (const char *word)
{
  GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (word));

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HANGUL || script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA;
}

static char *
clean (const char *name)
{
  GString *out = g_string_new (NULL);
  gboolean is_gap = FALSE;
  int depth = 0;

  for (const char *s = name; *s != '\0' && out->len < MAX_NAME; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      /* "Ana (Tienda)", "Ana | Shop", "Ana via Forum" */
      if (c == '(' || c == '[')
        depth++;
      else if ((c == ')' || c == ']') && depth > 0)
        depth--;
      else if (depth == 0 && (c == '|' || c == '/'))
        break;
      else if (depth > 0 || c == '"' || g_unichar_iscntrl (c) || c == 0x200e || c == 0x200f || c == 0x061c || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
        continue;
      else if (g_unichar_isspace (c))
        is_gap = out->len > 0;
      else
        {
          if (is_gap)
            g_string_append_c (out, ' ');
          is_gap = FALSE;
          g_string_append_unichar (out, c);
        }
    }
  if (out->len > 1 && out->str[0] == '\'' && out->str[out->len - 1] == '\'')
    {
      g_string_truncate (out, out->len - 1);
      g_string_erase (out, 0, 1);
    }
  return g_string_free (out, FALSE);
}

char *
mos_person_first_name (const char *name)
{
  g_autofree char *valid = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  const char *comma;
  guint n, at = 0;

  if (name == NULL)
    return NULL;
  valid = g_utf8_make_valid (name, -1);
  text = clean (valid);
  if (is_mailbox (text) || strchr (text, '&') != NULL || strchr (text, '+') != NULL)
    return NULL;

  /* "García, Ana"; "Ana García, Dr." and "Ana, Tienda SL" are told by what is behind it. */
  comma = strchr (text, ',');
  if (comma != NULL && comma[1] != '\0')
    {
      g_autofree char *before = g_strndup (text, (gsize) (comma - text));
      char *turned = g_strdup_printf ("%s %s", g_strchug ((char *) comma + 1), before);

      g_free (text);
      text = turned;
    }
  words = g_strsplit (text, " ", -1);
  n = g_strv_length (words);
  for (guint i = 0; i < n; i++)
    if (IS_LISTED (words[i], firms))
      return NULL;
  while (at < n && (IS_LISTED (words[at], titles) && at + 1 < n))
    at++;
  if (at == n || !is_word_of_name (words[at]) || is_initial (words[at]))
    return NULL;
  /* Behind a title alone there is a family name: "Frau Müller". */
  if (at > 0 && at + 1 == n)
    return NULL;
  if (n == 1 && IS_LISTED (words[at], roles))
    return NULL;
  /* The family's name is first, and nobody is called by the other one alone. */
  if (is_family_first (words[at]))
    return g_strjoinv (" ", words + at);
  if (at + 1 < n && IS_LISTED (words[at], halves))
    return g_strdup_printf ("%s %s", words[at], words[at + 1]);
  return g_strdup (words[at]);
}
