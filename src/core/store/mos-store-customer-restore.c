/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-customer-private.h"
#include "core/store/mos-store-customers.h"

#include <string.h>

/* What a merge made of its target's columns and own fields, put back where a merge is taken back. Where others followed, be it into the same customer or of it into
 * somebody else, what they made of it is made anew, in their records and in who has it now: as if the one that is taken back had never been. What somebody changed
 * since stays as it is. */

/* Those of customers that a merge makes; others are derived, or say where the row is. */
static const char *const columns[] = { "name", "language", "country", "phone", "company", "notes", "vip", "consent", "first_seen" };

typedef struct
{
  gboolean is_own;
  char *name;
  JsonNode *made; /* (owned): what it is */
  JsonNode *old;  /* (owned): what it shall be */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  json_node_unref (self->made);
  json_node_unref (self->old);
  g_free (self->name);
  g_free (self);
}

static void
add_change (GPtrArray *changes,
            gboolean is_own,
            const char *name,
            JsonNode *made,
            JsonNode *old)
{
  Change *change;

  if (made == NULL || old == NULL || json_node_equal (made, old))
    return;
  change = g_new0 (Change, 1);
  change->is_own = is_own;
  change->name = g_strdup (name);
  change->made = json_node_ref (made);
  change->old = json_node_ref (old);
  g_ptr_array_add (changes, change);
}

static JsonNode *
text_node (const char *text)
{
  return text != NULL ? json_node_init_string (json_node_alloc (), text) : json_node_init_null (json_node_alloc ());
}

static const char *
text_of (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
}

static gboolean
is_empty (JsonNode *node)
{
  return *text_of (node) == '\0';
}

/* --- in a record --- */

static JsonObject *
get_side (JsonObject *record,
          const char *side,
          gboolean is_own)
{
  g_autofree char *name = is_own ? g_strconcat (side, "_fields", NULL) : g_strdup (side);

  return json_object_has_member (record, name) ? json_object_get_object_member (record, name) : NULL;
}

/* Returns: (transfer full) (nullable): %NULL where the record does not tell: it was made empty, or is older than the column */
static JsonNode *
get_value (JsonObject *record,
           const char *side,
           gboolean is_own,
           const char *name)
{
  JsonObject *object = get_side (record, side, is_own);
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node != NULL)
    return json_node_copy (node);
  return object != NULL && is_own ? text_node (NULL) : NULL;
}

static void
set_value (JsonObject *record,
           const char *side,
           gboolean is_own,
           const char *name,
           JsonNode *value)
{
  JsonObject *object = get_side (record, side, is_own);

  if (is_own && JSON_NODE_HOLDS_NULL (value))
    json_object_remove_member (object, name);
  else
    json_object_set_member (object, name, json_node_copy (value));
}

/* Whether somebody chose the source's. One that an earlier version wrote says it by what came of it alone. */
static gboolean
was_taken (JsonObject *record,
           const Change *change,
           JsonNode *source,
           JsonNode *target,
           JsonNode *left)
{
  g_autofree char *key = change->is_own ? g_strconcat ("own:", change->name, NULL) : g_strdup (change->name);
  JsonArray *took = json_object_has_member (record, "took") ? json_object_get_array_member (record, "took") : NULL;

  if (took == NULL)
    return json_node_equal (left, source) && !json_node_equal (left, target);
  for (guint i = 0; i < json_array_get_length (took); i++)
    if (g_str_equal (json_array_get_string_element (took, i), key))
      return TRUE;
  return FALSE;
}

static MosConsent
consent_of (JsonNode *node)
{
  return mos_consent_from_nick (text_of (node), MOS_CONSENT_UNKNOWN);
}

