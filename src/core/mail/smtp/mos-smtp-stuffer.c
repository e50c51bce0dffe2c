/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-smtp"

#include "config.h"

#include "core/mail/smtp/mos-smtp-stuffer.h"

void
mos_smtp_stuffer_init (MosSmtpStuffer *self)
{
  self->at_line_start = TRUE;
  self->after_cr = FALSE;
}

static void
end_line (MosSmtpStuffer *self,
          GByteArray *out)
{
  g_byte_array_append (out, (const guint8 *) "\r\n", 2);
  self->at_line_start = TRUE;
  self->after_cr = FALSE;
}

void
mos_smtp_stuffer_feed (MosSmtpStuffer *self,
                       const guint8 *data,
                       gsize size,
                       GByteArray *out)
{
  gsize i = 0;

  while (i < size)
    {
      gsize begin;

      if (data[i] == '\n')
        {
          end_line (self, out);
          i++;
          continue;
        }
      if (self->after_cr) /* a lone CR */
        end_line (self, out);
      if (data[i] == '\r')
        {
          self->after_cr = TRUE;
          i++;
          continue;
        }

      if (self->at_line_start && data[i] == '.')
        g_byte_array_append (out, (const guint8 *) ".", 1);
      self->at_line_start = FALSE;

      for (begin = i; i < size && data[i] != '\r' && data[i] != '\n';)
        i++;
      g_byte_array_append (out, data + begin, (guint) (i - begin));
    }
}

void
mos_smtp_stuffer_finish (MosSmtpStuffer *self,
                         GByteArray *out)
{
  if (self->after_cr || !self->at_line_start)
    end_line (self, out);
}
