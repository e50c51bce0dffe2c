/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-customer-erase.h"
#include "core/store/mos-store-customer-private.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-opt-outs.h"
#include "core/store/mos-store-outreach.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-senders.h"

static GPtrArray *
people_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outreach_person_unref);
}

/* --- who is meant --- */

static void
add_customer (GPtrArray *people,
              const MosCustomerRow *row)
{
  MosOutreachPerson *person = mos_outreach_person_new ();
  const char *address = mos_customer_row_find_identity (row, "email");

  person->customer = g_strdup (row->id);
  person->address = g_strdup (address != NULL ? address : "");
  person->name = g_strdup (row->name != NULL ? row->name : "");
  person->language = g_strdup ("");
  g_ptr_array_add (people, person);
}

/* One that is gone meanwhile is passed over. */
static gboolean
load_customer (MosTxn *txn,
               const char *id,
               GPtrArray *people,
               GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;

  if (!mos_store_customer_find (txn, id, &row, error))
    return FALSE;
  if (row != NULL)
    add_customer (people, row);
  return TRUE;
}

static GPtrArray *
list_unseen (MosTxn *txn,
             guint days,
             GError **error)
{
  g_autoptr (MosStatement) statement = NULL;

  if (!mos_txn_flush (txn, error))
    return NULL;
  statement = mos_database_query (txn->database, error,
                                  "SELECT p.id FROM customer p WHERE p.deleted_at = 0 AND p.first_seen < ?1"
                                  " AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.customer = p.id AND c.updated_at >= ?1 AND c.place NOT IN ('deleted', 'merged', 'blank', 'spam', 'quarantine'))"
                                  " AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.customer = p.id AND o.created_at >= ?1) ORDER BY p.sort_key, p.id",
                                  "i", txn->now_us - days * G_TIME_SPAN_DAY);
  return mos_query_ids (statement, error);
}

/* --- orders --- */

/* The address of the order is where its buyer wants to hear of it; one of a telephone order is the customer's. */
#define ORDER_QUERY                                                                                                                                                                                          \
  "SELECT o.customer, CASE WHEN o.email <> '' THEN o.email ELSE ifnull ((SELECT i.value FROM customer_identity ci JOIN identity i ON i.id = ci.identity WHERE ci.customer = o.customer AND i.kind = 'email'" \
  " ORDER BY ci.position LIMIT 1), '') END, CASE WHEN o.name <> '' THEN o.name ELSE ifnull ((SELECT name FROM customer WHERE id = o.customer), '') END, o.id, o.number"                                      \
  " FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0 WHERE o.id = ?"
#define IDS_QUERY "SELECT o.id FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0 WHERE "
#define IN_ORDER " ORDER BY o.created_at, o.id"

static gboolean
load_order (MosTxn *txn,
            const char *id,
            GPtrArray *people,
            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, ORDER_QUERY, "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r > 0)
    {
      MosOutreachPerson *person = mos_outreach_person_new ();

      person->customer = mos_statement_dup_text (statement, 0);
      person->address = mos_statement_dup_text0 (statement, 1);
      person->name = mos_statement_dup_text0 (statement, 2);
      person->order = mos_statement_dup_text (statement, 3);
      person->order_number = mos_statement_dup_text (statement, 4);
      person->language = g_strdup ("");
      g_ptr_array_add (people, person);
    }
  return r >= 0;
}

static GPtrArray *
list_orders (MosTxn *txn,
             const MosAudience *audience,
             GError **error)
{
  g_autoptr (MosStatement) statement = NULL;

  if (audience->kind == MOS_AUDIENCE_LATE_ORDERS)
    statement = mos_database_query (txn->database, error, IDS_QUERY MOS_ORDER_IS_LATE " AND o.created_at < ?" IN_ORDER, "i", txn->now_us - audience->days * G_TIME_SPAN_DAY);
  else
    statement = mos_database_query (txn->database, error, IDS_QUERY "(?1 IS NULL OR o.status_kind = ?1) AND (?2 = 0 OR o.created_at >= ?2) AND (?3 = 0 OR o.created_at < ?3)" IN_ORDER,
                                    "tii", audience->has_status ? mos_order_status_to_nick (audience->status) : NULL, audience->from_us, audience->to_us);
  return mos_query_ids (statement, error);
}

