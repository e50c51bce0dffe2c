/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-folders.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-private.h"
#include "core/values/mos-channel-values.h"

#define SYNC_COLUMNS "id, account, name, role, uidvalidity, uid_next, highest_modseq, backfill_uid, followed, last_sync, on_server"
#define FOLDER_COLUMNS SYNC_COLUMNS ", title, chosen, listed"
#define LOCATION_COLUMNS "message, folder, uidvalidity, uid, flags, want_set, want_unset, removed"

char *
mos_store_folder_id (const char *account,
                     const char *name)
{
  return mos_id_derive ("folder", account, name, NULL);
}

static MosFolderRow *
folder_from (MosStatement *statement)
{
  MosFolderRow *folder = mos_folder_row_new ();

  folder->id = mos_statement_dup_text (statement, 0);
  folder->account = mos_statement_dup_text (statement, 1);
  folder->name = mos_statement_dup_text (statement, 2);
  folder->role = mos_folder_role_from_nick (mos_statement_get_text (statement, 3), MOS_FOLDER_OTHER);
  folder->uidvalidity = (guint32) mos_statement_get_int (statement, 4);
  folder->uid_next = (guint32) mos_statement_get_int (statement, 5);
  folder->highest_modseq = (guint64) mos_statement_get_int (statement, 6);
  folder->backfill_uid = (guint32) mos_statement_get_int (statement, 7);
  folder->followed = mos_statement_get_int (statement, 8) != 0;
  folder->last_sync_us = mos_statement_get_int (statement, 9);
  folder->on_server = (guint64) mos_statement_get_int (statement, 10);
  folder->title = mos_statement_dup_text0 (statement, 11);
  folder->chosen = mos_statement_get_int (statement, 12) != 0;
  folder->listed = mos_statement_get_int (statement, 13) != 0;
  return folder;
}

static MosLocation *
location_from (MosStatement *statement)
{
  MosLocation *location = mos_location_new ();

  location->message = mos_statement_dup_text (statement, 0);
  location->folder = mos_statement_dup_text (statement, 1);
  location->uidvalidity = (guint32) mos_statement_get_int (statement, 2);
  location->uid = (guint32) mos_statement_get_int (statement, 3);
  location->flags = (MosMessageFlags) mos_statement_get_int (statement, 4);
  location->want_set = (MosMessageFlags) mos_statement_get_int (statement, 5);
  location->want_unset = (MosMessageFlags) mos_statement_get_int (statement, 6);
  location->removed = mos_statement_get_int (statement, 7) != 0;
  return location;
}

static GPtrArray *
list_locations (MosStatement *statement,
                GError **error)
{
  g_autoptr (GPtrArray) locations = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_location_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (locations, location_from (statement));
  return r == 0 ? g_steal_pointer (&locations) : NULL;
}

GPtrArray *
mos_store_folder_list (MosTxn *txn,
                       const char *account,
                       GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_folder_row_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " FOLDER_COLUMNS " FROM folder WHERE account = ? ORDER BY name", "t", account);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (folders, folder_from (statement));
  return r == 0 ? g_steal_pointer (&folders) : NULL;
}

gboolean
mos_store_folder_find (MosTxn *txn,
                       const char *account,
                       const char *name,
                       MosFolderRow **ret_folder,
                       GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " FOLDER_COLUMNS " FROM folder WHERE account = ? AND name = ?", "tt", account, name);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_folder = r > 0 ? folder_from (statement) : NULL;
  return r >= 0;
}

gboolean
mos_store_folder_is_known (MosTxn *txn,
                           const char *id,
                           gboolean *ret_is,
                           GError **error)
{
  gint64 is_known = 0;

  if (!mos_database_get_int (txn->database, &is_known, error, "SELECT uidvalidity <> 0 FROM folder WHERE id = ?", "t", id))
    return FALSE;
  *ret_is = is_known != 0;
  return TRUE;
}

