/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-rows.h"

#include "core/base/mos-id.h"
#include "core/base/mos-text.h"

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

MosServer *
mos_server_copy (MosServer *server)
{
  MosServer *copy = mos_server_new ();

  copy->host = g_strdup (server != NULL && server->host != NULL ? server->host : "");
  copy->user = g_strdup (server != NULL && server->user != NULL ? server->user : "");
  copy->port = server != NULL ? server->port : 0;
  copy->security = server != NULL ? server->security : MOS_SECURITY_TLS;
  return copy;
}

MosAccount *
mos_account_prepare (MosAccount *account,
                     gint64 now_us)
{
  MosAccount *copy = mos_account_new ();
  g_autofree char *canonical = mos_text_canonical_address (account->address != NULL ? account->address : "");

  copy->kind = g_strdup (account->kind != NULL && *account->kind != '\0' ? account->kind : "email");
  copy->id = account->id != NULL && *account->id != '\0' ? g_strdup (account->id) : mos_id_derive ("account", copy->kind, canonical, NULL);
  copy->address = g_strstrip (g_strdup (account->address));
  copy->name = g_strdup (account->name != NULL && *account->name != '\0' ? account->name : copy->address);
  copy->aliases = g_strdupv (account->aliases);
  copy->imap = mos_server_copy (account->imap);
  copy->smtp = mos_server_copy (account->smtp);
  copy->ca_file = g_strdup (account->ca_file);
  copy->pinned_certificate = g_strdup (account->pinned_certificate);
  copy->signature = g_strdup (account->signature);
  copy->work_since_us = account->work_since_us != 0 ? account->work_since_us : now_us - MOS_ACCOUNT_WORK_DAYS * G_TIME_SPAN_DAY;
  copy->server_files_sent = account->server_files_sent;
  copy->plus_addressing = account->plus_addressing;
  copy->join_subject_days = account->join_subject_days;
  copy->without_marker = account->without_marker;
  copy->spam_stays = account->spam_stays;
  copy->position = account->position;
  copy->oauth = account->oauth != NULL ? mos_oauth_ref (account->oauth) : NULL;
  copy->authorize_as = account->authorize_as != NULL && *account->authorize_as != '\0' ? g_strdup (account->authorize_as) : NULL;
  copy->senders = account->senders != NULL ? g_ptr_array_ref (account->senders) : NULL;
  copy->default_sender = g_strdup (account->default_sender);
  copy->settings = account->settings != NULL ? g_hash_table_ref (account->settings) : NULL;
  mos_account_fill (copy);
  return copy;
}
