/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-call-values.h"

static const char *const call_outcome_nicks[] = { "answered", "missed", "busy", "failed", "voicemail", "unknown" };
G_STATIC_ASSERT (G_N_ELEMENTS (call_outcome_nicks) == MOS_N_CALL_OUTCOMES);
MOS_DEFINE_NICKS (MosCallOutcome, call_outcome)

static void
mos_call_clear (MosCall *self)
{
  g_free (self->number);
  g_free (self->line);
}

MOS_DEFINE_VALUE (MosCall, call)

MosCall *
mos_call_make (MosCallOutcome outcome,
               const char *number,
               const char *line,
               guint seconds)
{
  MosCall *self = mos_call_new ();

  self->outcome = outcome;
  self->number = g_strdup (number != NULL ? number : "");
  self->line = g_strdup (line != NULL && *line != '\0' ? line : NULL);
  self->seconds = seconds;
  return self;
}

gboolean
mos_call_is_work (const MosCall *self,
                  gboolean is_incoming)
{
  return is_incoming && self->outcome != MOS_CALL_ANSWERED;
}
