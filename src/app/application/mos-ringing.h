/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/**
 * mos_ringing_follow: while a telephone of @desk's rings, a notification says who calls; a click shows their card ("Who Is This?"). It takes the keyboard from nobody, and goes
 * when the call ends. As long as both are there; main context
 */
void mos_ringing_follow (GApplication *app, MosDesk *desk);
/** mos_ringing_is_shown: @update: a telephone rings; @calendar: (nullable). Returns: whether that is told now: not of a call of ours, nor while it is to be quiet */
gboolean mos_ringing_is_shown (const MosChatUpdate *update, MosCalendar *calendar);

G_END_DECLS
