/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-kinds-private.h"

#include "core/base/mos-error.h"
#include "core/channels/meta/mos-whatsapp-channel.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *
check_number (const char *text)
{
  return *text != '\0' && strspn (text, G_CSET_DIGITS) == strlen (text) ? NULL : N_ ("The phone number ID is made of digits alone and is not the telephone number. It stands beside it in Meta’s API Setup.");
}

static const char *
check_business (const char *text)
{
  return strspn (text, G_CSET_DIGITS) == strlen (text) ? NULL : N_ ("The WhatsApp Business account ID is made of digits alone. It stands below the phone number ID in Meta’s API Setup.");
}

static const MosAccountStep steps[] = {
  { .text = N_ ("Make an app at Meta for developers: My Apps → Create App, with the use case “Connect with customers through WhatsApp”. Choose the shop’s business portfolio."),
    .link = "https://developers.facebook.com/apps/",
    .link_label = N_ ("_Open Meta for Developers") },
  { .text = N_ ("Add your telephone number: WhatsApp → API Setup. The number must not be in use in the WhatsApp app. There you also find the phone number ID and the WhatsApp Business account ID.") },
  { .text = N_ ("Make a token that does not end: Business settings → System users → Generate token, for this app, with “whatsapp_business_messaging” and “whatsapp_business_management”. The one shown in API Setup ends after a day.") },
  { .text = N_ ("Meta brings what customers write to an address on the web, and nowhere else. The letter box below is a small file for the shop’s web space that keeps it until this computer fetches it. It needs PHP and https.") },
  { 0 },
};

static const MosAccountField fields[] = {
  { .setting = MOS_WHATSAPP_NUMBER, .title = N_ ("Phone number ID"), .is_needed = TRUE, .is_first = TRUE, .check = check_number },
  { .setting = MOS_WHATSAPP_BUSINESS, .title = N_ ("WhatsApp Business account ID, for templates"), .check = check_business },
  { .setting = MOS_META_VERSION, .title = N_ ("Version of the Graph API"), .is_advanced = TRUE },
  { .setting = MOS_ACCOUNT_SERVER, .title = N_ ("Another server than Meta’s"), .is_advanced = TRUE },
  { 0 },
};

static const MosAccountNote notes[] = {
  { N_ ("What it costs"), N_ ("Answers within 24 hours cost nothing. Meta asks for each template by kind and country.") },
  { N_ ("24 hours to answer"), N_ ("A shop may write freely for 24 hours after the customer’s last message; then only templates that Meta has approved.") },
  { N_ ("Who can read it"), N_ ("Meta can read what is written to a shop. The web space sees it, too, until it is fetched.") },
  { N_ ("While this computer is off"), N_ ("The letter box keeps what comes in for 30 days. While the web space does not answer, Meta tries again for days.") },
  { 0 },
};

static gboolean
explain (const GError *error,
         gboolean with_password,
         MosErrorText *ret_text)
{
  if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED))
    {
      *ret_text = (MosErrorText) { _ ("Meta refused the token"), _ ("It does not know the token, or the token has ended: the one in API Setup lives for a day. Nothing was kept."), _ ("Make one of a system user, which does not end, and copy it whole."), MOS_REMEDY_NONE };
      return TRUE;
    }
  if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED) || g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED))
    {
      *ret_text = (MosErrorText) { _ ("Meta does not let this number be used"), _ ("The phone number ID is not one of this app’s, or the token has not both permissions. Nothing was kept."), _ ("Compare the ID with API Setup. Then see that the system user was given the app and the WhatsApp account."), MOS_REMEDY_NONE };
      return TRUE;
    }
  return FALSE;
}

static char *
make_link (const char *address)
{
  GString *link = g_string_new ("https://wa.me/");

  for (const char *p = address; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (link, *p);
  return g_string_free_and_steal (link);
}

const MosAccountKind mos_account_kind_whatsapp = {
  .kind = "whatsapp",
  .icon = "phone-symbolic",
  .title = N_ ("WhatsApp"),
  .subtitle = N_ ("A number at Meta itself; needs web space"),
  .heading = N_ ("Add WhatsApp"),
  .intro = N_ ("Customers write to your WhatsApp number, and you answer them here. Setting it up at Meta takes about an hour; by Twilio it is simpler and costs more."),
  .steps = steps,
  .fields = fields,
  .notes = notes,
  .secret_title = N_ ("Token"),
  .letter_box = MOS_LETTER_BOX_IN,
  .explain = explain,
  .make_link = make_link,
};
