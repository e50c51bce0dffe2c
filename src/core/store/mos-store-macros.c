/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-macros.h"

#include "core/store/mos-store-private.h"
#include "core/values/mos-macro-json.h"

#define MACRO_QUERY                                                                                                                                                             \
  "SELECT m.id, m.name, m.shortcode, m.folder, m.agent, m.for_notes, m.texts, m.actions, m.attachments, m.updated_at,"                                                          \
  " (SELECT count (*) FROM macro_use u WHERE u.macro = m.id) + (SELECT count (*) FROM macro_run r JOIN batch b ON b.batch = r.batch WHERE r.macro = m.id AND b.undone_by = 0)," \
  " max (ifnull ((SELECT max (used_at) FROM macro_use u WHERE u.macro = m.id), 0),"                                                                                             \
  " ifnull ((SELECT max (r.used_at) FROM macro_run r JOIN batch b ON b.batch = r.batch WHERE r.macro = m.id AND b.undone_by = 0), 0))"                                          \
  " FROM macro m"

static MosMacro *
macro_from (MosStatement *statement)
{
  MosMacro *macro = mos_macro_make ();
  g_autoptr (JsonNode) texts = json_from_string (mos_statement_get_text (statement, 6), NULL);
  g_autoptr (JsonNode) actions = json_from_string (mos_statement_get_text (statement, 7), NULL);

  macro->id = mos_statement_dup_text (statement, 0);
  g_set_str (&macro->name, mos_statement_get_text (statement, 1));
  g_set_str (&macro->shortcode, mos_statement_get_text (statement, 2));
  g_set_str (&macro->folder, mos_statement_get_text (statement, 3));
  macro->agent = mos_statement_dup_text (statement, 4);
  macro->is_for_notes = mos_statement_get_int (statement, 5) != 0;
  /* What a later version knows and this one does not is passed over. */
  if (texts != NULL)
    mos_macro_read_texts (macro, texts, NULL);
  if (actions != NULL)
    mos_macro_read_actions (macro, actions, NULL);
  g_ptr_array_unref (macro->attachments);
  macro->attachments = mos_json_to_attachments (mos_statement_get_text (statement, 8));
  macro->updated_us = mos_statement_get_int (statement, 9);
  macro->n_used = (guint) mos_statement_get_int (statement, 10);
  macro->used_us = mos_statement_get_int (statement, 11);
  return macro;
}

GPtrArray *
mos_store_macro_list (MosTxn *txn,
                      const char *agent,
                      GError **error)
{
  g_autoptr (GPtrArray) macros = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, MACRO_QUERY " WHERE deleted_at = 0 AND (agent IS NULL OR agent = ?) ORDER BY folder, name, id", "t", agent);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (macros, macro_from (statement));
  return r == 0 ? g_steal_pointer (&macros) : NULL;
}

static gboolean
take_first (MosStatement *statement,
            MosMacro **ret_macro,
            GError **error)
{
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_macro = r > 0 ? macro_from (statement) : NULL;
  return r >= 0;
}

gboolean
mos_store_macro_find (MosTxn *txn,
                      const char *id,
                      MosMacro **ret_macro,
                      GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, MACRO_QUERY " WHERE deleted_at = 0 AND id = ?", "t", id);

  return take_first (statement, ret_macro, error);
}

gboolean
mos_store_macro_find_shortcode (MosTxn *txn,
                                const char *shortcode,
                                const char *except,
                                MosMacro **ret_macro,
                                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, MACRO_QUERY " WHERE deleted_at = 0 AND shortcode = ?1 AND shortcode <> '' AND id IS NOT ?2 ORDER BY id LIMIT 1", "tt", shortcode, except);

  return take_first (statement, ret_macro, error);
}

static char *
build (void (*func) (JsonBuilder *builder, GPtrArray *array),
       GPtrArray *array)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  func (builder, array);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

