/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/triage/mos-triage-run.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosTriagePage: one conversation, how far one is, and four keys; at the end what was done.
 *
 * It borrows the window's conversation view while it is on show; the buttons are actions of the window.
 *
 * Property "title": whose conversation it is
 *
 * Signals:
 *  - `undo (guint outcome)`: all that have it shall be taken back
 *  - `again ()`: what was left shall be gone through
 *  - `leave ()`: back to the list
 *  - `escape ()`: Escape, and nothing had a use for it
 */
#define MOS_TYPE_TRIAGE_PAGE (mos_triage_page_get_type ())
G_DECLARE_FINAL_TYPE (MosTriagePage, mos_triage_page, MOS, TRIAGE_PAGE, AdwBin)

/** mos_triage_page_take_view: @view: (nullable): the conversation view; its "composing" hides the four keys. %NULL gives it back to nobody */
void mos_triage_page_take_view (MosTriagePage *self, GtkWidget *view);
/** mos_triage_page_show_run: the current conversation's place, or the end */
void mos_triage_page_show_run (MosTriagePage *self, MosTriageRun *run);
/** mos_triage_page_show_end: what was done, though it is not gone through to the end */
void mos_triage_page_show_end (MosTriagePage *self, MosTriageRun *run);
/** mos_triage_page_is_at_end: Returns: whether what was done is on show */
gboolean mos_triage_page_is_at_end (MosTriagePage *self);
void mos_triage_page_add_toast (MosTriagePage *self, AdwToast *toast);

/** mos_triage_keys: actions whose single keys work here also where they are switched off; %NULL-terminated */
extern const char *const mos_triage_keys[];

G_END_DECLS
