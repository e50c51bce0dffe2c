/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

struct _MosImapArguments
{
  GPtrArray *texts;    /* (owned) of GString; one more than there are literals */
  GPtrArray *literals; /* (owned) of GBytes */
};

static void
text_free (gpointer data)
{
  g_string_free (data, TRUE);
}

MosImapArguments *
mos_imap_arguments_new (const char *text)
{
  MosImapArguments *self = g_new0 (MosImapArguments, 1);

  self->texts = g_ptr_array_new_with_free_func (text_free);
  self->literals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (self->texts, g_string_new (text));
  return self;
}

void
mos_imap_arguments_free (MosImapArguments *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->literals);
  g_free (self);
}

void
mos_imap_arguments_add (MosImapArguments *self,
                        const char *text)
{
  g_string_append (self->texts->pdata[self->texts->len - 1], text);
}

void
mos_imap_arguments_add_literal (MosImapArguments *self,
                                GBytes *bytes)
{
  g_ptr_array_add (self->literals, g_bytes_ref (bytes));
  g_ptr_array_add (self->texts, g_string_new (NULL));
}

static void
add_string (MosImapArguments *self,
            const char *text,
            guchar last_allowed)
{
  GString *out = self->texts->pdata[self->texts->len - 1];

  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || (guchar) *p == 0x7f || (guchar) *p > last_allowed)
      {
        g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

        mos_imap_arguments_add_literal (self, bytes);
        return;
      }

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

void
mos_imap_arguments_add_string (MosImapArguments *self,
                               const char *text)
{
  add_string (self, text, 0x7e);
}

void
mos_imap_arguments_add_utf8_string (MosImapArguments *self,
                                    const char *text)
{
  add_string (self, text, 0xff);
}

guint
mos_imap_arguments_get_count (const MosImapArguments *self)
{
  return self->texts->len;
}

const char *
mos_imap_arguments_get_text (const MosImapArguments *self,
                             guint index)
{
  return ((GString *) self->texts->pdata[index])->str;
}

GBytes *
mos_imap_arguments_get_literal (const MosImapArguments *self,
                                guint index)
{
  return index < self->literals->len ? self->literals->pdata[index] : NULL;
}
