/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-query.h"

G_BEGIN_DECLS

/* What a query asks for, as vectors of conversations.
 *
 * Words, from:, to:, subject:, file:, order: and larger: are asked of one message: all of them together must hold for one and the same. Everything
 * else is asked of its conversation. Dates are those of the message where something is asked of messages, else of the newest one
 * (conversation.updated_at). What is negated must hold for no message of the conversation. Deleted ones are left out unless is:deleted is asked
 * for, those never written unless is:draft is; merged ones always. */

/** MosQueryKey: what is sorted by, and what sections are made of */
typedef enum
{
  MOS_QUERY_KEY_HIT,      /* newest matching message first; where nothing is asked of messages as UPDATED */
  MOS_QUERY_KEY_UPDATED,  /* newest message first */
  MOS_QUERY_KEY_CREATED,  /* newest first */
  MOS_QUERY_KEY_WAITING,  /* who waits longest first, those who do not wait (0) last */
  MOS_QUERY_KEY_SNOOZED,  /* who comes back first; until they answer (0) last */
  MOS_QUERY_KEY_PRIORITY, /* urgent (3) first, then newest */
  MOS_QUERY_KEY_DUE,      /* what is due first, that of which nothing is (0) last */
  MOS_QUERY_KEY_WINDOW,   /* of whoever waits in a chat: whose time for an answer ends first; who can be answered for ever (0) last */
  MOS_QUERY_KEY_NUMBER,   /* highest first */
} MosQueryKey;

/**
 * MosQueryOptions:
 * @me: (nullable): agent who "me" is
 * @tz: (nullable): whose days dates are; %NULL = this computer's
 * @sort, @is_reversed: the order
 * @section: of what ret_sections is: microseconds, weights or numbers; HIT is as UPDATED
 * @limit: most conversations; 0 = all
 * @conversation: (nullable): only this one
 */
typedef struct
{
  const char *me;
  GTimeZone *tz;
  MosQueryKey sort;
  gboolean is_reversed;
  MosQueryKey section;
  guint limit;
  const char *conversation;
} MosQueryOptions;

/**
 * mos_store_query_list_ids:
 * @query: one without a root is every conversation
 * @ret_sections: (out) (optional) (transfer full): array of gint64, one for each id
 *
 * Returns: (transfer full): array of ids (char *)
 */
GPtrArray *mos_store_query_list_ids (MosTxn *txn, const MosQuery *query, const MosQueryOptions *options, GArray **ret_sections, GError **error);
/** mos_store_query_count: looked at in @options: me, tz, conversation (then it tells whether that one matches) */
gboolean mos_store_query_count (MosTxn *txn, const MosQuery *query, const MosQueryOptions *options, guint *ret_count, GError **error);

G_END_DECLS
