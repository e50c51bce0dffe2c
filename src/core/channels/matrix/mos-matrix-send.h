/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/matrix/mos-matrix-api.h"
#include "core/channels/mos-chat-channel.h"

G_BEGIN_DECLS

/* One part of a message of ours is one event. Its transaction id is the part's key, so that a second try is the same event.
 *
 * Nothing here is ever uncertain: "the transaction identifier … is used by the server to ensure idempotency of requests" (client-server API §5.8.1
 * "Transaction identifiers"; §8.5.1 "PUT /rooms/{roomId}/send/{eventType}/{txnId}"). It holds for one device, so the account keeps its device id. A homeserver may forget after a
 * while (Synapse: a day); by then /sync has brought the event with its transaction id, if it was taken. A file is uploaded again by a second try, but nobody sees that. */

/**
 * mos_matrix_send_part_sync:
 * @part: one of @outgoing; what it answers is said with the first one. Buttons do not exist there, and are left out
 * @data: (nullable): the bytes of its file
 * @max_file: how large a file the server takes; 0 = not known
 * @ret_outcome: (out): filled whatever comes of it: ACCEPTED, FAILED ("chat-closed", "too-large", "refused") or QUEUED ("key-refused", "not-allowed", "temporary", "protocol",
 *   "no-server", "network", "bad-certificate", "cancelled")
 */
void mos_matrix_send_part_sync (MosMatrixApi *api, const MosChatOutgoing *outgoing, const MosChatPart *part, GBytes *data, guint64 max_file, MosChatSendOutcome *ret_outcome, GCancellable *cancellable);

/** mos_matrix_read_outcome: what @error of the last request means for what was to be sent */
void mos_matrix_read_outcome (MosMatrixApi *api, const GError *error, MosChatSendOutcome *outcome);

/* mos-matrix-change.c */
/**
 * mos_matrix_change_sync: edits, takes back, or puts a sign to what is there; what is so already is done. The change's id is the transaction's, so that a second try is the same event
 * @user: who we are: signs of ours that are there go before another one comes
 * @ret_outcome: (out): filled whatever comes of it: as of mos_matrix_send_part_sync(), and FAILED "message-gone"
 */
void mos_matrix_change_sync (MosMatrixApi *api, const char *user, const MosChatChange *change, MosChatSendOutcome *ret_outcome, GCancellable *cancellable);

/* Contents of events: objects, (transfer full). @reply_to: (nullable) */

/** mos_matrix_make_text: "m.room.message" */
JsonNode *mos_matrix_make_text (const char *text, const char *reply_to);
/** mos_matrix_make_file: "m.room.message"; @uri: where it lies; the part's text is its caption */
JsonNode *mos_matrix_make_file (const MosChatPart *part, const char *uri, const char *reply_to);
/** mos_matrix_make_edit: "m.room.message": another wording of @event, which must be one of ours. @before: (nullable): what a file's event holds now: @text is its caption */
JsonNode *mos_matrix_make_edit (const char *event, const char *text, JsonObject *before);
/** mos_matrix_make_reaction: "m.reaction" */
JsonNode *mos_matrix_make_reaction (const char *event, const char *sign);

G_END_DECLS
