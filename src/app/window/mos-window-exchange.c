/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/exchange/mos-export-dialog.h"
#include "app/exchange/mos-import-dialog.h"
#include "app/exchange/mos-job-text.h"
#include "app/widgets/mos-dialog.h"

void
mos_window_import_mail (GtkWidget *widget,
                        const char *name,
                        GVariant *parameter)
{
  mos_dialog_present (ADW_DIALOG (mos_import_dialog_new (MOS_WINDOW (widget)->desk)), widget);
}

/* win.export-all, conversation.export */
void
mos_window_export (GtkWidget *widget,
                   const char *name,
                   GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosConversation *conversation = g_str_equal (name, "conversation.export") ? self->conversation : NULL;

  mos_dialog_present (ADW_DIALOG (mos_export_dialog_new (self->desk, conversation)), widget);
}

/* The bar below the window shows that it ended (a toast said the same above it); a screen reader is told. */
void
mos_window_on_job_ended (MosWindow *self,
                         MosJob *job)
{
  g_autofree char *title = NULL;

  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL || mos_job_get_state (job) == MOS_JOB_PAUSED)
    return;
  title = mos_job_text_title (job);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
