/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-account-settings.h"

void
mos_account_own_settings (MosAccount *self)
{
  GHashTable *own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name, value;

  if (self->settings != NULL)
    {
      g_hash_table_iter_init (&iter, self->settings);
      while (g_hash_table_iter_next (&iter, &name, &value))
        g_hash_table_insert (own, g_strdup (name), g_strdup (value));
      g_hash_table_unref (self->settings);
    }
  self->settings = own;
}
