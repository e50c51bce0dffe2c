/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-secrets.h"
#include "core/base/mos-text.h"
#include "core/base/mos-time.h"
#include "core/channels/email/mos-email-test.h"
#include "core/channels/email/mos-oauth-providers.h"
#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-desk.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-senders.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-outbox.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- account add --- */

gboolean
mos_ctl_parse_server (const char *url,
                      const char *plain,
                      const char *tls,
                      guint16 plain_port,
                      guint16 tls_port,
                      gboolean starttls,
                      gboolean insecure,
                      MosServer **ret_server,
                      GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (MosServer) server = NULL;

  if (uri == NULL ||
      (strcmp (g_uri_get_scheme (uri), plain) != 0 && strcmp (g_uri_get_scheme (uri), tls) != 0) ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      /* Translators: first the address that was typed, then the two beginnings it may have, such as imap and imaps */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no %s:// or %s:// address"), url, plain, tls);
      return FALSE;
    }

  server = mos_server_new ();
  server->host = g_strdup (g_uri_get_host (uri));
  server->user = g_strdup (g_uri_get_userinfo (uri) != NULL ? g_uri_get_userinfo (uri) : "");
  if (strcmp (g_uri_get_scheme (uri), tls) == 0)
    server->security = MOS_SECURITY_TLS; /* --starttls is about the other side then: a TLS port would wait for ever */
  else
    server->security = insecure && !starttls ? MOS_SECURITY_NONE : MOS_SECURITY_STARTTLS;
  server->port = g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : server->security == MOS_SECURITY_TLS ? tls_port
                                                                                                                  : plain_port;
  *ret_server = g_steal_pointer (&server);
  return TRUE;
}

/* Signs in on both servers as the account does. @ret_stage: (out): how far it got */
static gboolean
mos_ctl_try_account (MosCtl *self,
                     MosAccount *account,
                     const char **ret_stage,
                     GError **error)
{
  g_autoptr (MosCredential) credential = NULL;

  *ret_stage = "keyring";
  for (gboolean again = TRUE;; again = FALSE)
    {
      g_autoptr (MosCredential) refused = g_steal_pointer (&credential);
      g_autoptr (GError) local = NULL;

      credential = mos_channel_host_dup_credential_sync (MOS_CHANNEL_HOST (mos_ctl_get_host (self)), account, refused, self->cancellable, &local);
      if (credential != NULL && mos_email_test_sync (account, credential, NULL, NULL, ret_stage, NULL, NULL, self->cancellable, &local))
        return TRUE;
      /* A token may have ended before its time. */
      if (again && g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOKEN_REFUSED))
        continue;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
}

static gboolean
mos_ctl_do_save_account (MosTxn *txn,
                         gpointer data,
                         GError **error)
{
  return mos_store_account_save (txn, data, error);
}

