/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-translating.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-translate.h"
#include "core/translate/mos-translator.h"

#include <glib/gi18n.h>
#include <string.h>

/* Translation of messages and texts by a service that somebody has chosen. */

typedef struct
{
  const char *name;               /* (nullable): of an account, or a message */
  gboolean is_on;                 /* what an account is to be */
  MosTranslateSettings *settings; /* (owned) (nullable) */
  MosAccount *account;            /* (owned) (nullable) */
  GPtrArray *accounts;            /* (owned) (nullable) of MosAccount */
  char *message;                  /* (owned) (nullable) */
} MosCtlTranslate;

static void
mos_ctl_translate_clear (MosCtlTranslate *call)
{
  g_clear_pointer (&call->settings, mos_translate_settings_unref);
  g_clear_pointer (&call->account, mos_account_unref);
  g_clear_pointer (&call->accounts, g_ptr_array_unref);
  g_clear_pointer (&call->message, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlTranslate, mos_ctl_translate_clear)

/* Returns: MOS_CTL_FAILED. @error: (transfer full) */
static int
fail_translate (MosCtl *self,
                MosTranslateService service,
                GError *error)
{
  g_autoptr (GError) own = error;

  if (g_error_matches (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF))
    return mos_ctl_fail_text (self, "%s", _ ("Nothing is translated for this account: “translate set” chooses a service, and “translate account A on” lets an account use it"));
  if (g_error_matches (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_KEY_REFUSED))
    /* Translators: %s is the name of a translation service, as it is typed (deepl) */
    return mos_ctl_fail_text (self, _ ("%s does not take the key: say it again with “translate set … --key-stdin”"), mos_translate_service_to_nick (service));
  if (error->domain == MOS_TRANSLATE_ERROR || error->domain == G_IO_ERROR || error->domain == G_RESOLVER_ERROR || error->domain == G_TLS_ERROR)
    /* Translators: %1$s is the name of a translation service, as it is typed (deepl), %2$s what went wrong */
    return mos_ctl_fail_text (self, _ ("%1$s could not translate: %2$s"), mos_translate_service_to_nick (service), error->message);
  return mos_ctl_fail (self, g_steal_pointer (&own));
}

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlTranslate *call = data;

  mos_ctl_translate_clear (call);
  call->accounts = mos_store_account_list (txn, error);
  return call->accounts != NULL && mos_store_translate_load (txn, &call->settings, error);
}

static gboolean
is_on (const MosAccount *account)
{
  return strcmp (mos_account_get_setting (account, MOS_ACCOUNT_TRANSLATES, ""), "1") == 0;
}

static int
show (MosCtl *self)
{
  g_auto (MosCtlTranslate) call = { 0 };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) accounts = NULL;
  g_autofree char *line = NULL;
  GError *error = NULL;

  if (!mos_ctl_read (self, do_load, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.accounts->len; i++)
    if (is_on (call.accounts->pdata[i]))
      g_strv_builder_add (builder, ((MosAccount *) call.accounts->pdata[i])->address);
  accounts = g_strv_builder_end (builder);
  if (self->json)
    {
      g_autoptr (JsonBuilder) json = json_builder_new ();

      json_builder_begin_object (json);
      mos_json_string (json, "service", mos_translate_service_to_nick (call.settings->service));
      mos_json_string (json, "url", call.settings->url);
      mos_json_strv (json, "accounts", accounts);
      json_builder_end_object (json);
      mos_ctl_print_json (self, json);
      return MOS_CTL_DONE;
    }
  line = g_strjoinv (", ", accounts);
  mos_ctl_print (self, "%s  %s  %s\n", mos_translate_service_to_nick (call.settings->service), call.settings->url, line);
  return MOS_CTL_DONE;
}

