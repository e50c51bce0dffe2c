/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-orders"

#include "config.h"

#include "app/orders/mos-order-list-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/customer/mos-customers-dialog.h"
#include "app/help/mos-help-button.h"
#include "app/orders/mos-order-line.h"
#include "app/orders/mos-orders-bar.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-next-step.h"
#include "app/widgets/mos-toast-show.h"
#include "core/desk/mos-desk-shops.h"
#include "core/desk/mos-order-list.h"

#include <glib/gi18n.h>

#define SHOPS "win.show-setting('add-shop')"

struct _MosOrderListDialog
{
  AdwDialog parent_instance;

  /* template children */
  AdwToastOverlay *toasts;
  AdwWindowTitle *heading;
  GtkToggleButton *choose;
  GtkBox *page;
  GtkStack *stack;
  GtkListView *list;
  AdwStatusPage *empty;
  GtkWidget *next_step;
  GtkActionBar *choice_bar;
  GtkLabel *choice;

  MosOrdersBar *bar; /* owned by the tree */

  MosDesk *desk;             /* (owned) */
  MosOrderList *orders;      /* (owned) */
  GHashTable *shops;         /* (owned) (nullable): names by id, where there are several */
  GHashTable *chosen;        /* (owned) (nullable): ids, while several are being chosen */
  GPtrArray *lines;          /* (owned): the rows there are; owned by the tree */
  GCancellable *cancellable; /* (owned) */
  guint n_shops;
  guint late_days;     /* all that are chosen were without a parcel for so long; 0 = not said of all */
  gboolean has_listed; /* the first answer is here */
};

enum
{
  WRITE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosOrderListDialog, mos_order_list_dialog, ADW_TYPE_DIALOG)

static gint64
now_us (MosOrderListDialog *self)
{
  return mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
}

static AdwToast *
toast_new (const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  return toast;
}

/* --- several at once --- */

static void
tell_choice (MosOrderListDialog *self)
{
  guint n = self->chosen != NULL ? g_hash_table_size (self->chosen) : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n);

  gtk_label_set_label (self->choice, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "orders.write-to-chosen", n > 0);
  if (n > 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
mark_line (MosOrderListDialog *self,
           MosOrderLine *line)
{
  MosOrderEntry *entry = mos_order_line_get_entry (line);

  mos_order_line_set_choosing (line, self->chosen != NULL, self->chosen != NULL && entry != NULL && g_hash_table_contains (self->chosen, mos_order_entry_get_id (entry)));
}

static void
mark_lines (MosOrderListDialog *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    mark_line (self, self->lines->pdata[i]);
}

/* Whether they are late is said of all that are chosen, or of none. */
static void
note_late (MosOrderListDialog *self)
{
  guint days = mos_order_list_get_filter (self->orders)->late_days;

  if (g_hash_table_size (self->chosen) == 0)
    self->late_days = days;
  else
    self->late_days = MIN (self->late_days, days);
}

static void
choose_order (MosOrderListDialog *self,
              const char *id,
              gboolean is_chosen)
{
  if (is_chosen)
    {
      note_late (self);
      g_hash_table_add (self->chosen, g_strdup (id));
    }
  else
    g_hash_table_remove (self->chosen, id);
  tell_choice (self);
}

static void
on_toggled_cb (MosOrderListDialog *self,
               MosOrderLine *line)
{
  MosOrderEntry *entry = mos_order_line_get_entry (line);

  if (self->chosen != NULL && entry != NULL)
    choose_order (self, mos_order_entry_get_id (entry), mos_order_line_is_chosen (line));
}

static void
on_choosing_cb (MosOrderListDialog *self)
{
  gboolean is_choosing = gtk_toggle_button_get_active (self->choose);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_clear_pointer (&self->chosen, g_hash_table_unref);
  if (is_choosing)
    self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* What hides must not take the keyboard along. */
  if (!is_choosing && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->choice_bar)))
    gtk_widget_grab_focus (GTK_WIDGET (self->choose));
  gtk_action_bar_set_revealed (self->choice_bar, is_choosing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "orders.stop-choosing", is_choosing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "orders.choose-all", is_choosing);
  mark_lines (self);
  tell_choice (self);
}

