/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract.h"

#include "core/channels/twilio/mos-twilio-channel.h"
#include "core/desk/mos-rows.h"
#include "mos-fake-twilio.h"
#include "mos-test.h"

/* What every chat must do, by a server that keeps to Twilio's own rules: for SMS, for WhatsApp, and of what a telephone must do for its calls. */

#define SMS "+4930901820"
#define WHATSAPP "whatsapp:+4930901820"

static gpointer
begin_sms (void)
{
  return mos_fake_twilio_new (SMS);
}

static gpointer
begin_whatsapp (void)
{
  return mos_fake_twilio_new (WHATSAPP);
}

static void
end (gpointer platform)
{
  mos_fake_twilio_free (platform);
}

static MosAccount *
make (gpointer platform,
      const char *kind,
      const char *number)
{
  MosAccount *account = mos_account_new ();

  account->id = g_strdup ("twilio-account");
  account->kind = g_strdup (kind);
  account->name = g_strdup ("Mug Shop");
  account->address = g_strdup (number);
  mos_account_set_setting (account, MOS_ACCOUNT_SERVER, mos_fake_twilio_get_url (platform));
  mos_account_set_setting (account, MOS_ACCOUNT_POLL_S, "1");
  mos_account_set_setting (account, MOS_TWILIO_SID, MOS_FAKE_TWILIO_SID);
  mos_account_set_setting (account, MOS_TWILIO_NUMBER, number);
  mos_account_fill (account);
  return account;
}

static MosAccount *
make_sms (gpointer platform)
{
  return make (platform, "sms", SMS);
}

static MosAccount *
make_whatsapp (gpointer platform)
{
  return make (platform, "whatsapp-twilio", WHATSAPP);
}

static char *
deliver_sms (gpointer platform,
             const char *thread,
             const char *text,
             GBytes *data)
{
  g_autofree char *from = g_strconcat ("+49151", thread, NULL);

  return mos_fake_twilio_say (platform, from, text, 0, data);
}

static char *
deliver_whatsapp (gpointer platform,
                  const char *thread,
                  const char *text,
                  GBytes *data)
{
  g_autofree char *from = g_strconcat ("whatsapp:+49151", thread, NULL);

  return mos_fake_twilio_say (platform, from, text, 0, data);
}

static MosAccount *
make_calls (gpointer platform)
{
  return make (platform, "twilio-calls", SMS);
}

static void
fail (gpointer platform,
      ChatFault fault)
{
  switch (fault)
    {
    case CHAT_FAULT_BUSY:
      mos_fake_twilio_fail (platform, NULL, MOS_FAKE_TWILIO_BUSY, 1);
      break;
    case CHAT_FAULT_KEY:
      mos_fake_twilio_fail (platform, NULL, MOS_FAKE_TWILIO_REVOKED, G_MAXUINT);
      break;
    case CHAT_FAULT_REFUSED:
      mos_fake_twilio_fail (platform, "POST", MOS_FAKE_TWILIO_REFUSED, 1);
      break;
    case CHAT_FAULT_LOST_ANSWER:
      mos_fake_twilio_fail (platform, "POST", MOS_FAKE_TWILIO_LOST, 1);
      break;
    case CHAT_FAULT_HELD:
      mos_fake_twilio_fail (platform, "GET", MOS_FAKE_TWILIO_HELD, 1);
      break;
    case CHAT_FAULT_NONE:
    default:
      mos_fake_twilio_fail (platform, NULL, MOS_FAKE_TWILIO_BUSY, 0);
      break;
    }
}

static GPtrArray *
list_sent (gpointer platform)
{
  return mos_fake_twilio_dup_sent (platform);
}

static guint
count_polls (gpointer platform)
{
  return mos_fake_twilio_count (platform);
}

static void
call (gpointer platform,
      const char *number)
{
  mos_fake_twilio_call (platform, number);
}

int
main (int argc,
      char **argv)
{
  static const ChatPlatform sms = { "sms", MOS_FAKE_TWILIO_TOKEN, begin_sms, end, make_sms, deliver_sms, NULL, NULL, fail, list_sent, count_polls, .is_a_server = TRUE };
  static const ChatPlatform whatsapp = { "whatsapp-twilio", MOS_FAKE_TWILIO_TOKEN, begin_whatsapp, end, make_whatsapp, deliver_whatsapp, NULL, NULL, fail, list_sent, count_polls, .is_a_server = TRUE };
  static const ChatPlatform calls = { .kind = "twilio-calls", .secret = MOS_FAKE_TWILIO_TOKEN, .begin = begin_sms, .end = end, .make_account = make_calls, .fail = fail, .count_polls = count_polls, .call = call, .keeps_calls = TRUE };

  mos_test_init (&argc, &argv);
  chat_contract_add (&sms);
  chat_contract_add_changes (&sms);
  chat_contract_add (&whatsapp);
  chat_contract_add_changes (&whatsapp);
  chat_contract_add_calls (&calls);
  return g_test_run ();
}
