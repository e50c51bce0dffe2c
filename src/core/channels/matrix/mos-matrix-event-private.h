/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/matrix/mos-matrix-parse.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * MosMatrixRoom: what is known of a room while an answer is read
 * @names: of people, by their ids
 * @is_past: what is read happened before something that is known: it says nothing about how the room is now
 */
typedef struct
{
  const char *id;
  const char *user;
  GHashTable *names;
  MosMatrixMemory *memory;
  gboolean is_past;
} MosMatrixRoom;

typedef enum
{
  MOS_MATRIX_TAKEN,
  MOS_MATRIX_IGNORED,
  MOS_MATRIX_BROKEN,
} MosMatrixHow;

/* mos-matrix-event.c */
/** mos_matrix_room_learn: names that @event, a member's state, tells */
void mos_matrix_room_learn (MosMatrixRoom *room, JsonObject *event);
/** mos_matrix_update_new: Returns: (transfer full): an update of @room about @id (transfer full) */
MosChatUpdate *mos_matrix_update_new (MosMatrixRoom *room, MosChatUpdateKind kind, char *id);
/** mos_matrix_read_event: an event of a timeline; what it says is added to @updates */
MosMatrixHow mos_matrix_read_event (MosMatrixRoom *room, JsonObject *event, GPtrArray *updates);
/** mos_matrix_read_state: what a room's state says of itself: name, encryption, that it went elsewhere */
MosMatrixHow mos_matrix_read_state (MosMatrixRoom *room, JsonObject *event, GPtrArray *updates);
MosChatPerson *mos_matrix_person_new (MosMatrixRoom *room, const char *user);
/** mos_matrix_thread_update_new: Returns: (transfer full): a THREAD update */
MosChatUpdate *mos_matrix_thread_update_new (MosMatrixRoom *room, MosChatThreadChange change, const char *why);
/** mos_matrix_read_time: Returns: milliseconds as microseconds, never on the second; 0 for what is no time */
gint64 mos_matrix_read_time (JsonObject *object, const char *name);
/** mos_matrix_dup_id: Returns: (transfer full) (nullable): an id of at most 255 bytes without controls that begins with @sigil */
char *mos_matrix_dup_id (JsonObject *object, const char *name, char sigil);

/* mos-matrix-content.c */
/** mos_matrix_read_content: text, files, @why of a message's content into @update. Returns: %FALSE where there is nothing that a person wrote */
gboolean mos_matrix_read_content (MosChatUpdate *update, const char *type, JsonObject *content, gboolean is_reply);

G_END_DECLS
