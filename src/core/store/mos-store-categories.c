/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-categories.h"

#include "core/store/mos-store-private.h"

#include <string.h>

#define CATEGORY_QUERY "SELECT id, name, words, complex, position, removed_at FROM category"

/* --- the list --- */

static MosCategory *
category_from (MosStatement *statement)
{
  MosCategory *category = mos_category_new ();

  category->id = mos_statement_dup_text (statement, 0);
  category->name = mos_statement_dup_text0 (statement, 1);
  category->words = mos_statement_dup_text0 (statement, 2);
  category->is_complex = mos_statement_get_int (statement, 3) != 0;
  category->position = mos_statement_get_int (statement, 4);
  category->is_removed = mos_statement_get_int (statement, 5) != 0;
  return category;
}

GPtrArray *
mos_store_category_list (MosTxn *txn,
                         GError **error)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_category_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, CATEGORY_QUERY " ORDER BY removed_at <> 0, position, name, id", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (categories, category_from (statement));
  return r == 0 ? g_steal_pointer (&categories) : NULL;
}

gboolean
mos_store_category_find (MosTxn *txn,
                         const char *id,
                         MosCategory **ret_category,
                         GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, CATEGORY_QUERY " WHERE id = ?", "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_category = r > 0 ? category_from (statement) : NULL;
  return r >= 0;
}

/* @ret_position: (out): behind all that are offered */
static gboolean
find_end (MosTxn *txn,
          gint64 *ret_position,
          GError **error)
{
  return mos_database_get_int (txn->database, ret_position, error, "SELECT ifnull (max (position), 0) + 1 FROM category WHERE removed_at = 0", "");
}

gboolean
mos_store_category_save (MosTxn *txn,
                         const MosCategory *category,
                         GError **error)
{
  g_autoptr (JsonObject) values = NULL;
  gint64 exists = 0, position = category->position;

  g_return_val_if_fail (category->id != NULL && category->name != NULL && category->words != NULL, FALSE);

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM category WHERE id = ?", "t", category->id) ||
      (position <= 0 && !find_end (txn, &position, error)))
    return FALSE;
  if (exists != 0)
    return mos_record_set (txn, &mos_entity_category, category->id, NULL, error, "name", 't', category->name, "words", 't', category->words,
                           "complex", 'd', category->is_complex ? 1 : 0, "position", 'i', position, "removed_at", 'i', (gint64) 0, NULL);
  values = json_object_new ();
  json_object_set_string_member (values, "id", category->id);
  json_object_set_string_member (values, "name", category->name);
  json_object_set_string_member (values, "words", category->words);
  json_object_set_int_member (values, "complex", category->is_complex ? 1 : 0);
  json_object_set_int_member (values, "position", position);
  return mos_record_write (txn, &mos_entity_category, category->id, values, FALSE, error);
}

gboolean
mos_store_category_set_position (MosTxn *txn,
                                 const char *id,
                                 gint64 position,
                                 GError **error)
{
  return mos_record_set (txn, &mos_entity_category, id, NULL, error, "position", 'i', position, NULL);
}

gboolean
mos_store_category_remove (MosTxn *txn,
                           const char *id,
                           GError **error)
{
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM category WHERE id = ? AND removed_at = 0", "t", id))
    return FALSE;
  if (exists == 0)
    return mos_not_found (error, "category", id);
  return mos_record_set (txn, &mos_entity_category, id, NULL, error, "removed_at", 'i', txn->now_us, NULL);
}

/* --- the beginning --- */

gboolean
mos_store_category_was_seeded (MosTxn *txn,
                               gboolean *ret_was,
                               GError **error)
{
  gint64 was = 0;

  if (!mos_database_get_int (txn->database, &was, error, "SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'categories') OR EXISTS (SELECT 1 FROM category)", ""))
    return FALSE;
  *ret_was = was != 0;
  return TRUE;
}

