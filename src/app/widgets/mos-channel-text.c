/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-app"

#include "config.h"

#include "app/widgets/mos-channel-text.h"

#include "core/channels/mos-channel-traits.h"

#include <glib/gi18n.h>

const char *
mos_channel_text (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *name;
  } names[] = {
    { "telegram", "Telegram" },
    { "matrix", "Matrix" },
    { "sms", "SMS" },
    { "messenger", "Messenger" },
    { "instagram", "Instagram" },
    { "whatsapp", "WhatsApp" },
    { "whatsapp-twilio", "WhatsApp" },
  };

  if (g_strcmp0 (kind, "email") == 0)
    return _ ("E-mail");
  if ((mos_channel_traits_get (kind)->flags & MOS_CHANNEL_CALLS) != 0)
    return _ ("Phone");
  if (g_strcmp0 (kind, "archive") == 0)
    return _ ("Archive");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].kind, kind) == 0)
      return names[i].name;
  return kind;
}
