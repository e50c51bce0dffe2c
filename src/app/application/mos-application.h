/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-lock.h"
#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosApplication:
 *
 * The program: which profile, one process for it, its desk, its window, its
 * notifications. `--profile DIR` opens another profile, `--sample` a throw-away
 * one with the sample shop. `MOSTRADOR_PRINT_READY=1` prints "ready" once the
 * list was drawn.
 */
#define MOS_TYPE_APPLICATION (mos_application_get_type ())
G_DECLARE_FINAL_TYPE (MosApplication, mos_application, MOS, APPLICATION, AdwApplication)

MosApplication *mos_application_new (void);

/** MosApplicationRun: one command of mostradorctl in the open profile; worker threads. Returns: exit status */
typedef int (*MosApplicationRun) (MosStore *store, const char *const *argv, GBytes *input, GBytes **ret_output, GBytes **ret_errors);
/** mos_application_set_run: what runs the commands that mostradorctl hands over while this window has the profile */
void mos_application_set_run (MosApplication *self, MosApplicationRun run);

/** mos_application_get_lock: Returns: (transfer none): of its window, once it has started */
MosLock *mos_application_get_lock (MosApplication *self);

/** mos_application_is_quitting: whether closing the window ends the program, whatever the setting says */
gboolean mos_application_is_quitting (MosApplication *self);
/** mos_application_quit_with_window: it does from now on */
void mos_application_quit_with_window (MosApplication *self);
/** mos_application_stay: it does not any more: the person keeps the window open */
void mos_application_stay (MosApplication *self);

G_END_DECLS
