/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-orders.h"

#include "core/base/mos-phone.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-tokenizer.h"

/* Whose orders are, and which conversations are about them. */

/* @ret_customer: (transfer full) (nullable) */
static gboolean
find_owner (MosTxn *txn,
            const char *email,
            const char *phone,
            char **ret_customer,
            MosOrderProof *ret_proof,
            GError **error)
{
  static const char by_email[] = "SELECT ci.customer, i.verified FROM identity i JOIN customer_identity ci ON ci.identity = i.id JOIN customer c ON c.id = ci.customer AND c.deleted_at = 0 AND c.merged_into IS NULL"
                                 " WHERE i.kind = 'email' AND i.scope = '' AND i.value = ? ORDER BY ci.position, ci.customer LIMIT 1";
  static const char by_phone[] = "SELECT ci.customer, 0 FROM identity i JOIN customer_identity ci ON ci.identity = i.id JOIN customer c ON c.id = ci.customer AND c.deleted_at = 0 AND c.merged_into IS NULL"
                                 " WHERE i.kind = 'phone' AND i.scope = '' AND i.value IN (?1, '+' || ?1) ORDER BY ci.position, ci.customer LIMIT 1";
  const struct
  {
    const char *sql;
    const char *value;
    MosOrderProof proof;
  } ways[] = { { by_email, email, MOS_ORDER_PROOF_EMAIL }, { by_phone, phone, MOS_ORDER_PROOF_PHONE } };

  *ret_customer = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (MosStatement) statement = NULL;
      int r;

      if (*ways[i].value == '\0')
        continue;
      statement = mos_database_query (txn->database, error, ways[i].sql, "t", ways[i].value);
      r = statement != NULL ? mos_statement_step (statement, error) : -1;
      if (r < 0)
        return FALSE;
      if (r == 0)
        continue;
      *ret_customer = mos_statement_dup_text (statement, 0);
      *ret_proof = mos_statement_get_int (statement, 1) != 0 ? MOS_ORDER_PROOF_VERIFIED : ways[i].proof;
      return TRUE;
    }
  return TRUE;
}

gboolean
mos_order_link_again (MosTxn *txn,
                      const char *id,
                      GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT email, phone, customer, proof FROM shop_order WHERE id = ?", "t", id);
  g_autofree char *email = NULL, *phone = NULL, *old = NULL, *old_proof = NULL, *customer = NULL;
  MosOrderProof proof = MOS_ORDER_PROOF_NUMBER;
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r <= 0)
    return r == 0;
  email = mos_statement_dup_text0 (statement, 0);
  phone = mos_statement_dup_text0 (statement, 1);
  old = mos_statement_dup_text (statement, 2);
  old_proof = mos_statement_dup_text (statement, 3);
  mos_statement_reset (statement);
  if (g_strcmp0 (old_proof, "hand") == 0)
    {
      if (old != NULL)
        mos_txn_touch_customer (txn, old);
      return TRUE;
    }
  if (!find_owner (txn, email, phone, &customer, &proof, error))
    return FALSE;
  if (old != NULL)
    mos_txn_touch_customer (txn, old);
  /* Whoever named it has it as long as it says nothing of who ordered it. */
  if (customer == NULL && g_strcmp0 (old_proof, "number") == 0 && *email == '\0' && *phone == '\0')
    return TRUE;
  if (customer != NULL)
    mos_txn_touch_customer (txn, customer);
  return mos_database_exec (txn->database, error, "UPDATE shop_order SET customer = ?2, proof = ?3 WHERE id = ?1 AND (customer IS NOT ?2 OR proof IS NOT ?3)", "ttt", id, customer,
                            customer != NULL ? mos_order_proof_to_nick (proof) : NULL);
}

gboolean
mos_store_order_follow (MosTxn *txn,
                        const char *identity,
                        GError **error)
{
  g_autoptr (MosStatement) found = mos_database_query (txn->database, error, "SELECT kind, value FROM identity WHERE id = ? AND scope = ''", "t", identity);
  g_autofree char *kind = NULL, *value = NULL, *digits = NULL;
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  int r = found != NULL ? mos_statement_step (found, error) : -1;

  if (r <= 0)
    return r == 0;
  kind = mos_statement_dup_text (found, 0);
  value = mos_statement_dup_text (found, 1);
  digits = mos_phone_digits (value, NULL);
  if (g_str_equal (kind, "email"))
    statement = mos_database_query (txn->database, error, "SELECT id FROM shop_order WHERE email = ? AND email <> ''", "t", value);
  else
    statement = mos_database_query (txn->database, error, "SELECT id FROM shop_order WHERE phone = ? AND phone <> ''", "t", *digits != '\0' ? digits : value);
  ids = mos_query_ids (statement, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!mos_order_link_again (txn, g_ptr_array_index (ids, i), error))
      return FALSE;
  return ids != NULL;
}

