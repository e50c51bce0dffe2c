/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/mail/smtp/mos-smtp-reply.h"

#include <string.h>

/* Lines of a server as one reply after the other, each read in every way it may be. */

static void
look_at (MosSmtpReply *reply)
{
  g_autofree char *text = mos_smtp_reply_dup_text (reply);
  g_autoptr (MosSmtpExtensions) extensions = mos_smtp_extensions_parse (reply);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (reply->code, >=, 200);
  g_assert_cmpuint (reply->code, <=, 599);
  g_assert_cmpuint (reply->lines->len, >, 0);
  g_assert_cmpuint (strlen (text), <=, 1000);
  fuzz_check_text (text);
  fuzz_check_text (reply->status);
  for (guint i = 0; i < reply->lines->len; i++)
    fuzz_check_text (reply->lines->pdata[i]);
  mos_smtp_reply_to_error (reply, &error);
  g_assert_nonnull (error);
  fuzz_check_text (error->message);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (MosSmtpReply) reply = mos_smtp_reply_new ();
  const uint8_t *end = data + size;

  while (data < end)
    {
      const uint8_t *next = memchr (data, '\n', (size_t) (end - data));
      size_t length = next != NULL ? (size_t) (next - data) : (size_t) (end - data);
      /* As from a buffer: nothing behind the line is its business. */
      g_autofree char *line = g_malloc (length + 1);
      g_autoptr (GError) error = NULL;
      gboolean complete = FALSE;

      memcpy (line, data, length);
      line[length] = '\0';
      data = next != NULL ? next + 1 : end;
      if (!mos_smtp_reply_take_line (reply, line, length, &complete, &error))
        {
          g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
          g_clear_pointer (&reply, mos_smtp_reply_free);
          reply = mos_smtp_reply_new ();
        }
      else if (complete)
        {
          look_at (reply);
          g_clear_pointer (&reply, mos_smtp_reply_free);
          reply = mos_smtp_reply_new ();
        }
    }
  return 0;
}
