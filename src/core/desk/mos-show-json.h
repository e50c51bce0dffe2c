/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-json.h"
#include "core/store/mos-store.h"
#include "core/values/mos-desk-values.h"

#include <json-glib/json-glib.h>
#include "core/values/mos-category-values.h"

G_BEGIN_DECLS

/**
 * MosShow: one conversation as "mostradorctl show" and exports tell it (architecture.md, "show --json").
 *
 * @messages: array of #MosMessageRow
 * @missing: what of it is damaged in the store: sha256 of attachments, ids of messages whose HTML or report cannot be read
 * @full: with @htmls (message id → char *) and @raws (message id → GBytes *, of reports of delivery only)
 */
typedef struct
{
  MosConversationRow *row;
  MosCustomerRow *customer; /* (nullable) */
  MosCategory *category;    /* (nullable) */
  GPtrArray *messages;
  gboolean full;
  GHashTable *htmls;
  GHashTable *raws;
  GHashTable *missing;
} MosShow;

/** mos_show_load: @message: (nullable): only this one; @show->full is set by the caller. MOS_DESK_ERROR_NOT_FOUND where there is no @conversation */
gboolean mos_show_load (MosTxn *txn, const char *conversation, const char *message, MosShow *show, GError **error);
void mos_show_clear (MosShow *show);
/** mos_show_to_json: Returns: (transfer full): one line */
char *mos_show_to_json (MosShow *show);
/** mos_show_snoozed_until: whether an event says how long a conversation sleeps; @ret_us: 0 = until the customer answers */
gboolean mos_show_snoozed_until (MosMessageRow *message, gint64 *ret_us);
/** mos_show_why_code: Returns: (transfer full) (nullable): which evidence of mos-threading.h joined a message to its conversation */
char *mos_show_why_code (MosMessageRow *message);
/** mos_show_why_value: Returns: (transfer none) (nullable): the header, address or line that was the evidence */
const char *mos_show_why_value (MosMessageRow *message);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosShow, mos_show_clear)

/** mos_json_recipients: member "recipients": an array of {address, state, code, status, words, at}; @results: (nullable): of #MosRecipientResult */
void mos_json_recipients (JsonBuilder *builder, GPtrArray *results);

G_END_DECLS
