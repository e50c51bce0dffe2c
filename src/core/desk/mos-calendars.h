/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"
#include "core/automation/mos-when.h"
#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* The hours of work of this desk, inside a transaction: for the window and mostradorctl. */

/** mos_calendars_load: Returns: (transfer full): array of #MosCalendarVersion, oldest first; empty where nobody set any */
GPtrArray *mos_calendars_load (MosTxn *txn, GError **error);
/** mos_calendars_find_now: @ret_calendar: (out) (transfer full) (nullable): what is valid now */
gboolean mos_calendars_find_now (MosTxn *txn, MosCalendar **ret_calendar, GError **error);
/**
 * mos_calendars_set:
 * @corrects: what is valid now was wrong since it began: waiting times of before are counted anew; otherwise @calendar is valid from now on
 *
 * Nothing is written where nothing differs.
 */
gboolean mos_calendars_set (MosTxn *txn, MosCalendar *calendar, gboolean corrects, GError **error);

/** mos_calendars_when: @context begins and ends its days by @place, whose zone is the context's; @place->calendar: (nullable): %NULL or nobody's hours = none. @place stays as long as @context */
void mos_calendars_when (MosWhenContext *context, MosCalendarPlace *place);

G_END_DECLS
