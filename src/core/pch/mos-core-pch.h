/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 *
 * Read once for all files of the core, where the build takes such headers: what nearly each of them includes, and includes itself.
 */
#define _GNU_SOURCE

#include <gio/gio.h>
#include <glib-object.h>
#include <glib.h>
#include <string.h>

/* Each file says its own. */
#undef G_LOG_DOMAIN
