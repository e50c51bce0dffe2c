/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* Recipients as people type and paste them. Pure functions. */

/**
 * mos_recipients_parse:
 * @text: "Ana García <ana@x.example>, bo@y.example; \"Ruiz, Eva\" <eva@z.example>" or one per line
 *
 * Never refuses: what is no address comes back as an address that mos_recipient_is_valid() says no to, so that a person sees and mends it.
 *
 * Returns: (transfer full): array of #MosAddress, in order, without doubles (compared without case)
 */
GPtrArray *mos_recipients_parse (const char *text);

/** mos_recipient_is_valid: Returns: whether @address can be written to: one @, no spaces, a domain of labels. UTF-8 is allowed on both sides (RFC 6531). */
gboolean mos_recipient_is_valid (const char *address);

/** mos_recipient_format: Returns: (transfer full): "Name <address>", the name quoted where it has to be */
char *mos_recipient_format (const MosAddress *address);

/** mos_recipients_contain: Returns: whether the same address (without case) is in @list (nullable) */
gboolean mos_recipients_contain (GPtrArray *list, const char *address);

G_END_DECLS
