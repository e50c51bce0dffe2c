/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSignInGroup:
 *
 * How an account signs in: with a password, or through its provider's web page
 * with the owner's own client id, and where one is made.
 *
 * Signals: `changed ()`.
 */
#define MOS_TYPE_SIGN_IN_GROUP (mos_sign_in_group_get_type ())
G_DECLARE_FINAL_TYPE (MosSignInGroup, mos_sign_in_group, MOS, SIGN_IN_GROUP, AdwPreferencesGroup)

/** mos_sign_in_group_set_account: shows how it signs in. No secret is shown: @may_keep says that one is there, and none need be entered */
void mos_sign_in_group_set_account (MosSignInGroup *self, MosAccount *account, gboolean may_keep);
/** mos_sign_in_group_suggest: @provider: (nullable): %NULL = a password; @client_id: (nullable): one that is used already */
void mos_sign_in_group_suggest (MosSignInGroup *self, const char *provider, const char *client_id);
void mos_sign_in_group_set_password (MosSignInGroup *self, const char *password);
const char *mos_sign_in_group_get_password (MosSignInGroup *self);
/** mos_sign_in_group_get_client_secret: Returns: (nullable): %NULL where none was entered */
const char *mos_sign_in_group_get_client_secret (MosSignInGroup *self);
/** mos_sign_in_group_apply: to an account that nobody else has yet */
void mos_sign_in_group_apply (MosSignInGroup *self, MosAccount *account);
gboolean mos_sign_in_group_is_valid (MosSignInGroup *self);
/** mos_sign_in_group_is_oauth: whether a browser is needed */
gboolean mos_sign_in_group_is_oauth (MosSignInGroup *self);

/** mos_sign_in_dup_method: Returns: (transfer full): how @account signs in, in words */
char *mos_sign_in_dup_method (MosAccount *account);

G_END_DECLS
