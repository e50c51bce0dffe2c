/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/channels/mos-channel.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-outbox.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"

/* The desk's channels, and what they tell. Main context only. */

/* --- news --- */

typedef struct
{
  GPtrArray *conversations; /* of MosConversationRow */
  GPtrArray *messages;      /* of MosMessageRow, one for each */
} MosArrivals;

static void
mos_arrivals_free (gpointer data)
{
  MosArrivals *arrivals = data;

  g_ptr_array_unref (arrivals->conversations);
  g_ptr_array_unref (arrivals->messages);
  g_free (arrivals);
}

static gboolean
mos_desk_read_arrivals (MosTxn *txn,
                        MosDeskCall *call,
                        GError **error)
{
  GPtrArray *results = call->value;
  MosArrivals *arrivals = g_new0 (MosArrivals, 1);

  arrivals->conversations = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  arrivals->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  mos_desk_call_take_result (call, arrivals, mos_arrivals_free);
  for (guint i = 0; i < results->len; i++)
    {
      MosIngestResult *result = g_ptr_array_index (results, i);
      MosConversationRow *conversation = NULL;
      MosMessageRow *message = NULL;

      if (!mos_store_conversation_find (txn, result->conversation, &conversation, error))
        return FALSE;
      if (conversation == NULL)
        continue;
      if (!mos_store_message_find (txn, result->message, &message, error) || message == NULL)
        {
          mos_conversation_row_unref (conversation);
          return message == NULL && (error == NULL || *error == NULL);
        }
      g_ptr_array_add (arrivals->conversations, conversation);
      g_ptr_array_add (arrivals->messages, message);
    }
  return TRUE;
}

static void
mos_desk_arrivals_cb (GObject *source,
                      GAsyncResult *result,
                      gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GError) error = NULL;
  MosArrivals *arrivals = mos_desk_call_finish (self, result, mos_desk_arrivals_cb, &error);

  if (arrivals == NULL)
    return;
  for (guint i = 0; i < arrivals->messages->len; i++)
    mos_desk_emit_arrived (self, g_ptr_array_index (arrivals->conversations, i), g_ptr_array_index (arrivals->messages, i));
  mos_arrivals_free (arrivals);
}

void
mos_desk_tell_arrived (MosDesk *self,
                       GPtrArray *results)
{
  MosDeskCall *call = mos_desk_call_new (mos_desk_read_arrivals);

  mos_desk_call_set_value (call, g_ptr_array_ref (results), (GDestroyNotify) g_ptr_array_unref);
  mos_desk_read (self, call, mos_desk_arrivals_cb, self->cancellable, mos_desk_arrivals_cb, NULL);
}

static void
mos_desk_arrived (GPtrArray *results,
                  gpointer user_data)
{
  mos_desk_tell_arrived (user_data, results);
}

static void
mos_desk_send_failed (MosOutboxItem *item,
                      gpointer user_data)
{
  mos_desk_emit_send_failed (user_data, item);
}

static gboolean
mos_desk_do_save_status (MosTxn *txn,
                         MosDeskCall *call,
                         GError **error)
{
  return mos_store_account_save_status (txn, call->value, error);
}

static MosAccountItem *
mos_desk_find_account_item (MosDesk *self,
                            const char *account)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      /* The list keeps it alive. */
      if (strcmp (mos_account_item_get_account (item)->id, account) == 0)
        return item;
    }
  return NULL;
}

/* Returns: (transfer full): the channel's news with the figures that only the store knows */
MosAccountStatus *
mos_desk_merge_status (MosAccountStatus *live,
                       MosAccountStatus *stored)
{
  MosAccountStatus *merged = mos_account_status_new ();

  *merged = *live;
  merged->account = g_strdup (live->account);
  merged->why = g_strdup (live->why);
  merged->detail = g_strdup (live->detail);
  if (stored != NULL)
    {
      merged->here = stored->here;
      merged->quarantined = stored->quarantined;
      merged->missing = stored->missing;
      if (merged->last_sync_us == 0)
        merged->last_sync_us = stored->last_sync_us;
      if (merged->on_server == 0)
        merged->on_server = stored->on_server;
    }
  return merged;
}

