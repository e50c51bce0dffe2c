/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-orders"

#include "config.h"

#include "app/orders/mos-order-action-form.h"

#include "app/orders/mos-order-action-text.h"
#include "app/orders/mos-order-lines-form.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>
#include <string.h>

struct _MosOrderActionForm
{
  AdwBin parent_instance;

  MosOrderTerms *terms; /* (owned) */
  MosOrderActionKind kind;

  /* (nullable) owned by the tree: what this kind has */
  GtkWidget *lines;
  GtkWidget *reason;
  GtkWidget *restock;
  GtkWidget *notify;
  GtkWidget *money; /* how it goes back */
  GtkWidget *text;
  GtkWidget *parts[MOS_ADDRESS_N_PARTS];
};

G_DEFINE_FINAL_TYPE (MosOrderActionForm, mos_order_action_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
on_changed_cb (MosOrderActionForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- rows --- */

static GtkWidget *
add_switch (AdwPreferencesGroup *group,
            const char *title,
            gboolean is_on)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), is_on);
  adw_preferences_group_add (group, row);
  return row;
}

static GtkWidget *
add_entry (AdwPreferencesGroup *group,
           const char *title,
           const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_preferences_group_add (group, row);
  return row;
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_page_add (page, group);
  return group;
}

/* In the order of the choices. */
enum
{
  THROUGH_PROVIDER,
  RECORDED_ONLY,
};

static void
add_money (MosOrderActionForm *self,
           AdwPreferencesGroup *group)
{
  const char *const ways[] = { _ ("Through the shop’s payment provider"), _ ("Another way: it is only written down"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (ways);

  self->money = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->money), _ ("The Money Goes Back"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->money), G_LIST_MODEL (list));
  /* Beside the title it would be cut, however wide the dialog is. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->money), TRUE);
  /* It says only what is chosen from now on (libadwaita 1.7). */
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->money), ways[THROUGH_PROVIDER]);
  adw_preferences_group_add (group, self->money);
}

static void
fill_refund (MosOrderActionForm *self,
             AdwPreferencesPage *page,
             MosShopTraits traits)
{
  AdwPreferencesGroup *group = add_group (page);

  self->lines = mos_order_lines_form_new (self->terms, self->kind);
  g_signal_connect_object (self->lines, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, self->lines);
  group = add_group (page);
  if (self->kind == MOS_ORDER_ACTION_REFUND && (traits & MOS_SHOP_CAN_RECORD_ONLY) != 0)
    add_money (self, group);
  self->reason = add_entry (group, _ ("Reason"), "");
  if (self->kind == MOS_ORDER_ACTION_REFUND && (traits & MOS_SHOP_CAN_RESTOCK_REFUND) != 0)
    self->restock = add_switch (group, _ ("The items can be sold again"), FALSE);
  if (self->kind == MOS_ORDER_ACTION_REFUND && (traits & MOS_SHOP_CAN_NOTIFY_REFUND) != 0)
    self->notify = add_switch (group, _ ("Tell the customer"), TRUE);
}

static void
fill_cancel (MosOrderActionForm *self,
             AdwPreferencesPage *page,
             MosShopTraits traits)
{
  AdwPreferencesGroup *group = add_group (page);

  if ((traits & MOS_SHOP_CAN_RESTOCK_CANCEL) == 0)
    {
      if ((traits & MOS_SHOP_CAN_NOTIFY_CANCEL) != 0)
        self->notify = add_switch (group, _ ("Tell the customer"), TRUE);
      adw_preferences_group_set_description (group, _ ("The order is cancelled in the shop, which puts its items back into stock. It cannot be taken back from here. Money that was paid does not go back by itself: refund it."));
      return;
    }
  adw_preferences_group_set_description (group, _ ("The order is cancelled in the shop, and what was paid goes back. It cannot be taken back from here."));
  self->reason = add_entry (group, _ ("Reason, for the shop’s staff"), "");
  self->restock = add_switch (group, _ ("The items can be sold again"), TRUE);
  self->notify = add_switch (group, _ ("Tell the customer"), TRUE);
}

static void
fill_note (MosOrderActionForm *self,
           AdwPreferencesPage *page,
           MosShopTraits traits)
{
  AdwPreferencesGroup *group = add_group (page);
  GtkWidget *window = gtk_scrolled_window_new ();

  self->text = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->text), FALSE);
  g_object_set (self->text, "top-margin", 12, "bottom-margin", 12, "left-margin", 12, "right-margin", 12, NULL);
  mos_widget_set_label (GTK_WIDGET (self->text), C_ ("order", "Note"));
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), self->text);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (window), 120);
  gtk_widget_add_css_class (window, "card");
  gtk_widget_set_overflow (window, GTK_OVERFLOW_HIDDEN);
  adw_preferences_group_add (group, window);
  if ((traits & MOS_SHOP_CAN_NOTE_CUSTOMER) == 0)
    return;
  group = add_group (page);
  self->notify = add_switch (group, _ ("The customer gets it by e-mail"), FALSE);
}

