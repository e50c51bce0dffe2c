/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/imap/mos-imap-session.h"
#include "mos-test-imap-server.h"
#include "mos-test-mutate.h"
#include "mos-test.h"

#include <string.h>

/* A whole session against a server that says anything. All its words are there from the beginning; the client takes them as answers. */

static const char transcript[] =
    "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n"
    "M1 OK [CAPABILITY IMAP4rev1 CONDSTORE ESEARCH UIDPLUS LITERAL+ SPECIAL-USE LIST-EXTENDED] in\r\n"
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\Sent) \"/\" \"Env&AO0-os\"\r\n* LIST () NIL {5}\r\nDraft\r\nM2 OK listed\r\n"
    "* 3 EXISTS\r\n* OK [UIDVALIDITY 1763789000] v\r\n* OK [UIDNEXT 18] n\r\n* OK [HIGHESTMODSEQ 33] h\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] f\r\nM3 OK [READ-WRITE] selected\r\n"
    "* 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (31))\r\nM4 OK fetched\r\n"
    "* ESEARCH (TAG \"M5\") UID ALL 1:2,17\r\nM5 OK searched\r\n"
    "* 2 FETCH (UID 2 RFC822.SIZE 42 INTERNALDATE \"17-Jul-2026 02:44:25 -0700\" FLAGS ())\r\n"
    "* 3 FETCH (UID 17 RFC822.SIZE 10 INTERNALDATE \" 7-Jul-2026 02:44:25 +0000\" FLAGS (\\Flagged))\r\nM6 OK fetched\r\n"
    "* 2 FETCH (UID 2 FLAGS () INTERNALDATE \"17-Jul-2026 02:44:25 -0700\" MODSEQ (32) BODY[] {45}\r\nFrom: a@b.test\r\nSubject: x\r\n\r\n* 3 FETCH (U)\r\n)\r\n"
    "* 3 FETCH (UID 17 FLAGS (\\Flagged) BODY[] \"Subject: q\")\r\n* 1 EXPUNGE\r\n* VANISHED 4\r\nM7 OK fetched\r\n"
    "* 5 EXISTS\r\nM8 OK [APPENDUID 1763789000 18] appended\r\n* NO [ALERT] careful\r\nM9 OK noop\r\n";

static gboolean
count_message (const MosImapMessage *message,
               gpointer user_data,
               GError **error)
{
  g_assert_nonnull (message->raw);
  g_assert_cmpuint (message->uid, !=, 0);
  (*(guint *) user_data)++;
  return TRUE;
}

/* Returns: how far it came */
static guint
go_through (MosImapSession *session,
            guint *ret_messages,
            GError **error)
{
  g_autoptr (MosImapUidSet) known = mos_imap_uid_set_new_parse ("1,5");
  g_autoptr (GBytes) raw = g_bytes_new_static ("Subject: x\r\n\r\n", 14);
  g_autoptr (GPtrArray) folders = mos_imap_session_list_sync (session, NULL, error);
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;
  guint32 uid = 0;

  if (folders == NULL)
    return 1;
  mos_imap_folders_find_role (folders, MOS_FOLDER_SENT);
  if (!mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, error))
    return 2;
  diff = mos_imap_session_diff_sync (session, known, 30, NULL, error);
  if (diff == NULL)
    return 3;
  /* A server may claim four billion messages. */
  planned = mos_imap_session_plan_sync (session, diff->added, NULL, error);
  if (planned == NULL)
    return 4;
  if (!mos_imap_session_fetch_sync (session, planned, count_message, ret_messages, NULL, NULL, error))
    return 5;
  if (!mos_imap_session_append_sync (session, "Sent", 0, 0, raw, NULL, &uid, NULL, error))
    return 6;
  if (!mos_imap_session_noop_sync (session, NULL, NULL, error))
    return 7;
  return 8;
}

static guint
run (const char *bytes,
     guint *ret_messages)
{
  const char *script[] = { NULL, "X", NULL };
  g_autofree char *step = g_strconcat ("B ", bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosServer) server = NULL;
  g_autoptr (MosImapSession) session = NULL;
  MosTestImapServer *peer;
  MosImapOptions options = { .password = "secret", .timeout_ms = 5000, .max_literal = 100000 };
  guint stage = 0;

  script[0] = step;
  peer = mos_test_imap_server_new (script, NULL);
  server = mos_test_imap_server_make (peer, MOS_SECURITY_NONE);
  session = mos_imap_session_open_sync (server, &options, NULL, &error);
  if (session != NULL)
    stage = go_through (session, ret_messages, &error);
  if (stage < 8)
    g_assert_nonnull (error);
  else
    g_assert_no_error (error);
  g_clear_pointer (&session, mos_imap_session_free);
  mos_test_imap_server_finish (peer);
  return stage;
}

static void
test_mutations (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  guint stages[9] = { 0 };
  guint messages = 0;

  /* Untouched it goes through. */
  g_assert_cmpuint (run (transcript, &messages), ==, 8);
  g_assert_cmpuint (messages, ==, 2);

  for (guint i = 0; i < mos_test_rounds (1500); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      gint64 start = g_get_monotonic_time ();

      g_byte_array_append (bytes, (const guint8 *) transcript, sizeof transcript - 1);
      for (int m = g_rand_int_range (rand, 1, 4); m > 0 && bytes->len > 1; m--)
        mos_test_mutate (rand, bytes);
      for (guint b = 0; b < bytes->len; b++)
        if (bytes->data[b] == '\0' || bytes->data[b] == '$')
          bytes->data[b] = '?';
      g_byte_array_append (bytes, (const guint8 *) "", 1);
      stages[run ((const char *) bytes->data, &messages)]++;
      g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);
    }

  /* Every stage was reached and failed at least once. */
  for (guint s = 0; s < G_N_ELEMENTS (stages); s++)
    g_assert_cmpuint (stages[s], >, 0);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/hostile/mutations", test_mutations);
  return g_test_run ();
}