gboolean
mos_store_category_seed (MosTxn *txn,
                         GPtrArray *categories,
                         GError **error)
{
  gboolean was;

  if (!mos_store_category_was_seeded (txn, &was, error))
    return FALSE;
  if (was)
    return TRUE;
  for (guint i = 0; i < categories->len; i++)
    {
      const MosCategory *category = categories->pdata[i];

      if (!mos_database_exec (txn->database, error, "INSERT INTO category (id, name, words, complex, position) VALUES (?, ?, ?, ?, ?)", "tttdi", category->id, category->name, category->words,
                              category->is_complex ? 1 : 0, (gint64) i + 1))
        return FALSE;
    }
  txn->changes->views_changed = TRUE;
  return mos_database_exec (txn->database, error, "INSERT INTO meta (key, value) VALUES ('categories', 1)", "");
}

/* --- what a suggestion stands on --- */

gboolean
mos_store_category_dismiss (MosTxn *txn,
                            const char *conversation,
                            const char *category,
                            GError **error)
{
  g_autofree char *id = g_strconcat (conversation, "\x1f", category, NULL);
  g_autoptr (JsonObject) values = NULL;
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM category_dismissed WHERE conversation = ? AND category = ?", "tt", conversation, category))
    return FALSE;
  if (exists != 0)
    return TRUE;
  values = json_object_new ();
  json_object_set_string_member (values, "conversation", conversation);
  json_object_set_string_member (values, "category", category);
  return mos_record_write (txn, &mos_entity_category_dismissed, id, values, FALSE, error);
}

GPtrArray *
mos_store_category_list_dismissed (MosTxn *txn,
                                   const char *conversation,
                                   GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT category FROM category_dismissed WHERE conversation = ?", "t", conversation);

  return mos_query_ids (statement, error);
}

/* More than these say nothing new. */
#define MAX_MESSAGES "50"
#define OF_CUSTOMER "m.direction = 'incoming' AND m.classification = 'normal' AND m.quarantined = 0 AND m.removed_at = 0"

gboolean
mos_store_category_load_words (MosTxn *txn,
                               const char *conversation,
                               gboolean since_answer,
                               gsize max,
                               char **ret_subject,
                               char **ret_text,
                               GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *subject = NULL;
  int r;

  if (!mos_database_get_text (txn->database, &subject, error,
                              "SELECT CASE WHEN direction = 'incoming' THEN subject ELSE '' END FROM message"
                              " WHERE conversation = ? AND removed_at = 0 AND direction IN ('incoming', 'outgoing') AND delivery <> 'draft' ORDER BY seq LIMIT 1",
                              "t", conversation))
    return FALSE;
  statement = mos_database_query (txn->database, error,
                                  "SELECT t.reply_text FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.conversation = ?1 AND " OF_CUSTOMER
                                  " AND (?2 = 0 OR m.seq > ifnull ((SELECT max (o.seq) FROM message o WHERE o.conversation = ?1 AND o.direction = 'outgoing' AND o.delivery <> 'draft'"
                                  " AND o.automatic = 0 AND o.removed_at = 0), 0)) ORDER BY m.seq DESC LIMIT " MAX_MESSAGES,
                                  "td", conversation, since_answer ? 1 : 0);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && text->len < max && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *one = mos_statement_get_text (statement, 0);

      if (one == NULL)
        continue;
      g_string_append_len (text, one, (gssize) strnlen (one, max));
      g_string_append_c (text, '\n');
    }
  if (r < 0)
    return FALSE;
  *ret_subject = subject != NULL ? g_steal_pointer (&subject) : g_strdup ("");
  *ret_text = g_string_free (g_steal_pointer (&text), FALSE);
  return TRUE;
}

gboolean
mos_store_category_find_order_status (MosTxn *txn,
                                      const char *conversation,
                                      char **ret_status,
                                      GError **error)
{
  return mos_database_get_text (txn->database, ret_status, error,
                                "SELECT o.status_kind FROM conversation_order c CROSS JOIN shop_order o ON o.id = c.shop_order CROSS JOIN shop s ON s.id = o.shop AND s.deleted_at = 0"
                                " WHERE c.conversation = ? ORDER BY o.created_at DESC, o.id LIMIT 1",
                                "t", conversation);
}
