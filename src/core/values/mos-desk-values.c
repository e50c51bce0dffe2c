/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-desk-values.h"

#include <string.h>

static void
mos_server_clear (MosServer *self)
{
  g_free (self->host);
  g_free (self->user);
}

MOS_DEFINE_VALUE (MosServer, server)

static void
mos_account_clear (MosAccount *self)
{
  g_free (self->id);
  g_free (self->kind);
  g_free (self->name);
  g_free (self->address);
  g_strfreev (self->aliases);
  g_clear_pointer (&self->imap, mos_server_unref);
  g_clear_pointer (&self->smtp, mos_server_unref);
  g_free (self->ca_file);
  g_free (self->pinned_certificate);
  g_free (self->signature);
  g_clear_pointer (&self->oauth, mos_oauth_unref);
  g_free (self->authorize_as);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  g_free (self->default_sender);
  g_clear_pointer (&self->settings, g_hash_table_unref);
}

MOS_DEFINE_VALUE (MosAccount, account)

const char *
mos_account_get_setting (const MosAccount *self,
                         const char *name,
                         const char *fallback)
{
  const char *value = self->settings != NULL ? g_hash_table_lookup (self->settings, name) : NULL;

  return value != NULL ? value : fallback;
}

void
mos_account_set_setting (MosAccount *self,
                         const char *name,
                         const char *value)
{
  if (self->settings == NULL)
    self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (value != NULL && *value != '\0')
    g_hash_table_replace (self->settings, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->settings, name);
}

static void
mos_account_status_clear (MosAccountStatus *self)
{
  g_free (self->account);
  g_free (self->why);
  g_free (self->detail);
}

MOS_DEFINE_VALUE (MosAccountStatus, account_status)

static void
mos_agent_clear (MosAgent *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->language);
  g_free (self->signature);
}

MOS_DEFINE_VALUE (MosAgent, agent)

static void
mos_conversation_row_clear (MosConversationRow *self)
{
  g_free (self->id);
  g_free (self->subject);
  g_free (self->assignee);
  g_free (self->assignee_name);
  g_strfreev (self->tags);
  g_strfreev (self->drafters);
  g_clear_pointer (&self->call, mos_call_unref);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->channel);
  g_free (self->customer);
  g_free (self->customer_name);
  g_free (self->customer_address);
  g_free (self->category);
  g_free (self->language);
  g_free (self->snippet);
  g_free (self->reply_basis);
  g_free (self->resolve_basis);
  g_free (self->quarantine);
  g_free (self->merged_into);
}

MOS_DEFINE_VALUE (MosConversationRow, conversation_row)

static void
mos_recipient_result_clear (MosRecipientResult *self)
{
  g_free (self->address);
  g_free (self->status);
  g_free (self->text);
}

MOS_DEFINE_VALUE (MosRecipientResult, recipient_result)

static void
mos_chat_about_clear (MosChatAbout *self)
{
  g_free (self->reply_to);
  g_free (self->reply_from);
  g_free (self->reply_text);
  g_free (self->forwarded);
  g_free (self->payload);
  g_strfreev (self->buttons);
}

MOS_DEFINE_VALUE (MosChatAbout, chat_about)

static void
mos_message_row_clear (MosMessageRow *self)
{
  g_free (self->id);
  g_free (self->conversation);
  g_free (self->message_id);
  g_free (self->in_reply_to);
  g_strfreev (self->references);
  g_clear_pointer (&self->from, mos_address_unref);
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->cc, g_ptr_array_unref);
  g_clear_pointer (&self->bcc, g_ptr_array_unref);
  g_clear_pointer (&self->reply_to, g_ptr_array_unref);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->reply_text);
  g_free (self->language);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_free (self->why);
  g_free (self->why_detail);
  g_free (self->thread_evidence);
  g_free (self->thread_index);
  g_free (self->origin);
  g_free (self->other);
  g_free (self->other_subject);
  g_free (self->other_account);
  g_free (self->account);
  g_free (self->identity);
  g_free (self->actor_name);
  g_free (self->event_kind);
  g_free (self->event_from);
  g_free (self->event_to);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_pointer (&self->reactions, g_ptr_array_unref);
  g_clear_pointer (&self->about, mos_chat_about_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->call, mos_call_unref);
}

MOS_DEFINE_VALUE (MosMessageRow, message_row)

static void
mos_reaction_clear (MosReaction *self)
{
  g_free (self->sign);
  g_free (self->person);
}

MOS_DEFINE_VALUE (MosReaction, reaction)

static void
mos_identity_clear (MosIdentity *self)
{
  g_free (self->id);
  g_free (self->kind);
  g_free (self->scope);
  g_free (self->value);
}

MOS_DEFINE_VALUE (MosIdentity, identity)

static const char *const consent_nicks[] = { [MOS_CONSENT_UNKNOWN] = "unknown", [MOS_CONSENT_GIVEN] = "given", [MOS_CONSENT_OPTED_OUT] = "opted_out" };
MOS_DEFINE_NICKS (MosConsent, consent)

static void
mos_customer_row_clear (MosCustomerRow *self)
{
  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->identities, g_ptr_array_unref);
  g_free (self->language);
  g_free (self->country);
  g_free (self->phone);
  g_free (self->company);
  g_free (self->notes);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosCustomerRow, customer_row)