/* Returns: (transfer full): what a merge makes of both */
static JsonNode *
join_values (const Change *change,
             JsonNode *source,
             JsonNode *target,
             gboolean is_taken)
{
  if (!change->is_own && g_str_equal (change->name, "notes"))
    {
      g_autofree char *notes = mos_customer_join_notes (text_of (source), text_of (target));

      return text_node (notes);
    }
  if (!change->is_own && g_str_equal (change->name, "consent"))
    {
      MosConsent consent = mos_customer_stricter (consent_of (source), consent_of (target));

      return text_node (consent != MOS_CONSENT_UNKNOWN ? mos_consent_to_nick (consent) : NULL);
    }
  if (!change->is_own && g_str_equal (change->name, "vip"))
    return json_node_copy (json_node_get_int (target) != 0 ? target : source);
  if (!change->is_own && g_str_equal (change->name, "first_seen"))
    return json_node_copy (json_node_get_int (source) < json_node_get_int (target) ? source : target);
  return json_node_copy (is_empty (target) || (is_taken && !is_empty (source)) ? source : target);
}

/* --- in the tables --- */

static gboolean
put_column (MosTxn *txn,
            const char *customer,
            const Change *change,
            GError **error)
{
  g_autoptr (JsonObject) now = mos_record_values (txn, &mos_entity_customer, customer, error);
  g_autoptr (JsonObject) values = json_object_new ();

  if (now == NULL)
    return FALSE;
  if (!json_node_equal (json_object_get_member (now, change->name), change->made))
    return TRUE;
  json_object_set_member (values, change->name, json_node_copy (change->old));
  return mos_record_write (txn, &mos_entity_customer, customer, values, TRUE, error);
}

static gboolean
put_field (MosTxn *txn,
           const char *customer,
           const Change *change,
           GError **error)
{
  g_autofree char *now = NULL;

  if (!mos_database_get_text (txn->database, &now, error, "SELECT value FROM customer_field WHERE customer = ? AND name = ?", "tt", customer, change->name))
    return FALSE;
  return g_strcmp0 (now, JSON_NODE_HOLDS_NULL (change->made) ? NULL : text_of (change->made)) != 0 ||
         mos_store_customer_set_field (txn, customer, change->name, JSON_NODE_HOLDS_NULL (change->old) ? NULL : text_of (change->old), error);
}

/* Where they are as they were made. */
static gboolean
put_all (MosTxn *txn,
         const char *customer,
         GPtrArray *changes,
         GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = g_ptr_array_index (changes, i);

      if (!(change->is_own ? put_field (txn, customer, change, error) : put_column (txn, customer, change, error)))
        return FALSE;
    }
  return TRUE;
}

/* --- the merges that followed --- */

typedef struct
{
  char *id;
  char *source;
  char *target;
  gint64 at_us;
  JsonNode *node;     /* (owned): holds @record */
  JsonObject *record; /* (borrowed) */
} Merge;

static void
merge_clear (Merge *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->target, g_free);
  g_clear_pointer (&self->node, json_node_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, merge_clear)

/* The next one that stands and has to do with @customer; none leaves @self empty. */
static gboolean
find_next (MosTxn *txn,
           const char *customer,
           gint64 at_us,
           const char *id,
           Merge *self,
           GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT id, source, target, at, record FROM customer_merge WHERE (source = ?1 OR target = ?1) AND undone_at = 0 AND (at, id) > (?2, ?3) ORDER BY at, id LIMIT 1", "tit", customer, at_us, id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r <= 0)
    return r == 0;
  self->id = mos_statement_dup_text (statement, 0);
  self->source = mos_statement_dup_text (statement, 1);
  self->target = mos_statement_dup_text (statement, 2);
  self->at_us = mos_statement_get_int (statement, 3);
  self->node = json_from_string (mos_statement_get_text (statement, 4), error);
  self->record = self->node != NULL ? json_node_get_object (self->node) : NULL;
  return self->record != NULL;
}

/* Without those of @ids. Returns: whether there were any */
static gboolean
drop_ids (JsonObject *record,
          const char *name,
          GHashTable *ids)
{
  JsonArray *array = json_object_has_member (record, name) ? json_object_get_array_member (record, name) : NULL;
  JsonArray *rest = json_array_new ();
  gboolean are_fewer;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!g_hash_table_contains (ids, json_array_get_string_element (array, i)))
      json_array_add_string_element (rest, json_array_get_string_element (array, i));
  are_fewer = array != NULL && json_array_get_length (rest) < json_array_get_length (array);
  if (are_fewer)
    json_object_set_array_member (record, name, rest);
  else
    json_array_unref (rest);
  return are_fewer;
}

