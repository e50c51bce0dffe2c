/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-journey-values.h"

static const char *const journey_kind_nicks[] = {
  [MOS_JOURNEY_FIRST_CONTACT] = "first-contact",
  [MOS_JOURNEY_CONVERSATION] = "conversation",
  [MOS_JOURNEY_BOUNCE] = "bounce",
  [MOS_JOURNEY_ORDER] = "order",
  [MOS_JOURNEY_SHIPPED] = "shipped",
  [MOS_JOURNEY_DELIVERED] = "delivered",
  [MOS_JOURNEY_CANCELLED] = "cancelled",
  [MOS_JOURNEY_REFUND] = "refund",
  [MOS_JOURNEY_OUTREACH] = "outreach",
  [MOS_JOURNEY_SCORE] = "score",
  [MOS_JOURNEY_RETURN] = "return",
  [MOS_JOURNEY_PROBLEM] = "problem",
  [MOS_JOURNEY_REOPENED] = "reopened",
  [MOS_JOURNEY_LATE] = "late",
};
MOS_DEFINE_NICKS (MosJourneyKind, journey_kind)

static void
mos_journey_conversation_clear (MosJourneyConversation *self)
{
  g_free (self->id);
  g_free (self->subject);
  g_free (self->channel);
  g_free (self->account_name);
  g_free (self->category);
}

MOS_DEFINE_VALUE (MosJourneyConversation, journey_conversation)

static void
mos_journey_step_clear (MosJourneyStep *self)
{
  g_free (self->conversation);
  g_free (self->order);
  g_free (self->text);
  g_free (self->amount);
  g_free (self->currency);
}

MOS_DEFINE_VALUE (MosJourneyStep, journey_step)
