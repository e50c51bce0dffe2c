/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-survey-answer.h"
#include "core/desk/mos-survey-ask.h"
#include "core/desk/mos-survey-export.h"
#include "core/store/mos-store-surveys.h"

#include <glib/gi18n.h>
#include <string.h>

/* Questions looked at and tried out, answers as a file, and what came of the low ones. */

typedef struct
{
  const char *account_name; /* (nullable) */
  MosSurveyKind kind;
  const char *language;    /* (nullable) */
  const char *address;     /* (nullable) */
  MosSurveyLetter *letter; /* (owned) (nullable) */
  char *id;                /* (owned) (nullable) */
} MosCtlLetter;

static void
mos_ctl_letter_clear (MosCtlLetter *call)
{
  g_clear_pointer (&call->letter, mos_survey_letter_unref);
  g_free (call->id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlLetter, mos_ctl_letter_clear)

/* "--kind": without it, how satisfied they are. */
static gboolean
take_kind (GPtrArray *args,
           MosSurveyKind *ret_kind)
{
  g_autofree char *word = mos_ctl_take_option (args, "--kind");

  *ret_kind = MOS_SURVEY_CSAT;
  for (MosSurveyKind kind = 0; word != NULL && kind < MOS_N_SURVEY_KINDS; kind++)
    if (g_str_equal (word, mos_survey_kind_to_nick (kind)))
      {
        *ret_kind = kind;
        return TRUE;
      }
  return word == NULL;
}

static gboolean
do_preview (MosTxn *txn,
            gpointer data,
            GError **error)
{
  MosCtlLetter *call = data;
  g_autoptr (MosAccount) account = NULL;

  return mos_ctl_find_account (txn, call->account_name, &account, error) && mos_surveys_preview (txn, account->id, call->kind, NULL, call->language, &call->letter, error);
}

static void
print_letter (MosCtl *self,
              const MosSurveyLetter *letter)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      mos_ctl_print (self, "%s\n\n%s\n", letter->subject, letter->text);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "kind", mos_survey_kind_to_nick (letter->kind));
  mos_json_string (builder, "language", letter->language);
  mos_json_string (builder, "subject", letter->subject);
  mos_json_string (builder, "text", letter->text);
  mos_json_string (builder, "html", letter->html);
  mos_json_strv (builder, "buttons", letter->buttons);
  mos_json_string (builder, "thanks", letter->thanks);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

int
mos_ctl_survey_preview (MosCtl *self,
                        GPtrArray *args)
{
  g_autofree char *language = mos_ctl_take_option (args, "--language");
  g_auto (MosCtlLetter) call = { .language = language };
  GError *error = NULL;

  if (!take_kind (args, &call.kind))
    return mos_ctl_usage (self, "%s", _ ("--kind is csat or nps"));
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  call.account_name = args->pdata[0];
  if (!mos_ctl_read (self, do_preview, &call, &error))
    return mos_ctl_fail (self, error);
  print_letter (self, call.letter);
  return MOS_CTL_DONE;
}

static gboolean
do_test (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlLetter *call = data;
  g_autoptr (MosAccount) account = NULL;

  return mos_ctl_find_account (txn, call->account_name, &account, error) && mos_surveys_send_test (txn, account->id, call->kind, call->language, call->address, &call->id, error);
}

int
mos_ctl_survey_test (MosCtl *self,
                     GPtrArray *args)
{
  g_autofree char *language = mos_ctl_take_option (args, "--language");
  g_autofree char *address = mos_ctl_take_option (args, "--to");
  g_auto (MosCtlLetter) call = { .language = language, .address = address };
  g_autofree char *said = NULL;
  GError *error = NULL;

  if (!take_kind (args, &call.kind))
    return mos_ctl_usage (self, "%s", _ ("--kind is csat or nps"));
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  if (address == NULL)
    return mos_ctl_usage (self, "%s", _ ("Say where the test goes: --to ADDRESS"));
  call.account_name = args->pdata[0];
  if (!mos_ctl_write (self, NULL, do_test, &call, &error))
    return mos_ctl_fail (self, error);
  /* Translators: %s is a mail address */
  said = g_strdup_printf (_ ("A question to try out goes to %s with the next sync; what is answered counts nowhere"), address);
  mos_ctl_say (self, "queued", call.id, said);
  return MOS_CTL_DONE;
}

/* --- as a file --- */

