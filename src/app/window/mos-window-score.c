/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/customer/mos-score-dialog.h"
#include "app/widgets/mos-dialog.h"
#include "core/desk/mos-surveys.h"

/* What a customer said of the service, written down by whoever heard it. */

static void
on_recorded_cb (MosWindow *self,
                gint64 batch,
                GObject *dialog)
{
  mos_window_offer_undo (self, MOS_SURVEY_LABEL, batch, g_object_get_data (dialog, "conversation"));
}

void
mos_window_record_score (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *dialog;

  if (self->conversation == NULL || self->desk == NULL)
    return;
  dialog = mos_score_dialog_new (self->desk, mos_conversation_get_id (self->conversation));
  g_object_set_data_full (G_OBJECT (dialog), "conversation", g_strdup (mos_conversation_get_id (self->conversation)), g_free);
  g_signal_connect_object (dialog, "recorded", G_CALLBACK (on_recorded_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}
