/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"
#include "paths.h"

#include "app/application/mos-application.h"
#include "app/application/mos-language.h"
#include "ctl/mos-ctl.h"

#include <glib/gi18n.h>

int
main (int argc,
      char *argv[])
{
  g_autoptr (MosApplication) app = NULL;

  mos_language_start ();
  bindtextdomain (GETTEXT_PACKAGE, MOS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  app = mos_application_new ();
  mos_application_set_run (app, mos_ctl_run);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