static void
mos_desk_status_changed (MosAccountStatus *status,
                         gpointer user_data)
{
  MosDesk *self = user_data;
  MosAccountItem *item = mos_desk_find_account_item (self, status->account);
  g_autoptr (MosAccountStatus) merged = NULL;
  MosAccountStatus *old;

  if (item == NULL)
    return;

  old = mos_account_item_get_status (item);
  merged = mos_desk_merge_status (status, old);
  /* Progress is for the eye; what is worth remembering is written down. */
  if (old == NULL || old->state != merged->state || g_strcmp0 (old->why, merged->why) != 0 || old->last_sync_us != merged->last_sync_us)
    {
      MosDeskCall *call = mos_desk_call_new (mos_desk_do_save_status);

      mos_desk_call_set_value (call, mos_account_status_ref (merged), (GDestroyNotify) mos_account_status_unref);
      mos_desk_write (self, call, NULL, mos_desk_status_changed, NULL, NULL, NULL);
    }
  mos_account_item_set_status (item, merged);
}

static void
mos_desk_typing (GPtrArray *typing,
                 gpointer user_data)
{
  for (guint i = 0; i < typing->len; i++)
    g_signal_emit_by_name (user_data, "typing", typing->pdata[i]);
}

/* --- channels --- */

static void
mos_desk_ringing (MosChatUpdate *update,
                  gpointer user_data)
{
  g_signal_emit_by_name (user_data, "call", update);
}

static const MosDeskHostListener mos_desk_listener = {
  mos_desk_arrived,
  mos_desk_send_failed,
  mos_desk_status_changed,
  mos_desk_typing,
  mos_desk_ringing,
};

MosChannelHost *
mos_desk_ensure_host (MosDesk *self)
{
  if (self->host == NULL)
    {
      self->host = G_OBJECT (mos_desk_host_new (self->store));
      mos_desk_host_set_listener (MOS_DESK_HOST (self->host), &mos_desk_listener, self);
    }
  return MOS_CHANNEL_HOST (self->host);
}

void
mos_desk_stop_channel (MosDesk *self,
                       const char *account)
{
  MosChannel *channel = g_hash_table_lookup (self->channels, account);

  if (channel == NULL)
    return;
  mos_channel_stop_sync (channel);
  g_hash_table_remove (self->channels, account);
}

void
mos_desk_restart_channel (MosDesk *self,
                          MosAccount *account)
{
  MosChannel *channel;

  mos_desk_stop_channel (self, account->id);
  if (!self->started || (self->flags & MOS_DESK_FLAG_OFFLINE) != 0 || !mos_channel_has_kind (account->kind))
    return;

  channel = mos_channel_new_for_account (account, mos_desk_ensure_host (self), mos_store_get_clock (self->store));
  if (channel == NULL)
    return;
  g_hash_table_insert (self->channels, g_strdup (account->id), channel);
  mos_channel_start (channel);
}

static gboolean
servers_alike (const MosServer *one,
               const MosServer *other)
{
  return strcmp (one->host, other->host) == 0 && one->port == other->port && strcmp (one->user, other->user) == 0 && one->security == other->security;
}

static gboolean
oauths_alike (const MosOAuth *one,
              const MosOAuth *other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return g_strcmp0 (one->provider, other->provider) == 0 && g_strcmp0 (one->client_id, other->client_id) == 0 && g_strcmp0 (one->authorize_url, other->authorize_url) == 0 &&
         g_strcmp0 (one->token_url, other->token_url) == 0 && g_strcmp0 (one->scope, other->scope) == 0;
}

