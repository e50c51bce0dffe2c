/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-database.h"
#include "core/store/mos-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Inside store/ only: a running transaction, what it changed, and the one road by which recorded rows are changed. */

struct _MosTxn
{
  MosStore *store;       /* (borrowed) */
  MosDatabase *database; /* (borrowed) */
  const char *blob_dir;  /* (borrowed) */
  const char *desk;      /* (borrowed) */
  gboolean is_writable;
  gint64 place; /* what its connection's pages get back as their place (mos-store-once-through.h); 0 = they have it */
  gint64 now_us;
  MosActor actor;    /* (borrowed) */
  const char *label; /* (borrowed) (nullable) */
  gint64 batch;      /* 0 until the first change */
  gint64 undoes;     /* batch that this one takes back */
  gint64 seq;        /* of the last change row */
  MosChangeSet *changes;
  GHashTable *touched;   /* (owned): "kind" + id */
  GHashTable *dirty;     /* (owned): conversation id -> MosDirty */
  GPtrArray *index_jobs; /* (owned): of MosIndexJob */
  gsize index_bytes;
  char *zone_name;         /* (owned) (nullable): of @zone */
  GTimeZone *zone;         /* (owned) (nullable): the desk's, once it was asked for */
  GPtrArray *doomed;       /* (owned) of paths: files to go once it is committed */
  GHashTable *prepared;    /* (borrowed) (nullable): blobs that need no more packing, see mos_store_blob_prepare() */
  GPtrArray *hours;        /* (owned) (nullable): of MosCalendarVersion, once they were asked for */
  GPtrArray *targets;      /* (owned) (nullable): of MosTargetsVersion, the same */
  gboolean is_retargeting; /* what is due is to be made anew for all that is open */
  gboolean is_erasing;     /* nothing of what it deletes may stay behind in the log of the database */
};

typedef enum
{
  MOS_DIRTY_DERIVED = 1 << 0,
  MOS_DIRTY_FACTS = 1 << 1,
  MOS_DIRTY_TARGETS = 1 << 2, /* alone; the other two bring it along */
} MosDirty;

/** MosIndexJob: one document for the search index, written in row order when the transaction commits (FTS5 is slow otherwise) */
typedef struct
{
  gint64 seq;
  char *subject; /* (nullable): %NULL = only taken out of the index */
  char *body;
  char *people;
  char *files;
  gboolean is_replacement;
} MosIndexJob;

typedef enum
{
  MOS_INSERT_KEEP, /* an undo leaves the row: it harms nobody and may be in use */
  MOS_INSERT_SOFT, /* an undo sets the mark */
  MOS_INSERT_HARD, /* an undo deletes the row; the change keeps all of it for the redo */
} MosInsertInverse;

/** MosEntity: a table whose changes are recorded. @keys: one or two columns; two are joined with U+001F in the change row's id */
typedef struct
{
  const char *name;
  const char *keys[2];
  const char *mark; /* (nullable): column for MOS_INSERT_SOFT */
  MosInsertInverse inverse;
} MosEntity;

extern const MosEntity mos_entity_conversation, mos_entity_message, mos_entity_conversation_tag, mos_entity_customer, mos_entity_identity,
    mos_entity_customer_identity, mos_entity_participant, mos_entity_account, mos_entity_agent, mos_entity_due, mos_entity_outbox, mos_entity_draft, mos_entity_alias, mos_entity_event, mos_entity_sender_rule, mos_entity_saved_view, mos_entity_image_sender, mos_entity_calendar_version, mos_entity_target_version, mos_entity_category, mos_entity_category_dismissed, mos_entity_macro, mos_entity_customer_field, mos_entity_customer_distinct, mos_entity_customer_merge, mos_entity_shop, mos_entity_shop_order, mos_entity_conversation_order, mos_entity_retention, mos_entity_survey, mos_entity_survey_answer, mos_entity_survey_setting;
/** mos_entity_find: Returns: (transfer none) (nullable) */
const MosEntity *mos_entity_find (const char *name);

void mos_txn_init (MosTxn *txn, MosStore *store, MosDatabase *database, gboolean is_writable);
void mos_txn_clear (MosTxn *txn);
/** mos_txn_flush: derived columns, facts and search index; before a commit, and before reading what they hold */
gboolean mos_txn_flush (MosTxn *txn, GError **error);
/** mos_txn_flush_conversation: derived columns and facts of this one only */
gboolean mos_txn_flush_conversation (MosTxn *txn, const char *conversation, GError **error);
gboolean mos_txn_is_empty (MosTxn *txn);

void mos_txn_touch_conversation (MosTxn *txn, const char *id);
void mos_txn_touch_message (MosTxn *txn, const char *id);
void mos_txn_touch_customer (MosTxn *txn, const char *id);
void mos_txn_touch_account (MosTxn *txn, const char *id);
/** mos_txn_dirty: derived columns (and facts) of this conversation are to be made anew; touches it */
void mos_txn_dirty (MosTxn *txn, const char *conversation, MosDirty what);

/** mos_txn_ensure_batch: the batch row, before the first change or event */
gboolean mos_txn_ensure_batch (MosTxn *txn, GError **error);
/** mos_txn_record: one change row; @old_values, @new_values: (nullable): JSON objects */
gboolean mos_txn_record (MosTxn *txn, const MosEntity *entity, const char *id, const char *op, const char *old_values, const char *new_values, GError **error);

/**
 * mos_record_set: sets columns of a recorded row and writes the change, if any of them differs
 * @ret_changed: (out) (optional)
 * @...: column, type letter ('t' text or %NULL, 'i' gint64, 'd' int), value; ended by %NULL
 *
 * NOT_FOUND when there is no such row.
 */
gboolean mos_record_set (MosTxn *txn, const MosEntity *entity, const char *id, gboolean *ret_changed, GError **error, ...) G_GNUC_NULL_TERMINATED;
/** mos_record_delete: takes the row away and keeps it in the change; %TRUE also when there is none */
gboolean mos_record_delete (MosTxn *txn, const MosEntity *entity, const char *id, gboolean *ret_changed, GError **error);
/** mos_record_values: Returns: (transfer full) (nullable): the whole row as a JSON object, %NULL without @error when there is none */
JsonObject *mos_record_values (MosTxn *txn, const MosEntity *entity, const char *id, GError **error);
/** mos_record_write: sets (@exists) or inserts columns from JSON; records the change */
gboolean mos_record_write (MosTxn *txn, const MosEntity *entity, const char *id, JsonObject *values, gboolean exists, GError **error);
/** mos_record_touch: the change set and what depends on the row */
gboolean mos_record_touch (MosTxn *txn, const MosEntity *entity, const char *id, GError **error);

G_END_DECLS
