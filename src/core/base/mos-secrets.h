/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"

G_BEGIN_DECLS

/* Passwords, in the Secret Service only (or the backend that SECRET_BACKEND names). Blocking: worker threads, or programs without a main
 * loop. A keyring that waits for somebody to unlock it is given @timeout_ms, for where nobody sees its question it would wait for ever.
 * MOS_DESK_ERROR_NO_SECRET_SERVICE when there is none, or it does not answer. */

#define MOS_SECRETS_TIMEOUT_MS 60000

/** mos_secrets_store_sync: @profile: which desk it belongs to; @label: what the keyring shows beside it */
gboolean mos_secrets_store_sync (const char *profile, const char *account, const char *label, const char *password, guint timeout_ms, GCancellable *cancellable, GError **error);
/** mos_secrets_lookup_sync: Returns: (transfer full) (nullable): free with secret_password_free(); MOS_DESK_ERROR_NO_PASSWORD where none is kept */
char *mos_secrets_lookup_sync (const char *profile, const char *account, guint timeout_ms, GCancellable *cancellable, GError **error);
/** mos_secrets_clear_sync: %TRUE also when there was none */
gboolean mos_secrets_clear_sync (const char *profile, const char *account, guint timeout_ms, GCancellable *cancellable, GError **error);

/**
 * mos_secrets_preparation_new:
 * @timeout_ms: how long at most
 *
 * Begins to look for the keyring and to agree with it on a key, beside whatever else is done; who asks for a password waits for that. Whatever goes wrong,
 * the question for the password will say.
 *
 * Returns: (transfer full): free it before the program ends
 */
typedef struct _MosSecretsPreparation MosSecretsPreparation;
MosSecretsPreparation *mos_secrets_preparation_new (guint timeout_ms);
/** mos_secrets_preparation_free: ends it where it still goes on */
void mos_secrets_preparation_free (MosSecretsPreparation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosSecretsPreparation, mos_secrets_preparation_free)

G_END_DECLS
