/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosSendWay: what becomes of the conversation whose answer is sent: nothing; it is closed, waits for the customer, or sleeps.
 * The nicks are those of the setting "send-way", which is what the Send button does.
 */
typedef enum
{
  MOS_SEND_WAY_SEND,
  MOS_SEND_WAY_CLOSE,
  MOS_SEND_WAY_WAIT,
  MOS_SEND_WAY_SNOOZE,
} MosSendWay;

/** mos_send_way_from_nick: Returns: MOS_SEND_WAY_SEND for what is none */
MosSendWay mos_send_way_from_nick (const char *nick);
/** mos_send_way_get_label: Returns: what the button says */
const char *mos_send_way_get_label (MosSendWay way);
/** mos_send_way_get_status: Returns: the status that the conversation gets; MOS_STATUS_OPEN = the one it has */
MosStatus mos_send_way_get_status (MosSendWay way);
/** mos_send_way_get_action: Returns: the action of the composer that sends this way, whatever the button does; its row is in mos-shortcuts.c */
const char *mos_send_way_get_action (MosSendWay way);

/**
 * mos_send_time:
 * @preset: "hour" (from now), "afternoon" (today, 15:00), "tomorrow" or "monday" (the next one), both 9:00
 * @now_us: the present
 * @zone: (nullable): where the person is
 *
 * Pure. Returns: microseconds UTC; 0 where that has passed or there is no such preset
 */
gint64 mos_send_time (const char *preset, gint64 now_us, GTimeZone *zone);

G_END_DECLS
