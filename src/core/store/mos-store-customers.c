/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-customers.h"

#include "core/base/mos-clean.h"
#include "core/base/mos-id.h"
#include "core/base/mos-phone.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-tokenizer.h"
#include "core/values/mos-customer-values.h"

#include <string.h>

#define MOS_CUSTOMER_QUERY                                                                                                                                       \
  "SELECT id, name, language, country, phone, company, notes, vip, first_seen,"                                                                                  \
  " (SELECT count (*) FROM conversation WHERE customer = p.id AND place NOT IN ('deleted', 'merged', 'blank')),"                                                 \
  " (SELECT count (*) FROM conversation WHERE customer = p.id AND place IN ('open', 'pending', 'snoozed')), consent, last_score, last_score_kind, last_score_at" \
  " FROM customer p WHERE id = ? AND deleted_at = 0"

/* As much of a phone number is the same, with the country's number before it and without. */
#define PHONE_DIGITS 9

/* The local part of an address may tell cases apart by the letter of RFC 5321; no server of our day does. */
static char *
canonical (const char *kind,
           const char *value)
{
  g_autofree char *plain = g_strstrip (g_strdup (value));
  char *phone = g_str_equal (kind, "phone") ? mos_phone_canonical (plain) : NULL;

  if (phone != NULL)
    return phone;
  return g_str_equal (kind, "email") ? g_utf8_strdown (plain, -1) : g_steal_pointer (&plain);
}

char *
mos_store_identity_id (const char *kind,
                       const char *scope,
                       const char *value)
{
  g_autofree char *plain = canonical (kind, value);

  return mos_id_derive ("identity", kind, scope != NULL ? scope : "", plain, NULL);
}

static gboolean
add_words (MosTxn *txn,
           const char *identity,
           const char *text,
           GError **error)
{
  g_autofree char *folded = mos_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !mos_database_exec (txn->database, error, "INSERT INTO identity_word (word, identity) VALUES (?, ?) ON CONFLICT DO NOTHING", "tt", words[i], identity))
      return FALSE;
  return TRUE;
}

char *
mos_store_phone_word (const char *phone)
{
  g_autofree char *plain = phone != NULL ? mos_phone_canonical (phone) : NULL;
  const char *digits = plain != NULL && *plain == '+' ? plain + 1 : plain;

  if (digits == NULL)
    return NULL;
  return g_strdup (strlen (digits) > PHONE_DIGITS ? digits + strlen (digits) - PHONE_DIGITS : digits);
}

static gboolean
add_customer_word (MosDatabase *database,
                   const char *customer,
                   const char *word,
                   GError **error)
{
  return mos_database_exec (database, error, "INSERT INTO customer_word (word, customer) VALUES (?, ?) ON CONFLICT DO NOTHING", "tt", word, customer);
}

static gboolean
index_words (MosDatabase *database,
             const char *customer,
             const char *text,
             const char *phone,
             GError **error)
{
  g_autofree char *word = mos_store_phone_word (phone);
  g_autofree char *folded = mos_fold (text != NULL ? text : "");
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !add_customer_word (database, customer, words[i], error))
      return FALSE;
  return word == NULL || add_customer_word (database, customer, word, error);
}

gboolean
mos_customer_index (MosTxn *txn,
                    const char *customer,
                    GError **error)
{
  g_autofree char *text = NULL, *phone = NULL;

  return mos_database_exec (txn->database, error, "DELETE FROM customer_word WHERE customer = ?", "t", customer) &&
         mos_database_get_text (txn->database, &text, error, "SELECT name || ' ' || coalesce (company, '') FROM customer WHERE id = ?", "t", customer) &&
         mos_database_get_text (txn->database, &phone, error, "SELECT phone FROM customer WHERE id = ?", "t", customer) &&
         index_words (txn->database, customer, text, phone, error);
}

gboolean
mos_customer_index_all (MosDatabase *database,
                        GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (!mos_database_run_script (database, "DELETE FROM main.customer_word", error))
    return FALSE;
  statement = mos_database_query (database, error, "SELECT id, name || ' ' || coalesce (company, ''), phone FROM customer WHERE name <> '' OR company IS NOT NULL OR phone IS NOT NULL", "");
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    if (!index_words (database, mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 1), mos_statement_get_text (statement, 2), error))
      return FALSE;
  return r == 0;
}

