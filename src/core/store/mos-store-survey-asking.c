/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-surveys.h"

#include "core/store/mos-store-private.h"

/* Which accounts ask, and what is known before somebody is asked. */

/* --- settings --- */

static char *
texts_to_json (GPtrArray *texts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  for (guint i = 0; i < texts->len; i++)
    {
      const MosSurveyText *text = texts->pdata[i];

      json_builder_set_member_name (builder, text->language);
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, text->subject);
      json_builder_add_string_value (builder, text->question);
      json_builder_add_string_value (builder, text->thanks);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

static void
add_texts (GPtrArray *texts,
           const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObjectIter iter;
  const char *language;
  JsonNode *node;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &language, &node))
    {
      JsonArray *words = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      if (words != NULL && json_array_get_length (words) == 3)
        g_ptr_array_add (texts, mos_survey_text_make (language, json_array_get_string_element (words, 0), json_array_get_string_element (words, 1), json_array_get_string_element (words, 2)));
    }
}

gboolean
mos_store_survey_find_settings (MosTxn *txn,
                                const char *account,
                                MosSurveyKind kind,
                                gboolean is_chat,
                                MosSurveySettings **ret_settings,
                                GError **error)
{
  g_autoptr (MosSurveySettings) settings = mos_survey_settings_make (account, kind, is_chat);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error,
                                                           "SELECT is_on, delay_s, often, days, skip_tags, skip_categories, skips_vip, reopens, rescue_days, texts FROM survey_setting WHERE account = ? AND kind = ?",
                                                           "tt", account, mos_survey_kind_to_nick (kind));
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r < 0)
    return FALSE;
  if (r > 0)
    {
      settings->is_on = mos_statement_get_int (statement, 0) != 0;
      settings->delay_s = (guint) mos_statement_get_int (statement, 1);
      settings->often = mos_survey_often_from_nick (mos_statement_get_text (statement, 2), MOS_SURVEY_ONCE_PERSON);
      settings->days = (guint) mos_statement_get_int (statement, 3);
      g_strfreev (settings->skip_tags);
      settings->skip_tags = mos_json_to_strv (mos_statement_get_text (statement, 4));
      g_strfreev (settings->skip_categories);
      settings->skip_categories = mos_json_to_strv (mos_statement_get_text (statement, 5));
      settings->skips_vip = mos_statement_get_int (statement, 6) != 0;
      settings->reopens = mos_statement_get_int (statement, 7) != 0;
      settings->rescue_days = (guint) mos_statement_get_int (statement, 8);
      add_texts (settings->texts, mos_statement_get_text (statement, 9));
    }
  *ret_settings = g_steal_pointer (&settings);
  return TRUE;
}

gboolean
mos_store_survey_save_settings (MosTxn *txn,
                                const MosSurveySettings *settings,
                                GError **error)
{
  const char *kind = mos_survey_kind_to_nick (settings->kind);
  g_autofree char *id = g_strdup_printf ("%s\x1f%s", settings->account, kind);
  g_autofree char *tags = mos_json_from_strv (settings->skip_tags);
  g_autofree char *categories = mos_json_from_strv (settings->skip_categories);
  g_autofree char *texts = texts_to_json (settings->texts);
  g_autoptr (JsonObject) values = json_object_new ();
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM survey_setting WHERE account = ? AND kind = ?", "tt", settings->account, kind))
    return FALSE;
  if (exists != 0)
    return mos_record_set (txn, &mos_entity_survey_setting, id, NULL, error, "is_on", 'd', settings->is_on ? 1 : 0, "delay_s", 'i', (gint64) settings->delay_s, "often", 't', mos_survey_often_to_nick (settings->often),
                           "days", 'i', (gint64) settings->days, "skip_tags", 't', tags != NULL ? tags : "[]", "skip_categories", 't', categories != NULL ? categories : "[]", "skips_vip", 'd', settings->skips_vip ? 1 : 0,
                           "reopens", 'd', settings->reopens ? 1 : 0, "rescue_days", 'i', (gint64) settings->rescue_days, "texts", 't', texts, NULL);
  json_object_set_string_member (values, "account", settings->account);
  json_object_set_string_member (values, "kind", kind);
  json_object_set_int_member (values, "is_on", settings->is_on ? 1 : 0);
  json_object_set_int_member (values, "delay_s", settings->delay_s);
  json_object_set_string_member (values, "often", mos_survey_often_to_nick (settings->often));
  json_object_set_int_member (values, "days", settings->days);
  json_object_set_string_member (values, "skip_tags", tags != NULL ? tags : "[]");
  json_object_set_string_member (values, "skip_categories", categories != NULL ? categories : "[]");
  json_object_set_int_member (values, "skips_vip", settings->skips_vip ? 1 : 0);
  json_object_set_int_member (values, "reopens", settings->reopens ? 1 : 0);
  json_object_set_int_member (values, "rescue_days", settings->rescue_days);
  json_object_set_string_member (values, "texts", texts);
  return mos_record_write (txn, &mos_entity_survey_setting, id, values, FALSE, error);
}

