/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mos_http_usage_parse: how much of an allotment is used up, as Meta's headers X-App-Usage and X-Business-Use-Case-Usage say it (docs/graph-api/overview/rate-limiting). A pure function
 * @text: (nullable): JSON
 * @ret_percent: (inout): the fullest of them
 * @ret_wait_s: (inout): the longest time until it takes questions again
 */
void mos_http_usage_parse (const char *text, guint *ret_percent, guint64 *ret_wait_s);

G_END_DECLS