static void
stop_choosing (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  gtk_toggle_button_set_active (MOS_ORDER_LIST_DIALOG (widget)->choose, FALSE);
}

static void
choose_all (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  MosOrderListDialog *self = MOS_ORDER_LIST_DIALOG (widget);
  const char *id;

  if (self->chosen == NULL)
    return;
  note_late (self);
  for (guint i = 0; (id = mos_order_list_get_id (self->orders, i)) != NULL; i++)
    g_hash_table_add (self->chosen, g_strdup (id));
  mark_lines (self);
  tell_choice (self);
}

static void
write_to_chosen (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  MosOrderListDialog *self = MOS_ORDER_LIST_DIALOG (widget);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  g_auto (GVariantBuilder) ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);
  g_autoptr (GVariant) target = NULL;
  GHashTableIter iter;
  gpointer id;

  if (self->chosen == NULL || g_hash_table_size (self->chosen) == 0)
    return;
  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_variant_builder_add (&ids, "s", id);
  target = g_variant_ref_sink (g_variant_new ("(uas)", self->late_days, &ids));
  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action_variant (window, "win.write-to-orders", target);
}

/* --- one of them --- */

static void
on_write_cb (AdwToast *toast,
             MosOrderListDialog *self)
{
  g_autofree char *address = g_strdup (g_object_get_data (G_OBJECT (toast), "address"));

  g_object_ref (self);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[WRITE], 0, address);
  g_object_unref (self);
}

static void
open_order (MosOrderListDialog *self,
            const MosOrder *order)
{
  AdwToast *toast;

  if (order->customer != NULL)
    {
      mos_dialog_present (ADW_DIALOG (mos_customers_dialog_new (self->desk, order->customer)), GTK_WIDGET (self));
      return;
    }
  toast = toast_new (_ ("Whoever ordered this has not written yet"));
  if (*order->email != '\0')
    {
      adw_toast_set_button_label (toast, _ ("_Write"));
      g_object_set_data_full (G_OBJECT (toast), "address", g_strdup (order->email), g_free);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_write_cb), self, G_CONNECT_DEFAULT);
    }
  mos_toast_show (self->toasts, toast);
}

static void
on_activate_cb (MosOrderListDialog *self,
                guint position)
{
  g_autoptr (MosOrderEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->orders), position);

  if (entry == NULL)
    return;
  if (self->chosen != NULL)
    {
      choose_order (self, mos_order_entry_get_id (entry), !g_hash_table_contains (self->chosen, mos_order_entry_get_id (entry)));
      mark_lines (self);
    }
  else if (mos_order_entry_get_order (entry) != NULL)
    open_order (self, mos_order_entry_get_order (entry));
}

/* Space ticks the row that has the keyboard, as Return does. */
static gboolean
on_space_cb (GtkWidget *widget,
             GVariant *args,
             gpointer user_data)
{
  MosOrderListDialog *self = user_data;
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->chosen == NULL || focus == NULL)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < self->lines->len; i++)
    if (gtk_widget_get_parent (self->lines->pdata[i]) == focus)
      {
        MosOrderLine *line = self->lines->pdata[i];
        MosOrderEntry *entry = mos_order_line_get_entry (line);

        if (entry != NULL)
          choose_order (self, mos_order_entry_get_id (entry), !mos_order_line_is_chosen (line));
        mark_line (self, line);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/* --- what is shown --- */

/* @next_step: (nullable): on the button below it, which does @action */
static void
show_empty (MosOrderListDialog *self,
            const char *title,
            const char *description,
            const char *next_step,
            const char *action)
{
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
  mos_next_step_set (self->next_step, next_step, action);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
update (MosOrderListDialog *self)
{
  const GError *error = mos_order_list_get_error (self->orders);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->orders));
  g_autofree char *count = g_strdup_printf (ngettext ("%u order", "%u orders", n), n);

  self->has_listed = self->has_listed || !mos_order_list_get_loading (self->orders);
  if (!self->has_listed)
    return;
  adw_window_title_set_subtitle (self->heading, count);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_empty (self, mos_error_text (error).title, mos_error_text (error).step, NULL, NULL);
  else if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (mos_order_list_get_loading (self->orders))
    return;
  else if (!mos_order_filter_is_empty (mos_order_list_get_filter (self->orders)))
    show_empty (self, _ ("No Orders Found"), _ ("Numbers, names, addresses and phone numbers are searched, within what is chosen above."), _ ("_All Orders"), "orders.show-all");
  else if (self->n_shops > 0)
    show_empty (self, _ ("No Orders Yet"), _ ("The orders of your shops are copied here as they come."), _ ("S_hops"), SHOPS);
  else
    show_empty (self, _ ("No Orders Yet"), _ ("Add a shop in Preferences, or import a file with orders there."), _ ("_Add a Shop…"), SHOPS);
}