gboolean
mos_store_order_link (MosTxn *txn,
                      const char *order,
                      const char *customer,
                      MosOrderProof proof,
                      GError **error)
{
  g_autofree char *old = NULL, *old_proof = NULL;
  gint64 exists = 0;

  g_return_val_if_fail (customer != NULL || proof == MOS_ORDER_PROOF_HAND, FALSE);

  if (proof == MOS_ORDER_PROOF_HAND)
    return mos_record_set (txn, &mos_entity_shop_order, order, NULL, error, "customer", 't', customer, "proof", 't', mos_order_proof_to_nick (proof), NULL);
  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM shop_order WHERE id = ?", "t", order) ||
      !mos_database_get_text (txn->database, &old, error, "SELECT customer FROM shop_order WHERE id = ?", "t", order) ||
      !mos_database_get_text (txn->database, &old_proof, error, "SELECT proof FROM shop_order WHERE id = ?", "t", order))
    return FALSE;
  if (exists == 0)
    return mos_not_found (error, "order", order);
  /* Two people who name the same number: the first one stays until something better is known. */
  if (old_proof != NULL && mos_order_proof_from_nick (old_proof, MOS_ORDER_PROOF_HAND) >= proof)
    return TRUE;
  if (old != NULL)
    mos_txn_touch_customer (txn, old);
  mos_txn_touch_customer (txn, customer);
  return mos_database_exec (txn->database, error, "UPDATE shop_order SET customer = ?, proof = ? WHERE id = ?", "ttt", customer, mos_order_proof_to_nick (proof), order);
}

gboolean
mos_store_order_attach (MosTxn *txn,
                        const char *conversation,
                        const char *order,
                        MosOrderProof proof,
                        GError **error)
{
  g_autofree char *id = g_strconcat (conversation, "\x1f", order, NULL);
  g_autofree char *old = NULL;
  g_autoptr (JsonObject) values = NULL;

  if (!mos_database_get_text (txn->database, &old, error, "SELECT proof FROM conversation_order WHERE conversation = ? AND shop_order = ?", "tt", conversation, order))
    return FALSE;
  if (old != NULL)
    return mos_order_proof_from_nick (old, MOS_ORDER_PROOF_HAND) >= proof ||
           mos_record_set (txn, &mos_entity_conversation_order, id, NULL, error, "proof", 't', mos_order_proof_to_nick (proof), NULL);
  values = json_object_new ();
  json_object_set_string_member (values, "conversation", conversation);
  json_object_set_string_member (values, "shop_order", order);
  json_object_set_string_member (values, "proof", mos_order_proof_to_nick (proof));
  return mos_record_write (txn, &mos_entity_conversation_order, id, values, FALSE, error);
}

gboolean
mos_store_order_detach (MosTxn *txn,
                        const char *conversation,
                        const char *order,
                        GError **error)
{
  g_autofree char *id = g_strconcat (conversation, "\x1f", order, NULL);

  return mos_record_delete (txn, &mos_entity_conversation_order, id, NULL, error);
}

gboolean
mos_store_order_exists (MosTxn *txn,
                        const char *id,
                        gboolean *ret_exists,
                        GError **error)
{
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM shop_order WHERE id = ?", "t", id))
    return FALSE;
  *ret_exists = exists != 0;
  return TRUE;
}

static void
naming_free (gpointer data)
{
  MosOrderNaming *naming = data;

  g_free (naming->conversation);
  g_free (naming->customer);
  g_free (naming->subject);
  g_free (naming->text);
  g_free (naming);
}

GPtrArray *
mos_store_order_list_naming (MosTxn *txn,
                             const char *number,
                             gint64 since_us,
                             guint max,
                             GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (naming_free);
  g_autofree char *folded = mos_fold (number);
  g_autofree char *match = g_strconcat ("{subject body} : \"", folded, "\"", NULL);
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (*folded == '\0')
    return g_steal_pointer (&list);
  if (!mos_txn_flush (txn, error))
    return NULL;
  /* Row ids of the index are times of receipt. */
  statement = mos_database_query (txn->database, error,
                                  "SELECT m.conversation, m.customer, m.subject, CASE WHEN t.reply_text <> '' THEN t.reply_text ELSE t.text END FROM search s JOIN message m ON m.seq = s.rowid JOIN message_text t ON t.seq = m.seq"
                                  " JOIN conversation c ON c.id = m.conversation AND c.place NOT IN ('deleted', 'merged', 'spam', 'erased')"
                                  " WHERE s.search MATCH ? AND s.rowid >= ? AND m.direction = 'incoming' AND m.quarantined = 0 AND m.removed_at = 0 ORDER BY s.rowid DESC LIMIT ?",
                                  "tii", match, since_us, (gint64) max);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosOrderNaming *naming = g_new0 (MosOrderNaming, 1);

      naming->conversation = mos_statement_dup_text (statement, 0);
      naming->customer = mos_statement_dup_text (statement, 1);
      naming->subject = mos_statement_dup_text0 (statement, 2);
      naming->text = mos_statement_dup_text0 (statement, 3);
      g_ptr_array_add (list, naming);
    }
  return r == 0 ? g_steal_pointer (&list) : NULL;
}
