/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-orders"

#include "config.h"

#include "app/orders/mos-order-lines-form.h"

#include "app/customer/mos-order-text.h"
#include "app/widgets/mos-text-direction.h"
#include "core/base/mos-decimal.h"

#include <glib/gi18n.h>
#include <locale.h>

struct _MosOrderLinesForm
{
  AdwBin parent_instance;

  MosOrderTerms *terms; /* (owned) */
  MosOrderActionKind kind;
  GPtrArray *rows;        /* of borrowed rows, one a line of the terms; %NULL = nothing is left of it */
  GtkWidget *other;       /* (nullable) owned by the tree: another amount instead */
  GtkWidget *amount;      /* (nullable) owned by the tree */
  GtkWidget *sum;         /* (nullable) owned by the tree */
  GtkWidget *sum_caption; /* (nullable) owned by the tree */
};

G_DEFINE_FINAL_TYPE (MosOrderLinesForm, mos_order_lines_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gboolean
is_refund (MosOrderLinesForm *self)
{
  return self->kind == MOS_ORDER_ACTION_REFUND;
}

static gboolean
is_other_amount (MosOrderLinesForm *self)
{
  return self->other != NULL && adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self->other));
}

/* How many of the @i-th line: for what is not counted 1 is all of it. */
static guint
get_quantity (MosOrderLinesForm *self,
              guint i)
{
  gpointer row = self->rows->pdata[i];

  if (row == NULL)
    return 0;
  if (!ADW_IS_SWITCH_ROW (row))
    return (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (adw_action_row_get_activatable_widget (row)));
  return adw_switch_row_get_active (row) ? 1 : 0;
}

static char *
sum_lines (MosOrderLinesForm *self)
{
  char *sum = g_strdup ("0");

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autofree char *share = mos_order_terms_share (self->terms, g_ptr_array_index (mos_order_terms_get_lines (self->terms, self->kind), i), get_quantity (self, i));
      char *more = mos_decimal_add (sum, share);

      g_free (sum);
      sum = more;
    }
  return sum;
}

/* Returns: (transfer full) (nullable): %NULL for what is no amount */
static char *
read_amount (MosOrderLinesForm *self)
{
  g_autofree char *amount = mos_locale_read_decimal (gtk_editable_get_text (GTK_EDITABLE (self->amount)), setlocale (LC_MONETARY, NULL));

  /* More digits than the shop's money has are a slip. */
  return amount != NULL && mos_decimal_count_digits (amount) <= self->terms->digits ? g_steal_pointer (&amount) : NULL;
}

static char *
dup_amount (MosOrderLinesForm *self)
{
  return is_other_amount (self) ? read_amount (self) : sum_lines (self);
}

static gboolean
is_possible (MosOrderLinesForm *self,
             const char *amount)
{
  return amount != NULL && mos_locale_compare_decimal (amount, "0") > 0 && mos_locale_compare_decimal (amount, self->terms->left) <= 0;
}

