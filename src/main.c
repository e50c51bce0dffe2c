/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include <adwaita.h>

int
main (int argc,
      char *argv[])
{
  g_autoptr (AdwApplication) app = adw_application_new (MOS_APP_ID, G_APPLICATION_DEFAULT_FLAGS);

  return g_application_run (G_APPLICATION (app), argc, argv);
}
