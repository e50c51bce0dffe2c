/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-hint-text.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

char *
mos_hint_text (const MosHint *hint)
{
  g_autofree char *found = mos_text_isolate (hint->found);
  g_autofree char *meant = hint->meant != NULL ? mos_text_isolate (hint->meant) : NULL;

  switch (hint->kind)
    {
    case MOS_HINT_IBAN:
      /* Translators: %s is a bank account number (IBAN). */
      return g_strdup_printf (_ ("This mail names another bank account than the sender did before: %s"), found);
    case MOS_HINT_LOOKALIKE:
      /* Translators: two domains, such as paypa1.com and paypal.com. */
      return g_strdup_printf (_ ("It comes from %1$s, which looks like %2$s but is not."), found, meant);
    case MOS_HINT_MIXED_SCRIPTS:
      /* Translators: %s is a domain. */
      return g_strdup_printf (_ ("It comes from %s, a name that mixes letters of several alphabets."), found);
    case MOS_HINT_BRAND_DOMAIN:
      /* Translators: a domain, and a company's name or domain. */
      return g_strdup_printf (_ ("It comes from %1$s, which uses the name %2$s but is another domain."), found, meant);
    case MOS_HINT_LINK:
      if (meant == NULL)
        /* Translators: %s is a domain. */
        return g_strdup_printf (_ ("A link leads to %s, a name that mixes letters of several alphabets."), found);
      /* Translators: two domains: where a link leads, and what it looks like. */
      return g_strdup_printf (_ ("A link leads to %1$s, not to %2$s."), found, meant);
    case MOS_HINT_OWN_NAME:
      /* Translators: a name of our own, and a strange address. */
      return g_strdup_printf (_ ("The sender uses the name “%1$s”, but the address %2$s is not one of ours."), meant, found);
    case MOS_HINT_BRAND_NAME:
      /* Translators: a company's name, and a strange address. */
      return g_strdup_printf (_ ("The sender is called “%1$s”, but the address %2$s does not belong to it."), meant, found);
    case MOS_HINT_NAME_ADDRESS:
      /* Translators: two mail addresses. */
      return g_strdup_printf (_ ("The sender’s name is the address %1$s, but it comes from %2$s."), meant, found);
    case MOS_HINT_REPLY_TO:
      /* Translators: two mail addresses. */
      return g_strdup_printf (_ ("Answers would go to %1$s, not to %2$s."), found, meant);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static const char *
advice (MosHintKind kind)
{
  switch (kind)
    {
    case MOS_HINT_IBAN:
      return _ ("Before you pay, ask the sender in another way: by a telephone number that you had before, not by one in this mail.");
    case MOS_HINT_LOOKALIKE:
    case MOS_HINT_MIXED_SCRIPTS:
    case MOS_HINT_BRAND_DOMAIN:
      return _ ("Compare the address letter by letter. Open the company’s page by its name, not by a link in this mail.");
    case MOS_HINT_LINK:
      return _ ("Do not type a password there. Open the page by its name instead.");
    case MOS_HINT_OWN_NAME:
      return _ ("Ask your colleague whether this is theirs before you do what it asks for.");
    case MOS_HINT_BRAND_NAME:
    case MOS_HINT_NAME_ADDRESS:
      return _ ("Anybody can write any name; only the address counts.");
    case MOS_HINT_REPLY_TO:
      return _ ("Look at the recipient before you answer.");
    default:
      g_return_val_if_reached ("");
    }
}

char *
mos_hints_why_text (GPtrArray *hints)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < hints->len; i++)
    {
      const MosHint *hint = hints->pdata[i];
      g_autofree char *seen = mos_hint_text (hint);

      g_string_append_printf (text, "%s\n%s\n\n", seen, advice (hint->kind));
      if (hint->kind == MOS_HINT_IBAN)
        {
          g_autofree char *before = mos_text_isolate (hint->meant);

          /* Translators: %s is a bank account number (IBAN). */
          g_string_append_printf (text, _ ("Before, it was %s."), before);
          g_string_append (text, "\n\n");
        }
    }
  g_string_append (text, _ ("This was found on this computer, by what is in the mail and in your earlier mail. It may be harmless."));
  return g_string_free (text, FALSE);
}
