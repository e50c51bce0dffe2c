/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-orders"

#include "config.h"

#include "app/orders/mos-orders-bar.h"

#include "app/customer/mos-order-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

#define MAX_DAYS 3650
#define FIRST_LATE_DAYS 7

/* Which status; those of MosOrderStatus follow, in its order. */
enum
{
  STATUS_ANY,
  STATUS_LATE,
  N_STATUS_BEFORE,
};

/* Days of a period; 0 = all. */
static const guint periods[] = { 0, 7, 30, 90, 365 };

struct _MosOrdersBar
{
  AdwBin parent_instance;

  /* owned by the tree */
  GtkSearchEntry *entry;
  GtkDropDown *shop;
  GtkDropDown *status;
  GtkDropDown *period;
  GtkDropDown *sort;
  GtkWidget *days_bar;
  GtkSpinButton *days;

  GPtrArray *shop_ids; /* (owned): as @shop lists them behind "all" */
  gboolean is_filling;
};

enum
{
  CHANGED,
  STOPPED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosOrdersBar, mos_orders_bar, ADW_TYPE_BIN)

static void
on_changed_cb (MosOrdersBar *self)
{
  gtk_widget_set_visible (self->days_bar, gtk_drop_down_get_selected (self->status) == STATUS_LATE);
  if (!self->is_filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_stop_cb (MosOrdersBar *self)
{
  g_signal_emit (self, signals[STOPPED], 0);
}

static void
mos_orders_bar_finalize (GObject *object)
{
  g_ptr_array_unref (MOS_ORDERS_BAR (object)->shop_ids);
  G_OBJECT_CLASS (mos_orders_bar_parent_class)->finalize (object);
}

static void
mos_orders_bar_class_init (MosOrdersBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_orders_bar_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOPPED] = g_signal_new ("stopped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkDropDown *
add_choice (MosOrdersBar *self,
            AdwWrapBox *box,
            const char *const *words,
            const char *name)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (words);

  mos_widget_set_label (choice, name);
  adw_wrap_box_append (box, choice);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_DROP_DOWN (choice);
}

static void
build_choices (MosOrdersBar *self,
               AdwWrapBox *box)
{
  const char *shops[] = { _ ("All Shops"), NULL };
  const char *statuses[] = {
    _ ("Any Status"),
    _ ("Paid, Not Shipped"),
    mos_order_status_text (MOS_ORDER_PENDING),
    mos_order_status_text (MOS_ORDER_PAID),
    mos_order_status_text (MOS_ORDER_PROCESSING),
    mos_order_status_text (MOS_ORDER_SHIPPED),
    mos_order_status_text (MOS_ORDER_DELIVERED),
    mos_order_status_text (MOS_ORDER_CANCELLED),
    mos_order_status_text (MOS_ORDER_REFUNDED),
    NULL,
  };
  const char *times[] = { _ ("Any Time"), _ ("Last 7 Days"), _ ("Last 30 Days"), _ ("Last 90 Days"), _ ("Last Year"), NULL };
  const char *sorts[] = { C_ ("orders", "Newest First"), C_ ("orders", "Oldest First"), NULL };

  G_STATIC_ASSERT (G_N_ELEMENTS (statuses) == N_STATUS_BEFORE + MOS_ORDER_REFUNDED + 2);
  G_STATIC_ASSERT (G_N_ELEMENTS (times) == G_N_ELEMENTS (periods) + 1);
  self->shop = add_choice (self, box, shops, _ ("Which shop"));
  self->status = add_choice (self, box, statuses, _ ("Which status"));
  self->period = add_choice (self, box, times, _ ("When they were placed"));
  self->sort = add_choice (self, box, sorts, _ ("In what order"));
  gtk_widget_set_visible (GTK_WIDGET (self->shop), FALSE);
}

static void
build_days (MosOrdersBar *self)
{
  /* Translators: a number of days follows */
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Days without a parcel:"));

  self->days_bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->days = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, MAX_DAYS, 1));
  gtk_spin_button_set_value (self->days, FIRST_LATE_DAYS);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->days));
  gtk_widget_set_visible (self->days_bar, FALSE);
  gtk_box_append (GTK_BOX (self->days_bar), label);
  gtk_box_append (GTK_BOX (self->days_bar), GTK_WIDGET (self->days));
  g_signal_connect_object (self->days, "value-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
mos_orders_bar_init (MosOrdersBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *choices = adw_wrap_box_new ();

  self->shop_ids = g_ptr_array_new_with_free_func (g_free);
  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_search_entry_set_placeholder_text (self->entry, _ ("Order number, name or address"));
  mos_widget_set_label (GTK_WIDGET (self->entry), _ ("Search orders"));
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (choices), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (choices), 6);
  build_days (self);
  build_choices (self, ADW_WRAP_BOX (choices));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), choices);
  gtk_box_append (GTK_BOX (box), self->days_bar);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (on_stop_cb), self, G_CONNECT_SWAPPED);
}

