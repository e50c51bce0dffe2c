/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/widgets/mos-pick-dialog.h"
#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/* What a conversation gets of a list. @conversation: (nullable): %NULL = several: what they have is not marked */

/** mos_assign_dialog_new: who looks after it; `chosen`: the id of an agent, "" for nobody */
AdwDialog *mos_assign_dialog_new (MosDesk *desk, MosConversation *conversation);
/** mos_language_dialog_new: which language the customer writes; `chosen`: its code, "" for whatever is detected */
AdwDialog *mos_language_dialog_new (MosConversation *conversation);
/** mos_category_dialog_new: what it is about; `chosen`: the id of a category, "" for none */
AdwDialog *mos_category_dialog_new (MosDesk *desk, MosConversation *conversation);

G_END_DECLS
