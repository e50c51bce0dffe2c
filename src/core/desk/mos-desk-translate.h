/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-translate-values.h"

G_BEGIN_DECLS

/* Translation for the window: mos-translating.h without blocking. Main context only. The signal `translate-changed` of #MosDesk tells that one of the first three answers otherwise. */

/** mos_desk_get_translate: Returns: (transfer none): which service translates; off also in a desk that never goes on line */
MosTranslateSettings *mos_desk_get_translate (MosDesk *self);
/** mos_desk_can_translate: Returns: whether a service is set up */
gboolean mos_desk_can_translate (MosDesk *self);
/** mos_desk_may_translate: @account: (nullable). Returns: whether one is, and the texts of @account may go there */
gboolean mos_desk_may_translate (MosDesk *self, const char *account);

/** mos_desk_test_translate_async: @key: (nullable): see mos_translating_test_sync() */
void mos_desk_test_translate_async (MosDesk *self, MosTranslateSettings *settings, const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable) */
MosTranslateFacts *mos_desk_test_translate_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_save_translate_async: @key: (nullable): see mos_translating_save_sync() */
void mos_desk_save_translate_async (MosDesk *self, MosTranslateSettings *settings, const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_save_translate_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_set_translate_account_async: whether the texts of @account may go to the service. Finish with mos_desk_action_finish() */
void mos_desk_set_translate_account_async (MosDesk *self, const char *account, gboolean is_on, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

void mos_desk_translate_message_async (MosDesk *self, const char *message, const char *to, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_translate_draft_async: @account: it is to be sent from; @from: (nullable) */
void mos_desk_translate_draft_async (MosDesk *self, const char *account, const char *text, gboolean is_marked, const char *from, const char *to, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): of both */
MosTranslation *mos_desk_translate_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
