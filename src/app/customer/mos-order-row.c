/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-order-row.h"

#include "app/application/mos-settings.h"
#include "app/customer/mos-order-text.h"
#include "app/customer/mos-pane-rows.h"
#include "app/orders/mos-order-buttons.h"
#include "app/widgets/mos-text-direction.h"
#include "core/base/mos-carrier.h"
#include "core/base/mos-decimal.h"

#include <glib/gi18n.h>

/* In pixels, as large as two lines of text */
#define PICTURE_SIZE 40

struct _MosOrderRow
{
  AdwExpanderRow parent_instance;

  MosOrder *order;           /* (owned) */
  MosJourney *journey;       /* (owned) */
  MosItemPictures *pictures; /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): of pictures on their way */
  gint64 now_us;
  gboolean is_theirs; /* the customer's beside whom it is shown */
  gboolean is_online;
  gboolean is_filled; /* most orders are never opened */
};

G_DEFINE_FINAL_TYPE (MosOrderRow, mos_order_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  LINK,
  LOOK,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static GtkWidget *
add (MosOrderRow *self,
     const char *title,
     const char *subtitle)
{
  GtkWidget *row = mos_pane_row_new (title, subtitle);

  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return row;
}

static void
add_if (MosOrderRow *self,
        const char *title,
        const char *subtitle)
{
  if (subtitle != NULL && *subtitle != '\0')
    add (self, title, subtitle);
}

static GtkWidget *
suffix_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* A page of the web: the row and its button open it. */
static void
add_link (MosOrderRow *self,
          const char *url,
          const char *label)
{
  GtkWidget *row = add (self, label, NULL);
  GtkWidget *button = gtk_link_button_new (url);

  gtk_button_set_icon_name (GTK_BUTTON (button), "adw-external-link-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  mos_widget_set_label (button, label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
}

static void
on_picture_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (GtkWidget) image = user_data;
  g_autoptr (GdkTexture) texture = mos_item_pictures_load_finish (MOS_ITEM_PICTURES (source), result, NULL);

  /* Without one the row says all there is. */
  if (texture == NULL)
    return;
  gtk_image_set_from_paintable (GTK_IMAGE (image), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (image, TRUE);
}

/* The row is there at once; the picture, when it is. */
static void
add_picture (MosOrderRow *self,
             GtkWidget *row,
             const MosOrderItem *item)
{
  GtkWidget *image;

  if (self->pictures == NULL || *item->picture_url == '\0')
    return;
  image = g_object_new (GTK_TYPE_IMAGE, "pixel-size", PICTURE_SIZE, "visible", FALSE, NULL);
  mos_widget_set_label (image, *item->name != '\0' ? item->name : item->sku);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  mos_item_pictures_load_async (self->pictures, item->picture_url, self->is_online && g_settings_get_enum (mos_settings_get (), "remote-images") == 0, self->cancellable, on_picture_cb, g_object_ref (image));
}

static void
fill_items (MosOrderRow *self)
{
  for (guint i = 0; i < self->order->items->len; i++)
    {
      const MosOrderItem *item = g_ptr_array_index (self->order->items, i);
      g_autofree char *facts = mos_order_item_text (item, self->order->currency);
      g_autofree char *total = mos_order_money_text (item->total, self->order->currency);
      GtkWidget *row = add (self, *item->name != '\0' ? item->name : item->sku, facts);

      add_picture (self, row, item);
      if (*item->sku != '\0')
        gtk_widget_set_tooltip_text (row, item->sku);
      if (*total != '\0')
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix_label (total));
    }
}

/* The shop's own page where it names one; else those of whom the number may be. */
static void
fill_shipment (MosOrderRow *self,
               const MosOrderShipment *shipment)
{
  g_autofree char *facts = mos_order_shipment_text (shipment, self->now_us);
  g_autoptr (GPtrArray) carriers = mos_carrier_list (shipment->carrier, shipment->number);
  GtkWidget *row = add (self, *shipment->number != '\0' ? shipment->number : _ ("Parcel"), facts);

  if (*shipment->number != '\0')
    {
      /* Translators: %s is a parcel's number. */
      g_autofree char *label = g_strdup_printf (_ ("Copy parcel number %s"), shipment->number);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), mos_pane_copy_button_new (shipment->number, label));
    }
  if (mos_order_is_web_page (shipment->url))
    {
      add_link (self, shipment->url, _ ("Follow the Parcel"));
      return;
    }
  for (guint i = 0; i < carriers->len; i++)
    {
      const MosCarrier *carrier = g_ptr_array_index (carriers, i);
      /* Translators: the page that shows where a parcel is; %s is a carrier's name. */
      g_autofree char *label = g_strdup_printf (_ ("Follow at %s"), carrier->name);

      add_link (self, carrier->url, label);
    }
}

static void
fill_refunds (MosOrderRow *self)
{
  for (guint i = 0; i < self->order->refunds->len; i++)
    {
      const MosOrderRefund *refund = g_ptr_array_index (self->order->refunds, i);
      g_autofree char *amount = mos_order_money_text (refund->amount, self->order->currency);
      g_autofree char *day = mos_order_day_text (refund->at_us, self->now_us, NULL);
      /* Translators: an amount that was given back. */
      g_autofree char *title = mos_decimal_is_zero (refund->amount) ? g_strdup (_ ("Items came back")) : g_strdup_printf (_ ("Refunded: %s"), amount);
      g_autofree char *facts = *refund->reason != '\0' && *day != '\0' ? g_strconcat (day, " · ", refund->reason, NULL) : g_strdup (*day != '\0' ? day : refund->reason);

      add (self, title, facts);
    }
}

