/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-tokenizer.h"

#include "core/mail/imap/mos-imap-parser.h"
#include "core/mail/imap/mos-imap-spool.h"

#include <string.h>

const MosImapLimits mos_imap_default_limits = {
  .max_line = 16 * 1024 * 1024,
  .max_literal = 100 * 1024 * 1024,
  .spool_threshold = 1024 * 1024,
  .max_literals = 64,
  .max_depth = 100,
};

struct _MosImapTokenizer
{
  MosImapLimits limits;
  GString *text;       /* (owned): the response so far, without its literals */
  gsize line_start;    /* where the current line began in @text */
  GArray *literals;    /* (owned) of MosImapLiteral */
  GQueue ready;        /* (owned) of MosImapResponse */
  MosImapSpool *spool; /* (owned) (nullable): the literal being read; NULL while one is skipped */
  guint64 left;        /* bytes of the literal still to come; 0: in a line */
  gboolean failed;
};

static void
literal_clear (gpointer data)
{
  MosImapLiteral *literal = data;

  g_clear_pointer (&literal->bytes, g_bytes_unref);
}

MosImapTokenizer *
mos_imap_tokenizer_new (const MosImapLimits *limits)
{
  MosImapTokenizer *self = g_new0 (MosImapTokenizer, 1);

  self->limits = limits != NULL ? *limits : mos_imap_default_limits;
  self->text = g_string_new (NULL);
  self->literals = g_array_new (FALSE, TRUE, sizeof (MosImapLiteral));
  g_array_set_clear_func (self->literals, literal_clear);
  g_queue_init (&self->ready);
  return self;
}

void
mos_imap_tokenizer_set_max_literal (MosImapTokenizer *self,
                                    gsize max_literal)
{
  self->limits.max_literal = max_literal;
}

void
mos_imap_tokenizer_free (MosImapTokenizer *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_array_unref (self->literals);
  g_queue_clear_full (&self->ready, (GDestroyNotify) mos_imap_response_free);
  g_clear_pointer (&self->spool, mos_imap_spool_free);
  g_free (self);
}

MosImapResponse *
mos_imap_tokenizer_take (MosImapTokenizer *self)
{
  return g_queue_pop_head (&self->ready);
}

gboolean
mos_imap_tokenizer_has_response (MosImapTokenizer *self)
{
  return !g_queue_is_empty (&self->ready);
}

gboolean
mos_imap_tokenizer_is_empty (MosImapTokenizer *self)
{
  return g_queue_is_empty (&self->ready) && self->text->len == 0 && self->left == 0 && self->literals->len == 0;
}

static gboolean
too_much (MosImapTokenizer *self,
          const char *what,
          GError **error)
{
  self->failed = TRUE;
  g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server's answer is too large: %s", what);
  return FALSE;
}

/* Whether the line ends with {n}, {n+} or ~{n}; cuts that off. */
static gboolean
cut_literal (MosImapTokenizer *self,
             guint64 *ret_size,
             gboolean *ret_overflow)
{
  const char *line = self->text->str + self->line_start;
  gsize end = self->text->len - self->line_start;
  gsize open;
  gsize digits;
  guint64 size = 0;

  if (end < 3 || line[end - 1] != '}')
    return FALSE;
  digits = end - 1;
  if (line[digits - 1] == '+')
    digits--;
  for (open = digits; open > 0 && g_ascii_isdigit (line[open - 1]); open--)
    ;
  if (open == digits || open == 0 || line[open - 1] != '{')
    return FALSE;

  for (gsize i = open; i < digits; i++)
    {
      size = size * 10 + (guint64) (line[i] - '0');
      if (size > G_MAXUINT32)
        *ret_overflow = TRUE;
      size = MIN (size, G_MAXUINT32);
    }
  open--;
  if (open > 0 && line[open - 1] == '~')
    open--;
  g_string_truncate (self->text, self->line_start + open);
  *ret_size = size;
  return TRUE;
}

static gboolean
begin_literal (MosImapTokenizer *self,
               guint64 size,
               GError **error)
{
  MosImapLiteral literal = { self->text->len, NULL, 0 };

  if (self->literals->len >= self->limits.max_literals)
    return too_much (self, "too many literals", error);

  if (size > self->limits.max_literal)
    literal.skipped = size;
  else
    {
      self->spool = mos_imap_spool_new ((gsize) size, self->limits.spool_threshold, error);
      if (self->spool == NULL)
        {
          self->failed = TRUE;
          return FALSE;
        }
    }
  g_array_append_val (self->literals, literal);
  self->left = size;
  return TRUE;
}

static gboolean
end_literal (MosImapTokenizer *self,
             GError **error)
{
  MosImapLiteral *literal = &g_array_index (self->literals, MosImapLiteral, self->literals->len - 1);

  self->line_start = self->text->len;
  if (self->spool == NULL)
    return TRUE;
  literal->bytes = mos_imap_spool_finish (g_steal_pointer (&self->spool), error);
  if (literal->bytes == NULL)
    self->failed = TRUE;
  return !self->failed;
}

static gboolean
end_line (MosImapTokenizer *self,
          GError **error)
{
  gboolean overflow = FALSE;
  guint64 size = 0;
  MosImapResponse *response;

  if (self->text->len > self->line_start && self->text->str[self->text->len - 1] == '\r')
    g_string_truncate (self->text, self->text->len - 1);

  if (!mos_imap_line_is_status (self->text->str, self->text->len) && cut_literal (self, &size, &overflow))
    {
      if (overflow)
        return too_much (self, "a literal of 4 GiB or more", error);
      if (!begin_literal (self, size, error))
        return FALSE;
      return size > 0 || end_literal (self, error);
    }

  response = mos_imap_parse_response (self->text->str, self->text->len, self->literals, self->limits.max_depth, error);
  g_string_truncate (self->text, 0);
  g_array_set_size (self->literals, 0);
  self->line_start = 0;
  if (response == NULL)
    {
      self->failed = TRUE;
      return FALSE;
    }
  g_queue_push_tail (&self->ready, response);
  return TRUE;
}

/**
 * mos_imap_tokenizer_feed:
 *
 * Errors: MOS_MAIL_ERROR_PROTOCOL for what is no IMAP or too large, G_FILE_ERROR when a literal cannot be spooled.
 */
gboolean
mos_imap_tokenizer_feed (MosImapTokenizer *self,
                         const void *data,
                         gsize size,
                         GError **error)
{
  const guint8 *p = data;
  const guint8 *end = p + size;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->failed)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server's answers cannot be followed any more");
      return FALSE;
    }

  while (p < end)
    {
      if (self->left > 0)
        {
          gsize n = (gsize) MIN (self->left, (guint64) (end - p));

          if (self->spool != NULL && !mos_imap_spool_write (self->spool, p, n, error))
            {
              self->failed = TRUE;
              return FALSE;
            }
          p += n;
          self->left -= n;
          if (self->left == 0 && !end_literal (self, error))
            return FALSE;
        }
      else
        {
          const guint8 *newline = memchr (p, '\n', (gsize) (end - p));
          gsize n = (gsize) ((newline != NULL ? newline : end) - p);

          if (self->text->len + n > self->limits.max_line)
            return too_much (self, "a line", error);
          g_string_append_len (self->text, (const char *) p, (gssize) n);
          p += n;
          if (newline != NULL)
            {
              p++;
              if (!end_line (self, error))
                return FALSE;
            }
        }
    }
  return TRUE;
}
