/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-private.h"

gboolean
mos_mime_find_bounces (GMimeMessage *message,
                       MosParsedMessage *parsed)
{
  return FALSE;
}
