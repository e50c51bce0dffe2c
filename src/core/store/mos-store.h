/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/base/mos-error.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosStore:
 *
 * The profile's database: one writer thread with its connection, one reader
 * thread with its own, both first-in-first-out. The main thread never calls
 * SQLite. Every write is one transaction with one change set, which "changed"
 * brings to the context the store was opened in (the main context).
 *
 * `void changed (MosStore *, MosChangeSet *)`
 */
#define MOS_TYPE_STORE (mos_store_get_type ())
G_DECLARE_FINAL_TYPE (MosStore, mos_store, MOS, STORE, GObject)

/** MosTxn: one running transaction, handed to a MosStoreFunc; lives on the store's thread only while the function runs. */
typedef struct _MosTxn MosTxn;

/**
 * MosActor: who causes a write. Stored with each event and change.
 */
typedef struct
{
  MosActorKind kind;
  const char *id; /* (nullable): agent or customer id */
} MosActor;

/**
 * MosStoreFunc:
 * @txn: the transaction; give it to the functions of mos-store-*.h
 * @data: the caller's
 *
 * Runs on the store's thread. Returning %FALSE rolls everything back.
 */
typedef gboolean (*MosStoreFunc) (MosTxn *txn, gpointer data, GCancellable *cancellable, GError **error);

typedef enum
{
  MOS_STORE_OPEN_DEFAULT = 0,
  MOS_STORE_OPEN_READ_ONLY = 1 << 0, /* no lock, no writer, no migration: mostradorctl beside a running window */
  MOS_STORE_OPEN_DIRECT = 1 << 1,    /* with READ_ONLY: no threads, mos_store_read_sync() runs where it is called, and is all that may be called: a program that reads once */
  MOS_STORE_OPEN_NO_COPY = 1 << 2,   /* no copy is made before it is migrated: it is one itself */
} MosStoreOpenFlags;

/**
 * mos_store_open_sync:
 * @profile: path of the profile's folder; made when absent
 * @clock: (transfer none): the time source
 *
 * Takes the profile's lock (except read-only), backs up and migrates when needed. Blocking.
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with a #MosStoreError
 */
MosStore *mos_store_open_sync (const char *profile, MosStoreOpenFlags flags, MosClock *clock, GCancellable *cancellable, GError **error);

/** mos_store_close_sync: drains both threads, checkpoints and lets the lock go. A read that is asked afterwards fails with %G_IO_ERROR_CANCELLED, a write with %G_IO_ERROR_CLOSED. */
void mos_store_close_sync (MosStore *self);

const char *mos_store_get_profile (MosStore *self);
MosClock *mos_store_get_clock (MosStore *self);
/** mos_store_get_mac_key: Returns: (transfer none): the profile's key for Message-IDs and tokens */
GBytes *mos_store_get_mac_key (MosStore *self);

/**
 * mos_store_write_async:
 * @actor: (nullable): copied; %NULL = system
 * @label: (nullable): stable nick of the action ("close", "assign"); a batch with a label can be undone
 * @data_free: (nullable): called for @data on the caller's context after the callback
 */
void mos_store_write_async (MosStore *self, const MosActor *actor, const char *label, MosStoreFunc func, gpointer data, GDestroyNotify data_free, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_store_write_finish: @ret_batch: (out) (optional): number of the batch, for undo; 0 when nothing changed */
gboolean mos_store_write_finish (MosStore *self, GAsyncResult *result, gint64 *ret_batch, GError **error);
/** mos_store_write_sync: the same from a worker thread (or a program without a main loop); waits for the commit. */
gboolean mos_store_write_sync (MosStore *self, const MosActor *actor, const char *label, MosStoreFunc func, gpointer data, gint64 *ret_batch, GCancellable *cancellable, GError **error);

void mos_store_read_async (MosStore *self, MosStoreFunc func, gpointer data, GDestroyNotify data_free, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_store_read_finish (MosStore *self, GAsyncResult *result, GError **error);
gboolean mos_store_read_sync (MosStore *self, MosStoreFunc func, gpointer data, GCancellable *cancellable, GError **error);

/* For the functions of store/ and desk/ that run inside a transaction. */
gint64 mos_txn_get_now_us (MosTxn *txn);
const MosActor *mos_txn_get_actor (MosTxn *txn);
/** mos_txn_set_actor: who did what is written from now on in this transaction, where that is somebody else than who began it. @actor->id: (nullable): must live as long as the transaction */
void mos_txn_set_actor (MosTxn *txn, const MosActor *actor);
/**
 * mos_txn_begin_batch: what is written from now on is another batch of the same transaction, taken back by itself
 * @label: (nullable): its label; must live as long as the transaction
 *
 * All of it still comes to be together or not at all. What mos_store_write_finish() gives is then the last batch.
 */
gboolean mos_txn_begin_batch (MosTxn *txn, const char *label, GError **error);
/**
 * mos_txn_continue_batch: what is written in this transaction, which has written nothing yet, is more of @batch, and taken back with it
 *
 * For long work that others may write in between. MOS_STORE_ERROR_CONFLICT where somebody took @batch back.
 */
gboolean mos_txn_continue_batch (MosTxn *txn, gint64 batch, GError **error);
/**
 * mos_txn_attempt: what @func writes is kept where it gives %TRUE, and taken back where it does not; the transaction goes on either way
 * @ret_goes_on: (out): whether it can: %FALSE where no more of it would succeed either (cancelled, no room, a damaged or locked file); the caller fails then too
 *
 * Derived columns and the index are written before. Files of blobs that @func wrote stay, and are cleared away as any that nobody names.
 */
gboolean mos_txn_attempt (MosTxn *txn, MosStoreFunc func, gpointer data, gboolean *ret_goes_on, GError **error);
MosStore *mos_txn_get_store (MosTxn *txn);

G_END_DECLS
