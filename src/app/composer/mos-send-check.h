/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* What a person would be sorry to have overlooked. Pure functions over the draft. */

typedef enum
{
  MOS_SEND_CHECK_OK = 0,
  MOS_SEND_CHECK_NO_RECIPIENT = 1 << 0,
  MOS_SEND_CHECK_BAD_RECIPIENT = 1 << 1,
  MOS_SEND_CHECK_EMPTY_TEXT = 1 << 2,
  MOS_SEND_CHECK_EMPTY_SUBJECT = 1 << 3,
  MOS_SEND_CHECK_MISSING_ATTACHMENT = 1 << 4,
  MOS_SEND_CHECK_TOO_LARGE = 1 << 5,
  MOS_SEND_CHECK_VARIABLE = 1 << 6,
} MosSendCheck;

/** What stops sending; the rest is asked about. */
#define MOS_SEND_CHECK_BLOCKING (MOS_SEND_CHECK_NO_RECIPIENT | MOS_SEND_CHECK_BAD_RECIPIENT | MOS_SEND_CHECK_EMPTY_TEXT)

/** Most servers take 25 MB, and base64 adds a third. */
#define MOS_SEND_ATTACHMENTS_MAX_BYTES (18 * 1000 * 1000)

/**
 * mos_send_check:
 * @draft: what would be sent
 * @signature: (nullable): the account's, not counted as text
 *
 * Returns: all that is amiss; for a note only %MOS_SEND_CHECK_EMPTY_TEXT
 */
MosSendCheck mos_send_check (const MosDraft *draft, const char *signature);

/**
 * mos_send_check_mentions_attachment:
 * @language: (nullable): the one @text is written in, as ISO 639 says; %NULL or "" = whatever is detected
 *
 * Returns: whether @text speaks of an attachment, in its language or in English (data/attachment-words.txt); lines that quote and the signature do not count
 */
gboolean mos_send_check_mentions_attachment (const char *text, const char *language);

/** mos_send_check_dup_own_words: @with_signature: "-- " and below, too. Returns: (transfer full): @text without the lines that quote: they are somebody else's */
char *mos_send_check_dup_own_words (const char *text, gboolean with_signature);

/** mos_send_check_find_variable: Returns: (transfer full) (nullable): the first variable in @text, "{{customer.name}}", that was not filled in; lines that quote do not count */
char *mos_send_check_find_variable (const char *text);

/** mos_draft_attachments_size: Returns: bytes of all attachments together */
guint64 mos_draft_attachments_size (const MosDraft *draft);

/** mos_draft_sent_size: Returns: about how many bytes it has as a mail: attachments in base64, text, headers; never less than it will have */
guint64 mos_draft_sent_size (const MosDraft *draft);
/** mos_draft_excess: @limit: what the account's server takes, 0 = not known. Returns: by how many bytes it is too large, 0 when it fits */
guint64 mos_draft_excess (const MosDraft *draft, guint64 limit);

G_END_DECLS
