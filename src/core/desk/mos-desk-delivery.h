/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-delivery-values.h"

G_BEGIN_DECLS

/**
 * mos_desk_check_delivery_async: asks the DNS about the domains that @account writes from
 *
 * Changes nothing. Errors: G_IO_ERROR_CANCELLED, MOS_STORE_ERROR_*; a DNS that does not answer is a finding.
 */
void mos_desk_check_delivery_async (MosDesk *self, MosAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_check_delivery_finish: Returns: (transfer full) (nullable): array of #MosDeliveryReport */
GPtrArray *mos_desk_check_delivery_finish (MosDesk *self, GAsyncResult *result, GError **error);

/**
 * mos_desk_self_test_async: sends a message from @account to itself, and waits until it is in the mailbox, three minutes at most
 * @subject, @text: what whoever finds it reads
 *
 * Errors: MOS_DESK_ERROR_INVALID where the account cannot send, MOS_MAIL_ERROR_*, G_IO_ERROR_*: the mailbox could not be looked into. That it did not leave is no error.
 */
void mos_desk_self_test_async (MosDesk *self, MosAccount *account, const char *subject, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_self_test_finish: Returns: (transfer full) (nullable) */
MosSelfTest *mos_desk_self_test_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_load_account_log_async: what the last looks of an account brought. @account: id */
void mos_desk_load_account_log_async (MosDesk *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_load_account_log_finish: Returns: (transfer full) (nullable): array of #MosAccountEntry, newest first */
GPtrArray *mos_desk_load_account_log_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
