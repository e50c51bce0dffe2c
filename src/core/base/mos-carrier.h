/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whose parcel a number is, and the page that follows it. Nothing is asked of anybody. Pure functions; any thread. */

/**
 * MosCarrier: one that may have the parcel
 * @name: (not owned): what it calls itself
 * @url: (owned): its page for this number
 */
typedef struct
{
  const char *name;
  char *url;
} MosCarrier;

/**
 * mos_carrier_list:
 * @carrier: (nullable): as the shop calls it: "UPS", "Correos Express", "dhl_express"
 * @number: as the shop or a person wrote it, blanks and hyphens included
 *
 * Where @carrier is one of those that are known, that is the answer, whatever the number looks like; else all whose numbers look so and whose check digit is right.
 *
 * Returns: (transfer full) (element-type MosCarrier): the likeliest first; empty where nobody is known
 */
GPtrArray *mos_carrier_list (const char *carrier, const char *number);

G_END_DECLS