/* Flags that are still to be written outlive the place: the next one takes them over. */
static gboolean
keep_wanted (MosTxn *txn,
             const char *folder,
             guint32 uidvalidity,
             guint32 uid,
             GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT INTO waiting_flags (message, want_set, want_unset) SELECT message, want_set, want_unset FROM location"
                            " WHERE folder = ?1 AND uidvalidity = ?2 AND uid = ?3 AND (want_set <> 0 OR want_unset <> 0)"
                            " ON CONFLICT DO UPDATE SET want_set = excluded.want_set, want_unset = excluded.want_unset",
                            "tii", folder, (gint64) uidvalidity, (gint64) uid);
}

static gboolean
take_wanted (MosTxn *txn,
             const char *message,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT want_set, want_unset FROM waiting_flags WHERE message = ?", "t", message);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  int set, unset;

  if (r <= 0)
    return r == 0;
  set = (int) mos_statement_get_int (statement, 0);
  unset = (int) mos_statement_get_int (statement, 1);
  mos_statement_reset (statement);
  return mos_store_location_want (txn, message, (MosMessageFlags) set, (MosMessageFlags) unset, error) &&
         mos_database_exec (txn->database, error, "DELETE FROM waiting_flags WHERE message = ?", "t", message);
}

/* Marks messages that have no place left. */
static gboolean
update_removed (MosTxn *txn,
                GPtrArray *messages,
                GError **error)
{
  for (guint i = 0; i < messages->len; i++)
    {
      const char *id = messages->pdata[i];

      if (!mos_database_exec (txn->database, error,
                              "UPDATE message SET removed_on_server = NOT EXISTS (SELECT 1 FROM location WHERE message = ?1 AND removed = 0)"
                              " AND NOT EXISTS (SELECT 1 FROM server_move WHERE message = ?1 AND state <> 'failed') WHERE id = ?1",
                              "t", id))
        return FALSE;
      mos_txn_touch_message (txn, id);
    }
  return TRUE;
}

gboolean
mos_store_folder_save (MosTxn *txn,
                       MosFolderRow *folder,
                       GError **error)
{
  g_autofree char *id = mos_store_folder_id (folder->account, folder->name);
  gint64 old = 0;

  if (!mos_database_get_int (txn->database, &old, error, "SELECT uidvalidity FROM folder WHERE id = ?", "t", id) ||
      !mos_database_exec (txn->database, error,
                          "INSERT INTO folder (" SYNC_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                          " role = excluded.role, uidvalidity = excluded.uidvalidity, uid_next = excluded.uid_next, highest_modseq = excluded.highest_modseq,"
                          " backfill_uid = excluded.backfill_uid, followed = excluded.followed, last_sync = excluded.last_sync, on_server = excluded.on_server",
                          "ttttiiiidii", id, folder->account, folder->name, mos_folder_role_to_nick (folder->role), (gint64) folder->uidvalidity, (gint64) folder->uid_next,
                          (gint64) folder->highest_modseq, (gint64) folder->backfill_uid, folder->followed ? 1 : 0, folder->last_sync_us, (gint64) folder->on_server))
    return FALSE;
  if (old != 0 && old != folder->uidvalidity)
    {
      g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT DISTINCT message FROM location WHERE folder = ? AND uidvalidity <> ?", "ti", id, (gint64) folder->uidvalidity);
      g_autoptr (GPtrArray) messages = mos_query_ids (statement, error);

      /* The numbers may soon mean other messages; the messages themselves meet again by their ids. */
      return messages != NULL &&
             mos_database_exec (txn->database, error, "DELETE FROM missing WHERE folder = ? AND uidvalidity <> ?", "ti", id, (gint64) folder->uidvalidity) &&
             mos_database_exec (txn->database, error, "DELETE FROM erased_place WHERE folder = ? AND uidvalidity <> ?", "ti", id, (gint64) folder->uidvalidity) &&
             mos_database_exec (txn->database, error, "DELETE FROM location WHERE folder = ? AND uidvalidity <> ?", "ti", id, (gint64) folder->uidvalidity) &&
             update_removed (txn, messages, error);
    }
  return TRUE;
}

