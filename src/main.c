/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/application/mos-application.h"
#include "app/application/mos-language.h"
#include "core/base/mos-own-texts.h"
#include "ctl/mos-ctl.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

int
main (int argc,
      char *argv[])
{
  g_autoptr (MosApplication) app = NULL;
  g_autofree char *texts = NULL;

  /* GTK would set the system's once more when it begins. */
  gtk_disable_setlocale ();
  mos_language_start ();
  texts = mos_own_texts_dup_dir ();
  bindtextdomain (GETTEXT_PACKAGE, texts);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  app = mos_application_new ();
  mos_application_set_run (app, mos_ctl_run);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
