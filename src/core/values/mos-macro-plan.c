/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-macro-plan.h"

#include "core/base/mos-json.h"
#include "core/values/mos-macro-json.h"

#include <string.h>

static void
mos_macro_plan_clear (MosMacroPlan *self)
{
  g_clear_pointer (&self->uses, g_ptr_array_unref);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_pointer (&self->literals, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMacroPlan, macro_plan)

static void
use_free (gpointer data)
{
  MosMacroUse *use = data;

  g_free (use->macro);
  g_free (use->language);
  g_free (use);
}

static void
action_free (gpointer data)
{
  g_free (((MosMacroAction *) data)->value);
  g_free (data);
}

MosMacroPlan *
mos_macro_plan_make (void)
{
  MosMacroPlan *self = mos_macro_plan_new ();

  self->uses = g_ptr_array_new_with_free_func (use_free);
  self->actions = g_ptr_array_new_with_free_func (action_free);
  self->literals = g_ptr_array_new_with_free_func (g_free);
  return self;
}

MosMacroPlan *
mos_macro_plan_copy (const MosMacroPlan *self)
{
  MosMacroPlan *copy = mos_macro_plan_make ();

  for (guint i = 0; self != NULL && i < self->uses->len; i++)
    {
      const MosMacroUse *use = self->uses->pdata[i];

      mos_macro_plan_add_use (copy, use->macro, use->language);
    }
  for (guint i = 0; self != NULL && i < self->actions->len; i++)
    {
      const MosMacroAction *action = self->actions->pdata[i];

      mos_macro_plan_add_action (copy, action->kind, action->value);
    }
  for (guint i = 0; self != NULL && i < self->literals->len; i++)
    g_ptr_array_add (copy->literals, g_strdup (self->literals->pdata[i]));
  return copy;
}

void
mos_macro_plan_add_use (MosMacroPlan *self,
                        const char *macro,
                        const char *language)
{
  MosMacroUse *use;

  g_return_if_fail (self != NULL && macro != NULL);

  for (guint i = 0; i < self->uses->len; i++)
    if (strcmp (((MosMacroUse *) self->uses->pdata[i])->macro, macro) == 0)
      {
        g_ptr_array_remove_index (self->uses, i);
        break;
      }
  use = g_new0 (MosMacroUse, 1);
  use->macro = g_strdup (macro);
  use->language = g_strdup (language != NULL ? language : "");
  g_ptr_array_add (self->uses, use);
}

/* What of a conversation an action sets: two that set the same cannot both stand. */
static int
slot_of (MosMacroActionKind kind)
{
  switch (kind)
    {
    case MOS_MACRO_SET_STATUS:
    case MOS_MACRO_SNOOZE:
      return 0;
    case MOS_MACRO_SET_PRIORITY:
      return 1;
    case MOS_MACRO_ASSIGN:
      return 2;
    case MOS_MACRO_SET_CATEGORY:
      return 3;
    /* One thing at a time is done to an order. */
    case MOS_MACRO_ORDER:
      return 6;
    case MOS_MACRO_ADD_TAG:
    case MOS_MACRO_REMOVE_TAG:
      return 4;
    case MOS_MACRO_ADD_NOTE:
      return 5;
    default:
      g_return_val_if_reached (0);
    }
}

void
mos_macro_plan_add_action (MosMacroPlan *self,
                           MosMacroActionKind kind,
                           const char *value)
{
  int slot = slot_of (kind);
  MosMacroAction *action;

  g_return_if_fail (self != NULL && value != NULL);

  for (guint i = self->actions->len; i-- > 0;)
    {
      const MosMacroAction *other = self->actions->pdata[i];

      if (slot_of (other->kind) == slot && (slot <= 3 || slot == 6 || strcmp (other->value, value) == 0))
        g_ptr_array_remove_index (self->actions, i);
    }
  action = g_new0 (MosMacroAction, 1);
  action->kind = kind;
  action->value = g_strdup (value);
  g_ptr_array_add (self->actions, action);
}

gboolean
mos_macro_plan_acts_on_orders (const MosMacroPlan *self)
{
  for (guint i = 0; self != NULL && i < self->actions->len; i++)
    if (((MosMacroAction *) self->actions->pdata[i])->kind == MOS_MACRO_ORDER)
      return TRUE;
  return FALSE;
}

void
mos_macro_plan_remove_action (MosMacroPlan *self,
                              guint index)
{
  g_return_if_fail (self != NULL && index < self->actions->len);

  g_ptr_array_remove_index (self->actions, index);
}

/* --- JSON --- */

char *
mos_macro_plan_to_json (const MosMacroPlan *self)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) root = NULL;

  if (self == NULL || (self->uses->len == 0 && self->actions->len == 0))
    return g_strdup ("");
  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "uses");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->uses->len; i++)
    {
      const MosMacroUse *use = self->uses->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "macro", use->macro);
      mos_json_string (builder, "language", use->language);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "actions");
  mos_macro_build_actions (builder, self->actions);
  json_builder_set_member_name (builder, "literals");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->literals->len; i++)
    json_builder_add_string_value (builder, self->literals->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Returns: (nullable) */
static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
get_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

MosMacroPlan *
mos_macro_plan_from_json (const char *json)
{
  g_autoptr (JsonNode) root = json != NULL && *json != '\0' ? json_from_string (json, NULL) : NULL;
  MosMacroPlan *self;
  JsonObject *object;
  JsonArray *array;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  self = mos_macro_plan_make ();
  object = json_node_get_object (root);
  array = get_array (object, "uses");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *use = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *macro = use != NULL ? get_string (json_object_get_member (use, "macro")) : NULL;

      if (macro != NULL)
        mos_macro_plan_add_use (self, macro, get_string (json_object_get_member (use, "language")));
    }
  array = get_array (object, "actions");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      MosMacroActionKind kind;
      const char *value;

      /* What it says is of this one conversation: filled in, and with the order that is meant. */
      if (mos_macro_read_action (json_array_get_element (array, i), &kind, &value))
        mos_macro_plan_add_action (self, kind, value);
    }
  array = get_array (object, "literals");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *literal = get_string (json_array_get_element (array, i));

      if (literal != NULL && *literal != '\0')
        g_ptr_array_add (self->literals, g_strdup (literal));
    }
  return self;
}