gboolean
mos_store_folder_set_listed (MosTxn *txn,
                             const char *account,
                             GPtrArray *listed,
                             GError **error)
{
  if (!mos_database_exec (txn->database, error, "UPDATE folder SET listed = 0 WHERE account = ? AND listed <> 0", "t", account))
    return FALSE;
  for (guint i = 0; i < listed->len; i++)
    {
      MosFolderRow *row = listed->pdata[i];
      g_autofree char *id = mos_store_folder_id (account, row->name);

      if (!mos_database_exec (txn->database, error,
                              "INSERT INTO folder (" FOLDER_COLUMNS ") VALUES (?1, ?2, ?3, ?4, 0, 0, 0, 1, ?5, 0, 0, ?6, 0, 1)"
                              " ON CONFLICT (id) DO UPDATE SET role = excluded.role, title = excluded.title, followed = excluded.followed, listed = 1",
                              "ttttdt", id, account, row->name, mos_folder_role_to_nick (row->role), row->followed ? 1 : 0, row->title))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_store_folder_set_chosen (MosTxn *txn,
                             const char *id,
                             gboolean chosen,
                             GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE folder SET chosen = ? WHERE id = ?", "dt", chosen ? 1 : 0, id);
}

gboolean
mos_store_folder_rename (MosTxn *txn,
                         const char *account,
                         const char *name,
                         const char *now,
                         GError **error)
{
  g_autofree char *from = mos_store_folder_id (account, name);
  g_autofree char *to = mos_store_folder_id (account, now);
  gint64 known = 0;

  if (!mos_database_get_int (txn->database, &known, error, "SELECT 1 FROM folder WHERE id = ? AND uidvalidity <> 0", "t", to))
    return FALSE;
  if (known != 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "%s is known as a folder of its own", now);
      return FALSE;
    }
  return mos_database_exec (txn->database, error,
                            "UPDATE folder AS n SET (uidvalidity, uid_next, highest_modseq, backfill_uid, last_sync, on_server, chosen, followed) ="
                            " (SELECT uidvalidity, uid_next, highest_modseq, backfill_uid, last_sync, on_server, chosen, followed FROM folder WHERE id = ?1) WHERE n.id = ?2",
                            "tt", from, to) &&
         mos_database_exec (txn->database, error, "UPDATE location SET folder = ?2 WHERE folder = ?1", "tt", from, to) &&
         mos_database_exec (txn->database, error, "UPDATE missing SET folder = ?2 WHERE folder = ?1", "tt", from, to) &&
         mos_database_exec (txn->database, error, "UPDATE erased_place SET folder = ?2 WHERE folder = ?1", "tt", from, to) &&
         mos_database_exec (txn->database, error, "DELETE FROM folder WHERE id = ?", "t", from);
}

gboolean
mos_store_folder_drop (MosTxn *txn,
                       const char *account,
                       const char *name,
                       GError **error)
{
  g_autofree char *id = mos_store_folder_id (account, name);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT DISTINCT message FROM location WHERE folder = ? AND removed = 0", "t", id);
  g_autoptr (GPtrArray) messages = mos_query_ids (statement, error);

  /* Their flags wait: the mail may be in another folder. */
  return messages != NULL &&
         mos_database_exec (txn->database, error,
                            "INSERT INTO waiting_flags (message, want_set, want_unset) SELECT message, max (want_set), max (want_unset) FROM location"
                            " WHERE folder = ? AND removed = 0 AND (want_set <> 0 OR want_unset <> 0) GROUP BY message ON CONFLICT DO NOTHING",
                            "t", id) &&
         mos_database_exec (txn->database, error, "DELETE FROM missing WHERE folder = ?", "t", id) &&
         mos_database_exec (txn->database, error, "DELETE FROM erased_place WHERE folder = ?", "t", id) &&
         mos_database_exec (txn->database, error, "DELETE FROM location WHERE folder = ?", "t", id) &&
         mos_database_exec (txn->database, error, "UPDATE folder SET followed = 0, uidvalidity = 0, uid_next = 0, highest_modseq = 0, backfill_uid = 1, on_server = 0 WHERE id = ?", "t", id) &&
         update_removed (txn, messages, error);
}

gboolean
mos_store_location_put (MosTxn *txn,
                        MosLocation *location,
                        GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT INTO location (message, folder, uidvalidity, uid, flags) VALUES (?, ?, ?, ?, ?)"
                            " ON CONFLICT DO UPDATE SET message = excluded.message, flags = excluded.flags, removed = 0",
                            "ttiid", location->message, location->folder, (gint64) location->uidvalidity, (gint64) location->uid, (int) location->flags) &&
         mos_database_exec (txn->database, error, "DELETE FROM missing WHERE folder = ? AND uidvalidity = ? AND uid = ?", "tii", location->folder, (gint64) location->uidvalidity, (gint64) location->uid) &&
         mos_database_exec (txn->database, error, "UPDATE message SET removed_on_server = 0 WHERE id = ? AND removed_on_server <> 0", "t", location->message) &&
         take_wanted (txn, location->message, error);
}

