/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-rows.h"

GPtrArray *
mos_address_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
}

GPtrArray *
mos_address_array_copy (GPtrArray *addresses)
{
  GPtrArray *copy = mos_address_array_new ();

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    g_ptr_array_add (copy, mos_address_ref (g_ptr_array_index (addresses, i)));
  return copy;
}

static void
mos_fill_string (char **string)
{
  if (*string == NULL)
    *string = g_strdup ("");
}

static void
mos_fill_strv (char ***strv)
{
  if (*strv == NULL)
    *strv = g_new0 (char *, 1);
}

static void
mos_fill_addresses (GPtrArray **addresses)
{
  if (*addresses == NULL)
    *addresses = mos_address_array_new ();
}

void
mos_message_row_fill (MosMessageRow *row)
{
  mos_fill_string (&row->id);
  mos_fill_string (&row->conversation);
  mos_fill_string (&row->account);
  mos_fill_string (&row->subject);
  mos_fill_string (&row->text);
  mos_fill_string (&row->reply_text);
  mos_fill_strv (&row->references);
  if (row->from == NULL)
    row->from = mos_address_make (NULL, "");
  mos_fill_addresses (&row->to);
  mos_fill_addresses (&row->cc);
  mos_fill_addresses (&row->bcc);
  mos_fill_addresses (&row->reply_to);
  if (row->attachments == NULL)
    row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
}

void
mos_conversation_row_fill (MosConversationRow *row)
{
  mos_fill_string (&row->id);
  mos_fill_string (&row->subject);
  mos_fill_strv (&row->tags);
  mos_fill_string (&row->account);
  mos_fill_string (&row->account_name);
  mos_fill_string (&row->channel);
  mos_fill_string (&row->snippet);
}

void
mos_draft_fill (MosDraft *draft)
{
  mos_fill_string (&draft->id);
  mos_fill_string (&draft->account);
  mos_fill_string (&draft->kind);
  mos_fill_addresses (&draft->to);
  mos_fill_addresses (&draft->cc);
  mos_fill_addresses (&draft->bcc);
  mos_fill_string (&draft->subject);
  mos_fill_string (&draft->text);
  if (draft->attachments == NULL)
    draft->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
}

static void
mos_fill_server (MosServer **server)
{
  if (*server != NULL)
    return;

  *server = mos_server_new ();
  (*server)->host = g_strdup ("");
  (*server)->user = g_strdup ("");
}

void
mos_account_fill (MosAccount *account)
{
  mos_fill_string (&account->id);
  mos_fill_string (&account->kind);
  mos_fill_string (&account->name);
  mos_fill_string (&account->address);
  mos_fill_strv (&account->aliases);
  mos_fill_server (&account->imap);
  mos_fill_server (&account->smtp);
  mos_fill_string (&account->signature);
}
