/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "imap-fixture.h"

/* The same stories on every server there is, with its extensions and without them. */

typedef struct
{
  const char *kind;
  const char *prefix; /* of the person's own folders */
  gboolean condstore;
  gboolean qresync;
  gboolean idle;
  gboolean uidplus;
  gboolean move;
  gboolean utf8;
  gboolean marks_sent; /* SPECIAL-USE or XLIST */
} Kind;

static const Kind kinds[] = {
  { "dovecot", "", TRUE, TRUE, TRUE, TRUE, TRUE, FALSE, TRUE },
  { "dovecot-bare", "", FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE },
  { "cyrus", "INBOX.", TRUE, TRUE, TRUE, TRUE, TRUE, FALSE, TRUE },
  { "cyrus-alternative", "", TRUE, TRUE, TRUE, TRUE, TRUE, FALSE, TRUE },
  { "cyrus-bare", "INBOX.", FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, TRUE },
  { "courier", "INBOX.", FALSE, FALSE, TRUE, TRUE, FALSE, TRUE, FALSE },
};

static const char *const odd_mail[] = {
  "From: a@b.test\r\nSubject: plain\r\nMessage-ID: <one@mail.test>\r\n\r\nHello\r\n",
  "Subject: looks like the protocol\r\n\r\n.\r\n..\r\nM1 OK FETCH completed\r\n* 1 FETCH (UID 7)\r\n)\r\nends in {5}\r\n",
  "Subject: 8 bit\r\n\r\n\xe9\xff Latin-1, and \xc2\xbfUTF-8?\r\n",
  "Subject: no line at the end\r\n\r\nthe last",
  "Subject: only a header\r\n\r\n",
};

