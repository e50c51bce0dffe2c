/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosReadingRow:
 *
 * How far the reading of attachments is. It is seen while files wait, or where
 * they cannot be read, and asks again once a second as long as it is on show.
 */
#define MOS_TYPE_READING_ROW (mos_reading_row_get_type ())
G_DECLARE_FINAL_TYPE (MosReadingRow, mos_reading_row, MOS, READING_ROW, AdwActionRow)

void mos_reading_row_set_desk (MosReadingRow *self, MosDesk *desk);

/** mos_reading_text: Returns: (transfer full) (nullable): in words; %NULL = there is nothing to say. @ret_detail: (out) (transfer full) (nullable): what that means */
char *mos_reading_text (const MosDeskReading *reading, char **ret_detail);

G_END_DECLS
