/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract.h"

#include "core/channels/meta/mos-messenger-channel.h"
#include "core/desk/mos-rows.h"
#include "mos-fake-meta.h"
#include "mos-test.h"

/* What every chat must do, by a server that keeps to Meta's own rules: for a Page's Messenger, and for an Instagram account. */

static gpointer
begin_messenger (void)
{
  return mos_fake_meta_new ("messenger", TRUE);
}

static gpointer
begin_instagram (void)
{
  return mos_fake_meta_new ("instagram", FALSE);
}

static void
end (gpointer platform)
{
  mos_fake_meta_free (platform);
}

static MosAccount *
make (gpointer platform,
      const char *kind,
      const char *address)
{
  MosAccount *account = mos_account_new ();

  account->id = g_strdup ("meta-account");
  account->kind = g_strdup (kind);
  account->name = g_strdup ("Mug Shop");
  account->address = g_strdup (address);
  mos_account_set_setting (account, MOS_ACCOUNT_SERVER, mos_fake_meta_get_url (platform));
  mos_account_set_setting (account, MOS_ACCOUNT_POLL_S, "1");
  mos_account_fill (account);
  return account;
}

static MosAccount *
make_messenger (gpointer platform)
{
  return make (platform, "messenger", MOS_FAKE_META_PAGE);
}

static MosAccount *
make_instagram (gpointer platform)
{
  return make (platform, "instagram", "@" MOS_FAKE_META_USERNAME);
}

static char *
deliver (gpointer platform,
         const char *thread,
         const char *text,
         GBytes *data)
{
  return mos_fake_meta_say (platform, thread, text, 0, data);
}

static void
fail (gpointer platform,
      ChatFault fault)
{
  switch (fault)
    {
    case CHAT_FAULT_BUSY:
      mos_fake_meta_fail (platform, NULL, MOS_FAKE_META_BUSY, 1);
      break;
    case CHAT_FAULT_KEY:
      mos_fake_meta_fail (platform, NULL, MOS_FAKE_META_REVOKED, G_MAXUINT);
      break;
    case CHAT_FAULT_REFUSED:
      mos_fake_meta_fail (platform, "POST", MOS_FAKE_META_REFUSED, 1);
      break;
    case CHAT_FAULT_LOST_ANSWER:
      mos_fake_meta_fail (platform, "POST", MOS_FAKE_META_LOST, 1);
      break;
    case CHAT_FAULT_HELD:
      mos_fake_meta_fail (platform, "/conversations", MOS_FAKE_META_HELD, 1);
      break;
    case CHAT_FAULT_NONE:
    default:
      mos_fake_meta_fail (platform, NULL, MOS_FAKE_META_BUSY, 0);
      break;
    }
}

static GPtrArray *
list_sent (gpointer platform)
{
  return mos_fake_meta_dup_sent (platform);
}

static guint
count_polls (gpointer platform)
{
  return mos_fake_meta_count (platform, NULL);
}

int
main (int argc,
      char **argv)
{
  static const ChatPlatform messenger = { "messenger", MOS_FAKE_META_TOKEN, begin_messenger, end, make_messenger, deliver, NULL, NULL, fail, list_sent, count_polls, .is_a_server = TRUE };
  static const ChatPlatform instagram = { "instagram", MOS_FAKE_META_INSTAGRAM_TOKEN, begin_instagram, end, make_instagram, deliver, NULL, NULL, fail, list_sent, count_polls, .is_a_server = TRUE };

  mos_test_init (&argc, &argv);
  chat_contract_add (&messenger);
  chat_contract_add (&instagram);
  return g_test_run ();
}
