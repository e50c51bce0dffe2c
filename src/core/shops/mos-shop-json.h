/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-json-read.h"

G_BEGIN_DECLS

/* Reading what shops answer: null, "", nothing and another type than said all happen, and none is trouble; objects, arrays and flags are read by mos-json-read.h. @object: (nullable). Pure; any thread. */

/** mos_shop_json_text: Returns: (transfer full): a string, or a whole number as one; "" for all else. Without controls but line ends and tabs */
char *mos_shop_json_text (JsonObject *object, const char *name);
/** mos_shop_json_words: Returns: (transfer full): a text that is shown as trouble: one line, and no more of it than a person reads */
char *mos_shop_json_words (JsonObject *object, const char *name);
/** mos_shop_json_decimal: Returns: (transfer full): a decimal, from a string or a number; @fallback for all else */
char *mos_shop_json_decimal (JsonObject *object, const char *name, const char *fallback);
/** mos_shop_json_time: Returns: an ISO 8601 text's time, UTC where it names no zone; 0 for all else */
gint64 mos_shop_json_time (JsonObject *object, const char *name);
/** mos_shop_json_url: Returns: (transfer full): "" for what is no http address */
char *mos_shop_json_url (JsonObject *object, const char *name);

/**
 * mos_shop_json_quote_decimals: a JSON text with every number that is not whole made a string of just what stands there, so that no binary fraction comes between
 * @text: @n bytes; need not be valid, and is not checked
 *
 * Returns: (transfer full)
 */
char *mos_shop_json_quote_decimals (const char *text, gsize n);

/** mos_shop_take: @text in the place of what is there */
void mos_shop_take (char **place, char *text /* (transfer full) */);
/** mos_shop_add_line: adds @text as a line of its own, where there is any */
void mos_shop_add_line (GString *lines, const char *text);

G_END_DECLS
