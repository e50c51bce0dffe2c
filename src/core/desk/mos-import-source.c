/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-import-job-private.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-accounts.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* What an import is made of, and the JSON by which its row knows that later. */

static MosImportJob *
new_job (MosStore *store,
         const char *account,
         JsonObject *source)
{
  MosImportJob *self = g_object_new (MOS_TYPE_IMPORT_JOB, NULL);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, source);
  self->store = g_object_ref (store);
  self->account = g_strdup (account);
  self->row = mos_import_row_new ();
  self->row->id = g_strdup ("");
  self->row->account = g_strdup (account);
  self->row->source = json_to_string (node, FALSE);
  self->row->position = g_strdup ("");
  return self;
}

MosImportJob *
mos_import_job_new_paths (MosStore *store,
                          const char *account,
                          const char *const *paths)
{
  g_autoptr (JsonObject) source = json_object_new ();
  JsonArray *array = json_array_new ();
  MosImportJob *self;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      /* A file's name may be any bytes. */
      g_autofree char *path = g_uri_escape_string (paths[i], "/ ", TRUE);

      json_array_add_string_element (array, path);
    }
  json_object_set_array_member (source, "paths", array);
  self = new_job (store, account, source);
  self->paths = g_strdupv ((char **) paths);
  return self;
}

MosImportJob *
mos_import_job_new_folder (MosStore *store,
                           const char *account,
                           MosAccount *server,
                           MosChannelHost *host,
                           const char *password,
                           const char *folder)
{
  g_autoptr (JsonObject) source = json_object_new ();
  g_autofree char *address = g_strdup_printf ("%s@%s:%u", server->imap->user, server->imap->host, server->imap->port);
  MosImportJob *self;

  json_object_set_string_member (source, "server", address);
  json_object_set_string_member (source, "folder", folder);
  if (host != NULL)
    json_object_set_string_member (source, "account", server->id);
  self = new_job (store, account, source);
  self->server = mos_account_ref (server);
  self->host = host != NULL ? g_object_ref (host) : NULL;
  self->password = g_strdup (password);
  self->folder = g_strdup (folder);
  return self;
}

typedef struct
{
  const char *id;
  MosAccount *account; /* (owned) (nullable) */
} FindAccount;

static gboolean
do_find_account (MosTxn *txn,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  FindAccount *find = data;

  return mos_store_account_find (txn, find->id, &find->account, error);
}

MosImportJob *
mos_import_job_new_again (MosStore *store,
                          MosChannelHost *host,
                          MosImportRow *row)
{
  g_autoptr (JsonNode) node = json_from_string (row->source, NULL);
  g_autofree char *archive = mos_id_derive ("account", "archive", "archive", NULL);
  const char *account = strcmp (row->account, archive) == 0 ? NULL : row->account;
  MosImportJob *self = NULL;
  JsonObject *source;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  source = json_node_get_object (node);
  if (json_object_has_member (source, "paths"))
    {
      JsonArray *array = json_object_get_array_member (source, "paths");
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) paths = NULL;

      for (guint i = 0; i < json_array_get_length (array); i++)
        g_strv_builder_take (builder, g_uri_unescape_string (json_array_get_string_element (array, i), NULL));
      paths = g_strv_builder_end (builder);
      self = mos_import_job_new_paths (store, account, (const char *const *) paths);
    }
  else if (host != NULL && json_object_has_member (source, "account"))
    {
      FindAccount find = { .id = json_object_get_string_member (source, "account") };

      if (mos_store_read_sync (store, do_find_account, &find, NULL, NULL) && find.account != NULL)
        self = mos_import_job_new_folder (store, account, find.account, host, NULL, json_object_get_string_member (source, "folder"));
      g_clear_pointer (&find.account, mos_account_unref);
    }
  if (self == NULL)
    return NULL;
  mos_import_row_unref (self->row);
  self->row = mos_import_row_ref (row);
  mos_job_set_progress (MOS_JOB (self), row->done, row->total, row->imported + row->duplicates + row->quarantined + row->passed_over);
  mos_job_set_paused (MOS_JOB (self));
  return self;
}

char *
mos_import_job_dup_name (MosImportJob *self)
{
  g_autoptr (GString) name = g_string_new (NULL);

  if (self->folder != NULL)
    return g_strdup_printf ("%s, %s", self->folder, self->server->imap->host);
  for (guint i = 0; self->paths[i] != NULL && i < 4; i++)
    {
      g_autofree char *base = g_path_get_basename (self->paths[i]);
      g_autofree char *shown = g_filename_display_name (base);

      g_string_append_printf (name, "%s%s", i > 0 ? ", " : "", i == 3 ? "…" : shown);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}
