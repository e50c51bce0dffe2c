/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/telegram/mos-telegram-api.h"

G_BEGIN_DECLS

/**
 * mos_telegram_send_part_sync: one part of a message of ours: one call. Nothing is asked twice; what is too long or too large is refused before anything is sent.
 * @index: which part. The first one answers what the message answers; where that is gone, it goes out all the same
 * @data: (nullable): the bytes of its file; %NULL where they are with the part, or there is none
 * @trouble: (out) (transfer full): where %NULL is returned; its outcome says whether it may be there nevertheless
 *
 * Returns: (transfer full) (nullable): its id there
 */
char *mos_telegram_send_part_sync (MosTelegramApi *api, const MosChatOutgoing *outgoing, guint index, GBytes *data, GCancellable *cancellable, MosTelegramTrouble **trouble);

/**
 * mos_telegram_can_be_album: whether parts can be sent as one
 * @first, @n: which; 2 to 10 of them, all pictures and films, or all documents, or all music
 */
gboolean mos_telegram_can_be_album (const MosChatOutgoing *outgoing, guint first, guint n);

/**
 * mos_telegram_send_album_sync: @n parts as one message with as many pictures: all or none of them
 * @data: (nullable): @n times the bytes, each (nullable)
 *
 * Returns: (transfer full) (nullable): their ids there, in order
 */
char **mos_telegram_send_album_sync (MosTelegramApi *api, const MosChatOutgoing *outgoing, guint first, guint n, GBytes *const *data, GCancellable *cancellable, MosTelegramTrouble **trouble);

/** mos_telegram_keyboard: @buttons: array of #MosChatButton. Returns: (transfer full) (nullable): a reply_markup; %NULL where one of them is none */
JsonObject *mos_telegram_keyboard (GPtrArray *buttons);

/* mos-telegram-change.c */
/**
 * mos_telegram_change_sync: edits, takes back, or puts a sign to what is there; what is so already is done
 * @change: with what it is called there
 * @trouble: (out) (transfer full): where %FALSE is returned. Never MOS_TELEGRAM_UNCERTAIN
 */
gboolean mos_telegram_change_sync (MosTelegramApi *api, const MosChatChange *change, GCancellable *cancellable, MosTelegramTrouble **trouble);

G_END_DECLS
