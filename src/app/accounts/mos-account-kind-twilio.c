/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-kinds-private.h"

#include "core/base/mos-error.h"
#include "core/channels/twilio/mos-twilio-api.h"
#include "core/channels/twilio/mos-twilio-channel.h"

#include <glib/gi18n.h>
#include <string.h>

#define WHATSAPP "whatsapp:"

/* Numbers are written in many ways. */
static char *
clean_number (const char *text)
{
  GString *number = g_string_new (NULL);

  if (g_str_has_prefix (text, WHATSAPP))
    text += strlen (WHATSAPP);
  for (const char *p = text; *p != '\0'; p++)
    if (strchr (" -()/.", *p) == NULL)
      g_string_append_c (number, *p);
  if (g_str_has_prefix (number->str, "00"))
    {
      g_string_erase (number, 0, 2);
      g_string_prepend (number, "+");
    }
  return g_string_free_and_steal (number);
}

static char *
clean_whatsapp_number (const char *text)
{
  g_autofree char *number = clean_number (text);

  return *number != '\0' ? g_strconcat (WHATSAPP, number, NULL) : g_steal_pointer (&number);
}

static const char *
check_number (const char *text)
{
  return mos_twilio_number_is_plausible (text) ? NULL : N_ ("Write the number with its country, as in +49 30 901820.");
}

static const char *
check_sid (const char *text)
{
  return mos_twilio_sid_is_plausible (text) ? NULL : N_ ("The account SID is “AC” and 32 digits and letters. It is on the first page of Twilio’s console.");
}

static const char *
check_key_name (const char *text)
{
  return *text == '\0' || (g_str_has_prefix (text, "SK") && strlen (text) == 34) ? NULL
                                                                                 : N_ ("An API key’s SID is “SK” and 32 digits and letters. Leave it empty to sign in with the auth token.");
}

static const char *
check_service (const char *text)
{
  return *text == '\0' || (g_str_has_prefix (text, "MG") && strlen (text) == 34) ? NULL : N_ ("A messaging service’s SID is “MG” and 32 digits and letters. Leave it empty where you use none.");
}

#define ACCOUNT_FIELDS                                                                                                                     \
  { .setting = MOS_TWILIO_SID, .title = N_ ("Account SID"), .is_needed = TRUE, .is_first = TRUE, .check = check_sid },                     \
  {                                                                                                                                        \
    .use = MOS_FIELD_KEY_NAME, .setting = "key", .title = N_ ("API key SID, where you use one"), .is_first = TRUE, .check = check_key_name \
  }

#define MORE_FIELDS                                                                                                      \
  { .setting = MOS_TWILIO_SERVICE, .title = N_ ("Messaging service SID"), .is_advanced = TRUE, .check = check_service }, \
  {                                                                                                                      \
    .setting = MOS_ACCOUNT_SERVER, .title = N_ ("Another server than Twilio’s"), .is_advanced = TRUE                     \
  }

static const MosAccountField sms_fields[] = {
  { .setting = MOS_TWILIO_NUMBER, .title = N_ ("Your number, with its country"), .is_needed = TRUE, .is_first = TRUE, .clean = clean_number, .check = check_number },
  ACCOUNT_FIELDS,
  MORE_FIELDS,
  { 0 },
};

static const MosAccountField whatsapp_fields[] = {
  { .setting = MOS_TWILIO_NUMBER, .title = N_ ("Your WhatsApp number, with its country"), .is_needed = TRUE, .is_first = TRUE, .clean = clean_whatsapp_number, .check = check_number },
  ACCOUNT_FIELDS,
  MORE_FIELDS,
  { 0 },
};

#define CONSOLE_STEP                                                                                                                                                                                     \
  {                                                                                                                                                                                                      \
    .text = N_ ("Open Twilio’s console. “Account Info” on its first page shows the account SID and the auth token."), .link = "https://console.twilio.com/", .link_label = N_ ("_Open Twilio’s Console") \
  }
#define KEY_STEP                                                                                                                                                                                   \
  {                                                                                                                                                                                                \
    .text = N_ ("Safer than the auth token is an API key of its own, which can be taken back alone: Account → API keys & tokens → Create API key, type “Standard”. Enter its SID and its secret.") \
  }

static const MosAccountStep sms_steps[] = {
  CONSOLE_STEP,
  { .text = N_ ("Buy a number that can do SMS, or use one that you have: Phone Numbers → Manage → Active numbers.") },
  KEY_STEP,
  { 0 },
};

