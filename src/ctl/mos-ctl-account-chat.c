/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-http.h"
#include "core/base/mos-json.h"
#include "core/base/mos-secrets.h"
#include "core/base/mos-time.h"
#include "core/channels/matrix/mos-matrix-channel.h"
#include "core/channels/meta/mos-messenger-channel.h"
#include "core/channels/relay/mos-relay.h"
#include "core/channels/meta/mos-whatsapp-channel.h"
#include "core/channels/mos-chat-channel.h"
#include "core/channels/phone/mos-fritzbox-channel.h"
#include "core/channels/phone/mos-phone-line.h"
#include "core/channels/telegram/mos-telegram-channel.h"
#include "core/channels/twilio/mos-twilio-api.h"
#include "core/channels/twilio/mos-twilio-channel.h"
#include "core/desk/mos-desk.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"

#include <glib/gi18n.h>
#include <string.h>

/* Accounts of chats: what they are called there is asked of the platform, which is how their key is tried, too. */

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_store_account_save (txn, data, error);
}

/* What went wrong, and what to do; the platform's own words stand behind it. */
static char *
describe (const GError *error,
          gboolean with_password)
{
  const char *text = NULL;

  if (error->domain != MOS_CHAT_ERROR)
    return mos_ctl_dup_error (error);
  switch ((MosChatError) error->code)
    {
    case MOS_CHAT_ERROR_KEY_REFUSED:
      text = with_password ? _ ("The name or the password is wrong") : _ ("The token is not known there. Copy it again, whole");
      break;
    case MOS_CHAT_ERROR_NOT_ALLOWED:
      text = _ ("The token may not do that");
      break;
    case MOS_CHAT_ERROR_EXPOSED:
      text = _ ("The secret could be read on its way");
      break;
    case MOS_CHAT_ERROR_NO_SERVER:
      text = _ ("There is no such server at that address");
      break;
    case MOS_CHAT_ERROR_TAKEN:
      text = _ ("Another program takes what arrives for this account. Stop it there first");
      break;
    case MOS_CHAT_ERROR_TEMPORARY:
      text = _ ("The server cannot answer now. Try again later");
      break;
    case MOS_CHAT_ERROR_LETTER_BOX:
      text = _ ("The letter box on the web space does not do. See that the newest file lies there, and that the key is the one made with it");
      break;
    case MOS_CHAT_ERROR_PROTOCOL:
    case MOS_CHAT_ERROR_REFUSED:
    case MOS_CHAT_ERROR_CLOSED:
    case MOS_CHAT_ERROR_MOVED:
    case MOS_CHAT_ERROR_WINDOW:
    case MOS_CHAT_ERROR_TOO_LARGE:
    case MOS_CHAT_ERROR_GONE:
    case MOS_CHAT_ERROR_UNCERTAIN:
    case MOS_CHAT_ERROR_ENCRYPTED:
    default:
      return g_strdup (error->message);
    }
  /* Translators: what went wrong, then the server’s own words */
  return g_strdup_printf (_ ("%1$s (%2$s)"), text, error->message);
}

static MosChatChannel *
make_channel (MosCtl *self,
              MosAccount *account)
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();

  return MOS_CHAT_CHANNEL (mos_channel_new_for_account (account, MOS_CHANNEL_HOST (mos_ctl_get_host (self)), clock));
}