static GPtrArray *
copy_ids (const MosAudience *audience)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (char **id = audience->ids; *id != NULL; id++)
    g_ptr_array_add (ids, g_strdup (*id));
  return ids;
}

GPtrArray *
mos_store_outreach_list_candidates (MosTxn *txn,
                                    const MosAudience *audience,
                                    GError **error)
{
  switch (audience->kind)
    {
    case MOS_AUDIENCE_SEGMENT:
      return mos_customer_list_segment (txn, audience->segment, error);
    case MOS_AUDIENCE_UNSEEN:
      return list_unseen (txn, audience->days, error);
    case MOS_AUDIENCE_LATE_ORDERS:
    case MOS_AUDIENCE_ORDERS:
      return list_orders (txn, audience, error);
    case MOS_AUDIENCE_CHOSEN_ORDERS:
    case MOS_AUDIENCE_CUSTOMERS:
    default:
      return copy_ids (audience);
    }
}

gboolean
mos_store_outreach_load_candidate (MosTxn *txn,
                                   const MosAudience *audience,
                                   const char *id,
                                   GPtrArray *people,
                                   GError **error)
{
  gboolean is_order = audience->kind == MOS_AUDIENCE_LATE_ORDERS || audience->kind == MOS_AUDIENCE_ORDERS || audience->kind == MOS_AUDIENCE_CHOSEN_ORDERS;

  return (is_order ? load_order : load_customer) (txn, id, people, error);
}

gboolean
mos_store_outreach_is_late (MosTxn *txn,
                            const char *order,
                            gboolean *ret_is,
                            GError **error)
{
  gint64 is = 0;

  if (!mos_database_get_int (txn->database, &is, error, "SELECT EXISTS (SELECT 1 FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0 WHERE o.id = ? AND " MOS_ORDER_IS_LATE ")", "t", order))
    return FALSE;
  *ret_is = is != 0;
  return TRUE;
}

/* --- what speaks against it --- */

gboolean
mos_store_outreach_find_standing (MosTxn *txn,
                                  const char *customer,
                                  const char *address,
                                  MosOutreachStanding *ret_standing,
                                  GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autofree char *identity = mos_store_identity_id ("email", "", address);
  MosSenderRule rule = MOS_SENDER_NONE;
  gboolean is_out = FALSE;
  gint64 erased_us = 0;

  *ret_standing = (MosOutreachStanding) { 0 };
  if (!mos_store_sender_find (txn, address, &rule, error) || !mos_store_erased_find_identity (txn, identity, &erased_us, error) || !mos_store_opt_out_find (txn, address, &is_out, error))
    return FALSE;
  statement = mos_database_query (txn->database, error,
                                  "WITH RECURSIVE " MOS_CUSTOMER_FAMILY " SELECT (SELECT consent FROM customer WHERE id = ?1),"
                                  " ifnull ((SELECT state = 'bounced' FROM recipient WHERE address = ?2 AND state IN ('accepted', 'delivered', 'bounced') ORDER BY at DESC LIMIT 1), 0),"
                                  " max (ifnull ((SELECT max (at) FROM outreach_person WHERE address = ?2 AND state = 'made'), 0), ifnull ((SELECT max (p.at) FROM family f JOIN outreach_person p ON p.customer = f.id WHERE p.state = 'made'), 0)),"
                                  /* Of a family behind one address, one who wants no more speaks for it. */
                                  " EXISTS (SELECT 1 FROM customer_identity ci JOIN customer c ON c.id = ci.customer WHERE ci.identity = ?3 AND c.deleted_at = 0 AND c.consent = 'opted_out')",
                                  "ttt", customer, address, identity);
  if (statement == NULL || mos_statement_step (statement, error) < 0)
    return FALSE;
  ret_standing->consent = is_out || mos_statement_get_int (statement, 3) != 0 ? g_strdup ("opted_out") : mos_statement_dup_text (statement, 0);
  ret_standing->has_bounced = mos_statement_get_int (statement, 1) != 0;
  ret_standing->last_us = mos_statement_get_int (statement, 2);
  ret_standing->is_blocked = rule == MOS_SENDER_BLOCK;
  ret_standing->erased_us = erased_us;
  return TRUE;
}

