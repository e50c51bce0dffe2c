/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window.h"

#include "app/application/mos-shortcuts.h"

struct _MosWindow
{
  AdwApplicationWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (MosWindow, mos_window, ADW_TYPE_APPLICATION_WINDOW)

static void
mos_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_WINDOW);
  G_OBJECT_CLASS (mos_window_parent_class)->dispose (object);
}

static void
mos_window_class_init (MosWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_window_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/mostrador/Mostrador/ui/mos-window.ui");
}

static void
mos_window_init (MosWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mos_shortcuts_install_window (GTK_WINDOW (self));
}

MosWindow *
mos_window_new (GtkApplication *app)
{
  return g_object_new (MOS_TYPE_WINDOW, "application", app, NULL);
}
