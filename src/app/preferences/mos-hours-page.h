/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A page of the preferences: when people work. What is edited stays here until it is saved, and keeps its dialog from closing. "saved" (gboolean done) follows
 * each mos_hours_page_save(): %FALSE where it failed, which the page has told. */
#define MOS_TYPE_HOURS_PAGE (mos_hours_page_get_type ())
G_DECLARE_FINAL_TYPE (MosHoursPage, mos_hours_page, MOS, HOURS_PAGE, AdwNavigationPage)

/** mos_hours_page_new: @dialog: (not owned): whose page it is, on view or not */
MosHoursPage *mos_hours_page_new (MosDesk *desk, AdwPreferencesDialog *dialog);
/** mos_hours_page_save: Returns: whether it is being saved; %FALSE where something on it is not understood */
gboolean mos_hours_page_save (MosHoursPage *self);
/** mos_hours_page_take_file: @file: an iCalendar file; shows what it says and asks whether to take it */
void mos_hours_page_take_file (MosHoursPage *self, GFile *file);

G_END_DECLS