static void
mos_draft_clear (MosDraft *self)
{
  g_free (self->id);
  g_free (self->agent);
  g_free (self->agent_name);
  g_free (self->sender);
  g_free (self->conversation);
  g_free (self->account);
  g_free (self->kind);
  g_free (self->reply_to_message);
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->cc, g_ptr_array_unref);
  g_clear_pointer (&self->bcc, g_ptr_array_unref);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->language);
  g_free (self->quote);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->macros, mos_macro_plan_unref);
  g_strfreev (self->buttons);
}

MOS_DEFINE_VALUE (MosDraft, draft)

static void
mos_outbox_item_clear (MosOutboxItem *self)
{
  g_free (self->message);
  g_free (self->conversation);
  g_free (self->account);
  g_free (self->message_id);
  g_free (self->envelope_from);
  g_strfreev (self->recipients);
  g_free (self->subject);
  g_free (self->why);
  g_free (self->why_detail);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self->claim);
  g_free (self->sent_filing);
}

MOS_DEFINE_VALUE (MosOutboxItem, outbox_item)

char *
mos_outbox_item_make_envelope_id (const char *message,
                                  guint tries)
{
  return tries > 0 ? g_strdup_printf ("%s.%u", message, tries) : g_strdup (message);
}

char *
mos_outbox_item_parse_envelope_id (const char *envelope_id,
                                   guint *ret_tries)
{
  const char *dot = strrchr (envelope_id, '.');
  guint64 tries = 0;

  if (dot == NULL || !g_ascii_string_to_unsigned (dot + 1, 10, 1, G_MAXUINT16, &tries, NULL))
    dot = NULL;
  *ret_tries = (guint) tries;
  return dot != NULL ? g_strndup (envelope_id, (gsize) (dot - envelope_id)) : g_strdup (envelope_id);
}

static void
mos_search_hit_clear (MosSearchHit *self)
{
  g_free (self->conversation);
  g_free (self->message);
  g_free (self->snippet);
  g_free (self->file);
}

MOS_DEFINE_VALUE (MosSearchHit, search_hit)

static void
mos_change_set_clear (MosChangeSet *self)
{
  g_clear_pointer (&self->conversations, g_ptr_array_unref);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->customers, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosChangeSet, change_set)

static void
mos_view_clear (MosView *self)
{
  g_free (self->argument);
}

MOS_DEFINE_VALUE (MosView, view)

static void
mos_view_count_clear (MosViewCount *self)
{
  g_clear_pointer (&self->view, mos_view_unref);
}

MOS_DEFINE_VALUE (MosViewCount, view_count)

static const char *const view_kind_nicks[] = {
  [MOS_VIEW_MINE] = "mine",
  [MOS_VIEW_MENTIONS] = "mentions",
  [MOS_VIEW_UNASSIGNED] = "unassigned",
  [MOS_VIEW_WAITING] = "waiting",
  [MOS_VIEW_BREACHING] = "breaching",
  [MOS_VIEW_ALL_OPEN] = "all_open",
  [MOS_VIEW_RESCUES] = "rescues",
  [MOS_VIEW_DRAFTS] = "drafts",
  [MOS_VIEW_SCHEDULED] = "scheduled",
  [MOS_VIEW_SNOOZED] = "snoozed",
  [MOS_VIEW_CLOSED] = "closed",
  [MOS_VIEW_ALL] = "all",
  [MOS_VIEW_FAILED] = "failed",
  [MOS_VIEW_QUARANTINE] = "quarantine",
  [MOS_VIEW_SPAM] = "spam",
  [MOS_VIEW_DELETED] = "deleted",
  [MOS_VIEW_ACCOUNT] = "account",
  [MOS_VIEW_CUSTOMER] = "customer",
  [MOS_VIEW_SAVED] = "saved",
  [MOS_VIEW_SEARCH] = "search",
};
MOS_DEFINE_NICKS (MosViewKind, view_kind)

/**
 * mos_view_make:
 * @kind: which view
 * @argument: (nullable): the account, customer or query it takes
 *
 * Returns: (transfer full): a new #MosView
 */
MosView *
mos_view_make (MosViewKind kind,
               const char *argument)
{
  MosView *self = mos_view_new ();

  self->kind = kind;
  self->argument = g_strdup (argument);
  return self;
}

gboolean
mos_view_equal (const MosView *a,
                const MosView *b)
{
  return a->kind == b->kind && g_strcmp0 (a->argument, b->argument) == 0;
}

static const char *const hint_kind_nicks[] = {
  [MOS_HINT_IBAN] = "iban",
  [MOS_HINT_LOOKALIKE] = "lookalike",
  [MOS_HINT_MIXED_SCRIPTS] = "mixed_scripts",
  [MOS_HINT_BRAND_DOMAIN] = "brand_domain",
  [MOS_HINT_LINK] = "link",
  [MOS_HINT_OWN_NAME] = "own_name",
  [MOS_HINT_BRAND_NAME] = "brand_name",
  [MOS_HINT_NAME_ADDRESS] = "name_address",
  [MOS_HINT_REPLY_TO] = "reply_to",
};
MOS_DEFINE_NICKS (MosHintKind, hint_kind)

static void
mos_hint_clear (MosHint *self)
{
  g_free (self->found);
  g_free (self->meant);
}
MOS_DEFINE_VALUE (MosHint, hint)
