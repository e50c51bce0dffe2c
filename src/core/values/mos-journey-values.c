/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-journey-values.h"

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