/* --- the list, once it has begun --- */

#define PERSON_QUERY                                                                                                                                                                                      \
  "SELECT p.position, p.customer, p.address, p.name, p.shop_order, o.number, p.language, CASE WHEN p.state = 'made' AND (m.id IS NULL OR m.removed_at <> 0 OR m.delivery = 'cancelled') THEN 'cancelled'" \
  " ELSE p.state END, p.reason, p.detail, p.message, m.conversation, m.delivery, p.at, p.answered_at, p.opted_out_at, m.why_detail"                                                                       \
  " FROM outreach_person p LEFT JOIN shop_order o ON o.id = p.shop_order LEFT JOIN message m ON m.id = p.message WHERE p.outreach = ?"

static MosOutreachPerson *
person_from (MosStatement *statement)
{
  MosOutreachPerson *person = mos_outreach_person_new ();

  person->position = (guint) mos_statement_get_int (statement, 0);
  person->customer = mos_statement_dup_text (statement, 1);
  person->address = mos_statement_dup_text0 (statement, 2);
  person->name = mos_statement_dup_text0 (statement, 3);
  person->order = mos_statement_dup_text (statement, 4);
  person->order_number = mos_statement_dup_text (statement, 5);
  person->language = mos_statement_dup_text0 (statement, 6);
  person->state = mos_outreach_person_state_from_nick (mos_statement_get_text (statement, 7), MOS_OUTREACH_PERSON_CANCELLED);
  person->reason = mos_left_out_from_nick (mos_statement_get_text (statement, 8), MOS_LEFT_OUT_UNSENDABLE);
  person->detail = mos_statement_dup_text (statement, mos_statement_is_null (statement, 9) ? 16 : 9);
  person->message = mos_statement_dup_text (statement, 10);
  person->conversation = mos_statement_dup_text (statement, 11);
  person->delivery = mos_delivery_from_nick (mos_statement_get_text (statement, 12), MOS_DELIVERY_DRAFT);
  person->at_us = mos_statement_get_int (statement, 13);
  person->answered_us = mos_statement_get_int (statement, 14);
  person->opted_out_us = mos_statement_get_int (statement, 15);
  return person;
}

gboolean
mos_store_outreach_put_people (MosTxn *txn,
                               const char *outreach,
                               GPtrArray *people,
                               GError **error)
{
  txn->changes->outreach_changed = TRUE;
  if (!mos_database_exec (txn->database, error, "DELETE FROM outreach_person WHERE outreach = ?", "t", outreach))
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      const MosOutreachPerson *person = people->pdata[i];
      gboolean is_left_out = person->state == MOS_OUTREACH_PERSON_LEFT_OUT;

      if (!mos_database_exec (txn->database, error,
                              "INSERT INTO outreach_person (outreach, position, customer, address, name, shop_order, language, state, reason, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "titttttttt",
                              outreach, (gint64) i, person->customer, person->address, person->name, person->order, person->language, mos_outreach_person_state_to_nick (person->state),
                              is_left_out ? mos_left_out_to_nick (person->reason) : NULL, person->detail))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
mos_store_outreach_list_people (MosTxn *txn,
                                const char *outreach,
                                GError **error)
{
  g_autoptr (GPtrArray) people = people_new ();
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, PERSON_QUERY " ORDER BY p.position", "t", outreach);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (people, person_from (statement));
  return r == 0 ? g_steal_pointer (&people) : NULL;
}

