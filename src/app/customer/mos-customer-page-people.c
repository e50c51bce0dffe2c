/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-page-private.h"

#include "app/widgets/mos-channel-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

/* Who somebody is besides: who may be the same person, what they write from, and who they were before. */

/* A round button at the end of a row. */
static void
add_button (MosCustomerPage *self,
            GtkWidget *row,
            GtkWidget *button,
            const char *key,
            const char *what,
            const char *label,
            GCallback callback)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  mos_widget_set_label (button, label);
  gtk_widget_set_tooltip_text (button, label);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (key), g_free);
  mos_customer_rows_set_key (button, key, what);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
on_merge_cb (MosCustomerPage *self,
             GtkWidget *button)
{
  g_signal_emit_by_name (self, "merge", g_object_get_data (G_OBJECT (button), "id"));
}

static void
on_distinct_cb (MosCustomerPage *self,
                GtkWidget *button)
{
  mos_desk_set_distinct_async (self->desk, self->id, g_object_get_data (G_OBJECT (button), "id"), NULL, mos_customer_page_on_acted, mos_customer_page_act_new (self, _ ("Not suggested any more")));
}

void
mos_customer_page_show_suggestions (MosCustomerPage *self)
{
  mos_customer_rows_begin (&self->suggestions);
  for (guint i = 0; i < self->look->suggestions->len; i++)
    {
      const MosSuggestion *suggestion = g_ptr_array_index (self->look->suggestions, i);
      const char *title = mos_customer_row_get_title (suggestion->customer);
      g_autofree char *reason = mos_customer_reason_text (suggestion);
      GtkWidget *row = mos_customer_row_widget_new (title, reason);
      /* Translators: %s is a customer */
      g_autofree char *merge = g_strdup_printf (_ ("Merge %s into this customer…"), title);
      /* Translators: %s is a customer */
      g_autofree char *distinct = g_strdup_printf (_ ("%s is not the same person"), title);

      add_button (self, row, gtk_button_new_with_mnemonic (_ ("_Merge…")), suggestion->customer->id, "merge", merge, G_CALLBACK (on_merge_cb));
      add_button (self, row, mos_customer_button_new ("window-close-symbolic"), suggestion->customer->id, "distinct", distinct, G_CALLBACK (on_distinct_cb));
      mos_customer_rows_add (&self->suggestions, row);
    }
  mos_customer_rows_end (&self->suggestions);
}

static void
on_remove_address_cb (MosCustomerPage *self,
                      GtkWidget *button)
{
  mos_desk_set_address_async (self->desk, self->id, g_object_get_data (G_OBJECT (button), "id"), FALSE, NULL, mos_customer_page_on_acted, mos_customer_page_act_new (self, _ ("Address removed")));
}

static void
on_split_cb (MosCustomerPage *self,
             GtkWidget *button)
{
  const char *ids[] = { g_object_get_data (G_OBJECT (button), "id"), NULL };

  mos_desk_split_customer_async (self->desk, self->id, ids, NULL, mos_customer_page_on_acted, mos_customer_page_act_new (self, _ ("A customer of their own now")));
}

static void
on_add_address_cb (MosCustomerPage *self,
                   AdwEntryRow *row)
{
  mos_desk_set_address_async (self->desk, self->id, gtk_editable_get_text (GTK_EDITABLE (row)), TRUE, NULL, mos_customer_page_on_acted, mos_customer_page_act_new (self, _ ("Address added")));
}

static void
on_write_cb (MosCustomerPage *self,
             GtkWidget *button)
{
  g_autofree char *address = g_uri_escape_string (g_object_get_data (G_OBJECT (button), "id"), "@", FALSE);
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_take_string (g_strconcat ("mailto:", address, NULL)));

  g_signal_emit_by_name (self, "leave", "win.write-mail", target);
}

void
mos_customer_page_show_addresses (MosCustomerPage *self)
{
  GPtrArray *identities = self->look->row->identities;
  gboolean is_same = mos_customer_rows_count (&self->addresses) == identities->len + 1;
  GtkWidget *add;

  for (guint i = 0; i < identities->len && is_same; i++)
    is_same = mos_customer_rows_has_key (&self->addresses, i, ((MosIdentity *) g_ptr_array_index (identities, i))->id);
  if (is_same)
    return;
  mos_customer_rows_begin (&self->addresses);
  for (guint i = 0; i < identities->len; i++)
    {
      const MosIdentity *identity = g_ptr_array_index (identities, i);
      g_autofree char *shown = mos_text_isolate (identity->value);
      GtkWidget *row = mos_customer_row_widget_new (shown, mos_channel_text (identity->kind));
      /* Translators: %s is an address */
      g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), identity->value);
      /* Translators: %s is an address */
      g_autofree char *split = g_strdup_printf (_ ("Make a customer of %s and its conversations"), identity->value);

      mos_customer_rows_set_key (row, identity->id, NULL);
      if (g_str_equal (identity->kind, "email"))
        {
          /* Translators: %s is a mail address. */
          g_autofree char *write = g_strdup_printf (_ ("Write to %s"), identity->value);

          add_button (self, row, mos_customer_button_new ("mail-message-new-symbolic"), identity->value, "write", write, G_CALLBACK (on_write_cb));
        }
      if (identities->len > 1)
        add_button (self, row, mos_customer_button_new ("contact-new-symbolic"), identity->id, "split", split, G_CALLBACK (on_split_cb));
      add_button (self, row, mos_customer_button_new ("user-trash-symbolic"), identity->id, "remove", remove, G_CALLBACK (on_remove_address_cb));
      mos_customer_rows_add (&self->addresses, row);
    }
  add = mos_customer_page_entry_row_new (self, _ ("Add an Address or Phone Number"), G_CALLBACK (on_add_address_cb));
  mos_customer_rows_set_key (add, "", "add");
  mos_customer_rows_add (&self->addresses, add);
  mos_customer_rows_end (&self->addresses);
}

static void
on_unmerge_cb (MosCustomerPage *self,
               GtkWidget *button)
{
  g_signal_emit_by_name (self, "unmerge", g_object_get_data (G_OBJECT (button), "id"));
}

void
mos_customer_page_show_merges (MosCustomerPage *self)
{
  gint64 now_us = mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));

  mos_customer_rows_begin (&self->merges);
  for (guint i = 0; i < self->look->merges->len; i++)
    {
      const MosCustomerMerge *merge = g_ptr_array_index (self->look->merges, i);
      g_autofree char *at = mos_time_text_short (merge->at_us, now_us, NULL);
      const char *title = *merge->source_name != '\0' ? merge->source_name : _ ("No Name");
      GtkWidget *row = mos_customer_row_widget_new (title, at);
      /* Translators: %s is a customer who became part of another one */
      g_autofree char *label = g_strdup_printf (_ ("Take the merge of %s back"), title);

      add_button (self, row, gtk_button_new_with_mnemonic (C_ ("merge of customers", "_Take Back")), merge->id, "unmerge", label, G_CALLBACK (on_unmerge_cb));
      mos_customer_rows_add (&self->merges, row);
    }
  mos_customer_rows_end (&self->merges);
}