MosOrdersBar *
mos_orders_bar_new (void)
{
  return g_object_new (MOS_TYPE_ORDERS_BAR, NULL);
}

void
mos_orders_bar_set_shops (MosOrdersBar *self,
                          GPtrArray *shops)
{
  guint was, selected = 0;
  g_autofree char *chosen = NULL;
  g_autoptr (GtkStringList) names = NULL;

  g_return_if_fail (MOS_IS_ORDERS_BAR (self));

  was = gtk_drop_down_get_selected (self->shop);
  chosen = was > 0 && was <= self->shop_ids->len ? g_strdup (self->shop_ids->pdata[was - 1]) : NULL;
  names = gtk_string_list_new ((const char *const[]) { _ ("All Shops"), NULL });
  g_ptr_array_set_size (self->shop_ids, 0);
  for (guint i = 0; i < shops->len; i++)
    {
      const MosShopAccount *shop = shops->pdata[i];

      gtk_string_list_append (names, shop->name);
      g_ptr_array_add (self->shop_ids, g_strdup (shop->id));
      if (g_strcmp0 (chosen, shop->id) == 0)
        selected = i + 1;
    }
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->shop, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->shop, selected);
  self->is_filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->shop), shops->len > 1);
  /* The one that was chosen is gone. */
  if (chosen != NULL && selected == 0)
    on_changed_cb (self);
}

MosOrderFilter *
mos_orders_bar_make_filter (MosOrdersBar *self,
                            gint64 now_us)
{
  MosOrderFilter *filter;
  guint shop, status, days;

  g_return_val_if_fail (MOS_IS_ORDERS_BAR (self), NULL);

  filter = mos_order_filter_new ();
  shop = gtk_drop_down_get_selected (self->shop);
  status = gtk_drop_down_get_selected (self->status);
  days = periods[MIN (gtk_drop_down_get_selected (self->period), G_N_ELEMENTS (periods) - 1)];
  filter->text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  if (shop > 0 && shop <= self->shop_ids->len)
    filter->shop = g_strdup (self->shop_ids->pdata[shop - 1]);
  filter->has_status = status >= N_STATUS_BEFORE;
  if (filter->has_status)
    filter->status = (MosOrderStatus) (status - N_STATUS_BEFORE);
  if (status == STATUS_LATE)
    filter->late_days = (guint) gtk_spin_button_get_value_as_int (self->days);
  if (days > 0)
    filter->from_us = now_us - days * G_TIME_SPAN_DAY;
  filter->is_oldest_first = gtk_drop_down_get_selected (self->sort) == 1;
  return filter;
}

void
mos_orders_bar_clear (MosOrdersBar *self)
{
  g_return_if_fail (MOS_IS_ORDERS_BAR (self));

  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_drop_down_set_selected (self->shop, 0);
  gtk_drop_down_set_selected (self->status, STATUS_ANY);
  gtk_drop_down_set_selected (self->period, 0);
  self->is_filling = FALSE;
  on_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

GtkWidget *
mos_orders_bar_get_entry (MosOrdersBar *self)
{
  g_return_val_if_fail (MOS_IS_ORDERS_BAR (self), NULL);

  return GTK_WIDGET (self->entry);
}
