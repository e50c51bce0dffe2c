/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "core/translate/mos-translate-text.h"

#include "core/base/mos-split.h"
#include "core/base/mos-text.h"
#include "core/mail/mime/mos-markup.h"
#include "core/translate/mos-translate-unit.h"

#include <string.h>

/* A mail program wraps where the next word would pass a margin, which is hardly less than this, and no line is longer than the other. */
#define LEAST_MARGIN 60
#define LONGEST_WRAPPED 100

typedef struct
{
  char *text;             /* as it is now: of a unit its answer, once there is one */
  MosTranslateUnit *unit; /* (nullable): it stays as it is */
} Part;

struct _MosTranslateText
{
  GArray *parts; /* of Part */
  GArray *units; /* of guint: which of them are units */
};

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_free (part->text);
  mos_translate_unit_free (part->unit);
}

static Part *
get_part (MosTranslateText *self,
          guint i)
{
  return &g_array_index (self->parts, Part, g_array_index (self->units, guint, i));
}

/* @text: (transfer full) */
static void
take_part (MosTranslateText *self,
           char *text,
           MosTranslateUnit *unit)
{
  Part part = { text, unit };

  if (unit != NULL)
    g_array_append_val (self->units, self->parts->len);
  g_array_append_val (self->parts, part);
}

/* Blanks at either end are not a service's to keep. */
static void
add_words (MosTranslateText *self,
           const char *text,
           gboolean is_marked,
           gsize max_bytes)
{
  g_auto (GStrv) pieces = mos_split_text (text, MOS_SPLIT_BYTES, MAX (max_bytes, 4));

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      gsize before = strspn (pieces[i], " \t"), length = strlen (pieces[i]), after = 0;
      g_autofree char *words = NULL;
      MosTranslateUnit *unit;

      while (after < length - before && strchr (" \t", pieces[i][length - 1 - after]) != NULL)
        after++;
      words = g_strndup (pieces[i] + before, length - before - after);
      unit = mos_translate_unit_new (words, is_marked);
      if (before > 0)
        take_part (self, g_strndup (pieces[i], before), NULL);
      take_part (self, g_steal_pointer (&words), unit);
      if (after > 0)
        take_part (self, g_strdup (pieces[i] + length - after), NULL);
    }
}

/* Bytes that make a line an item, or indent it */
static gsize
prefix_of (const char *line)
{
  gsize prefix = 0;

  if (mos_markup_line_kind (line, strlen (line), &prefix, NULL) == MOS_MARKUP_LINE_TEXT)
    prefix = strspn (line, " \t");
  return prefix;
}

static gboolean
is_wrapped (const char *line,
            const char *next)
{
  glong length = g_utf8_strlen (line, -1);
  const char *blank = next + strcspn (next, " \t");

  return length <= LONGEST_WRAPPED && *next != '\0' && prefix_of (next) == 0 && length + 1 + g_utf8_strlen (next, blank - next) > LEAST_MARGIN;
}

MosTranslateText *
mos_translate_text_new (const char *text,
                        gboolean is_marked,
                        gsize max_bytes)
{
  MosTranslateText *self = g_new0 (MosTranslateText, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean is_signature = FALSE;

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  self->units = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize prefix = prefix_of (lines[i]);
      g_autoptr (GString) words = NULL;

      if (i > 0)
        take_part (self, g_strdup ("\n"), NULL);
      is_signature |= strcmp (lines[i], "-- ") == 0 || strcmp (lines[i], "--") == 0;
      /* What somebody else wrote, a signature, and where another part begins, stay as they are. */
      if (is_signature || *lines[i] == '>' || mos_text_is_break (lines[i]))
        {
          take_part (self, g_strdup (lines[i]), NULL);
          continue;
        }
      if (prefix > 0)
        take_part (self, g_strndup (lines[i], prefix), NULL);
      words = g_string_new (lines[i] + prefix);
      while (!is_marked && lines[i + 1] != NULL && *lines[i + 1] != '>' && strcmp (lines[i + 1], "-- ") != 0 && !mos_text_is_break (lines[i + 1]) && is_wrapped (lines[i], lines[i + 1]))
        {
          while (words->len > 0 && words->str[words->len - 1] == ' ')
            g_string_truncate (words, words->len - 1);
          i++;
          g_string_append_printf (words, " %s", lines[i]);
        }
      add_words (self, words->str, is_marked, max_bytes);
    }
  return self;
}

void
mos_translate_text_free (MosTranslateText *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->parts);
  g_array_unref (self->units);
  g_free (self);
}

guint
mos_translate_text_get_n (MosTranslateText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->units->len;
}

const char *
mos_translate_text_get_unit (MosTranslateText *self,
                             guint i)
{
  g_return_val_if_fail (self != NULL && i < self->units->len, NULL);

  return mos_translate_unit_get_sent (get_part (self, i)->unit);
}

static void
take_answer (Part *part,
             char *answer)
{
  g_free (part->text);
  part->text = answer;
}

gboolean
mos_translate_text_set_unit (MosTranslateText *self,
                             guint i,
                             const char *answer)
{
  char *text;

  g_return_val_if_fail (self != NULL && i < self->units->len, FALSE);

  text = mos_translate_unit_read (get_part (self, i)->unit, answer);
  if (text == NULL)
    return FALSE;
  take_answer (get_part (self, i), g_strstrip (text));
  return TRUE;
}

char **
mos_translate_text_list_bare (MosTranslateText *self,
                              guint i)
{
  g_return_val_if_fail (self != NULL && i < self->units->len, NULL);

  return mos_translate_unit_list_bare (get_part (self, i)->unit);
}

void
mos_translate_text_set_bare (MosTranslateText *self,
                             guint i,
                             const char *const *answers)
{
  g_return_if_fail (self != NULL && i < self->units->len);

  take_answer (get_part (self, i), mos_translate_unit_join_bare (get_part (self, i)->unit, answers));
}

char *
mos_translate_text_join (MosTranslateText *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->parts->len; i++)
    g_string_append (text, g_array_index (self->parts, Part, i).text);
  return g_string_free_and_steal (text);
}
