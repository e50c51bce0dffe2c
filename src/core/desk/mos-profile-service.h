/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosProfileService:
 *
 * The process that owns a profile, on the session bus: its name is
 * org.mostrador.Mostrador.Profile.<hash of the path>. A second window raises
 * the first through it, and mostradorctl runs its writing commands in it.
 * Main context only.
 *
 * Signals: `raise (char *activation_token)`
 */
#define MOS_TYPE_PROFILE_SERVICE (mos_profile_service_get_type ())
G_DECLARE_FINAL_TYPE (MosProfileService, mos_profile_service, MOS, PROFILE_SERVICE, GObject)

/**
 * MosProfileRun:
 * @argv: %NULL-terminated, without the program's name
 * @ret_output, @ret_errors: (out) (transfer full)
 *
 * Runs one command of mostradorctl. Called on a worker thread, one at a time;
 * g_cancellable_get_current() is cancelled when the service closes.
 *
 * Returns: the exit status
 */
typedef int (*MosProfileRun) (const char *const *argv, GBytes *input, GBytes **ret_output, GBytes **ret_errors, gpointer user_data);

/** mos_profile_service_dup_default_path: Returns: (transfer full): path of the profile to use: $MOSTRADOR_PROFILE, else in the person's data folder */
char *mos_profile_service_dup_default_path (void);
/** mos_profile_service_dup_usual_path: Returns: (transfer full): path of the profile in the person's data folder */
char *mos_profile_service_dup_usual_path (void);
/** mos_profile_service_dup_bus_name: Returns: (transfer full): the name its owner has on the bus */
char *mos_profile_service_dup_bus_name (const char *profile);

/**
 * mos_profile_service_new_sync:
 * @connection: (nullable): %NULL = the session bus
 *
 * Takes the name and begins to serve.
 *
 * Returns: (transfer full) (nullable): %NULL with G_IO_ERROR_EXISTS when another process has the name
 */
MosProfileService *mos_profile_service_new_sync (const char *profile, GDBusConnection *connection, GCancellable *cancellable, GError **error);
/** mos_profile_service_set_run: what runs commands; without one they are refused */
void mos_profile_service_set_run (MosProfileService *self, MosProfileRun run, gpointer user_data);
/** mos_profile_service_close: gives the name back, cancels the command that runs and waits for its end */
void mos_profile_service_close (MosProfileService *self);

/** mos_profile_service_is_open_sync: Returns: whether a process has @profile open and serves it; nothing is raised. Blocking. */
gboolean mos_profile_service_is_open_sync (const char *profile);
/** mos_profile_service_raise_sync: shows the window of the process that has @profile open. Blocking. @activation_token: (nullable) */
gboolean mos_profile_service_raise_sync (const char *profile, const char *activation_token, GCancellable *cancellable, GError **error);
/** mos_profile_service_run_sync: has a command run by the process that has @profile open. Blocking. */
gboolean mos_profile_service_run_sync (const char *profile, const char *const *argv, GBytes *input, int *ret_status, GBytes **ret_output, GBytes **ret_errors, GCancellable *cancellable, GError **error);

G_END_DECLS
