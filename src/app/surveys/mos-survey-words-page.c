/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-surveys"

#include "config.h"

#include "app/surveys/mos-survey-words-page.h"

#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"
#include "core/desk/mos-survey-settings.h"
#include "core/desk/mos-survey-words.h"

#include <glib/gi18n.h>

struct _MosSurveyWordsPage
{
  AdwNavigationPage parent_instance;

  /* Template children */
  AdwComboRow *language;
  AdwEntryRow *subject;
  GtkTextView *question;
  GtkWidget *thanks_group;
  AdwEntryRow *thanks;
  AdwActionRow *whose;
  GtkWidget *reset;

  /* Owned */
  MosSurveySettings *settings; /* (nullable) */
  GPtrArray *languages;        /* of char: what the rows of @language stand for */
  char *shown;                 /* (nullable): the language whose words are there */

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (MosSurveyWordsPage, mos_survey_words_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* Returns: (transfer full): the program's words; of a language that it does not speak those that stand in: English ones */
static MosSurveyText *
dup_standard (MosSurveyWordsPage *self,
              const char *language)
{
  g_autoptr (MosSurveySettings) plain = mos_survey_settings_make (self->settings->account, self->settings->kind, FALSE);
  const char *languages[] = { language, NULL };

  return mos_survey_words_choose (plain, languages);
}

static char *
dup_question (MosSurveyWordsPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->question);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
update_whose (MosSurveyWordsPage *self)
{
  g_autoptr (MosSurveyText) standard = NULL;
  g_autofree char *question = NULL;
  g_autofree char *default_text = NULL;
  gboolean is_standard;

  if (self->shown == NULL)
    return;
  standard = dup_standard (self, self->shown);
  question = dup_question (self);
  is_standard = g_str_equal (question, standard->question) && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->subject)), standard->subject) &&
                g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->thanks)), standard->thanks);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->whose), is_standard ? _ ("These are the program’s own words") : _ ("These are your words"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->whose), FALSE);
  /* Translators: %s is what the program asks where the shop has no words of its own. */
  default_text = is_standard ? g_strdup ("") : g_strdup_printf (_ ("The default: %s"), standard->question);
  adw_action_row_set_subtitle (self->whose, default_text);
  gtk_widget_set_sensitive (self->reset, !is_standard);
}

static const char *
first_of (const char *own,
          const char *standard)
{
  return own != NULL && *own != '\0' ? own : standard;
}

static void
show_text (MosSurveyWordsPage *self,
           const MosSurveyText *own)
{
  g_autoptr (MosSurveyText) standard = dup_standard (self, self->shown);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->subject), first_of (own != NULL ? own->subject : NULL, standard->subject));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->question), first_of (own != NULL ? own->question : NULL, standard->question), -1);
  gtk_editable_set_text (GTK_EDITABLE (self->thanks), first_of (own != NULL ? own->thanks : NULL, standard->thanks));
  mos_widget_set_direction_of (GTK_WIDGET (self->subject), standard->subject);
  mos_widget_set_direction_of (GTK_WIDGET (self->question), standard->question);
  mos_widget_set_direction_of (GTK_WIDGET (self->thanks), standard->thanks);
  self->filling = FALSE;
  update_whose (self);
}

/* --- keeping --- */

/* What is the program's own is not kept: a better sentence of a later version is said then. */
static const char *
unless_standard (const char *text,
                 const char *standard)
{
  return g_str_equal (text, standard) ? "" : text;
}

