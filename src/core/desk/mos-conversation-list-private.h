/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-lists.h"
#include "core/values/mos-query.h"

G_BEGIN_DECLS

struct _MosConversationList
{
  GObject parent_instance;

  MosDesk *desk;             /* (owned) */
  MosView *view;             /* (owned) (nullable) */
  MosIdVector *vector;       /* (owned): holds the memory of ids, and the times of the rows */
  GPtrArray *ids;            /* (owned), its elements are the vector's: what the list shows */
  GArray *sections;          /* (owned) of gint64: of each row, see mos-sections.h */
  GArray *starts;            /* (owned) (nullable) of guint: where each section begins; made when asked for */
  GArray *next_sections;     /* (borrowed) (nullable): while the list is being changed: those of its new state */
  MosQuery *search;          /* (owned) (nullable) what the hits are of */
  GHashTable *hits;          /* (owned) (nullable) id -> message, of a search */
  GHashTable *snippets;      /* (owned) id -> MosSearchHit, as far as they were looked at */
  GPtrArray *wanted;         /* (owned) of char *: ids whose snippets are to be read */
  GError *error;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the query under way */
  GHashTable *held;          /* (owned) set of ids: they stay although they no longer match */
  GHashTable *stale;         /* (owned) set of ids: those of them that do not */
  GHashTable *changed;       /* (owned) set of ids: since the last query was asked */
  MosViewLook look;          /* of what the list shows */
  gint64 today_us;
  guint64 generation; /* answers of older ones are dropped */
  guint reload_id;
  guint snippets_id;
  gboolean is_loading;
  guint rest_id;     /* only the first rows are shown: the rest is asked for soon */
  gboolean has_rest; /* it is not here yet */
  gboolean is_fresh; /* another view than the last answer was about */
  gboolean is_whole; /* the next query is for all of the view */
  gboolean is_dirty; /* changed again while a query was under way */
};

/* mos-conversation-list-rows.c */
/** mos_conversation_list_take_vector: the new state becomes what the list shows, told in the least steps. @target: (transfer none): may be changed: what is held stays in it */
void mos_conversation_list_take_vector (MosConversationList *self, MosIdVector *target, const MosViewLook *look);
/** mos_conversation_list_merge: the same where only @changed may be in other places; @found: those of them that match */
void mos_conversation_list_merge (MosConversationList *self, char **changed, MosIdVector *found);

G_END_DECLS
