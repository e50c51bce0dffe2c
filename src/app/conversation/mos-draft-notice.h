/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosDraftNotice:
 *
 * What another agent has begun in the conversation: whose it is, when it was
 * last changed, what it says, and a way to go on with it ("composer.take-draft",
 * with the draft's id). It is nobody's to change here.
 */
#define MOS_TYPE_DRAFT_NOTICE (mos_draft_notice_get_type ())
G_DECLARE_FINAL_TYPE (MosDraftNotice, mos_draft_notice, MOS, DRAFT_NOTICE, AdwBin)

/** mos_draft_notice_new: @draft: of another agent, with his name */
GtkWidget *mos_draft_notice_new (MosDraft *draft, gint64 now_us);
MosDraft *mos_draft_notice_get_draft (MosDraftNotice *self);
/** mos_draft_notice_update: as it is now, what was shown of it stays shown. @draft: (nullable): %NULL = only the time went on */
void mos_draft_notice_update (MosDraftNotice *self, MosDraft *draft, gint64 now_us);

G_END_DECLS
