/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mos_tag_list_parse:
 * @text: "v=DKIM1; k=rsa; p=…", also folded
 * @ret_first: (out) (optional) (transfer full) (nullable): the name of the first tag: some must be that
 * @ret_wrong: (out) (optional) (transfer full) (nullable): the part that is no tag, or a second one of its name
 *
 * The lists of DKIM (RFC 6376 §3.2) and DMARC (RFC 7489 §6.4). Names are lower case; blanks around values are not part of them. Pure, any thread.
 *
 * Returns: (transfer full) (nullable): name → value; %NULL where it is no list
 */
GHashTable *mos_tag_list_parse (const char *text, char **ret_first, char **ret_wrong);

G_END_DECLS
