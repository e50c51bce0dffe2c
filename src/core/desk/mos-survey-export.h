/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/**
 * mos_surveys_append_csv: one line for each survey of @surveys, below one of names where @with_heading
 *
 * kind, state, source, asked, answered, score, comment, conversation, customer, answered_by, account, channel, agent, category, tags, macro, language, rescue, outcome. Times are ISO-8601 in UTC, tags parted by
 * commas; what is not known is empty. Pure.
 */
void mos_surveys_append_csv (GString *csv, GPtrArray *surveys, gboolean with_heading);
/** mos_surveys_write_csv_sync: those of @filter into @file, read in pieces; @with_bom: the mark that a spreadsheet needs to see UTF-8. @ret_n: (out) (optional). Blocks; errors of the store and of the file */
gboolean mos_surveys_write_csv_sync (MosStore *store, const MosSurveyFilter *filter, GFile *file, gboolean with_bom, guint *ret_n, GCancellable *cancellable, GError **error);

G_END_DECLS
