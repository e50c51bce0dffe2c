/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-measure-rows.h"

#include "core/store/mos-store-private.h"

gboolean
mos_store_measures_list_scores (MosTxn *txn,
                                MosScoreRowFunc func,
                                gpointer data,
                                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT s.id, c.number, s.kind, s.source = 'survey' AND s.state IN ('asked', 'answered', 'expired') AND s.asked_at <> 0, s.asked_at, CASE s.state WHEN 'answered' THEN s.answered_at ELSE 0 END, coalesce (s.score, -1),"
                          " s.account, c.channel, CASE WHEN s.is_attributed THEN coalesce (s.category, '') ELSE coalesce (c.category, '') END, coalesce (s.language, c.language, ''),"
                          " CASE WHEN s.is_attributed THEN coalesce (s.agent, '') ELSE coalesce (c.assignee, '') END, coalesce (s.customer, ''), s.is_attributed,"
                          " CASE WHEN s.is_attributed AND s.tags <> '[]' THEN s.tags END, coalesce (s.macro, '')"
                          " FROM survey s JOIN conversation c ON c.id = s.conversation WHERE s.state IN ('asked', 'answered', 'expired') AND s.is_test = 0 AND c.status <> 'spam' AND c.deleted_at = 0",
                          "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      g_auto (GStrv) tags = mos_statement_is_null (statement, 14) ? NULL : mos_json_to_strv (mos_statement_get_text (statement, 14));
      const MosScoreRow row = {
        .id = mos_statement_get_text (statement, 0),
        .number = mos_statement_get_int (statement, 1),
        .kind = mos_survey_kind_from_nick (mos_statement_get_text (statement, 2), MOS_SURVEY_CSAT),
        .is_question = mos_statement_get_int (statement, 3) != 0,
        .asked_us = mos_statement_get_int (statement, 4),
        .answered_us = mos_statement_get_int (statement, 5),
        .score = (int) mos_statement_get_int (statement, 6),
        .account = mos_statement_get_text (statement, 7),
        .channel = mos_statement_get_text (statement, 8),
        .category = mos_statement_get_text (statement, 9),
        .language = mos_statement_get_text (statement, 10),
        .agent = mos_statement_get_text (statement, 11),
        .customer = mos_statement_get_text (statement, 12),
        .is_attributed = mos_statement_get_int (statement, 13) != 0,
        .tags = (const char *const *) tags,
        .macro = mos_statement_get_text (statement, 15),
      };

      func (&row, data);
    }
  return r == 0;
}

gboolean
mos_store_measures_load_comment (MosTxn *txn,
                                 const char *survey,
                                 char **ret_comment,
                                 GError **error)
{
  return mos_database_get_text (txn->database, ret_comment, error, "SELECT comment FROM survey WHERE id = ?", "t", survey);
}

gboolean
mos_store_measures_list_products (MosTxn *txn,
                                  MosProductRowFunc func,
                                  gpointer data,
                                  GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT c.number, CASE i.sku WHEN '' THEN i.name ELSE i.sku END AS product, max (i.name) FROM conversation_order l JOIN conversation c ON c.id = l.conversation"
                          " JOIN order_item i ON i.shop_order = l.shop_order WHERE product <> '' GROUP BY c.number, product ORDER BY c.number",
                          "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_int (statement, 0), mos_statement_get_text (statement, 1), mos_statement_get_text (statement, 2), data);
  return r == 0;
}

/* What is bought of a shop that is there; the index has all of it. */
#define BOUGHT "shop_order o INDEXED BY shop_order_bought WHERE o.status_kind NOT IN ('pending', 'cancelled') AND o.shop IN (SELECT id FROM shop WHERE deleted_at = 0)"

gboolean
mos_store_measures_list_orders (MosTxn *txn,
                                MosCustomerRowFunc func,
                                gpointer data,
                                GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT coalesce (o.customer, ''), o.created_at FROM " BOUGHT " ORDER BY o.customer, o.created_at", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_text (statement, 0), 0, mos_statement_get_int (statement, 1), data);
  return r == 0;
}

gboolean
mos_store_measures_list_customers (MosTxn *txn,
                                   MosCustomerRowFunc func,
                                   gpointer data,
                                   GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT customer, number FROM conversation INDEXED BY conversation_customer WHERE customer IS NOT NULL ORDER BY customer", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_text (statement, 0), mos_statement_get_int (statement, 1), 0, data);
  return r == 0;
}

gboolean
mos_store_measures_list_linked (MosTxn *txn,
                                MosNumberFunc func,
                                gpointer data,
                                GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT DISTINCT c.number FROM conversation_order l JOIN conversation c ON c.id = l.conversation", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_int (statement, 0), data);
  return r == 0;
}

gboolean
mos_store_measures_find_conversation (MosTxn *txn,
                                      MosMeasureRow *row,
                                      GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT c.id, c.subject, p.name FROM conversation c LEFT JOIN customer p ON p.id = c.customer WHERE c.number = ?", "i", row->number);
  const int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  g_free (row->conversation);
  g_free (row->subject);
  row->conversation = r > 0 ? mos_statement_dup_text (statement, 0) : g_strdup ("");
  row->subject = r > 0 ? mos_statement_dup_text (statement, 1) : g_strdup ("");
  if (r > 0)
    row->customer_name = mos_statement_dup_text (statement, 2);
  return r >= 0;
}
