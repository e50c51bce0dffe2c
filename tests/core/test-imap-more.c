/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "imap-fixture.h"

/* Folders in UTF-8, name spaces, being told of other folders, limits, sleep: what real servers do not do on demand. */

/* --- UTF8=ACCEPT (RFC 6855) --- */

/* Keys stay modified UTF-7; the wire has UTF-8; a mail with 8 bits in its header goes as a literal8, another one does not. */
static void
test_utf8 (void)
{
  static const char *const script[] = {
    SIGNED_IN ("ENABLE QRESYNC CONDSTORE UTF8=ACCEPT LITERAL+ UIDPLUS"),
    "C ENABLE QRESYNC UTF8=ACCEPT", "S * ENABLED QRESYNC UTF8=ACCEPT", "S $t OK",
    "C LIST \"\" \"?\"",
    "S * LIST () \"/\" inbox", "S * LIST () \"/\" \"Env\xc3\xados\"", "S * LIST () \"/\" \"R & D\"", "S $t OK",
    "C SELECT \"Env\xc3\xados\" (CONDSTORE)", "S * OK [UIDVALIDITY 7] v", "S $t OK",
    "C SELECT \"R & D\" (CONDSTORE)", "S * OK [UIDVALIDITY 7] v", "S $t OK",
    "C UID SEARCH HEADER \"Subject\" \"caf\xc3\xa9\"", "S * SEARCH", "S $t OK",
    "C APPEND \"Env\xc3\xados\" UTF8 (~{21+}", "L Subject: caf\xc3\xa9", "L ", "L x", "L )", "S $t OK",
    "C APPEND \"Env\xc3\xados\" {21+}", "L Subject: cafe", "L ", "L \xc3\xa9", "L ", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = mos_imap_session_list_sync (session, NULL, &error);
  g_autoptr (MosImapUidSet) found = NULL;
  g_autoptr (GBytes) in_header = g_bytes_new_static ("Subject: caf\xc3\xa9\r\n\r\nx\r\n", 21);
  g_autoptr (GBytes) in_body = g_bytes_new_static ("Subject: cafe\r\n\r\n\xc3\xa9\r\n", 21);
  const MosImapFolder *one;

  g_assert_no_error (error);
  g_assert_cmpuint (folders->len, ==, 3);
  g_assert_cmpstr (((MosImapFolder *) folders->pdata[0])->mailbox, ==, "INBOX");
  one = folders->pdata[1];
  g_assert_cmpstr (one->mailbox, ==, "Env&AO0-os");
  g_assert_cmpstr (one->name, ==, "Envíos");
  g_assert_true (mos_imap_session_select_sync (session, one->mailbox, FALSE, 0, 0, NULL, NULL, &error));
  one = folders->pdata[2];
  g_assert_cmpstr (one->mailbox, ==, "R &- D");
  g_assert_cmpstr (one->name, ==, "R & D");
  g_assert_true (mos_imap_session_select_sync (session, one->mailbox, FALSE, 0, 0, NULL, NULL, &error));

  found = mos_imap_session_find_header_sync (session, "Subject", "café", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_append_sync (session, "Env&AO0-os", 0, 0, in_header, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_append_sync (session, "Env&AO0-os", 0, 0, in_body, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  mos_test_imap_server_finish (peer);
}

/* Without it: modified UTF-7, a raw name that is none of it goes back as it came, and 8 bits are searched for with a CHARSET. */
static void
test_raw_names (void)
{
  static const char *const script[] = {
    SIGNED_IN ("LITERAL+"),
    "C LIST \"\" \"?\"",
    "S * LIST () NIL \"Env&AO0-os\"", "S * LIST () NIL \"&broken\"", "S * LIST () NIL {4}", "B caf\xe9", "S ", "S * LIST () NIL Inbox", "S $t OK",
    "C SELECT \"Env&AO0-os\"", "S * OK [UIDVALIDITY 7] v", "S $t OK",
    "C SELECT \"&broken\"", "S * OK [UIDVALIDITY 7] v", "S $t OK",
    "C SELECT {4+}", "L caf*", "S * OK [UIDVALIDITY 7] v", "S $t OK",
    "C UID SEARCH CHARSET UTF-8 HEADER \"Subject\" {5+}", "L caf\xc3\xa9", "S * SEARCH 4", "S $t OK",
    "C UID SEARCH HEADER \"Subject\" \"cafe\"", "S * SEARCH", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = mos_imap_session_list_sync (session, NULL, &error);
  g_autoptr (MosImapUidSet) found = NULL;
  g_autoptr (MosImapUidSet) plain = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (folders->len, ==, 4);
  for (guint i = 0; i < 3; i++)
    {
      const MosImapFolder *one = folders->pdata[i];

      g_assert_cmpint (one->delimiter, ==, '\0');
      g_assert_true (g_utf8_validate (one->name, -1, NULL));
      g_assert_true (mos_imap_session_select_sync (session, one->mailbox, FALSE, 0, 0, NULL, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpstr (((MosImapFolder *) folders->pdata[3])->mailbox, ==, "INBOX");
  found = mos_imap_session_find_header_sync (session, "Subject", "café", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_uid_set_contains (found, 4));
  plain = mos_imap_session_find_header_sync (session, "Subject", "cafe", NULL, &error);
  g_assert_no_error (error);
  mos_test_imap_server_finish (peer);
}

/* --- Name spaces, XLIST --- */

static void
test_namespaces (void)
{
  static const char *const script[] = {
    SIGNED_IN ("NAMESPACE XLIST"),
    "C NAMESPACE", "S * NAMESPACE ((\"INBOX.\" \".\")(\"#mh/\" \"/\")) ((\"user.\" \".\")) ((\"\" \".\")(\"Public Folders/\" \"/\"))", "S $t OK",
    "C XLIST \"\" \"?\"",
    "S * XLIST (\\HasNoChildren \\Inbox) \"/\" \"Posteingang\"",
    "S * XLIST (\\HasNoChildren) \".\" \"user.ann.Sent\"",
    "S * XLIST (\\HasNoChildren \\Sent) \".\" \"user.bob.Gesendet\"",
    "S * XLIST (\\Noselect) \".\" user",
    "S * XLIST (\\HasNoChildren) \".\" \"Sent\"",
    "S * XLIST (\\HasNoChildren) \"/\" \"Public Folders/Drafts\"",
    "S * XLIST (\\HasNoChildren) \".\" \"INBOX.Enviados\"",
    "S * XLIST (\\HasNoChildren \\Spam) \".\" \"INBOX.Weg\"",
    "S * XLIST (\\HasNoChildren \\AllMail) \".\" \"INBOX.Everything\"",
    "S $t OK", NULL
  };
  static const struct
  {
    const char *mailbox;
    MosImapOwner owner;
    MosFolderRole role;
    MosFolderRole guess;
  } expected[] = {
    { "INBOX", MOS_IMAP_OWNER_SELF, MOS_FOLDER_INBOX, MOS_FOLDER_OTHER },
    { "user.ann.Sent", MOS_IMAP_OWNER_OTHERS, MOS_FOLDER_OTHER, MOS_FOLDER_OTHER },
    { "user.bob.Gesendet", MOS_IMAP_OWNER_OTHERS, MOS_FOLDER_OTHER, MOS_FOLDER_OTHER },
    { "user", MOS_IMAP_OWNER_OTHERS, MOS_FOLDER_OTHER, MOS_FOLDER_OTHER },
    { "Sent", MOS_IMAP_OWNER_SHARED, MOS_FOLDER_OTHER, MOS_FOLDER_OTHER },
    { "Public Folders/Drafts", MOS_IMAP_OWNER_SHARED, MOS_FOLDER_OTHER, MOS_FOLDER_OTHER },
    { "INBOX.Enviados", MOS_IMAP_OWNER_SELF, MOS_FOLDER_OTHER, MOS_FOLDER_SENT },
    { "INBOX.Weg", MOS_IMAP_OWNER_SELF, MOS_FOLDER_JUNK, MOS_FOLDER_OTHER },
    { "INBOX.Everything", MOS_IMAP_OWNER_SELF, MOS_FOLDER_OTHER, MOS_FOLDER_OTHER },
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = mos_imap_session_list_sync (session, NULL, &error);
  g_autoptr (GPtrArray) spaces = NULL;
  g_autofree char *made = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (folders->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < folders->len; i++)
    {
      const MosImapFolder *one = folders->pdata[i];

      g_assert_cmpstr (one->mailbox, ==, expected[i].mailbox);
      g_assert_cmpint (one->owner, ==, expected[i].owner);
      g_assert_cmpint (one->role, ==, expected[i].role);
      g_assert_cmpint (one->guessed_role, ==, expected[i].guess);
    }
  g_assert_true (((MosImapFolder *) folders->pdata[8])->is_all);
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT)->mailbox, ==, "INBOX.Enviados");

  spaces = mos_imap_session_list_namespaces_sync (session, NULL, &error); /* not asked again */
  g_assert_cmpuint (spaces->len, ==, 5);
  made = mos_imap_session_make_mailbox_sync (session, "Sent", NULL, &error);
  g_assert_cmpstr (made, ==, "INBOX.Sent");
  mos_test_imap_server_finish (peer);
}

/* A server that offers NAMESPACE and refuses it; and one whose delimiter is NIL everywhere */
static void
test_no_namespaces (void)
{
  static const char *const script[] = {
    SIGNED_IN ("NAMESPACE"),
    "C NAMESPACE", "S $t NO not for you",
    "C LIST \"\" \"?\"", "S * LIST () NIL INBOX", "S * LIST () NIL \"a/b\"", "S * LIST () NIL Sent", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = mos_imap_session_list_sync (session, NULL, &error);
  g_autofree char *made = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (folders->len, ==, 3);
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT)->mailbox, ==, "Sent");
  made = mos_imap_session_make_mailbox_sync (session, "Sent", NULL, &error);
  g_assert_cmpstr (made, ==, "Sent");
  mos_test_imap_server_finish (peer);
}

/* --- Folders that are not selected --- */

static void
test_watch (void)
{
  static const char *const script[] = {
    SELECTED ("IDLE NOTIFY"),
    "C NOTIFY SET (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange)) (MAILBOXES (\"Shop\" \"Env&AO0-os\") (MessageNew MessageExpunge FlagChange))", "S $t OK",
    "C IDLE", "S + idling", "S * STATUS Other (MESSAGES 1)", "S * STATUS \"Env&AO0-os\" (UIDNEXT 4 MESSAGES 3)", "L DONE", "S $t OK",
    "C IDLE", "S + idling", "S * OK [NOTIFICATIONOVERFLOW] too much", "L DONE", "S $t OK", NULL
  };
  static const char *const names[] = { "Shop", "Env&AO0-os", NULL };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) all = NULL;
  gboolean watching = FALSE;
  MosImapWake wake = 0;

  g_assert_true (mos_imap_session_watch_sync (session, names, &watching, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (watching && mos_imap_session_is_watching (session));
  g_assert_true (mos_imap_session_idle_sync (session, 10000, &wake, NULL, &error));
  g_assert_cmpuint (wake, ==, MOS_IMAP_WAKE_ELSEWHERE);
  first = mos_imap_session_take_changed (session);
  g_assert_cmpuint (g_strv_length (first), ==, 1);
  g_assert_cmpstr (first[0], ==, "Env&AO0-os");
  g_assert_null (mos_imap_session_take_changed (session));

  /* The server gives up: everything may have changed, and from now on is to be asked for. */
  g_assert_true (mos_imap_session_idle_sync (session, 10000, &wake, NULL, &error));
  g_assert_cmpuint (wake, ==, MOS_IMAP_WAKE_ELSEWHERE);
  all = mos_imap_session_take_changed (session);
  g_assert_cmpuint (g_strv_length (all), ==, 2);
  g_assert_false (mos_imap_session_is_watching (session));
  mos_test_imap_server_finish (peer);
}

static void
test_watch_refused (void)
{
  static const char *const script[] = {
    SELECTED ("IDLE NOTIFY"),
    "C NOTIFY *", "S $t NO [BADEVENT (MessageNew)] no", NULL
  };
  static const char *const names[] = { "Shop", NULL };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GError) error = NULL;
  gboolean watching = TRUE;

  g_assert_true (mos_imap_session_watch_sync (session, names, &watching, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (watching);
  mos_test_imap_server_finish (peer);
}

/* --- Limits --- */

/* A thousand single messages: no command line of more than servers take (8192 bytes), in any of the commands with a set */
static void
test_long_sets (void)
{
  static const char *const script[] = {
    SELECTED ("UIDPLUS MOVE"),
    "C UID STORE * +FLAGS.SILENT (\\Seen)", "S $t OK", "C UID STORE * +FLAGS.SILENT (\\Seen)", "S $t OK", "C UID STORE * +FLAGS.SILENT (\\Seen)", "S $t OK",
    "C UID STORE * +FLAGS.SILENT (\\Seen)", "S $t OK", "C UID STORE * +FLAGS.SILENT (\\Seen)", "S $t OK", "C UID STORE * +FLAGS.SILENT (\\Seen)", "S $t OK",
    "C UID MOVE * \"Trash\"", "S $t OK", "C UID MOVE * \"Trash\"", "S $t OK", "C UID MOVE * \"Trash\"", "S $t OK",
    "C UID MOVE * \"Trash\"", "S $t OK", "C UID MOVE * \"Trash\"", "S $t OK", "C UID MOVE * \"Trash\"", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (MosImapUidSet) uids = mos_imap_uid_set_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) sets = NULL;

  for (guint32 i = 0; i < 1000; i++)
    mos_imap_uid_set_add (uids, 4000000000u + 2 * i);
  sets = mos_imap_uid_set_split (uids);
  g_assert_cmpuint (g_strv_length (sets), ==, 6);
  for (gsize i = 0; sets[i] != NULL; i++)
    g_assert_cmpuint (strlen (sets[i]), <, 7000);
  g_assert_true (mos_imap_session_store_flags_sync (session, uids, MOS_MESSAGE_FLAG_SEEN, 0, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_move_sync (session, uids, "Trash", FALSE, NULL, &error));
  g_assert_no_error (error);
  mos_test_imap_server_finish (peer);
}

/* LITERAL- allows 4096 bytes at once and not one more (RFC 7888 §5); LITERAL+ any, but what is large is announced first. */
static void
test_literal_sizes (void)
{
  static const char *const minus[] = {
    SIGNED_IN ("LITERAL-"),
    "C APPEND \"Sent\" {4096+}", "L x*", "S $t OK",
    "C APPEND \"Sent\" {4097}", "S $t NO [OVERQUOTA] full", NULL
  };
  static const char *const plus[] = {
    SIGNED_IN ("LITERAL+"),
    "C APPEND \"Sent\" {4097+}", "L x*", "S $t OK",
    "C APPEND \"Sent\" {300000}", "S $t NO [TOOBIG] no", NULL
  };
  static const gsize sizes[2][2] = { { 4096, 4097 }, { 4097, 300000 } };

  for (int i = 0; i < 2; i++)
    {
      MosTestImapServer *peer = mos_test_imap_server_new (i == 0 ? minus : plus, NULL);
      g_autoptr (MosImapSession) session = open_peer (peer);
      g_autoptr (GError) error = NULL;

      for (int s = 0; s < 2; s++)
        {
          g_autofree char *data = g_malloc (sizes[i][s]);
          g_autoptr (GBytes) raw = NULL;

          memset (data, 'x', sizes[i][s]);
          raw = g_bytes_new_take (g_steal_pointer (&data), sizes[i][s]);
          g_assert_cmpint (mos_imap_session_append_sync (session, "Sent", 0, 0, raw, NULL, NULL, NULL, &error), ==, s == 0);
        }
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE);
      g_assert_nonnull (strstr (error->message, i == 0 ? "full" : "TOOBIG"));
      g_assert_true (mos_imap_session_is_open (session));
      mos_test_imap_server_finish (peer);
    }
}

/* Each with the line it was seen in: one connection too many is no wrong password. */
static void
test_connection_limit (void)
{
  static const struct
  {
    const char *line;
    gboolean limit;
    MosMailError error;
  } table[] = {
    { "S $t NO [ALERT] Too many simultaneous connections. (Failure)", TRUE, MOS_MAIL_ERROR_TEMPORARY },
    { "S $t NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)", TRUE, MOS_MAIL_ERROR_TEMPORARY },
    { "S * BYE [UNAVAILABLE] Maximum number of connections from user+IP exceeded", TRUE, MOS_MAIL_ERROR_TEMPORARY },
    { "S * BYE Maximum connection limit reached for 192.0.2.1", TRUE, MOS_MAIL_ERROR_TEMPORARY },
    { "S $t NO User is authenticated but not connected.", TRUE, MOS_MAIL_ERROR_TEMPORARY },
    { "S $t NO [LIMIT] LOGIN Rate limit hit.", TRUE, MOS_MAIL_ERROR_TEMPORARY },
    { "S $t NO [UNAVAILABLE] Temporary authentication failure.", FALSE, MOS_MAIL_ERROR_TEMPORARY },
    { "S $t NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", FALSE, MOS_MAIL_ERROR_AUTH_FAILED },
    { "S $t NO [EXPIRED] Your password has expired", FALSE, MOS_MAIL_ERROR_AUTH_FAILED },
    { "S $t NO [ALERT] Your account is locked", FALSE, MOS_MAIL_ERROR_AUTH_FAILED },
    { "S * BYE [THROTTLED] slow down", FALSE, MOS_MAIL_ERROR_TEMPORARY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *const script[] = { SIGN_IN, table[i].line, NULL };
      MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_NONE, NULL, &error);
      const char *words = strstr (table[i].line, "] ");

      g_assert_null (session);
      g_assert_error (error, MOS_MAIL_ERROR, (gint) table[i].error);
      g_assert_cmpint (mos_imap_error_is_connection_limit (error), ==, table[i].limit);
      /* The server's own words are what the person gets to see. */
      if (words != NULL)
        g_assert_nonnull (strstr (error->message, words + 2));
      mos_test_imap_server_finish (peer);
    }
}

/* Warnings that nobody asked for, and the reason of a BYE */
static void
test_warnings (void)
{
  static const char *const script[] = {
    SELECTED (""),
    "C NOOP", "S * NO [OVERQUOTA] Mailbox is at 98% of quota", "S * NO plain", "S * OK [UNAVAILABLE] maintenance at 22:00", "S $t OK [ALERT] mind the step",
    "C NOOP", "S * BYE [UNAVAILABLE] Server shutting down for maintenance", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) alerts = NULL;
  MosImapWake wake = 0;

  g_assert_true (mos_imap_session_noop_sync (session, &wake, NULL, &error));
  alerts = mos_imap_session_take_alerts (session);
  g_assert_nonnull (alerts);
  g_assert_cmpuint (g_strv_length (alerts), ==, 3);
  g_assert_cmpstr (alerts[0], ==, "Mailbox is at 98% of quota");
  g_assert_cmpstr (alerts[1], ==, "maintenance at 22:00");
  g_assert_cmpstr (alerts[2], ==, "mind the step");
  g_assert_false (mos_imap_session_noop_sync (session, &wake, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY);
  g_assert_nonnull (strstr (error->message, "Server shutting down for maintenance"));
  mos_test_imap_server_finish (peer);
}

/* --- What servers leave out or get wrong --- */

/* A folder that lost its modseqs: what is known of them is worth nothing, so everything is compared; nothing is stored to go on from. */
static void
test_no_modseq (void)
{
  static const char *const script[] = {
    SIGNED_IN ("ENABLE QRESYNC"), "C ENABLE QRESYNC", "S * ENABLED QRESYNC", "S $t OK",
    "C SELECT \"INBOX\" (QRESYNC (7 20))", "S * 2 EXISTS", "S * OK [UIDVALIDITY 7] v", "S * OK [NOMODSEQ] no such thing here", "S $t OK",
    "C UID FETCH 1:3 (UID FLAGS)", "S * 1 FETCH (UID 1 FLAGS (\\Seen))", "S * 2 FETCH (UID 3 FLAGS ())", "S $t OK",
    "C UID SEARCH ALL", "S * SEARCH 1 3", "S $t OK",
    /* It has them again: from the start, then */
    "C SELECT \"INBOX\" (CONDSTORE)", "S * 2 EXISTS", "S * OK [UIDVALIDITY 7] v", "S * OK [HIGHESTMODSEQ 40] m", "S $t OK",
    "C UID FETCH 1:3 (UID FLAGS MODSEQ)", "S * 1 FETCH (UID 1 FLAGS () MODSEQ (40))", "S $t OK",
    "C UID SEARCH ALL", "S * SEARCH 1 3", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (MosImapUidSet) known = mos_imap_uid_set_new_parse ("1:3");
  g_autoptr (MosImapDiff) without = NULL;
  g_autoptr (MosImapDiff) with = NULL;
  g_autoptr (GError) error = NULL;
  MosImapSelected selected;

  g_assert_true (mos_imap_session_select_sync (session, "INBOX", FALSE, 7, 20, &selected, NULL, &error));
  g_assert_cmpuint (selected.highestmodseq, ==, 0);
  g_assert_true (mos_imap_session_get_quirks (session)->no_modseq);
  without = mos_imap_session_diff_sync (session, known, 20, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (without->highestmodseq, ==, 0);
  g_assert_cmpuint (without->flags->len, ==, 2);
  g_assert_true (mos_imap_uid_set_contains (without->removed, 2));

  g_assert_true (mos_imap_session_select_sync (session, "INBOX", FALSE, 7, 0, &selected, NULL, &error));
  with = mos_imap_session_diff_sync (session, known, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (with->highestmodseq, ==, 40);
  mos_test_imap_server_finish (peer);
}

/* So many gaps that flags are asked for in two commands. Between them somebody else reads message 1, which was told already, and then 365, which is told with
 * the higher modseq: that one is not where to go on from, or the change before it is never told. */
static void
test_modseq_between (void)
{
  g_autoptr (MosImapUidSet) known = mos_imap_uid_set_new ();
  static const char *const script[] = {
    SIGNED_IN ("CONDSTORE"), "C SELECT \"INBOX\" (CONDSTORE)", "S * OK [UIDVALIDITY 7] v", "S * OK [HIGHESTMODSEQ 40] m", "S $t OK",
    "C UID FETCH 1,3,*", "S $t OK",
    "C UID FETCH 363,365,*", "S * 183 FETCH (UID 365 FLAGS (\\Seen) MODSEQ (42))", "S $t OK",
    "C UID SEARCH ALL", "S * SEARCH 1 365", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GError) error = NULL;
  MosImapSelected selected;

  for (guint i = 0; i < 200; i++)
    mos_imap_uid_set_add (known, 1 + 2 * i);
  g_assert_true (mos_imap_session_select_sync (session, "INBOX", FALSE, 7, 39, &selected, NULL, &error));
  diff = mos_imap_session_diff_sync (session, known, 39, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (diff->flags->len, ==, 1);
  g_assert_cmpuint (diff->highestmodseq, ==, 40);
  mos_test_imap_server_finish (peer);
}

/* There are messages, and the list of them never came: nothing was removed. Where there are none, the list may be left out. */
static void
test_no_list (void)
{
  static const char *const script[] = {
    SIGNED_IN (""), "C SELECT \"INBOX\"", "S * 2 EXISTS", "S * OK [UIDVALIDITY 7] v", "S $t OK",
    "C UID FETCH 1:2 (UID FLAGS)", "S $t OK", "C UID SEARCH ALL", "S $t OK",
    "C SELECT \"INBOX\"", "S * 0 EXISTS", "S * OK [UIDVALIDITY 7] v", "S $t OK",
    "C UID FETCH 1:2 (UID FLAGS)", "S $t OK", "C UID SEARCH ALL", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (MosImapUidSet) known = mos_imap_uid_set_new_parse ("1:2");
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GError) error = NULL;
  MosImapSelected selected;

  g_assert_true (mos_imap_session_select_sync (session, "INBOX", FALSE, 7, 0, &selected, NULL, NULL));
  g_assert_null (mos_imap_session_diff_sync (session, known, 0, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY);
  g_assert_true (mos_imap_session_is_open (session));
  g_clear_error (&error);

  g_assert_true (mos_imap_session_select_sync (session, "INBOX", FALSE, 7, 0, &selected, NULL, NULL));
  diff = mos_imap_session_diff_sync (session, known, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mos_imap_uid_set_get_count (diff->removed), ==, 2);
  mos_test_imap_server_finish (peer);
}

/* No UIDNEXT, an EXISTS that is too small, sizes that are made up (Exchange): the messages come whole all the same. */
static void
test_wrong_numbers (void)
{
  static const char *const script[] = {
    SIGNED_IN (""), "C SELECT \"INBOX\"", "S * 1 EXISTS", "S * OK [UIDVALIDITY 7] v", "S $t OK",
    "C UID SEARCH ALL", "S * SEARCH 4 9 100", "S $t OK",
    "C UID FETCH 4,9,100 (UID RFC822.SIZE INTERNALDATE FLAGS)",
    "S * 1 FETCH (UID 4 RFC822.SIZE 1 FLAGS ())", "S * 2 FETCH (UID 9 RFC822.SIZE 4000000 FLAGS ())", "S * 3 FETCH (UID 100 RFC822.SIZE 0 FLAGS ())",
    /* "101:*" of a broken server: the last one is below */
    "S * 3 FETCH (UID 77 RFC822.SIZE 3 FLAGS ())", "S $t OK",
    "C UID FETCH 9,100 (UID FLAGS INTERNALDATE BODY.PEEK[])", "C UID FETCH 4 (UID FLAGS INTERNALDATE BODY.PEEK[])",
    "S * 2 FETCH (UID 9 FLAGS () BODY[] {2}", "B ab", "S )", "S * 3 FETCH (UID 100 FLAGS () BODY[] {5}", "B whole", "S )", "S $5 OK",
    "S * 1 FETCH (UID 4 FLAGS () BODY[] {0}", "S )", "S $6 OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) missing = NULL;
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Taken taken = { log, 0 };
  MosImapSelected selected;

  g_assert_true (mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, &selected, NULL, &error));
  g_assert_cmpuint (selected.uidnext, ==, 0);
  diff = mos_imap_session_diff_sync (session, none, 0, NULL, &error);
  g_assert_no_error (error);
  planned = mos_imap_session_plan_sync (session, diff->added, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (planned->len, ==, 3);
  g_array_index (planned, MosImapPlanned, 1).size = 4 * 1024 * 1024; /* so that the next one is in another batch */
  mos_imap_session_fetch_sync (session, planned, take, &taken, &missing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (log->str, ==, "9:0:ab 100:0:whole 4:0: ");
  g_assert_true (mos_imap_uid_set_is_empty (missing));
  mos_test_imap_server_finish (peer);
}

/* --- Sleep --- */

static gint64 slept_us;

static gint64
pretended_sleep (void)
{
  return slept_us;
}

/* After a sleep the line is tried first, once. */
static void
test_slept (void)
{
  static const char *const script[] = {
    SELECTED ("IDLE"),
    "C NOOP", "S $t OK", "C UID SEARCH ALL", "S * SEARCH 1", "S $t OK",
    "C UID SEARCH ALL", "S * SEARCH 1", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (GError) error = NULL;

  slept_us = 0;
  session->suspended_us = pretended_sleep;
  mos_imap_session_note_heard (session);
  slept_us = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (MosImapDiff) diff = mos_imap_session_diff_sync (session, none, 0, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (mos_imap_uid_set_get_count (diff->added), ==, 1);
    }
  mos_test_imap_server_finish (peer);
}

/* A line that died meanwhile is found dead by the NOOP, long before a command would have given up. */
static void
test_slept_dead (void)
{
  static const char *const script[] = { SELECTED ("IDLE"), "C NOOP", "W", NULL };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  MosImapOptions options = { .password = "secret", .timeout_ms = 600000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_NONE, &options, &error);
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (MosImapDiff) diff = NULL;

  g_assert_no_error (error);
  g_assert_true (mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, &error));
  slept_us = 0;
  session->suspended_us = pretended_sleep;
  mos_imap_session_note_heard (session);
  slept_us = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  diff = mos_imap_session_diff_sync (session, none, 0, NULL, &error);
  g_assert_null (diff);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_false (mos_imap_session_is_open (session));
  mos_test_imap_server_finish (peer);
}

/* The real clocks: no sleep during this test */
static void
test_real_clocks (void)
{
  gint64 before = mos_imap_suspended_us ();

  g_assert_cmpint (before, >=, -1000);
  g_usleep (1000);
  g_assert_cmpint (ABS (mos_imap_suspended_us () - before), <, G_USEC_PER_SEC);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/utf8", test_utf8);
  g_test_add_func ("/imap/raw-names", test_raw_names);
  g_test_add_func ("/imap/namespaces", test_namespaces);
  g_test_add_func ("/imap/no-namespaces", test_no_namespaces);
  g_test_add_func ("/imap/watch", test_watch);
  g_test_add_func ("/imap/watch-refused", test_watch_refused);
  g_test_add_func ("/imap/long-sets", test_long_sets);
  g_test_add_func ("/imap/literal-sizes", test_literal_sizes);
  g_test_add_func ("/imap/connection-limit", test_connection_limit);
  g_test_add_func ("/imap/warnings", test_warnings);
  g_test_add_func ("/imap/no-modseq", test_no_modseq);
  g_test_add_func ("/imap/modseq-between", test_modseq_between);
  g_test_add_func ("/imap/no-list", test_no_list);
  g_test_add_func ("/imap/wrong-numbers", test_wrong_numbers);
  g_test_add_func ("/imap/slept", test_slept);
  g_test_add_func ("/imap/slept-dead", test_slept_dead);
  g_test_add_func ("/imap/real-clocks", test_real_clocks);
  return g_test_run ();
}
