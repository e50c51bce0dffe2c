/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-accounts-private.h"

#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-chat-channel.h"
#include "core/store/mos-store-folders.h"

/* Which accounts are of chats, and what a person has read of them */

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

static gboolean
mos_desk_do_note_seen (MosTxn *txn,
                       MosDeskCall *call,
                       GError **error)
{
  return mos_store_cursor_set (txn, call->text, MOS_CHAT_CURSOR_MISSED, NULL, error);
}

static void
mos_desk_seen_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autofree char *account = user_data;
  g_autoptr (GError) error = NULL;
  MosAccount *found;

  mos_desk_call_finish (self, result, mos_desk_note_seen, &error);
  if (error != NULL)
    {
      g_warning ("That messages may be missing is still said: %s", error->message);
      return;
    }
  /* The one that runs knows the cursors of before. */
  found = mos_desk_find_account (self, account);
  if (found != NULL)
    mos_desk_restart_channel (self, found);
}

void
mos_desk_note_seen (MosDesk *self,
                    const char *account)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  /* What a mail server said goes with the next look. */
  if (mos_desk_is_chat (self, account))
    mos_desk_write_text (self, mos_desk_do_note_seen, account, NULL, mos_desk_note_seen, NULL, mos_desk_seen_cb, g_strdup (account));
  else
    mos_desk_sync_now (self, account);
}