static void
mos_ctl_print_senders (JsonBuilder *builder,
                       MosAccount *account)
{
  g_autoptr (GPtrArray) senders = mos_account_list_senders (account);
  g_autoptr (MosSender) chosen = mos_account_find_sender (account, NULL);

  json_builder_set_member_name (builder, "senders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < senders->len; i++)
    {
      const MosSender *sender = g_ptr_array_index (senders, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "name", sender->name);
      mos_json_string (builder, "address", sender->address);
      mos_json_string (builder, "reply_to", sender->reply_to);
      mos_json_string (builder, "signature", sender->signature);
      mos_json_bool (builder, "default", strcmp (sender->address, chosen->address) == 0);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
mos_ctl_print_account (MosCtl *self,
                       MosAccount *account,
                       MosAccountStatus *status,
                       MosLedger *ledger)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      /* The archive of imports, which nothing is fetched for. */
      if (*account->address == '\0')
        {
          mos_ctl_print (self, "%s  %s\n", account->id, account->name);
          return;
        }
      mos_ctl_print (self, "%s  %s  <%s>  %s%s%s\n", account->id, account->name, account->address,
                     status != NULL ? mos_account_state_to_nick (status->state) : "offline",
                     status != NULL && status->why != NULL ? ": " : "", status != NULL && status->why != NULL ? status->why : "");
      if (status != NULL && status->key_ends_us != 0)
        {
          gint64 days = MAX (status->key_ends_us - g_get_real_time (), 0) / G_TIME_SPAN_DAY;

          /* Translators: a number of days, below an account */
          mos_ctl_print (self, ngettext ("  its token lasts for %d more day\n", "  its token lasts for %d more days\n", (gulong) days), (int) days);
        }
      if (ledger != NULL && strcmp (account->kind, "email") == 0)
        mos_ctl_print_ledger (self, NULL, ledger);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "id", account->id);
  mos_json_string (builder, "kind", account->kind);
  mos_json_string (builder, "name", account->name);
  mos_json_string (builder, "address", account->address);
  mos_json_string (builder, "state", mos_account_state_to_nick (status != NULL ? status->state : MOS_ACCOUNT_OFFLINE));
  mos_json_string (builder, "why", status != NULL ? status->why : NULL);
  mos_json_time (builder, "last_sync", status != NULL ? status->last_sync_us : 0);
  mos_json_time (builder, "key_ends", status != NULL ? status->key_ends_us : 0);
  if (ledger != NULL)
    mos_ctl_print_ledger (self, builder, ledger);
  mos_json_string (builder, "sign_in", account->oauth != NULL ? account->oauth->provider : "password");
  mos_json_string (builder, "mailbox", account->authorize_as);
  mos_ctl_print_senders (builder, account);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static int
mos_ctl_account_add (MosCtl *self,
                     GPtrArray *args)
{
  const char *stage;
  g_autoptr (GPtrArray) words = mos_ctl_copy_words (args, "--client-secret-stdin");
  gboolean with_secret = mos_ctl_take_flag (args, "--client-secret-stdin");
  gboolean with_tokens = mos_ctl_take_flag (args, "--tokens-stdin");
  g_autofree char *mailbox = mos_ctl_take_option (args, "--mailbox");
  g_autoptr (MosOAuth) oauth = mos_ctl_take_oauth (args);
  g_autofree char *name = mos_ctl_take_option (args, "--name");
  g_autofree char *address = mos_ctl_take_option (args, "--address");
  g_autofree char *imap = mos_ctl_take_option (args, "--imap");
  g_autofree char *smtp = mos_ctl_take_option (args, "--smtp");
  g_autofree char *ca = mos_ctl_take_option (args, "--ca");
  g_autofree char *since = mos_ctl_take_option (args, "--since");
  gboolean starttls = mos_ctl_take_flag (args, "--starttls");
  gboolean insecure = mos_ctl_take_flag (args, "--insecure-plaintext");
  gboolean with_password = mos_ctl_take_flag (args, "--password-stdin");
  g_autoptr (MosAccount) account = mos_account_new ();
  g_autoptr (MosAccount) prepared = NULL;
  g_autoptr (MosLedger) none = mos_ledger_new ();
  GError *error = NULL;

  none->missing_list = g_ptr_array_new ();
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  if (strcmp (g_ptr_array_index (args, 0), "email") != 0)
    /* Translators: %s is what was typed in place of a kind */
    return mos_ctl_usage (self, _ ("There is no kind of account “%s”; “mostradorctl help account add” names them"), (const char *) g_ptr_array_index (args, 0));
  if (address == NULL || imap == NULL || smtp == NULL)
    return mos_ctl_usage (self, "%s", _ ("An account needs --address, --imap and --smtp"));
  if (!mos_text_is_address (address))
    return mos_ctl_usage (self, _ ("“%s” is no mail address"), address);

  account->kind = g_strdup ("email");
  account->name = g_strdup (name);
  account->address = g_strdup (address);
  account->ca_file = ca != NULL ? mos_ctl_path (self, ca) : NULL;
  account->work_since_us = since != NULL ? mos_time_parse (since, NULL) : 0;
  if (!mos_ctl_parse_server (imap, "imap", "imaps", 143, 993, starttls, insecure, &account->imap, &error) ||
      !mos_ctl_parse_server (smtp, "smtp", "smtps", 587, 465, starttls, insecure, &account->smtp, &error))
    return mos_ctl_fail (self, error);
  account->oauth = oauth != NULL ? mos_oauth_ref (oauth) : NULL;
  account->authorize_as = g_strdup (mailbox);
  prepared = mos_account_prepare (account, g_get_real_time ());

  if (oauth != NULL && !with_tokens)
    {
      g_autoptr (MosOAuthClient) client = mos_oauth_client_for (oauth, NULL, &error);
      g_autofree char *secret = NULL;

      /* Seen before anything is asked for. */
      if (client == NULL)
        {
          mos_ctl_fail (self, error);
          return MOS_CTL_USAGE;
        }
      secret = with_secret ? mos_ctl_read_input (self, &error) : NULL;
      if (secret != NULL)
        g_strchomp (secret);
      if (error != NULL || !mos_ctl_sign_in (self, oauth, *prepared->imap->user != '\0' ? prepared->imap->user : prepared->address, secret, &error))
        return mos_ctl_fail (self, error);
      return mos_ctl_run_second (self, "add", words);
    }
  if (with_tokens && !mos_ctl_keep_tokens (self, prepared, &error))
    return mos_ctl_fail (self, error);
  if (with_password)
    {
      g_autofree char *scope = mos_desk_profile_scope (self->profile);
      g_autofree char *password = mos_ctl_read_input (self, &error);

      if (password == NULL)
        return mos_ctl_fail (self, error);
      password[strcspn (password, "\r\n")] = '\0';
      if (!mos_secrets_store_sync (scope, prepared->id, prepared->address, password, MOS_SECRETS_TIMEOUT_MS, self->cancellable, &error))
        return mos_ctl_fail (self, error);
    }
  if (!mos_ctl_write (self, NULL, mos_ctl_do_save_account, prepared, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_print_account (self, prepared, NULL, none);
  /* It is kept either way: the server may be away for the moment, and a wrong word is set right by saying it again. */
  if (with_password && !mos_ctl_try_account (self, prepared, &stage, &error))
    {
      /* Translators: where it stopped (imap, smtp), the server's or the system's words, then a mail address */
      g_string_append_printf (self->errors, _ ("The account was added, but connecting failed (%1$s: %2$s); once that is put right, “mostradorctl account test %3$s” tries again\n"), stage,
                              error->message, prepared->address);
      g_clear_error (&error);
    }
  return MOS_CTL_DONE;
}

/* --- account list, remove, test --- */

gboolean
mos_ctl_do_accounts (MosTxn *txn,
                     gpointer data,
                     GError **error)
{
  MosCtlAccounts *list = data;

  if (list->name != NULL)
    {
      MosAccount *account = NULL;

      if (!mos_ctl_find_account (txn, list->name, &account, error))
        return FALSE;
      list->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_account_unref);
      g_ptr_array_add (list->accounts, account);
    }
  else
    list->accounts = mos_store_account_list (txn, error);
  if (list->accounts == NULL)
    return FALSE;

  if (list->only_names)
    return TRUE;
  list->statuses = g_ptr_array_new ();
  list->ledgers = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_ledger_unref);
  for (guint i = 0; i < list->accounts->len; i++)
    {
      const char *id = ((MosAccount *) g_ptr_array_index (list->accounts, i))->id;
      MosAccountStatus *status = NULL;
      MosLedger *ledger;

      if (!mos_store_account_find_status (txn, id, &status, error))
        return FALSE;
      g_ptr_array_add (list->statuses, status);
      if (!mos_store_ledger_load (txn, id, TRUE, &ledger, error))
        return FALSE;
      g_ptr_array_add (list->ledgers, ledger);
    }
  return TRUE;
}

void
mos_ctl_accounts_clear (MosCtlAccounts *list)
{
  for (guint i = 0; list->statuses != NULL && i < list->statuses->len; i++)
    g_clear_pointer ((MosAccountStatus **) &g_ptr_array_index (list->statuses, i), mos_account_status_unref);
  g_clear_pointer (&list->statuses, g_ptr_array_unref);
  g_clear_pointer (&list->ledgers, g_ptr_array_unref);
  g_clear_pointer (&list->accounts, g_ptr_array_unref);
}

static int
mos_ctl_account_list (MosCtl *self,
                      GPtrArray *args)
{
  g_auto (MosCtlAccounts) list = { 0 };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, mos_ctl_do_accounts, &list, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < list.accounts->len; i++)
    mos_ctl_print_account (self, g_ptr_array_index (list.accounts, i), g_ptr_array_index (list.statuses, i), g_ptr_array_index (list.ledgers, i));
  return MOS_CTL_DONE;
}

typedef struct
{
  MosAccount *account;
  gboolean by_force;
  guint unsent; /* answers that have not left */
  guint drafts; /* answers that are drafts now */
} MosCtlRemove;

static gboolean
mos_ctl_do_remove_account (MosTxn *txn,
                           gpointer data,
                           GError **error)
{
  MosCtlRemove *removal = data;
  g_autoptr (GPtrArray) outbox = mos_store_outbox_list (txn, removal->account->id, error);

  if (outbox == NULL)
    return FALSE;
  removal->unsent = 0;
  for (guint i = 0; i < outbox->len; i++)
    {
      MosDelivery state = ((MosOutboxItem *) g_ptr_array_index (outbox, i))->state;

      removal->unsent += state == MOS_DELIVERY_QUEUED || state == MOS_DELIVERY_SCHEDULED || state == MOS_DELIVERY_SENDING;
    }
  if (removal->unsent > 0 && !removal->by_force)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT,
                   /* Translators: a number of answers; "mostradorctl …" and "--force" are words of the command line and stay as they are */
                   ngettext ("%u answer has not left yet: send it with mostradorctl sync, take it back with mostradorctl outbox cancel, or remove the account all the same with --force",
                             "%u answers have not left yet: send them with mostradorctl sync, take them back with mostradorctl outbox cancel, or remove the account all the same with --force", removal->unsent),
                   removal->unsent);
      return FALSE;
    }
  return mos_outbox_take_all_back (txn, removal->account->id, &removal->drafts, error) && mos_store_account_remove (txn, removal->account->id, error);
}