static void
update (MosOrderLinesForm *self)
{
  gboolean is_other = is_other_amount (self);

  for (guint i = 0; i < self->rows->len; i++)
    if (self->rows->pdata[i] != NULL)
      gtk_widget_set_sensitive (self->rows->pdata[i], !is_other);
  if (self->sum != NULL)
    {
      g_autofree char *amount = dup_amount (self);
      g_autofree char *text = mos_order_money_text (amount != NULL ? amount : "0", self->terms->order->currency);
      gboolean is_wrong = amount == NULL || mos_locale_compare_decimal (amount, self->terms->left) > 0;

      gtk_label_set_label (GTK_LABEL (self->sum), text);
      if (is_wrong)
        gtk_widget_add_css_class (self->sum_caption, "error");
      else
        gtk_widget_remove_css_class (self->sum_caption, "error");
      if (self->amount != NULL)
        {
          if (is_other && is_wrong)
            gtk_widget_add_css_class (self->amount, "error");
          else
            gtk_widget_remove_css_class (self->amount, "error");
        }
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- rows --- */

static char *
line_facts (MosOrderLinesForm *self,
            const MosOrderTermsLine *line)
{
  g_autofree char *left = mos_order_money_text (line->left, self->terms->order->currency);
  g_autofree char *isolated = mos_text_isolate (left);

  if (!line->is_counted)
    return g_steal_pointer (&left);
  if (!is_refund (self))
    /* Translators: how many pieces of an item can still come back. */
    return g_strdup_printf (ngettext ("%u piece", "%u pieces", line->quantity_left), line->quantity_left);
  /* Translators: how many pieces of an item can still be refunded, and what all of them come to. */
  return g_strdup_printf (ngettext ("%1$u piece, %2$s", "%1$u pieces, %2$s", line->quantity_left), line->quantity_left, isolated);
}

static GtkWidget *
line_row (MosOrderLinesForm *self,
          const MosOrderTermsLine *line)
{
  g_autofree char *facts = line_facts (self, line);
  g_autofree char *name = *line->variant != '\0' ? g_strdup_printf ("%s, %s", line->name, line->variant) : g_strdup (line->name);
  GtkWidget *row;

  if (line->is_counted)
    {
      /* No AdwSpinRow: of one that comes into a dialog which is open already, the accessibility bus has nothing (libadwaita 1.7; tests/ui/test_orders.py). */
      GtkWidget *spin = gtk_spin_button_new_with_range (0, line->quantity_left, 1);

      row = adw_action_row_new ();
      gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
      mos_widget_set_label (spin, *name != '\0' ? name : line->id);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
      g_signal_connect_object (spin, "value-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  else
    {
      row = adw_switch_row_new ();
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts);
      g_signal_connect_object (row, "notify::active", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  /* Shopify has one line of shipping, without a name. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), g_str_equal (line->id, "shipping") ? _ ("Shipping") : *name != '\0' ? name
                                                                                                                                : line->id);
  return row;
}

static gboolean
is_offered (MosOrderLinesForm *self,
            const MosOrderTermsLine *line)
{
  if (!is_refund (self))
    return line->is_counted && line->quantity_left > 0;
  return line->is_counted ? line->quantity_left > 0 : !mos_decimal_is_zero (line->left);
}

static void
add_lines (MosOrderLinesForm *self,
           AdwPreferencesGroup *group)
{
  for (guint i = 0; i < mos_order_terms_get_lines (self->terms, self->kind)->len; i++)
    {
      const MosOrderTermsLine *line = g_ptr_array_index (mos_order_terms_get_lines (self->terms, self->kind), i);
      GtkWidget *row = is_offered (self, line) ? line_row (self, line) : NULL;

      g_ptr_array_add (self->rows, row);
      if (row != NULL)
        adw_preferences_group_add (group, row);
    }
}

static void
add_amount (MosOrderLinesForm *self,
            AdwPreferencesGroup *group)
{
  self->other = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->other), _ ("Another Amount"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->other), _ ("Instead of items"));
  adw_expander_row_set_show_enable_switch (ADW_EXPANDER_ROW (self->other), TRUE);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self->other), FALSE);
  self->amount = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount), _ ("Amount"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->other), self->amount);
  adw_preferences_group_add (group, self->other);
  g_signal_connect_object (self->other, "notify::enable-expansion", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->amount, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
add_sum (MosOrderLinesForm *self,
         AdwPreferencesGroup *group)
{
  g_autofree char *left = mos_order_money_text (self->terms->left, self->terms->order->currency);
  g_autofree char *isolated = mos_text_isolate (left);
  /* Translators: %s is an amount: the most that can be refunded. */
  g_autofree char *ceiling = g_strdup_printf (_ ("At most %s"), isolated);

  self->sum_caption = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->sum_caption), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sum_caption), _ ("To Be Refunded"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sum_caption), ceiling);
  self->sum = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->sum, "numeric");
  gtk_widget_add_css_class (self->sum, "title-3");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->sum_caption), self->sum);
  adw_preferences_group_add (group, self->sum_caption);
}

/* --- class --- */

static void
mos_order_lines_form_finalize (GObject *object)
{
  MosOrderLinesForm *self = MOS_ORDER_LINES_FORM (object);

  g_clear_pointer (&self->terms, mos_order_terms_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_order_lines_form_parent_class)->finalize (object);
}

static void
mos_order_lines_form_class_init (MosOrderLinesFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_order_lines_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_order_lines_form_init (MosOrderLinesForm *self)
{
  self->rows = g_ptr_array_new ();
}

/* --- public --- */

GtkWidget *
mos_order_lines_form_new (MosOrderTerms *terms,
                          MosOrderActionKind kind)
{
  MosOrderLinesForm *self = g_object_new (MOS_TYPE_ORDER_LINES_FORM, NULL);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->terms = mos_order_terms_ref (terms);
  self->kind = kind;
  adw_preferences_group_set_title (group, is_refund (self) ? _ ("What Is Given Back") : _ ("What Comes Back"));
  add_lines (self, group);
  if (is_refund (self))
    {
      add_amount (self, group);
      add_sum (self, group);
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
  update (self);
  return GTK_WIDGET (self);
}

gboolean
mos_order_lines_form_fill (MosOrderLinesForm *self,
                           MosOrderAction *action)
{
  g_autofree char *amount = NULL;

  g_return_val_if_fail (MOS_IS_ORDER_LINES_FORM (self), FALSE);

  for (guint i = 0; i < self->rows->len && !is_other_amount (self); i++)
    {
      const MosOrderTermsLine *line = g_ptr_array_index (mos_order_terms_get_lines (self->terms, self->kind), i);
      guint quantity = get_quantity (self, i);
      g_autofree char *share = mos_order_terms_share (self->terms, line, quantity);

      if (quantity > 0)
        mos_order_action_add_line (action, line->id, line->is_counted ? quantity : 0, share);
    }
  if (!is_refund (self))
    return action->lines->len > 0;
  amount = dup_amount (self);
  if (!is_possible (self, amount))
    return FALSE;
  g_set_str (&action->amount, amount);
  return TRUE;
}
