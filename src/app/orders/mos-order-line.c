/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-orders"

#include "config.h"

#include "app/orders/mos-order-line.h"

#include "app/customer/mos-order-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _MosOrderLine
{
  GtkBox parent_instance;

  /* owned by the tree */
  GtkCheckButton *check;
  GtkLabel *title;
  GtkLabel *total;
  GtkLabel *facts;
  GtkLabel *late;

  MosOrderEntry *entry; /* (owned) (nullable) */
  GHashTable *shops;    /* (owned) (nullable) */
  char *summary;        /* (owned) */
  gint64 now_us;
  gboolean is_filling;
};

enum
{
  PROP_SUMMARY = 1,
  N_PROPS,
};
static GParamSpec *props[N_PROPS];

enum
{
  TOGGLED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosOrderLine, mos_order_line, GTK_TYPE_BOX)

/* Paid for, and no parcel is known of: for how many days. */
static guint
late_days (MosOrderLine *self,
           const MosOrder *order)
{
  if ((order->status_kind != MOS_ORDER_PAID && order->status_kind != MOS_ORDER_PROCESSING) || order->shipments->len > 0)
    return 0;
  /* As the filter counts them. */
  return (guint) MAX ((self->now_us - order->created_us) / G_TIME_SPAN_DAY, 0);
}

static void
set_summary (MosOrderLine *self,
             const char *summary)
{
  if (!g_set_str (&self->summary, summary))
    return;
  mos_widget_set_label (GTK_WIDGET (self->check), summary);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SUMMARY]);
}

static char *
dup_title (const MosOrder *order)
{
  const char *who = *order->name != '\0' ? order->name : order->email;
  g_autofree char *number = mos_text_isolate (order->number);
  g_autofree char *name = mos_text_isolate (who);

  if (*who == '\0')
    return g_steal_pointer (&number);
  /* Translators: an order's number, and who ordered. */
  return g_strdup_printf (_ ("%1$s · %2$s"), number, name);
}

static char *
dup_facts (MosOrderLine *self,
           const MosOrder *order)
{
  const char *shop = self->shops != NULL ? g_hash_table_lookup (self->shops, order->shop) : NULL;
  g_autofree char *day = mos_order_day_text (order->created_us, self->now_us, NULL);
  g_autofree char *isolated = mos_text_isolate (day);
  g_autofree char *name = shop != NULL ? mos_text_isolate (shop) : NULL;

  if (name != NULL)
    /* Translators: an order's status, the day it was placed, and its shop. */
    return g_strdup_printf (_ ("%1$s · %2$s · %3$s"), mos_order_status_text (order->status_kind), isolated, name);
  /* Translators: an order's status, and the day it was placed. */
  return g_strdup_printf (_ ("%1$s · %2$s"), mos_order_status_text (order->status_kind), isolated);
}

static void
show_order (MosOrderLine *self)
{
  const MosOrder *order = self->entry != NULL ? mos_order_entry_get_order (self->entry) : NULL;
  g_autofree char *title = order != NULL ? dup_title (order) : g_strdup (" ");
  g_autofree char *facts = order != NULL ? dup_facts (self, order) : g_strdup (" ");
  g_autofree char *total = order != NULL ? mos_order_money_text (order->total, order->currency) : g_strdup ("");
  guint days = order != NULL ? late_days (self, order) : 0;
  g_autofree char *late = days > 0 ? g_strdup_printf (ngettext ("No parcel for %u day", "No parcel for %u days", days), days) : NULL;
  g_autofree char *title_mark = mos_text_in_ui_direction (title);
  g_autofree char *facts_mark = mos_text_in_ui_direction (facts);
  g_autofree char *summary = order != NULL ? g_strjoin (", ", title, facts, total, late, NULL) : g_strdup (C_ ("orders", "Order"));

  gtk_label_set_label (self->title, title_mark);
  gtk_label_set_label (self->facts, facts_mark);
  gtk_label_set_label (self->total, total);
  gtk_label_set_label (self->late, late != NULL ? late : "");
  gtk_widget_set_visible (GTK_WIDGET (self->late), late != NULL);
  if (gtk_check_button_get_active (self->check))
    {
      /* Translators: what a row says of an order that was chosen. */
      g_autofree char *chosen = g_strdup_printf (_ ("%s, chosen"), summary);

      set_summary (self, chosen);
      return;
    }
  set_summary (self, summary);
}

