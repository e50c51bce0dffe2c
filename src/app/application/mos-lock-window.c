/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-lock-window.h"

#include "app/application/mos-settings.h"
#include "app/help/mos-help-dialog.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

struct _MosLockWindow
{
  AdwApplicationWindow parent_instance;

  /* Template children */
  GtkEditable *passphrase;
  GtkLabel *trouble;
  GtkWidget *unlock_button;

  MosLock *lock; /* (owned) */
  guint wait_id;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (MosLockWindow, mos_lock_window, ADW_TYPE_APPLICATION_WINDOW)

char *
mos_lock_text (MosLock *lock,
               const GError *error)
{
  guint wait_s = mos_lock_get_wait_s (lock);

  if (g_error_matches (error, MOS_LOCK_ERROR, MOS_LOCK_ERROR_DAMAGED))
    return g_strdup (_ ("What is kept of the passphrase cannot be read, so none fits. The help says how to take the lock away."));
  if (wait_s > 0)
    return g_strdup_printf (ngettext ("That is not the passphrase. Wait %u second before the next try.", "That is not the passphrase. Wait %u seconds before the next try.", wait_s), wait_s);
  return g_strdup (_ ("That is not the passphrase."));
}

static void
update (MosLockWindow *self)
{
  guint wait_s = mos_lock_get_wait_s (self->lock);

  gtk_widget_set_sensitive (self->unlock_button, !self->is_busy && wait_s == 0 && *gtk_editable_get_text (self->passphrase) != '\0');
}

static void
show_trouble (MosLockWindow *self,
              const char *text)
{
  gtk_label_set_label (self->trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), text != NULL);
}

/* The seconds that are left are counted down. */
static gboolean
on_wait_cb (gpointer user_data)
{
  MosLockWindow *self = user_data;
  g_autofree char *text = NULL;

  update (self);
  if (mos_lock_get_wait_s (self->lock) == 0)
    {
      self->wait_id = 0;
      show_trouble (self, NULL);
      return G_SOURCE_REMOVE;
    }
  text = mos_lock_text (self->lock, NULL);
  show_trouble (self, text);
  return G_SOURCE_CONTINUE;
}

static void
begin_waiting (MosLockWindow *self)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (on_wait_cb (self) == G_SOURCE_CONTINUE)
    self->wait_id = g_timeout_add_seconds (1, on_wait_cb, self);
}

static void
on_unlocked_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosLockWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  /* The window goes when it was the right one. */
  self->is_busy = FALSE;
  if (mos_lock_unlock_finish (MOS_LOCK (source), result, &error) || self->passphrase == NULL)
    return;
  gtk_editable_set_text (self->passphrase, "");
  begin_waiting (self);
  text = mos_lock_text (self->lock, error);
  show_trouble (self, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
on_unlock_cb (MosLockWindow *self)
{
  if (!gtk_widget_get_sensitive (self->unlock_button))
    return;
  self->is_busy = TRUE;
  show_trouble (self, NULL);
  update (self);
  mos_lock_unlock_async (self->lock, gtk_editable_get_text (self->passphrase), NULL, on_unlocked_cb, g_object_ref (self));
}

static void
on_changed_cb (MosLockWindow *self)
{
  update (self);
}

static void
on_forgotten_cb (MosLockWindow *self)
{
  mos_dialog_present (ADW_DIALOG (mos_help_dialog_new ("privacy")), GTK_WIDGET (self));
}

static void
mos_lock_window_dispose (GObject *object)
{
  MosLockWindow *self = MOS_LOCK_WINDOW (object);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_LOCK_WINDOW);
  G_OBJECT_CLASS (mos_lock_window_parent_class)->dispose (object);
}

static void
mos_lock_window_finalize (GObject *object)
{
  g_clear_object (&MOS_LOCK_WINDOW (object)->lock);
  G_OBJECT_CLASS (mos_lock_window_parent_class)->finalize (object);
}

static void
mos_lock_window_class_init (MosLockWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_lock_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_lock_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-lock-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MosLockWindow, passphrase);
  gtk_widget_class_bind_template_child (widget_class, MosLockWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, MosLockWindow, unlock_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_forgotten_cb);
}

static void
mos_lock_window_init (MosLockWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
#if MOS_DEVELOPMENT
  gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
#endif
}

MosLockWindow *
mos_lock_window_new (GtkApplication *app,
                     MosLock *lock)
{
  MosLockWindow *self = g_object_new (MOS_TYPE_LOCK_WINDOW, "application", app, NULL);

  self->lock = g_object_ref (lock);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (mos_settings_get (), "window-width"), g_settings_get_int (mos_settings_get (), "window-height"));
  if (g_settings_get_boolean (mos_settings_get (), "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  /* Whoever guessed before it was closed still waits. */
  begin_waiting (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->passphrase));
  return self;
}
