/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-measure-values.h"

G_BEGIN_DECLS

/* What a dashboard shows, as it is kept: words under their names. Pure. */

/**
 * MosDashboardChoice: @query: its @by, @step and @with_journey are nobody's choice; @is_business: in hours of work; @by: what the table groups by
 */
typedef struct
{
  MosMeasureQuery *query;
  gboolean is_business;
  MosMeasureBy by;
} MosDashboardChoice;
MOS_DECLARE_VALUE (MosDashboardChoice, dashboard_choice)

/** mos_dashboard_choice_copy: Returns: (transfer full): another one, which may be filled */
MosDashboardChoice *mos_dashboard_choice_copy (const MosDashboardChoice *self);
/** mos_dashboard_choice_parse: @words: (nullable): a{ss}; what is not understood is as it is at first: 30 days, compared. Returns: (transfer full) */
MosDashboardChoice *mos_dashboard_choice_parse (GVariant *words);
/** mos_dashboard_choice_to_words: Returns: (transfer floating): a{ss} */
GVariant *mos_dashboard_choice_to_words (const MosDashboardChoice *self);
/** mos_dashboard_choice_set_filter: @only: (nullable): %NULL = whatever it is. Of one that nobody else has yet */
void mos_dashboard_choice_set_filter (MosDashboardChoice *self, MosMeasureBy by, const char *only);
/** mos_dashboard_choice_step: Returns: what the points of a line stand for, so that they can be told apart */
MosMeasureStep mos_dashboard_choice_step (const MosDashboardChoice *self);
/** mos_dashboard_choice_make_query: Returns: (transfer full): the query of it, with @by, and with @with_more the days before and the points */
MosMeasureQuery *mos_dashboard_choice_make_query (const MosDashboardChoice *self, guint by, gboolean with_more, gboolean with_journey);
/** mos_dashboard_choice_is_day: Returns: whether @text is a day that exists, "2026-03-01" */
gboolean mos_dashboard_choice_is_day (const char *text);

G_END_DECLS
