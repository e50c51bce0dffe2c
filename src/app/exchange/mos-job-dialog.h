/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosJobDialog: how far an import or export is, with its buttons; then what came of it. Closing it stops nothing. */
#define MOS_TYPE_JOB_DIALOG (mos_job_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosJobDialog, mos_job_dialog, MOS, JOB_DIALOG, AdwDialog)

MosJobDialog *mos_job_dialog_new (MosDesk *desk, MosJob *job);

/** mos_job_show_choice_error: says that a file dialog above @widget failed. @error: (nullable): what it ended with; that it was dismissed is no trouble */
void mos_job_show_choice_error (GtkWidget *widget, const GError *error);
/** mos_job_get_choice_path: Returns: (transfer none) (nullable): the path of what was chosen; where it has none, as on a telephone, the person is told. @file: (nullable) */
const char *mos_job_get_choice_path (GtkWidget *widget, GFile *file);

G_END_DECLS
