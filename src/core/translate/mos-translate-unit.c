/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "core/translate/mos-translate-unit.h"

#include "core/base/mos-entities.h"
#include "core/mail/mime/mos-markup.h"

#include <string.h>

/* What does not leave: variables of macros, the marker of a conversation, addresses of the web and of mail, what is written with "#", and whatever in capitals has digits and six signs
 * or more, as orders and parcels are numbered. */
#define KEPT_PATTERN                                        \
  "\\{\\{[^{}\\n]*\\}\\}"                                   \
  "|\\[#\\d+-[0-9a-fA-F]{8,16}\\]"                          \
  "|(?:https?://|www\\.)[^\\s<>\"]*[^\\s<>\".,;:!?'*_)\\]]" \
  "|[\\w.+-]*\\w@\\w[\\w-]*(?:\\.\\w[\\w-]*)+"              \
  "|#[\\w-]*\\d[\\w-]*"                                     \
  "|(?<![\\w-])(?=[A-Z0-9-]*\\d)[A-Z0-9][A-Z0-9-]{4,}[A-Z0-9](?![\\w-])"

typedef struct
{
  char *text;
  gboolean blank_before;
  gboolean blank_after;
} Kept;

struct _MosTranslateUnit
{
  char *sent;
  gboolean is_marked;
  GArray *kept;       /* of Kept */
  GPtrArray *links;   /* addresses of what is written as a link */
  GPtrArray *bare;    /* what is between what is kept: one more than those */
  GPtrArray *between; /* what stands between them: kept parts, and where links lead */
};

static void
kept_clear (gpointer data)
{
  g_free (((Kept *) data)->text);
}

static GRegex *
kept_regex (void)
{
  static GRegex *regex;

  if (g_once_init_enter_pointer (&regex))
    g_once_init_leave_pointer (&regex, g_regex_new (KEPT_PATTERN, G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, NULL));
  return regex;
}

static gboolean
has_words (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static void
append_escaped (GString *out,
                const char *text,
                gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] == '&')
      g_string_append (out, "&amp;");
    else if (text[i] == '<')
      g_string_append (out, "&lt;");
    else if (text[i] == '>')
      g_string_append (out, "&gt;");
    else
      g_string_append_c (out, text[i]);
}

/* --- telling it --- */

typedef struct
{
  MosTranslateUnit *unit;
  const char *text;
  gsize length;
  GArray *spans; /* (nullable) of MosMarkupSpan: those that have marks, the outer ones first */
  guint8 *marks; /* which bytes are marks */
  GArray *open;  /* of guint: indices of spans */
  guint next;    /* the first span that was not opened yet */
  GString *sent;
  GString *bare;
} Writer;

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const MosMarkupSpan *one = a, *other = b;

  if (one->outer_start != other->outer_start)
    return one->outer_start < other->outer_start ? -1 : 1;
  return one->outer_end > other->outer_end ? -1 : one->outer_end < other->outer_end;
}

static void
scan_marks (Writer *self)
{
  GArray *spans = mos_markup_scan_line (self->text, self->length);

  self->marks = g_malloc0 (self->length + 1);
  for (guint i = spans->len; i > 0; i--)
    {
      const MosMarkupSpan *span = &g_array_index (spans, MosMarkupSpan, i - 1);
      gboolean is_tag = span->style == MOS_MARKUP_BOLD || span->style == MOS_MARKUP_ITALIC || span->style == MOS_MARKUP_LINK;

      if (span->style == MOS_MARKUP_MARK)
        memset (self->marks + span->start, 1, span->end - span->start);
      /* An address that stands as it is has no marks: it is kept as such. */
      if (!is_tag || (span->start == span->outer_start && span->end == span->outer_end))
        g_array_remove_index (spans, i - 1);
    }
  g_array_sort (spans, compare_spans);
  self->spans = spans;
}

static const char *
tag_of (const MosMarkupSpan *span)
{
  return span->style == MOS_MARKUP_BOLD ? "b" : span->style == MOS_MARKUP_ITALIC ? "i"
                                                                                 : "a";
}

/* @text: (transfer full): it is there whether or not the service leaves marks alone */
static void
put_between (Writer *self,
             char *text)
{
  g_ptr_array_add (self->unit->between, text);
  g_ptr_array_add (self->unit->bare, g_string_free_and_steal (self->bare));
  self->bare = g_string_new (NULL);
}