/* Whether texts may be translated is nothing that a channel asks. */
static gboolean
has_settings_of (GHashTable *one,
                 GHashTable *other)
{
  GHashTableIter iter;
  gpointer name, value;

  if (one == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (strcmp (name, MOS_ACCOUNT_TRANSLATES) != 0 && g_strcmp0 (other != NULL ? g_hash_table_lookup (other, name) : NULL, value) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
settings_alike (GHashTable *one,
                GHashTable *other)
{
  return has_settings_of (one, other) && has_settings_of (other, one);
}

/* Whether a channel of the one does what a channel of the other would. */
static gboolean
accounts_alike (const MosAccount *one,
                const MosAccount *other)
{
  return one == other ||
         (strcmp (one->address, other->address) == 0 && g_strv_equal ((const char *const *) one->aliases, (const char *const *) other->aliases) && servers_alike (one->imap, other->imap) &&
          servers_alike (one->smtp, other->smtp) && g_strcmp0 (one->ca_file, other->ca_file) == 0 && g_strcmp0 (one->pinned_certificate, other->pinned_certificate) == 0 &&
          g_strcmp0 (one->authorize_as, other->authorize_as) == 0 && oauths_alike (one->oauth, other->oauth) && one->work_since_us == other->work_since_us &&
          one->server_files_sent == other->server_files_sent && one->plus_addressing == other->plus_addressing &&
          settings_alike (one->settings, other->settings));
}

void
mos_desk_follow_accounts (MosDesk *self)
{
  g_autoptr (GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  const char *id;

  if (!self->started || !self->channels_run)
    return;
  self->follow_later = self->n_saving > 0;
  if (self->follow_later)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      MosAccount *account = mos_account_item_get_account (item);
      MosChannel *channel = g_hash_table_lookup (self->channels, account->id);

      g_hash_table_add (here, account->id);
      if (channel == NULL || !accounts_alike (mos_channel_get_account (channel), account))
        mos_desk_restart_channel (self, account);
    }
  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    if (!g_hash_table_contains (here, id))
      g_ptr_array_add (gone, g_strdup (id));
  for (guint i = 0; i < gone->len; i++)
    mos_desk_stop_channel (self, g_ptr_array_index (gone, i));
}

static gboolean
mos_desk_do_recover (MosTxn *txn,
                     MosDeskCall *call,
                     GError **error)
{
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  GPtrArray *items;

  mos_txn_set_actor (txn, &actor);
  if (!mos_outbox_recover (txn, &items, error))
    return FALSE;
  mos_desk_call_take_result (call, items, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

static void
mos_desk_recovered_cb (GObject *source,
                       GAsyncResult *result,
                       gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = mos_desk_call_finish (self, result, mos_desk_recovered_cb, &error);

  if (error != NULL)
    g_debug ("The outbox was not looked through: %s", error->message);
  for (guint i = 0; items != NULL && i < items->len; i++)
    mos_desk_emit_send_failed (self, g_ptr_array_index (items, i));

  self->channels_run = TRUE;
  mos_desk_follow_accounts (self);
}

void
mos_desk_start_channels (MosDesk *self)
{
  /* What the last run left half sent is settled before any channel could send it again. */
  mos_desk_write (self, mos_desk_call_new (mos_desk_do_recover), NULL, mos_desk_recovered_cb, NULL, mos_desk_recovered_cb, NULL);
}

void
mos_desk_stop_channels (MosDesk *self)
{
  GHashTableIter iter;
  MosChannel *channel;

  self->channels_run = FALSE;
  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &channel))
    mos_channel_request_stop (channel);
  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &channel))
    mos_channel_stop_sync (channel);
  g_hash_table_remove_all (self->channels);
}

void
mos_desk_wake_channels (MosDesk *self,
                        const char *account,
                        guint what)
{
  GHashTableIter iter;
  const char *id;
  MosChannel *channel;

  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &channel))
    if (account == NULL || strcmp (account, id) == 0)
      mos_channel_wake (channel, (MosChannelWake) what);
}

void
mos_desk_sync_now (MosDesk *self,
                   const char *account)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_wake_channels (self, account, MOS_CHANNEL_WAKE_SYNC);
}
