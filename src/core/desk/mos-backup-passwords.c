/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-backups.h"

#include "core/base/mos-error.h"
#include "core/base/mos-json-read.h"
#include "core/base/mos-json.h"
#include "core/base/mos-secrets.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-translating.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-shops.h"

#include <string.h>

/* What lies in the keyring of accounts and shops, and the passphrase of planned backups, for a backup that is sealed: {"passwords": [{"key", "label", "secret"}]}. */

typedef struct
{
  GPtrArray *accounts; /* (owned) (nullable) */
  GPtrArray *shops;    /* (owned) (nullable) */
} Whose;

static void
whose_clear (Whose *whose)
{
  g_clear_pointer (&whose->accounts, g_ptr_array_unref);
  g_clear_pointer (&whose->shops, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Whose, whose_clear)

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Whose *whose = data;

  whose_clear (whose);
  whose->accounts = mos_store_account_list (txn, error);
  whose->shops = whose->accounts != NULL ? mos_store_shop_list_light (txn, error) : NULL;
  return whose->shops != NULL;
}

/* One that has no password there has none here either. */
static gboolean
add (JsonBuilder *builder,
     const char *scope,
     const char *key,
     const char *label,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (GError) local = NULL;
  char *secret = mos_secrets_lookup_sync (scope, key, MOS_SECRETS_TIMEOUT_MS, cancellable, &local);

  if (secret == NULL && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (secret == NULL && !g_error_matches (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD))
    {
      g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NO_KEYRING, local->message);
      return FALSE;
    }
  if (secret == NULL)
    return TRUE;
  json_builder_begin_object (builder);
  mos_json_string (builder, "key", key);
  mos_json_string (builder, "label", label);
  mos_json_string (builder, "secret", secret);
  json_builder_end_object (builder);
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
  return TRUE;
}

GBytes *
mos_backup_collect_passwords_sync (MosStore *store,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (store));
  g_auto (Whose) whose = { NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  if (!mos_store_read_sync (store, do_list, &whose, cancellable, error))
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "passwords");
  json_builder_begin_array (builder);
  for (guint i = 0; i < whose.accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (whose.accounts, i);
      g_autofree char *client = mos_desk_client_secret_key (account->id);

      if (!add (builder, scope, account->id, account->address, cancellable, error) || !add (builder, scope, client, account->address, cancellable, error))
        return NULL;
    }
  for (guint i = 0; i < whose.shops->len; i++)
    {
      MosShopAccount *shop = g_ptr_array_index (whose.shops, i);

      if (!add (builder, scope, shop->id, shop->name, cancellable, error))
        return NULL;
    }
  /* For a plan that is restored with it goes on. */
  if (!add (builder, scope, MOS_BACKUP_SECRET, "Mostrador backup", cancellable, error) || !add (builder, scope, MOS_TRANSLATE_SECRET, "Mostrador translation", cancellable, error))
    return NULL;
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

gboolean
mos_backup_keep_passwords_sync (const char *profile,
                                GBytes *passwords,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (profile);
  g_autoptr (JsonObject) root = mos_json_read_root (passwords, error);
  JsonArray *list = mos_json_read_array (root, "passwords");

  if (root == NULL)
    return FALSE;
  for (guint i = 0; i < mos_json_read_length (list); i++)
    {
      JsonObject *one = mos_json_read_element (list, i);
      g_autofree char *key = mos_json_read_dup_line (one, "key");
      g_autofree char *label = mos_json_read_dup_line (one, "label");
      g_autofree char *secret = mos_json_read_dup_text (one, "secret");

      if (key == NULL || secret == NULL)
        continue;
      if (!mos_secrets_store_sync (scope, key, label != NULL ? label : key, secret, MOS_SECRETS_TIMEOUT_MS, cancellable, error))
        return FALSE;
    }
  return TRUE;
}
