/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-chat-template.h"

#include <stdlib.h>
#include <string.h>

#define OPEN "{{"
#define CLOSE "}}"
/* More can nobody fill in. */
#define MAX_PLACES 50u

static void
mos_chat_template_clear (MosChatTemplate *self)
{
  g_free (self->name);
  g_free (self->title);
  g_free (self->language);
  g_free (self->category);
  g_free (self->header);
  g_free (self->body);
  g_free (self->footer);
  g_strfreev (self->places);
  g_strfreev (self->samples);
  g_free (self->header_place);
}

MOS_DEFINE_VALUE (MosChatTemplate, chat_template)

/* --- places --- */

/* @text: moved on behind the place that is found. @ret_start: (out): where it begins. Returns: (transfer full) (nullable): what it is called */
static char *
next_place (const char **text,
            const char **ret_start)
{
  const char *start, *end;

  while ((start = strstr (*text, OPEN)) != NULL && (end = strstr (start, CLOSE)) != NULL)
    {
      char *name = g_strstrip (g_strndup (start + strlen (OPEN), (gsize) (end - start) - strlen (OPEN)));

      *text = end + strlen (CLOSE);
      *ret_start = start;
      if (*name != '\0' && strpbrk (name, "{}\n") == NULL)
        return name;
      g_free (name);
    }
  return NULL;
}

char **
mos_chat_template_read_places (const char *text)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  const char *start;
  char *name;

  while (places->len < MAX_PLACES && (name = next_place (&text, &start)) != NULL)
    if (g_ptr_array_find_with_equal_func (places, name, g_str_equal, NULL))
      g_free (name);
    else
      g_ptr_array_add (places, name);
  g_ptr_array_add (places, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&places), FALSE);
}

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  return atoi (*(const char *const *) a) - atoi (*(const char *const *) b);
}

static gboolean
is_count (const char *place)
{
  return strspn (place, G_CSET_DIGITS) == strlen (place) && strlen (place) < 4;
}

gboolean
mos_chat_template_fill (MosChatTemplate *self)
{
  g_auto (GStrv) in_header = mos_chat_template_read_places (self->header);
  gboolean is_counted = TRUE;

  g_strfreev (self->places);
  self->places = mos_chat_template_read_places (self->body);
  for (char **place = self->places; *place != NULL; place++)
    is_counted = is_counted && is_count (*place);
  self->is_named = !is_counted;
  g_set_str (&self->header_place, in_header[0]);
  /* In their order, whatever the language does with it; the platform is given a list without gaps. */
  if (is_counted)
    {
      qsort (self->places, g_strv_length (self->places), sizeof (char *), compare_counts);
      for (guint i = 0; self->places[i] != NULL; i++)
        if (atoi (self->places[i]) != (int) i + 1)
          return FALSE;
    }
  return in_header[0] == NULL || in_header[1] == NULL;
}

/* --- how it reads --- */

static void
append_filled (GString *out,
               const char *text,
               const char *const *places,
               const char *const *values)
{
  const char *from = text, *start;
  char *name;

  while ((name = next_place (&text, &start)) != NULL)
    {
      const char *value = NULL;

      for (guint i = 0; places[i] != NULL && values[i] != NULL && value == NULL; i++)
        if (g_str_equal (places[i], name) && *values[i] != '\0')
          value = values[i];
      g_string_append_len (out, from, start - from);
      if (value != NULL)
        g_string_append (out, value);
      else
        g_string_append_len (out, start, text - start);
      from = text;
      g_free (name);
    }
  g_string_append (out, from);
}

char *
mos_chat_template_render (const MosChatTemplate *self,
                          const char *const *values,
                          const char *header_value)
{
  GString *out = g_string_new (NULL);
  const char *header_places[] = { self->header_place, NULL };
  const char *header_values[] = { header_value, NULL };

  append_filled (out, self->header, header_places, header_values);
  if (out->len > 0)
    g_string_append (out, "\n\n");
  append_filled (out, self->body, (const char *const *) self->places, values);
  if (*self->footer != '\0')
    g_string_append_printf (out, "\n\n%s", self->footer);
  return g_string_free_and_steal (out);
}

MosChatPart *
mos_chat_template_make_part (const MosChatTemplate *self,
                             const char *const *values,
                             const char *header_value)
{
  MosChatPart *part = mos_chat_part_new ();

  part->text = mos_chat_template_render (self, values, header_value);
  part->template_name = g_strdup (self->name);
  part->template_language = *self->language != '\0' ? g_strdup (self->language) : NULL;
  part->template_values = g_strdupv ((char **) values);
  if (self->is_named)
    part->template_names = g_strdupv (self->places);
  if (self->header_place != NULL)
    part->template_header = g_strdup (header_value);
  if (self->header_place != NULL && !is_count (self->header_place))
    part->template_header_name = g_strdup (self->header_place);
  return part;
}

/* --- which --- */

gboolean
mos_chat_template_is_language (const MosChatTemplate *self,
                               const char *language)
{
  gsize length = language != NULL ? strcspn (language, "_-") : 0;

  return length == 0 || (g_ascii_strncasecmp (self->language, language, length) == 0 && strcspn (self->language, "_-") == length);
}

static int
compare_templates (gconstpointer a,
                   gconstpointer b,
                   gpointer language)
{
  const MosChatTemplate *one = *(const MosChatTemplate *const *) a;
  const MosChatTemplate *other = *(const MosChatTemplate *const *) b;
  gboolean is_one = mos_chat_template_is_language (one, language), is_other = mos_chat_template_is_language (other, language);
  int order = is_other - is_one;

  if (order == 0)
    order = g_utf8_collate (one->title, other->title);
  return order != 0 ? order : strcmp (one->language, other->language);
}

void
mos_chat_template_sort (GPtrArray *templates,
                        const char *language)
{
  g_ptr_array_sort_with_data (templates, compare_templates, (gpointer) language);
}
