/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-keyring-alert.h"

#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

void
mos_keyring_alert_present (GtkWidget *parent,
                           void (*keep) (gpointer keeper),
                           gpointer keeper)
{
  AdwAlertDialog *alert;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (keep != NULL);
  g_return_if_fail (G_IS_OBJECT (keeper));

  alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("The Password Cannot Be Kept"),
                                                  _ ("The system’s keyring is missing, locked or does not answer, and Mostrador writes passwords nowhere else. "
                                                     "It can hold this one in memory: everything works until Mostrador is closed, and after the next start it asks for the password again.")));
  adw_alert_dialog_add_responses (alert,
                                  "cancel", _ ("_Cancel"),
                                  /* Translators: a button; the password is held in memory until the program is closed */
                                  "keep", _ ("_Keep for This Session Only"), NULL);
  adw_alert_dialog_set_default_response (alert, "keep");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_object (alert, "response::keep", G_CALLBACK (keep), keeper, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (alert), parent);
}
