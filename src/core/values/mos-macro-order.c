/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-macro-order.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define NOTE "note:"

void
mos_macro_order_clear (MosMacroOrder *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->currency, g_free);
}

static gboolean
is_kind (MosOrderActionKind kind)
{
  return kind == MOS_ORDER_ACTION_REFUND || kind == MOS_ORDER_ACTION_CANCEL || kind == MOS_ORDER_ACTION_NOTE || kind == MOS_ORDER_ACTION_INVOICE;
}

static gboolean
read_kind (const char *nick,
           MosOrderActionKind *ret_kind)
{
  /* What is none is either fall-back, and they differ. */
  *ret_kind = mos_order_action_kind_from_nick (nick, MOS_ORDER_ACTION_RETURN);
  return is_kind (*ret_kind);
}

/* As a plan has it: a JSON object */
static gboolean
read_filled (const char *value,
             MosMacroOrder *ret)
{
  g_autoptr (JsonNode) node = json_from_string (value, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const struct
  {
    const char *name;
    char **place;
  } members[] = { { "text", &ret->text }, { "order", &ret->order }, { "number", &ret->number }, { "version", &ret->version }, { "amount", &ret->amount }, { "currency", &ret->currency } };

  if (object == NULL || !read_kind (json_object_get_string_member_with_default (object, "do", ""), &ret->kind))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_set_str (members[i].place, json_object_get_string_member_with_default (object, members[i].name, ""));
  ret->obstacle = mos_order_obstacle_from_nick (json_object_get_string_member_with_default (object, "obstacle", "none"), MOS_ORDER_OBSTACLE_LACKING);
  return TRUE;
}

gboolean
mos_macro_order_read (const char *value,
                      MosMacroOrder *ret)
{
  *ret = (MosMacroOrder) { MOS_ORDER_ACTION_NOTE, g_strdup (""), g_strdup (""), g_strdup (""), g_strdup (""), g_strdup (""), g_strdup (""), MOS_ORDER_OBSTACLE_NONE };
  if (*value == '{')
    return read_filled (value, ret);
  if (g_str_has_prefix (value, NOTE))
    {
      g_free (ret->text);
      ret->text = g_strstrip (g_strdup (value + strlen (NOTE)));
      return *ret->text != '\0';
    }
  return read_kind (value, &ret->kind) && ret->kind != MOS_ORDER_ACTION_NOTE;
}

gboolean
mos_macro_order_is_filled (const MosMacroOrder *self)
{
  return *self->order != '\0' && self->obstacle == MOS_ORDER_OBSTACLE_NONE;
}
