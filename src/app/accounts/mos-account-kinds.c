/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-kinds.h"

#include "app/accounts/mos-account-setup.h"
#include "app/accounts/mos-chat-setup.h"

#include "core/channels/telegram/mos-telegram-channel.h"

#include <glib/gi18n.h>

static AdwDialog *
make_email (MosDesk *desk)
{
  return ADW_DIALOG (mos_account_setup_new (desk));
}

static const MosAccountStep telegram_steps[] = {
  /* Translators: @BotFather is the name of Telegram’s own bot that makes bots: not translated. */
  { .text = N_ ("Open @BotFather in Telegram. It is Telegram’s own bot and makes the one your customers write to."),
    .link = "https://t.me/BotFather",
    .link_label = N_ ("_Open @BotFather") },
  { .text = N_ ("Send it this command:"), .copy = "/newbot" },
  { .text = N_ ("It asks for a name, which your customers see, and then for a user name that ends in “bot”.") },
  { .text = N_ ("Its answer has a token in it: a number, a colon and a long word. Copy it whole and paste it below.") },
  { 0 },
};

static const MosAccountField telegram_fields[] = {
  { .setting = MOS_TELEGRAM_GROUPS,
    .title = N_ ("Take in what is written in groups"),
    .subtitle = N_ ("Off, only what somebody writes to the bot alone becomes work. In a group a bot is shown commands and answers to it; all the rest only once its privacy mode is off. Send @BotFather this, choose the bot, then “Disable”:"),
    .copy = "/setprivacy",
    .is_switch = TRUE },
  { .setting = MOS_ACCOUNT_SERVER, .title = N_ ("Another Bot API server"), .is_advanced = TRUE },
  { 0 },
};

static const MosAccountNote telegram_notes[] = {
  { N_ ("24 hours"), N_ ("While this computer is off or Mostrador is closed, Telegram keeps what customers write for 24 hours. What is older is lost. Let Mostrador run in the background.") },
  { N_ ("One desk at a time"), N_ ("A bot can be read by one program at a time: two take the messages from each other. If the bot works somewhere else already, make another one for this desk.") },
  { N_ ("Customers write first"), N_ ("A bot cannot begin a conversation. Put its link on your page and on your parcels.") },
  { N_ ("Who can read it"), N_ ("Telegram can read what is written to a bot. It costs nothing.") },
  { 0 },
};

static const MosAccountKind kinds[] = {
  { .kind = "email",
    .icon = "mail-unread-symbolic",
    .title = N_ ("E-mail"),
    .subtitle = N_ ("A mailbox at any provider"),
    .make = make_email },
  { .kind = "telegram",
    .icon = "user-available-symbolic",
    .title = N_ ("Telegram"),
    .subtitle = N_ ("A bot that your customers write to"),
    .heading = N_ ("Add Telegram"),
    .intro = N_ ("Customers write to a bot of yours, and you answer them here. Making one takes two minutes."),
    .steps = telegram_steps,
    .fields = telegram_fields,
    .notes = telegram_notes,
    .secret_title = N_ ("Token"),
    .is_secret = mos_telegram_is_token,
    .link = "https://t.me/" },
};

const MosAccountKind *
mos_account_kinds (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

AdwDialog *
mos_account_kind_make_dialog (const MosAccountKind *kind,
                              MosDesk *desk)
{
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  return kind->make != NULL ? kind->make (desk) : ADW_DIALOG (mos_chat_setup_new (desk, kind));
}
