/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macro-questions.h"

#include "app/widgets/mos-dialog.h"
#include "core/automation/mos-template.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  GPtrArray *rows;        /* (owned) (element-type GtkWidget): one for each question */
  GPtrArray *questions;   /* (owned) */
  AdwAlertDialog *dialog; /* (borrowed): it has this */
  MosMacroAnswered answered;
  gpointer user_data;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_ptr_array_unref (asking->rows);
  g_ptr_array_unref (asking->questions);
  g_free (asking);
}

/* Returns: (transfer full): "" where nothing was said */
static char *
dup_answer (GtkWidget *row)
{
  GObject *chosen;

  if (ADW_IS_ENTRY_ROW (row))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
  chosen = adw_combo_row_get_selected_item (ADW_COMBO_ROW (row));
  return g_strdup (chosen != NULL ? gtk_string_object_get_string (GTK_STRING_OBJECT (chosen)) : "");
}

static void
on_response_cb (AdwAlertDialog *dialog,
                const char *response,
                Asking *asking)
{
  g_autoptr (GHashTable) answers = NULL;

  if (g_str_equal (response, "insert"))
    {
      answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (guint i = 0; i < asking->rows->len; i++)
        g_hash_table_insert (answers, g_strdup (g_object_get_data (asking->rows->pdata[i], "question")), dup_answer (asking->rows->pdata[i]));
    }
  asking->answered (answers, asking->user_data);
}

/* Why the answer in @row is none; (nullable): it is one, or there is none. @question: that it is to */
static char *
dup_trouble (GtkWidget *row,
             const MosTemplateQuestion *question)
{
  g_autofree char *answer = dup_answer (row);
  g_autoptr (GTimeZone) tz = g_time_zone_new_local ();

  if (*answer == '\0' || mos_template_question_takes (question, answer, g_get_language_names ()[0], tz))
    return NULL;
  if (question->kind == MOS_TEMPLATE_TIME)
    /* Translators: what was typed, and the question of a macro */
    return g_strdup_printf (_ ("“%1$s” is no day or time that can be read; “%2$s” asks for one, as 2026-03-01."), answer, question->text);
  /* Translators: what was typed, and the question of a macro */
  return g_strdup_printf (_ ("“%1$s” is no number; “%2$s” asks for one."), answer, question->text);
}

static void
on_changed_cb (Asking *asking)
{
  g_autofree char *first = NULL;

  for (guint i = 0; i < asking->rows->len; i++)
    {
      GtkWidget *row = asking->rows->pdata[i];
      g_autofree char *trouble = dup_trouble (row, asking->questions->pdata[i]);

      if (trouble != NULL)
        gtk_widget_add_css_class (row, "error");
      else
        gtk_widget_remove_css_class (row, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, trouble != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
      if (first == NULL)
        first = g_steal_pointer (&trouble);
    }
  if (first != NULL && g_strcmp0 (first, adw_alert_dialog_get_body (asking->dialog)) != 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (asking->dialog), first, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  adw_alert_dialog_set_body (asking->dialog, first != NULL ? first : "");
  adw_alert_dialog_set_response_enabled (asking->dialog, "insert", first == NULL);
}

static guint
find_choice (const MosTemplateQuestion *question,
             const char *answer)
{
  for (guint i = 0; question->choices[i] != NULL; i++)
    if (g_strcmp0 (question->choices[i], answer) == 0)
      return i;
  return 0;
}

/* @answer: (nullable): that was given before */
static GtkWidget *
make_row (const MosTemplateQuestion *question,
          const char *answer)
{
  GtkWidget *row;

  if (question->choices != NULL)
    {
      g_autoptr (GtkStringList) choices = gtk_string_list_new ((const char *const *) question->choices);

      row = adw_combo_row_new ();
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_choice (question, answer));
    }
  else
    {
      row = adw_entry_row_new ();
      adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
      gtk_editable_set_text (GTK_EDITABLE (row), answer != NULL ? answer : "");
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), question->text);
  g_object_set_data_full (G_OBJECT (row), "question", g_strdup (question->text), g_free);
  return row;
}

void
mos_macro_ask (GtkWidget *parent,
               const char *title,
               GPtrArray *questions,
               MosMacroAnswered answered,
               gpointer user_data)
{
  mos_macro_ask_again (parent, title, questions, NULL, C_ ("macro", "_Insert"), answered, user_data);
}

void
mos_macro_ask_again (GtkWidget *parent,
                     const char *title,
                     GPtrArray *questions,
                     GHashTable *before,
                     const char *label,
                     MosMacroAnswered answered,
                     gpointer user_data)
{
  AdwDialog *dialog;
  GtkWidget *list, *scroller;
  Asking *asking;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (questions != NULL && answered != NULL);

  if (questions->len == 0)
    {
      g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);

      answered (none, user_data);
      return;
    }
  asking = g_new0 (Asking, 1);
  asking->rows = g_ptr_array_new ();
  asking->questions = g_ptr_array_ref (questions);
  asking->answered = answered;
  asking->user_data = user_data;
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < questions->len; i++)
    {
      MosTemplateQuestion *question = questions->pdata[i];
      GtkWidget *row = make_row (question, before != NULL ? g_hash_table_lookup (before, question->text) : NULL);

      g_ptr_array_add (asking->rows, row);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);

  dialog = adw_alert_dialog_new (title, NULL);
  asking->dialog = ADW_ALERT_DIALOG (dialog);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), scroller);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "insert", label, NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "insert", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "insert");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), asking, (GClosureNotify) (void (*) (void)) asking_free, G_CONNECT_DEFAULT);
  for (guint i = 0; i < asking->rows->len; i++)
    if (ADW_IS_ENTRY_ROW (asking->rows->pdata[i]))
      g_signal_connect_swapped (asking->rows->pdata[i], "changed", G_CALLBACK (on_changed_cb), asking);
  on_changed_cb (asking);
  adw_dialog_set_focus (dialog, asking->rows->pdata[0]);
  mos_dialog_present (dialog, parent);
}
