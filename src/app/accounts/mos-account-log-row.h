/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-delivery-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_ACCOUNT_LOG_ROW (mos_account_log_row_get_type ())
G_DECLARE_FINAL_TYPE (MosAccountLogRow, mos_account_log_row, MOS, ACCOUNT_LOG_ROW, AdwExpanderRow)

/**
 * MosAccountLogRow:
 *
 * What happened lately on an account, read each time it is opened.
 */
void mos_account_log_row_set_account (MosAccountLogRow *self, MosDesk *desk, const char *account);

/** mos_account_entry_title: Returns: (transfer full): what a look brought, in a few words */
char *mos_account_entry_title (const MosAccountEntry *entry);
/** mos_account_entry_text: Returns: (transfer full): when, and what is wrong */
char *mos_account_entry_text (const MosAccountEntry *entry, gint64 now_us, GTimeZone *zone);

G_END_DECLS
