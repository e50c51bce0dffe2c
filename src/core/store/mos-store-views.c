/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-views.h"

#include "core/store/mos-store-once-through.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-query.h"
#include "core/store/mos-store-view-sql.h"

/* --- those that people make --- */

#define VIEW_QUERY "SELECT id, name, query, sort, grouping, columns, agent, position FROM saved_view"

static MosViewLook
look_from (MosStatement *statement,
           int first)
{
  MosViewLook look;
  const char *columns = mos_statement_get_text (statement, first + 2);

  look.sort = mos_view_sort_from_nick (mos_statement_get_text (statement, first), MOS_SORT_UPDATED);
  look.grouping = mos_view_grouping_from_nick (mos_statement_get_text (statement, first + 1), MOS_GROUPING_NONE);
  look.parts = mos_row_parts_from_text (columns != NULL ? columns : "", NULL);
  return look;
}

static MosSavedView *
view_from (MosStatement *statement)
{
  MosSavedView *view = mos_saved_view_new ();

  view->id = mos_statement_dup_text (statement, 0);
  view->name = mos_statement_dup_text0 (statement, 1);
  view->query = mos_statement_dup_text0 (statement, 2);
  view->look = look_from (statement, 3);
  view->agent = mos_statement_dup_text (statement, 6);
  view->position = mos_statement_get_int (statement, 7);
  return view;
}

GPtrArray *
mos_store_view_list (MosTxn *txn,
                     const char *agent,
                     GError **error)
{
  g_autoptr (GPtrArray) views = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_saved_view_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, VIEW_QUERY " WHERE deleted_at = 0 AND (agent IS NULL OR agent = ?) ORDER BY position, name, id", "t", agent);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (views, view_from (statement));
  return r == 0 ? g_steal_pointer (&views) : NULL;
}

gboolean
mos_store_view_find (MosTxn *txn,
                     const char *id,
                     MosSavedView **ret_view,
                     GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, VIEW_QUERY " WHERE deleted_at = 0 AND id = ?", "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_view = r > 0 ? view_from (statement) : NULL;
  return r >= 0;
}

gboolean
mos_store_view_save (MosTxn *txn,
                     MosSavedView *view,
                     GError **error)
{
  g_autofree char *columns = mos_row_parts_to_text (view->look.parts);
  const char *sort = mos_view_sort_to_nick (view->look.sort), *grouping = mos_view_grouping_to_nick (view->look.grouping);
  g_autoptr (JsonObject) values = NULL;
  gint64 exists = 0, last = 0;

  g_return_val_if_fail (view->id != NULL && view->name != NULL && view->query != NULL, FALSE);

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM saved_view WHERE id = ?", "t", view->id))
    return FALSE;
  if (exists != 0)
    return mos_record_set (txn, &mos_entity_saved_view, view->id, NULL, error, "name", 't', view->name, "query", 't', view->query, "sort", 't', sort,
                           "grouping", 't', grouping, "columns", 't', columns, "agent", 't', view->agent, NULL);

  if (!mos_database_get_int (txn->database, &last, error, "SELECT max (position) FROM saved_view", ""))
    return FALSE;
  values = json_object_new ();
  json_object_set_string_member (values, "id", view->id);
  json_object_set_string_member (values, "name", view->name);
  json_object_set_string_member (values, "query", view->query);
  json_object_set_string_member (values, "sort", sort);
  json_object_set_string_member (values, "grouping", grouping);
  json_object_set_string_member (values, "columns", columns);
  if (view->agent != NULL)
    json_object_set_string_member (values, "agent", view->agent);
  json_object_set_int_member (values, "position", view->position != 0 ? view->position : last + 1);
  return mos_record_write (txn, &mos_entity_saved_view, view->id, values, FALSE, error);
}

gboolean
mos_store_view_remove (MosTxn *txn,
                       const char *id,
                       GError **error)
{
  return mos_record_set (txn, &mos_entity_saved_view, id, NULL, error, "deleted_at", 'i', txn->now_us, NULL);
}