static gboolean
ensure_identity (MosTxn *txn,
                 const char *kind,
                 const char *scope,
                 const char *value,
                 const char *name,
                 gboolean verified,
                 const char *source,
                 gint64 seen_us,
                 char **ret_id,
                 GError **error)
{
  g_autofree char *plain = canonical (kind, value);
  g_autofree char *id = mos_store_identity_id (kind, scope, value);
  g_autofree char *old_name = NULL;
  gboolean exists, was_verified;

  name = name != NULL && *name != '\0' ? name : NULL;
  {
    g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT name, verified FROM identity WHERE id = ?", "t", id);
    int r = statement != NULL ? mos_statement_step (statement, error) : -1;

    if (r < 0)
      return FALSE;
    exists = r > 0;
    old_name = exists ? mos_statement_dup_text (statement, 0) : NULL;
    was_verified = exists && mos_statement_get_int (statement, 1) != 0;
  }
  if (!mos_database_exec (txn->database, error,
                          "INSERT INTO identity (id, kind, scope, value, name, verified, source, used, last_used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8)"
                          " ON CONFLICT (id) DO UPDATE SET used = used + 1, last_used = max (last_used, ?8)",
                          "tttttdti", id, kind, scope != NULL ? scope : "", plain, name, verified ? 1 : 0, source, seen_us))
    return FALSE;
  if (!exists)
    {
      g_autofree char *phone = g_str_equal (kind, "phone") ? mos_store_phone_word (plain) : NULL;

      if (!add_words (txn, id, plain, error) || (phone != NULL && !add_words (txn, id, phone, error)) || !mos_txn_record (txn, &mos_entity_identity, id, "insert", NULL, NULL, error))
        return FALSE;
    }
  else if (((old_name == NULL && name != NULL) || (!was_verified && verified)) &&
           !mos_record_set (txn, &mos_entity_identity, id, NULL, error, "name", 't', old_name != NULL ? old_name : name, "verified", 'd', was_verified || verified ? 1 : 0, NULL))
    return FALSE;
  if (old_name == NULL && name != NULL && !add_words (txn, id, name, error))
    return FALSE;
  *ret_id = g_steal_pointer (&id);
  return TRUE;
}

gboolean
mos_customer_add_link (MosTxn *txn,
                       const char *customer,
                       const char *identity,
                       GError **error)
{
  g_autofree char *id = g_strconcat (customer, "\x1f", identity, NULL);
  g_autoptr (JsonObject) values = NULL;
  gint64 exists = 0, position = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM customer_identity WHERE customer = ? AND identity = ?", "tt", customer, identity) ||
      !mos_database_get_int (txn->database, &position, error, "SELECT max (position) + 1 FROM customer_identity WHERE customer = ?", "t", customer))
    return FALSE;
  if (exists != 0)
    return TRUE;
  values = json_object_new ();
  json_object_set_string_member (values, "customer", customer);
  json_object_set_string_member (values, "identity", identity);
  json_object_set_int_member (values, "position", position);
  return mos_record_write (txn, &mos_entity_customer_identity, id, values, FALSE, error);
}

/* Derived, so that two desks which meet the same person make the same customer; anew where that one is somebody else's by now (merged, and the
 * identity was taken away from whom it was merged into). */
