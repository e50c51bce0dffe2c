/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/** mos_ctl_main: the program: finds the profile, runs one command, or has the window that owns the profile run it. Returns: exit status */
int mos_ctl_main (int argc, char *argv[]);

/**
 * mos_ctl_run: one command in a process that has the profile open. Worker threads.
 * @argv: without the program's name
 *
 * Returns: exit status
 */
int mos_ctl_run (MosStore *store, const char *const *argv, GBytes *input, GBytes **ret_output, GBytes **ret_errors);

G_END_DECLS
