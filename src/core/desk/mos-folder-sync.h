/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-channel-values.h"

G_BEGIN_DECLS

/* What a channel's sync reads and writes about folders (mos-channel-host.h), inside a transaction. */

/* Set once all mail that is work came, see work_ready_sync. */
#define MOS_WORK_READY_CURSOR "work-ready"

gboolean mos_folder_sync_load (MosTxn *txn, const char *account, const char *folder, MosFolderState **ret_state, GError **error);
gboolean mos_folder_sync_save (MosTxn *txn, MosFolderState *state, GError **error);
/** mos_folder_sync_follow: see follow_folders_sync */
gboolean mos_folder_sync_follow (MosTxn *txn, const char *account, GPtrArray *listed, GPtrArray **ret_followed, GPtrArray **ret_gone, GError **error);
gboolean mos_folder_sync_note_missing (MosTxn *txn, const char *account, const char *folder, guint32 uidvalidity, GArray *uids, const char *why, const char *detail, GError **error);
gboolean mos_folder_sync_record_audit (MosTxn *txn, const char *account, MosAuditResult *result, GError **error);
/** mos_folder_sync_rematch: @ret_unknown: (out) (transfer full): GArray of guint32 */
gboolean mos_folder_sync_rematch (MosTxn *txn, const char *account, const char *folder, MosFolderRole role, guint32 uidvalidity, GPtrArray *candidates, GArray **ret_unknown, GError **error);
gboolean mos_folder_sync_flags (MosTxn *txn, const char *account, const char *folder, guint32 uidvalidity, GArray *places, GError **error);
gboolean mos_folder_sync_removed (MosTxn *txn, const char *account, const char *folder, guint32 uidvalidity, GArray *uids, GError **error);
/** mos_folder_sync_wanted: Returns: array of #MosFlagChange */
GPtrArray *mos_folder_sync_wanted (MosTxn *txn, const char *account, GError **error);
gboolean mos_folder_sync_settle (MosTxn *txn, const char *account, MosFlagChange *change, GError **error);

G_END_DECLS
