/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/metrics/mos-measure-cube.h"
#include "core/store/mos-store-fact-packs.h"
#include "core/store/mos-store-measure-rows.h"

G_BEGIN_DECLS

/* Shared between the files of metrics/. Strings are numbers of names; 0 = "". */

/** MosCubeKeys: who and what about, by MosMeasureBy; those of which there may be several are not here */
typedef struct
{
  guint key[MOS_N_MEASURE_BY];
} MosCubeKeys;

/** MosCubeSlice: some that follow each other in one of the arrays of MosMeasureCube.facts */
typedef struct
{
  guint first;
  guint n;
} MosCubeSlice;

/** MosCubeConversation: @first_us: before which nothing happened, be it in what was merged; @last_us: after which nothing happened; @is_open: it is not closed, or the customer waits. @first_close: the first one with a message of the customer before it; -1 = none */
typedef struct
{
  gint64 number;
  gint64 first_us;
  gint64 last_us;
  MosPackWhole whole;
  gint64 response_business_us;
  gint64 acknowledgement_business_us;
  MosCubeSlice turns;
  MosCubeSlice closes;
  MosCubeSlice states;
  MosCubeSlice labels;
  MosCubeSlice answers;
  int first_close;
  gboolean is_open;
} MosCubeConversation;

/** MosCubeCloseTimes: how long until the close, of which the customer waited for us, and the same in hours of work */
typedef struct
{
  gint64 handling_us;
  gint64 business_us;
  gint64 handling_business_us;
} MosCubeCloseTimes;

/** MosCubeScore: @conversation: -1 where nothing else of it counts; @is_attributed: its tags (of MosMeasureCube.score_tags) and its macro (0 = none) are those of the question */
typedef struct
{
  char *id;
  gint64 number;
  int conversation;
  MosSurveyKind kind;
  gboolean is_question;
  gint64 asked_us;
  gint64 answered_us;
  int score;
  char *customer;
  MosCubeKeys keys;
  gboolean is_attributed;
  guint macro;
  MosCubeSlice tags;
} MosCubeScore;

/** MosCubeTaken: how much of the facts belongs to conversations */
typedef struct
{
  guint turns;
  guint closes;
  guint states;
  guint labels;
  guint answers;
} MosCubeTaken;

/** MosCubeProduct: of one conversation, by their numbers */
typedef struct
{
  gint64 number;
  guint key;
} MosCubeProduct;

/** MosCubeOrders: all of one customer, by time; of MosMeasureCube.order_times */
typedef MosCubeSlice MosCubeOrders;

struct _MosMeasureCube
{
  gint64 version; /* of the database */
  gint64 stamp;
  gboolean is_read;
  GPtrArray *names;      /* of char * */
  GHashTable *keys;      /* name (borrowed) -> its number */
  GArray *abouts;        /* of MosCubeKeys, by the ids of fact_about */
  GArray *words;         /* of guint: names, by the ids of fact_word */
  GArray *conversations; /* of MosCubeConversation, by number */
  MosFactPack facts;     /* of all of them: read where they stay */
  MosCubeTaken taken;
  GArray *turn_business; /* of gint64: as many as there are turns */
  GArray *close_times;   /* of MosCubeCloseTimes: as many as there are closes */
  guint n_dropped;       /* turns that nobody has any more */
  gint64 first_us;
  GArray *fresh; /* of guint: conversations whose business time is not known yet */
  gpointer business_stamp;

  GArray *scores;     /* of MosCubeScore */
  GArray *score_tags; /* of guint: names */
  /* read when they are asked for, and again when anything changed */
  gint64 products_version;
  GArray *products;          /* of MosCubeProduct */
  GHashTable *product_names; /* guint -> char * */
  gint64 orders_version;
  GPtrArray *buyers;   /* of char *: customers, in order; "" = guests */
  GArray *orders;      /* of MosCubeOrders, one for each of them */
  GArray *order_times; /* of gint64 */
};

/** mos_cube_find: Returns: where the conversation is, or -1 */
int mos_cube_find (MosMeasureCube *self, gint64 number);
/** mos_cube_get_key: the number of a name; @may_add: else G_MAXUINT where nothing has it */
guint mos_cube_get_key (MosMeasureCube *self, const char *name, gboolean may_add);
gboolean mos_cube_ensure_products (MosMeasureCube *self, MosTxn *txn, GError **error);
gboolean mos_cube_ensure_orders (MosMeasureCube *self, MosTxn *txn, GError **error);

#define MOS_CUBE_CONVERSATION(self, i) (&g_array_index ((self)->conversations, MosCubeConversation, i))
#define MOS_CUBE_NAME(self, key) ((const char *) (self)->names->pdata[key])

G_END_DECLS