static int
mos_ctl_account_remove (MosCtl *self,
                        GPtrArray *args)
{
  g_auto (MosCtlAccounts) list = { 0 };
  g_autofree char *scope = mos_desk_profile_scope (self->profile);
  g_autofree char *key = NULL;
  const char *keys[] = { NULL, NULL };
  MosCtlRemove removal = { .by_force = mos_ctl_take_flag (args, "--force") };
  MosAccount *account;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  list.name = g_ptr_array_index (args, 0);
  if (!mos_ctl_read (self, mos_ctl_do_accounts, &list, &error))
    return mos_ctl_fail (self, error);
  account = g_ptr_array_index (list.accounts, 0);
  removal.account = account;
  key = mos_desk_client_secret_key (account->id);
  if (!mos_ctl_write (self, NULL, mos_ctl_do_remove_account, &removal, &error))
    return mos_ctl_fail (self, error);
  /* The account is gone either way; it may never have had a password. */
  keys[0] = account->id;
  keys[1] = key;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) keyring_error = NULL;

      if (!mos_secrets_clear_sync (scope, keys[i], MOS_SECRETS_TIMEOUT_MS, self->cancellable, &keyring_error))
        g_debug ("A secret of the account was not forgotten: %s", keyring_error->message);
    }
  if (!self->json)
    /* Translators: the name of an account */
    mos_ctl_print (self, _ ("%s was removed. Its conversations stay; what is on the server stays there\n"), account->name);
  if (!self->json && removal.drafts > 0)
    /* Translators: a number of answers */
    mos_ctl_print (self, ngettext ("%u answer was not sent, and is a draft now\n", "%u answers were not sent, and are drafts now\n", removal.drafts), removal.drafts);
  return MOS_CTL_DONE;
}

