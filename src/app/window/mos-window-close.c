/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/application/mos-application.h"
#include "app/application/mos-settings.h"
#include "app/widgets/mos-dialog.h"

#include "core/store/mos-store-outbox.h"

#include <glib/gi18n.h>

/* Closing the window while messages are on their way: wait for them a moment and say so, close when they arrived.
 * What is not sent by then stays in the outbox and is sent at the next start. */

#define POLL_MS 400
#define SOON_US (10 * G_USEC_PER_SEC)

typedef struct
{
  MosWindow *self;     /* (owned) */
  AdwDialog *dialog;   /* (nullable) (weak) */
  GPtrArray *undoable; /* ids: they wait for an undo that nobody will ask for */
  guint n;
} Closing;

static void
closing_free (Closing *closing)
{
  g_clear_weak_pointer (&closing->dialog);
  g_ptr_array_unref (closing->undoable);
  g_object_unref (closing->self);
  g_free (closing);
}

static void look (Closing *closing);

static gboolean
count_on_the_way (MosTxn *txn,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  Closing *closing = data;
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, NULL, error);

  if (items == NULL)
    return FALSE;
  closing->n = 0;
  g_ptr_array_set_size (closing->undoable, 0);
  for (guint i = 0; i < items->len; i++)
    {
      MosOutboxItem *item = g_ptr_array_index (items, i);

      if (item->state == MOS_DELIVERY_SCHEDULED && g_strcmp0 (item->why, MOS_SCHEDULED_UNDO) == 0)
        {
          g_ptr_array_add (closing->undoable, g_strdup (item->message));
          closing->n++;
        }

      /* One that waits for its next try is not waited for. */
      if (item->state == MOS_DELIVERY_SENDING ||
          (item->state == MOS_DELIVERY_QUEUED && item->next_try_us <= mos_txn_get_now_us (txn) + SOON_US && item->attempts == 0))
        closing->n++;
    }
  return TRUE;
}

static void
close_now (MosWindow *self)
{
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
on_poll_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_response_cb (AdwAlertDialog *dialog,
                const char *response,
                MosWindow *self)
{
  if (g_str_equal (response, "close"))
    close_now (self);
  else if (MOS_IS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))))
    mos_application_stay (MOS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  self->closing = FALSE;
}

static void
on_released_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* It waits for its time then, and is sent at the next start. */
  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    g_info ("A message was not sent at closing: %s", error->message);
}

static void
on_counted_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  Closing *closing = user_data;
  g_autoptr (GError) error = NULL;
  MosWindow *self = closing->self;

  if (!mos_store_read_finish (MOS_STORE (source), result, &error))
    {
      g_info ("The outbox could not be read at closing: %s", error->message);
      closing->n = 0;
    }
  /* Whoever closes the window takes nothing back any more. */
  for (guint i = 0; self->closing && self->desk != NULL && i < closing->undoable->len; i++)
    mos_desk_send_now_async (self->desk, g_ptr_array_index (closing->undoable, i), NULL, on_released_cb, NULL);
  if (self->closing && closing->undoable->len > 0)
    mos_send_bar_clear (self->send_bar);
  if (!self->closing || closing->n == 0)
    {
      gboolean go = self->closing;

      self->closing = FALSE;
      if (closing->dialog != NULL)
        adw_dialog_force_close (closing->dialog);
      if (go)
        close_now (self);
      closing_free (closing);
      return;
    }

  if (closing->dialog == NULL)
    {
      AdwDialog *dialog = adw_alert_dialog_new (_ ("Sending…"), NULL);

      adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog),
                                    ngettext ("%u message is on its way. The window closes when it is sent. If you close it now, the message is sent at the next start.",
                                              "%u messages are on their way. The window closes when they are sent. If you close it now, the messages are sent at the next start.",
                                              closing->n),
                                    closing->n);
      adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "stay", _ ("_Keep Open"), "close", _ ("_Close Now"), NULL);
      adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "stay");
      g_signal_connect_object (dialog, "response", G_CALLBACK (on_response_cb), self, 0);
      g_set_weak_pointer (&closing->dialog, dialog);
      mos_dialog_present (dialog, GTK_WIDGET (self));
    }
  g_timeout_add (POLL_MS, on_poll_cb, closing);
}

static void
look (Closing *closing)
{
  if (closing->self->desk == NULL)
    {
      closing_free (closing);
      return;
    }
  mos_store_read_async (mos_desk_get_store (closing->self->desk), count_on_the_way, closing, NULL, NULL, on_counted_cb, closing);
}

gboolean
mos_window_may_close (MosWindow *self)
{
  Closing *closing;

  if (self->may_close || self->desk == NULL)
    return TRUE;
  if (self->closing)
    return FALSE;

  self->closing = TRUE;
  mos_window_flush (self);
  closing = g_new0 (Closing, 1);
  closing->self = g_object_ref (self);
  closing->undoable = g_ptr_array_new_with_free_func (g_free);
  look (closing);
  return FALSE;
}

/* --- what closing means, asked once --- */

static void
on_background_cb (AdwAlertDialog *dialog,
                  const char *response,
                  MosWindow *self)
{
  GSettings *settings = mos_settings_get ();
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  if (g_str_equal (response, "cancel"))
    return;
  g_settings_set_boolean (settings, "background-asked", TRUE);
  g_settings_set_boolean (settings, "run-in-background", g_str_equal (response, "run"));
  if (g_str_equal (response, "quit") && MOS_IS_APPLICATION (app))
    mos_application_quit_with_window (MOS_APPLICATION (app));
  gtk_window_close (GTK_WINDOW (self));
}

gboolean
mos_window_ask_background (MosWindow *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  GSettings *settings = mos_settings_get ();
  AdwDialog *dialog;

  if (self->may_close || self->closing || self->desk == NULL || !MOS_IS_APPLICATION (app) || mos_application_is_quitting (MOS_APPLICATION (app)) ||
      (mos_desk_get_flags (self->desk) & MOS_DESK_FLAG_OFFLINE) != 0 || g_list_model_get_n_items (mos_desk_get_accounts (self->desk)) == 0 ||
      g_settings_get_boolean (settings, "background-asked") || g_settings_get_boolean (settings, "run-in-background"))
    return FALSE;

  dialog = adw_alert_dialog_new (_ ("Keep Mostrador Running?"),
                                 _ ("Without its window it stays connected: messages that you planned leave in time, snoozes end, and you are told when a customer writes. Preferences change this at any time."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "quit", _ ("_Quit"), "run", _ ("_Keep Running"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "run", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "run");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_background_cb), self, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, GTK_WIDGET (self));
  return TRUE;
}
