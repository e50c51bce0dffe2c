/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"
#include "core/store/mos-store.h"
#include "core/values/mos-values.h"

G_BEGIN_DECLS

/** MosCalendarRow: hours of work as text, and since when they are valid */
typedef struct
{
  char *id;
  gint64 valid_from_us;
  char *text;
} MosCalendarRow;
MOS_DECLARE_VALUE (MosCalendarRow, calendar_row)

/** mos_store_calendar_list: Returns: (transfer full): array of #MosCalendarRow, oldest first */
GPtrArray *mos_store_calendar_list (MosTxn *txn, GError **error);
/** mos_store_calendar_load: Returns: (transfer full): array of #MosCalendarVersion, oldest first; what is not understood here is left out */
GPtrArray *mos_store_calendar_load (MosTxn *txn, GError **error);
/** mos_store_calendar_add: valid from now on, and later than all that were added before. Recorded, so that it can be undone */
gboolean mos_store_calendar_add (MosTxn *txn, const char *text, GError **error);
/** mos_store_calendar_correct: another text for one that is there. Recorded. MOS_STORE_ERROR_NOT_FOUND */
gboolean mos_store_calendar_correct (MosTxn *txn, const char *id, const char *text, GError **error);

G_END_DECLS
