/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/first-steps/mos-first-steps-dialog.h"
#include "app/widgets/mos-dialog.h"

/* What a new desk is led through: when it is shown. */

static void
present (MosWindow *self,
         MosFirstSteps *steps)
{
  if (self->desk != NULL && !MOS_IS_FIRST_STEPS_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))))
    mos_dialog_present (ADW_DIALOG (mos_first_steps_dialog_new (self->desk, steps)), GTK_WIDGET (self));
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosFirstSteps) steps = mos_desk_load_first_steps_finish (MOS_DESK (source), result, &error);

  if (steps != NULL)
    present (self, steps);
  else
    mos_window_report_error (self, error);
}

void
mos_window_show_first_steps (GtkWidget *widget,
                             const char *name,
                             GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);

  mos_desk_load_first_steps_async (self->desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

/* --- by itself, once --- */

static gboolean
has_account (MosWindow *self)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);

      /* Where imports go: nobody writes to it. */
      if (!g_str_equal (mos_account_item_get_account (item)->kind, "archive"))
        return TRUE;
    }
  return FALSE;
}

static void
on_begun_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosFirstSteps) steps = mos_desk_begin_first_steps_finish (MOS_DESK (source), result, &error);

  if (steps != NULL && !self->was_led)
    present (self, steps);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The first steps are not shown: %s", error->message);
}

void
mos_window_check_first_steps (MosWindow *self)
{
  AdwDialog *visible;

  if (self->desk == NULL)
    return;
  visible = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  if (visible == NULL && self->pane != NULL)
    mos_conversation_pane_update_empty (self->pane);
  /* Where the account was added from the steps, they are there already, and that counts. */
  if (!self->awaits_account || !has_account (self) || (visible != NULL && !MOS_IS_FIRST_STEPS_DIALOG (visible)))
    return;
  self->awaits_account = FALSE;
  self->was_led = visible != NULL;
  mos_desk_begin_first_steps_async (self->desk, self->cancellable, on_begun_cb, g_object_ref (self));
}

void
mos_window_await_account (MosWindow *self)
{
  self->awaits_account = (mos_desk_get_flags (self->desk) & MOS_DESK_FLAG_OFFLINE) == 0 && !has_account (self);
}

void
mos_window_watch_first_steps (MosWindow *self)
{
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (mos_window_check_first_steps), NULL);
}
