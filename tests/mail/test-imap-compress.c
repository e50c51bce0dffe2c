/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "imap-fixture.h"
#include "mos-test-proxy.h"

/* COMPRESS=DEFLATE is for slow lines: it costs the server much, and a fast line gains nothing. */

#define MESSAGES 400
#define LINES 200

static gboolean
keep_digest (const MosImapMessage *message,
             gpointer user_data,
             GError **error)
{
  g_hash_table_insert (user_data, GUINT_TO_POINTER (message->uid), g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, message->raw));
  return TRUE;
}

static void
fill (MosTestServers *servers)
{
  for (guint i = 0; i < MESSAGES; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *name = g_strdup_printf ("%u.M%u.test", 1700000000 + i, i);

      g_string_printf (text, "Subject: mail %u\n\n", i);
      for (guint l = 0; l < LINES; l++)
        g_string_append_printf (text, "Line %u of mail %u: the parcel with the blue cups has not arrived yet.\n", l, i);
      add_file (mos_test_servers_get_maildir (servers, MOS_TEST_SHOP), name, text->str, text->len);
    }
}

/* Returns: what came over the line; @digests: (out) */
static guint64
fetch_all (MosTestServers *servers,
           guint speed,
           MosImapCompress compress,
           gboolean expected,
           GHashTable *digests,
           guint64 *ret_size)
{
  g_autoptr (MosTestProxy) proxy = mos_test_proxy_new (servers->imaps);
  g_autoptr (MosServer) server = make_server (servers, MOS_SECURITY_TLS);
  MosImapOptions options = { .password = MOS_TEST_PASSWORD, .ca_file = servers->ca_file, .timeout_ms = 60000, .compress = compress };
  g_autoptr (MosImapSession) session = NULL;
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) missing = NULL;
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin_us = g_get_monotonic_time ();
  MosImapWake wake = 0;
  guint64 bytes;

  mos_test_proxy_set_speed (proxy, speed);
  server->port = mos_test_proxy_get_port (proxy);
  session = mos_imap_session_open_sync (server, &options, NULL, &error);
  g_assert_no_error (error);
  mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  diff = mos_imap_session_diff_sync (session, none, 0, NULL, &error);
  g_assert_no_error (error);
  planned = mos_imap_session_plan_sync (session, diff->added, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (planned->len, ==, MESSAGES);
  *ret_size = 0;
  for (guint i = 0; i < planned->len; i++)
    *ret_size += g_array_index (planned, MosImapPlanned, i).size;
  mos_imap_session_fetch_sync (session, planned, keep_digest, digests, &missing, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_uid_set_is_empty (missing));
  g_assert_cmpuint (g_hash_table_size (digests), ==, MESSAGES);
  g_assert_cmpint (mos_imap_session_is_compressing (session), ==, expected);
  mos_imap_session_noop_sync (session, &wake, NULL, &error);
  g_assert_no_error (error);
  bytes = mos_test_proxy_get_bytes (proxy);
  g_test_message ("%" G_GUINT64_FORMAT " bytes of mail by %" G_GUINT64_FORMAT " bytes on the line in %.2f s (%s, %u bytes/s)", *ret_size, bytes,
                  (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC, mos_imap_session_is_compressing (session) ? "compressed" : "plain", speed);
  mos_imap_session_logout_sync (session);
  g_clear_pointer (&session, mos_imap_session_free);
  return bytes;
}

static void
test_where_slow (void)
{
  g_autoptr (MosTestServers) servers = new_servers_with_mailbox ();
  g_autoptr (GHashTable) plain = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) packed = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) asked = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  GHashTableIter iter;
  gpointer uid, digest;
  guint64 size;

  fill (servers);
  /* Never: to compare with, on the slow line */
  g_assert_cmpuint (fetch_all (servers, 1500 * 1000, MOS_IMAP_COMPRESS_NEVER, FALSE, plain, &size), >, size);
  /* A slow line is found out while messages come, and only the first of them come as they are. */
  g_assert_cmpuint (fetch_all (servers, 500 * 1000, MOS_IMAP_COMPRESS_WHERE_SLOW, TRUE, packed, &size), <, size / 2);
  /* A line that is paid for by what goes through it: from the start */
  g_assert_cmpuint (fetch_all (servers, 0, MOS_IMAP_COMPRESS_ALWAYS, TRUE, asked, &size), <, size / 4);

  g_hash_table_iter_init (&iter, plain);
  while (g_hash_table_iter_next (&iter, &uid, &digest))
    {
      g_assert_cmpstr (g_hash_table_lookup (packed, uid), ==, digest);
      g_assert_cmpstr (g_hash_table_lookup (asked, uid), ==, digest);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/compress/where-slow", test_where_slow);
  return g_test_run ();
}
