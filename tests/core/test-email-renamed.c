/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "imap-fixture.h"

#include "core/channels/email/mos-email-sync.h"
#include "mos-test-host.h"

/* A followed folder is gone, and another one is there that nobody has looked at yet: the same under a new name? */

#define LISTED                                                                                                                                                           \
  SIGNED_IN ("NAMESPACE"), "C NAMESPACE", "S * NAMESPACE ((\"\" \".\")) NIL NIL", "S $t OK", "C LIST \"\" \"?\"", "S * LIST () \".\" INBOX", "S * LIST () \".\" Family", \
      "S $t OK", "C SELECT \"INBOX\"", "S * OK [UIDVALIDITY 7] v", "S $t OK"
#define BYE "C LOGOUT", "S * BYE", "S $t OK", NULL

/* "Orders", of @uidvalidity, is gone. Returns: (transfer full): what was made of it */
static char *
look (const char *const *script,
      guint32 uidvalidity)
{
  MosTestImapServer *server = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosTestHost) host = mos_test_host_new ("secret");
  g_autoptr (MosAccount) account = mos_account_new ();
  g_autoptr (MosFolderState) inbox = mos_folder_state_new ();
  g_autoptr (GError) error = NULL;
  MosEmailSync *sync;

  inbox->account = g_strdup ("account-1");
  inbox->folder = g_strdup ("INBOX");
  inbox->role = MOS_FOLDER_INBOX;
  inbox->uidvalidity = 7;
  inbox->first_sync_done = TRUE;
  inbox->places = g_array_new (FALSE, FALSE, sizeof (MosPlace));
  g_assert_true (mos_channel_host_save_folder_sync (MOS_CHANNEL_HOST (host), inbox, NULL, &error));
  mos_test_host_lose (host, "Orders", uidvalidity, 5);
  account->id = g_strdup ("account-1");
  account->imap = mos_test_imap_server_make (server, MOS_SECURITY_NONE);
  sync = mos_email_sync_open_sync (account, MOS_CHANNEL_HOST (host), NULL, NULL, &error);
  g_assert_no_error (error);
  mos_email_sync_free (sync);
  mos_test_imap_server_finish (server);
  return mos_test_host_dup_fate (host);
}

static void
test_renamed (void)
{
  static const char *const script[] = { LISTED, "C EXAMINE \"Family\"", "S * OK [UIDVALIDITY 8] v", "S * OK [UIDNEXT 9] n", "S $t OK", BYE };
  g_autofree char *fate = look (script, 8);

  g_assert_cmpstr (fate, ==, "renamed Family");
}

/* All folders of this server have one UIDVALIDITY. Taken for the one that is gone, mail of the other would be thought to be here. */
static void
test_shared_numbering (void)
{
  static const char *const script[] = { LISTED, BYE };
  g_autofree char *fate = look (script, 7);

  g_assert_cmpstr (fate, ==, "dropped");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/email/renamed/renamed", test_renamed);
  g_test_add_func ("/email/renamed/shared-numbering", test_shared_numbering);
  return g_test_run ();
}
