/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-signatures.h"

#include "core/store/mos-store-signatures.h"

#include <string.h>

#define MAX_LINES 15
#define MAX_LINE 200
#define MAX_TAIL 8192
/* mails of a sender that are remembered */
#define KEEP_MAILS 6

/* Trimmed, runs of white space as one blank; two spellings of one line are the same then. */
static char *
even_line (const char *line)
{
  char *out = g_malloc (strlen (line) + 1);
  char *to = out;

  for (const char *p = line; *p != '\0';)
    {
      const char *next = g_utf8_next_char (p);
      gunichar c = (guchar) *p > ' ' && (guchar) *p < 0x7f ? (guchar) *p : g_utf8_get_char (p);

      if ((c > ' ' && c < 0x7f) || (!g_unichar_isspace (c) && c != 0x200b && c != 0xfeff))
        while (p < next)
          *to++ = *p++;
      else if (to > out && to[-1] != ' ')
        *to++ = ' ';
      p = next;
    }
  *to = '\0';
  return g_strchomp (out);
}

char *
mos_signature_tail (const char *reply_text)
{
  gsize length = strlen (reply_text);
  const char *start = length > MAX_TAIL ? strchr (reply_text + length - MAX_TAIL, '\n') : reply_text;
  g_auto (GStrv) lines = g_strsplit (start != NULL ? start : "", "\n", -1);
  guint n = g_strv_length (lines);
  guint first = n, filled = 0;
  GString *out = g_string_new (NULL);

  while (first > 0 && filled < MAX_LINES && n - first < 2 * MAX_LINES)
    {
      g_autofree char *even = even_line (lines[--first]);

      /* a paragraph of prose is no line of a signature */
      if (strlen (even) > MAX_LINE)
        {
          first++;
          break;
        }
      filled += *even != '\0';
    }
  for (guint i = first; i < n; i++)
    {
      g_autofree char *even = even_line (lines[i]);

      if (*even != '\0' || (out->len > 0 && !g_str_has_suffix (out->str, "\n\n")))
        g_string_append_printf (out, "%s\n", even);
    }
  g_strchomp (out->str);
  /* what is above it matters: a tail that is all of the text says so by having no empty line before it */
  if ((first > 0 || start != reply_text) && *out->str != '\0')
    g_string_prepend (out, "\n");
  return g_string_free (out, FALSE);
}

static gboolean
has_contact (const char *line)
{
  static gsize once;
  static GRegex *regex;

  if (g_once_init_enter (&once))
    {
      regex = g_regex_new ("[^\\s@]+@[^\\s@]+\\.[a-z]{2,}|https?://|\\bwww\\.|\\+?\\d[\\d ()/.-]{6,}\\d", G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&once, 1);
    }
  return g_regex_match (regex, line, 0, NULL);
}

static const char *
last_line (const char *text)
{
  const char *end = strrchr (text, '\n');

  return end != NULL ? end + 1 : text;
}

char *
mos_signature_common (const char *tail,
                      const char *other)
{
  g_auto (GStrv) a = NULL;
  g_auto (GStrv) b = NULL;
  guint n_a, n_b;
  guint n = 0, filled = 0;
  gboolean contact = FALSE;

  /* Most end otherwise in their last line. */
  if (strcmp (last_line (tail), last_line (other)) != 0)
    return NULL;
  a = g_strsplit (tail, "\n", -1);
  b = g_strsplit (other, "\n", -1);
  n_a = g_strv_length (a);
  n_b = g_strv_length (b);
  if (n_a == 0 || n_b == 0)
    return NULL;
  while (n < n_a && n < n_b && strcmp (a[n_a - 1 - n], b[n_b - 1 - n]) == 0)
    n++;
  /* the same mail twice; with an empty line at the top there is more above, which may differ */
  if (n == n_a && n == n_b && *a[0] != '\0')
    return NULL;
  /* Whole paragraphs: the last sentence of a paragraph may be the same by chance. Where one mail is used up, its beginning is one. */
  if (n < n_a && *a[n_a - 1 - n] != '\0' && n < n_b)
    {
      while (n > 0 && *a[n_a - n] != '\0')
        n--;
    }
  while (n > 0 && *a[n_a - n] == '\0')
    n--;
  for (guint i = n_a - n; i < n_a; i++)
    {
      filled += *a[i] != '\0';
      contact = contact || has_contact (a[i]);
    }
  if (filled < 2 && !(filled == 1 && contact))
    return NULL;
  return g_strjoinv ("\n", a + (n_a - n));
}

