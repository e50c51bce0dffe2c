/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-application.h"

#include "app/application/mos-a11y.h"
#include "app/application/mos-shortcuts.h"
#include "app/window/mos-window.h"

struct _MosApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (MosApplication, mos_application, ADW_TYPE_APPLICATION)

static void
mos_application_startup (GApplication *app)
{
  G_APPLICATION_CLASS (mos_application_parent_class)->startup (app);
  mos_a11y_init ();
  mos_shortcuts_install_app (GTK_APPLICATION (app));
}

static void
mos_application_activate (GApplication *app)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (app));

  if (window == NULL)
    window = GTK_WINDOW (mos_window_new (GTK_APPLICATION (app)));
  gtk_window_present (window);
}

static void
mos_application_class_init (MosApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  app_class->startup = mos_application_startup;
  app_class->activate = mos_application_activate;
}

static void
mos_application_init (MosApplication *self)
{
}

MosApplication *
mos_application_new (void)
{
  return g_object_new (MOS_TYPE_APPLICATION,
                       "application-id", MOS_APP_ID,
                       "resource-base-path", "/org/mostrador/Mostrador",
                       NULL);
}
