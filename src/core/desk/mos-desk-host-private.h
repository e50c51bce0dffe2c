/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-tokens.h"

G_BEGIN_DECLS

struct _MosDeskHost
{
  GObject parent_instance;

  MosStore *store;   /* (owned) */
  MosTokens *tokens; /* (owned) */

  GMutex mutex;
  GHashTable *passwords; /* (owned) (mutex mutex) account -> password of this run */
  GHashTable *claims;    /* (owned) (mutex mutex) message that is being sent -> its claim */

  /* Main context only. */
  MosDeskHostListener listener;
  gpointer listener_data;
};

typedef enum
{
  MOS_NEWS_ARRIVED,
  MOS_NEWS_SEND_FAILED,
  MOS_NEWS_STATUS,
  MOS_NEWS_TYPING,
  MOS_NEWS_RINGING,
} MosNewsKind;

/** mos_desk_host_tell: any thread; @value: (transfer full) */
void mos_desk_host_tell (MosDeskHost *self, MosNewsKind kind, gpointer value);

/* One call of a channel, one transaction: what @func needs and gives. */
typedef struct _MosHostCall MosHostCall;

struct _MosHostCall
{
  gboolean (*func) (MosTxn *txn, MosHostCall *call, GError **error);
  const char *account;
  const char *name;
  const char *other;
  const char *const *names;
  MosFolderRole role;
  guint32 uidvalidity;
  guint32 uid;
  gint64 time_us;
  const char *why;
  const char *detail;
  gpointer value;
  gpointer result;
  gpointer other_result;
  gboolean flag;
  gint64 result_us;
};

gboolean mos_desk_host_read (MosChannelHost *host, MosHostCall *call, GCancellable *cancellable, GError **error);
/** mos_desk_host_write: as the system's work */
gboolean mos_desk_host_write (MosChannelHost *host, MosHostCall *call, GCancellable *cancellable, GError **error);

/**
 * mos_desk_host_take_mail:
 * @ret_results: (out) (transfer full): as of mos_ingest_batch_sync(); shorter by what was not taken, and also with an error what was taken before it
 *
 * Ingests a batch. Where the store refuses it for what is in a mail, each is taken
 * alone: what is refused again is kept as its bytes in the quarantine, and what
 * not even that is possible with is noted as missing.
 */
gboolean mos_desk_host_take_mail (MosStore *store, GPtrArray *incoming, GPtrArray **ret_results, GCancellable *cancellable, GError **error);

/** mos_desk_host_init_folders: the functions of mos-desk-host-folders.c */
void mos_desk_host_init_folders (MosChannelHostInterface *iface);
/** mos_desk_host_init_outbox: the functions of mos-desk-host-outbox.c */
void mos_desk_host_init_outbox (MosChannelHostInterface *iface);
/** mos_desk_host_init_chat: the functions of mos-desk-host-chat.c */
void mos_desk_host_init_chat (MosChannelHostInterface *iface);

G_END_DECLS
