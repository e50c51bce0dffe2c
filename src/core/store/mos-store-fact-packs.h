/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-enums.h"

G_BEGIN_DECLS

/* What figures are made of, a short row for each conversation (fact_pack): its facts as in fact_conversation, fact_turn and fact_close, and how its status, tags and
 * macros came about. Times are microseconds UTC. Who and what about is a number of fact_about, names of tags and ids of macros are numbers of fact_word; 0 = none. */

typedef struct
{
  gint64 first_in; /* 0 = the customer never wrote */
  gint64 acknowledged_at;
  gint64 responded_at;
  gint64 closed_at;
  guint about;
} MosPackWhole;

/** MosPackTurn: @closed_at: 0 = still open */
typedef struct
{
  gint64 opened_at;
  gint64 closed_at;
  guint about;
  gboolean by_reply;
} MosPackTurn;

/** MosPackClose: @first_in: 0 = the customer had not written yet; @reopened_at: 0 = it stands */
typedef struct
{
  gint64 at;
  gint64 first_in;
  gint64 reopened_at;
  guint about;
  guint replies;
  guint automatic_replies;
  guint received;
} MosPackClose;

/** MosPackState: from @at on, until the next one */
typedef struct
{
  gint64 at;
  guint about;
  MosStatus status;
} MosPackState;

typedef enum
{
  MOS_PACK_TAG,
  MOS_PACK_UNTAG,
  MOS_PACK_MACRO, /* was used */
} MosPackLabelKind;

typedef struct
{
  gint64 at;
  guint word;
  MosPackLabelKind kind;
} MosPackLabel;

/** MosPackAnswer: of a person, be it before the customer ever wrote */
typedef struct
{
  gint64 at;
  guint about;
} MosPackAnswer;

/** MosFactPack: of one conversation, each array in order of time; or of many, those of each behind those of the one before. On the stack; may be used again and again */
typedef struct
{
  MosPackWhole whole;
  GArray *turns;   /* of MosPackTurn */
  GArray *closes;  /* of MosPackClose */
  GArray *states;  /* of MosPackState */
  GArray *labels;  /* of MosPackLabel */
  GArray *answers; /* of MosPackAnswer */
} MosFactPack;
void mos_fact_pack_init (MosFactPack *self);
void mos_fact_pack_clear (MosFactPack *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosFactPack, mos_fact_pack_clear)
/** mos_fact_pack_reset: nothing is in it any more */
void mos_fact_pack_reset (MosFactPack *self);
/** mos_fact_pack_encode: Pure. Appends it to @data */
void mos_fact_pack_encode (const MosFactPack *self, GByteArray *data);
/** mos_fact_pack_decode: Pure; puts it behind what the arrays of @self hold; its whole takes the place of the one before. Returns: %FALSE where @data is none; the arrays are then as they were, and the whole is empty */
gboolean mos_fact_pack_decode (MosFactPack *self, const guint8 *data, gsize size);

/** MosFactPackFunc: one more is in the pack, or an empty one where the conversation counts no more */
typedef void (*MosFactPackFunc) (gint64 number, gpointer data);
/** mos_store_fact_packs_list: puts those into @pack that changed after @stamp, by their numbers where that is 0, and tells of each. @stamp: (inout): what to give the next time. A damaged one counts as empty: `check` finds it */
gboolean mos_store_fact_packs_list (MosTxn *txn, gint64 *stamp, MosFactPack *pack, MosFactPackFunc func, gpointer data, GError **error);

/** mos_store_fact_packs_get_span: from the lowest number to the highest, both counted: not fewer than there are */
gboolean mos_store_fact_packs_get_span (MosTxn *txn, gint64 *ret_span, GError **error);

/** MosFactAboutFunc: @id rises */
typedef void (*MosFactAboutFunc) (guint id, const char *account, const char *channel, const char *category, const char *language, const char *agent, gpointer data);
gboolean mos_store_fact_abouts_list (MosTxn *txn, guint after, MosFactAboutFunc func, gpointer data, GError **error);
typedef void (*MosFactWordFunc) (guint id, const char *word, gpointer data);
gboolean mos_store_fact_words_list (MosTxn *txn, guint after, MosFactWordFunc func, gpointer data, GError **error);
/** mos_store_get_data_version: @ret_version: (out): changes whenever anybody else has written to the database */
gboolean mos_store_get_data_version (MosTxn *txn, gint64 *ret_version, GError **error);

G_END_DECLS
