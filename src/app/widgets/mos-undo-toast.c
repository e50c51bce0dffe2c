/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-undo-toast.h"

#include <glib/gi18n.h>

/* Of a dialog: its last toast that offers an undo */
#define LAST "mos-undo-toast"
#define LISTENS "mos-undo-toast-keys"

typedef struct
{
  MosDesk *desk; /* (owned) */
  gint64 batch;
  GAsyncReadyCallback done;
  GWeakRef owner;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->desk);
  g_weak_ref_clear (&undo->owner);
  g_free (undo);
}

static AdwDialog *
dialog_of (gpointer owner)
{
  return GTK_IS_WIDGET (owner) ? ADW_DIALOG (gtk_widget_get_ancestor (owner, ADW_TYPE_DIALOG)) : NULL;
}

static void
on_undo_cb (GObject *owner,
            AdwToast *toast)
{
  const Undo *undo = g_object_get_data (G_OBJECT (toast), "undo");
  AdwDialog *dialog = dialog_of (owner);

  mos_desk_undo_async (undo->desk, undo->batch, NULL, undo->done, g_object_ref (owner));
  if (dialog != NULL && g_object_get_data (G_OBJECT (dialog), LAST) == toast)
    g_object_set_data (G_OBJECT (dialog), LAST, NULL);
}

static gboolean
on_key_cb (GtkWidget *dialog,
           GVariant *args,
           gpointer user_data)
{
  g_autoptr (AdwToast) toast = g_object_steal_data (G_OBJECT (dialog), LAST);
  Undo *undo = toast != NULL ? g_object_get_data (G_OBJECT (toast), "undo") : NULL;
  g_autoptr (GObject) owner = undo != NULL ? g_weak_ref_get (&undo->owner) : NULL;

  if (owner == NULL)
    return GDK_EVENT_PROPAGATE;
  on_undo_cb (owner, toast);
  adw_toast_dismiss (toast);
  return GDK_EVENT_STOP;
}

/* A text that has the keyboard takes the key for itself. */
static void
listen (AdwDialog *dialog)
{
  GtkEventController *keys;

  if (g_object_get_data (G_OBJECT (dialog), LISTENS) != NULL)
    return;
  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK), gtk_callback_action_new (on_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
  g_object_set_data (G_OBJECT (dialog), LISTENS, keys);
}

AdwToast *
mos_undo_toast_new (const char *text,
                    MosDesk *desk,
                    gint64 batch,
                    GAsyncReadyCallback done,
                    gpointer owner)
{
  AdwToast *toast = adw_toast_new ("");
  AdwDialog *dialog;
  Undo *undo;

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  if (batch == 0 || desk == NULL)
    return toast;
  undo = g_new (Undo, 1);
  *undo = (Undo) { .desk = g_object_ref (desk), .batch = batch, .done = done };
  g_weak_ref_init (&undo->owner, owner);
  g_object_set_data_full (G_OBJECT (toast), "undo", undo, undo_free);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_cb), owner, G_CONNECT_SWAPPED);
  dialog = dialog_of (owner);
  if (dialog != NULL)
    {
      g_object_set_data_full (G_OBJECT (dialog), LAST, g_object_ref (toast), g_object_unref);
      listen (dialog);
    }
  return toast;
}
