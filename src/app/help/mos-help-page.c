/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-help"

#include "config.h"

#include "app/help/mos-help-page.h"

#include <glib/gi18n.h>
#include <string.h>

#define FOLDER "/org/mostrador/Mostrador/help/"
#define SUFFIX ".page"

static void
mos_help_block_free (gpointer data)
{
  MosHelpBlock *block = data;

  g_free (block->text);
  g_free (block);
}

void
mos_help_page_free (MosHelpPage *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->description);
  g_free (self->guide);
  g_free (self->sort);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->see_also);
  g_free (self);
}

/* --- reading --- */

typedef struct
{
  MosHelpPage *page;
  GString *text; /* (owned): of the element that is open */
  guint step;
} Reading;

static void
add_block (Reading *reading,
           MosHelpBlockKind kind,
           const char *text,
           guint number)
{
  MosHelpBlock *block = g_new0 (MosHelpBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  block->number = number;
  g_ptr_array_add (reading->page->blocks, block);
}

static const char *
find_attribute (const char **names,
                const char **values,
                const char *name)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return "";
}

static void
start_cb (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Reading *reading = data;
  const char *type = find_attribute (names, values, "type");

  g_string_truncate (reading->text, 0);
  if (g_str_equal (element, "page"))
    g_set_str (&reading->page->id, find_attribute (names, values, "id"));
  else if (g_str_equal (element, "link") && g_str_equal (type, "guide"))
    g_set_str (&reading->page->guide, find_attribute (names, values, "xref"));
  else if (g_str_equal (element, "link"))
    g_ptr_array_add (reading->page->see_also, g_strdup (find_attribute (names, values, "xref")));
  else if (g_str_equal (element, "links"))
    add_block (reading, MOS_HELP_TOPICS, "", 0);
  else if (g_str_equal (element, "steps"))
    reading->step = 0;
}

static void
text_cb (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer data,
         GError **error)
{
  g_string_append_len (((Reading *) data)->text, text, (gssize) length);
}

/* As the translators' tools have it: however the lines are broken. */
static char *
dup_collapsed (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n\t", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_strv_builder_add (builder, *word);
  kept = g_strv_builder_end (builder);
  return g_strjoinv (" ", kept);
}

static void
end_cb (GMarkupParseContext *context,
        const char *element,
        gpointer data,
        GError **error)
{
  Reading *reading = data;
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  const char *parent = stack->next != NULL ? stack->next->data : "";
  g_autofree char *text = dup_collapsed (reading->text->str);

  if (g_str_equal (element, "desc"))
    g_set_str (&reading->page->description, text);
  else if (g_str_equal (element, "title") && g_str_equal (parent, "page"))
    g_set_str (&reading->page->title, text);
  else if (g_str_equal (element, "title") && g_str_equal (parent, "info"))
    g_set_str (&reading->page->sort, text);
  else if (g_str_equal (element, "title"))
    add_block (reading, MOS_HELP_HEADING, text, 0);
  else if (g_str_equal (element, "p") && g_str_equal (parent, "item"))
    add_block (reading, MOS_HELP_STEP, text, ++reading->step);
  else if (g_str_equal (element, "p"))
    add_block (reading, MOS_HELP_PARAGRAPH, text, 0);
  g_string_truncate (reading->text, 0);
}

MosHelpPage *
mos_help_page_load (const char *id,
                    GError **error)
{
  static const GMarkupParser parser = { .start_element = start_cb, .end_element = end_cb, .text = text_cb };
  g_autofree char *path = g_strconcat (FOLDER, id, SUFFIX, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (MosHelpPage) page = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  Reading reading = { 0 };

  if (bytes == NULL)
    return NULL;
  page = g_new0 (MosHelpPage, 1);
  page->blocks = g_ptr_array_new_with_free_func (mos_help_block_free);
  page->see_also = g_ptr_array_new_with_free_func (g_free);
  text = g_string_new (NULL);
  reading.page = page;
  reading.text = text;
  context = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &reading, NULL);
  if (!g_markup_parse_context_parse (context, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error) ||
      !g_markup_parse_context_end_parse (context, error))
    return NULL;
  if (g_strcmp0 (page->id, id) != 0 || page->title == NULL || page->description == NULL)
    {
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "The page “%s” lacks its id, title or description", id);
      return NULL;
    }
  return g_steal_pointer (&page);
}

/* --- which there are --- */

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  const MosHelpPage *one = *(MosHelpPage *const *) a;
  const MosHelpPage *other = *(MosHelpPage *const *) b;

  if ((one->sort != NULL) != (other->sort != NULL))
    return one->sort != NULL ? -1 : 1;
  if (one->sort != NULL && !g_str_equal (one->sort, other->sort))
    return strcmp (one->sort, other->sort);
  return g_utf8_collate (_ (one->title), _ (other->title));
}

GPtrArray *
mos_help_list_topics (const char *guide)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_help_page_free);
  g_auto (GStrv) names = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *id = g_strndup (names[i], strlen (names[i]) - strlen (SUFFIX));
      g_autoptr (GError) error = NULL;
      g_autoptr (MosHelpPage) page = mos_help_page_load (id, &error);

      if (page == NULL)
        g_warning ("%s: %s", names[i], error->message);
      else if (g_strcmp0 (page->guide, guide) == 0)
        g_ptr_array_add (pages, g_steal_pointer (&page));
    }
  g_ptr_array_sort (pages, compare_titles);
  return pages;
}

const char *
mos_help_find_page_of_kind (const char *kind)
{
  /* Where a page is about several; all others are called as their kind is. */
  static const struct
  {
    const char *kind;
    const char *page;
  } shared[] = {
    { "asterisk", "phone" },
    { "fritzbox", "phone" },
    { "twilio-calls", "phone" },
  };
  g_autofree char *path = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    if (g_str_equal (shared[i].kind, kind))
      return shared[i].page;
  path = g_strconcat (FOLDER, kind, SUFFIX, NULL);
  return g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL) ? g_intern_string (kind) : NULL;
}
