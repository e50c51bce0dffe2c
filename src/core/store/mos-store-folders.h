/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* State of the sync: folders, the places of messages on the server, cursors. None of it is undone, none of it writes change rows. */

/** mos_store_folder_id: Returns: (transfer full): the id of a folder, derived from account and name */
char *mos_store_folder_id (const char *account, const char *name);
/** Returns: array of #MosFolderRow */
GPtrArray *mos_store_folder_list (MosTxn *txn, const char *account, GError **error);
/** mos_store_folder_is_known: whether its numbering of mails is known; @id: mos_store_folder_id() */
gboolean mos_store_folder_is_known (MosTxn *txn, const char *id, gboolean *ret_is, GError **error);
gboolean mos_store_folder_find (MosTxn *txn, const char *account, const char *name, MosFolderRow **ret_folder, GError **error);
/** mos_store_folder_save: adds or changes by account and name (the row's id is not looked at). Another uidvalidity makes all its places void. */
gboolean mos_store_folder_save (MosTxn *txn, MosFolderRow *folder, GError **error);

/** mos_store_folder_set_listed: @listed: array of #MosFolderRow of which name, title, role and followed are looked at: all that the server has now */
gboolean mos_store_folder_set_listed (MosTxn *txn, const char *account, GPtrArray *listed, GError **error);
/** mos_store_folder_set_chosen: the owner wants it followed; looked at when the sync next asks for the folders */
gboolean mos_store_folder_set_chosen (MosTxn *txn, const char *id, gboolean chosen, GError **error);
/** mos_store_folder_rename: its mail, its cursor and the choice go to the folder now called @now, which must be listed and never have been synced (else CONFLICT) */
gboolean mos_store_folder_rename (MosTxn *txn, const char *account, const char *name, const char *now, GError **error);
/** mos_store_folder_drop: the server has it no more: its places go, the messages stay, marked where it was their last place. The owner's choice stays, too. */
gboolean mos_store_folder_drop (MosTxn *txn, const char *account, const char *name, GError **error);

/** mos_store_location_put: the message is at this place; once per (folder, uidvalidity, uid). The folder must have been saved. */
gboolean mos_store_location_put (MosTxn *txn, MosLocation *location, GError **error);
/** mos_store_location_find: @ret_message: (out) (transfer full) (nullable): message at this place */
gboolean mos_store_location_find (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, char **ret_message, GError **error);
/** Returns: array of #MosLocation of a folder that are not removed, by uid */
GPtrArray *mos_store_location_list (MosTxn *txn, const char *folder, guint32 uidvalidity, GError **error);
/** mos_store_location_list_places: the same as #MosPlace, appended to @places: each pass over a folder reads all of them */
gboolean mos_store_location_list_places (MosTxn *txn, const char *folder, guint32 uidvalidity, GArray *places, GError **error);
/** Returns: array of #MosLocation of a message, removed ones included */
GPtrArray *mos_store_location_list_of_message (MosTxn *txn, const char *message, GError **error);
/** mos_store_location_set_flags: the server's flags changed. \Seen and its loss are followed by the message, unless we still want to write the opposite. */
gboolean mos_store_location_set_flags (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, MosMessageFlags flags, GError **error);
/** mos_store_location_set_removed: gone on the server; the message stays, marked when that was its last place. */
gboolean mos_store_location_set_removed (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, GError **error);
/** mos_store_location_want: flags to be written to every place of the message */
gboolean mos_store_location_want (MosTxn *txn, const char *message, MosMessageFlags set, MosMessageFlags unset, GError **error);
/** Returns: array of #MosLocation of an account with flags still to be written */
GPtrArray *mos_store_location_list_wanted (MosTxn *txn, const char *account, GError **error);
/** mos_store_location_settle: these flags were written to the server */
gboolean mos_store_location_settle (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, MosMessageFlags set, MosMessageFlags unset, GError **error);

/** mos_store_cursor_get: @ret_value: (out) (transfer full) (nullable) */
gboolean mos_store_cursor_get (MosTxn *txn, const char *account, const char *scope, char **ret_value, GError **error);
/** mos_store_cursor_list: Returns: (transfer full): all of an account's: names and values */
GHashTable *mos_store_cursor_list (MosTxn *txn, const char *account, GError **error);
/** mos_store_cursor_set: @value: (nullable): %NULL removes it */
gboolean mos_store_cursor_set (MosTxn *txn, const char *account, const char *scope, const char *value, GError **error);

G_END_DECLS
