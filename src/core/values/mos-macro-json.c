/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-macro-json.h"

#include "core/base/mos-json.h"
#include "core/values/mos-macro-order.h"

#include <string.h>

/* More is no macro but a mistake, or malice. */
#define MAX_TEXT (64 * 1024)
#define MAX_NAME 200
#define MAX_TEXTS 100
#define MAX_ACTIONS 50
#define MAX_ATTACHMENTS 50

static gboolean
is_order_value (const char *value)
{
  g_auto (MosMacroOrder) order = { 0 };

  /* What a plan has is of one order alone. */
  return strlen (value) <= MAX_TEXT && *value != '{' && mos_macro_order_read (value, &order);
}

gboolean
mos_macro_is_value (MosMacroActionKind kind,
                    const char *value)
{
  g_return_val_if_fail (value != NULL, FALSE);

  switch (kind)
    {
    case MOS_MACRO_SET_STATUS:
      return strcmp (value, "open") == 0 || strcmp (value, "pending") == 0 || strcmp (value, "closed") == 0;
    case MOS_MACRO_SET_PRIORITY:
      return mos_priority_from_nick (value, MOS_PRIORITY_LOW) == mos_priority_from_nick (value, MOS_PRIORITY_URGENT);
    case MOS_MACRO_ASSIGN:
    case MOS_MACRO_ADD_TAG:
    case MOS_MACRO_REMOVE_TAG:
    case MOS_MACRO_SNOOZE:
    case MOS_MACRO_SET_CATEGORY:
      return *value != '\0' && strlen (value) <= MAX_NAME;
    case MOS_MACRO_ORDER:
      return is_order_value (value);
    case MOS_MACRO_ADD_NOTE:
      return *value != '\0' && strlen (value) <= MAX_TEXT;
    default:
      g_return_val_if_reached (FALSE);
    }
}

const char *
mos_macro_find_excess (const MosMacro *macro)
{
  g_return_val_if_fail (macro != NULL, NULL);

  for (guint i = 0; i < macro->texts->len; i++)
    if (strlen (((const MosMacroText *) macro->texts->pdata[i])->text) > MAX_TEXT)
      return "texts";
  if (macro->texts->len > MAX_TEXTS)
    return "texts";
  if (macro->actions->len > MAX_ACTIONS)
    return "actions";
  return macro->attachments->len > MAX_ATTACHMENTS ? "attachments" : NULL;
}

/* --- writing --- */

void
mos_macro_build_texts (JsonBuilder *builder,
                       GPtrArray *texts)
{
  json_builder_begin_object (builder);
  for (guint i = 0; i < texts->len; i++)
    {
      const MosMacroText *text = g_ptr_array_index (texts, i);

      mos_json_string (builder, text->language, text->text);
    }
  json_builder_end_object (builder);
}

void
mos_macro_build_actions (JsonBuilder *builder,
                         GPtrArray *actions)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < actions->len; i++)
    {
      const MosMacroAction *action = g_ptr_array_index (actions, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, mos_macro_action_kind_to_nick (action->kind), action->value);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
mos_macro_build (JsonBuilder *builder,
                 const MosMacro *macro)
{
  json_builder_begin_object (builder);
  mos_json_string (builder, "name", macro->name);
  mos_json_string (builder, "shortcode", macro->shortcode);
  mos_json_string (builder, "folder", macro->folder);
  mos_json_bool (builder, "for_notes", macro->is_for_notes);
  json_builder_set_member_name (builder, "texts");
  mos_macro_build_texts (builder, macro->texts);
  json_builder_set_member_name (builder, "actions");
  mos_macro_build_actions (builder, macro->actions);
  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < macro->attachments->len; i++)
    {
      const MosAttachment *attachment = g_ptr_array_index (macro->attachments, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "name", attachment->name);
      mos_json_string (builder, "type", attachment->type);
      mos_json_int (builder, "size", (gint64) attachment->size);
      mos_json_string (builder, "sha256", attachment->sha256);
      if (attachment->data != NULL)
        {
          g_autofree char *data = g_base64_encode (g_bytes_get_data (attachment->data, NULL), g_bytes_get_size (attachment->data));

          mos_json_string (builder, "data", data);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* --- reading --- */

static gboolean
is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
fail (char **ret_problem,
      char *problem /* (transfer full) */)
{
  if (ret_problem != NULL)
    *ret_problem = problem;
  else
    g_free (problem);
  return FALSE;
}

/* @ret: (out) (transfer none): "" where it is not there */
static gboolean
read_string (JsonObject *object,
             const char *name,
             gsize max,
             const char **ret,
             char **ret_problem)
{
  JsonNode *node = json_object_get_member (object, name);

  *ret = "";
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!is_string (node))
    return fail (ret_problem, g_strdup (name));
  *ret = json_node_get_string (node);
  return strlen (*ret) <= max || fail (ret_problem, g_strdup (name));
}

gboolean
mos_macro_read_texts (MosMacro *macro,
                      JsonNode *node,
                      char **ret_problem)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node) || json_object_get_size (json_node_get_object (node)) > MAX_TEXTS)
    return fail (ret_problem, g_strdup ("texts"));
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *language = mos_macro_fold_language (name);

      if (*language == '\0' || !is_string (value) || strlen (json_node_get_string (value)) > MAX_TEXT)
        return fail (ret_problem, g_strconcat ("texts.", name, NULL));
      mos_macro_set_text (macro, language, json_node_get_string (value));
    }
  return TRUE;
}

