/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/base/mos-seal.h"

G_BEGIN_DECLS

/**
 * MosLock:
 *
 * When the window is locked, and what opens it. It keeps eyes away and encrypts nothing: whoever can read the settings of this person's account can
 * read the profile, too. What is kept is a sealed stream of nothing (core/base/mos-seal.h): a salt and a check that only the passphrase, slowly, leads
 * to. Wrong guesses are counted in the settings before they are judged, so that ending the program gives none for nothing.
 * Main context only; guesses are judged on a thread.
 *
 * Signals: `notify::locked`; `notify::set`: there is a passphrase now, or none any more
 */
#define MOS_TYPE_LOCK (mos_lock_get_type ())
G_DECLARE_FINAL_TYPE (MosLock, mos_lock, MOS, LOCK, GObject)

/**
 * MosLockError:
 * @MOS_LOCK_ERROR_WRONG: another passphrase
 * @MOS_LOCK_ERROR_WAIT: no guess is taken for mos_lock_get_wait_s() yet
 * @MOS_LOCK_ERROR_DAMAGED: what is kept of the passphrase cannot be read: none will do
 */
typedef enum
{
  MOS_LOCK_ERROR_WRONG,
  MOS_LOCK_ERROR_WAIT,
  MOS_LOCK_ERROR_DAMAGED,
} MosLockError;
#define MOS_LOCK_ERROR (mos_lock_error_quark ())
GQuark mos_lock_error_quark (void);

/** mos_lock_new: locked where there is a passphrase. @cost: of new passphrases: MOS_SEAL_COST but for tests */
MosLock *mos_lock_new (MosClock *clock, GSettings *settings, const MosSealCost *cost);

/** mos_lock_is_set: Returns: whether there is a passphrase */
gboolean mos_lock_is_set (MosLock *self);
gboolean mos_lock_is_locked (MosLock *self);
/** mos_lock_lock: now, where there is a passphrase */
void mos_lock_lock (MosLock *self);
/** mos_lock_touch: somebody pressed a key or moved the pointer in the window */
void mos_lock_touch (MosLock *self);
/** mos_lock_look: locks where nobody did for as long as the settings say. It is also done by itself. */
void mos_lock_look (MosLock *self);
/** mos_lock_get_wait_s: Returns: for how many seconds no guess is taken; 0 = now */
guint mos_lock_get_wait_s (MosLock *self);

/** mos_lock_unlock_async: opens it with the right passphrase */
void mos_lock_unlock_async (MosLock *self, const char *passphrase, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_lock_unlock_finish (MosLock *self, GAsyncResult *result, GError **error);
/** mos_lock_change_async: @old: (nullable): where there is one; a wrong one counts as a guess. @passphrase: (nullable): the new one; %NULL: there is none from now on */
void mos_lock_change_async (MosLock *self, const char *old, const char *passphrase, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_lock_change_finish (MosLock *self, GAsyncResult *result, GError **error);

G_END_DECLS
