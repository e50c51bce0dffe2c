/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names of hosts as people see them. Pure, any thread. */

/** mos_domain_of_address: Returns: (transfer full) (nullable): what stands behind the "@", lower case, as it is shown (Punycode decoded) */
char *mos_domain_of_address (const char *address);
/** mos_domain_to_shown: Returns: (transfer full): @host in lower case, without a dot at its end, Punycode (RFC 3492) decoded */
char *mos_domain_to_shown (const char *host);
/** mos_domain_base: Returns: (transfer full): the part that somebody registered ("mail.shop.co.uk": "shop.co.uk"); the last two labels where the public suffix list knows no better; an address of numbers itself */
char *mos_domain_base (const char *domain);
/** mos_domain_label: Returns: (transfer full): the first label of the base ("shop") */
char *mos_domain_label (const char *domain);
/**
 * mos_domain_skeleton:
 *
 * After Unicode Technical Standard #39, section 4, with a table of the letters that domains are forged with: two names with one skeleton look alike.
 *
 * Returns: (transfer full)
 */
char *mos_domain_skeleton (const char *label);
/** mos_domain_has_mixed_scripts: whether a label mixes alphabets whose letters look alike (UTS #39, section 5: Latin, Greek, Cyrillic) */
gboolean mos_domain_has_mixed_scripts (const char *domain);
/** mos_domain_distance: Returns: how many letters were added, left out, changed or swapped (optimal string alignment), but never more than @most + 1 */
guint mos_domain_distance (const char *a, const char *b, guint most);
/** mos_domain_is_public_mail: whether anybody gets an address there (gmail.com, gmx.de …) */
gboolean mos_domain_is_public_mail (const char *domain);
/** mos_domain_in_text: Returns: (transfer full) (nullable): the host that @text looks like as a whole ("www.shop.example/track"), shown form, without "www." */
char *mos_domain_in_text (const char *text);
/** mos_domain_is_within: whether @domain is @other or a name below it */
gboolean mos_domain_is_within (const char *domain, const char *other);

/** mos_iban_find_all: Returns: (transfer full): the valid IBANs in @text (ISO 13616: length by country, check digits by ISO 7064 MOD 97-10), without blanks, each once, in order */
GStrv mos_iban_find_all (const char *text);

G_END_DECLS