gboolean
mos_store_view_move (MosTxn *txn,
                     const char *id,
                     const char *agent,
                     int step,
                     GError **error)
{
  g_autoptr (GPtrArray) views = mos_store_view_list (txn, agent, error);
  g_autofree gint64 *places = NULL;
  guint from = G_MAXUINT, to;

  if (views == NULL)
    return FALSE;
  places = g_new (gint64, views->len);
  for (guint i = 0; i < views->len; i++)
    {
      MosSavedView *view = views->pdata[i];

      if (g_str_equal (view->id, id))
        from = i;
      /* Two of one place, from two desks, get one each. */
      places[i] = i > 0 ? MAX (view->position, places[i - 1] + 1) : view->position;
    }
  if (from == G_MAXUINT)
    return mos_not_found (error, "view", id);
  to = (guint) CLAMP ((gint64) from + step, 0, (gint64) views->len - 1);
  g_ptr_array_insert (views, (int) to, g_ptr_array_steal_index (views, from));
  for (guint i = 0; i < views->len; i++)
    {
      MosSavedView *view = views->pdata[i];

      if (!mos_record_set (txn, &mos_entity_saved_view, view->id, NULL, error, "position", 'i', places[i], NULL))
        return FALSE;
    }
  return TRUE;
}

/* --- how each looks, and when it was looked at --- */

GHashTable *
mos_store_view_list_looks (MosTxn *txn,
                           const char *agent,
                           GError **error)
{
  g_autoptr (GHashTable) looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT sort, grouping, columns, view FROM view_look WHERE agent = ?", "t", agent);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosViewLook look = look_from (statement, 0);

      g_hash_table_insert (looks, mos_statement_dup_text (statement, 3), g_memdup2 (&look, sizeof look));
    }
  return r == 0 ? g_steal_pointer (&looks) : NULL;
}

gboolean
mos_store_view_set_look (MosTxn *txn,
                         const char *agent,
                         const MosView *view,
                         const MosViewLook *look,
                         GError **error)
{
  g_autofree char *key = mos_view_get_key (view);
  g_autofree char *columns = look != NULL ? mos_row_parts_to_text (look->parts) : NULL;

  txn->changes->views_changed = TRUE;
  if (look == NULL)
    return mos_database_exec (txn->database, error, "DELETE FROM view_look WHERE agent = ? AND view = ?", "tt", agent, key);
  return mos_database_exec (txn->database, error, "INSERT OR REPLACE INTO view_look (agent, view, sort, grouping, columns) VALUES (?, ?, ?, ?, ?)", "ttttt", agent, key,
                            mos_view_sort_to_nick (look->sort), mos_view_grouping_to_nick (look->grouping), columns);
}

gboolean
mos_store_view_find_look (MosTxn *txn,
                          const MosView *view,
                          const char *agent,
                          MosViewLook *ret_look,
                          GError **error)
{
  g_autofree char *key = mos_view_get_key (view);
  g_autoptr (MosStatement) statement = NULL;
  int r;

  *ret_look = mos_view_look_default (view->kind);
  if (view->kind == MOS_VIEW_SAVED)
    statement = mos_database_query (txn->database, error, "SELECT sort, grouping, columns FROM saved_view WHERE id = ?", "t", view->argument);
  else
    statement = mos_database_query (txn->database, error, "SELECT sort, grouping, columns FROM view_look WHERE agent = ? AND view = ?", "tt", agent, key);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r > 0)
    *ret_look = look_from (statement, 0);
  return r >= 0;
}

gboolean
mos_store_view_set_seen (MosTxn *txn,
                         const char *agent,
                         const MosView *view,
                         GError **error)
{
  g_autofree char *key = mos_view_get_key (view);

  txn->changes->counts_changed = TRUE;
  return mos_database_exec (txn->database, error, "INSERT OR REPLACE INTO view_seen (agent, view, seen_at) VALUES (?, ?, ?)", "tti", agent, key, txn->now_us);
}

/* --- what they hold --- */

static const struct
{
  MosQueryKey key;
  gboolean is_reversed;
} query_sorts[] = {
  [MOS_SORT_UPDATED] = { MOS_QUERY_KEY_UPDATED, FALSE },
  [MOS_SORT_UPDATED_OLDEST] = { MOS_QUERY_KEY_UPDATED, TRUE },
  [MOS_SORT_CREATED] = { MOS_QUERY_KEY_CREATED, FALSE },
  [MOS_SORT_CREATED_OLDEST] = { MOS_QUERY_KEY_CREATED, TRUE },
  [MOS_SORT_WAITING] = { MOS_QUERY_KEY_WAITING, FALSE },
  [MOS_SORT_SNOOZED] = { MOS_QUERY_KEY_SNOOZED, FALSE },
  [MOS_SORT_PRIORITY] = { MOS_QUERY_KEY_PRIORITY, FALSE },
  [MOS_SORT_DUE] = { MOS_QUERY_KEY_DUE, FALSE },
  [MOS_SORT_WINDOW] = { MOS_QUERY_KEY_WINDOW, FALSE },
};

