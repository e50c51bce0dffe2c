/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-orders"

#include "config.h"

#include "app/orders/mos-order-action-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/customer/mos-order-text.h"
#include "app/orders/mos-order-action-form.h"
#include "app/orders/mos-order-action-text.h"
#include "app/shops/mos-shop-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"
#include "core/desk/mos-desk-order-actions.h"
#include "core/desk/mos-shops.h"

#include <glib/gi18n.h>

struct _MosOrderActionDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  GtkWidget *trouble; /* what went wrong */
  GtkWidget *stack;
  GtkWidget *problem;
  GtkWidget *place; /* of the form */
  GtkWidget *spinner;
  GtkWidget *act;
  GtkWidget *cancel;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *form; /* (nullable) */

  /* owned */
  MosDesk *desk;
  MosOrder *order;
  MosShopAccount *shop;
  char *conversation; /* (nullable) */
  char *asked;        /* (nullable): id of what was asked for last */
  GCancellable *cancellable;

  MosOrderActionKind kind;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (MosOrderActionDialog, mos_order_action_dialog, ADW_TYPE_DIALOG)

enum
{
  DONE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- what it shows --- */

static char *
button_text (MosOrderActionDialog *self,
             const MosOrderAction *action)
{
  g_autofree char *amount = NULL;

  switch (self->kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      if (action == NULL)
        return g_strdup (C_ ("order", "Refund"));
      amount = mos_order_money_text (action->amount, action->currency);
      /* Translators: a button; %s is an amount. */
      return g_strdup_printf (_ ("Refund %s"), amount);
    case MOS_ORDER_ACTION_CANCEL:
      return g_strdup (C_ ("order", "Cancel Order"));
    case MOS_ORDER_ACTION_ADDRESS:
      return g_strdup (C_ ("order", "Change"));
    case MOS_ORDER_ACTION_INVOICE:
      return g_strdup (C_ ("order", "Send"));
    case MOS_ORDER_ACTION_RETURN:
      return g_strdup (C_ ("order", "Open Return"));
    case MOS_ORDER_ACTION_NOTE:
    default:
      return g_strdup (C_ ("order", "Add"));
    }
}

static void
update (MosOrderActionDialog *self)
{
  g_autoptr (MosOrderAction) action = self->form != NULL ? mos_order_action_form_make (MOS_ORDER_ACTION_FORM (self->form)) : NULL;
  g_autofree char *label = button_text (self, action);

  gtk_button_set_label (GTK_BUTTON (self->act), label);
  gtk_widget_set_sensitive (self->act, action != NULL && !self->is_busy);
  gtk_widget_set_visible (self->spinner, self->is_busy);
  if (self->form != NULL)
    gtk_widget_set_sensitive (self->form, !self->is_busy);
  /* What was sent is not stopped by closing the window on it; and beside "Cancel Order" nobody knew what "Cancel" does. */
  gtk_button_set_label (GTK_BUTTON (self->cancel), self->is_busy || self->kind == MOS_ORDER_ACTION_CANCEL ? _ ("_Close") : _ ("_Cancel"));
}

static void
set_busy (MosOrderActionDialog *self,
          gboolean is_busy)
{
  self->is_busy = is_busy;
  /* The form cannot have it meanwhile. */
  if (is_busy)
    gtk_widget_grab_focus (self->cancel);
  update (self);
}

static void
tell (MosOrderActionDialog *self,
      const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->trouble), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->trouble, sentence != NULL);
  if (sentence != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->trouble), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_problem (MosOrderActionDialog *self,
              const char *sentence)
{
  adw_status_page_set_description (ADW_STATUS_PAGE (self->problem), sentence);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "problem");
  update (self);
}

/* --- the order as it is now --- */

static void load (MosOrderActionDialog *self);

static void
show_form (MosOrderActionDialog *self,
           MosOrderTerms *terms)
{
  GtkWidget *first;

  self->form = mos_order_action_form_new (terms, self->kind, self->shop->kind);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self->place), self->form);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "form");
  update (self);
  first = mos_order_action_form_get_first (MOS_ORDER_ACTION_FORM (self->form));
  if (first == NULL)
    /* What cannot be taken back is not done by pressing Return once too often. */
    first = self->kind == MOS_ORDER_ACTION_CANCEL ? self->cancel : self->act;
  mos_dialog_lead_to (ADW_DIALOG (self), first);
}