gboolean
mos_macro_read_action (JsonNode *node,
                       MosMacroActionKind *ret_kind,
                       const char **ret_value)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_return_val_if_fail (node != NULL, FALSE);

  if (!JSON_NODE_HOLDS_OBJECT (node) || json_object_get_size (json_node_get_object (node)) != 1)
    return FALSE;
  json_object_iter_init (&iter, json_node_get_object (node));
  json_object_iter_next (&iter, &name, &value);
  *ret_kind = mos_macro_action_kind_from_nick (name, MOS_MACRO_SET_STATUS);
  if (strcmp (mos_macro_action_kind_to_nick (*ret_kind), name) != 0 || !is_string (value))
    return FALSE;
  *ret_value = json_node_get_string (value);
  return TRUE;
}

gboolean
mos_macro_read_actions (MosMacro *macro,
                        JsonNode *node,
                        char **ret_problem)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) > MAX_ACTIONS)
    return fail (ret_problem, g_strdup ("actions"));
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      MosMacroActionKind kind;
      const char *value;

      if (!mos_macro_read_action (json_array_get_element (array, i), &kind, &value) || !mos_macro_is_value (kind, value))
        return fail (ret_problem, g_strdup_printf ("actions[%u]", i));
      mos_macro_add_action (macro, kind, value);
    }
  return TRUE;
}

static MosAttachment *
read_attachment (JsonNode *node)
{
  g_autoptr (MosAttachment) attachment = mos_attachment_new ();
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name, *type, *sha256, *data;

  if (object == NULL || !read_string (object, "name", MAX_NAME, &name, NULL) || !read_string (object, "type", MAX_NAME, &type, NULL) ||
      !read_string (object, "sha256", 64, &sha256, NULL) || !read_string (object, "data", G_MAXSIZE, &data, NULL))
    return NULL;
  if (*name == '\0' || strchr (name, '/') != NULL || (*data == '\0' && strlen (sha256) != 64))
    return NULL;
  attachment->name = g_strdup (name);
  attachment->type = g_ascii_strdown (*type != '\0' ? type : "application/octet-stream", -1);
  attachment->sha256 = *sha256 != '\0' ? g_strdup (sha256) : NULL;
  attachment->size = (guint64) MAX (0, json_object_get_int_member_with_default (object, "size", 0));
  if (*data != '\0')
    {
      gsize len = 0;
      guchar *bytes = g_base64_decode (data, &len);

      attachment->data = g_bytes_new_take (bytes, len);
      attachment->size = len;
      g_clear_pointer (&attachment->sha256, g_free);
    }
  return g_steal_pointer (&attachment);
}

static gboolean
read_attachments (MosMacro *macro,
                  JsonNode *node,
                  char **ret_problem)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) > MAX_ATTACHMENTS)
    return fail (ret_problem, g_strdup ("attachments"));
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      MosAttachment *attachment = read_attachment (json_array_get_element (array, i));

      if (attachment == NULL)
        return fail (ret_problem, g_strdup_printf ("attachments[%u]", i));
      g_ptr_array_add (macro->attachments, attachment);
    }
  return TRUE;
}

MosMacro *
mos_macro_read (JsonNode *node,
                char **ret_problem)
{
  g_autoptr (MosMacro) macro = mos_macro_make ();
  JsonObject *object;
  const char *name, *shortcode, *folder;
  JsonNode *member;

  g_return_val_if_fail (node != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (ret_problem, g_strdup (""));
      return NULL;
    }
  object = json_node_get_object (node);
  if (!read_string (object, "name", MAX_NAME, &name, ret_problem) || !read_string (object, "shortcode", MAX_NAME, &shortcode, ret_problem) ||
      !read_string (object, "folder", MAX_NAME, &folder, ret_problem))
    return NULL;
  g_free (macro->name);
  macro->name = g_strstrip (g_strdup (name));
  g_free (macro->shortcode);
  macro->shortcode = mos_macro_make_shortcode (shortcode);
  g_free (macro->folder);
  macro->folder = mos_macro_fold_folder (folder);
  macro->is_for_notes = json_object_get_boolean_member_with_default (object, "for_notes", FALSE);
  if ((member = json_object_get_member (object, "texts")) != NULL && !mos_macro_read_texts (macro, member, ret_problem))
    return NULL;
  if ((member = json_object_get_member (object, "actions")) != NULL && !mos_macro_read_actions (macro, member, ret_problem))
    return NULL;
  if ((member = json_object_get_member (object, "attachments")) != NULL && !read_attachments (macro, member, ret_problem))
    return NULL;
  if (*macro->name == '\0')
    {
      fail (ret_problem, g_strdup ("name"));
      return NULL;
    }
  if (macro->texts->len == 0 && macro->actions->len == 0)
    {
      fail (ret_problem, g_strdup ("texts"));
      return NULL;
    }
  return g_steal_pointer (&macro);
}
