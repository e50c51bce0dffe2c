/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-retention-values.h"

G_BEGIN_DECLS

/* How long what is done with is kept, for the window: mos-retention.h without blocking. Main context only. */

/**
 * MosRetentionLook: all there is to show
 * @rules: (element-type MosRetentionRule): one for each class, in its order
 * @going, @kept: (element-type MosRetentionItem): what goes next, and what somebody keeps: the first ones
 * @receipts: (element-type MosRetentionReceipt)
 */
typedef struct
{
  GPtrArray *rules;
  GPtrArray *going;
  guint n_going;
  GPtrArray *kept;
  GPtrArray *receipts;
} MosRetentionLook;
MOS_DECLARE_VALUE (MosRetentionLook, retention_look)

void mos_desk_load_retention_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosRetentionLook *mos_desk_load_retention_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_preview_retention_async: what would go of a class after @days, read in pieces, so that others come to the reader in between */
void mos_desk_preview_retention_async (MosDesk *self, MosRetentionClass retention_class, guint days, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosRetentionPreview *mos_desk_preview_retention_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_set_retention_async: switches a class on or off, by somebody who saw the preview of these days. Finish with mos_desk_action_finish() */
void mos_desk_set_retention_async (MosDesk *self, MosRetentionClass retention_class, guint days, gboolean is_on, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_keep_async: conversations stay, whatever their classes say; or not any more. Finish with mos_desk_action_finish() */
void mos_desk_keep_async (MosDesk *self, const char *const *conversations, gboolean keep, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
