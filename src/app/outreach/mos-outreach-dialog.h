/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-outreach.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOutreachDialog: a macro sent to many: those there are, writing one, who gets it, and how it goes
 *
 * Signal `open (const char *conversation)`: an answer; it is closed already
 */
#define MOS_TYPE_OUTREACH_DIALOG (mos_outreach_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosOutreachDialog, mos_outreach_dialog, MOS, OUTREACH_DIALOG, AdwDialog)

MosOutreachDialog *mos_outreach_dialog_new (MosDesk *desk);
/** mos_outreach_dialog_write: begins one, before it is presented. @audience: (transfer full): whom it is for */
void mos_outreach_dialog_write (MosOutreachDialog *self, MosAudience *audience);

G_END_DECLS