static void
fill_address (MosOrderActionForm *self,
              AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = add_group (page);

  for (int i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    {
      self->parts[i] = add_entry (group, mos_address_part_text ((MosAddressPart) i), self->terms->address[i]);
      adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self->parts[i]), TRUE);
      g_signal_connect_object (self->parts[i], "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
fill_invoice (MosOrderActionForm *self,
              AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = add_group (page);
  g_autofree char *email = mos_text_isolate (self->terms->order->email);
  /* Translators: %s is an e-mail address. */
  g_autofree char *text = g_strdup_printf (_ ("The shop sends the order’s details once more to %s, as its template for invoices has them."), email);

  adw_preferences_group_set_description (group, text);
}

/* --- class --- */

static void
mos_order_action_form_finalize (GObject *object)
{
  g_clear_pointer (&MOS_ORDER_ACTION_FORM (object)->terms, mos_order_terms_unref);
  G_OBJECT_CLASS (mos_order_action_form_parent_class)->finalize (object);
}

static void
mos_order_action_form_class_init (MosOrderActionFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_order_action_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_order_action_form_init (MosOrderActionForm *self)
{
}

/* --- public --- */

GtkWidget *
mos_order_action_form_new (MosOrderTerms *terms,
                           MosOrderActionKind kind,
                           MosShopKind shop)
{
  MosOrderActionForm *self = g_object_new (MOS_TYPE_ORDER_ACTION_FORM, NULL);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  MosShopTraits traits = mos_shop_kind_get_traits (shop);

  self->terms = mos_order_terms_ref (terms);
  self->kind = kind;
  switch (kind)
    {
    case MOS_ORDER_ACTION_REFUND:
    case MOS_ORDER_ACTION_RETURN:
      fill_refund (self, page, traits);
      break;
    case MOS_ORDER_ACTION_CANCEL:
      fill_cancel (self, page, traits);
      break;
    case MOS_ORDER_ACTION_ADDRESS:
      fill_address (self, page);
      break;
    case MOS_ORDER_ACTION_INVOICE:
      fill_invoice (self, page);
      break;
    case MOS_ORDER_ACTION_NOTE:
    default:
      fill_note (self, page, traits);
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (page));
  return GTK_WIDGET (self);
}

static char *
dup_note (MosOrderActionForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static gboolean
fill_parts (MosOrderActionForm *self,
            MosOrderAction *action)
{
  gboolean is_other = FALSE, is_right = TRUE;

  for (int i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    {
      g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->parts[i]))));
      g_autofree char *text = i == MOS_ADDRESS_COUNTRY ? g_ascii_strup (typed, -1) : g_steal_pointer (&typed);
      gboolean is_part = mos_order_terms_is_part_right (self->terms, (MosAddressPart) i, text);

      is_other = is_other || strcmp (text, self->terms->address[i]) != 0;
      is_right = is_right && is_part;
      if (is_part)
        gtk_widget_remove_css_class (self->parts[i], "error");
      else
        gtk_widget_add_css_class (self->parts[i], "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->parts[i]))), GTK_ACCESSIBLE_STATE_INVALID, is_part ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
      g_set_str (&action->address[i], text);
    }
  return is_other && is_right;
}

MosOrderAction *
mos_order_action_form_make (MosOrderActionForm *self)
{
  g_autoptr (MosOrderAction) action = NULL;
  gboolean is_possible = TRUE;

  g_return_val_if_fail (MOS_IS_ORDER_ACTION_FORM (self), NULL);

  action = mos_order_action_make (self->kind, self->terms->order, NULL);
  if (self->lines != NULL)
    is_possible = mos_order_lines_form_fill (MOS_ORDER_LINES_FORM (self->lines), action);
  if (self->reason != NULL)
    {
      g_free (action->reason);
      action->reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
    }
  action->restock = self->restock != NULL && adw_switch_row_get_active (ADW_SWITCH_ROW (self->restock));
  action->notify = self->notify != NULL && adw_switch_row_get_active (ADW_SWITCH_ROW (self->notify));
  action->with_payment = self->kind == MOS_ORDER_ACTION_REFUND && (self->money == NULL || adw_combo_row_get_selected (ADW_COMBO_ROW (self->money)) == THROUGH_PROVIDER);
  if (self->text != NULL)
    {
      g_free (action->text);
      action->text = dup_note (self);
      is_possible = *action->text != '\0';
    }
  if (self->kind == MOS_ORDER_ACTION_ADDRESS)
    is_possible = fill_parts (self, action);
  return is_possible ? g_steal_pointer (&action) : NULL;
}

GtkWidget *
mos_order_action_form_get_first (MosOrderActionForm *self)
{
  g_return_val_if_fail (MOS_IS_ORDER_ACTION_FORM (self), NULL);

  if (self->lines != NULL)
    return self->lines;
  if (self->text != NULL)
    return self->text;
  return self->parts[0] != NULL ? self->parts[0] : self->reason;
}
