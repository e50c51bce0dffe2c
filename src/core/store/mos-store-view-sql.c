/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-view-sql.h"

#include "core/store/mos-store-private.h"
#include "core/store/mos-store-query.h"
#include "core/store/mos-store-views.h"

/* The conditions are, word for word, those of the partial indexes; left alone, SQLite takes one that does not cover or sorts. */
#define ACTIVE "place IN ('open', 'pending')"
#define SHOWN "place NOT IN ('deleted', 'merged')"

static const struct
{
  const char *index;
  const char *where;
  MosViewSort sort; /* of the index */
  char argument;    /* 0, 'g' the agent, 'a' the view's argument */
} built_in[] = {
  [MOS_VIEW_MINE] = { "conversation_assignee", ACTIVE " AND assignee = ?", MOS_SORT_UPDATED, 'g' },
  [MOS_VIEW_MENTIONS] = { MOS_VIEW_SQL_BY_ID, "id IN (SELECT m.conversation FROM mention n JOIN message m ON m.id = n.message WHERE n.agent = ? AND m.removed_at = 0) AND place NOT IN ('deleted', 'merged', 'blank', 'erased')", MOS_SORT_UPDATED, 'g' },
  [MOS_VIEW_UNASSIGNED] = { "conversation_assignee", ACTIVE " AND assignee IS NULL", MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_WAITING] = { "conversation_waiting", ACTIVE " AND waiting_since > 0", MOS_SORT_WAITING, 0 },
  [MOS_VIEW_BREACHING] = { "conversation_breaching", "target_state IN ('warned', 'breached')", MOS_SORT_DUE, 0 },
  [MOS_VIEW_ALL_OPEN] = { "conversation_active", ACTIVE, MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_RESCUES] = { MOS_VIEW_SQL_BY_ID, "id IN (SELECT conversation FROM survey WHERE rescue = 'open' AND is_test = 0 UNION ALL SELECT conversation FROM survey WHERE unread = 1 AND is_test = 0) AND place NOT IN ('deleted', 'merged', 'blank', 'erased')", MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_DRAFTS] = { "conversation_draft", "has_draft = 1 AND " SHOWN, MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_SCHEDULED] = { "conversation_scheduled", "has_scheduled = 1 AND " SHOWN, MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_SNOOZED] = { "conversation_snoozed", "place = 'snoozed'", MOS_SORT_SNOOZED, 0 },
  [MOS_VIEW_CLOSED] = { "conversation_place", "place = 'closed'", MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_ALL] = { NULL, "place IN ('open', 'pending', 'snoozed', 'closed')", MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_FAILED] = { "conversation_failed", "has_failed = 1 AND " SHOWN, MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_QUARANTINE] = { "conversation_place", "place = 'quarantine'", MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_SPAM] = { "conversation_place", "place = 'spam'", MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_DELETED] = { "conversation_place", "place = 'deleted'", MOS_SORT_UPDATED, 0 },
  [MOS_VIEW_ACCOUNT] = { "conversation_account", ACTIVE " AND account = ?", MOS_SORT_UPDATED, 'a' },
  [MOS_VIEW_CUSTOMER] = { "conversation_customer", "customer = ? AND place NOT IN ('deleted', 'merged', 'blank')", MOS_SORT_UPDATED, 'a' },
};

/* Whoever waits for nothing needs no answer; no index: of those who do there are few. */
#define WINDOW "CASE WHEN waiting_since > 0 AND status = 'open' THEN coalesce ((SELECT max (h.window_ends) FROM chat_thread h WHERE h.conversation = conversation.id), 0) ELSE 0 END"

static const struct
{
  const char *order;
  const char *key;
} orders[] = {
  [MOS_SORT_UPDATED] = { "updated_at DESC, id", "updated_at" },
  [MOS_SORT_UPDATED_OLDEST] = { "updated_at, id DESC", "updated_at" },
  [MOS_SORT_CREATED] = { "created_at DESC, id", "created_at" },
  [MOS_SORT_CREATED_OLDEST] = { "created_at, id DESC", "created_at" },
  [MOS_SORT_WAITING] = { "waiting_since = 0, waiting_since, id", "waiting_since" },
  [MOS_SORT_SNOOZED] = { "snoozed_until = 0, snoozed_until, id", "snoozed_until" },
  [MOS_SORT_PRIORITY] = { "CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END, waiting_since = 0, waiting_since, updated_at DESC, id", "0" },
  [MOS_SORT_DUE] = { "target_at = 0, target_at, id", "target_at" },
  [MOS_SORT_WINDOW] = { "nullif (" WINDOW ", 0) NULLS LAST, id", WINDOW },
};

