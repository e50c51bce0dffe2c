/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "imap-fixture.h"

/* --- Sync ------------------------------------------------------------------------------------ */

typedef struct
{
  GHashTable *digests; /* of char *: what the Maildir holds */
  GHashTable *by_uid;  /* uid → digest */
  guint count;
  guint64 bytes;
} Collected;

static char *
crlf_digest (const char *data,
             gsize size)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize from = 0;

  /* A Maildir file has bare line feeds; on the wire every line ends in CRLF. */
  for (gsize i = 0; i < size; i++)
    if (data[i] == '\n' && (i == 0 || data[i - 1] != '\r'))
      {
        g_checksum_update (sum, (const guchar *) data + from, (gssize) (i - from));
        g_checksum_update (sum, (const guchar *) "\r\n", 2);
        from = i + 1;
      }
  g_checksum_update (sum, (const guchar *) data + from, (gssize) (size - from));
  return g_strdup (g_checksum_get_string (sum));
}

static gboolean
collect (const MosImapMessage *message,
         gpointer user_data,
         GError **error)
{
  Collected *collected = user_data;
  char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, message->raw);

  g_assert_cmpint (message->received_us, >, 0);
  g_assert_false (message->is_truncated);
  g_assert_true (g_hash_table_contains (collected->digests, digest));
  g_assert_false (g_hash_table_contains (collected->by_uid, GUINT_TO_POINTER (message->uid)));
  g_hash_table_insert (collected->by_uid, GUINT_TO_POINTER (message->uid), digest);
  collected->count++;
  collected->bytes += g_bytes_get_size (message->raw);
  return TRUE;
}

static Collected *
collected_new (void)
{
  Collected *self = g_new0 (Collected, 1);

  self->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_uid = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

static void
collected_free (Collected *self)
{
  g_hash_table_unref (self->digests);
  g_hash_table_unref (self->by_uid);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Collected, collected_free)

/* Bodies with bare line feeds, long lines, dots, "{5}" at line ends, UTF-8 and Latin-1 bytes */
static void
generate (const char *maildir,
          guint count,
          GHashTable *digests)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *name = g_strdup_printf ("%u.M%u.test", 1700000000 + i, i);
      guint lines = (guint) g_rand_int_range (rand, 0, i % 50 == 0 ? 4000 : 80);

      g_string_printf (text, "From: Customer %u <c%u@mail.test>\nTo: " MOS_TEST_SHOP "\nSubject: Order %u\nMessage-ID: <m%u@mail.test>\n\n", i, i, i, i);
      for (guint l = 0; l < lines; l++)
        switch (g_rand_int_range (rand, 0, 6))
          {
          case 0:
            g_string_append (text, ".\n..\nM1 OK FETCH completed\n* 1 FETCH (UID 7)\n)\n");
            break;
          case 1:
            g_string_append (text, "¿Dónde está mi pedido? {5}\n");
            break;
          case 2:
            g_string_append (text, "\xe9\xff\x80 Latin-1\n");
            break;
          default:
            g_string_append_printf (text, "Line %u of %u: %08x\n", l, lines, g_rand_int (rand));
            break;
          }
      add_file (maildir, name, text->str, text->len);
      g_hash_table_add (digests, crlf_digest (text->str, text->len));
    }
}

