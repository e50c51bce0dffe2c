/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/mos-chat-channel.h"

gboolean
mos_chat_error_is_webhook (const GError *error)
{
  return g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TAKEN) && g_str_has_prefix (error->message, MOS_CHAT_WEBHOOK ": ");
}

static MosChatTrouble
from_chat_error (MosChatError code)
{
  switch (code)
    {
    case MOS_CHAT_ERROR_KEY_REFUSED:
      return (MosChatTrouble) { "key-refused", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
    case MOS_CHAT_ERROR_NOT_ALLOWED:
      return (MosChatTrouble) { "not-allowed", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
    case MOS_CHAT_ERROR_EXPOSED:
      return (MosChatTrouble) { "exposed", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
    case MOS_CHAT_ERROR_NO_SERVER:
      /* The log-in page of a hotel answers for everybody. */
      return (MosChatTrouble) { "no-server", MOS_ACCOUNT_FAILED, TRUE, TRUE };
    case MOS_CHAT_ERROR_TAKEN:
      return (MosChatTrouble) { "taken", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    case MOS_CHAT_ERROR_TEMPORARY:
      return (MosChatTrouble) { "temporary", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    case MOS_CHAT_ERROR_REFUSED:
    case MOS_CHAT_ERROR_CLOSED:
    case MOS_CHAT_ERROR_MOVED:
    case MOS_CHAT_ERROR_WINDOW:
    case MOS_CHAT_ERROR_GONE:
    case MOS_CHAT_ERROR_ENCRYPTED:
      return (MosChatTrouble) { "refused", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    case MOS_CHAT_ERROR_TOO_LARGE:
      return (MosChatTrouble) { "too-large", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    case MOS_CHAT_ERROR_LETTER_BOX:
      return (MosChatTrouble) { "letter-box", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    case MOS_CHAT_ERROR_UNCERTAIN:
    case MOS_CHAT_ERROR_PROTOCOL:
    default:
      return (MosChatTrouble) { "protocol", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    }
}

MosChatTrouble
mos_chat_trouble_from_error (const GError *error)
{
  if (mos_chat_error_is_webhook (error))
    return (MosChatTrouble) { MOS_CHAT_WEBHOOK, MOS_ACCOUNT_WAITING, FALSE, FALSE };
  if (error->domain == MOS_CHAT_ERROR)
    return from_chat_error ((MosChatError) error->code);
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD))
    return (MosChatTrouble) { "no-password", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
    return (MosChatTrouble) { "no-secret-service", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
  if (error->domain == G_TLS_ERROR)
    return (MosChatTrouble) { "bad-certificate", MOS_ACCOUNT_BAD_CERTIFICATE, TRUE, TRUE };
  if (error->domain == G_RESOLVER_ERROR)
    return (MosChatTrouble) { "host-not-found", MOS_ACCOUNT_WAITING, FALSE, TRUE };
  if (error->domain == MOS_STORE_ERROR)
    return (MosChatTrouble) { "store", MOS_ACCOUNT_FAILED, FALSE, FALSE };
  return (MosChatTrouble) { "network", MOS_ACCOUNT_WAITING, FALSE, TRUE };
}

void
mos_chat_send_outcome_clear (MosChatSendOutcome *self)
{
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->remote, g_free);
}

/* What was said for good about a message, and not about the account or the line. */
static const char *
find_refusal (const GError *error)
{
  if (error->domain != MOS_CHAT_ERROR)
    return NULL;
  switch ((MosChatError) error->code)
    {
    case MOS_CHAT_ERROR_REFUSED:
    case MOS_CHAT_ERROR_GONE:
      return "refused";
    case MOS_CHAT_ERROR_CLOSED:
      return "chat-closed";
    case MOS_CHAT_ERROR_WINDOW:
      return "window-over";
    case MOS_CHAT_ERROR_TOO_LARGE:
      return "too-large";
    case MOS_CHAT_ERROR_ENCRYPTED:
      return MOS_CHAT_ENCRYPTED;
    case MOS_CHAT_ERROR_KEY_REFUSED:
    case MOS_CHAT_ERROR_NOT_ALLOWED:
    case MOS_CHAT_ERROR_EXPOSED:
    case MOS_CHAT_ERROR_NO_SERVER:
    case MOS_CHAT_ERROR_TAKEN:
    case MOS_CHAT_ERROR_PROTOCOL:
    case MOS_CHAT_ERROR_TEMPORARY:
    case MOS_CHAT_ERROR_MOVED:
    case MOS_CHAT_ERROR_UNCERTAIN:
    case MOS_CHAT_ERROR_LETTER_BOX:
    default:
      return NULL;
    }
}

void
mos_chat_send_outcome_take_error (MosChatSendOutcome *self,
                                  const GError *error,
                                  gboolean has_left,
                                  gboolean is_idempotent)
{
  const char *refusal = find_refusal (error);
  /* An answer that says no says that nothing was taken. */
  gboolean is_answered = error->domain == MOS_CHAT_ERROR && error->code != MOS_CHAT_ERROR_UNCERTAIN && error->code != MOS_CHAT_ERROR_PROTOCOL;

  g_set_str (&self->detail, error->message);
  if (refusal != NULL)
    {
      self->state = MOS_DELIVERY_FAILED;
      g_set_str (&self->why, refusal);
    }
  else if (has_left && !is_answered && !is_idempotent)
    {
      self->state = MOS_DELIVERY_UNCERTAIN;
      g_set_str (&self->why, "uncertain");
    }
  else
    {
      self->state = MOS_DELIVERY_QUEUED;
      g_set_str (&self->why, mos_chat_trouble_from_error (error).why);
    }
}
