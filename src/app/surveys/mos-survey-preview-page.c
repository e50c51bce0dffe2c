/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-surveys"

#include "config.h"

#include "app/surveys/mos-survey-preview-page.h"

#include "app/application/mos-error-text.h"
#include "app/surveys/mos-survey-letter-view.h"
#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"
#include "core/base/mos-error.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-desk-surveys.h"
#include "core/desk/mos-desk-views.h"
#include "core/desk/mos-survey-words.h"

#include <glib/gi18n.h>

struct _MosSurveyPreviewPage
{
  AdwNavigationPage parent_instance;

  /* Template children */
  AdwComboRow *language;
  MosSurveyLetterView *letter;
  GtkWidget *test_group;
  GtkEditable *address;
  GtkWidget *test;

  /* Owned */
  MosDesk *desk;
  MosSurveySettings *settings;
  GPtrArray *languages;      /* of char: what the rows of @language stand for */
  GCancellable *cancellable; /* (nullable): of the letter that is being read */

  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (MosSurveyPreviewPage, mos_survey_preview_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SAID,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
say (MosSurveyPreviewPage *self,
     const char *text)
{
  g_signal_emit (self, signals[SAID], 0, text);
}

/* Returns: (nullable) */
static const char *
get_language (MosSurveyPreviewPage *self)
{
  guint selected = adw_combo_row_get_selected (self->language);

  return selected < self->languages->len ? self->languages->pdata[selected] : NULL;
}

/* --- the letter --- */

static void
on_previewed_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosSurveyPreviewPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSurveyLetter) letter = mos_desk_preview_survey_finish (MOS_DESK (source), result, &error);

  if (letter != NULL && self->letter != NULL)
    mos_survey_letter_view_set_letter (self->letter, letter);
  else if (letter == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, mos_error_text (error).sentence);
}

static void
stop (MosSurveyPreviewPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_language_cb (MosSurveyPreviewPage *self)
{
  if (self->desk == NULL)
    return;
  stop (self);
  self->cancellable = g_cancellable_new ();
  mos_desk_preview_survey_async (self->desk, self->settings, get_language (self), self->cancellable, on_previewed_cb, g_object_ref (self));
}

/* --- a test --- */

static void
update_test (MosSurveyPreviewPage *self)
{
  const char *at = strchr (gtk_editable_get_text (self->address), '@');

  gtk_widget_set_sensitive (self->test, at != NULL && at[1] != '\0');
}

static void
on_address_cb (MosSurveyPreviewPage *self)
{
  update_test (self);
}

static void
on_tested_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosSurveyPreviewPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;

  self->is_busy = FALSE;
  if (self->test == NULL)
    return;
  address = mos_text_isolate (gtk_editable_get_text (self->address));
  if (mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    /* Translators: %s is a mail address. */
    text = g_strdup_printf (_ ("A test is on its way to %s; its answer counts nowhere"), address);
  else if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    text = g_strdup (_ ("Nothing was sent: this is no mail address, or the account cannot send"));
  else
    text = g_strdup (mos_error_text (error).sentence);
  say (self, text);
}

static void
on_test_cb (MosSurveyPreviewPage *self)
{
  /* The row stays as it is meanwhile: one that went insensitive would lose the keyboard, and Escape with it. */
  if (self->is_busy || !gtk_widget_get_sensitive (self->test))
    return;
  self->is_busy = TRUE;
  mos_desk_test_survey_async (self->desk, self->settings->account, self->settings->kind, get_language (self), gtk_editable_get_text (self->address), NULL, on_tested_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_survey_preview_page_dispose (GObject *object)
{
  MosSurveyPreviewPage *self = MOS_SURVEY_PREVIEW_PAGE (object);

  stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SURVEY_PREVIEW_PAGE);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->settings, mos_survey_settings_unref);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_survey_preview_page_parent_class)->dispose (object);
}

static void
mos_survey_preview_page_class_init (MosSurveyPreviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_survey_preview_page_dispose;
  signals[SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (MOS_TYPE_SURVEY_LETTER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-survey-preview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSurveyPreviewPage, language);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyPreviewPage, letter);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyPreviewPage, test_group);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyPreviewPage, address);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyPreviewPage, test);
  gtk_widget_class_bind_template_callback (widget_class, on_language_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_address_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_cb);
}

static void
mos_survey_preview_page_init (MosSurveyPreviewPage *self)
{
  self->languages = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- public --- */

static void
add_language (MosSurveyPreviewPage *self,
              GtkStringList *names,
              const char *language)
{
  if (g_ptr_array_find_with_equal_func (self->languages, language, g_str_equal, NULL))
    return;
  g_ptr_array_add (self->languages, g_strdup (language));
  gtk_string_list_append (names, mos_language_name (language));
}

AdwNavigationPage *
mos_survey_preview_page_new (MosDesk *desk,
                             MosAccount *account,
                             MosSurveySettings *settings)
{
  MosSurveyPreviewPage *self;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_auto (GStrv) shipped = mos_survey_words_list_languages ();
  MosAgent *me = mos_desk_get_agent (desk);
  guint first = 0;

  self = g_object_new (MOS_TYPE_SURVEY_PREVIEW_PAGE, NULL);
  self->settings = mos_survey_settings_ref (settings);
  for (char **code = shipped; *code != NULL; code++)
    add_language (self, names, *code);
  for (guint i = 0; i < settings->texts->len; i++)
    add_language (self, names, ((MosSurveyText *) settings->texts->pdata[i])->language);
  if (me == NULL || me->language == NULL || !g_ptr_array_find_with_equal_func (self->languages, me->language, g_str_equal, &first))
    g_ptr_array_find_with_equal_func (self->languages, "en", g_str_equal, &first);
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->language, first);
  gtk_widget_set_visible (self->test_group, !mos_channel_is_chat (account->kind));
  gtk_editable_set_text (self->address, account->address);
  self->desk = g_object_ref (desk);
  update_test (self);
  on_language_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