static void
on_toggled_cb (MosOrderLine *self)
{
  show_order (self);
  if (!self->is_filling)
    g_signal_emit (self, signals[TOGGLED], 0);
}

static void
mos_order_line_get_property (GObject *object,
                             guint prop_id,
                             GValue *value,
                             GParamSpec *pspec)
{
  g_value_set_string (value, MOS_ORDER_LINE (object)->summary);
}

static void
mos_order_line_dispose (GObject *object)
{
  MosOrderLine *self = MOS_ORDER_LINE (object);

  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_func (self->entry, show_order, self);
  g_clear_object (&self->entry);
  g_clear_pointer (&self->shops, g_hash_table_unref);
  G_OBJECT_CLASS (mos_order_line_parent_class)->dispose (object);
}

static void
mos_order_line_finalize (GObject *object)
{
  g_free (MOS_ORDER_LINE (object)->summary);
  G_OBJECT_CLASS (mos_order_line_parent_class)->finalize (object);
}

static void
mos_order_line_class_init (MosOrderLineClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = mos_order_line_get_property;
  G_OBJECT_CLASS (klass)->dispose = mos_order_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_order_line_finalize;
  props[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkLabel *
label_new (GtkWidget *box,
           gboolean is_expanding,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (is_expanding)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  adw_wrap_box_append (ADW_WRAP_BOX (box), label);
  return GTK_LABEL (label);
}

/* One at each end; where both do not fit, as in a narrow window and a language with long words, one below the other. */
static GtkWidget *
pair_new (GtkWidget *lines)
{
  GtkWidget *pair = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (pair), 12);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (pair), ADW_JUSTIFY_SPREAD);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (pair), TRUE);
  gtk_box_append (GTK_BOX (lines), pair);
  return pair;
}

static void
mos_order_line_init (MosOrderLine *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *first = pair_new (lines);
  GtkWidget *second = pair_new (lines);

  self->summary = g_strdup ("");
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 6);
  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  /* The keyboard stays on the row, which ticks it. One that is only not focusable stops Tab all the same. */
  gtk_widget_set_can_focus (GTK_WIDGET (self->check), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->check), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->check));
  self->title = label_new (first, TRUE, NULL);
  self->total = label_new (first, FALSE, "numeric");
  self->facts = label_new (second, TRUE, "dimmed");
  self->late = label_new (second, FALSE, "warning");
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->late), "caption");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (self), lines);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
}

MosOrderLine *
mos_order_line_new (void)
{
  return g_object_new (MOS_TYPE_ORDER_LINE, NULL);
}

void
mos_order_line_set_entry (MosOrderLine *self,
                          MosOrderEntry *entry,
                          GHashTable *shops,
                          gint64 now_us)
{
  g_return_if_fail (MOS_IS_ORDER_LINE (self));

  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_func (self->entry, show_order, self);
  g_set_object (&self->entry, entry);
  g_clear_pointer (&self->shops, g_hash_table_unref);
  self->shops = shops != NULL ? g_hash_table_ref (shops) : NULL;
  self->now_us = now_us;
  if (entry == NULL)
    return;
  g_signal_connect_object (entry, "notify::order", G_CALLBACK (show_order), self, G_CONNECT_SWAPPED);
  show_order (self);
}

MosOrderEntry *
mos_order_line_get_entry (MosOrderLine *self)
{
  g_return_val_if_fail (MOS_IS_ORDER_LINE (self), NULL);

  return self->entry;
}

void
mos_order_line_set_choosing (MosOrderLine *self,
                             gboolean is_choosing,
                             gboolean is_chosen)
{
  g_return_if_fail (MOS_IS_ORDER_LINE (self));

  self->is_filling = TRUE;
  gtk_check_button_set_active (self->check, is_chosen);
  self->is_filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->check), is_choosing);
}

gboolean
mos_order_line_is_chosen (MosOrderLine *self)
{
  g_return_val_if_fail (MOS_IS_ORDER_LINE (self), FALSE);

  return gtk_check_button_get_active (self->check);
}
