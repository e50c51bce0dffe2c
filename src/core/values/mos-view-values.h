/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* How a view is ordered, grouped and drawn; the views that people make. */

/** MosViewSort: the order of a view's rows. Whoever waits for nothing, is snoozed until an answer, has no time at which something is due, or can be answered for ever, comes last. */
typedef enum
{
  MOS_SORT_UPDATED,
  MOS_SORT_UPDATED_OLDEST,
  MOS_SORT_CREATED,
  MOS_SORT_CREATED_OLDEST,
  MOS_SORT_WAITING,
  MOS_SORT_SNOOZED,
  MOS_SORT_PRIORITY,
  MOS_SORT_DUE,
  MOS_SORT_WINDOW, /* of whoever waits in a chat: whose service ends the time for an answer first, or ended it */
} MosViewSort;     /* updated updated_oldest created created_oldest waiting snoozed priority due window */
MOS_DECLARE_NICKS (MosViewSort, view_sort)

/** MosViewGrouping: what the headers between the rows say */
typedef enum
{
  MOS_GROUPING_NONE,
  MOS_GROUPING_DAY,
  MOS_GROUPING_WAITING,
} MosViewGrouping; /* none day waiting */
MOS_DECLARE_NICKS (MosViewGrouping, view_grouping)

/** MosRowParts: what a row shows besides customer, subject and time */
typedef enum
{
  MOS_PART_AVATAR = 1 << 0,
  MOS_PART_SNIPPET = 1 << 1,
  MOS_PART_TAGS = 1 << 2,
  MOS_PART_WAITING = 1 << 3,
  MOS_PART_ASSIGNEE = 1 << 4,
  MOS_PART_ACCOUNT = 1 << 5,
  MOS_PART_NUMBER = 1 << 6,
  MOS_PART_LANGUAGE = 1 << 7,
} MosRowParts;
#define MOS_ROW_PARTS_DEFAULT (MOS_PART_AVATAR | MOS_PART_SNIPPET | MOS_PART_TAGS | MOS_PART_WAITING)
#define MOS_ROW_PARTS_ALL ((1 << 8) - 1)

/** mos_row_parts_to_text: Returns: (transfer full): nicks with spaces between them, as stored */
char *mos_row_parts_to_text (guint parts);
/** mos_row_parts_from_text: unknown words are passed over. @ret_unknown: (out) (optional) (transfer full) (nullable): the first of them */
guint mos_row_parts_from_text (const char *text, char **ret_unknown);

/** MosViewLook: a plain struct */
typedef struct
{
  MosViewSort sort;
  MosViewGrouping grouping;
  guint parts;
} MosViewLook;

/** mos_view_look_default: how a view looks until somebody changes it */
MosViewLook mos_view_look_default (MosViewKind kind);
/** mos_view_look_settle: headers need their order: groups that @sort would tear apart are left out. Returns: the look as it can be shown */
MosViewLook mos_view_look_settle (MosViewLook look);
gboolean mos_view_look_equal (const MosViewLook *a, const MosViewLook *b);

/**
 * MosSavedView: a query with a name
 * @agent: (nullable): whose it is; %NULL = everybody's
 */
typedef struct
{
  char *id;
  char *name;
  char *query;
  char *agent;
  MosViewLook look;
  gint64 position;
} MosSavedView;
MOS_DECLARE_VALUE (MosSavedView, saved_view)
MosSavedView *mos_saved_view_copy (const MosSavedView *self);

/** mos_view_get_key: Returns: (transfer full): the view as one word, for tables and settings: "mine", "account:ID", "saved:ID" */
char *mos_view_get_key (const MosView *view);
/** mos_view_from_key: Returns: (transfer full) (nullable): %NULL where it is none */
MosView *mos_view_from_key (const char *key);

/** mos_view_sort_compare: the order of two rows by what they are ordered by, then by id; MOS_SORT_PRIORITY has more to go by and is not answered here */
int mos_view_sort_compare (MosViewSort sort, gint64 key_a, const char *id_a, gint64 key_b, const char *id_b);

typedef struct _MosIdText MosIdText;

/**
 * MosIdVector: the ids of a view in their order; few blocks of memory for all of them
 * @ids: (element-type utf8): borrowed from @text
 * @keys: of gint64: what each was ordered by, in microseconds; 0 = nothing
 * @text: the ids themselves; those merged from one another share it
 */
typedef struct
{
  GPtrArray *ids;
  GArray *keys;
  MosIdText *text;
} MosIdVector;
MOS_DECLARE_VALUE (MosIdVector, id_vector)
/** mos_id_vector_make: Returns: (transfer full): an empty one */
MosIdVector *mos_id_vector_make (void);
/** mos_id_vector_own: Returns: (transfer none): a copy of @id that lives as long as @self and what is merged from it */
char *mos_id_vector_own (MosIdVector *self, const char *id);
/** mos_id_vector_add: only before anybody else sees it; @id: copied */
void mos_id_vector_add (MosIdVector *self, const char *id, gint64 key_us);
/**
 * mos_id_vector_merge:
 * @without: (element-type utf8): ids that are left out of @self
 * @with: what comes in their place, in the order of @sort as @self is
 *
 * The thread that has @self; both share their memory from then on.
 *
 * Returns: (transfer full): a new one
 */
MosIdVector *mos_id_vector_merge (MosIdVector *self, MosViewSort sort, GHashTable *without, MosIdVector *with);

G_END_DECLS
