/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-content-private.h"

#include "core/base/mos-json-read.h"

/* How deep blocks are looked into, and how much of a text comes of them */
#define MAX_DEPTH 24
#define MAX_RICH (64 * 1024)

/* What is put in behind the unit @end */
typedef struct
{
  gint64 end;
  guint order;
  char *url; /* (owned) */
} Link;

static void
link_free (gpointer data)
{
  Link *link = data;

  g_free (link->url);
  g_free (link);
}

static int
compare_links (gconstpointer a,
               gconstpointer b)
{
  const Link *one = *(const Link *const *) a, *other = *(const Link *const *) b;

  return one->end != other->end ? (one->end < other->end ? -1 : 1) : (one->order < other->order ? -1 : 1);
}

/* The address is what is read already. */
static gboolean
is_said (const char *words,
         const char *url)
{
  g_autofree char *bare = NULL;
  const char *host = strstr (url, "://");

  if (strcmp (words, url) == 0)
    return TRUE;
  bare = g_strdup (host != NULL ? host + 3 : url);
  if (g_str_has_suffix (bare, "/") && !g_str_has_suffix (words, "/"))
    bare[strlen (bare) - 1] = '\0';
  return strcmp (words, bare) == 0;
}

static guint
units (gunichar c)
{
  return c > 0xffff ? 2 : 1;
}

/* The place in @text behind @n units; never within a character */
static const char *
place_of (const char *text,
          gint64 n)
{
  for (; *text != '\0' && n > 0; text = g_utf8_next_char (text))
    n -= units (g_utf8_get_char (text));
  return text;
}

char *
mos_telegram_text (const char *text,
                   JsonArray *entities)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func (link_free);
  g_autoptr (GString) out = g_string_new (NULL);
  gint64 at = 0;
  guint next = 0;

  for (guint i = 0; i < mos_json_read_length (entities); i++)
    {
      JsonObject *entity = mos_json_read_element (entities, i);
      g_autofree char *type = mos_json_read_dup_line (entity, "type");
      g_autofree char *url = mos_json_read_dup_line (entity, "url");
      g_autofree char *words = NULL;
      gint64 offset, length;
      const char *from;
      Link *link;

      if (g_strcmp0 (type, "text_link") != 0 || url == NULL || !mos_json_read_int (entity, "offset", &offset) || !mos_json_read_int (entity, "length", &length) || offset < 0 || length <= 0 ||
          offset > G_MAXINT32 || length > G_MAXINT32)
        continue;
      from = place_of (text, offset);
      words = g_strndup (from, (gsize) (place_of (from, length) - from));
      if (*words == '\0' || is_said (words, url))
        continue;
      link = g_new0 (Link, 1);
      link->end = offset + length;
      link->order = i;
      link->url = g_steal_pointer (&url);
      g_ptr_array_add (links, link);
    }
  g_ptr_array_sort (links, compare_links);

  for (const char *c = text;; c = g_utf8_next_char (c))
    {
      for (; next < links->len && (((Link *) g_ptr_array_index (links, next))->end <= at || *c == '\0'); next++)
        g_string_append_printf (out, " (%s)", ((Link *) g_ptr_array_index (links, next))->url);
      if (*c == '\0')
        break;
      at += units (g_utf8_get_char (c));
      g_string_append_len (out, c, g_utf8_next_char (c) - c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* --- documents of blocks --- */

static void
collect (GString *out,
         JsonNode *node,
         guint depth);

static void
end_line (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
}

static void
collect_array (GString *out,
               JsonArray *array,
               gboolean is_blocks,
               gboolean is_cells,
               guint depth)
{
  for (guint i = 0; i < json_array_get_length (array) && out->len < MAX_RICH; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (is_cells && i > 0)
        g_string_append_c (out, '\t');
      /* A table's rows are arrays of cells. */
      if (is_blocks && JSON_NODE_HOLDS_ARRAY (node))
        collect_array (out, json_node_get_array (node), FALSE, TRUE, depth + 1);
      else
        collect (out, node, depth + 1);
      if (is_blocks)
        end_line (out);
    }
}

static void
collect (GString *out,
         JsonNode *node,
         guint depth)
{
  static const char *const words[] = { "title", "text", "summary", "caption", "credit" };
  static const char *const blocks[] = { "blocks", "items", "cells", "rows" };

  if (depth > MAX_DEPTH || out->len > MAX_RICH || node == NULL)
    return;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *clean = mos_json_read_clean (json_node_get_string (node));

      g_string_append (out, clean);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    collect_array (out, json_node_get_array (node), FALSE, FALSE, depth);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autofree char *url = mos_json_read_dup_line (object, "url");
      gsize before = out->len;

      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        collect (out, json_object_get_member (object, words[i]), depth + 1);
      if (url != NULL && (out->len == before || !is_said (out->str + before, url)))
        g_string_append_printf (out, out->len == before ? "%s" : " (%s)", url);
      for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
        {
          JsonArray *array = mos_json_read_array (object, blocks[i]);

          if (array != NULL)
            {
              end_line (out);
              collect_array (out, array, TRUE, FALSE, depth);
            }
        }
    }
}

char *
mos_telegram_rich_text (JsonObject *rich)
{
  g_autoptr (GString) out = g_string_new (NULL);
  JsonNode *blocks = rich != NULL ? json_object_get_member (rich, "blocks") : NULL;

  if (blocks != NULL && JSON_NODE_HOLDS_ARRAY (blocks))
    collect_array (out, json_node_get_array (blocks), TRUE, FALSE, 0);
  return g_strchomp (g_string_free (g_steal_pointer (&out), FALSE));
}
