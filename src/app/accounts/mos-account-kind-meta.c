/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-kinds-private.h"

#include "core/base/mos-error.h"
#include "core/channels/meta/mos-messenger-channel.h"

#include <glib/gi18n.h>

static const MosAccountField fields[] = {
  { .setting = MOS_ACCOUNT_HUMAN_AGENT,
    .title = N_ ("People may answer for seven days"),
    .subtitle = N_ ("Only where Meta has given your app the permission “Human Agent”. Off, it is 24 hours."),
    .is_switch = TRUE },
  { .setting = MOS_META_VERSION, .title = N_ ("Version of the Graph API"), .is_advanced = TRUE },
  { .setting = MOS_ACCOUNT_SERVER, .title = N_ ("Another server than Meta’s"), .is_advanced = TRUE },
  { 0 },
};

#define APP_STEP                                                                                                    \
  {                                                                                                                 \
    .text = N_ ("Make an app at Meta for developers: My Apps → Create App. Choose the shop’s business portfolio."), \
    .link = "https://developers.facebook.com/apps/",                                                                \
    .link_label = N_ ("_Open Meta for Developers")                                                                  \
  }

static const MosAccountStep messenger_steps[] = {
  APP_STEP,
  { .text = N_ ("Add Messenger to the app, and your Page to it: Messenger → API settings → Add or remove Pages.") },
  { .text = N_ ("Press “Generate” beside the Page and copy the token whole. It needs “pages_messaging” and “pages_manage_metadata”. Of a system user it does not end.") },
  { 0 },
};

static const MosAccountStep instagram_steps[] = {
  APP_STEP,
  { .text = N_ ("Your Instagram account has to be a professional one, and to allow access to messages: Settings → Messages → Connected tools.") },
  { .text = N_ ("Add Instagram to the app: Instagram → API setup → Generate access tokens. Add the account, and copy the token whole. The token of a Page that the account is connected with works, too.") },
  { 0 },
};

#define WINDOW_NOTE                                                                                                                                                  \
  {                                                                                                                                                                  \
    N_ ("24 hours to answer"), N_ ("A shop may write for 24 hours after the customer’s last message; people of the shop for seven days, where Meta has allowed it.") \
  }
#define COST_NOTE                                                                   \
  {                                                                                 \
    N_ ("Who can read it"), N_ ("Meta can read what is written. It costs nothing.") \
  }

static const MosAccountNote messenger_notes[] = {
  WINDOW_NOTE,
  { N_ ("While this computer is off"), N_ ("Meta keeps what customers write, but tells details of the last 20 messages of each chat alone. Let Mostrador run in the background.") },
  { N_ ("Customers write first"), N_ ("A Page cannot begin a conversation. Put its link on your page and on your parcels.") },
  COST_NOTE,
  { 0 },
};

static const MosAccountNote instagram_notes[] = {
  WINDOW_NOTE,
  { N_ ("While this computer is off"), N_ ("Meta keeps what customers write, but tells details of the last 20 messages of each chat alone. Let Mostrador run in the background.") },
  { N_ ("Files need your web space"), N_ ("Pictures that customers send come in. What you send Instagram fetches from an address on the web: the letter box below hands it out. Without one text alone goes out.") },
  COST_NOTE,
  { 0 },
};

static gboolean
explain (const GError *error,
         gboolean with_password,
         MosErrorText *ret_text)
{
  if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED))
    {
      *ret_text = (MosErrorText) { _ ("Meta refused the token"), _ ("It does not know the token, or the token has ended. Nothing was kept."), _ ("Generate another one and copy it whole."), MOS_REMEDY_NONE };
      return TRUE;
    }
  if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED) || g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED))
    {
      *ret_text = (MosErrorText) { _ ("The token may not read the messages"), _ ("It is not a Page’s, or lacks a permission. Nothing was kept."), _ ("See that the permissions of the last step were given, then generate another one."), MOS_REMEDY_NONE };
      return TRUE;
    }
  return FALSE;
}

const MosAccountKind mos_account_kind_messenger = {
  .kind = "messenger",
  .icon = "user-available-symbolic",
  .title = N_ ("Messenger"),
  .subtitle = N_ ("A Facebook Page"),
  .heading = N_ ("Add Messenger"),
  .intro = N_ ("Customers write to your Page, and you answer them here."),
  .steps = messenger_steps,
  .fields = fields,
  .notes = messenger_notes,
  .secret_title = N_ ("Token of the Page"),
  .explain = explain,
};

const MosAccountKind mos_account_kind_instagram = {
  .kind = "instagram",
  .icon = "user-available-symbolic",
  .title = N_ ("Instagram"),
  .subtitle = N_ ("A professional account"),
  .heading = N_ ("Add Instagram"),
  .intro = N_ ("Customers write to your Instagram account, and you answer them here."),
  .steps = instagram_steps,
  .fields = fields,
  .notes = instagram_notes,
  .secret_title = N_ ("Token"),
  .letter_box = MOS_LETTER_BOX_FILES,
  .explain = explain,
};
