/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-translate-values.h"

G_BEGIN_DECLS

/* Which service translates: this desk's own, as its key is; the change log has nothing of it. Whether an account uses it is the account's (MOS_ACCOUNT_TRANSLATES). */

/** mos_store_translate_load: Returns by @ret_settings: (transfer full): off where nobody has set it up */
gboolean mos_store_translate_load (MosTxn *txn, MosTranslateSettings **ret_settings, GError **error);
/** mos_store_translate_save: whoever holds the list of accounts reads it anew */
gboolean mos_store_translate_save (MosTxn *txn, const MosTranslateSettings *settings, GError **error);

G_END_DECLS
