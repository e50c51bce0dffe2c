/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-insight-values.h"

static const char *const insight_kind_nicks[] = { "question", "word", "product", "carrier", "macro_best", "macro_worst", "unanswered", "testimonial" };
G_STATIC_ASSERT (G_N_ELEMENTS (insight_kind_nicks) == MOS_N_INSIGHT_KINDS);
MOS_DEFINE_NICKS (MosInsightKind, insight_kind)

static const char *const week_number_nicks[] = { "new", "first_response", "resolution", "csat", "backlog" };
G_STATIC_ASSERT (G_N_ELEMENTS (week_number_nicks) == MOS_N_WEEK_NUMBERS);
MOS_DEFINE_NICKS (MosWeekNumber, week_number)

static const char *const week_hint_kind_nicks[] = { "low_scores", "waiting", "old", "slower", "reopened", "category", "product", "testimonial" };
G_STATIC_ASSERT (G_N_ELEMENTS (week_hint_kind_nicks) == MOS_N_WEEK_HINT_KINDS);
MOS_DEFINE_NICKS (MosWeekHintKind, week_hint_kind)

static void
mos_insight_clear (MosInsight *self)
{
  g_free (self->key);
  g_free (self->name);
  g_free (self->category);
  g_free (self->category_name);
  g_free (self->example);
  g_strfreev (self->conversations);
}

MOS_DEFINE_VALUE (MosInsight, insight)

static void
mos_week_hint_clear (MosWeekHint *self)
{
  g_free (self->name);
  g_strfreev (self->conversations);
}

MOS_DEFINE_VALUE (MosWeekHint, week_hint)

static void
mos_week_clear (MosWeek *self)
{
  g_free (self->zone);
  g_clear_pointer (&self->hints, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosWeek, week)
