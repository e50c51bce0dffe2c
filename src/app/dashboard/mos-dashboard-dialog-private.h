/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-dashboard-dialog.h"

#include "app/dashboard/mos-dashboard-bar.h"
#include "app/dashboard/mos-dashboard-measure.h"
#include "app/dashboard/mos-dashboard-view.h"
#include "app/dashboard/mos-week-page.h"

G_BEGIN_DECLS

struct _MosDashboardDialog
{
  AdwDialog parent_instance;

  /* template children */
  AdwToastOverlay *toasts;
  AdwNavigationView *navigation;
  AdwWindowTitle *heading;
  GtkWidget *busy;
  AdwBin *bar_place;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  AdwStatusPage *error_page;
  GMenu *saved_sets;
  GMenu *forget_sets;

  /* owned by the tree */
  MosDashboardBar *bar;
  MosDashboardView *view;

  /* Owned */
  MosDesk *desk;              /* (nullable): %NULL once it is gone */
  MosDashboardChoice *choice; /* what is shown, or read just now */
  MosMeasureReport *report;   /* (nullable): the newest answer */
  MosMeasureReport *targets;  /* (nullable): of the same days: what came of the targets, which takes longer, and nothing else */
  MosMeasureReport *more;     /* (nullable): with groups and the journey */
  MosMeasureReport *groups;   /* (nullable): of everything, for the filter and the names in it */
  MosMeasureRows *low;        /* (nullable): low scores of satisfaction, while those of recommendation are read */
  MosMeasureRows *lows[2];    /* (nullable): both, as they are shown */
  GPtrArray *insights;        /* (nullable): (element-type MosInsight): what stands out */
  GCancellable *cancellable;  /* of what is read just now */
  gboolean is_reading;        /* all of it, one after the other */
  gboolean is_refreshing;     /* the overview alone, meanwhile */
  gboolean is_stale;          /* what is read just now is older than what happened since */
  guint reload_id;
};

/* mos-dashboard-dialog.c */
/** mos_dashboard_dialog_get_report: Returns: (nullable): the answer that @measure stands in */
const MosMeasureReport *mos_dashboard_dialog_get_report (MosDashboardDialog *self, MosDashboardMeasure measure);
/** mos_dashboard_dialog_find_facts: @ret_facts: (out): whose targets those are of what is shown, until something else is */
void mos_dashboard_dialog_find_facts (MosDashboardDialog *self, MosTargetFacts *ret_facts);
void mos_dashboard_dialog_say (MosDashboardDialog *self, const char *text);
/** mos_dashboard_dialog_dup_filter: Returns: (transfer full) (nullable): what alone is shown, in words */
char *mos_dashboard_dialog_dup_filter (MosDashboardDialog *self);
/** mos_dashboard_dialog_choose: @choice: (transfer none): from now on this is shown */
void mos_dashboard_dialog_choose (MosDashboardDialog *self, MosDashboardChoice *choice);
void mos_dashboard_dialog_open (MosDashboardDialog *self, const char *conversation);
/* mos-dashboard-dialog-how.c: what a number is made of */
void mos_dashboard_dialog_connect_how (MosDashboardDialog *self);
/** mos_dashboard_dialog_ask_week: @number: one of the five of @week, which is open */
void mos_dashboard_dialog_ask_week (MosWeekPage *week, guint number, MosDashboardDialog *self);
/* mos-dashboard-dialog-out.c: paper, pictures, files, saved sets */
void mos_dashboard_dialog_class_install_out (GtkWidgetClass *widget_class);
void mos_dashboard_dialog_save_picture (MosDashboardDialog *self, MosChartCard *card);
void mos_dashboard_dialog_update_sets (MosDashboardDialog *self);

G_END_DECLS
