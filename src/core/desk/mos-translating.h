/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-translate-values.h"

G_BEGIN_DECLS

/* Of an account: "1" = the texts of its messages may go to the service that translates. It goes with the account. */
#define MOS_ACCOUNT_TRANSLATES "translates"
/* Under which name the keyring has the service's key. */
#define MOS_TRANSLATE_SECRET "translator"
/* Of a text; what is longer is not translated by the way. */
#define MOS_TRANSLATE_MAX_TEXT 60000

/**
 * MosTranslating:
 *
 * Translation of messages and drafts. It asks whether the account may have its
 * texts sent (MOS_TRANSLATE_ERROR_OFF), so that whoever calls cannot forget to,
 * and remembers what was translated: the same text is sent once. Of a message
 * only what its writer newly wrote goes out, and of that what
 * #MosTranslateText lets go. Blocking; of one worker thread, but for its making
 * and its end.
 */
typedef struct _MosTranslating MosTranslating;

MosTranslating *mos_translating_new (MosStore *store);
MosTranslating *mos_translating_ref (MosTranslating *self);
void mos_translating_unref (MosTranslating *self);

/** mos_translating_test_sync: @key: (nullable): the one that is kept, where @settings are those it was kept for. Returns: (transfer full) (nullable) */
MosTranslateFacts *mos_translating_test_sync (MosTranslating *self, const MosTranslateSettings *settings, const char *key, GCancellable *cancellable, GError **error);
/** mos_translating_save_sync: @key: (nullable): %NULL = as it is; where @settings name another place than before, it has none then: a key is shown to nobody else */
gboolean mos_translating_save_sync (MosTranslating *self, const MosTranslateSettings *settings, const char *key, GCancellable *cancellable, GError **error);
/** mos_translating_message_sync: @message: an id; @to: a code of the program. Returns: (transfer full) (nullable) */
MosTranslation *mos_translating_message_sync (MosTranslating *self, const char *message, const char *to, GCancellable *cancellable, GError **error);
/** mos_translating_draft_sync: @account: it is to be sent from; @from: (nullable). Returns: (transfer full) (nullable) */
MosTranslation *mos_translating_draft_sync (MosTranslating *self, const char *account, const char *text, gboolean is_marked, const char *from, const char *to, GCancellable *cancellable, GError **error);

/** mos_translating_set_account: whether the texts of @account may go to the service; inside a transaction that writes */
gboolean mos_translating_set_account (MosTxn *txn, const char *account, gboolean is_on, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTranslating, mos_translating_unref)

G_END_DECLS