static void
on_filter_changed_cb (MosOrderListDialog *self)
{
  g_autoptr (MosOrderFilter) filter = mos_orders_bar_make_filter (self->bar, now_us (self));

  mos_order_list_set_filter (self->orders, filter);
}

/* The entry takes Escape for itself. */
static void
on_stopped_cb (MosOrderListDialog *self)
{
  if (gtk_toggle_button_get_active (self->choose))
    gtk_toggle_button_set_active (self->choose, FALSE);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
on_shops_loaded_cb (GObject *source,
                    GAsyncResult *result,
                    gpointer user_data)
{
  g_autoptr (MosOrderListDialog) self = user_data;
  g_autoptr (GPtrArray) shops = mos_desk_load_shops_finish (MOS_DESK (source), result, NULL);

  if (shops == NULL || self->desk == NULL)
    return;
  self->n_shops = shops->len;
  g_clear_pointer (&self->shops, g_hash_table_unref);
  if (shops->len > 1)
    {
      self->shops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (guint i = 0; i < shops->len; i++)
        {
          const MosShopAccount *shop = shops->pdata[i];

          g_hash_table_insert (self->shops, g_strdup (shop->id), g_strdup (shop->name));
        }
    }
  mos_orders_bar_set_shops (self->bar, shops);
  for (guint i = 0; i < self->lines->len; i++)
    mos_order_line_set_entry (self->lines->pdata[i], mos_order_line_get_entry (self->lines->pdata[i]), self->shops, now_us (self));
  update (self);
}

static void
load_shops (MosOrderListDialog *self)
{
  mos_desk_load_shops_async (self->desk, self->cancellable, on_shops_loaded_cb, g_object_ref (self));
}

/* --- rows --- */

/* @lines: (transfer full): its row is gone. When a list takes its rows down it does not always say so. */
static void
on_line_gone_cb (gpointer lines,
                 GObject *line)
{
  g_ptr_array_remove_fast (lines, line);
  g_ptr_array_unref (lines);
}

static void
on_setup_cb (MosOrderListDialog *self,
             GtkListItem *item)
{
  MosOrderLine *line = mos_order_line_new ();

  gtk_list_item_set_child (item, GTK_WIDGET (line));
  g_object_bind_property (line, "summary", item, "accessible-label", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (line, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->lines, line);
  g_object_weak_ref (G_OBJECT (line), on_line_gone_cb, g_ptr_array_ref (self->lines));
}

static void
on_bind_cb (MosOrderListDialog *self,
            GtkListItem *item)
{
  MosOrderLine *line = MOS_ORDER_LINE (gtk_list_item_get_child (item));

  mos_order_line_set_entry (line, gtk_list_item_get_item (item), self->shops, now_us (self));
  mark_line (self, line);
}

static void
on_unbind_cb (MosOrderListDialog *self,
              GtkListItem *item)
{
  mos_order_line_set_entry (MOS_ORDER_LINE (gtk_list_item_get_child (item)), NULL, NULL, 0);
}

/* --- class --- */

static void
mos_order_list_dialog_dispose (GObject *object)
{
  MosOrderListDialog *self = MOS_ORDER_LIST_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_ORDER_LIST_DIALOG);
  g_clear_object (&self->orders);
  G_OBJECT_CLASS (mos_order_list_dialog_parent_class)->dispose (object);
}

static void
mos_order_list_dialog_finalize (GObject *object)
{
  MosOrderListDialog *self = MOS_ORDER_LIST_DIALOG (object);

  g_clear_pointer (&self->shops, g_hash_table_unref);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  g_ptr_array_unref (self->lines);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (mos_order_list_dialog_parent_class)->finalize (object);
}

/* "orders.show-all" */
static void
show_all (GtkWidget *widget,
          const char *name,
          GVariant *parameter)
{
  mos_orders_bar_clear (MOS_ORDER_LIST_DIALOG (widget)->bar);
}

static void
mos_order_list_dialog_class_init (MosOrderListDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_order_list_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_order_list_dialog_finalize;
  signals[WRITE] = g_signal_new ("write", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "orders.choose-all", NULL, choose_all);
  gtk_widget_class_install_action (widget_class, "orders.write-to-chosen", NULL, write_to_chosen);
  gtk_widget_class_install_action (widget_class, "orders.stop-choosing", NULL, stop_choosing);
  gtk_widget_class_install_action (widget_class, "orders.show-all", NULL, show_all);

  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-order-list-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosOrderListDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, MosOrderListDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MosOrderListDialog, choose);
  gtk_widget_class_bind_template_child (widget_class, MosOrderListDialog, page);
  gtk_widget_class_bind_template_child (widget_class, MosOrderListDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MosOrderListDialog, list);
  gtk_widget_class_bind_template_child (widget_class, MosOrderListDialog, empty);
  gtk_widget_class_bind_template_child (widget_class, MosOrderListDialog, choice_bar);
  gtk_widget_class_bind_template_child (widget_class, MosOrderListDialog, choice);
  gtk_widget_class_bind_template_callback (widget_class, on_choosing_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
add_shortcut (GtkShortcutController *keys,
              guint key,
              GdkModifierType modifiers,
              GtkShortcutAction *action)
{
  gtk_shortcut_controller_add_shortcut (keys, gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers), action));
}

