/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-retention.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosRetentionClassPage:
 *
 * How long one class is kept, and what would go: shown before it can be switched on.
 *
 * `void decided (MosRetentionClassPage *, guint days, gboolean is_on)`: somebody wants it so
 */
#define MOS_TYPE_RETENTION_CLASS_PAGE (mos_retention_class_page_get_type ())
G_DECLARE_FINAL_TYPE (MosRetentionClassPage, mos_retention_class_page, MOS, RETENTION_CLASS_PAGE, AdwNavigationPage)

MosRetentionClassPage *mos_retention_class_page_new (MosDesk *desk, MosRetentionRule *rule);
MosRetentionClass mos_retention_class_page_get_class (MosRetentionClassPage *self);

G_END_DECLS
