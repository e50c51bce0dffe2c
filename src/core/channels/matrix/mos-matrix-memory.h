/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MosMatrixGap: messages of a room between two places that were passed over
 * @from: where the newest of them is; @to: (nullable): where they begin: what was asked from; %NULL = with the room
 * @position: which update stands behind it
 */
typedef struct
{
  char *room;
  char *from;
  char *to;
  guint position;
} MosMatrixGap;

MosMatrixGap *mos_matrix_gap_new (const char *room, const char *from, const char *to, guint position);
void mos_matrix_gap_free (MosMatrixGap *self);

/**
 * MosMatrixMemory: what is still to be done, and what a later answer only hints at. It is written down as a cursor beside the place in the sync, so that neither is
 * lost where a crash or a broken line comes in between: an invitation is told once, and who takes back a reaction names its event alone.
 *
 * @joins: array of char *: rooms that we are invited to and have not joined yet
 * @groups: array of char *: rooms with more than one other person
 * @direct: array of char *: rooms that are between two, whoever else sits in them: somebody says so (of a bridge's machine), or they were when something was written there
 * @reactions: array of char *[4]: the newest ones: id, room, message, sign
 */
typedef struct
{
  GPtrArray *joins;
  GPtrArray *groups;
  GPtrArray *direct;
  GPtrArray *reactions;
} MosMatrixMemory;

/** mos_matrix_memory_new: @json: (nullable): what mos_matrix_memory_to_json() gave; what cannot be read of it is as if it were not there */
MosMatrixMemory *mos_matrix_memory_new (const char *json);
void mos_matrix_memory_free (MosMatrixMemory *self);
char *mos_matrix_memory_to_json (const MosMatrixMemory *self);

/** mos_matrix_memory_add_join: once, however often it is said */
void mos_matrix_memory_add_join (MosMatrixMemory *self, const char *room);
void mos_matrix_memory_remove_join (MosMatrixMemory *self, const char *room);
/** mos_matrix_memory_set_group: how many people are in @room, as its summary says */
void mos_matrix_memory_set_group (MosMatrixMemory *self, const char *room, gboolean is_group);
void mos_matrix_memory_add_direct (MosMatrixMemory *self, const char *room);
/** mos_matrix_memory_is_group: Returns: whether @room is one of several people, and nobody says otherwise */
gboolean mos_matrix_memory_is_group (MosMatrixMemory *self, const char *room);
void mos_matrix_memory_add_reaction (MosMatrixMemory *self, const char *id, const char *room, const char *message, const char *sign);
/** mos_matrix_memory_find_reaction: Returns: (transfer none) (nullable): the four texts of the reaction @id in @room */
char **mos_matrix_memory_find_reaction (MosMatrixMemory *self, const char *room, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMatrixGap, mos_matrix_gap_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMatrixMemory, mos_matrix_memory_free)

G_END_DECLS
