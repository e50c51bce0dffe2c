/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-kinds-private.h"

#include "core/channels/phone/mos-phone-line.h"
#include "core/channels/phone/mos-phone-settings.h"
#include "core/channels/twilio/mos-twilio-api.h"
#include "core/channels/twilio/mos-twilio-channel.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
clean_country (const char *text)
{
  return g_ascii_strup (text, -1);
}

static const char *
check_country (const char *text)
{
  return *text == '\0' || (strlen (text) == 2 && g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1])) ? NULL : N_ ("A country is two letters, such as DE or ES.");
}

#define COUNTRY_FIELD                                                                                                                        \
  {                                                                                                                                          \
    .setting = MOS_PHONE_COUNTRY, .title = N_ ("Country of numbers without one, such as DE"), .clean = clean_country, .check = check_country \
  }

/* --- Asterisk --- */

static const char *
hint_at_switchboard (const char *text)
{
  g_autoptr (MosServer) server = mos_phone_server_parse (text, 1, 1);

  return server != NULL && mos_phone_server_is_exposed (server) ? N_ ("Nothing is encrypted between this computer and the switchboard: whoever is in that network can see who calls. Where it offers TLS, write tls:// before its address.") : NULL;
}

static const MosAccountStep asterisk_steps[] = {
  { .text = N_ ("Give Mostrador a user of its own in the switchboard’s manager.conf, which may read calls, and ask which are going on: read = call,cdr and write = reporting. Then reload the manager.") },
  { .text = N_ ("Enter where the switchboard is, the user’s name and its secret.") },
  { 0 },
};

static const MosAccountField asterisk_fields[] = {
  { .setting = MOS_ACCOUNT_SERVER, .title = N_ ("Switchboard, such as pbx.example"), .is_needed = TRUE, .is_first = TRUE, .hint = hint_at_switchboard },
  { .setting = MOS_PHONE_USER, .title = N_ ("User of the manager"), .is_needed = TRUE, .is_first = TRUE },
  COUNTRY_FIELD,
  { .setting = MOS_PHONE_CDR, .title = N_ ("The switchboard’s log on this computer: Master.csv or master.db"), .is_advanced = TRUE },
  { 0 },
};

static const MosAccountNote asterisk_notes[] = {
  { N_ ("While this computer is off"), N_ ("Calls are told as they happen. Those of the time in between come in only from the switchboard’s own log, where it can be read here: Master.csv, written with loguniqueid=yes, or the table of cdr_sqlite3_custom with its columns uniqueid, src, dst and disposition. Of a call that ends while the line to the switchboard is broken nobody knows whether it was answered.") },
  { N_ ("Calls alone"), N_ ("A call becomes a conversation: who called, when, how long. Nothing can be sent, and nobody listens.") },
  { N_ ("Who can read it"), N_ ("Nobody but you: the switchboard is yours. It costs nothing.") },
  { 0 },
};

const MosAccountKind mos_account_kind_asterisk = {
  .kind = "asterisk",
  .icon = "phone-symbolic",
  .title = N_ ("Asterisk"),
  .subtitle = N_ ("Calls of a switchboard"),
  .heading = N_ ("Add Asterisk"),
  .intro = N_ ("Calls at your switchboard become conversations of whoever called."),
  .steps = asterisk_steps,
  .fields = asterisk_fields,
  .notes = asterisk_notes,
  .secret_title = N_ ("Secret of the manager’s user"),
};

/* --- FRITZ!Box --- */

static const MosAccountStep fritzbox_steps[] = {
  { .text = N_ ("Switch on the call monitor: dial this on a telephone that is connected to the FRITZ!Box."), .copy = "#96*5*" },
  { .text = N_ ("Enter where the FRITZ!Box is, where it is not fritz.box. There is no password: it tells calls to its own network.") },
  { 0 },
};

