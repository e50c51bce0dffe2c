/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-worker.h"
#include "core/channels/email/mos-email-channel.h"
#include "core/channels/email/mos-email-sync.h"

G_BEGIN_DECLS

/* What there is to do; each worker has its own set. */
typedef enum
{
  MOS_EMAIL_TODO_INBOX = 1 << 0,
  MOS_EMAIL_TODO_SENT = 1 << 1,
  MOS_EMAIL_TODO_FLAGS = 1 << 2,
  MOS_EMAIL_TODO_COPIES = 1 << 3,
  MOS_EMAIL_TODO_OUTBOX = 1 << 4,
  MOS_EMAIL_TODO_NOW = 1 << 5,     /* somebody asked for it: no back-off */
  MOS_EMAIL_TODO_NETWORK = 1 << 6, /* the network changed: no back-off where it may have been the cause */
  MOS_EMAIL_TODO_CONNECTED = 1 << 7,
} MosEmailTodo;

typedef struct
{
  MosAccountState state;
  char *why;    /* (owned) (nullable) */
  char *detail; /* (owned) (nullable) */
} MosEmailCondition;

struct _MosEmailChannel
{
  MosChannel parent_instance;

  MosWorker *sync_worker;    /* (owned) (nullable): while started; main context */
  MosWorker *idle_worker;    /* (owned) (nullable) */
  MosWorker *send_worker;    /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  MosRandomFunc random;
  gpointer random_data;
  guint poll_ms;

  GMutex mutex;
  GCond cond;
  /* all (mutex mutex) */
  gboolean stopping;
  guint sync_todo;
  guint idle_todo;
  guint send_todo;
  char *inbox;                    /* (owned) (nullable): %NULL while the sync worker is not connected */
  GStrv watched;                  /* (owned) (nullable): followed besides the Inbox */
  char *alert;                    /* (owned) (nullable): what the server wants the person to read */
  gboolean idling;                /* changes of the Inbox are told to us */
  GCancellable *idle_cancellable; /* (owned) (nullable): of the idle worker's connection */
  MosEmailCondition receiving;
  MosEmailCondition sending; /* state READY when there is nothing to tell */
  gint64 next_try_us;
  gint64 last_sync_us;
  guint64 done;
  guint64 total;
  guint64 on_server;
  gint64 told_us; /* monotonic: when progress was last told */
};

/* mos-email-channel.c */
void mos_email_channel_add_todo (MosEmailChannel *self, guint *todo, guint what);
guint mos_email_channel_wait (MosEmailChannel *self, guint *todo, guint mask, gint64 wait_us);
gboolean mos_email_channel_is_stopping (MosEmailChannel *self);
void mos_email_channel_set_condition (MosEmailChannel *self, MosEmailCondition *which, MosAccountState state, const char *why, const char *detail, gint64 next_try_us);
void mos_email_channel_tell (MosEmailChannel *self);
gint64 mos_email_channel_now_us (MosEmailChannel *self);

/* mos-email-workers.c: each runs until the channel stops */
void mos_email_channel_run_sync (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable);
void mos_email_channel_run_idle (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable);
void mos_email_channel_run_send (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable);

G_END_DECLS