gboolean
mos_ctl_try_chat (MosCtl *self,
                  MosAccount *account,
                  GError **error)
{
  g_autoptr (MosChatChannel) channel = make_channel (self, account);
  gboolean is_keyless = (mos_channel_traits_get (account->kind)->flags & MOS_CHANNEL_KEYLESS) != 0;
  g_autofree char *secret = channel == NULL ? NULL : is_keyless ? g_strdup ("")
                                                                : mos_channel_host_dup_password_sync (MOS_CHANNEL_HOST (mos_ctl_get_host (self)), account->id, self->cancellable, error);
  g_autoptr (GError) local = NULL;
  gboolean works = secret != NULL && mos_chat_channel_identify_sync (channel, secret, NULL, NULL, self->cancellable, &local);
  g_autofree char *text = NULL;

  if (channel == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _ ("An account of the sample shop never connects"));
  if (works || secret == NULL)
    return works;
  if (local->domain != MOS_CHAT_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  text = describe (local, FALSE);
  g_set_error_literal (error, local->domain, local->code, text);
  return FALSE;
}

/* Where the platform fetches what is sent. @relay: (nullable). Returns: (nullable): what is wrong */
static const char *
set_files (MosAccount *account,
           const char *relay)
{
  if (relay == NULL)
    return NULL;
  if ((mos_channel_traits_get (account->kind)->flags & MOS_CHANNEL_FETCHES) == 0)
    return _ ("Files of such an account need no letter box");
  if (!mos_http_url_is_allowed (relay))
    return _ ("The address of the letter box begins with https://");
  mos_account_set_setting (account, MOS_ACCOUNT_RELAY, relay);
  return NULL;
}

/* One provider, two kinds: which one the number says. Returns: (nullable): what is missing or wrong */
static const char *
set_twilio (MosAccount *account,
            const char *sid,
            const char *number,
            const char *service,
            const char *relay)
{
  if (sid == NULL || number == NULL)
    return _ ("An account of Twilio needs --sid and --number");
  if (!mos_twilio_sid_is_plausible (sid))
    return _ ("The account SID is “AC” and 32 digits and letters; it is on the first page of Twilio’s console");
  if (!mos_twilio_number_is_plausible (number))
    return _ ("Write the number with its country, as in +4930901820 or whatsapp:+4930901820");
  if (g_str_equal (account->kind, "twilio"))
    g_set_str (&account->kind, g_str_has_prefix (number, "whatsapp:") ? "whatsapp-twilio" : "sms");
  else if (g_str_has_prefix (number, "whatsapp:"))
    return _ ("Write the number with its country, as in +4930901820");
  mos_account_set_setting (account, MOS_TWILIO_SID, sid);
  mos_account_set_setting (account, MOS_TWILIO_NUMBER, number);
  mos_account_set_setting (account, MOS_TWILIO_SERVICE, service);
  return set_files (account, relay);
}

/* Where the switchboard or the router is, and how numbers are written there. Returns: (nullable): what is missing or wrong */
static const char *
set_phone (MosCtl *self,
           MosAccount *account,
           const char *user,
           const char *log,
           const char *country)
{
  gboolean is_asterisk = g_str_equal (account->kind, "asterisk");
  const char *server = mos_account_get_setting (account, MOS_ACCOUNT_SERVER, is_asterisk ? NULL : MOS_FRITZBOX_SERVER);
  g_autoptr (MosServer) place = server != NULL ? mos_phone_server_parse (server, 1, 1) : NULL;

  if (is_asterisk && (server == NULL || user == NULL))
    return _ ("An account of Asterisk needs --server HOST[:PORT] and --user NAME, as in manager.conf");
  if (place == NULL)
    return _ ("--server is a host, and a port where it is another one, as in pbx.example:5038");
  if (country != NULL && (strlen (country) != 2 || !g_ascii_isalpha (country[0]) || !g_ascii_isalpha (country[1])))
    return _ ("--country is a code of two letters, such as DE");
  mos_account_set_setting (account, MOS_PHONE_COUNTRY, country);
  if (is_asterisk)
    {
      g_autofree char *path = log != NULL ? mos_ctl_path (self, log) : NULL;

      mos_account_set_setting (account, MOS_PHONE_USER, user);
      mos_account_set_setting (account, MOS_PHONE_CDR, path);
    }
  return NULL;
}

/* What a switchboard says of calls may be nobody else's business. */
static void
say_exposed (MosCtl *self,
             MosAccount *account)
{
  const char *server = g_str_equal (account->kind, "asterisk") ? mos_account_get_setting (account, MOS_ACCOUNT_SERVER, NULL) : NULL;
  g_autoptr (MosServer) place = server != NULL ? mos_phone_server_parse (server, 1, 1) : NULL;

  if (place != NULL && mos_phone_server_is_exposed (place))
    mos_ctl_print (self, "%s\n", _ ("Nothing is encrypted between this computer and the switchboard: whoever is in that network can see who calls. Where it offers TLS, use --server tls://HOST"));
}

/* What Meta calls the number, and where its letter box is. Returns: (nullable): what is missing or wrong */
static const char *
set_whatsapp (MosAccount *account,
              const char *number,
              const char *relay,
              const char *business)
{
  if (number == NULL || relay == NULL)
    return _ ("An account of WhatsApp needs --number-id and --relay");
  if (*number == '\0' || strspn (number, G_CSET_DIGITS) != strlen (number))
    return _ ("The phone number ID is made of digits alone; it stands beside the number in Meta’s WhatsApp Manager");
  if (!mos_http_url_is_allowed (relay))
    return _ ("The address of the letter box begins with https://");
  mos_account_set_setting (account, MOS_WHATSAPP_NUMBER, number);
  if (business != NULL && strspn (business, G_CSET_DIGITS) != strlen (business))
    return _ ("The WhatsApp Business account ID is made of digits alone; it stands below the phone number ID in Meta’s API Setup");
  mos_account_set_setting (account, MOS_ACCOUNT_RELAY, relay);
  mos_account_set_setting (account, MOS_WHATSAPP_BUSINESS, business);
  return NULL;
}

/* By which way the token was made; else it is found out. Returns: (nullable): what is wrong */
static const char *
set_meta (MosAccount *account,
          const char *login,
          const char *version,
          const char *relay)
{
  if (login != NULL && (!g_str_equal (account->kind, "instagram") || (!g_str_equal (login, MOS_META_LOGIN_PAGE) && !g_str_equal (login, MOS_META_LOGIN_INSTAGRAM))))
    return _ ("--login is page or instagram, and of an account of Instagram");
  if (version != NULL && !g_regex_match_simple ("^v[0-9]{1,3}\\.[0-9]{1,2}$", version, G_REGEX_DOLLAR_ENDONLY, G_REGEX_MATCH_DEFAULT))
    return _ ("A version of the Graph API is written as in v23.0");
  mos_account_set_setting (account, MOS_META_LOGIN, login);
  mos_account_set_setting (account, MOS_META_VERSION, version);
  return g_str_equal (account->kind, "messenger") || g_str_equal (account->kind, "instagram") ? set_files (account, relay) : NULL;
}

typedef struct
{
  const char *kind;
  const char *address;
  char *device; /* (owned) (nullable) */
} Known;

/* What the server calls this program, of an account that is here already. */
static gboolean
do_find_device (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Known *known = data;
  g_autoptr (GPtrArray) accounts = mos_store_account_list (txn, error);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      MosAccount *account = accounts->pdata[i];

      if (g_str_equal (account->kind, known->kind) && g_strcmp0 (account->address, known->address) == 0)
        g_set_str (&known->device, mos_account_get_setting (account, MOS_MATRIX_DEVICE, NULL));
    }
  return accounts != NULL;
}

