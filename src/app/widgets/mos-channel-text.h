/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mos_channel_text: @kind: as in MosAccount.kind. Returns: (transfer none): what people call it: "E-mail", "Telegram"; the kind itself where it has no other name */
const char *mos_channel_text (const char *kind);

G_END_DECLS
