/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-outreach-words.h"

#include <string.h>

/* Longer is a letter, and read by a person. */
#define MAX_ANSWER 200

static const struct
{
  const char *language;
  const char *line;
  const char *words[5]; /* lower case; the first is that of the line */
} table[] = {
  { "en", "To get no more mail of this kind, reply with “unsubscribe”.", { "unsubscribe", "unsubscribe me", "stop", "remove me", "opt out" } },
  { "ar", "إذا كنت لا ترغب في تلقي رسائل كهذه، فرُدّ بكلمة «إلغاء».", { "إلغاء", "الغاء", "إلغاء الاشتراك", "الغاء الاشتراك", "إلغاء الإشتراك" } },
  { "ca", "Si no voleu rebre més correus d’aquest tipus, responeu «baixa».", { "baixa", "doneu me de baixa", "donar me de baixa", "vull la baixa", "donar de baixa" } },
  { "de", "Möchten Sie solche E-Mails nicht mehr erhalten, antworten Sie mit „abmelden“.", { "abmelden", "abbestellen", "bitte abmelden", "austragen", "abmeldung" } },
  { "es", "Si no quiere recibir más correos de este tipo, responda con «baja».", { "baja", "darme de baja", "dar de baja", "cancelar suscripción", "quiero darme de baja" } },
  { "fr", "Pour ne plus recevoir de tels messages, répondez «\u00a0désabonner\u00a0».", { "désabonner", "desabonner", "désinscription", "désabonnement", "me désabonner" } },
  { "it", "Per non ricevere altri messaggi di questo tipo, risponda con «cancella».", { "cancella", "cancellami", "disiscrivimi", "disiscrizione", "cancellami dalla lista" } },
  { "nl", "Wilt u zulke mail niet meer, antwoord dan met “afmelden”.", { "afmelden", "uitschrijven", "meld me af", NULL } },
  { "pl", "Aby nie otrzymywać więcej takich wiadomości, proszę odpowiedzieć „wypisz”.", { "wypisz", "wypisz mnie", "rezygnuję", NULL } },
  { "pt", "Se não quiser receber mais mensagens deste tipo, responda com “remover”.", { "remover", "descadastrar", "cancelar", "cancelar subscrição", "cancelar inscrição" } },
};

static gsize
base_length (const char *language)
{
  return strcspn (language, "-_");
}

const char *
mos_outreach_words_get_line (const char *language)
{
  gsize length = language != NULL ? base_length (language) : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (length == strlen (table[i].language) && strncmp (table[i].language, language, length) == 0)
      return table[i].line;
  return table[0].line;
}

/* Signs and blanks around it away, in lower case, in one spelling. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autofree char *lower = g_utf8_strdown (normal != NULL ? normal : "", -1);
  GString *folded = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (folded, c);
      else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  while (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  return g_string_free (folded, FALSE);
}

gboolean
mos_outreach_words_is_opt_out (const char *text)
{
  g_autofree char *folded = NULL;

  if (text == NULL || strlen (text) > MAX_ANSWER)
    return FALSE;
  folded = fold (text);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    for (gsize w = 0; w < G_N_ELEMENTS (table[i].words) && table[i].words[w] != NULL; w++)
      if (strcmp (folded, table[i].words[w]) == 0)
        return TRUE;
  return FALSE;
}
