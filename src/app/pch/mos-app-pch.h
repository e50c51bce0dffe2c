/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 *
 * As the one of the core, for the window: most of what compiling one of its files takes is reading these.
 */
#include <adwaita.h>
#include <gtk/gtk.h>

/* Each file says its own. */
#undef G_LOG_DOMAIN
