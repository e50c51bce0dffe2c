/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-parser.h"

#include <string.h>

typedef struct
{
  const char *p;
  const char *start;
  const char *end;
  GArray *literals; /* (nullable) */
  guint next_literal;
  guint max_depth;
} Parser;

/* --- Values ---------------------------------------------------------------------------------- */

static void
value_free (gpointer data)
{
  MosImapValue *self = data;

  g_free (self->text);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

static MosImapValue *
value_new (MosImapValueKind kind)
{
  MosImapValue *value = g_new0 (MosImapValue, 1);

  value->kind = kind;
  return value;
}

const char *
mos_imap_value_get_text (const MosImapValue *self)
{
  if (self == NULL)
    return NULL;

  switch (self->kind)
    {
    case MOS_IMAP_VALUE_ATOM:
      return mos_imap_value_is_nil (self) ? NULL : self->text;
    case MOS_IMAP_VALUE_STRING:
    case MOS_IMAP_VALUE_LITERAL:
      return self->text;
    case MOS_IMAP_VALUE_LIST:
    default:
      return NULL;
    }
}

gboolean
mos_imap_value_is_nil (const MosImapValue *self)
{
  return mos_imap_value_is_atom (self, "NIL");
}

gboolean
mos_imap_value_is_atom (const MosImapValue *self,
                        const char *atom)
{
  return self != NULL && self->kind == MOS_IMAP_VALUE_ATOM && g_ascii_strcasecmp (self->text, atom) == 0;
}

gboolean
mos_imap_value_get_number (const MosImapValue *self,
                           guint64 max,
                           guint64 *ret_number)
{
  return self != NULL && self->kind == MOS_IMAP_VALUE_ATOM && g_ascii_isdigit (self->text[0]) &&
         g_ascii_string_to_unsigned (self->text, 10, 0, max, ret_number, NULL);
}

const MosImapValue *
mos_imap_items_get (const GPtrArray *items,
                    guint index)
{
  return items != NULL && index < items->len ? items->pdata[index] : NULL;
}

void
mos_imap_response_free (MosImapResponse *self)
{
  if (self == NULL)
    return;
  g_free (self->tag);
  g_free (self->code);
  g_clear_pointer (&self->code_items, g_ptr_array_unref);
  g_free (self->text);
  g_free (self->name);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

/* --- Reading --------------------------------------------------------------------------------- */

static gboolean
fail (GError **error,
      const char *what)
{
  g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server's answer is not IMAP: %s", what);
  return FALSE;
}

static gboolean
at_literal (Parser *self)
{
  return self->literals != NULL && self->next_literal < self->literals->len &&
         g_array_index (self->literals, MosImapLiteral, self->next_literal).offset == (gsize) (self->p - self->start);
}

static MosImapValue *
take_literal (Parser *self)
{
  MosImapLiteral *literal = &g_array_index (self->literals, MosImapLiteral, self->next_literal++);
  MosImapValue *value = value_new (MOS_IMAP_VALUE_LITERAL);
  gsize size = 0;
  const char *data;

  value->bytes = g_steal_pointer (&literal->bytes);
  value->skipped = literal->skipped;
  if (value->bytes != NULL)
    {
      data = g_bytes_get_data (value->bytes, &size);
      /* Names may come as literals; mails are no texts. */
      if (size <= 4096 && (size == 0 || memchr (data, '\0', size) == NULL))
        value->text = g_strndup (data != NULL ? data : "", size);
    }
  return value;
}

static MosImapValue *
take_quoted (Parser *self,
             GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  MosImapValue *value;

  for (self->p++; self->p < self->end && *self->p != '"'; self->p++)
    {
      if (*self->p == '\\' && self->p + 1 < self->end)
        self->p++;
      if (*self->p == '\0')
        {
          fail (error, "NUL in a string");
          return NULL;
        }
      g_string_append_c (text, *self->p);
    }
  if (self->p == self->end)
    {
      fail (error, "a string does not end");
      return NULL;
    }
  self->p++;
  value = value_new (MOS_IMAP_VALUE_STRING);
  value->text = g_string_free (g_steal_pointer (&text), FALSE);
  return value;
}

static MosImapValue *
take_atom (Parser *self)
{
  const char *from = self->p;
  MosImapValue *value;

  for (; self->p < self->end && *self->p != ' ' && *self->p != '(' && *self->p != ')' && *self->p != '"' && !(self->p > from && at_literal (self)); self->p++)
    {
      /* BODY[HEADER.FIELDS (DATE)]<0> is one word; a "[" anywhere else is a letter like any other. */
      if (*self->p == '[' && (gsize) (self->p - from) >= 4 &&
          (g_ascii_strncasecmp (from, "BODY", 4) == 0 || g_ascii_strncasecmp (from, "BINARY", MIN (6, (gsize) (self->p - from))) == 0))
        {
          const char *close = memchr (self->p, ']', (gsize) (self->end - self->p));

          if (close != NULL)
            self->p = close;
        }
    }
  if (memchr (from, '\0', (gsize) (self->p - from)) != NULL)
    return NULL;
  value = value_new (MOS_IMAP_VALUE_ATOM);
  value->text = g_strndup (from, (gsize) (self->p - from));
  return value;
}

/* Reads values up to the end. Not recursive: the depth is the server's to choose. */
static GPtrArray *
take_values (Parser *self,
             GError **error)
{
  g_autoptr (GPtrArray) top = g_ptr_array_new_with_free_func (value_free);
  g_autoptr (GPtrArray) stack = g_ptr_array_new (); /* borrowed lists, innermost last */
  GPtrArray *current = top;

  for (;;)
    {
      MosImapValue *value;

      if (at_literal (self))
        {
          g_ptr_array_add (current, take_literal (self));
          continue;
        }
      if (self->p == self->end)
        break;

      switch (*self->p)
        {
        case ' ':
          self->p++;
          break;
        case '(':
          if (stack->len >= self->max_depth)
            {
              fail (error, "lists are nested too deep");
              return NULL;
            }
          self->p++;
          value = value_new (MOS_IMAP_VALUE_LIST);
          value->items = g_ptr_array_new_with_free_func (value_free);
          g_ptr_array_add (current, value);
          g_ptr_array_add (stack, current);
          current = value->items;
          break;
        case ')':
          if (stack->len == 0)
            {
              fail (error, "a list ends that did not begin");
              return NULL;
            }
          self->p++;
          current = g_ptr_array_steal_index (stack, stack->len - 1);
          break;
        case '"':
          value = take_quoted (self, error);
          if (value == NULL)
            return NULL;
          g_ptr_array_add (current, value);
          break;
        default:
          value = take_atom (self);
          if (value == NULL)
            {
              fail (error, "NUL in a word");
              return NULL;
            }
          g_ptr_array_add (current, value);
          break;
        }
    }

  if (stack->len > 0)
    {
      fail (error, "a list does not end");
      return NULL;
    }
  return g_steal_pointer (&top);
}

static char *
take_word (Parser *self)
{
  const char *from = self->p;

  while (self->p < self->end && *self->p != ' ' && *self->p != '\0' && !at_literal (self))
    self->p++;
  return g_strndup (from, (gsize) (self->p - from));
}

static void
skip_spaces (Parser *self)
{
  while (self->p < self->end && *self->p == ' ' && !at_literal (self))
    self->p++;
}

static MosImapStatus
status_from_word (const char *word,
                  gsize length)
{
  static const struct
  {
    const char *word;
    MosImapStatus status;
  } words[] = {
    { "OK", MOS_IMAP_STATUS_OK },
    { "NO", MOS_IMAP_STATUS_NO },
    { "BAD", MOS_IMAP_STATUS_BAD },
    { "PREAUTH", MOS_IMAP_STATUS_PREAUTH },
    { "BYE", MOS_IMAP_STATUS_BYE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i].word) == length && g_ascii_strncasecmp (word, words[i].word, length) == 0)
      return words[i].status;
  return MOS_IMAP_STATUS_NONE;
}

/* "[CODE items] text". A code that cannot be read is shown as part of the text: servers crash clients with such (notes of 2026: "[PERMANENTFLAGS (("). */
static void
take_status_text (Parser *self,
                  MosImapResponse *response)
{
  const char *close = NULL;
  gboolean quoted = FALSE;

  if (self->p < self->end && *self->p == '[')
    for (const char *p = self->p; p < self->end && close == NULL; p++)
      {
        if (*p == '"')
          quoted = !quoted;
        else if (*p == ']' && !quoted)
          close = p;
      }

  if (close != NULL)
    {
      Parser inner = { self->p + 1, self->p + 1, close, NULL, 0, self->max_depth };
      g_autofree char *word = take_word (&inner);
      g_autoptr (GPtrArray) items = take_values (&inner, NULL);

      if (items != NULL && *word != '\0')
        {
          response->code = g_ascii_strup (word, -1);
          response->code_items = g_steal_pointer (&items);
          self->p = close + 1;
          skip_spaces (self);
        }
    }
  response->text = g_utf8_make_valid (self->p, (gssize) (self->end - self->p));
}

gboolean
mos_imap_line_is_status (const char *line,
                         gsize length)
{
  const char *space = memchr (line, ' ', length);
  const char *word;
  const char *end;

  if (length > 0 && line[0] == '+')
    return TRUE;
  if (space == NULL)
    return FALSE;
  word = space + 1;
  end = memchr (word, ' ', length - (gsize) (word - line));
  if (end == NULL)
    end = line + length;
  return status_from_word (word, (gsize) (end - word)) != MOS_IMAP_STATUS_NONE;
}

static gboolean
is_number (const char *word)
{
  return *word != '\0' && strspn (word, "0123456789") == strlen (word);
}

MosImapResponse *
mos_imap_parse_response (const char *text,
                         gsize length,
                         GArray *literals,
                         guint max_depth,
                         GError **error)
{
  g_autoptr (MosImapResponse) response = g_new0 (MosImapResponse, 1);
  Parser parser = { text, text, text + length, literals, 0, max_depth };
  g_autofree char *word = NULL;

  if (length > 0 && text[0] == '+')
    {
      response->kind = MOS_IMAP_RESPONSE_CONTINUE;
      parser.p++;
      skip_spaces (&parser);
      response->text = g_utf8_make_valid (parser.p, (gssize) (parser.end - parser.p));
      response->items = g_ptr_array_new_with_free_func (value_free);
      return g_steal_pointer (&response);
    }

  word = take_word (&parser);
  if (*word == '\0')
    {
      fail (error, "an empty line");
      return NULL;
    }
  if (strcmp (word, "*") == 0)
    response->kind = MOS_IMAP_RESPONSE_UNTAGGED;
  else
    {
      response->kind = MOS_IMAP_RESPONSE_TAGGED;
      response->tag = g_steal_pointer (&word);
    }
  skip_spaces (&parser);

  g_free (word);
  word = take_word (&parser);
  response->status = status_from_word (word, strlen (word));
  if (response->status != MOS_IMAP_STATUS_NONE)
    {
      skip_spaces (&parser);
      take_status_text (&parser, response);
      response->items = g_ptr_array_new_with_free_func (value_free);
      return g_steal_pointer (&response);
    }
  if (response->kind == MOS_IMAP_RESPONSE_TAGGED)
    {
      fail (error, "a tag without OK, NO or BAD");
      return NULL;
    }

  if (is_number (word))
    {
      guint64 number;

      if (!g_ascii_string_to_unsigned (word, 10, 0, G_MAXUINT32, &number, NULL))
        {
          fail (error, "a number is too large");
          return NULL;
        }
      response->has_number = TRUE;
      response->number = (guint32) number;
      skip_spaces (&parser);
      g_free (word);
      word = take_word (&parser);
    }
  if (*word == '\0')
    {
      fail (error, "a response without a name");
      return NULL;
    }
  response->name = g_ascii_strup (word, -1);
  response->items = take_values (&parser, error);
  if (response->items == NULL)
    return NULL;
  return g_steal_pointer (&response);
}
