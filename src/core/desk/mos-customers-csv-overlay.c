/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-customers-csv-overlay.h"

#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/desk/mos-customers.h"
#include "core/store/mos-store-customers.h"
#include "core/values/mos-customer-values.h"

#include <string.h>

struct _MosCsvOverlay
{
  GHashTable *rows;   /* (owned) id → MosCustomerRow */
  GHashTable *owners; /* (owned) identity → GPtrArray of ids */
  guint n_new;
};

MosCsvOverlay *
mos_csv_overlay_new (void)
{
  MosCsvOverlay *self = g_new0 (MosCsvOverlay, 1);

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mos_customer_row_unref);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
mos_csv_overlay_free (MosCsvOverlay *self)
{
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->owners);
  g_free (self);
}

void
mos_csv_overlay_list (MosCsvOverlay *self,
                      const char *identity,
                      GPtrArray *ids)
{
  GPtrArray *owners = g_hash_table_lookup (self->owners, identity);

  for (guint i = 0; owners != NULL && i < owners->len; i++)
    if (!g_ptr_array_find_with_equal_func (ids, owners->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (ids, g_strdup (owners->pdata[i]));
}

MosCustomerRow *
mos_csv_overlay_find (MosCsvOverlay *self,
                      const char *id)
{
  MosCustomerRow *row = g_hash_table_lookup (self->rows, id);

  return row != NULL ? mos_customer_row_ref (row) : NULL;
}

static GPtrArray *
copy_identities (const MosCustomerRow *row)
{
  GPtrArray *identities = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_identity_unref);

  for (guint i = 0; row->identities != NULL && i < row->identities->len; i++)
    g_ptr_array_add (identities, mos_identity_ref (row->identities->pdata[i]));
  return identities;
}

static void
link_address (MosCsvOverlay *self,
              MosCustomerRow *row,
              const char *address)
{
  gboolean is_email = mos_text_is_address (address);
  MosIdentity *identity;
  GPtrArray *owners;
  g_autofree char *id = mos_store_identity_id (is_email ? "email" : "phone", "", address);

  for (guint i = 0; i < row->identities->len; i++)
    if (strcmp (((MosIdentity *) row->identities->pdata[i])->id, id) == 0)
      return;
  identity = mos_identity_new ();
  identity->id = g_strdup (id);
  identity->kind = g_strdup (is_email ? "email" : "phone");
  identity->scope = g_strdup ("");
  identity->value = is_email ? mos_text_canonical_address (address) : mos_phone_canonical (address);
  g_ptr_array_add (row->identities, identity);
  owners = g_hash_table_lookup (self->owners, id);
  if (owners == NULL)
    {
      owners = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->owners, g_steal_pointer (&id), owners);
    }
  g_ptr_array_add (owners, g_strdup (row->id));
}

MosCustomerRow *
mos_csv_overlay_save (MosCsvOverlay *self,
                      MosCustomerRow *row,
                      const char *const *addresses,
                      GError **error)
{
  g_autoptr (MosCustomerRow) tidy = NULL;
  GPtrArray *identities;

  if (!mos_customers_tidy (row, &tidy, error))
    return NULL;
  if (tidy->id == NULL)
    tidy->id = g_strdup_printf ("new %u", ++self->n_new);
  identities = copy_identities (tidy);
  g_clear_pointer (&tidy->identities, g_ptr_array_unref);
  tidy->identities = identities;
  for (; *addresses != NULL; addresses++)
    if (**addresses != '\0')
      link_address (self, tidy, *addresses);
  g_hash_table_replace (self->rows, g_strdup (tidy->id), mos_customer_row_ref (tidy));
  return g_steal_pointer (&tidy);
}