static int
set (MosCtl *self,
     GPtrArray *args)
{
  g_autofree char *url = mos_ctl_take_option (args, "--url");
  gboolean with_key = mos_ctl_take_flag (args, "--key-stdin");
  g_autoptr (MosTranslating) translating = mos_translating_new (self->store);
  g_autoptr (MosTranslateSettings) settings = NULL;
  g_autoptr (MosTranslateFacts) facts = NULL;
  MosTranslateService service;
  char *key = NULL;
  GError *error = NULL;
  int status;

  if (!mos_ctl_check_args (self, args, 2, 2))
    return MOS_CTL_USAGE;
  service = mos_translate_service_from_nick (args->pdata[1], MOS_TRANSLATE_OFF);
  if (service == MOS_TRANSLATE_OFF)
    return mos_ctl_usage (self, _ ("There is no service “%s”: say deepl or libretranslate"), (const char *) args->pdata[1]);
  if (url != NULL && !mos_translator_url_is_allowed (url))
    return mos_ctl_usage (self, _ ("“%s” is no address of a service: it begins with https://"), url);
  settings = mos_translate_settings_make (service, url);
  if (with_key && (key = mos_ctl_read_input (self, &error)) == NULL)
    return mos_ctl_fail (self, error);
  if (key != NULL)
    g_strstrip (key);
  /* Tried before it is kept: a mistyped key leaves nothing behind. */
  facts = mos_translating_test_sync (translating, settings, key, self->cancellable, &error);
  if (facts == NULL || !mos_translating_save_sync (translating, settings, key, self->cancellable, &error))
    status = fail_translate (self, service, error);
  else
    {
      mos_ctl_say (self, "set", mos_translate_service_to_nick (service), _ ("It works, and is kept. No account uses it before “translate account A on”"));
      status = MOS_CTL_DONE;
    }
  if (key != NULL)
    explicit_bzero (key, strlen (key));
  g_free (key);
  return status;
}

static int
off (MosCtl *self)
{
  g_autoptr (MosTranslating) translating = mos_translating_new (self->store);
  g_autoptr (MosTranslateSettings) settings = mos_translate_settings_make (MOS_TRANSLATE_OFF, NULL);
  GError *error = NULL;

  if (!mos_translating_save_sync (translating, settings, NULL, self->cancellable, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_say (self, "off", NULL, _ ("Nothing is translated any more"));
  return MOS_CTL_DONE;
}

static gboolean
do_account (MosTxn *txn,
            gpointer data,
            GError **error)
{
  MosCtlTranslate *call = data;

  g_clear_pointer (&call->account, mos_account_unref);
  return mos_ctl_find_account (txn, call->name, &call->account, error) && mos_translating_set_account (txn, call->account->id, call->is_on, error);
}

static int
account (MosCtl *self,
         GPtrArray *args)
{
  g_auto (MosCtlTranslate) call = { .name = args->pdata[1] };
  const char *word = args->pdata[2];
  g_autofree char *sentence = NULL;
  GError *error = NULL;

  if (strcmp (word, "on") != 0 && strcmp (word, "off") != 0)
    return mos_ctl_usage (self, _ ("“%s” is neither on nor off"), word);
  call.is_on = strcmp (word, "on") == 0;
  if (!mos_ctl_write (self, NULL, do_account, &call, &error))
    return mos_ctl_fail (self, error);
  /* Translators: %s is the address of an account */
  sentence = g_strdup_printf (call.is_on ? _ ("What is written in %s may be sent to the service when its translation is asked for") : _ ("Nothing of %s is translated"), call.account->address);
  mos_ctl_say (self, word, call.account->id, sentence);
  return MOS_CTL_DONE;
}

/* --- translating --- */

/* A conversation's number means what its customer wrote last. */
static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlTranslate *call = data;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosMessageRow) message = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  g_clear_pointer (&call->message, g_free);
  if (!mos_store_message_find (txn, call->name, &message, error))
    return FALSE;
  if (message != NULL)
    {
      call->message = g_strdup (message->id);
      return TRUE;
    }
  if (!mos_ctl_find_conversation (txn, call->name, &row, error) || (messages = mos_store_message_list_of_conversation (txn, row->id, error)) == NULL)
    return FALSE;
  for (guint i = messages->len; i > 0 && call->message == NULL; i--)
    if (((MosMessageRow *) messages->pdata[i - 1])->direction == MOS_DIRECTION_INCOMING)
      call->message = g_strdup (((MosMessageRow *) messages->pdata[i - 1])->id);
  if (call->message == NULL)
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("The customer of #%d has not written anything"), (int) row->number);
  return call->message != NULL;
}