/* What is said of it on the line of the command, before anybody was asked. */
static MosAccount *
take_account (MosCtl *self,
              GPtrArray *args,
              const char *address,
              GError **error)
{
  g_autofree char *server = mos_ctl_take_option (args, "--server");
  g_autofree char *reopen = mos_ctl_take_option (args, "--reopen-hours");
  gboolean with_groups = mos_ctl_take_flag (args, "--groups");
  gboolean without_invites = mos_ctl_take_flag (args, "--no-invites");
  gboolean with_humans = mos_ctl_take_flag (args, "--human-agent");
  g_autoptr (MosAccount) account = mos_account_new ();
  Known known = { args->len > 0 ? args->pdata[0] : "", address, NULL };

  if (address != NULL && !mos_ctl_read (self, do_find_device, &known, error))
    return NULL;
  account->kind = g_strdup (known.kind);
  account->name = g_strdup ("");
  account->address = g_strdup ("");
  mos_account_set_setting (account, MOS_ACCOUNT_SERVER, server);
  mos_account_set_setting (account, MOS_ACCOUNT_REOPEN_H, reopen);
  mos_account_set_setting (account, MOS_TELEGRAM_GROUPS, with_groups ? "1" : NULL);
  mos_account_set_setting (account, MOS_MATRIX_INVITES, without_invites ? "0" : NULL);
  mos_account_set_setting (account, MOS_MATRIX_DEVICE, known.device);
  mos_account_set_setting (account, MOS_ACCOUNT_HUMAN_AGENT, with_humans ? "1" : NULL);
  g_free (known.device);
  mos_account_fill (account);
  return g_steal_pointer (&account);
}

