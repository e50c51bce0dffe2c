/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/* What getUpdates of Telegram's Bot API answers, as values. Pure functions; any thread. */

/** A bot cannot fetch more than this of a file (API server: "file is too big") */
#define MOS_TELEGRAM_MAX_DOWNLOAD (20 * 1024 * 1024)

/**
 * MosTelegramRules: how a bot reads
 * @bot: its id; 0 = not known
 * @takes_groups: what is written in groups counts, too; what is written in channels never does
 */
typedef struct
{
  gint64 bot;
  gboolean takes_groups;
} MosTelegramRules;

/**
 * MosTelegramConnection: an account of the shop's own that the bot is connected to
 * @user: its id; @name: (nullable)
 * @is_enabled: it still is; @can_reply: and may write in chats where a customer wrote within 24 hours; @can_read: and may mark as read
 */
typedef struct
{
  char *id;
  gint64 user;
  char *name;
  gint64 at_us;
  gboolean is_enabled;
  gboolean can_reply;
  gboolean can_read;
} MosTelegramConnection;

/**
 * MosTelegramUpdates:
 * @updates: array of #MosChatUpdate, in order, never %NULL. A MESSAGE whose content is of a kind that is not known has an empty text and @why "unknown-content", with the
 *   platform's name for it in @detail
 * @connections: array of #MosTelegramConnection, never %NULL
 * @next_offset: what the next request has to ask from, once all this is stored; 0 = as before. It tells the server to forget what came
 * @received: how many updates came
 * @ignored: of them: what is no concern of a desk
 * @broken: of them, as they came (array of #GBytes): they cannot be read
 */
typedef struct
{
  GPtrArray *updates;
  GPtrArray *connections;
  gint64 next_offset;
  guint received;
  guint ignored;
  GPtrArray *broken;
} MosTelegramUpdates;

/**
 * mos_telegram_parse_updates:
 * @json: the whole answer, or its array alone
 * @error: G_IO_ERROR_INVALID_DATA: it is no JSON, or another answer
 *
 * Returns: (transfer full) (nullable)
 */
MosTelegramUpdates *mos_telegram_parse_updates (GBytes *json, const MosTelegramRules *rules, GError **error);
void mos_telegram_updates_free (MosTelegramUpdates *self);

/**
 * mos_telegram_thread_new: the text a thread is known by: "4711", "-10047:33", "4711@abc"
 * @topic: 0 = none
 * @connection: (nullable)
 */
char *mos_telegram_thread_new (gint64 chat, gint64 topic, const char *connection);
/**
 * mos_telegram_thread_read: the way back
 * @connection: (out) (transfer full) (nullable)
 *
 * Returns: %FALSE where @thread is none
 */
gboolean mos_telegram_thread_read (const char *thread, gint64 *chat, gint64 *topic, char **connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTelegramUpdates, mos_telegram_updates_free)

G_END_DECLS
