/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/dummy/mos-dummy-channel.h"
#include "core/channels/dummy/mos-dummy-chat.h"
#include "core/channels/email/mos-email-channel.h"
#include "core/channels/matrix/mos-matrix-channel.h"
#include "core/channels/meta/mos-messenger-channel.h"
#include "core/channels/meta/mos-whatsapp-channel.h"
#include "core/channels/mos-channel.h"
#include "core/channels/phone/mos-asterisk-channel.h"
#include "core/channels/phone/mos-fritzbox-channel.h"
#include "core/channels/telegram/mos-telegram-channel.h"
#include "core/channels/twilio/mos-twilio-calls-channel.h"
#include "core/channels/twilio/mos-twilio-channel.h"

typedef struct
{
  const char *kind;
  GType (*get_type) (void);
} MosChannelKind;

/* Every way customers write has one line here and one folder beside this file. */
static const MosChannelKind kinds[] = {
  { "email", mos_email_channel_get_type },
  { "instagram", mos_messenger_channel_get_type },
  { "matrix", mos_matrix_channel_get_type },
  { "messenger", mos_messenger_channel_get_type },
  { "telegram", mos_telegram_channel_get_type },
  { "sms", mos_twilio_channel_get_type },
  { "whatsapp", mos_whatsapp_channel_get_type },
  { "whatsapp-twilio", mos_twilio_channel_get_type },
  { "asterisk", mos_asterisk_channel_get_type },
  { "fritzbox", mos_fritzbox_channel_get_type },
  { "twilio-calls", mos_twilio_calls_channel_get_type },
  { "dummy", mos_dummy_channel_get_type },
  { "dummy-chat", mos_dummy_chat_get_type },
  { "dummy-chat-keys", mos_dummy_chat_get_type },
};

static const MosChannelKind *
mos_channel_find_kind (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return &kinds[i];
  return NULL;
}

/** mos_channel_has_kind: Returns: whether accounts of @kind have a channel ("archive" has none). Any thread. */
gboolean
mos_channel_has_kind (const char *kind)
{
  return mos_channel_find_kind (kind) != NULL;
}

/**
 * mos_channel_new_for_account:
 * @account: the account; its kind chooses the class
 * @host: (transfer none): the desk
 * @clock: (transfer none): the time source
 *
 * Returns: (transfer full) (nullable): a channel, not started; %NULL for a kind without one, and for an account that never connects (MOS_ACCOUNT_UNPLUGGED)
 */
MosChannel *
mos_channel_new_for_account (MosAccount *account,
                             MosChannelHost *host,
                             MosClock *clock)
{
  const MosChannelKind *kind;

  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (host), NULL);
  g_return_val_if_fail (MOS_IS_CLOCK (clock), NULL);

  kind = mos_channel_find_kind (account->kind);
  if (kind == NULL || mos_account_get_setting (account, MOS_ACCOUNT_UNPLUGGED, NULL) != NULL)
    return NULL;

  return g_object_new (kind->get_type (), "account", account, "host", host, "clock", clock, NULL);
}