static MosIdVector *
list_saved (MosTxn *txn,
            const MosView *view,
            const char *agent,
            const MosViewLook *look,
            GError **error)
{
  g_autoptr (MosIdVector) vector = mos_id_vector_make ();
  g_autoptr (MosQuery) query = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GArray) keys = NULL;
  MosQueryOptions options = { .me = agent, .sort = query_sorts[look->sort].key, .is_reversed = query_sorts[look->sort].is_reversed, .section = query_sorts[look->sort].key };

  if (!mos_view_sql_dup_query (txn, view, &query, error))
    return NULL;
  if (query == NULL)
    return g_steal_pointer (&vector);
  ids = mos_store_query_list_ids (txn, query, &options, &keys, error);
  if (ids == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    mos_id_vector_add (vector, ids->pdata[i], look->sort != MOS_SORT_PRIORITY ? g_array_index (keys, gint64, i) : 0);
  return g_steal_pointer (&vector);
}

MosIdVector *
mos_store_view_list_ids (MosTxn *txn,
                         const MosView *view,
                         const char *agent,
                         const MosViewLook *look,
                         guint most,
                         GError **error)
{
  g_autoptr (MosIdVector) vector = mos_id_vector_make ();
  g_auto (MosOnceThrough) once = { 0 };
  g_auto (MosViewSql) sql = { 0 };
  g_autoptr (MosStatement) statement = NULL;
  g_autofree char *what = NULL;
  g_autofree char *rest = NULL;
  const char *order, *key;
  MosViewLook found;
  gboolean in_index;
  int r;

  if (!mos_txn_flush (txn, error) || (look == NULL && !mos_store_view_find_look (txn, view, agent, &found, error)))
    return NULL;
  if (look == NULL)
    look = &found;
  if (view->kind == MOS_VIEW_SAVED)
    return list_saved (txn, view, agent, look, error);
  if (!mos_view_sql_init (&sql, txn, view, agent, error))
    return NULL;
  order = mos_view_sql_get_order (look->sort, &key);
  /* The index of updated_at can be walked either way. "waiting_since = 0" is the same for all that the index of waiting holds. */
  in_index = look->sort == sql.index_sort || (sql.index_sort == MOS_SORT_UPDATED && look->sort == MOS_SORT_UPDATED_OLDEST);
  if (view->kind == MOS_VIEW_WAITING && in_index)
    order = "waiting_since, id";
  else if (view->kind == MOS_VIEW_BREACHING && in_index)
    order = "target_at, id";
  /* The order by what is due has an index of its own there. */
  else if (view->kind == MOS_VIEW_ALL_OPEN && look->sort == MOS_SORT_DUE)
    {
      sql.index = "conversation_due";
      in_index = TRUE;
    }
  what = g_strconcat ("id, ", key, NULL);
  rest = in_index && most > 0 ? g_strdup_printf ("ORDER BY %s LIMIT %u", order, most) : g_strconcat ("ORDER BY ", order, NULL);
  if (most == 0)
    mos_once_through_begin (&once, txn);
  statement = mos_view_sql_query (&sql, txn, in_index ? sql.index : NULL, what, rest, NULL, error);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    mos_id_vector_add (vector, mos_statement_get_text (statement, 0), mos_statement_get_int (statement, 1));
  return r == 0 ? g_steal_pointer (&vector) : NULL;
}