const char *
mos_view_sql_get_order (MosViewSort sort,
                        const char **ret_key)
{
  *ret_key = orders[sort].key;
  return orders[sort].order;
}

gboolean
mos_view_sql_dup_query (MosTxn *txn,
                        const MosView *view,
                        MosQuery **ret_query,
                        GError **error)
{
  g_autoptr (MosSavedView) saved = NULL;

  *ret_query = NULL;
  if (view->kind != MOS_VIEW_SAVED)
    return TRUE;
  if (!mos_store_view_find (txn, view->argument, &saved, error))
    return FALSE;
  if (saved != NULL)
    *ret_query = mos_query_parse (saved->query, NULL);
  return TRUE;
}

/* What a query finds: the language has more than one condition to it. */
static gboolean
append_query (MosViewSql *self,
              MosTxn *txn,
              const MosView *view,
              const char *agent,
              GError **error)
{
  MosQueryOptions options = { .me = agent };
  g_autoptr (MosQuery) query = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (!mos_view_sql_dup_query (txn, view, &query, error))
    return FALSE;
  if (query == NULL)
    {
      g_string_append (self->where, "0");
      return TRUE;
    }
  ids = mos_store_query_list_ids (txn, query, &options, NULL, error);
  if (ids == NULL)
    return FALSE;
  g_ptr_array_add (ids, NULL);
  g_string_append (self->where, "id IN (SELECT value FROM json_each (?))");
  g_ptr_array_add (self->values, mos_json_from_strv ((char **) ids->pdata));
  return TRUE;
}

gboolean
mos_view_sql_init (MosViewSql *self,
                   MosTxn *txn,
                   const MosView *view,
                   const char *agent,
                   GError **error)
{
  g_return_val_if_fail (view->kind != MOS_VIEW_SEARCH, FALSE);

  *self = (MosViewSql) { .where = g_string_new (NULL), .values = g_ptr_array_new_with_free_func (g_free) };
  if (view->kind == MOS_VIEW_SAVED)
    return append_query (self, txn, view, agent, error);

  self->index = built_in[view->kind].index;
  self->index_sort = built_in[view->kind].sort;
  g_string_append (self->where, built_in[view->kind].where);
  if (built_in[view->kind].argument != 0)
    g_ptr_array_add (self->values, g_strdup (built_in[view->kind].argument == 'g' ? agent : view->argument));
  /* These causes only, where some are named. */
  if (view->kind == MOS_VIEW_QUARANTINE && view->argument != NULL)
    {
      g_string_append (self->where, " AND instr (',' || ? || ',', ',' || quarantine || ',') > 0");
      g_ptr_array_add (self->values, g_strdup (view->argument));
    }
  return TRUE;
}

void
mos_view_sql_clear (MosViewSql *self)
{
  if (self->where != NULL)
    g_string_free (self->where, TRUE);
  g_clear_pointer (&self->values, g_ptr_array_unref);
}

MosStatement *
mos_view_sql_query (const MosViewSql *self,
                    MosTxn *txn,
                    const char *index,
                    const char *what,
                    const char *rest,
                    int *ret_next,
                    GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) types = g_string_new (NULL);
  MosStatement *statement;

  g_string_append_printf (sql, "SELECT %s FROM conversation%s%s WHERE (%s) %s", what, index != NULL ? " INDEXED BY " : "", index != NULL ? index : "", self->where->str, rest);
  /* All values are bound below. */
  for (const char *s = sql->str; *s != '\0'; s++)
    if (*s == '?')
      g_string_append_c (types, 'n');
  statement = mos_database_query (txn->database, error, sql->str, types->str);
  for (guint i = 0; statement != NULL && i < self->values->len; i++)
    mos_statement_bind_text (statement, (int) i + 1, self->values->pdata[i]);
  if (ret_next != NULL)
    *ret_next = (int) self->values->len + 1;
  return statement;
}
