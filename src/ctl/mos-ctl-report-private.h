/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-reports.h"
#include "ctl/mos-ctl-private.h"

G_BEGIN_DECLS

/* Shared between the files of "report". */

/** MosCtlReport: @filters: what was typed: "channel=email" */
typedef struct
{
  MosMeasureQuery *query; /* (owned) */
  GPtrArray *filters;     /* (owned): of char * */
  MosMeasureBy by;
  MosReportPeriod period;
  MosMeasureReport *report; /* (owned) (nullable) */
} MosCtlReport;
void mos_ctl_report_clear (MosCtlReport *call);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlReport, mos_ctl_report_clear)

/** mos_ctl_report_take: the options that all ways have: --from, --to, --days, --filter; and whether @n words are left. Says so otherwise */
gboolean mos_ctl_report_take (MosCtl *self, MosCtlReport *call, GPtrArray *args, guint n);
/** mos_ctl_report_begin: the days, and who is meant by what was typed */
gboolean mos_ctl_report_begin (MosTxn *txn, MosCtlReport *call, GError **error);
gboolean mos_ctl_do_report_begin (MosTxn *txn, gpointer call, GError **error);
/** mos_ctl_report_find: what @name means that figures are grouped by: an account by its name, … "none" = "". Returns: (transfer full) (nullable) */
char *mos_ctl_report_find (MosTxn *txn, MosMeasureBy by, const char *name, GError **error);
/** mos_ctl_report_fail: @error: (transfer full) */
int mos_ctl_report_fail (MosCtl *self, GError *error);
/** mos_ctl_report_print_days: not with --json */
void mos_ctl_report_print_days (MosCtl *self, const MosCtlReport *call);
/** mos_ctl_dup_duration: a day of work is no day: what is told in hours of work is never told in days */
char *mos_ctl_dup_duration (gint64 us, gboolean is_business);
char *mos_ctl_dup_day (gint64 us, GTimeZone *zone);

int mos_ctl_report_conversations (MosCtl *self, GPtrArray *args);
int mos_ctl_report_weekly (MosCtl *self, GPtrArray *args);
int mos_ctl_report_insights (MosCtl *self, GPtrArray *args);

G_END_DECLS