gboolean
mos_store_location_find (MosTxn *txn,
                         const char *folder,
                         guint32 uidvalidity,
                         guint32 uid,
                         char **ret_message,
                         GError **error)
{
  return mos_database_get_text (txn->database, ret_message, error, "SELECT message FROM location WHERE folder = ? AND uidvalidity = ? AND uid = ?", "tii", folder, (gint64) uidvalidity, (gint64) uid);
}

GPtrArray *
mos_store_location_list (MosTxn *txn,
                         const char *folder,
                         guint32 uidvalidity,
                         GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " LOCATION_COLUMNS " FROM location WHERE folder = ? AND uidvalidity = ? AND removed = 0 ORDER BY uid", "ti", folder, (gint64) uidvalidity);

  return list_locations (statement, error);
}

gboolean
mos_store_location_list_places (MosTxn *txn,
                                const char *folder,
                                guint32 uidvalidity,
                                GArray *places,
                                GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT uid, flags FROM location WHERE folder = ? AND uidvalidity = ? AND removed = 0 ORDER BY uid", "ti", folder, (gint64) uidvalidity);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosPlace place = { (guint32) mos_statement_get_int (statement, 0), (MosMessageFlags) mos_statement_get_int (statement, 1) };

      g_array_append_val (places, place);
    }
  return r == 0;
}

GPtrArray *
mos_store_location_list_of_message (MosTxn *txn,
                                    const char *message,
                                    GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " LOCATION_COLUMNS " FROM location WHERE message = ? ORDER BY folder, uidvalidity, uid", "t", message);

  return list_locations (statement, error);
}

gboolean
mos_store_location_set_flags (MosTxn *txn,
                              const char *folder,
                              guint32 uidvalidity,
                              guint32 uid,
                              MosMessageFlags flags,
                              GError **error)
{
  g_autofree char *message = NULL;
  MosMessageFlags old, want_set, want_unset;

  {
    g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT message, flags, want_set, want_unset FROM location WHERE folder = ? AND uidvalidity = ? AND uid = ?", "tii", folder, (gint64) uidvalidity, (gint64) uid);
    int r = statement != NULL ? mos_statement_step (statement, error) : -1;

    if (r <= 0)
      return r == 0;
    message = mos_statement_dup_text (statement, 0);
    old = (MosMessageFlags) mos_statement_get_int (statement, 1);
    want_set = (MosMessageFlags) mos_statement_get_int (statement, 2);
    want_unset = (MosMessageFlags) mos_statement_get_int (statement, 3);
  }
  if (!mos_database_exec (txn->database, error, "UPDATE location SET flags = ?, removed = 0, want_set = want_set & ~?1, want_unset = want_unset & ?1 WHERE folder = ? AND uidvalidity = ? AND uid = ?", "dtii",
                          (int) flags, folder, (gint64) uidvalidity, (gint64) uid))
    return FALSE;
  /* Read on another device is read here; only a change counts, and never against what we still want to write. */
  if (((old ^ flags) & MOS_MESSAGE_FLAG_SEEN) == 0 || ((want_set | want_unset) & MOS_MESSAGE_FLAG_SEEN) != 0)
    return TRUE;
  return mos_store_message_set_read (txn, message, (flags & MOS_MESSAGE_FLAG_SEEN) != 0, FALSE, error);
}

