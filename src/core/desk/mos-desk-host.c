/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-host-private.h"

#include "core/base/mos-secrets.h"
#include "core/desk/mos-folder-sync.h"
#include "core/desk/mos-ingest.h"
#include "core/store/mos-store-folders.h"

#include <string.h>

static void mos_desk_host_iface_init (MosChannelHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosDeskHost,
                               mos_desk_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MOS_TYPE_CHANNEL_HOST, mos_desk_host_iface_init))

char *
mos_desk_profile_scope (const char *profile)
{
  g_autofree char *path = g_canonicalize_filename (profile, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);

  /* A bus name's element must not begin with a digit. */
  return g_strdup_printf ("p%.16s", digest);
}

/* --- to the main context --- */

typedef struct
{
  MosDeskHost *host;
  MosNewsKind kind;
  gpointer value;
} MosNews;

static void
mos_news_free (gpointer data)
{
  MosNews *news = data;

  switch (news->kind)
    {
    case MOS_NEWS_ARRIVED:
      g_ptr_array_unref (news->value);
      break;
    case MOS_NEWS_SEND_FAILED:
      mos_outbox_item_unref (news->value);
      break;
    case MOS_NEWS_RINGING:
      mos_chat_update_unref (news->value);
      break;
    case MOS_NEWS_STATUS:
      mos_account_status_unref (news->value);
      break;
    case MOS_NEWS_TYPING:
      g_ptr_array_unref (news->value);
      break;
    default:
      break;
    }
  g_object_unref (news->host);
  g_free (news);
}

static gboolean
mos_news_tell (gpointer data)
{
  MosNews *news = data;
  MosDeskHost *self = news->host;

  switch (news->kind)
    {
    case MOS_NEWS_ARRIVED:
      if (self->listener.arrived != NULL)
        self->listener.arrived (news->value, self->listener_data);
      break;
    case MOS_NEWS_SEND_FAILED:
      if (self->listener.send_failed != NULL)
        self->listener.send_failed (news->value, self->listener_data);
      break;
    case MOS_NEWS_RINGING:
      if (self->listener.ringing != NULL)
        self->listener.ringing (news->value, self->listener_data);
      break;
    case MOS_NEWS_STATUS:
      if (self->listener.status_changed != NULL)
        self->listener.status_changed (news->value, self->listener_data);
      break;
    case MOS_NEWS_TYPING:
      if (self->listener.typing != NULL)
        self->listener.typing (news->value, self->listener_data);
      break;
    default:
      break;
    }
  return G_SOURCE_REMOVE;
}

void
mos_desk_host_tell (MosDeskHost *self,
                    MosNewsKind kind,
                    gpointer value)
{
  MosNews *news = g_new0 (MosNews, 1);

  news->host = g_object_ref (self);
  news->kind = kind;
  news->value = value;
  g_idle_add_full (G_PRIORITY_DEFAULT, mos_news_tell, news, mos_news_free);
}

/* --- one call, one transaction --- */

static gboolean
mos_host_call_run (MosTxn *txn,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  MosHostCall *call = data;

  return call->func (txn, call, error);
}

gboolean
mos_desk_host_read (MosChannelHost *host,
                    MosHostCall *call,
                    GCancellable *cancellable,
                    GError **error)
{
  return mos_store_read_sync (MOS_DESK_HOST (host)->store, mos_host_call_run, call, cancellable, error);
}

gboolean
mos_desk_host_write (MosChannelHost *host,
                     MosHostCall *call,
                     GCancellable *cancellable,
                     GError **error)
{
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };

  return mos_store_write_sync (MOS_DESK_HOST (host)->store, &actor, NULL, mos_host_call_run, call, NULL, cancellable, error);
}

/* --- mail in --- */

static void
mos_desk_host_prepare (MosChannelHost *host,
                       GPtrArray *incoming,
                       GCancellable *cancellable)
{
  mos_ingest_prepare (MOS_DESK_HOST (host)->store, incoming, cancellable);
}