/* @gone: (nullable): ids that are in it no more; @link: (nullable): an identity that is. @ret_target: (out) (nullable): whose the source became by it */
static gboolean
correct (MosTxn *txn,
         const char *merge,
         GHashTable *gone,
         const char *link,
         char **ret_target,
         GError **error)
{
  static const char *const names[] = { "links", "conversations", "messages", "orders", "surveys" };
  g_autofree char *old = NULL, *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *record;
  gboolean is_changed = FALSE;

  if (!mos_database_get_text (txn->database, &old, error, "SELECT record FROM customer_merge WHERE id = ?", "t", merge) ||
      (ret_target != NULL && !mos_database_get_text (txn->database, ret_target, error, "SELECT target FROM customer_merge WHERE id = ?", "t", merge)))
    return FALSE;
  node = json_from_string (old, error);
  if (node == NULL)
    return FALSE;
  record = json_node_get_object (node);
  for (gsize i = 0; gone != NULL && i < G_N_ELEMENTS (names); i++)
    is_changed = drop_ids (record, names[i], gone) || is_changed;
  if (link != NULL && json_object_has_member (record, "links"))
    {
      json_array_add_string_element (json_object_get_array_member (record, "links"), link);
      is_changed = TRUE;
    }
  text = json_to_string (node, FALSE);
  return !is_changed || mos_record_set (txn, &mos_entity_customer_merge, merge, NULL, error, "record", 't', text, NULL);
}

gboolean
mos_customer_correct_later (MosTxn *txn,
                            const char *customer,
                            GHashTable *gone,
                            const char *link,
                            GError **error)
{
  g_autofree char *whose = g_strdup (customer);

  while (whose != NULL)
    {
      g_autofree char *id = NULL, *next = NULL;

      if (!mos_database_get_text (txn->database, &id, error, "SELECT id FROM customer_merge WHERE source = ? AND undone_at = 0 ORDER BY at DESC, id DESC LIMIT 1", "t", whose) ||
          (id != NULL && !correct (txn, id, gone, link, &next, error)))
        return FALSE;
      g_set_str (&whose, next);
    }
  return TRUE;
}

gboolean
mos_customer_correct_all (MosTxn *txn,
                          const char *customer,
                          GHashTable *gone,
                          GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY " SELECT m.id FROM family f JOIN customer_merge m ON m.target = f.id WHERE m.undone_at = 0", "t", customer);
  g_autoptr (GPtrArray) merges = mos_query_ids (statement, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    if (!correct (txn, merges->pdata[i], gone, NULL, NULL, error))
      return FALSE;
  return merges != NULL;
}

gboolean
mos_customer_forget_link (MosTxn *txn,
                          const char *customer,
                          const char *identity,
                          GError **error)
{
  g_autoptr (GHashTable) one = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_add (one, (gpointer) identity);
  return mos_customer_correct_later (txn, customer, one, NULL, error);
}

/* The number that did not win is an identity of who they are now: another one, where others are at stake. */
static gboolean
keep_phone (MosTxn *txn,
            const Merge *self,
            const char *source,
            const char *target,
            const char *winner,
            GError **error)
{
  const char *loser = *source != '\0' && !g_str_equal (source, winner) ? source : *target != '\0' && !g_str_equal (target, winner) ? target
                                                                                                                                   : NULL;
  const char *kept = json_object_get_string_member_with_default (self->record, "kept_phone", NULL);
  g_autofree char *identity = loser != NULL ? mos_store_identity_id ("phone", "", loser) : NULL;
  g_autofree char *holder = NULL;
  gint64 had = 0;

  if (g_strcmp0 (kept, identity) == 0)
    return TRUE;
  if (!mos_customer_resolve (txn, self->target, &holder, error) ||
      (kept != NULL && (!mos_store_customer_unlink (txn, holder, kept, error) || !mos_customer_forget_link (txn, self->target, kept, error))))
    return FALSE;
  json_object_remove_member (self->record, "kept_phone");
  if (identity == NULL)
    return TRUE;
  if (!mos_database_get_int (txn->database, &had, error, "SELECT 1 FROM customer_identity WHERE customer = ? AND identity = ?", "tt", holder, identity))
    return FALSE;
  if (had != 0)
    return TRUE;
  json_object_set_string_member (self->record, "kept_phone", identity);
  return mos_store_customer_link (txn, holder, "phone", "", loser, FALSE, "agent", error) && mos_customer_correct_later (txn, self->target, NULL, identity, error);
}

