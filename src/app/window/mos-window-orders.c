/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/orders/mos-order-action-dialog.h"
#include "app/widgets/mos-dialog.h"
#include "core/desk/mos-desk-order-actions.h"

/* What is done to the orders beside the conversation. */

static void
on_done_cb (MosWindow *self,
            const char *sentence)
{
  AdwToast *toast = adw_toast_new (sentence);

  adw_toast_set_use_markup (toast, FALSE);
  mos_window_add_toast (self, toast);
}

/* The orders were made anew beneath it, and with them the button that opened it. */
static void
on_closed_cb (MosWindow *self,
              AdwDialog *dialog)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->customer != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->customer))))
    mos_customer_pane_focus_order (self->customer, g_object_get_data (G_OBJECT (dialog), "order"));
}

void
mos_window_act_on_order (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  const MosJourney *journey = self->customer != NULL ? mos_customer_pane_get_journey (self->customer) : NULL;
  const MosOrder *order = NULL;
  const MosShopAccount *shop = NULL;
  const char *kind, *id, *conversation;
  MosOrderActionDialog *dialog;

  g_variant_get (parameter, "(&s&s&s)", &kind, &id, &conversation);
  for (guint i = 0; journey != NULL && order == NULL && i < journey->orders->len; i++)
    if (g_strcmp0 (((MosOrder *) g_ptr_array_index (journey->orders, i))->id, id) == 0)
      order = g_ptr_array_index (journey->orders, i);
  shop = order != NULL ? mos_journey_find_shop (journey, order->shop) : NULL;
  if (shop == NULL)
    return;
  dialog = mos_order_action_dialog_new (self->desk, order, shop, mos_order_action_kind_from_nick (kind, MOS_ORDER_ACTION_NOTE), *conversation != '\0' ? conversation : NULL);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (dialog), "order", g_strdup (id), g_free);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (on_closed_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
on_said_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_say_order_action_finish (MOS_DESK (source), result, &error) && self->stack != NULL)
    mos_window_report_error (self, error);
}

void
mos_window_say_of_order (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  gboolean is_done;
  const char *id;

  g_variant_get (parameter, "(&sb)", &id, &is_done);
  if (self->desk != NULL)
    mos_desk_say_order_action_async (self->desk, id, is_done, self->cancellable, on_said_cb, g_object_ref (self));
}
