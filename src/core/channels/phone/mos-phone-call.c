/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-phone"

#include "config.h"

#include "core/channels/phone/mos-phone-call.h"

#include "core/base/mos-phone.h"

#include <string.h>

/* Behind E.164's fifteen there are signs of dialling, and nonsense. */
#define MAX_DIGITS 32

void
mos_phone_call_free (MosPhoneCall *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->number);
  g_free (self->name);
  g_free (self->line);
  g_free (self);
}

/* What telephone companies write where a number is withheld: "anonymous", "restricted", "blocked", "unknown", "unavailable", as one would dial the word. None of them is a
 * number of the country that it seems to be of. */
static const char *const withheld[] = { "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", NULL };

char *
mos_phone_normalize (const char *number,
                     const char *country)
{
  g_autofree char *digits = NULL;
  g_autoptr (GString) plain = NULL;

  if (number == NULL || g_strv_contains (withheld, number))
    return g_strdup ("");
  digits = mos_phone_digits (number, country);
  if (*digits != '\0')
    return g_strconcat ("+", digits, NULL);
  plain = g_string_new (NULL);
  for (const char *p = number; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p) || (*p == '+' && plain->len == 0))
        g_string_append_c (plain, *p);
      else if (strchr (" -/().#*", *p) == NULL)
        return g_strdup ("");
    }
  return plain->len <= MAX_DIGITS && strcmp (plain->str, "+") != 0 ? g_string_free_and_steal (g_steal_pointer (&plain)) : g_strdup ("");
}

/* Switchboards put the number, or a word, where they know no name. */
static char *
dup_name (const MosPhoneCall *self)
{
  static const char *const nobody[] = { "anonymous", "unknown", "<unknown>", "restricted", "unavailable", "private", NULL };
  g_autofree char *name = self->name != NULL ? g_utf8_make_valid (self->name, -1) : NULL;
  g_autofree char *folded = NULL;

  if (name == NULL)
    return NULL;
  g_strstrip (name);
  folded = g_ascii_strdown (name, -1);
  if (*name == '\0' || g_strv_contains (nobody, folded) || strpbrk (name, "0123456789") == name || *name == '+')
    return NULL;
  return g_steal_pointer (&name);
}

MosChatUpdate *
mos_phone_call_to_update (const MosPhoneCall *self,
                          MosChatUpdateKind kind,
                          const char *country)
{
  MosChatUpdate *update = mos_chat_update_new ();
  g_autofree char *number = mos_phone_normalize (self->number, country);
  g_autofree char *name = dup_name (self);

  update->kind = kind;
  update->id = g_strdup (self->id);
  update->thread = g_strdup (*number != '\0' ? number : self->id);
  update->text = g_strdup ("");
  update->is_own = self->is_outgoing;
  update->at_us = self->at_us;
  update->call = mos_call_make (self->outcome, number, self->line, self->seconds);
  if (*number != '\0')
    update->person = mos_chat_person_make ("phone", "", number, name);
  else if (name != NULL)
    update->person = mos_chat_person_make ("phone", "", "", name);
  return update;
}
