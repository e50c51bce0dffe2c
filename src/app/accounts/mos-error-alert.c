/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-error-alert.h"

#include "app/application/mos-error-text.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

void
mos_error_alert_present (GtkWidget *parent,
                         const GError *error)
{
  MosErrorText text;
  AdwDialog *alert;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (error != NULL);

  text = mos_error_text (error);
  alert = adw_alert_dialog_new (text.title, NULL);
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (alert), "%s %s", text.sentence, text.step);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (alert), "close", _ ("_Close"));
  mos_dialog_present (alert, parent);
}
