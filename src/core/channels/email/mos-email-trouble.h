/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-backoff.h"
#include "core/values/mos-channel-values.h"

G_BEGIN_DECLS

/**
 * MosEmailTrouble: what an error means for an account.
 * @why: stable code
 * @state: WAITING, or a state that only the owner (or a changed network, @network_may_help) ends
 * @stop: no retry by itself
 */
typedef struct
{
  const char *why;
  MosAccountState state;
  gboolean stop;
  gboolean network_may_help;
} MosEmailTrouble;

MosEmailTrouble mos_email_trouble_from_error (const GError *error);

/** mos_email_send_result_from_error: Returns: (transfer full): state, why and detail of a failed attempt; the caller adds what it knows more. @error: (nullable): none = accepted */
MosSendResult *mos_email_send_result_from_error (const char *message, const GError *error);

G_END_DECLS
