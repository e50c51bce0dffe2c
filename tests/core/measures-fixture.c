/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "measures-fixture.h"

#include "core/desk/mos-survey-answer.h"

#include <string.h>

typedef gboolean (*StoryFunc) (MosTxn *txn, Story *story, GError **error);

typedef struct
{
  Story *story;
  StoryFunc func;
} Call;

static gboolean
do_call (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Call *call = data;

  return call->func (txn, call->story, error);
}

static gint64
story_write (Story *story,
             const char *agent,
             const char *label,
             StoryFunc func)
{
  MosActor actor = { MOS_ACTOR_HUMAN, (char *) agent };
  Call call = { story, func };
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  mos_store_write_sync (story->f->store, &actor, label, do_call, &call, &batch, NULL, &error);
  g_assert_no_error (error);
  return batch;
}

static void
story_read (Story *story,
            StoryFunc func)
{
  Call call = { story, func };
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (story->f->store, do_call, &call, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
do_begin (MosTxn *txn,
          Story *story,
          GError **error)
{
  fixture_account (txn, story->f);
  return mos_database_exec (txn->database, error, "UPDATE meta SET value = ? WHERE key = 'tz'", "t", ZONE);
}

Story *
story_new (void)
{
  Story *story = g_new0 (Story, 1);

  story->f = fixture_new ();
  story->zone = g_time_zone_new_identifier (ZONE);
  g_assert_nonnull (story->zone);
  story->cache = mos_report_cache_new ();
  story_write (story, AGENT, NULL, do_begin);
  return story;
}

void
story_free (Story *story)
{
  for (guint i = 0; i < MAX_CONVERSATIONS; i++)
    g_free (story->ids[i]);
  mos_report_period_clear (&story->period);
  g_time_zone_unref (story->zone);
  mos_report_cache_unref (story->cache);
  fixture_free (story->f);
  g_free (story);
}

/* --- what happens --- */

static void
ensure_account (MosTxn *txn,
                const char *id)
{
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosAccount) fresh = mos_account_new ();
  g_autoptr (GError) error = NULL;

  mos_store_account_find (txn, id, &account, &error);
  g_assert_no_error (error);
  if (account != NULL)
    return;
  fresh->id = g_strdup (id);
  fresh->kind = g_strdup (id);
  fresh->name = g_strconcat ("Our ", id, NULL);
  fresh->address = g_strconcat (id, "@shop.example", NULL);
  fresh->aliases = g_new0 (char *, 1);
  fresh->imap = mos_server_new ();
  fresh->smtp = mos_server_new ();
  fresh->imap->host = g_strdup ("");
  fresh->imap->user = g_strdup ("");
  fresh->smtp->host = g_strdup ("");
  fresh->smtp->user = g_strdup ("");
  fresh->signature = g_strdup ("");
  mos_store_account_save (txn, fresh, &error);
  g_assert_no_error (error);
}

static const char *
ensure_conversation (MosTxn *txn,
                     Story *story,
                     char who,
                     const char *account)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autoptr (GError) error = NULL;
  char **id = &story->ids[(guint) who];

  if (*id != NULL)
    return *id;
  row->account = g_strdup (account);
  if (!g_str_equal (account, ACCOUNT))
    row->channel = g_strdup (account);
  row->subject = g_strdup_printf ("Of %d", who);
  row->priority = MOS_PRIORITY_NORMAL;
  row->customer = g_strdup (story->f->customer);
  mos_store_conversation_add (txn, row, id, NULL, &error);
  g_assert_no_error (error);
  return *id;
}

