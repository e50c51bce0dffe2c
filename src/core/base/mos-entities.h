/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mos_entities_decode: Returns: (transfer full): @text (UTF-8) with the entities of HTML as what they stand for ("&ndash;", "&#8211;", "&amp;"), and tags left as they are; what would be a control, but line ends and tabs, stays as it is written. Pure; any thread */
char *mos_entities_decode (const char *text);

G_END_DECLS
