/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* Signatures that no "-- " announces, learnt: what closes several mails of one sender word for word. */

/**
 * mos_signature_tail:
 * Pure function.
 *
 * Returns: (transfer full): the last lines of @reply_text, as many as a signature may have, white space evened out
 */
char *mos_signature_tail (const char *reply_text);

/**
 * mos_signature_common:
 * @tail, @other: of two mails of one sender, from mos_signature_tail()
 *
 * Pure function. What both end with: whole paragraphs, two lines or more, or one line to reach somebody by. Two mails that are the same
 * altogether show nothing.
 *
 * Returns: (transfer full) (nullable): the block, lines separated by "\n"
 */
char *mos_signature_common (const char *tail, const char *other);

/**
 * mos_signature_strip:
 * Pure function.
 *
 * Returns: (transfer full) (nullable): @reply_text without @signature at its end; %NULL when it does not end with it, or when nothing but a
 *   greeting would remain
 */
char *mos_signature_strip (const char *reply_text, const char *signature);

/**
 * mos_signatures_find:
 * @identity: who wrote it
 * @reply_text: as it was read from the mail; @tail: its mos_signature_tail()
 * @ret_stripped: (out) (transfer full) (nullable): what remains of it, where a signature was found
 *
 * Compares it with the sender's last mails. What it learns goes from the reply texts of those, too.
 */
gboolean mos_signatures_find (MosTxn *txn, const char *identity, const char *reply_text, const char *tail, char **ret_stripped, GError **error);

/** mos_signatures_remember: how @message, which is stored now, ends; @tail: mos_signature_tail() of it as it was read */
gboolean mos_signatures_remember (MosTxn *txn, const char *identity, const char *message, const char *tail, GError **error);

G_END_DECLS
