/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-senders.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-token.h"

#include <string.h>

static gboolean
mos_senders_have (GPtrArray *senders,
                  const char *address)
{
  g_autofree char *canonical = mos_text_canonical_address (address);

  for (guint i = 0; i < senders->len; i++)
    {
      g_autofree char *other = mos_text_canonical_address (((MosSender *) g_ptr_array_index (senders, i))->address);

      if (strcmp (canonical, other) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
mos_senders_add (GPtrArray *senders,
                 MosAccount *account,
                 const MosSender *sender)
{
  const char *name = sender->name != NULL ? sender->name : account->name;
  const char *signature = sender->signature != NULL ? sender->signature : account->signature;
  MosSender *whole;

  if (sender->address == NULL || *sender->address == '\0' || mos_senders_have (senders, sender->address))
    return;
  whole = mos_sender_make (sender->address, NULL, signature != NULL ? signature : "", sender->reply_to);
  whole->name = g_strdup (name != NULL ? name : "");
  g_ptr_array_add (senders, whole);
}

GPtrArray *
mos_account_list_senders (MosAccount *account)
{
  GPtrArray *senders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_sender_unref);
  const MosSender own = { .address = account->address };

  mos_senders_add (senders, account, &own);
  for (guint i = 0; account->senders != NULL && i < account->senders->len; i++)
    mos_senders_add (senders, account, g_ptr_array_index (account->senders, i));
  /* Those of a profile from before senders had details */
  for (char **alias = account->aliases; alias != NULL && *alias != NULL; alias++)
    {
      const MosSender plain = { .address = *alias };

      mos_senders_add (senders, account, &plain);
    }
  return senders;
}

static MosSender *
mos_senders_find_exact (GPtrArray *senders,
                        const char *address)
{
  g_autofree char *canonical = mos_text_canonical_address (address);

  for (guint i = 0; i < senders->len; i++)
    {
      MosSender *sender = g_ptr_array_index (senders, i);
      g_autofree char *other = mos_text_canonical_address (sender->address);

      if (strcmp (canonical, other) == 0)
        return sender;
    }
  return NULL;
}

MosSender *
mos_account_find_sender (MosAccount *account,
                         const char *address)
{
  g_autoptr (GPtrArray) senders = mos_account_list_senders (account);
  MosSender *sender = NULL;

  if (address != NULL && *address != '\0')
    {
      sender = mos_senders_find_exact (senders, address);
      for (guint i = 0; i < senders->len && sender == NULL; i++)
        {
          MosSender *each = g_ptr_array_index (senders, i);

          if (mos_text_same_mailbox (each->address, address) && strchr (address, '+') != NULL)
            {
              MosSender *tagged = mos_sender_make (address, NULL, each->signature, each->reply_to);

              tagged->name = g_strdup (each->name);
              return tagged;
            }
        }
    }
  if (sender == NULL && account->default_sender != NULL)
    sender = mos_senders_find_exact (senders, account->default_sender);
  if (sender == NULL && senders->len > 0)
    sender = g_ptr_array_index (senders, 0);
  return sender != NULL ? mos_sender_ref (sender) : NULL;
}

void
mos_account_set_senders (MosAccount *account,
                         GPtrArray *senders,
                         const char *default_sender)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_sender_unref);
  g_autoptr (GStrvBuilder) aliases = g_strv_builder_new ();
  g_autofree char *own = mos_text_canonical_address (account->address);

  for (guint i = 0; senders != NULL && i < senders->len; i++)
    {
      MosSender *sender = g_ptr_array_index (senders, i);
      g_autofree char *canonical = mos_text_canonical_address (sender->address);

      if (*sender->address == '\0' || strcmp (canonical, own) == 0 || mos_senders_have (kept, sender->address))
        continue;
      g_ptr_array_add (kept, mos_sender_ref (sender));
      g_strv_builder_add (aliases, sender->address);
    }

  g_clear_pointer (&account->default_sender, g_free);
  if (default_sender != NULL && mos_senders_have (kept, default_sender))
    account->default_sender = g_strdup (default_sender);
  g_strfreev (account->aliases);
  account->aliases = g_strv_builder_end (aliases);
  g_clear_pointer (&account->senders, g_ptr_array_unref);
  account->senders = g_steal_pointer (&kept);
}

/* --- the address that was written to --- */

/* What we put behind the last "+" ourselves names the conversation, not an address that somebody was given. */
static char *
mos_senders_without_token (const char *address,
                           GBytes *key)
{
  g_autofree char *conversation = key != NULL ? mos_token_parse_address (key, address) : NULL;
  g_autofree char *local = NULL;
  const char *at = strrchr (address, '@');

  if (conversation == NULL || at == NULL)
    return g_strdup (address);
  local = g_strndup (address, (gsize) (at - address));
  if (strrchr (local, '+') != NULL)
    *strrchr (local, '+') = '\0';
  return g_strconcat (local, at, NULL);
}

static char *
mos_senders_find_written_to (GPtrArray *senders,
                             GPtrArray *addresses,
                             gboolean exactly,
                             GBytes *key)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      const char *written = ((MosAddress *) g_ptr_array_index (addresses, i))->address;
      g_autofree char *address = written != NULL && *written != '\0' ? mos_senders_without_token (written, key) : NULL;

      if (address == NULL)
        continue;
      for (guint s = 0; s < senders->len; s++)
        {
          MosSender *sender = g_ptr_array_index (senders, s);

          if (exactly && mos_senders_find_exact (senders, address) == sender)
            return g_strdup (sender->address);
          if (!exactly && mos_text_same_mailbox (sender->address, address))
            return g_strdup (strchr (address, '+') != NULL ? address : sender->address);
        }
    }
  return NULL;
}

char *
mos_account_choose_sender (MosAccount *account,
                           MosMessageRow *answered,
                           GBytes *key)
{
  g_autoptr (GPtrArray) senders = mos_account_list_senders (account);
  char *found = NULL;

  if (answered == NULL)
    return NULL;
  if (answered->direction == MOS_DIRECTION_OUTGOING)
    {
      /* Writing on, as whoever we wrote as. */
      g_autoptr (GPtrArray) from = g_ptr_array_new ();

      if (answered->from != NULL)
        g_ptr_array_add (from, answered->from);
      found = mos_senders_find_written_to (senders, from, TRUE, key);
      if (found == NULL)
        found = mos_senders_find_written_to (senders, from, FALSE, key);
    }
  else
    {
      GPtrArray *lists[] = { answered->to, answered->cc };

      for (guint l = 0; l < G_N_ELEMENTS (lists) && found == NULL; l++)
        {
          found = mos_senders_find_written_to (senders, lists[l], TRUE, key);
          if (found == NULL)
            found = mos_senders_find_written_to (senders, lists[l], FALSE, key);
        }
    }
  return found;
}

const char *
mos_sender_get_signature (const MosSender *self,
                          const MosAgent *agent)
{
  if (agent != NULL && agent->signature != NULL && *agent->signature != '\0')
    return agent->signature;
  return self != NULL && self->signature != NULL ? self->signature : "";
}
