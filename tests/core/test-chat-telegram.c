/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract.h"

#include "core/channels/telegram/mos-telegram-channel.h"
#include "core/desk/mos-rows.h"
#include "mos-fake-telegram.h"
#include "mos-test.h"

/* What every chat must do, by a server that keeps to Telegram's own rules; and what only Telegram does. */

static gpointer
begin (void)
{
  return mos_fake_telegram_new ();
}

static void
end (gpointer platform)
{
  mos_fake_telegram_free (platform);
}

static MosAccount *
make_account (gpointer platform)
{
  MosAccount *account = mos_account_new ();

  account->id = g_strdup ("telegram-account");
  account->kind = g_strdup ("telegram");
  account->name = g_strdup ("Mug Shop");
  account->address = g_strdup ("@mug_shop_bot");
  mos_account_set_setting (account, MOS_ACCOUNT_SERVER, mos_fake_telegram_get_url (platform));
  mos_account_fill (account);
  return account;
}

static char *
deliver (gpointer platform,
         const char *thread,
         const char *text,
         GBytes *data)
{
  gint64 chat = g_ascii_strtoll (thread, NULL, 10);
  gint64 id = data != NULL ? mos_fake_telegram_say_file (platform, chat, "Ana", text, "bill.pdf", data) : mos_fake_telegram_say (platform, chat, "Ana", text);

  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

static void
edit (gpointer platform,
      const char *thread,
      const char *id,
      const char *text)
{
  mos_fake_telegram_edit (platform, g_ascii_strtoll (thread, NULL, 10), g_ascii_strtoll (id, NULL, 10), text);
}

static void
fail (gpointer platform,
      ChatFault fault)
{
  switch (fault)
    {
    case CHAT_FAULT_BUSY:
      mos_fake_telegram_fail (platform, NULL, MOS_FAKE_TELEGRAM_BUSY, 1);
      break;
    case CHAT_FAULT_KEY:
      mos_fake_telegram_fail (platform, NULL, MOS_FAKE_TELEGRAM_REVOKED, G_MAXUINT);
      break;
    case CHAT_FAULT_REFUSED:
      mos_fake_telegram_fail (platform, "sendMessage", MOS_FAKE_TELEGRAM_BLOCKED, 1);
      break;
    case CHAT_FAULT_LOST_ANSWER:
      mos_fake_telegram_fail (platform, "sendMessage", MOS_FAKE_TELEGRAM_LOST, 1);
      break;
    case CHAT_FAULT_NONE:
    default:
      mos_fake_telegram_fail (platform, NULL, MOS_FAKE_TELEGRAM_BUSY, 0);
      break;
    }
}

static GPtrArray *
list_sent (gpointer platform)
{
  return mos_fake_telegram_dup_sent (platform);
}

static guint
count_polls (gpointer platform)
{
  return mos_fake_telegram_count (platform, "getMe") + mos_fake_telegram_count (platform, "getUpdates");
}

static GPtrArray *
list_shown (gpointer platform)
{
  return mos_fake_telegram_dup_shown (platform);
}

static char *
dup_sign (gpointer platform,
          const char *thread,
          const char *id)
{
  return mos_fake_telegram_dup_sign (platform, g_ascii_strtoll (id, NULL, 10));
}

static void
fail_change (gpointer platform,
             ChatChangeFault fault)
{
  if (fault == CHAT_CHANGE_LOST)
    mos_fake_telegram_fail (platform, MOS_FAKE_TELEGRAM_CHANGE, MOS_FAKE_TELEGRAM_LOST, 1);
  else
    mos_fake_telegram_fail (platform, MOS_FAKE_TELEGRAM_CHANGE, MOS_FAKE_TELEGRAM_BLOCKED, 1);
}

int
main (int argc,
      char **argv)
{
  static const ChatPlatform telegram = { "telegram", "4242:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr", begin, end, make_account, deliver, edit, NULL, fail, list_sent, count_polls, list_shown, dup_sign, fail_change };

  mos_test_init (&argc, &argv);
  chat_contract_add (&telegram);
  chat_contract_add_changes (&telegram);
  return g_test_run ();
}
