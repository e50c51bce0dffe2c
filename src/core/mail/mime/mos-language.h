/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mos_language_detect:
 * @text: what somebody wrote, UTF-8
 * @hint: (nullable): what a Content-Language header states; it tips a close decision, and makes none by itself
 *
 * Pure function, any thread, no network. Addresses, links and numbers are left out first.
 *
 * Returns: (transfer full) (nullable): an ISO 639 code ("es", "zh"), or %NULL where the text is too short, mixed or unclear to tell
 */
char *mos_language_detect (const char *text, const char *hint);

G_END_DECLS