static int
mos_ctl_account_test (MosCtl *self,
                      GPtrArray *args)
{
  g_auto (MosCtlAccounts) list = { 0 };
  GError *error = NULL;
  int status = MOS_CTL_DONE;

  if (!mos_ctl_check_args (self, args, 0, 1))
    return MOS_CTL_USAGE;
  list.name = args->len > 0 ? g_ptr_array_index (args, 0) : NULL;
  if (!mos_ctl_read (self, mos_ctl_do_accounts, &list, &error))
    return mos_ctl_fail (self, error);

  for (guint i = 0; i < list.accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (list.accounts, i);
      const char *stage = "keyring";
      gboolean works;

      if (!mos_channel_has_kind (account->kind))
        continue;
      if (mos_channel_is_chat (account->kind))
        works = mos_ctl_try_chat (self, account, &error);
      else
        works = mos_ctl_try_account (self, account, &stage, &error);
      if (self->json)
        {
          g_autoptr (JsonBuilder) builder = json_builder_new ();

          json_builder_begin_object (builder);
          mos_json_string (builder, "account", account->address);
          mos_json_bool (builder, "works", works);
          mos_json_string (builder, "stage", stage);
          mos_json_string (builder, "why", error != NULL ? error->message : NULL);
          json_builder_end_object (builder);
          mos_ctl_print_json (self, builder);
        }
      else
        mos_ctl_print (self, "%s  %s\n", account->address, works ? _ ("works") : stage);
      if (!works)
        status = mos_ctl_fail (self, g_steal_pointer (&error));
    }
  return status;
}

