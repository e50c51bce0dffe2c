/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/matrix/mos-matrix-memory.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/* What a homeserver of Matrix answers, as values. Pure functions; any thread. Whatever a stranger wrote is text: `body` and nothing else, never `formatted_body`.
 *
 * A message has @why where there is nothing to read: "encrypted" (@detail: the algorithm), "unknown-content" (@detail: Matrix's name for it; @text is what its writer
 * put there for programs that do not know it). A file that cannot be decrypted has @why "encrypted". A thread is CLOSED by "left", "kicked", "banned" or "alone" (nobody
 * else is in the room any more) or "moved" (its owners went on in another room, which is joined; nothing proves that it is theirs, so it is a thread of its own), and UNREADABLE
 * by "encrypted".
 *
 * An EDIT and a DELETE say who did it (@person): only the writer of a message may edit it, which is for whoever knows the message to hold (client-server API
 * v1.18 §11.5 "Validity of replacement events"); homeservers do hold who may take back. */

/**
 * MosMatrixSync: what one answer of /sync says
 * @next_batch: where the next request goes on
 * @updates: array of #MosChatUpdate, in order, room by room; never %NULL
 * @gaps: array of #MosMatrixGap, by @position: what the server left out since the last time
 * @ignored: events that are no concern of a desk; @broken: that cannot be read
 */
typedef struct
{
  char *next_batch;
  GPtrArray *updates;
  GPtrArray *gaps;
  guint ignored;
  guint broken;
} MosMatrixSync;

/**
 * mos_matrix_parse_sync:
 * @user: ours: "@shop:example.org"
 * @since: (nullable): what was asked from; %NULL = history, whose beginnings are no gaps
 * @memory: rooms to join, which are of several people, and reactions are put down there
 * @error: G_IO_ERROR_INVALID_DATA: it is no JSON, or another answer
 *
 * Returns: (transfer full) (nullable)
 */
MosMatrixSync *mos_matrix_parse_sync (GBytes *json, const char *user, const char *since, MosMatrixMemory *memory, GError **error);
void mos_matrix_sync_free (MosMatrixSync *self);

/**
 * mos_matrix_parse_messages: a page of /messages
 * @is_forwards: it was read towards what is newer
 * @updates: (inout): what happened is put behind what is in there, in order; before it, where it was read backwards
 * @ret_end: (out) (transfer full) (nullable): where the next page begins; %NULL = there is none
 * @error: as mos_matrix_parse_sync()
 */
gboolean mos_matrix_parse_messages (GBytes *json, const char *user, const char *room, gboolean is_forwards, MosMatrixMemory *memory, GPtrArray *updates, char **ret_end, GError **error);

/** mos_matrix_is_room: Returns: whether @text can be a room's name: "!abc:example.org" */
gboolean mos_matrix_is_room (const char *text);
/** mos_matrix_is_user: Returns: whether @text can be a person's: "@anna:example.org" */
gboolean mos_matrix_is_user (const char *text);
/** mos_matrix_split_media: @server, @id: (out) (transfer full): of "mxc://server/id". Returns: %FALSE where @uri is none */
gboolean mos_matrix_split_media (const char *uri, char **server, char **id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMatrixSync, mos_matrix_sync_free)

G_END_DECLS