static void
on_terms_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosOrderActionDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosOrderTerms) terms = mos_desk_load_order_terms_finish (MOS_DESK (source), result, &error);
  MosOrderObstacle obstacle;
  const char *why;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->stack == NULL)
    return;
  if (terms == NULL)
    {
      g_autofree char *text = NULL;

      mos_shops_judge (error, &why);
      text = error->domain == MOS_STORE_ERROR || g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE) ? g_strdup (mos_error_text (error).sentence) : mos_shop_text_trouble (self->shop->kind, why, error->message);
      show_problem (self, text);
      return;
    }
  obstacle = mos_order_action_find_obstacle (self->kind, terms->order);
  if (obstacle != MOS_ORDER_OBSTACLE_NONE)
    show_problem (self, mos_order_obstacle_text (obstacle));
  else if ((terms->lacking & MOS_ORDER_ACTION_MASK (self->kind)) != 0)
    show_problem (self, mos_order_write_right_text (self->shop->kind, self->kind));
  else
    show_form (self, terms);
}

static void
load (MosOrderActionDialog *self)
{
  self->form = NULL;
  adw_bin_set_child (ADW_BIN (self->place), NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  update (self);
  mos_desk_load_order_terms_async (self->desk, self->order->id, self->cancellable, on_terms_cb, g_object_ref (self));
}

/* --- doing it --- */

static void
finish (MosOrderActionDialog *self,
        const char *sentence)
{
  g_clear_pointer (&self->asked, g_free);
  self->is_busy = FALSE;
  g_signal_emit (self, signals[DONE], 0, sentence);
  /* It may have been closed meanwhile. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_looked_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosOrderActionDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosOrderAction) action = mos_desk_load_order_action_finish (MOS_DESK (source), result, &error);
  g_autofree char *text = NULL;

  if (self->stack == NULL || (action == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return;
  if (action == NULL)
    {
      /* It goes on all the same, and the next change is looked at again. */
      tell (self, mos_error_text (error).sentence);
      return;
    }
  if (g_strcmp0 (self->asked, action->id) != 0)
    return;
  switch (action->state)
    {
    case MOS_ORDER_ACTION_DONE:
      text = mos_order_action_done_text (action);
      finish (self, text);
      break;
    case MOS_ORDER_ACTION_UNCERTAIN:
      text = mos_order_action_open_text (action);
      finish (self, text);
      break;
    case MOS_ORDER_ACTION_FAILED:
      g_clear_pointer (&self->asked, g_free);
      text = mos_order_action_failure_text (action, self->shop->kind);
      tell (self, text);
      self->is_busy = FALSE;
      /* What was chosen was chosen for another order than there is now. */
      if (g_strcmp0 (action->why, "stale") == 0 || g_strcmp0 (action->why, "too_much") == 0)
        load (self);
      else
        update (self);
      break;
    case MOS_ORDER_ACTION_ASKED:
    case MOS_ORDER_ACTION_RUNNING:
    default:
      break;
    }
}

static void
look (MosOrderActionDialog *self)
{
  if (self->asked != NULL)
    mos_desk_load_order_action_async (self->desk, self->asked, self->cancellable, on_looked_cb, g_object_ref (self));
}

static void
on_store_changed_cb (MosOrderActionDialog *self,
                     MosChangeSet *changes)
{
  if (changes->shops_changed)
    look (self);
}

static void
on_asked_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosOrderActionDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mos_desk_ask_order_action_finish (MOS_DESK (source), result, &error))
    {
      look (self);
      return;
    }
  if (self->stack == NULL)
    return;
  g_clear_pointer (&self->asked, g_free);
  tell (self, g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT) ? mos_order_obstacle_text (MOS_ORDER_OBSTACLE_UNDER_WAY) : mos_error_text (error).sentence);
  set_busy (self, FALSE);
}

static void
on_act_cb (MosOrderActionDialog *self)
{
  g_autoptr (MosOrderAction) action = self->form != NULL && !self->is_busy ? mos_order_action_form_make (MOS_ORDER_ACTION_FORM (self->form)) : NULL;

  if (action == NULL)
    return;
  tell (self, NULL);
  action->conversation = g_strdup (self->conversation);
  g_set_str (&self->asked, action->id);
  set_busy (self, TRUE);
  /* Not with the dialog's own cancellable: it is asked for, whoever watches. */
  mos_desk_ask_order_action_async (self->desk, action, self->shop->id, NULL, on_asked_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_order_action_dialog_dispose (GObject *object)
{
  MosOrderActionDialog *self = MOS_ORDER_ACTION_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->order, mos_order_unref);
  g_clear_pointer (&self->shop, mos_shop_account_unref);
  g_clear_pointer (&self->conversation, g_free);
  g_clear_pointer (&self->asked, g_free);
  g_clear_object (&self->desk);
  self->stack = NULL;
  self->form = NULL;
  G_OBJECT_CLASS (mos_order_action_dialog_parent_class)->dispose (object);
}

static void
mos_order_action_dialog_class_init (MosOrderActionDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_order_action_dialog_dispose;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_loading (void)
{
  GtkWidget *page = adw_status_page_new ();
  g_autoptr (AdwSpinnerPaintable) spinner = ADW_SPINNER_PAINTABLE (adw_spinner_paintable_new (page));

  adw_status_page_set_paintable (ADW_STATUS_PAGE (page), GDK_PAINTABLE (spinner));
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Asking the Shop for the Order…"));
  return page;
}

static GtkWidget *
make_problem (MosOrderActionDialog *self)
{
  GtkWidget *again = gtk_button_new_with_mnemonic (_ ("_Try Again"));
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("It Cannot Be Done Now"));
  gtk_widget_add_css_class (again, "pill");
  gtk_widget_set_halign (again, GTK_ALIGN_CENTER);
  g_signal_connect_object (again, "clicked", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), again);
  return page;
}

