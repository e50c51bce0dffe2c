/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/customer/mos-who-dialog.h"
#include "app/widgets/mos-dialog.h"

/* "Who is this?": from what a caller says to their newest conversation, or a new message to them. */

static void
on_open_cb (MosWindow *self,
            const char *conversation)
{
  mos_window_show_conversation (self, conversation);
}

void
mos_window_show_who (GtkWidget *widget,
                     const char *name,
                     GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosWhoDialog *dialog = mos_who_dialog_new (self->desk);

  if (parameter != NULL)
    mos_who_dialog_set_text (dialog, g_variant_get_string (parameter, NULL));
  g_signal_connect_object (dialog, "note-call", G_CALLBACK (mos_window_note_call_of), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "open-conversation", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "write", G_CALLBACK (mos_window_write_to), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}