static const MosAccountField fritzbox_fields[] = {
  { .setting = MOS_ACCOUNT_SERVER, .title = N_ ("FRITZ!Box, where it is not fritz.box"), .is_first = TRUE },
  COUNTRY_FIELD,
  { 0 },
};

static const MosAccountNote fritzbox_notes[] = {
  { N_ ("While this computer is off"), N_ ("Calls are told as they happen. Those of the time in between are not known here.") },
  { N_ ("Calls alone"), N_ ("A call becomes a conversation: who called, when, how long. Nothing can be sent, and nobody listens.") },
  { N_ ("Who can read it"), N_ ("Whoever is in the same network can see who calls. It costs nothing.") },
  { 0 },
};

const MosAccountKind mos_account_kind_fritzbox = {
  .kind = "fritzbox",
  .icon = "phone-symbolic",
  .title = N_ ("FRITZ!Box"),
  .subtitle = N_ ("Calls at a FRITZ!Box"),
  .heading = N_ ("Add FRITZ!Box"),
  .intro = N_ ("Calls at your FRITZ!Box become conversations of whoever called."),
  .steps = fritzbox_steps,
  .fields = fritzbox_fields,
  .notes = fritzbox_notes,
};

/* --- Twilio --- */

static const char *
check_number (const char *text)
{
  return mos_twilio_number_is_plausible (text) && *text == '+' ? NULL : N_ ("Write the number with its country, as in +49 30 901820.");
}

static char *
clean_number (const char *text)
{
  GString *number = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (strchr (" -()/.", *p) == NULL)
      g_string_append_c (number, *p);
  return g_string_free_and_steal (number);
}

static const char *
check_sid (const char *text)
{
  return mos_twilio_sid_is_plausible (text) ? NULL : N_ ("The account SID is “AC” and 32 digits and letters. It is on the first page of Twilio’s console.");
}

static const MosAccountStep calls_steps[] = {
  { .text = N_ ("Open Twilio’s console. “Account Info” on its first page shows the account SID and the auth token."), .link = "https://console.twilio.com/", .link_label = N_ ("_Open Twilio’s Console") },
  { .text = N_ ("Where a call goes, and whether there is an answering machine, is set up at Twilio: Phone Numbers → your number → Voice.") },
  { 0 },
};

static const MosAccountField calls_fields[] = {
  { .setting = MOS_TWILIO_NUMBER, .title = N_ ("Your number, with its country"), .is_needed = TRUE, .is_first = TRUE, .clean = clean_number, .check = check_number },
  { .setting = MOS_TWILIO_SID, .title = N_ ("Account SID"), .is_needed = TRUE, .is_first = TRUE, .check = check_sid },
  { .use = MOS_FIELD_KEY_NAME, .setting = "key", .title = N_ ("API key SID, where you use one"), .is_first = TRUE },
  { .setting = MOS_ACCOUNT_SERVER, .title = N_ ("Another server than Twilio’s"), .is_advanced = TRUE },
  { 0 },
};

static const MosAccountNote calls_notes[] = {
  { N_ ("Nothing is lost"), N_ ("Twilio keeps the list of calls, and recordings, while this computer is off. They come in when Mostrador runs again.") },
  { N_ ("What it costs"), N_ ("Twilio asks for the number by the month and for each minute of a call.") },
  { N_ ("Who can read it"), N_ ("Twilio knows who called, and keeps recordings until you delete them there.") },
  { 0 },
};

const MosAccountKind mos_account_kind_twilio_calls = {
  .kind = "twilio-calls",
  .icon = "phone-symbolic",
  .title = N_ ("Calls at Twilio"),
  .subtitle = N_ ("Calls of a number at Twilio, with recordings"),
  .heading = N_ ("Add Calls at Twilio"),
  .intro = N_ ("Calls at your number become conversations of whoever called, with what was recorded."),
  .steps = calls_steps,
  .fields = calls_fields,
  .notes = calls_notes,
  .secret_title = N_ ("Auth token, or the API key’s secret"),
};
