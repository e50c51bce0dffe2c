/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette-customers.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

#define MAX_FOUND 5

struct _MosPaletteCustomers
{
  GObject parent_instance;

  MosDesk *desk; /* (owned) */
};

static void mos_palette_customers_source_init (MosPaletteSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosPaletteCustomers, mos_palette_customers, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_PALETTE_SOURCE, mos_palette_customers_source_init))

static const char *
mos_palette_customers_get_heading (MosPaletteSource *source)
{
  return C_ ("palette", "Customers");
}

MosPaletteItem *
mos_palette_item_for_customer (MosCustomerRow *row)
{
  const char *address = row->identities->len > 0 ? ((MosIdentity *) g_ptr_array_index (row->identities, 0))->value : "";
  const char *name = row->name != NULL && *row->name != '\0' ? row->name : address;
  g_autofree char *count = g_strdup_printf (ngettext ("%'u conversation", "%'u conversations", row->conversation_count), row->conversation_count);
  g_autofree char *isolated = mos_text_isolate (address);
  /* Translators: a customer's address, and how many conversations there are with them. */
  g_autofree char *facts = g_strdup_printf (_ ("%1$s · %2$s"), isolated, count);
  g_autofree char *id = g_strconcat ("customer:", row->id, NULL);
  MosPaletteItem *item = mos_palette_item_new_for (id, "win.show-customer", g_variant_new ("(ss)", row->id, name), name);

  item->subtitle = mos_text_in_ui_direction (facts);
  item->icon = g_strdup ("avatar-default-symbolic");
  return item;
}

static MosPaletteItem *
item_from_row (gpointer data)
{
  return mos_palette_item_for_customer (data);
}

static void
on_found_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  GError *error = NULL;
  GPtrArray *rows = mos_desk_find_customers_finish (MOS_DESK (source), result, &error);

  mos_palette_source_return_rows (user_data, rows, item_from_row, error);
}

static void
mos_palette_customers_search_async (MosPaletteSource *source,
                                    const char *text,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  MosPaletteCustomers *self = MOS_PALETTE_CUSTOMERS (source);

  if (mos_palette_text_is_enough (text))
    mos_desk_find_customers_async (self->desk, text, MAX_FOUND, cancellable, on_found_cb, g_task_new (self, cancellable, callback, user_data));
  else
    mos_palette_source_return (self, mos_palette_items_new (), cancellable, callback, user_data);
}

static void
mos_palette_customers_source_init (MosPaletteSourceInterface *iface)
{
  iface->get_heading = mos_palette_customers_get_heading;
  iface->search_async = mos_palette_customers_search_async;
}

static void
mos_palette_customers_finalize (GObject *object)
{
  g_clear_object (&MOS_PALETTE_CUSTOMERS (object)->desk);
  G_OBJECT_CLASS (mos_palette_customers_parent_class)->finalize (object);
}

static void
mos_palette_customers_class_init (MosPaletteCustomersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_palette_customers_finalize;
}

static void
mos_palette_customers_init (MosPaletteCustomers *self)
{
}

MosPaletteSource *
mos_palette_customers_new (MosDesk *desk)
{
  MosPaletteCustomers *self = g_object_new (MOS_TYPE_PALETTE_CUSTOMERS, NULL);

  self->desk = g_object_ref (desk);
  return MOS_PALETTE_SOURCE (self);
}
