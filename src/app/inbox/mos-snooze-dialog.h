/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"
#include "core/automation/mos-when.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSnoozeDialog: asks for a time to come, typed ("tomorrow 9"), chosen from a list or by a day of the calendar, and says while it is
 * typed what is understood. Signal `chosen (gint64 until_us)`; 0 = until the customer answers
 */
#define MOS_TYPE_SNOOZE_DIALOG (mos_snooze_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosSnoozeDialog, mos_snooze_dialog, MOS, SNOOZE_DIALOG, AdwDialog)

MosSnoozeDialog *mos_snooze_dialog_new (void);
/** mos_snooze_dialog_new_for: the same question for another purpose. @accept: what the button says, with its mnemonic; "until they answer" is no choice */
MosSnoozeDialog *mos_snooze_dialog_new_for (const char *title, const char *accept);
/** mos_snooze_dialog_set_calendar: @calendar: (nullable): when people work: days begin and end with it */
void mos_snooze_dialog_set_calendar (MosSnoozeDialog *self, MosCalendar *calendar);
/** mos_snooze_dialog_new_to_send: for the conversation whose answer is about to be sent; it begins with "until they answer" */
MosSnoozeDialog *mos_snooze_dialog_new_to_send (void);

/** mos_when_error_text: Returns: (transfer full): a sentence about what is wrong with a typed time */
char *mos_when_error_text (const MosWhen *when);

G_END_DECLS
