/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-time.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-surveys.h"
#include "core/store/mos-store-surveys.h"

#include <glib/gi18n.h>
#include <string.h>

/* What customers say of the service. */

#define DEFAULT_LIMIT 50

typedef struct
{
  const char *conversation_name; /* (nullable) */
  const char *customer_name;     /* (nullable) */
  const char *account_name;      /* (nullable) */
  MosSurveyFilter *filter;       /* (owned) (nullable) */
  MosSurvey *survey;             /* (owned) (nullable) */
  GPtrArray *surveys;            /* (owned) (nullable) */
  GPtrArray *former;             /* (owned) (nullable): an array for each of @surveys */
} MosCtlSurvey;

static void
mos_ctl_survey_clear (MosCtlSurvey *call)
{
  g_clear_pointer (&call->filter, mos_survey_filter_unref);
  g_clear_pointer (&call->survey, mos_survey_unref);
  g_clear_pointer (&call->surveys, g_ptr_array_unref);
  g_clear_pointer (&call->former, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlSurvey, mos_ctl_survey_clear)

/* --- list --- */

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlSurvey *call = data;
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autoptr (MosCustomerRow) customer = NULL;
  g_autoptr (MosAccount) account = NULL;

  if ((call->conversation_name != NULL && !mos_ctl_find_conversation (txn, call->conversation_name, &conversation, error)) ||
      (call->customer_name != NULL && !mos_customers_find (txn, call->customer_name, &customer, error)) ||
      (call->account_name != NULL && !mos_ctl_find_account (txn, call->account_name, &account, error)))
    return FALSE;
  g_set_str (&call->filter->customer, customer != NULL ? customer->id : NULL);
  g_set_str (&call->filter->conversation, conversation != NULL ? conversation->id : NULL);
  g_set_str (&call->filter->account, account != NULL ? account->id : NULL);
  call->surveys = mos_store_survey_list_filtered (txn, call->filter, error);
  if (call->surveys == NULL)
    return FALSE;
  call->former = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < call->surveys->len; i++)
    {
      GPtrArray *former = mos_store_survey_list_former (txn, ((MosSurvey *) call->surveys->pdata[i])->id, error);

      if (former == NULL)
        return FALSE;
      g_ptr_array_add (call->former, former);
    }
  return TRUE;
}

static void
print_survey (MosCtl *self,
              const MosSurvey *survey,
              GPtrArray *former)
{
  g_autofree char *at = mos_ctl_local_time (survey->answered_us != 0 ? survey->answered_us : survey->asked_us);
  g_autofree char *score = survey->score != MOS_SURVEY_NO_SCORE ? g_strdup_printf ("%d", survey->score) : g_strdup ("-");

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      mos_survey_build (builder, survey, former, TRUE);
      mos_ctl_print_json (self, builder);
      return;
    }
  mos_ctl_print (self, "%s  #%" G_GINT64_FORMAT "  %s %s%s%s%s%s%s%s\n", at, survey->number, mos_survey_kind_to_nick (survey->kind), score, survey->state != MOS_SURVEY_ANSWERED ? " " : "",
                 survey->state != MOS_SURVEY_ANSWERED ? mos_survey_state_to_nick (survey->state) : "", survey->customer_name != NULL ? "  " : "",
                 survey->customer_name != NULL ? survey->customer_name : "", *survey->comment != '\0' ? "  " : "", survey->comment);
}

static int
list (MosCtl *self,
      GPtrArray *args)
{
  g_autofree char *conversation = mos_ctl_take_option (args, "--conversation");
  g_autofree char *customer = mos_ctl_take_option (args, "--customer");
  g_autofree char *account = mos_ctl_take_option (args, "--account");
  g_autofree char *limit = mos_ctl_take_option (args, "--limit");
  gboolean is_open = mos_ctl_take_flag (args, "--open"), is_unread = mos_ctl_take_flag (args, "--unread"), is_all = mos_ctl_take_flag (args, "--all");
  g_auto (MosCtlSurvey) call = { .conversation_name = conversation, .customer_name = customer, .account_name = account, .filter = mos_survey_filter_new () };
  GError *error = NULL;
  guint64 number = DEFAULT_LIMIT;

  call.filter->only_low = mos_ctl_take_flag (args, "--low");
  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, G_MAXINT, &number, NULL))
    return mos_ctl_usage (self, "%s", _ ("--limit is a number"));
  if (is_open + is_unread + is_all > 1)
    return mos_ctl_usage (self, "%s", _ ("Say one of --open, --unread and --all"));
  call.filter->max = (guint) number;
  call.filter->list = is_open ? MOS_SURVEYS_RESCUES : is_unread ? MOS_SURVEYS_UNREAD
                                                  : is_all      ? MOS_SURVEYS_ALL
                                                                : MOS_SURVEYS_ANSWERED;
  if (!mos_ctl_read (self, do_list, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.surveys->len; i++)
    print_survey (self, call.surveys->pdata[i], call.former->pdata[i]);
  return MOS_CTL_DONE;
}

