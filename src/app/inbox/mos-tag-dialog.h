/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosTagDialog: the tags of a conversation: type to narrow the list, Return to
 * take the first or to make a new one. Each change acts at once.
 *
 * Signal `changed (char *tag, gboolean add)`
 */
#define MOS_TYPE_TAG_DIALOG (mos_tag_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosTagDialog, mos_tag_dialog, MOS, TAG_DIALOG, AdwDialog)

MosTagDialog *mos_tag_dialog_new (MosDesk *desk, MosConversation *conversation);

G_END_DECLS
