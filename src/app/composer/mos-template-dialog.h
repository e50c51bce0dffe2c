/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosTemplateDialog: sends a template that the platform has approved: which there are, those in the customer's language first, what is filled in, and how it reads.
 * What is being written in the composer stays as it is.
 *
 * Signal "sent" (message: string): its id.
 */
#define MOS_TYPE_TEMPLATE_DIALOG (mos_template_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosTemplateDialog, mos_template_dialog, MOS, TEMPLATE_DIALOG, AdwDialog)

/**
 * mos_template_dialog_new:
 * @account: whose templates; @conversation: where it goes
 * @language: (nullable): of the customer
 */
MosTemplateDialog *mos_template_dialog_new (MosDesk *desk, const char *account, const char *conversation, const char *language);

G_END_DECLS