static gboolean
mos_ctl_can_add_chat (const char *kind)
{
  /* Its number says whether it is for SMS or for WhatsApp. */
  if (g_str_equal (kind, "twilio"))
    return TRUE;
  return mos_channel_is_chat (kind) && mos_channel_has_kind (kind) && !(mos_channel_traits_get (kind)->flags & MOS_CHANNEL_HIDDEN);
}

int
mos_ctl_account (MosCtl *self,
                 GPtrArray *args)
{
  g_autofree char *verb = NULL;

  if (args->len == 0)
    return mos_ctl_usage (self, "%s", _ ("Say account add, signin, set, list, folders, remove, test, check or self-test"));
  verb = g_strdup (g_ptr_array_index (args, 0));
  g_ptr_array_remove_index (args, 0);
  if (strcmp (verb, "add") == 0 && args->len > 0 && mos_ctl_can_add_chat (args->pdata[0]))
    return mos_ctl_account_add_chat (self, args);
  if (strcmp (verb, "add") == 0)
    return mos_ctl_account_add (self, args);
  if (strcmp (verb, "relay") == 0)
    return mos_ctl_account_relay (self, args);
  if (strcmp (verb, "list") == 0)
    return mos_ctl_account_list (self, args);
  if (strcmp (verb, "folders") == 0)
    return mos_ctl_account_folders (self, args);
  if (strcmp (verb, "remove") == 0)
    return mos_ctl_account_remove (self, args);
  if (strcmp (verb, "test") == 0)
    return mos_ctl_account_test (self, args);
  if (strcmp (verb, "check") == 0)
    return mos_ctl_account_check (self, args);
  if (strcmp (verb, "self-test") == 0)
    return mos_ctl_account_self_test (self, args);
  if (strcmp (verb, "signin") == 0)
    return mos_ctl_account_sign_in (self, args);
  if (strcmp (verb, "set") == 0)
    return mos_ctl_account_set (self, args);
  return mos_ctl_usage (self, "%s", _ ("Say account add, signin, set, list, folders, remove, test, check or self-test"));
}