/* --- record --- */

static gboolean
do_record (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlSurvey *call = data;
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autofree char *id = NULL;

  if (!mos_ctl_find_conversation (txn, call->conversation_name, &conversation, error))
    return FALSE;
  g_set_str (&call->survey->conversation, conversation->id);
  if (!mos_survey_record (txn, call->survey, &id, error))
    return FALSE;
  g_clear_pointer (&call->survey, mos_survey_unref);
  return mos_store_survey_find (txn, id, &call->survey, error);
}

/* Returns: (transfer full) (nullable): with exactly one score, which can be given */
static MosSurvey *
take_score (GPtrArray *args)
{
  g_autoptr (MosSurvey) survey = NULL;

  for (MosSurveyKind kind = 0; kind < MOS_N_SURVEY_KINDS; kind++)
    {
      g_autofree char *option = g_strconcat ("--", mos_survey_kind_to_nick (kind), NULL);
      g_autofree char *word = mos_ctl_take_option (args, option);
      gint64 score = 0;

      if (word == NULL)
        continue;
      if (survey != NULL || !g_ascii_string_to_signed (word, 10, mos_survey_kind_get_lowest (kind), mos_survey_kind_get_highest (kind), &score, NULL))
        return NULL;
      survey = mos_survey_make (kind);
      survey->score = (int) score;
    }
  return g_steal_pointer (&survey);
}

static int
record (MosCtl *self,
        GPtrArray *args)
{
  g_autofree char *comment = mos_ctl_take_option (args, "--comment");
  g_autofree char *at = mos_ctl_take_option (args, "--at");
  g_auto (MosCtlSurvey) call = { .survey = take_score (args) };
  g_autofree char *said = NULL, *number = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  if (call.survey == NULL)
    return mos_ctl_usage (self, "%s", _ ("Say one score: --csat 1 to 5, or --nps 0 to 10"));
  if (comment != NULL && g_utf8_strlen (comment, -1) > MOS_SURVEY_MAX_COMMENT)
    return mos_ctl_usage (self, _ ("A comment has at most %d letters"), MOS_SURVEY_MAX_COMMENT);
  call.survey->answered_us = at != NULL ? mos_time_parse (at, NULL) : 0;
  if (at != NULL && (call.survey->answered_us <= 0 || call.survey->answered_us > g_get_real_time ()))
    return mos_ctl_usage (self, _ ("“%s” is no time that has been; say for example 2026-03-02 or 2026-03-02T14:30"), at);
  call.conversation_name = args->pdata[0];
  if (comment != NULL)
    g_set_str (&call.survey->comment, comment);
  if (!mos_ctl_write (self, MOS_SURVEY_LABEL, do_record, &call, &error))
    return mos_ctl_fail (self, error);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, call.survey->number);
  /* Translators: the number of a conversation, what was asked ("csat", "nps"; not translated) and the score */
  said = g_strdup_printf (_ ("#%1$s: %2$s %3$d recorded"), number, mos_survey_kind_to_nick (call.survey->kind), call.survey->score);
  mos_ctl_say (self, "recorded", call.survey->id, said);
  return MOS_CTL_DONE;
}

int
mos_ctl_survey (MosCtl *self,
                GPtrArray *args)
{
  static const struct
  {
    const char *verb;
    int (*run) (MosCtl *self, GPtrArray *args);
  } verbs[] = {
    { "record", record },
    { "list", list },
    { "settings", mos_ctl_survey_settings },
    { "set", mos_ctl_survey_set },
    { "preview", mos_ctl_survey_preview },
    { "test", mos_ctl_survey_test },
    { "export", mos_ctl_survey_export },
    { "rescue", mos_ctl_survey_rescue },
  };

  for (gsize i = 0; args->len > 0 && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (args->pdata[0], verbs[i].verb))
      {
        g_ptr_array_remove_index (args, 0);
        return verbs[i].run (self, args);
      }
  return mos_ctl_usage (self, "%s", _ ("Say survey record, list, settings, set, preview, test, export or rescue; see mostradorctl --help"));
}
