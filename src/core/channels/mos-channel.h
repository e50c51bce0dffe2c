/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/channels/mos-channel-host.h"

G_BEGIN_DECLS

/**
 * MosChannel:
 *
 * Runs one account of one way customers write: its connections, their worker
 * threads, reconnecting. It knows the desk only as a #MosChannelHost and keeps
 * nothing that must survive it. Trouble with the account is state
 * (mos_channel_dup_status()), not an error to somebody.
 *
 * Made, started and stopped on the main context by the desk; a changed account
 * is a new channel. mos_channel_wake() and mos_channel_dup_status() are for any
 * thread. Stop it before the last unref.
 */
#define MOS_TYPE_CHANNEL (mos_channel_get_type ())
G_DECLARE_DERIVABLE_TYPE (MosChannel, mos_channel, MOS, CHANNEL, GObject)

typedef enum
{
  MOS_CHANNEL_WAKE_SYNC = 1 << 0,    /* sync now; ends a back-off, also after a refused password */
  MOS_CHANNEL_WAKE_OUTBOX = 1 << 1,  /* something is queued */
  MOS_CHANNEL_WAKE_FLAGS = 1 << 2,   /* flags wait to be written back */
  MOS_CHANNEL_WAKE_NETWORK = 1 << 3, /* the network changed: the base class calls this by itself */
} MosChannelWake;

/**
 * MosChannelClass:
 * @start: begins to work; returns at once
 * @request_stop: cancels everything; returns at once. Any thread, may be called twice
 * @join: waits for the workers to end (after @request_stop)
 * @wake: any thread, returns at once
 * @sync_once_sync: one pass without starting: sync, flags written back, outbox sent. On the caller's thread (a worker), never on a started channel
 */
struct _MosChannelClass
{
  GObjectClass parent_class;

  void (*start) (MosChannel *self);
  void (*request_stop) (MosChannel *self);
  void (*join) (MosChannel *self);
  void (*wake) (MosChannel *self, MosChannelWake what);
  gboolean (*sync_once_sync) (MosChannel *self, MosSyncCounts *ret_counts, GCancellable *cancellable, GError **error);

  gpointer padding[6];
};

void mos_channel_start (MosChannel *self);
void mos_channel_request_stop (MosChannel *self);
void mos_channel_stop_sync (MosChannel *self);
void mos_channel_wake (MosChannel *self, MosChannelWake what);
gboolean mos_channel_sync_once_sync (MosChannel *self, MosSyncCounts *ret_counts, GCancellable *cancellable, GError **error);

MosAccount *mos_channel_get_account (MosChannel *self);
MosAccountStatus *mos_channel_dup_status (MosChannel *self);

/* For subclasses. */
MosChannelHost *mos_channel_get_host (MosChannel *self);
MosClock *mos_channel_get_clock (MosChannel *self);
void mos_channel_take_status (MosChannel *self, MosAccountStatus *status);

/* mos-channel-registry.c */
#define MOS_ACCOUNT_UNPLUGGED "unplugged" /* a setting (MosAccount.settings): it has no channel, and never connects anywhere: the sample shop's */
MosChannel *mos_channel_new_for_account (MosAccount *account, MosChannelHost *host, MosClock *clock);
gboolean mos_channel_has_kind (const char *kind);

G_END_DECLS
