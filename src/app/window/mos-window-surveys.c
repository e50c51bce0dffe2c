/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/customer/mos-score-text.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/surveys/mos-rescue-dialog.h"
#include "app/surveys/mos-surveys-dialog.h"
#include "app/widgets/mos-dialog.h"
#include "core/desk/mos-desk-macros.h"
#include "core/desk/mos-desk-surveys.h"
#include "core/desk/mos-survey-answer.h"
#include "core/desk/mos-survey-standing.h"
#include "core/desk/mos-survey-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is asked, who is unhappy, and what comes of it. */

void
mos_window_show_surveys (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);

  if (self->desk != NULL)
    mos_dialog_present (mos_surveys_dialog_new (self->desk, parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL), widget);
}

/* --- one action on a survey, or on the conversation --- */

typedef struct
{
  MosWindow *self; /* (owned) */
  const char *nick;
  char *conversation;
} SurveyCall;

static SurveyCall *
survey_call_new (MosWindow *self,
                 const char *nick)
{
  SurveyCall *call = g_new0 (SurveyCall, 1);

  call->self = g_object_ref (self);
  call->nick = nick;
  call->conversation = g_strdup (mos_conversation_get_id (self->conversation));
  return call;
}

static void
on_acted_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  SurveyCall *call = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_window_report_error (call->self, error);
  else if (batch != 0)
    mos_window_offer_undo (call->self, call->nick, batch, call->conversation);
  g_object_unref (call->self);
  g_free (call->conversation);
  g_free (call);
}

void
mos_window_dismiss_survey (GtkWidget *widget,
                           const char *name,
                           GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);

  if (self->conversation != NULL && self->desk != NULL)
    mos_desk_dismiss_survey_async (self->desk, mos_conversation_get_id (self->conversation), self->cancellable, on_acted_cb, survey_call_new (self, MOS_SURVEY_DISMISS_LABEL));
}

/* --- who is unhappy --- */

/* Returns: (transfer none) (nullable): "" = the one who waits longest */
static MosSurvey *
find_rescue (MosWindow *self,
             GVariant *parameter)
{
  return self->view != NULL && self->conversation != NULL && self->desk != NULL ? mos_conversation_view_find_rescue (self->view, g_variant_get_string (parameter, NULL)) : NULL;
}

static gboolean
is_of_here (MosWindow *self,
            GObject *dialog)
{
  return self->desk != NULL && self->conversation != NULL && g_strcmp0 (mos_conversation_get_id (self->conversation), g_object_get_data (dialog, "conversation")) == 0;
}

static void
remember (GObject *dialog,
          MosWindow *self,
          const MosSurvey *survey)
{
  g_object_set_data_full (dialog, "conversation", g_strdup (mos_conversation_get_id (self->conversation)), g_free);
  g_object_set_data_full (dialog, "survey", g_strdup (survey->id), g_free);
}

static void
on_outcome_cb (MosWindow *self,
               const char *outcome,
               GObject *dialog)
{
  if (is_of_here (self, dialog))
    mos_desk_settle_rescue_async (self->desk, g_object_get_data (dialog, "survey"), outcome, self->cancellable, on_acted_cb, survey_call_new (self, MOS_RESCUE_LABEL));
}

void
mos_window_settle_rescue (GtkWidget *widget,
                          const char *name,
                          GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosSurvey *survey = find_rescue (self, parameter);
  g_autofree char *score = NULL;
  g_autofree char *said = NULL;
  AdwDialog *dialog;

  if (survey == NULL)
    return;
  score = mos_score_text (survey->kind, survey->score);
  /* Translators: a score ("Satisfaction: 2 of 5"), and the words of the customer. */
  said = *survey->comment != '\0' ? g_strdup_printf (_ ("%1$s. “%2$s”"), score, survey->comment) : g_strdup (score);
  dialog = mos_rescue_dialog_new (said);
  remember (G_OBJECT (dialog), self, survey);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_outcome_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}

static void
on_time_chosen_cb (MosWindow *self,
                   gint64 due_us,
                   GObject *dialog)
{
  if (is_of_here (self, dialog) && due_us > 0)
    mos_desk_remind_rescue_async (self->desk, g_object_get_data (dialog, "survey"), due_us, self->cancellable, on_acted_cb, survey_call_new (self, MOS_RESCUE_REMIND_LABEL));
}

