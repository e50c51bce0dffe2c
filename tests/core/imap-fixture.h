/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/imap/mos-imap-session-private.h"
#include "mos-test-imap-server.h"
#include "mos-test.h"

/* The session against scripts: what no real server does on demand. */

#define GREETING "S * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi"
#define SIGN_IN GREETING, "C AUTHENTICATE PLAIN AG1lAHNlY3JldA=="
#define SIGNED_IN(capabilities) SIGN_IN, "S $t OK [CAPABILITY IMAP4rev1 " capabilities "] in"
#define SELECTED(capabilities)                     \
  SIGNED_IN (capabilities), "C SELECT \"INBOX\"*", \
      "S * 3 EXISTS", "S * OK [UIDVALIDITY 7] v", "S * OK [UIDNEXT 4] n", "S $t OK [READ-WRITE] done"

static inline MosImapSession *
open_script (MosTestImapServer *peer,
             MosSecurity security,
             const MosImapOptions *more,
             GError **error)
{
  g_autoptr (MosServer) server = mos_test_imap_server_make (peer, security);
  MosImapOptions options = { .password = "secret", .timeout_ms = 5000 };

  if (more != NULL)
    options = *more;
  return mos_imap_session_open_sync (server, &options, NULL, error);
}

static inline MosImapSession *
open_peer (MosTestImapServer *peer)
{
  g_autoptr (GError) error = NULL;
  MosImapSession *session = open_script (peer, MOS_SECURITY_NONE, NULL, &error);

  g_assert_no_error (error);
  return session;
}

static inline MosImapSession *
open_selected (MosTestImapServer *peer)
{
  g_autoptr (GError) error = NULL;
  MosImapSession *session = open_peer (peer);

  mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  return session;
}

typedef struct
{
  GString *log;
  guint fail_at;
} Taken;

static inline gboolean
take (const MosImapMessage *message,
      gpointer user_data,
      GError **error)
{
  Taken *taken = user_data;

  g_string_append_printf (taken->log, "%u:%u:%.*s%s ", message->uid, message->flags, (int) g_bytes_get_size (message->raw),
                          (const char *) g_bytes_get_data (message->raw, NULL), message->is_truncated ? "!" : "");
  if (taken->fail_at == message->uid)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
      return FALSE;
    }
  return TRUE;
}

static inline GArray *
plan_of (guint n,
         guint64 size)
{
  GArray *planned = g_array_new (FALSE, TRUE, sizeof (MosImapPlanned));

  for (guint i = n; i > 0; i--)
    {
      MosImapPlanned one = { .uid = i, .size = size };

      g_array_append_val (planned, one);
    }
  return planned;
}

static inline gpointer
cancel_soon (gpointer data)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}
