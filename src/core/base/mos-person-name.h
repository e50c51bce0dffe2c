/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mos_person_first_name:
 * @name: (nullable): a display name as people give it: "Ana García", "García, Ana", "Dr. Ana García", "عبد الله محمد"
 *
 * What somebody is called in a greeting. The spelling stays as it is. Pure; any thread.
 *
 * Returns: (transfer full) (nullable): %NULL where it is no name of a person as far as one can see: an address, "info", a firm; rather no
 *   name than a wrong one
 */
char *mos_person_first_name (const char *name);

G_END_DECLS