static void
fill_notes (MosOrderRow *self)
{
  add_if (self, _ ("Written with the order"), self->order->note);
  for (guint i = 0; self->order->notes != NULL && i < self->order->notes->len; i++)
    {
      const MosOrderNote *note = g_ptr_array_index (self->order->notes, i);
      g_autofree char *text = mos_order_note_text (note, self->now_us);

      add (self, mos_order_note_title (note), text);
    }
}

static void
fill_ends (MosOrderRow *self)
{
  GtkWidget *row = add (self, _ ("Order number"), self->order->number);
  /* Translators: %s is an order's number. */
  g_autofree char *copy = g_strdup_printf (_ ("Copy order number %s"), self->order->number);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mos_pane_copy_button_new (self->order->number, copy));
  if (mos_order_is_web_page (self->order->admin_url))
    add_link (self, self->order->admin_url, _ ("Open in the Shop"));
}

static void
on_take_cb (MosOrderRow *self)
{
  g_signal_emit (self, signals[LINK], 0, TRUE);
}

static void
on_drop_cb (MosOrderRow *self)
{
  g_signal_emit (self, signals[LINK], 0, FALSE);
}

static void
add_button (MosOrderRow *self,
            const char *title,
            GCallback callback)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "activated", callback, self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

/* What only follows from a number in a text wants a person to say so. */
static void
fill_links (MosOrderRow *self)
{
  if (!self->is_theirs || self->order->proof == MOS_ORDER_PROOF_NUMBER || self->order->proof == MOS_ORDER_PROOF_PHONE)
    add_button (self, _ ("This Order Is _Theirs"), G_CALLBACK (on_take_cb));
  add_button (self, _ ("_Not Theirs"), G_CALLBACK (on_drop_cb));
}

static void
on_expanded_cb (MosOrderRow *self)
{
  GtkWidget *buttons;

  if (self->is_filled || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->is_filled = TRUE;
  fill_items (self);
  add_if (self, _ ("Payment"), self->order->payment);
  add_if (self, _ ("Fulfilment"), self->order->fulfilment);
  for (guint i = 0; i < self->order->shipments->len; i++)
    fill_shipment (self, g_ptr_array_index (self->order->shipments, i));
  fill_refunds (self);
  add_if (self, _ ("Sent to"), self->order->address);
  fill_notes (self);
  fill_ends (self);
  buttons = mos_order_buttons_new (self->order, self->journey);
  if (buttons != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), buttons);
  fill_links (self);
  g_signal_emit (self, signals[LOOK], 0);
}

static void
mos_order_row_dispose (GObject *object)
{
  MosOrderRow *self = MOS_ORDER_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->pictures);
  G_OBJECT_CLASS (mos_order_row_parent_class)->dispose (object);
}

static void
mos_order_row_finalize (GObject *object)
{
  g_clear_object (&MOS_ORDER_ROW (object)->cancellable);
  g_clear_pointer (&MOS_ORDER_ROW (object)->order, mos_order_unref);
  g_clear_pointer (&MOS_ORDER_ROW (object)->journey, mos_journey_unref);
  G_OBJECT_CLASS (mos_order_row_parent_class)->finalize (object);
}

static void
mos_order_row_class_init (MosOrderRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_order_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_order_row_finalize;
  signals[LINK] = g_signal_new ("link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[LOOK] = g_signal_new ("look", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_order_row_init (MosOrderRow *self)
{
  self->cancellable = g_cancellable_new ();
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded_cb), NULL);
}

GtkWidget *
mos_order_row_new (const MosOrder *order,
                   const MosJourney *journey,
                   gboolean is_here)
{
  MosOrderRow *self = g_object_new (MOS_TYPE_ORDER_ROW, "use-markup", FALSE, NULL);
  const MosShopAccount *shop = mos_journey_find_shop (journey, order->shop);
  g_autofree char *number = mos_text_isolate (order->number);
  g_autofree char *summary = mos_order_summary_text (order, journey->now_us);
  g_autofree char *directed = NULL;
  const char *proof = mos_order_proof_text (order, journey->customer->id);
  g_autoptr (GString) facts = g_string_new (summary);

  self->order = mos_order_ref ((MosOrder *) order);
  self->journey = mos_journey_ref ((MosJourney *) journey);
  self->now_us = journey->now_us;
  self->is_theirs = g_strcmp0 (order->customer, journey->customer->id) == 0;
  if (shop != NULL && journey->shops->len > 1)
    g_string_append_printf (facts, "\n%s", shop->name);
  if (is_here)
    g_string_append_printf (facts, "\n%s", proof != NULL ? proof : _ ("In this conversation"));
  else if (proof != NULL)
    g_string_append_printf (facts, "\n%s", proof);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), number);
  directed = mos_pane_direct_lines (facts->str);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), directed);
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (self), 0);
  return GTK_WIDGET (self);
}

void
mos_order_row_set_pictures (MosOrderRow *self,
                            MosItemPictures *pictures,
                            gboolean is_online)
{
  g_return_if_fail (MOS_IS_ORDER_ROW (self));

  g_set_object (&self->pictures, pictures);
  self->is_online = is_online;
}

const MosOrder *
mos_order_row_get_order (MosOrderRow *self)
{
  g_return_val_if_fail (MOS_IS_ORDER_ROW (self), NULL);

  return self->order;
}
