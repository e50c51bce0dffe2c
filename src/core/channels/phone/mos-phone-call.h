/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/**
 * MosPhoneCall: a call as a switchboard or router tells it. On the heap, of one thread.
 *
 * @id: the same however often it is told
 * @number: (nullable): the other side's, as it is written there; %NULL, "" and words ("anonymous") = withheld
 * @name: (nullable): as the network calls them
 * @line: (nullable): which of our numbers or extensions
 * @at_us: when it began; 0 = it does not say
 */
typedef struct
{
  char *id;
  char *number;
  char *name;
  char *line;
  gboolean is_outgoing;
  MosCallOutcome outcome;
  guint seconds;
  gint64 at_us;
} MosPhoneCall;

void mos_phone_call_free (MosPhoneCall *self);
/**
 * mos_phone_call_to_update:
 * @kind: MOS_CHAT_RINGING or MOS_CHAT_MESSAGE
 * @country: (nullable): ISO 3166 code of the country whose numbers are written without their country's
 *
 * A thread is the other side's number; one that is withheld is a thread of its own, for nobody can tell whether it is the same person again.
 *
 * Returns: (transfer full)
 */
MosChatUpdate *mos_phone_call_to_update (const MosPhoneCall *self, MosChatUpdateKind kind, const char *country);
/** mos_phone_normalize: Returns: (transfer full): "+4930901820" where the country is known, else its digits; "" where it is no number */
char *mos_phone_normalize (const char *number, const char *country);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosPhoneCall, mos_phone_call_free)

G_END_DECLS