static void
add_message (MosTxn *txn,
             Story *story)
{
  const Step *step = story->step;
  const gboolean is_in = step->act == ASKS || step->act == MACHINE;
  const gboolean is_question = step->act == ASKED_CSAT || step->act == ASKED_NPS;
  const char *account = step->act == ASKS && step->value != NULL ? step->value : ACCOUNT;
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autofree char *id = g_strdup_printf ("message-%u", ++story->n_messages);
  g_autoptr (GError) error = NULL;
  gboolean added;

  if (!g_str_equal (account, ACCOUNT))
    ensure_account (txn, account);
  row->id = g_strdup (id);
  row->conversation = g_strdup (ensure_conversation (txn, story, step->who, account));
  row->account = g_strdup (account);
  row->direction = is_in ? MOS_DIRECTION_INCOMING : step->act == NOTES ? MOS_DIRECTION_NOTE
                                                                       : MOS_DIRECTION_OUTGOING;
  row->classification = step->act == MACHINE ? MOS_CLASSIFICATION_BOUNCE_HARD : is_question ? MOS_CLASSIFICATION_SURVEY
                                                                                            : MOS_CLASSIFICATION_NORMAL;
  row->delivery = is_in ? MOS_DELIVERY_RECEIVED : MOS_DELIVERY_ACCEPTED;
  row->message_id = g_strconcat (id, "@example.com", NULL);
  row->from = mos_address_make ("Ana", "ana@example.com");
  row->subject = g_strdup ("Where is it?");
  row->received_us = story->at_us + (is_in || step->act == FOUND ? story->ahead_us : 0);
  row->sent_us = row->received_us;
  row->text = g_strdup ("Where?");
  row->reply_text = g_strdup ("Where?");
  content->raw = g_bytes_new (id, strlen (id));
  content->customer = is_in ? g_strdup (story->f->customer) : NULL;
  content->automatic = step->act == AUTO;
  mos_store_message_add (txn, row, content, &added, &error);
  g_assert_no_error (error);
  g_assert_true (added);
}

static gboolean
say (MosTxn *txn,
     Story *story,
     const char *conversation,
     GError **error)
{
  g_autoptr (MosSurvey) survey = mos_survey_make (story->step->act == CSAT ? MOS_SURVEY_CSAT : MOS_SURVEY_NPS);

  survey->is_recorded = TRUE;
  survey->conversation = g_strdup (conversation);
  survey->score = *story->step->value != '\0' ? (int) g_ascii_strtoll (story->step->value, NULL, 10) : MOS_SURVEY_NO_SCORE;
  survey->answered_us = story->at_us;
  return mos_store_survey_add (txn, survey, NULL, error);
}

/* Its mail is there where it says itself whom it is about: one that does not is from before that was kept. */
static gboolean
ask (MosTxn *txn,
     Story *story,
     const char *conversation,
     GError **error)
{
  const Step *step = story->step;
  g_autoptr (MosSurvey) survey = mos_survey_make (step->act == ASKED_CSAT ? MOS_SURVEY_CSAT : MOS_SURVEY_NPS);

  survey->conversation = g_strdup (conversation);
  survey->state = MOS_SURVEY_ASKED;
  survey->asked_us = story->at_us;
  survey->agent = g_strdup (step->value);
  if (step->value != NULL)
    {
      add_message (txn, story);
      survey->message = g_strdup_printf ("message-%u", story->n_messages);
    }
  return mos_store_survey_add (txn, survey, NULL, error);
}

/* What becomes of the last question in @conversation */
static gboolean
follow (MosTxn *txn,
        Story *story,
        const char *conversation,
        GError **error)
{
  const Step *step = story->step;
  g_autofree char *id = NULL;
  g_autoptr (MosSurvey) survey = NULL;
  gboolean is;

  if (!mos_database_get_text (txn->database, &id, error, "SELECT id FROM survey WHERE conversation = ? AND source = 'survey' ORDER BY asked_at DESC, id DESC LIMIT 1", "t", conversation) || id == NULL)
    return id == NULL;
  if (step->act == SCORES)
    return mos_store_survey_answer (txn, id, *step->value != '\0' ? (int) g_ascii_strtoll (step->value, NULL, 10) : MOS_SURVEY_NO_SCORE, "Well.", story->at_us, error);
  if (!mos_store_survey_find (txn, id, &survey, error))
    return FALSE;
  if (step->act == BOUNCES)
    return survey->message == NULL || mos_survey_note_failed (txn, survey->message, &is, error);
  return survey->state != MOS_SURVEY_ASKED || mos_store_survey_set_state (txn, id, step->act == EXPIRES ? MOS_SURVEY_EXPIRED : MOS_SURVEY_CANCELLED, error);
}