static gboolean
make_customer (MosTxn *txn,
               const char *identity,
               const char *name,
               gint64 seen_us,
               char **ret_customer,
               GError **error)
{
  g_autofree char *customer = mos_id_derive ("customer", identity, NULL);
  gint64 is_gone = 0;

  if (!mos_database_get_int (txn->database, &is_gone, error, "SELECT 1 FROM customer WHERE id = ? AND deleted_at <> 0", "t", customer))
    return FALSE;
  if (is_gone != 0)
    {
      g_free (customer);
      customer = mos_id_new (txn->now_us);
    }
  if (!mos_database_exec (txn->database, error, "INSERT INTO customer (id, name, first_seen) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "tti", customer, name != NULL ? name : "", seen_us) ||
      !mos_txn_record (txn, &mos_entity_customer, customer, "insert", NULL, NULL, error) ||
      !mos_customer_add_link (txn, customer, identity, error))
    return FALSE;
  mos_txn_touch_customer (txn, customer);
  *ret_customer = g_steal_pointer (&customer);
  return TRUE;
}

gboolean
mos_store_customer_ensure (MosTxn *txn,
                           const char *kind,
                           const char *scope,
                           const char *value,
                           const char *name,
                           const char *source,
                           gint64 seen_us,
                           char **ret_customer,
                           char **ret_identity,
                           GError **error)
{
  g_autofree char *identity = NULL, *customer = NULL;
  g_autofree char *clean = mos_clean_line (name);
  gint64 first_seen = 0;
  gboolean has_name = FALSE;

  name = clean;
  if (!ensure_identity (txn, kind, scope, value, name, FALSE, source, seen_us, &identity, error))
    return FALSE;
  {
    g_autoptr (MosStatement) statement = mos_database_query (txn->database, error,
                                                             "SELECT ci.customer, c.first_seen, c.name <> '' FROM customer_identity ci JOIN customer c ON c.id = ci.customer"
                                                             " WHERE ci.identity = ? ORDER BY ci.position, ci.customer LIMIT 1",
                                                             "t", identity);
    int r = statement != NULL ? mos_statement_step (statement, error) : -1;

    if (r < 0)
      return FALSE;
    if (r > 0)
      {
        customer = mos_statement_dup_text (statement, 0);
        first_seen = mos_statement_get_int (statement, 1);
        has_name = mos_statement_get_int (statement, 2) != 0;
      }
  }
  if (customer == NULL)
    {
      if (!make_customer (txn, identity, name, seen_us, &customer, error))
        return FALSE;
    }
  else
    {
      if (seen_us < first_seen && !mos_record_set (txn, &mos_entity_customer, customer, NULL, error, "first_seen", 'i', seen_us, NULL))
        return FALSE;
      if (name != NULL && *name != '\0' && !has_name && !mos_record_set (txn, &mos_entity_customer, customer, NULL, error, "name", 't', name, NULL))
        return FALSE;
    }
  if (ret_customer != NULL)
    *ret_customer = g_steal_pointer (&customer);
  if (ret_identity != NULL)
    *ret_identity = g_steal_pointer (&identity);
  return TRUE;
}

gboolean
mos_customer_resolve (MosTxn *txn,
                      const char *id,
                      char **ret_id,
                      GError **error)
{
  /* Chains end: nobody is merged into somebody who was merged into him. */
  return mos_database_get_text (txn->database, ret_id, error,
                                "WITH RECURSIVE chain (id, next, n) AS (SELECT id, merged_into, 0 FROM customer WHERE id = ?"
                                " UNION ALL SELECT c.id, c.merged_into, n + 1 FROM chain JOIN customer c ON c.id = chain.next WHERE n < 100)"
                                " SELECT id FROM chain ORDER BY n DESC LIMIT 1",
                                "t", id);
}

static gboolean
load_identities (MosTxn *txn,
                 MosCustomerRow *row,
                 GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT i.id, i.kind, i.scope, i.value, i.verified FROM customer_identity ci JOIN identity i ON i.id = ci.identity WHERE ci.customer = ? ORDER BY ci.position, i.id", "t", row->id);
  int r = statement != NULL ? 1 : -1;

  row->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_identity_unref);
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosIdentity *identity = mos_identity_new ();

      identity->id = mos_statement_dup_text (statement, 0);
      identity->kind = mos_statement_dup_text (statement, 1);
      identity->scope = mos_statement_dup_text0 (statement, 2);
      identity->value = mos_statement_dup_text (statement, 3);
      identity->verified = mos_statement_get_int (statement, 4) != 0;
      g_ptr_array_add (row->identities, identity);
    }
  return r >= 0;
}

static gboolean
load_fields (MosTxn *txn,
             MosCustomerRow *row,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT name, value FROM customer_field WHERE customer = ? ORDER BY name", "t", row->id);
  int r = statement != NULL ? 1 : -1;

  row->fields = mos_customer_fields_new ();
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    mos_customer_fields_add (row->fields, mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 1));
  return r >= 0;
}