gboolean
mos_store_outreach_find_next (MosTxn *txn,
                              const char *outreach,
                              MosOutreachPerson **ret_person,
                              GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, PERSON_QUERY " AND p.state = 'waiting' ORDER BY p.position LIMIT 1", "t", outreach);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_person = r > 0 ? person_from (statement) : NULL;
  if (r > 0 && (*ret_person)->customer != NULL)
    {
      char *now = NULL;

      /* Whoever they became since: the list stays as it was worked out, so that a merge that is taken back is none here, too. */
      if (!mos_customer_resolve (txn, (*ret_person)->customer, &now, error))
        {
          g_clear_pointer (ret_person, mos_outreach_person_unref);
          return FALSE;
        }
      g_free ((*ret_person)->customer);
      (*ret_person)->customer = now;
    }
  return r >= 0;
}

gboolean
mos_store_outreach_has_one (MosTxn *txn,
                            const char *outreach,
                            const char *customer,
                            gboolean *ret_has,
                            GError **error)
{
  gint64 has = 0;

  if (!mos_database_get_int (txn->database, &has, error, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY " SELECT EXISTS (SELECT 1 FROM family f JOIN outreach_person p ON p.customer = f.id WHERE p.outreach = ?2 AND p.state = 'made')", "tt", customer,
                             outreach))
    return FALSE;
  *ret_has = has != 0;
  return TRUE;
}

gboolean
mos_store_outreach_set_made (MosTxn *txn,
                             const char *outreach,
                             guint position,
                             const char *message,
                             const char *language,
                             GError **error)
{
  txn->changes->outreach_changed = TRUE;
  if (!mos_database_exec (txn->database, error, "UPDATE outreach_person SET state = 'made', message = ?3, language = ?4, at = ?5 WHERE outreach = ?1 AND position = ?2 AND state = 'waiting'", "titti", outreach,
                          (gint64) position, message, language, txn->now_us))
    return FALSE;
  if (sqlite3_changes (mos_database_get_handle (txn->database)) == 1)
    return TRUE;
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Nobody waits at %u", position);
  return FALSE;
}

gboolean
mos_store_outreach_set_left_out (MosTxn *txn,
                                 const char *outreach,
                                 guint position,
                                 MosLeftOut reason,
                                 const char *detail,
                                 GError **error)
{
  txn->changes->outreach_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE outreach_person SET state = 'left-out', reason = ?3, detail = ?4 WHERE outreach = ?1 AND position = ?2 AND state = 'waiting'", "titt", outreach,
                            (gint64) position, mos_left_out_to_nick (reason), detail);
}

gboolean
mos_store_outreach_cancel_waiting (MosTxn *txn,
                                   const char *outreach,
                                   GError **error)
{
  txn->changes->outreach_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE outreach_person SET state = 'cancelled' WHERE outreach = ? AND state = 'waiting'", "t", outreach);
}

GPtrArray *
mos_store_outreach_list_queued (MosTxn *txn,
                                const char *outreach,
                                GError **error)
{
  /* Few wait: the index of those leads the way. */
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT x.message FROM outreach o JOIN outbox x INDEXED BY outbox_next ON x.account = o.account AND x.state IN ('queued', 'scheduled') CROSS JOIN outreach_person p ON p.message = x.message"
                          " WHERE o.id = ?1 AND p.outreach = ?1 ORDER BY x.next_try",
                          "t", outreach);

  return mos_query_ids (statement, error);
}

gboolean
mos_store_outreach_set_cancelled (MosTxn *txn,
                                  const char *message,
                                  GError **error)
{
  txn->changes->outreach_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE outreach_person SET state = 'cancelled' WHERE message = ?", "t", message);
}