static gboolean
mos_desk_host_ingest_sync (MosChannelHost *host,
                           GPtrArray *incoming,
                           MosIngestFlags flags,
                           MosSyncCounts *ret_counts,
                           GCancellable *cancellable,
                           GError **error)
{
  MosDeskHost *self = MOS_DESK_HOST (host);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) arrived = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_ingest_result_unref);
  gboolean ok = mos_desk_host_take_mail (self->store, incoming, &results, cancellable, error);

  for (guint i = 0; i < results->len; i++)
    {
      MosIngestResult *result = g_ptr_array_index (results, i);

      if (ret_counts != NULL && (result->outcome == MOS_INGEST_IMPORTED || result->outcome == MOS_INGEST_QUARANTINED))
        ret_counts->added++;
      if (ret_counts != NULL && result->outcome == MOS_INGEST_QUARANTINED)
        ret_counts->quarantined++;
      if (result->arrived && (flags & MOS_INGEST_FIRST_SYNC) == 0)
        g_ptr_array_add (arrived, mos_ingest_result_ref (result));
    }
  if (arrived->len > 0)
    mos_desk_host_tell (self, MOS_NEWS_ARRIVED, g_steal_pointer (&arrived));
  return ok;
}

static gboolean
mos_host_do_work_ready (MosTxn *txn,
                        MosHostCall *call,
                        GError **error)
{
  g_autofree char *done = NULL;

  /* Once: what the desk did since then is not to be tidied away. */
  if (!mos_store_cursor_get (txn, call->account, MOS_WORK_READY_CURSOR, &done, error))
    return FALSE;
  if (done != NULL)
    return TRUE;
  return mos_ingest_settle_first_sync (txn, call->account, error) &&
         mos_store_cursor_set (txn, call->account, MOS_WORK_READY_CURSOR, "1", error);
}

static gboolean
mos_desk_host_work_ready_sync (MosChannelHost *host,
                               const char *account,
                               GCancellable *cancellable,
                               GError **error)
{
  const MosActor actor = { MOS_ACTOR_IMPORT, NULL };
  MosHostCall call = { mos_host_do_work_ready, .account = account };

  return mos_store_write_sync (MOS_DESK_HOST (host)->store, &actor, NULL, mos_host_call_run, &call, NULL, cancellable, error);
}

/* --- folders --- */

static gboolean
mos_host_do_load_folder (MosTxn *txn,
                         MosHostCall *call,
                         GError **error)
{
  return mos_folder_sync_load (txn, call->account, call->name, (MosFolderState **) &call->result, error);
}

static MosFolderState *
mos_desk_host_load_folder_sync (MosChannelHost *host,
                                const char *account,
                                const char *folder,
                                GCancellable *cancellable,
                                GError **error)
{
  MosHostCall call = { mos_host_do_load_folder, .account = account, .name = folder };

  return mos_desk_host_read (host, &call, cancellable, error) ? call.result : NULL;
}

static gboolean
mos_host_do_save_folder (MosTxn *txn,
                         MosHostCall *call,
                         GError **error)
{
  return mos_folder_sync_save (txn, call->value, error);
}

