/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** mos_account_dup: Returns: (transfer full): a copy that may be changed until somebody else sees it */
MosAccount *mos_account_dup (const MosAccount *account);

/**
 * MosServerGroup: the rows for one server: host, port, security, user.
 *
 * Signal `changed ()`
 */
#define MOS_TYPE_SERVER_GROUP (mos_server_group_get_type ())
G_DECLARE_FINAL_TYPE (MosServerGroup, mos_server_group, MOS, SERVER_GROUP, AdwPreferencesGroup)

void mos_server_group_set_server (MosServerGroup *self, MosServer *server);
/** mos_server_group_dup_server: Returns: (transfer full): what the rows say */
MosServer *mos_server_group_dup_server (MosServerGroup *self);
/** mos_server_group_is_valid: Returns: whether there is a host and a user */
gboolean mos_server_group_is_valid (MosServerGroup *self);

G_END_DECLS