gboolean
mos_store_macro_save (MosTxn *txn,
                      MosMacro *macro,
                      GError **error)
{
  g_autofree char *texts = build (mos_macro_build_texts, macro->texts);
  g_autofree char *actions = build (mos_macro_build_actions, macro->actions);
  g_autofree char *attachments = mos_json_from_attachments (macro->attachments);
  g_autoptr (JsonObject) values = NULL;
  gint64 exists = 0;

  g_return_val_if_fail (macro->id != NULL, FALSE);

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM macro WHERE id = ?", "t", macro->id))
    return FALSE;
  if (exists != 0)
    return mos_record_set (txn, &mos_entity_macro, macro->id, NULL, error, "name", 't', macro->name, "shortcode", 't', macro->shortcode, "folder", 't', macro->folder, "agent", 't', macro->agent,
                           "for_notes", 'i', (gint64) macro->is_for_notes, "texts", 't', texts, "actions", 't', actions, "attachments", 't', attachments, "updated_at", 'i', txn->now_us, NULL);
  values = json_object_new ();
  json_object_set_string_member (values, "id", macro->id);
  json_object_set_string_member (values, "name", macro->name);
  json_object_set_string_member (values, "shortcode", macro->shortcode);
  json_object_set_string_member (values, "folder", macro->folder);
  if (macro->agent != NULL)
    json_object_set_string_member (values, "agent", macro->agent);
  json_object_set_int_member (values, "for_notes", macro->is_for_notes);
  json_object_set_string_member (values, "texts", texts);
  json_object_set_string_member (values, "actions", actions);
  json_object_set_string_member (values, "attachments", attachments);
  json_object_set_int_member (values, "updated_at", txn->now_us);
  return mos_record_write (txn, &mos_entity_macro, macro->id, values, FALSE, error);
}

gboolean
mos_store_macro_remove (MosTxn *txn,
                        const char *id,
                        GError **error)
{
  return mos_record_set (txn, &mos_entity_macro, id, NULL, error, "deleted_at", 'i', txn->now_us, NULL);
}

/* Figures by macro are made of it. */
static gboolean
dirty_facts (MosTxn *txn,
             const char *message,
             GError **error)
{
  g_autofree char *conversation = NULL;

  if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ?", "t", message))
    return FALSE;
  if (conversation != NULL)
    mos_txn_dirty (txn, conversation, MOS_DIRTY_FACTS);
  return TRUE;
}

gboolean
mos_store_macro_note_use (MosTxn *txn,
                          const char *id,
                          const char *message,
                          const char *language,
                          const char *agent,
                          GError **error)
{
  txn->changes->macros_changed = TRUE;
  return mos_database_exec (txn->database, error, "INSERT OR REPLACE INTO macro_use (macro, message, language, agent, used_at) VALUES (?, ?, ?, ?, ?)", "tttti", id, message, language, agent, txn->now_us) &&
         dirty_facts (txn, message, error);
}

gboolean
mos_store_macro_note_run (MosTxn *txn,
                          const char *id,
                          const char *conversation,
                          GError **error)
{
  if (txn->batch == 0)
    return TRUE;
  txn->changes->macros_changed = TRUE;
  return mos_database_exec (txn->database, error, "INSERT OR IGNORE INTO macro_run (macro, batch, conversation, used_at) VALUES (?, ?, ?, ?)", "titi", id, txn->batch, conversation, txn->now_us);
}

gboolean
mos_store_macro_forget_use (MosTxn *txn,
                            const char *message,
                            GError **error)
{
  txn->changes->macros_changed = TRUE;
  return mos_database_exec (txn->database, error, "DELETE FROM macro_use WHERE message = ?", "t", message) && dirty_facts (txn, message, error);
}

gboolean
mos_store_macro_is_new_profile (MosTxn *txn,
                                gboolean *ret_new,
                                GError **error)
{
  gint64 any = 0;

  if (!mos_database_get_int (txn->database, &any, error, "SELECT EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM conversation) OR EXISTS (SELECT 1 FROM macro)", ""))
    return FALSE;
  *ret_new = any == 0;
  return TRUE;
}

gboolean
mos_store_macro_find_outcome (MosTxn *txn,
                              const char *id,
                              MosMacroOutcome *ret_outcome,
                              GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT count (*), ifnull (sum (c.status = 'closed'), 0), ifnull (sum (EXISTS (SELECT 1 FROM message a WHERE a.conversation = c.id AND a.direction = 'incoming'"
                          " AND a.classification = 'normal' AND a.removed_at = 0 AND a.received_at > u.at)), 0)"
                          " FROM (SELECT m.conversation AS conversation, m.received_at AS at FROM macro_use s JOIN message m ON m.id = s.message WHERE s.macro = ?1"
                          " UNION ALL SELECT r.conversation, r.used_at FROM macro_run r JOIN batch b ON b.batch = r.batch WHERE r.macro = ?1 AND b.undone_by = 0) u"
                          " JOIN conversation c ON c.id = u.conversation",
                          "t", id);

  if (statement == NULL || mos_statement_step (statement, error) < 0)
    return FALSE;
  ret_outcome->n_sent = (guint) mos_statement_get_int (statement, 0);
  ret_outcome->n_closed = (guint) mos_statement_get_int (statement, 1);
  ret_outcome->n_answered = (guint) mos_statement_get_int (statement, 2);
  return TRUE;
}