void
mos_survey_words_page_keep (MosSurveyWordsPage *self)
{
  g_autoptr (MosSurveySettings) settings = NULL;
  g_autoptr (MosSurveyText) standard = NULL;
  g_autoptr (MosSurveyText) text = NULL;
  const MosSurveyText *before;
  g_autofree char *question = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *thanks = NULL;

  g_return_if_fail (MOS_IS_SURVEY_WORDS_PAGE (self));

  if (self->settings == NULL || self->shown == NULL)
    return;
  standard = dup_standard (self, self->shown);
  question = g_strstrip (dup_question (self));
  subject = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->subject))));
  thanks = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->thanks))));
  text = mos_survey_text_make (self->shown, unless_standard (subject, standard->subject), unless_standard (question, standard->question), unless_standard (thanks, standard->thanks));
  before = mos_survey_settings_find_text (self->settings, self->shown);
  if (g_str_equal (text->subject, before != NULL ? before->subject : "") && g_str_equal (text->question, before != NULL ? before->question : "") && g_str_equal (text->thanks, before != NULL ? before->thanks : ""))
    return;
  settings = mos_survey_settings_copy (self->settings);
  for (guint i = 0; i < settings->texts->len; i++)
    if (g_str_equal (((MosSurveyText *) settings->texts->pdata[i])->language, self->shown))
      g_ptr_array_remove_index (settings->texts, i--);
  if (*text->subject != '\0' || *text->question != '\0' || *text->thanks != '\0')
    g_ptr_array_add (settings->texts, g_steal_pointer (&text));
  mos_survey_settings_unref (self->settings);
  self->settings = mos_survey_settings_ref (settings);
  g_signal_emit (self, signals[CHANGED], 0, settings);
}

static void
on_hiding_cb (MosSurveyWordsPage *self)
{
  mos_survey_words_page_keep (self);
}

static void
on_changed_cb (MosSurveyWordsPage *self)
{
  if (!self->filling)
    update_whose (self);
}

static void
on_language_cb (MosSurveyWordsPage *self)
{
  guint selected = adw_combo_row_get_selected (self->language);

  if (self->filling || selected >= self->languages->len)
    return;
  mos_survey_words_page_keep (self);
  g_set_str (&self->shown, self->languages->pdata[selected]);
  show_text (self, mos_survey_settings_find_text (self->settings, self->shown));
}

static void
on_reset_cb (MosSurveyWordsPage *self)
{
  show_text (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->language));
}

/* --- class --- */

static void
mos_survey_words_page_dispose (GObject *object)
{
  MosSurveyWordsPage *self = MOS_SURVEY_WORDS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SURVEY_WORDS_PAGE);
  g_clear_pointer (&self->settings, mos_survey_settings_unref);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (mos_survey_words_page_parent_class)->dispose (object);
}

static void
mos_survey_words_page_class_init (MosSurveyWordsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_survey_words_page_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_survey_settings_get_type ());
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-survey-words-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSurveyWordsPage, language);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyWordsPage, subject);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyWordsPage, question);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyWordsPage, thanks_group);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyWordsPage, thanks);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyWordsPage, whose);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyWordsPage, reset);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hiding_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_language_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_cb);
}

static void
mos_survey_words_page_init (MosSurveyWordsPage *self)
{
  self->languages = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_entry_row_set_max_length (self->subject, MOS_SURVEY_MAX_SUBJECT);
  adw_entry_row_set_max_length (self->thanks, MOS_SURVEY_MAX_TEXT);
  g_signal_connect_object (gtk_text_view_get_buffer (self->question), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
}

/* --- public --- */

static void
add_language (MosSurveyWordsPage *self,
              GtkStringList *names,
              const char *language)
{
  if (g_ptr_array_find_with_equal_func (self->languages, language, g_str_equal, NULL))
    return;
  g_ptr_array_add (self->languages, g_strdup (language));
  gtk_string_list_append (names, mos_language_name (language));
}

AdwNavigationPage *
mos_survey_words_page_new (MosSurveySettings *settings,
                           const char *language,
                           gboolean is_chat)
{
  MosSurveyWordsPage *self;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_auto (GStrv) shipped = mos_survey_words_list_languages ();
  guint first = 0;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_object_new (MOS_TYPE_SURVEY_WORDS_PAGE, NULL);
  self->settings = mos_survey_settings_ref (settings);
  for (char **code = shipped; *code != NULL; code++)
    add_language (self, names, *code);
  for (guint i = 0; i < settings->texts->len; i++)
    add_language (self, names, ((MosSurveyText *) settings->texts->pdata[i])->language);
  if (language == NULL || !g_ptr_array_find_with_equal_func (self->languages, language, g_str_equal, &first))
    g_ptr_array_find_with_equal_func (self->languages, "en", g_str_equal, &first);
  gtk_widget_set_visible (GTK_WIDGET (self->subject), !is_chat);
  gtk_widget_set_visible (self->thanks_group, is_chat);
  self->filling = TRUE;
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->language, first);
  self->filling = FALSE;
  on_language_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