static const MosAccountStep whatsapp_steps[] = {
  CONSOLE_STEP,
  { .text = N_ ("Register your number for WhatsApp: Messaging → Senders → WhatsApp senders. Meta checks the shop’s name, which can take some days. To try it out there is a sandbox.") },
  KEY_STEP,
  { 0 },
};

#define READ_NOTE                                                                                                                              \
  {                                                                                                                                            \
    N_ ("Who can read it"), N_ ("Twilio and the networks on the way can read what is written, and Twilio keeps it until you delete it there.") \
  }
#define KEEPS_NOTE                                                                                                                                                              \
  {                                                                                                                                                                             \
    N_ ("Nothing is lost"), N_ ("Twilio keeps what customers write while this computer is off. It comes in when Mostrador runs again, at most some seconds after it is there.") \
  }

#define FILES_NOTE                                                                                                                                                                                              \
  {                                                                                                                                                                                                             \
    N_ ("Files need your web space"), N_ ("Pictures that customers send come in. What you send Twilio fetches from an address on the web: the letter box below hands it out. Without one text alone goes out.") \
  }

static const MosAccountNote sms_notes[] = {
  { N_ ("What it costs"), N_ ("Twilio asks for the number by the month and for each SMS by its length: a long text is several. Prices depend on the country.") },
  READ_NOTE,
  KEEPS_NOTE,
  FILES_NOTE,
  { N_ ("Pictures by SMS"), N_ ("Twilio sends them as MMS, which only some countries and numbers have: see the number’s capabilities in Twilio’s console.") },
  { 0 },
};

static const MosAccountNote whatsapp_notes[] = {
  { N_ ("What it costs"), N_ ("Twilio asks for each message, Meta for each template. An answer within 24 hours costs only Twilio’s part.") },
  { N_ ("24 hours to answer"), N_ ("A shop may write freely for 24 hours after the customer’s last message; then only templates that Meta has approved.") },
  READ_NOTE,
  KEEPS_NOTE,
  FILES_NOTE,
  { 0 },
};

static gboolean
explain (const GError *error,
         gboolean with_password,
         MosErrorText *ret_text)
{
  if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED))
    {
      *ret_text = (MosErrorText) { _ ("Twilio does not let this number be used"), _ ("The account has no such number, or the number or the key may not send messages. Nothing was kept."), _ ("Compare the number with Active numbers in Twilio’s console, and see there that it can do what you add it for."), MOS_REMEDY_NONE };
      return TRUE;
    }
  if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED))
    {
      *ret_text = (MosErrorText) { _ ("Twilio refused the key"), _ ("Account SID and auth token, or API key and its secret, do not belong together. Nothing was kept."), _ ("Copy them from Twilio’s console again, whole. Test credentials do not work here."), MOS_REMEDY_NONE };
      return TRUE;
    }
  return FALSE;
}

static char *
make_whatsapp_link (const char *address)
{
  g_autofree char *number = clean_number (address);

  return g_strconcat ("https://wa.me/", number + (*number == '+' ? 1 : 0), NULL);
}

const MosAccountKind mos_account_kind_twilio_sms = {
  .kind = "sms",
  .icon = "phone-symbolic",
  .title = N_ ("SMS"),
  .subtitle = N_ ("A number at Twilio"),
  .heading = N_ ("Add SMS"),
  .intro = N_ ("Customers write to a telephone number that you have at Twilio, and you answer them here."),
  .steps = sms_steps,
  .fields = sms_fields,
  .notes = sms_notes,
  .secret_title = N_ ("Auth token, or the API key’s secret"),
  .letter_box = MOS_LETTER_BOX_FILES,
  .explain = explain,
};

const MosAccountKind mos_account_kind_twilio_whatsapp = {
  .kind = "whatsapp-twilio",
  .icon = "phone-symbolic",
  .title = N_ ("WhatsApp by Twilio"),
  .subtitle = N_ ("The simpler way: Twilio keeps what comes in"),
  .heading = N_ ("Add WhatsApp by Twilio"),
  .intro = N_ ("Customers write to your WhatsApp number, which is registered at Twilio, and you answer them here. Web space is needed for files alone."),
  .steps = whatsapp_steps,
  .fields = whatsapp_fields,
  .notes = whatsapp_notes,
  .secret_title = N_ ("Auth token, or the API key’s secret"),
  .letter_box = MOS_LETTER_BOX_FILES,
  .explain = explain,
  .make_link = make_whatsapp_link,
};