/* Signs in, and asks what the account is called: without an answer nobody knows, and it would be nobody's. @secret: (inout): what is kept instead of it */
static gboolean
find_out (MosCtl *self,
          MosAccount *account,
          const char *user,
          char **secret,
          gboolean is_key,
          char **ret_name,
          GError **error)
{
  g_autoptr (MosChatChannel) channel = make_channel (self, account);
  char *key = mos_chat_channel_sign_in_sync (channel, user, *secret, is_key, account->settings, self->cancellable, error);

  if (key == NULL)
    return FALSE;
  g_free (*secret);
  *secret = key;
  g_clear_pointer (&account->address, g_free);
  if (mos_chat_channel_identify_sync (channel, key, &account->address, ret_name, self->cancellable, error))
    return TRUE;
  account->address = g_strdup ("");
  return FALSE;
}

/* Returns: (nullable): what is missing on the line */
static const char *
find_missing (const char *kind,
              const char *address,
              gboolean has_server,
              gboolean with_token,
              gboolean with_password)
{
  gboolean has_passwords = g_str_equal (kind, "matrix");
  /* By its own name alone nobody is found, unless the server is said as well. */
  gboolean is_whole = address != NULL && address[0] == '@' && strchr (address, ':') != NULL;

  if ((mos_channel_traits_get (kind)->flags & MOS_CHANNEL_KEYLESS) != 0)
    return with_token || with_password ? _ ("There is nothing to sign in with") : NULL;
  if (has_passwords && with_token == with_password)
    return _ ("An account of Matrix needs --token-stdin or --password-stdin: its token or its password on standard input");
  if (has_passwords && !is_whole && (!has_server || (address == NULL && with_password)))
    return _ ("An account of Matrix needs --address: its whole name, such as @shop:example.org");
  if (!has_passwords && (with_password || !with_token))
    return _ ("An account of a chat needs --token-stdin: its token on standard input");
  return NULL;
}