MosIdVector *
mos_store_view_list_some (MosTxn *txn,
                          const MosView *view,
                          const char *agent,
                          const MosViewLook *look,
                          const char *const *ids,
                          GError **error)
{
  g_autoptr (MosIdVector) vector = mos_id_vector_make ();
  g_auto (MosViewSql) sql = { 0 };
  g_autoptr (MosStatement) statement = NULL;
  g_autofree char *json = mos_json_from_strv ((char **) ids);
  g_autofree char *what = NULL;
  g_autofree char *rest = NULL;
  const char *order, *key;
  int next, r;

  if (!mos_txn_flush (txn, error) || !mos_view_sql_init (&sql, txn, view, agent, error))
    return NULL;
  order = mos_view_sql_get_order (look->sort, &key);
  what = g_strconcat ("id, ", key, NULL);
  rest = g_strconcat ("AND id IN (SELECT value FROM json_each (?)) ORDER BY ", order, NULL);
  statement = mos_view_sql_query (&sql, txn, MOS_VIEW_SQL_BY_ID, what, rest, &next, error);
  if (statement == NULL)
    return NULL;
  mos_statement_bind_text (statement, next, json);
  while ((r = mos_statement_step (statement, error)) > 0)
    mos_id_vector_add (vector, mos_statement_get_text (statement, 0), mos_statement_get_int (statement, 1));
  return r == 0 ? g_steal_pointer (&vector) : NULL;
}

GPtrArray *
mos_store_view_list_countable (MosTxn *txn,
                               const char *agent,
                               GError **error)
{
  g_autoptr (GPtrArray) views = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_view_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM account WHERE removed_at = 0 ORDER BY position, name, id", "");
  g_autoptr (GPtrArray) accounts = mos_query_ids (statement, error);
  g_autoptr (GPtrArray) saved = accounts != NULL ? mos_store_view_list (txn, agent, error) : NULL;

  if (saved == NULL)
    return NULL;
  for (MosViewKind kind = MOS_VIEW_MINE; kind <= MOS_VIEW_DELETED; kind++)
    g_ptr_array_add (views, mos_view_make (kind, NULL));
  for (guint i = 0; i < accounts->len; i++)
    g_ptr_array_add (views, mos_view_make (MOS_VIEW_ACCOUNT, accounts->pdata[i]));
  for (guint i = 0; i < saved->len; i++)
    g_ptr_array_add (views, mos_view_make (MOS_VIEW_SAVED, ((MosSavedView *) saved->pdata[i])->id));
  return g_steal_pointer (&views);
}

static gboolean
find_seen (MosTxn *txn,
           const MosView *view,
           const char *agent,
           gint64 *ret_seen_us,
           GError **error)
{
  g_autofree char *key = mos_view_get_key (view);

  return mos_database_get_int (txn->database, ret_seen_us, error, "SELECT seen_at FROM view_seen WHERE agent = ? AND view = ?", "tt", agent, key);
}

/* Two ways to be unread, one index for each. */
static const struct
{
  const char *index;
  const char *rest;
} new_rests[] = {
  { "conversation_unread", "AND updated_at > ? AND unread > 0" },
  { MOS_VIEW_SQL_BY_ID, "AND updated_at > ? AND unread = 0 AND id IN (SELECT u.conversation FROM agent_unread u JOIN message m ON m.id = u.message WHERE u.agent = ? AND m.removed_at = 0)" },
};

static gboolean
each_new (MosTxn *txn,
          MosViewSql *sql,
          const char *agent,
          gint64 seen_us,
          MosViewMember member,
          gpointer user_data,
          GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (new_rests); i++)
    {
      int next, r;
      g_autoptr (MosStatement) statement = mos_view_sql_query (sql, txn, new_rests[i].index, "number", new_rests[i].rest, &next, error);

      if (statement == NULL)
        return FALSE;
      mos_statement_bind_int (statement, next, seen_us);
      if (i == 1)
        mos_statement_bind_text (statement, next + 1, agent);
      while ((r = mos_statement_step (statement, error)) > 0)
        member (mos_statement_get_int (statement, 0), TRUE, TRUE, user_data);
      if (r < 0)
        return FALSE;
    }
  return TRUE;
}

static void
count_cb (gint64 number,
          gboolean is_in,
          gboolean is_new,
          gpointer user_data)
{
  (*(guint *) user_data)++;
}

