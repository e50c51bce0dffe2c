/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-mail-values.h"

G_BEGIN_DECLS

typedef enum
{
  MOS_INGEST_IMPORTED,
  MOS_INGEST_DUPLICATE,
  MOS_INGEST_QUARANTINED,
  MOS_INGEST_ERASED,    /* deleted for good here before: not taken again */
  MOS_INGEST_COMPLETED, /* its head was here; now all of it is */
} MosIngestOutcome;     /* imported duplicate quarantined erased completed */
MOS_DECLARE_NICKS (MosIngestOutcome, ingest_outcome)

/**
 * MosIngestResult: what became of one mail
 * @cause: (nullable): why it is in the quarantine
 * @arrived: a customer's message that somebody should hear of
 */
typedef struct
{
  MosIngestOutcome outcome;
  char *conversation;
  char *message;
  MosClassification classification;
  char *cause;
  gboolean arrived;
} MosIngestResult;
MOS_DECLARE_VALUE (MosIngestResult, ingest_result)

/**
 * mos_ingest_message:
 * @txn: a write transaction
 * @account: the account of @incoming
 * @incoming: one mail
 * @ret_result: (out) (optional) (transfer full): what became of it
 *
 * Takes one mail in: recognises it, finds its conversation, its customer and
 * its effects, and writes all of it. Doing it again changes nothing but places
 * and flags (conventions.md §2.3, step 4). Runs on the store's writer thread.
 *
 * Returns: %FALSE only for the store's errors; bad mail goes to the quarantine
 */
gboolean mos_ingest_message (MosTxn *txn, MosAccount *account, MosIncoming *incoming, MosIngestResult **ret_result, GError **error);

/**
 * mos_ingest_prepare:
 * @incoming: array of #MosIncoming, to be given to mos_ingest_batch_sync() soon
 *
 * What needs no database: hashes, packing, files on the disk. Any thread; without it the same is done in the transaction.
 */
void mos_ingest_prepare (MosStore *store, GPtrArray *incoming, GCancellable *cancellable);

/**
 * mos_ingest_batch_sync:
 * @incoming: array of #MosIncoming
 * @ret_results: (out) (optional) (transfer full): array of #MosIngestResult, one for each
 *
 * The same for many, in one transaction. For worker threads.
 */
gboolean mos_ingest_batch_sync (MosStore *store, GPtrArray *incoming, GPtrArray **ret_results, GCancellable *cancellable, GError **error);

/** MOS_INGEST_TOO_LARGE: why of a message of which only the head is here; MosIncoming.parse_error of one */
#define MOS_INGEST_TOO_LARGE "too-large"
/**
 * mos_ingest_complete:
 * @row: a message of which only the head is here
 * @raw: the whole of it
 * @parsed: what it says
 *
 * The message becomes whole where it is: no other one is added.
 */
gboolean mos_ingest_complete (MosTxn *txn, MosMessageRow *row, GBytes *raw, MosParsedMessage *parsed, GError **error);

/** mos_ingest_settle_first_sync: what the first sync brought as work is closed where it is answered or its newest message is not the customer's. */
gboolean mos_ingest_settle_first_sync (MosTxn *txn, const char *account, GError **error);

/** mos_account_list_own: Returns: (transfer full): address and aliases */
GStrv mos_account_list_own (MosAccount *account);

G_END_DECLS