int
mos_ctl_account_add_chat (MosCtl *self,
                          GPtrArray *args)
{
  g_autofree char *name = mos_ctl_take_option (args, "--name");
  g_autofree char *address = mos_ctl_take_option (args, "--address");
  g_autofree char *sid = mos_ctl_take_option (args, "--sid");
  g_autofree char *number = mos_ctl_take_option (args, "--number");
  g_autofree char *service = mos_ctl_take_option (args, "--service");
  g_autofree char *number_id = mos_ctl_take_option (args, "--number-id");
  g_autofree char *relay = mos_ctl_take_option (args, "--relay");
  g_autofree char *business = mos_ctl_take_option (args, "--business-id");
  g_autofree char *login = mos_ctl_take_option (args, "--login");
  g_autofree char *version = mos_ctl_take_option (args, "--api-version");
  g_autofree char *user = mos_ctl_take_option (args, "--user");
  g_autofree char *log = mos_ctl_take_option (args, "--cdr");
  g_autofree char *country = mos_ctl_take_option (args, "--country");
  gboolean with_token = mos_ctl_take_flag (args, "--token-stdin");
  gboolean with_password = mos_ctl_take_flag (args, "--password-stdin");
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosAccount) prepared = NULL;
  g_autofree char *scope = mos_desk_profile_scope (self->profile);
  g_autofree char *secret = NULL;
  g_autofree char *found_name = NULL;
  const char *missing;
  gboolean is_keyless;
  GError *error = NULL;

  account = take_account (self, args, address, &error);
  if (account == NULL)
    return mos_ctl_fail (self, error);
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  missing = find_missing (account->kind, address, mos_account_get_setting (account, MOS_ACCOUNT_SERVER, NULL) != NULL, with_token, with_password);
  if (missing == NULL && (g_str_equal (account->kind, "twilio") || g_str_equal (account->kind, "twilio-calls")))
    missing = set_twilio (account, sid, number, service, relay);
  if (missing == NULL && g_str_equal (account->kind, "whatsapp"))
    missing = set_whatsapp (account, number_id, relay, business);
  if (missing == NULL)
    missing = set_meta (account, login, version, relay);
  if (missing == NULL && (g_str_equal (account->kind, "asterisk") || g_str_equal (account->kind, "fritzbox")))
    missing = set_phone (self, account, user, log, country);
  if (missing != NULL)
    return mos_ctl_usage (self, "%s", missing);
  is_keyless = (mos_channel_traits_get (account->kind)->flags & MOS_CHANNEL_KEYLESS) != 0;
  secret = is_keyless ? g_strdup ("") : mos_ctl_read_input (self, &error);
  if (secret == NULL)
    return mos_ctl_fail (self, error);
  /* With a letter box there are two: the platform's and the letter box's, a line each. */
  if (relay == NULL)
    secret[strcspn (secret, "\r\n")] = '\0';
  if (with_token)
    g_strstrip (secret);

  if (!find_out (self, account, address, &secret, with_token || is_keyless, &found_name, &error))
    {
      g_autofree char *text = describe (error, with_password);

      g_clear_error (&error);
      return mos_ctl_fail_text (self, "%s", text);
    }
  g_set_str (&account->name, name != NULL ? name : found_name);
  prepared = mos_account_prepare (account, g_get_real_time ());
  if ((!is_keyless && !mos_secrets_store_sync (scope, prepared->id, prepared->address, secret, MOS_SECRETS_TIMEOUT_MS, self->cancellable, &error)) ||
      !mos_ctl_write (self, NULL, do_save, prepared, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_print_account (self, prepared, NULL, NULL);
  if (!self->json)
    say_exposed (self, prepared);
  return MOS_CTL_DONE;
}

int
mos_ctl_account_relay (MosCtl *self,
                       GPtrArray *args)
{
  g_autofree char *output = mos_ctl_take_option (args, "--output");
  gboolean with_secret = mos_ctl_take_flag (args, "--secret-stdin");
  g_autofree char *key = mos_relay_make_key ();
  g_autofree char *verify_token = mos_relay_make_key ();
  g_autofree char *secret = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (output == NULL)
    return mos_ctl_usage (self, "%s", _ ("A letter box needs --output FILE.php; and for WhatsApp --secret-stdin: the secret of the app at Meta on standard input"));
  /* Without one it takes nothing in, and hands files out. */
  if (with_secret)
    {
      secret = mos_ctl_read_input (self, &error);
      if (secret == NULL)
        return mos_ctl_fail (self, error);
      g_strstrip (secret);
    }
  text = mos_relay_make_file (key, verify_token, secret, &error);
  if (text == NULL)
    return mos_ctl_fail (self, error);
  if (!g_file_set_contents_full (output, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return mos_ctl_fail (self, error);

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "file", output);
      mos_json_string (builder, "key", key);
      if (with_secret)
        mos_json_string (builder, "verify_token", verify_token);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return MOS_CTL_DONE;
    }
  if (!with_secret)
    {
      /* Translators: what to do with a file that was just written. %s: its name, then a key */
      mos_ctl_print (self, _ ("%1$s is the letter box, for files that go out. Put it on your web space, in any folder that is reached by https.\nIts key is %2$s: “mostradorctl account add twilio --relay URL” asks for it on the second line. It is shown once.\n"), output, key);
      return MOS_CTL_DONE;
    }
  /* Translators: what to do with a file that was just written. %s: its name, then two keys */
  mos_ctl_print (self, _ ("%1$s is the letter box. Put it on your web space, in any folder that is reached by https.\nAt Meta, name its address as the webhook’s, with the verify token %2$s, and subscribe to “messages”.\nThe key of the letter "
                          "box is %3$s: “mostradorctl account add whatsapp” asks for it on the second line. It is shown once.\n"),
                 output, verify_token, key);
  return MOS_CTL_DONE;
}
