/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a domain asks others to do with mail in its name that is neither signed nor sent by its servers (RFC 7489). Pure, any thread. */

/**
 * MosDmarc:
 * @policy, @sub_policy: "none", "quarantine" or "reject"; the second is for the domains below
 * @percent: of how many mails in a hundred
 */
typedef struct
{
  const char *policy;
  const char *sub_policy;
  guint percent;
} MosDmarc;

/** mos_dmarc_is_record: whether a TXT record is one of DMARC: it begins with that (§6.6.3, 2) */
gboolean mos_dmarc_is_record (const char *text);
/**
 * mos_dmarc_read: §6.3, §6.4
 * @ret_wrong: (out) (transfer full) (nullable): the part that cannot be read
 *
 * Returns: whether receivers can read it
 */
gboolean mos_dmarc_read (const char *text, MosDmarc *ret_dmarc, char **ret_wrong);

G_END_DECLS
