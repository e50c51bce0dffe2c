/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-customer-merge.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-customer-private.h"
#include "core/store/mos-store-customers.h"

#include <string.h>

/* --- what hangs on a customer --- */

GPtrArray *
mos_customer_list_conversations (MosTxn *txn,
                                 const char *customer,
                                 GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM conversation WHERE customer = ? ORDER BY id", "t", customer);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_customer_list_messages (MosTxn *txn,
                            const char *customer,
                            GError **error)
{
  /* In conversations of the customer, and in those of others in which they take part. */
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT m.id FROM (SELECT id FROM conversation WHERE customer = ?1"
                          " UNION SELECT p.conversation FROM customer_identity ci JOIN participant p ON p.identity = ci.identity WHERE ci.customer = ?1) c"
                          " CROSS JOIN message m ON m.conversation = c.id WHERE m.customer = ?1 ORDER BY m.id",
                          "t", customer);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_customer_list_orders (MosTxn *txn,
                          const char *customer,
                          GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM shop_order WHERE customer = ? ORDER BY id", "t", customer);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_customer_list_links (MosTxn *txn,
                         const char *customer,
                         GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT identity FROM customer_identity WHERE customer = ? ORDER BY position, identity", "t", customer);

  return mos_query_ids (statement, error);
}

gboolean
mos_customer_give (MosTxn *txn,
                   const MosEntity *entity,
                   GPtrArray *ids,
                   const char *from,
                   const char *to,
                   GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (JsonObject) row = mos_record_values (txn, entity, ids->pdata[i], error);

      if (row == NULL && error != NULL && *error != NULL)
        return FALSE;
      if (row == NULL || json_object_get_null_member (row, "customer") || !g_str_equal (json_object_get_string_member (row, "customer"), from))
        continue;
      if (!mos_record_set (txn, entity, ids->pdata[i], NULL, error, "customer", 't', to, NULL))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_customer_give_identity (MosTxn *txn,
                            const char *identity,
                            const char *from,
                            const char *to,
                            GError **error)
{
  g_autofree char *id = g_strconcat (from, "\x1f", identity, NULL);
  gboolean was_there;

  return mos_record_delete (txn, &mos_entity_customer_identity, id, &was_there, error) &&
         (!was_there || mos_customer_add_link (txn, to, identity, error));
}

/* --- the preview --- */

static const char *const columns[] = { "name", "language", "country", "phone", "company" };

static const char *
column_of (const MosCustomerRow *row,
           gsize i)
{
  const char *values[] = { row->name, row->language, row->country, row->phone, row->company };

  return values[i] != NULL && *values[i] != '\0' ? values[i] : NULL;
}

static void
add_field (MosMergePreview *preview,
           const char *name,
           gboolean is_own,
           const char *source,
           const char *target,
           const char *const *take)
{
  g_autofree char *key = is_own ? g_strconcat ("own:", name, NULL) : g_strdup (name);
  MosMergeField *field;

  if (source == NULL && target == NULL)
    return;
  field = g_new0 (MosMergeField, 1);
  field->name = g_strdup (name);
  field->is_own = is_own;
  field->source = g_strdup (source);
  field->target = g_strdup (target);
  field->can_choose = source != NULL && target != NULL && !g_str_equal (source, target);
  field->from_source = target == NULL || (field->can_choose && take != NULL && g_strv_contains (take, key));
  field->result = g_strdup (field->from_source ? source : target);
  g_ptr_array_add (preview->fields, field);
}

/* One of those that nobody chooses. */
static void
add_result (MosMergePreview *preview,
            const char *name,
            const char *source,
            const char *target,
            const char *result)
{
  MosMergeField *field;

  add_field (preview, name, FALSE, source, target, NULL);
  if (source == NULL && target == NULL)
    return;
  field = g_ptr_array_index (preview->fields, preview->fields->len - 1);
  field->can_choose = FALSE;
  field->from_source = g_strcmp0 (result, target) != 0;
  g_set_str (&field->result, result);
}

MosConsent
mos_customer_stricter (MosConsent a,
                       MosConsent b)
{
  if (a == MOS_CONSENT_OPTED_OUT || b == MOS_CONSENT_OPTED_OUT)
    return MOS_CONSENT_OPTED_OUT;
  /* Given for one of two, it was not given for both. */
  return a == MOS_CONSENT_GIVEN && b == MOS_CONSENT_GIVEN ? MOS_CONSENT_GIVEN : MOS_CONSENT_UNKNOWN;
}

char *
mos_customer_join_notes (const char *source,
                         const char *target)
{
  if (*source != '\0' && *target != '\0' && !g_str_equal (source, target))
    return g_strconcat (target, "\n\n", source, NULL);
  return g_strdup (*target != '\0' ? target : source);
}

static void
add_kept (MosMergePreview *preview)
{
  const MosCustomerRow *source = preview->source, *target = preview->target;
  MosConsent consent = mos_customer_stricter (source->consent, target->consent);
  gboolean has_notes = *source->notes != '\0', had_notes = *target->notes != '\0';
  g_autofree char *notes = mos_customer_join_notes (source->notes, target->notes);
  g_autofree char *seen = g_strdup_printf ("%" G_GINT64_FORMAT, source->first_seen_us);
  g_autofree char *was_seen = g_strdup_printf ("%" G_GINT64_FORMAT, target->first_seen_us);

  add_result (preview, "notes", has_notes ? source->notes : NULL, had_notes ? target->notes : NULL, notes);
  add_result (preview, "vip", source->vip ? "yes" : NULL, target->vip ? "yes" : NULL, "yes");
  if (source->consent != MOS_CONSENT_UNKNOWN || target->consent != MOS_CONSENT_UNKNOWN)
    add_result (preview, "consent", mos_consent_to_nick (source->consent), mos_consent_to_nick (target->consent), mos_consent_to_nick (consent));
  add_result (preview, "first_seen", seen, was_seen, source->first_seen_us < target->first_seen_us ? seen : was_seen);
}

static void
add_own (MosMergePreview *preview,
         const char *const *take)
{
  GPtrArray *source = preview->source->fields, *target = preview->target->fields;

  for (guint i = 0; i < target->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (target, i);

      add_field (preview, field->name, TRUE, mos_customer_fields_find (source, field->name), field->value, take);
    }
  for (guint i = 0; i < source->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (source, i);

      if (mos_customer_fields_find (target, field->name) == NULL)
        add_field (preview, field->name, TRUE, field->value, NULL, take);
    }
}

/* A name that is mistyped would leave what was to be kept behind. */
static gboolean
check_take (const MosMergePreview *preview,
            const char *const *take,
            GError **error)
{
  for (gsize i = 0; take != NULL && take[i] != NULL; i++)
    {
      gboolean is_own = g_str_has_prefix (take[i], "own:"), is_known = FALSE;

      for (gsize k = 0; k < G_N_ELEMENTS (columns); k++)
        is_known = is_known || g_str_equal (columns[k], take[i]);
      for (guint k = 0; k < preview->fields->len && !is_known; k++)
        {
          const MosMergeField *field = g_ptr_array_index (preview->fields, k);

          is_known = field->is_own == is_own && g_str_equal (field->name, take[i] + (is_own ? 4 : 0));
        }
      if (!is_known)
        {
          g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Neither of the two has a field “%s”", take[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
find_one (MosTxn *txn,
          const char *id,
          MosCustomerRow **ret_row,
          GError **error)
{
  return mos_store_customer_find (txn, id, ret_row, error) && (*ret_row != NULL || mos_not_found (error, "customer", id));
}

gboolean
mos_store_customer_preview_merge (MosTxn *txn,
                                  const char *source,
                                  const char *target,
                                  const char *const *take,
                                  MosMergePreview **ret_preview,
                                  GError **error)
{
  g_autoptr (MosMergePreview) preview = mos_merge_preview_make ();
  gint64 count = 0, blocked = 0;

  if (!find_one (txn, source, &preview->source, error) || !find_one (txn, target, &preview->target, error))
    return FALSE;
  if (g_str_equal (preview->source->id, preview->target->id))
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Both are customer %s", preview->target->id);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    add_field (preview, columns[i], FALSE, column_of (preview->source, i), column_of (preview->target, i), take);
  add_kept (preview);
  add_own (preview, take);
  if (!check_take (preview, take, error))
    return FALSE;
  if (!mos_database_get_int (txn->database, &count, error, "SELECT count (*) FROM conversation WHERE customer = ? AND place NOT IN ('deleted', 'merged', 'blank')", "t", preview->source->id) ||
      !mos_database_get_int (txn->database, &blocked, error,
                             "SELECT count (*) FROM customer_identity ci JOIN identity i ON i.id = ci.identity JOIN sender_rule r ON r.address = i.value"
                             " WHERE ci.customer IN (?, ?) AND i.kind = 'email' AND r.rule = 'block'",
                             "tt", preview->source->id, preview->target->id))
    return FALSE;
  preview->n_conversations = (guint) count;
  preview->is_blocked = blocked != 0;
  *ret_preview = g_steal_pointer (&preview);
  return TRUE;
}

/* --- the merge --- */

static void
set_ids (JsonObject *record,
         const char *name,
         GPtrArray *ids)
{
  JsonArray *array = json_array_sized_new (ids->len);

  for (guint i = 0; i < ids->len; i++)
    json_array_add_string_element (array, ids->pdata[i]);
  json_object_set_array_member (record, name, array);
}

static void
set_fields (JsonObject *record,
            const char *name,
            GPtrArray *fields)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (fields, i);

      json_object_set_string_member (object, field->name, field->value);
    }
  json_object_set_object_member (record, name, object);
}

/* Of which somebody chose the source's. */
static void
set_taken (JsonObject *record,
           const MosMergePreview *preview)
{
  JsonArray *took = json_array_new ();

  for (guint i = 0; i < preview->fields->len; i++)
    {
      const MosMergeField *field = g_ptr_array_index (preview->fields, i);
      g_autofree char *key = field->is_own ? g_strconcat ("own:", field->name, NULL) : g_strdup (field->name);

      if (field->can_choose && field->from_source)
        json_array_add_string_element (took, key);
    }
  json_object_set_array_member (record, "took", took);
}

/* The record holds all that both are before, then what is the source's goes over. */
static gboolean
hand_over (MosTxn *txn,
           MosMergePreview *preview,
           JsonObject *record,
           GError **error)
{
  const char *source = preview->source->id, *target = preview->target->id;
  JsonObject *source_row = mos_record_values (txn, &mos_entity_customer, source, error);
  JsonObject *target_row = source_row != NULL ? mos_record_values (txn, &mos_entity_customer, target, error) : NULL;
  g_autoptr (GPtrArray) links = mos_customer_list_links (txn, source, error);
  g_autoptr (GPtrArray) target_links = links != NULL ? mos_customer_list_links (txn, target, error) : NULL;
  g_autoptr (GPtrArray) conversations = target_links != NULL ? mos_customer_list_conversations (txn, source, error) : NULL;
  g_autoptr (GPtrArray) messages = conversations != NULL ? mos_customer_list_messages (txn, source, error) : NULL;
  g_autoptr (GPtrArray) orders = messages != NULL ? mos_customer_list_orders (txn, source, error) : NULL;
  g_autoptr (GPtrArray) surveys = orders != NULL ? mos_customer_list_surveys (txn, source, error) : NULL;

  if (source_row != NULL)
    json_object_set_object_member (record, "source", source_row);
  if (target_row != NULL)
    json_object_set_object_member (record, "target", target_row);
  if (target_row == NULL || surveys == NULL)
    return FALSE;
  set_fields (record, "source_fields", preview->source->fields);
  set_fields (record, "target_fields", preview->target->fields);
  set_taken (record, preview);
  set_ids (record, "links", links);
  set_ids (record, "target_links", target_links);
  set_ids (record, "conversations", conversations);
  set_ids (record, "messages", messages);
  set_ids (record, "orders", orders);
  set_ids (record, "surveys", surveys);
  for (guint i = 0; i < links->len; i++)
    if (!mos_customer_give_identity (txn, links->pdata[i], source, target, error))
      return FALSE;
  return mos_customer_give (txn, &mos_entity_conversation, conversations, source, target, error) &&
         mos_customer_give (txn, &mos_entity_message, messages, source, target, error) &&
         mos_customer_give (txn, &mos_entity_shop_order, orders, source, target, error) &&
         mos_customer_give (txn, &mos_entity_survey, surveys, source, target, error);
}

static const char *
result_of (MosMergePreview *preview,
           const char *name)
{
  for (guint i = 0; i < preview->fields->len; i++)
    {
      const MosMergeField *field = g_ptr_array_index (preview->fields, i);

      if (!field->is_own && g_str_equal (field->name, name))
        return field->result;
    }
  return NULL;
}

/* The one of two phone numbers that did not win is a way to reach them all the same. */
static gboolean
keep_phone (MosTxn *txn,
            MosMergePreview *preview,
            JsonObject *record,
            GError **error)
{
  const char *phones[] = { preview->source->phone, preview->target->phone };
  const char *winner = result_of (preview, "phone");

  for (gsize i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *identity = NULL;
      gint64 had = 0;

      if (phones[i] == NULL || *phones[i] == '\0' || g_str_equal (phones[i], winner))
        continue;
      identity = mos_store_identity_id ("phone", "", phones[i]);
      if (!mos_database_get_int (txn->database, &had, error, "SELECT 1 FROM customer_identity WHERE customer = ? AND identity = ?", "tt", preview->target->id, identity))
        return FALSE;
      if (had != 0)
        continue;
      if (!mos_store_customer_link (txn, preview->target->id, "phone", "", phones[i], FALSE, "agent", error))
        return FALSE;
      json_object_set_string_member (record, "kept_phone", identity);
    }
  return TRUE;
}

static gboolean
set_result (MosTxn *txn,
            MosMergePreview *preview,
            GError **error)
{
  g_autoptr (MosCustomerRow) row = mos_customer_row_copy (preview->target);
  char **texts[] = { &row->name, &row->language, &row->country, &row->phone, &row->company };
  const char *seen = result_of (preview, "first_seen");

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_set_str (texts[i], result_of (preview, columns[i]));
  g_set_str (&row->notes, result_of (preview, "notes"));
  row->vip = result_of (preview, "vip") != NULL;
  row->consent = mos_consent_from_nick (result_of (preview, "consent"), MOS_CONSENT_UNKNOWN);
  g_ptr_array_set_size (row->fields, 0);
  for (guint i = 0; i < preview->fields->len; i++)
    {
      const MosMergeField *field = g_ptr_array_index (preview->fields, i);

      if (field->is_own)
        mos_customer_fields_add (row->fields, field->name, field->result);
    }
  return mos_store_customer_save (txn, row, error) &&
         mos_record_set (txn, &mos_entity_customer, row->id, NULL, error, "first_seen", 'i', g_ascii_strtoll (seen, NULL, 10), NULL);
}

/* What the target is after it: an undo puts back only what still is so. */
static gboolean
note_left (MosTxn *txn,
           const char *target,
           JsonObject *record,
           GError **error)
{
  JsonObject *row = mos_record_values (txn, &mos_entity_customer, target, error);
  g_autoptr (MosCustomerRow) now = NULL;

  if (row == NULL)
    return FALSE;
  json_object_set_object_member (record, "left", row);
  if (!mos_store_customer_find (txn, target, &now, error))
    return FALSE;
  set_fields (record, "left_fields", now->fields);
  return TRUE;
}

gboolean
mos_store_customer_merge (MosTxn *txn,
                          const char *source,
                          const char *target,
                          const char *const *take,
                          GError **error)
{
  g_autoptr (MosMergePreview) preview = NULL;
  g_autoptr (JsonObject) record = json_object_new ();
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *id = mos_id_new (txn->now_us);
  g_autofree char *text = NULL;

  if (!mos_store_customer_preview_merge (txn, source, target, take, &preview, error) ||
      !hand_over (txn, preview, record, error) ||
      !keep_phone (txn, preview, record, error) ||
      !set_result (txn, preview, error) ||
      !note_left (txn, preview->target->id, record, error) ||
      !mos_record_set (txn, &mos_entity_customer, preview->source->id, NULL, error, "merged_into", 't', preview->target->id, "deleted_at", 'i', txn->now_us, NULL))
    return FALSE;

  node = json_node_init_object (json_node_alloc (), record);
  text = json_to_string (node, FALSE);
  json_object_set_string_member (values, "id", id);
  json_object_set_string_member (values, "source", preview->source->id);
  json_object_set_string_member (values, "target", preview->target->id);
  json_object_set_int_member (values, "at", txn->now_us);
  if (txn->actor.id != NULL)
    json_object_set_string_member (values, "agent", txn->actor.id);
  json_object_set_string_member (values, "record", text);
  return mos_record_write (txn, &mos_entity_customer_merge, id, values, FALSE, error);
}
