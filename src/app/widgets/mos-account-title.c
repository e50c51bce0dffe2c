/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-app"

#include "config.h"

#include "app/widgets/mos-account-title.h"

#include "app/widgets/mos-channel-text.h"
#include "app/widgets/mos-text-direction.h"
#include "core/model/mos-model.h"

static const char *
name_of (const MosAccount *account)
{
  return *account->name != '\0' ? account->name : account->address;
}

char *
mos_account_title_dup (GListModel *accounts,
                       const MosAccount *account)
{
  const char *name = name_of (account);
  gboolean has_twin = FALSE;
  gboolean has_own_address = *account->address != '\0' && g_strcmp0 (account->address, name) != 0;

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      const MosAccount *other = mos_account_item_get_account (item);

      if (g_str_equal (other->id, account->id) || g_utf8_collate (name_of (other), name) != 0)
        continue;
      has_twin = TRUE;
      /* A number for SMS and for WhatsApp, say. */
      if (g_str_equal (other->address, account->address))
        has_own_address = FALSE;
    }
  if (has_twin)
    {
      g_autofree char *more = mos_text_isolate (has_own_address ? account->address : mos_channel_text (account->kind));

      return g_strdup_printf ("%s · %s", name, more);
    }
  return g_strdup (name);
}