gboolean
mos_store_survey_is_any_on (MosTxn *txn,
                            gboolean *ret_is,
                            GError **error)
{
  gint64 is_on = 0;

  if (!mos_database_get_int (txn->database, &is_on, error, "SELECT EXISTS (SELECT 1 FROM survey_setting WHERE is_on = 1)", ""))
    return FALSE;
  *ret_is = is_on != 0;
  return TRUE;
}

/* --- before somebody is asked --- */

void
mos_survey_facts_clear (MosSurveyFacts *facts)
{
  g_clear_pointer (&facts->question, g_free);
  g_clear_pointer (&facts->answer, g_free);
  g_clear_pointer (&facts->agent, g_free);
  g_clear_pointer (&facts->macro, g_free);
}

static gboolean
find_close (MosTxn *txn,
            const char *conversation,
            MosSurveyFacts *facts,
            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error,
                                                           "SELECT e.at, e.actor_kind = 'human' FROM conversation c JOIN event e ON e.seq = (SELECT seq FROM event WHERE conversation = c.id AND kind IN ('status', 'snooze') AND undone = 0 ORDER BY seq DESC LIMIT 1)"
                                                           " WHERE c.id = ? AND c.status = 'closed' AND e.\"to\" = 'closed'",
                                                           "t", conversation);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r > 0)
    {
      facts->closed_us = mos_statement_get_int (statement, 0);
      facts->is_by_person = mos_statement_get_int (statement, 1) != 0;
    }
  return r >= 0;
}

/* What was sent to many answers nobody. */
#define ANSWERS                                                                                                                     \
  " FROM message m JOIN conversation c ON c.id = m.conversation WHERE m.conversation = ?1 AND m.removed_at = 0 AND m.automatic = 0" \
  " AND m.classification <> 'survey' AND m.id IS NOT c.silent_message AND (m.call_outcome = 'answered' OR (m.direction = 'outgoing' AND m.call_outcome IS NULL AND m.delivery NOT IN ('draft', 'cancelled')))"

/* It counts for who answered last before the close: a word of somebody else behind it settled nothing. Where all before it failed, or there is none, for who answered last. */
static gboolean
find_credit (MosTxn *txn,
             const char *conversation,
             MosSurveyFacts *facts,
             GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT m.id, coalesce (m.agent, c.assignee)" ANSWERS " AND m.delivery NOT IN ('failed', 'bounced') AND m.received_at <= ?2 ORDER BY m.received_at DESC, m.seq DESC LIMIT 1", "ti", conversation,
                          facts->closed_us);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  g_autofree char *answer = NULL;

  if (r < 0)
    return FALSE;
  if (r > 0)
    {
      answer = mos_statement_dup_text (statement, 0);
      g_free (facts->agent);
      facts->agent = mos_statement_dup_text (statement, 1);
    }
  return mos_database_get_text (txn->database, &facts->macro, error,
                                "SELECT u.macro FROM message m JOIN macro_use u ON u.message = m.id WHERE m.conversation = ?1 AND m.removed_at = 0 AND (?3 = 0 OR m.received_at <= ?3) ORDER BY m.id = ?2 DESC, u.used_at DESC, u.macro LIMIT 1",
                                "tti", conversation, answer != NULL ? answer : facts->answer, answer != NULL ? facts->closed_us : 0);
}

static gboolean
find_answer (MosTxn *txn,
             const char *conversation,
             MosSurveyFacts *facts,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT m.id, m.delivery, coalesce (m.agent, c.assignee)" ANSWERS " ORDER BY m.seq DESC LIMIT 1", "t", conversation);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  MosDelivery delivery;

  if (r <= 0)
    return r == 0;
  facts->answer = mos_statement_dup_text (statement, 0);
  delivery = mos_delivery_from_nick (mos_statement_get_text (statement, 1), MOS_DELIVERY_ACCEPTED);
  facts->is_undelivered = delivery == MOS_DELIVERY_FAILED || delivery == MOS_DELIVERY_BOUNCED;
  facts->is_waiting = delivery == MOS_DELIVERY_QUEUED || delivery == MOS_DELIVERY_SENDING || delivery == MOS_DELIVERY_SCHEDULED;
  facts->agent = mos_statement_dup_text (statement, 2);
  return find_credit (txn, conversation, facts, error);
}

