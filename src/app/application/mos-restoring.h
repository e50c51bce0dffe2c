/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-restore-job.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What leads to a restored profile: which file, whether it is whole, and whether a person wants it. */

/** MosRestoringDecided: @job: done; to be put in place once the profile is closed */
typedef void (*MosRestoringDecided) (MosRestoreJob *job, gpointer user_data);
/** mos_restoring_choose: asks for a file and shows what is in it (MosRestoreDialog). @is_new: nobody would miss what is in @profile; @data: kept alive meanwhile, as an object */
void mos_restoring_choose (GtkWindow *window, const char *profile, gboolean is_new, MosRestoringDecided decided, GObject *data);

/** mos_restoring_put_in_place_async: mos_restore_job_put_in_place_sync() on a thread of its own: the keyring may ask somebody */
void mos_restoring_put_in_place_async (MosRestoreJob *job, GAsyncReadyCallback callback, gpointer user_data);
/** mos_restoring_put_in_place_finish: @ret_aside, @ret_keyring: (out): see there */
gboolean mos_restoring_put_in_place_finish (MosRestoreJob *job, GAsyncResult *result, char **ret_aside, GError **ret_keyring, GError **error);

/** mos_restoring_tell: what came of it. @error: (nullable); @aside, @keyring: (nullable) */
void mos_restoring_tell (GtkWindow *window, const GError *error, const char *aside, const GError *keyring);

G_END_DECLS