/* "](" before it, ")" behind it */
static char *
dup_link (Writer *self,
          const MosMarkupSpan *span)
{
  return g_strndup (self->text + span->end + 2, span->outer_end - 1 - (span->end + 2));
}

static void
close_tags (Writer *self,
            gsize at)
{
  while (self->open->len > 0)
    {
      const MosMarkupSpan *span = &g_array_index (self->spans, MosMarkupSpan, g_array_index (self->open, guint, self->open->len - 1));

      if (span->end > at)
        return;
      g_string_append_printf (self->sent, "</%s>", tag_of (span));
      if (span->style == MOS_MARKUP_LINK)
        {
          g_autofree char *link = dup_link (self, span);

          put_between (self, g_strdup_printf (" <%s>", link));
        }
      g_array_set_size (self->open, self->open->len - 1);
    }
}

static void
open_tags (Writer *self,
           gsize at)
{
  while (self->spans != NULL && self->next < self->spans->len && g_array_index (self->spans, MosMarkupSpan, self->next).start <= at)
    {
      const MosMarkupSpan *span = &g_array_index (self->spans, MosMarkupSpan, self->next);

      if (span->style == MOS_MARKUP_LINK)
        {
          g_string_append_printf (self->sent, "<a id=\"%u\">", self->unit->links->len);
          g_ptr_array_add (self->unit->links, dup_link (self, span));
        }
      else
        g_string_append_printf (self->sent, "<%s>", tag_of (span));
      g_array_append_val (self->open, self->next);
      self->next++;
    }
}

static void
keep (Writer *self,
      gsize start,
      gsize end)
{
  Kept kept = { g_strndup (self->text + start, end - start), start > 0 && g_ascii_isspace (self->text[start - 1]), g_ascii_isspace (self->text[end]) };

  g_string_append_printf (self->sent, "<code>%u</code>", self->unit->kept->len);
  g_array_append_val (self->unit->kept, kept);
  put_between (self, g_strdup (kept.text));
}

/* Marks at either end of what is kept are not of it. */
static gboolean
trim_marks (Writer *self,
            int *start,
            int *end)
{
  while (self->marks != NULL && *start < *end && self->marks[*start])
    (*start)++;
  while (self->marks != NULL && *end > *start && self->marks[*end - 1])
    (*end)--;
  for (int i = *start; self->marks != NULL && i < *end; i++)
    if (self->marks[i])
      *end = i;
  return *start < *end;
}

static void
write_plain (Writer *self,
             gsize from,
             gsize to)
{
  for (gsize i = from; i < to; i++)
    {
      close_tags (self, i);
      open_tags (self, i);
      if (self->marks != NULL && self->marks[i])
        continue;
      append_escaped (self->sent, self->text + i, 1);
      g_string_append_c (self->bare, self->text[i]);
    }
}

static void
write_unit (Writer *self)
{
  g_autoptr (GMatchInfo) match = NULL;
  gsize at = 0;

  g_regex_match (kept_regex (), self->text, G_REGEX_MATCH_DEFAULT, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      int start, end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      if ((gsize) start < at || !trim_marks (self, &start, &end))
        continue;
      write_plain (self, at, (gsize) start);
      close_tags (self, (gsize) start);
      open_tags (self, (gsize) start);
      keep (self, (gsize) start, (gsize) end);
      at = (gsize) end;
    }
  write_plain (self, at, self->length);
  close_tags (self, self->length);
  g_ptr_array_add (self->unit->bare, g_string_free_and_steal (self->bare));
  self->unit->sent = g_string_free_and_steal (self->sent);
}

