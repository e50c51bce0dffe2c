/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/mail/smtp/mos-smtp-session-private.h"

/* A whole sending session against any replies: greeting, EHLO, AUTH, two messages.  A message counts as accepted only after a final
 * 2xx, and once its dot has left a broken line means "nobody knows". */

static gboolean
note_final (gpointer user_data,
            GError **error)
{
  *(gboolean *) user_data = TRUE;
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const char *const recipients[] = { "a@mail.test", "b@mail.test", NULL };
  static const char text[] = "From: s@shop.test\r\nSubject: x\r\n\r\n.dot\r\n..\r\nend";
  g_autoptr (MosServer) server = fuzz_server_new ();
  g_autoptr (MosMailConnection) connection = fuzz_connection_new (server, data, size);
  g_autoptr (GBytes) message = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSmtpSession) session = mos_smtp_session_open_on (server, connection, NULL, &error);

  if (session == NULL || !mos_smtp_session_login_sync (session, "secret", NULL, &error))
    {
      g_assert_nonnull (error);
      fuzz_check_text (error->message);
      return 0;
    }

  for (guint i = 0; i < 2 && mos_smtp_session_is_usable (session); i++)
    {
      g_autoptr (GPtrArray) refused = NULL;
      g_autoptr (GError) local = NULL;
      gboolean final = FALSE;
      gboolean accepted;

      mos_smtp_session_set_final (session, note_final, &final);
      accepted = mos_smtp_session_send_sync (session, "s@shop.test", recipients, message, i == 0 ? MOS_SMTP_SEND_DEFAULT : MOS_SMTP_SEND_WITHOUT_TEMPORARY, &refused, NULL, &local);
      if (accepted)
        {
          g_assert_no_error (local);
          g_assert_true (final);
        }
      else
        {
          g_assert_nonnull (local);
          fuzz_check_text (local->message);
          /* Without the dot nothing can have been accepted. */
          g_assert_true (final || !g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_UNCERTAIN));
        }
    }
  mos_smtp_session_quit (session);
  return 0;
}
