/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-orders"

#include "config.h"

#include "app/orders/mos-order-buttons.h"

#include "app/orders/mos-order-action-text.h"
#include "app/widgets/mos-text-direction.h"
#include "core/shops/mos-shop.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
add_action (GtkWidget *box,
            const MosOrder *order,
            const char *conversation,
            MosOrderActionKind kind,
            MosOrderObstacle of_all)
{
  MosOrderObstacle obstacle = of_all != MOS_ORDER_OBSTACLE_NONE ? of_all : mos_order_action_find_obstacle (kind, order);
  const char *text = mos_order_action_menu_text (kind);
  const char *why = mos_order_obstacle_text (obstacle);
  /* Translators: what a screen reader says of a button: what it does ("Refund…"), and the number of an order. */
  g_autofree char *name = g_strdup_printf (_ ("%1$s order %2$s"), text, order->number);
  GtkWidget *button = gtk_button_new_with_label (text);

  mos_widget_set_label (button, name);
  if (obstacle == MOS_ORDER_OBSTACLE_NONE)
    {
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new ("(sss)", mos_order_action_kind_to_nick (kind), order->id, conversation != NULL ? conversation : ""));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.order-action");
    }
  else
    {
      gtk_widget_set_sensitive (button, FALSE);
      gtk_widget_set_tooltip_text (button, why);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why, -1);
    }
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

static void
add_answer (GtkWidget *box,
            const MosOrderAction *action,
            const char *label,
            gboolean is_done)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new ("(sb)", action->id, is_done));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.order-said");
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

static GtkWidget *
wrap_new (void)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  /* In a narrow pane each has a line of its own. */
  adw_wrap_box_set_justify (ADW_WRAP_BOX (box), ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (box), TRUE);
  return box;
}

static void
fill_open (GtkWidget *column,
           const MosOrderAction *action)
{
  g_autofree char *text = mos_order_action_open_text (action);
  GtkWidget *box;

  gtk_box_append (GTK_BOX (column), label_new (text));
  if (action->state != MOS_ORDER_ACTION_UNCERTAIN || g_strcmp0 (action->why, "unclear") != 0)
    return;
  box = wrap_new ();
  add_answer (box, action, _ ("It Was Done"), TRUE);
  add_answer (box, action, _ ("It Was Not Done"), FALSE);
  gtk_box_append (GTK_BOX (column), box);
}

GtkWidget *
mos_order_buttons_new (const MosOrder *order,
                       const MosJourney *journey)
{
  const MosShopAccount *shop = mos_journey_find_shop (journey, order->shop);
  const MosOrderAction *open = mos_journey_find_action (journey, order->id);
  gboolean is_sample = shop != NULL && mos_shop_account_is_sample (shop);
  guint kinds = shop != NULL ? mos_shop_kind_get_actions (is_sample ? MOS_SHOP_WOOCOMMERCE : shop->kind) : 0;
  MosOrderObstacle of_all = open != NULL ? MOS_ORDER_OBSTACLE_UNDER_WAY : mos_order_shop_find_obstacle (shop, journey->now_us);
  const char *lacking;
  GtkWidget *row, *column, *box;

  if (kinds == 0)
    return NULL;
  row = adw_preferences_row_new ();
  column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  box = wrap_new ();
  g_object_set (column, "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("What can be done"));
  mos_widget_set_label (row, _ ("What can be done"));
  for (int i = 0; i < MOS_ORDER_ACTION_N_KINDS; i++)
    if ((kinds & MOS_ORDER_ACTION_MASK (i)) != 0)
      add_action (box, order, journey->conversation, (MosOrderActionKind) i, of_all);
  gtk_box_append (GTK_BOX (column), box);
  lacking = mos_order_lacking_text (shop->kind);
  if (lacking != NULL)
    gtk_box_append (GTK_BOX (column), label_new (lacking));
  if (open != NULL)
    fill_open (column, open);
  else if (of_all != MOS_ORDER_OBSTACLE_NONE)
    gtk_box_append (GTK_BOX (column), label_new (mos_order_obstacle_text (of_all)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), column);
  return row;
}
