/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "app/translate/mos-translate-ask.h"

#include "app/translate/mos-translate-words.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

static void
on_set_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_response_cb (GTask *task,
                const char *response,
                AdwAlertDialog *dialog)
{
  MosDesk *desk = g_task_get_source_object (task);

  if (g_str_equal (response, "on"))
    mos_desk_set_translate_account_async (desk, g_task_get_task_data (task), TRUE, NULL, on_set_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, FALSE);
}

void
mos_translate_ask_async (MosDesk *desk,
                         const char *account,
                         GtkWidget *parent,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, NULL, callback, user_data);
  MosAccount *found = mos_desk_find_account (desk, account);
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *text = NULL;
  AdwDialog *dialog;

  g_task_set_source_tag (task, mos_translate_ask_async);
  g_task_set_task_data (task, g_strdup (account), g_free);
  if (found == NULL || mos_desk_may_translate (desk, account))
    {
      g_task_return_boolean (task, found != NULL);
      return;
    }
  name = mos_text_isolate (found->name);
  /* Translators: %1$s is the name of an account, %2$s a translation service (DeepL). */
  heading = g_strdup_printf (_ ("Translate Messages of “%1$s” with %2$s?"), name, mos_translate_service_name (mos_desk_get_translate (desk)->service));
  text = mos_translate_privacy_text (mos_desk_get_translate (desk));
  dialog = adw_alert_dialog_new (heading, text);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "on", _ ("_Translate"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "on", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), g_object_ref (task), (GClosureNotify) g_object_unref, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, parent);
}

gboolean
mos_translate_ask_finish (MosDesk *desk,
                          GAsyncResult *result,
                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
