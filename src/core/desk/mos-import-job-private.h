/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-import-job.h"
#include "core/desk/mos-import.h"
#include "core/mail/imap/mos-imap-uid-set.h"

G_BEGIN_DECLS

/** MosImportEntry: one message of a batch. @uid: on a server, 0 otherwise */
typedef struct
{
  char *path;
  MosIncoming *incoming;     /* (owned) (nullable) */
  MosImportProblem *problem; /* (owned) (nullable) */
  MosImportPlace place;
  guint32 uid;
  guint64 bytes;
} MosImportEntry;

struct _MosImportJob
{
  MosJob parent_instance;

  MosStore *store;      /* (owned) */
  char *account;        /* (owned) (nullable) */
  GStrv paths;          /* (owned) (nullable) */
  MosAccount *server;   /* (owned) (nullable) */
  MosChannelHost *host; /* (owned) (nullable) */
  char *password;       /* (owned) (nullable) */
  char *folder;         /* (owned) (nullable) */
  MosImportResultFunc func;
  gpointer func_data;

  /* Of the running thread. */
  MosAccount *into; /* (owned) (nullable): @account with the addresses that are ours */
  GPtrArray *batch; /* (owned) of MosImportEntry */
  gsize batch_bytes;
  guint32 uidvalidity;
  MosImapUidSet *uids; /* (owned) (nullable): of the folder, done */
  gboolean is_paused;  /* this run stopped for a pause */
  gboolean was_resumed;

  GMutex mutex;      /* guards the row */
  MosImportRow *row; /* (owned): as of the last commit */
};

/** mos_import_job_take: one item into the batch; commits it when it is full. A #MosImportFunc with the job as its data; stops for a pause. */
gboolean mos_import_job_take (const MosImportItem *item, gpointer user_data, GError **error);
/** mos_import_job_take_uid: the same for a message of a server */
gboolean mos_import_job_take_uid (MosImportJob *self, const MosImportItem *item, guint32 uid, GError **error);
gboolean mos_import_job_flush (MosImportJob *self, GError **error);
/** mos_import_job_begin: the row with its total as it is when work begins */
gboolean mos_import_job_begin (MosImportJob *self, guint64 total, GError **error);

/* mos-import-ingest.c */
/** mos_import_ingest: mos_ingest_message(), but for what is here under another account, or was deleted there for good */
gboolean mos_import_ingest (MosTxn *txn, MosAccount *account, MosIncoming *incoming, MosIngestResult **ret_result, GError **error);

/* mos-import-imap.c */
gboolean mos_import_job_run_folder_sync (MosImportJob *self, GCancellable *cancellable, GError **error);
/** mos_import_job_make_folder_position: Returns: (transfer full): what is done when the first @n of the batch are */
char *mos_import_job_make_folder_position (MosImportJob *self, guint n);

G_END_DECLS
