/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/mail/imap/mos-imap-session-private.h"

/* A whole session: everything that a sync and a copy in Sent ask, against a server whose words were all written beforehand. */

static gboolean
count_message (const MosImapMessage *message,
               gpointer user_data,
               GError **error)
{
  g_assert_nonnull (message->raw);
  g_assert_cmpuint (message->uid, !=, 0);
  return TRUE;
}

static gboolean
go_through (MosImapSession *session,
            GError **error)
{
  g_autoptr (MosImapUidSet) known = mos_imap_uid_set_new_parse ("1,5");
  g_autoptr (MosImapUidSet) missing = NULL;
  g_autoptr (MosImapUidSet) found = NULL;
  g_autoptr (GBytes) raw = g_bytes_new_static ("Subject: x\r\n\r\n", 14);
  g_autoptr (GPtrArray) folders = mos_imap_session_list_sync (session, NULL, error);
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;
  MosImapSelected selected;
  MosImapWake wake;

  if (folders == NULL)
    return FALSE;
  for (guint i = 0; i < folders->len; i++)
    fuzz_check_text (((MosImapFolder *) folders->pdata[i])->name);
  mos_imap_folders_find_role (folders, MOS_FOLDER_SENT);
  if (!mos_imap_session_select_sync (session, "INBOX", FALSE, 7, 30, &selected, NULL, error))
    return FALSE;
  g_assert_cmpuint (selected.uidvalidity, !=, 0);
  diff = mos_imap_session_diff_sync (session, known, 30, NULL, error);
  if (diff == NULL)
    return FALSE;
  planned = mos_imap_session_plan_sync (session, diff->added, NULL, error);
  if (planned == NULL || !mos_imap_session_fetch_sync (session, planned, count_message, NULL, &missing, NULL, error))
    return FALSE;
  found = mos_imap_session_find_header_sync (session, "Message-ID", "x\"y\\z", NULL, error);
  if (found == NULL || !mos_imap_session_store_flags_sync (session, known, MOS_MESSAGE_FLAG_SEEN, 0, NULL, error) ||
      !mos_imap_session_append_sync (session, "Sent", 0, 0, raw, NULL, NULL, NULL, error) ||
      !mos_imap_session_noop_sync (session, &wake, NULL, error))
    return FALSE;
  return !mos_imap_session_can_idle (session) || mos_imap_session_idle_sync (session, 1, &wake, NULL, error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (MosServer) server = fuzz_server_new ();
  g_autoptr (MosMailConnection) connection = fuzz_connection_new (server, data, size);
  MosImapOptions options = { .password = "secret", .timeout_ms = 2000, .max_literal = 16 * 1024 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = mos_imap_session_open_on (server, connection, &options, NULL, &error);

  if (session != NULL && go_through (session, &error))
    g_assert_no_error (error);
  else
    g_assert_nonnull (error);
  if (session != NULL)
    {
      g_auto (GStrv) alerts = mos_imap_session_take_alerts (session);

      for (guint i = 0; alerts != NULL && alerts[i] != NULL; i++)
        fuzz_check_text (alerts[i]);
    }
  return 0;
}
