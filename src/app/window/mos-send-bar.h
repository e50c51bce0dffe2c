/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSendBar:
 *
 * Below the window: the mails that were sent and can still be taken back, whatever conversation is shown meanwhile. It only shows them and tells what
 * the person wants; the desk sends them when their time is over.
 *
 * Signals: `undo (char *message, char *conversation)` and `send-now (char *message, char *conversation)`: the newest one; it is not shown any more.
 */
#define MOS_TYPE_SEND_BAR (mos_send_bar_get_type ())
G_DECLARE_FINAL_TYPE (MosSendBar, mos_send_bar, MOS, SEND_BAR, AdwBin)

/** mos_send_bar_add: @message can be taken back for @seconds from now */
void mos_send_bar_add (MosSendBar *self, const char *message, const char *conversation, const char *subject, guint seconds);
/** mos_send_bar_undo: as the button does. Returns: whether there was something to take back */
gboolean mos_send_bar_undo (MosSendBar *self);
/** mos_send_bar_clear: nothing can be taken back any more */
void mos_send_bar_clear (MosSendBar *self);

G_END_DECLS
