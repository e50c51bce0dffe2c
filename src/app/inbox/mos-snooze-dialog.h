/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** MosSnoozeDialog: a date and a time. Signal `chosen (gint64 until_us)` */
#define MOS_TYPE_SNOOZE_DIALOG (mos_snooze_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosSnoozeDialog, mos_snooze_dialog, MOS, SNOOZE_DIALOG, AdwDialog)

MosSnoozeDialog *mos_snooze_dialog_new (void);

G_END_DECLS
