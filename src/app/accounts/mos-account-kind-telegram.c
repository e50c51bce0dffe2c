/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-kinds-private.h"

#include "core/channels/telegram/mos-telegram-channel.h"

#include <glib/gi18n.h>

static const MosAccountStep steps[] = {
  /* Translators: @BotFather is the name of Telegram’s own bot that makes bots: not translated. */
  { .text = N_ ("Open @BotFather in Telegram. It is Telegram’s own bot and makes the one your customers write to."),
    .link = "https://t.me/BotFather",
    .link_label = N_ ("_Open @BotFather") },
  { .text = N_ ("Send it this command:"), .copy = "/newbot" },
  { .text = N_ ("It asks for a name, which your customers see, and then for a user name that ends in “bot”.") },
  { .text = N_ ("Its answer has a token in it: a number, a colon and a long word. Copy it whole and paste it below.") },
  { 0 },
};

static const MosAccountField fields[] = {
  { .setting = MOS_TELEGRAM_GROUPS,
    .title = N_ ("Take in what is written in groups"),
    .subtitle = N_ ("Off, only what somebody writes to the bot alone becomes work. In a group a bot is shown commands and answers to it; all the rest only once its privacy mode is off. Send @BotFather this, choose the bot, then “Disable”:"),
    .copy = "/setprivacy",
    .is_switch = TRUE },
  { .setting = MOS_ACCOUNT_SERVER, .title = N_ ("Another Bot API server"), .is_advanced = TRUE },
  { 0 },
};

static const MosAccountNote notes[] = {
  { N_ ("24 hours"), N_ ("While this computer is off or Mostrador is closed, Telegram keeps what customers write for 24 hours. What is older is lost. Let Mostrador run in the background.") },
  { N_ ("One desk at a time"), N_ ("A bot can be read by one program at a time: two take the messages from each other. If the bot works somewhere else already, make another one for this desk.") },
  { N_ ("Customers write first"), N_ ("A bot cannot begin a conversation. Put its link on your page and on your parcels.") },
  { N_ ("Who can read it"), N_ ("Telegram can read what is written to a bot. It costs nothing.") },
  { 0 },
};

static char *
make_link (const char *address)
{
  return g_strconcat ("https://t.me/", address + (*address == '@' ? 1 : 0), NULL);
}

const MosAccountKind mos_account_kind_telegram = {
  .kind = "telegram",
  .icon = "user-available-symbolic",
  .title = N_ ("Telegram"),
  .subtitle = N_ ("A bot that your customers write to"),
  .heading = N_ ("Add Telegram"),
  .intro = N_ ("Customers write to a bot of yours, and you answer them here. Making one takes two minutes."),
  .steps = steps,
  .fields = fields,
  .notes = notes,
  .secret_title = N_ ("Token"),
  .is_secret = mos_telegram_is_token,
  .make_link = make_link,
};
