/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-customer-values.h"

G_BEGIN_DECLS

/* The asynchronous face of mos-customers.h. Main context only. Whatever of it changes is in the change set of the store's "changed". */

/** mos_desk_list_customers_async: @text: (nullable): what they are found by; else those of @segment, from @offset on */
void mos_desk_list_customers_async (MosDesk *self, const char *text, MosSegment segment, guint offset, guint max, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosCustomerRow */
GPtrArray *mos_desk_list_customers_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_load_lost_days_async: after how many days without an order somebody counts as lost. Finish gives 0 with an error */
void mos_desk_load_lost_days_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
guint mos_desk_load_lost_days_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_set_lost_days_async: for everybody at this desk. Finish with mos_desk_action_finish() */
void mos_desk_set_lost_days_async (MosDesk *self, guint days, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** MosCustomerLook: all that the page of a customer shows. @merges: of #MosCustomerMerge; @suggestions: of #MosSuggestion */
typedef struct
{
  MosCustomerRow *row;
  GPtrArray *merges;
  GPtrArray *suggestions;
} MosCustomerLook;
MOS_DECLARE_VALUE (MosCustomerLook, customer_look)
/** mos_desk_look_at_customer_async: MOS_DESK_ERROR_NOT_FOUND where there is nobody any more */
void mos_desk_look_at_customer_async (MosDesk *self, const char *customer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) */
MosCustomerLook *mos_desk_look_at_customer_finish (MosDesk *self, GAsyncResult *result, GError **error);

void mos_desk_preview_customer_merge_async (MosDesk *self, const char *source, const char *target, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) */
MosMergePreview *mos_desk_preview_customer_merge_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_list_since_merge_async: conversations that came since @merge: for the person to say which of them go along */
void mos_desk_list_since_merge_async (MosDesk *self, const char *merge, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosConversationRow */
GPtrArray *mos_desk_list_since_merge_finish (MosDesk *self, GAsyncResult *result, GError **error);
void mos_desk_preview_erasure_async (MosDesk *self, const char *customer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) */
MosErasure *mos_desk_preview_erasure_finish (MosDesk *self, GAsyncResult *result, GError **error);

/* Acting: mos_desk_action_finish(), and an undo, but for the erasure. */

/** mos_desk_save_customer_async: what of @row is another than in @was, as it was shown: mos_customers_save_changes() */
void mos_desk_save_customer_async (MosDesk *self, MosCustomerRow *was, MosCustomerRow *row, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_set_address_async: @value: an address or a phone number; it comes to the customer, or is taken away */
void mos_desk_set_address_async (MosDesk *self, const char *customer, const char *value, gboolean has, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_merge_customers_async: @take: (nullable): fields of which the source's value wins. Whoever is blocked, too: ask before */
void mos_desk_merge_customers_async (MosDesk *self, const char *source, const char *target, const char *const *take, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_unmerge_customer_async: @also: conversations that go along */
void mos_desk_unmerge_customer_async (MosDesk *self, const char *merge, const char *const *also, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_split_customer_async (MosDesk *self, const char *customer, const char *const *identities, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_set_distinct_async: two who look alike are two */
void mos_desk_set_distinct_async (MosDesk *self, const char *one, const char *other, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_erase_customer_async: no undo. MOS_DESK_ERROR_UNSENT */
void mos_desk_erase_customer_async (MosDesk *self, const char *customer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_erase_customer_finish: Returns: (transfer full): the receipt */
MosErasure *mos_desk_erase_customer_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
