/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/dashboard/mos-dashboard-dialog.h"
#include "app/widgets/mos-dialog.h"

static void
on_open_cb (MosWindow *self,
            const char *conversation)
{
  mos_window_show_conversation (self, conversation);
}

void
mos_window_show_dashboard (GtkWidget *widget,
                           const char *name,
                           GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *visible = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  MosDashboardDialog *dialog;

  /* The same keys twice, or a notification while it is shown, need no second one. */
  if (MOS_IS_DASHBOARD_DIALOG (visible))
    dialog = MOS_DASHBOARD_DIALOG (visible);
  else
    {
      dialog = mos_dashboard_dialog_new (self->desk);
      g_signal_connect_object (dialog, "open", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
      mos_dialog_present (ADW_DIALOG (dialog), widget);
    }
  if (g_str_equal (name, "win.week"))
    mos_dashboard_dialog_show_week (dialog);
}
