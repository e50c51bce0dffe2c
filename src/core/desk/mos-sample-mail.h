/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"
#include "core/values/mos-mail-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The sample shop's content as mail: shop.json and its files become the bytes that a server would have delivered. */

GBytes *mos_sample_load_file (const char *name, GError **error);
MosAttachment *mos_sample_make_attachment (const char *name, GError **error);
JsonObject *mos_sample_load_shop (GError **error);
gint64 mos_sample_parse_ago_us (const char *ago);
MosAccount *mos_sample_make_account (JsonObject *shop, const char *key);

/**
 * mos_sample_make_mail:
 * @shop: what mos_sample_load_shop() gave
 * @number: which conversation, from 0
 * @now_us: the moment that "3h ago" is counted from
 *
 * Returns: (transfer full) (nullable): array of #MosIncoming, oldest first: the mail of one conversation, received and sent
 */
GPtrArray *mos_sample_make_mail (JsonObject *shop, guint number, gint64 now_us, GError **error);

G_END_DECLS
