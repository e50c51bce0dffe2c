/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MosAutosave:
 *
 * When a draft is to be saved: one second after the last keystroke, but at the
 * latest three seconds after the first unsaved one, and never two saves at a time.
 * Knows nothing of timers and disks, so a test can drive it with a made-up time.
 * All times in microseconds of one clock.
 */
typedef struct
{
  gint64 first_change_us; /* 0 = nothing unsaved */
  gint64 last_change_us;
  gboolean is_saving;
  gboolean changed_while_saving;
} MosAutosave;

/** mos_autosave_touch: something was typed. */
void mos_autosave_touch (MosAutosave *self, gint64 now_us);
/** mos_autosave_due_us: Returns: when to save, -1 for never (nothing unsaved, or a save is under way) */
gint64 mos_autosave_due_us (const MosAutosave *self);
/** mos_autosave_begin: the save of the present state starts. Returns: FALSE when one is under way; mos_autosave_end() then asks for another */
gboolean mos_autosave_begin (MosAutosave *self);
/** mos_autosave_end: @saved: FALSE keeps the change as unsaved. Returns: whether another save should follow at once */
gboolean mos_autosave_end (MosAutosave *self, gboolean saved, gint64 now_us);
/** mos_autosave_is_dirty: Returns: whether closing now would lose something */
gboolean mos_autosave_is_dirty (const MosAutosave *self);

G_END_DECLS