static void
add_keys (MosOrderListDialog *self)
{
  GtkEventController *of_page = gtk_shortcut_controller_new ();
  GtkEventController *of_list = gtk_shortcut_controller_new ();

  add_shortcut (GTK_SHORTCUT_CONTROLLER (of_page), GDK_KEY_Escape, 0, gtk_named_action_new ("orders.stop-choosing"));
  gtk_widget_add_controller (GTK_WIDGET (self->toasts), of_page);
  /* Before the list takes them for its own selection, of which there is none. */
  gtk_event_controller_set_propagation_phase (of_list, GTK_PHASE_CAPTURE);
  add_shortcut (GTK_SHORTCUT_CONTROLLER (of_list), GDK_KEY_a, GDK_CONTROL_MASK, gtk_named_action_new ("orders.choose-all"));
  add_shortcut (GTK_SHORTCUT_CONTROLLER (of_list), GDK_KEY_space, 0, gtk_callback_action_new (on_space_cb, self, NULL));
  gtk_widget_add_controller (GTK_WIDGET (self->list), of_list);
}

static void
mos_order_list_dialog_init (MosOrderListDialog *self)
{
  GtkListItemFactory *factory;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->next_step = mos_next_step_new ();
  adw_status_page_set_child (self->empty, self->next_step);
  self->cancellable = g_cancellable_new ();
  self->lines = g_ptr_array_new ();
  self->bar = mos_orders_bar_new ();
  gtk_box_prepend (self->page, GTK_WIDGET (self->bar));
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  add_keys (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "orders.stop-choosing", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "orders.choose-all", FALSE);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (on_filter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "stopped", G_CALLBACK (on_stopped_cb), self, G_CONNECT_SWAPPED);
  tell_choice (self);
}

MosOrderListDialog *
mos_order_list_dialog_new (MosDesk *desk)
{
  MosOrderListDialog *self = g_object_new (MOS_TYPE_ORDER_LIST_DIALOG, NULL);
  g_autoptr (GtkNoSelection) selection = NULL;

  self->desk = g_object_ref (desk);
  self->orders = mos_order_list_new (desk);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->orders)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->orders, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->orders, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "shops-changed", G_CALLBACK (load_shops), self, G_CONNECT_SWAPPED);
  load_shops (self);
  adw_dialog_set_focus (ADW_DIALOG (self), mos_orders_bar_get_entry (self->bar));
  return self;
}