/* "Hello Ana," and nothing else */
static gboolean
is_only_greeting (const char *text)
{
  static const char *const words[] = {
    "hello",
    "hi",
    "hey",
    "dear",
    "good morning",
    "good afternoon",
    "hola",
    "buenos",
    "buenas",
    "muy buenas",
    "estimad",
    "querid",
    "guten",
    "hallo",
    "lieb",
    "sehr geehrte",
    "moin",
    "servus",
    "grüß",
    "grüezi",
    "bonjour",
    "bonsoir",
    "salut",
    "coucou",
    "cher",
    "madame",
    "monsieur",
    "ciao",
    "buongiorno",
    "buonasera",
    "buon pomeriggio",
    "buona sera",
    "salve",
    "gentil",
    "egregi",
    "spett",
    "olá",
    "oi",
    "bom dia",
    "boa tarde",
    "boa noite",
    "caro",
    "prezad",
    "beste",
    "geachte",
    "goede",
    "bon dia",
    "bona tarda",
    "bon vespre",
    "benvolgu",
    "hej",
    "hei",
    "kære",
    "dzień dobry",
    "cześć",
    "szanown",
    "dobrý den",
    "ahoj",
    "здравствуйте",
    "добрый",
    "привет",
    "добрий",
    "вітаю",
    "merhaba",
    "sayın",
    "καλημέρα",
    "αγαπητ",
    "مرحبا",
    "مرحبًا",
    "مرحباً",
    "السلام",
    "أهلا",
    "أهلًا",
    "أهلاً",
    "اهلا",
    "تحية طيبة",
    "السادة",
    "صباح الخير",
    "مساء الخير",
    "عزيز",
    "שלום",
    "您好",
    "你好",
    "こんにちは",
    "안녕하세요",
  };
  g_autofree char *line = g_strstrip (g_utf8_strdown (text, -1));

  if (*line == '\0')
    return TRUE;
  if (strchr (line, '\n') != NULL || strlen (line) > 80)
    return FALSE;
  if (g_str_has_suffix (line, ","))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (line, words[i]) && strpbrk (line, ".?;") == NULL)
      return g_utf8_strlen (line, -1) <= 40;
  return FALSE;
}

char *
mos_signature_strip (const char *reply_text,
                     const char *signature)
{
  g_auto (GStrv) lines = g_strsplit (reply_text, "\n", -1);
  g_auto (GStrv) wanted = g_strsplit (signature, "\n", -1);
  guint i = g_strv_length (lines), k = g_strv_length (wanted);
  g_autofree char *rest = NULL;

  /* from below; empty lines count for nothing */
  while (k > 0)
    {
      g_autofree char *even = NULL;

      if (*wanted[k - 1] == '\0')
        {
          k--;
          continue;
        }
      if (i == 0)
        return NULL;
      even = even_line (lines[i - 1]);
      if (*even == '\0')
        {
          i--;
          continue;
        }
      if (strcmp (even, wanted[k - 1]) != 0)
        return NULL;
      i--;
      k--;
    }
  if (lines[i] == NULL)
    return NULL;
  g_clear_pointer (&lines[i], g_free);
  for (guint j = i + 1; lines[j] != NULL; j++)
    g_clear_pointer (&lines[j], g_free);
  rest = g_strchomp (g_strjoinv ("\n", lines));
  return is_only_greeting (rest) ? NULL : g_steal_pointer (&rest);
}

gboolean
mos_signatures_find (MosTxn *txn,
                     const char *identity,
                     const char *reply_text,
                     const char *tail,
                     char **ret_stripped,
                     GError **error)
{
  g_autoptr (GPtrArray) tails = NULL;
  g_autofree char *signature = NULL;
  guint n_with = 0;

  *ret_stripped = NULL;
  if (*tail == '\0')
    return TRUE;
  tails = mos_store_signature_list (txn, identity, error);
  if (tails == NULL)
    return FALSE;
  for (guint i = 0; i < tails->len; i++)
    {
      MosTail *other = g_ptr_array_index (tails, i);
      g_autofree char *common = mos_signature_common (tail, other->tail);

      if (common != NULL && (signature == NULL || strlen (common) > strlen (signature)))
        g_set_str (&signature, common);
    }
  if (signature == NULL)
    return TRUE;
  *ret_stripped = mos_signature_strip (reply_text, signature);
  for (guint i = 0; i < tails->len; i++)
    n_with += g_str_has_suffix (((MosTail *) g_ptr_array_index (tails, i))->tail, signature);
  /* Two that end so took it from each other when the second came: once learnt, it costs no more looks at earlier mails. */
  for (guint i = 0; n_with < 2 && i < tails->len; i++)
    {
      MosTail *other = g_ptr_array_index (tails, i);
      g_autofree char *text = NULL;
      g_autofree char *stripped = NULL;

      if (!mos_store_message_get_reply_text (txn, other->message, &text, error))
        return FALSE;
      stripped = text != NULL ? mos_signature_strip (text, signature) : NULL;
      if (stripped != NULL && !mos_store_message_set_reply_text (txn, other->message, stripped, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_signatures_remember (MosTxn *txn,
                         const char *identity,
                         const char *message,
                         const char *tail,
                         GError **error)
{
  return *tail == '\0' || mos_store_signature_add (txn, identity, message, tail, KEEP_MAILS, error);
}
