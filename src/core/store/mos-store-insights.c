/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-insights.h"

#include "core/store/mos-store-private.h"

gboolean
mos_store_insights_list_words (MosTxn *txn,
                               gint64 from_us,
                               gint64 to_us,
                               guint max,
                               MosFirstWordsFunc func,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT f.conversation, (SELECT c.number FROM conversation c WHERE c.id = f.conversation), f.category, f.language, m.subject, t.reply_text, m.from_name,"
                          " EXISTS (SELECT 1 FROM message x JOIN macro_use u ON u.message = x.id WHERE x.conversation = f.conversation)"
                          " FROM fact_conversation f JOIN message m ON m.seq = (SELECT min (x.seq) FROM message x WHERE x.conversation = f.conversation AND x.direction = 'incoming' AND x.classification = 'normal' AND x.removed_at = 0)"
                          " JOIN message_text t ON t.seq = m.seq WHERE f.first_in >= ? AND f.first_in < ? ORDER BY f.first_in DESC LIMIT ?",
                          "iid", from_us, to_us, (int) max);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const MosFirstWords words = {
        .conversation = mos_statement_get_text (statement, 0),
        .number = mos_statement_get_int (statement, 1),
        .category = mos_statement_get_text (statement, 2),
        .language = mos_statement_get_text (statement, 3),
        .subject = mos_statement_get_text (statement, 4),
        .text = mos_statement_get_text (statement, 5),
        .name = mos_statement_get_text (statement, 6),
        .has_macro = mos_statement_get_int (statement, 7) != 0,
      };

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !func (&words, data, cancellable, error))
        return FALSE;
    }
  return r == 0;
}

#define SOLD "shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0 WHERE o.created_at >= ?1 AND o.created_at < ?2 AND o.status_kind NOT IN ('pending', 'cancelled')"
#define ASKED "fact_conversation f JOIN conversation_order l ON l.conversation = f.conversation"
#define ITEM "CASE i.sku WHEN '' THEN i.name ELSE i.sku END"

static gboolean
list_trouble (MosTxn *txn,
              const char *sql,
              gint64 from_us,
              gint64 to_us,
              MosTroubleFunc func,
              gpointer data,
              GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, sql, "ii", from_us, to_us);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 1), mos_statement_get_text (statement, 2), mos_statement_get_int (statement, 3), (guint) mos_statement_get_int (statement, 4), data);
  return r == 0;
}

gboolean
mos_store_insights_list_products (MosTxn *txn,
                                  gint64 from_us,
                                  gint64 to_us,
                                  MosTroubleFunc func,
                                  gpointer data,
                                  GError **error)
{
  return list_trouble (txn, "SELECT key, max (name), NULL, 0, count (DISTINCT id) FROM (SELECT " ITEM " AS key, i.name AS name, x.id AS id FROM (SELECT o.id FROM " SOLD ") x JOIN order_item i ON i.shop_order = x.id) WHERE key <> '' GROUP BY key", from_us, to_us, func, data, error) &&
         list_trouble (txn, "SELECT " ITEM " AS key, max (i.name), f.conversation, (SELECT c.number FROM conversation c WHERE c.id = f.conversation), 0 FROM " ASKED " JOIN order_item i ON i.shop_order = l.shop_order WHERE f.first_in >= ?1 AND f.first_in < ?2 AND key <> '' GROUP BY key, f.conversation ORDER BY f.first_in DESC", from_us, to_us, func, data, error);
}

gboolean
mos_store_insights_list_carriers (MosTxn *txn,
                                  gint64 from_us,
                                  gint64 to_us,
                                  MosTroubleFunc func,
                                  gpointer data,
                                  GError **error)
{
  return list_trouble (txn, "SELECT i.carrier, i.carrier, NULL, 0, count (DISTINCT x.id) FROM (SELECT o.id FROM " SOLD ") x JOIN order_shipment i ON i.shop_order = x.id WHERE i.carrier <> '' GROUP BY i.carrier", from_us, to_us, func, data, error) &&
         list_trouble (txn, "SELECT i.carrier, i.carrier, f.conversation, (SELECT c.number FROM conversation c WHERE c.id = f.conversation), 0 FROM " ASKED " JOIN order_shipment i ON i.shop_order = l.shop_order WHERE f.first_in >= ?1 AND f.first_in < ?2 AND i.carrier <> '' GROUP BY i.carrier, f.conversation ORDER BY f.first_in DESC", from_us, to_us, func, data, error);
}

gboolean
mos_store_insights_list_praise (MosTxn *txn,
                                gint64 from_us,
                                gint64 to_us,
                                MosPraiseFunc func,
                                gpointer data,
                                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT s.id, s.conversation, c.subject, p.name, s.score, s.comment FROM survey s JOIN conversation c ON c.id = s.conversation LEFT JOIN customer p ON p.id = s.customer"
                          " WHERE s.state = 'answered' AND s.is_test = 0 AND s.answered_at >= ? AND s.answered_at < ? AND s.score >= CASE s.kind WHEN 'csat' THEN 5 ELSE 9 END AND trim (s.comment) <> ''"
                          " AND c.status <> 'spam' AND c.deleted_at = 0 AND coalesce (p.consent, '') <> 'opted_out' ORDER BY s.answered_at DESC",
                          "ii", from_us, to_us);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 1), mos_statement_get_text (statement, 2), mos_statement_get_text (statement, 3), (int) mos_statement_get_int (statement, 4), mos_statement_get_text (statement, 5), data);
  return r == 0;
}