gboolean
mos_store_customer_find (MosTxn *txn,
                         const char *id,
                         MosCustomerRow **ret_row,
                         GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (MosCustomerRow) row = NULL;
  g_autofree char *now = NULL;
  int r;

  *ret_row = NULL;
  if (!mos_txn_flush (txn, error) || !mos_customer_resolve (txn, id, &now, error))
    return FALSE;
  statement = mos_database_query (txn->database, error, MOS_CUSTOMER_QUERY, "t", now);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r <= 0)
    return r == 0;
  row = mos_customer_row_new ();
  row->id = mos_statement_dup_text (statement, 0);
  row->name = mos_statement_dup_text0 (statement, 1);
  row->language = mos_statement_dup_text (statement, 2);
  row->country = mos_statement_dup_text (statement, 3);
  row->phone = mos_statement_dup_text (statement, 4);
  row->company = mos_statement_dup_text (statement, 5);
  row->notes = mos_statement_dup_text0 (statement, 6);
  row->vip = mos_statement_get_int (statement, 7) != 0;
  row->first_seen_us = mos_statement_get_int (statement, 8);
  row->conversation_count = (guint) mos_statement_get_int (statement, 9);
  row->open_count = (guint) mos_statement_get_int (statement, 10);
  row->consent = mos_consent_from_nick (mos_statement_get_text (statement, 11), MOS_CONSENT_UNKNOWN);
  row->last_score = (int) mos_statement_get_int (statement, 12);
  row->last_score_kind = mos_survey_kind_from_nick (mos_statement_get_text (statement, 13), MOS_SURVEY_CSAT);
  row->last_score_us = mos_statement_get_int (statement, 14);
  if (!load_identities (txn, row, error) || !load_fields (txn, row, error))
    return FALSE;
  *ret_row = g_steal_pointer (&row);
  return TRUE;
}

gboolean
mos_store_customer_set_field (MosTxn *txn,
                              const char *customer,
                              const char *name,
                              const char *value,
                              GError **error)
{
  g_autofree char *id = g_strconcat (customer, "\x1f", name, NULL);
  g_autoptr (JsonObject) values = NULL;
  gint64 exists = 0;

  if (value == NULL || *value == '\0')
    return mos_record_delete (txn, &mos_entity_customer_field, id, NULL, error);
  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM customer_field WHERE customer = ? AND name = ?", "tt", customer, name))
    return FALSE;
  if (exists != 0)
    return mos_record_set (txn, &mos_entity_customer_field, id, NULL, error, "value", 't', value, NULL);
  values = json_object_new ();
  json_object_set_string_member (values, "customer", customer);
  json_object_set_string_member (values, "name", name);
  json_object_set_string_member (values, "value", value);
  return mos_record_write (txn, &mos_entity_customer_field, id, values, FALSE, error);
}

