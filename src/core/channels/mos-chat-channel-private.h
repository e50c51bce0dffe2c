/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-worker.h"
#include "core/channels/mos-backoff.h"
#include "core/channels/mos-chat-channel.h"

G_BEGIN_DECLS

typedef enum
{
  MOS_CHAT_CALL_NOW = 1 << 0,     /* a person asked, or something new is there */
  MOS_CHAT_CALL_NETWORK = 1 << 1, /* the network changed */
  MOS_CHAT_CALL_TYPING = 1 << 2,  /* somebody writes: told while all is well, and no reason to try whom nobody reaches */
} MosChatCall;

typedef enum
{
  MOS_CHAT_RECEIVE,
  MOS_CHAT_SEND,
  MOS_CHAT_FILES,
  MOS_CHAT_N_LOOPS,
} MosChatLoop;

typedef struct
{
  const MosChannelTraits *traits;
  GCancellable *cancellable; /* (owned) */
  gint64 key_ends_us;        /* of the thread that looks: see #MosAccountStatus */
  const char *remark;        /* (nullable): of the thread that looks, as is the next */
  char *remark_detail;       /* (owned) (nullable) */

  GMutex mutex;
  GCond cond;
  gboolean stopping;                    /* (mutex mutex) */
  guint calls[MOS_CHAT_N_LOOPS];        /* (mutex mutex) of MosChatCall: what wakes each */
  GHashTable *typing;                   /* (owned) (mutex mutex) thread -> when somebody began to write there, as a text; "0" = not any more */
  MosWorker *workers[MOS_CHAT_N_LOOPS]; /* (owned) (nullable): main context */
} MosChatChannelPrivate;

MosChatChannelPrivate *mos_chat_channel_get_private (MosChatChannel *self);
gboolean mos_chat_channel_is_stopping (MosChatChannel *self);
/** mos_chat_channel_wait: until one of @mask calls @loop, @delay_us passed (-1 = for ever) or the channel stops. Returns: what woke it */
guint mos_chat_channel_wait (MosChatChannel *self, MosChatLoop loop, guint mask, gint64 delay_us);
void mos_chat_channel_call (MosChatChannel *self, MosChatLoop loop, MosChatCall what);
/** mos_chat_channel_open_sync: a session with the account's secret; @ret_retry_ms as in #MosChatChannelClass */
gpointer mos_chat_channel_open_sync (MosChatChannel *self, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
void mos_chat_channel_close (MosChatChannel *self, gpointer *session);

/** mos_chat_channel_steal_typing: Returns: (transfer full): what is to be told of who writes: thread -> monotonic time as a text, "0" = not any more */
GHashTable *mos_chat_channel_steal_typing (MosChatChannel *self);

/* mos-chat-channel-send.c */
/** mos_chat_channel_send_round_sync: all that is due. @session: (inout): opened where it is needed. @ret_next_us: when to look again, 0 = nothing waits; of a failure: not before that */
gboolean mos_chat_channel_send_round_sync (MosChatChannel *self, gpointer *session, gint64 *ret_next_us, GCancellable *cancellable, GError **error);
/** mos_chat_channel_files_round_sync: the same for files */
gboolean mos_chat_channel_files_round_sync (MosChatChannel *self, gpointer *session, gint64 *ret_next_us, GCancellable *cancellable, GError **error);

G_END_DECLS
