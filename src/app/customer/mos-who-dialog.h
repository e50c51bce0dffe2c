/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_WHO_DIALOG (mos_who_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosWhoDialog, mos_who_dialog, MOS, WHO_DIALOG, AdwDialog)

/**
 * MosWhoDialog: finds a customer by a phone number, an order's number, an address or a name.
 *
 * Signals, after which it closes:
 *  - `open-conversation (const char *id)`
 *  - `write (const char *address)`: a new message to it
 *  - `note-call (const char *customer)`: a call with them is to be written down
 */
MosWhoDialog *mos_who_dialog_new (MosDesk *desk);
/** mos_who_dialog_set_text: as if it were typed */
void mos_who_dialog_set_text (MosWhoDialog *self, const char *text);

G_END_DECLS