gboolean
mos_store_survey_load_facts (MosTxn *txn,
                             const char *conversation,
                             MosSurveyKind kind,
                             MosSurveyFacts *ret_facts,
                             GError **error)
{
  *ret_facts = (MosSurveyFacts) { 0 };
  return find_close (txn, conversation, ret_facts, error) && find_answer (txn, conversation, ret_facts, error) &&
         mos_database_get_text (txn->database, &ret_facts->question, error,
                                "SELECT id FROM message WHERE conversation = ?1 AND direction = 'incoming' AND classification IN ('normal', 'bulk') AND quarantined = 0 AND removed_at = 0"
                                " ORDER BY customer IS (SELECT customer FROM conversation WHERE id = ?1) DESC, call_outcome IS NULL DESC, seq DESC LIMIT 1",
                                "t", conversation) &&
         mos_database_get_int (txn->database, &ret_facts->asked_us, error, "SELECT max (asked_at) FROM survey WHERE conversation = ? AND kind = ? AND source = 'survey' AND state <> 'cancelled' AND is_test = 0", "tt", conversation,
                               mos_survey_kind_to_nick (kind)) &&
         mos_database_get_int (txn->database, &ret_facts->any_asked_us, error, "SELECT max (asked_at) FROM survey WHERE conversation = ? AND source = 'survey' AND state <> 'cancelled' AND is_test = 0", "t", conversation);
}

gboolean
mos_store_survey_get_last_asked (MosTxn *txn,
                                 const char *customer,
                                 guint kinds,
                                 gint64 *ret_us,
                                 GError **error)
{
  return mos_database_get_int (txn->database, ret_us, error,
                               "SELECT max (asked_at) FROM survey WHERE customer = ?1 AND asked_at <> 0 AND source = 'survey' AND state <> 'cancelled' AND (?2 >> (kind = 'nps')) & 1", "ti", customer, (gint64) kinds);
}

gboolean
mos_store_survey_get_first_answer (MosTxn *txn,
                                   const char *id,
                                   gint64 *ret_us,
                                   GError **error)
{
  return mos_database_get_int (txn->database, ret_us, error,
                               "SELECT coalesce ((SELECT min (answered_at) FROM survey_answer WHERE survey = ?1), (SELECT answered_at FROM survey WHERE id = ?1), 0)", "t", id);
}

gboolean
mos_store_survey_find_said_last (MosTxn *txn,
                                 const char *conversation,
                                 MosSurvey **ret_survey,
                                 GError **error)
{
  g_autofree char *id = NULL;

  *ret_survey = NULL;
  return mos_database_get_text (txn->database, &id, error,
                                "SELECT s.id FROM survey s JOIN message m ON m.id = s.message WHERE s.conversation = ?1 AND s.source = 'survey' AND NOT EXISTS (SELECT 1 FROM message o WHERE o.conversation = ?1 AND o.seq > m.seq"
                                " AND o.removed_at = 0 AND o.classification <> 'survey' AND o.direction IN ('incoming', 'outgoing') AND o.delivery <> 'draft') ORDER BY m.seq DESC LIMIT 1",
                                "t", conversation) &&
         (id == NULL || mos_store_survey_find (txn, id, ret_survey, error));
}

gboolean
mos_store_survey_end_asked (MosTxn *txn,
                            const char *conversation,
                            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM survey WHERE conversation = ? AND state = 'asked'", "t", conversation);
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!mos_store_survey_set_state (txn, ids->pdata[i], MOS_SURVEY_EXPIRED, error))
      return FALSE;
  return ids != NULL;
}

gboolean
mos_store_survey_set_state (MosTxn *txn,
                            const char *id,
                            MosSurveyState state,
                            GError **error)
{
  g_return_val_if_fail (state != MOS_SURVEY_ANSWERED, FALSE);

  return mos_record_set (txn, &mos_entity_survey, id, NULL, error, "state", 't', mos_survey_state_to_nick (state), NULL);
}