static gboolean
mos_desk_host_save_folder_sync (MosChannelHost *host,
                                MosFolderState *state,
                                GCancellable *cancellable,
                                GError **error)
{
  MosHostCall call = { mos_host_do_save_folder, .value = state };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
mos_host_do_rematch (MosTxn *txn,
                     MosHostCall *call,
                     GError **error)
{
  g_clear_pointer (&call->result, g_array_unref);
  return mos_folder_sync_rematch (txn, call->account, call->name, call->role, call->uidvalidity, call->value,
                                  (GArray **) &call->result, error);
}

static gboolean
mos_desk_host_rematch_sync (MosChannelHost *host,
                            const char *account,
                            const char *folder,
                            MosFolderRole role,
                            guint32 uidvalidity,
                            GPtrArray *candidates,
                            GArray **ret_unknown,
                            GCancellable *cancellable,
                            GError **error)
{
  MosHostCall call = { mos_host_do_rematch, .account = account, .name = folder, .role = role, .uidvalidity = uidvalidity, .value = candidates };

  if (!mos_desk_host_write (host, &call, cancellable, error))
    {
      g_clear_pointer (&call.result, g_array_unref);
      return FALSE;
    }
  *ret_unknown = call.result;
  return TRUE;
}

static gboolean
mos_host_do_flags (MosTxn *txn,
                   MosHostCall *call,
                   GError **error)
{
  return mos_folder_sync_flags (txn, call->account, call->name, call->uidvalidity, call->value, error);
}

static gboolean
mos_desk_host_flags_changed_sync (MosChannelHost *host,
                                  const char *account,
                                  const char *folder,
                                  guint32 uidvalidity,
                                  GArray *places,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosHostCall call = { mos_host_do_flags, .account = account, .name = folder, .uidvalidity = uidvalidity, .value = places };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
mos_host_do_removed (MosTxn *txn,
                     MosHostCall *call,
                     GError **error)
{
  return mos_folder_sync_removed (txn, call->account, call->name, call->uidvalidity, call->value, error);
}

static gboolean
mos_desk_host_removed_sync (MosChannelHost *host,
                            const char *account,
                            const char *folder,
                            guint32 uidvalidity,
                            GArray *uids,
                            GCancellable *cancellable,
                            GError **error)
{
  MosHostCall call = { mos_host_do_removed, .account = account, .name = folder, .uidvalidity = uidvalidity, .value = uids };

  return mos_desk_host_write (host, &call, cancellable, error);
}

/* --- flags to write back --- */

static gboolean
mos_host_do_wanted (MosTxn *txn,
                    MosHostCall *call,
                    GError **error)
{
  call->result = mos_folder_sync_wanted (txn, call->account, error);
  return call->result != NULL;
}

static GPtrArray *
mos_desk_host_list_flag_changes_sync (MosChannelHost *host,
                                      const char *account,
                                      GCancellable *cancellable,
                                      GError **error)
{
  MosHostCall call = { mos_host_do_wanted, .account = account };

  return mos_desk_host_read (host, &call, cancellable, error) ? call.result : NULL;
}

static gboolean
mos_host_do_finish_flags (MosTxn *txn,
                          MosHostCall *call,
                          GError **error)
{
  GPtrArray *changes = call->value;

  for (guint i = 0; i < changes->len; i++)
    if (!mos_folder_sync_settle (txn, call->account, g_ptr_array_index (changes, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
mos_desk_host_finish_flag_changes_sync (MosChannelHost *host,
                                        const char *account,
                                        GPtrArray *done,
                                        GCancellable *cancellable,
                                        GError **error)
{
  MosHostCall call = { mos_host_do_finish_flags, .account = account, .value = done };

  return done->len == 0 || mos_desk_host_write (host, &call, cancellable, error);
}

/* --- the account --- */

static char *
mos_desk_host_dup_password_sync (MosChannelHost *host,
                                 const char *account,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosDeskHost *self = MOS_DESK_HOST (host);
  g_autofree char *scope = NULL;
  char *password;

  g_mutex_lock (&self->mutex);
  password = g_strdup (g_hash_table_lookup (self->passwords, account));
  g_mutex_unlock (&self->mutex);
  if (password != NULL)
    return password;

  scope = mos_desk_profile_scope (mos_store_get_profile (self->store));
  return mos_secrets_lookup_sync (scope, account, MOS_SECRETS_TIMEOUT_MS, cancellable, error);
}

static gboolean
mos_desk_host_keep_password_sync (MosChannelHost *host,
                                  MosAccount *account,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosDeskHost *self = MOS_DESK_HOST (host);
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (self->store));
  gboolean is_kept = mos_secrets_store_sync (scope, account->id, account->address, password, MOS_SECRETS_TIMEOUT_MS, cancellable, error);

  mos_desk_host_set_password (self, account->id, is_kept ? NULL : password);
  return is_kept;
}

static char *
mos_desk_host_load_refresh (const char *account,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error)
{
  return mos_desk_host_dup_password_sync (data, account, cancellable, error);
}

static char *
mos_desk_host_load_client_secret (const char *account,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autofree char *key = mos_desk_client_secret_key (account);
  g_autoptr (GError) local = NULL;
  char *secret = mos_desk_host_dup_password_sync (data, key, cancellable, &local);

  if (secret == NULL && !g_error_matches (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD) &&
      /* Without a keyring there is what this run was given; not every client has a secret. */
      !g_error_matches (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
    g_propagate_error (error, g_steal_pointer (&local));
  return secret;
}

static void
mos_desk_host_save_refresh (MosAccount *account,
                            const char *refresh,
                            gpointer data,
                            GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  /* Where no keyring takes it, it lasts as long as this run does; then the owner signs in again. */
  if (!mos_desk_host_keep_password_sync (data, account, refresh, cancellable, &error))
    g_debug ("The renewed sign-in was not kept: %s", error->message);
}

static MosCredential *
mos_desk_host_dup_credential_sync (MosChannelHost *host,
                                   MosAccount *account,
                                   MosCredential *refused,
                                   GCancellable *cancellable,
                                   GError **error)
{
  MosDeskHost *self = MOS_DESK_HOST (host);
  g_autofree char *password = NULL;
  MosCredential *credential;

  if (account->oauth != NULL)
    return mos_tokens_get_sync (self->tokens, account, refused, cancellable, error);

  password = mos_desk_host_dup_password_sync (host, account->id, cancellable, error);
  if (password == NULL)
    return NULL;
  credential = mos_credential_make (MOS_CREDENTIAL_PASSWORD, password, account->authorize_as);
  explicit_bzero (password, strlen (password));
  return credential;
}

static void
mos_desk_host_status_changed (MosChannelHost *host,
                              MosAccountStatus *status)
{
  mos_desk_host_tell (MOS_DESK_HOST (host), MOS_NEWS_STATUS, mos_account_status_ref (status));
}

static void
mos_desk_host_iface_init (MosChannelHostInterface *iface)
{
  iface->ingest_sync = mos_desk_host_ingest_sync;
  iface->prepare = mos_desk_host_prepare;
  iface->load_folder_sync = mos_desk_host_load_folder_sync;
  iface->save_folder_sync = mos_desk_host_save_folder_sync;
  mos_desk_host_init_folders (iface);
  iface->rematch_sync = mos_desk_host_rematch_sync;
  iface->flags_changed_sync = mos_desk_host_flags_changed_sync;
  iface->removed_sync = mos_desk_host_removed_sync;
  iface->work_ready_sync = mos_desk_host_work_ready_sync;
  iface->list_flag_changes_sync = mos_desk_host_list_flag_changes_sync;
  iface->finish_flag_changes_sync = mos_desk_host_finish_flag_changes_sync;
  mos_desk_host_init_outbox (iface);
  mos_desk_host_init_chat (iface);
  iface->dup_password_sync = mos_desk_host_dup_password_sync;
  iface->keep_password_sync = mos_desk_host_keep_password_sync;
  iface->dup_credential_sync = mos_desk_host_dup_credential_sync;
  iface->status_changed = mos_desk_host_status_changed;
}

static void
mos_desk_host_finalize (GObject *object)
{
  MosDeskHost *self = MOS_DESK_HOST (object);

  g_clear_pointer (&self->tokens, mos_tokens_free);
  g_hash_table_unref (self->passwords);
  g_hash_table_unref (self->claims);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->store);

  G_OBJECT_CLASS (mos_desk_host_parent_class)->finalize (object);
}

static void
mos_desk_host_class_init (MosDeskHostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_desk_host_finalize;
}

static void
mos_desk_host_init (MosDeskHost *self)
{
  g_mutex_init (&self->mutex);
  self->passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->claims = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

char *
mos_desk_client_secret_key (const char *account)
{
  return g_strconcat (account, "/client-secret", NULL);
}

MosDeskHost *
mos_desk_host_new (MosStore *store)
{
  MosTokensKeyring keyring = { mos_desk_host_load_refresh, mos_desk_host_load_client_secret, mos_desk_host_save_refresh, NULL };
  MosDeskHost *self;

  g_return_val_if_fail (MOS_IS_STORE (store), NULL);

  self = g_object_new (MOS_TYPE_DESK_HOST, NULL);
  self->store = g_object_ref (store);
  keyring.data = self;
  self->tokens = mos_tokens_new (mos_store_get_clock (store), &keyring);
  return self;
}

void
mos_desk_host_set_listener (MosDeskHost *self,
                            const MosDeskHostListener *listener,
                            gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK_HOST (self));

  self->listener = listener != NULL ? *listener : (MosDeskHostListener) { 0 };
  self->listener_data = user_data;
}

void
mos_desk_host_set_password (MosDeskHost *self,
                            const char *account,
                            const char *password)
{
  g_return_if_fail (MOS_IS_DESK_HOST (self));

  g_mutex_lock (&self->mutex);
  if (password != NULL)
    g_hash_table_replace (self->passwords, g_strdup (account), g_strdup (password));
  else
    g_hash_table_remove (self->passwords, account);
  g_mutex_unlock (&self->mutex);
}

void
mos_desk_host_set_tokens (MosDeskHost *self,
                          const char *account,
                          MosOAuthTokens *tokens)
{
  g_return_if_fail (MOS_IS_DESK_HOST (self));

  if (tokens != NULL)
    mos_tokens_put (self->tokens, account, tokens);
  else
    mos_tokens_forget (self->tokens, account);
}