/* "Mark Returned" and the button that says the same stand side by side in a narrow window: what is done may take two lines. */
static GtkWidget *
make_title (MosOrderActionDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = gtk_label_new (NULL);
  self->subtitle = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->title), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_justify (GTK_LABEL (self->title), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->title, "title");
  gtk_label_set_ellipsize (GTK_LABEL (self->subtitle), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (self->subtitle, "subtitle");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->subtitle);
  return box;
}

static GtkWidget *
make_header (MosOrderActionDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  gtk_button_set_use_underline (GTK_BUTTON (self->cancel), TRUE);
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (adw_dialog_close), self, G_CONNECT_SWAPPED);
  self->act = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (self->act, "suggested-action");
  g_signal_connect_object (self->act, "clicked", G_CALLBACK (on_act_cb), self, G_CONNECT_SWAPPED);
  self->spinner = adw_spinner_new ();
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), make_title (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->act);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  return header;
}

static void
mos_order_action_dialog_init (MosOrderActionDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();

  self->cancellable = g_cancellable_new ();
  /* No banner: that cuts what it says after three lines, and the end says what to do. */
  self->trouble = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->trouble), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->trouble), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (self->trouble), TRUE);
  g_object_set (self->trouble, "xalign", 0.0f, "margin-start", 18, "margin-end", 18, "margin-top", 6, "margin-bottom", 6, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->trouble, "error");
  self->place = adw_bin_new ();
  self->stack = gtk_stack_new ();
  self->problem = make_problem (self);
  gtk_stack_add_named (GTK_STACK (self->stack), make_loading (), "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->problem, "problem");
  gtk_stack_add_named (GTK_STACK (self->stack), self->place, "form");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->trouble);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->stack);
  adw_dialog_set_child (ADW_DIALOG (self), view);
}

/* --- public --- */

MosOrderActionDialog *
mos_order_action_dialog_new (MosDesk *desk,
                             const MosOrder *order,
                             const MosShopAccount *shop,
                             MosOrderActionKind kind,
                             const char *conversation)
{
  gboolean is_long = kind == MOS_ORDER_ACTION_REFUND || kind == MOS_ORDER_ACTION_ADDRESS || kind == MOS_ORDER_ACTION_RETURN;
  g_autofree char *number = mos_text_isolate (order->number);
  /* Translators: the title of a window: what is done ("Refund"), and the number of an order. */
  g_autofree char *title = g_strdup_printf (_ ("%1$s – %2$s"), mos_order_action_title_text (kind), number);
  MosOrderActionDialog *self = g_object_new (MOS_TYPE_ORDER_ACTION_DIALOG, "title", title, "content-width", 560, "content-height", is_long ? 620 : 360, NULL);

  gtk_label_set_label (GTK_LABEL (self->title), mos_order_action_title_text (kind));
  gtk_label_set_label (GTK_LABEL (self->subtitle), number);
  self->desk = g_object_ref (desk);
  self->order = mos_order_ref ((MosOrder *) order);
  self->shop = mos_shop_account_ref ((MosShopAccount *) shop);
  self->kind = kind;
  self->conversation = g_strdup (conversation);
  if (kind == MOS_ORDER_ACTION_CANCEL)
    {
      gtk_widget_remove_css_class (self->act, "suggested-action");
      gtk_widget_add_css_class (self->act, "destructive-action");
    }
  adw_dialog_set_default_widget (ADW_DIALOG (self), kind == MOS_ORDER_ACTION_ADDRESS || kind == MOS_ORDER_ACTION_INVOICE ? self->act : NULL);
  g_signal_connect_object (mos_desk_get_store (desk), "changed", G_CALLBACK (on_store_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}
