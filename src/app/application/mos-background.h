/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Running without a window: started with the session, by a file of the desktop's or, in a Flatpak, through the Background portal. */

/** mos_background_is_sandboxed: whether this runs in a Flatpak */
gboolean mos_background_is_sandboxed (void);

/**
 * mos_background_ask_async: whether Mostrador may run without a window, and whether it starts so with the session
 * @bus: (nullable): the session bus, for the portal
 * @is_sandboxed: the portal is asked, which may ask the person; else it is a file of the session's
 * @starts: it is to start with the session
 *
 * G_IO_ERROR_PERMISSION_DENIED where the person or the desktop said no. Without a portal in a Flatpak, or where the file cannot be written, that is the error.
 */
void mos_background_ask_async (GDBusConnection *bus, gboolean is_sandboxed, gboolean starts, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_background_ask_finish (GAsyncResult *result, GError **error);
/** mos_background_set_status: in a Flatpak: what the desktop's list of what runs in the background says of it */
void mos_background_set_status (GDBusConnection *bus, const char *message);

/** mos_background_write_autostart: the same where there is no sandbox: writes the file into @config_dir/autostart, or takes it away. @program: (nullable): path of the program, where its name is not enough */
gboolean mos_background_write_autostart (const char *config_dir, const char *program, gboolean on, GError **error);

/** mos_background_is_quiet: @minute, @from, @until: minutes after midnight. Returns: whether @minute lies between, over midnight where @from is later. Equal: never */
gboolean mos_background_is_quiet (int minute, int from, int until);
/** mos_background_is_closed: @calendar: (nullable). Returns: whether nobody works at @now_us; %FALSE where no hours are set */
gboolean mos_background_is_closed (MosCalendar *calendar, gint64 now_us);
/** mos_background_is_quiet_now: @calendar: (nullable): as in mos_background_is_closed(). Returns: whether the settings say that nothing is told of at this time */
gboolean mos_background_is_quiet_now (MosCalendar *calendar);

G_END_DECLS
