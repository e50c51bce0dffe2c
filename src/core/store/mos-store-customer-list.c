/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/base/mos-text.h"
#include "core/store/mos-store-customer-private.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-tokenizer.h"

#include <string.h>

/* Lists of customers, who is found by what, and who may be the same person. Each query walks an index; core/customers asks SQLite. Who came back, and who
 * ordered when, is in columns that triggers keep (migration 0006), as is the newest score that somebody gave (0008). */

/* U+10FFFF ends a prefix. */
#define PREFIX_END "\xf4\x8f\xbf\xbf"
/* A name as common as this says little, and its words cost more than they tell. */
#define MAX_LIKE 200

static GPtrArray *
rows_of (MosTxn *txn,
         GPtrArray *ids,
         GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_customer_row_unref);

  for (guint i = 0; i < ids->len; i++)
    {
      MosCustomerRow *row = NULL;

      if (!mos_store_customer_find (txn, ids->pdata[i], &row, error))
        return NULL;
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

static GPtrArray *
list_segment_ids (MosTxn *txn,
                  MosSegment segment,
                  guint days,
                  guint offset,
                  gint64 max,
                  GError **error)
{
  static const char *const queries[MOS_N_SEGMENTS] = {
    [MOS_SEGMENT_ALL] = "SELECT id FROM customer WHERE deleted_at = 0 AND ?1 = ?1 ORDER BY sort_key, id LIMIT ?2 OFFSET ?3",
    [MOS_SEGMENT_NEW] = "SELECT id FROM customer WHERE deleted_at = 0 AND first_seen >= ?1 ORDER BY first_seen DESC, id LIMIT ?2 OFFSET ?3",
    [MOS_SEGMENT_RETURNING] = "SELECT id FROM customer WHERE deleted_at = 0 AND is_returning = 1 AND first_seen < ?1 ORDER BY sort_key, id LIMIT ?2 OFFSET ?3",
    [MOS_SEGMENT_VIP] = "SELECT id FROM customer WHERE deleted_at = 0 AND vip = 1 AND ?1 = ?1 ORDER BY sort_key, id LIMIT ?2 OFFSET ?3",
    [MOS_SEGMENT_LOST] = "SELECT id FROM customer WHERE deleted_at = 0 AND last_order > 0 AND last_order < ?1 ORDER BY last_order DESC, id LIMIT ?2 OFFSET ?3",
    /* As the index of it says it: what is low is in mos_survey_kind_is_low(), too. */
    [MOS_SEGMENT_UNHAPPY] = "SELECT id FROM customer WHERE deleted_at = 0 AND last_score <= CASE last_score_kind WHEN 'csat' THEN 2 WHEN 'nps' THEN 6 END AND ?1 = ?1 ORDER BY last_score_at DESC, id LIMIT ?2 OFFSET ?3",
  };
  g_autoptr (MosStatement) statement = NULL;

  if (!mos_txn_flush (txn, error))
    return NULL;
  statement = mos_database_query (txn->database, error, queries[segment], "iii", txn->now_us - days * G_TIME_SPAN_DAY, max, (gint64) offset);
  return mos_query_ids (statement, error);
}

static GPtrArray *
list_segment (MosTxn *txn,
              MosSegment segment,
              guint days,
              guint offset,
              guint max,
              GError **error)
{
  g_autoptr (GPtrArray) ids = list_segment_ids (txn, segment, days, offset, max, error);

  return ids != NULL ? rows_of (txn, ids, error) : NULL;
}

/* How long "new" and "lost" are */
static gboolean
find_days (MosTxn *txn,
           MosSegment segment,
           guint *ret_days,
           GError **error)
{
  *ret_days = MOS_SEGMENT_NEW_DAYS;
  return segment != MOS_SEGMENT_LOST || mos_store_customer_get_lost_days (txn, ret_days, error);
}

GPtrArray *
mos_customer_list_segment (MosTxn *txn,
                           MosSegment segment,
                           GError **error)
{
  guint days;

  return find_days (txn, segment, &days, error) ? list_segment_ids (txn, segment, days, 0, -1, error) : NULL;
}

GPtrArray *
mos_store_customer_list (MosTxn *txn,
                         MosSegment segment,
                         guint offset,
                         guint max,
                         GError **error)
{
  guint days;

  g_return_val_if_fail (segment < MOS_N_SEGMENTS, NULL);

  return find_days (txn, segment, &days, error) ? list_segment (txn, segment, days, offset, max, error) : NULL;
}

GPtrArray *
mos_store_customer_list_lost (MosTxn *txn,
                              guint days,
                              guint offset,
                              guint max,
                              GError **error)
{
  return list_segment (txn, MOS_SEGMENT_LOST, days, offset, max, error);
}

gboolean
mos_store_customer_get_lost_days (MosTxn *txn,
                                  guint *ret_days,
                                  GError **error)
{
  gint64 days = 0;

  if (!mos_database_get_int (txn->database, &days, error, "SELECT value FROM meta WHERE key = 'lost_days'", ""))
    return FALSE;
  *ret_days = days >= 1 && days <= MOS_SEGMENT_MAX_LOST_DAYS ? (guint) days : MOS_SEGMENT_LOST_DAYS;
  return TRUE;
}

gboolean
mos_store_customer_set_lost_days (MosTxn *txn,
                                  guint days,
                                  GError **error)
{
  g_return_val_if_fail (days >= 1 && days <= MOS_SEGMENT_MAX_LOST_DAYS, FALSE);

  return mos_database_exec (txn->database, error, "INSERT INTO meta (key, value) VALUES ('lost_days', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", "i", (gint64) days);
}

/* --- what the lists stand on --- */

#define RETURNING                                                                        \
  "((SELECT count (*) FROM (SELECT 1 FROM conversation c WHERE c.customer = customer.id" \
  " AND c.place NOT IN ('deleted', 'merged', 'blank', 'spam', 'quarantine', 'erased') LIMIT 2)) = 2)"
#define LAST_ORDER                                                                                           \
  "coalesce ((SELECT max (o.created_at) FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0" \
  " WHERE o.customer = customer.id AND o.status_kind NOT IN ('pending', 'cancelled')), 0)"
#define LAST_SCORE(column) "(SELECT s." column " FROM survey s WHERE s.customer = customer.id AND s.score IS NOT NULL ORDER BY s.answered_at DESC, s.id DESC LIMIT 1)"

gboolean
mos_customer_check (MosTxn *txn,
                    GPtrArray *problems,
                    GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM customer WHERE is_returning <> " RETURNING " OR last_order <> " LAST_ORDER " OR last_score IS NOT " LAST_SCORE ("score") " OR last_score_kind IS NOT " LAST_SCORE ("kind") " OR last_score_at IS NOT " LAST_SCORE ("answered_at"), "");
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    mos_check_add (problems, "customer", ids->pdata[i], NULL);
  return ids != NULL;
}

gboolean
mos_customer_repair (MosTxn *txn,
                     GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE customer SET is_returning = " RETURNING ", last_order = " LAST_ORDER ", last_score = " LAST_SCORE ("score") ", last_score_kind = " LAST_SCORE ("kind") ", last_score_at = " LAST_SCORE ("answered_at"), "") && mos_customer_index_all (txn->database, error);
}

GPtrArray *
mos_store_customer_list_of_identity (MosTxn *txn,
                                     const char *identity,
                                     GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT ci.customer FROM customer_identity ci JOIN customer c ON c.id = ci.customer WHERE ci.identity = ? AND c.deleted_at = 0 ORDER BY ci.position, ci.customer", "t", identity);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_customer_list_field_names (MosTxn *txn,
                                     GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT min (f.name) FROM customer_field f JOIN customer c ON c.id = f.customer WHERE c.deleted_at = 0 GROUP BY f.name ORDER BY 1", "");

  return mos_query_ids (statement, error);
}

/* --- search --- */

static gboolean
has_word (MosTxn *txn,
          const char *customer,
          const char *word,
          gboolean is_prefix,
          gboolean *ret_has,
          GError **error)
{
  g_autofree char *end = g_strconcat (word, is_prefix ? PREFIX_END : "", NULL);
  gint64 has = 0;

  if (!mos_database_get_int (txn->database, &has, error,
                             "SELECT EXISTS (SELECT 1 FROM customer_word WHERE customer = ?1 AND word >= ?2 AND word <= ?3)"
                             " OR EXISTS (SELECT 1 FROM customer_identity ci JOIN identity_word w ON w.identity = ci.identity WHERE ci.customer = ?1 AND w.word >= ?2 AND w.word <= ?3)",
                             "ttt", customer, word, end))
    return FALSE;
  *ret_has = has != 0;
  return TRUE;
}

/* Digits beside letters are of an order or a house: the beginning of a phone number they are where nothing else is there, and mos_store_phone_word() took them for one. */
static gboolean
may_begin_word (const char *word)
{
  return word[strspn (word, "0123456789")] != '\0';
}

/* Ids of at most @max of whom each of @words is (or begins) a word. The first word through the indexes; the others are looked for one by one. */
static GPtrArray *
find_by_words (MosTxn *txn,
               char **words,
               gboolean is_phone,
               gboolean is_prefix,
               guint max,
               GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *end = g_strconcat (words[0], is_prefix && (is_phone || may_begin_word (words[0])) ? PREFIX_END : "", NULL);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT c.id FROM (SELECT ci.customer AS id, i.used AS used, i.last_used AS at FROM identity_word w JOIN identity i ON i.id = w.identity JOIN customer_identity ci ON ci.identity = i.id"
                          " WHERE w.word >= ?1 AND w.word <= ?2 UNION ALL SELECT customer, 0, 0 FROM customer_word WHERE word >= ?1 AND word <= ?2) f JOIN customer c ON c.id = f.id"
                          " WHERE c.deleted_at = 0 GROUP BY c.id ORDER BY max (f.used) DESC, max (f.at) DESC, c.id",
                          "tt", words[0], end);
  int r = statement != NULL ? 1 : -1;

  while (ids->len < max && r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      gboolean fits = TRUE;

      for (gsize i = 1; words[i] != NULL && fits; i++)
        if (!has_word (txn, mos_statement_get_text (statement, 0), words[i], is_prefix && may_begin_word (words[i]), &fits, error))
          return NULL;
      if (fits)
        g_ptr_array_add (ids, mos_statement_dup_text (statement, 0));
    }
  return r >= 0 ? g_steal_pointer (&ids) : NULL;
}

GPtrArray *
mos_store_customer_search (MosTxn *txn,
                           const char *text,
                           guint max,
                           GError **error)
{
  g_autofree char *folded = mos_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", 8);
  /* A number is one word, however it is written. */
  char *phone[] = { mos_store_phone_word (text), NULL };
  g_autofree char *digits = phone[0];
  g_autoptr (GPtrArray) ids = NULL;

  if (words[0] == NULL || *words[0] == '\0')
    return g_ptr_array_new_with_free_func ((GDestroyNotify) mos_customer_row_unref);
  if (digits != NULL)
    {
      ids = find_by_words (txn, phone, TRUE, TRUE, max, error);
      if (ids == NULL || ids->len > 0)
        return ids != NULL ? rows_of (txn, ids, error) : NULL;
      g_clear_pointer (&ids, g_ptr_array_unref);
    }
  ids = find_by_words (txn, words, FALSE, TRUE, max, error);
  return ids != NULL ? rows_of (txn, ids, error) : NULL;
}

/* --- the same person? --- */

static char *
pair_id (const char *a,
         const char *b)
{
  return strcmp (a, b) < 0 ? g_strconcat (a, "\x1f", b, NULL) : g_strconcat (b, "\x1f", a, NULL);
}

gboolean
mos_store_customer_set_distinct (MosTxn *txn,
                                 const char *one,
                                 const char *other,
                                 gboolean distinct,
                                 GError **error)
{
  g_autofree char *id = pair_id (one, other);
  g_auto (GStrv) parts = g_strsplit (id, "\x1f", 2);
  g_autoptr (JsonObject) values = NULL;
  gint64 exists = 0;

  if (!distinct)
    return mos_record_delete (txn, &mos_entity_customer_distinct, id, NULL, error);
  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM customer_distinct WHERE one = ? AND other = ?", "tt", parts[0], parts[1]))
    return FALSE;
  if (exists != 0)
    return TRUE;
  values = json_object_new ();
  json_object_set_string_member (values, "one", parts[0]);
  json_object_set_string_member (values, "other", parts[1]);
  return mos_record_write (txn, &mos_entity_customer_distinct, id, values, FALSE, error);
}

typedef struct
{
  MosTxn *txn;
  MosCustomerRow *row;
  GHashTable *found; /* id -> MosSuggestion (owned) */
  GPtrArray *order;  /* the same (borrowed), in the order they were found in */
} Suggest;

/* @ret_suggestion: (out) (nullable): %NULL when it is the customer itself, or known not to be the same */
static gboolean
note (Suggest *self,
      const char *id,
      MosSameReasons reason,
      GError **error)
{
  MosSuggestion *suggestion = g_hash_table_lookup (self->found, id);
  g_autoptr (MosCustomerRow) row = NULL;
  gint64 distinct = 0;

  if (suggestion != NULL)
    {
      suggestion->reasons |= reason;
      return TRUE;
    }
  if (g_str_equal (id, self->row->id))
    return TRUE;
  if (!mos_database_get_int (self->txn->database, &distinct, error, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY ", others (id) AS (SELECT ?2 UNION SELECT c.id FROM others o JOIN customer c ON c.merged_into = o.id)"
                                                                    " SELECT EXISTS (SELECT 1 FROM family f JOIN others o JOIN customer_distinct d ON (d.one = f.id AND d.other = o.id) OR (d.one = o.id AND d.other = f.id))",
                             "tt", id, self->row->id) ||
      !mos_store_customer_find (self->txn, id, &row, error))
    return FALSE;
  if (distinct != 0 || row == NULL)
    return TRUE;
  suggestion = mos_suggestion_new ();
  suggestion->customer = g_steal_pointer (&row);
  suggestion->reasons = reason;
  g_hash_table_insert (self->found, g_strdup (id), suggestion);
  g_ptr_array_add (self->order, suggestion);
  return TRUE;
}

static gboolean
find_same_phone (Suggest *self,
                 const char *phone,
                 GError **error)
{
  char *words[] = { mos_store_phone_word (phone), NULL };
  g_autofree char *word = words[0];
  g_autoptr (GPtrArray) ids = NULL;

  if (word == NULL)
    return TRUE;
  ids = find_by_words (self->txn, words, FALSE, FALSE, MAX_LIKE, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!note (self, ids->pdata[i], MOS_SAME_PHONE, error))
      return FALSE;
  return ids != NULL;
}

static gboolean
same_text (const char *a,
           const char *b)
{
  g_autofree char *one = a != NULL ? mos_fold (a) : NULL;
  g_autofree char *other = b != NULL ? mos_fold (b) : NULL;

  return one != NULL && *one != '\0' && g_strcmp0 (one, other) == 0;
}

/* A name alone says nothing: there are many of each. */
static gboolean
compare_named (Suggest *self,
               const char *id,
               GError **error)
{
  g_autoptr (MosCustomerRow) other = NULL;

  if (!mos_store_customer_find (self->txn, id, &other, error))
    return FALSE;
  if (other == NULL || !same_text (self->row->name, other->name))
    return TRUE;
  if (same_text (self->row->company, other->company) && !note (self, id, MOS_SAME_NAME_COMPANY, error))
    return FALSE;
  for (guint i = 0; i < self->row->fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (self->row->fields, i);
      MosSuggestion *suggestion;

      if (!same_text (field->value, mos_customer_fields_find (other->fields, field->name)))
        continue;
      if (!note (self, id, MOS_SAME_NAME_FIELD, error))
        return FALSE;
      suggestion = g_hash_table_lookup (self->found, id);
      if (suggestion != NULL && suggestion->field == NULL)
        suggestion->field = g_strdup (field->name);
    }
  return TRUE;
}

static gboolean
find_same_name (Suggest *self,
                GError **error)
{
  g_autofree char *folded = mos_fold (self->row->name);
  g_auto (GStrv) words = g_strsplit (folded, " ", 8);
  g_autoptr (GPtrArray) ids = NULL;

  if (words[0] == NULL || words[1] == NULL || (self->row->fields->len == 0 && self->row->company == NULL))
    return TRUE;
  ids = find_by_words (self->txn, words, FALSE, FALSE, MAX_LIKE, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!g_str_equal (ids->pdata[i], self->row->id) && !compare_named (self, ids->pdata[i], error))
      return FALSE;
  return ids != NULL;
}

/* That a number stands in a text proves nothing: what was sold is printed on parcels and bills. Who writes in the name that it was ordered in, or whose conversation a
 * person put it to, may be the one who ordered it. */
static gboolean
find_same_order (Suggest *self,
                 GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (self->txn->database, error,
                          "SELECT c.customer, o.number, a.proof = 'hand', o.name, w.name FROM shop_order o JOIN conversation_order a ON a.shop_order = o.id JOIN conversation c ON c.id = a.conversation"
                          " JOIN customer w ON w.id = c.customer WHERE o.customer = ?1 AND o.proof <> 'number' AND c.customer <> ?1 AND c.place NOT IN ('deleted', 'spam', 'quarantine', 'erased')"
                          " UNION SELECT o.customer, o.number, a.proof = 'hand', o.name, w.name FROM conversation c JOIN conversation_order a ON a.conversation = c.id JOIN shop_order o ON o.id = a.shop_order"
                          " JOIN customer w ON w.id = c.customer WHERE c.customer = ?1 AND o.customer <> ?1 AND o.proof <> 'number' AND c.place NOT IN ('deleted', 'spam', 'quarantine', 'erased')"
                          " LIMIT " G_STRINGIFY (MAX_LIKE),
                          "t", self->row->id);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *id = mos_statement_get_text (statement, 0);
      MosSuggestion *suggestion;

      if (mos_statement_get_int (statement, 2) == 0 && !same_text (mos_statement_get_text (statement, 3), mos_statement_get_text (statement, 4)))
        continue;
      if (!note (self, id, MOS_SAME_ORDER, error))
        return FALSE;
      suggestion = g_hash_table_lookup (self->found, id);
      if (suggestion != NULL && suggestion->order == NULL)
        suggestion->order = mos_statement_dup_text (statement, 1);
    }
  return r == 0;
}

GPtrArray *
mos_store_customer_suggest (MosTxn *txn,
                            const char *customer,
                            guint max,
                            GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mos_suggestion_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GPtrArray) suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_suggestion_unref);
  Suggest self = { txn, NULL, found, order };

  if (!mos_store_customer_find (txn, customer, &row, error))
    return NULL;
  if (row == NULL)
    return g_steal_pointer (&suggestions);
  self.row = row;
  if (!find_same_phone (&self, row->phone, error))
    return NULL;
  for (guint i = 0; i < row->identities->len; i++)
    {
      const MosIdentity *identity = g_ptr_array_index (row->identities, i);

      if (g_str_equal (identity->kind, "phone") && !find_same_phone (&self, identity->value, error))
        return NULL;
    }
  if (!find_same_order (&self, error) || !find_same_name (&self, error))
    return NULL;
  for (guint i = 0; i < order->len && i < max; i++)
    g_ptr_array_add (suggestions, mos_suggestion_ref (order->pdata[i]));
  return g_steal_pointer (&suggestions);
}