typedef struct
{
  MosSurveyFilter *filter; /* (owned) */
  GPtrArray *surveys;      /* (owned) (nullable) */
} MosCtlExport;

static void
mos_ctl_export_clear (MosCtlExport *call)
{
  g_clear_pointer (&call->filter, mos_survey_filter_unref);
  g_clear_pointer (&call->surveys, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlExport, mos_ctl_export_clear)

static gboolean
do_export (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlExport *call = data;

  g_clear_pointer (&call->surveys, g_ptr_array_unref);
  call->surveys = mos_store_survey_list_filtered (txn, call->filter, error);
  return call->surveys != NULL;
}

int
mos_ctl_survey_export (MosCtl *self,
                       GPtrArray *args)
{
  gboolean with_bom = mos_ctl_take_flag (args, "--bom"), force = mos_ctl_take_flag (args, "--force");
  g_auto (MosCtlExport) call = { .filter = mos_survey_filter_new () };
  g_autoptr (GString) csv = g_string_new (with_bom ? "\xef\xbb\xbf" : NULL);
  GError *error = NULL;

  call.filter->list = MOS_SURVEYS_ALL;
  call.filter->only_low = mos_ctl_take_flag (args, "--low");
  if (!mos_ctl_check_args (self, args, 1, 1) || !mos_ctl_check_paths (self, args))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_export, &call, &error))
    return mos_ctl_fail (self, error);
  mos_surveys_append_csv (csv, call.surveys, TRUE);
  return mos_ctl_write_file (self, args->pdata[0], csv->str, csv->len, force);
}

/* --- what came of it --- */

typedef struct
{
  const char *name;
  const char *outcome; /* (nullable): it is not done after all */
  char *id;            /* (owned) (nullable) */
} MosCtlRescue;

/* By its id, or by its conversation: the newest of that one. */
static gboolean
do_rescue (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlRescue *call = data;
  g_autoptr (MosSurvey) survey = NULL;
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autoptr (GPtrArray) surveys = NULL;

  g_clear_pointer (&call->id, g_free);
  if (!mos_store_survey_find (txn, call->name, &survey, error))
    return FALSE;
  if (survey != NULL)
    call->id = g_strdup (survey->id);
  else
    {
      if (!mos_ctl_find_conversation (txn, call->name, &conversation, error))
        return FALSE;
      surveys = mos_store_survey_list (txn, NULL, conversation->id, 0, G_MAXINT, error);
      for (guint i = 0; surveys != NULL && i < surveys->len && call->id == NULL; i++)
        if (((const MosSurvey *) surveys->pdata[i])->rescue != MOS_RESCUE_NONE)
          call->id = g_strdup (((const MosSurvey *) surveys->pdata[i])->id);
      if (surveys == NULL)
        return FALSE;
    }
  if (call->id == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("#%s has no low score that something could come of"), call->name);
      return FALSE;
    }
  return call->outcome != NULL ? mos_rescue_settle (txn, call->id, call->outcome, error) : mos_rescue_reopen (txn, call->id, error);
}

int
mos_ctl_survey_rescue (MosCtl *self,
                       GPtrArray *args)
{
  static const char key[] = "outcome=";
  MosCtlRescue call = { NULL };
  const char *word;
  GError *error = NULL;
  int status;

  if (!mos_ctl_check_args (self, args, 2, 2))
    return MOS_CTL_USAGE;
  word = args->pdata[1];
  call.name = args->pdata[0];
  if (g_str_has_prefix (word, key))
    call.outcome = word + strlen (key);
  else if (!g_str_equal (word, "open"))
    return mos_ctl_usage (self, "%s", _ ("Say outcome=TEXT, what came of it, or open, where it is not done after all"));
  if (call.outcome != NULL && g_utf8_strlen (call.outcome, -1) > MOS_RESCUE_MAX_OUTCOME)
    return mos_ctl_usage (self, _ ("An outcome has at most %d letters"), MOS_RESCUE_MAX_OUTCOME);
  if (!mos_ctl_write (self, MOS_RESCUE_LABEL, do_rescue, &call, &error))
    {
      g_free (call.id);
      return mos_ctl_fail (self, error);
    }
  mos_ctl_say (self, call.outcome != NULL ? "done" : "open", call.id, call.outcome != NULL ? _ ("What came of it is noted") : _ ("It is open again, and somebody is reminded of it"));
  status = MOS_CTL_DONE;
  g_free (call.id);
  return status;
}