static int
print_translation (MosCtl *self,
                   const char *message,
                   MosTranslation *translation,
                   GError *error)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (translation == NULL)
    {
      g_auto (MosCtlTranslate) call = { 0 };

      return mos_ctl_read (self, do_load, &call, NULL) ? fail_translate (self, call.settings->service, error) : mos_ctl_fail (self, error);
    }
  if (!self->json)
    {
      mos_ctl_print (self, "%s\n", translation->text);
      return MOS_CTL_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "message", message);
  mos_json_string (builder, "service", mos_translate_service_to_nick (translation->service));
  mos_json_string (builder, "from", *translation->from != '\0' ? translation->from : NULL);
  mos_json_string (builder, "to", translation->to);
  mos_json_string (builder, "text", translation->text);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
  return MOS_CTL_DONE;
}

static int
message (MosCtl *self,
         GPtrArray *args,
         const char *to)
{
  g_auto (MosCtlTranslate) call = { .name = args->pdata[1] };
  g_autoptr (MosTranslating) translating = mos_translating_new (self->store);
  g_autofree char *own = mos_translate_language_of_system ();
  g_autoptr (MosTranslation) translation = NULL;
  GError *error = NULL;

  if (!mos_ctl_read (self, do_find, &call, &error))
    return mos_ctl_fail (self, error);
  translation = mos_translating_message_sync (translating, call.message, to != NULL ? to : own, self->cancellable, &error);
  return print_translation (self, call.message, translation, error);
}

static gboolean
do_find_account (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlTranslate *call = data;

  g_clear_pointer (&call->account, mos_account_unref);
  return mos_ctl_find_account (txn, call->name, &call->account, error);
}

static int
text (MosCtl *self,
      const char *name,
      const char *to)
{
  g_auto (MosCtlTranslate) call = { .name = name };
  g_autoptr (MosTranslating) translating = mos_translating_new (self->store);
  g_autoptr (MosTranslation) translation = NULL;
  g_autofree char *input = NULL;
  GError *error = NULL;

  if (name == NULL || to == NULL)
    return mos_ctl_usage (self, "%s", _ ("A text needs --account and --to, and is read from standard input"));
  if (!mos_ctl_read (self, do_find_account, &call, &error) || (input = mos_ctl_read_input (self, &error)) == NULL)
    return mos_ctl_fail (self, error);
  g_strchomp (input);
  translation = mos_translating_draft_sync (translating, call.account->id, input, TRUE, NULL, to, self->cancellable, &error);
  return print_translation (self, NULL, translation, error);
}

int
mos_ctl_translate (MosCtl *self,
                   GPtrArray *args)
{
  const char *word = args->len > 0 ? args->pdata[0] : "";
  g_autofree char *to = NULL;
  g_autofree char *name = NULL;

  if (strcmp (word, "set") == 0)
    return set (self, args);
  if (strcmp (word, "message") == 0 || strcmp (word, "text") == 0)
    to = mos_ctl_take_option (args, "--to");
  if (strcmp (word, "text") == 0)
    name = mos_ctl_take_option (args, "--account");
  if (!mos_ctl_check_args (self, args, 1, 3))
    return MOS_CTL_USAGE;
  if (strcmp (word, "show") == 0 && args->len == 1)
    return show (self);
  if (strcmp (word, "off") == 0 && args->len == 1)
    return off (self);
  if (strcmp (word, "account") == 0 && args->len == 3)
    return account (self, args);
  if (strcmp (word, "message") == 0 && args->len == 2)
    return message (self, args, to);
  if (strcmp (word, "text") == 0 && args->len == 1)
    return text (self, name, to);
  return mos_ctl_usage (self, "%s", _ ("Say translate show, set, off, account, message or text"));
}