/* --- what is still to be filled in --- */

const char *
mos_macro_next_tag (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  for (const char *s = strchr (text, '{'); s != NULL; s = strchr (s + 1, '{'))
    {
      const char *inner = s + 2;

      if (s[1] == '%')
        return s;
      if (s[1] != '{')
        continue;
      while (*inner == ' ' || *inner == '\t')
        inner++;
      if (g_unichar_isalpha (g_utf8_get_char (inner)) || *inner == '"' || *inner == '\'' || g_str_has_prefix (inner, "“"))
        return s;
    }
  return NULL;
}

static gsize
tag_length (const char *tag)
{
  gsize line = strcspn (tag, "\n");
  const char *end = g_strstr_len (tag, (gssize) line, tag[1] == '%' ? "%}" : "}}");

  return end != NULL ? (gsize) (end - tag) + 2 : line;
}

static gboolean
is_literal (const MosMacroPlan *self,
            const char *at)
{
  for (guint i = 0; i < self->literals->len; i++)
    if (g_str_has_prefix (at, self->literals->pdata[i]))
      return TRUE;
  return FALSE;
}

gboolean
mos_macro_plan_find_blank (const MosMacroPlan *self,
                           const char *text,
                           gsize *ret_start,
                           gsize *ret_end)
{
  g_return_val_if_fail (text != NULL, FALSE);

  if (self == NULL || self->uses->len == 0)
    return FALSE;
  for (const char *tag = mos_macro_next_tag (text); tag != NULL; tag = mos_macro_next_tag (tag + 2))
    {
      if (is_literal (self, tag))
        continue;
      *ret_start = (gsize) (tag - text);
      *ret_end = *ret_start + tag_length (tag);
      return TRUE;
    }
  return FALSE;
}
