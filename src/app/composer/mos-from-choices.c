/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-from-choices.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-senders.h"

#include <string.h>

static void
mos_from_choice_free (gpointer data)
{
  MosFromChoice *choice = data;

  g_free (choice->account);
  mos_sender_unref (choice->sender);
  g_free (choice);
}

static void
add (GPtrArray *choices,
     MosAccount *account,
     MosSender *sender)
{
  MosFromChoice *choice = g_new0 (MosFromChoice, 1);

  choice->account = g_strdup (account->id);
  choice->sender = mos_sender_ref (sender);
  g_ptr_array_add (choices, choice);
}

GPtrArray *
mos_from_choices_list (GListModel *accounts,
                       const char *account_id,
                       const char *sender,
                       guint *ret_selected)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (mos_from_choice_free);

  *ret_selected = 0;
  for (guint i = 0; accounts != NULL && i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      MosAccount *account = mos_account_item_get_account (item);
      gboolean is_chosen = g_strcmp0 (account->id, account_id) == 0;
      g_autoptr (MosSender) chosen = is_chosen ? mos_account_find_sender (account, sender) : NULL;
      g_autoptr (GPtrArray) senders = NULL;
      gboolean is_listed = FALSE;

      if (account->smtp == NULL || *account->smtp->host == '\0')
        continue;
      senders = mos_account_list_senders (account);
      for (guint s = 0; s < senders->len; s++)
        {
          MosSender *each = g_ptr_array_index (senders, s);

          if (is_chosen && g_ascii_strcasecmp (each->address, chosen->address) == 0)
            {
              *ret_selected = choices->len;
              is_listed = TRUE;
            }
          add (choices, account, each);
        }
      if (is_chosen && !is_listed)
        {
          *ret_selected = choices->len;
          add (choices, account, chosen);
        }
    }
  return choices;
}

gboolean
mos_from_choices_can_send (GListModel *accounts)
{
  for (guint i = 0; accounts != NULL && i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      MosAccount *account = mos_account_item_get_account (item);

      if (account->smtp != NULL && *account->smtp->host != '\0')
        return TRUE;
    }
  return FALSE;
}

GListModel *
mos_from_choices_make_model (GPtrArray *choices)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < choices->len; i++)
    {
      const MosSender *sender = ((MosFromChoice *) g_ptr_array_index (choices, i))->sender;
      g_autofree char *name = *sender->name != '\0' ? g_strdup_printf ("%s <%s>", sender->name, sender->address) : g_strdup (sender->address);

      gtk_string_list_append (names, name);
    }
  return G_LIST_MODEL (names);
}

char *
mos_from_exchange_signature (const char *text,
                             const char *old_signature,
                             const char *new_signature)
{
  g_autofree char *old = *old_signature != '\0' ? g_strdup_printf ("\n\n-- \n%s", old_signature) : g_strdup ("");
  g_autofree char *new = *new_signature != '\0' ? g_strdup_printf ("\n\n-- \n%s", new_signature) : g_strdup ("");

  if (strcmp (old, new) == 0 || !g_str_has_suffix (text, old) || (*old == '\0' && strstr (text, "\n-- \n") != NULL))
    return NULL;
  return g_strdup_printf ("%.*s%s", (int) (strlen (text) - strlen (old)), text, new);
}
