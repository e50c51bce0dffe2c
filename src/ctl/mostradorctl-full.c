/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "ctl/mos-ctl.h"

int
main (int argc,
      char *argv[])
{
  return mos_ctl_main (argc, argv);
}
