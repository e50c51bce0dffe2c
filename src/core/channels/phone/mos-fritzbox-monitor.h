/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/phone/mos-phone-call.h"

G_BEGIN_DECLS

/**
 * MosFritzboxMonitor:
 *
 * What the call monitor of a FRITZ!Box says, a line an event, made into calls:
 *
 *   DD.MM.YY HH:MM:SS;RING;connection;caller;called;SIP0;
 *   DD.MM.YY HH:MM:SS;CALL;connection;extension;ours;called;SIP0;
 *   DD.MM.YY HH:MM:SS;CONNECT;connection;extension;number;
 *   DD.MM.YY HH:MM:SS;DISCONNECT;connection;seconds;
 *
 * What began before we were here is passed over, and so is what is no event. No input, no output; of one thread.
 */
typedef struct _MosFritzboxMonitor MosFritzboxMonitor;

MosFritzboxMonitor *mos_fritzbox_monitor_new (void);
void mos_fritzbox_monitor_free (MosFritzboxMonitor *self);
/** mos_fritzbox_monitor_resume: it is listened to again after @gap_us: what began before is another call by then, where that was long */
void mos_fritzbox_monitor_resume (MosFritzboxMonitor *self, gint64 gap_us);
/**
 * mos_fritzbox_monitor_take_line:
 * @line: valid UTF-8, without its end
 * @now_us: the present: the box's own clock has no zone, and may be wrong
 * @ret_is_over: (out): it is over; else it has just begun to ring
 *
 * Returns: (transfer full) (nullable): the call of which that is news
 */
MosPhoneCall *mos_fritzbox_monitor_take_line (MosFritzboxMonitor *self, const char *line, gint64 now_us, gboolean *ret_is_over);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosFritzboxMonitor, mos_fritzbox_monitor_free)

G_END_DECLS
