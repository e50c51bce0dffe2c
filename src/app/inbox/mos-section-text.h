/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-sections.h"

G_BEGIN_DECLS

/** mos_section_text: what stands above the rows of @section. @zone: (nullable): %NULL = the local one. Returns: (transfer full) */
char *mos_section_text (MosViewGrouping grouping, gint64 section, gint64 now_us, GTimeZone *zone);

G_END_DECLS
