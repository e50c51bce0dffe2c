/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/telegram/mos-telegram-parse.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Shared by what reads updates. */

typedef enum
{
  MOS_TELEGRAM_TAKEN,
  MOS_TELEGRAM_IGNORED,
  MOS_TELEGRAM_BROKEN,
} MosTelegramHow;

typedef struct
{
  MosTelegramUpdates *result;
  const MosTelegramRules *rules;
  GBytes *raw; /* of the update that is read */
} MosTelegramReader;

/* mos-telegram-parse.c */
char *mos_telegram_dup_id (gint64 id);
/** mos_telegram_dup_name: of a user or a chat. Returns: (transfer full) (nullable) */
char *mos_telegram_dup_name (JsonObject *user);
/** mos_telegram_read_person: @user: a user, or a chat that speaks for itself. Returns: (transfer full) (nullable) */
MosChatPerson *mos_telegram_read_person (JsonObject *user);
/** mos_telegram_read_time: Returns: microseconds; 0 where there is no such time */
gint64 mos_telegram_read_time (JsonObject *object, const char *name);
/** mos_telegram_takes_chat: @ret_is_private: between two. Returns: whether what is written there counts */
gboolean mos_telegram_takes_chat (const MosTelegramReader *reader, JsonObject *chat, gboolean *ret_is_private);
/** mos_telegram_update_new: @thread, @id: (transfer full). Returns: (transfer full) */
MosChatUpdate *mos_telegram_update_new (const MosTelegramReader *reader, MosChatUpdateKind kind, char *thread, char *id);
/** mos_telegram_thread_update_new: the same about the thread itself */
MosChatUpdate *mos_telegram_thread_update_new (const MosTelegramReader *reader, MosChatThreadChange change, char *thread, char *id);
/** mos_telegram_take: @update: (transfer full) */
MosTelegramHow mos_telegram_take (const MosTelegramReader *reader, MosChatUpdate *update);

/* mos-telegram-events.c */
MosTelegramHow mos_telegram_read_membership (const MosTelegramReader *reader, JsonObject *change);
MosTelegramHow mos_telegram_read_connection (const MosTelegramReader *reader, JsonObject *object);
MosTelegramHow mos_telegram_read_deleted (const MosTelegramReader *reader, JsonObject *object);
MosTelegramHow mos_telegram_read_reaction (const MosTelegramReader *reader, JsonObject *object);

/* mos-telegram-slice.c */
/** mos_telegram_slice: Returns: (transfer full): array of #GBytes, one for each element of the array */
GPtrArray *mos_telegram_slice (GBytes *json);

G_END_DECLS
