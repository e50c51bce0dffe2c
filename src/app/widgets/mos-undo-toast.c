/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-undo-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  MosDesk *desk; /* (owned) */
  gint64 batch;
  GAsyncReadyCallback done;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->desk);
  g_free (undo);
}

static void
on_undo_cb (GObject *owner,
            AdwToast *toast)
{
  const Undo *undo = g_object_get_data (G_OBJECT (toast), "undo");

  mos_desk_undo_async (undo->desk, undo->batch, NULL, undo->done, g_object_ref (owner));
}

AdwToast *
mos_undo_toast_new (const char *text,
                    MosDesk *desk,
                    gint64 batch,
                    GAsyncReadyCallback done,
                    gpointer owner)
{
  AdwToast *toast = adw_toast_new ("");
  Undo *undo;

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  if (batch == 0 || desk == NULL)
    return toast;
  undo = g_new (Undo, 1);
  *undo = (Undo) { g_object_ref (desk), batch, done };
  g_object_set_data_full (G_OBJECT (toast), "undo", undo, undo_free);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_cb), owner, G_CONNECT_SWAPPED);
  return toast;
}
