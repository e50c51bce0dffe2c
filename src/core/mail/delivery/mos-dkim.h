/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The keys that a domain signs its mail with (RFC 6376). Signatures are not verified: whoever gets the mail does that. Pure, any thread. */

/** MOS_DKIM_MIN_BITS: a shorter RSA key counts as none (RFC 8301 §3.2) */
#define MOS_DKIM_MIN_BITS 1024u

typedef enum
{
  MOS_DKIM_KEY_GOOD,
  MOS_DKIM_KEY_NONE, /* the text is no record of a key */
  MOS_DKIM_KEY_BROKEN,
  MOS_DKIM_KEY_REVOKED, /* "p=" is empty */
  MOS_DKIM_KEY_SHORT,
  MOS_DKIM_KEY_TESTING, /* good, but "t=y": receivers shall not count it yet (§3.6.1) */
} MosDkimKey;

/** mos_dkim_read_key: @text: a TXT record below "_domainkey" (§3.6.1) */
MosDkimKey mos_dkim_read_key (const char *text);

/**
 * mos_dkim_find_name:
 * @signature: the value of a field DKIM-Signature (§3.5)
 * @domain: ASCII, lower case
 *
 * Returns: (transfer full) (nullable): where its key lies: "selector._domainkey.domain", lower case; %NULL where the signature is neither @domain's nor that of the
 * domain it lies below, which is what DMARC asks for
 */
char *mos_dkim_find_name (const char *signature, const char *domain);

/** mos_dkim_get_usual_selectors: Returns: (transfer none): names that are often chosen; that none of them has a key says nothing */
const char *const *mos_dkim_get_usual_selectors (void);

G_END_DECLS
