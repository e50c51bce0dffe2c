/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-accounts-private.h"

#include "core/channels/mos-channel-traits.h"

/* Which accounts are of chats */

MosAccount *
mos_desk_find_account (MosDesk *self,
                       const char *account)
{
  GListModel *accounts;

  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  accounts = mos_desk_get_accounts (self);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      MosAccount *one = mos_account_item_get_account (item);

      /* The list keeps it alive. */
      if (g_strcmp0 (one->id, account) == 0)
        return one;
    }
  return NULL;
}

gboolean
mos_desk_is_chat (MosDesk *self,
                  const char *account)
{
  MosAccount *found;

  g_return_val_if_fail (MOS_IS_DESK (self), FALSE);

  found = mos_desk_find_account (self, account);
  return found != NULL && mos_channel_is_chat (found->kind);
}