static gboolean
set_delivery (MosTxn *txn,
              const char *conversation,
              MosDelivery delivery,
              GError **error)
{
  g_autofree char *message = NULL;

  return mos_database_get_text (txn->database, &message, error, "SELECT id FROM message WHERE conversation = ? AND direction = 'outgoing' AND classification <> 'survey' ORDER BY seq DESC LIMIT 1", "t", conversation) &&
         (message == NULL || mos_store_message_set_delivery (txn, message, delivery, NULL, NULL, error));
}

static gboolean
set_category (MosTxn *txn,
              const char *conversation,
              const char *name,
              GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT INTO category (id, name) VALUES (?1, ?1) ON CONFLICT DO NOTHING", "t", name) &&
         mos_store_conversation_set_category (txn, conversation, name, error);
}

static gboolean
do_step (MosTxn *txn,
         Story *story,
         GError **error)
{
  const Step *step = story->step;
  const char *id = story->ids[(guint) step->who];
  g_autoptr (MosCalendar) calendar = NULL;

  switch (step->act)
    {
    case ASKS:
    case ANSWERS:
    case AUTO:
    case MACHINE:
    case NOTES:
    case FOUND:
      add_message (txn, story);
      return TRUE;
    case AHEAD:
      story->ahead_us = g_ascii_strtoll (step->value, NULL, 10) * S;
      return TRUE;
    case FAILS:
      return set_delivery (txn, id, MOS_DELIVERY_FAILED, error);
    case RESENDS:
      return set_delivery (txn, id, MOS_DELIVERY_ACCEPTED, error);
    case CLOSES:
      return mos_store_conversation_set_status (txn, id, MOS_STATUS_CLOSED, 0, error);
    case OPENS:
      return mos_store_conversation_set_status (txn, id, MOS_STATUS_OPEN, 0, error);
    case PENDS:
      return mos_store_conversation_set_status (txn, id, MOS_STATUS_PENDING, 0, error);
    case SNOOZES:
      return mos_store_conversation_set_status (txn, id, MOS_STATUS_SNOOZED, 0, error);
    case SPAM:
      return mos_store_conversation_set_status (txn, id, MOS_STATUS_SPAM, 0, error);
    case DELETES:
      return mos_store_conversation_set_deleted (txn, id, TRUE, error);
    case ARCHIVES:
      return mos_store_conversation_set_archive (txn, id, TRUE, error);
    case MERGES:
      return mos_store_conversation_set_merged (txn, id, story->ids[(guint) *step->value], error);
    case UNMERGES:
      return mos_store_join_undo (txn, story->merge, NULL, error);
    case UNDOES:
      return mos_store_undo_batch (txn, story->last, NULL, error);
    case CATEGORY:
      return set_category (txn, id, step->value, error);
    case TAG:
    case UNTAG:
      return mos_store_tag_set (txn, id, step->value, step->act == TAG, error);
    case SPEAKS:
      return mos_store_conversation_detect_language (txn, id, step->value, error);
    case ASSIGNS:
      return mos_store_conversation_set_assignee (txn, id, step->value, error);
    case HOURS:
      calendar = mos_calendar_parse (step->value, NULL);
      g_assert_nonnull (calendar);
      return mos_calendars_set (txn, calendar, FALSE, error);
    case CSAT:
    case NPS:
      return say (txn, story, id, error);
    case ASKED_CSAT:
    case ASKED_NPS:
      return ask (txn, story, id, error);
    case SCORES:
    case EXPIRES:
    case CANCELS:
    case BOUNCES:
      return follow (txn, story, id, error);
    case END:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
do_agent (MosTxn *txn,
          Story *story,
          GError **error)
{
  g_autoptr (MosAgent) agent = mos_agent_new ();

  agent->id = g_strdup (story->step->value);
  agent->name = g_strconcat ("Agent ", story->step->value, NULL);
  return mos_store_agent_save (txn, agent, error);
}

void
story_set_clock (Story *story,
                 const char *at)
{
  g_autofree char *whole = strlen (at) > 5 ? g_strdup (at) : g_strconcat (story->day, "T", at, NULL);

  memcpy (story->day, whole, 10);
  story->at_us = mos_time_parse (whole, story->zone);
  g_assert_cmpint (story->at_us, >, 0);
  mos_manual_clock_set (MOS_MANUAL_CLOCK (story->f->clock), story->at_us);
}

void
story_tell (Story *story,
            const Step *steps)
{
  for (story->step = steps; story->step->act != END; story->step++)
    {
      const Act act = story->step->act;
      const char *agent = AGENT;
      gint64 batch;

      story_set_clock (story, story->step->at);
      if (act == ANSWERS && story->step->value != NULL)
        {
          agent = story->step->value;
          story_write (story, AGENT, NULL, do_agent);
        }
      if (act == ASSIGNS || ((act == ASKED_CSAT || act == ASKED_NPS) && story->step->value != NULL))
        story_write (story, AGENT, NULL, do_agent);
      batch = story_write (story, agent, act == MERGES ? "merge" : act == CLOSES || act == SPAM || act == TAG || act == CATEGORY || act == DELETES ? "done"
                                                                                                                                                   : NULL,
                           do_step);
      if (act == MERGES)
        story->merge = batch;
      else if (act != UNDOES)
        story->last = batch;
    }
}

/* --- what comes of it --- */

static gboolean
do_report (MosTxn *txn,
           Story *story,
           GError **error)
{
  if (story->period_us[1] == 0)
    {
      mos_report_period_clear (&story->period);
      if (!mos_reports_find_period (txn, story->from, story->to, &story->period, error))
        return FALSE;
    }
  else
    {
      story->period.from_us = story->period_us[0];
      story->period.to_us = story->period_us[1];
    }
  story->report = mos_reports_make (txn, story->cache, &story->period, story->query, error);
  return story->report != NULL;
}

MosMeasureReport *
story_ask (Story *story,
           const char *from,
           const char *to,
           MosMeasureQuery *query)
{
  story->from = from;
  story->to = to;
  story->query = query;
  story->period_us[1] = 0;
  story_read (story, do_report);
  return g_steal_pointer (&story->report);
}

MosMeasureReport *
story_ask_between (Story *story,
                   gint64 from_us,
                   gint64 to_us,
                   MosMeasureQuery *query)
{
  story->query = query;
  story->period_us[0] = from_us;
  story->period_us[1] = to_us;
  story_read (story, do_report);
  return g_steal_pointer (&story->report);
}

MosMeasureReport *
story_report (Story *story,
              const char *from,
              const char *to,
              MosMeasureBy by)
{
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();

  query->by = by == MOS_MEASURE_BY_NOTHING ? 0 : 1u << by;
  return story_ask (story, from, to, query);
}

static gboolean
do_list (MosTxn *txn,
         Story *story,
         GError **error)
{
  story->rows = mos_reports_list (txn, story->cache, story->look, error);
  return story->rows != NULL;
}

MosMeasureRows *
story_list (Story *story,
            MosMeasureLook *look)
{
  story->look = look;
  story_read (story, do_list);
  return g_steal_pointer (&story->rows);
}

static void
tell_times (GString *out,
            const char *what,
            const char *name,
            const MosMeasureTimes *times)
{
  if (times->n > 0)
    g_string_append_printf (out, "; %s%s %u %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, what, name, times->n, times->median_us / S, times->mean_us / S, times->p90_us / S);
}

static void
tell_count (GString *out,
            const char *name,
            guint n)
{
  if (n > 0)
    g_string_append_printf (out, "; %s %u", name, n);
}

static void
tell_asked (GString *out,
            const char *name,
            const MosMeasureScores *scores)
{
  if (scores->n_asked > 0)
    g_string_append_printf (out, "; %s asked %u answered %u", name, scores->n_asked, scores->n_asked_answered);
}

char *
story_describe (const MosMeasureFigures *figures,
                gboolean only_history)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (MosMeasureCount count = 0; count < MOS_N_MEASURE_COUNTS; count++)
    tell_count (out, mos_measure_count_to_nick (count), figures->counts[count]);
  for (MosMeasureSpan span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      tell_times (out, "", mos_measure_span_to_nick (span), &figures->clock[span]);
      tell_times (out, "working ", mos_measure_span_to_nick (span), &figures->business[span]);
    }
  if (!only_history)
    {
      tell_count (out, "open", figures->n_open);
      tell_count (out, "pending", figures->n_pending);
      tell_count (out, "snoozed", figures->n_snoozed);
      tell_times (out, "", "age", &figures->ages);
      tell_times (out, "", "waiting", &figures->waiting);
    }
  if (figures->csat.n_answers > 0)
    g_string_append_printf (out, "; csat %u/%u sum %d good %u low %u", figures->csat.n, figures->csat.n_answers, (int) figures->csat.sum, figures->csat.n_good, figures->csat.n_bad);
  if (figures->nps.n > 0)
    g_string_append_printf (out, "; nps %u score %.1f", figures->nps.n, mos_measure_scores_get_nps (&figures->nps));
  tell_asked (out, "csat", &figures->csat);
  tell_asked (out, "nps", &figures->nps);
  return g_strdup (out->len > 2 ? out->str + 2 : "");
}

void
story_assert (Story *story,
              const char *from,
              const char *to,
              const char *expected)
{
  g_autoptr (MosMeasureReport) report = story_report (story, from, to, MOS_MEASURE_BY_NOTHING);
  g_autofree char *is = story_describe (report->all, FALSE);

  g_assert_cmpstr (is, ==, expected);
  fixture_check (story->f);
}

void
story_assert_groups (Story *story,
                     const char *from,
                     const char *to,
                     MosMeasureBy by,
                     const char *expected)
{
  g_autoptr (MosMeasureReport) report = story_report (story, from, to, by);
  g_autoptr (GString) is = g_string_new (NULL);

  for (guint i = 0; i < report->groups[by]->len; i++)
    {
      const MosMeasureFigures *figures = report->groups[by]->pdata[i];
      g_autofree char *text = story_describe (figures, TRUE);

      if (*text != '\0')
        g_string_append_printf (is, "%s: %s\n", figures->name, text);
    }
  g_assert_cmpstr (is->str, ==, expected);
}

static gboolean
do_dump (MosTxn *txn,
         Story *story,
         GError **error)
{
  static const char *const queries[] = {
    "SELECT concat_ws (' ', 'conversation', conversation, first_in, acknowledged_at, responded_at, closed_at, agent, account, channel, category, language) FROM fact_conversation ORDER BY 1",
    "SELECT concat_ws (' ', 'turn', conversation, position, opened_at, closed_at, closed_by, first_response, agent, account, channel, category, language) FROM fact_turn ORDER BY 1",
    "SELECT concat_ws (' ', 'close', conversation, position, at, first_in, replies, automatic_replies, received, reopened_at, agent, account, channel, category, language) FROM fact_close ORDER BY 1",
    "SELECT concat_ws (' ', 'pack', number, hex (pack)) FROM fact_pack WHERE length (pack) > 0 ORDER BY 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, queries[i], "");
      int r = statement != NULL ? 1 : -1;

      while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
        g_ptr_array_add (story->lines, mos_statement_dup_text (statement, 0));
      if (r < 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_rebuild (MosTxn *txn,
            Story *story,
            GError **error)
{
  return mos_store_facts_rebuild (txn, error);
}

char *
story_dump (Story *story,
            gboolean rebuild)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (rebuild)
    story_write (story, AGENT, NULL, do_rebuild);
  story->lines = lines;
  story_read (story, do_dump);
  story->lines = NULL;
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
