/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosWindow:
 *
 * The window: views, list, conversation and customer side by side, as far as
 * its width allows; the actions `win.*` and `conversation.*`. Before there is a
 * desk it says so: loading, an error with its next step, or the welcome page.
 *
 * Signal `ready ()`: the list is on the screen, or one of the other pages is.
 */
#define MOS_TYPE_WINDOW (mos_window_get_type ())
G_DECLARE_FINAL_TYPE (MosWindow, mos_window, MOS, WINDOW, AdwApplicationWindow)

MosWindow *mos_window_new (GtkApplication *app);

/** mos_window_set_desk: @desk: (nullable): %NULL while a profile is being opened */
void mos_window_set_desk (MosWindow *self, MosDesk *desk);
/** mos_window_set_error: the profile could not be opened. @place: its folder, for the details */
void mos_window_set_error (MosWindow *self, const GError *error, const char *place);

/** mos_window_show_conversation: opens @id, whatever the list shows. */
void mos_window_show_conversation (MosWindow *self, const char *id);
/** mos_window_do: activates @action of the window, now or once its desk is there; @target: (nullable): sunk */
void mos_window_do (MosWindow *self, const char *action, GVariant *target);
/** mos_window_answer: opens @id and begins an answer */
void mos_window_answer (MosWindow *self, const char *id);
void mos_window_add_toast (MosWindow *self, AdwToast *toast);
/** mos_window_report_error: a one-off failure as a toast; cancellation is silent. */
void mos_window_report_error (MosWindow *self, const GError *error);
/** mos_window_flush: saves what is being written, before the window goes. */
void mos_window_flush (MosWindow *self);

G_END_DECLS