gboolean
mos_store_location_set_removed (MosTxn *txn,
                                const char *folder,
                                guint32 uidvalidity,
                                guint32 uid,
                                GError **error)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);
  char *message = NULL;

  if (!mos_store_location_find (txn, folder, uidvalidity, uid, &message, error) ||
      !mos_database_exec (txn->database, error, "DELETE FROM missing WHERE folder = ? AND uidvalidity = ? AND uid = ?", "tii", folder, (gint64) uidvalidity, (gint64) uid) ||
      !mos_database_exec (txn->database, error, "DELETE FROM erased_place WHERE folder = ? AND uidvalidity = ? AND uid = ?", "tii", folder, (gint64) uidvalidity, (gint64) uid))
    return FALSE;
  if (message == NULL)
    return TRUE;
  g_ptr_array_add (messages, message);
  return keep_wanted (txn, folder, uidvalidity, uid, error) &&
         mos_database_exec (txn->database, error, "UPDATE location SET removed = 1, want_set = 0, want_unset = 0 WHERE folder = ? AND uidvalidity = ? AND uid = ?", "tii", folder, (gint64) uidvalidity, (gint64) uid) &&
         update_removed (txn, messages, error);
}

gboolean
mos_store_location_want (MosTxn *txn,
                         const char *message,
                         MosMessageFlags set,
                         MosMessageFlags unset,
                         GError **error)
{
  gint64 waits = 0;

  /* Only what the server does not say already. */
  if (!mos_database_exec (txn->database, error,
                          "UPDATE location SET want_set = ((want_set | ?1) & ~?2) & ~flags, want_unset = ((want_unset | ?2) & ~?1) & flags WHERE message = ?3 AND removed = 0",
                          "ddt", (int) set, (int) unset, message) ||
      !mos_database_get_int (txn->database, &waits, error, "SELECT 1 FROM location WHERE message = ? AND removed = 0 AND (want_set <> 0 OR want_unset <> 0)", "t", message))
    return FALSE;
  if (waits != 0)
    txn->changes->wanted_changed = TRUE;
  return TRUE;
}

GPtrArray *
mos_store_location_list_wanted (MosTxn *txn,
                                const char *account,
                                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT " LOCATION_COLUMNS " FROM location WHERE (want_set <> 0 OR want_unset <> 0) AND removed = 0"
                          " AND folder IN (SELECT id FROM folder WHERE account = ?) ORDER BY folder, uidvalidity, uid",
                          "t", account);

  return list_locations (statement, error);
}

gboolean
mos_store_location_settle (MosTxn *txn,
                           const char *folder,
                           guint32 uidvalidity,
                           guint32 uid,
                           MosMessageFlags set,
                           MosMessageFlags unset,
                           GError **error)
{
  return mos_database_exec (txn->database, error,
                            "UPDATE location SET flags = (flags | ?1) & ~?2, want_set = want_set & ~?1, want_unset = want_unset & ~?2 WHERE folder = ?3 AND uidvalidity = ?4 AND uid = ?5",
                            "ddtii", (int) set, (int) unset, folder, (gint64) uidvalidity, (gint64) uid);
}

gboolean
mos_store_cursor_get (MosTxn *txn,
                      const char *account,
                      const char *scope,
                      char **ret_value,
                      GError **error)
{
  return mos_database_get_text (txn->database, ret_value, error, "SELECT value FROM cursor WHERE account = ? AND scope = ?", "tt", account, scope);
}

GHashTable *
mos_store_cursor_list (MosTxn *txn,
                       const char *account,
                       GError **error)
{
  g_autoptr (GHashTable) cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT scope, value FROM cursor WHERE account = ?", "t", account);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_hash_table_replace (cursors, mos_statement_dup_text (statement, 0), mos_statement_dup_text (statement, 1));
  return r == 0 ? g_steal_pointer (&cursors) : NULL;
}

gboolean
mos_store_cursor_set (MosTxn *txn,
                      const char *account,
                      const char *scope,
                      const char *value,
                      GError **error)
{
  if (value == NULL)
    return mos_database_exec (txn->database, error, "DELETE FROM cursor WHERE account = ? AND scope = ?", "tt", account, scope);
  return mos_database_exec (txn->database, error, "INSERT INTO cursor (account, scope, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value", "ttt", account, scope, value);
}
