/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-macro-order.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-json.h"

#include <string.h>

char *
mos_macro_order_fill (const MosMacroOrder *self,
                      const char *text,
                      const MosOrder *order,
                      MosOrderObstacle obstacle)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *version = order != NULL ? mos_order_dup_version (order) : NULL;
  gboolean is_possible = order != NULL && obstacle == MOS_ORDER_OBSTACLE_NONE;

  json_builder_begin_object (builder);
  mos_json_string (builder, "do", mos_order_action_kind_to_nick (self->kind));
  if (text != NULL)
    mos_json_string (builder, "text", text);
  if (order != NULL)
    mos_json_string (builder, "number", order->number);
  if (is_possible)
    {
      mos_json_string (builder, "order", order->id);
      mos_json_string (builder, "version", version);
    }
  else
    mos_json_string (builder, "obstacle", mos_order_obstacle_to_nick (order != NULL ? obstacle : MOS_ORDER_OBSTACLE_NO_ORDER));
  if (is_possible && self->kind == MOS_ORDER_ACTION_REFUND)
    {
      g_autofree char *left = mos_decimal_subtract (order->total, order->refunded);

      mos_json_string (builder, "amount", left);
      mos_json_string (builder, "currency", order->currency);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

MosOrderAction *
mos_macro_order_make_action (const MosMacroOrder *self,
                             const MosOrder *order)
{
  MosOrderAction *action;

  if (!mos_macro_order_is_filled (self) || strcmp (order->id, self->order) != 0)
    return NULL;
  action = mos_order_action_make (self->kind, order, NULL);
  /* As whoever filled it in saw it: what changed since is refused in the shop. */
  g_set_str (&action->version, self->version);
  g_set_str (&action->text, self->text);
  if (self->kind == MOS_ORDER_ACTION_REFUND)
    {
      g_set_str (&action->amount, self->amount);
      action->with_payment = TRUE;
    }
  /* The answer that goes out with it tells the customer. */
  action->restock = self->kind == MOS_ORDER_ACTION_CANCEL;
  return action;
}
