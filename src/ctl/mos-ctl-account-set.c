/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-senders.h"
#include "core/store/mos-store-accounts.h"

#include <glib/gi18n.h>
#include <string.h>

/* account set A name=… alias+=… alias-=… default=… mailbox=… plus=… marker=… spam=… subject-days=… */

typedef struct
{
  const char *name;
  GPtrArray *words;
  const char *reply_to;  /* (nullable) */
  const char *signature; /* (nullable) */
  MosAccount *account;   /* what came of it */
} MosCtlAccountSet;

/* "Name <address>" or an address alone */
static MosSender *
mos_ctl_parse_sender (MosCtlAccountSet *set,
                      const char *text,
                      GError **error)
{
  const char *open = strrchr (text, '<');
  g_autofree char *name = open != NULL ? g_strstrip (g_strndup (text, (gsize) (open - text))) : NULL;
  g_autofree char *address = g_strstrip (g_strdup (open != NULL ? open + 1 : text));

  if (open != NULL && g_str_has_suffix (address, ">"))
    address[strlen (address) - 1] = '\0';
  if (!mos_text_is_address (address))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no mail address"), text);
      return NULL;
    }
  return mos_sender_make (address, name, set->signature, set->reply_to);
}

static gboolean
mos_ctl_find_sender (GPtrArray *senders,
                     const char *address,
                     guint *ret_index)
{
  g_autofree char *canonical = mos_text_canonical_address (address);

  for (guint i = 0; i < senders->len; i++)
    {
      g_autofree char *other = mos_text_canonical_address (((MosSender *) g_ptr_array_index (senders, i))->address);

      if (strcmp (canonical, other) == 0)
        {
          *ret_index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
mos_ctl_no_sender (GError **error,
                   const char *address)
{
  /* Translators: %s is a mail address */
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("The account does not write from %s"), address);
  return FALSE;
}

/* @senders: the further ones; @ret_default: (inout) */
static gboolean
mos_ctl_apply_word (MosCtlAccountSet *set,
                    MosAccount *account,
                    GPtrArray *senders,
                    char **ret_default,
                    const char *word,
                    GError **error)
{
  guint at = 0;
  gint64 days;

  if (g_str_has_prefix (word, "name="))
    g_set_str (&account->name, word + 5);
  else if (g_str_has_prefix (word, "mailbox="))
    g_set_str (&account->authorize_as, word[8] != '\0' ? word + 8 : NULL);
  else if (g_str_equal (word, "plus=yes") || g_str_equal (word, "plus=no"))
    account->plus_addressing = word[5] == 'y';
  else if (g_str_equal (word, "marker=yes") || g_str_equal (word, "marker=no"))
    account->without_marker = word[7] == 'n';
  else if (g_str_equal (word, "spam=move") || g_str_equal (word, "spam=stay"))
    account->spam_stays = word[5] == 's';
  else if (g_str_has_prefix (word, "subject-days=") && g_ascii_string_to_signed (word + 13, 10, 0, 90, &days, NULL))
    account->join_subject_days = (int) days;
  else if (g_str_has_prefix (word, "alias+="))
    {
      MosSender *sender = mos_ctl_parse_sender (set, word + 7, error);

      if (sender == NULL)
        return FALSE;
      if (mos_ctl_find_sender (senders, sender->address, &at))
        g_ptr_array_remove_index (senders, at);
      else
        at = senders->len;
      g_ptr_array_insert (senders, (int) at, sender);
    }
  else if (g_str_has_prefix (word, "alias-="))
    {
      if (!mos_ctl_find_sender (senders, word + 7, &at))
        return mos_ctl_no_sender (error, word + 7);
      g_ptr_array_remove_index (senders, at);
    }
  else if (g_str_has_prefix (word, "default="))
    {
      if (mos_text_same_mailbox (account->address, word + 8))
        g_clear_pointer (ret_default, g_free);
      else if (mos_ctl_find_sender (senders, word + 8, &at))
        g_set_str (ret_default, ((MosSender *) g_ptr_array_index (senders, at))->address);
      else
        return mos_ctl_no_sender (error, word + 8);
    }
  else
    {
      /* Translators: what was typed, for example status=asleep, and what may be typed: status=open|pending|snoozed */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” cannot be set; say %s"), word, MOS_CTL_ACCOUNT_WORDS);
      return FALSE;
    }
  return TRUE;
}

static gboolean
mos_ctl_do_account_set (MosTxn *txn,
                        gpointer data,
                        GError **error)
{
  MosCtlAccountSet *set = data;
  g_autoptr (MosAccount) old = NULL;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *default_sender = NULL;

  if (!mos_ctl_find_account (txn, set->name, &old, error))
    return FALSE;
  account = mos_account_prepare (old, 0);
  account->work_since_us = old->work_since_us;
  default_sender = g_strdup (account->default_sender);
  all = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_sender_unref);
  for (guint i = 0; account->senders != NULL && i < account->senders->len; i++)
    g_ptr_array_add (all, mos_sender_ref (g_ptr_array_index (account->senders, i)));
  for (char **alias = account->aliases; *alias != NULL; alias++)
    {
      guint at;

      if (!mos_ctl_find_sender (all, *alias, &at))
        g_ptr_array_add (all, mos_sender_make (*alias, NULL, NULL, NULL));
    }

  for (guint i = 0; i < set->words->len; i++)
    if (!mos_ctl_apply_word (set, account, all, &default_sender, g_ptr_array_index (set->words, i), error))
      return FALSE;
  mos_account_set_senders (account, all, default_sender);
  set->account = mos_account_ref (account);
  return mos_store_account_save (txn, account, error);
}

int
mos_ctl_account_set (MosCtl *self,
                     GPtrArray *args)
{
  g_autofree char *reply_to = mos_ctl_take_option (args, "--reply-to");
  gboolean with_signature = mos_ctl_take_flag (args, "--signature-stdin");
  g_autofree char *signature = NULL;
  g_autofree char *name = NULL;
  MosCtlAccountSet set = { 0 };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 2, G_MAXUINT))
    return MOS_CTL_USAGE;
  if (reply_to != NULL && !mos_text_is_address (reply_to))
    return mos_ctl_usage (self, _ ("“%s” is no mail address"), reply_to);
  if (with_signature)
    {
      signature = mos_ctl_read_input (self, &error);
      if (signature == NULL)
        return mos_ctl_fail (self, error);
      g_strchomp (signature);
    }
  name = g_strdup (g_ptr_array_index (args, 0));
  g_ptr_array_remove_index (args, 0);
  set.name = name;
  set.words = args;
  set.reply_to = reply_to;
  set.signature = signature;
  if (!mos_ctl_write (self, NULL, mos_ctl_do_account_set, &set, &error))
    {
      g_clear_pointer (&set.account, mos_account_unref);
      return mos_ctl_fail (self, error);
    }
  mos_ctl_print_account (self, set.account, NULL, NULL);
  mos_account_unref (set.account);
  return MOS_CTL_DONE;
}