static gboolean
save_fields (MosTxn *txn,
             MosCustomerRow *row,
             GError **error)
{
  g_autoptr (MosCustomerRow) old = mos_customer_row_new ();

  old->id = g_strdup (row->id);
  if (!load_fields (txn, old, error))
    return FALSE;
  for (guint i = 0; i < old->fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (old->fields, i);

      if (mos_customer_fields_find (row->fields, field->name) == NULL && !mos_store_customer_set_field (txn, row->id, field->name, NULL, error))
        return FALSE;
    }
  for (guint i = 0; i < row->fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (row->fields, i);

      if (!mos_store_customer_set_field (txn, row->id, field->name, field->value, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_store_customer_find_by_identity (MosTxn *txn,
                                     const char *kind,
                                     const char *value,
                                     char **ret_customer,
                                     GError **error)
{
  g_autofree char *identity = mos_store_identity_id (kind, NULL, value);

  return mos_database_get_text (txn->database, ret_customer, error,
                                "SELECT ci.customer FROM customer_identity ci JOIN customer c ON c.id = ci.customer WHERE ci.identity = ? AND c.deleted_at = 0 ORDER BY ci.position, ci.customer LIMIT 1", "t", identity);
}

gboolean
mos_store_customer_save (MosTxn *txn,
                         MosCustomerRow *row,
                         GError **error)
{
  return mos_record_set (txn, &mos_entity_customer, row->id, NULL, error, "name", 't', row->name != NULL ? row->name : "", "language", 't', row->language, "country", 't', row->country,
                         "phone", 't', row->phone, "company", 't', row->company, "notes", 't', row->notes != NULL ? row->notes : "", "vip", 'd', row->vip ? 1 : 0,
                         "consent", 't', row->consent != MOS_CONSENT_UNKNOWN ? mos_consent_to_nick (row->consent) : NULL, NULL) &&
         (row->fields == NULL || save_fields (txn, row, error));
}

gboolean
mos_store_customer_set_language (MosTxn *txn,
                                 const char *id,
                                 const char *instead_of,
                                 const char *language,
                                 GError **error)
{
  gint64 is_free = 0;

  return mos_database_get_int (txn->database, &is_free, error, "SELECT language IS NULL OR language = ?2 FROM customer WHERE id = ?1", "tt", id, instead_of) &&
         (is_free == 0 || mos_record_set (txn, &mos_entity_customer, id, NULL, error, "language", 't', language, NULL));
}

gboolean
mos_store_customer_link (MosTxn *txn,
                         const char *customer,
                         const char *kind,
                         const char *scope,
                         const char *value,
                         gboolean verified,
                         const char *source,
                         GError **error)
{
  g_autofree char *identity = NULL;

  return ensure_identity (txn, kind, scope, value, NULL, verified, source, txn->now_us, &identity, error) &&
         mos_customer_add_link (txn, customer, identity, error);
}

gboolean
mos_store_customer_find_verified (MosTxn *txn,
                                  const char *kind,
                                  const char *value,
                                  char **ret_customer,
                                  GError **error)
{
  g_autofree char *identity = mos_store_identity_id (kind, "", value);

  return mos_database_get_text (txn->database, ret_customer, error,
                                "SELECT min (ci.customer) FROM identity i JOIN customer_identity ci ON ci.identity = i.id JOIN customer c ON c.id = ci.customer AND c.deleted_at = 0 AND c.merged_into IS NULL"
                                " WHERE i.id = ? AND i.verified = 1 HAVING count (*) = 1",
                                "t", identity);
}

gboolean
mos_store_customer_unlink (MosTxn *txn,
                           const char *customer,
                           const char *identity,
                           GError **error)
{
  g_autofree char *id = g_strconcat (customer, "\x1f", identity, NULL);

  return mos_record_delete (txn, &mos_entity_customer_identity, id, NULL, error);
}

GPtrArray *
mos_store_address_complete (MosTxn *txn,
                            const char *text,
                            guint max,
                            GError **error)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  g_autofree char *folded = mos_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", 8);
  g_autofree char *end = NULL;
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (words[0] == NULL)
    return g_steal_pointer (&addresses);
  /* An address that was taken from its customer (a typing error, say) is not offered again; an undo brings it back.
   * By the first word through the index; the others ("ana gar", "ana@sho") are looked for one by one. U+10FFFF ends a prefix. */
  end = g_strconcat (words[0], "\xf4\x8f\xbf\xbf", NULL);
  statement = mos_database_query (txn->database, error,
                                  "SELECT DISTINCT i.id, i.name, i.value FROM identity_word w JOIN identity i ON i.id = w.identity WHERE w.word >= ? AND w.word < ? AND i.kind = 'email'"
                                  " AND EXISTS (SELECT 1 FROM customer_identity ci JOIN customer c ON c.id = ci.customer WHERE ci.identity = i.id AND c.deleted_at = 0) ORDER BY i.used DESC, i.last_used DESC, i.value",
                                  "tt", words[0], end);
  r = statement != NULL ? 1 : -1;
  while (addresses->len < max && r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      gboolean fits = TRUE;

      for (gsize i = 1; words[i] != NULL && fits; i++)
        {
          g_autofree char *stop = g_strconcat (words[i], "\xf4\x8f\xbf\xbf", NULL);
          gint64 has = 0;

          if (!mos_database_get_int (txn->database, &has, error, "SELECT 1 FROM identity_word WHERE identity = ? AND word >= ? AND word < ?", "ttt", mos_statement_get_text (statement, 0), words[i], stop))
            return NULL;
          fits = has != 0;
        }
      if (fits)
        g_ptr_array_add (addresses, mos_address_make (mos_statement_get_text (statement, 1), mos_statement_get_text (statement, 2)));
    }
  return r >= 0 ? g_steal_pointer (&addresses) : NULL;
}