/* What one that followed makes of @change: it is another change, or none. */
static gboolean
follow (MosTxn *txn,
        Merge *self,
        const Change *change,
        gboolean is_source,
        GPtrArray *changes,
        GError **error)
{
  g_autoptr (JsonNode) source = get_value (self->record, "source", change->is_own, change->name);
  g_autoptr (JsonNode) target = get_value (self->record, "target", change->is_own, change->name);
  g_autoptr (JsonNode) left = get_value (self->record, "left", change->is_own, change->name);
  g_autoptr (JsonNode) made = NULL;
  gboolean is_taken;

  if (source == NULL || target == NULL || left == NULL || !json_node_equal (is_source ? source : target, change->made))
    return TRUE;
  is_taken = was_taken (self->record, change, source, target, left);
  set_value (self->record, is_source ? "source" : "target", change->is_own, change->name, change->old);
  made = join_values (change, is_source ? change->old : source, is_source ? target : change->old, is_taken);
  set_value (self->record, "left", change->is_own, change->name, made);
  add_change (changes, change->is_own, change->name, left, made);
  return change->is_own || !g_str_equal (change->name, "phone") ||
         keep_phone (txn, self, text_of (is_source ? change->old : source), text_of (is_source ? target : change->old), text_of (made), error);
}

static gboolean
follow_all (MosTxn *txn,
            const char *customer,
            gint64 at_us,
            const char *merge,
            GPtrArray *first,
            GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_ref (first);
  g_autofree char *whose = g_strdup (customer);
  g_autofree char *id = g_strdup (merge);

  while (changes->len > 0)
    {
      g_auto (Merge) next = { 0 };
      g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (change_free);
      g_autofree char *text = NULL;
      gboolean is_source;

      if (!find_next (txn, whose, at_us, id, &next, error))
        return FALSE;
      is_source = next.id != NULL && g_str_equal (next.source, whose);
      /* The row of who became somebody else is what they get back one day. */
      if ((next.id == NULL || is_source) && !put_all (txn, whose, changes, error))
        return FALSE;
      if (next.id == NULL)
        return TRUE;
      for (guint i = 0; i < changes->len; i++)
        if (!follow (txn, &next, g_ptr_array_index (changes, i), is_source, made, error))
          return FALSE;
      text = json_to_string (next.node, FALSE);
      if (!mos_record_set (txn, &mos_entity_customer_merge, next.id, NULL, error, "record", 't', text, NULL))
        return FALSE;
      g_set_str (&whose, next.target);
      g_set_str (&id, next.id);
      at_us = next.at_us;
      g_ptr_array_unref (changes);
      changes = g_steal_pointer (&made);
    }
  return TRUE;
}

gboolean
mos_customer_restore (MosTxn *txn,
                      const char *merge,
                      gint64 at_us,
                      const char *target,
                      JsonObject *record,
                      GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (change_free);
  const char *const sides[] = { "target_fields", "left_fields" };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (JsonNode) made = get_value (record, "left", FALSE, columns[i]);
      g_autoptr (JsonNode) old = get_value (record, "target", FALSE, columns[i]);

      add_change (changes, FALSE, columns[i], made, old);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      JsonObject *fields = json_object_has_member (record, sides[i]) ? json_object_get_object_member (record, sides[i]) : NULL;
      g_autoptr (GList) names = fields != NULL ? json_object_get_members (fields) : NULL;

      for (GList *l = names; l != NULL; l = l->next)
        {
          g_autoptr (JsonNode) made = get_value (record, "left", TRUE, l->data);
          g_autoptr (JsonNode) old = get_value (record, "target", TRUE, l->data);

          /* In both: once is enough. */
          if (i == 0 || (old != NULL && JSON_NODE_HOLDS_NULL (old)))
            add_change (changes, TRUE, l->data, made, old);
        }
    }
  return follow_all (txn, target, at_us, merge, changes, error);
}
