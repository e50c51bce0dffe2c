/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to mail/mime: what mail systems write when they give mail back. */

typedef enum
{
  MOS_BOUNCE_ALONE,
  MOS_BOUNCE_COLON,
  MOS_BOUNCE_START,
  MOS_BOUNCE_PHRASE,
  MOS_BOUNCE_STATUS,
  MOS_BOUNCE_REPLY,
  MOS_BOUNCE_MESSAGE_ID,
  MOS_BOUNCE_ORIGINAL_TO,
  MOS_BOUNCE_ORIGINAL_START,
  MOS_BOUNCE_SUBJECT,
  MOS_BOUNCE_FAILURE,
  MOS_BOUNCE_DELAY,
  MOS_BOUNCE_STILL_TRYING,
  MOS_BOUNCE_NULL_SENDER,
  MOS_BOUNCE_HARD,
  MOS_BOUNCE_SOFT,
  MOS_BOUNCE_ADDRESS_REFUSED,
  MOS_BOUNCE_EXPLICIT,
  MOS_BOUNCE_AGAIN,
  MOS_BOUNCE_AT_SENDER,
  MOS_BOUNCE_AT_RCPT,
  MOS_BOUNCE_AT_DATA,
  MOS_BOUNCE_SENDMAIL_DATA,
  MOS_BOUNCE_NO_RECIPIENT_LEFT,
  MOS_BOUNCE_N
} MosBouncePattern;

gboolean mos_bounce_match (MosBouncePattern which, const char *text, char **ret_group, int *ret_start);

/* Which status of RFC 3463 is meant; @stated: (nullable): what the report gives. Returns: (transfer full) (nullable) */
char *mos_bounce_find_status (const char *stated, const char *words);
gboolean mos_bounce_is_hard (const char *status, const char *words, const char *transcript, gboolean delayed);

G_END_DECLS
