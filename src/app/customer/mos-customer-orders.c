/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-orders.h"

#include "app/customer/mos-order-row.h"
#include "app/customer/mos-order-text.h"
#include "app/customer/mos-pane-rows.h"

#include <glib/gi18n.h>

/* So many are shown at first. */
#define FIRST_ORDERS 5

struct _MosCustomerOrders
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;           /* borrowed widgets */
  MosJourney *journey;       /* (owned) (nullable) */
  MosItemPictures *pictures; /* (owned) (nullable) */
  gboolean is_online;
  gboolean shows_all;
};

G_DEFINE_FINAL_TYPE (MosCustomerOrders, mos_customer_orders, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  LINK,
  LOOK,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
add (MosCustomerOrders *self,
     GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/* --- What is here already --- */

/* They come and go without the order becoming another. */
static gboolean
are_same_notes (GPtrArray *a,
                GPtrArray *b)
{
  guint n = a != NULL ? a->len : 0;

  if (n != (b != NULL ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const MosOrderNote *of_a = g_ptr_array_index (a, i), *of_b = g_ptr_array_index (b, i);

      if (of_a->at_us != of_b->at_us || of_a->is_for_customer != of_b->is_for_customer || g_strcmp0 (of_a->text, of_b->text) != 0 || g_strcmp0 (of_a->author, of_b->author) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_same_order (const MosOrder *a,
               const MosOrder *b)
{
  return g_strcmp0 (a->id, b->id) == 0 && a->modified_us == b->modified_us && a->seen_us == b->seen_us && g_strcmp0 (a->customer, b->customer) == 0 && a->proof == b->proof && are_same_notes (a->notes, b->notes);
}

/* What can be done to it follows from how its shop stands, and from what is being done to it. */
static gboolean
can_do_the_same (const MosJourney *a,
                 const MosJourney *b,
                 const MosOrder *order)
{
  const MosOrderAction *of_a = mos_journey_find_action (a, order->id), *of_b = mos_journey_find_action (b, order->id);

  if (mos_order_shop_find_obstacle (mos_journey_find_shop (a, order->shop), a->now_us) != mos_order_shop_find_obstacle (mos_journey_find_shop (b, order->shop), b->now_us) || (of_a == NULL) != (of_b == NULL))
    return FALSE;
  return of_a == NULL || (of_a->state == of_b->state && g_strcmp0 (of_a->id, of_b->id) == 0 && g_strcmp0 (of_a->why, of_b->why) == 0);
}

/* Rows that say the same are left alone: somebody may read in them, or have the keyboard there. What is done by one is written into its conversation. */
static gboolean
is_same (const MosJourney *a,
         const MosJourney *b)
{
  if (a == NULL || b == NULL || g_strcmp0 (a->customer->id, b->customer->id) != 0 || g_strcmp0 (a->conversation, b->conversation) != 0 || a->orders->len != b->orders->len || a->n_here != b->n_here || a->shops->len != b->shops->len)
    return FALSE;
  for (guint i = 0; i < a->orders->len; i++)
    if (!is_same_order (g_ptr_array_index (a->orders, i), g_ptr_array_index (b->orders, i)) || !can_do_the_same (a, b, g_ptr_array_index (a->orders, i)))
      return FALSE;
  return TRUE;
}

static GHashTable *
list_open (MosCustomerOrders *self)
{
  GHashTable *open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (MOS_IS_ORDER_ROW (self->rows->pdata[i]) && adw_expander_row_get_expanded (self->rows->pdata[i]))
      g_hash_table_add (open, g_strdup (mos_order_row_get_order (self->rows->pdata[i])->id));
  return open;
}

/* --- Rows --- */

static void rebuild (MosCustomerOrders *self);

static void
on_show_all_cb (MosCustomerOrders *self)
{
  self->shows_all = TRUE;
  rebuild (self);
  if (self->rows->len > 0)
    gtk_widget_grab_focus (self->rows->pdata[MIN (self->rows->len - 1, FIRST_ORDERS)]);
}

static void
add_totals (MosCustomerOrders *self)
{
  for (guint i = 0; i < self->journey->totals->len; i++)
    {
      g_autofree char *text = mos_order_totals_text (g_ptr_array_index (self->journey->totals, i));

      add (self, mos_pane_row_new (i == 0 ? _ ("Bought so far") : _ ("And in another currency"), text));
    }
}

static void
add_more (MosCustomerOrders *self)
{
  GtkWidget *row;

  if (!self->shows_all && self->journey->orders->len > FIRST_ORDERS)
    {
      guint hidden = self->journey->orders->len - FIRST_ORDERS;
      g_autofree char *title = g_strdup_printf (ngettext ("Show %u more order", "Show %u more orders", hidden), hidden);

      row = mos_pane_row_new (title, NULL);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_show_all_cb), self, G_CONNECT_SWAPPED);
      add (self, row);
    }
  else if (self->journey->has_more_orders)
    add (self, mos_pane_row_new (_ ("Older orders are in the shop"), NULL));
}

static void
on_link_cb (MosCustomerOrders *self,
            gboolean is_theirs,
            MosOrderRow *row)
{
  g_signal_emit (self, signals[LINK], 0, mos_order_row_get_order (row)->id, self->journey->customer->id, self->journey->conversation, is_theirs);
}

static void
on_look_cb (MosCustomerOrders *self,
            MosOrderRow *row)
{
  g_signal_emit (self, signals[LOOK], 0, mos_order_row_get_order (row));
}

/* Returns: (transfer full) (nullable): the order in whose row @focus is */
static char *
dup_order_at (GtkWidget *focus)
{
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, MOS_TYPE_ORDER_ROW) : NULL;

  return row != NULL ? g_strdup (mos_order_row_get_order (MOS_ORDER_ROW (row))->id) : NULL;
}

static void
rebuild (MosCustomerOrders *self)
{
  g_autoptr (GHashTable) open = list_open (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  g_autofree char *at = had_focus ? dup_order_at (focus) : NULL;
  GtkWidget *again = NULL;

  mos_pane_group_clear (ADW_PREFERENCES_GROUP (self), self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self), self->journey != NULL && (self->journey->shops->len > 0 || self->journey->orders->len > 0));
  if (self->journey == NULL)
    return;
  add_totals (self);
  for (guint i = 0; i < self->journey->orders->len && (self->shows_all || i < FIRST_ORDERS); i++)
    {
      const MosOrder *order = g_ptr_array_index (self->journey->orders, i);
      GtkWidget *row = mos_order_row_new (order, self->journey, i < self->journey->n_here);

      g_signal_connect_object (row, "link", G_CALLBACK (on_link_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "look", G_CALLBACK (on_look_cb), self, G_CONNECT_SWAPPED);
      mos_order_row_set_pictures (MOS_ORDER_ROW (row), self->pictures, self->is_online);
      add (self, row);
      if (g_hash_table_contains (open, order->id))
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
      if (g_strcmp0 (order->id, at) == 0)
        again = row;
    }
  if (self->journey->orders->len == 0)
    add (self, mos_pane_row_new (_ ("No orders"), _ ("Nothing was ordered with an address or number of this customer.")));
  add_more (self);
  /* The row that had the keyboard is gone, or there anew. */
  if (again != NULL)
    gtk_widget_child_focus (again, GTK_DIR_TAB_FORWARD);
  else if (had_focus && self->rows->len > 0)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* --- Class --- */

static void
mos_customer_orders_dispose (GObject *object)
{
  MosCustomerOrders *self = MOS_CUSTOMER_ORDERS (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->journey, mos_journey_unref);
  g_clear_object (&self->pictures);
  G_OBJECT_CLASS (mos_customer_orders_parent_class)->dispose (object);
}

static void
mos_customer_orders_finalize (GObject *object)
{
  g_clear_pointer (&MOS_CUSTOMER_ORDERS (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_customer_orders_parent_class)->finalize (object);
}

static void
mos_customer_orders_class_init (MosCustomerOrdersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_customer_orders_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_customer_orders_finalize;
  signals[LINK] = g_signal_new ("link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[LOOK] = g_signal_new ("look", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
mos_customer_orders_init (MosCustomerOrders *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Orders"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* --- Public --- */

void
mos_customer_orders_set_pictures (MosCustomerOrders *self,
                                  MosItemPictures *pictures,
                                  gboolean is_online)
{
  g_return_if_fail (MOS_IS_CUSTOMER_ORDERS (self));

  g_set_object (&self->pictures, pictures);
  self->is_online = is_online;
}

void
mos_customer_orders_set_journey (MosCustomerOrders *self,
                                 const MosJourney *journey)
{
  g_autofree char *age = journey != NULL ? mos_order_age_text (journey) : NULL;
  gboolean same;

  g_return_if_fail (MOS_IS_CUSTOMER_ORDERS (self));

  same = is_same (self->journey, journey);
  if (journey == NULL || self->journey == NULL || g_strcmp0 (self->journey->customer->id, journey->customer->id) != 0)
    self->shows_all = FALSE;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), age);
  g_clear_pointer (&self->journey, mos_journey_unref);
  self->journey = journey != NULL ? mos_journey_ref ((MosJourney *) journey) : NULL;
  if (!same)
    rebuild (self);
}

gboolean
mos_customer_orders_open (MosCustomerOrders *self,
                          const char *order)
{
  g_return_val_if_fail (MOS_IS_CUSTOMER_ORDERS (self), FALSE);

  self->shows_all = TRUE;
  rebuild (self);
  for (guint i = 0; i < self->rows->len; i++)
    if (MOS_IS_ORDER_ROW (self->rows->pdata[i]) && g_strcmp0 (mos_order_row_get_order (self->rows->pdata[i])->id, order) == 0)
      {
        adw_expander_row_set_expanded (self->rows->pdata[i], TRUE);
        return gtk_widget_grab_focus (self->rows->pdata[i]);
      }
  return FALSE;
}
