/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-txn.h"

#include <stdarg.h>
#include <string.h>

/* Table names are those of the entities. All SQL made here is made of these constants and of column names that this
 * folder wrote; values are bound. */
const MosEntity mos_entity_conversation = { "conversation", { "id", NULL }, "deleted_at", MOS_INSERT_SOFT };
const MosEntity mos_entity_message = { "message", { "id", NULL }, "removed_at", MOS_INSERT_SOFT };
const MosEntity mos_entity_conversation_tag = { "conversation_tag", { "conversation", "tag" }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_customer = { "customer", { "id", NULL }, NULL, MOS_INSERT_KEEP };
const MosEntity mos_entity_identity = { "identity", { "id", NULL }, NULL, MOS_INSERT_KEEP };
const MosEntity mos_entity_customer_identity = { "customer_identity", { "customer", "identity" }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_participant = { "participant", { "conversation", "identity" }, NULL, MOS_INSERT_KEEP };
const MosEntity mos_entity_account = { "account", { "id", NULL }, "removed_at", MOS_INSERT_SOFT };
const MosEntity mos_entity_agent = { "agent", { "id", NULL }, NULL, MOS_INSERT_KEEP };
const MosEntity mos_entity_due = { "due", { "key", NULL }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_outbox = { "outbox", { "message", NULL }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_draft = { "draft", { "id", NULL }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_alias = { "alias", { "old_id", NULL }, NULL, MOS_INSERT_HARD };
/* Only its conversation is ever recorded: a message takes its event along. */
const MosEntity mos_entity_event = { "event", { "id", NULL }, NULL, MOS_INSERT_KEEP };

const MosEntity mos_entity_sender_rule = { "sender_rule", { "address", NULL }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_saved_view = { "saved_view", { "id", NULL }, "deleted_at", MOS_INSERT_SOFT };
const MosEntity mos_entity_image_sender = { "image_sender", { "address", NULL }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_calendar_version = { "calendar_version", { "id", NULL }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_target_version = { "target_version", { "id", NULL }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_category = { "category", { "id", NULL }, "removed_at", MOS_INSERT_SOFT };
const MosEntity mos_entity_category_dismissed = { "category_dismissed", { "conversation", "category" }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_macro = { "macro", { "id", NULL }, "deleted_at", MOS_INSERT_SOFT };
const MosEntity mos_entity_customer_field = { "customer_field", { "customer", "name" }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_customer_distinct = { "customer_distinct", { "one", "other" }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_customer_merge = { "customer_merge", { "id", NULL }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_shop = { "shop", { "id", NULL }, "deleted_at", MOS_INSERT_SOFT };
/* Only whose it is is ever recorded: the rest is a copy. */
const MosEntity mos_entity_shop_order = { "shop_order", { "id", NULL }, NULL, MOS_INSERT_KEEP };
const MosEntity mos_entity_retention = { "retention", { "class", NULL }, NULL, MOS_INSERT_KEEP };
const MosEntity mos_entity_survey = { "survey", { "id", NULL }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_survey_answer = { "survey_answer", { "survey", "position" }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_survey_setting = { "survey_setting", { "account", "kind" }, NULL, MOS_INSERT_HARD };
const MosEntity mos_entity_conversation_order = { "conversation_order", { "conversation", "shop_order" }, NULL, MOS_INSERT_HARD };

const MosEntity *
mos_entity_find (const char *name)
{
  static const MosEntity *const all[] = {
    &mos_entity_conversation, &mos_entity_message, &mos_entity_conversation_tag, &mos_entity_customer, &mos_entity_identity, &mos_entity_customer_identity, &mos_entity_participant, &mos_entity_account, &mos_entity_agent, &mos_entity_due, &mos_entity_outbox, &mos_entity_draft, &mos_entity_alias, &mos_entity_event,
    &mos_entity_sender_rule, &mos_entity_saved_view, &mos_entity_image_sender, &mos_entity_calendar_version, &mos_entity_target_version, &mos_entity_category, &mos_entity_category_dismissed, &mos_entity_macro, &mos_entity_customer_field, &mos_entity_customer_distinct, &mos_entity_customer_merge, &mos_entity_shop, &mos_entity_shop_order, &mos_entity_conversation_order, &mos_entity_retention, &mos_entity_survey, &mos_entity_survey_answer, &mos_entity_survey_setting
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (strcmp (all[i]->name, name) == 0)
      return all[i];
  return NULL;
}

static void
append_where (GString *sql,
              const MosEntity *entity)
{
  g_string_append_printf (sql, " WHERE %s = ?", entity->keys[0]);
  if (entity->keys[1] != NULL)
    g_string_append_printf (sql, " AND %s = ?", entity->keys[1]);
}

/* The parts of an id; the second is NULL where the entity has one key. */
static char **
split_id (const MosEntity *entity,
          const char *id)
{
  return entity->keys[1] != NULL ? g_strsplit (id, "\x1f", 2) : g_strsplit (id, "\x01", 1);
}

static void
bind_id (MosStatement *statement,
         int first,
         char **parts)
{
  for (int i = 0; parts[i] != NULL; i++)
    mos_statement_bind_text (statement, first + i, parts[i]);
}

static MosStatement *
prepare (MosTxn *txn,
         const char *sql,
         GError **error)
{
  g_autofree char *types = g_strdup (sql);
  gsize n = 0;

  /* All values are bound by the caller: as many "n" as there are marks. */
  for (const char *s = sql; *s != '\0'; s++)
    if (*s == '?')
      types[n++] = 'n';
  types[n] = '\0';
  return mos_database_query (txn->database, error, sql, types);
}

static JsonNode *
column_to_json (MosStatement *statement,
                int column)
{
  JsonNode *node = json_node_alloc ();

  switch (sqlite3_column_type (mos_statement_get_handle (statement), column))
    {
    case SQLITE_INTEGER:
      return json_node_init_int (node, mos_statement_get_int (statement, column));
    case SQLITE_NULL:
      return json_node_init_null (node);
    default:
      return json_node_init_string (node, mos_statement_get_text (statement, column));
    }
}

static void
bind_json (MosStatement *statement,
           int index,
           JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    mos_statement_bind_text (statement, index, NULL);
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    mos_statement_bind_text (statement, index, json_node_get_string (node));
  else
    mos_statement_bind_int (statement, index, json_node_get_int (node));
}

static char *
object_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

/* @columns: (nullable): of them alone; %NULL: all */
static JsonObject *
read_values (MosTxn *txn,
             const MosEntity *entity,
             const char *id,
             GPtrArray *columns,
             GError **error)
{
  g_autoptr (GString) sql = g_string_new (columns != NULL ? "SELECT " : "SELECT *");
  g_auto (GStrv) parts = split_id (entity, id);
  g_autoptr (MosStatement) statement = NULL;
  JsonObject *object;

  for (guint i = 0; columns != NULL && i < columns->len; i++)
    g_string_append_printf (sql, "%s\"%s\"", i == 0 ? "" : ", ", (const char *) columns->pdata[i]);
  g_string_append_printf (sql, " FROM %s", entity->name);
  append_where (sql, entity);
  statement = prepare (txn, sql->str, error);
  if (statement == NULL)
    return NULL;
  bind_id (statement, 1, parts);
  if (mos_statement_step (statement, error) <= 0)
    return NULL;

  object = json_object_new ();
  for (int i = 0; i < sqlite3_column_count (mos_statement_get_handle (statement)); i++)
    json_object_set_member (object, sqlite3_column_name (mos_statement_get_handle (statement), i), column_to_json (statement, i));
  return object;
}

JsonObject *
mos_record_values (MosTxn *txn,
                   const MosEntity *entity,
                   const char *id,
                   GError **error)
{
  /* What triggers keep of a customer is no word of anybody's: as it was then it would be wrong when the row comes back. */
  static const char *const kept_by_triggers[] = { "is_returning", "last_order", "last_score", "last_score_kind", "last_score_at", "sort_key" };
  JsonObject *values = read_values (txn, entity, id, NULL, error);

  for (gsize i = 0; values != NULL && entity == &mos_entity_customer && i < G_N_ELEMENTS (kept_by_triggers); i++)
    json_object_remove_member (values, kept_by_triggers[i]);
  return values;
}

gboolean
mos_record_touch (MosTxn *txn,
                  const MosEntity *entity,
                  const char *id,
                  GError **error)
{
  g_auto (GStrv) parts = split_id (entity, id);

  if (entity == &mos_entity_participant)
    mos_txn_touch_conversation (txn, parts[0]);
  else if (entity == &mos_entity_conversation || entity == &mos_entity_conversation_tag)
    mos_txn_dirty (txn, parts[0], MOS_DIRTY_DERIVED);
  else if (entity == &mos_entity_message)
    {
      g_autofree char *conversation = NULL;

      if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ?", "t", id))
        return FALSE;
      mos_txn_touch_message (txn, id);
      /* Who has not read it has not read it where it is now. */
      if (conversation != NULL && !mos_database_exec (txn->database, error, "UPDATE agent_unread SET conversation = ?2 WHERE message = ?1 AND conversation <> ?2", "tt", id, conversation))
        return FALSE;
      if (conversation != NULL)
        mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED);
    }
  else if (entity == &mos_entity_event)
    {
      g_autofree char *conversation = NULL;

      if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM event WHERE id = ?", "t", id))
        return FALSE;
      if (conversation != NULL)
        mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
    }
  else if (entity == &mos_entity_customer || entity == &mos_entity_customer_field)
    mos_txn_touch_customer (txn, parts[0]);
  else if (entity == &mos_entity_customer_identity)
    {
      mos_txn_touch_customer (txn, parts[0]);
      return mos_store_order_follow (txn, parts[1], error);
    }
  else if (entity == &mos_entity_identity)
    return mos_store_order_follow (txn, id, error);
  else if (entity == &mos_entity_customer_distinct)
    {
      mos_txn_touch_customer (txn, parts[0]);
      mos_txn_touch_customer (txn, parts[1]);
    }
  else if (entity == &mos_entity_survey_setting)
    mos_txn_touch_account (txn, parts[0]);
  else if (entity == &mos_entity_account)
    {
      mos_txn_touch_account (txn, id);
      txn->changes->counts_changed = TRUE;
    }
  else if (entity == &mos_entity_draft)
    {
      g_autofree char *conversation = NULL;

      if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM draft WHERE id = ?", "t", id))
        return FALSE;
      if (conversation != NULL)
        mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED);
    }
  else if (entity == &mos_entity_saved_view || entity == &mos_entity_agent || entity == &mos_entity_category)
    txn->changes->views_changed = TRUE;
  else if (entity == &mos_entity_calendar_version)
    {
      txn->changes->calendar_changed = TRUE;
      mos_targets_forget (txn);
    }
  else if (entity == &mos_entity_target_version)
    {
      txn->changes->targets_changed = TRUE;
      mos_targets_forget (txn);
    }
  else if (entity == &mos_entity_macro)
    txn->changes->macros_changed = TRUE;
  else if (entity == &mos_entity_shop)
    txn->changes->shops_changed = TRUE;
  else if (entity == &mos_entity_shop_order)
    {
      g_autofree char *customer = NULL;

      if (!mos_database_get_text (txn->database, &customer, error, "SELECT customer FROM shop_order WHERE id = ?", "t", id))
        return FALSE;
      if (customer != NULL)
        mos_txn_touch_customer (txn, customer);
    }
  else if (entity == &mos_entity_survey)
    {
      g_autofree char *customer = NULL, *conversation = NULL;

      if (!mos_database_get_text (txn->database, &customer, error, "SELECT customer FROM survey WHERE id = ?", "t", id) ||
          !mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM survey WHERE id = ?", "t", id))
        return FALSE;
      if (customer != NULL)
        mos_txn_touch_customer (txn, customer);
      if (conversation != NULL)
        mos_txn_touch_conversation (txn, conversation);
    }
  else if (entity == &mos_entity_conversation_order || entity == &mos_entity_category_dismissed)
    mos_txn_touch_conversation (txn, parts[0]);
  else if (entity == &mos_entity_due || entity == &mos_entity_retention)
    txn->changes->due_changed = TRUE;
  else if (entity == &mos_entity_outbox)
    {
      mos_txn_touch_message (txn, id);
      txn->changes->outbox_changed = TRUE;
    }
  return TRUE;
}

/* What of a row is found by its words, and so is to be found by the new ones. */
static gboolean
index_row (MosTxn *txn,
           const MosEntity *entity,
           const char *id,
           JsonObject *values,
           GError **error)
{
  if (entity != &mos_entity_customer || (!json_object_has_member (values, "name") && !json_object_has_member (values, "company") && !json_object_has_member (values, "phone")))
    return TRUE;
  return mos_customer_index (txn, id, error);
}

static gboolean
update_row (MosTxn *txn,
            const MosEntity *entity,
            const char *id,
            JsonObject *values,
            GError **error)
{
  g_autoptr (GString) sql = g_string_new ("UPDATE ");
  g_autoptr (GList) members = json_object_get_members (values);
  g_auto (GStrv) parts = split_id (entity, id);
  g_autoptr (MosStatement) statement = NULL;
  int n = 0;

  g_string_append_printf (sql, "%s SET ", entity->name);
  for (GList *l = members; l != NULL; l = l->next)
    g_string_append_printf (sql, "%s\"%s\" = ?", l == members ? "" : ", ", (const char *) l->data);
  append_where (sql, entity);
  statement = prepare (txn, sql->str, error);
  if (statement == NULL)
    return FALSE;
  for (GList *l = members; l != NULL; l = l->next)
    bind_json (statement, ++n, json_object_get_member (values, l->data));
  bind_id (statement, n + 1, parts);
  return mos_statement_step (statement, error) >= 0;
}

/* What of a row the targets of conversations ask about. */
static gboolean
retarget (MosTxn *txn,
          const MosEntity *entity,
          const char *id,
          JsonObject *values,
          GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (entity == &mos_entity_category && json_object_has_member (values, "complex"))
    mos_targets_forget (txn);
  if (entity != &mos_entity_customer || !json_object_has_member (values, "vip"))
    return TRUE;
  statement = mos_database_query (txn->database, error, "SELECT id FROM conversation INDEXED BY conversation_customer WHERE customer = ? AND place IN ('open', 'pending', 'snoozed')", "t", id);
  ids = mos_query_ids (statement, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    mos_txn_dirty (txn, ids->pdata[i], MOS_DIRTY_TARGETS);
  return ids != NULL;
}

/* @all: what the members of @values were, perhaps among others */
static gboolean
write_update (MosTxn *txn,
              const MosEntity *entity,
              const char *id,
              JsonObject *values,
              JsonObject *all,
              GError **error)
{
  g_autoptr (JsonObject) old = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (values);
  g_autofree char *new_text = object_to_text (values);
  g_autofree char *old_text = NULL;

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (old, l->data, json_node_copy (json_object_get_member (all, l->data)));
  old_text = object_to_text (old);
  /* Before and after: moving a message touches two conversations. */
  return mos_record_touch (txn, entity, id, error) &&
         update_row (txn, entity, id, values, error) &&
         index_row (txn, entity, id, values, error) &&
         retarget (txn, entity, id, values, error) &&
         mos_txn_record (txn, entity, id, "update", old_text, new_text, error) &&
         mos_record_touch (txn, entity, id, error);
}

gboolean
mos_record_write (MosTxn *txn,
                  const MosEntity *entity,
                  const char *id,
                  JsonObject *values,
                  gboolean exists,
                  GError **error)
{
  if (exists)
    {
      g_autoptr (JsonObject) all = mos_record_values (txn, entity, id, error);

      return all != NULL && write_update (txn, entity, id, values, all, error);
    }
  else
    {
      g_autoptr (GString) sql = g_string_new ("INSERT INTO ");
      g_autoptr (GString) marks = g_string_new (NULL);
      g_autoptr (GList) members = json_object_get_members (values);
      g_autofree char *new_text = object_to_text (values);
      g_autoptr (MosStatement) statement = NULL;
      int n = 0;

      g_string_append_printf (sql, "%s (", entity->name);
      for (GList *l = members; l != NULL; l = l->next)
        {
          g_string_append_printf (sql, "%s\"%s\"", l == members ? "" : ", ", (const char *) l->data);
          g_string_append (marks, l == members ? "?" : ", ?");
        }
      g_string_append_printf (sql, ") VALUES (%s)", marks->str);
      statement = prepare (txn, sql->str, error);
      if (statement == NULL)
        return FALSE;
      for (GList *l = members; l != NULL; l = l->next)
        bind_json (statement, ++n, json_object_get_member (values, l->data));
      return mos_statement_step (statement, error) >= 0 &&
             index_row (txn, entity, id, values, error) &&
             mos_txn_record (txn, entity, id, "insert", NULL, new_text, error) &&
             mos_record_touch (txn, entity, id, error);
    }
}

gboolean
mos_record_set (MosTxn *txn,
                const MosEntity *entity,
                const char *id,
                gboolean *ret_changed,
                GError **error,
                ...)
{
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (JsonObject) given = json_object_new ();
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  g_autoptr (JsonObject) all = NULL;
  const char *column;
  va_list args;

  if (ret_changed != NULL)
    *ret_changed = FALSE;
  va_start (args, error);
  while ((column = va_arg (args, const char *)) != NULL)
    {
      g_ptr_array_add (columns, (gpointer) column);
      switch (va_arg (args, int))
        {
        case 't':
          json_object_set_string_member (given, column, va_arg (args, const char *));
          break;
        case 'i':
          json_object_set_int_member (given, column, va_arg (args, gint64));
          break;
        case 'd':
          json_object_set_int_member (given, column, va_arg (args, int));
          break;
        default:
          g_assert_not_reached ();
        }
    }
  va_end (args);

  all = read_values (txn, entity, id, columns, error);
  if (all == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND, "No %s %s", entity->name, id);
      return FALSE;
    }

  for (guint i = 0; i < columns->len; i++)
    {
      JsonNode *node = json_object_get_member (given, columns->pdata[i]);

      if (!json_node_equal (json_object_get_member (all, columns->pdata[i]), node))
        json_object_set_member (values, columns->pdata[i], json_node_copy (node));
    }

  if (json_object_get_size (values) == 0)
    return TRUE;
  if (ret_changed != NULL)
    *ret_changed = TRUE;
  return write_update (txn, entity, id, values, all, error);
}

gboolean
mos_record_delete (MosTxn *txn,
                   const MosEntity *entity,
                   const char *id,
                   gboolean *ret_changed,
                   GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) all = mos_record_values (txn, entity, id, &local_error);
  g_autoptr (GString) sql = g_string_new ("DELETE FROM ");
  g_auto (GStrv) parts = split_id (entity, id);
  g_autoptr (MosStatement) statement = NULL;
  g_autofree char *text = NULL;

  if (ret_changed != NULL)
    *ret_changed = all != NULL;
  if (all == NULL)
    {
      if (local_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  text = object_to_text (all);
  g_string_append (sql, entity->name);
  append_where (sql, entity);
  if (!mos_record_touch (txn, entity, id, error))
    return FALSE;
  statement = prepare (txn, sql->str, error);
  if (statement == NULL)
    return FALSE;
  bind_id (statement, 1, parts);
  return mos_statement_step (statement, error) >= 0 &&
         mos_txn_record (txn, entity, id, "delete", text, NULL, error) &&
         mos_record_touch (txn, entity, id, error);
}