void
mos_window_remind_rescue (GtkWidget *widget,
                          const char *name,
                          GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosSurvey *survey = find_rescue (self, parameter);
  MosSnoozeDialog *dialog;

  if (survey == NULL)
    return;
  dialog = mos_snooze_dialog_new_for (_ ("Remind Me of This Customer"), _ ("_Remind"));
  mos_snooze_dialog_set_calendar (dialog, mos_desk_get_calendar (self->desk));
  remember (G_OBJECT (dialog), self, survey);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_time_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}

/* @language: (nullable): any will do */
static gboolean
speaks (const MosMacro *macro,
        const char *language)
{
  g_autofree char *base = language != NULL ? g_strndup (language, strcspn (language, "-")) : NULL;

  for (guint i = 0; i < macro->texts->len; i++)
    {
      const char *own = ((MosMacroText *) macro->texts->pdata[i])->language;

      if (base == NULL || g_str_equal (own, language) || g_str_equal (own, base))
        return TRUE;
    }
  return FALSE;
}

/* The macro for complaints of the set to begin with, as it is called in its languages, or one that a shop made for this; in the customer's language. Returns: (transfer none) (nullable) */
static MosMacro *
find_apology (MosWindow *self,
              const char *language)
{
  static const char *const shortcodes[] = { "apology", "sorry", "disculpa", "disculpas", "desculpa", "desculpas", "excuses", "entschuldigung", "scuse", "disculpes", "اعتذار",
                                            "complaint", "queja", "reclamação", "réclamation", "beschwerde", "reclamo", "queixa", "شكوى" };
  GPtrArray *macros = mos_desk_get_macros (self->desk);

  for (gsize i = 0; i < G_N_ELEMENTS (shortcodes); i++)
    for (guint j = 0; j < macros->len; j++)
      {
        MosMacro *macro = macros->pdata[j];

        if (!macro->is_for_notes && speaks (macro, language) && g_strcmp0 (macro->shortcode, shortcodes[i]) == 0)
          return macro;
      }
  return NULL;
}

void
mos_window_apologize (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosSurvey *survey = find_rescue (self, parameter);
  MosConversationRow *row = survey != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  const char *language;
  MosMacro *macro;

  if (row == NULL)
    return;
  language = row->language != NULL ? row->language : survey->language;
  adw_navigation_split_view_set_show_content (self->outer, TRUE);
  adw_navigation_split_view_set_show_content (self->inner, TRUE);
  macro = find_apology (self, language);
  if (macro != NULL)
    mos_conversation_view_use_macro (self->view, macro);
  else
    mos_conversation_view_write (self->view, mos_survey_words_get_apology (language));
}

void
mos_window_update_survey_actions (MosWindow *self)
{
  gboolean here = self->conversation != NULL && self->n_chosen == 0 && self->view != NULL && !mos_window_is_writing_new (self) && mos_conversation_view_get_conversation (self->view) == self->conversation;
  gboolean has_rescue = here && mos_conversation_view_find_rescue (self->view, "") != NULL;

  mos_window_want_action (self, "conversation.settle-rescue", has_rescue);
  mos_window_want_action (self, "conversation.remind-rescue", has_rescue);
  mos_window_want_action (self, "conversation.apologize", has_rescue);
  mos_window_want_action (self, "conversation.dismiss-survey", here && mos_conversation_view_has_planned_survey (self->view));
  mos_window_apply_actions (self);
}

/* --- into a file --- */

static void
on_exported_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  if (!mos_desk_export_surveys_finish (MOS_DESK (source), result, &n, &error))
    {
      mos_window_report_error (self, error);
      return;
    }
  text = n == 0 ? g_strdup (_ ("Nobody was asked yet: the file has nothing but its heading")) : g_strdup_printf (ngettext ("%'u survey was exported", "%'u surveys were exported", n), n);
  mos_window_add_toast (self, adw_toast_new (text));
}

static void
on_file_chosen_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  /* Spreadsheets know UTF-8 by its mark. */
  if (file != NULL && self->desk != NULL)
    mos_desk_export_surveys_async (self->desk, NULL, file, TRUE, self->cancellable, on_exported_cb, g_object_ref (self));
}

void
mos_window_export_surveys (GtkWidget *widget,
                           const char *name,
                           GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _ ("CSV files"));
  gtk_file_filter_add_suffix (filter, "csv");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_title (dialog, _ ("Export All Surveys"));
  /* Translators: the name of a file */
  gtk_file_dialog_set_initial_name (dialog, _ ("surveys.csv"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (widget), NULL, on_file_chosen_cb, g_object_ref (widget));
}