static char *
digest_of (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static gboolean
keep_digest (const MosImapMessage *message,
             gpointer user_data,
             GError **error)
{
  GHashTable *digests = user_data;

  g_assert_true (g_hash_table_insert (digests, GUINT_TO_POINTER (message->uid), digest_of (message->raw)));
  return TRUE;
}

static MosImapSession *
open_session (MosTestServers *servers,
              const Kind *kind)
{
  MosImapSession *session = open_with (servers, MOS_SECURITY_NONE, NULL); /* held to the letter */
  const MosImapCapabilities *capabilities = mos_imap_session_get_capabilities (session);

  /* This server has what the story is to be told with. */
  g_assert_cmpint (capabilities->condstore, ==, kind->condstore);
  g_assert_cmpint (capabilities->qresync, ==, kind->qresync);
  g_assert_cmpint (capabilities->idle, ==, kind->idle);
  g_assert_cmpint (capabilities->uidplus, ==, kind->uidplus);
  g_assert_cmpint (capabilities->move, ==, kind->move);
  g_assert_cmpint (capabilities->utf8_accept, ==, kind->utf8);
  return session;
}

static char *
own_folder (const Kind *kind,
            const char *name)
{
  return g_strconcat (kind->prefix, name, NULL);
}

static MosImapSelected
select_folder (MosImapSession *session,
               const char *mailbox,
               guint32 uidvalidity,
               guint64 modseq)
{
  MosImapSelected selected = { 0 };
  g_autoptr (GError) error = NULL;

  mos_imap_session_select_sync (session, mailbox, FALSE, uidvalidity, modseq, &selected, NULL, &error);
  g_assert_no_error (error);
  return selected;
}

static MosImapDiff *
diff_against (MosImapSession *session,
              const MosImapUidSet *known,
              guint64 modseq)
{
  g_autoptr (GError) error = NULL;
  MosImapDiff *diff = mos_imap_session_diff_sync (session, known, modseq, NULL, &error);

  g_assert_no_error (error);
  return diff;
}

static void
append (MosImapSession *session,
        const char *mailbox,
        const char *text,
        guint32 *ret_uid)
{
  g_autoptr (GBytes) raw = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  mos_imap_session_append_sync (session, mailbox, 0, 0, raw, NULL, ret_uid, NULL, &error);
  g_assert_no_error (error);
}

/* --- Folders --- */

static const MosImapFolder *
find_folder (GPtrArray *folders,
             const char *mailbox)
{
  for (guint i = 0; i < folders->len; i++)
    if (strcmp (((MosImapFolder *) folders->pdata[i])->mailbox, mailbox) == 0)
      return folders->pdata[i];
  return NULL;
}

static void
test_folders (gconstpointer data)
{
  static const char *const names[] = { "Pedidos & envíos 日本", "Entwürfe", "&", "50% *" };
  const Kind *kind = data;
  g_autoptr (MosTestServers) servers = mos_test_servers_new_kind (kind->kind);
  g_autoptr (MosImapSession) encrypted = open_with (servers, MOS_SECURITY_TLS, NULL);
  g_autoptr (MosImapSession) session = open_session (servers, kind);
  g_autoptr (GPtrArray) folders = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *first = NULL;

  sent = mos_imap_session_make_mailbox_sync (session, "Sent", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sent, ==, strcmp (kind->kind, "cyrus-bare") == 0 ? "Sent" : kind->prefix[0] != '\0' ? "INBOX.Sent"
                                                                                                       : "Sent");
  if (!kind->marks_sent && strcmp (kind->kind, "courier") == 0)
    g_assert_true (mos_imap_session_create_sync (session, sent, NULL, &error));
  g_assert_no_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *encoded = mos_imap_utf7_encode (names[i]);
      g_autofree char *mailbox = own_folder (kind, encoded);
      g_autofree char *name = own_folder (kind, names[i]);
      const MosImapFolder *found;

      if (names[i][0] == '5' && !g_str_has_prefix (kind->kind, "dovecot"))
        continue; /* Cyrus and Courier allow no wildcards in names */
      mos_imap_session_create_sync (session, mailbox, NULL, &error);
      g_assert_no_error (error);
      mos_imap_session_subscribe_sync (session, mailbox, NULL, &error);
      g_assert_no_error (error);
      g_clear_pointer (&folders, g_ptr_array_unref);
      folders = mos_imap_session_list_sync (session, NULL, &error);
      g_assert_no_error (error);
      found = find_folder (folders, mailbox);
      g_assert_nonnull (found);
      g_assert_cmpstr (found->name, ==, name);
      g_assert_cmpint (found->owner, ==, MOS_IMAP_OWNER_SELF);
      select_folder (session, found->mailbox, 0, 0);
      append (session, found->mailbox, odd_mail[0], NULL);
      if (first == NULL)
        first = g_strdup (mailbox);
    }
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_INBOX)->mailbox, ==, "INBOX");
  g_assert_nonnull (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT));
  if (strcmp (kind->kind, "cyrus-bare") != 0)
    g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT)->mailbox, ==, sent);

  /* A folder that is not there is a refusal, and the session goes on. */
  g_assert_false (mos_imap_session_select_sync (session, "Nowhere", FALSE, 0, 0, NULL, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_assert_true (mos_imap_session_is_open (session));
}

/* --- Sync --- */

static void
test_sync (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (MosTestServers) servers = mos_test_servers_new_kind (kind->kind);
  g_autoptr (MosImapSession) session = open_session (servers, kind);
  g_autoptr (MosImapSession) other = open_session (servers, kind);
  g_autoptr (GHashTable) digests = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) flagged = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) moved = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) missing = NULL;
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *trash = own_folder (kind, "Trash");
  guint32 uids[50] = { 0 };
  MosImapSelected selected;
  guint64 modseq;

  /* First sync */
  select_folder (other, "INBOX", 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (uids); i++)
    append (other, "INBOX", odd_mail[i % G_N_ELEMENTS (odd_mail)], NULL);
  selected = select_folder (session, "INBOX", 0, 0);
  g_assert_cmpuint (selected.exists, ==, G_N_ELEMENTS (uids));
  g_assert_cmpint (selected.highestmodseq != 0, ==, kind->condstore);
  diff = diff_against (session, none, 0);
  g_assert_cmpuint (mos_imap_uid_set_get_count (diff->added), ==, G_N_ELEMENTS (uids));
  planned = mos_imap_session_plan_sync (session, diff->added, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (planned->len, ==, G_N_ELEMENTS (uids));
  for (guint i = 0; i < planned->len; i++) /* newest first */
    {
      uids[planned->len - 1 - i] = g_array_index (planned, MosImapPlanned, i).uid;
      g_assert_cmpint (g_array_index (planned, MosImapPlanned, i).received_us, >, 0);
    }
  mos_imap_session_fetch_sync (session, planned, keep_digest, digests, &missing, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_uid_set_is_empty (missing));
  for (guint i = 0; i < G_N_ELEMENTS (uids); i++)
    {
      const char *text = odd_mail[i % G_N_ELEMENTS (odd_mail)];
      /* Courier ends the last line of what it is given. */
      gboolean ended = strcmp (kind->kind, "courier") != 0 || g_str_has_suffix (text, "\r\n");
      g_autofree char *stored = g_strconcat (text, ended ? "" : "\r\n", NULL);
      g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, stored, -1);

      g_assert_cmpstr (g_hash_table_lookup (digests, GUINT_TO_POINTER (uids[i])), ==, expected);
    }
  modseq = diff->highestmodseq;
  g_assert_cmpint (modseq != 0, ==, kind->condstore);

  /* Flags we set are seen by others, and the other way round; of each only what is named changes. */
  for (guint i = 10; i < 20; i++)
    mos_imap_uid_set_add (flagged, uids[i]);
  for (guint i = 30; i < 35; i++)
    mos_imap_uid_set_add (moved, uids[i]);
  select_folder (other, "INBOX", 0, 0);
  mos_imap_session_store_flags_sync (other, flagged, MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED | MOS_MESSAGE_FLAG_FLAGGED, 0, NULL, &error);
  g_assert_no_error (error);
  mos_imap_session_store_flags_sync (session, flagged, 0, MOS_MESSAGE_FLAG_FLAGGED, NULL, &error);
  g_assert_no_error (error);

  /* Moved away by somebody, marked as deleted where the server cannot move and cannot expunge single ones */
  if (strcmp (kind->kind, "courier") == 0)
    {
      mos_imap_session_create_sync (other, trash, NULL, &error);
      g_assert_no_error (error);
    }
  if (!kind->move)
    {
      g_assert_false (mos_imap_session_move_sync (other, moved, trash, FALSE, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
      g_clear_error (&error);
    }
  mos_imap_session_move_sync (other, moved, trash, TRUE, NULL, &error);
  g_assert_no_error (error);
  append (other, "INBOX", odd_mail[0], NULL);

  for (int way = 0; way < 3; way++)
    {
      g_autoptr (MosImapSession) again = open_session (servers, kind);
      g_autoptr (MosImapDiff) now = NULL;
      guint marked = 0;
      guint removed = 0;

      select_folder (again, "INBOX", way == 0 ? selected.uidvalidity : 0, way == 0 ? modseq : 0);
      now = diff_against (again, diff->added, way == 2 ? 0 : modseq);
      g_assert_cmpuint (mos_imap_uid_set_get_count (now->added), ==, 1);
      g_assert_cmpuint (mos_imap_uid_set_get_last (now->added), >, uids[49]);
      if (kind->uidplus)
        g_assert_true (mos_imap_uid_set_equal (now->removed, moved));
      else
        g_assert_true (mos_imap_uid_set_is_empty (now->removed));
      for (guint i = 0; i < now->flags->len; i++)
        {
          const MosImapFlags *one = &g_array_index (now->flags, MosImapFlags, i);

          if (mos_imap_uid_set_contains (flagged, one->uid))
            {
              g_assert_cmpuint (one->flags, ==, MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED);
              marked++;
            }
          else if (mos_imap_uid_set_contains (moved, one->uid))
            {
              g_assert_cmpuint (one->flags, ==, MOS_MESSAGE_FLAG_DELETED);
              removed++;
            }
          else
            g_assert_cmpuint (one->flags, ==, 0);
        }
      g_assert_cmpuint (marked, ==, 10);
      g_assert_cmpuint (removed, ==, kind->uidplus ? 0 : 5);
      g_assert_cmpuint (now->flags->len, ==, kind->condstore && way != 2 ? 10 : kind->uidplus ? 45
                                                                                              : 50);
      if (kind->condstore)
        g_assert_cmpuint (now->highestmodseq, >, modseq);
    }

  /* The session that was open all along sees the same. */
  {
    MosImapWake wake = 0;
    g_autoptr (MosImapDiff) now = NULL;

    mos_imap_session_noop_sync (session, &wake, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (wake & MOS_IMAP_WAKE_NEW);
    now = diff_against (session, diff->added, modseq);
    g_assert_cmpuint (mos_imap_uid_set_get_count (now->added), ==, 1);
    if (kind->uidplus)
      g_assert_true (mos_imap_uid_set_equal (now->removed, moved));
  }
}

static void
test_append (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (MosTestServers) servers = mos_test_servers_new_kind (kind->kind);
  g_autoptr (MosImapSession) session = open_session (servers, kind);
  g_autoptr (GString) text = g_string_new ("Message-ID: <sent-1@shop.test>\r\nX-Mostrador-Id: abc\r\nSubject: copy\r\n\r\n");
  g_autofree char *sent = own_folder (kind, "Sent");
  g_autoptr (MosImapUidSet) found = NULL;
  g_autoptr (MosImapUidSet) absent = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GHashTable) digests = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  guint32 uidvalidity = 0;
  guint32 uid = 0;

  if (strcmp (kind->kind, "courier") == 0)
    mos_imap_session_create_sync (session, sent, NULL, NULL);
  while (text->len < 700000)
    g_string_append (text, "A line of the answer.\r\n");
  raw = g_bytes_new (text->str, text->len);
  mos_imap_session_append_sync (session, sent, MOS_MESSAGE_FLAG_SEEN, G_GINT64_CONSTANT (1700000000000000), raw, &uidvalidity, &uid, NULL, &error);
  g_assert_no_error (error);
  /* Dovecot and Cyrus tell although they were told to keep quiet about UIDPLUS. */
  if (kind->uidplus)
    g_assert_cmpuint (uid, >, 0);

  select_folder (session, sent, 0, 0);
  found = mos_imap_session_find_message_id_sync (session, "sent-1@shop.test", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mos_imap_uid_set_get_count (found), ==, 1);
  if (uid != 0)
    {
      g_assert_cmpuint (mos_imap_session_get_selected (session)->uidvalidity, ==, uidvalidity);
      g_assert_true (mos_imap_uid_set_contains (found, uid));
    }
  absent = mos_imap_session_find_header_sync (session, "Subject", "cafétería \"\\", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_uid_set_is_empty (absent));

  planned = mos_imap_session_plan_sync (session, found, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_array_index (planned, MosImapPlanned, 0).received_us, ==, G_GINT64_CONSTANT (1700000000000000));
  g_assert_cmpuint (g_array_index (planned, MosImapPlanned, 0).flags, ==, MOS_MESSAGE_FLAG_SEEN);
  mos_imap_session_fetch_sync (session, planned, keep_digest, digests, NULL, NULL, &error);
  g_assert_no_error (error);
  expected = digest_of (raw);
  g_assert_cmpstr (g_hash_table_lookup (digests, GUINT_TO_POINTER (mos_imap_uid_set_get_last (found))), ==, expected);

  /* Into nowhere is a refusal that keeps the session. */
  g_assert_false (mos_imap_session_append_sync (session, "Nowhere", 0, 0, raw, NULL, NULL, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_assert_true (mos_imap_session_is_open (session));
}

/* A folder removed and made anew: the same name, other messages. */
static void
test_uidvalidity (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (MosTestServers) servers = mos_test_servers_new_kind (kind->kind);
  g_autoptr (MosImapSession) session = open_session (servers, kind);
  g_autofree char *shop = own_folder (kind, "Shop");
  g_autofree char *remove = g_strdup_printf ("DELETE %s", shop);
  g_autofree char *gone = NULL;
  g_autoptr (GError) error = NULL;
  MosImapSelected before;
  MosImapSelected after;

  mos_imap_session_create_sync (session, shop, NULL, &error);
  g_assert_no_error (error);
  append (session, shop, odd_mail[0], NULL);
  before = select_folder (session, shop, 0, 0);
  g_assert_cmpuint (before.exists, ==, 1);
  select_folder (session, "INBOX", 0, 0);
  gone = mos_test_servers_imap (servers, MOS_TEST_SHOP, remove);
  g_usleep (1100 * 1000); /* a second's number, on some */
  mos_imap_session_create_sync (session, shop, NULL, &error);
  g_assert_no_error (error);
  append (session, shop, odd_mail[1], NULL);

  after = select_folder (session, shop, before.uidvalidity, before.highestmodseq);
  g_assert_cmpuint (after.uidvalidity, !=, before.uidvalidity);
  g_assert_cmpuint (after.exists, ==, 1);
}

/* --- Waiting --- */

static gpointer
deliver_soon (gpointer data)
{
  g_usleep (300 * 1000);
  mos_test_servers_deliver (data, MOS_TEST_SHOP, "Subject: hurry\n\nhurry\n");
  return NULL;
}

static void
test_idle (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (MosTestServers) servers = mos_test_servers_new_kind (kind->kind);
  g_autoptr (MosImapSession) session = open_session (servers, kind);
  g_autoptr (GError) error = NULL;
  g_autoptr (GThread) thread = NULL;
  MosImapWake wake = 0;

  select_folder (session, "INBOX", 0, 0);
  g_assert_cmpint (mos_imap_session_can_idle (session), ==, kind->idle);
  if (!kind->idle)
    {
      mos_test_servers_deliver (servers, MOS_TEST_SHOP, "Subject: no hurry\n\nno hurry\n");
      mos_imap_session_noop_sync (session, &wake, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (wake & MOS_IMAP_WAKE_NEW);
      return;
    }
  for (int i = 0; i < 2; i++)
    {
      thread = g_thread_new ("deliver", deliver_soon, servers);
      mos_imap_session_idle_sync (session, 60000, &wake, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (wake & MOS_IMAP_WAKE_NEW);
      g_thread_join (g_steal_pointer (&thread));
    }
}

/* Another folder than the selected one */
static void
test_watch (gconstpointer data)
{
  const Kind *kind = data;
  gboolean is_dovecot = g_str_has_prefix (kind->kind, "dovecot");
  g_autoptr (MosTestServers) servers = mos_test_servers_new_kind (kind->kind);
  g_autoptr (MosImapSession) session = open_session (servers, kind);
  g_autoptr (MosImapSession) other = open_session (servers, kind);
  g_autofree char *shop = own_folder (kind, is_dovecot ? "Orders" : "Envíos");
  g_autofree char *key = mos_imap_utf7_encode (shop);
  const char *watched[] = { key, NULL };
  const char *silent[] = { "Env&AO0-os", NULL };
  g_auto (GStrv) changed = NULL;
  g_autoptr (GError) error = NULL;
  gboolean watching = TRUE;
  MosImapWake wake = 0;

  mos_imap_session_create_sync (session, key, NULL, &error);
  g_assert_no_error (error);
  select_folder (session, "INBOX", 0, 0);
  if (is_dovecot)
    {
      /* It would say yes, and then nothing: the caller is to poll. */
      mos_imap_session_watch_sync (session, silent, &watching, NULL, &error);
      g_assert_no_error (error);
      g_assert_false (watching);
    }
  mos_imap_session_watch_sync (session, watched, &watching, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (watching, ==, mos_imap_session_get_capabilities (session)->notify);
  g_assert_cmpint (watching, ==, kind->qresync); /* Dovecot and Cyrus have it, Courier does not */
  if (!watching)
    return;

  append (other, key, odd_mail[0], NULL);
  while ((wake & MOS_IMAP_WAKE_ELSEWHERE) == 0)
    {
      mos_imap_session_idle_sync (session, 60000, &wake, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wake, !=, 0);
    }
  changed = mos_imap_session_take_changed (session);
  g_assert_nonnull (changed);
  g_assert_cmpstr (changed[0], ==, key);

  /* The Inbox is told of as before. */
  append (other, "INBOX", odd_mail[1], NULL);
  wake = 0;
  while ((wake & MOS_IMAP_WAKE_NEW) == 0)
    {
      mos_imap_session_idle_sync (session, 60000, &wake, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wake, !=, 0);
    }
}

/* --- UTF8=ACCEPT --- */

/* A mail whose header is UTF-8 (RFC 6532): filed, found and read back as it is. */
static void
test_utf8 (void)
{
  static const char text[] = "From: Jos\xc3\xa9 <jos\xc3\xa9@mail.test>\r\nSubject: \xc2\xbfMi pedido?\r\nMessage-ID: <utf8@mail.test>\r\n\r\n\xc2\xa1Hola!\r\n";
  g_autoptr (MosTestServers) servers = mos_test_servers_new_kind ("courier");
  g_autoptr (MosImapSession) session = open_with (servers, MOS_SECURITY_NONE, NULL);
  g_autoptr (GHashTable) digests = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (MosImapUidSet) found = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GError) error = NULL;
  guint32 uid = 0;

  append (session, "INBOX", text, &uid);
  g_assert_cmpuint (uid, >, 0);
  select_folder (session, "INBOX", 0, 0);
  found = mos_imap_session_find_header_sync (session, "Subject", "¿Mi pedido?", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_uid_set_contains (found, uid));
  planned = mos_imap_session_plan_sync (session, found, NULL, &error);
  g_assert_no_error (error);
  mos_imap_session_fetch_sync (session, planned, keep_digest, digests, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (digests, GUINT_TO_POINTER (uid)), ==, expected);
}

/* --- Shared folders --- */

static void
test_shared (void)
{
  static const char *const deeds[] = {
    "CREATE user.colleague",
    "CREATE user.colleague.Sent",
    "SETACL user.colleague.Sent anyone lrsi",
    "CREATE info",
    "SETACL info anyone lrsi",
  };
  g_autoptr (MosTestServers) servers = mos_test_servers_new_kind ("cyrus");
  g_autoptr (MosImapSession) session = open_with (servers, MOS_SECURITY_NONE, NULL);
  g_autoptr (GPtrArray) spaces = NULL;
  g_autoptr (GPtrArray) folders = NULL;
  g_autoptr (GError) error = NULL;
  const MosImapFolder *theirs;
  const MosImapFolder *shared;

  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    g_free (mos_test_servers_imap (servers, "admin@shop.test", deeds[i]));

  spaces = mos_imap_session_list_namespaces_sync (session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (spaces->len, ==, 3);
  g_assert_cmpstr (((MosImapNamespace *) spaces->pdata[0])->prefix, ==, "INBOX.");
  g_assert_cmpint (((MosImapNamespace *) spaces->pdata[1])->owner, ==, MOS_IMAP_OWNER_OTHERS);
  g_assert_cmpstr (((MosImapNamespace *) spaces->pdata[1])->prefix, ==, "user.");
  g_assert_cmpint (((MosImapNamespace *) spaces->pdata[2])->owner, ==, MOS_IMAP_OWNER_SHARED);

  folders = mos_imap_session_list_sync (session, NULL, &error);
  g_assert_no_error (error);
  theirs = find_folder (folders, "user.colleague.Sent");
  g_assert_nonnull (theirs);
  g_assert_cmpint (theirs->owner, ==, MOS_IMAP_OWNER_OTHERS);
  g_assert_cmpint (theirs->role, ==, MOS_FOLDER_OTHER);
  g_assert_cmpint (theirs->guessed_role, ==, MOS_FOLDER_OTHER);
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT)->mailbox, ==, "INBOX.Sent");
  shared = find_folder (folders, "info");
  g_assert_nonnull (shared);
  g_assert_cmpint (shared->owner, ==, MOS_IMAP_OWNER_SHARED);

  /* It is followed like any other. */
  append (session, shared->mailbox, odd_mail[0], NULL);
  g_assert_cmpuint (select_folder (session, shared->mailbox, 0, 0).exists, ==, 1);
  append (session, theirs->mailbox, odd_mail[0], NULL);
  g_assert_cmpuint (select_folder (session, theirs->mailbox, 0, 0).exists, ==, 1);
}

int
main (int argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } stories[] = {
    { "folders", test_folders },
    { "sync", test_sync },
    { "append", test_append },
    { "uidvalidity", test_uidvalidity },
    { "idle", test_idle },
    { "watch", test_watch },
  };

  mos_test_init (&argc, &argv);
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (gsize s = 0; s < G_N_ELEMENTS (stories); s++)
      {
        g_autofree char *path = g_strdup_printf ("/imap/servers/%s/%s", kinds[k].kind, stories[s].name);

        g_test_add_data_func (path, &kinds[k], stories[s].func);
      }
  g_test_add_func ("/imap/servers/shared", test_shared);
  g_test_add_func ("/imap/servers/utf8", test_utf8);
  return g_test_run ();
}