gboolean
mos_store_view_count (MosTxn *txn,
                      const MosView *view,
                      const char *agent,
                      guint *ret_count,
                      guint *ret_new,
                      GError **error)
{
  g_auto (MosViewSql) sql = { 0 };
  g_autoptr (MosStatement) statement = NULL;
  gint64 seen_us = 0;

  *ret_count = *ret_new = 0;
  if (!mos_txn_flush (txn, error) || !mos_view_sql_init (&sql, txn, view, agent, error))
    return FALSE;
  statement = mos_view_sql_query (&sql, txn, sql.index, "count (*)", "", NULL, error);
  if (statement == NULL || mos_statement_step (statement, error) < 0)
    return FALSE;
  *ret_count = (guint) mos_statement_get_int (statement, 0);
  return find_seen (txn, view, agent, &seen_us, error) && (*ret_count == 0 || each_new (txn, &sql, agent, seen_us, count_cb, ret_new, error));
}

#define UNREAD "unread > 0 OR EXISTS (SELECT 1 FROM agent_unread u JOIN agent g ON g.id = u.agent JOIN message m ON m.id = u.message WHERE g.is_me = 1 AND u.conversation = conversation.id AND m.removed_at = 0)"

/* Of a saved view: the query is asked about one conversation at a time. */
static gboolean
list_saved_members (MosTxn *txn,
                    const MosView *view,
                    const char *agent,
                    gint64 seen_us,
                    GArray *numbers,
                    MosViewMember member,
                    gpointer user_data,
                    GError **error)
{
  g_autoptr (MosQuery) query = NULL;

  if (!mos_view_sql_dup_query (txn, view, &query, error))
    return FALSE;
  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 number = g_array_index (numbers, gint64, i), is_new = 0;
      g_autofree char *id = NULL;
      guint n = 0;

      if (!mos_database_get_text (txn->database, &id, error, "SELECT id FROM conversation WHERE number = ?", "i", number))
        return FALSE;
      if (query != NULL && id != NULL)
        {
          MosQueryOptions options = { .me = agent, .conversation = id };

          if (!mos_store_query_count (txn, query, &options, &n, error))
            return FALSE;
        }
      if (n > 0 && !mos_database_get_int (txn->database, &is_new, error, "SELECT 1 FROM conversation WHERE number = ? AND updated_at > ? AND (" UNREAD ")", "ii", number, seen_us))
        return FALSE;
      member (number, n > 0, is_new != 0, user_data);
    }
  return TRUE;
}

gboolean
mos_store_view_list_members (MosTxn *txn,
                             const MosView *view,
                             const char *agent,
                             GArray *numbers,
                             MosViewMember member,
                             gpointer user_data,
                             GError **error)
{
  g_auto (MosOnceThrough) once = { 0 };
  g_auto (MosViewSql) sql = { 0 };
  g_autoptr (MosStatement) statement = NULL;
  gint64 seen_us = 0;
  int next, r;

  if (!mos_txn_flush (txn, error) || !find_seen (txn, view, agent, &seen_us, error))
    return FALSE;
  if (view->kind == MOS_VIEW_SAVED && numbers != NULL)
    return list_saved_members (txn, view, agent, seen_us, numbers, member, user_data, error);
  if (!mos_view_sql_init (&sql, txn, view, agent, error))
    return FALSE;
  if (numbers == NULL)
    {
      mos_once_through_begin (&once, txn);
      statement = mos_view_sql_query (&sql, txn, sql.index, "number", "", NULL, error);
      r = statement != NULL ? 1 : -1;
      while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
        member (mos_statement_get_int (statement, 0), TRUE, FALSE, user_data);
      return r == 0 && each_new (txn, &sql, agent, seen_us, member, user_data, error);
    }

  statement = mos_view_sql_query (&sql, txn, NULL, "updated_at, " UNREAD, "AND number = ?", &next, error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 number = g_array_index (numbers, gint64, i);

      mos_statement_bind_int (statement, next, number);
      r = mos_statement_step (statement, error);
      if (r < 0)
        return FALSE;
      member (number, r > 0, r > 0 && mos_statement_get_int (statement, 0) > seen_us && mos_statement_get_int (statement, 1) != 0, user_data);
      mos_statement_reset (statement);
    }
  return TRUE;
}

GArray *
mos_store_view_find_numbers (MosTxn *txn,
                             const char *const *ids,
                             GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *ids != NULL; ids++)
    {
      gint64 number = 0;

      if (!mos_database_get_int (txn->database, &number, error, "SELECT number FROM conversation WHERE id = ?", "t", *ids))
        return NULL;
      if (number == 0)
        return NULL;
      g_array_append_val (numbers, number);
    }
  return g_steal_pointer (&numbers);
}