static void
test_sync (void)
{
  g_autoptr (MosTestServers) servers = new_servers_with_mailbox ();
  g_autoptr (Collected) collected = collected_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = NULL;
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) missing = NULL;
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;

  generate (mos_test_servers_get_maildir (servers, MOS_TEST_SHOP), 2000, collected->digests);
  session = open_inbox (servers);
  diff = mos_imap_session_diff_sync (session, none, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mos_imap_uid_set_get_count (diff->added), ==, 2000);
  g_assert_true (mos_imap_uid_set_is_empty (diff->removed));
  g_assert_cmpuint (diff->highestmodseq, >, 0);

  planned = mos_imap_session_plan_sync (session, diff->added, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (planned->len, ==, 2000);
  for (guint i = 1; i < planned->len; i++)
    g_assert_cmpuint (g_array_index (planned, MosImapPlanned, i).uid, <, g_array_index (planned, MosImapPlanned, i - 1).uid);

  g_assert_true (mos_imap_session_fetch_sync (session, planned, collect, collected, &missing, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (collected->count, ==, 2000);
  g_assert_true (mos_imap_uid_set_is_empty (missing));

  /* Reading marked nothing as read. */
  planned = (g_array_unref (planned), mos_imap_session_plan_sync (session, diff->added, NULL, &error));
  for (guint i = 0; i < planned->len; i++)
    g_assert_false (g_array_index (planned, MosImapPlanned, i).flags & MOS_MESSAGE_FLAG_SEEN);
}

/* What another program does to the folder: flags, removals, new mail; found by QRESYNC, by CONDSTORE and by a full scan. */
static void
test_changes (void)
{
  g_autoptr (MosTestServers) servers = new_servers_with_mailbox ();
  g_autoptr (GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = NULL;
  g_autoptr (MosImapSession) other = NULL;
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) flagged = mos_imap_uid_set_new_parse ("10:19");
  g_autoptr (MosImapUidSet) moved = mos_imap_uid_set_new_parse ("30:34");
  g_autoptr (MosImapUidSet) expected_added = mos_imap_uid_set_new_parse ("101");
  g_autoptr (MosImapDiff) first = NULL;
  MosImapSelected selected;
  guint64 modseq;

  generate (mos_test_servers_get_maildir (servers, MOS_TEST_SHOP), 100, digests);
  session = open_inbox (servers);
  first = mos_imap_session_diff_sync (session, none, 0, NULL, &error);
  g_assert_no_error (error);
  modseq = first->highestmodseq;
  selected = *mos_imap_session_get_selected (session);

  other = open_inbox (servers);
  g_assert_true (mos_imap_session_store_flags_sync (other, flagged, MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED, 0, NULL, &error));
  g_assert_true (mos_imap_session_move_sync (other, moved, "Trash", TRUE, NULL, &error));
  g_assert_no_error (error);
  mos_test_servers_deliver (servers, MOS_TEST_SHOP, "Subject: new\n\nnew\n");

  for (int way = 0; way < 3; way++)
    {
      g_autoptr (MosImapSession) again = open_with (servers, MOS_SECURITY_TLS, NULL);
      g_autoptr (MosImapDiff) diff = NULL;
      MosImapSelected now;

      mos_imap_session_select_sync (again, "INBOX", FALSE, way == 0 ? selected.uidvalidity : 0, way == 0 ? modseq : 0, &now, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (now.uidvalidity, ==, selected.uidvalidity);
      diff = mos_imap_session_diff_sync (again, first->added, way == 2 ? 0 : modseq, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (mos_imap_uid_set_equal (diff->removed, moved));
      g_assert_true (mos_imap_uid_set_equal (diff->added, expected_added));
      g_assert_cmpuint (diff->flags->len, ==, way == 2 ? 95 : 10);
      g_assert_cmpuint (diff->highestmodseq, >, modseq);
      for (guint i = 0; i < diff->flags->len; i++)
        {
          const MosImapFlags *one = &g_array_index (diff->flags, MosImapFlags, i);

          g_assert_cmpuint (one->flags, ==, mos_imap_uid_set_contains (flagged, one->uid) ? MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED : 0);
        }
    }

  /* The session that was open all along sees the same, and only once. */
  for (int round = 0; round < 2; round++)
    {
      MosImapWake wake = 0;
      g_autoptr (MosImapDiff) diff = NULL;

      g_assert_true (mos_imap_session_noop_sync (session, &wake, NULL, &error));
      g_assert_cmpuint (wake, ==, round == 0 ? MOS_IMAP_WAKE_NEW | MOS_IMAP_WAKE_FLAGS | MOS_IMAP_WAKE_REMOVED : 0);
      diff = mos_imap_session_diff_sync (session, first->added, modseq, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (diff->flags->len, ==, round == 0 ? 10 : 0);
      g_assert_true (mos_imap_uid_set_equal (diff->removed, moved));
      modseq = diff->highestmodseq;
    }
}

static void
test_append (void)
{
  g_autoptr (MosTestServers) servers = mos_test_servers_new ();
  g_autoptr (MosImapSession) session = open_with (servers, MOS_SECURITY_TLS, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new ("Message-ID: <sent-1@shop.test>\r\nX-Mostrador-Id: abc\r\nSubject: copy\r\n\r\n");
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (MosImapUidSet) found = NULL;
  g_autoptr (MosImapUidSet) by_own_id = NULL;
  g_autoptr (MosImapUidSet) absent = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (Collected) collected = collected_new ();
  guint32 uidvalidity = 0;
  guint32 uid = 0;

  while (text->len < 300000)
    g_string_append (text, "A line of the answer.\r\n");
  raw = g_bytes_new (text->str, text->len);
  g_assert_true (mos_imap_session_append_sync (session, "Sent", MOS_MESSAGE_FLAG_SEEN, G_GINT64_CONSTANT (1700000000000000), raw, &uidvalidity, &uid, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (uid, >, 0);

  mos_imap_session_select_sync (session, "Sent", FALSE, 0, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mos_imap_session_get_selected (session)->uidvalidity, ==, uidvalidity);
  found = mos_imap_session_find_message_id_sync (session, "sent-1@shop.test", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_uid_set_contains (found, uid));
  by_own_id = mos_imap_session_find_header_sync (session, "X-Mostrador-Id", "abc", NULL, &error);
  g_assert_true (mos_imap_uid_set_equal (by_own_id, found));
  absent = mos_imap_session_find_message_id_sync (session, "sent-2@\"\\shop.test", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_uid_set_is_empty (absent));

  planned = mos_imap_session_plan_sync (session, found, NULL, &error);
  g_assert_cmpint (g_array_index (planned, MosImapPlanned, 0).received_us, ==, G_GINT64_CONSTANT (1700000000000000));
  g_assert_cmpuint (g_array_index (planned, MosImapPlanned, 0).flags, ==, MOS_MESSAGE_FLAG_SEEN);
  g_hash_table_add (collected->digests, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, raw));
  g_assert_true (mos_imap_session_fetch_sync (session, planned, collect, collected, NULL, NULL, &error));
  g_assert_cmpuint (collected->count, ==, 1);

  /* Into nowhere is a refusal that keeps the session. */
  g_assert_false (mos_imap_session_append_sync (session, "Nowhere", 0, 0, raw, NULL, NULL, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_assert_true (mos_imap_session_is_open (session));
}

/* The folder is made anew: the same name, other numbers. */
static void
test_uidvalidity (void)
{
  g_autoptr (MosTestServers) servers = mos_test_servers_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = NULL;
  g_autofree char *list = g_build_filename (mos_test_servers_get_maildir (servers, MOS_TEST_SHOP), "dovecot-uidlist", NULL);
  g_autofree char *text = NULL;
  g_autofree char *index = g_build_filename (mos_test_servers_get_maildir (servers, MOS_TEST_SHOP), "dovecot.index.log", NULL);
  MosImapSelected before;
  MosImapSelected after;

  mos_test_servers_deliver (servers, MOS_TEST_SHOP, "Subject: one\n\none\n");
  session = open_inbox (servers);
  before = *mos_imap_session_get_selected (session);
  mos_imap_session_logout_sync (session);
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_assert_cmpint (g_unlink (list), ==, 0);
  g_unlink (index);

  g_clear_pointer (&session, mos_imap_session_free);
  session = open_with (servers, MOS_SECURITY_TLS, NULL);
  mos_imap_session_select_sync (session, "INBOX", FALSE, before.uidvalidity, before.highestmodseq, &after, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after.uidvalidity, !=, before.uidvalidity);
}

/* A server that can next to nothing: the plain ways work too. */
static void
test_no_extensions (void)
{
  g_autoptr (MosTestServers) servers = NULL;
  g_autoptr (Collected) collected = collected_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = NULL;
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) some = mos_imap_uid_set_new_parse ("7,9:11");
  g_autoptr (GBytes) raw = g_bytes_new_static ("Subject: copy\r\n\r\ncopy\r\n", 24);
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (MosImapDiff) later = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GPtrArray) folders = NULL;
  guint32 uid = 1;

  g_setenv ("MOS_TEST_DOVECOT", "\nimap_capability = IMAP4rev1\n", TRUE);
  servers = new_servers_with_mailbox ();
  g_unsetenv ("MOS_TEST_DOVECOT");
  generate (mos_test_servers_get_maildir (servers, MOS_TEST_SHOP), 300, collected->digests);

  session = open_inbox (servers);
  g_assert_false (mos_imap_session_get_capabilities (session)->condstore);
  g_assert_false (mos_imap_session_get_capabilities (session)->esearch);
  g_assert_false (mos_imap_session_can_idle (session));
  diff = mos_imap_session_diff_sync (session, none, 0, NULL, &error);
  g_assert_no_error (error);
  planned = mos_imap_session_plan_sync (session, diff->added, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_fetch_sync (session, planned, collect, collected, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (collected->count, ==, 300);

  g_assert_true (mos_imap_session_store_flags_sync (session, some, MOS_MESSAGE_FLAG_ANSWERED, 0, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_move_sync (session, some, "Trash", TRUE, NULL, &error));
  g_assert_no_error (error);
  later = mos_imap_session_diff_sync (session, diff->added, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (later->flags->len, ==, 300);
  for (guint i = 0; i < later->flags->len; i++)
    {
      const MosImapFlags *one = &g_array_index (later->flags, MosImapFlags, i);

      /* Without UIDPLUS nothing is expunged: somebody else's \\Deleted might go with it. */
      g_assert_cmpuint (one->flags, ==, mos_imap_uid_set_contains (some, one->uid) ? MOS_MESSAGE_FLAG_ANSWERED | MOS_MESSAGE_FLAG_DELETED : 0);
    }
  g_assert_true (mos_imap_session_append_sync (session, "Sent", 0, 0, raw, NULL, &uid, NULL, &error));
  g_assert_no_error (error);
  folders = mos_imap_session_list_sync (session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT)->mailbox, ==, "Sent");
}

static void
test_compress (void)
{
  g_autoptr (MosTestServers) servers = new_servers_with_mailbox ();
  g_autoptr (MosServer) server = make_server (servers, MOS_SECURITY_TLS);
  MosImapOptions options = { .password = MOS_TEST_PASSWORD, .ca_file = servers->ca_file, .compress = MOS_IMAP_COMPRESS_ALWAYS, .timeout_ms = 20000 };
  g_autoptr (Collected) collected = collected_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = NULL;
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;
  MosImapWake wake = 0;

  generate (mos_test_servers_get_maildir (servers, MOS_TEST_SHOP), 300, collected->digests);
  session = mos_imap_session_open_sync (server, &options, NULL, &error);
  g_assert_no_error (error);
  /* Offered before; not again once it is on (RFC 4978 §3). */
  g_assert_true (mos_imap_session_get_capabilities (session)->compress_deflate);
  mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  diff = mos_imap_session_diff_sync (session, none, 0, NULL, &error);
  g_assert_no_error (error);
  planned = mos_imap_session_plan_sync (session, diff->added, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_fetch_sync (session, planned, collect, collected, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (collected->count, ==, 300);
  g_assert_true (mos_imap_session_idle_sync (session, 200, &wake, NULL, &error));
  g_assert_no_error (error);
  mos_imap_session_logout_sync (session);
}

/* --- Size ------------------------------------------------------------------------------------ */

typedef struct
{
  char *digest;
  guint64 size;
  gboolean truncated;
} Large;

static gboolean
take_large (const MosImapMessage *message,
            gpointer user_data,
            GError **error)
{
  Large *large = user_data;

  large->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, message->raw);
  large->size = message->size;
  large->truncated = message->is_truncated;
  return TRUE;
}

static gint64
anonymous_kib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  line = strstr (text, "RssAnon:");
  g_assert_nonnull (line);
  return g_ascii_strtoll (line + strlen ("RssAnon:"), NULL, 10);
}

static void
test_large (void)
{
  g_autoptr (MosTestServers) servers = new_servers_with_mailbox ();
  g_autoptr (MosServer) server = make_server (servers, MOS_SECURITY_TLS);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = NULL;
  g_autoptr (MosImapSession) modest = NULL;
  g_autoptr (MosImapUidSet) one = mos_imap_uid_set_new_parse ("1");
  g_autoptr (GArray) planned = NULL;
  g_autofree char *digest = NULL;
  MosImapOptions options = { .password = MOS_TEST_PASSWORD, .ca_file = servers->ca_file, .max_literal = 1024 * 1024 };
  Large large = { 0 };
  gsize size;
  gint64 before;

  {
    g_autoptr (GString) text = g_string_sized_new (70 * 1000 * 1000);

    g_string_append (text, "Subject: large\r\n\r\n");
    while (text->len < 68 * 1000 * 1000)
      g_string_append_printf (text, "%08" G_GSIZE_FORMAT " abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwx\r\n", text->len);
    size = text->len;
    digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text->str, text->len);
    add_file (mos_test_servers_get_maildir (servers, MOS_TEST_SHOP), "1700000000.M1.test", text->str, text->len);
  }

  session = open_inbox (servers);
  planned = mos_imap_session_plan_sync (session, one, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (planned->len, ==, 1);
  before = anonymous_kib ();
  g_assert_true (mos_imap_session_fetch_sync (session, planned, take_large, &large, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (large.digest, ==, digest);
  g_assert_cmpuint (large.size, ==, size);
  g_assert_false (large.truncated);
  g_assert_cmpint (anonymous_kib () - before, <, 24 * 1024);
  g_clear_pointer (&large.digest, g_free);

  /* Beyond the account's limit only the header comes, and says so. */
  modest = mos_imap_session_open_sync (server, &options, NULL, &error);
  g_assert_no_error (error);
  mos_imap_session_select_sync (modest, "INBOX", TRUE, 0, 0, NULL, NULL, &error);
  g_assert_true (mos_imap_session_fetch_sync (modest, planned, take_large, &large, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (large.truncated);
  g_assert_cmpuint (large.size, ==, size);
  g_clear_pointer (&large.digest, g_free);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/sync", test_sync);
  g_test_add_func ("/imap/changes", test_changes);
  g_test_add_func ("/imap/append", test_append);
  g_test_add_func ("/imap/uidvalidity", test_uidvalidity);
  g_test_add_func ("/imap/no-extensions", test_no_extensions);
  g_test_add_func ("/imap/compress", test_compress);
  g_test_add_func ("/imap/large", test_large);
  return g_test_run ();
}