MosTranslateUnit *
mos_translate_unit_new (const char *text,
                        gboolean is_marked)
{
  g_autoptr (MosTranslateUnit) self = g_new0 (MosTranslateUnit, 1);
  Writer writer = { .unit = self, .text = text, .length = strlen (text) };

  self->is_marked = is_marked;
  self->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_array_set_clear_func (self->kept, kept_clear);
  self->links = g_ptr_array_new_with_free_func (g_free);
  self->bare = g_ptr_array_new_with_free_func (g_free);
  self->between = g_ptr_array_new_with_free_func (g_free);
  writer.open = g_array_new (FALSE, FALSE, sizeof (guint));
  writer.sent = g_string_new (NULL);
  writer.bare = g_string_new (NULL);
  if (is_marked)
    scan_marks (&writer);
  write_unit (&writer);
  g_array_unref (writer.open);
  g_clear_pointer (&writer.spans, g_array_unref);
  g_free (writer.marks);
  for (guint i = 0; i < self->bare->len; i++)
    if (has_words (self->bare->pdata[i]))
      return g_steal_pointer (&self);
  return NULL;
}

void
mos_translate_unit_free (MosTranslateUnit *self)
{
  if (self == NULL)
    return;
  g_free (self->sent);
  g_array_unref (self->kept);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->bare);
  g_ptr_array_unref (self->between);
  g_free (self);
}

const char *
mos_translate_unit_get_sent (MosTranslateUnit *self)
{
  return self->sent;
}

/* --- reading it back --- */

typedef struct
{
  MosTranslateUnit *unit;
  GString *out;
  GString *opening;   /* marks that wait for the first letter behind them */
  GPtrArray *stack;   /* (element-type utf8): what closes each */
  GArray *seen;       /* of gboolean: which of the kept parts came */
  gboolean wants_gap; /* the part before had a blank behind it */
} Reader;

static void
reader_clear (Reader *self)
{
  g_string_free (self->out, TRUE);
  g_string_free (self->opening, TRUE);
  g_ptr_array_unref (self->stack);
  g_array_unref (self->seen);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static void
read_text (Reader *self,
           const char *text)
{
  gboolean begins = self->out->len == 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p != ' ' && self->opening->len > 0)
        {
          g_string_append (self->out, self->opening->str);
          g_string_truncate (self->opening, 0);
        }
      if (self->wants_gap && p == text && *p != ' ' && (*p & 0x80 || g_ascii_isalnum (*p)))
        g_string_append_c (self->out, ' ');
      self->wants_gap = FALSE;
      /* It was no mark before: it must not become one. */
      if (self->unit->is_marked && (strchr ("\\*_[]", *p) != NULL || (begins && p == text && (*p == '>' || (*p == '-' && p[1] == ' ')))))
        g_string_append_c (self->out, '\\');
      g_string_append_c (self->out, *p == '\n' || *p == '\r' ? ' ' : *p);
    }
}

static gboolean
read_kept (Reader *self,
           guint index)
{
  const Kept *kept;

  if (index >= self->unit->kept->len || g_array_index (self->seen, gboolean, index))
    return FALSE;
  kept = &g_array_index (self->unit->kept, Kept, index);
  g_array_index (self->seen, gboolean, index) = TRUE;
  if ((kept->blank_before || self->wants_gap) && self->out->len > 0 && self->opening->len == 0 && strchr (" ([\"'*_", self->out->str[self->out->len - 1]) == NULL)
    g_string_append_c (self->out, ' ');
  g_string_append (self->out, self->opening->str);
  g_string_truncate (self->opening, 0);
  g_string_append (self->out, kept->text);
  self->wants_gap = kept->blank_after;
  return TRUE;
}

/* Marks stand at letters: blanks before the closing one go behind it. */
static gboolean
close_mark (Reader *self,
            const char *name)
{
  g_autofree char *mark = NULL;
  gsize blanks = 0;

  if (self->stack->len == 0)
    return FALSE;
  mark = g_ptr_array_steal_index (self->stack, self->stack->len - 1);
  /* What it closes is told by its first letter: "b**", "i_", "a](…)". */
  if (*mark != *name || name[1] != '\0')
    return FALSE;
  if (self->opening->len > 0)
    return FALSE;
  while (blanks < self->out->len && self->out->str[self->out->len - 1 - blanks] == ' ')
    blanks++;
  g_string_insert (self->out, (gssize) (self->out->len - blanks), mark + 1);
  return TRUE;
}

static gboolean
read_tag (Reader *self,
          const char *tag)
{
  guint64 index = 0;

  if (*tag == '/')
    return close_mark (self, tag + 1);
  if (strcmp (tag, "b") == 0)
    {
      g_string_append (self->opening, "**");
      g_ptr_array_add (self->stack, g_strdup ("b**"));
      return TRUE;
    }
  if (strcmp (tag, "i") == 0)
    {
      g_string_append_c (self->opening, '_');
      g_ptr_array_add (self->stack, g_strdup ("i_"));
      return TRUE;
    }
  if (g_str_has_prefix (tag, "a id=\"") && g_str_has_suffix (tag, "\""))
    {
      g_autofree char *number = g_strndup (tag + strlen ("a id=\""), strlen (tag) - strlen ("a id=\"") - 1);

      if (!g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT32, &index, NULL) || index >= self->unit->links->len)
        return FALSE;
      g_string_append_c (self->opening, '[');
      g_ptr_array_add (self->stack, g_strdup_printf ("a](%s)", (char *) self->unit->links->pdata[index]));
      return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer none) (nullable): behind the kept part that begins at @p, with "<code>" */
static const char *
read_code (Reader *self,
           const char *p)
{
  const char *number = p + strlen ("<code>");
  const char *end = strstr (number, "</code>");
  g_autofree char *text = end != NULL ? g_strstrip (g_strndup (number, (gsize) (end - number))) : NULL;
  guint64 index = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &index, NULL) || !read_kept (self, (guint) index))
    return NULL;
  return end + strlen ("</code>");
}

char *
mos_translate_unit_read (MosTranslateUnit *self,
                         const char *answer)
{
  g_auto (Reader) reader = { self, g_string_new (NULL), g_string_new (NULL), g_ptr_array_new_with_free_func (g_free), g_array_new (FALSE, TRUE, sizeof (gboolean)), FALSE };
  const char *p = answer;

  g_array_set_size (reader.seen, self->kept->len);
  while (*p != '\0')
    {
      const char *tag = strchrnul (p, '<');
      g_autofree char *written = g_strndup (p, (gsize) (tag - p));
      g_autofree char *text = mos_entities_decode (written);
      const char *end;

      read_text (&reader, text);
      if (*tag == '\0')
        break;
      if (g_str_has_prefix (tag, "<code>"))
        {
          p = read_code (&reader, tag);
          if (p == NULL)
            return NULL;
          continue;
        }
      end = strchr (tag, '>');
      if (end != NULL)
        {
          g_autofree char *name = g_strndup (tag + 1, (gsize) (end - tag) - 1);

          if (read_tag (&reader, name))
            {
              p = end + 1;
              continue;
            }
        }
      return NULL;
    }
  for (guint i = 0; i < reader.seen->len; i++)
    if (!g_array_index (reader.seen, gboolean, i))
      return NULL;
  if (reader.stack->len > 0)
    return NULL;
  return g_strdup (reader.out->str);
}

/* --- without marks --- */

char **
mos_translate_unit_list_bare (MosTranslateUnit *self)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; i < self->bare->len; i++)
    if (has_words (self->bare->pdata[i]))
      {
        GString *sent = g_string_new (NULL);
        g_autofree char *text = g_strstrip (g_strdup (self->bare->pdata[i]));

        append_escaped (sent, text, strlen (text));
        g_strv_builder_take (list, g_string_free_and_steal (sent));
      }
  return g_strv_builder_end (list);
}

char *
mos_translate_unit_join_bare (MosTranslateUnit *self,
                              const char *const *answers)
{
  g_auto (Reader) reader = { self, g_string_new (NULL), g_string_new (NULL), g_ptr_array_new_with_free_func (g_free), g_array_new (FALSE, TRUE, sizeof (gboolean)), FALSE };
  guint next = 0;

  for (guint i = 0; i < self->bare->len; i++)
    {
      const char *bare = self->bare->pdata[i];
      gsize before = strspn (bare, " \t"), after = 0;

      while (after < strlen (bare) - before && strchr (" \t", bare[strlen (bare) - 1 - after]) != NULL)
        after++;
      if (has_words (bare))
        {
          g_autofree char *text = mos_entities_decode (answers[next++]);

          g_string_append_len (reader.out, bare, (gssize) before);
          read_text (&reader, g_strstrip (text));
          g_string_append (reader.out, bare + strlen (bare) - after);
        }
      else
        read_text (&reader, bare);
      if (i < self->between->len)
        g_string_append (reader.out, self->between->pdata[i]);
    }
  return g_strdup (reader.out->str);
}
